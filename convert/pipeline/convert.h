/* SPDX-License-Identifier: MIT
 * The loop: one record in, through the stages, out; and the promise kept, that a field
 * that was read is written or reported. */
#ifndef CITECONV_PIPELINE_CONVERT_H
#define CITECONV_PIPELINE_CONVERT_H

#include "formats/format.h"

typedef struct Tally {
    size_t records, skipped;
} Tally;

typedef struct Job {
    const Format *from; /* with a reader; NULL where there is nothing to read */
    const Format *to;   /* with a writer */
    Source *in;
    Sink *out;
    Diag *diag;
    const Options *opt;
    /* Called after each record; may be NULL. */
    void (*progress)(void *context, const Tally *tally);
    void *context;
} Job;

/* Runs until the input ends or the output fails.  Bad data has been reported, a bad
 * world is seen in `in` and `out`. */
Tally convert_run(const Job *job);

#endif
