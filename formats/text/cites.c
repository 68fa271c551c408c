/* SPDX-License-Identifier: MIT
 * What both spellings of citations share; see cites.h. */
#include "formats/text/cites.h"
#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    HEAD = 256,     /* bytes that tell JSON from lines */
    TOLD_MOST = 100 /* of one fault */
};

typedef struct Named {
    Str name;
    CiteItem *item;
} Named;

static int order_names(Str a, Str b)
{
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/* The first of equal ones first. */
static int by_name(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int order = order_names(x->name, y->name);
    return order != 0 ? order : (x->item > y->item) - (x->item < y->item);
}

static void sort_names(Cites *c)
{
    const CiteJob *job = c->job;
    c->named = arena_alloc(&c->arena, (job->count * 2 + 1) * sizeof *c->named);
    for (size_t i = 0; i < job->count; i++) {
        CiteItem *item = &job->items[i];
        c->named[c->named_count++] = (Named){item->key, item};
        if (item->id.size > 0)
            c->named[c->named_count++] = (Named){item->id, item};
    }
    if (c->named_count > 0)
        qsort(c->named, c->named_count, sizeof *c->named, by_name);
}

CiteItem *cites_find(const Cites *c, Str key)
{
    size_t from = 0, to = c->named_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (order_names(c->named[middle].name, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < c->named_count && str_equal(c->named[from].name, key);
    return found && key.size > 0 ? c->named[from].item : NULL;
}

Level cites_level(Cites *c, CiteFault fault, Level level)
{
    return c->faults[fault]++ < TOLD_MOST ? level : LEVEL_DETAIL;
}

static void report_more(const Cites *c, Str file)
{
    static const char *const IDS[CITE_FAULT_COUNT] = {[CITE_BAD] = "bad-cite",
                                                      [CITE_MISSING] = "missing-entry",
                                                      [CITE_TEXT] = "cite-text"};
    Diag *diag = c->job->diag;
    Buf line = {0};
    for (size_t i = 0; i < CITE_FAULT_COUNT && diag->least > LEVEL_DETAIL; i++) {
        if (c->faults[i] > TOLD_MOST)
            buf_format(&line, "%s%zu %s", line.size > 0 ? ", " : "",
                       c->faults[i] - TOLD_MOST, IDS[i]);
    }
    if (line.size > 0)
        diag_report(diag, LEVEL_NOTE, "repeated", (Place){.file = file},
                    "more of the same, which --verbose tells of: %.*s",
                    STR_ARG(buf_str(&line)));
    buf_free(&line);
}

Cite *cites_add(Cites *c, Str key, Place place)
{
    CiteItem *item = cites_find(c, key);
    if (item == NULL) {
        diag_report(c->job->diag, cites_level(c, CITE_MISSING, LEVEL_WARNING),
                    "missing-entry", place, "'%.*s' is cited and not in the input",
                    STR_ARG(key));
        return NULL;
    }
    if (c->count == c->capacity) {
        c->capacity = memory_grown(c->capacity, c->count + 1);
        c->cites = memory_resize(c->cites, c->capacity * sizeof *c->cites);
    }
    item->cited = true;
    Cite *cite = &c->cites[c->count++];
    *cite = (Cite){.item = item->item,
                   .locator = STR_EMPTY,
                   .label = STR_EMPTY,
                   .prefix = text_plain(STR_EMPTY),
                   .suffix = text_plain(STR_EMPTY)};
    return cite;
}

size_t cites_next_note(Cites *c)
{
    return style_layout(c->job->style)->note ? ++c->notes : 0;
}

void cites_put(Cites *c, size_t note, Text infix)
{
    if (c->count > 0) {
        document_cite(c->job->doc, &(Citation){.cites = c->cites,
                                               .count = c->count,
                                               .note = note,
                                               .infix = infix,
                                               .alone = c->job->alone});
        c->citations++;
    }
    c->count = 0;
    arena_reset(&c->scratch);
}

size_t cites_read(const CiteJob *job, Source *in)
{
    Cites c = {.job = job, .in = in};
    sort_names(&c);
    if (cites_is_json(source_head(in, HEAD)))
        cites_read_json(&c);
    else
        cites_read_lines(&c);
    report_more(&c, source_place(in).file);
    free(c.cites);
    arena_free(&c.arena);
    arena_free(&c.scratch);
    return c.citations;
}
