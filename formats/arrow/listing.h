/* SPDX-License-Identifier: MIT
 * The state of reading a listing, and how its rows become entries: where one begins
 * (place.c) and what its parts are (parts.c). */
#ifndef CITECONV_FORMATS_ARROW_LISTING_H
#define CITECONV_FORMATS_ARROW_LISTING_H

#include "formats/arrow/entry.h"
#include "formats/arrow/page.h"

enum {
    TERMINAL_WIDEST = 200, /* a longer line was not wrapped by a terminal */
    TITLE_ROWS_MOST = 5,
    TITLE_BYTES_MOST = 300,
    AHEAD_MOST = 2 * TITLE_ROWS_MOST,
    HEADING_ROWS_MOST = 3,
    HEADING_BYTES_MOST = 300,
    NAME_BYTES_MOST = 100,
    NAME_WORDS_MOST = 9
};

/* Whether the page has empty lines between the parts of an entry. */
typedef enum Gaps { GAPS_UNKNOWN, GAPS_YES, GAPS_NO } Gaps;

typedef struct Listing {
    Rows rows;
    Page page;
    Gaps gaps;
    bool links; /* a terminal browser numbered them: "[3]Leo Gao" */
    Buf line;   /* the heading at hand; its parts are views of this */
    Paragraph paragraph;
    Abstract abstract;
} Listing;

/* Whether an entry begins at the next row; gives its heading, as views of `line`, and how
 * many rows that is (0: none).  `before`: a gap, the page's start or a sentence's end
 * comes before it. */
size_t place_heading(Listing *st, Read *r, bool before, Heading *heading);
/* Whether the row is a heading by its form. */
bool place_is_heading(Listing *st, Read *r, size_t ahead);
/* Whether the bullet there begins a title and no list. */
bool place_is_title(Listing *st, Read *r, size_t ahead);
/* Passes over blank rows from `*ahead` on; whether there were any. */
bool place_pass_blanks(Listing *st, Read *r, size_t *ahead);

/* Reads the part that is next.  parts_title: false where the input ends before it;
 * the others: false where it is too long, and was read past. */
bool parts_title(Listing *st, Read *r, Entry *e);
bool parts_authors(Listing *st, Read *r, Entry *e);
bool parts_abstract(Listing *st, Read *r, Entry *e);

#endif
