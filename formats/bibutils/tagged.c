/* SPDX-License-Identifier: MIT
 * Cutting formats of tagged lines: refer (EndNote), ISI, MEDLINE's nbib, COPAC.
 *
 * Each has its own end of a record, and files in the wild keep to none of them: blank
 * lines stand within abstracts, the last line of a record is missing, a record of nbib
 * does not begin with its PMID.  What goes to libbibutils keeps to all of them. */
#include "formats/bibutils/isi_type.h"
#include "formats/bibutils/stand_in.h"

#include <string.h>

/* A line taken apart; no tag: it goes on with the line before. */
typedef struct Tagged {
    Str tag, value;
} Tagged;

/* The record so far. */
typedef struct Draft {
    Read *r;
    Piece *piece;
    Tagging tagging;
    Str tag; /* of the last line that had one */
    bool comma_bodies, stand_ins;
    bool gap, typed, titled, identified, too_long;
} Draft;

static bool is_upper_run(Str s, size_t least)
{
    size_t letters = 0;
    while (letters < s.size && byte_is_upper(s.data[letters]))
        letters++;
    return letters >= least && str_trim(str_after(s, letters)).size == 0;
}

/* The bytes that a tag and what divides it from the value take; 0 where there is none. */
static size_t tag_size(Tagging tagging, Str line)
{
    switch (tagging) {
    case TAGGING_PERCENT:
        return line.size >= 2 && line.data[0] == '%' && !byte_is_space(line.data[1]) &&
                       (line.size == 2 || byte_is_space(line.data[2]))
                   ? 2
                   : 0;
    case TAGGING_ISI:
        return line.size >= 2 && byte_is_upper(line.data[0]) &&
                       (byte_is_upper(line.data[1]) || byte_is_digit(line.data[1])) &&
                       (line.size == 2 || line.data[2] == ' ')
                   ? 2
                   : 0;
    case TAGGING_NBIB:
        return line.size >= 5 && line.data[4] == '-' &&
                       is_upper_run(str_slice(line, 0, 4), 2) &&
                       (line.size == 5 || line.data[5] == ' ')
                   ? 5
                   : 0;
    case TAGGING_COPAC:
        return line.size >= 3 && line.data[2] == '-' &&
                       is_upper_run(str_slice(line, 0, 2), 2) &&
                       (line.size == 3 || line.data[3] == ' ')
                   ? 3
                   : 0;
    case TAGGING_XML:
        break;
    }
    return 0;
}

static Tagged take_apart(Tagging tagging, Str line)
{
    size_t size = tag_size(tagging, line);
    Str tag = str_slice(line, 0, size);
    if (tag.size > 0 && tag.data[tag.size - 1] == '-')
        tag.size--;
    return (Tagged){str_trim(tag), str_trim(str_after(line, size))};
}

static bool is_tag(Str tag, const char *name)
{
    return str_equal(tag, str_from(name));
}

/* Whether a line begins another record than the one so far. */
static bool begins_another(const Draft *d, Str tag)
{
    if (d->piece->count == 0 || tag.size == 0)
        return false;
    switch (d->tagging) {
    case TAGGING_PERCENT:
        if (is_tag(tag, "%0"))
            return d->gap || d->typed;
        /* Abstracts have blank lines, and the record goes on behind them: only where
         * records do not begin with %0 is a blank line the end of one. */
        return d->gap &&
               (!d->typed || (d->titled && (is_tag(tag, "%T") || is_tag(tag, "%A"))));
    case TAGGING_ISI:
        return is_tag(tag, "PT") && d->typed;
    case TAGGING_NBIB:
        return d->gap || (is_tag(tag, "PMID") && d->identified);
    case TAGGING_COPAC:
        return d->gap;
    case TAGGING_XML:
        break;
    }
    return false;
}

/* Text for the library, and the value for us. */

static void add_line(Draft *d, Str tag, Str value, bool more)
{
    Buf *text = &d->piece->text;
    switch (d->tagging) {
    case TAGGING_PERCENT:
        if (more && !is_tag(tag, "%K")) {
            buf_add_byte(text, ' ');
            buf_add(text, value);
            return;
        }
        if (text->size > 0)
            buf_add_byte(text, '\n');
        buf_format(text, "%.*s ", STR_ARG(tag));
        buf_add(text, value);
        return;
    case TAGGING_ISI:
        buf_format(text, "%.*s ", STR_ARG(more ? STR("  ") : tag));
        break;
    case TAGGING_NBIB:
        if (more)
            buf_add(text, STR("      "));
        else
            buf_format(text, "%-4.*s- ", STR_ARG(tag));
        break;
    case TAGGING_COPAC:
        if (more)
            buf_add(text, STR("    "));
        else
            buf_format(text, "%.*s- ", STR_ARG(tag));
        break;
    case TAGGING_XML:
        break;
    }
    buf_add(text, value);
    buf_add_byte(text, '\n');
}

/* The library wants a PMID first; one that comes later moves there. */
static void add_identifier(Draft *d, Str value)
{
    Buf *text = &d->piece->text;
    static const char HEAD[] = "PMID- ";
    size_t at = sizeof HEAD - 1;
    if (text->size == 0)
        buf_add(text, STR("PMID- \n"));
    buf_reserve(text, value.size);
    memmove(text->data + at + value.size, text->data + at, text->size - at);
    memcpy(text->data + at, value.data, value.size);
    text->size += value.size;
}

static bool is_person(Str tag)
{
    return is_tag(tag, "%A") || is_tag(tag, "%E") || is_tag(tag, "%Y") ||
           is_tag(tag, "%H") || is_tag(tag, "%?");
}

static void add(Draft *d, const Tagged *line, Place place)
{
    Piece *piece = d->piece;
    bool more = line->tag.size == 0;
    if (piece->text.size + line->value.size > RECORD_LIMIT)
        d->too_long = true;
    if (d->too_long)
        return;
    if (piece->count == 0)
        piece->place = place;
    if (!more)
        d->tag = arena_copy(piece->arena, line->tag);
    piece_clean(piece, &piece->run, line->value);
    Str value = buf_str(&piece->run);
    piece_item(piece, d->tag, value, place, more);
    if (d->stand_ins && !more && is_tag(d->tag, "%0"))
        value = stand_in_for(piece, value);
    if (d->comma_bodies && is_person(d->tag)) {
        piece_glue(piece, &piece->run);
        value = buf_str(&piece->run);
    }
    if (d->tagging == TAGGING_NBIB && !more && is_tag(d->tag, "PMID")) {
        add_identifier(d, value);
        d->identified = true;
        return;
    }
    if (d->tagging == TAGGING_NBIB && piece->text.size == 0)
        buf_add(&piece->text, STR("PMID- \n"));
    add_line(d, d->tag, value, more);
    d->typed = d->typed || is_tag(d->tag, "%0") || is_tag(d->tag, "PT");
    d->titled = d->titled || is_tag(d->tag, "%T");
}

static bool next_line(Read *r, Piece *piece, Line *line)
{
    if (piece->line_waits) {
        piece->line_waits = false;
        *line = (Line){.text = buf_str(&piece->line), .place = piece->line_place};
        return true;
    }
    return source_line(r->in, line);
}

static void put_back(Piece *piece, const Line *line)
{
    buf_clear(&piece->line);
    buf_add(&piece->line, line->text);
    piece->line_place = line->place;
    piece->line_waits = true;
}

/* Lines that are the file's, not a record's. */
static bool is_frame(const Draft *d, Str tag)
{
    return d->tagging == TAGGING_ISI && d->piece->count == 0 &&
           (is_tag(tag, "FN") || is_tag(tag, "VR") || is_tag(tag, "EF") ||
            is_tag(tag, "ER"));
}

/* Whether the line was the last of the record; true, too, where it is put back. */
static bool take_line(Draft *d, const Line *line)
{
    Tagged tagged = take_apart(d->tagging, line->text);
    Place place = line->place;
    if (str_trim(line->text).size == 0) {
        d->gap = true;
        return false;
    }
    if ((line->first && d->piece->count > 0) || begins_another(d, tagged.tag)) {
        put_back(d->piece, line);
        return true;
    }
    if (is_frame(d, tagged.tag))
        return false;
    if (d->tagging == TAGGING_ISI && is_tag(tagged.tag, "ER"))
        return true;
    if (tagged.tag.size == 0 && d->piece->count == 0) {
        piece_outside(d->r, d->piece, place);
        return false;
    }
    if (tagged.tag.size == 0)
        place.col += (size_t)(tagged.value.data - line->text.data);
    add(d, &tagged, place);
    d->gap = false;
    return false;
}

ReadResult tagged_piece(Read *r, const Dialect *dialect, Piece *piece)
{
    Line line;
    Draft d = {.r = r,
               .piece = piece,
               .tagging = dialect->tagging,
               .tag = STR_EMPTY,
               .comma_bodies = dialect->comma_bodies,
               .stand_ins = dialect->stand_ins};
    while (next_line(r, piece, &line)) {
        if (take_line(&d, &line) && piece->count > 0)
            break;
    }
    if (piece->count == 0)
        return READ_END;
    if (d.too_long) {
        diag_report(r->diag, LEVEL_ERROR, "record-too-long", piece->place,
                    "the record is longer than 16 MiB; left out");
        return READ_SKIPPED;
    }
    piece_tell_controls(r, piece);
    if (d.tagging == TAGGING_ISI)
        isi_type_settle(piece);
    buf_add(&piece->text, d.tagging == TAGGING_ISI ? STR("ER\n") : STR("\n\n"));
    return READ_RECORD;
}
