/* SPDX-License-Identifier: MIT
 * Two records of one work as one. */
#ifndef CITECONV_PIPELINE_MERGE_H
#define CITECONV_PIPELINE_MERGE_H

#include "convert/record/record.h"

/* Gives `to` the fields of `from` that it lacks, as written where both are of one format;
 * returns how many.  What both have stays as `to` has it; where that is not the same it
 * is reported at the field's place. */
size_t merge_record(Record *to, const Record *from, Diag *diag);

#endif
