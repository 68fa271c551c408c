/* SPDX-License-Identifier: MIT
 * The document: items, citations, positions.  See style.h. */
#include "convert/style/engine.h"

#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

Document *document_open(const Style *style)
{
    Document *doc = memory_zeroed(1, sizeof *doc);
    doc->style = style;
    doc->collator = collator_open(style->lang);
    return doc;
}

void document_close(Document *doc)
{
    if (!doc)
        return;
    free(doc->items);
    free(doc->groups);
    free(doc->last_people);
    buf_free(&doc->last_text);
    people_free(&doc->people);
    ops_free(&doc->ops);
    lower_free(&doc->lowered);
    collator_close(doc->collator);
    arena_free(&doc->scratch);
    arena_free(&doc->arena);
    free(doc);
}

size_t document_add(Document *doc, const Record *rec)
{
    if (doc->item_count == doc->item_capacity) {
        doc->item_capacity = memory_grown(doc->item_capacity, doc->item_count + 1);
        doc->items = memory_resize(doc->items, doc->item_capacity * sizeof(Item *));
    }
    Item *item = arena_alloc(&doc->arena, sizeof *item);
    item_read(item, doc->style, rec, &doc->people, &doc->arena);
    item->place = doc->item_count;
    doc->items[doc->item_count] = item;
    return doc->item_count++;
}

static Text copy_text(Arena *arena, Text text)
{
    Text copy = text_plain(arena_copy(arena, text.text));
    if (text.run_count) {
        Run *runs = arena_alloc(arena, text.run_count * sizeof *runs);
        memcpy(runs, text.runs, text.run_count * sizeof *runs);
        copy.runs = runs;
        copy.run_count = text.run_count;
    }
    return copy;
}

static Str copy_str(Arena *arena, Str s)
{
    return s.data ? arena_copy(arena, s) : STR_EMPTY;
}

/* "vol. 1, fol. 186" says itself what it is, where nothing else does. */
static void locator_label(Str *locator, Str *label)
{
    static const struct {
        Str sign, label;
    } SIGNS[] = {{{"bk.", 3}, {"book", 4}},       {{"ch.", 3}, {"chapter", 7}},
                 {{"col.", 4}, {"column", 6}},    {{"fig.", 4}, {"figure", 6}},
                 {{"fol.", 4}, {"folio", 5}},     {{"l.", 2}, {"line", 4}},
                 {{"n.", 2}, {"note", 4}},        {{"no.", 3}, {"issue", 5}},
                 {{"op.", 3}, {"opus", 4}},       {{"para.", 5}, {"paragraph", 9}},
                 {{"pt.", 3}, {"part", 4}},       {{"sec.", 4}, {"section", 7}},
                 {{"s.v.", 4}, {"sub-verbo", 9}}, {{"vrs.", 4}, {"verse", 5}},
                 {{"vol.", 4}, {"volume", 6}},    {{"pp.", 3}, {"page", 4}},
                 {{"p.", 2}, {"page", 4}},        {{"§", 2}, {"section", 7}},
                 {{"¶", 2}, {"paragraph", 9}}};
    *locator = str_trim(*locator);
    if (label->size > 0 && !str_equal(*label, STR("page")))
        return;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        Str rest = str_after(*locator, SIGNS[i].sign.size);
        if (!str_starts(*locator, SIGNS[i].sign) || str_trim(rest).size == 0)
            continue;
        /* "n.d." is no note. */
        if (byte_is_alpha(rest.data[0]))
            continue;
        *locator = str_trim(rest);
        *label = SIGNS[i].label;
        return;
    }
}

size_t document_cite(Document *doc, const Citation *citation)
{
    if (doc->group_count == doc->group_capacity) {
        doc->group_capacity = memory_grown(doc->group_capacity, doc->group_count + 1);
        doc->groups = memory_resize(doc->groups, doc->group_capacity * sizeof(Group));
    }
    Group *group = &doc->groups[doc->group_count];
    *group = (Group){.note = citation->note, .alone = citation->alone};
    group->infix = citation->infix.text.data ? copy_text(&doc->arena, citation->infix)
                                             : text_plain(STR_EMPTY);
    group->cites = arena_alloc(&doc->arena, (citation->count + 1) * sizeof *group->cites);
    for (size_t i = 0; i < citation->count; i++) {
        const Cite *from = &citation->cites[i];
        if (from->item >= doc->item_count)
            continue;
        Placed *to = &group->cites[group->count++];
        *to = (Placed){.cite = *from, .item = doc->items[from->item]};
        to->cite.locator = copy_str(&doc->arena, from->locator);
        to->cite.label = copy_str(&doc->arena, from->label);
        locator_label(&to->cite.locator, &to->cite.label);
        Text prefix = from->prefix.text.data ? from->prefix : text_plain(STR_EMPTY);
        Text suffix = from->suffix.text.data ? from->suffix : text_plain(STR_EMPTY);
        to->cite.prefix = copy_text(&doc->arena, prefix);
        to->cite.suffix = copy_text(&doc->arena, suffix);
    }
    return doc->group_count++;
}

/* Items in the order in which they are cited first, then the others. */
static void order_items(Document *doc)
{
    doc->order = arena_alloc(&doc->arena, (doc->item_count + 1) * sizeof(Item *));
    size_t count = 0;
    for (size_t i = 0; i < doc->group_count; i++) {
        const Group *group = &doc->groups[i];
        for (size_t k = 0; k < group->count && !group->alone; k++) {
            Item *item = group->cites[k].item;
            if (!item->cited)
                doc->order[count++] = item;
            item->cited = true;
        }
    }
    for (size_t i = 0; i < doc->item_count; i++) {
        if (!doc->items[i]->cited)
            doc->order[count++] = doc->items[i];
    }
}

static bool same_locator(const Cite *a, const Cite *b)
{
    Str page = STR("page");
    return str_equal(str_trim(a->locator), str_trim(b->locator)) &&
           str_equal(a->label.size ? a->label : page, b->label.size ? b->label : page);
}

/* What a cite is after one of the same item. */
static int repeated(const Cite *before, const Cite *cite)
{
    bool had = str_trim(before->locator).size > 0, has = str_trim(cite->locator).size > 0;
    if (!had)
        return has ? CITE_IBID_WITH_LOCATOR : CITE_IBID;
    if (!has)
        return CITE_SUBSEQUENT;
    return same_locator(before, cite) ? CITE_IBID : CITE_IBID_WITH_LOCATOR;
}

/* The last cite in a note or in the text, for each item. */
typedef struct Seen {
    bool any;
    size_t note;
} Seen;

/* The citation before, and how many cites its note has so far. */
typedef struct Last {
    const Group *group;
    size_t cites;
} Last;

/* What a cite may repeat: the one before it in its citation or, where it is the first,
 * the end of the citation before in the same note (or text), or all that the note before
 * says. */
static const Placed *cite_before(const Group *group, const Last *last, size_t k)
{
    if (k > 0)
        return &group->cites[k - 1];
    const Group *before = last->group;
    if (!before || before->count == 0)
        return NULL;
    if (before->note == group->note)
        return &before->cites[before->count - 1];
    bool follows = before->note + 1 >= group->note;
    bool single = before->note == 0 || last->cites == 1;
    return follows && single ? &before->cites[0] : NULL;
}

static void go_on(Last *last, const Group *group)
{
    bool same_note = last->group && last->group->note == group->note;
    *last = (Last){group, (same_note ? last->cites : 0) + group->count};
}

/* In the text all is near. */
static bool is_near(const Style *style, const Seen *had, const Group *group)
{
    if (group->note == 0)
        return true;
    return had->note > 0 && group->note >= had->note &&
           group->note - had->note <= style->near_note;
}

static void find_positions(Document *doc)
{
    Seen *seen = memory_zeroed(doc->item_count + 1, sizeof *seen);
    Last last = {.group = NULL};
    for (size_t i = 0; i < doc->group_count; i++) {
        Group *group = &doc->groups[i];
        for (size_t k = 0; k < group->count; k++) {
            Placed *placed = &group->cites[k];
            Seen *had = &seen[placed->cite.item];
            placed->position = CITE_FIRST;
            placed->first_here = false;
            if (!group->alone && had->any) {
                const Placed *before = cite_before(group, &last, k);
                bool ibid = before && before->item == placed->item;
                placed->position =
                    ibid ? repeated(&before->cite, &placed->cite) : CITE_SUBSEQUENT;
                placed->near_note = is_near(doc->style, had, group);
            }
            if (placed->cite.forced > 0) {
                placed->position = placed->cite.forced - 1;
                placed->near_note =
                    placed->position != CITE_FIRST && doc->style->near_note > 0;
            }
            if (group->alone)
                continue;
            if (!had->any)
                placed->item->first_note = group->note;
            placed->first_here = placed->item->first_note == group->note;
            had->any = true;
            had->note = group->note ? group->note : had->note;
        }
        if (!group->alone)
            go_on(&last, group);
    }
    free(seen);
}

Eval document_eval(Document *doc, const Item *item, int area)
{
    return (Eval){.style = doc->style,
                  .item = item,
                  .ops = &doc->ops,
                  .scratch = &doc->scratch,
                  .area = area,
                  .position = -1,
                  .shown = item->shown.count ? &item->shown : NULL,
                  .levels = doc->levels,
                  .disambiguate = item->disambiguate};
}

static bool sorts_by_number(const Document *doc)
{
    const Node *sort = doc->style->areas[AREA_CITATION].sort;
    bool found = false;
    for (const Node *key = sort ? sort->first : NULL; key; key = key->next)
        found |= key->by_number;
    return found;
}

void document_finish(Document *doc)
{
    /* What is printed first is first cited, unless the numbers are what sorts. */
    bool first = !sorts_by_number(doc);
    if (first)
        sort_cites(doc);
    order_items(doc);
    sort_bibliography(doc);
    if (!first)
        sort_cites(doc);
    find_positions(doc);
    disambiguate(doc);
}

static StyleText finish_text(Document *doc)
{
    if (doc->style->layout.note)
        brackets_nest(doc);
    StyleText text = lower(&doc->lowered, &doc->ops, doc->style);
    text.cut = doc->ops.full;
    return text;
}

StyleText document_citation(Document *doc, size_t citation)
{
    arena_reset(&doc->scratch);
    ops_cut(&doc->ops, (OpsMark){0});
    if (citation < doc->group_count)
        cite_emit(doc, &doc->groups[citation]);
    return finish_text(doc);
}

size_t document_entries(const Document *doc)
{
    return doc->item_count;
}

StyleEntry document_entry(Document *doc, size_t rank)
{
    arena_reset(&doc->scratch);
    ops_cut(&doc->ops, (OpsMark){0});
    if (rank >= doc->item_count)
        return (StyleEntry){.text = {.text = STR_EMPTY}};
    Item *item = doc->order[rank];
    entry_emit(doc, item, rank);
    StyleEntry entry = {.text = finish_text(doc)};
    entry.item = item->place;
    return entry;
}
