/* SPDX-License-Identifier: MIT
 * Blocks in memory and blocks on disk; see spool.h.
 *
 * Who reads in the order of writing reads the oldest first, so these stay in memory, and
 * once it is full new blocks go to disk. */
#include "convert/io/spool.h"
#include "convert/base/memory.h"
#include "convert/io/scratch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 * 1024 };

struct Spool {
    Scratch *scratch;
    size_t memory; /* blocks that may stay there beside the last */
    size_t kept;   /* that do */
    char **blocks; /* NULL: on disk, or forgotten */
    size_t count, capacity;
    size_t forgotten; /* blocks at the front */
    uint64_t size;
};

Spool *spool_open(size_t memory, Diag *diag)
{
    Spool *spool = memory_zeroed(1, sizeof *spool);
    spool->scratch = scratch_open(diag);
    spool->memory = memory / BLOCK;
    return spool;
}

void spool_close(Spool *spool)
{
    for (size_t i = spool->forgotten; i < spool->count; i++)
        free(spool->blocks[i]);
    free(spool->blocks);
    scratch_close(spool->scratch);
    free(spool);
}

/* The last block is full: it stays, or goes to disk and gives its memory to the next. */
static void begin_block(Spool *spool)
{
    if (spool->count == spool->capacity) {
        spool->capacity = memory_grown(spool->capacity, spool->count + 1);
        spool->blocks =
            memory_resize(spool->blocks, spool->capacity * sizeof *spool->blocks);
    }
    char *block = NULL;
    if (spool->count > spool->forgotten) {
        if (spool->kept < spool->memory) {
            spool->kept++;
        } else {
            block = spool->blocks[spool->count - 1];
            scratch_write(spool->scratch, (uint64_t)(spool->count - 1) * BLOCK, block,
                          BLOCK);
            spool->blocks[spool->count - 1] = NULL;
        }
    }
    spool->blocks[spool->count++] = block != NULL ? block : memory_alloc(BLOCK);
}

uint64_t spool_add(Spool *spool, Str bytes)
{
    uint64_t offset = spool->size;
    while (bytes.size > 0) {
        size_t at = (size_t)(spool->size % BLOCK);
        if (at == 0)
            begin_block(spool);
        size_t size = bytes.size < BLOCK - at ? bytes.size : BLOCK - at;
        memcpy(spool->blocks[spool->count - 1] + at, bytes.data, size);
        spool->size += size;
        bytes = str_after(bytes, size);
    }
    return offset;
}

bool spool_read(Spool *spool, uint64_t offset, size_t size, Buf *into)
{
    assert(offset + size <= spool->size && offset / BLOCK >= spool->forgotten);
    while (size > 0) {
        size_t index = (size_t)(offset / BLOCK), at = (size_t)(offset % BLOCK);
        size_t piece = size < BLOCK - at ? size : BLOCK - at;
        char *to = buf_reserve(into, piece);
        if (spool->blocks[index] != NULL)
            memcpy(to, spool->blocks[index] + at, piece);
        else if (!scratch_read(spool->scratch, offset, to, piece))
            return false;
        into->size += piece;
        offset += piece;
        size -= piece;
    }
    return true;
}

void spool_forget(Spool *spool, uint64_t before)
{
    size_t whole = (size_t)(before / BLOCK);
    for (; spool->forgotten < whole; spool->forgotten++) {
        char **block = &spool->blocks[spool->forgotten];
        /* The last block is not counted as one that was kept. */
        if (*block != NULL && spool->forgotten + 1 < spool->count)
            spool->kept--;
        free(*block);
        *block = NULL;
    }
}

uint64_t spool_size(const Spool *spool)
{
    return spool->size;
}

bool spool_failed(const Spool *spool)
{
    return scratch_failed(spool->scratch);
}
