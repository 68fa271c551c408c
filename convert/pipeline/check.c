/* SPDX-License-Identifier: MIT
 * Looking at records one by one, and for those that are there twice; see check.h. */
#include "convert/pipeline/check.h"
#include "convert/base/hash.h"
#include "convert/io/spool.h"
#include "convert/io/table.h"
#include "convert/pipeline/check_rules.h"
#include "convert/pipeline/word.h"
#include "convert/record/ident.h"
#include "convert/text/unicode.h"

enum {
    TITLE_LEAST = 16,         /* bytes; shorter ones ("Editorial") are many a work's */
    MEMORY_MOST = 1024 * 1024 /* bytes of the table and of the keys, and more on disk */
};

/* What may tell that two records are one work; a seed each for its hash. */
typedef enum Trait { TRAIT_DOI, TRAIT_TITLE } Trait;

/* The first record with a trait. */
typedef struct Row {
    uint64_t hash; /* of the trait */
    uint64_t key;  /* where it is in `keys`, and the name of the file behind it */
    uint64_t key_size, file_size;
    uint64_t line;
} Row;

typedef struct CheckStage {
    Stage stage;
    Arena scratch; /* of one record */
    Table *traits;
    Spool *keys;
    Buf earlier;
} CheckStage;

/* That `rec`, which comes later, is likely the same work. */
static void report_likely(CheckStage *self, const Row *earlier, const Record *rec,
                          const char *why)
{
    buf_clear(&self->earlier);
    if (!spool_read(self->keys, earlier->key, earlier->key_size + earlier->file_size,
                    &self->earlier))
        return;
    Str key = {self->earlier.data, (size_t)earlier->key_size};
    Str file = str_after(buf_str(&self->earlier), earlier->key_size);
    bool elsewhere = !str_equal(file, rec->place.file);
    diag_report(self->stage.diag, LEVEL_NOTE, "likely-duplicate", rec->place,
                "likely the same work as '%.*s' in %.*s%sline %zu: %s", STR_ARG(key),
                STR_ARG(elsewhere ? file : STR_EMPTY), elsewhere ? ", " : "",
                (size_t)earlier->line, why);
}

/* Notes that trait of this record unless one had it before, which is told. */
static bool note_trait(CheckStage *self, Trait trait, Str text, Row *row,
                       const Record *rec, const char *why)
{
    row->hash = hash_str(text, trait);
    const Row *earlier = table_first(self->traits, row->hash);
    if (earlier == NULL)
        table_put(self->traits, row);
    else
        report_likely(self, earlier, rec, why);
    return earlier == NULL;
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
    Row row = {.key = spool_add(self->keys, rec->key),
               .key_size = rec->key.size,
               .file_size = rec->place.file.size,
               .line = rec->place.line};
    spool_add(self->keys, rec->place.file);
    Str doi = ident_doi(&self->scratch, record_text(rec, FIELD_DOI));
    Str title = title_mark(self, rec);
    bool known =
        doi.size > 0 && !note_trait(self, TRAIT_DOI, ident_doi_fold(&self->scratch, doi),
                                    &row, rec, "the same DOI");
    if (title.size > 0 && !known)
        note_trait(self, TRAIT_TITLE, title, &row, rec,
                   "the same title, year and first author");
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
    stage->failed = table_failed(self->traits) || spool_failed(self->keys);
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
    table_close(self->traits);
    spool_close(self->keys);
    buf_free(&self->earlier);
}

Stage *check_stage_open(size_t memory, Diag *diag)
{
    static const StageVerbs VERBS = {
        .name = "check", .put = put, .matter = matter, .close = release};
    CheckStage *self = stage_open(sizeof *self, &VERBS, NULL);
    size_t most = memory < MEMORY_MOST ? memory : MEMORY_MOST;
    self->traits = table_open(sizeof(Row), sizeof(uint64_t), most, diag);
    self->keys = spool_open(most, diag);
    return &self->stage;
}
