/* SPDX-License-Identifier: MIT
 * Reading back what carry.h wrote to custom. */
#include "convert/text/markup.h"
#include "formats/csljson/carry.h"
#include "formats/csljson/read.h"

#include <string.h>

static const Tree *member(const Tree *object, const char *name, TreeKind kind)
{
    const Tree *value = tree_get(object, name);
    return tree_is(value, kind) ? value : NULL;
}

static Str word(const Tree *object, const char *name)
{
    const Tree *value = member(object, name, TREE_STRING);
    return value != NULL ? tree_str(value) : STR_EMPTY;
}

void carried_begin(Item *item)
{
    const Tree *custom = member(item->tree, "custom", TREE_OBJECT);
    const char *math = csljson_option(item->r->opt, "math");
    item->math = math != NULL && strcmp(math, "tex") == 0;
    item->carried = member(custom, CARRY_OBJECT, TREE_OBJECT);
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
    const Tree *tags = member(item->carried, CARRY_TAGS, TREE_OBJECT);
    Str tag = tags != NULL ? word(tags, field_name(id)) : STR_EMPTY;
    return tag.size > 0 || is_foreign(item) ? tag : item->tag;
}

Date carried_date(const Item *item, FieldId id, Date date)
{
    Date exact;
    const Tree *dates = member(item->carried, CARRY_DATES, TREE_OBJECT);
    Str edtf = dates != NULL ? word(dates, field_name(id)) : STR_EMPTY;
    if (edtf.size == 0 || !date_parse(edtf, &exact))
        return date;
    Date seen = carry_plain_date(&exact);
    return date_equal(&seen, &date) ? exact : date; /* else somebody changed it */
}

static Text csl_text(const Item *item, const Tree *string)
{
    return markup_read(&item->rec->arena, text_plain(tree_str(string)), MARKUP_CSL);
}

/* Crossref and the publishers send JATS and HTML, references twice encoded among it,
 * where CSL knows a few tags.  What the own writer made is exact. */
static Text mended(const Item *item, Text exact, Str s, unsigned how)
{
    if (!item->r->opt->repair || item->carried != NULL ||
        (memchr(s.data, '<', s.size) == NULL && memchr(s.data, '&', s.size) == NULL))
        return exact;
    Text text = markup_read(&item->rec->arena, text_plain(s),
                            how | MARKUP_REFERENCES | MARKUP_REPEATED);
    if (!str_equal(text.text, exact.text) || text.run_count != exact.run_count)
        diag_report(item->r->diag, LEVEL_DETAIL, "repaired", item->place,
                    "%.*s holds HTML; read as what it says", STR_ARG(item->tag));
    return text;
}

Str carried_name(const Item *item, Str part)
{
    return mended(item, text_plain(part), part, MARKUP_CSL).text;
}

Text carried_text(const Item *item, FieldId id, Str s)
{
    Arena *arena = &item->rec->arena;
    bool prose = id == FIELD_ABSTRACT || id == FIELD_ANNOTE || id == FIELD_NOTE;
    Text text = mended(item, markup_read(arena, text_plain(s), MARKUP_CSL), s,
                       MARKUP_HTML | MARKUP_ESCAPED | (prose ? 0 : MARKUP_ONE_LINE));
    const Tree *math = member(item->carried, CARRY_MATH, TREE_ARRAY);
    bool tex = item->math;
    for (const Tree *name = tree_items(math); name != NULL && !tex; name = name->next)
        tex = tree_is_string(name) && str_equal(tree_str(name), str_from(field_name(id)));
    return tex ? text_find_math(arena, text) : text;
}

bool carried_plain_note(const Item *item)
{
    return tree_is(tree_get(item->carried, CARRY_NOTE), TREE_TRUE);
}

const Tree *carried_keywords(const Item *item, Str joined)
{
    const Tree *keywords = member(item->carried, CARRY_KEYWORDS, TREE_ARRAY);
    for (const Tree *one = tree_items(keywords); one != NULL; one = one->next) {
        Str between = one != tree_items(keywords) ? STR("; ") : STR_EMPTY;
        if (!tree_is_string(one) || !str_starts(joined, between))
            return NULL;
        joined = str_after(joined, between.size);
        if (!str_starts(joined, tree_str(one)))
            return NULL;
        joined = str_after(joined, tree_str(one).size);
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

static bool read_cut(Item *item, Str key, const Tree *value)
{
    if (!str_ends(key, STR(CARRY_CUT)) || !tree_is_string(value))
        return false;
    Field *field = about_names(item, key, STR(CARRY_CUT));
    Str cut = tree_str(value);
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

static bool read_homonyms(Item *item, Str key, const Tree *value)
{
    if (!str_ends(key, STR(CARRY_HOMONYMS)) || !tree_is_object(value))
        return false;
    Field *field = about_names(item, key, STR(CARRY_HOMONYMS));
    if (field == NULL)
        return false;
    Names *names = &field->names;
    Name *items = arena_alloc(&item->rec->arena, names->count * sizeof *items);
    memcpy(items, names->items, names->count * sizeof *items);
    for (const Tree *step = tree_members(value); step != NULL; step = step->next) {
        size_t number = number_of(step->key);
        if (number == 0 || number > names->count || !tree_is_string(step))
            return false;
        items[number - 1].homonym = tree_str(step);
    }
    names->items = items;
    return true;
}

static void read_parts(Item *item)
{
    const Tree *parts = member(item->carried, CARRY_PARTS, TREE_OBJECT);
    for (const Tree *text = tree_members(parts); text != NULL; text = text->next) {
        if (tree_is_string(text))
            record_add_other(item->rec, text->key, item->place, csl_text(item, text))
                ->shadow = true;
    }
}

/* Second values. */
static void read_also(Item *item)
{
    const Tree *also = member(item->carried, CARRY_ALSO, TREE_ARRAY);
    for (const Tree *one = tree_items(also); one != NULL; one = one->next) {
        const Tree *value = tree_get(one, CARRY_VALUE);
        Str tag = word(one, CARRY_TAG);
        FieldId id = field_by_name(word(one, CARRY_VARIABLE));
        size_t before = item->rec->count;
        if (id != FIELD_OTHER) {
            item_add_value(item, id, value);
            if (item->rec->count > before)
                item->rec->fields[before].tag = tag;
        } else if (tree_is_string(value)) {
            record_add_other(item->rec, tag, item->place, csl_text(item, value))->shadow =
                tree_is_yes(tree_get(one, CARRY_SHADOW));
        }
    }
}

/* One member of custom; false where it is the user's own. */
static bool read_member(Item *item, Str key, const Tree *value)
{
    if (str_equal(key, STR(CARRY_OBJECT)) && tree_is_object(value))
        return true;
    if (read_cut(item, key, value) || read_homonyms(item, key, value))
        return true;
    if (!is_foreign(item) || !tree_is_string(value))
        return false;
    record_add_other(item->rec, key, item->place, csl_text(item, value));
    return true;
}

/* Lists of names come first: custom is read last, wherever it stands. */
void carried_end(Item *item, const Tree *custom)
{
    Tree *own = NULL;
    if (!tree_is_object(custom)) {
        item_add_other(item, item->tag, custom, item->raw);
        return;
    }
    for (const Tree *step = tree_members(custom); step != NULL; step = step->next) {
        if (!read_member(item, step->key, step))
            tree_put(item->soil.values, &own, step->key, step);
    }
    read_parts(item);
    read_also(item);
    if (own != NULL)
        record_add_other(item->rec, STR("custom"), item->place,
                         text_plain(tree_text(&item->soil, own)));
}
