/* SPDX-License-Identifier: MIT
 * JSON that a parser refuses and everybody understands: line ends and other control
 * characters in strings, halves of surrogate pairs, backslashes before characters that
 * need none, commas before closing brackets. */
#ifndef CITECONV_FORMATS_CSLJSON_PATCH_H
#define CITECONV_FORMATS_CSLJSON_PATCH_H

#include "convert/base/str.h"

typedef struct Patch {
    Buf text;
    size_t *added; /* offsets in `text` of bytes that the original has not */
    size_t added_count, added_capacity;
    size_t strings; /* faults mended in strings */
    size_t first;   /* offset in the original of the first of them */
} Patch;

/* Makes patch->text of a value. */
void patch_value(Patch *patch, Str value);
/* The offset in the original of one in the text. */
size_t patch_original(const Patch *patch, size_t offset);
void patch_free(Patch *patch);

#endif
