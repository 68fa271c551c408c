/* SPDX-License-Identifier: MIT
 * One entry of the listing becoming a record. */
#ifndef CITECONV_FORMATS_ARROW_ENTRY_H
#define CITECONV_FORMATS_ARROW_ENTRY_H

#include "formats/arrow/heading.h"
#include "formats/arrow/rows.h"

/* Lines of the page put together to one paragraph, each with where it came from. */
typedef struct Joint {
    size_t at; /* byte of the paragraph where this line begins */
    Place place;
} Joint;
typedef struct Paragraph {
    Buf text;
    Joint *joints;
    size_t count, capacity;
} Paragraph;

void paragraph_begin(Paragraph *p);
/* Adds a line: with a blank between, but for a hyphen or Chinese script at the seam. */
void paragraph_add(Paragraph *p, Str line, Place place);
void paragraph_free(Paragraph *p);

/* An abstract in the making: its paragraphs so far. */
typedef struct Abstract {
    Buf text;
    Run *runs;
    size_t run_count, run_capacity;
} Abstract;

void abstract_free(Abstract *abstract);

/* An entry in the making. */
typedef struct Entry {
    Read *r;
    Record *rec;
    const Name *cluster; /* the author whose page it is; NULL where that is not known */
    Name *authors;
    size_t author_count, author_capacity;
    bool cluster_listed, cut; /* cut: the list itself says that there are others */
    Place authors_at, last_author_at;
    Abstract *abstract; /* emptied by entry_heading */
    Place abstract_at;
} Entry;

void entry_heading(Entry *e, const Heading *heading, Place place);
void entry_title(Entry *e, const Paragraph *p);
void entry_author(Entry *e, Str words, Place place);
void entry_abstract(Entry *e, const Paragraph *p);
/* Puts the author list and the abstract into the record. */
void entry_end(Entry *e);

#endif
