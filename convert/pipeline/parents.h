/* SPDX-License-Identifier: MIT
 * Records that others may inherit from, kept by key: only what can be inherited, packed.
 *
 * Anything may be a parent, but hardly anything is.  So all records are kept while they
 * take little memory; past that only those that hold others by their type (books,
 * proceedings, periodicals, xdata, what nobody knows) are, in a spool. */
#ifndef CITECONV_PIPELINE_PARENTS_H
#define CITECONV_PIPELINE_PARENTS_H

#include "convert/record/record.h"

typedef struct Parents Parents;

/* `memory`: bytes, if that is less than it would take. */
Parents *parents_open(size_t memory, Diag *diag);
void parents_close(Parents *parents);
/* Of two with one key the first counts.  A wanted one is kept whatever it is. */
void parents_add(Parents *parents, const Record *rec, bool wanted);
/* Makes `rec`, which is empty, that parent; what it reaches lives in its arena.  Case
 * counts where there is one of that very case: biber minds it and BibTeX does not. */
bool parents_find(Parents *parents, Str key, Record *rec);
/* The same for keys that parents_find takes for one. */
uint64_t parents_hash(Str key);
/* Those of the type xdata that parents_find was never asked for, in the order of adding.
 */
void parents_each_unused(Parents *parents, void (*tell)(void *context, const Record *rec),
                         void *context);
bool parents_failed(const Parents *parents);

#endif
