/* SPDX-License-Identifier: MIT
 * Letters with marks that no character has together ("n̄"): pdfLaTeX knows no mark by
 * itself, but an accent for it. */
#ifndef CITECONV_FORMATS_BIBTEX_ACCENTS_H
#define CITECONV_FORMATS_BIBTEX_ACCENTS_H

#include "convert/base/str.h"

#include <stdint.h>

enum { ACCENTS_MOST = 4 };

/* The accent's command without its backslash; NULL where there is none for the mark. */
const char *accents_name(uint32_t mark);
/* Bytes of the Latin letter at the front and of the marks on it, ACCENTS_MOST of them; 0
 * where it has none. */
size_t accents_front(Str text);

#endif
