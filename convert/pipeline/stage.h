/* SPDX-License-Identifier: MIT
 * Stages: what stands between the reader and the writer, each a step that records are
 * pushed through.  The last one writes (write.h).
 *
 * The order is fixed, whatever the command line says first:
 *
 *   resolve  a record gets what its parents give it, so that all later steps see it whole
 *   key      keys are made here, in the order of the input and before anything is chosen
 *            or moved: the same work has the same key however it is picked and sorted,
 *            and picking and sorting can go by keys
 *   select   what is not wanted goes before the costly steps
 *   unique   duplicates among what is wanted
 *   sort     has to hold all, so it comes after all that makes it less
 *   trim     --keep and --drop of fields come last: all the other steps may need what the
 *            user does not want to see
 *   write
 *
 * A record belongs to the step it was put to until that returns, which may change it and
 * allocate in its arena.  What it reaches may live in the Source, too, until the reader's
 * next step: who holds a record copies it (record_copy, or pack.h). */
#ifndef CITECONV_PIPELINE_STAGE_H
#define CITECONV_PIPELINE_STAGE_H

#include "convert/record/record.h"

typedef struct Stage Stage;

/* The promise in numbers, of fields: what was read or added is removed, written or left
 * out, and convert_run asserts it at the end.  A stage that puts fields on or takes them
 * away counts them here; what it takes away unasked it also reports. */
typedef struct Ledger {
    size_t read;     /* by the reader */
    size_t added;    /* by stages: inherited, merged in */
    size_t removed;  /* by stages: not selected, dropped, merged away */
    size_t written;  /* taken by the writer */
    size_t left_out; /* not taken; reported unless it is a shadow */
} Ledger;

/* NULL does what a step that knows nothing of it would do. */
typedef struct StageVerbs {
    const char *name; /* as in the list above, for people */
    void (*put)(Stage *stage, Record *rec);
    /* What stood between records (READ_MATTER); NULL passes it on at once. */
    void (*matter)(Stage *stage, Record *rec);
    /* The input has ended: put on what is held.  Later steps end later. */
    void (*end)(Stage *stage);
    /* Frees what the stage holds, but not itself. */
    void (*close)(Stage *stage);
} StageVerbs;

/* The first member of each stage's own struct. */
struct Stage {
    const StageVerbs *verbs;
    Stage *next; /* NULL for the last */
    Diag *diag;
    Ledger *ledger;
    size_t count; /* records that were put to it */
    bool stopped; /* takes nothing more: the output is gone, or failed */
    bool failed;  /* the world did (a spool's disk is full), and it was reported */
};

/* A zeroed stage of `size` bytes in front of `next`, which may be NULL; diag and ledger
 * are those of `next`, or the first user's to set. */
void *stage_open(size_t size, const StageVerbs *verbs, Stage *next);
/* Messages meanwhile are about this record. */
void stage_put(Stage *stage, Record *rec);
void stage_matter(Stage *stage, Record *rec);
/* These three mean the stage and all behind it. */
void stage_end(Stage *first);
void stage_close(Stage *first);
bool stage_stopped(const Stage *first);
bool stage_failed(const Stage *first);

#endif
