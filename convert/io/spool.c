/* SPDX-License-Identifier: MIT
 * Blocks in memory and blocks on disk; see spool.h.
 *
 * Who reads in the order of writing reads the oldest first, so these stay in memory, and
 * once it is full new blocks go to disk. */
#include "convert/io/spool.h"
#include "convert/base/memory.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024 };

struct Spool {
    Diag *diag;
    int fd;    /* -1: it cannot be made */
    int error; /* why */
    bool failed;
    size_t memory; /* blocks that may stay there beside the last */
    size_t kept;   /* that do */
    char **blocks; /* NULL: on disk, or forgotten */
    size_t count, capacity;
    size_t forgotten; /* blocks at the front */
    uint64_t size;
};

const char *spool_directory(void)
{
    const char *directory = getenv("TMPDIR");
    return directory == NULL || directory[0] == '\0' ? P_tmpdir : directory;
}

/* -1 and errno where there can be none. */
static int open_file(void)
{
    const char *directory = spool_directory();
    int fd = open(directory, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    /* Not every file system can do that (NFS, FAT). */
    Buf name = {0};
    buf_format(&name, "%s/citeconv-XXXXXX", directory);
    buf_add_byte(&name, '\0');
    fd = mkostemp(name.data, O_CLOEXEC);
    int error = errno;
    if (fd >= 0)
        unlink(name.data);
    buf_free(&name);
    errno = error;
    return fd;
}

Spool *spool_open(size_t memory, Diag *diag)
{
    Spool *spool = memory_zeroed(1, sizeof *spool);
    spool->diag = diag;
    spool->fd = open_file();
    spool->error = spool->fd < 0 ? errno : 0;
    spool->memory = memory / BLOCK;
    return spool;
}

void spool_close(Spool *spool)
{
    for (size_t i = spool->forgotten; i < spool->count; i++)
        free(spool->blocks[i]);
    free(spool->blocks);
    if (spool->fd >= 0)
        close(spool->fd);
    free(spool);
}

/* The file. */

static void fail(Spool *spool, const char *doing)
{
    if (!spool->failed)
        diag_report(spool->diag, LEVEL_ERROR, "spool-failed", (Place){0},
                    "cannot %s a temporary file: %s", doing, diag_reason(errno));
    spool->failed = true;
}

static void write_block(Spool *spool, size_t index)
{
    if (spool->failed)
        return;
    if (spool->fd < 0) {
        errno = spool->error;
        fail(spool, "make");
        return;
    }
    off_t begin = (off_t)index * BLOCK;
    for (size_t done = 0; done < BLOCK;) {
        ssize_t n = pwrite(spool->fd, spool->blocks[index] + done, BLOCK - done,
                           begin + (off_t)done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            fail(spool, "write");
            return;
        }
    }
}

static bool read_block(Spool *spool, size_t index, size_t from, size_t size, char *to)
{
    off_t begin = (off_t)index * BLOCK + (off_t)from;
    for (size_t done = 0; done < size && !spool->failed;) {
        ssize_t n = pread(spool->fd, to + done, size - done, begin + (off_t)done);
        if (n > 0) {
            done += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            errno = n == 0 ? EIO : errno;
            fail(spool, "read");
        }
    }
    return !spool->failed;
}

/* Blocks. */

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
            write_block(spool, spool->count - 1);
            block = spool->blocks[spool->count - 1];
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
        else if (!read_block(spool, index, at, piece, to))
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
    return spool->failed;
}
