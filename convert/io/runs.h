/* SPDX-License-Identifier: MIT
 * Sorted rows in a file without a name (scratch.h): what a table (table.h) has no memory
 * for.
 *
 * A row is some words, of which the first is a hash and the first few tell it from
 * others.  Rows are added many at a time, and found again by their hash; of rows with the
 * same beginning only the newest is.  Errors are sticky and reported once
 * ("spool-failed"): from then on no row is found. */
#ifndef CITECONV_IO_RUNS_H
#define CITECONV_IO_RUNS_H

#include "convert/base/diag.h"

#include <stdint.h>

typedef struct Runs Runs;

/* Words of a row and of its beginning; rows that are added at once, at most; bytes of
 * memory that tell of most hashes that there are no rows of them. */
Runs *runs_open(size_t words, size_t id, size_t batch, size_t filter, Diag *diag);
void runs_close(Runs *runs);
bool runs_failed(const Runs *runs);
/* How rows are ordered: less than 0, 0 for the same beginning, more. */
int runs_compare(size_t id, const uint64_t *a, const uint64_t *b);
/* Rows in that order, no two with the same beginning. */
void runs_add(Runs *runs, const uint64_t *rows, size_t count);
/* Whether any were added. */
bool runs_any(const Runs *runs);
/* The first row of that hash and the next, in any order; NULL behind the last.  They are
 * good until the next call. */
const uint64_t *runs_first(Runs *runs, uint64_t hash);
const uint64_t *runs_next(Runs *runs);
/* All rows in their order. */
void runs_each(Runs *runs, void (*see)(void *context, const void *row), void *context);

#endif
