/* SPDX-License-Identifier: MIT
 * The page's lines, whether the page was copied as text or saved as HTML.
 *
 * Of HTML (the HTML standard, parsed by libxml2; lines.c is the only file that sees
 * it) block elements become lines as a browser would show them: apart by an empty line,
 * the items of lists behind bullets.  <sub>, <sup>, <i> and <em> stay in the text, and
 * what else could be taken for markup is escaped, as convert/text/html.h reads it. */
#ifndef CITECONV_FORMATS_ARROW_LINES_H
#define CITECONV_FORMATS_ARROW_LINES_H

#include "formats/format.h"

typedef struct PageLine {
    size_t at, size; /* of Lines.text */
    Place place;     /* of its first character, as exactly as the parser knows it */
} PageLine;

/* A bullet that waits for its text, and whether a block began before that. */
typedef enum Bullet { BULLET_NONE, BULLET_OPEN, BULLET_BLOCK } Bullet;

/* A zeroed Lines is ready. */
typedef struct Lines {
    Str decided; /* the file whose first line told what it is */
    bool begun, html, ended;
    void *parser;
    size_t first_line; /* where the parser was put on */
    Place pushed;      /* of the source's line that went to it last */
    Buf text;          /* of lines that wait to be given, and of the one in the making */
    PageLine *items;
    size_t next, count, capacity;
    size_t start; /* of the line in the making */
    Place start_place;
    bool blank;        /* a blank waits to be written before the next character */
    bool inline_ended; /* an inline element has just ended */
    Bullet bullet;     /* what the list item has that is open and has no text */
    size_t unsure;  /* item, from 1, whose bullet goes if its list item has more lines */
    size_t skipped; /* elements that are open and not shown */
    Line held;      /* the source's line that begins the file after this one */
    bool holds;
} Lines;

/* The next line; good until the next call.  False at the end of the input. */
bool lines_next(Lines *lines, Read *r, Line *line);
void lines_free(Lines *lines);
/* Whether a file that begins so is HTML. */
bool lines_are_html(Str head);

#endif
