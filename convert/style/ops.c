/* SPDX-License-Identifier: MIT
 * The list of steps; see ops.h. */
#include "convert/style/ops.h"

#include "convert/base/memory.h"

#include <stdlib.h>

Op *ops_add(Ops *ops, Op op)
{
    if (ops->count == ops->capacity) {
        ops->capacity = memory_grown(ops->capacity, ops->count + 1);
        ops->items = memory_resize(ops->items, ops->capacity * sizeof *ops->items);
    }
    ops->size += sizeof op + op.text.size;
    ops_work(ops, sizeof op + op.text.size);
    ops->items[ops->count] = op;
    return &ops->items[ops->count++];
}

void ops_text(Ops *ops, Str text, unsigned flags)
{
    if (text.size == 0 || ops->full)
        return;
    ops_add(ops, (Op){.kind = OP_TEXT, .flags = (unsigned char)flags, .text = text});
    ops->texts++;
}

void ops_open(Ops *ops, OpScope scope, unsigned mark)
{
    ops_add(ops, (Op){.kind = OP_OPEN,
                      .scope = (unsigned char)scope,
                      .mark = (unsigned char)mark,
                      .text = STR_EMPTY});
}

void ops_close(Ops *ops, OpScope scope, unsigned mark)
{
    ops_add(ops, (Op){.kind = OP_CLOSE,
                      .scope = (unsigned char)scope,
                      .mark = (unsigned char)mark,
                      .text = STR_EMPTY});
}

void ops_free(Ops *ops)
{
    free(ops->items);
    *ops = (Ops){.items = NULL};
}

size_t ops_closing(const Ops *ops, size_t open)
{
    size_t depth = 0;
    for (size_t i = open; i < ops->count; i++) {
        if (ops->items[i].kind == OP_OPEN)
            depth++;
        else if (ops->items[i].kind == OP_CLOSE && --depth == 0)
            return i;
    }
    return ops->count;
}

size_t ops_find(const Ops *ops, size_t from, OpScope scope, size_t *end)
{
    for (size_t i = from; i < ops->count; i++) {
        if (ops->items[i].kind == OP_OPEN && ops->items[i].scope == scope) {
            *end = ops_closing(ops, i) + 1;
            return i;
        }
    }
    *end = ops->count;
    return ops->count;
}

bool ops_names(const Ops *ops, size_t *open, size_t *end)
{
    size_t behind = *open, first = ops->count, to = *open;
    for (size_t at = ops_find(ops, *open, SCOPE_NAME, &behind); at < *end;
         at = ops_find(ops, behind, SCOPE_NAME, &behind)) {
        first = first == ops->count ? at : first;
        to = behind;
    }
    if (first == ops->count)
        return false;
    /* "et al." belongs to the list; a label is a term in a wrapping of its own. */
    size_t names_end = to;
    for (size_t i = to; i < *end && ops->items[i].kind == OP_TEXT; i++) {
        if (ops->items[i].flags & OP_ET_AL)
            names_end = i + 1;
    }
    *open = first;
    *end = names_end;
    return true;
}
