/* SPDX-License-Identifier: MIT
 * Building the line of stages, from its end to its front; see plan.h. */
#include "convert/pipeline/plan.h"
#include "convert/io/spool.h"
#include "convert/pipeline/key.h"
#include "convert/pipeline/resolve.h"
#include "convert/pipeline/select.h"
#include "convert/pipeline/trim.h"
#include "convert/pipeline/unique.h"

Stage *plan_open(const Plan *plan, const struct Tags *tags, Links links, Stage *last)
{
    Stage *first = last;
    size_t memory = plan->memory > 0 ? plan->memory : SPOOL_MEMORY;
    size_t waiting = plan->memory > 0 ? plan->memory : SPOOL_WAITING;
    if (plan->keep.count + plan->drop.count > 0)
        first = trim_stage_open(plan, tags, first);
    if (plan->sort.count > 0)
        first = sort_stage_open(first, &plan->sort, links == LINKS_KEPT, memory);
    if (plan->unique != UNIQUE_OFF)
        first = unique_stage_open(first, plan->unique == UNIQUE_MERGE, memory);
    if (plan->select.count + plan->aux.count + plan->bcf.count > 0)
        first = select_stage_open(plan, links == LINKS_KEPT, first);
    first = key_stage_open(plan->key, plan->unique != UNIQUE_MERGE, memory, first);
    if (links == LINKS_RESOLVED)
        first = resolve_stage_open(first, tags, waiting);
    return first;
}
