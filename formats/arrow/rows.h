/* SPDX-License-Identifier: MIT
 * The page's lines as the reader wants them: cleaned, classed, and with a view ahead.
 *
 * Cleaning turns every kind of space into one blank, drops what has no width and no
 * meaning, and reports control characters.  A row's text lives until rows_drop. */
#ifndef CITECONV_FORMATS_ARROW_ROWS_H
#define CITECONV_FORMATS_ARROW_ROWS_H

#include "formats/arrow/lines.h"

typedef enum RowClass {
    ROW_BLANK,
    ROW_BULLET,
    ROW_TEXT,
    ROW_BREAK, /* a new file begins here */
    ROW_END    /* and nothing follows */
} RowClass;

enum { SIGN_LISTS_ONLY = 0x2022 }; /* bullets from here on begin nothing but items */

typedef struct Row {
    RowClass class;
    bool sure; /* of a bullet: its sign is used for nothing else, or a blank follows it */
    size_t indent;   /* columns before the first character */
    size_t text_col; /* columns before the text: behind the bullet, else as indent */
    uint32_t sign;   /* of a bullet: the character; else 0 */
    size_t width;    /* columns up to the end of the line */
    size_t least;    /* the same, with characters that are wide in Chinese type as one */
    size_t at, size; /* bytes of all the text, bullet included, in Rows.bytes */
    size_t bullet;   /* how many of them are the bullet and the blank behind it */
    Place place;     /* of the first character */
} Row;

/* Blank lines in a row are one. */
typedef struct Rows {
    Lines lines;
    Place last;      /* of the line read last */
    size_t controls; /* control characters of this file so far */
    size_t widest;   /* the widest row of this page so far, by the least counting */
    Row *items;
    size_t first, count, capacity; /* items[first] is the next row */
    Buf bytes;
} Rows;

/* The row `ahead` of the next one (0 is the next); reads as far as it must.  Good until
 * the next call.  Past the end of the input it is ROW_END, however far ahead. */
const Row *rows_peek(Rows *rows, Read *r, size_t ahead);
/* Done with the next `count` rows. */
void rows_drop(Rows *rows, size_t count);
/* All of the row, and what stands behind its bullet. */
Str rows_text(const Rows *rows, const Row *row);
Str rows_item(const Rows *rows, const Row *row);
void rows_free(Rows *rows);

/* One line, cleaned alike, into `out`; its size, or 0 where it has no room there. */
size_t rows_clean(Str line, char *out, size_t room);

#endif
