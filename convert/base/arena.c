/* SPDX-License-Identifier: MIT
 * Bump allocation in blocks; see arena.h. */
#include "convert/base/arena.h"
#include "convert/base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define EACH_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ALONE 1
#endif
#endif
#ifndef EACH_ALONE
#define EACH_ALONE 0
#endif

struct ArenaBlock {
    ArenaBlock *next;
    size_t size, used; /* bytes of data */
    _Alignas(max_align_t) char data[];
};

enum { BLOCK_SIZE = 32 * 1024, BLOCK_KEPT = 256 * 1024 };

static ArenaBlock *block_new(Arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(ArenaBlock))
        memory_exhausted();
    ArenaBlock *block = memory_alloc(sizeof(ArenaBlock) + size);
    *block = (ArenaBlock){.next = arena->blocks, .size = size};
    arena->blocks = block;
    return block;
}

void *arena_alloc(Arena *arena, size_t size)
{
    arena->used += size;
    if (EACH_ALONE)
        return block_new(arena, size)->data;
    size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX - align)
        memory_exhausted();
    size = (size + align - 1) / align * align;
    ArenaBlock *block = arena->blocks;
    if (block == NULL || block->size - block->used < size)
        block = block_new(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    void *memory = block->data + block->used;
    block->used += size;
    return memory;
}

Str arena_copy(Arena *arena, Str s)
{
    if (s.size == 0)
        return STR_EMPTY;
    char *copy = arena_alloc(arena, s.size);
    memcpy(copy, s.data, s.size);
    return (Str){copy, s.size};
}

Str arena_join(Arena *arena, Str a, Str between, Str b)
{
    char *joined = arena_alloc(arena, a.size + between.size + b.size);
    memcpy(joined, a.data, a.size);
    memcpy(joined + a.size, between.data, between.size);
    memcpy(joined + a.size + between.size, b.data, b.size);
    return (Str){joined, a.size + between.size + b.size};
}

Str arena_format(Arena *arena, const char *format, ...)
{
    char guess[64];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(guess, sizeof guess, format, args);
    va_end(args);
    Str made = STR_EMPTY;
    if (size > 0) {
        char *text = arena_alloc(arena, (size_t)size + 1);
        if ((size_t)size < sizeof guess)
            memcpy(text, guess, (size_t)size + 1);
        else
            vsnprintf(text, (size_t)size + 1, format, again);
        made = (Str){text, (size_t)size};
    }
    va_end(again);
    return made;
}

Arena arena_take_older(Arena *arena, ArenaBlock *block)
{
    Arena older = {0};
    if (arena->blocks != NULL && block != NULL) {
        older.blocks = block->next;
        block->next = NULL;
    }
    return older;
}

void arena_reset(Arena *arena)
{
    ArenaBlock *kept = NULL;
    while (arena->blocks != NULL) {
        ArenaBlock *block = arena->blocks;
        arena->blocks = block->next;
        if (!EACH_ALONE && kept == NULL && block->size <= BLOCK_KEPT)
            kept = block;
        else
            free(block);
    }
    if (kept != NULL) {
        kept->next = NULL;
        kept->used = 0;
    }
    arena->blocks = kept;
    arena->used = 0;
}

void arena_free(Arena *arena)
{
    arena_reset(arena);
    free(arena->blocks);
    *arena = (Arena){0};
}
