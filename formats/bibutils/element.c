/* SPDX-License-Identifier: MIT
 * Cutting formats of XML: a record is an element of a certain name.
 *
 * It is rewritten so that libbibutils, which reads no XML but tags, gets at all of it: no
 * prefixes, CDATA as text, references in one spelling, white space as one blank, inline
 * markup taken out and remembered as characters (piece.h). */
#include "convert/text/html.h"
#include "convert/text/utf8.h"
#include "formats/bibutils/stand_in.h"
#include "formats/bibutils/xml.h"

#include <string.h>

enum { DEPTH_MOST = 128, AHEAD = 64 * 1024 };

/* Tokens of what is ahead. */
typedef struct Cursor {
    Read *r;
    Piece *piece;
    Str ahead;
    size_t at, want;
    bool last; /* nothing follows `ahead` */
} Cursor;

static void look_ahead(Cursor *c)
{
    c->ahead = source_ahead(c->r->in, c->want);
    c->last = c->ahead.size < c->want;
}

/* The next token and its size; 0 at the end of the file.  It stays at c->at. */
static size_t token_ahead(Cursor *c, XmlToken *token)
{
    for (;;) {
        size_t size = 0;
        bool last = c->last || c->ahead.size - c->at > RECORD_LIMIT;
        if (c->at < c->ahead.size)
            size =
                xml_token(str_after(c->ahead, c->at), last, c->piece->ends_sought, token);
        if (size > 0 || c->last)
            return size;
        c->want = c->ahead.size > c->want ? 2 * c->ahead.size : 2 * c->want;
        look_ahead(c);
    }
}

static bool is_record(const Dialect *dialect, Str name)
{
    for (size_t i = 0; i < 3 && dialect->records[i] != NULL; i++) {
        if (str_equal_nocase(name, str_from(dialect->records[i])))
            return true;
    }
    return false;
}

/* Passes over all before the next record of this file; false where none is left. */
static bool find_record(Cursor *c, const Dialect *dialect)
{
    XmlToken token;
    size_t size;
    while ((size = token_ahead(c, &token)) > 0) {
        if ((token.kind == XML_OPEN || token.kind == XML_EMPTY) &&
            is_record(dialect, token.name))
            return true;
        if (token.kind == XML_TEXT && str_trim(token.body).size > 0)
            piece_outside(c->r, c->piece, source_place_ahead(c->r->in, 0));
        source_pass(c->r->in, size);
        c->want = AHEAD;
        look_ahead(c);
    }
    return false;
}

/* How far the record goes; 0 where it is too long. */
static size_t record_size(Cursor *c)
{
    XmlToken token, first;
    size_t size = token_ahead(c, &first), name_at;
    c->at = size;
    if (first.kind == XML_EMPTY)
        return size;
    name_at = (size_t)(first.name.data - c->ahead.data);
    size_t name_size = first.name.size;
    while ((size = token_ahead(c, &token)) > 0) {
        Str name = str_slice(c->ahead, name_at, name_at + name_size);
        bool same = str_equal_nocase(token.name, name);
        if (c->at > RECORD_LIMIT)
            return 0;
        if (token.kind == XML_CLOSE && same)
            return c->at + size;
        if (token.kind == XML_OPEN && same)
            break;
        c->at += size;
    }
    diag_report(c->r->diag, LEVEL_WARNING, "unclosed-record", c->piece->place,
                "the record is not closed; it ends before the next one");
    return c->at;
}

/* Rewriting. */

typedef struct Nest {
    Str name, tag;  /* tag: with its type, for messages */
    Str written;    /* the name that the library has for it */
    unsigned marks; /* of inline markup, one bit a Mark */
    bool is_inline;
} Nest;

typedef struct Rewrite {
    Read *r;
    const Dialect *dialect;
    Piece *piece;
    Str whole; /* the record */
    Nest nests[DEPTH_MOST];
    size_t depth;
    size_t run_at; /* where the text in piece->run begins */
    bool has_text;
} Rewrite;

/* The text so far is a value of the element that is open. */
static void end_run(Rewrite *w)
{
    Buf *run = &w->piece->run;
    Str text = str_trim(buf_str(run));
    Str tag = STR_EMPTY;
    for (size_t i = w->depth; i-- > 0 && tag.size == 0;) {
        if (!w->nests[i].is_inline)
            tag = w->nests[i].tag;
    }
    if (w->has_text) {
        piece_item(w->piece, tag, text, source_place_ahead(w->r->in, w->run_at), false);
        if (w->dialect->comma_bodies && str_starts_nocase(tag, STR("author"))) {
            piece_glue(w->piece, run);
            text = buf_str(run);
        }
        xml_escape(&w->piece->text, text);
    }
    buf_clear(run);
    w->has_text = false;
}

/* White space of any length is one blank, none at the beginning. */
static void add_text(Rewrite *w, Str text, size_t at, bool references)
{
    Buf *run = &w->piece->run;
    size_t i = 0;
    while (i < text.size) {
        uint32_t characters[2] = {0, 0};
        Str rest = str_after(text, i);
        size_t size =
            references && rest.data[0] == '&' ? html_reference(rest, characters) : 0;
        if (size == 0 && byte_is_space(rest.data[0])) {
            /* A character that was left out may be all so far. */
            if (w->has_text && run->size > 0 && run->data[run->size - 1] != ' ')
                buf_add_byte(run, ' ');
            i++;
            continue;
        }
        if (!w->has_text) {
            w->has_text = true;
            w->run_at = at + i;
        }
        if (size == 0) {
            characters[0] = utf8_next(&rest);
            size = text.size - i - rest.size;
        }
        for (size_t k = 0; k < 2 && characters[k] != 0; k++)
            piece_add_character(w->piece, run, characters[k]);
        i += size;
    }
}

static void add_marks(Rewrite *w, unsigned marks, bool opens)
{
    for (int i = 0; i < MARK_COUNT; i++) {
        Mark mark = (Mark)(opens ? i : MARK_COUNT - 1 - i);
        if ((marks >> mark & 1) != 0)
            piece_add_mark(&w->piece->run, mark, opens);
    }
}

static void add_value(Buf *out, Str value)
{
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        if (c == '"')
            buf_add(out, STR("&quot;"));
        else
            buf_add_byte(out, byte_is_space(c) || c == '\0' ? ' ' : c);
    }
}

/* The tag as messages and --map have it: "identifier:doi". */
static Str tag_of(Arena *arena, const XmlToken *token)
{
    Str name, value, body = token->body;
    while (xml_attribute(&body, &name, &value)) {
        if (value.size > 0 && (str_equal_nocase(name, STR("type")) ||
                               str_equal_nocase(name, STR("IdType")) ||
                               str_equal_nocase(name, STR("EIdType"))))
            return arena_join(arena, token->name, STR(":"), value);
    }
    return arena_copy(arena, token->name);
}

/* The same where it matters of what it speaks: the number within a series, EndNote's
 * authors of all sorts, Word's people by what they did. */
static Str tag_within(const Rewrite *w, const XmlToken *token)
{
    size_t related = 0;
    bool series = false;
    Str parent = w->depth > 0 ? w->nests[w->depth - 1].name : STR_EMPTY;
    if (str_equal_nocase(token->name, STR("author")) && str_ends(parent, STR("-authors")))
        return arena_join(w->piece->arena, token->name, STR(":"), parent);
    if (str_equal(token->name, STR("Corporate")) && !str_equal(parent, STR("Author")))
        return arena_join(w->piece->arena, token->name, STR(":"), parent);
    if (str_equal(parent, STR("Person")) && w->depth > 2)
        return arena_join(w->piece->arena, token->name, STR(":"),
                          w->nests[w->depth - 3].name);
    for (size_t i = 0; i < w->depth; i++) {
        if (str_starts_nocase(w->nests[i].tag, STR("relatedItem"))) {
            related++;
            series = str_equal_nocase(w->nests[i].tag, STR("relatedItem:series"));
        }
    }
    if (series && str_equal_nocase(token->name, STR("partNumber")))
        return related == 1 ? STR("partNumber:series") : STR("partNumber:host-series");
    return tag_of(w->piece->arena, token);
}

static const Renamed *renamed(const Rewrite *w, Str name)
{
    const Renamed *row = w->dialect->renamed;
    for (; row != NULL && row->name != NULL; row++) {
        if (str_equal_nocase(name, str_from(row->name)))
            return row;
    }
    return NULL;
}

static Str written_name(const Rewrite *w, Str name)
{
    const Renamed *row = renamed(w, name);
    return row != NULL ? str_from(row->as) : name;
}

/* <AbstractText Label="METHODS"> */
static void add_label(Rewrite *w, const XmlToken *token)
{
    Str name, value, body = token->body;
    while (xml_attribute(&body, &name, &value)) {
        size_t at = (size_t)(value.data - w->whole.data);
        if (str_equal_nocase(name, STR("Label")) && value.size > 0) {
            add_text(w, value, at, true);
            add_text(w, STR(": "), at, false);
        }
    }
}

/* <AuthorList CompleteYN="N">: others are not named. */
static void note_cut(Rewrite *w, const XmlToken *token)
{
    Str name, value, body = token->body;
    while (str_equal_nocase(token->name, STR("AuthorList")) &&
           xml_attribute(&body, &name, &value)) {
        if (str_equal_nocase(name, STR("CompleteYN")) && str_equal(value, STR("N")))
            piece_item(w->piece, name, STR("et al."),
                       source_place_ahead(w->r->in, (size_t)(name.data - w->whole.data)),
                       false);
    }
}

static void write_tag(Rewrite *w, const XmlToken *token)
{
    Buf *out = &w->piece->text;
    const Renamed *row = renamed(w, token->name);
    Str name, value, body = token->body;
    buf_add_byte(out, '<');
    buf_add(out, str_from(w->dialect->prefix));
    buf_add(out, written_name(w, token->name));
    while (xml_attribute(&body, &name, &value)) {
        if (name.size == 0)
            continue;
        buf_add_byte(out, ' ');
        buf_add(out, name);
        buf_add(out, STR("=\""));
        if (w->dialect->stand_ins && str_equal_nocase(token->name, STR("ref-type")) &&
            str_equal_nocase(name, STR("name")))
            value = stand_in_for_name(w->piece, value);
        add_value(out, value);
        buf_add_byte(out, '"');
        if (w->depth == 0 && str_equal_nocase(name, STR("ID")))
            piece_item(w->piece, name, value, w->piece->place, false);
    }
    buf_add(out, token->kind == XML_EMPTY ? STR("/>") : STR(">"));
    if (row != NULL && row->filling != NULL && token->kind == XML_OPEN)
        buf_add(out, str_from(row->filling));
}

/* Catalogues name a body from the whole to the part, "United States" and "Congress"; the
 * library keeps the last.  Whether this is a further part, which then joins the first. */
static bool joins_body(Rewrite *w, const XmlToken *token)
{
    Buf *out = &w->piece->text;
    Str end = STR("</namePart>"), body = token->body, name, value;
    Str parent = w->depth > 0 ? w->nests[w->depth - 1].tag : STR_EMPTY;
    if (token->kind != XML_OPEN || !str_equal_nocase(token->name, STR("namePart")) ||
        (!str_equal_nocase(parent, STR("name:corporate")) &&
         !str_equal_nocase(parent, STR("name:conference"))) ||
        xml_attribute(&body, &name, &value) || !str_ends(buf_str(out), end))
        return false;
    out->size -= end.size;
    buf_add(out, str_ends(buf_str(out), STR(".")) ? STR(" ") : STR(". "));
    return true;
}

/* False where it is nested too deeply. */
static bool open_element(Rewrite *w, const XmlToken *token)
{
    unsigned marks;
    bool is_inline = w->dialect->clause_marks && xml_is_markup(token, &marks);
    if (token->kind == XML_EMPTY && is_inline)
        return true;
    if (!is_inline) {
        end_run(w);
        if (!joins_body(w, token))
            write_tag(w, token);
        note_cut(w, token);
    }
    if (token->kind == XML_EMPTY)
        return true;
    if (w->depth == DEPTH_MOST)
        return false;
    Str tag = is_inline ? STR_EMPTY : tag_within(w, token);
    w->nests[w->depth++] = (Nest){.name = token->name,
                                  .tag = tag,
                                  .written = written_name(w, token->name),
                                  .marks = is_inline ? marks : 0,
                                  .is_inline = is_inline};
    if (is_inline)
        add_marks(w, marks, true);
    else if (w->dialect->clause_marks)
        add_label(w, token);
    return true;
}

static void close_nest(Rewrite *w)
{
    const Nest *nest = &w->nests[w->depth - 1];
    if (nest->is_inline) {
        add_marks(w, nest->marks, false);
    } else {
        end_run(w);
        buf_add(&w->piece->text, STR("</"));
        buf_add(&w->piece->text, str_from(w->dialect->prefix));
        buf_add(&w->piece->text, nest->written);
        buf_add_byte(&w->piece->text, '>');
    }
    w->depth--;
}

/* An end without a beginning is passed over; one that leaves others open ends them. */
static void close_element(Rewrite *w, Str name)
{
    size_t depth = w->depth;
    while (depth > 0 && !str_equal_nocase(w->nests[depth - 1].name, name))
        depth--;
    while (depth > 0 && w->depth >= depth)
        close_nest(w);
}

static bool rewrite(Rewrite *w)
{
    bool sought[3] = {false, false, false};
    size_t at = 0, size;
    XmlToken token;
    for (; at < w->whole.size; at += size) {
        size = xml_token(str_after(w->whole, at), true, sought, &token);
        switch (token.kind) {
        case XML_TEXT:
        case XML_CDATA:
            add_text(w, token.body, (size_t)(token.body.data - w->whole.data),
                     token.kind == XML_TEXT);
            break;
        case XML_OPEN:
        case XML_EMPTY:
            if (!open_element(w, &token))
                return false;
            break;
        case XML_CLOSE:
            close_element(w, token.name);
            break;
        case XML_OTHER:
            break;
        }
    }
    while (w->depth > 0)
        close_nest(w);
    return true;
}

static ReadResult cut(Cursor *c, const Dialect *dialect)
{
    Read *r = c->r;
    Piece *piece = c->piece;
    piece->place = source_place_ahead(r->in, 0);
    size_t size = record_size(c);
    Rewrite w = {.r = r,
                 .dialect = dialect,
                 .piece = piece,
                 .whole = str_slice(c->ahead, 0, size)};
    buf_clear(&piece->run);
    bool fine = size > 0 && rewrite(&w);
    if (size == 0)
        diag_report(r->diag, LEVEL_ERROR, "record-too-long", piece->place,
                    "the record is longer than 16 MiB; left out");
    else if (!fine)
        diag_report(r->diag, LEVEL_ERROR, "record-too-deep", piece->place,
                    "elements are nested more than %d deep; the record was left out",
                    DEPTH_MOST);
    if (size == 0) /* what is left of it is no other text outside of records */
        piece->outside_told = true;
    piece_tell_controls(r, piece);
    source_pass(r->in, size > 0 ? size : c->at);
    return fine ? READ_RECORD : READ_SKIPPED;
}

ReadResult xml_piece(Read *r, const Dialect *dialect, Piece *piece)
{
    for (;;) {
        Cursor c = {.r = r, .piece = piece, .want = AHEAD};
        look_ahead(&c);
        if (find_record(&c, dialect))
            return cut(&c, dialect);
        if (!source_next_file(r->in))
            return READ_END;
        piece->outside_told = false;
        memset(piece->ends_sought, 0, sizeof piece->ends_sought);
    }
}
