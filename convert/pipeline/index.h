/* SPDX-License-Identifier: MIT
 * Numbers by keys: a table with open addressing.  A zeroed Index is an empty one. */
#ifndef CITECONV_PIPELINE_INDEX_H
#define CITECONV_PIPELINE_INDEX_H

#include "convert/base/str.h"

#include <stdint.h>

typedef struct IndexSlot {
    uint64_t hash; /* 0: free */
    Str key;
    size_t value;
} IndexSlot;

typedef struct Index {
    IndexSlot *slots;
    size_t count, capacity;
} Index;

/* The value of a key, to be read or set: 0 where the key is new.  `key` outlives the
 * Index; the pointer is good until the next call. */
size_t *index_at(Index *index, Str key);
/* The value of a key, 0 where it is not there. */
size_t index_find(const Index *index, Str key);
void index_free(Index *index);

#endif
