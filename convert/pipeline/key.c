/* SPDX-License-Identifier: MIT
 * Making keys; see key.h.
 *
 * Of the keys so far only 64 bits each are kept, in a table with open addressing: two
 * keys with one hash would cost a suffix that was not needed, and nothing else. */
#include "convert/pipeline/key.h"
#include "convert/base/hash.h"
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
    const Template *template;
};

enum { SLOTS_FIRST = 1024 };

KeyMaker *key_open(const Template *template)
{
    KeyMaker *maker = memory_zeroed(1, sizeof *maker);
    maker->template = template;
    return maker;
}

void key_close(KeyMaker *maker)
{
    free(maker->slots);
    free(maker);
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
    uint64_t hash = hash_str(key, 0);
    Slot *slot = find_slot(maker->slots, maker->capacity, hash);
    *known = slot->hash != 0;
    if (!*known) {
        slot->hash = hash;
        maker->count++;
    }
    return slot;
}

/* 1 is "a", 26 "z", 27 "aa"; or the number itself. */
static Str suffixed(Arena *arena, Str key, size_t number, const Suffix *suffix)
{
    char letters[24];
    size_t at = sizeof letters;
    size_t base = suffix->style == 'n' ? 10 : 26, first = suffix->style == 'n' ? 0 : 1;
    char zero = suffix->style == 'n' ? '0' : suffix->style;
    for (; number > 0; number = (number - first) / base)
        letters[--at] = (char)((size_t)zero + (number - first) % base);
    Str middle = {letters + at, sizeof letters - at};
    return arena_join(arena, arena_join(arena, key, suffix->before, middle), STR_EMPTY,
                      suffix->behind);
}

/* The first that says something; the stem always does. */
static Str base_of(const KeyMaker *maker, Arena *arena, const Record *rec)
{
    Str made = STR_EMPTY;
    if (maker->template != NULL)
        made = template_key(maker->template, arena, rec);
    return made.size > 0 ? made : stem_of(arena, rec);
}

bool key_assign(KeyMaker *maker, Record *rec)
{
    static const Suffix LETTERS = {{"", 0}, {"", 0}, 'a'};
    bool known;
    Arena *arena = &rec->arena;
    if (rec->key.size > 0 && maker->template == NULL) {
        add_key(maker, rec->key, &known);
        return !known;
    }
    Str base = base_of(maker, arena, rec);
    Suffix suffix = maker->template != NULL ? template_suffix(maker->template) : LETTERS;
    rec->key = base;
    size_t tried = add_key(maker, base, &known)->tried;
    if (!known)
        return true;
    do {
        rec->key = suffixed(arena, base, ++tried, &suffix);
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
    Template *template;
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
    KeyStage *self = (KeyStage *)stage;
    key_close(self->maker);
    template_close(self->template);
}

Stage *key_stage_open(const char *template, Stage *next)
{
    static const StageVerbs VERBS = {.name = "key", .put = put, .close = release};
    KeyStage *self = stage_open(sizeof *self, &VERBS, next);
    if (template != NULL) {
        Buf wrong = {0};
        size_t column;
        self->template = template_open(str_from(template), &wrong, &column);
        buf_free(&wrong);
    }
    self->maker = key_open(self->template);
    return &self->stage;
}
