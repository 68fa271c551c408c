/* SPDX-License-Identifier: MIT
 * A last stage that catches what comes to it as lines of text, and records made from a
 * line of the same: "key type: title=A b; author=Doe, Jane & Roe; issued=2020". */
#ifndef CITECONV_TESTS_UNIT_CAUGHT_H
#define CITECONV_TESTS_UNIT_CAUGHT_H

#include "tests/unit/assert_str.h"

#include "convert/pipeline/stage.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Caught {
    Stage stage;
    Diag diag;
    Ledger ledger;
    Buf lines; /* one a record; matter is "-- matter" */
    Buf heard; /* ids of messages, a space behind each */
    size_t records;
} Caught;

static inline void caught_field(Buf *out, const Field *field)
{
    buf_format(out, "%.*s=", STR_ARG(field_word(field)));
    if (field->form == FORM_TEXT)
        buf_add(out, field->text.text);
    for (size_t i = 0; field->form == FORM_NAMES && i < field->names.count; i++) {
        const Name *name = &field->names.items[i];
        buf_format(out, "%s%.*s%s%.*s", i > 0 ? " & " : "", STR_ARG(name->family),
                   name->given.size > 0 ? ", " : "", STR_ARG(name->given));
    }
    if (field->form == FORM_DATE) {
        Arena arena = {0};
        buf_add(out, date_edtf(&arena, &field->date));
        arena_free(&arena);
    }
}

static inline void caught_put(Stage *stage, Record *rec)
{
    Caught *self = (Caught *)stage;
    Buf *out = &self->lines;
    buf_format(out, "%.*s %.*s:", STR_ARG(rec->key), STR_ARG(rec->type));
    bool first = true;
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].shadow)
            continue;
        buf_add(out, first ? STR(" ") : STR("; "));
        first = false;
        caught_field(out, &rec->fields[i]);
    }
    buf_add_byte(out, '\n');
    self->ledger.written += rec->count;
    self->records++;
}

static inline void caught_matter(Stage *stage, Record *rec)
{
    buf_format(&((Caught *)stage)->lines, "-- %.*s\n", STR_ARG(rec->matter));
}

static inline void caught_hear(void *context, const Message *message)
{
    buf_format(&((Caught *)context)->heard, "%s ", message->id);
}

/* The stage under test goes in front of &caught->stage and ends with caught_close. */
static inline Caught *caught_open(void)
{
    static const StageVerbs VERBS = {.put = caught_put, .matter = caught_matter};
    Caught *caught = stage_open(sizeof *caught, &VERBS, NULL);
    caught->diag.fd = STDERR_FILENO;
    caught->diag.least = LEVEL_COUNT;
    caught->diag.listener = caught_hear;
    caught->diag.context = caught;
    caught->stage.diag = &caught->diag;
    caught->stage.ledger = &caught->ledger;
    return caught;
}

static inline void caught_close(Caught *caught, Stage *first)
{
    buf_free(&caught->lines);
    buf_free(&caught->heard);
    diag_free(&caught->diag);
    stage_close(first);
}

static inline void caught_names(Arena *arena, Str value, Names *names)
{
    Name *items = arena_alloc(arena, 8 * sizeof *items);
    Str piece;
    while (str_split(&value, '&', &piece)) {
        size_t comma = str_find_byte(piece, ',');
        assert_true(names->count < 8);
        items[names->count++] = (Name){.family = str_trim(str_slice(piece, 0, comma)),
                                       .given = str_trim(str_after(piece, comma + 1)),
                                       .dropping = STR_EMPTY,
                                       .non_dropping = STR_EMPTY,
                                       .suffix = STR_EMPTY,
                                       .literal = STR_EMPTY,
                                       .homonym = STR_EMPTY};
    }
    names->items = items;
}

static inline Kind caught_kind(Str type)
{
    static const struct {
        Str type;
        Kind kind;
    } KINDS[] = {
        {{"article", 7}, KIND_ARTICLE_JOURNAL},
        {{"inbook", 6}, KIND_CHAPTER},
        {{"incollection", 12}, KIND_CHAPTER},
        {{"inproceedings", 13}, KIND_PAPER_CONFERENCE},
        {{"proceedings", 11}, KIND_BOOK},
        {{"collection", 10}, KIND_BOOK},
        {{"techreport", 10}, KIND_REPORT},
    };
    Kind kind = KIND_DOCUMENT;
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (str_equal(type, KINDS[i].type))
            return KINDS[i].kind;
    }
    kind_by_name(type, &kind);
    return kind;
}

/* Fills an empty record; what CSL has no word for becomes FIELD_OTHER.  The texts are
 * those of `line`. */
static inline void caught_make(Record *rec, const char *line, size_t number)
{
    Str rest = str_from(line), head, pair;
    str_split(&rest, ':', &head);
    str_word(&head, &rec->key);
    str_word(&head, &rec->type);
    rec->place = (Place){STR("in.bib"), number, 1};
    rec->kind = caught_kind(rec->type);
    size_t col = 1;
    while (str_split(&rest, ';', &pair)) {
        size_t equals = str_find_byte(pair, '=');
        Str tag = str_trim(str_slice(pair, 0, equals));
        Str value = str_trim(str_after(pair, equals + 1));
        FieldId id = field_by_name(tag);
        Place place = {STR("in.bib"), number, ++col};
        if (field_form(id) == FORM_TEXT) {
            record_add_text(rec, id, tag, place, text_plain(value));
        } else {
            Field *field = record_add(rec, id, tag, place);
            if (field->form == FORM_NAMES)
                caught_names(&rec->arena, value, &field->names);
            else
                assert_true(date_parse(value, &field->date));
        }
    }
}

/* Puts records made of lines through a stage, as the loop would, to the end. */
static inline void caught_run(Caught *caught, Stage *first, const char *const *lines,
                              size_t count)
{
    Record rec = {0};
    for (size_t i = 0; i < count; i++) {
        record_reset(&rec);
        if (lines[i][0] == '-') {
            rec.matter = str_from(lines[i] + 3);
            stage_matter(first, &rec);
        } else {
            caught_make(&rec, lines[i], i + 1);
            caught->ledger.read += rec.count;
            stage_put(first, &rec);
        }
        /* Whoever kept a pointer into the record now reads something else. */
        for (size_t f = 0; f < rec.count; f++)
            memset(&rec.fields[f], 0xa5, sizeof rec.fields[f]);
    }
    record_free(&rec);
    stage_end(first);
    const Ledger *l = &caught->ledger;
    assert_int_equal(l->read + l->added, l->removed + l->written + l->left_out);
}

#endif
