/* SPDX-License-Identifier: MIT
 * What the API of Crossref says in objects and arrays where CSL has plain variables: the
 * event of a paper, who awarded a degree or issued a report, the subtitle.
 *
 * What of it has no variable stays as the property that it is. */
#include "formats/csljson/read.h"

#include <string.h>

/* Whether a variable is still free. */
static bool is_free(const Item *item, FieldId id)
{
    return !item->seen[id] && !item_has(item, id);
}

/* Adds a member that is a text; false where it is there and finds no place. */
static bool take_text(Item *item, FieldId id, const Tree *text)
{
    if (tree_is_array(text) && tree_count(text) == 1)
        text = tree_items(text);
    if (tree_is_nothing(text))
        return true;
    if (!tree_is_string(text) || !is_free(item, id))
        return false;
    item_add_value(item, id, text);
    return true;
}

/* The parts of a date that is no range; NULL where it is none. */
static Tree *parts_of(const Item *item, const Tree *date)
{
    const Tree *parts = tree_get(date, "date-parts"), *from = tree_items(parts);
    if (tree_count(parts) != 1 || !tree_is_array(from))
        return NULL;
    Tree *copy = tree_new(item->soil.values, TREE_ARRAY);
    *copy = *from;
    copy->next = NULL;
    return copy;
}

static bool take_dates(Item *item, const Tree *start, const Tree *end)
{
    Arena *values = item->soil.values;
    Tree *from = parts_of(item, start), *to = parts_of(item, end), *date = NULL;
    if (tree_is_nothing(start) && tree_is_nothing(end))
        return true;
    if (from == NULL || !is_free(item, FIELD_EVENT_DATE))
        return false;
    Tree *parts = tree_new(values, TREE_ARRAY);
    tree_add(parts, from);
    if (to != NULL)
        tree_add(parts, to);
    tree_put(values, &date, STR("date-parts"), parts);
    tree_close(values, date);
    return dates_read(item, FIELD_EVENT_DATE, date);
}

/* {"name": ..., "location": ..., "start": {...}, "end": {...}} */
static bool read_event(Item *item, const Tree *event)
{
    size_t known = 0, all = 0;
    static const char *const MEMBERS[] = {"name", "location", "start", "end"};
    if (!tree_is_object(event))
        return false;
    for (const Tree *member = tree_members(event); member != NULL; member = member->next)
        all++;
    for (size_t i = 0; i < sizeof MEMBERS / sizeof MEMBERS[0]; i++)
        known += tree_get(event, MEMBERS[i]) != NULL;
    bool name = take_text(item, FIELD_EVENT_TITLE, tree_get(event, "name")),
         place = take_text(item, FIELD_EVENT_PLACE, tree_get(event, "location")),
         dates = take_dates(item, tree_get(event, "start"), tree_get(event, "end"));
    return known == all && name && place && dates;
}

/* [{"name": ..., "place": [...]}] */
static bool read_institution(Item *item, const Tree *value)
{
    const Tree *one = tree_is_array(value) ? tree_items(value) : value;
    if (item->rec->kind != KIND_THESIS && item->rec->kind != KIND_REPORT &&
        item->rec->kind != KIND_ARTICLE)
        return false;
    bool name = take_text(item, FIELD_PUBLISHER, tree_get(one, "name"));
    bool place = take_text(item, FIELD_PUBLISHER_PLACE, tree_get(one, "place"));
    size_t members = 0;
    for (const Tree *member = tree_members(one); member != NULL; member = member->next)
        members++;
    size_t known =
        (tree_get(one, "name") != NULL) + (size_t)(tree_get(one, "place") != NULL);
    return name && place && members == known && tree_count(value) <= 1;
}

static bool read_subtitle(Item *item, const Tree *value)
{
    if (tree_is_array(value) && tree_count(value) == 1)
        value = tree_items(value);
    if (!tree_is_string(value) || !item_has(item, FIELD_TITLE))
        return false;
    item->subtitle = tree_str(value);
    return true;
}

bool crossref_read(Item *item, const Tree *value)
{
    if (str_equal(item->tag, STR("event")))
        return read_event(item, value);
    if (str_equal(item->tag, STR("institution")))
        return read_institution(item, value);
    if (str_equal(item->tag, STR("subtitle")))
        return read_subtitle(item, value);
    return false;
}

bool crossref_containers(Item *item, const Tree *array)
{
    const Tree *series = tree_items(array);
    if (tree_count(array) != 2 || !is_free(item, FIELD_COLLECTION_TITLE) ||
        (item->rec->kind != KIND_CHAPTER && item->rec->kind != KIND_PAPER_CONFERENCE))
        return false;
    item_add_value(item, FIELD_COLLECTION_TITLE, series);
    item_add_value(item, FIELD_CONTAINER_TITLE, series->next);
    return true;
}

void crossref_end(Item *item)
{
    const Tree *title = tree_get(item->tree, "title");
    Str text = tree_str(tree_is_array(title) ? tree_items(title) : title);
    if (item->subtitle.size == 0 || str_ends(text, item->subtitle))
        return; /* somebody put it there already */
    bool ended = text.size > 0 && strchr(".!?:;", text.data[text.size - 1]) != NULL;
    Str joined =
        arena_join(&item->rec->arena, text, ended ? STR(" ") : STR(": "), item->subtitle);
    for (size_t i = 0; i < item->rec->count; i++) {
        Field *field = &item->rec->fields[i];
        if (field->id != FIELD_TITLE)
            continue;
        field->text = carried_text(item, FIELD_TITLE, joined);
        return;
    }
}
