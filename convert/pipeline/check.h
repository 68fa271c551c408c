/* SPDX-License-Identifier: MIT
 * --check: what is wrong or odd in a library, said and not mended. */
#ifndef CITECONV_PIPELINE_CHECK_H
#define CITECONV_PIPELINE_CHECK_H

#include "convert/pipeline/stage.h"

/* A last stage, for Job.into: what passes is looked at and goes nowhere.  What was seen
 * is held in so many bytes of memory, at most, and then on disk. */
Stage *check_stage_open(size_t memory, Diag *diag);

#endif
