/* SPDX-License-Identifier: MIT
 * What a user calls a field: CSL's word, the source's own tag, or a name that everybody
 * knows from BibTeX, all without regard to case. */
#ifndef CITECONV_PIPELINE_WORD_H
#define CITECONV_PIPELINE_WORD_H

#include "convert/record/record.h"

typedef struct FieldWord {
    Str word;
    FieldId id; /* what it means whatever the source; FIELD_OTHER: a tag at most */
} FieldWord;

/* "container-title", "journal" and "booktitle" are all FIELD_CONTAINER_TITLE; "doi" is
 * FIELD_DOI.  `word` is not copied. */
FieldWord word_field(Str word);
/* Whether the field is one that the word means. */
bool word_means(const FieldWord *word, const Field *field);
/* The nearest of all words known, or NULL where none is near: for "did you mean". */
const char *word_near(Str word);
/* Without the braces or quotation marks that BibTeX's languages put around a value. */
Str written_bare(Str value);
/* Text of a field of the source that has that tag, first of all the fields read, else as
 * written; empty where there is none. */
Str record_tag_text(const Record *rec, Str tag);

#endif
