/* SPDX-License-Identifier: MIT
 * The names of an entry's fields, each of which it has once: of two fields of one name
 * BibTeX takes the first and biber the last.  The second `address` is address.2; and what
 * has such a name already gets one number more (x.2 is x.2.1), so that hints.c can take
 * the last one off whatever it was. */
#include "convert/base/hash.h"
#include "formats/bibtex/write.h"

#include <string.h>

struct Taken {
    uint64_t hash; /* 0: free */
    size_t count;
};

static Taken *find(Taken *slots, size_t capacity, uint64_t hash)
{
    size_t slot = (size_t)hash & (capacity - 1);
    while (slots[slot].hash != 0 && slots[slot].hash != hash)
        slot = (slot + 1) & (capacity - 1);
    return &slots[slot];
}

static void grow(Entry *e)
{
    enum { FIRST = 64 };
    size_t capacity = e->taken_capacity > 0 ? e->taken_capacity * 2 : FIRST;
    Taken *slots = arena_alloc(e->arena, capacity * sizeof *slots);
    memset(slots, 0, capacity * sizeof *slots);
    for (size_t i = 0; i < e->taken_capacity; i++) {
        if (e->taken[i].hash != 0)
            *find(slots, capacity, e->taken[i].hash) = e->taken[i];
    }
    e->taken = slots;
    e->taken_capacity = capacity;
}

static Taken *taken_of(Entry *e, uint64_t hash)
{
    if (e->taken_count * 2 >= e->taken_capacity)
        grow(e);
    return find(e->taken, e->taken_capacity, hash);
}

/* Notes it, once more where it is there; how often it is now. */
static size_t take(Entry *e, uint64_t hash)
{
    Taken *taken = taken_of(e, hash);
    e->taken_count += taken->hash == 0;
    taken->hash = hash;
    return ++taken->count;
}

bool apart_is_taken(Entry *e, Str tag)
{
    return taken_of(e, hash_str_nocase(tag, 0))->hash != 0;
}

Str apart_tag(Entry *e, Str tag)
{
    uint64_t own = hash_str_nocase(tag, 0), hash = own;
    Str made = tag;
    while (!e->repeats && taken_of(e, hash)->hash != 0) {
        made = arena_format(e->arena, "%.*s.%zu", STR_ARG(tag), take(e, own));
        hash = hash_str_nocase(made, 0);
    }
    take(e, hash);
    return made;
}

size_t apart_base(Str tag)
{
    size_t end = tag.size;
    while (end > 0 && byte_is_digit(tag.data[end - 1]))
        end--;
    return end > 1 && end < tag.size && tag.data[end - 1] == '.' ? end - 1 : tag.size;
}
