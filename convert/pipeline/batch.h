/* SPDX-License-Identifier: MIT
 * What a reader gave between two reads of the input, to be passed from thread to thread:
 * records, what was said of them, and the memory that they live in.
 *
 * A batch belongs to one thread at a time.  Batches are let go in the order in which they
 * were filled: what a batch views may be owned by a later one, never by an earlier. */
#ifndef CITECONV_PIPELINE_BATCH_H
#define CITECONV_PIPELINE_BATCH_H

#include "convert/base/tape.h"
#include "formats/format.h"

/* One call of a reader's. */
typedef struct Turn {
    ReadResult result;
    Record rec; /* its arena is empty: what it reaches lives in the batch's */
    /* How many messages there were at its end: of next, of finish. */
    size_t said, finished;
    bool failed; /* source_failed by then */
} Turn;

typedef struct Batch Batch;
struct Batch {
    Batch *spare; /* the next of those not in use */
    Turn *turns;
    size_t count, capacity;
    Tape said, finished;
    Arena read, finish; /* where next and finish put what they made */
    Buf *texts;         /* what the Source gave up */
    size_t text_count, text_capacity;
    size_t size; /* bytes that wait with it, about */
    bool waits;  /* the input is read behind it, which may take long */
};

Batch *batch_open(void);
void batch_close(Batch *batch);
/* Adds a turn, whose record is the given one without its arena. */
void batch_add(Batch *batch, ReadResult result, const Record *rec, bool failed);
/* Takes a Source's text, which stays where it is until the batch is cleared. */
void batch_take_text(Batch *batch, Buf text);
/* The reader's second half for all of it; what that says is kept. */
void batch_finish(Batch *batch, const Reader *reader, Read *r);
/* Frees what it holds; small memory stays for the next round. */
void batch_clear(Batch *batch);

#endif
