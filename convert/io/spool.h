/* SPDX-License-Identifier: MIT
 * Bytes put aside: in memory up to a limit, then in a file without a name (scratch.h),
 * which is made at once.  Once that has failed, what was on disk is read as nothing. */
#ifndef CITECONV_IO_SPOOL_H
#define CITECONV_IO_SPOOL_H

#include "convert/base/diag.h"

#include <stdint.h>

typedef struct Spool Spool;

/* Bytes: the limit unless told otherwise, for what is read again and again, and for what
 * waits to be read once. */
enum { SPOOL_MEMORY = 256 * 1024 * 1024, SPOOL_WAITING = 1024 * 1024 };

/* Not the last block, but all others are on disk where `memory` is 0. */
Spool *spool_open(size_t memory, Diag *diag);
void spool_close(Spool *spool);
/* Returns where the bytes begin: offsets rise from 0 without a gap. */
uint64_t spool_add(Spool *spool, Str bytes);
/* Adds bytes that are there to `into`; false where the world failed. */
bool spool_read(Spool *spool, uint64_t offset, size_t size, Buf *into);
/* No byte before that offset will be asked for again: their memory is free. */
void spool_forget(Spool *spool, uint64_t before);
/* How many bytes were added so far. */
uint64_t spool_size(const Spool *spool);
bool spool_failed(const Spool *spool);

#endif
