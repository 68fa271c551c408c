/* SPDX-License-Identifier: MIT
 * The language of --key: what a citation key is made of.  It is what Better BibTeX's and
 * JabRef's patterns have in common, in both spellings.
 *
 *     [auth:lower][year][shorttitle3_3]       auth.lower + year + shorttitle(3, 3)
 *
 * "|" parts alternatives: the first that gives anything counts.  Parts and modifiers are
 * listed in the manual; other names are those of fields (word.h). */
#ifndef CITECONV_PIPELINE_TEMPLATE_H
#define CITECONV_PIPELINE_TEMPLATE_H

#include "convert/record/record.h"
#include "convert/text/latin.h"

typedef struct Template Template;

/* How keys that are taken are told apart: "%(a)s" a, b, ..., "%(A)s" A, B, ..., "%(n)s"
 * 1, 2, ..., with what stands around it. */
typedef struct Suffix {
    Str before, behind;
    char style; /* 'a', 'A' or 'n' */
} Suffix;

/* NULL where it makes no sense: what is wrong is then in `wrong`, at *column (bytes, from
 * 1).  `text` outlives the Template. */
Template *template_open(Str text, Buf *wrong, size_t *column);
void template_close(Template *template);
/* The key of a record: letters, digits and "-_.:+/!?;*" of ASCII, so that BibTeX, biber
 * and LaTeX all take it; empty where no alternative gives any.  Other scripts are spelled
 * by `latin`, which knows the record.  Lives in the arena. */
Str template_key(const Template *template, Arena *arena, Latin *latin, const Record *rec);
Suffix template_suffix(const Template *template);

#endif
