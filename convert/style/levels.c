/* SPDX-License-Identifier: MIT
 * How far each name goes in the whole document: givenname-disambiguation-rule other than
 * by-cite.
 *
 * All names of the lists that cites print are sorted by family name, initials and given
 * names; a name needs initials where its family name stands with others, and its given
 * names where its initials do. */
#include "convert/style/engine.h"
#include "convert/style/name.h"

#include <stdlib.h>
#include <string.h>

typedef struct Reach {
    unsigned char with_initials; /* where the list has initials to show */
    unsigned char without;
} Reach;

struct Levels {
    Reach *by_person;
    size_t count;
    bool primary; /* only the first name of a list */
};

typedef struct Row {
    Str family, initials, full;
    unsigned number;
} Row;

static int order(Str a, Str b)
{
    int found = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return found ? found : (a.size > b.size) - (a.size < b.size);
}

static int by_name(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    int found = order(x->family, y->family);
    if (!found)
        found = order(x->initials, y->initials);
    return found ? found : order(x->full, y->full);
}

/* "J.J." and "J. J." are the same. */
static Str squeezed(Arena *arena, Str s)
{
    char *out = arena_alloc(arena, s.size);
    size_t size = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] != '.' && s.data[i] != ' ')
            out[size++] = s.data[i];
    }
    return (Str){out, size};
}

static Row row_of(Document *doc, const Person *p)
{
    Arena *arena = &doc->arena;
    /* A particle that may leave the family name makes no other family of it. */
    bool kept = doc->style->demote == DEMOTE_NEVER;
    Str family =
        kept ? arena_join(arena, p->non_dropping, STR(" "), p->family) : p->family;
    return (Row){
        .family = p->literal.size ? p->literal : family,
        .initials = name_initials(arena, p->given, STR("."), true, false),
        .full = squeezed(
            arena, arena_join(arena, arena_join(arena, p->given, STR("\n"), p->dropping),
                              STR("\n"), p->suffix)),
        .number = p->number};
}

static void settle(Levels *levels, const Row *rows, size_t from, size_t to,
                   bool initials_only)
{
    size_t kinds = 0;
    for (size_t i = from; i < to; i++)
        kinds += i == from || order(rows[i].initials, rows[i - 1].initials) != 0;
    for (size_t i = from; i < to;) {
        size_t end = i + 1;
        bool differ = false;
        for (; end < to && order(rows[end].initials, rows[i].initials) == 0; end++)
            differ |= order(rows[end].full, rows[i].full) != 0;
        for (; i < end; i++) {
            Reach *level = &levels->by_person[rows[i].number];
            level->with_initials = kinds > 1 ? SHOWN_INITIALS : SHOWN_SHORT;
            if (initials_only) {
                /* A list that says nothing of initials has them without signs. */
                level->without = level->with_initials;
                continue;
            }
            if (differ)
                level->with_initials = SHOWN_FULL;
            if (differ || kinds > 1)
                level->without = SHOWN_FULL;
        }
    }
}

static size_t collect(Document *doc, bool primary, Row **rows)
{
    bool *known = calloc(doc->people.count + 1, sizeof *known);
    if (!known)
        return 0;
    *rows = arena_alloc(&doc->arena, (doc->people.count + 1) * sizeof **rows);
    size_t count = 0;
    for (size_t i = 0; i < doc->item_count; i++) {
        NamesSeen seen = {.count = 0};
        Eval e = document_eval(doc, doc->items[i], AREA_CITATION);
        e.position = CITE_FIRST;
        e.no_suffix = true;
        e.seen = &seen;
        arena_reset(&doc->scratch);
        ops_cut(&doc->ops, (OpsMark){0});
        eval_layout(&e, false);
        for (size_t l = 0; l < seen.count; l++) {
            unsigned shown = primary ? 1 : seen.lists[l].count;
            for (unsigned k = 0; k < shown; k++) {
                const Person *person = seen.lists[l].people[k];
                if (!known[person->number])
                    (*rows)[count++] = row_of(doc, person);
                known[person->number] = true;
            }
        }
    }
    free(known);
    return count;
}

void levels_find(Document *doc)
{
    GivenRule rule = doc->style->given_rule;
    bool initials_only =
        rule == RULE_ALL_NAMES_INITIALS || rule == RULE_PRIMARY_NAME_INITIALS;
    Levels *levels = arena_alloc(&doc->arena, sizeof *levels);
    size_t size = (doc->people.count + 1) * sizeof(Reach);
    *levels = (Levels){.by_person = memset(arena_alloc(&doc->arena, size), 0, size),
                       .count = doc->people.count,
                       .primary = rule == RULE_PRIMARY_NAME ||
                                  rule == RULE_PRIMARY_NAME_INITIALS};
    Row *rows = NULL;
    size_t count = collect(doc, levels->primary, &rows);
    if (count)
        qsort(rows, count, sizeof *rows, by_name);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && order(rows[end].family, rows[i].family) == 0)
            end++;
        settle(levels, rows, i, end, initials_only);
        i = end;
    }
    doc->levels = levels;
}

unsigned levels_of(const Levels *levels, const Person *person, size_t place,
                   bool initials)
{
    if (person->number >= levels->count || (levels->primary && place > 0))
        return SHOWN_SHORT;
    const Reach *level = &levels->by_person[person->number];
    return initials ? level->with_initials : level->without;
}
