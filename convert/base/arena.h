/* SPDX-License-Identifier: MIT
 * Memory that dies together: nothing in an arena is freed singly.
 *
 * A zeroed Arena is an empty one.  Pointers are good until arena_reset or
 * arena_free.  Under AddressSanitizer every allocation is a malloc of its own, so
 * that a pointer kept too long and a read past the end are both caught. */
#ifndef CITECONV_BASE_ARENA_H
#define CITECONV_BASE_ARENA_H

#include "convert/base/str.h"

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *blocks; /* newest first */
    size_t used;        /* bytes handed out since the last reset */
} Arena;

/* Aligned for any type; not zeroed; never NULL. */
void *arena_alloc(Arena *arena, size_t size);
Str arena_copy(Arena *arena, Str s);
Str arena_join(Arena *arena, Str a, Str between, Str b);
/* There is a NUL behind the text, which no size counts. */
Str arena_format(Arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Moves the blocks older than `block`, which is one of them, to an arena of their own.
 * Older than NULL, what an empty arena has for its newest, is none. */
Arena arena_take_older(Arena *arena, ArenaBlock *block);
/* Everything in it is gone; one block is kept for the next round. */
void arena_reset(Arena *arena);
void arena_free(Arena *arena);

#endif
