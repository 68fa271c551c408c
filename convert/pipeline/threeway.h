/* SPDX-License-Identifier: MIT
 * Three-way merging: what two sides made of one base, by entry and by field, as version
 * control asks for it.
 *
 * A field that one side changed, added or took out is so in the result; the same holds
 * for whole records and, by their text, for what stands between them.  The order is ours;
 * what is new in theirs follows what it follows there.  Where both sides changed one
 * field, or one side changed what the other took out, that is a conflict: it is reported
 * (edit-conflict) and both entries stand in the result, between lines of marks as git
 * writes them, so that they differ in nothing else; formats that have nothing between
 * records get ours. */
#ifndef CITECONV_PIPELINE_THREEWAY_H
#define CITECONV_PIPELINE_THREEWAY_H

#include "convert/pipeline/stage.h"

/* All that one file holds, in memory. */
typedef struct Side Side;

Side *side_open(void);
void side_close(Side *side);
/* A last stage that fills it. */
Stage *side_stage_open(Side *side);

/* Takes the records of our side and puts on those of the result when the input ends.  The
 * sides outlive the stage.  `marks`: `next` writes what stands between records. */
Stage *threeway_stage_open(const Side *base, const Side *theirs, bool marks, Stage *next);

#endif
