/* SPDX-License-Identifier: MIT
 * Possible parents by key; see parents.h. */
#include "convert/pipeline/parents.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/pipeline/inherit.h"
#include "convert/pipeline/pack.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEPT_ALL = 4 * 1024 * 1024, /* bytes up to which all records are kept */
    CASES_MOST = 8,             /* keys that differ in case alone; more are hostile */
    SLOTS_FIRST = 1024
};

typedef struct Slot {
    uint64_t hash;  /* without regard to case; 0: free */
    uint64_t exact; /* with it */
    uint64_t offset;
    size_t size;
    bool xdata, used;
} Slot;

struct Parents {
    Spool *spool;
    Slot *slots; /* open addressing; several of one hash may stand in a row */
    size_t count, capacity;
    Buf packed;
    Record lean;
};

Parents *parents_open(Diag *diag)
{
    Parents *parents = memory_zeroed(1, sizeof *parents);
    parents->spool = spool_open(KEPT_ALL, diag);
    return parents;
}

void parents_close(Parents *parents)
{
    spool_close(parents->spool);
    buf_free(&parents->packed);
    record_free(&parents->lean);
    free(parents->slots);
    free(parents);
}

enum { NO_CASE, EXACT }; /* seeds */

uint64_t parents_hash(Str key)
{
    return hash_str_nocase(key, NO_CASE);
}

static uint64_t exact_hash(Str key)
{
    return hash_str(key, EXACT);
}

/* Its slot, or a free one; NULL where there are too many of that hash. */
static Slot *find_slot(Slot *slots, size_t capacity, uint64_t hash, uint64_t exact)
{
    size_t i = (size_t)hash & (capacity - 1), same = 0;
    for (; slots[i].hash != 0; i = (i + 1) & (capacity - 1)) {
        if (slots[i].hash == hash && slots[i].exact == exact)
            return &slots[i];
        same += slots[i].hash == hash;
        if (same == CASES_MOST)
            return NULL;
    }
    return &slots[i];
}

static void grow(Parents *parents)
{
    size_t capacity = parents->capacity > 0 ? parents->capacity * 2 : SLOTS_FIRST;
    Slot *slots = memory_zeroed(capacity, sizeof *slots);
    for (size_t i = 0; i < parents->capacity; i++) {
        const Slot *slot = &parents->slots[i];
        if (slot->hash != 0)
            *find_slot(slots, capacity, slot->hash, slot->exact) = *slot;
    }
    free(parents->slots);
    parents->slots = slots;
    parents->capacity = capacity;
}

/* What children can get of it, and how it goes on to its own parents. */
static void make_lean(Record *lean, const Record *rec)
{
    record_reset(lean);
    lean->kind = rec->kind;
    lean->type = rec->type;
    lean->key = rec->key;
    lean->place = rec->place;
    lean->fields = arena_alloc(&lean->arena, (rec->count + 1) * sizeof *lean->fields);
    bool all = inherit_is_xdata(rec);
    for (size_t i = 0; i < rec->count; i++) {
        if (all || inherit_may_pass(&rec->fields[i]))
            lean->fields[lean->count++] = rec->fields[i];
    }
    lean->capacity = lean->count;
}

void parents_add(Parents *parents, const Record *rec, bool wanted)
{
    if (rec->key.size == 0 ||
        (spool_size(parents->spool) >= KEPT_ALL && !wanted && !inherit_is_holder(rec)))
        return;
    if (parents->count * 10 >= parents->capacity * 7)
        grow(parents);
    uint64_t hash = parents_hash(rec->key), exact = exact_hash(rec->key);
    Slot *slot = find_slot(parents->slots, parents->capacity, hash, exact);
    if (slot == NULL || slot->hash != 0)
        return;
    make_lean(&parents->lean, rec);
    buf_clear(&parents->packed);
    pack_record(&parents->packed, &parents->lean);
    *slot = (Slot){.hash = hash,
                   .exact = exact,
                   .size = parents->packed.size,
                   .xdata = inherit_is_xdata(rec)};
    slot->offset = spool_add(parents->spool, buf_str(&parents->packed));
    parents->count++;
}

/* Into parents->lean. */
static bool read_slot(Parents *parents, const Slot *slot)
{
    buf_clear(&parents->packed);
    record_reset(&parents->lean);
    if (!spool_read(parents->spool, slot->offset, slot->size, &parents->packed))
        return false;
    unpack_record(buf_str(&parents->packed), &parents->lean);
    return true;
}

bool parents_find(Parents *parents, Str key, Record *rec)
{
    if (parents->capacity == 0)
        return false;
    uint64_t hash = parents_hash(key), exact = exact_hash(key);
    Slot *best = NULL;
    size_t i = (size_t)hash & (parents->capacity - 1);
    for (; parents->slots[i].hash != 0; i = (i + 1) & (parents->capacity - 1)) {
        Slot *slot = &parents->slots[i];
        if (slot->hash != hash)
            continue;
        if (best == NULL || slot->exact == exact ||
            (best->exact != exact && slot->offset < best->offset))
            best = slot;
    }
    if (best == NULL || !read_slot(parents, best))
        return false;
    best->used = true;
    record_copy(rec, &parents->lean);
    return true;
}

static int by_offset(const void *a, const void *b)
{
    uint64_t x = (*(const Slot *const *)a)->offset, y = (*(const Slot *const *)b)->offset;
    return x < y ? -1 : x > y;
}

void parents_each_unused(Parents *parents, void (*tell)(void *context, const Record *rec),
                         void *context)
{
    const Slot **unused = memory_alloc((parents->count + 1) * sizeof(const Slot *));
    size_t count = 0;
    for (size_t i = 0; i < parents->capacity; i++) {
        const Slot *slot = &parents->slots[i];
        if (slot->hash != 0 && slot->xdata && !slot->used)
            unused[count++] = slot;
    }
    qsort(unused, count, sizeof(const Slot *), by_offset);
    for (size_t i = 0; i < count && read_slot(parents, unused[i]); i++)
        tell(context, &parents->lean);
    free(unused);
}

bool parents_failed(const Parents *parents)
{
    return spool_failed(parents->spool);
}
