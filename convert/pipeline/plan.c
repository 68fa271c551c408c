/* SPDX-License-Identifier: MIT
 * Building the line of stages, from its end to its front; see plan.h. */
#include "convert/pipeline/plan.h"
#include "convert/io/spool.h"
#include "convert/pipeline/key.h"
#include "convert/pipeline/resolve.h"

Stage *plan_open(const Plan *plan, const struct Tags *parents_by, Stage *last)
{
    Stage *first = last;
    size_t memory = plan->memory > 0 ? plan->memory : SPOOL_MEMORY;
    /* trim: plan->keep, plan->drop */
    if (plan->sort.count > 0)
        first = sort_stage_open(first, &plan->sort, memory);
    /* unique: plan->unique */
    /* select: plan->select, plan->aux, plan->bcf */
    first = key_stage_open(first);
    if (parents_by != NULL && !plan->no_resolve)
        first = resolve_stage_open(first, parents_by, memory);
    return first;
}
