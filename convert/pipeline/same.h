/* SPDX-License-Identifier: MIT
 * Whether two records are one and the same work.
 *
 * They are where they have one DOI or one arXiv number, or one title (without regard to
 * case, accents' encoding and punctuation), an author in common and years no more than
 * one apart; and nothing says otherwise: another DOI, volume, page, edition, ISBN,
 * journal or kind of work.  Never by their titles alone. */
#ifndef CITECONV_PIPELINE_SAME_H
#define CITECONV_PIPELINE_SAME_H

#include "convert/record/record.h"

typedef enum Sameness {
    SAME_NOT,
    SAME_DOI,       /* one work: by its DOI */
    SAME_ARXIV,     /* by its arXiv number */
    SAME_TITLE,     /* by title, authors and year */
    SAME_PREPRINT,  /* the first is a preprint of the second */
    SAME_PUBLISHED, /* the second is a preprint of the first */
    SAME_DOI_ONLY,  /* one DOI, but other titles */
    SAME_LOOKS      /* title, authors and year, but *why says what differs */
} Sameness;

/* What two records of one work have in common, some of it: hashes; 0 is none. */
typedef struct Prints {
    uint32_t doi, arxiv, title;
    uint32_t key; /* no sign of one work, but of a key that is given twice */
} Prints;

Prints same_prints(Arena *scratch, const Record *rec);
/* *why: "the DOI differs", static; NULL but with SAME_LOOKS. */
Sameness same_work(Arena *scratch, const Record *first, const Record *second,
                   const char **why);
/* Whether same_work looks at fields of that id. */
bool same_reads(FieldId id);

#endif
