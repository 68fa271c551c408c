/* SPDX-License-Identifier: MIT
 * The stage that finds records of one work (same.h), and says so or merges them.
 *
 * Saying so holds no record back.  For merging all records wait for the end, since the
 * first of a work may get something from the last; they wait in a spool. */
#ifndef CITECONV_PIPELINE_UNIQUE_H
#define CITECONV_PIPELINE_UNIQUE_H

#include "convert/pipeline/stage.h"

/* `merge` or only report. */
Stage *unique_stage_open(Stage *next, bool merge, size_t memory);

#endif
