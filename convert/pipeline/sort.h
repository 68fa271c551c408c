/* SPDX-License-Identifier: MIT
 * The stage that sorts, in memory up to a limit, then by merging sorted runs from a
 * spool.  Records that are alike stay in their order; those that lack the field come
 * last, whichever way it goes. */
#ifndef CITECONV_PIPELINE_SORT_H
#define CITECONV_PIPELINE_SORT_H

#include "convert/pipeline/stage.h"

enum { SORT_FIELDS_MOST = 8 };

typedef enum SortBy { SORT_BY_FIELD, SORT_BY_KEY, SORT_BY_TYPE } SortBy;

typedef struct SortOrder {
    struct SortField {
        SortBy by;
        FieldId id; /* of SORT_BY_FIELD */
        bool descending;
    } fields[SORT_FIELDS_MOST];
    size_t count; /* 0: as it comes */
} SortOrder;

/* "author,-issued,title": users' words for fields (word.h), "key", "type"; '-' in front
 * is descending.  False where a word, then *wrong, is none of these or one too many. */
bool sort_parse(Str text, SortOrder *order, Str *wrong);
/* `parents_last` puts those that others refer to by crossref behind all others, each part
 * sorted: BibTeX finds them only there. */
Stage *sort_stage_open(Stage *next, const SortOrder *order, bool parents_last,
                       size_t memory);

#endif
