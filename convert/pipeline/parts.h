/* SPDX-License-Identifier: MIT
 * A record taken apart by the names of its fields, to be compared and put together anew.
 *
 * Where the record says how it was written, its parts are the source's own fields with
 * all that was read from them; else CSL's variables.  Fields of one name are one part. */
#ifndef CITECONV_PIPELINE_PARTS_H
#define CITECONV_PIPELINE_PARTS_H

#include "convert/pipeline/index.h"
#include "convert/record/record.h"

typedef struct Part {
    Str name;           /* in small letters */
    Str tag;            /* as the source has it */
    Buf bytes;          /* the same where the values are the same */
    size_t first, last; /* items of the record, from 1 */
} Part;

/* Zero it before the first use; it may be filled again. */
typedef struct Parts {
    const Record *rec;
    Arena arena;
    Part *items;
    size_t count, capacity;
    Index index;
    bool written;         /* items are Written, else Fields */
    size_t *next;         /* the next item of the same part, from 1; 0: none */
    size_t *field, *also; /* of each Written its first field, of each field the next one
                             of the same Written, from 1; 0: none */
} Parts;

/* The record outlives the parts. */
void parts_find(Parts *parts, const Record *rec, bool written);
void parts_free(Parts *parts);
/* NULL where there is none of that name. */
const Part *parts_get(const Parts *parts, Str name);
/* Adds a part to a record. */
void parts_add(const Parts *parts, const Part *part, Record *to);
/* Both absent, or both there with the same values. */
bool part_equal(const Part *a, const Part *b);

#endif
