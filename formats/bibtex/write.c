/* SPDX-License-Identifier: MIT
 * Writing entries: one field a line, in the order of the table, always the same, so
 * that two versions of a file differ where their records do. */
#include "formats/bibtex/bibtex.h"

#include <string.h>

typedef struct State {
    Preamble preamble;
    Arena arena; /* what spelling makes; of one entry */
} State;

/* Values. */

typedef struct Entry {
    Write *w;
    View *v;
    Arena *arena;
} Entry;

static void open_field(Entry *e, const char *tag)
{
    sink_write(e->w->out, STR("  "));
    sink_write(e->w->out, str_from(tag));
    sink_write(e->w->out, STR(" = {"));
}

static void close_field(Entry *e)
{
    sink_write(e->w->out, STR("},\n"));
}

static Spell spelling(Entry *e)
{
    return (Spell){.out = e->w->out, .diag = e->w->diag};
}

static void put_title(Entry *e, const char *tag, const Text *text)
{
    Spell s = spelling(e);
    s.title = true;
    s.span_count = protect_words(e->arena, text, &s.spans);
    open_field(e, tag);
    spell_text(&s, text);
    close_field(e);
}

/* A number range's dash as BibTeX has it: "5998--6008", whatever dash it was. */
static Str with_dashes(Arena *arena, Str pages)
{
    Buf out = {0};
    for (size_t i = 0; i < pages.size;) {
        Str rest = str_after(pages, i);
        size_t dash =
            str_starts(rest, STR("\xe2\x80\x93")) || str_starts(rest, STR("\xe2\x80\x94"))
                ? 3
                : 0;
        while (dash == 0 && i + dash < pages.size && pages.data[i + dash] == '-')
            dash++;
        if (dash > 0 && rest.data[0] == '-') {
            while (i + dash < pages.size && pages.data[i + dash] == '-')
                dash++;
        }
        bool between = i > 0 && byte_is_digit(pages.data[i - 1]) &&
                       i + dash < pages.size && byte_is_digit(pages.data[i + dash]);
        if (dash > 0 && (between || dash > 1))
            buf_add(&out, STR("--"));
        else
            buf_add(&out, str_slice(pages, i, i + (dash > 0 ? dash : 1)));
        i += dash > 0 ? dash : 1;
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

static void put_names(Entry *e, const char *tag, const Names *names)
{
    Spell s = spelling(e);
    bool numbered = false;
    open_field(e, tag);
    names_spell(&s, e->arena, names);
    close_field(e);
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i].homonym.size == 0)
            continue;
        /* biblatex's data annotations (manual, section 3.7); other styles ignore it */
        if (!numbered)
            sink_format(e->w->out, "  %s+an:homonym = {", tag);
        sink_format(e->w->out, "%s%zu=\"%.*s\"", numbered ? "; " : "", i + 1,
                    STR_ARG(names->items[i].homonym));
        numbered = true;
    }
    if (numbered)
        close_field(e);
}

static void put_verbatim(Entry *e, const char *tag, Str text)
{
    Spell s = spelling(e);
    open_field(e, tag);
    spell_verbatim(&s, text);
    close_field(e);
}

/* year, month as a macro that styles know, day; what is more goes to biblatex's date. */
static void put_published(Entry *e, const Date *date)
{
    static const char *const MONTHS[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    if (date->literal.size > 0) {
        Spell s = spelling(e);
        open_field(e, "year");
        spell_plain(&s, date->literal);
        close_field(e);
        return;
    }
    sink_format(e->w->out, "  year = {%d},\n", date->from.year);
    bool more = date->range || date_is_circa(date) || date->from.month > 12;
    if (more)
        put_verbatim(e, "date", date_edtf(e->arena, date));
    if (date->from.month >= 1 && date->from.month <= 12 && !date->range)
        sink_format(e->w->out, "  month = %s,\n", MONTHS[date->from.month - 1]);
    if (date->from.month > 0 && date->from.day > 0 && !date->range)
        sink_format(e->w->out, "  day = {%d},\n", date->from.day);
}

static void put_text(Entry *e, const char *tag, const Text *text)
{
    Spell s = spelling(e);
    open_field(e, tag);
    spell_text(&s, text);
    close_field(e);
}

static void put_field(Entry *e, const char *tag, int how, const Field *field)
{
    if (field->form == FORM_NAMES) {
        put_names(e, tag, &field->names);
    } else if (field->form == FORM_DATE) {
        if (how == HOW_PUBLISHED)
            put_published(e, &field->date);
        else
            put_verbatim(e, tag, date_edtf(e->arena, &field->date));
    } else if (how == HOW_TITLE) {
        put_title(e, tag, &field->text);
    } else if (how == HOW_VERBATIM) {
        put_verbatim(e, tag, field->text.text);
    } else if (how == HOW_PAGES) {
        Text pages = text_plain(with_dashes(e->arena, field->text.text));
        put_text(e, tag, &pages);
    } else {
        put_text(e, tag, &field->text);
    }
}

/* Entries. */

/* A type without the fields that styles ask for makes BibTeX complain: another one then,
 * as near as there is.  `journal` and `booktitle` are CSL's container-title; `publisher`,
 * `school` and `institution` its publisher. */
static const struct Demand {
    const char *type;
    FieldId field;
    const char *without;
} DEMANDS[] = {
    {"article", FIELD_CONTAINER_TITLE, "misc"},
    {"incollection", FIELD_CONTAINER_TITLE, "misc"},
    {"incollection", FIELD_PUBLISHER, "inproceedings"},
    {"inproceedings", FIELD_CONTAINER_TITLE, "misc"},
    {"book", FIELD_PUBLISHER, "booklet"},
    {"phdthesis", FIELD_PUBLISHER, "misc"},
    {"mastersthesis", FIELD_PUBLISHER, "misc"},
    {"techreport", FIELD_PUBLISHER, "misc"},
};

static const char *type_of(const View *v)
{
    const Record *rec = v->rec;
    const char *type = "misc";
    for (const KindTag *tag = BIBTEX_KINDS; tag->tag != NULL; tag++) {
        if (tag->kind == rec->kind) {
            type = tag->tag;
            break;
        }
    }
    if (rec->kind == KIND_THESIS &&
        str_starts_nocase(record_text(rec, FIELD_GENRE), STR("master")))
        type = "mastersthesis";
    for (size_t i = 0; i < sizeof DEMANDS / sizeof DEMANDS[0]; i++) {
        if (strcmp(type, DEMANDS[i].type) == 0 && view_see(v, DEMANDS[i].field) == NULL)
            type = DEMANDS[i].without;
    }
    return type;
}

static void put_keywords(Entry *e)
{
    const Field *field;
    bool begun = false;
    while ((field = view_take(e->v, FIELD_KEYWORD)) != NULL) {
        Spell s = spelling(e);
        if (begun)
            sink_write(e->w->out, STR(", "));
        else
            open_field(e, "keywords");
        begun = true;
        spell_text(&s, &field->text);
    }
    if (begun)
        close_field(e);
}

/* "can't use both volume and number": outside of journals one of them has to have
 * another name. */
static const char *tag_for(const Entry *e, const FieldTag *row)
{
    bool article = strcmp(row->tag, "number") != 0 || e->v->rec->kind == KIND_REPORT ||
                   e->v->rec->kind == KIND_ARTICLE_JOURNAL ||
                   e->v->rec->kind == KIND_ARTICLE_MAGAZINE ||
                   e->v->rec->kind == KIND_ARTICLE_NEWSPAPER;
    return article || record_find(e->v->rec, FIELD_VOLUME) == NULL ? row->tag : "issue";
}

static void put_rows(Entry *e)
{
    Kinds kind = KINDS_OF(e->v->rec->kind);
    for (const FieldTag *row = BIBTEX_FIELDS; row->tag != NULL; row++) {
        const Field *field;
        if ((row->kinds & kind) == 0 || row->field == FIELD_OTHER)
            continue;
        if (row->field == FIELD_KEYWORD)
            put_keywords(e);
        else if ((field = view_take(e->v, row->field)) != NULL)
            put_field(e, tag_for(e, row), row->how, field);
    }
}

static bool has_row(FieldId id, Kinds kind)
{
    for (const FieldTag *row = BIBTEX_FIELDS; row->tag != NULL; row++) {
        if (row->field == id && (row->kinds & kind) != 0)
            return true;
    }
    return false;
}

/* Fields that BibTeX and biblatex have no word for go under CSL's: styles ignore them,
 * and they are there when the entry is read again. */
static void put_rest(Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        FieldId id = rec->fields[i].id;
        if (e->v->taken[i] || id == FIELD_OTHER || has_row(id, KINDS_OF(rec->kind)))
            continue;
        put_field(e, field_name(id), HOW_DATE, view_take(e->v, id));
    }
}

/* plain and alpha sort by author, editor or, without them, by key. */
static void put_sort_key(Entry *e)
{
    enum { LABEL = 5 }; /* characters that styles like alpha take at most */
    Str key = record_text(e->v->rec, FIELD_TITLE);
    if (record_find(e->v->rec, FIELD_AUTHOR) != NULL ||
        record_find(e->v->rec, FIELD_EDITOR) != NULL || key.size == 0)
        return;
    Spell s = spelling(e);
    open_field(e, "key");
    spell_cut(&s, key, LABEL, false);
    close_field(e);
}

static void bibtex_put(Write *w, View *v)
{
    State *state = w->state;
    Entry e = {.w = w, .v = v, .arena = &state->arena};
    preamble_put(w, &state->preamble, v->rec);
    if (state->preamble.begun)
        sink_byte(w->out, '\n');
    state->preamble.begun = true;
    sink_format(w->out, "@%s{%.*s,\n", type_of(v), STR_ARG(v->rec->key));
    put_sort_key(&e);
    put_rows(&e);
    put_rest(&e);
    sink_write(w->out, STR("}\n"));
    arena_reset(&state->arena);
}

static void bibtex_end(Write *w)
{
    State *state = w->state;
    arena_free(&state->arena);
}

const Writer BIBLATEX_WRITER = {
    .state_size = sizeof(State), .put = bibtex_put, .end = bibtex_end};
const Writer BIBTEX_WRITER = {
    .state_size = sizeof(State), .put = bibtex_put, .end = bibtex_end};
