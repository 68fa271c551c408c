/* SPDX-License-Identifier: MIT
 * Reading by way of the helper: a record is cut out, asked for, mapped, and what came
 * back is compared with what went in. */
#include "convert/text/utf8.h"
#include "formats/bibutils/bibutils.h"
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

/* Codes of languages come back as names. */
static bool is_language(Str tag)
{
    static const Str TAGS[] = {{"language", 8}, {"languageTerm", 12}, {"LA", 2}};
    tag = str_slice(tag, 0, str_find_byte(tag, ':'));
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (str_equal_nocase(tag, TAGS[i]))
            return true;
    }
    return false;
}

static bool has_language(const WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (str_equal(lines->items[i].tag, STR("LANGUAGE")))
            return true;
    }
    return false;
}

enum { VALUE_LEAST = 3 };

/* A value that the library dropped: what its tag means to us, or FIELD_OTHER. */
static void keep_dropped(Read *r, Record *rec, const Item *item, Str value)
{
    const FieldTag *row = tags_field(r->tags, item->tag, rec->kind);
    Text text = map_text(&rec->arena, value);
    Buf scratch = {0};
    if (row != NULL && row->field != FIELD_OTHER && field_form(row->field) == FORM_TEXT) {
        record_add_text(rec, row->field, item->tag, item->place, text);
        return;
    }
    Str shown = diag_excerpt(&scratch, text.text, TAIL_EXCERPT);
    diag_report(r->diag, LEVEL_NOTE, "bibutils-dropped", item->place,
                "libbibutils drops %.*s '%.*s'; kept as it is", STR_ARG(item->tag),
                STR_ARG(shown));
    buf_free(&scratch);
    record_add_other(rec, item->tag, item->place, text);
}

/* Compares what went in with what came out. */
static void find_dropped(Read *r, Record *rec, const WireLines *lines)
{
    TailReading *st = r->state;
    const Piece *piece = &st->piece;
    bool language = has_language(lines);
    Buf joined = {0};
    bag_clear(&st->out);
    for (size_t i = 0; i < lines->count; i++)
        bag_add(&st->out, lines->items[i].value, i);
    for (size_t i = 0; i < piece->count; i++) {
        const Item *item = &piece->items[i];
        buf_clear(&joined);
        for (size_t k = i; k == i || (k < piece->count && piece->items[k].more); k++) {
            Str value = piece->items[k].value;
            if (value.size < VALUE_LEAST || (language && is_language(item->tag)) ||
                bag_fit(&st->out, value, false) == FIT_WHOLE)
                continue;
            if (joined.size > 0)
                buf_add_byte(&joined, '\n');
            buf_add(&joined, value);
        }
        while (i + 1 < piece->count && piece->items[i + 1].more)
            i++;
        if (joined.size > 0)
            keep_dropped(r, rec, item, arena_copy(&rec->arena, buf_str(&joined)));
    }
    buf_free(&joined);
}

static ReadResult read_answer(Read *r, Record *rec, Str answer)
{
    TailReading *st = r->state;
    Origin origin = {.st = st, .in = &st->in};
    WireLines lines = {0};
    Str kept = arena_copy(&rec->arena, answer);
    if (utf8_valid(kept) < kept.size || !wire_lines(&rec->arena, kept, &lines))
        return READ_SKIPPED;
    bag_clear(&st->in);
    for (size_t i = 0; i < st->piece.count; i++)
        bag_add(&st->in, st->piece.items[i].value, i);
    rec->place = st->piece.place;
    rec->key = key_of(&st->piece, &lines);
    map_read(r, rec, &lines, place_of, &origin);
    find_dropped(r, rec, &lines);
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
    buf_clear(&st->piece.text);
    ReadResult cut = dialect->tagging == TAGGING_XML
                         ? xml_piece(r, dialect, &st->piece)
                         : tagged_piece(r, dialect, &st->piece);
    if (cut != READ_RECORD)
        return cut;
    buf_clear(&st->frame);
    wire_put(&st->frame, WIRE_READ, buf_str(&st->piece.text));
    HelperResult result =
        helper_ask(st->helper, buf_str(&st->frame), WIRE_LINES, &answer);
    if (result == HELPER_FINE) {
        if (read_answer(r, rec, answer) == READ_RECORD)
            return READ_RECORD;
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
