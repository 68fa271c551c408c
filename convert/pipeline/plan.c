/* SPDX-License-Identifier: MIT
 * Building the line of stages, from its end to its front; see plan.h. */
#include "convert/pipeline/plan.h"
#include "convert/pipeline/key.h"

Stage *plan_open(const Plan *plan, bool resolve, Stage *last)
{
    Stage *first = last;
    /* trim: plan->keep, plan->drop */
    /* sort: plan->sort */
    /* unique: plan->unique */
    /* select: plan->select, plan->aux, plan->bcf */
    first = key_stage_open(first);
    /* resolve */
    (void)plan;
    (void)resolve;
    return first;
}
