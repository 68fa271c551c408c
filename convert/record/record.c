/* SPDX-License-Identifier: MIT
 * Records and views of them; see record.h. */
#include "convert/record/record.h"
#include "convert/base/span.h"

#include <string.h>

static const char *const KIND_NAMES[KIND_COUNT] = {
#define KIND(constant, name) [KIND_##constant] = (name),
#include "convert/record/kind.def"
#undef KIND
};

static const struct {
    Str name;
    Form form;
} FIELDS[FIELD_COUNT] = {
#define FIELD(constant, name, form)                                                      \
    [FIELD_##constant] = {{(name), sizeof(name) - 1}, FORM_##form},
#include "convert/record/field.def"
#undef FIELD
};

const char *kind_name(Kind kind)
{
    return KIND_NAMES[kind];
}

const char *field_name(FieldId id)
{
    return FIELDS[id].name.data;
}

Str field_word(const Field *field)
{
    return field->id == FIELD_OTHER ? field->tag : FIELDS[field->id].name;
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
        .date = {.from = {.time = STR_EMPTY},
                 .to = {.time = STR_EMPTY},
                 .literal = STR_EMPTY},
    };
    return field;
}

size_t record_add_written(Record *rec, Str tag, Str value, Place place)
{
    if (rec->written_count == rec->written_capacity) {
        size_t capacity = rec->written_capacity > 0 ? rec->written_capacity * 2 : 16;
        Written *written = arena_alloc(&rec->arena, capacity * sizeof *written);
        if (rec->written_count > 0)
            memcpy(written, rec->written, rec->written_count * sizeof *written);
        rec->written = written;
        rec->written_capacity = capacity;
    }
    rec->written[rec->written_count] =
        (Written){.tag = tag, .value = value, .place = place};
    return ++rec->written_count;
}

Field *record_add_other(Record *rec, Str tag, Place place, Text text)
{
    return record_add_text(rec, FIELD_OTHER, tag, place, text);
}

/* Of each name, for most words that are looked for are none: the first letter, and the
 * size. */
static const unsigned char FIRSTS[FIELD_COUNT + SPAN] = {
#define FIELD(constant, name, form) [FIELD_##constant] = (name)[0],
#include "convert/record/field.def"
#undef FIELD
};
static const unsigned char SIZES[FIELD_COUNT + SPAN] = {
#define FIELD(constant, name, form) [FIELD_##constant] = sizeof(name) - 1,
#include "convert/record/field.def"
#undef FIELD
};

FieldId field_by_name(Str name)
{
    if (name.size == 0 || name.size > UINT8_MAX)
        return FIELD_OTHER;
    for (size_t id = 0; id < FIELD_OTHER; id += SPAN) {
        Span firsts = span_at((const char *)FIRSTS + id);
        Span sizes = span_at((const char *)SIZES + id);
        Span may = span_is(firsts, (unsigned char)name.data[0]) &
                   span_is(sizes, (unsigned char)name.size);
        for (size_t i = span_first(may); i < SPAN && id + i < FIELD_OTHER; i++) {
            if (may[i] != 0 && str_equal(name, FIELDS[id + i].name))
                return (FieldId)(id + i);
        }
    }
    return FIELD_OTHER;
}

bool kind_by_name(Str name, Kind *kind)
{
    for (size_t k = 0; k < KIND_COUNT; k++) {
        if (str_equal(name, str_from(KIND_NAMES[k]))) {
            *kind = (Kind)k;
            return true;
        }
    }
    return false;
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

/* Copies. */

static Text copy_text(Arena *arena, const Text *text)
{
    Text copy = {.text = arena_copy(arena, text->text), .run_count = text->run_count};
    if (text->run_count > 0) {
        Run *runs = arena_alloc(arena, text->run_count * sizeof *runs);
        memcpy(runs, text->runs, text->run_count * sizeof *runs);
        copy.runs = runs;
    }
    return copy;
}

static Names copy_names(Arena *arena, const Names *names)
{
    Names copy = {.count = names->count, .cut = names->cut};
    if (names->count == 0)
        return copy;
    Name *items = arena_alloc(arena, names->count * sizeof *items);
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        items[i] = (Name){.given = arena_copy(arena, name->given),
                          .dropping = arena_copy(arena, name->dropping),
                          .non_dropping = arena_copy(arena, name->non_dropping),
                          .family = arena_copy(arena, name->family),
                          .suffix = arena_copy(arena, name->suffix),
                          .literal = arena_copy(arena, name->literal),
                          .homonym = arena_copy(arena, name->homonym),
                          .comma_suffix = name->comma_suffix,
                          .static_order = name->static_order};
    }
    copy.items = items;
    return copy;
}

static Field copy_field(Arena *arena, const Field *from)
{
    Field field = *from;
    field.tag = arena_copy(arena, from->tag);
    field.text = copy_text(arena, &from->text);
    field.names = copy_names(arena, &from->names);
    field.date.literal = arena_copy(arena, from->date.literal);
    field.date.from.time = arena_copy(arena, from->date.from.time);
    field.date.to.time = arena_copy(arena, from->date.to.time);
    return field;
}

Field *record_add_copy(Record *rec, const Field *from)
{
    Field copy = copy_field(&rec->arena, from);
    Field *field = record_add(rec, from->id, copy.tag, from->place);
    *field = copy;
    return field;
}

void record_copy(Record *to, const Record *from)
{
    Arena *arena = &to->arena;
    to->kind = from->kind;
    to->type = arena_copy(arena, from->type);
    to->key = arena_copy(arena, from->key);
    to->origin = arena_copy(arena, from->origin);
    to->place = from->place;
    to->matter = arena_copy(arena, from->matter);
    to->count = to->capacity = from->count;
    to->written_count = to->written_capacity = from->written_count;
    if (from->count > 0)
        to->fields = arena_alloc(arena, from->count * sizeof *to->fields);
    for (size_t i = 0; i < from->count; i++)
        to->fields[i] = copy_field(arena, &from->fields[i]);
    if (from->written_count > 0)
        to->written = arena_alloc(arena, from->written_count * sizeof *to->written);
    for (size_t i = 0; i < from->written_count; i++) {
        to->written[i] = from->written[i];
        to->written[i].tag = arena_copy(arena, from->written[i].tag);
        to->written[i].value = arena_copy(arena, from->written[i].value);
    }
}

void record_reset(Record *rec)
{
    arena_reset(&rec->arena);
    *rec = (Record){.arena = rec->arena,
                    .kind = KIND_DOCUMENT,
                    .type = STR_EMPTY,
                    .key = STR_EMPTY,
                    .origin = STR_EMPTY,
                    .matter = STR_EMPTY};
}

void record_free(Record *rec)
{
    arena_free(&rec->arena);
    *rec = (Record){0};
}

static size_t next_untaken(const View *v, FieldId id)
{
    size_t i = v->first[id];
    while (i < v->rec->count && (v->taken[i] || v->rec->fields[i].id != id))
        i++;
    return i;
}

const Field *view_take_at(View *v, size_t index)
{
    v->taken[index] = true;
    const Field *field = &v->rec->fields[index];
    v->diag->at = field->place;
    v->diag->field = field_word(field);
    return field;
}

const Field *view_take(View *v, FieldId id)
{
    size_t i = v->first[id] = next_untaken(v, id);
    return i == v->rec->count ? NULL : view_take_at(v, i);
}

const Field *view_see(const View *v, FieldId id)
{
    size_t i = next_untaken(v, id);
    return i == v->rec->count ? NULL : &v->rec->fields[i];
}
