/* SPDX-License-Identifier: MIT
 * Records as callers see and change them; see citeconv.h. */
#include "convert/library/state.h"
#include "convert/base/memory.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

const char *text_of(Arena *arena, Str s)
{
    if (s.size == 0)
        return "";
    char *copy = arena_alloc(arena, s.size + 1);
    memcpy(copy, s.data, s.size);
    copy[s.size] = '\0';
    return copy;
}

void record_touch(citeconv_record *record)
{
    arena_reset(&record->looks);
    record->fields = NULL;
    record->type = record->key = record->file = NULL;
}

/* A record's places are nearly all in one file. */
static Str keep_file(Arena *arena, Str file, Place *last, Str *kept)
{
    if (last->file.data != file.data || last->file.size != file.size) {
        last->file = file;
        *kept = arena_copy(arena, file);
    }
    return *kept;
}

void record_keep(Record *to, const Record *from)
{
    Record lean = *from;
    Place last = {.file = from->place.file};
    Str kept = arena_copy(&to->arena, from->place.file);
    lean.written_count = 0;
    lean.matter = STR_EMPTY;
    record_copy(to, &lean);
    to->place.file = kept;
    for (size_t i = 0; i < to->count; i++) {
        Field *field = &to->fields[i];
        field->place.file = keep_file(&to->arena, field->place.file, &last, &kept);
        field->written = 0;
    }
}

citeconv_record *citeconv_record_new(void)
{
    citeconv_record *record = memory_zeroed(1, sizeof *record);
    record_reset(&record->rec);
    return record;
}

void citeconv_record_free(citeconv_record *record)
{
    if (record == NULL)
        return;
    record_free(&record->rec);
    arena_free(&record->looks);
    free(record);
}

void citeconv_record_clear(citeconv_record *record)
{
    record_touch(record);
    record_reset(&record->rec);
    record->from = NULL;
    record->resolved = false;
    memset(record->grown, 0, sizeof record->grown);
}

void citeconv_record_copy(citeconv_record *record, const citeconv_record *from)
{
    if (record == from)
        return;
    citeconv_record_clear(record);
    record_keep(&record->rec, &from->rec);
    record->from = from->from;
    record->resolved = from->resolved;
}

/* What is not a field. */

const char *citeconv_record_kind(const citeconv_record *record)
{
    return kind_name(record->rec.kind);
}

citeconv_status citeconv_record_set_kind(citeconv_record *record, const char *kind)
{
    Kind found;
    if (!kind_by_name(str_from(kind), &found))
        return CITECONV_USAGE;
    record_touch(record);
    record->rec.kind = found;
    record->rec.type = STR_EMPTY; /* the source's word was for another */
    return CITECONV_OK;
}

static const char *look(citeconv_record *record, const char **kept, Str s)
{
    if (*kept == NULL)
        *kept = text_of(&record->looks, s);
    return *kept;
}

const char *citeconv_record_type(citeconv_record *record)
{
    return look(record, &record->type, record->rec.type);
}

const char *citeconv_record_key(citeconv_record *record)
{
    return look(record, &record->key, record->rec.key);
}

const char *citeconv_record_place(citeconv_record *record, size_t *line, size_t *column)
{
    const Place *place = &record->rec.place;
    if (line != NULL)
        *line = place->line;
    if (column != NULL)
        *column = place->col;
    return look(record, &record->file, place->file);
}

/* Changes. */

static bool is_text(const char *text)
{
    Str s = str_from(text);
    return utf8_valid(s) == s.size;
}

static Str own_text(citeconv_record *record, const char *text)
{
    return arena_copy(&record->rec.arena, str_from(text));
}

citeconv_status citeconv_record_set_key(citeconv_record *record, const char *key)
{
    if (!is_text(key))
        return CITECONV_USAGE;
    record_touch(record);
    record->rec.key = own_text(record, key);
    return CITECONV_OK;
}

/* False where CSL has no field of that name. */
static bool find_id(const char *name, FieldId *id)
{
    *id = field_by_name(str_from(name));
    return *id != FIELD_OTHER;
}

/* Takes away all fields of an id from that place on. */
static size_t remove_from(Record *rec, size_t at, FieldId id)
{
    size_t left = at, count = rec->count;
    for (size_t i = at; i < count; i++) {
        if (rec->fields[i].id != id)
            rec->fields[left++] = rec->fields[i];
    }
    rec->count = left;
    return count - left;
}

size_t citeconv_record_remove(citeconv_record *record, const char *name)
{
    FieldId id;
    bool found = find_id(name, &id) || strcmp(name, "other") == 0;
    record_touch(record);
    return found ? remove_from(&record->rec, 0, id) : 0;
}

/* The one field of an id, its value empty, where the first of them stood; what the source
 * called it says nothing of a new value. */
static Field *renew(citeconv_record *record, FieldId id)
{
    Record *rec = &record->rec;
    size_t at = 0;
    while (at < rec->count && rec->fields[at].id != id)
        at++;
    record_touch(record);
    if (at == rec->count)
        return record_add(rec, id, STR_EMPTY, (Place){.file = STR_EMPTY});
    remove_from(rec, at + 1, id);
    Place place = rec->fields[at].place;
    size_t count = rec->count;
    Field *fresh = record_add(rec, id, STR_EMPTY, place);
    Field field = *fresh;
    rec->count = count;
    rec->fields[at] = field;
    return &rec->fields[at];
}

static Name one_name(Str s)
{
    NameOddity oddity;
    bool inverted = str_find_byte(s, ',') < s.size;
    return inverted ? name_inverted(s) : name_parse(s, &oddity);
}

static Date one_date(Str s)
{
    Date date;
    if (date_parse(s, &date) || date_parse_written(s, &date))
        return date;
    return date_literal(s);
}

static void set_value(citeconv_record *record, Field *field, Text text)
{
    Arena *arena = &record->rec.arena;
    if (field->form == FORM_TEXT) {
        field->text = text;
        return;
    }
    Str s = str_trim(text.text);
    if (field->form == FORM_DATE) {
        field->date = one_date(s);
        return;
    }
    Name *name = arena_alloc(arena, sizeof *name);
    *name = one_name(s);
    field->names = (Names){.items = name, .count = 1};
}

citeconv_status citeconv_record_set_text(citeconv_record *record, const char *name,
                                         const char *text)
{
    FieldId id;
    if (!find_id(name, &id) || !is_text(text))
        return CITECONV_USAGE;
    if (str_trim(str_from(text)).size == 0) {
        citeconv_record_remove(record, name);
        return CITECONV_OK;
    }
    Text value = text_plain(own_text(record, text));
    set_value(record, renew(record, id), value);
    return CITECONV_OK;
}

citeconv_status citeconv_record_set_markup(citeconv_record *record, const char *name,
                                           const char *markup)
{
    FieldId id;
    Arena *arena = &record->rec.arena;
    if (!find_id(name, &id) || field_form(id) != FORM_TEXT || !is_text(markup))
        return CITECONV_USAGE;
    if (str_trim(str_from(markup)).size == 0) {
        citeconv_record_remove(record, name);
        return CITECONV_OK;
    }
    Text text = markup_read(arena, text_plain(own_text(record, markup)), MARKUP_CSL);
    set_value(record, renew(record, id), text_find_math(arena, text));
    return CITECONV_OK;
}

citeconv_status citeconv_record_add_text(citeconv_record *record, const char *name,
                                         const char *text)
{
    FieldId id;
    if (!find_id(name, &id) || field_form(id) != FORM_TEXT || !is_text(text) ||
        str_trim(str_from(text)).size == 0)
        return CITECONV_USAGE;
    record_touch(record);
    record_add_text(&record->rec, id, STR_EMPTY, (Place){.file = STR_EMPTY},
                    text_plain(own_text(record, text)));
    return CITECONV_OK;
}

citeconv_status citeconv_record_add_other(citeconv_record *record, const char *tag,
                                          const char *text)
{
    if (!is_text(tag) || tag[0] == '\0' || !is_text(text))
        return CITECONV_USAGE;
    record_touch(record);
    record_add_other(&record->rec, own_text(record, tag), (Place){.file = STR_EMPTY},
                     text_plain(own_text(record, text)));
    return CITECONV_OK;
}

/* Names. */

/* Room for one more: lists that grew here have the next power of two, at least four. */
static Name *grow(citeconv_record *record, const Field *field)
{
    const Names *names = &field->names;
    Name **grown = &record->grown[field->id];
    bool full =
        names->count < 4 ? names->count == 0 : (names->count & (names->count - 1)) == 0;
    if (*grown != NULL && names->items == *grown && !full)
        return *grown;
    size_t capacity = 4;
    while (capacity <= names->count)
        capacity *= 2;
    Name *items = arena_alloc(&record->rec.arena, capacity * sizeof *items);
    if (names->count > 0)
        memcpy(items, names->items, names->count * sizeof *items);
    return *grown = items;
}

static bool is_person(const citeconv_name *person)
{
    const char *const parts[] = {person->family, person->given,
                                 person->non_dropping_particle, person->dropping_particle,
                                 person->suffix};
    bool has_part = false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!is_text(parts[i]))
            return false;
        has_part = has_part || str_from(parts[i]).size > 0;
    }
    bool literal = str_from(person->literal).size > 0;
    bool family = str_from(person->family).size > 0;
    return is_text(person->literal) && (literal ? !has_part : family);
}

citeconv_status citeconv_record_add_name(citeconv_record *record, const char *name,
                                         const citeconv_name *person)
{
    FieldId id;
    if (!find_id(name, &id) || field_form(id) != FORM_NAMES || !is_person(person))
        return CITECONV_USAGE;
    Record *rec = &record->rec;
    size_t at = 0;
    record_touch(record);
    while (at < rec->count &&
           (rec->fields[at].id != id || rec->fields[at].form != FORM_NAMES))
        at++;
    if (at == rec->count)
        record_add(rec, id, STR_EMPTY, (Place){.file = STR_EMPTY});
    Field *field = &rec->fields[at];
    Name *items = grow(record, field);
    items[field->names.count] =
        (Name){.given = own_text(record, person->given),
               .dropping = own_text(record, person->dropping_particle),
               .non_dropping = own_text(record, person->non_dropping_particle),
               .family = own_text(record, person->family),
               .suffix = own_text(record, person->suffix),
               .literal = own_text(record, person->literal),
               .homonym = STR_EMPTY};
    field->names.items = items;
    field->names.count++;
    return CITECONV_OK;
}

/* Dates. */

static bool is_day(const citeconv_day *day)
{
    static const int TENS[] = {1, 10, 100, 1000, 10000};
    bool season = day->month >= 21 && day->month <= 24;
    int digits = day->unknown_digits;
    if (!day->is_known)
        return true;
    if (digits < 0 || digits > 4 || (digits > 0 && day->month != 0) ||
        day->year % TENS[digits] != 0)
        return false;
    if (day->month < 0 || (day->month > 12 && !season) || day->day < 0 ||
        (day->day > 0 && (day->month == 0 || season)))
        return false;
    return season || date_exists(day->year, day->month, day->day);
}

static DatePart part_of(const citeconv_day *day)
{
    if (!day->is_known)
        return (DatePart){.time = STR_EMPTY};
    return (DatePart){.year = day->year,
                      .month = day->month,
                      .day = day->day,
                      .approximate = day->approximate,
                      .uncertain = day->uncertain,
                      .unspecified = (unsigned char)day->unknown_digits,
                      .time = STR_EMPTY};
}

citeconv_status citeconv_record_set_date(citeconv_record *record, const char *name,
                                         const citeconv_date *date)
{
    FieldId id;
    bool known = date->from.is_known || (date->is_range && date->to.is_known);
    if (!find_id(name, &id) || field_form(id) != FORM_DATE || !known ||
        !is_day(&date->from) || (date->is_range && !is_day(&date->to)))
        return CITECONV_USAGE;
    Field *field = renew(record, id);
    field->date = (Date){.from = part_of(&date->from),
                         .to = {.time = STR_EMPTY},
                         .range = date->is_range,
                         .literal = STR_EMPTY};
    if (date->is_range) {
        field->date.to = part_of(&date->to);
        field->date.from_end = date->from.is_known ? DATE_KNOWN : DATE_OPEN;
        field->date.to_end = date->to.is_known ? DATE_KNOWN : DATE_OPEN;
    }
    return CITECONV_OK;
}
