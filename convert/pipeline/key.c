/* SPDX-License-Identifier: MIT
 * Making keys; see key.h.
 *
 * Of the keys so far only 64 bits each are kept: two keys with one hash would cost a
 * suffix that was not needed, and nothing else. */
#include "convert/pipeline/key.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"
#include "convert/io/table.h"
#include "convert/record/stem.h"

#include <stdlib.h>
#include <string.h>

enum { MEMORY_MOST = 4 * 1024 * 1024 }; /* bytes for the table, and more on disk */

typedef struct Row {
    uint64_t hash;
    uint64_t tried; /* suffixes given to this key so far */
} Row;

struct KeyMaker {
    Table *keys;
    const Template *template;
    Latin *latin;
    bool said; /* that it lacks something */
};

KeyMaker *key_open(const Template *template, size_t memory, Diag *diag)
{
    KeyMaker *maker = memory_zeroed(1, sizeof *maker);
    maker->keys = table_open(sizeof(Row), sizeof(uint64_t),
                             memory < MEMORY_MOST ? memory : MEMORY_MOST, diag);
    maker->template = template;
    maker->latin = latin_open();
    return maker;
}

void key_close(KeyMaker *maker)
{
    table_close(maker->keys);
    latin_close(maker->latin);
    free(maker);
}

bool key_failed(const KeyMaker *maker)
{
    return table_failed(maker->keys);
}

/* What is known of a key, which is known from now on; *known tells whether it was. */
static Row add_key(KeyMaker *maker, Str key, bool *known)
{
    Row row = {.hash = hash_str(key, 0)};
    const Row *earlier = table_first(maker->keys, row.hash);
    *known = earlier != NULL;
    if (*known)
        return *earlier;
    table_put(maker->keys, &row);
    return row;
}

/* 1 is "a", 26 "z", 27 "aa"; or the number itself. */
static Str suffixed(Arena *arena, Str key, uint64_t number, const Suffix *suffix)
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
    latin_record(maker->latin, record_text(rec, FIELD_LANGUAGE));
    if (maker->template != NULL)
        made = template_key(maker->template, arena, maker->latin, rec);
    return made.size > 0 ? made : stem_of(arena, maker->latin, rec);
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
    Row row = add_key(maker, base, &known);
    if (!known)
        return true;
    do {
        rec->key = suffixed(arena, base, ++row.tried, &suffix);
        add_key(maker, rec->key, &known);
    } while (known);
    table_put(maker->keys, &row);
    return true;
}

/* The stage. */

typedef struct KeyStage {
    Stage stage;
    KeyMaker *maker;
    Template *template;
    bool says;
} KeyStage;

void key_report_repeated(Diag *diag, const Record *rec)
{
    diag_report(diag, LEVEL_WARNING, "duplicate-key", rec->place,
                "key '%.*s' was given before; kept as it is", STR_ARG(rec->key));
}

static void put(Stage *stage, Record *rec)
{
    KeyMaker *maker = ((KeyStage *)stage)->maker;
    bool unique = key_assign(maker, rec);
    stage->failed = key_failed(maker);
    if (stage->failed)
        return;
    if (latin_lacks(maker->latin) && !maker->said) {
        maker->said = true;
        diag_report(stage->diag, LEVEL_WARNING, "no-spelling", rec->place,
                    "ICU has no data to spell these letters in Latin ones; keys are made "
                    "without them");
    }
    if (!unique && ((KeyStage *)stage)->says)
        key_report_repeated(stage->diag, rec);
    stage_put(stage->next, rec);
}

static void release(Stage *stage)
{
    KeyStage *self = (KeyStage *)stage;
    key_close(self->maker);
    template_close(self->template);
}

Stage *key_stage_open(const char *template, bool says, size_t memory, Stage *next)
{
    static const StageVerbs VERBS = {.name = "key", .put = put, .close = release};
    KeyStage *self = stage_open(sizeof *self, &VERBS, next);
    self->says = says;
    if (template != NULL) {
        Buf wrong = {0};
        size_t column;
        self->template = template_open(str_from(template), &wrong, &column);
        buf_free(&wrong);
    }
    self->maker = key_open(self->template, memory, self->stage.diag);
    return &self->stage;
}
