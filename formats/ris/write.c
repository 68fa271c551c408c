/* SPDX-License-Identifier: MIT
 * Writing RIS: UTF-8 without a mark, lines end with LF, an empty line between records. */
#include "convert/base/memory.h"
#include "formats/ris/ris.h"
#include "formats/tags.h"

#include <stdlib.h>

/* The rows that a kind is written by. */
typedef struct KindRows {
    const FieldTag **rows; /* in their order; NULL: not asked for yet */
    size_t count;
} KindRows;

typedef struct State {
    bool begun;
    KindRows kinds[KIND_COUNT];
    Arena arena; /* of one record */
    Buf line, lines;
} State;

/* What a list of names says beside the names: homonym numbers, and that it is cut. */
static void put_about_names(Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->form != FORM_NAMES)
            continue;
        for (size_t k = 0; k < field->names.count; k++) {
            const Name *name = &field->names.items[k];
            if (name->homonym.size > 0)
                line_extra(e, "Homonym",
                           arena_join(e->arena, name_natural(e->arena, name), STR(" "),
                                      name->homonym));
        }
        if (field->names.cut == CUT_CERTAIN) {
            Text note = text_plain(
                arena_format(e->arena,
                             "The source cuts its list of %ss short: there are more than "
                             "the %zu given here.",
                             field_name(field->id), field->names.count));
            line_note(e, "N1", &note);
        }
    }
}

/* Importers split a keyword at its semicolons whatever we do. */
static void put_pieces(Entry *e, const char *tag, Str keyword)
{
    Str piece;
    while (str_split(&keyword, ';', &piece)) {
        Text text = text_plain(str_trim(piece));
        line_text(e, tag, &text);
    }
}

/* A label, which nobody sets in italics: marks would stay visible, and small capitals
 * have a semicolon in theirs. */
static void put_keyword(Entry *e, const char *tag, const Text *keyword)
{
    enum { SILENT = 1 << MARK_MATH | 1 << MARK_NOCASE };
    Text bare = text_plain(keyword->text);
    if (text_has_marks(keyword, ~(unsigned)SILENT) && !e->w->opt->carry)
        diag_here(e->w->diag, LEVEL_WARNING, "degraded-text",
                  "RIS cannot carry emphasis in %s; written without", tag);
    line_text(e, tag, &bare);
}

/* Zotero splits a record's only keyword at its commas; the same line twice is two
 * keywords to that rule and one to the library. */
static void put_keywords(Entry *e, const char *tag)
{
    const Record *rec = e->v->rec;
    const Field *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].id != FIELD_KEYWORD || e->v->taken[i])
            continue;
        only = view_take_at(e->v, i);
        count++;
        if (str_find_byte(only->text.text, ';') == only->text.text.size) {
            put_keyword(e, tag, &only->text);
            continue;
        }
        count++;
        put_pieces(e, tag, only->text.text);
        if (!e->w->opt->carry)
            diag_here(e->w->diag, LEVEL_WARNING, "keyword-split",
                      "importers split a keyword at its semicolon");
    }
    if (count == 1 && str_find_byte(only->text.text, ',') < only->text.text.size)
        put_keyword(e, tag, &only->text);
}

static bool is_extra_line(const Record *rec, const Field *field)
{
    return field->id == FIELD_NOTE && str_equal(field->tag, STR("M2")) &&
           str_equal(rec->origin, STR("ris"));
}

/* N1 may come again and again. */
static void put_notes(Entry *e, const FieldTag *row)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (!e->v->taken[i] && field->id == row->field && !is_extra_line(rec, field))
            value_put(e, row, view_take_at(e->v, i));
    }
}

/* All else comes once: a second value goes to M2. */
static void put_row(Entry *e, const FieldTag *row)
{
    if ((row->how & HOW_MASK) == HOW_NOTE) {
        put_notes(e, row);
        return;
    }
    const Field *field = view_take(e->v, row->field);
    if (field == NULL)
        return;
    value_put(e, row, field);
}

/* A preprint's repository is its publisher to Zotero; M2 and DB say the same exactly, so
 * that the reader sees that PB repeats them. */
static void put_repository(Entry *e)
{
    const Field *field = view_see(e->v, FIELD_CONTAINER_TITLE);
    if (e->v->rec->kind != KIND_ARTICLE || view_see(e->v, FIELD_PUBLISHER) != NULL)
        return;
    if (field == NULL)
        field = view_see(e->v, FIELD_ARCHIVE);
    if (field != NULL)
        line_text(e, "PB", &field->text);
}

static bool is_arxiv(Str archive)
{
    return str_equal_nocase(archive, STR("arXiv"));
}

/* Where Zotero looks for a preprint's number. */
static void put_archive_id(Entry *e)
{
    const Record *rec = e->v->rec;
    Str id = record_text(rec, FIELD_ARCHIVE_LOCATION);
    if (rec->kind == KIND_ARTICLE && id.size > 0 &&
        is_arxiv(record_text(rec, FIELD_ARCHIVE)) &&
        record_find(rec, FIELD_NUMBER) == NULL)
        line_extra(e, "archiveID", arena_join(e->arena, STR("arXiv"), STR(":"), id));
}

/* An article's number is what it has for pages; beside them M2 says it, since C7 is lost
 * to Zotero. */
static void put_article_number(Entry *e)
{
    const Field *number = view_see(e->v, FIELD_NUMBER);
    Kind kind = e->v->rec->kind;
    if (number == NULL ||
        (kind != KIND_ARTICLE_JOURNAL && kind != KIND_REVIEW && kind != KIND_REVIEW_BOOK))
        return;
    if (record_find(e->v->rec, FIELD_PAGE) == NULL)
        line_text(e, "SP", &number->text);
    else
        line_extra_text(e, ARTICLE_NUMBER, &number->text);
}

/* BibTeX's pages of a book are often all it has, "xii + 345", which is what importers
 * take SP of a book for; M2 says that they were its pages. */
static void put_page_count(Entry *e, const char *tag)
{
    const Field *page = view_see(e->v, FIELD_PAGE);
    if (!e->has[FIELD_NUMBER_OF_PAGES] && page != NULL && ris_is_count(page->text.text))
        line_text(e, tag, &page->text);
}

/* Zotero takes whom AU names for a film's directors, and moves nobody from M2. */
static void put_makers(Entry *e, const char *tag)
{
    FieldId maker = value_maker(e->v->rec->kind);
    const Field *field = maker != FIELD_OTHER ? view_see(e->v, maker) : NULL;
    if (!e->has[FIELD_AUTHOR] && field != NULL)
        value_names(e, tag, &field->names);
}

static size_t count_rows(const FieldTag *rows)
{
    size_t count = 0;
    while (rows[count].tag != NULL)
        count++;
    return count;
}

static const KindRows *rows_of(Write *w, Kind kind)
{
    State *state = w->state;
    KindRows *of = &state->kinds[kind];
    if (of->rows != NULL)
        return of;
    const FieldTag *rows = tags_fields(w->tags);
    size_t all = count_rows(rows), users = all - count_rows(RIS_FIELDS);
    of->rows = memory_alloc((all + 1) * sizeof(const FieldTag *));
    for (size_t i = 0; i < all; i++) {
        bool read_only = i >= users && (rows[i].how & HOW_READ) != 0;
        if ((rows[i].kinds & KINDS_OF(kind)) != 0 && rows[i].field != FIELD_OTHER &&
            !read_only)
            of->rows[of->count++] = &rows[i];
    }
    return of;
}

static void put_rows(Entry *e)
{
    const KindRows *of = rows_of(e->w, e->v->rec->kind);
    for (size_t i = 0; i < of->count; i++) {
        const FieldTag *row = of->rows[i];
        if (row->field == FIELD_AUTHOR && (row->how & HOW_READ) == 0)
            put_makers(e, row->tag);
        if (row->field == FIELD_NUMBER_OF_PAGES && (row->how & HOW_READ) == 0)
            put_page_count(e, row->tag);
        if (!e->has[row->field] && row->field != FIELD_PUBLISHER)
            continue;
        if (row->how == HOW_KEYWORD) {
            put_keywords(e, row->tag);
            continue;
        }
        if (row->field == FIELD_PUBLISHER)
            put_repository(e);
        else if (row->field == FIELD_NUMBER)
            put_article_number(e);
        put_row(e, row);
    }
}

static bool is_tag(Str tag)
{
    return tag.size == 2 && byte_is_upper(tag.data[0]) &&
           (byte_is_upper(tag.data[1]) || byte_is_digit(tag.data[1]));
}

/* A tag of RIS that nobody has a word for, or that came twice. */
static bool is_own(const Entry *e, const Field *field)
{
    return field->id == FIELD_OTHER && is_tag(field->tag) && e->w->from != NULL &&
           str_equal(str_from(e->w->from->name), STR("ris"));
}

/* All that the type has no tag for.  Line by line of Extra what came from there. */
static void put_rest(Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (e->v->taken[i] || (field->id == FIELD_OTHER && !is_own(e, field)))
            continue;
        field = view_take_at(e->v, i);
        if (field->id == FIELD_OTHER)
            line_literal(e, (char[]){field->tag.data[0], field->tag.data[1], '\0'},
                         field->text.text);
        else
            value_extra(e, field);
    }
}

/* Notes that were lines of M2 go back there. */
static void put_extra_lines(Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        Str rest = field->text.text, line;
        if (e->v->taken[i] || !is_extra_line(rec, field))
            continue;
        view_take_at(e->v, i);
        if (str_find_byte(rest, '\n') == rest.size) {
            line_text(e, "M2", &field->text);
            continue;
        }
        while (str_split(&rest, '\n', &line)) {
            Text text = text_plain(line);
            line_text(e, "M2", &text);
        }
    }
}

static void put_status(Entry *e)
{
    const Field *issued = record_find(e->v->rec, FIELD_ISSUED);
    if (issued != NULL && issued->form == FORM_DATE &&
        value_is_status(e->v->rec, &issued->date))
        line_extra(e, "Status", issued->date.literal);
}

/* TY as it was, where it still is that. */
static Str type_of(const Entry *e, Kind *implied)
{
    const Record *rec = e->v->rec;
    const KindTag *row = tags_kind(e->w->tags, rec->type);
    *implied = row != NULL ? row->kind : KIND_DOCUMENT;
    bool editors = str_equal_nocase(rec->type, STR("EDBOOK")) &&
                   record_find(rec, FIELD_AUTHOR) != NULL;
    if (str_equal(rec->origin, STR("ris")) && rec->type.size > 0 &&
        rec->type.size <= 10 && *implied == rec->kind && !editors)
        return rec->type;
    row = tags_type(e->w->tags, rec->kind);
    row = row != NULL ? row : tags_type(e->w->tags, KIND_DOCUMENT);
    *implied = tags_kind(e->w->tags, str_from(row->tag))->kind;
    return str_from(row->tag);
}

/* Kinds of CSL that Zotero has no type for.  Its citation processor goes by M2. */
static bool is_read_as_another(Kind kind)
{
    return kind == KIND_PERIODICAL || kind == KIND_CLASSIC || kind == KIND_FIGURE ||
           kind == KIND_MUSICAL_SCORE;
}

/* What TY does not say, or not to Zotero: GEN is an article to it, JFULL, too. */
static void put_type(Entry *e, Str type, Kind implied)
{
    Kind kind = e->v->rec->kind;
    if (kind == KIND_ARTICLE)
        line_extra(e, "type", STR("preprint"));
    else if (kind != implied || is_read_as_another(kind) ||
             (kind == KIND_DOCUMENT && !str_equal(type, e->v->rec->type)))
        line_extra(e, "type", str_from(kind_name(kind)));
}

static void ris_put(Write *w, View *v)
{
    State *state = w->state;
    Entry e = {.w = w,
               .v = v,
               .arena = &state->arena,
               .line = &state->line,
               .lines = &state->lines};
    Kind implied;
    buf_clear(e.lines);
    for (size_t i = 0; i < v->rec->count; i++)
        e.has[v->rec->fields[i].id] = true;
    e.title = record_text(v->rec, FIELD_TITLE);
    Str type = type_of(&e, &implied);
    if (state->begun)
        buf_add_byte(e.lines, '\n');
    state->begun = true;
    line_put(&e, "TY", type);
    put_rows(&e);
    put_type(&e, type, implied);
    put_extra_lines(&e);
    put_status(&e);
    put_rest(&e);
    put_archive_id(&e);
    put_about_names(&e);
    line_extra(&e, "Citation Key", v->rec->key);
    if (w->opt->carry)
        ris_carry_put(&e);
    buf_add(e.lines, STR("ER  - \n"));
    sink_write(w->out, buf_str(e.lines));
    arena_reset(&state->arena);
}

static void ris_end(Write *w)
{
    State *state = w->state;
    arena_free(&state->arena);
    buf_free(&state->line);
    buf_free(&state->lines);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        free(state->kinds[kind].rows);
}

const Writer RIS_WRITER = {.state_size = sizeof(State), .put = ris_put, .end = ris_end};
