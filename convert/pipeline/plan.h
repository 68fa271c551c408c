/* SPDX-License-Identifier: MIT
 * Which stages a conversion has, as the command line asks for them. */
#ifndef CITECONV_PIPELINE_PLAN_H
#define CITECONV_PIPELINE_PLAN_H

#include "convert/pipeline/sort.h"

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
    SortOrder sort;
    Words keep, drop; /* each item may hold several fields, commas between */
    size_t memory;    /* bytes a stage may hold before it spools; 0 is the default */
} Plan;

struct Tags;

/* Whether records of the input may refer to one another (crossref, xdata): only those of
 * the BibTeX family do. */
typedef enum Links {
    LINKS_NONE,
    LINKS_KEPT,    /* the target follows them itself */
    LINKS_RESOLVED /* it knows none, so the records get what they inherit */
} Links;

/* The stages of the plan in front of `last`, in the order that stage.h gives.  `tags` are
 * those of the format that is read, or NULL where nothing is. */
Stage *plan_open(const Plan *plan, const struct Tags *tags, Links links, Stage *last);

#endif
