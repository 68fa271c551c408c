/* SPDX-License-Identifier: MIT
 * What characters are: classes, case, normal forms, width.  By Unicode's data, which
 * utf8proc brings; unicode.c is the only file that sees that library. */
#ifndef CITECONV_TEXT_UNICODE_H
#define CITECONV_TEXT_UNICODE_H

#include "convert/base/arena.h"

#include <stdint.h>

bool unicode_is_letter(uint32_t c); /* general category L* */
bool unicode_is_upper(uint32_t c);  /* Lu and Lt */
bool unicode_is_lower(uint32_t c);  /* Ll */
bool unicode_is_digit(uint32_t c);  /* Nd */
bool unicode_is_space(uint32_t c);  /* Z*, tab and line ends */
bool unicode_is_mark(uint32_t c);   /* M*: combining */
/* No meaning of its own in running text: U+00AD, U+200B, U+2060, U+FEFF, and the marks
 * that only set a direction. */
bool unicode_is_ignorable(uint32_t c);
bool unicode_is_han(uint32_t c);
bool unicode_is_hangul(uint32_t c);
bool unicode_is_kana(uint32_t c);
/* Columns on a terminal: 0, 1 or 2. */
size_t unicode_width(uint32_t c);
uint32_t unicode_lower(uint32_t c);
uint32_t unicode_upper(uint32_t c); /* the single character: U+00DF stays */
/* The canonical decomposition of one character into a base and one mark: false
 * where it has none.  U+1EC5 gives U+00EA and U+0303. */
bool unicode_decompose(uint32_t c, uint32_t *base, uint32_t *mark);
/* A base and its marks in any order, to normal form C in place; gives how many are left.
 * More than UNICODE_CLUSTER stay as they are. */
enum { UNICODE_CLUSTER = 16 };
size_t unicode_compose(uint32_t *cluster, size_t count);

/* Normal form C.  `s` itself where it is in that form already. */
Str unicode_nfc(Arena *arena, Str s);
/* For comparing without case: full case folding in normal form C. */
Str unicode_fold(Arena *arena, Str s);
/* For keys: letters and digits of ASCII, lower case, marks taken off, letters such
 * as Ł, ø, ß, þ spelled in ASCII; what has no such spelling is left out. */
Str unicode_ascii(Arena *arena, Str s);
/* Whether that has anything for the character. */
bool unicode_has_ascii(uint32_t c);
/* For finding what people typed: case folded, marks off, letters such as ø and ß spelled
 * in ASCII, other letters and signs as they are; one space for many. */
Str unicode_plain(Arena *arena, Str s);

#endif
