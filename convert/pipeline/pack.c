/* SPDX-License-Identifier: MIT
 * Packing: numbers in groups of seven bits, low ones first, texts behind their sizes; see
 * pack.h. */
#include "convert/pipeline/pack.h"

#include <assert.h>
#include <string.h>

/* Out. */

static void put_long_number(Buf *out, uint64_t number)
{
    enum { LONGEST = 10 };
    char *to = buf_reserve(out, LONGEST);
    for (; number >= 0x80; number >>= 7)
        *to++ = (char)(unsigned char)(number | 0x80);
    *to++ = (char)number;
    out->size = (size_t)(to - out->data);
}

static inline void put_number(Buf *out, uint64_t number)
{
    if (number < 0x80)
        buf_add_byte(out, (char)number);
    else
        put_long_number(out, number);
}

/* Small ones stay small whatever their sign. */
static void put_signed(Buf *out, int number)
{
    uint64_t twice = (uint64_t)(number < 0 ? -(int64_t)number : number) << 1;
    put_number(out, twice | (number < 0));
}

static void put_str(Buf *out, Str s)
{
    put_number(out, s.size);
    buf_add(out, s);
}

/* Most places are in the record's own file. */
static void put_place(Buf *out, Place place, Str own)
{
    bool other = place.file.data != own.data || place.file.size != own.size;
    put_number(out, (uint64_t)place.line << 1 | other);
    put_number(out, place.col);
    if (other)
        buf_add(out, (Str){(const char *)&place.file, sizeof place.file});
}

static void put_text(Buf *out, const Text *text)
{
    put_str(out, text->text);
    put_number(out, text->run_count);
    for (size_t i = 0; i < text->run_count; i++) {
        put_number(out, text->runs[i].start);
        put_number(out, text->runs[i].end);
        put_number(out, (uint64_t)text->runs[i].mark);
    }
}

static void put_names(Buf *out, const Names *names)
{
    put_number(out, names->count);
    put_number(out, (uint64_t)names->cut);
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        put_str(out, name->given);
        put_str(out, name->dropping);
        put_str(out, name->non_dropping);
        put_str(out, name->family);
        put_str(out, name->suffix);
        put_str(out, name->literal);
        put_str(out, name->homonym);
        put_number(out, (uint64_t)name->static_order << 1 | name->comma_suffix);
    }
}

static void put_part(Buf *out, const DatePart *part)
{
    put_signed(out, part->year);
    put_signed(out, part->month);
    put_signed(out, part->day);
    put_number(out, (uint64_t)part->unspecified << 2 | (uint64_t)part->uncertain << 1 |
                        part->approximate);
    put_str(out, part->time);
}

static void put_date(Buf *out, const Date *date)
{
    put_number(out,
               (uint64_t)date->from_end << 3 | (uint64_t)date->to_end << 1 | date->range);
    put_part(out, &date->from);
    if (date->range)
        put_part(out, &date->to);
    put_str(out, date->literal);
}

static void put_field(Buf *out, const Field *field, Str file)
{
    put_number(out, (uint64_t)field->id);
    put_number(out, (uint64_t)field->form << 1 | field->shadow);
    put_str(out, field->tag);
    put_place(out, field->place, file);
    put_number(out, field->written);
    put_text(out, &field->text);
    if (field->form == FORM_NAMES)
        put_names(out, &field->names);
    else if (field->form == FORM_DATE)
        put_date(out, &field->date);
}

void pack_record(Buf *out, const Record *rec)
{
    Str file = rec->place.file;
    put_number(out, (uint64_t)rec->kind);
    put_str(out, rec->type);
    put_str(out, rec->key);
    put_str(out, rec->origin);
    put_place(out, rec->place, STR_EMPTY);
    put_str(out, rec->matter);
    put_number(out, rec->count);
    for (size_t i = 0; i < rec->count; i++)
        put_field(out, &rec->fields[i], file);
    put_number(out, rec->written_count);
    for (size_t i = 0; i < rec->written_count; i++) {
        const Written *written = &rec->written[i];
        put_str(out, written->tag);
        put_str(out, written->value);
        put_place(out, written->place, file);
        put_number(out, written->dropped);
    }
}

/* In. */

static uint64_t take_number(Str *in)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        assert(in->size > 0);
        unsigned char byte = (unsigned char)in->data[0];
        *in = str_after(*in, 1);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            break;
    }
    return number;
}

static size_t take_size(Str *in)
{
    return (size_t)take_number(in);
}

static int take_signed(Str *in)
{
    uint64_t twice = take_number(in);
    int64_t number = (int64_t)(twice >> 1);
    return (int)((twice & 1) != 0 ? -number : number);
}

static Str take_str(Str *in)
{
    size_t size = take_size(in);
    assert(size <= in->size);
    Str s = size == 0 ? STR_EMPTY : str_slice(*in, 0, size);
    *in = str_after(*in, size);
    return s;
}

static Place take_place(Str *in, Str own)
{
    Place place = {.file = own};
    uint64_t line = take_number(in);
    place.line = (size_t)(line >> 1);
    place.col = take_size(in);
    if ((line & 1) != 0) {
        assert(in->size >= sizeof place.file);
        memcpy(&place.file, in->data, sizeof place.file);
        *in = str_after(*in, sizeof place.file);
    }
    return place;
}

static Text take_text(Str *in, Arena *arena)
{
    Text text = {.text = take_str(in)};
    text.run_count = take_size(in);
    if (text.run_count == 0)
        return text;
    Run *runs = arena_alloc(arena, text.run_count * sizeof *runs);
    for (size_t i = 0; i < text.run_count; i++) {
        runs[i].start = take_size(in);
        runs[i].end = take_size(in);
        runs[i].mark = (Mark)take_number(in);
    }
    text.runs = runs;
    return text;
}

static Names take_names(Str *in, Arena *arena)
{
    Names names = {.count = take_size(in)};
    names.cut = (Cut)take_number(in);
    if (names.count == 0)
        return names;
    Name *items = arena_alloc(arena, names.count * sizeof *items);
    for (size_t i = 0; i < names.count; i++) {
        items[i].given = take_str(in);
        items[i].dropping = take_str(in);
        items[i].non_dropping = take_str(in);
        items[i].family = take_str(in);
        items[i].suffix = take_str(in);
        items[i].literal = take_str(in);
        items[i].homonym = take_str(in);
        uint64_t said = take_number(in);
        items[i].comma_suffix = said & 1;
        items[i].static_order = said & 2;
    }
    names.items = items;
    return names;
}

static DatePart take_part(Str *in)
{
    DatePart part = {.year = take_signed(in)};
    part.month = take_signed(in);
    part.day = take_signed(in);
    uint64_t flags = take_number(in);
    part.approximate = (flags & 1) != 0;
    part.uncertain = (flags & 2) != 0;
    part.unspecified = (unsigned char)(flags >> 2);
    part.time = take_str(in);
    return part;
}

static Date take_date(Str *in)
{
    Date date = {.to = {.time = STR_EMPTY}};
    uint64_t flags = take_number(in);
    date.range = (flags & 1) != 0;
    date.to_end = (DateEnd)(flags >> 1 & 3);
    date.from_end = (DateEnd)(flags >> 3 & 3);
    date.from = take_part(in);
    if (date.range)
        date.to = take_part(in);
    date.literal = take_str(in);
    return date;
}

static void take_field(Str *in, Record *rec, Field *field)
{
    *field = (Field){.id = (FieldId)take_number(in),
                     .date = {.from = {.time = STR_EMPTY},
                              .to = {.time = STR_EMPTY},
                              .literal = STR_EMPTY}};
    uint64_t form = take_number(in);
    field->form = (Form)(form >> 1);
    field->shadow = (form & 1) != 0;
    field->tag = take_str(in);
    field->place = take_place(in, rec->place.file);
    field->written = take_size(in);
    field->text = take_text(in, &rec->arena);
    if (field->form == FORM_NAMES)
        field->names = take_names(in, &rec->arena);
    else if (field->form == FORM_DATE)
        field->date = take_date(in);
}

void unpack_record(Str packed, Record *rec)
{
    Str *in = &packed;
    rec->kind = (Kind)take_number(in);
    rec->type = take_str(in);
    rec->key = take_str(in);
    rec->origin = take_str(in);
    rec->place = take_place(in, STR_EMPTY);
    rec->matter = take_str(in);
    rec->count = rec->capacity = take_size(in);
    if (rec->count > 0)
        rec->fields = arena_alloc(&rec->arena, rec->count * sizeof *rec->fields);
    for (size_t i = 0; i < rec->count; i++)
        take_field(in, rec, &rec->fields[i]);
    rec->written_count = rec->written_capacity = take_size(in);
    if (rec->written_count > 0)
        rec->written =
            arena_alloc(&rec->arena, rec->written_count * sizeof *rec->written);
    for (size_t i = 0; i < rec->written_count; i++) {
        Written *written = &rec->written[i];
        written->tag = take_str(in);
        written->value = take_str(in);
        written->place = take_place(in, rec->place.file);
        written->dropped = take_number(in) != 0;
    }
    assert(in->size == 0);
}
