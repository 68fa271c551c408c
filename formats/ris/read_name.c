/* SPDX-License-Identifier: MIT
 * Names in RIS: "Last, First, Suffix", one a tag, and what else is found there. */
#include "formats/ris/read.h"
#include "formats/tags.h"

#include <string.h>

typedef struct List {
    Draft *d;
    Name *items;
    size_t count, capacity;
    Cut cut;
} List;

static void add(List *list, Name name)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity > 0 ? list->capacity * 2 : 8;
        Name *items = arena_alloc(&list->d->rec->arena, capacity * sizeof *items);
        if (list->count > 0)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = name;
}

/* "et al." and its kin, alone or behind a name; *s goes on without it. */
static bool cut_off(Str *s)
{
    static const char *const WORDS[] = {"et al.", "et al",   "and others", "others",
                                        "u.a.",   "et. al.", "..."};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        Str word = str_from(WORDS[i]);
        if (s->size < word.size)
            continue;
        Str rest = str_slice(*s, 0, s->size - word.size);
        bool alone = rest.size == 0,
             behind = rest.size > 0 && (rest.data[rest.size - 1] == ' ' ||
                                        rest.data[rest.size - 1] == ',');
        if (!str_equal_nocase(str_after(*s, rest.size), word) ||
            !(alone || (behind && i != 3)))
            continue;
        rest = str_trim(rest);
        while (rest.size > 0 && rest.data[rest.size - 1] == ',')
            rest = str_trim(str_slice(rest, 0, rest.size - 1));
        *s = rest;
        return true;
    }
    return false;
}

Name ris_read_name(Str s)
{
    return name_inverted(s);
}

static void add_name(List *list, const Item *item, Str s)
{
    s = str_trim(s);
    if (cut_off(&s)) {
        list->cut = CUT_CERTAIN;
        draft_say(list->d, LEVEL_NOTE, "authors-cut", item,
                  "no name, but says that there are more");
    }
    if (s.size > 0)
        add(list, ris_read_name(s));
}

static void add_names(List *list, const Item *item)
{
    Str rest = item->value, piece;
    if (memchr(rest.data, '&', rest.size) != NULL ||
        memchr(rest.data, '<', rest.size) != NULL)
        rest = ris_read_html(&list->d->rec->arena, rest).text;
    if (memchr(rest.data, ';', rest.size) == NULL) {
        add_name(list, item, rest);
        return;
    }
    draft_say(list->d, LEVEL_NOTE, "names-split", item, "several names in one line");
    while (str_split(&rest, ';', &piece))
        add_name(list, item, piece);
}

void ris_read_names(Draft *d, size_t at, FieldId id)
{
    List list = {.d = d};
    for (size_t i = at; i < d->count; i++) {
        Item *item = &d->items[i];
        const FieldTag *row = item->done ? NULL : draft_row(d, item->tag);
        if (row == NULL || row->field != id)
            continue;
        add_names(&list, item);
        item->done = true;
    }
    if (list.count == 0)
        return;
    Field *field = draft_add(d, id, &d->items[at]);
    field->names = (Names){.items = list.items, .count = list.count, .cut = list.cut};
}

Name ris_read_extra_name(Arena *arena, Str s)
{
    size_t bars = str_find(s, STR("||"));
    Name name = {STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY,
                 STR_EMPTY, STR_EMPTY, false,     false};
    if (bars == s.size) {
        name.literal = s;
        return name;
    }
    Str family = str_trim(str_slice(s, 0, bars)),
        given = str_trim(str_after(s, bars + 2));
    if (given.size > 0)
        name = name_inverted(arena_join(arena, family, STR(", "), given));
    if (given.size == 0 || name.literal.size > 0) {
        /* A family name that looks like a body's, and is none. */
        name.literal = STR_EMPTY;
        name.family = family;
        name.given = given;
    }
    return name;
}
