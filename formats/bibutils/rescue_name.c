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
