/* SPDX-License-Identifier: MIT
 * The file of --cite: citations into a document, as pandoc's Markdown writes them, one or
 * more a line (cites_lines.c), or as citation processors exchange them, JSON
 * (cites_json.c).  What the file begins with says which. */
#ifndef CITECONV_FORMATS_TEXT_CITES_H
#define CITECONV_FORMATS_TEXT_CITES_H

#include "convert/io/source.h"
#include "convert/style/style.h"

typedef struct CiteItem {
    Str key, id; /* a work is cited by either; `id` may be empty */
    size_t item; /* its number in the document */
    bool cited;  /* set where a citation has it */
} CiteItem;

typedef struct CiteJob {
    Document *doc;
    const Style *style;
    CiteItem *items;
    size_t count;
    Diag *diag;
    bool alone; /* no citation knows of another; "position" says where it stands */
} CiteJob;

/* Adds the citations to the document, in order.  How many there were. */
size_t cites_read(const CiteJob *job, Source *in);

/* For the two readers. */

/* What a file may give cause to say again and again. */
typedef enum CiteFault { CITE_BAD, CITE_MISSING, CITE_TEXT, CITE_FAULT_COUNT } CiteFault;

typedef struct Cites {
    const CiteJob *job;
    Source *in;
    struct Named *named; /* keys and ids, sorted */
    size_t named_count;
    Arena arena;   /* of the file */
    Arena scratch; /* of the citation in work */
    Cite *cites;   /* of that citation */
    size_t count, capacity;
    size_t citations, notes; /* so far */
    size_t faults[CITE_FAULT_COUNT];
} Cites;

/* The level to tell of one more at: a hundred times the one that is given; what there is
 * more is a detail, and how much that was is told at the end of the file. */
Level cites_level(Cites *c, CiteFault fault, Level level);
/* A cite of that work for the citation in work; NULL where the input has no such work,
 * which is reported at `place`. */
Cite *cites_add(Cites *c, Str key, Place place);
/* NULL where there is none. */
CiteItem *cites_find(const Cites *c, Str key);
/* The number of the next footnote where the style has footnotes; else 0. */
size_t cites_next_note(Cites *c);
/* Puts the citation in work into the document, unless it is empty, and begins another. */
void cites_put(Cites *c, size_t note, Text infix);

void cites_read_lines(Cites *c);
bool cites_is_json(Str head);
void cites_read_json(Cites *c);

#endif
