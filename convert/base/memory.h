/* SPDX-License-Identifier: MIT
 * Memory that is there, or the program is not.
 *
 * No caller has a path for "no memory": a failed request does not return.  A program
 * writes one line to standard error and ends with status 3 (exhausted.c); the library
 * calls its user's hook and aborts (library/memory.c).  Output files are unlinked until
 * they are whole (io/sink.h), so nothing half-done stays behind. */
#ifndef CITECONV_BASE_MEMORY_H
#define CITECONV_BASE_MEMORY_H

#include <stddef.h>

/* Never NULL, also for a size of 0.  Sizes are bytes.  Release with free(). */
void *memory_alloc(size_t size);
void *memory_zeroed(size_t count, size_t size);
void *memory_resize(void *old, size_t size);

/* The capacity that comes next when `need` units do not fit: doubling, from 64. */
size_t memory_grown(size_t capacity, size_t need);

/* Ends the process as an exhausted memory does. */
_Noreturn void memory_exhausted(void);

#endif
