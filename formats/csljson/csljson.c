/* SPDX-License-Identifier: MIT
 * Writing CSL-JSON, by the schema csl-data.json of CSL 1.0.2, an item at a time.
 *
 * The record model speaks CSL's words, so a field's name is its property.  What the
 * schema has no property for goes to "custom", which it keeps for such things. */
#include "formats/csljson/csljson.h"
#include "convert/base/memory.h"

#include <jansson.h>
#include <stdlib.h>

/* Keys are written in this order, whatever order the source had. */
static const FieldTag FIELDS[] = {
#define FIELD(constant, name, form) {(name), FIELD_##constant, KINDS_ALL, 0, NULL},
#include "convert/record/field.def"
#undef FIELD
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

static const KindTag KINDS[] = {
#define KIND(constant, name) {(name), KIND_##constant, NULL},
#include "convert/record/kind.def"
#undef KIND
    {NULL, KIND_DOCUMENT, NULL},
};

typedef struct State {
    bool begun;
    Buf text; /* a value in the making */
} State;

/* Values. */

/* jansson fails on want of memory alone: text here is valid UTF-8. */
static json_t *there(json_t *value)
{
    if (value == NULL)
        memory_exhausted();
    return value;
}

static json_t *string_of(Str s)
{
    return there(json_stringn_nocheck(s.data, s.size));
}

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new_nocheck(object, key, value) != 0)
        memory_exhausted();
}

static void append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        memory_exhausted();
}

static const char *const TAGS[MARK_COUNT][2] = {
    [MARK_ITALIC] = {"<i>", "</i>"},
    [MARK_BOLD] = {"<b>", "</b>"},
    [MARK_SUP] = {"<sup>", "</sup>"},
    [MARK_SUB] = {"<sub>", "</sub>"},
    [MARK_SMALL_CAPS] = {"<span style=\"font-variant:small-caps;\">", "</span>"},
    [MARK_NOCASE] = {"<span class=\"nocase\">", "</span>"},
    [MARK_MATH] = {"", ""},
};

static Str rich_text(Buf *scratch, const Text *text)
{
    TextWalk walk = {.text = text};
    if (text->run_count == 0)
        return text->text;
    buf_clear(scratch);
    for (;;) {
        TextStep step = text_step(&walk);
        if (step.kind == TEXT_END)
            return buf_str(scratch);
        if (step.kind == TEXT_PIECE)
            buf_add(scratch, step.piece);
        else
            buf_add(scratch, str_from(TAGS[step.mark][step.kind == TEXT_CLOSE]));
    }
}

static void set_part(json_t *object, const char *key, Str part)
{
    if (part.size > 0)
        set(object, key, string_of(part));
}

static json_t *name_of(const Name *name)
{
    json_t *object = there(json_object());
    set_part(object, "literal", name->literal);
    set_part(object, "family", name->family);
    set_part(object, "given", name->given);
    set_part(object, "dropping-particle", name->dropping);
    set_part(object, "non-dropping-particle", name->non_dropping);
    set_part(object, "suffix", name->suffix);
    return object;
}

static json_t *names_of(const Names *names)
{
    json_t *array = there(json_array());
    for (size_t i = 0; i < names->count; i++)
        append(array, name_of(&names->items[i]));
    return array;
}

static json_t *parts_of(DatePart part)
{
    json_t *array = there(json_array());
    append(array, there(json_integer(part.year)));
    if (part.month >= 1 && part.month <= 12) {
        append(array, there(json_integer(part.month)));
        if (part.day > 0)
            append(array, there(json_integer(part.day)));
    }
    return array;
}

static json_t *date_of(const Date *date)
{
    json_t *object = there(json_object());
    if (date->literal.size > 0) {
        set(object, "literal", string_of(date->literal));
        return object;
    }
    json_t *parts = there(json_array());
    append(parts, parts_of(date->from));
    if (date->range && date->to_end == DATE_KNOWN)
        append(parts, parts_of(date->to));
    set(object, "date-parts", parts);
    if (date->from.month >= 21 && date->from.month <= 24)
        set(object, "season", there(json_integer(date->from.month - 20)));
    if (date_is_circa(date))
        set(object, "circa", there(json_true()));
    return object;
}

/* Items. */

/* The schema's word for a field: CSL 1.0.2's but for three. */
static const char *property_of(FieldId id)
{
    if (id == FIELD_PART_NUMBER)
        return "part";
    if (id == FIELD_PRINTING_NUMBER)
        return "printing";
    return id == FIELD_SUPPLEMENT_NUMBER ? "supplement" : field_name(id);
}

static json_t *custom_of(json_t *item)
{
    json_t *custom = json_object_get(item, "custom");
    if (custom == NULL) {
        custom = there(json_object());
        set(item, "custom", custom);
    }
    return custom;
}

/* What a list of names says that CSL's names cannot. */
static void add_about_names(json_t *item, Buf *scratch, const Field *field)
{
    static const char *const CUTS[] = {
        [CUT_POSSIBLE] = "possible", [CUT_CERTAIN] = "certain"};
    json_t *homonyms = NULL;
    for (size_t i = 0; i < field->names.count; i++) {
        const Name *name = &field->names.items[i];
        if (name->homonym.size == 0)
            continue;
        if (homonyms == NULL)
            homonyms = there(json_object());
        buf_clear(scratch);
        buf_format(scratch, "%zu", i + 1);
        buf_add_byte(scratch, '\0');
        set(homonyms, scratch->data, string_of(name->homonym));
    }
    if (homonyms != NULL) {
        buf_clear(scratch);
        buf_format(scratch, "%s-homonyms", field_name(field->id));
        buf_add_byte(scratch, '\0');
        set(custom_of(item), scratch->data, homonyms);
    }
    if (field->names.cut != CUT_NO) {
        buf_clear(scratch);
        buf_format(scratch, "%s-list-cut", field_name(field->id));
        buf_add_byte(scratch, '\0');
        set(custom_of(item), scratch->data, string_of(str_from(CUTS[field->names.cut])));
    }
}

static json_t *keywords_of(View *v, Buf *scratch)
{
    const Field *field;
    buf_clear(scratch);
    while ((field = view_take(v, FIELD_KEYWORD)) != NULL) {
        if (scratch->size > 0)
            buf_add(scratch, STR(", "));
        buf_add(scratch, field->text.text);
    }
    return string_of(buf_str(scratch));
}

static void add_field(json_t *item, View *v, Buf *scratch, FieldId id)
{
    if (view_see(v, id) == NULL)
        return;
    if (id == FIELD_KEYWORD) {
        set(item, property_of(id), keywords_of(v, scratch));
        return;
    }
    const Field *field = view_take(v, id);
    if (field->form == FORM_NAMES) {
        set(item, property_of(id), names_of(&field->names));
    } else if (field->form == FORM_DATE) {
        set(item, property_of(id), date_of(&field->date));
    } else if (field_form(id) == FORM_TEXT) {
        set(item, property_of(id), string_of(rich_text(scratch, &field->text)));
    } else {
        /* A date or name that stayed as it was written. */
        json_t *as_written = there(json_object());
        set(as_written, "literal", string_of(field->text.text));
        if (field_form(id) == FORM_NAMES) {
            json_t *array = there(json_array());
            append(array, as_written);
            as_written = array;
        }
        set(item, property_of(id), as_written);
    }
}

/* Tags of other formats that nobody has a word for. */
static void add_others(json_t *item, View *v, Buf *scratch)
{
    const Field *field;
    while ((field = view_take(v, FIELD_OTHER)) != NULL) {
        buf_clear(scratch);
        buf_add(scratch, field->tag);
        buf_add_byte(scratch, '\0');
        set(custom_of(item), scratch->data, string_of(field->text.text));
    }
}

static json_t *item_of(State *state, View *v)
{
    json_t *item = there(json_object());
    set(item, "id", string_of(v->rec->key));
    set(item, "type", string_of(str_from(kind_name(v->rec->kind))));
    set(item, "citation-key", string_of(v->rec->key));
    for (const FieldTag *row = FIELDS; row->tag != NULL; row++) {
        if (row->field != FIELD_OTHER)
            add_field(item, v, &state->text, row->field);
    }
    for (size_t i = 0; i < v->rec->count; i++) {
        if (v->rec->fields[i].form == FORM_NAMES && v->taken[i])
            add_about_names(item, &state->text, &v->rec->fields[i]);
    }
    add_others(item, v, &state->text);
    return item;
}

/* Output. */

static int dump_to_sink(const char *bytes, size_t size, void *out)
{
    sink_write(out, (Str){bytes, size});
    return 0;
}

/* Line ends stand between tokens only: an item in an array is two columns further in. */
static int dump_indented(const char *bytes, size_t size, void *out)
{
    Str rest = {bytes, size};
    while (rest.size > 0) {
        size_t end = str_find_byte(rest, '\n');
        sink_write(out, str_slice(rest, 0, end));
        if (end < rest.size)
            sink_write(out, STR("\n  "));
        rest = str_after(rest, end + 1);
    }
    return 0;
}

static size_t encoding(const Write *w)
{
    return sink_is_unicode(w->out) ? 0 : JSON_ENSURE_ASCII;
}

static void dump(Write *w, View *v, json_dump_callback_t sink, size_t flags)
{
    json_t *item = item_of(w->state, v);
    if (json_dump_callback(item, sink, w->out, flags | encoding(w)) != 0)
        memory_exhausted();
    json_decref(item);
}

static void array_put(Write *w, View *v)
{
    State *state = w->state;
    sink_write(w->out, state->begun ? STR(",\n  ") : STR("[\n  "));
    state->begun = true;
    dump(w, v, dump_indented, JSON_INDENT(2));
}

static void array_end(Write *w)
{
    State *state = w->state;
    sink_write(w->out, state->begun ? STR("\n]\n") : STR("[]\n"));
    buf_free(&state->text);
}

static void lines_put(Write *w, View *v)
{
    dump(w, v, dump_to_sink, JSON_COMPACT);
    sink_byte(w->out, '\n');
}

static void lines_end(Write *w)
{
    State *state = w->state;
    buf_free(&state->text);
}

static const Writer ARRAY_WRITER = {
    .state_size = sizeof(State), .put = array_put, .end = array_end};
static const Writer LINES_WRITER = {
    .state_size = sizeof(State), .put = lines_put, .end = lines_end};

const Format format_csljson = {
    .name = "csl-json",
    .title = "CSL-JSON",
    .extensions = "json",
    .kinds = KINDS,
    .fields = FIELDS,
    .writer = &ARRAY_WRITER,
    .carries = true,
};

const Format format_csljsonl = {
    .name = "csl-jsonl",
    .title = "CSL-JSON, one item a line",
    .extensions = "jsonl ndjson",
    .kinds = KINDS,
    .fields = FIELDS,
    .writer = &LINES_WRITER,
    .carries = true,
};
