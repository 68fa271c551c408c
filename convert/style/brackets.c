/* SPDX-License-Identifier: MIT
 * Round brackets within round brackets become square, as in "(see Doe [2000])": in note
 * styles, of what encloses more than one thing and of what users write around cites. */
#include "convert/style/engine.h"

#include <string.h>

typedef struct Nesting {
    Arena *arena;
    size_t depth;
} Nesting;

static Str nest(Nesting *n, Str s)
{
    char *turned = NULL;
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        bool open = c == '(', close = c == ')' && n->depth > 0;
        if (!open && !close)
            continue;
        n->depth -= close;
        if (n->depth % 2 == 1) {
            if (!turned)
                turned = memcpy(arena_alloc(n->arena, s.size), s.data, s.size);
            turned[i] = open ? '[' : ']';
        }
        n->depth += open;
    }
    return turned ? (Str){turned, s.size} : s;
}

void brackets_nest(Document *doc)
{
    Nesting n = {.arena = &doc->scratch};
    bool users = false;
    for (size_t i = 0; i < doc->ops.count; i++) {
        Op *op = &doc->ops.items[i];
        if (op->kind != OP_TEXT && op->scope == SCOPE_AFFIX)
            users = op->kind == OP_OPEN;
        else if (op->kind == OP_TEXT && (users || op->flags & OP_AROUND))
            op->text = nest(&n, op->text);
    }
}
