/* SPDX-License-Identifier: MIT
 * Looking at records one by one, and for those that are there twice; see check.h. */
#include "convert/pipeline/check.h"
#include "convert/base/memory.h"
#include "convert/pipeline/check_rules.h"
#include "convert/pipeline/index.h"
#include "convert/pipeline/word.h"
#include "convert/record/ident.h"
#include "convert/text/unicode.h"

#include <stdlib.h>

enum { TITLE_LEAST = 16 }; /* bytes; shorter ones ("Editorial") are many a work's */

typedef struct Seen {
    Str key;
    Place place;
} Seen;

typedef struct CheckStage {
    Stage stage;
    Arena scratch; /* of one record */
    Arena arena;
    Index dois, titles; /* of `seen`, from 1 */
    Seen *seen;
    size_t count, capacity;
} CheckStage;

/* Notes that mark for this record, or tells which had it before. */
static void note_mark(CheckStage *self, Index *index, Str mark, const char *what)
{
    size_t earlier = index_find(index, mark);
    if (earlier == 0) {
        *index_at(index, arena_copy(&self->arena, mark)) = self->count;
    } else if (earlier != self->count) {
        const Seen *seen = &self->seen[earlier - 1];
        diag_report(self->stage.diag, LEVEL_NOTE, "likely-duplicate",
                    self->seen[self->count - 1].place,
                    "likely the same work as '%.*s' in line %zu: %s", STR_ARG(seen->key),
                    seen->place.line, what);
    }
}

/* Title in letters and digits, year and first family name. */
static Str title_mark(CheckStage *self, const Record *rec)
{
    Arena *arena = &self->scratch;
    Str title = unicode_plain(arena, record_text(rec, FIELD_TITLE));
    char *letters = arena_alloc(arena, title.size);
    size_t size = 0;
    for (size_t i = 0; i < title.size; i++) {
        char c = title.data[i];
        if (byte_is_alpha(c) || byte_is_digit(c) || (unsigned char)c >= 0x80)
            letters[size++] = c;
    }
    if (size < TITLE_LEAST)
        return STR_EMPTY;
    const Field *issued = record_find(rec, FIELD_ISSUED);
    const Field *author = record_find(rec, FIELD_AUTHOR);
    Str family = STR_EMPTY;
    if (author != NULL && author->names.count > 0)
        family = unicode_plain(arena, name_family(arena, &author->names.items[0]));
    return arena_format(arena, "%.*s/%d/%.*s", STR_ARG(((Str){letters, size})),
                        issued != NULL ? issued->date.from.year : 0, STR_ARG(family));
}

static void look_for_duplicate(CheckStage *self, const Record *rec)
{
    if (self->count == self->capacity) {
        self->capacity = memory_grown(self->capacity, self->count + 1);
        self->seen = memory_resize(self->seen, self->capacity * sizeof *self->seen);
    }
    self->seen[self->count++] = (Seen){arena_copy(&self->arena, rec->key), rec->place};
    Str doi = ident_doi(&self->scratch, record_text(rec, FIELD_DOI));
    Str title = title_mark(self, rec);
    bool known =
        doi.size > 0 && index_find(&self->dois, ident_doi_fold(&self->scratch, doi)) != 0;
    if (doi.size > 0)
        note_mark(self, &self->dois, ident_doi_fold(&self->scratch, doi), "the same DOI");
    if (title.size > 0 && !known)
        note_mark(self, &self->titles, title, "the same title, year and first author");
}

static void look_at_fields(CheckStage *self, const Record *rec)
{
    Diag *diag = self->stage.diag;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->shadow)
            continue;
        diag->field = field_word(field);
        if (field->form == FORM_NAMES)
            check_names(field, &self->scratch, diag);
        check_identifiers(rec, field, &self->scratch, diag);
        check_text(field, diag);
    }
    for (size_t i = 0; i < rec->written_count; i++) {
        const Written *written = &rec->written[i];
        diag->field = written->tag;
        if (written_bare(written->value).size == 0)
            diag_report(diag, LEVEL_WARNING, "empty-field", written->place,
                        "%.*s is empty", STR_ARG(written->tag));
    }
    diag->field = STR_EMPTY;
}

static void put(Stage *stage, Record *rec)
{
    CheckStage *self = (CheckStage *)stage;
    check_needs(rec, stage->diag);
    look_at_fields(self, rec);
    check_tex(rec, stage->diag);
    look_for_duplicate(self, rec);
    stage->ledger->removed += rec->count;
    arena_reset(&self->scratch);
}

static void matter(Stage *stage, Record *rec)
{
    (void)stage;
    (void)rec;
}

static void release(Stage *stage)
{
    CheckStage *self = (CheckStage *)stage;
    arena_free(&self->scratch);
    arena_free(&self->arena);
    index_free(&self->dois);
    index_free(&self->titles);
    free(self->seen);
}

Stage *check_stage_open(void)
{
    static const StageVerbs VERBS = {
        .name = "check", .put = put, .matter = matter, .close = release};
    return stage_open(sizeof(CheckStage), &VERBS, NULL);
}
