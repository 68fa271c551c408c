/* SPDX-License-Identifier: MIT
 * An item's properties become fields; see read.h and csljson.h. */
#include "formats/csljson/read.h"

#include <stdlib.h>

bool json_is_nothing(const json_t *value)
{
    return value == NULL || json_is_null(value) ||
           (json_is_string(value) && json_string_length(value) == 0) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_object(value) && json_object_size(value) == 0);
}

bool json_is_yes(const json_t *value)
{
    if (json_is_string(value)) {
        Str s = json_str(value);
        return s.size > 0 && !str_equal(s, STR("0")) &&
               !str_equal_nocase(s, STR("false")) && !str_equal_nocase(s, STR("no"));
    }
    return json_is_true(value) ||
           (json_is_number(value) && json_number_value(value) != 0);
}

static int add_bytes(const char *bytes, size_t size, void *out)
{
    buf_add(out, (Str){bytes, size});
    return 0;
}

Str json_text(Arena *arena, const json_t *value)
{
    Buf out = {0};
    json_dump_callback(value, add_bytes, &out, JSON_COMPACT | JSON_ENCODE_ANY);
    Str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

const char *item_property(const Item *item, FieldId id)
{
    return tags_row(item->r->tags, id, item->rec->kind)->tag;
}

bool item_has(const Item *item, FieldId id)
{
    return !json_is_nothing(json_object_get(item->tree, item_property(item, id)));
}

Field *item_add(Item *item, FieldId id)
{
    item->seen[id] = true;
    return record_add(item->rec, id, carried_tag(item, id), item->place);
}

static void add_text(Item *item, FieldId id, Str s)
{
    item_add(item, id)->text = carried_text(item, id, s);
}

void item_add_other(Item *item, Str tag, json_t *value, Str raw)
{
    Text text;
    if (json_is_string(value)) {
        Str s = json_str(value);
        /* What would read as another value keeps its quotes. */
        text = text_plain(extent_is_value(s) ? json_text(&item->rec->arena, value) : s);
    } else {
        buf_clear(item->scratch);
        extent_compact(item->scratch, raw);
        text = text_plain(arena_copy(&item->rec->arena, buf_str(item->scratch)));
    }
    record_add_other(item->rec, tag, item->place, text);
}

/* Text. */

/* Whether its values can be said in one, after another. */
static bool is_list(FieldId id)
{
    return id == FIELD_ISSN || id == FIELD_ISBN;
}

/* The rest of an array, whose first value stands in the variable. */
static void add_rest(Item *item, json_t *array)
{
    json_t *rest = json_copy(array);
    json_array_remove(rest, 0);
    Str text = json_text(&item->rec->arena, rest);
    json_decref(rest);
    record_add_other(item->rec, item->tag, item->place, text_plain(text));
}

/* Crossref's way: "title": ["..."]. */
static bool read_array(Item *item, FieldId id, json_t *array)
{
    size_t count = json_array_size(array);
    for (size_t i = 0; i < count; i++) {
        if (!json_is_string(json_array_get(array, i)))
            return false;
    }
    if (!is_list(id)) {
        Str first = json_str(json_array_get(array, 0));
        if (first.size > 0)
            add_text(item, id, first);
        if (count > 1)
            add_rest(item, array);
        return true;
    }
    buf_clear(item->scratch);
    for (size_t i = 0; i < count; i++) {
        buf_add(item->scratch, i > 0 ? STR(", ") : STR_EMPTY);
        buf_add(item->scratch, json_str(json_array_get(array, i)));
    }
    add_text(item, id, arena_copy(&item->rec->arena, buf_str(item->scratch)));
    return true;
}

static bool read_text(Item *item, FieldId id, json_t *value)
{
    if (json_is_array(value))
        return read_array(item, id, value);
    if (json_is_object(value))
        return false;
    Str s = json_is_string(value) ? json_str(value) : item->raw;
    if (id == FIELD_NOTE && !carried_plain_note(item))
        note_read(item, s);
    else
        add_text(item, id, s);
    return true;
}

/* Keywords. */

static void add_keywords(Item *item, Str list)
{
    char separator = str_find_byte(list, ';') < list.size ? ';' : ',';
    Str keyword;
    while (str_split(&list, separator, &keyword)) {
        keyword = str_trim(keyword);
        if (keyword.size > 0)
            add_text(item, FIELD_KEYWORD, keyword);
    }
}

static bool read_keywords(Item *item, json_t *value)
{
    json_t *exact =
        json_is_string(value) ? carried_keywords(item, json_str(value)) : NULL;
    if (exact != NULL) {
        value = exact;
    } else if (!json_is_array(value)) {
        if (json_is_object(value))
            return false;
        add_keywords(item, json_is_string(value) ? json_str(value) : item->raw);
        return true;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!json_is_string(json_array_get(value, i)))
            return false;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        Str keyword = str_trim(json_str(json_array_get(value, i)));
        if (keyword.size > 0)
            add_text(item, FIELD_KEYWORD, keyword);
    }
    return true;
}

/* Properties. */

static bool read_variable(Item *item, FieldId id, json_t *value)
{
    if (id == FIELD_KEYWORD)
        return read_keywords(item, value);
    if (field_form(id) == FORM_NAMES)
        return people_read(item, id, value);
    if (field_form(id) == FORM_DATE)
        return dates_read(item, id, value);
    return read_text(item, id, value);
}

void item_add_value(Item *item, FieldId id, json_t *value)
{
    if (json_is_string(value) && field_form(id) == FORM_TEXT)
        add_text(item, id, json_str(value));
    else if (!json_is_nothing(value))
        read_variable(item, id, value);
}

/* Whether a property, another word for a variable, has to stand back; *same where it says
 * nothing new. */
static bool stands_back(const Item *item, const FieldTag *row, json_t *value, bool *same)
{
    const char *own = item_property(item, row->field);
    *same = false;
    if (str_equal(item->tag, str_from(own)) || row->field == FIELD_KEYWORD)
        return false;
    if (!item_has(item, row->field))
        return item->seen[row->field];
    *same = row->how != HOW_SPARE && json_equal(json_object_get(item->tree, own), value);
    return true;
}

static void read_key(Item *item, json_t *value)
{
    json_t *key = json_object_get(item->tree, "citation-key");
    bool is_key = json_is_string(key) && json_string_length(key) > 0;
    if (json_is_string(value) && (!is_key || json_equal(key, value)))
        item->rec->key = json_str(value);
    else if (json_is_number(value) && !is_key)
        item->rec->key = item->raw;
    if (json_is_string(value) && item->rec->key.data == json_string_value(value))
        return;
    item_add_other(item, item->tag, value, item->raw);
    item->rec->fields[item->rec->count - 1].shadow = json_is_number(value);
}

static bool read_special(Item *item, json_t *value)
{
    if (str_equal(item->tag, STR("id"))) {
        read_key(item, value);
    } else if (str_equal(item->tag, STR("citation-key")) && json_is_string(value)) {
        item->rec->key = json_str(value);
    } else if (str_equal(item->tag, STR("custom"))) {
        item->custom_place = item->place;
        item->custom_raw = item->raw;
    } else {
        return str_equal(item->tag, STR("type")) && json_is_string(value);
    }
    return true;
}

static void read_property(Item *item, json_t *value)
{
    bool same;
    if (json_is_nothing(value) || read_special(item, value))
        return;
    const FieldTag *row = tags_field(item->r->tags, item->tag, item->rec->kind);
    bool known = row != NULL && row->field != FIELD_OTHER;
    if (known && stands_back(item, row, value, &same)) {
        if (same)
            return;
        known = false;
    }
    if (!known || !read_variable(item, row->field, value))
        item_add_other(item, item->tag, value, item->raw);
}

static void read_type(Item *item, Place place)
{
    json_t *type = json_object_get(item->tree, "type");
    bool carried = item->rec->type.size > 0;
    Str word = json_is_string(type) ? json_str(type) : STR_EMPTY;
    const KindTag *row = word.size > 0 ? tags_kind(item->r->tags, word) : NULL;
    if (!carried && item->rec->origin.size == 0)
        item->rec->type = word;
    if (row != NULL)
        item->rec->kind = row->kind;
    else if (word.size > 0)
        diag_report(item->r->diag, LEVEL_NOTE, "unknown-type", place,
                    "CSL has no type '%.*s'; taken as document", STR_ARG(word));
    if (type != NULL && !json_is_string(type) && !json_is_null(type))
        diag_report(item->r->diag, LEVEL_NOTE, "unknown-type", place,
                    "type is no string; taken as document");
}

/* Which property of the scan each of the tree is: an index for each in the tree's order.
 * They differ where a property comes twice; the last one is in the tree. */

static Str key_of(const Item *item, const Property *property)
{
    return str_slice(item->bytes, property->key, property->key_end);
}

/* A key as the tree has it; new. */
static json_t *key_value(Str raw)
{
    if (str_find_byte(raw, '\\') == raw.size)
        return json_stringn_nocheck(raw.data, raw.size);
    return json_loadb(raw.data - 1, raw.size + 2, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

/* From each key to the number of its last property. */
static json_t *last_ones(const Item *item)
{
    json_t *last = json_object();
    for (size_t i = 0; i < item->ext->count; i++) {
        json_t *key = key_value(key_of(item, &item->ext->properties[i]));
        if (key != NULL)
            json_object_setn_new_nocheck(last, json_string_value(key),
                                         json_string_length(key),
                                         json_integer((json_int_t)i));
        json_decref(key);
    }
    return last;
}

typedef struct Places {
    Place (*of)(void *context, size_t offset);
    void *context;
} Places;

static Place place_of(const Places *places, const Property *property)
{
    return places->of(places->context, property->key - 1);
}

static void report_doubles(const Item *item, json_t *last, const Places *places)
{
    for (size_t i = 0; i < item->ext->count; i++) {
        const Property *property = &item->ext->properties[i];
        json_t *key = key_value(key_of(item, property));
        if (key == NULL)
            continue;
        json_t *number =
            json_object_getn(last, json_string_value(key), json_string_length(key));
        if (json_integer_value(number) != (json_int_t)i)
            diag_report(item->r->diag, LEVEL_WARNING, "duplicate-field",
                        place_of(places, property),
                        "%.*s comes again below; left out here", STR_ARG(json_str(key)));
        json_decref(key);
    }
}

static void read_properties(Item *item, json_t *last, const Places *places)
{
    size_t i = 0;
    for (void *step = json_object_iter(item->tree); step != NULL;
         step = json_object_iter_next(item->tree, step)) {
        item->tag = (Str){json_object_iter_key(step), json_object_iter_key_len(step)};
        if (last != NULL)
            i = (size_t)json_integer_value(
                json_object_getn(last, item->tag.data, item->tag.size));
        const Property *property = &item->ext->properties[i++];
        item->raw = str_slice(item->bytes, property->value, property->end);
        item->place = place_of(places, property);
        read_property(item, json_object_iter_value(step));
    }
}

/* Last, wherever it stands: it speaks of the others. */
static void read_custom(Item *item)
{
    json_t *custom = json_object_get(item->tree, "custom");
    if (json_is_nothing(custom))
        return;
    item->tag = STR("custom");
    item->raw = item->custom_raw;
    item->place = item->custom_place;
    carried_end(item, custom);
}

void property_read(Item *item, Place (*of)(void *context, size_t offset), void *context)
{
    Places places = {of, context};
    json_t *last = NULL;
    if (json_object_size(item->tree) != item->ext->count) {
        last = last_ones(item);
        report_doubles(item, last, &places);
    }
    carried_begin(item);
    read_type(item, item->rec->place);
    read_properties(item, last, &places);
    json_decref(last);
    read_custom(item);
}
