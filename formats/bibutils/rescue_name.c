/* SPDX-License-Identifier: MIT
 * Names of the sources; see rescue_name.h. */
#include "formats/bibutils/rescue_name.h"

/* "Smith, JOHN" is a name in capitals; behind a family name MEDLINE has nothing but
 * initials: "Roos YBWEM". */
enum { INITIALS_MOST = 3, INITIALS_BEHIND_MOST = 6 };

static bool are_initials(Str s, size_t least, size_t most)
{
    bool upper = s.size >= least && s.size <= most;
    for (size_t i = 0; i < s.size; i++)
        upper = upper && byte_is_upper(s.data[i]);
    return upper;
}

static Str with_initials(Arena *arena, Str family, Str initials)
{
    for (size_t i = 0; i < initials.size; i++)
        family = arena_join(arena, family, STR("|"), str_slice(initials, i, i + 1));
    return family;
}

Str rescue_name(Arena *arena, Str value)
{
    size_t comma = str_find_byte(value, ',');
    Str family = str_trim(str_slice(value, 0, comma));
    Str given = str_trim(str_after(value, comma + 1));
    if (given.size == 0)
        return family;
    return are_initials(given, 2, INITIALS_MOST)
               ? with_initials(arena, family, given)
               : arena_join(arena, family, STR("|"), given);
}

/* The last word, which is cut off with the blanks before it. */
static Str cut_last_word(Str *s)
{
    size_t start = s->size;
    while (start > 0 && !byte_is_space(s->data[start - 1]))
        start--;
    Str word = str_after(*s, start);
    *s = str_trim(str_slice(*s, 0, start));
    return word;
}

static bool is_suffix(Str s)
{
    static const Str SUFFIXES[] = {{"Jr", 2},  {"Sr", 2},  {"2nd", 3},
                                   {"3rd", 3}, {"4th", 3}, {"III", 3}};
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof SUFFIXES[0]; i++) {
        if (str_equal(s, SUFFIXES[i]))
            return true;
    }
    return false;
}

/* "Family GA Jr" in three; false where it is none. */
static bool part_short_name(Str value, Str *family, Str *initials, Str *suffix)
{
    *family = str_trim(value);
    *suffix = STR_EMPTY;
    *initials = cut_last_word(family);
    if (is_suffix(*initials) && family->size > 0) {
        *suffix = *initials;
        *initials = cut_last_word(family);
    }
    return family->size > 0 && are_initials(*initials, 1, INITIALS_BEHIND_MOST);
}

Str rescue_short_name(Arena *arena, Str value)
{
    Str family, initials, suffix;
    if (!part_short_name(value, &family, &initials, &suffix))
        return str_trim(value);
    Str name = with_initials(arena, family, initials);
    return suffix.size > 0 ? arena_join(arena, name, STR("||"), suffix) : name;
}

Str rescue_family(Str value)
{
    Str family, initials, suffix;
    size_t comma = str_find_byte(value, ',');
    if (comma < value.size)
        return str_trim(str_slice(value, 0, comma));
    return part_short_name(value, &family, &initials, &suffix) ? family : str_trim(value);
}

/* The line of the person whose LastName it is, in the order of both; a few lines on,
 * since the library passes over some people. */
static size_t line_of_person(const WireLines *lines, size_t from, Str family)
{
    enum { WINDOW = 64 };
    size_t end = lines->count - from > WINDOW ? from + WINDOW : lines->count;
    for (size_t i = from; i < end; i++) {
        Str value = lines->items[i].value;
        if (str_starts(value, family) &&
            str_starts(str_after(value, family.size), STR("|")))
            return i;
    }
    return lines->count;
}

void rescue_suffixes(Arena *arena, Piece *piece, WireLines *lines)
{
    size_t next = 0, person = lines->count;
    for (size_t i = 0; i < piece->count; i++) {
        Item *item = &piece->items[i];
        if (str_equal(item->tag, STR("LastName"))) {
            person = line_of_person(lines, next, item->value);
            next = person < lines->count ? person + 1 : next;
        } else if (str_equal(item->tag, STR("Suffix")) && person < lines->count) {
            Str *value = &lines->items[person].value;
            *value = arena_join(arena, *value, STR("||"), item->value);
            item->arrived = true;
            person = lines->count;
        }
    }
}

/* Word's roles and the library's. */
static const char *role_line(Str role, int *level)
{
    static const struct {
        const char *role, *line;
        int level;
    } ROLES[] = {{"Artist", "ARTIST", 0},         {"BookAuthor", "AUTHOR", 1},
                 {"Compiler", "COMPILER", 0},     {"Composer", "COMPOSER", 0},
                 {"Conductor", "CONDUCTOR", 0},   {"Counsel", "CONTRIBUTOR", 0},
                 {"Director", "DIRECTOR", 0},     {"Editor", "EDITOR", 0},
                 {"Interviewee", "AUTHOR", 0},    {"Interviewer", "INTERVIEWER", 0},
                 {"Inventor", "INVENTOR", 0},     {"Performer", "PERFORMER", 0},
                 {"ProducerName", "PRODUCER", 0}, {"Translator", "TRANSLATOR", 0},
                 {"Writer", "WRITER", 0}};
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
        if (str_equal(role, str_from(ROLES[i].role))) {
            *level = ROLES[i].level;
            return ROLES[i].line;
        }
    }
    return NULL;
}

/* The value of an item of that person, which has arrived then. */
static Str take_part(Piece *piece, size_t i, Str part, Str role)
{
    Item *item = &piece->items[i];
    if (i >= piece->count || item->arrived ||
        item->tag.size != part.size + 1 + role.size || !str_starts(item->tag, part) ||
        !str_ends(item->tag, role))
        return STR_EMPTY;
    item->arrived = true;
    return item->value;
}

static Item *item_of(Piece *piece, const char *tag)
{
    for (size_t i = 0; i < piece->count; i++) {
        if (str_equal(piece->items[i].tag, str_from(tag)))
            return &piece->items[i];
    }
    return NULL;
}

static void rescue_people(Arena *arena, Piece *piece, WireLines *lines)
{
    static const Str LAST = {"Last:", 5};
    const Item *type = item_of(piece, "SourceType");
    bool sung = type != NULL && (str_equal(type->value, STR("SoundRecording")) ||
                                 str_equal(type->value, STR("Performance")));
    for (size_t i = 0; i < piece->count; i++) {
        Str tag = piece->items[i].tag, role = str_after(tag, LAST.size);
        int level = 0;
        const char *line = str_starts(tag, LAST) ? role_line(role, &level) : NULL;
        if (line == NULL)
            continue;
        Str name = take_part(piece, i, STR("Last"), role);
        for (size_t k = i + 1; name.size > 0 && k < piece->count && k < i + 3; k++) {
            Str given = take_part(piece, k, STR("First"), role);
            given = given.size > 0 ? given : take_part(piece, k, STR("Middle"), role);
            if (given.size > 0)
                name = arena_join(arena, name, STR("|"), given);
        }
        if (sung && str_equal(role, STR("Performer")))
            line = "AUTHOR"; /* whose work it is */
        if (name.size > 0)
            wire_add(arena, lines, str_from(line), level, name);
    }
}

static void rescue_accessed(Arena *arena, Piece *piece, WireLines *lines)
{
    static const char *const TAGS[] = {"DayAccessed", "MonthAccessed", "YearAccessed"};
    Buf date = {0};
    for (size_t i = 0; i < 3 && item_of(piece, "YearAccessed") != NULL; i++) {
        Item *item = item_of(piece, TAGS[i]);
        if (item == NULL)
            continue;
        item->arrived = true;
        if (date.size > 0)
            buf_add_byte(&date, ' ');
        buf_add(&date, item->value);
    }
    if (date.size > 0)
        wire_add(arena, lines, STR("URLDATE"), 0, arena_copy(arena, buf_str(&date)));
    buf_free(&date);
}

void rescue_word(Arena *arena, Piece *piece, WireLines *lines)
{
    const Item *type = item_of(piece, "ThesisType");
    Item *number = item_of(piece, "StandardNumber");
    rescue_people(arena, piece, lines);
    rescue_accessed(arena, piece, lines);
    if (type != NULL && (str_contains(type->value, STR("hesis")) ||
                         str_contains(type->value, STR("issertation"))))
        wire_add(arena, lines, STR("GENRE:BIBUTILS"), 0, STR("thesis"));
    if (number != NULL && !number->arrived) { /* that of a report */
        wire_add(arena, lines, STR("NUMBER"), 0, number->value);
        number->arrived = true;
    }
}
