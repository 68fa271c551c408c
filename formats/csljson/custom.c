/* SPDX-License-Identifier: MIT
 * The object "custom": what CSL has no word for; see carry.h. */
#include "formats/csljson/carry.h"
#include "convert/text/extent.h"
#include "formats/csljson/write.h"

#include <stdlib.h>
#include <string.h>

/* An object that is opened by its first property. */
typedef struct Lazy {
    Emit *e;
    struct Lazy *outer; /* NULL: it stands in the item */
    Str name;
    bool open;
} Lazy;

static void lazy_key(Lazy *object, Str key)
{
    Lazy *chain[4];
    size_t depth = 0;
    for (Lazy *l = object; l != NULL && !l->open; l = l->outer)
        chain[depth++] = l;
    while (depth-- > 0) {
        emit_key(object->e, chain[depth]->name);
        emit_open(object->e, '{');
        chain[depth]->open = true;
    }
    emit_key(object->e, key);
}

static void lazy_close(Lazy *object)
{
    if (object->open)
        emit_close(object->e, '}');
}

/* What a list of names says that CSL's names cannot. */

static Str named(Out *out, const Field *field, const char *ending)
{
    return arena_join(out->scratch, str_from(field_name(field->id)), STR_EMPTY,
                      str_from(ending));
}

static void write_homonyms(Out *out, Lazy *custom, const Field *field)
{
    Lazy object = {.e = out->e, .outer = custom};
    for (size_t i = 0; i < field->names.count; i++) {
        Str homonym = field->names.items[i].homonym;
        if (homonym.size == 0)
            continue;
        if (!object.open)
            object.name = named(out, field, CARRY_HOMONYMS);
        lazy_key(&object, arena_format(out->scratch, "%zu", i + 1));
        emit_string(out->e, homonym);
    }
    lazy_close(&object);
}

static void write_about_names(Out *out, Lazy *custom)
{
    for (size_t i = 0; i < out->rec->count; i++) {
        const Field *field = &out->rec->fields[i];
        if (field->form != FORM_NAMES || !out->v->taken[i])
            continue;
        write_homonyms(out, custom, field);
        if (field->names.cut == CUT_NO)
            continue;
        lazy_key(custom, named(out, field, CARRY_CUT));
        emit_string(out->e,
                    field->names.cut == CUT_CERTAIN ? STR("certain") : STR("possible"));
    }
}

/* Fields of the origin that CSL has no word for.  Tags that come again stand under
 * "also". */

typedef struct Tagged {
    Str tag;
    size_t index;
} Tagged;

static int by_tag(const void *a, const void *b)
{
    const Tagged *x = a, *y = b;
    size_t least = x->tag.size < y->tag.size ? x->tag.size : y->tag.size;
    int order = memcmp(x->tag.data, y->tag.data, least);
    if (order != 0)
        return order;
    if (x->tag.size != y->tag.size)
        return x->tag.size < y->tag.size ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

/* A mark a field: the first of its tag. */
static bool *first_of_tag(const Out *out)
{
    size_t count = 0;
    bool *first = arena_alloc(out->scratch, out->rec->count);
    Tagged *all = arena_alloc(out->scratch, out->rec->count * sizeof *all);
    memset(first, 0, out->rec->count);
    for (size_t i = out->first[FIELD_OTHER]; i > 0; i = out->next[i - 1])
        all[count++] = (Tagged){out->rec->fields[i - 1].tag, i - 1};
    qsort(all, count, sizeof *all, by_tag);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_equal(all[i].tag, all[i - 1].tag))
            first[all[i].index] = true;
    }
    return first;
}

static bool is_reserved(Str tag)
{
    return str_equal(tag, STR(CARRY_OBJECT)) || str_ends(tag, STR(CARRY_CUT)) ||
           str_ends(tag, STR(CARRY_HOMONYMS));
}

/* Text, or a value as CSL-JSON had it. */
static void write_text(Out *out, const Field *field)
{
    if (!out->foreign && extent_is_value(field->text.text))
        emit_value(out->e, field->text.text);
    else
        emit_text(out->e, &field->text);
}

static void write_others(Out *out, Lazy *custom, const bool *first)
{
    for (size_t i = out->first[FIELD_OTHER]; i > 0; i = out->next[i - 1]) {
        const Field *field = &out->rec->fields[i - 1];
        if (out->v->taken[i - 1] || field->shadow || !first[i - 1] ||
            is_reserved(field->tag))
            continue;
        if (str_equal(field->tag, STR("custom")) && !out->foreign &&
            extent_is_value(field->text.text) && field->text.text.data[0] == '{')
            continue;
        view_take_at(out->v, i - 1);
        lazy_key(custom, field->tag);
        write_text(out, field);
    }
}

/* The user's own members of custom. */
static void write_own(Out *out, Lazy *custom)
{
    for (size_t i = out->foreign ? 0 : out->first[FIELD_OTHER]; i > 0;
         i = out->next[i - 1]) {
        const Field *field = &out->rec->fields[i - 1];
        Str text = field->text.text;
        if (out->v->taken[i - 1] || !str_equal(field->tag, STR("custom")) ||
            !extent_is_value(text) || text.data[0] != '{')
            continue;
        view_take_at(out->v, i - 1);
        if (!custom->open) {
            emit_key(out->e, custom->name);
            emit_open(out->e, '{');
            custom->open = true;
        }
        emit_members(out->e, text);
        return;
    }
}

/* The origin's words. */

/* Whether the record came straight from the format that is read: then what is its default
 * is known.  Otherwise its words were carried before. */
static bool is_fresh(const Out *out)
{
    return out->w->from != NULL &&
           str_equal(out->rec->origin, str_from(out->w->from->name));
}

static bool type_is_known(const Out *out)
{
    Str type = out->rec->type;
    if (type.size == 0)
        return true;
    if (!out->foreign)
        return tags_kind(out->w->tags, type) != NULL;
    if (!is_fresh(out))
        return false;
    const KindTag *row = tags_type(out->w->origin, out->rec->kind);
    return row != NULL && str_equal_nocase(type, str_from(row->tag));
}

static bool tag_is_default(const Out *out, const Field *field)
{
    if (field->tag.size == 0 || !out->foreign)
        return true;
    if (!is_fresh(out))
        return false;
    const FieldTag *row = tags_row(out->w->origin, field->id, out->rec->kind);
    return row != NULL && str_equal_nocase(field->tag, str_from(row->tag));
}

static void write_tags(Out *out, Lazy *carry)
{
    Lazy tags = {.e = out->e, .outer = carry, .name = STR(CARRY_TAGS)};
    for (int id = 0; id < FIELD_OTHER; id++) {
        size_t i = out->first[id];
        if (i == 0 || !out->v->taken[i - 1] ||
            tag_is_default(out, &out->rec->fields[i - 1]))
            continue;
        lazy_key(&tags, str_from(field_name((FieldId)id)));
        emit_string(out->e, out->rec->fields[i - 1].tag);
    }
    lazy_close(&tags);
}

static void write_parts(Out *out, Lazy *carry, const bool *first)
{
    Lazy parts = {.e = out->e, .outer = carry, .name = STR(CARRY_PARTS)};
    for (size_t i = out->first[FIELD_OTHER]; i > 0; i = out->next[i - 1]) {
        const Field *field = &out->rec->fields[i - 1];
        if (out->v->taken[i - 1] || !field->shadow || !first[i - 1])
            continue;
        view_take_at(out->v, i - 1);
        lazy_key(&parts, field->tag);
        emit_text(out->e, &field->text);
    }
    lazy_close(&parts);
}

static void write_dates(Out *out, Lazy *carry)
{
    Lazy dates = {.e = out->e, .outer = carry, .name = STR(CARRY_DATES)};
    for (int id = 0; id < FIELD_OTHER; id++) {
        size_t i = out->first[id];
        const Field *field = i > 0 ? &out->rec->fields[i - 1] : NULL;
        if (field == NULL || field->form != FORM_DATE || !out->v->taken[i - 1])
            continue;
        Date plain = carry_plain_date(&field->date);
        if (date_equal(&plain, &field->date))
            continue;
        lazy_key(&dates, str_from(field_name((FieldId)id)));
        emit_string(out->e, date_edtf(out->scratch, &field->date));
    }
    lazy_close(&dates);
}

static bool has_math(const Text *text)
{
    for (size_t i = 0; i < text->run_count; i++) {
        if (text->runs[i].mark == MARK_MATH)
            return true;
    }
    return false;
}

/* Variables whose dollars are TeX: in CSL-JSON they could be prices. */
static void write_math(Out *out, Lazy *carry)
{
    bool open = false;
    for (int id = 0; id < FIELD_OTHER; id++) {
        size_t i = out->first[id];
        if (i == 0 || !out->v->taken[i - 1] || !has_math(&out->rec->fields[i - 1].text))
            continue;
        if (!open) {
            lazy_key(carry, STR(CARRY_MATH));
            emit_open(out->e, '[');
            open = true;
        }
        emit_next(out->e);
        emit_string(out->e, str_from(field_name((FieldId)id)));
    }
    if (open)
        emit_close(out->e, ']');
}

/* A keyword may hold what separates keywords. */
static void write_keywords(Out *out, Lazy *carry)
{
    bool semicolons = false;
    for (size_t i = out->first[FIELD_KEYWORD]; i > 0; i = out->next[i - 1]) {
        Str keyword = out->rec->fields[i - 1].text.text;
        semicolons = semicolons || str_find_byte(keyword, ';') < keyword.size;
    }
    if (!semicolons)
        return;
    lazy_key(carry, STR(CARRY_KEYWORDS));
    emit_open(out->e, '[');
    for (size_t i = out->first[FIELD_KEYWORD]; i > 0; i = out->next[i - 1]) {
        emit_next(out->e);
        emit_string(out->e, out->rec->fields[i - 1].text.text);
    }
    emit_close(out->e, ']');
}

/* What is left: second values of variables, and of tags; and shadows. */
static void write_also(Out *out, Lazy *carry, bool shadows)
{
    bool open = false;
    for (size_t i = 0; i < out->rec->count; i++) {
        if (out->v->taken[i] || (out->rec->fields[i].shadow && !shadows))
            continue;
        const Field *field = view_take_at(out->v, i);
        if (!open) {
            lazy_key(carry, STR(CARRY_ALSO));
            emit_open(out->e, '[');
            open = true;
        }
        emit_next(out->e);
        emit_open(out->e, '{');
        if (field->id != FIELD_OTHER) {
            emit_key(out->e, STR(CARRY_VARIABLE));
            emit_string(out->e, str_from(field_name(field->id)));
        }
        if (field->tag.size > 0 && (field->id == FIELD_OTHER || out->foreign)) {
            emit_key(out->e, STR(CARRY_TAG));
            emit_string(out->e, field->tag);
        }
        if (field->shadow) {
            emit_key(out->e, STR(CARRY_SHADOW));
            emit_true(out->e);
        }
        emit_key(out->e, STR(CARRY_VALUE));
        if (field->id == FIELD_OTHER)
            emit_text(out->e, &field->text);
        else
            out_value(out, field, STR_EMPTY);
        emit_close(out->e, '}');
    }
    if (open)
        emit_close(out->e, ']');
}

static bool can_come_back(const Out *out)
{
    return !is_fresh(out) || out->w->from->writer != NULL;
}

/* A note of another format is prose, and so is what the reader left in one of ours:
 * without the lines that it took, others might look like variables. */
static bool note_is_plain(const Out *out)
{
    size_t i = out->first[FIELD_NOTE];
    return i > 0 && carry_note_speaks(out->w->tags, out->rec->fields[i - 1].text.text);
}

/* Whether there is a word of another format in the record that has to be carried. */
static bool has_words(const Out *out)
{
    if (!type_is_known(out) || out->first[FIELD_OTHER] > 0 || note_is_plain(out))
        return true;
    for (size_t i = 0; i < out->rec->count; i++) {
        const Field *field = &out->rec->fields[i];
        if (!out->v->taken[i] ||
            (out->first[field->id] == i + 1 && !tag_is_default(out, field)))
            return true;
    }
    return false;
}

static void write_carry(Out *out, Lazy *custom, const bool *first)
{
    Lazy carry = {.e = out->e, .outer = custom, .name = STR(CARRY_OBJECT)};
    if (out->foreign && has_words(out)) {
        lazy_key(&carry, STR(CARRY_FORMAT));
        emit_string(out->e, out->rec->origin);
    }
    if (!type_is_known(out)) {
        lazy_key(&carry, STR(CARRY_TYPE));
        emit_string(out->e, out->rec->type);
    }
    write_tags(out, &carry);
    if (first != NULL)
        write_parts(out, &carry, first);
    write_dates(out, &carry);
    write_math(out, &carry);
    if (note_is_plain(out)) {
        lazy_key(&carry, STR(CARRY_NOTE));
        emit_true(out->e);
    }
    write_keywords(out, &carry);
    write_also(out, &carry, true);
    lazy_close(&carry);
}

/* Of a format that is not written, none of whose words are wanted again: second values
 * are content nevertheless. */
static void write_content(Out *out, Lazy *custom)
{
    Lazy carry = {.e = out->e, .outer = custom, .name = STR(CARRY_OBJECT)};
    write_also(out, &carry, false);
    lazy_close(&carry);
}

void custom_write(Out *out)
{
    Lazy custom = {.e = out->e, .name = STR("custom")};
    if (out->zotero)
        return;
    bool *first = out->first[FIELD_OTHER] > 0 ? first_of_tag(out) : NULL;
    write_about_names(out, &custom);
    if (first != NULL && (out->w->opt->carry || !out->foreign))
        write_others(out, &custom, first);
    write_own(out, &custom);
    if (out->w->opt->carry && can_come_back(out))
        write_carry(out, &custom, first);
    else if (out->w->opt->carry)
        write_content(out, &custom);
    lazy_close(&custom);
}
