/* SPDX-License-Identifier: MIT
 * The line that begins an entry: VENUE KIND YEAR LABEL, as in
 * "ICLR Conference 2025 Conference Paper". */
#ifndef CITECONV_FORMATS_ARROW_HEADING_H
#define CITECONV_FORMATS_ARROW_HEADING_H

#include "formats/format.h"

typedef struct Heading {
    Str venue, kind_word, label; /* views of the line; empty where it has none */
    int year;                    /* 0 where it has none */
    Kind kind;
    bool kind_known; /* else `kind` is a guess by the label */
    bool plain;      /* the label says no more than the kind: "Conference Paper" */
    bool workshop;   /* beside the venue, not in its own proceedings */
    bool weak;       /* has no year, venue or kind: a heading by its place alone */
} Heading;

/* How much a line looks like a heading by its form alone: 0 not at all, 1 hardly,
 * 2 well, 3 beyond doubt.  `venues` may be NULL. */
int heading_parse(Str line, const VenueTable *venues, Heading *heading);

/* Whether a line is nothing but a label, such as the wrapped end of a heading:
 * "Conference Paper", "Article". */
bool heading_is_label(Str text);
/* A terminal browser numbers links: "[3]Leo Gao" without the number. */
Str heading_unlinked(Str text);

#endif
