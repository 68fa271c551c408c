/* SPDX-License-Identifier: MIT
 * UTF-8 as bytes: RFC 3629, so no surrogates and nothing above U+10FFFF.
 *
 * Inside the program all text is valid UTF-8 (io/source.h sees to that), so these
 * trust their input as far as safety allows: no read leaves the Str. */
#ifndef CITECONV_TEXT_UTF8_H
#define CITECONV_TEXT_UTF8_H

#include "convert/base/str.h"

#include <stdint.h>

enum { UTF8_REPLACEMENT = 0xfffd };

/* Cuts the first character off the front of *rest, which is not empty.  A byte that
 * begins no character is cut alone and given as U+FFFD. */
uint32_t utf8_next(Str *rest);
/* Cuts the last character off the end. */
uint32_t utf8_last(Str *rest);
void utf8_add(Buf *out, uint32_t character);
/* Bytes of the valid front part of `s`; s.size where all of it is valid. */
size_t utf8_valid(Str s);
/* Bytes of the all-ASCII front part of `s`. */
size_t utf8_ascii_front(Str s);
/* True where every byte is below 0x80. */
bool utf8_is_ascii(Str s);
/* How many characters there are. */
size_t utf8_count(Str s);

#endif
