/* SPDX-License-Identifier: MIT
 * Looking at fields; see citeconv.h.  What a caller sees is made when it is first asked
 * for, and kept until the record changes. */
#include "convert/library/state.h"
#include "convert/text/markup.h"

#include <string.h>

size_t citeconv_record_field_count(const citeconv_record *record)
{
    return record->rec.count;
}

const citeconv_field *citeconv_record_field(citeconv_record *record, size_t index)
{
    const Record *rec = &record->rec;
    if (index >= rec->count)
        return NULL;
    if (record->fields == NULL) {
        record->fields = arena_alloc(&record->looks, rec->count * sizeof(citeconv_field));
        for (size_t i = 0; i < rec->count; i++)
            record->fields[i] = (citeconv_field){.record = record, .index = i};
    }
    return &record->fields[index];
}

const citeconv_field *citeconv_record_find(citeconv_record *record, const char *name)
{
    const Record *rec = &record->rec;
    for (size_t i = 0; i < rec->count; i++) {
        if (strcmp(field_name(rec->fields[i].id), name) == 0)
            return citeconv_record_field(record, i);
    }
    return NULL;
}

const char *citeconv_record_text(citeconv_record *record, const char *name)
{
    const citeconv_field *field = citeconv_record_find(record, name);
    return field != NULL ? citeconv_field_text(field, NULL) : NULL;
}

/* Its record can change it, whoever looks at it. */
static citeconv_field *own(const citeconv_field *field)
{
    return &field->record->fields[field->index];
}

static const Field *seen(const citeconv_field *field)
{
    return &field->record->rec.fields[field->index];
}

const char *citeconv_field_name(const citeconv_field *field)
{
    return field_name(seen(field)->id);
}

const char *citeconv_field_tag(const citeconv_field *field)
{
    if (field->tag == NULL)
        own(field)->tag = text_of(&field->record->looks, seen(field)->tag);
    return field->tag;
}

citeconv_form citeconv_field_form(const citeconv_field *field)
{
    const Field *f = seen(field);
    if (f->form == FORM_NAMES)
        return CITECONV_NAMES;
    return f->form == FORM_DATE && f->date.literal.size == 0 ? CITECONV_DATE
                                                             : CITECONV_TEXT;
}

/* "van der Maaten, Laurens; OpenAI" */
static void add_names(Buf *out, const Names *names)
{
    Arena scratch = {0};
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        Str given = name_given(&scratch, name);
        if (i > 0)
            buf_add(out, STR("; "));
        buf_add(out, name_family(&scratch, name));
        if (name->literal.size == 0 && given.size > 0) {
            buf_add(out, STR(", "));
            buf_add(out, given);
        }
        if (name->literal.size == 0 && name->suffix.size > 0) {
            buf_add(out, STR(", "));
            buf_add(out, name->suffix);
        }
    }
    arena_free(&scratch);
}

/* As plain text, or with markup. */
static const char *make_text(const citeconv_field *field, bool markup, size_t *size)
{
    const Field *f = seen(field);
    Arena *looks = &field->record->looks;
    Buf made = {0};
    Str text = f->text.text;
    if (f->form == FORM_NAMES) {
        add_names(&made, &f->names);
        text = buf_str(&made);
    } else if (f->form == FORM_DATE) {
        text = date_edtf(looks, &f->date);
    } else if (markup && f->text.run_count > 0) {
        markup_add(&made, &f->text);
        text = buf_str(&made);
    }
    *size = text.size;
    const char *kept = text_of(looks, text);
    buf_free(&made);
    return kept;
}

const char *citeconv_field_text(const citeconv_field *field, size_t *size)
{
    citeconv_field *f = own(field);
    if (f->text == NULL)
        f->text = make_text(f, false, &f->text_size);
    if (size != NULL)
        *size = f->text_size;
    return f->text;
}

const char *citeconv_field_markup(const citeconv_field *field, size_t *size)
{
    citeconv_field *f = own(field);
    if (f->markup == NULL)
        f->markup = make_text(f, true, &f->markup_size);
    if (size != NULL)
        *size = f->markup_size;
    return f->markup;
}

/* Names. */

size_t citeconv_field_name_count(const citeconv_field *field)
{
    const Field *f = seen(field);
    return f->form == FORM_NAMES ? f->names.count : 0;
}

static const char *part(Arena *arena, Str s)
{
    return s.size > 0 ? text_of(arena, s) : NULL;
}

static citeconv_name *make_names(Arena *looks, const Names *names)
{
    citeconv_name *made = arena_alloc(looks, names->count * sizeof *made);
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        made[i] = (citeconv_name){
            .family = part(looks, name->family),
            .given = part(looks, name->given),
            .non_dropping_particle = part(looks, name->non_dropping),
            .dropping_particle = part(looks, name->dropping),
            .suffix = part(looks, name->suffix),
            .literal = part(looks, name->literal),
        };
    }
    return made;
}

const citeconv_name *citeconv_field_get_name(const citeconv_field *field, size_t index)
{
    citeconv_field *f = own(field);
    if (index >= citeconv_field_name_count(field))
        return NULL;
    if (f->names == NULL)
        f->names = make_names(&f->record->looks, &seen(f)->names);
    return &f->names[index];
}

bool citeconv_field_names_cut(const citeconv_field *field)
{
    const Field *f = seen(field);
    return f->form == FORM_NAMES && f->names.cut == CUT_CERTAIN;
}

/* Dates. */

static citeconv_day day_of(const DatePart *part, DateEnd end)
{
    if (end != DATE_KNOWN)
        return (citeconv_day){.is_known = false};
    return (citeconv_day){.is_known = true,
                          .year = part->year,
                          .month = part->month,
                          .day = part->day,
                          .unknown_digits = part->unspecified,
                          .approximate = part->approximate,
                          .uncertain = part->uncertain};
}

bool citeconv_field_date(const citeconv_field *field, citeconv_date *date)
{
    const Field *f = seen(field);
    *date = (citeconv_date){.is_range = false};
    if (citeconv_field_form(field) != CITECONV_DATE)
        return false;
    date->is_range = f->date.range;
    date->from = day_of(&f->date.from, f->date.range ? f->date.from_end : DATE_KNOWN);
    if (f->date.range)
        date->to = day_of(&f->date.to, f->date.to_end);
    return true;
}
