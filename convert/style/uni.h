/* SPDX-License-Identifier: MIT
 * What Unicode says by language: case and order.  uni.c is the only file that sees ICU.
 */
#ifndef CITECONV_STYLE_UNI_H
#define CITECONV_STYLE_UNI_H

#include "convert/base/arena.h"

#include <stdint.h>

/* Whole texts in the rules of a language ("tr": i gives İ; "" for none).  `s` itself
 * where nothing changes. */
Str uni_upper(Arena *arena, Str s, const char *lang);
Str uni_lower(Arena *arena, Str s, const char *lang);
/* The first character in capitals (Dutch "ij" gives "IJ"), the rest as it is. */
Str uni_capital(Arena *arena, Str s, const char *lang);

/* Letters of scripts that have no given-name-first order: Han, kana, Hangul and their
 * neighbours. */
bool uni_is_family_first(uint32_t c);
/* Of any script; symbols are none. */
bool uni_is_punctuation(uint32_t c);

typedef struct Collator Collator;
/* Order of a language ("de-DE"), without regard to case. */
Collator *collator_open(Str lang);
void collator_close(Collator *collator);
/* Adds a key that sorts bytewise; it holds no byte 0. */
void collator_key(Collator *collator, Str s, Buf *key);

#endif
