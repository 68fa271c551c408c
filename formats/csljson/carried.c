/* SPDX-License-Identifier: MIT
 * Reading back what carry.h wrote to custom. */
#include "formats/csljson/carry.h"
#include "convert/text/markup.h"
#include "formats/csljson/read.h"

#include <string.h>

static json_t *member(const json_t *object, const char *name, json_type type)
{
    json_t *value = json_object_get(object, name);
    return value != NULL && json_typeof(value) == type ? value : NULL;
}

static Str word(const json_t *object, const char *name)
{
    json_t *value = member(object, name, JSON_STRING);
    return value != NULL ? json_str(value) : STR_EMPTY;
}

void carried_begin(Item *item)
{
    json_t *custom = member(item->tree, "custom", JSON_OBJECT);
    const char *math = csljson_option(item->r->opt, "math");
    item->math = math != NULL && strcmp(math, "tex") == 0;
    item->carried = member(custom, CARRY_OBJECT, JSON_OBJECT);
    item->rec->origin = word(item->carried, CARRY_FORMAT);
    item->rec->type = word(item->carried, CARRY_TYPE);
}

/* Words of another format than ours are in the record. */
static bool is_foreign(const Item *item)
{
    return item->rec->origin.size > 0;
}

Str carried_tag(const Item *item, FieldId id)
{
    json_t *tags = member(item->carried, CARRY_TAGS, JSON_OBJECT);
    Str tag = tags != NULL ? word(tags, field_name(id)) : STR_EMPTY;
    return tag.size > 0 || is_foreign(item) ? tag : item->tag;
}

Date carried_date(const Item *item, FieldId id, Date date)
{
    Date exact;
    json_t *dates = member(item->carried, CARRY_DATES, JSON_OBJECT);
    Str edtf = dates != NULL ? word(dates, field_name(id)) : STR_EMPTY;
    if (edtf.size == 0 || !date_parse(edtf, &exact))
        return date;
    Date seen = carry_plain_date(&exact);
    return date_equal(&seen, &date) ? exact : date; /* else somebody changed it */
}

Text carried_text(const Item *item, FieldId id, Str s)
{
    Arena *arena = &item->rec->arena;
    Text text = markup_read(arena, s);
    json_t *math = member(item->carried, CARRY_MATH, JSON_ARRAY);
    bool tex = item->math;
    for (size_t i = 0; i < json_array_size(math) && !tex; i++) {
        json_t *name = json_array_get(math, i);
        tex = json_is_string(name) && str_equal(json_str(name), str_from(field_name(id)));
    }
    return tex ? text_find_math(arena, text) : text;
}

bool carried_plain_note(const Item *item)
{
    return json_is_true(json_object_get(item->carried, CARRY_NOTE));
}

json_t *carried_keywords(const Item *item, Str joined)
{
    json_t *keywords = member(item->carried, CARRY_KEYWORDS, JSON_ARRAY);
    for (size_t i = 0; i < json_array_size(keywords); i++) {
        json_t *one = json_array_get(keywords, i);
        Str between = i > 0 ? STR("; ") : STR_EMPTY;
        if (!json_is_string(one) || !str_starts(joined, between))
            return NULL;
        joined = str_after(joined, between.size);
        if (!str_starts(joined, json_str(one)))
            return NULL;
        joined = str_after(joined, json_string_length(one));
    }
    return joined.size == 0 || str_equal(joined, STR(";")) ? keywords : NULL;
}

/* "author-list-cut", "author-homonyms": the field they are about, or NULL. */
static Field *about_names(Item *item, Str key, Str ending)
{
    Str name = str_slice(key, 0, key.size - ending.size);
    for (size_t i = 0; i < item->rec->count; i++) {
        Field *field = &item->rec->fields[i];
        if (field->form == FORM_NAMES && str_equal(name, str_from(field_name(field->id))))
            return field;
    }
    return NULL;
}

static bool read_cut(Item *item, Str key, const json_t *value)
{
    if (!str_ends(key, STR(CARRY_CUT)) || !json_is_string(value))
        return false;
    Field *field = about_names(item, key, STR(CARRY_CUT));
    Str cut = json_str(value);
    if (field == NULL)
        return false;
    if (str_equal(cut, STR("certain")))
        field->names.cut = CUT_CERTAIN;
    else if (str_equal(cut, STR("possible")))
        field->names.cut = CUT_POSSIBLE;
    else
        return false;
    return true;
}

static size_t number_of(Str s)
{
    size_t number = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]) || i > 8)
            return 0;
        number = number * 10 + (size_t)(s.data[i] - '0');
    }
    return number;
}

static bool read_homonyms(Item *item, Str key, json_t *value)
{
    if (!str_ends(key, STR(CARRY_HOMONYMS)) || !json_is_object(value))
        return false;
    Field *field = about_names(item, key, STR(CARRY_HOMONYMS));
    if (field == NULL)
        return false;
    Names *names = &field->names;
    Name *items = arena_alloc(&item->rec->arena, names->count * sizeof *items);
    memcpy(items, names->items, names->count * sizeof *items);
    for (void *step = json_object_iter(value); step != NULL;
         step = json_object_iter_next(value, step)) {
        Str index = {json_object_iter_key(step), json_object_iter_key_len(step)};
        size_t number = number_of(index);
        json_t *homonym = json_object_iter_value(step);
        if (number == 0 || number > names->count || !json_is_string(homonym))
            return false;
        items[number - 1].homonym = json_str(homonym);
    }
    names->items = items;
    return true;
}

static void read_parts(Item *item)
{
    json_t *parts = member(item->carried, CARRY_PARTS, JSON_OBJECT);
    for (void *step = parts != NULL ? json_object_iter(parts) : NULL; step != NULL;
         step = json_object_iter_next(parts, step)) {
        Str tag = {json_object_iter_key(step), json_object_iter_key_len(step)};
        json_t *text = json_object_iter_value(step);
        if (json_is_string(text))
            record_add_other(item->rec, tag, item->place,
                             markup_read(&item->rec->arena, json_str(text)))
                ->shadow = true;
    }
}

/* Second values. */
static void read_also(Item *item)
{
    json_t *also = member(item->carried, CARRY_ALSO, JSON_ARRAY);
    for (size_t i = 0; i < json_array_size(also); i++) {
        json_t *one = json_array_get(also, i);
        json_t *value = json_object_get(one, CARRY_VALUE);
        Str tag = word(one, CARRY_TAG);
        FieldId id = field_by_name(word(one, CARRY_VARIABLE));
        size_t before = item->rec->count;
        if (id != FIELD_OTHER) {
            item_add_value(item, id, value);
            if (item->rec->count > before)
                item->rec->fields[before].tag = tag;
        } else if (json_is_string(value)) {
            record_add_other(item->rec, tag, item->place,
                             markup_read(&item->rec->arena, json_str(value)))
                ->shadow = json_is_yes(json_object_get(one, CARRY_SHADOW));
        }
    }
}

/* One member of custom; false where it is the user's own. */
static bool read_member(Item *item, Str key, json_t *value)
{
    if (str_equal(key, STR(CARRY_OBJECT)) && json_is_object(value))
        return true;
    if (read_cut(item, key, value) || read_homonyms(item, key, value))
        return true;
    if (!is_foreign(item) || !json_is_string(value))
        return false;
    record_add_other(item->rec, key, item->place,
                     markup_read(&item->rec->arena, json_str(value)));
    return true;
}

/* Lists of names come first: custom is read last, wherever it stands. */
void carried_end(Item *item, json_t *custom)
{
    json_t *own = NULL;
    if (!json_is_object(custom)) {
        item_add_other(item, item->tag, custom, item->raw);
        return;
    }
    for (void *step = json_object_iter(custom); step != NULL;
         step = json_object_iter_next(custom, step)) {
        Str key = {json_object_iter_key(step), json_object_iter_key_len(step)};
        json_t *value = json_object_iter_value(step);
        if (read_member(item, key, value))
            continue;
        if (own == NULL)
            own = json_object();
        json_object_setn_nocheck(own, key.data, key.size, value);
    }
    read_parts(item);
    read_also(item);
    if (own != NULL)
        record_add_other(item->rec, STR("custom"), item->place,
                         text_plain(json_text(&item->rec->arena, own)));
    json_decref(own);
}
