/* SPDX-License-Identifier: MIT
 * Merging, field by field; see merge.h. */
#include "convert/pipeline/merge.h"
#include "convert/text/unicode.h"

#include <string.h>

typedef struct Merge {
    Record *to;
    const Record *from;
    Arena scratch;
    size_t own;      /* fields that `to` had before */
    size_t *written; /* numbers that those of `from` have got; 0: none so far */
} Merge;

static const Field *counterpart(const Merge *m, const Field *field)
{
    for (size_t i = 0; i < m->own; i++) {
        const Field *own = &m->to->fields[i];
        if (own->id == field->id &&
            (own->id != FIELD_OTHER || str_equal_nocase(own->tag, field->tag)))
            return own;
    }
    return NULL;
}

/* Values. */

static bool same_text(Merge *m, Str a, Str b)
{
    return str_equal(a, b) || str_equal(unicode_fold(&m->scratch, str_trim(a)),
                                        unicode_fold(&m->scratch, str_trim(b)));
}

static bool same_names(Merge *m, const Names *a, const Names *b)
{
    if (a->count != b->count || a->cut != b->cut)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!name_equal(&m->scratch, &a->items[i], &b->items[i]))
            return false;
    }
    return true;
}

static bool same_value(Merge *m, const Field *a, const Field *b)
{
    if (a->form != b->form)
        return false;
    if (a->form == FORM_NAMES)
        return same_names(m, &a->names, &b->names);
    if (a->form == FORM_DATE)
        return date_equal(&a->date, &b->date) &&
               str_equal(a->date.literal, b->date.literal);
    return same_text(m, a->text.text, b->text.text);
}

/* A value for a message. */
static Str shown(Merge *m, const Field *field)
{
    Arena *arena = &m->scratch;
    if (field->form == FORM_DATE)
        return date_edtf(arena, &field->date);
    if (field->form == FORM_TEXT)
        return field->text.text;
    Str all = STR_EMPTY;
    for (size_t i = 0; i < field->names.count; i++)
        all = arena_join(arena, all, i > 0 ? STR("; ") : STR_EMPTY,
                         name_natural(arena, &field->names.items[i]));
    return all;
}

static void report(Merge *m, const Field *kept, const Field *lost, Diag *diag)
{
    enum { SHOWN = 60 };
    Buf a = {0}, b = {0};
    Str of_kept = diag_excerpt(&a, shown(m, kept), SHOWN);
    Str of_lost = diag_excerpt(&b, shown(m, lost), SHOWN);
    diag->field = field_word(lost);
    diag_report(diag, LEVEL_WARNING, "merge-conflict", lost->place,
                "%.*s '%.*s' gives way to '%.*s'", STR_ARG(field_word(lost)),
                STR_ARG(of_lost), STR_ARG(of_kept));
    diag->field = STR_EMPTY;
    buf_free(&a);
    buf_free(&b);
}

/* Fields. */

static size_t bring_written(Merge *m, size_t number)
{
    if (number == 0 || !str_equal(m->to->origin, m->from->origin))
        return 0;
    if (m->written[number - 1] == 0) {
        const Written *from = &m->from->written[number - 1];
        m->written[number - 1] =
            record_add_written(m->to, arena_copy(&m->to->arena, from->tag),
                               arena_copy(&m->to->arena, from->value), from->place);
    }
    return m->written[number - 1];
}

static void bring(Merge *m, const Field *from)
{
    Field *field = record_add_copy(m->to, from);
    field->written = bring_written(m, from->written);
}

static bool has_keyword(Merge *m, const Field *keyword)
{
    for (size_t i = 0; i < m->to->count; i++) {
        const Field *own = &m->to->fields[i];
        if (own->id == keyword->id && same_value(m, own, keyword))
            return true;
    }
    return false;
}

size_t merge_record(Record *to, const Record *from, Diag *diag)
{
    Merge m = {.to = to, .from = from, .own = to->count};
    size_t size = (from->written_count + 1) * sizeof *m.written;
    m.written = arena_alloc(&m.scratch, size);
    memset(m.written, 0, size);
    for (size_t i = 0; i < from->count; i++) {
        const Field *field = &from->fields[i], *own = counterpart(&m, field);
        if (field->id == FIELD_KEYWORD) {
            if (!has_keyword(&m, field))
                record_add_copy(to, field)->written = 0;
        } else if (own == NULL) {
            bring(&m, field);
        } else if (!field->shadow && !same_value(&m, own, field)) {
            report(&m, own, field, diag);
        }
    }
    arena_free(&m.scratch);
    return to->count - m.own;
}
