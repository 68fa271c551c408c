/* SPDX-License-Identifier: MIT
 * Telling cites apart: CSL 1.0.2, "Disambiguation".
 *
 * Each item's cite is evaluated and hashed; only items that share a hash are looked at
 * further.  Such a group takes one step after the other (a given name more, a name more)
 * and splits where a step makes a difference.  A step at which all have the same person
 * cannot, and costs no evaluation: so the cost is that of the names revealed. */
#include "convert/style/engine.h"

#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct Signature {
    uint64_t a, b;
} Signature;

typedef struct Member {
    Item *item;
    Signature signature;
} Member;

/* A set of items whose cites read the same, and the next step to try. */
typedef struct Bucket {
    Member *members;
    size_t count;
    Shown shown; /* what has helped so far */
    size_t list;
    unsigned name;  /* in the list */
    unsigned level; /* of that name; tried next */
    unsigned tried; /* names that the list shows for trying */
} Bucket;

typedef struct Work {
    Document *doc;
    Bucket *buckets; /* a stack */
    size_t count, capacity;
    Bucket *left; /* could not be told apart by names */
    size_t left_count, left_capacity;
} Work;

static Signature sign(Document *doc, const Item *item, const Shown *shown,
                      unsigned condition, NamesSeen *seen)
{
    Eval e = document_eval(doc, item, AREA_CITATION);
    e.position = CITE_SUBSEQUENT;
    e.near_note = true;
    e.no_suffix = true;
    e.signing = true;
    e.seen = seen;
    e.shown = shown && shown->count ? shown : NULL;
    e.disambiguate = condition;
    arena_reset(&doc->scratch);
    ops_cut(&doc->ops, (OpsMark){0});
    eval_layout(&e, false);
    if (seen)
        seen->conditions = e.conditions;
    Signature s = {14695981039346656037u, 0x9e3779b97f4a7c15u};
    for (size_t i = 0; i < doc->ops.count; i++) {
        const Op *op = &doc->ops.items[i];
        for (size_t k = 0; op->kind == OP_TEXT && k < op->text.size; k++) {
            unsigned char c = (unsigned char)op->text.data[k];
            s.a = (s.a ^ c) * 1099511628211u;
            s.b = (s.b + c) * 0xff51afd7ed558ccdu;
            s.b ^= s.b >> 29;
        }
    }
    return s;
}

static bool same(const Signature *a, const Signature *b)
{
    return a->a == b->a && a->b == b->b;
}

static int by_signature(const void *x, const void *y)
{
    const Member *m = x, *n = y;
    if (m->signature.a != n->signature.a)
        return m->signature.a < n->signature.a ? -1 : 1;
    if (m->signature.b != n->signature.b)
        return m->signature.b < n->signature.b ? -1 : 1;
    return (m->item->rank > n->item->rank) - (m->item->rank < n->item->rank);
}

/* --- Steps ------------------------------------------------------------------------- */

static Shown copy_shown(Arena *arena, const Shown *from, size_t lists)
{
    size_t count = from->count > lists ? from->count : lists;
    Shown to = {.lists = arena_alloc(arena, (count + 1) * sizeof *to.lists),
                .count = count};
    memset(to.lists, 0, (count + 1) * sizeof *to.lists);
    for (size_t i = 0; i < from->count; i++) {
        to.lists[i] = from->lists[i];
        if (from->lists[i].level_count == 0)
            continue;
        to.lists[i].level = arena_alloc(arena, from->lists[i].level_count);
        memcpy(to.lists[i].level, from->lists[i].level, from->lists[i].level_count);
    }
    return to;
}

static void set_level(Arena *arena, NamesShown *list, unsigned name, unsigned level)
{
    if (name >= list->level_count) {
        unsigned char *grown = arena_alloc(arena, name + 1);
        memset(grown, 0, name + 1);
        if (list->level_count)
            memcpy(grown, list->level, list->level_count);
        list->level = grown;
        list->level_count = name + 1;
    }
    list->level[name] = (unsigned char)level;
}

static const Value *people_of(const Item *item, const ListSeen *list)
{
    for (unsigned i = 0; i < item->value_count; i++) {
        if (item->values[i].people == (const Person **)(uintptr_t)list->people)
            return &item->values[i];
    }
    return NULL;
}

/* The list that the item prints at that place. */
static bool list_of(Document *doc, const Item *item, const Shown *shown, size_t list,
                    ListSeen *found)
{
    NamesSeen seen = {.count = 0};
    sign(doc, item, shown, 0, &seen);
    if (list >= seen.count || !people_of(item, &seen.lists[list]))
        return false;
    *found = seen.lists[list];
    return true;
}

/* Lists of all members at the bucket's place, so that steps can be compared without
 * evaluation. */
static ListSeen *lists_of(Work *w, const Bucket *b, ListSeen *longest)
{
    ListSeen *lists = memory_zeroed(b->count + 1, sizeof *lists);
    *longest = (ListSeen){.count = 0};
    for (size_t i = 0; i < b->count; i++) {
        if (list_of(w->doc, b->members[i].item, &b->shown, b->list, &lists[i]) &&
            lists[i].count > longest->count)
            *longest = lists[i];
    }
    return lists;
}

/* All members have the same person there, and the same end of the list. */
static bool no_difference(const Bucket *b, const ListSeen *lists, unsigned name,
                          bool ends)
{
    for (size_t i = 1; i < b->count; i++) {
        const Person *a = name < lists[0].count ? lists[0].people[name] : NULL;
        const Person *c = name < lists[i].count ? lists[i].people[name] : NULL;
        if (a != c)
            return false;
        if (ends && (lists[0].count == name + 1) != (lists[i].count == name + 1))
            return false;
    }
    return true;
}

static Bucket *push(Bucket **stack, size_t *count, size_t *capacity, Bucket b)
{
    if (*count == *capacity) {
        *capacity = memory_grown(*capacity, *count + 1);
        *stack = memory_resize(*stack, *capacity * sizeof **stack);
    }
    (*stack)[*count] = b;
    return &(*stack)[(*count)++];
}

static void keep(Work *w, const Bucket *b)
{
    for (size_t i = 0; i < b->count; i++)
        b->members[i].item->shown = b->shown;
    if (b->count > 1)
        push(&w->left, &w->left_count, &w->left_capacity, *b);
}

/* Splits by the members' new signatures: what stands alone is told, the rest goes on. */
static bool split(Work *w, const Bucket *b, const Shown *trial)
{
    qsort(b->members, b->count, sizeof *b->members, by_signature);
    if (same(&b->members[0].signature, &b->members[b->count - 1].signature))
        return false;
    for (size_t from = 0; from < b->count;) {
        size_t to = from + 1;
        while (to < b->count &&
               same(&b->members[from].signature, &b->members[to].signature))
            to++;
        Bucket part = *b;
        part.members = b->members + from;
        part.count = to - from;
        part.shown = copy_shown(&w->doc->arena, trial, trial->count);
        if (part.count == 1)
            keep(w, &part);
        else
            push(&w->buckets, &w->count, &w->capacity, part);
        from = to;
    }
    return true;
}

static bool try_step(Work *w, Bucket *b, const ListSeen *lists, unsigned name,
                     const Shown *trial, bool ends)
{
    if (no_difference(b, lists, name, ends))
        return false;
    for (size_t i = 0; i < b->count; i++)
        b->members[i].signature = sign(w->doc, b->members[i].item, trial, 0, NULL);
    return split(w, b, trial);
}

/* Tries given names for one name of the list; true where the bucket has split. */
static bool try_given(Work *w, Bucket *b, const ListSeen *lists, const ListSeen *longest,
                      Shown *trial)
{
    Arena *arena = &w->doc->arena;
    for (; b->level <= SHOWN_FULL; b->level++) {
        if ((b->level == SHOWN_INITIALS && !longest->initials) || longest->full)
            continue;
        if (no_difference(b, lists, b->name, false))
            break;
        set_level(arena, &trial->lists[b->list], b->name, b->level);
        if (try_step(w, b, lists, b->name, trial, false))
            return true;
    }
    /* What did not help is taken back. */
    if (b->name < trial->lists[b->list].level_count)
        trial->lists[b->list].level[b->name] =
            b->list < b->shown.count && b->name < b->shown.lists[b->list].level_count
                ? b->shown.lists[b->list].level[b->name]
                : 0;
    b->level = SHOWN_INITIALS;
    return false;
}

/* Names that differ and read the same are tried in vain, each with the ones before it. */
enum { NAMES_MOST = 500 };

/* Takes the bucket through the names of its list; true where it has split. */
static bool walk_list(Work *w, Bucket *b, const ListSeen *lists, const ListSeen *longest)
{
    const Style *style = w->doc->style;
    bool given = style->add_given && style->given_rule == RULE_BY_CITE;
    Shown trial = copy_shown(&w->doc->arena, &b->shown, b->list + 1);
    if (b->tried > trial.lists[b->list].count)
        trial.lists[b->list].count = b->tried;
    unsigned shown = longest->shown > b->tried ? longest->shown : b->tried;
    unsigned most = longest->count < NAMES_MOST ? longest->count : NAMES_MOST;
    for (;;) {
        for (; given && b->name < shown && b->name < NAMES_MOST; b->name++) {
            if (try_given(w, b, lists, longest, &trial))
                return true;
        }
        if (!style->add_names || shown >= most)
            return false;
        b->name = shown++;
        b->tried = trial.lists[b->list].count = shown;
        if (try_step(w, b, lists, b->name, &trial, true))
            return true;
    }
}

static void try_names(Work *w, Bucket b)
{
    for (; b.list < LISTS_SEEN; b.list++) {
        ListSeen longest;
        ListSeen *lists = lists_of(w, &b, &longest);
        bool done = longest.count == 0;
        bool parted = !done && walk_list(w, &b, lists, &longest);
        free(lists);
        if (parted)
            return;
        if (done)
            break;
        b.name = b.tried = 0;
        b.level = SHOWN_INITIALS;
    }
    keep(w, &b);
}

/* --- Stages ------------------------------------------------------------------------ */

static void find_buckets(Work *w, Member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Item *item = w->doc->order[i];
        members[i] = (Member){item, sign(w->doc, item, NULL, 0, NULL)};
    }
    qsort(members, count, sizeof *members, by_signature);
    for (size_t from = 0; from < count;) {
        size_t to = from + 1;
        while (to < count && same(&members[from].signature, &members[to].signature))
            to++;
        if (to - from > 1)
            push(&w->buckets, &w->count, &w->capacity,
                 (Bucket){.members = members + from,
                          .count = to - from,
                          .level = SHOWN_INITIALS});
        from = to;
    }
}

static void give_suffixes(const Member *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        members[i].item->year_suffix = i + 1;
}

static void by_rank(Member *members, size_t count)
{
    for (size_t i = 0; i < count; i++)
        members[i].signature = (Signature){0, 0};
    qsort(members, count, sizeof *members, by_signature);
}

enum { CONDITIONS_MOST = 8 };

/* Whether one condition more tells some of the members apart; sorts them by what they
 * then read.  *asked is how many conditions there are.  Names that could be added count
 * as if they were: what a condition prints of them may be more than was there before. */
static bool condition_tells(Document *doc, Member *members, size_t count, unsigned level,
                            unsigned *asked)
{
    NamesShown all[LISTS_SEEN] = {{.count = 0}};
    Shown shown = {.lists = all, .count = LISTS_SEEN};
    for (size_t i = 0; i < LISTS_SEEN; i++)
        all[i].count = NAMES_MOST;
    *asked = 0;
    for (size_t i = 0; i < count; i++) {
        Item *item = members[i].item;
        NamesSeen seen = {.count = 0};
        item->disambiguate = level;
        members[i].signature =
            sign(doc, item, doc->style->add_names ? &shown : &item->shown, level, &seen);
        *asked = seen.conditions > *asked ? seen.conditions : *asked;
    }
    qsort(members, count, sizeof *members, by_signature);
    return !same(&members[0].signature, &members[count - 1].signature);
}

/* Year suffixes, or, in styles without, one condition more that holds, until one tells
 * some apart.  CSL's text has the conditions first; processors in use agree on this, and
 * styles were made with them. */
/* NOLINTNEXTLINE(misc-no-recursion): CONDITIONS_MOST deep. */
static void last_stages(Document *doc, Member *members, size_t count, unsigned level)
{
    if (doc->style->add_suffix) {
        by_rank(members, count);
        give_suffixes(members, count);
        return;
    }
    if (!doc->style->tests_disambiguate || level > CONDITIONS_MOST)
        return;
    for (unsigned asked; !condition_tells(doc, members, count, level, &asked); level++) {
        if (level >= asked || level == CONDITIONS_MOST)
            return;
    }
    for (size_t from = 0; from < count;) {
        size_t to = from + 1;
        while (to < count && same(&members[from].signature, &members[to].signature))
            to++;
        if (to - from > 1)
            last_stages(doc, members + from, to - from, level + 1);
        from = to;
    }
}

void disambiguate(Document *doc)
{
    const Style *style = doc->style;
    if (!style->areas[AREA_CITATION].layout || doc->item_count == 0)
        return;
    if (style->add_given && style->given_rule != RULE_BY_CITE)
        levels_find(doc);
    bool names =
        style->add_names || (style->add_given && style->given_rule == RULE_BY_CITE);
    if (!names && !style->add_suffix && !style->tests_disambiguate)
        return;
    Member *members = memory_zeroed(doc->item_count, sizeof *members);
    Work w = {.doc = doc};
    find_buckets(&w, members, doc->item_count);
    while (w.count > 0) {
        Bucket b = w.buckets[--w.count];
        if (names)
            try_names(&w, b);
        else
            keep(&w, &b);
    }
    for (size_t i = 0; i < w.left_count; i++)
        last_stages(doc, w.left[i].members, w.left[i].count, 1);
    free(members);
    free(w.buckets);
    free(w.left);
}
