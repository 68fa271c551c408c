/* SPDX-License-Identifier: MIT
 * Threads that read ahead of the one that writes, so that reading, understanding and
 * writing overlap.
 *
 * The rooms know nothing of it: batches (batch.h) go from the reader's thread through
 * the reader's second half, which whoever has time does, to the caller, who alone sees
 * stages, writer, report and the Diag, one turn after the other.  What a reader says
 * waits for its turn, so that all comes as it would from one thread.
 *
 * A batch is handed on before each read, since that may have to wait: no record that
 * is there is kept back.  How much is read ahead is bounded. */
#ifndef CITECONV_PIPELINE_CREW_H
#define CITECONV_PIPELINE_CREW_H

#include "convert/pipeline/convert.h"

/* What a run does with what was read. */
typedef struct Taker {
    /* One turn, in the reader's order; false: nothing more is wanted. */
    bool (*take)(void *context, ReadResult result, Record *rec);
    /* The input is read now, which may take long. */
    void (*wait)(void *context);
    void *context;
} Taker;

/* Threads that help where nobody says how many: one a core that this process may use
 * (cores.h), no more than there is work for. */
size_t crew_best(const Reader *reader);
/* Reads all that `r` has to give, with that many threads (at least 2), this one among
 * them, up to the end or until nothing more is wanted.  False where no thread could be
 * made; nothing was read then.  The reader's `ahead` is set. */
bool crew_run(const Job *job, Read *r, size_t threads, const Taker *taker);

#endif
