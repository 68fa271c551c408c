/* SPDX-License-Identifier: MIT
 * Entries of the bibliography: repeated authors, blocks.  CSL 1.0.2,
 * "Bibliography-specific Options". */
#include "convert/style/engine.h"

#include "convert/base/memory.h"

#include <string.h>

static size_t next_name(const Ops *ops, size_t from, size_t end, size_t *behind)
{
    size_t open = ops_find(ops, from, SCOPE_NAME, behind);
    return open < end ? open : end;
}

/* The steps in [open, end) give way to one text. */
static size_t replace(Ops *ops, size_t open, size_t end, Str text)
{
    Op op = {.kind = OP_TEXT, .flags = OP_STYLE, .text = text};
    size_t keep = text.size > 0;
    for (size_t i = open; i < end; i++)
        ops->texts -= ops->items[i].kind == OP_TEXT;
    if (keep && end > open)
        ops->items[open] = op;
    memmove(ops->items + open + keep, ops->items + end,
            (ops->count - end) * sizeof *ops->items);
    ops->count -= end - open - keep;
    ops->texts += keep;
    return open + keep;
}

static void note_person(Document *doc, size_t at, unsigned number)
{
    if (at == doc->last_capacity) {
        doc->last_capacity = memory_grown(doc->last_capacity, at + 1);
        doc->last_people = memory_resize(doc->last_people,
                                         doc->last_capacity * sizeof *doc->last_people);
    }
    doc->last_people[at] = number;
}

/* Notes the entry's names for the next one; gives how many lead it that the one before
 * has, and whether all is the same. */
static size_t compare(Document *doc, size_t open, size_t end, bool known, bool *all)
{
    Buf flat = {0};
    size_t from = open, to = end;
    ops_names(&doc->ops, &from, &to);
    ops_flat(&doc->ops, from, to, &flat);
    *all = known && flat.size > 0 && str_equal(buf_str(&flat), buf_str(&doc->last_text));
    buf_clear(&doc->last_text);
    buf_add(&doc->last_text, buf_str(&flat));
    buf_free(&flat);

    size_t same = 0, count = 0, behind = open;
    bool equal = known;
    for (size_t at = next_name(&doc->ops, open, end, &behind); at < end;
         at = next_name(&doc->ops, behind, end, &behind)) {
        unsigned number = doc->ops.items[at].number;
        equal = equal && count < doc->last_count && doc->last_people[count] == number;
        same += equal;
        note_person(doc, count++, number);
    }
    doc->last_count = count;
    return same;
}

static void replace_names(Document *doc, size_t open, size_t end, size_t most)
{
    Ops *ops = &doc->ops;
    size_t behind, from = open;
    for (size_t done = 0; done < most; done++) {
        size_t at = next_name(ops, from, end, &behind);
        if (at >= end)
            return;
        size_t before = ops->count;
        from = replace(ops, at, behind, doc->style->author_substitute);
        end -= before - ops->count;
    }
}

/* All of the list goes but labels, which stand behind its names. */
static void replace_all(Document *doc, size_t open, size_t end)
{
    Ops *ops = &doc->ops;
    size_t from = open, to = end;
    if (ops_names(ops, &from, &to))
        replace(ops, from, to, doc->style->author_substitute);
    else /* a title in place of the names */
        replace(ops, open + 1, end - 1, doc->style->author_substitute);
}

/* True where nothing at all is to stand for the names. */
static bool substitute_author(Document *doc, size_t rank)
{
    const Style *style = doc->style;
    if (!style->author_substitute_set)
        return false;
    size_t end, open = ops_find(&doc->ops, 0, SCOPE_NAMES, &end);
    bool known = doc->last_rank == rank && rank > 0;
    bool all = false;
    size_t same = compare(doc, open, end, known, &all);
    doc->last_rank = rank + 1;
    if (open == doc->ops.count)
        return false;
    if (all && style->author_substitute.size == 0)
        return true;
    switch (style->author_rule) {
    case AUTHOR_COMPLETE_ALL:
        if (all)
            replace_all(doc, open, end);
        break;
    case AUTHOR_COMPLETE_EACH:
        if (all && same > 0)
            replace_names(doc, open, end, same);
        else if (all)
            replace_all(doc, open, end);
        break;
    case AUTHOR_PARTIAL_EACH:
        replace_names(doc, open, end, same);
        break;
    case AUTHOR_PARTIAL_FIRST:
        replace_names(doc, open, end, same > 0);
        break;
    }
    return false;
}

void entry_emit(Document *doc, const Item *item, size_t rank)
{
    Eval e = document_eval(doc, item, AREA_BIBLIOGRAPHY);
    eval_layout(&e, true);
    if (!substitute_author(doc, rank))
        return;
    /* Names that go without a trace take along what joins them to the rest. */
    ops_cut(&doc->ops, (OpsMark){0});
    e = document_eval(doc, item, AREA_BIBLIOGRAPHY);
    e.suppress_names = true;
    eval_layout(&e, true);
}
