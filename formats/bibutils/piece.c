/* SPDX-License-Identifier: MIT
 * What both ways of cutting share; see piece.h. */
#include "formats/bibutils/piece.h"
#include "convert/text/utf8.h"

#include <string.h>

/* The last private-use characters of the Basic Multilingual Plane: Unicode gives them no
 * meaning and no font known to us uses them. */
enum { MARK_FIRST = 0xf8e0 };

bool piece_is_mark(uint32_t character, Mark *mark, bool *opens)
{
    if (character < MARK_FIRST || character >= MARK_FIRST + 2 * MARK_COUNT)
        return false;
    *mark = (Mark)((character - MARK_FIRST) / 2);
    *opens = (character - MARK_FIRST) % 2 == 0;
    return true;
}

void piece_add_mark(Buf *out, Mark mark, bool opens)
{
    utf8_add(out, MARK_FIRST + (uint32_t)mark * 2 + (opens ? 0 : 1));
}

void piece_item(Piece *piece, Str tag, Str value, Place place, bool more)
{
    if (piece->count == piece->capacity) {
        size_t capacity = piece->capacity > 0 ? piece->capacity * 2 : 64;
        Item *items = arena_alloc(piece->arena, capacity * sizeof *items);
        if (piece->count > 0)
            memcpy(items, piece->items, piece->count * sizeof *items);
        piece->items = items;
        piece->capacity = capacity;
    }
    piece->items[piece->count++] =
        (Item){arena_copy(piece->arena, tag), arena_copy(piece->arena, value), place,
               more, false};
}

void piece_add_character(Piece *piece, Buf *out, uint32_t c)
{
    Mark mark;
    bool opens;
    if (c == '\t' || c == '\n')
        buf_add_byte(out, ' ');
    else if (c < 0x20 || c == 0x7f || c == PIECE_GLUE || piece_is_mark(c, &mark, &opens))
        piece->left_out++;
    else
        utf8_add(out, c);
}

void piece_clean(Piece *piece, Buf *out, Str text)
{
    buf_clear(out);
    while (text.size > 0) {
        size_t plain = 0;
        while (plain < text.size && (unsigned char)text.data[plain] >= 0x20 &&
               (unsigned char)text.data[plain] < 0x7f)
            plain++;
        buf_add(out, str_slice(text, 0, plain));
        text = str_after(text, plain);
        if (text.size > 0)
            piece_add_character(piece, out, utf8_next(&text));
    }
}

void piece_glue(Piece *piece, Buf *value)
{
    Str name = str_trim(buf_str(value)), word;
    size_t comma = str_find_byte(name, ',');
    if (name.size < 2 || comma + 1 != name.size)
        return;
    Str rest = arena_copy(piece->arena, str_slice(name, 0, comma));
    buf_clear(value);
    while (str_word(&rest, &word)) {
        buf_add(value, word);
        utf8_add(value, PIECE_GLUE);
    }
}

Item *piece_find(const Piece *piece, const char *tag)
{
    for (size_t i = 0; i < piece->count; i++) {
        if (str_equal(piece->items[i].tag, str_from(tag)))
            return &piece->items[i];
    }
    return NULL;
}

void piece_tell_controls(Read *r, Piece *piece)
{
    if (piece->left_out > 0)
        diag_report(r->diag, LEVEL_WARNING, "control-character", piece->place,
                    "%zu control character%s left out of the record", piece->left_out,
                    piece->left_out == 1 ? " was" : "s were");
    piece->left_out = 0;
}

void piece_outside(Read *r, Piece *piece, Place place)
{
    if (!piece->outside_told)
        diag_report(r->diag, LEVEL_WARNING, "no-part-of-record", place,
                    "text outside of all records was left out");
    piece->outside_told = true;
}

void piece_free(Piece *piece)
{
    buf_free(&piece->text);
    buf_free(&piece->line);
    buf_free(&piece->run);
}
