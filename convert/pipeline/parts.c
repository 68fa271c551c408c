/* SPDX-License-Identifier: MIT
 * Parts of records; see parts.h. */
#include "convert/pipeline/parts.h"
#include "convert/base/memory.h"
#include "convert/pipeline/pack.h"

#include <stdlib.h>

static Str lower(Arena *arena, Str s)
{
    char *out = arena_alloc(arena, s.size);
    for (size_t i = 0; i < s.size; i++)
        out[i] = byte_lower(s.data[i]);
    return (Str){out, s.size};
}

static Part *part_at(Parts *parts, Str name, Str tag)
{
    size_t *number = index_at(&parts->index, name);
    if (*number > 0)
        return &parts->items[*number - 1];
    if (parts->count == parts->capacity) {
        parts->capacity = memory_grown(parts->capacity, parts->count + 1);
        parts->items =
            memory_resize(parts->items, parts->capacity * sizeof *parts->items);
    }
    parts->items[parts->count++] = (Part){.name = name, .tag = tag};
    *number = parts->count;
    return &parts->items[parts->count - 1];
}

static Part *add_item(Parts *parts, size_t item, Str name, Str tag)
{
    Part *part = part_at(parts, name, tag);
    if (part->last > 0)
        parts->next[part->last - 1] = item + 1;
    else
        part->first = item + 1;
    part->last = item + 1;
    return part;
}

static size_t *zeros(Parts *parts, size_t count)
{
    size_t *all = arena_alloc(&parts->arena, (count + 1) * sizeof *all);
    for (size_t i = 0; i <= count; i++)
        all[i] = 0;
    return all;
}

static void find_written(Parts *parts)
{
    const Record *rec = parts->rec;
    parts->next = zeros(parts, rec->written_count);
    parts->field = zeros(parts, rec->written_count);
    parts->also = zeros(parts, rec->count);
    for (size_t i = 0; i < rec->written_count; i++) {
        const Written *written = &rec->written[i];
        Part *part = add_item(parts, i, lower(&parts->arena, written->tag), written->tag);
        buf_add(&part->bytes, written->value);
        buf_add_byte(&part->bytes, '\0');
    }
    for (size_t i = rec->count; i-- > 0;) {
        size_t written = rec->fields[i].written;
        if (written > 0) {
            parts->also[i] = parts->field[written - 1];
            parts->field[written - 1] = i + 1;
        }
    }
}

static void find_fields(Parts *parts)
{
    Record one = {0};
    record_reset(&one);
    parts->next = zeros(parts, parts->rec->count);
    for (size_t i = 0; i < parts->rec->count; i++) {
        const Field *field = &parts->rec->fields[i];
        Str name = str_from(field_name(field->id));
        if (field->id == FIELD_OTHER)
            name = arena_join(&parts->arena, name, STR(" "), field->tag);
        Part *part = add_item(parts, i, name, field_word(field));
        Field *copy = record_add_copy(&one, field);
        copy->place = (Place){0};
        pack_record(&part->bytes, &one);
        record_reset(&one);
    }
    record_free(&one);
}

static void empty(Parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        buf_free(&parts->items[i].bytes);
    index_free(&parts->index);
    parts->count = 0;
}

void parts_find(Parts *parts, const Record *rec, bool written)
{
    empty(parts);
    arena_reset(&parts->arena);
    parts->rec = rec;
    parts->written = written;
    if (written)
        find_written(parts);
    else
        find_fields(parts);
}

void parts_free(Parts *parts)
{
    empty(parts);
    arena_free(&parts->arena);
    free(parts->items);
    *parts = (Parts){0};
}

const Part *parts_get(const Parts *parts, Str name)
{
    size_t number = index_find(&parts->index, name);
    return number > 0 ? &parts->items[number - 1] : NULL;
}

void parts_add(const Parts *parts, const Part *part, Record *to)
{
    const Record *rec = parts->rec;
    for (size_t item = part->first; item > 0; item = parts->next[item - 1]) {
        if (!parts->written) {
            record_add_copy(to, &rec->fields[item - 1])->written = 0;
            continue;
        }
        const Written *from = &rec->written[item - 1];
        size_t number =
            record_add_written(to, arena_copy(&to->arena, from->tag),
                               arena_copy(&to->arena, from->value), from->place);
        for (size_t f = parts->field[item - 1]; f > 0; f = parts->also[f - 1])
            record_add_copy(to, &rec->fields[f - 1])->written = number;
    }
}

bool part_equal(const Part *a, const Part *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return str_equal(buf_str(&a->bytes), buf_str(&b->bytes));
}
