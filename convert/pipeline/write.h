/* SPDX-License-Identifier: MIT
 * The last stage: the format's writer, and the promise kept, that a field that comes here
 * is written or reported. */
#ifndef CITECONV_PIPELINE_WRITE_H
#define CITECONV_PIPELINE_WRITE_H

#include "convert/pipeline/convert.h"

/* Writes what the job says to its sink; begins at once. */
Stage *write_stage_open(const Job *job, Ledger *ledger);

#endif
