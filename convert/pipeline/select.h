/* SPDX-License-Identifier: MIT
 * Picking records: --select, --aux, --bcf. */
#ifndef CITECONV_PIPELINE_SELECT_H
#define CITECONV_PIPELINE_SELECT_H

#include "convert/pipeline/plan.h"

/* Passes on what fits all expressions of the plan (which expr_open accepts) and, where
 * the plan names .aux or .bcf files, what one of them cites by its key or one of its
 * `ids`.  With `parents` records that those picked refer to (crossref, xref, xdata,
 * related, entryset) are picked, too: right behind the first that does where they stood
 * before it, as BibTeX wants them. */
Stage *select_stage_open(const Plan *plan, bool parents, Stage *next);

#endif
