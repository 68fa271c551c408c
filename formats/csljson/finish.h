/* SPDX-License-Identifier: MIT
 * The second half of reading CSL-JSON: an item that was found becomes a record, mended
 * where jansson refuses it. */
#ifndef CITECONV_FORMATS_CSLJSON_FINISH_H
#define CITECONV_FORMATS_CSLJSON_FINISH_H

#include "formats/csljson/patch.h"
#include "formats/csljson/read.h"

/* An item that was found, in the record's arena. */
typedef struct Half {
    Str bytes;
    const Extent *ext;
    /* Of a byte: the item's first, and the last one asked for. */
    Place start, place;
    size_t at;
} Half;

/* What items share, one after the other; zeroed at first. */
typedef struct Finish {
    Extent mended;
    Patch patch;
    Arena values; /* of the tree at hand */
    Buf scratch;
} Finish;

/* Fills the record of rec->half, a Half; false where the item is beyond mending, which is
 * reported. */
bool finish_item(Read *r, Record *rec, Finish *finish);
void finish_free(Finish *finish);

#endif
