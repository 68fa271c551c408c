/* SPDX-License-Identifier: MIT
 * From stages, which push records, to a caller, who pulls them: a last stage that keeps
 * what comes until it is asked for, in memory up to a limit, then in a file. */
#ifndef CITECONV_LIBRARY_QUEUE_H
#define CITECONV_LIBRARY_QUEUE_H

#include "convert/pipeline/stage.h"

typedef struct Queue Queue;

/* `memory`: see spool_open.  Closed with stage_close, as a stage. */
Queue *queue_open(size_t memory, Diag *diag, Ledger *ledger);
Stage *queue_stage(Queue *queue);
/* The oldest record that waits, good until the next call; NULL where none does, or where
 * the world failed, which has been reported. */
const Record *queue_take(Queue *queue);
bool queue_failed(const Queue *queue);

#endif
