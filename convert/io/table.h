/* SPDX-License-Identifier: MIT
 * A table of small rows of one size: in memory up to a limit, then in a file without a
 * name (scratch.h), so that what a run needs does not grow with the number of records.
 *
 * A row begins with a hash (hash.h), and with as much more as tells it from others of the
 * same hash; it is a whole number of uint64_t, and holds no pointer.  Errors are sticky
 * and reported once ("spool-failed"): from then on no row is found, which the caller must
 * not take for an answer. */
#ifndef CITECONV_IO_TABLE_H
#define CITECONV_IO_TABLE_H

#include "convert/base/diag.h"

#include <stdint.h>

typedef struct Table Table;

/* Bytes: of a row, of its beginning that no two rows share, of memory for them all. */
Table *table_open(size_t row, size_t id, size_t memory, Diag *diag);
void table_close(Table *table);
/* The first row of that hash and the next, in any order; NULL behind the last.  They are
 * good until the next call. */
const void *table_first(Table *table, uint64_t hash);
const void *table_next(Table *table);
/* Adds a row, or puts it in the place of the one with that beginning. */
void table_put(Table *table, const void *row);
/* All rows, in any order. */
void table_each(Table *table, void (*see)(void *context, const void *row), void *context);
bool table_failed(const Table *table);

#endif
