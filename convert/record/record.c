/* SPDX-License-Identifier: MIT
 * Records and views of them; see record.h. */
#include "convert/record/record.h"

#include <string.h>

static const char *const KIND_NAMES[KIND_COUNT] = {
#define KIND(constant, name) [KIND_##constant] = (name),
#include "convert/record/kind.def"
#undef KIND
};

static const struct {
    const char *name;
    Form form;
} FIELDS[FIELD_COUNT] = {
#define FIELD(constant, name, form) [FIELD_##constant] = {(name), FORM_##form},
#include "convert/record/field.def"
#undef FIELD
};

const char *kind_name(Kind kind)
{
    return KIND_NAMES[kind];
}

const char *field_name(FieldId id)
{
    return FIELDS[id].name;
}

Form field_form(FieldId id)
{
    return FIELDS[id].form;
}

Field *record_add(Record *rec, FieldId id, Str tag, Place place)
{
    if (rec->count == rec->capacity) {
        size_t capacity = rec->capacity > 0 ? rec->capacity * 2 : 16;
        Field *fields = arena_alloc(&rec->arena, capacity * sizeof *fields);
        if (rec->count > 0)
            memcpy(fields, rec->fields, rec->count * sizeof *fields);
        rec->fields = fields;
        rec->capacity = capacity;
    }
    Field *field = &rec->fields[rec->count++];
    *field = (Field){
        .id = id,
        .form = FIELDS[id].form,
        .tag = tag,
        .place = place,
        .text = {.text = STR_EMPTY},
        .date = {.literal = STR_EMPTY},
    };
    return field;
}

Field *record_add_text(Record *rec, FieldId id, Str tag, Place place, Text text)
{
    Field *field = record_add(rec, id, tag, place);
    field->form = FORM_TEXT;
    field->text = text;
    return field;
}

const Field *record_find(const Record *rec, FieldId id)
{
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].id == id)
            return &rec->fields[i];
    }
    return NULL;
}

Str record_text(const Record *rec, FieldId id)
{
    const Field *field = record_find(rec, id);
    return field == NULL ? STR_EMPTY : field->text.text;
}

void record_reset(Record *rec)
{
    arena_reset(&rec->arena);
    *rec = (Record){.arena = rec->arena,
                    .kind = KIND_DOCUMENT,
                    .key = STR_EMPTY,
                    .origin = STR_EMPTY};
}

void record_free(Record *rec)
{
    arena_free(&rec->arena);
    *rec = (Record){0};
}

static size_t next_untaken(const View *v, FieldId id)
{
    size_t i = 0;
    while (i < v->rec->count && (v->taken[i] || v->rec->fields[i].id != id))
        i++;
    return i;
}

const Field *view_take(View *v, FieldId id)
{
    size_t i = next_untaken(v, id);
    if (i == v->rec->count)
        return NULL;
    v->taken[i] = true;
    v->diag->at = v->rec->fields[i].place;
    return &v->rec->fields[i];
}

const Field *view_see(const View *v, FieldId id)
{
    size_t i = next_untaken(v, id);
    return i == v->rec->count ? NULL : &v->rec->fields[i];
}
