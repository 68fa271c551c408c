/* SPDX-License-Identifier: MIT
 * What a page says of itself before its entries: whose it is, how many it lists. */
#ifndef CITECONV_FORMATS_ARROW_PAGE_H
#define CITECONV_FORMATS_ARROW_PAGE_H

#include "formats/arrow/rows.h"

typedef struct Page {
    Arena arena; /* holds the parts of `cluster` */
    Name cluster;
    bool cluster_known;
    size_t announced; /* 0: the page says nothing, or that there are none */
    bool none;        /* it says that there are none */
    Place announced_at;
    size_t listed;     /* entries so far, also those thrown away */
    size_t stray;      /* lines that are no part of a listing */
    Place stray_at;    /* the first of them */
    bool label_before; /* "Possible papers" came last: a bare number is their count */
} Page;

/* Whether the next row begins a page of its own, or is the site's name at its foot. */
bool page_starts(Rows *rows, Read *r);
/* Takes the next row, which is text that begins no entry; false where it is no part of
 * a page either. */
bool page_row(Page *page, Rows *rows, Read *r);
/* Says what does not add up, and forgets the page; whether it said itself that it lists
 * nothing, and was right. */
bool page_end(Page *page, Read *r);
void page_free(Page *page);

#endif
