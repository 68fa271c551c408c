/* SPDX-License-Identifier: MIT
 * Making keys; see key.h.
 *
 * Of the keys so far only 64 bits each are kept, in a table with open addressing: two
 * keys with one hash would cost a suffix that was not needed, and nothing else. */
#include "convert/pipeline/key.h"
#include "convert/base/memory.h"
#include "convert/record/stem.h"

#include <stdlib.h>
#include <string.h>

typedef struct Slot {
    uint64_t hash; /* 0: free */
    size_t tried;  /* suffixes given to this key so far */
} Slot;

struct KeyMaker {
    Slot *slots;
    size_t count, capacity; /* a power of two */
};

enum { SLOTS_FIRST = 1024 };

KeyMaker *key_open(void)
{
    return memory_zeroed(1, sizeof(KeyMaker));
}

void key_close(KeyMaker *maker)
{
    free(maker->slots);
    free(maker);
}

/* FNV-1a with a final mixing, so that the low bits are good. */
static uint64_t hash_of(Str s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (unsigned char)s.data[i]) * 0x100000001b3u;
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
    return hash != 0 ? hash : 1;
}

static Slot *find_slot(Slot *slots, size_t capacity, uint64_t hash)
{
    size_t i = (size_t)hash & (capacity - 1);
    while (slots[i].hash != 0 && slots[i].hash != hash)
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

static void grow(KeyMaker *maker)
{
    size_t capacity = maker->capacity > 0 ? maker->capacity * 2 : SLOTS_FIRST;
    Slot *slots = memory_zeroed(capacity, sizeof *slots);
    for (size_t i = 0; i < maker->capacity; i++) {
        if (maker->slots[i].hash != 0)
            *find_slot(slots, capacity, maker->slots[i].hash) = maker->slots[i];
    }
    free(maker->slots);
    maker->slots = slots;
    maker->capacity = capacity;
}

/* The slot of a key; *known tells whether it was there before. */
static Slot *add_key(KeyMaker *maker, Str key, bool *known)
{
    if (maker->count * 10 >= maker->capacity * 7)
        grow(maker);
    uint64_t hash = hash_of(key);
    Slot *slot = find_slot(maker->slots, maker->capacity, hash);
    *known = slot->hash != 0;
    if (!*known) {
        slot->hash = hash;
        maker->count++;
    }
    return slot;
}

/* 1 is "a", 26 "z", 27 "aa". */
static Str suffixed(Arena *arena, Str key, size_t number)
{
    char letters[16];
    size_t at = sizeof letters;
    for (; number > 0; number = (number - 1) / 26)
        letters[--at] = (char)('a' + (number - 1) % 26);
    return arena_join(arena, key, STR_EMPTY, (Str){letters + at, sizeof letters - at});
}

bool key_assign(KeyMaker *maker, Record *rec)
{
    bool known;
    Arena *arena = &rec->arena;
    if (rec->key.size > 0) {
        add_key(maker, rec->key, &known);
        return !known;
    }
    Str base = stem_of(arena, rec);
    rec->key = base;
    size_t tried = add_key(maker, base, &known)->tried;
    if (!known)
        return true;
    do {
        rec->key = suffixed(arena, base, ++tried);
        add_key(maker, rec->key, &known);
    } while (known);
    /* Found again, since the table may have grown. */
    add_key(maker, base, &known)->tried = tried;
    return true;
}

/* The stage. */

typedef struct KeyStage {
    Stage stage;
    KeyMaker *maker;
} KeyStage;

static void put(Stage *stage, Record *rec)
{
    if (!key_assign(((KeyStage *)stage)->maker, rec))
        diag_report(stage->diag, LEVEL_WARNING, "duplicate-key", rec->place,
                    "key '%.*s' was given before; kept as it is", STR_ARG(rec->key));
    stage_put(stage->next, rec);
}

static void release(Stage *stage)
{
    key_close(((KeyStage *)stage)->maker);
}

Stage *key_stage_open(Stage *next)
{
    static const StageVerbs VERBS = {.put = put, .close = release};
    KeyStage *self = stage_open(sizeof *self, &VERBS, next);
    self->maker = key_open();
    return &self->stage;
}
