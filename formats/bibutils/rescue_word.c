/* SPDX-License-Identifier: MIT
 * What the library passes over of Word's; see rescue_word.h. */
#include "formats/bibutils/rescue_word.h"

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

static void rescue_people(Arena *arena, Piece *piece, WireLines *lines)
{
    static const Str LAST = {"Last:", 5};
    const Item *type = piece_find(piece, "SourceType");
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
    for (size_t i = 0; i < 3 && piece_find(piece, "YearAccessed") != NULL; i++) {
        Item *item = piece_find(piece, TAGS[i]);
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
    const Item *type = piece_find(piece, "ThesisType");
    Item *number = piece_find(piece, "StandardNumber");
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
