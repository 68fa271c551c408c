/* SPDX-License-Identifier: MIT
 * The stage that gives records of the BibTeX family what their parents have (crossref,
 * xdata), for targets that do not know such links.
 *
 * Parents may stand before or after their children.  A child whose parent did not come
 * yet waits for it, and all behind it wait, too, so that the order stays; they wait in a
 * spool.  Without such a child records pass at once.  A parent that never comes, a circle
 * and a line of parents without end are reported, and the record goes on as it is. */
#ifndef CITECONV_PIPELINE_RESOLVE_H
#define CITECONV_PIPELINE_RESOLVE_H

#include "convert/pipeline/stage.h"

struct Tags;

/* `tags` are those of the format that is read; `memory` is for those that wait. */
Stage *resolve_stage_open(Stage *next, const struct Tags *tags, size_t memory);

#endif
