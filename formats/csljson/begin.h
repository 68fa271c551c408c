/* SPDX-License-Identifier: MIT
 * How items begin: what to know the next one by behind one that is broken, and what sets
 * an object around items apart from an item. */
#ifndef CITECONV_FORMATS_CSLJSON_BEGIN_H
#define CITECONV_FORMATS_CSLJSON_BEGIN_H

#include "convert/text/extent.h"
#include "formats/tags.h"

/* How an item began: where the next one may be known by. */
typedef struct Anchor {
    bool new_line; /* it was the first in its line */
    size_t indent;
    Buf key; /* its first property, with quotes; empty where there is none */
} Anchor;

size_t begin_space_end(Str s, size_t at);
/* Whether the brace at `at` begins an item: at the head of a line, no further in than
 * the broken one; or with the same property first. */
bool begin_fits(Str s, size_t at, const Anchor *anchor);
/* The first property of the object at the front, with its quotes; or empty. */
Str begin_first_key(Str s);
/* The string at `at` without its quotes; empty where there is none. */
Str begin_key(Str s, size_t at);
/* Where the value of the property `key` at `at` begins; s.size where that is not seen. */
size_t begin_value(Str s, size_t at, Str key);
/* A property that says who an item is. */
bool begin_is_identity(Str key);
/* Whether the property at `at` holds items: an array of objects under one of the names
 * that are used for it, an object in "message", or, as in a map from id to item, an
 * object that begins with what says who it is.  *value is where they begin. */
bool begin_holds_items(const Tags *tags, Str s, size_t at, size_t *value);
/* What an object is, as far as its bytes are there: GUESS_MORE where they end before it
 * can be told. */
typedef enum Guess { GUESS_ITEM, GUESS_WRAPPER, GUESS_MORE } Guess;
/* By its first properties, as long as none of them is an item's.  `ext` is for use. */
Guess begin_guess(const Tags *tags, Extent *ext, Str s);
/* GUESS_MORE where begin_holds_items does not see all that it looks at; else *value is
 * where the value of the property at `at` begins, or the size where it is none. */
Guess begin_sees(Str s, size_t at, size_t *value);

#endif
