/* SPDX-License-Identifier: MIT
 * Cleaning and classing lines; see rows.h. */
#include "formats/arrow/rows.h"
#include "convert/base/memory.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { TAB_STOP = 8, SPENT_ROWS = 256, CONTROLS_TOLD = 20 };

/* Columns so far, and whether a blank waits to be written before the next character. */
typedef struct Cleaning {
    Row *row;
    Place start; /* of the line */
    Buf *out;
    Diag *diag;
    size_t *controls;
    size_t column, least, characters;
    bool blank, begun;
} Cleaning;

static void take_visible(Cleaning *c, Str character)
{
    if (!c->begun) {
        c->begun = true;
        c->row->indent = c->column;
        c->row->place.col = c->start.col + c->characters;
    } else if (c->blank) {
        buf_add_byte(c->out, ' ');
    }
    c->blank = false;
    buf_add(c->out, character);
}

static void take_odd(Cleaning *c, uint32_t character, Str bytes)
{
    size_t width =
        character == '\t' ? TAB_STOP - c->column % TAB_STOP : unicode_width(character);
    if (unicode_is_space(character)) {
        c->blank = true;
    } else if (unicode_is_ignorable(character)) {
        /* U+200B is where a browser may break a line: no space was meant. */
    } else if (character < 0x20 || (character >= 0x7f && character < 0xa0)) {
        Place at = c->start;
        at.col += c->characters;
        if (++*c->controls <= CONTROLS_TOLD)
            diag_report(c->diag, LEVEL_WARNING, "control-character", at,
                        "control character U+%04X left out", (unsigned)character);
    } else {
        take_visible(c, bytes);
    }
    c->column += width;
    c->least += character == '\t' || width == 0 ? width : 1;
    c->characters++;
}

/* Whether eight bytes are printable ASCII without two blanks in a row; `blank`: the one
 * before them is one. */
static bool eight_plain(const char *bytes, bool blank)
{
    static const uint64_t ONES = 0x0101010101010101u, HIGH = 0x8080808080808080u;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t without_high = word & ~HIGH;
    uint64_t controls = ~(without_high + ONES * 0x60) & HIGH; /* below 0x20 */
    uint64_t deletes = (without_high + ONES) & HIGH;          /* 0x7f */
    uint64_t differs = without_high ^ ONES * ' ';
    uint64_t blanks = ~(differs + ONES * 0x7f) & HIGH;
    return ((word | controls | deletes) & HIGH) == 0 && (blanks & blanks << 8) == 0 &&
           !(blank && bytes[0] == ' ');
}

/* The stretch of printable ASCII at the front that holds no two blanks in a row, nor one
 * at its ends. */
static size_t plain_front(Str s)
{
    size_t i = 0;
    while (i + 8 <= s.size && eight_plain(s.data + i, i == 0 || s.data[i - 1] == ' '))
        i += 8;
    while (i < s.size && s.data[i] >= ' ' && s.data[i] != 0x7f &&
           (s.data[i] != ' ' || (i > 0 && s.data[i - 1] != ' ')))
        i++;
    while (i > 0 && s.data[i - 1] == ' ')
        i--;
    return i;
}

static void clean(Row *row, Rows *rows, Diag *diag, Str line)
{
    Cleaning c = {.row = row,
                  .start = row->place,
                  .out = &rows->bytes,
                  .diag = diag,
                  .controls = &rows->controls};
    while (line.size > 0) {
        size_t plain = plain_front(line);
        if (plain > 0) {
            take_visible(&c, str_slice(line, 0, plain));
            c.column += plain;
            c.least += plain;
            c.characters += plain;
            line = str_after(line, plain);
        } else {
            Str rest = line;
            uint32_t character = utf8_next(&rest);
            take_odd(&c, character, str_slice(line, 0, line.size - rest.size));
            line = rest;
        }
    }
    row->width = c.column;
    row->least = c.least;
}

/* Signs that begin a list item wherever they stand, and those that also begin prose. */
static bool is_bullet(uint32_t c, bool *always)
{
    *always = c == 0x2022 || c == 0x2023 || c == 0x25aa || c == 0x25cf || c == 0x25e6 ||
              c == 0x25a0 || c == 0x25ab || c == 0x2219 || c == 0x2043 || c == 0x25cb ||
              c == 0x25ba || c == 0x25c6 || c == 0x27a2 || c == 0xf0b7;
    return *always || c == '*' || c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013 ||
           c == 0x2014 || c == 0xb7 || c == '+';
}

static void class_row(Row *row, Str text)
{
    row->class = text.size > 0 ? ROW_TEXT : ROW_BLANK;
    row->text_col = row->indent;
    if (text.size == 0)
        return;
    Str rest = text;
    uint32_t first = utf8_next(&rest);
    if (!is_bullet(first, &row->sure))
        return;
    row->sign = first;
    bool spaced = rest.size > 0 && rest.data[0] == ' ';
    if (spaced)
        rest = str_after(rest, 1);
    row->class = ROW_BULLET;
    row->sure = row->sure || spaced || rest.size == 0;
    row->bullet = text.size - rest.size;
    row->text_col += spaced ? 2 : 1;
}

static Row *add_row(Rows *rows)
{
    if (rows->count == rows->capacity) {
        rows->capacity = memory_grown(rows->capacity, rows->count + 1);
        rows->items = memory_resize(rows->items, rows->capacity * sizeof *rows->items);
    }
    Row *row = &rows->items[rows->count++];
    *row = (Row){.class = ROW_END, .at = rows->bytes.size};
    return row;
}

static void end_file(Rows *rows, Diag *diag, Place last)
{
    if (rows->controls > CONTROLS_TOLD)
        diag_report(diag, LEVEL_WARNING, "control-character", (Place){.file = last.file},
                    "%zu more control characters left out",
                    rows->controls - CONTROLS_TOLD);
    rows->controls = 0;
    rows->widest = 0;
}

/* Adds the next row, with a break before it where a file begins; none where it is
 * another blank one. */
static void read_row(Rows *rows, Read *r)
{
    Line line;
    if (!lines_next(&rows->lines, r, &line)) {
        end_file(rows, r->diag, rows->last);
        add_row(rows);
        return;
    }
    if (line.first) {
        end_file(rows, r->diag, rows->last);
        Row *mark = add_row(rows);
        mark->class = ROW_BREAK;
        mark->place = line.place;
    }
    bool blank_before =
        rows->count > rows->first && rows->items[rows->count - 1].class == ROW_BLANK;
    Row *row = add_row(rows);
    row->place = rows->last = line.place;
    clean(row, rows, r->diag, line.text);
    row->size = rows->bytes.size - row->at;
    class_row(row, rows_text(rows, row));
    if (row->class == ROW_BLANK && blank_before)
        rows->count--;
    else if (row->least > rows->widest)
        rows->widest = row->least;
}

const Row *rows_peek(Rows *rows, Read *r, size_t ahead)
{
    while (rows->count - rows->first <= ahead) {
        if (rows->count > rows->first && rows->items[rows->count - 1].class == ROW_END)
            return &rows->items[rows->count - 1];
        read_row(rows, r);
    }
    return &rows->items[rows->first + ahead];
}

void rows_drop(Rows *rows, size_t count)
{
    rows->first += count;
    if (rows->first > rows->count)
        rows->first = rows->count;
    if (rows->first < rows->count && rows->first < SPENT_ROWS)
        return;
    /* Only what lies ahead is worth keeping. */
    size_t start =
        rows->first < rows->count ? rows->items[rows->first].at : rows->bytes.size;
    rows->bytes.size -= start;
    if (rows->bytes.size > 0)
        memmove(rows->bytes.data, rows->bytes.data + start, rows->bytes.size);
    rows->count -= rows->first;
    if (rows->count > 0)
        memmove(rows->items, rows->items + rows->first, rows->count * sizeof(Row));
    rows->first = 0;
    for (size_t i = 0; i < rows->count; i++)
        rows->items[i].at -= start;
}

Str rows_text(const Rows *rows, const Row *row)
{
    return row->size == 0 ? STR_EMPTY : (Str){rows->bytes.data + row->at, row->size};
}

Str rows_item(const Rows *rows, const Row *row)
{
    return str_after(rows_text(rows, row), row->bullet);
}

size_t rows_clean(Str line, char *out, size_t room)
{
    size_t size = 0;
    bool blank = false;
    while (line.size > 0) {
        Str rest = line;
        size_t word = 0; /* letters of ASCII are taken together */
        while (word < line.size && line.data[word] > ' ' && line.data[word] < 0x7f)
            word++;
        uint32_t character = word > 0 ? 'a' : utf8_next(&rest);
        if (word > 0)
            rest = str_after(line, word);
        Str bytes = str_slice(line, 0, line.size - rest.size);
        line = rest;
        if (unicode_is_space(character)) {
            blank = size > 0;
        } else if (!unicode_is_ignorable(character)) {
            if (size + blank + bytes.size > room)
                return 0;
            if (blank)
                out[size++] = ' ';
            memcpy(out + size, bytes.data, bytes.size);
            size += bytes.size;
            blank = false;
        }
    }
    return size;
}

void rows_free(Rows *rows)
{
    lines_free(&rows->lines);
    free(rows->items);
    buf_free(&rows->bytes);
    *rows = (Rows){0};
}
