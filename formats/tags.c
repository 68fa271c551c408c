/* SPDX-License-Identifier: MIT
 * Looking tags up; see tags.h.
 *
 * Two small tables with open addressing lead from a tag, in lower case, to the first of
 * its rows; rows of one tag are chained in their order. */
#include "formats/tags.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = 0xffff };

/* From a tag to the numbers of its rows. */
typedef struct Index {
    unsigned short *slots, *next; /* NONE: none */
    Str *tags;                    /* of each row */
    size_t mask;
} Index;

struct Tags {
    FieldTag *fields;
    KindTag *kinds;
    size_t asked; /* rows of the user's at the front of `fields` */
    Index by_field, by_kind;
    unsigned short first_row[FIELD_COUNT];
    unsigned short *next_row; /* of the same field */
};

static void index_open(Index *index, size_t rows)
{
    size_t size = 16;
    while (size < rows * 2)
        size *= 2;
    index->mask = size - 1;
    index->slots = memory_alloc(size * sizeof *index->slots);
    index->next = memory_alloc((rows + 1) * sizeof *index->next);
    index->tags = memory_alloc((rows + 1) * sizeof *index->tags);
    memset(index->slots, 0xff, size * sizeof *index->slots);
    memset(index->next, 0xff, (rows + 1) * sizeof *index->next);
}

static void index_close(Index *index)
{
    free(index->slots);
    free(index->next);
    free(index->tags);
}

/* The slot of a tag, free or its own. */
static size_t slot_of(const Index *index, Str tag)
{
    size_t slot = (size_t)hash_name_nocase(tag) & index->mask;
    while (index->slots[slot] != NONE &&
           !str_equal_nocase(tag, index->tags[index->slots[slot]]))
        slot = (slot + 1) & index->mask;
    return slot;
}

static void index_add(Index *index, Str tag, size_t row)
{
    index->tags[row] = tag;
    unsigned short *link = &index->slots[slot_of(index, tag)];
    while (*link != NONE)
        link = &index->next[*link];
    *link = (unsigned short)row;
}

/* The user's lines. */

struct TagMap {
    Arena arena;
    struct MapRow {
        Str format;
        bool is_kind;
        FieldTag field;
        KindTag kind;
    } * rows;
    size_t count, capacity;
};

TagMap *tag_map_open(void)
{
    return memory_zeroed(1, sizeof(TagMap));
}

void tag_map_close(TagMap *map)
{
    if (map == NULL)
        return;
    arena_free(&map->arena);
    free(map->rows);
    free(map);
}

static const char *text_of(TagMap *map, Str s)
{
    char *copy = arena_alloc(&map->arena, s.size + 1);
    memcpy(copy, s.data, s.size);
    copy[s.size] = '\0';
    return copy;
}

static size_t column_of(Str line, Str word)
{
    return (size_t)(word.data - line.data) + 1;
}

static const char *parse_kinds(Str *rest, Str line, Kinds *kinds, size_t *column)
{
    Str word;
    *kinds = 0;
    while (str_word(rest, &word)) {
        Kind kind;
        *column = column_of(line, word);
        if (!kind_by_name(word, &kind))
            return "no kind of CSL's has this name";
        *kinds |= KINDS_OF(kind);
    }
    if (*kinds == 0)
        *kinds = KINDS_ALL;
    return NULL;
}

static const char *parse_meaning(struct MapRow *row, Str *rest, Str line, size_t *column)
{
    Str word;
    if (!str_word(rest, &word))
        return "after '=' one of CSL's words is expected";
    *column = column_of(line, word);
    if (row->is_kind) {
        row->kind.tag = row->field.tag;
        if (!kind_by_name(word, &row->kind.kind))
            return "no kind of CSL's has this name";
        if (!str_word(rest, &word))
            return NULL;
        *column = column_of(line, word);
        return "one kind is all that a type can mean";
    }
    row->field.field = field_by_name(word);
    if (row->field.field == FIELD_OTHER && !str_equal(word, STR("-")))
        return "no variable of CSL's has this name";
    return parse_kinds(rest, line, &row->field.kinds, column);
}

static const char *parse_row(TagMap *map, struct MapRow *row, Str line, size_t *column)
{
    Str rest = line, word;
    if (!str_word(&rest, &word))
        return NULL;
    *column = column_of(line, word);
    row->format = arena_copy(&map->arena, word);
    if (!str_word(&rest, &word))
        return "'field' or 'type' is expected after the format";
    *column = column_of(line, word);
    row->is_kind = str_equal(word, STR("type"));
    if (!row->is_kind && !str_equal(word, STR("field")))
        return "'field' or 'type' is expected after the format";
    if (!str_word(&rest, &word))
        return "a tag is expected";
    row->field.tag = text_of(map, word);
    *column = column_of(line, word);
    if (!str_word(&rest, &word))
        return "'=' is expected after the tag";
    *column = column_of(line, word);
    if (!str_equal(word, STR("=")))
        return "'=' is expected after the tag";
    return parse_meaning(row, &rest, line, column);
}

const char *tag_map_add_line(TagMap *map, Str line, size_t *column)
{
    struct MapRow row = {.format = STR_EMPTY};
    *column = 1;
    if (str_trim(line).size == 0 || str_trim(line).data[0] == '#')
        return NULL;
    const char *wrong = parse_row(map, &row, line, column);
    if (wrong != NULL)
        return wrong;
    if (map->count == map->capacity) {
        map->capacity = memory_grown(map->capacity, map->count + 1);
        map->rows = memory_resize(map->rows, map->capacity * sizeof *map->rows);
    }
    map->rows[map->count++] = row;
    return NULL;
}

/* The tables. */

static size_t count_fields(const FieldTag *rows)
{
    size_t count = 0;
    while (rows != NULL && rows[count].tag != NULL)
        count++;
    return count;
}

static size_t count_kinds(const KindTag *rows)
{
    size_t count = 0;
    while (rows != NULL && rows[count].tag != NULL)
        count++;
    return count;
}

/* A user's row spells its value as the format's own row of that tag or field does. */
static int how_of(const Format *format, const FieldTag *row)
{
    const FieldTag *own = format->fields;
    for (; own != NULL && own->tag != NULL; own++) {
        if (str_equal_nocase(str_from(own->tag), str_from(row->tag)))
            return own->how;
    }
    for (own = format->fields; own != NULL && own->tag != NULL; own++) {
        if (own->field == row->field)
            return own->how;
    }
    return 0;
}

static void fill(Tags *tags, const Format *format, const TagMap *map)
{
    size_t own_fields = count_fields(format->fields),
           own_kinds = count_kinds(format->kinds);
    size_t fields = 0, kinds = 0, more = map != NULL ? map->count : 0;
    tags->fields = memory_zeroed(more + own_fields + 1, sizeof *tags->fields);
    tags->kinds = memory_zeroed(more + own_kinds + 1, sizeof *tags->kinds);
    for (size_t i = more; i-- > 0;) { /* the last line counts */
        const struct MapRow *row = &map->rows[i];
        if (!str_equal_nocase(row->format, str_from(format->name)))
            continue;
        if (row->is_kind) {
            tags->kinds[kinds++] = row->kind;
        } else {
            tags->fields[fields] = row->field;
            tags->fields[fields++].how = how_of(format, &row->field);
        }
    }
    tags->asked = fields;
    if (own_fields > 0)
        memcpy(tags->fields + fields, format->fields, own_fields * sizeof *tags->fields);
    if (own_kinds > 0)
        memcpy(tags->kinds + kinds, format->kinds, own_kinds * sizeof *tags->kinds);
}

Tags *tags_open(const Format *format, const TagMap *map)
{
    Tags *tags = memory_zeroed(1, sizeof *tags);
    fill(tags, format, map);
    size_t fields = count_fields(tags->fields), kinds = count_kinds(tags->kinds);
    index_open(&tags->by_field, fields);
    index_open(&tags->by_kind, kinds);
    for (size_t i = 0; i < fields; i++)
        index_add(&tags->by_field, str_from(tags->fields[i].tag), i);
    for (size_t i = 0; i < kinds; i++)
        index_add(&tags->by_kind, str_from(tags->kinds[i].tag), i);
    memset(tags->first_row, 0xff, sizeof tags->first_row);
    tags->next_row = memory_alloc((fields + 1) * sizeof *tags->next_row);
    for (size_t i = fields; i-- > 0;) {
        tags->next_row[i] = tags->first_row[tags->fields[i].field];
        tags->first_row[tags->fields[i].field] = (unsigned short)i;
    }
    return tags;
}

void tags_close(Tags *tags)
{
    if (tags == NULL)
        return;
    index_close(&tags->by_field);
    index_close(&tags->by_kind);
    free(tags->next_row);
    free(tags->fields);
    free(tags->kinds);
    free(tags);
}

const FieldTag *tags_field(const Tags *tags, Str tag, Kind kind)
{
    size_t row = tags->by_field.slots[slot_of(&tags->by_field, tag)];
    while (row != NONE && (tags->fields[row].kinds & KINDS_OF(kind)) == 0)
        row = tags->by_field.next[row];
    return row == NONE ? NULL : &tags->fields[row];
}

bool tags_is_asked(const Tags *tags, const FieldTag *row)
{
    return row != NULL && row >= tags->fields && row < tags->fields + tags->asked;
}

const KindTag *tags_kind(const Tags *tags, Str tag)
{
    size_t row = tags->by_kind.slots[slot_of(&tags->by_kind, tag)];
    return row == NONE ? NULL : &tags->kinds[row];
}

const FieldTag *tags_fields(const Tags *tags)
{
    return tags->fields;
}

const KindTag *tags_kinds(const Tags *tags)
{
    return tags->kinds;
}

const FieldTag *tags_row(const Tags *tags, FieldId id, Kind kind)
{
    size_t row = tags->first_row[id];
    while (row != NONE && (tags->fields[row].kinds & KINDS_OF(kind)) == 0)
        row = tags->next_row[row];
    return row == NONE ? NULL : &tags->fields[row];
}

const KindTag *tags_type(const Tags *tags, Kind kind)
{
    for (const KindTag *row = tags->kinds; row->tag != NULL; row++) {
        if (row->kind == kind)
            return row;
    }
    return NULL;
}
