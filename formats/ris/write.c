/* SPDX-License-Identifier: MIT
 * Writing RIS so that Zotero and those who read by the letter take it whole.
 *
 * UTF-8 without a mark, lines end with LF, one line a value, never wrapped; two blanks,
 * hyphen and blank behind each tag.  Importers read all but abstracts as HTML where a
 * "<" or "&" could begin some, so there those are escaped, and only there. */
#include "convert/text/html.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/ris/ris.h"

#include <string.h>

typedef struct State {
    bool begun;
    Arena arena; /* of one record */
    Buf line;
} State;

typedef struct Entry {
    Write *w;
    View *v;
    Arena *arena;
    Buf *line;
} Entry;

/* --- Lines
 * ------------------------------------------------------------------------------------ */

/* Controls make Zotero take the whole file for Latin-1, and U+FFFE and U+FFFF are none of
 * any text. */
static bool is_forbidden(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f || c == 0xfffe ||
           c == 0xffff;
}

static void add_clean(Buf *out, Str s, bool paragraphs)
{
    while (s.size > 0) {
        size_t plain = 0;
        while (plain < s.size && (unsigned char)s.data[plain] >= 0x20 &&
               (unsigned char)s.data[plain] < 0x7f)
            plain++;
        buf_add(out, str_slice(s, 0, plain));
        s = str_after(s, plain);
        if (s.size == 0)
            return;
        Str rest = s;
        uint32_t c = utf8_next(&rest);
        if (c == '\n' && !paragraphs)
            buf_add_byte(out, ' ');
        else if (!is_forbidden(c))
            buf_add(out, str_slice(s, 0, s.size - rest.size));
        s = rest;
    }
}

static void put_line(Entry *e, const char *tag, Str value)
{
    value = str_trim(value);
    if (value.size == 0)
        return;
    sink_write(e->w->out, str_from(tag));
    sink_write(e->w->out, STR("  - "));
    sink_write(e->w->out, value);
    sink_byte(e->w->out, '\n');
}

/* --- HTML
 * -------------------------------------------------------------------------------------
 */

/* Whether HTML would take the '<' or '&' at the front for more than itself. */
static bool is_markup(Str s)
{
    uint32_t characters[2];
    char next = s.size > 1 ? s.data[1] : 0;
    if (s.data[0] == '<')
        return byte_is_alpha(next) || next == '/' || next == '!' || next == '?';
    if (next == '#')
        return true;
    /* Names that need no semicolon are read from the front of longer words, too:
     * "&section=4" becomes a section sign and "ion=4". */
    for (size_t size = 2; size <= s.size && size <= 8 && byte_is_alpha(s.data[size - 1]);
         size++) {
        if (html_reference(str_slice(s, 0, size), characters) > 0)
            return true;
    }
    return html_reference(s, characters) > 0;
}

static void add_escaped(Buf *out, Str s, bool every)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        if ((c == '<' || c == '&') && (every || is_markup(str_after(s, i))))
            buf_add(out, c == '<' ? STR("&lt;") : STR("&amp;"));
        else
            buf_add_byte(out, c);
    }
}

static void add_text(Entry *e, Buf *out, Str s)
{
    Buf clean = {0};
    add_clean(&clean, unicode_nfc(e->arena, s), false);
    add_escaped(out, buf_str(&clean), false);
    buf_free(&clean);
}

/* Zotero's own rich text in titles: tags that survive its import because they are
 * escaped. */
static Str tag_text(Mark mark, bool open)
{
    switch (mark) {
    case MARK_ITALIC:
        return open ? STR("&lt;i&gt;") : STR("&lt;/i&gt;");
    case MARK_BOLD:
        return open ? STR("&lt;b&gt;") : STR("&lt;/b&gt;");
    case MARK_SUP:
        return open ? STR("&lt;sup&gt;") : STR("&lt;/sup&gt;");
    case MARK_SUB:
        return open ? STR("&lt;sub&gt;") : STR("&lt;/sub&gt;");
    case MARK_SMALL_CAPS:
        return open ? STR("&lt;span style=\"font-variant:small-caps;\"&gt;")
                    : STR("&lt;/span&gt;");
    case MARK_NOCASE:
        return open ? STR("&lt;span class=\"nocase\"&gt;") : STR("&lt;/span&gt;");
    case MARK_MATH:
    case MARK_COUNT:
        break;
    }
    return STR_EMPTY;
}

static void add_rich(Entry *e, Buf *out, const Text *text)
{
    TextWalk walk = {.text = text};
    for (;;) {
        TextStep step = text_step(&walk);
        if (step.kind == TEXT_END)
            return;
        if (step.kind == TEXT_PIECE)
            add_text(e, out, step.piece);
        else
            buf_add(out, tag_text(step.mark, step.kind == TEXT_OPEN));
    }
}

/* --- Values
 * -------------------------------------------------------------------------------------
 */

static void put_text(Entry *e, const char *tag, const Text *text)
{
    buf_clear(e->line);
    add_rich(e, e->line, text);
    put_line(e, tag, buf_str(e->line));
}

/* A paragraph a line; all but the first begin with a blank, so that none is taken for a
 * tag ("AI - new"). */
static void put_literal(Entry *e, const char *tag, Str text)
{
    Buf clean = {0};
    Str piece;
    bool first = true;
    add_clean(&clean, unicode_nfc(e->arena, text), true);
    Str rest = buf_str(&clean);
    while (str_split(&rest, '\n', &piece)) {
        piece = str_trim(piece);
        if (first && piece.size > 0) {
            put_line(e, tag, piece);
            first = false;
        } else if (!first && piece.size > 0) {
            sink_write(e->w->out, STR("\n "));
            sink_write(e->w->out, piece);
            sink_byte(e->w->out, '\n');
        }
    }
    buf_free(&clean);
}

/* Labels that ProCite's notes begin with: Zotero moves such a note to a field, and reads
 * the rest of the file as ProCite's. */
static bool is_procite(Str label)
{
    static const char *const LABELS[] = {"Edition",
                                         "ISBN",
                                         "Language",
                                         "Publisher Name",
                                         "Series Title",
                                         "Proceedings Title",
                                         "Volume ID",
                                         "Issue ID",
                                         "Issue Identification",
                                         "Series Volume ID",
                                         "Scale",
                                         "Place of Publication",
                                         "Size",
                                         "Call Number",
                                         "Author, Subsidiary",
                                         "Author, Monographic",
                                         "Record ID",
                                         "Record Number",
                                         "Connective Phrase",
                                         "Notes",
                                         "Note"};
    label = str_trim(label);
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++) {
        if (str_equal_nocase(label, str_from(LABELS[i])))
            return true;
    }
    return str_ends(label, STR("Role"));
}

/* A note is HTML to Zotero.  A colon that ProCite's label ends with is spelled so that
 * it is none to the importer. */
static void put_note(Entry *e, const char *tag, const Text *text)
{
    Buf clean = {0};
    add_clean(&clean, unicode_nfc(e->arena, text->text), false);
    buf_clear(e->line);
    add_escaped(e->line, buf_str(&clean), true);
    Str note = buf_str(e->line);
    size_t colon = str_find_byte(note, ':'), start = colon;
    while (start > 0 && (byte_is_alpha(note.data[start - 1]) ||
                         note.data[start - 1] == ',' || note.data[start - 1] == ' '))
        start--;
    if (colon < note.size && is_procite(str_slice(note, start, colon))) {
        buf_clear(&clean);
        buf_add(&clean, str_slice(note, 0, colon));
        buf_add(&clean, STR("&#58;"));
        buf_add(&clean, str_after(note, colon + 1));
        put_line(e, tag, buf_str(&clean));
    } else {
        put_line(e, tag, note);
    }
    buf_free(&clean);
}

/* "Citation Key: x".  A value with a colon of its own would not be found: a no-break
 * space behind the first colon mends that. */
static void put_extra(Entry *e, const char *key, Str value)
{
    buf_clear(e->line);
    buf_add(e->line, str_from(key));
    buf_add(e->line,
            str_find_byte(value, ':') < value.size ? STR(":\xc2\xa0") : STR(": "));
    add_text(e, e->line, value);
    put_line(e, "M2", buf_str(e->line));
}

/* --- Names and dates
 * ------------------------------------------------------------------------------ */

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
        add_text(e, e->line, without_commas(e, name->literal));
        put_line(e, tag, buf_str(e->line));
        return;
    }
    Str given = name_given(e->arena, name);
    add_text(e, e->line, name_family(e->arena, name));
    if (given.size > 0 || name->suffix.size > 0) {
        buf_add(e->line, STR(", "));
        add_text(e, e->line, given);
    }
    if (name->suffix.size > 0) {
        buf_add(e->line, STR(", "));
        add_text(e, e->line, name->suffix);
    }
    put_line(e, tag, buf_str(e->line));
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
                put_extra(e, "Homonym",
                          arena_join(e->arena, name_natural(e->arena, name), STR(" "),
                                     name->homonym));
        }
        if (field->names.cut == CUT_CERTAIN) {
            Text note = text_plain(
                arena_format(e->arena,
                             "The source cuts its list of %ss short: there are more than "
                             "the %zu given here.",
                             field_name(field->id), field->names.count));
            put_note(e, "N1", &note);
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
            put_line(e, "DA", date->literal);
        else
            put_extra(e, "Status", date->literal);
        return;
    }
    if (date->from.year <= 0) {
        put_extra(e, "Issued", arena_format(e->arena, "%d", date->from.year));
        return;
    }
    put_line(e, "PY", arena_format(e->arena, "%04d", date->from.year));
    if (date->range && !date->open)
        put_line(e, "DA",
                 arena_format(e->arena, "%04d-%04d", date->from.year, date->to.year));
    else if (date->approximate)
        put_line(e, "DA", arena_format(e->arena, "c. %04d", date->from.year));
    else
        put_line(e, "DA", slashed(e, date->from));
}

/* Without a time of day the date moves by one in zones far from Greenwich; noon is a time
 * that is read as one. */
static void put_accessed(Entry *e, const char *tag, const Date *date)
{
    if (date->literal.size > 0 || date->from.day == 0)
        put_extra(e, "Accessed",
                  date->literal.size > 0 ? date->literal : slashed(e, date->from));
    else
        put_line(e, tag,
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
            put_line(e, tag, from);
            put_line(e, "EP", to);
            return;
        }
        all.text = arena_join(e->arena, from, STR("\xe2\x80\x93"), to);
    }
    put_text(e, tag, &all);
}

/* --- Records
 * --------------------------------------------------------------------------------------
 */

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
    switch ((How)row->how) {
    case HOW_LITERAL:
        put_literal(e, row->tag, field->text.text);
        break;
    case HOW_NOTE:
        put_note(e, row->tag, &field->text);
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
        put_text(e, row->tag, &field->text);
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
        put_text(e, tag, &field->text);
        only = field;
    }
    if (count == 1 && str_find_byte(only->text.text, ',') < only->text.text.size)
        put_text(e, tag, &only->text);
}

static void put_rows(Entry *e)
{
    Kinds kind = KINDS_OF(e->v->rec->kind);
    for (const FieldTag *row = RIS_FIELDS; row->tag != NULL; row++) {
        const Field *field;
        if ((row->kinds & kind) == 0)
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

/* Names by which Zotero knows a field in Extra; other fields go under CSL's name. */
static const char *extra_name(FieldId id)
{
    static const struct {
        FieldId id;
        const char *name;
    } NAMES[] = {
        {FIELD_ISSN, "ISSN"},
        {FIELD_ISBN, "ISBN"},
        {FIELD_COLLECTION_NUMBER, "Series Number"},
        {FIELD_COLLECTION_TITLE, "Series"},
        {FIELD_NUMBER_OF_VOLUMES, "Number of Volumes"},
        {FIELD_EVENT_PLACE, "Event Place"},
        {FIELD_PMID, "PMID"},
        {FIELD_PMCID, "PMCID"},
        {FIELD_STATUS, "Status"},
        {FIELD_VOLUME, "Volume"},
        {FIELD_ISSUE, "Issue"},
        {FIELD_PAGE, "Pages"},
        {FIELD_EDITION, "Edition"},
        {FIELD_VERSION, "Version"},
        {FIELD_PUBLISHER, "Publisher"},
        {FIELD_CONTAINER_TITLE, "Container Title"},
        {FIELD_CONTAINER_TITLE_SHORT, "Short Container Title"},
        {FIELD_EVENT_TITLE, "Event Title"},
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (NAMES[i].id == id)
            return NAMES[i].name;
    }
    return field_name(id);
}

static void put_extra_names(Entry *e, const char *key, const Names *names)
{
    for (size_t i = 0; i < names->count; i++)
        put_extra(e, key, name_natural(e->arena, &names->items[i]));
}

/* All that the type has no tag for. */
static void put_rest(Entry *e)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        if (e->v->taken[i] || rec->fields[i].id == FIELD_OTHER)
            continue;
        const Field *field = view_take(e->v, rec->fields[i].id);
        const char *key = extra_name(field->id);
        if (field->form == FORM_NAMES)
            put_extra_names(e, key, &field->names);
        else if (field->form == FORM_DATE)
            put_extra(e, key,
                      field->date.literal.size > 0 ? field->date.literal
                                                   : slashed(e, field->date.from));
        else
            put_extra(e, key, field->text.text);
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
    put_line(&e, "TY", str_from(type_of(v->rec)));
    put_rows(&e);
    if (v->rec->kind == KIND_ARTICLE)
        put_extra(&e, "type", STR("preprint"));
    put_rest(&e);
    put_about_names(&e);
    put_extra(&e, "Citation Key", v->rec->key);
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
