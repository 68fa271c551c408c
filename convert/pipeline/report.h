/* SPDX-License-Identifier: MIT
 * What became of the data, for machines: JSON lines, one a message about a record, and a
 * summary at the end.
 *
 * What is said while a record is read is about that record, whose key is known only when
 * it is there: lines wait for the end of its turn. */
#ifndef CITECONV_PIPELINE_REPORT_H
#define CITECONV_PIPELINE_REPORT_H

#include "convert/io/sink.h"
#include "convert/pipeline/stage.h"

typedef enum Fate {
    FATE_NONE, /* it is about no data */
    FATE_DROPPED,
    FATE_MERGED,
    FATE_DEGRADED, /* written in a poorer way */
    FATE_GUESSED,
    FATE_REPAIRED,
    FATE_KEPT, /* but odd */
    FATE_COUNT
} Fate;

/* By the message's id (fate.def); an id that is not there goes by its level. */
Fate fate_of(const char *id, Level level);

typedef struct Report Report;

/* Listens to `diag` until it is closed. */
Report *report_open(Sink *out, Diag *diag);
/* All messages since the last turn that name no record are about this one; NULL where
 * none came. */
void report_turn(Report *report, const Record *rec);
/* Writes the summary, too. */
void report_close(Report *report, size_t records, size_t skipped, const Ledger *fields);

#endif
