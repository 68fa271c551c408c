/* SPDX-License-Identifier: MIT
 * Fingerprints: what records of one work have in common, however they are spelled.
 *
 * Two records of one work share one of them at least; two that share one need not be one
 * work.  All come from the arena and are empty where the record has none. */
#ifndef CITECONV_RECORD_PRINT_H
#define CITECONV_RECORD_PRINT_H

#include "convert/record/record.h"

/* Letters and digits in folded words, one space between, so that punctuation, braces and
 * spaces do not count. */
Str print_words(Arena *arena, Str text);
/* The DOI, or that in the URL, in one case. */
Str print_doi(Arena *arena, const Record *rec);
/* The arXiv number without its version. */
Str print_arxiv(Arena *arena, const Record *rec);
Str print_title(Arena *arena, const Record *rec);

#endif
