/* SPDX-License-Identifier: MIT
 * Where a JSON value ends, and where the properties of an object stand (RFC 8259).
 *
 * Goes over bytes as they come, each of them once, and keeps no text.  It knows tokens
 * and their order; what stands in strings and whether "01" is a number is the parser's
 * business.  A comma before a closing bracket is passed over and counted. */
#ifndef CITECONV_FORMATS_CSLJSON_SCAN_H
#define CITECONV_FORMATS_CSLJSON_SCAN_H

#include "convert/base/str.h"

enum { SCAN_DEPTH = 2000 }; /* brackets; a value nested deeper is broken */

/* A property of the outermost object; offsets from the value's first byte. */
typedef struct Property {
    size_t key, key_end; /* between its quotes */
    size_t value, end;
} Property;

typedef enum ScanResult {
    SCAN_MORE,  /* the bytes end within the value */
    SCAN_WHOLE, /* it ends at scan->at */
    SCAN_BROKEN /* at scan->at stands what cannot stand there */
} ScanResult;

typedef struct Scan {
    size_t at; /* bytes looked at */
    Property *properties;
    size_t count, capacity;
    size_t commas; /* before closing brackets */
    size_t comma;  /* where the first of them is */
    /* Its own. */
    size_t depth, last_comma;
    int expect, token;
    unsigned char objects[SCAN_DEPTH / 8]; /* a bit for each bracket that is a brace */
} Scan;

/* A zeroed Scan is ready; this makes one ready again and keeps its memory. */
void scan_begin(Scan *scan);
/* `bytes` begin with the value, or white space before it, and are no fewer than those of
 * the call before. */
ScanResult scan_value(Scan *scan, Str bytes);
void item_scan_free(Scan *scan);

/* Whether `s` is one JSON value, strictly, and nothing else. */
bool scan_is_value(Str s);
/* Adds a value, which is valid, without the white space between its tokens. */
void scan_compact(Buf *out, Str value);

#endif
