/* SPDX-License-Identifier: MIT
 * Records put aside, to be asked for by key, once each: packed, and spooled past a limit.
 */
#ifndef CITECONV_PIPELINE_ASIDE_H
#define CITECONV_PIPELINE_ASIDE_H

#include "convert/record/record.h"

typedef struct Aside Aside;

/* `memory`: see spool_open. */
Aside *aside_open(size_t memory, Diag *diag);
void aside_close(Aside *aside);
/* The first record of a key or alias (`ids`) is the one found by it. */
void aside_put(Aside *aside, const Record *rec);
/* Takes out the record of that key into `rec`, an empty one; false where there is none
 * (any more) or the world failed.  It is good until the next call. */
bool aside_take(Aside *aside, Str key, Record *rec);
bool aside_failed(const Aside *aside);

#endif
