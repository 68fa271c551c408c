/* SPDX-License-Identifier: MIT
 * Sort keys by ICU; see collate.h. */
#include "convert/text/collate.h"
#include "convert/base/memory.h"
#include "convert/text/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

enum { TEXT_MOST = 64 * 1024 }; /* bytes that count: ICU counts in int */

struct Collation {
    UCollator *ucol;
    UChar *units;
    size_t capacity;
};

Collation *collate_open(void)
{
    UErrorCode error = U_ZERO_ERROR;
    Collation *collation = memory_zeroed(1, sizeof *collation);
    collation->ucol = ucol_open("", &error);
    /* The root's data is part of the library: nothing else can go wrong. */
    if (U_FAILURE(error))
        memory_exhausted();
    ucol_setAttribute(collation->ucol, UCOL_NUMERIC_COLLATION, UCOL_ON, &error);
    /* Spaces and punctuation count: "de la" stands before "dean". */
    ucol_setAttribute(collation->ucol, UCOL_ALTERNATE_HANDLING, UCOL_NON_IGNORABLE,
                      &error);
    ucol_setAttribute(collation->ucol, UCOL_NORMALIZATION_MODE, UCOL_ON, &error);
    assert(U_SUCCESS(error));
    return collation;
}

void collate_close(Collation *collation)
{
    if (collation == NULL)
        return;
    ucol_close(collation->ucol);
    free(collation->units);
    free(collation);
}

static int32_t to_units(Collation *collation, Str text)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = 0;
    while (text.size > TEXT_MOST)
        text.size = TEXT_MOST;
    if (collation->capacity < text.size + 1) {
        collation->capacity = memory_grown(collation->capacity, text.size + 1);
        collation->units = memory_resize(collation->units,
                                         collation->capacity * sizeof *collation->units);
    }
    /* No text has more units of UTF-16 than bytes of UTF-8. */
    u_strFromUTF8WithSub(collation->units, (int32_t)collation->capacity, &count,
                         text.data, (int32_t)text.size, UTF8_REPLACEMENT, NULL, &error);
    assert(U_SUCCESS(error));
    return count;
}

void collate_key(Collation *collation, Str text, Buf *key)
{
    int32_t count = to_units(collation, text);
    int32_t room = (int32_t)text.size + 64;
    for (;;) {
        uint8_t *to = (uint8_t *)buf_reserve(key, (size_t)room);
        int32_t size =
            ucol_getSortKey(collation->ucol, collation->units, count, to, room);
        if (size == 0)
            memory_exhausted();
        if (size <= room) {
            key->size += (size_t)size;
            return;
        }
        room = size;
    }
}
