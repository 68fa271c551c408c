/* SPDX-License-Identifier: MIT
 * The order of texts that people expect, whatever their script: Unicode's (UTS #10) with
 * CLDR's root tailoring, digits by their value.  collate.c and latin.c alone see ICU in
 * this room. */
#ifndef CITECONV_TEXT_COLLATE_H
#define CITECONV_TEXT_COLLATE_H

#include "convert/base/str.h"

typedef struct Collation Collation;

Collation *collate_open(void);
void collate_close(Collation *collation);
/* Adds bytes whose order is that of the texts: first letters, then accents, then case.
 * No byte is 0, but for the last, which is. */
void collate_key(Collation *collation, Str text, Buf *key);

#endif
