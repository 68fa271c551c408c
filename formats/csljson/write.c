/* SPDX-License-Identifier: MIT
 * Writing CSL-JSON, by the schema csl-data.json of CSL 1.0.2, an item at a time.
 *
 * The record model speaks CSL's words, so a field's name is its property.  What the
 * schema has no property for goes to "custom", which it keeps for such things; what
 * CSL-JSON itself was read with comes back where it stood. */
#include "formats/csljson/write.h"
#include "convert/base/memory.h"
#include "formats/csljson/carry.h"
#include "convert/text/extent.h"

#include <stdlib.h>
#include <string.h>

typedef struct State {
    bool begun, zotero;
    Emit emit;
    Arena scratch;
    size_t first[FIELD_COUNT];
    size_t *next;
    size_t capacity;
} State;

static void index_fields(State *state, const Record *rec)
{
    memset(state->first, 0, sizeof state->first);
    if (rec->count > state->capacity) {
        state->capacity = memory_grown(state->capacity, rec->count);
        state->next = memory_resize(state->next, state->capacity * sizeof *state->next);
    }
    for (size_t i = rec->count; i-- > 0;) {
        FieldId id = rec->fields[i].id;
        state->next[i] = state->first[id];
        state->first[id] = i + 1;
    }
}

Str out_property(const Out *out, FieldId id)
{
    return str_from(tags_row(out->w->tags, id, out->rec->kind)->tag);
}

/* Keywords are one string in CSL.  A comma separates, unless one holds a comma, or a
 * semicolon, at which readers would split. */
static void write_keywords(Out *out)
{
    bool commas = false;
    for (size_t i = out->first[FIELD_KEYWORD]; i > 0; i = out->next[i - 1]) {
        Str keyword = out->rec->fields[i - 1].text.text;
        commas = commas || str_find_byte(keyword, ',') < keyword.size ||
                 str_find_byte(keyword, ';') < keyword.size;
    }
    emit_key(out->e, out_property(out, FIELD_KEYWORD));
    emit_quote(out->e);
    for (size_t i = out->first[FIELD_KEYWORD]; i > 0; i = out->next[i - 1]) {
        const Field *field = view_take_at(out->v, i - 1);
        emit_piece(out->e, field->text.text);
        if (out->next[i - 1] > 0)
            emit_piece(out->e, commas ? STR("; ") : STR(", "));
        else if (commas && i == out->first[FIELD_KEYWORD])
            emit_piece(out->e, STR(";")); /* one keyword, not two */
    }
    emit_quote(out->e);
}

static void write_field(Out *out, FieldId id)
{
    if (out->first[id] == 0)
        return;
    const char *property = out->zotero ? zotero_property(out, id) : NULL;
    if (out->zotero && property == NULL)
        return;
    if (id == FIELD_KEYWORD) {
        write_keywords(out);
        return;
    }
    const Field *field = view_take_at(out->v, out->first[id] - 1);
    Field shown;
    size_t more = out_more(out, field);
    emit_key(out->e, property != NULL ? str_from(property) : out_property(out, id));
    Str members = STR_EMPTY;
    if (more > 0)
        members = view_take_at(out->v, more - 1)->text.text;
    out->w->diag->at = field->place;
    if (out->zotero && field->form == FORM_TEXT) {
        shown = *field;
        shown.text = zotero_text(out, field);
        field = &shown;
    }
    out_value(out, field, members);
}

/* What nobody has a word for but CSL-JSON, from which it comes. */

static bool is_property_of_item(const Out *out, Str tag)
{
    static const char *const OWN[] = {"id", "type", "citation-key", "custom", "note"};
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        if (str_equal(tag, str_from(OWN[i])))
            return true;
    }
    const FieldTag *row = tags_field(out->w->tags, tag, out->rec->kind);
    return row != NULL && row->field != FIELD_OTHER && out->first[row->field] > 0 &&
           str_equal(tag, out_property(out, row->field));
}

/* Whether one of that tag stands before; few fields, or long ones, bear tags. */
static bool is_repeated(const Out *out, size_t at)
{
    enum { MOST = 64 };
    size_t looked = 0;
    Str tag = out->rec->fields[at - 1].tag;
    for (size_t i = out->first[FIELD_OTHER]; i != at; i = out->next[i - 1]) {
        if (str_equal(out->rec->fields[i - 1].tag, tag))
            return true;
        if (++looked > MOST)
            break;
    }
    return false;
}

static void write_others(Out *out)
{
    if (out->foreign || out->zotero)
        return;
    for (size_t i = out->first[FIELD_OTHER]; i > 0; i = out->next[i - 1]) {
        const Field *field = &out->rec->fields[i - 1];
        if (out->v->taken[i - 1] || is_property_of_item(out, field->tag) ||
            is_repeated(out, i))
            continue;
        view_take_at(out->v, i - 1);
        emit_key(out->e, field->tag);
        if (extent_is_value(field->text.text))
            emit_value(out->e, field->text.text);
        else
            emit_text(out->e, &field->text);
    }
}

/* Items. */

static void write_id(Out *out)
{
    emit_key(out->e, STR("id"));
    for (size_t i = out->foreign || out->zotero ? 0 : out->first[FIELD_OTHER]; i > 0;
         i = out->next[i - 1]) {
        const Field *field = &out->rec->fields[i - 1];
        if (!str_equal(field->tag, STR("id")))
            continue;
        view_take_at(out->v, i - 1);
        if (extent_is_value(field->text.text))
            emit_value(out->e, field->text.text);
        else
            emit_string(out->e, field->text.text);
        return;
    }
    emit_string(out->e, out->rec->key);
}

static void write_item(Out *out)
{
    bool odd;
    emit_open(out->e, '{');
    write_id(out);
    emit_key(out->e, STR("type"));
    emit_string(out->e, str_from(out->zotero ? zotero_type(out, &odd)
                                             : kind_name(out->rec->kind)));
    emit_key(out->e, STR("citation-key"));
    emit_string(out->e, out->rec->key);
    for (int id = 0; id < FIELD_OTHER; id++)
        write_field(out, (FieldId)id);
    if (out->zotero)
        zotero_note(out);
    write_others(out);
    custom_write(out);
    emit_close(out->e, '}');
}

static bool is_ours(Str origin)
{
    return origin.size == 0 || str_equal(origin, STR("csl-json")) ||
           str_equal(origin, STR("csl-jsonl"));
}

static void put(Write *w, View *v)
{
    State *state = w->state;
    const Record *rec = v->rec;
    index_fields(state, rec);
    Out out = {.w = w,
               .v = v,
               .rec = rec,
               .e = &state->emit,
               .zotero = state->zotero,
               .foreign = !is_ours(rec->origin),
               .first = state->first,
               .next = state->next,
               .scratch = &state->scratch};
    write_item(&out);
    arena_reset(&state->scratch);
}

/* Output. */

static void flush(Write *w)
{
    State *state = w->state;
    sink_write(w->out, buf_str(&state->emit.out));
    buf_clear(&state->emit.out);
}

static void begin(Write *w)
{
    State *state = w->state;
    const char *target = csljson_option(w->opt, "for");
    state->zotero = target != NULL && strcmp(target, "zotero") == 0;
    state->emit.ascii = !sink_is_unicode(w->out);
}

static void release(Write *w)
{
    State *state = w->state;
    buf_free(&state->emit.out);
    arena_free(&state->scratch);
    free(state->next);
}

static void array_put(Write *w, View *v)
{
    State *state = w->state;
    state->emit.lines = true;
    state->emit.depth = 1;
    buf_add(&state->emit.out, state->begun ? STR(",\n  ") : STR("[\n  "));
    state->begun = true;
    put(w, v);
    flush(w);
}

static void array_end(Write *w)
{
    State *state = w->state;
    sink_write(w->out, state->begun ? STR("\n]\n") : STR("[]\n"));
    release(w);
}

static void lines_put(Write *w, View *v)
{
    State *state = w->state;
    put(w, v);
    buf_add_byte(&state->emit.out, '\n');
    flush(w);
}

const Writer CSLJSON_ARRAY_WRITER = {
    .state_size = sizeof(State), .begin = begin, .put = array_put, .end = array_end};
const Writer CSLJSON_LINES_WRITER = {
    .state_size = sizeof(State), .begin = begin, .put = lines_put, .end = release};
