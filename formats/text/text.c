/* SPDX-License-Identifier: MIT
 * A plain reference list, author and date first, for people to read:
 *
 *     Sutskever, Ilya, Oriol Vinyals, and Quoc Le. 2014. "Sequence to ..." ...
 *
 * One entry a paragraph; wrapped with a hanging indent where a width is asked for.  In a
 * citation style it is a List (list.h). */
#include "formats/text/text.h"
#include "formats/text/lines.h"
#include "convert/record/ident.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

enum { HANGING = 4 };

typedef struct State {
    List list; /* in a style */
    bool begun;
    Arena arena;
    Buf entry;
} State;

static const FieldTag FIELDS[] = {
    {"author", FIELD_AUTHOR, KINDS_ALL, 0, "et al. where the list is cut"},
    {"editor", FIELD_EDITOR, KINDS_ALL, 0, NULL},
    {"year", FIELD_ISSUED, KINDS_ALL, 0, NULL},
    {"title", FIELD_TITLE, KINDS_ALL, 0, NULL},
    {"genre", FIELD_GENRE, KINDS_ALL, 0, NULL},
    {"container", FIELD_CONTAINER_TITLE, KINDS_ALL, 0, NULL},
    {"volume", FIELD_VOLUME, KINDS_ALL, 0, NULL},
    {"issue", FIELD_ISSUE, KINDS_ALL, 0, NULL},
    {"pages", FIELD_PAGE, KINDS_ALL, 0, NULL},
    {"publisher", FIELD_PUBLISHER, KINDS_ALL, 0, NULL},
    {"DOI", FIELD_DOI, KINDS_ALL, 0, NULL},
    {"URL", FIELD_URL, KINDS_ALL, 0, NULL},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

/* Fields that no reference list shows; they are no loss. */
static const FieldId UNSHOWN[] = {
    FIELD_ABSTRACT, FIELD_KEYWORD,     FIELD_EVENT_TITLE, FIELD_CONTAINER_TITLE_SHORT,
    FIELD_ISSN,     FIELD_ISBN,        FIELD_NOTE,        FIELD_ANNOTE,
    FIELD_LANGUAGE, FIELD_TITLE_SHORT, FIELD_CALL_NUMBER, FIELD_SOURCE,
    FIELD_PMID,     FIELD_PMCID,       FIELD_ACCESSED,
};

typedef struct Entry {
    Write *w;
    View *v;
    Arena *arena;
    Buf *out;
} Entry;

/* Parts. */

/* Ends what is there with a full stop, unless it ends with a mark that is one already,
 * also within quotes. */
static void full_stop(Buf *out)
{
    Str s = buf_str(out);
    static const Str CLOSING = {"\xe2\x80\x9d", 3};
    if (str_ends(s, CLOSING))
        s.size -= CLOSING.size;
    else if (str_ends(s, STR("\"")))
        s.size--;
    char last = s.size > 0 ? s.data[s.size - 1] : '.';
    if (last != '.' && last != '?' && last != '!')
        buf_add_byte(out, '.');
}

static void begin_part(Buf *out)
{
    if (out->size == 0)
        return;
    full_stop(out);
    buf_add_byte(out, ' ');
}

Str text_plain_shape(uint32_t character)
{
    static const struct {
        uint16_t character;
        char plain[3];
    } PLAIN[] = {{0x2018, "'"}, {0x2019, "'"},  {0x201c, "\""}, {0x201d, "\""},
                 {0x2013, "-"}, {0x2014, "--"}, {0xa0, " "},    {0x2010, "-"}};
    for (size_t i = 0; i < sizeof PLAIN / sizeof PLAIN[0]; i++) {
        if (PLAIN[i].character == character)
            return str_from(PLAIN[i].plain);
    }
    return STR_EMPTY;
}

/* A character that the charset lacks, in the nearest shape that it has. */
static void add_character(Entry *e, uint32_t c, Str bytes)
{
    Str plain = sink_has(e->w->out, c) ? STR_EMPTY : text_plain_shape(c);
    buf_add(e->out, plain.size > 0 ? plain : bytes);
}

/* Line ends become blanks. */
static void add(Entry *e, Str s)
{
    if (sink_is_unicode(e->w->out) && str_find_byte(s, '\n') == s.size) {
        buf_add(e->out, s);
        return;
    }
    while (s.size > 0) {
        Str rest = s;
        uint32_t c = utf8_next(&rest);
        if (c == '\n')
            buf_add_byte(e->out, ' ');
        else
            add_character(e, c, str_slice(s, 0, s.size - rest.size));
        s = rest;
    }
}

static void add_inverted(Entry *e, const Name *name)
{
    if (name->literal.size > 0 || name_is_cjk(name)) {
        add(e, name_natural(e->arena, name));
        return;
    }
    Str given = name_given(e->arena, name);
    add(e, name_family(e->arena, name));
    if (given.size > 0) {
        add(e, STR(", "));
        add(e, given);
    }
    if (name->suffix.size > 0) {
        add(e, STR(", "));
        add(e, name->suffix);
    }
}

static void add_names(Entry *e, const Names *names)
{
    bool more = names->cut == CUT_CERTAIN;
    for (size_t i = 0; i < names->count; i++) {
        bool last = i + 1 == names->count && !more;
        if (i > 0)
            add(e, names->count == 2 && last && name_is_cjk(&names->items[0])
                       ? STR(" ")
                       : STR(", "));
        if (i > 0 && last)
            add(e, STR("and "));
        if (i == 0)
            add_inverted(e, &names->items[i]);
        else
            add(e, name_natural(e->arena, &names->items[i]));
    }
    if (more)
        add(e, STR(", et al."));
}

static bool add_people(Entry *e)
{
    const Field *who = view_take(e->v, FIELD_AUTHOR);
    bool editors = who == NULL;
    if (editors)
        who = view_take(e->v, FIELD_EDITOR);
    if (who == NULL)
        return false;
    if (who->form == FORM_NAMES)
        add_names(e, &who->names);
    else
        add(e, who->text.text);
    if (editors)
        add(e,
            who->form == FORM_NAMES && who->names.count > 1 ? STR(", eds") : STR(", ed"));
    return true;
}

static void add_date(Entry *e)
{
    const Field *issued = view_take(e->v, FIELD_ISSUED);
    begin_part(e->out);
    if (issued == NULL)
        add(e, STR("n.d."));
    else if (issued->form != FORM_DATE)
        add(e, issued->text.text);
    else if (issued->date.literal.size > 0)
        add(e, issued->date.literal);
    else if (issued->date.range && issued->date.to_end == DATE_KNOWN &&
             issued->date.to.year != issued->date.from.year)
        buf_format(e->out, "%d-%d", issued->date.from.year, issued->date.to.year);
    else
        buf_format(e->out, "%d", issued->date.from.year);
}

static void add_title(Entry *e)
{
    const Field *title = view_take(e->v, FIELD_TITLE);
    if (title == NULL)
        return;
    begin_part(e->out);
    add(e, STR("\xe2\x80\x9c"));
    add(e, title->text.text);
    full_stop(e->out);
    add(e, STR("\xe2\x80\x9d"));
}

static void add_more(Entry *e, FieldId id, Str before)
{
    const Field *field = view_take(e->v, id);
    if (field == NULL)
        return;
    add(e, before);
    add(e, field->text.text);
}

static void add_part(Entry *e, FieldId id, Str before)
{
    if (view_see(e->v, id) == NULL)
        return;
    begin_part(e->out);
    add_more(e, id, before);
}

/* A book of its own: nothing stands before them that they belong to. */
static void add_own_numbers(Entry *e)
{
    const Field *page = view_see(e->v, FIELD_PAGE);
    bool number = page != NULL && page->text.text.size > 0 &&
                  byte_is_digit(page->text.text.data[0]) &&
                  !str_contains(page->text.text, STR(" ")); /* no "214 S." */
    add_part(e, FIELD_VOLUME, STR("Vol. "));
    add_part(e, FIELD_ISSUE, STR("No. "));
    add_part(e, FIELD_PAGE, number ? STR("pp. ") : STR_EMPTY);
}

static void add_container(Entry *e)
{
    const Field *container = view_take(e->v, FIELD_CONTAINER_TITLE);
    if (container == NULL) {
        add_own_numbers(e);
        return;
    }
    begin_part(e->out);
    if (e->v->rec->kind == KIND_PAPER_CONFERENCE || e->v->rec->kind == KIND_CHAPTER)
        add(e, STR("In "));
    add(e, container->text.text);
    bool journal = e->v->rec->kind != KIND_PAPER_CONFERENCE &&
                   e->v->rec->kind != KIND_CHAPTER && e->v->rec->kind != KIND_BOOK;
    add_more(e, FIELD_VOLUME, journal ? STR(" ") : STR(", vol. "));
    add_more(e, FIELD_ISSUE, STR(", no. "));
    add_more(e, FIELD_PAGE, journal ? STR(": ") : STR(", "));
}

static void add_rest(Entry *e)
{
    add_part(e, FIELD_PUBLISHER, STR_EMPTY);
    const Field *doi = view_see(e->v, FIELD_DOI), *url = view_see(e->v, FIELD_URL);
    bool same = doi != NULL && url != NULL &&
                str_equal_nocase(ident_doi(e->arena, url->text.text), doi->text.text);
    add_part(e, FIELD_DOI, STR("https://doi.org/"));
    if (same)
        view_take(e->v, FIELD_URL);
    add_part(e, FIELD_URL, STR_EMPTY);
    full_stop(e->out);
}

/* Lines. */

static size_t columns(Str s)
{
    size_t width = 0;
    while (s.size > 0)
        width += unicode_width(utf8_next(&s));
    return width;
}

/* Breaks at blanks only: a name or an address is never cut. */
static void put_wrapped(Sink *out, Str text, size_t width)
{
    Str word;
    size_t column = 0;
    while (str_word(&text, &word)) {
        size_t size = columns(word);
        if (column > 0 && column + 1 + size > width) {
            sink_write(out, STR("\n    "));
            column = HANGING;
        } else if (column > 0) {
            sink_byte(out, ' ');
            column++;
        }
        sink_write(out, word);
        column += size;
    }
    sink_byte(out, '\n');
}

static void put_plain(Write *w, View *v)
{
    State *state = w->state;
    Entry e = {.w = w, .v = v, .arena = &state->arena, .out = &state->entry};
    buf_clear(&state->entry);
    if (state->begun)
        sink_byte(w->out, '\n');
    state->begun = true;
    if (add_people(&e)) {
        add_date(&e);
        add_title(&e);
    } else {
        add_title(&e);
        add_date(&e);
    }
    add_part(&e, FIELD_GENRE, STR_EMPTY);
    add_container(&e);
    add_rest(&e);
    for (size_t i = 0; i < sizeof UNSHOWN / sizeof UNSHOWN[0]; i++) {
        while (view_take(v, UNSHOWN[i]) != NULL)
            ;
    }
    w->diag->at = v->rec->place;
    if (w->opt->width > 0) {
        put_wrapped(w->out, buf_str(&state->entry), w->opt->width);
    } else {
        sink_write(w->out, buf_str(&state->entry));
        sink_byte(w->out, '\n');
    }
    arena_reset(&state->arena);
}

static const Device *device(const Write *w)
{
    return w->opt->terminal ? &LINES_ANSI : &LINES_PLAIN;
}

static void text_put(Write *w, View *v)
{
    State *state = w->state;
    if (w->opt->style != NULL)
        list_put(&state->list, w, v, device(w));
    else
        put_plain(w, v);
}

static void text_end(Write *w)
{
    State *state = w->state;
    if (w->opt->style != NULL)
        list_end(&state->list, w, device(w));
    arena_free(&state->arena);
    buf_free(&state->entry);
}

static const Writer WRITER = {
    .state_size = sizeof(State), .put = text_put, .end = text_end};

const Format format_text = {
    .name = "text",
    .title = "plain-text reference list",
    .extensions = "txt text",
    .style = "",
    .fields = FIELDS,
    .writer = &WRITER,
};
