/* SPDX-License-Identifier: MIT
 * Numbers by keys; see index.h. */
#include "convert/pipeline/index.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"

#include <stdlib.h>

enum { SLOTS_FIRST = 64 };

static IndexSlot *find_slot(const Index *index, uint64_t hash, Str key)
{
    size_t at = (size_t)hash & (index->capacity - 1);
    while (index->slots[at].hash != 0 &&
           (index->slots[at].hash != hash || !str_equal(index->slots[at].key, key)))
        at = (at + 1) & (index->capacity - 1);
    return &index->slots[at];
}

static void grow(Index *index)
{
    Index old = *index;
    index->capacity = old.capacity > 0 ? old.capacity * 2 : SLOTS_FIRST;
    index->slots = memory_zeroed(index->capacity, sizeof *index->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].hash != 0)
            *find_slot(index, old.slots[i].hash, old.slots[i].key) = old.slots[i];
    }
    free(old.slots);
}

size_t *index_at(Index *index, Str key)
{
    if (index->count * 10 >= index->capacity * 7)
        grow(index);
    uint64_t hash = hash_str(key, 0);
    IndexSlot *slot = find_slot(index, hash, key);
    if (slot->hash == 0) {
        *slot = (IndexSlot){.hash = hash, .key = key};
        index->count++;
    }
    return &slot->value;
}

size_t index_find(const Index *index, Str key)
{
    return index->count > 0 ? find_slot(index, hash_str(key, 0), key)->value : 0;
}

void index_free(Index *index)
{
    free(index->slots);
    *index = (Index){0};
}
