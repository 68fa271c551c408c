/* SPDX-License-Identifier: MIT
 * Reading by way of the helper: a record is cut out, asked for, mapped, and what came
 * back is compared with what went in. */
#include "convert/text/utf8.h"
#include "formats/bibutils/bibutils.h"
#include "formats/bibutils/kinds.h"
#include "formats/bibutils/map.h"
#include "formats/tags.h"

typedef struct Origin {
    const TailReading *st;
    Bag *in;
} Origin;

/* Where in the source a value stands. */
static Place place_of(void *context, Str value)
{
    const Origin *origin = context;
    size_t owner;
    const Piece *piece = &origin->st->piece;
    return bag_owner(origin->in, value, &owner) ? piece->items[owner].place
                                                : piece->place;
}

static bool is_item(const Piece *piece, Str value)
{
    for (size_t i = 0; i < piece->count; i++) {
        if (str_equal(piece->items[i].value, value))
            return true;
    }
    return false;
}

/* The key where the source has one; else the library makes one up. */
static Str key_of(const Piece *piece, const WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (str_equal(lines->items[i].tag, STR("REFNUM")) &&
            is_item(piece, lines->items[i].value))
            return lines->items[i].value;
    }
    return STR_EMPTY;
}

bool tail_lists(const char *tags, Str tag)
{
    Str list = str_from(tags), word;
    tag = str_slice(tag, 0, str_find_byte(tag, ':'));
    while (str_word(&list, &word)) {
        if (str_equal_nocase(word, tag))
            return true;
    }
    return false;
}

static void tell_dropped(Diag *diag, const Item *item, Str value, bool clerical)
{
    Buf scratch = {0};
    Str shown = diag_excerpt(&scratch, value, TAIL_EXCERPT);
    if (clerical)
        diag_report(diag, LEVEL_DETAIL, "bibutils-dropped", item->place,
                    "libbibutils drops %.*s '%.*s', which speaks of the record; kept",
                    STR_ARG(item->tag), STR_ARG(shown));
    else
        diag_report(diag, LEVEL_NOTE, "bibutils-dropped", item->place,
                    "libbibutils drops %.*s '%.*s'; kept as it is", STR_ARG(item->tag),
                    STR_ARG(shown));
    buf_free(&scratch);
}

/* A value that the library dropped and we have no line for. */
static void keep_dropped(Read *r, Record *rec, const Tail *tail, const Item *item,
                         Str value)
{
    Text text = map_text(&rec->arena, value);
    bool clerical = tail_lists(tail->clerical, item->tag);
    /* A word that is the library's own, or the user's (--map). */
    const FieldTag *row = tags_field(r->tags, item->tag, rec->kind);
    if (!clerical && row != NULL && row->field != FIELD_OTHER &&
        field_form(row->field) == FORM_TEXT) {
        record_add_text(rec, row->field, item->tag, item->place, text);
        return;
    }
    if (str_equal(item->tag, STR("genre")) && kinds_is_name(text.text, rec->kind))
        return; /* "conferencePaper", which the library knows by another word */
    tell_dropped(r->diag, item, text.text, clerical);
    record_add_other(rec, item->tag, item->place, text)->shadow = clerical;
}

/* Lines of one value are one field; MEDLINE's are nothing but wrapped. */
static void keep_all_dropped(Read *r, Record *rec, const Tail *tail)
{
    const Piece *piece = &((TailReading *)r->state)->piece;
    char between = tail->dialect.tagging == TAGGING_NBIB ? ' ' : '\n';
    Buf joined = {0};
    for (size_t i = 0; i < piece->count;) {
        const Item *item = &piece->items[i];
        buf_clear(&joined);
        do {
            const Item *line = &piece->items[i];
            if (!line->arrived && joined.size > 0)
                buf_add_byte(&joined, between);
            if (!line->arrived)
                buf_add(&joined, line->value);
            i++;
        } while (i < piece->count && piece->items[i].more);
        if (joined.size > 0)
            keep_dropped(r, rec, tail, item, arena_copy(&rec->arena, buf_str(&joined)));
    }
    buf_free(&joined);
}

/* The frame's own numbers are bytes of any value: only what it says is text. */
static bool are_texts(const WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        Str tag = lines->items[i].tag, value = lines->items[i].value;
        if (utf8_valid(tag) < tag.size || utf8_valid(value) < value.size)
            return false;
    }
    return true;
}

/* PubMed's cataloguers end each title with a full stop, which no style, nor anybody's
 * list, wants to find there; the stop of an abbreviation is the title's own. */
static bool has_added_stop(Str title)
{
    static const char *const WORDS[] = {"al",  "cf",  "co",    "corp", "dr",  "etc",
                                        "inc", "jr",  "ltd",   "no",   "sp",  "spp",
                                        "sr",  "ssp", "subsp", "var",  "vol", "vs"};
    Str rest = str_slice(title, 0, title.size - 1), word;
    size_t start = rest.size;
    if (!str_ends(title, STR(".")) || rest.size == 0)
        return false;
    while (start > 0 && !byte_is_space(rest.data[start - 1]) &&
           rest.data[start - 1] != '(')
        start--;
    word = str_after(rest, start);
    if (word.size == 0 || str_find_byte(word, '.') < word.size) /* "U.S.", "..." */
        return false;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_equal_nocase(word, str_from(WORDS[i])))
            return false;
    }
    return true;
}

static void cut_title_stops(WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        WireLine *line = &lines->items[i];
        if ((str_equal(line->tag, STR("TITLE")) ||
             str_equal(line->tag, STR("SUBTITLE"))) &&
            has_added_stop(line->value))
            line->value.size--;
    }
}

static ReadResult read_answer(Read *r, Record *rec, const Tail *tail, Str answer)
{
    TailReading *st = r->state;
    Origin origin = {.st = st, .in = &st->in};
    WireLines lines = {0};
    Str kept = arena_copy(&rec->arena, answer);
    if (!wire_lines(&rec->arena, kept, &lines) || !are_texts(&lines))
        return READ_SKIPPED;
    bag_clear(&st->in);
    for (size_t i = 0; i < st->piece.count; i++)
        bag_add(&st->in, st->piece.items[i].value, i);
    rec->place = st->piece.place;
    rec->key = key_of(&st->piece, &lines);
    rescue_lines(&rec->arena, tail, &st->piece, &lines, &st->out);
    if (st->piece.kind != KIND_COUNT)
        wire_add(&rec->arena, &lines, STR(KINDS_TOLD), 0,
                 str_from(kind_name(st->piece.kind)));
    if (tail->dialect.title_stops)
        cut_title_stops(&lines);
    map_read(r, rec, &lines, place_of, &origin);
    if (st->piece.type.size > 0)
        rec->type = st->piece.type;
    keep_all_dropped(r, rec, tail);
    return READ_RECORD;
}

ReadResult tail_next(Read *r, Record *rec, const Tail *tail)
{
    TailReading *st = r->state;
    const Dialect *dialect = &tail->dialect;
    Str answer;
    if (st->gone)
        return READ_END;
    if (st->helper == NULL)
        st->helper = helper_open("read", tail->name);
    st->piece.items = NULL;
    st->piece.count = st->piece.capacity = 0;
    st->piece.arena = &rec->arena;
    st->piece.kind = KIND_COUNT;
    st->piece.type = STR_EMPTY;
    buf_clear(&st->piece.text);
    ReadResult cut = dialect->tagging == TAGGING_XML
                         ? xml_piece(r, dialect, &st->piece)
                         : tagged_piece(r, dialect, &st->piece);
    if (cut != READ_RECORD)
        return cut;
    while (dialect->tagging == TAGGING_XML && st->piece.text.size < TAIL_LEAST)
        buf_add_byte(&st->piece.text, '\n'); /* it passes over what is shorter */
    buf_clear(&st->frame);
    wire_put(&st->frame, WIRE_READ, buf_str(&st->piece.text));
    HelperResult result =
        helper_ask(st->helper, buf_str(&st->frame), WIRE_LINES, &answer);
    if (result == HELPER_FINE) {
        if (read_answer(r, rec, tail, answer) == READ_RECORD)
            return READ_RECORD;
        helper_distrust(st->helper);
        diag_report(r->diag, LEVEL_ERROR, "bibutils-crashed", st->piece.place,
                    "libbibutils answered nonsense on this record; left out");
        return READ_SKIPPED;
    }
    if (result != HELPER_GONE) {
        tail_tell_lost(r->diag, st->helper, result, st->piece.place);
        return READ_SKIPPED;
    }
    tail_tell_gone(r->diag, st->helper, tail->title);
    st->gone = true;
    return READ_END;
}

void tail_close(Read *r)
{
    TailReading *st = r->state;
    helper_close(st->helper);
    piece_free(&st->piece);
    bag_free(&st->in);
    bag_free(&st->out);
    buf_free(&st->frame);
}
