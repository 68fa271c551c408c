/* SPDX-License-Identifier: MIT
 * Bytes of any charset to UTF-8 and back.  charset.c is the only file that sees
 * iconv(3): glibc's or GNU libiconv's, through the interface both share. */
#ifndef CITECONV_TEXT_CHARSET_H
#define CITECONV_TEXT_CHARSET_H

#include "convert/base/str.h"

#include <stdint.h>

typedef struct Charset Charset;

/* `name` as iconv knows it, for the encoder also with //TRANSLIT (guess at what the
 * charset lacks, by the rules of the locale) or //IGNORE (leave it out).  NULL where
 * iconv does not know it.  From ISO 8859-1 the controls 0x80 to 0x9f are decoded as the
 * signs that Windows-1252 has there, as the WHATWG's Encoding Standard (section 4.2) has
 * it: nobody means the controls. */
Charset *charset_decoder(const char *name);
Charset *charset_encoder(const char *name);
void charset_close(Charset *charset); /* NULL is fine */

/* Decodes all that it can of `in` onto `out` and returns the bytes used: the rest is the
 * start of a character that is not whole yet.  What is no character becomes the byte
 * 0xFF, which no UTF-8 text holds, one for each byte skipped.  With `last` the rest is
 * such too, and all is used. */
size_t charset_decode(Charset *decoder, Str in, bool last, Buf *out);

/* Encodes valid UTF-8.  What the charset lacks is written as "?" and handed to `lost`
 * (may be NULL). */
typedef void CharsetLost(void *context, uint32_t character);
void charset_encode(Charset *encoder, Str in, Buf *out, CharsetLost *lost, void *context);
/* Returns a stateful charset to its first state: call once, at the end. */
void charset_finish(Charset *encoder, Buf *out);
/* Whether the charset has the character itself; //TRANSLIT's replacements don't count. */
bool charset_has(Charset *encoder, uint32_t character);
/* The character that a byte is in Windows-1252, 0 for the five that are none. */
uint32_t charset_windows(unsigned char byte);
/* Where iconv looks for what it loads when a charset is opened: the i-th directory, with
 * a NUL, in `path`; false behind the last. */
bool charset_directory(size_t i, Buf *path);
/* ISO 8859-1 by one of its names. */
bool charset_is_latin_1(Str name);
/* True for UTF-8 in any spelling, which needs no conversion. */
bool charset_is_utf8(const char *name);
/* Whether text can be read from it, or written to it. */
bool charset_reads(const char *name);
bool charset_writes(const char *name);
/* The common name that comes nearest to a misspelled one; NULL where none is near. */
const char *charset_nearest(const char *name);

#endif
