/* SPDX-License-Identifier: MIT
 * Where a JSON value ends, and where the properties of an object stand (RFC 8259).
 *
 * Goes over bytes as they come, each of them once, and keeps no text.  It knows tokens
 * and their order; what stands in strings and whether "01" is a number is the parser's
 * business.  A comma before a closing bracket is passed over and counted. */
#ifndef CITECONV_TEXT_EXTENT_H
#define CITECONV_TEXT_EXTENT_H

#include "convert/base/str.h"

enum { EXTENT_DEPTH = 2000 }; /* brackets; a value nested deeper is broken */

/* A property of the outermost object; offsets from the value's first byte. */
typedef struct Property {
    size_t key, key_end; /* between its quotes */
    size_t value, end;
} Property;

typedef enum ExtentResult {
    EXTENT_MORE,  /* the bytes end within the value */
    EXTENT_WHOLE, /* it ends at ext->at */
    EXTENT_BROKEN /* at ext->at stands what cannot stand there */
} ExtentResult;

typedef struct Extent {
    size_t at; /* bytes looked at */
    Property *properties;
    size_t count, capacity;
    size_t commas; /* before closing brackets */
    size_t comma;  /* where the first of them is */
    /* Its own. */
    size_t depth, last_comma;
    int expect, token;
    unsigned char objects[EXTENT_DEPTH / 8]; /* a bit for each bracket that is a brace */
} Extent;

/* A zeroed Extent is ready; this makes one ready again and keeps its memory. */
void extent_begin(Extent *ext);
/* `bytes` begin with the value, or white space before it, and are no fewer than those of
 * the call before. */
ExtentResult extent_value(Extent *ext, Str bytes);
void extent_free(Extent *ext);

/* Whether `s` is one JSON value, strictly, and nothing else. */
bool extent_is_value(Str s);
/* Adds a value, which is valid, without the white space between its tokens. */
void extent_compact(Buf *out, Str value);

#endif
