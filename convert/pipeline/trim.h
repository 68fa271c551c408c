/* SPDX-License-Identifier: MIT
 * Leaving out fields: --keep and --drop. */
#ifndef CITECONV_PIPELINE_TRIM_H
#define CITECONV_PIPELINE_TRIM_H

#include "convert/pipeline/plan.h"

/* Takes out of what passes each field that a word of plan->drop means (word.h) and, where
 * plan->keep names any, those that no word of it means; also as the source wrote them,
 * which `tags` of its format tell (may be NULL).  Said as a detail, since asked for. */
Stage *trim_stage_open(const Plan *plan, const struct Tags *tags, Stage *next);

#endif
