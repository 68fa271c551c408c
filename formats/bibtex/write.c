/* SPDX-License-Identifier: MIT
 * Writing: one field a line, always in the same order, and what stands between entries
 * where it stood. */
#include "formats/bibtex/write.h"
#include "formats/tags.h"

#include <string.h>

/* Types. */

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
    {"unpublished", FIELD_NOTE, "misc"},
};

static const KindTag *first_kind(const KindTag *row, Kind kind)
{
    while (row->tag != NULL && row->kind != kind)
        row++;
    return row->tag != NULL ? row : NULL;
}

/* btxdoc, section 3.1: of any other type standard styles complain. */
static bool is_standard(const char *type)
{
    static const char *const TYPES[] = {
        "article",      "book",          "booklet",    "conference",    "inbook",
        "incollection", "inproceedings", "manual",     "mastersthesis", "misc",
        "phdthesis",    "proceedings",   "techreport", "unpublished"};
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (strcmp(type, TYPES[i]) == 0)
            return true;
    }
    return false;
}

static const char *default_type(const Entry *e)
{
    const Record *rec = e->v->rec;
    const KindTag *row = tags_type(e->w->tags, rec->kind);
    const char *type = row != NULL ? row->tag : "misc";
    const KindTag *own = first_kind(BIBTEX_KINDS, rec->kind);
    bool asked = row != NULL && (own == NULL || strcmp(row->tag, own->tag) != 0);
    if (e->state->zotero && !asked)
        return zotero_entry_type(rec);
    if (e->state->latex || asked)
        return type;
    if (!is_standard(type))
        type = "misc";
    if (rec->kind == KIND_THESIS &&
        str_starts_nocase(record_text(rec, FIELD_GENRE), STR("master")))
        type = "mastersthesis";
    for (size_t i = 0; i < sizeof DEMANDS / sizeof DEMANDS[0]; i++) {
        if (strcmp(type, DEMANDS[i].type) == 0 &&
            view_see(e->v, DEMANDS[i].field) == NULL)
            type = DEMANDS[i].without;
    }
    return type;
}

/* What the other format of the language writes for a kind. */
static Str origin_type(const Entry *e)
{
    const Record *rec = e->v->rec;
    bool latex = str_equal(e->source, STR("biblatex"));
    const KindTag *row = first_kind(latex ? BIBLATEX_KINDS : BIBTEX_KINDS, rec->kind);
    return row != NULL ? str_from(row->tag) : STR("misc");
}

/* The kind that the type and what refine_kind looks at give. */
static Kind kind_read(const Entry *e, Str type)
{
    const Record *rec = e->v->rec;
    const KindTag *row = tags_kind(e->w->tags, type);
    Kind kind = row != NULL ? row->kind : KIND_DOCUMENT;
    bool plain =
        kind == KIND_DOCUMENT || kind == KIND_WEBPAGE || kind == KIND_ARTICLE_JOURNAL;
    if (plain && str_equal_nocase(record_text(rec, FIELD_ARCHIVE), STR("arxiv")) &&
        record_find(rec, FIELD_ARCHIVE_LOCATION) != NULL &&
        (record_find(rec, FIELD_CONTAINER_TITLE) == NULL || kind == KIND_DOCUMENT ||
         kind == KIND_WEBPAGE))
        return KIND_ARTICLE;
    if (kind == KIND_MANUSCRIPT && record_find(rec, FIELD_EVENT_TITLE) != NULL)
        return KIND_SPEECH;
    return kind;
}

Str type_put(const Entry *e, bool *says_kind)
{
    const Record *rec = e->v->rec;
    Str type = str_from(default_type(e));
    const KindTag *row = own_kind_told(e) ? tags_type(e->w->tags, rec->kind) : NULL;
    if (row != NULL)
        type = str_from(row->tag);
    else if (e->own && rec->type.size > 0)
        type = own_type(e, rec->type);
    else if (e->own && !e->written)
        type = own_type(e, origin_type(e));
    *says_kind = kind_read(e, type) == rec->kind;
    return type;
}

static bool has_other(const Record *rec, Str tag)
{
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].id == FIELD_OTHER && str_equal_nocase(rec->fields[i].tag, tag))
            return true;
    }
    return false;
}

/* What tells a reader the kind where the type does not. */
static void put_kind(Entry *e, Str type)
{
    const Record *rec = e->v->rec;
    bool article = str_equal_nocase(type, STR("article"));
    if (own_wrote(e, STR(OWN_KIND)))
        return;
    if (article && rec->kind == KIND_ARTICLE_MAGAZINE) {
        if (!has_other(rec, STR("entrysubtype")))
            put_verbatim(e, STR("entrysubtype"), STR("magazine"));
    } else if (article && rec->kind == KIND_ARTICLE_NEWSPAPER) {
        if (!has_other(rec, STR("entrysubtype")))
            put_verbatim(e, STR("entrysubtype"), STR("newspaper"));
    } else if (e->w->opt->carry) {
        put_verbatim(e, STR(OWN_KIND), str_from(kind_name(rec->kind)));
    } else {
        diag_here(e->w->diag, LEVEL_NOTE, "degraded-kind",
                  "@%.*s does not say that the work is of kind %s", STR_ARG(type),
                  kind_name(rec->kind));
    }
}

/* Entries. */

/* plain and alpha sort by author or, in books, by editor; without them by key. */
static void put_sort_key(Entry *e, Str type)
{
    bool by_editor = str_equal(type, STR("book")) || str_equal(type, STR("inbook")) ||
                     str_equal(type, STR("proceedings"));
    enum { LABEL = 5 }; /* characters that styles like alpha take at most */
    Str key = record_text(e->v->rec, FIELD_TITLE);
    if (record_find(e->v->rec, FIELD_AUTHOR) != NULL ||
        (by_editor && record_find(e->v->rec, FIELD_EDITOR) != NULL) || key.size == 0)
        return;
    Spell s = {.out = e->w->out, .diag = e->w->diag};
    put_tag(e, STR("key"));
    sink_byte(e->w->out, '{');
    spell_cut(&s, key, LABEL, false);
    sink_write(e->w->out, STR("},\n"));
}

/* A key may hold what ends an entry of the other shape. */
static bool wants_parentheses(Str key)
{
    return str_find_byte(key, '}') < key.size && !spell_is_balanced(key);
}

static void entry_put(Write *w, View *v)
{
    WriteState *state = w->state;
    const Record *rec = v->rec;
    Entry e = {.w = w, .v = v, .arena = &state->arena, .state = state};
    /* What another format than this language wrote it down in says nothing here. */
    bool from_own = w->from != NULL && w->from->language != NULL &&
                    strcmp(w->from->language, "bibtex") == 0 && rec->written_count > 0;
    e.source = from_own ? str_from(w->from->name) : rec->origin;
    e.own = !state->zotero &&
            (str_equal(e.source, STR("bibtex")) || str_equal(e.source, STR("biblatex")));
    e.written = e.own && from_own;
    bool says_kind;
    own_look(&e);
    if (!e.written && !state->zotero)
        preamble_put(w, &state->preamble, rec);
    if ((state->begun || state->preamble.begun) && !state->tight)
        sink_byte(w->out, '\n');
    state->begun = state->preamble.begun = true;
    state->tight = state->gap = false;
    Str type = type_put(&e, &says_kind);
    bool round = wants_parentheses(rec->key);
    const Str head[] = {STR("@"), type, round ? STR("(") : STR("{"), rec->key,
                        STR(",\n")};
    sink_write_all(w->out, head, sizeof head / sizeof head[0]);
    if (e.written)
        own_put(&e, says_kind);
    else if (!state->latex && !e.own && !state->zotero)
        put_sort_key(&e, type);
    fields_put(&e, type);
    bool same = str_equal(e.source, state->latex ? STR("biblatex") : STR("bibtex"));
    if (!e.own && !state->zotero && w->opt->carry && rec->origin.size > 0)
        hints_put(&e);
    if (!says_kind && !(e.written && same))
        put_kind(&e, type);
    sink_write(w->out, round ? STR(")\n") : STR("}\n"));
    arena_reset(&state->arena);
}

/* What stands between. */

/* Line ends at the front, or at the back, of a text. */
static size_t count_lines(Str space)
{
    size_t count = 0;
    for (size_t i = 0; i < space.size; i++)
        count += space.data[i] == '\n';
    return count;
}

/* A blank line stays where one was, before and behind. */
static void matter_put(Write *w, const Record *rec)
{
    WriteState *state = w->state;
    Str all = rec->matter, text = str_trim(all);
    if (text.size == 0)
        return;
    size_t start = (size_t)(text.data - all.data);
    size_t before = count_lines(str_slice(all, 0, start));
    size_t after = count_lines(str_after(all, start + text.size));
    if (state->begun && (before > 1 || state->gap))
        sink_byte(w->out, '\n');
    sink_write(w->out, text);
    sink_byte(w->out, '\n');
    state->begun = true;
    bool directive = start + text.size == all.size && text.data[0] == '@';
    state->gap = !directive && after > 1;
    state->tight = !directive && after <= 1;
}

/* Zotero's importer knows neither crossref nor xdata. */
static bool is_for_zotero(const Options *opt)
{
    const char *reader = option_value(opt, "bibtex", "for");
    return reader != NULL && strcmp(reader, "zotero") == 0;
}

static void begin(Write *w, bool latex)
{
    WriteState *state = w->state;
    const char *braces = option_value(w->opt, latex ? "biblatex" : "bibtex", "braces");
    state->latex = latex;
    state->zotero = !latex && is_for_zotero(w->opt);
    if (braces != NULL)
        state->braces = strcmp(braces, "protect") == 0 ? BRACES_PROTECT
                        : strcmp(braces, "keep") == 0  ? BRACES_KEEP
                                                       : BRACES_NONE;
}

static void bibtex_begin(Write *w)
{
    begin(w, false);
}

static void biblatex_begin(Write *w)
{
    begin(w, true);
}

static void bibtex_end(Write *w)
{
    WriteState *state = w->state;
    arena_free(&state->arena);
}

const Writer BIBTEX_WRITER = {.state_size = sizeof(WriteState),
                              .begin = bibtex_begin,
                              .put = entry_put,
                              .matter = matter_put,
                              .end = bibtex_end,
                              .linkless = is_for_zotero};
const Writer BIBLATEX_WRITER = {.state_size = sizeof(WriteState),
                                .begin = biblatex_begin,
                                .put = entry_put,
                                .matter = matter_put,
                                .end = bibtex_end};
