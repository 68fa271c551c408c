/* SPDX-License-Identifier: MIT
 * The loop: one record in, through the stages, out. */
#ifndef CITECONV_PIPELINE_CONVERT_H
#define CITECONV_PIPELINE_CONVERT_H

#include "convert/pipeline/plan.h"
#include "convert/pipeline/report.h"
#include "convert/pipeline/threeway.h"
#include "formats/format.h"

enum { STAGES_MOST = 8 };

typedef struct StageCount {
    const char *name; /* NULL: no further stage */
    size_t records;   /* that came to it */
} StageCount;

typedef struct Tally {
    size_t records, skipped;
    size_t empty;                   /* lists that say themselves that they are */
    size_t matter;                  /* pieces of what stands between records */
    StageCount stages[STAGES_MOST]; /* in their order, known at the end */
    Ledger fields;
    bool failed; /* a stage could not go on; it has been reported */
} Tally;

typedef struct Job Job;
struct Job {
    const Format *from; /* with a reader; NULL where there is nothing to read */
    const Format *to;   /* with a writer */
    Stage *into;        /* takes the records instead of the writer of `to`; closed with
                           the run; NULL writes.  Its diag and ledger are set by the run */
    Source *in;
    Sink *out;
    Diag *diag;
    const Options *opt;
    const Plan *plan;
    Report *report; /* may be NULL */
    /* Of a three-way merge, in which `in` is our side; else NULL. */
    const Side *base, *theirs;
    /* Called once all but the input is open, before records are read; may be NULL. */
    void (*ready)(void *context, const Job *job);
    void *ready_context;
    size_t threads; /* 0: as many as help */
    /* Called after each record; may be NULL. */
    void (*progress)(void *context, const Tally *tally);
    void *context;
};

/* Runs until the input ends or the output fails.  Threads change nothing of what is
 * written or said, nor of its order (crew.h).  Bad data has been reported, a bad
 * world is seen in `in` and `out` and the tally. */
Tally convert_run(const Job *job);

#endif
