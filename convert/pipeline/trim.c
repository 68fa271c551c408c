/* SPDX-License-Identifier: MIT
 * Leaving out fields; see trim.h. */
#include "convert/pipeline/trim.h"
#include "convert/base/memory.h"
#include "convert/pipeline/word.h"
#include "formats/tags.h"

#include <stdlib.h>
#include <string.h>

typedef struct Wish {
    FieldWord field;
    bool met;
} Wish;

typedef struct Wishes {
    const char *option;
    Wish *items;
    size_t count;
} Wishes;

typedef struct TrimStage {
    Stage stage;
    const Tags *tags;
    Wishes keep, drop;
} TrimStage;

static Wishes wishes_of(const char *option, const Words *words)
{
    Wishes wishes = {.option = option};
    for (size_t i = 0; i < words->count; i++) {
        Str list = str_from(words->items[i]), each;
        while (str_split(&list, ',', &each)) {
            each = str_trim(each);
            if (each.size == 0)
                continue;
            wishes.items =
                memory_resize(wishes.items, (wishes.count + 1) * sizeof *wishes.items);
            wishes.items[wishes.count++] = (Wish){.field = word_field(each)};
        }
    }
    return wishes;
}

static bool names_field(Wishes *wishes, const Field *field)
{
    bool named = false;
    for (size_t i = 0; i < wishes->count; i++) {
        if (word_means(&wishes->items[i].field, field))
            named = wishes->items[i].met = true;
    }
    return named;
}

/* By its tag, or by what the tag means in its format: "year" and "month" are both
 * `issued`. */
static bool names_written(const TrimStage *self, Wishes *wishes, const Record *rec,
                          Str tag)
{
    const FieldTag *row =
        self->tags != NULL ? tags_field(self->tags, tag, rec->kind) : NULL;
    bool named = false;
    for (size_t i = 0; i < wishes->count; i++) {
        const FieldWord *word = &wishes->items[i].field;
        if (str_equal_nocase(word->word, tag) ||
            (word->id != FIELD_OTHER && row != NULL && row->field == word->id))
            named = wishes->items[i].met = true;
    }
    return named;
}

static bool goes(bool dropped, bool kept, const Wishes *keep)
{
    return dropped || (keep->count > 0 && !kept);
}

/* What was written and gave a field that stays, stays. */
static void trim_written(TrimStage *self, Record *rec)
{
    bool *used = arena_alloc(&rec->arena, rec->written_count);
    memset(used, 0, rec->written_count);
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].written > 0)
            used[rec->fields[i].written - 1] = true;
    }
    for (size_t i = 0; i < rec->written_count; i++) {
        Written *written = &rec->written[i];
        bool dropped = names_written(self, &self->drop, rec, written->tag);
        bool kept = names_written(self, &self->keep, rec, written->tag);
        if (!used[i] && goes(dropped, kept, &self->keep))
            written->dropped = true;
    }
}

static void put(Stage *stage, Record *rec)
{
    TrimStage *self = (TrimStage *)stage;
    size_t left = 0;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        bool dropped = names_field(&self->drop, field);
        bool kept = names_field(&self->keep, field);
        if (!goes(dropped, kept, &self->keep)) {
            rec->fields[left++] = *field;
            continue;
        }
        stage->diag->field = field_word(field);
        diag_report(stage->diag, LEVEL_DETAIL, "dropped-field", field->place,
                    "%.*s left out as asked", STR_ARG(field_word(field)));
    }
    stage->ledger->removed += rec->count - left;
    rec->count = left;
    stage->diag->field = STR_EMPTY;
    trim_written(self, rec);
    stage_put(stage->next, rec);
}

static void report_unmet(const Wishes *wishes, Diag *diag)
{
    for (size_t i = 0; i < wishes->count; i++) {
        const Wish *wish = &wishes->items[i];
        const char *near = word_near(wish->field.word);
        if (wish->met || wish->field.id != FIELD_OTHER)
            continue;
        diag_report(diag, LEVEL_WARNING, "unknown-field", (Place){0},
                    "%s names '%.*s', which no record has%s%s%s", wishes->option,
                    STR_ARG(wish->field.word), near != NULL ? "; did you mean '" : "",
                    near != NULL ? near : "", near != NULL ? "'?" : "");
    }
}

static void end(Stage *stage)
{
    TrimStage *self = (TrimStage *)stage;
    report_unmet(&self->keep, stage->diag);
    report_unmet(&self->drop, stage->diag);
}

static void release(Stage *stage)
{
    TrimStage *self = (TrimStage *)stage;
    free(self->keep.items);
    free(self->drop.items);
}

static const StageVerbs VERBS = {
    .name = "trim", .put = put, .end = end, .close = release};

Stage *trim_stage_open(const Plan *plan, const struct Tags *tags, Stage *next)
{
    TrimStage *self = stage_open(sizeof *self, &VERBS, next);
    self->tags = tags;
    self->keep = wishes_of("--keep", &plan->keep);
    self->drop = wishes_of("--drop", &plan->drop);
    return &self->stage;
}
