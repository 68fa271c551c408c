/* SPDX-License-Identifier: MIT
 * Writing RIS: UTF-8 without a mark, lines end with LF, an empty line between records. */
#include "formats/ris/ris.h"

#include <string.h>

typedef struct State {
    bool begun;
    Arena arena; /* of one record */
    Buf line;
} State;

/* Names and dates. */

/* Importers split at the first comma, and nothing keeps them from it. */
static Str without_commas(Entry *e, Str literal)
{
    Buf out = {0};
    Str piece, rest = literal;
    bool first = true;
    if (str_find_byte(literal, ',') == literal.size)
        return literal;
    while (str_split(&rest, ',', &piece)) {
        if (!first)
            buf_add(&out, STR(" - "));
        buf_add(&out, str_trim(piece));
        first = false;
    }
    Str made = arena_copy(e->arena, buf_str(&out));
    buf_free(&out);
    diag_here(e->w->diag, LEVEL_WARNING, "name-comma",
              "RIS cannot carry the comma of '%.*s'; written as '%.*s'", STR_ARG(literal),
              STR_ARG(made));
    return made;
}

static void put_name(Entry *e, const char *tag, const Name *name)
{
    buf_clear(e->line);
    if (name->literal.size > 0) {
        line_add(e, e->line, without_commas(e, name->literal));
        line_put(e, tag, buf_str(e->line));
        return;
    }
    Str given = name_given(e->arena, name);
    line_add(e, e->line, name_family(e->arena, name));
    if (given.size > 0 || name->suffix.size > 0) {
        buf_add(e->line, STR(", "));
        line_add(e, e->line, given);
    }
    if (name->suffix.size > 0) {
        buf_add(e->line, STR(", "));
        line_add(e, e->line, name->suffix);
    }
    line_put(e, tag, buf_str(e->line));
}

static void put_names(Entry *e, const char *tag, const Names *names)
{
    for (size_t i = 0; i < names->count; i++)
        put_name(e, tag, &names->items[i]);
}

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

static bool has_year(Str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.size && digits < 4; i++)
        digits = byte_is_digit(text.data[i]) ? digits + 1 : 0;
    return digits == 4;
}

static Str slashed(Entry *e, DatePart part)
{
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    if (part.month >= 21 && part.month <= 24)
        return arena_format(e->arena, "%s %04d", SEASONS[part.month - 21], part.year);
    if (part.month == 0)
        return arena_format(e->arena, "%04d///", part.year);
    if (part.day == 0)
        return arena_format(e->arena, "%04d/%02d//", part.year, part.month);
    return arena_format(e->arena, "%04d/%02d/%02d/", part.year, part.month, part.day);
}

static void put_issued(Entry *e, const Date *date)
{
    if (date->literal.size > 0) {
        /* Without a year an importer makes a year of it: "0000 in". */
        if (has_year(date->literal))
            line_put(e, "DA", date->literal);
        else
            line_extra(e, "Status", date->literal);
        return;
    }
    if (date->from.year <= 0) {
        line_extra(e, "Issued", arena_format(e->arena, "%d", date->from.year));
        return;
    }
    line_put(e, "PY", arena_format(e->arena, "%04d", date->from.year));
    if (date->range && date->to_end == DATE_KNOWN)
        line_put(e, "DA",
                 arena_format(e->arena, "%04d-%04d", date->from.year, date->to.year));
    else if (date_is_circa(date))
        line_put(e, "DA", arena_format(e->arena, "c. %04d", date->from.year));
    else
        line_put(e, "DA", slashed(e, date->from));
}

/* Without a time of day the date moves by one in zones far from Greenwich; noon is a time
 * that is read as one. */
static void put_accessed(Entry *e, const char *tag, const Date *date)
{
    if (date->literal.size > 0 || date->from.day == 0)
        line_extra(e, "Accessed",
                   date->literal.size > 0 ? date->literal : slashed(e, date->from));
    else
        line_put(e, tag,
                 arena_format(e->arena, "%04d/%02d/%02d/12:00:00", date->from.year,
                              date->from.month, date->from.day));
}

/* The two ends of a range; false where it is one page, several ranges, or ends whose
 * names have hyphens themselves and no better dash between. */
static bool split_pages(Str pages, Str *from, Str *to)
{
    static const Str DASHES[] = {
        {"\xe2\x80\x93", 3}, {"\xe2\x80\x94", 3}, {"--", 2}, {"-", 1}};
    for (size_t i = 0; i < sizeof DASHES / sizeof DASHES[0]; i++) {
        size_t at = str_find(pages, DASHES[i]);
        if (at == pages.size)
            continue;
        *from = str_trim(str_slice(pages, 0, at));
        *to = str_trim(str_after(pages, at + DASHES[i].size));
        return from->size > 0 && to->size > 0 && str_find(*to, DASHES[i]) == to->size &&
               str_find_byte(pages, ',') == pages.size;
    }
    return false;
}

/* "5998-6008" as SP and EP.  An SP with a hyphen in it would lose its EP: "104-1" to
 * "104-20" is written as one. */
static void put_pages(Entry *e, const char *tag, Str pages)
{
    Str from, to;
    Text all = text_plain(pages);
    if (split_pages(pages, &from, &to)) {
        if (str_find_byte(from, '-') == from.size) {
            line_put(e, tag, from);
            line_put(e, "EP", to);
            return;
        }
        all.text = arena_join(e->arena, from, STR("\xe2\x80\x93"), to);
    }
    line_text(e, tag, &all);
}

/* Records. */

static void put_row(Entry *e, const FieldTag *row, const Field *field)
{
    if (field->form == FORM_NAMES) {
        put_names(e, row->tag, &field->names);
        return;
    }
    if (field->form == FORM_DATE) {
        if (row->how == HOW_ACCESSED)
            put_accessed(e, row->tag, &field->date);
        else
            put_issued(e, &field->date);
        return;
    }
    switch ((How)(row->how & HOW_MASK)) {
    case HOW_LITERAL:
        line_literal(e, row->tag, field->text.text);
        break;
    case HOW_NOTE:
        line_note(e, row->tag, &field->text);
        break;
    case HOW_PAGES:
        put_pages(e, row->tag, field->text.text);
        break;
    case HOW_TEXT:
    case HOW_EXTRA:
    case HOW_NAMES:
    case HOW_YEAR:
    case HOW_DATE:
    case HOW_ACCESSED:
    case HOW_SERIAL:
    case HOW_DOI:
    case HOW_URL:
    case HOW_GENRE:
    case HOW_KEYWORD:
    case HOW_KEY:
    case HOW_MASK:
    case HOW_READ:
        line_text(e, row->tag, &field->text);
        break;
    }
}

/* Zotero splits a record's only keyword at its commas; the same line twice is two
 * keywords to that rule and one to the library. */
static void put_keywords(Entry *e, const char *tag)
{
    const Field *field, *only = NULL;
    size_t count = 0;
    for (; (field = view_take(e->v, FIELD_KEYWORD)) != NULL; count++) {
        line_text(e, tag, &field->text);
        only = field;
    }
    if (count == 1 && str_find_byte(only->text.text, ',') < only->text.text.size)
        line_text(e, tag, &only->text);
}

static void put_rows(Entry *e)
{
    Kinds kind = KINDS_OF(e->v->rec->kind);
    for (const FieldTag *row = RIS_FIELDS; row->tag != NULL; row++) {
        const Field *field;
        if ((row->kinds & kind) == 0 || (row->how & HOW_READ) != 0)
            continue;
        if (row->field == FIELD_KEYWORD) {
            put_keywords(e, row->tag);
            continue;
        }
        if ((field = view_take(e->v, row->field)) == NULL)
            continue;
        put_row(e, row, field);
        if (row->how == HOW_NOTE) {
            while ((field = view_take(e->v, row->field)) != NULL)
                put_row(e, row, field);
        }
    }
}

static void put_extra_names(Entry *e, const char *key, const Names *names)
{
    for (size_t i = 0; i < names->count; i++)
        line_extra(e, key, name_natural(e->arena, &names->items[i]));
}

/* All that the type has no tag for. */
static void put_rest(Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        if (e->v->taken[i] || rec->fields[i].id == FIELD_OTHER)
            continue;
        const Field *field = view_take(e->v, rec->fields[i].id);
        const char *key = ris_extra_name(field->id, rec->kind);
        if (field->form == FORM_NAMES)
            put_extra_names(e, key, &field->names);
        else if (field->form == FORM_DATE)
            line_extra(e, key,
                       field->date.literal.size > 0 ? field->date.literal
                                                    : slashed(e, field->date.from));
        else
            line_extra(e, key, field->text.text);
    }
}

static const char *type_of(const Record *rec)
{
    for (const KindTag *tag = RIS_KINDS; tag->tag != NULL; tag++) {
        if (tag->kind == rec->kind)
            return tag->tag;
    }
    return "GEN";
}

static void ris_put(Write *w, View *v)
{
    State *state = w->state;
    Entry e = {.w = w, .v = v, .arena = &state->arena, .line = &state->line};
    if (state->begun)
        sink_byte(w->out, '\n');
    state->begun = true;
    line_put(&e, "TY", str_from(type_of(v->rec)));
    put_rows(&e);
    if (v->rec->kind == KIND_ARTICLE)
        line_extra(&e, "type", STR("preprint"));
    put_rest(&e);
    put_about_names(&e);
    line_extra(&e, "Citation Key", v->rec->key);
    sink_write(w->out, STR("ER  - \n"));
    arena_reset(&state->arena);
}

static void ris_end(Write *w)
{
    State *state = w->state;
    arena_free(&state->arena);
    buf_free(&state->line);
}

const Writer RIS_WRITER = {.state_size = sizeof(State), .put = ris_put, .end = ris_end};
