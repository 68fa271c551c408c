/* SPDX-License-Identifier: MIT
 * Keeping messages; see tape.h. */
#include "convert/base/tape.h"
#include "convert/base/memory.h"

#include <stdlib.h>

void tape_add(Tape *tape, const Message *message)
{
    if (tape->count == tape->capacity) {
        tape->capacity = memory_grown(tape->capacity, tape->count + 1);
        tape->items = memory_resize(tape->items, tape->capacity * sizeof *tape->items);
    }
    Message *kept = &tape->items[tape->count++];
    *kept = *message;
    kept->key = arena_copy(&tape->arena, message->key);
    kept->field = arena_copy(&tape->arena, message->field);
    kept->text = arena_copy(&tape->arena, message->text);
}

void tape_play(const Tape *tape, size_t from, size_t to, Diag *diag)
{
    for (size_t i = from; i < to; i++)
        diag_say(diag, &tape->items[i]);
}

size_t tape_size(const Tape *tape)
{
    return tape->count * sizeof *tape->items + tape->arena.used;
}

void tape_clear(Tape *tape)
{
    tape->count = 0;
    if (tape->arena.used > 0)
        arena_reset(&tape->arena);
}

void tape_free(Tape *tape)
{
    arena_free(&tape->arena);
    free(tape->items);
    *tape = (Tape){0};
}
