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

static Taken *taken_of(Entry *e, Str tag)
{
    if (e->taken_count * 2 >= e->taken_capacity)
        grow(e);
    return find(e->taken, e->taken_capacity, hash_str_nocase(tag, 0));
}

void apart_take(Entry *e, Str tag)
{
    Taken *taken = taken_of(e, tag);
    if (taken->hash == 0)
        e->taken_count++;
    taken->hash = hash_str_nocase(tag, 0);
    taken->count++;
}

bool apart_is_taken(Entry *e, Str tag)
{
    return taken_of(e, tag)->hash != 0;
}

Str apart_tag(Entry *e, Str tag)
{
    Str made = tag;
    while (!e->repeats && apart_is_taken(e, made)) {
        apart_take(e, tag);
        made = arena_format(e->arena, "%.*s.%zu", STR_ARG(tag), taken_of(e, tag)->count);
    }
    apart_take(e, made);
    return made;
}

size_t apart_base(Str tag)
{
    size_t end = tag.size;
    while (end > 0 && byte_is_digit(tag.data[end - 1]))
        end--;
    return end > 1 && end < tag.size && tag.data[end - 1] == '.' ? end - 1 : tag.size;
}
