/* SPDX-License-Identifier: MIT
 * An item's properties become fields; see read.h and csljson.h. */
#include "formats/csljson/read.h"

#include <stdlib.h>

const char *item_property(const Item *item, FieldId id)
{
    return tags_row(item->r->tags, id, item->rec->kind)->tag;
}

bool item_has(const Item *item, FieldId id)
{
    return !tree_is_nothing(tree_get(item->tree, item_property(item, id)));
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

void item_add_other(Item *item, Str tag, const Tree *value, Str raw)
{
    Text text;
    if (tree_is_string(value)) {
        Str s = tree_str(value);
        /* What would read as another value keeps its quotes. */
        text = text_plain(extent_is_value(s) ? tree_text(&item->soil, value) : s);
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
static void add_rest(Item *item, const Tree *array)
{
    Tree rest = *array;
    rest.first = rest.first->next;
    rest.count--;
    Str text = tree_text(&item->soil, &rest);
    record_add_other(item->rec, item->tag, item->place, text_plain(text));
}

static bool all_strings(const Tree *array)
{
    const Tree *one = tree_items(array);
    while (tree_is_string(one))
        one = one->next;
    return one == NULL;
}

/* Crossref's way: "title": ["..."]. */
static bool read_array(Item *item, FieldId id, const Tree *array)
{
    if (!all_strings(array))
        return false;
    if (id == FIELD_CONTAINER_TITLE && crossref_containers(item, array))
        return true;
    if (!is_list(id)) {
        Str first = tree_str(tree_items(array));
        if (first.size > 0)
            add_text(item, id, first);
        if (tree_count(array) > 1)
            add_rest(item, array);
        return true;
    }
    buf_clear(item->scratch);
    for (const Tree *one = tree_items(array); one != NULL; one = one->next) {
        buf_add(item->scratch, one != tree_items(array) ? STR(", ") : STR_EMPTY);
        buf_add(item->scratch, tree_str(one));
    }
    add_text(item, id, arena_copy(&item->rec->arena, buf_str(item->scratch)));
    return true;
}

static bool read_text(Item *item, FieldId id, const Tree *value)
{
    if (tree_is_array(value))
        return read_array(item, id, value);
    if (tree_is_object(value))
        return false;
    Str s = tree_is_string(value) ? tree_str(value) : item->raw;
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

static bool read_keywords(Item *item, const Tree *value)
{
    const Tree *exact =
        tree_is_string(value) ? carried_keywords(item, tree_str(value)) : NULL;
    if (exact != NULL) {
        value = exact;
    } else if (!tree_is_array(value)) {
        if (tree_is_object(value))
            return false;
        add_keywords(item, tree_is_string(value) ? tree_str(value) : item->raw);
        return true;
    }
    if (!all_strings(value))
        return false;
    for (const Tree *one = tree_items(value); one != NULL; one = one->next) {
        Str keyword = str_trim(tree_str(one));
        if (keyword.size > 0)
            add_text(item, FIELD_KEYWORD, keyword);
    }
    return true;
}

/* Properties. */

static bool read_variable(Item *item, FieldId id, const Tree *value)
{
    if (id == FIELD_KEYWORD)
        return read_keywords(item, value);
    if (field_form(id) == FORM_NAMES)
        return people_read(item, id, value);
    if (field_form(id) == FORM_DATE)
        return dates_read(item, id, value);
    return read_text(item, id, value);
}

void item_add_value(Item *item, FieldId id, const Tree *value)
{
    if (tree_is_string(value) && field_form(id) == FORM_TEXT)
        add_text(item, id, tree_str(value));
    else if (!tree_is_nothing(value))
        read_variable(item, id, value);
}

/* Whether a property, another word for a variable, has to stand back; *same where it says
 * nothing new. */
static bool stands_back(const Item *item, const FieldTag *row, const Tree *value,
                        bool *same)
{
    const char *own = item_property(item, row->field);
    *same = false;
    if (str_equal(item->tag, str_from(own)) || row->field == FIELD_KEYWORD)
        return false;
    if (!item_has(item, row->field))
        return item->seen[row->field];
    *same = row->how != HOW_SPARE &&
            tree_equal(&item->soil, tree_get(item->tree, own), value);
    return true;
}

static void read_key(Item *item, const Tree *value)
{
    const Tree *key = tree_get(item->tree, "citation-key");
    bool is_key = tree_is_string(key) && tree_str(key).size > 0;
    if (tree_is_string(value) && (!is_key || tree_equal(&item->soil, key, value)))
        item->rec->key = tree_str(value);
    else if (tree_is_number(value) && !is_key)
        item->rec->key = item->raw;
    if (tree_is_string(value) && item->rec->key.data == tree_str(value).data)
        return;
    item_add_other(item, item->tag, value, item->raw);
    item->rec->fields[item->rec->count - 1].shadow = tree_is_number(value);
}

static bool read_special(Item *item, const Tree *value)
{
    if (str_equal(item->tag, STR("id"))) {
        read_key(item, value);
    } else if (str_equal(item->tag, STR("citation-key")) && tree_is_string(value)) {
        item->rec->key = tree_str(value);
    } else if (str_equal(item->tag, STR("custom"))) {
        item->custom_place = item->place;
        item->custom_raw = item->raw;
    } else {
        return str_equal(item->tag, STR("type")) && tree_is_string(value);
    }
    return true;
}

static void read_property(Item *item, const Tree *value)
{
    bool same;
    if (tree_is_nothing(value) || read_special(item, value))
        return;
    const FieldTag *row = tags_field(item->r->tags, item->tag, item->rec->kind);
    bool known = row != NULL && row->field != FIELD_OTHER;
    if (known && stands_back(item, row, value, &same)) {
        if (same)
            return;
        known = false;
    }
    if ((!known || !read_variable(item, row->field, value)) &&
        !crossref_read(item, value))
        item_add_other(item, item->tag, value, item->raw);
}

static void read_type(Item *item, Place place)
{
    const Tree *type = tree_get(item->tree, "type");
    bool carried = item->rec->type.size > 0;
    Str word = tree_is_string(type) ? tree_str(type) : STR_EMPTY;
    const KindTag *row = word.size > 0 ? tags_kind(item->r->tags, word) : NULL;
    if (!carried && item->rec->origin.size == 0)
        item->rec->type = word;
    if (row != NULL)
        item->rec->kind = row->kind;
    else if (word.size > 0)
        diag_report(item->r->diag, LEVEL_NOTE, "unknown-type", place,
                    "CSL has no type '%.*s'; taken as document", STR_ARG(word));
    if (type != NULL && !tree_is_string(type) && !tree_is(type, TREE_NULL))
        diag_report(item->r->diag, LEVEL_NOTE, "unknown-type", place,
                    "type is no string; taken as document");
}

/* Which property of the scan each of the tree is: an index for each in the tree's order.
 * They differ where a property comes twice; the last one is in the tree. */

/* A property's key as the tree has it; false where it is none. */
static bool key_of(const Item *item, const Property *property, Str *key)
{
    *key = str_slice(item->bytes, property->key, property->key_end);
    if (str_find_byte(*key, '\\') == key->size)
        return true;
    const Tree *string = load_token(&item->soil, (Str){key->data - 1, key->size + 2});
    *key = tree_str(string);
    return string != NULL;
}

/* From each key to the number of its last property. */
static const Tree *last_ones(const Item *item)
{
    Arena *values = item->soil.values;
    Tree *last = tree_new(values, TREE_OBJECT);
    for (size_t i = 0; i < item->ext->count; i++) {
        Str key;
        if (!key_of(item, &item->ext->properties[i], &key))
            continue;
        Tree *number = tree_new(values, TREE_WHOLE);
        number->key = key;
        number->whole = (long long)i;
        tree_add(last, number);
    }
    tree_close(values, last);
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

static void report_doubles(const Item *item, const Tree *last, const Places *places)
{
    for (size_t i = 0; i < item->ext->count; i++) {
        const Property *property = &item->ext->properties[i];
        Str key;
        if (key_of(item, property, &key) && tree_find(last, key)->whole != (long long)i)
            diag_report(item->r->diag, LEVEL_WARNING, "duplicate-field",
                        place_of(places, property),
                        "%.*s comes again below; left out here", STR_ARG(key));
    }
}

static void read_properties(Item *item, const Tree *last, const Places *places)
{
    size_t i = 0;
    for (const Tree *step = tree_members(item->tree); step != NULL; step = step->next) {
        item->tag = step->key;
        if (last != NULL)
            i = (size_t)tree_find(last, item->tag)->whole;
        const Property *property = &item->ext->properties[i++];
        item->raw = str_slice(item->bytes, property->value, property->end);
        item->place = place_of(places, property);
        read_property(item, step);
    }
}

/* Last, wherever it stands: it speaks of the others. */
static void read_custom(Item *item)
{
    const Tree *custom = tree_get(item->tree, "custom");
    if (tree_is_nothing(custom))
        return;
    item->tag = STR("custom");
    item->raw = item->custom_raw;
    item->place = item->custom_place;
    carried_end(item, custom);
}

void property_read(Item *item, Place (*of)(void *context, size_t offset), void *context)
{
    Places places = {of, context};
    const Tree *last = NULL;
    if (item->tree->count != item->ext->count) {
        last = last_ones(item);
        report_doubles(item, last, &places);
    }
    carried_begin(item);
    read_type(item, item->rec->place);
    read_properties(item, last, &places);
    if (item->subtitle.size > 0)
        crossref_end(item);
    read_custom(item);
}
