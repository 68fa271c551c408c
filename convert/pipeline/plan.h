/* SPDX-License-Identifier: MIT
 * Which stages a conversion has, as the command line asks for them. */
#ifndef CITECONV_PIPELINE_PLAN_H
#define CITECONV_PIPELINE_PLAN_H

#include "convert/pipeline/stage.h"

/* Values of an option that may be given more than once, in their order. */
typedef struct Words {
    const char **items;
    size_t count;
} Words;

typedef enum UniqueMode {
    UNIQUE_OFF,
    UNIQUE_REPORT, /* says which records are one work and changes nothing */
    UNIQUE_MERGE
} UniqueMode;

typedef struct Plan {
    bool no_resolve;
    const char *key; /* template of --key, or NULL */
    Words select, aux, bcf;
    UniqueMode unique;
    const char *sort; /* fields, commas between; NULL leaves the order */
    Words keep, drop; /* each item may hold several fields, commas between */
    size_t memory;    /* bytes a stage may hold before it spools; 0 is the default */
} Plan;

/* The stages of the plan in front of `last`, in the order that stage.h gives.  `resolve`
 * says whether parents' fields are to be spread at all: not between formats of one
 * language. */
Stage *plan_open(const Plan *plan, bool resolve, Stage *last);

#endif
