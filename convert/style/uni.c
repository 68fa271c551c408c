/* SPDX-License-Identifier: MIT
 * Unicode by language, through ICU; see uni.h. */
#include "convert/style/uni.h"

#include "convert/base/memory.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef int32_t (*Mapping)(const UCaseMap *, char *, int32_t, const char *, int32_t,
                           UErrorCode *);

static bool all_ascii(Str s, const char *lang)
{
    bool special =
        strcmp(lang, "tr") == 0 || strcmp(lang, "az") == 0 || strcmp(lang, "lt") == 0;
    return !special && utf8_is_ascii(s);
}

static Str map(Arena *arena, Str s, const char *lang, Mapping mapping)
{
    UErrorCode error = U_ZERO_ERROR;
    UCaseMap *cases = ucasemap_open(lang, 0, &error);
    if (U_FAILURE(error) || s.size > INT_MAX / 4) {
        ucasemap_close(cases);
        return s;
    }
    int32_t room = (int32_t)s.size * 3 + 16;
    char *out = arena_alloc(arena, (size_t)room);
    int32_t size = mapping(cases, out, room, s.data, (int32_t)s.size, &error);
    ucasemap_close(cases);
    return U_FAILURE(error) || size > room ? s : (Str){out, (size_t)size};
}

Str uni_upper(Arena *arena, Str s, const char *lang)
{
    if (!all_ascii(s, lang))
        return map(arena, s, lang, ucasemap_utf8ToUpper);
    char *out = arena_alloc(arena, s.size);
    for (size_t i = 0; i < s.size; i++)
        out[i] = byte_is_lower(s.data[i]) ? (char)(s.data[i] - 'a' + 'A') : s.data[i];
    return (Str){out, s.size};
}

Str uni_lower(Arena *arena, Str s, const char *lang)
{
    if (!all_ascii(s, lang))
        return map(arena, s, lang, ucasemap_utf8ToLower);
    char *out = arena_alloc(arena, s.size);
    for (size_t i = 0; i < s.size; i++)
        out[i] = byte_lower(s.data[i]);
    return (Str){out, s.size};
}

Str uni_capital(Arena *arena, Str s, const char *lang)
{
    if (s.size == 0)
        return s;
    Str rest = s;
    utf8_next(&rest);
    if (strcmp(lang, "nl") == 0 && str_starts(s, STR("ij")))
        rest = str_after(s, 2);
    Str first = str_slice(s, 0, s.size - rest.size);
    Str capital = uni_upper(arena, first, lang);
    if (str_equal(capital, first))
        return s;
    /* "ß" and ligatures make two letters of which one is a capital. */
    Str tail = capital;
    utf8_next(&tail);
    if (tail.size > 0 && !str_equal(first, STR("ij"))) {
        Str head = str_slice(capital, 0, capital.size - tail.size);
        capital = arena_join(arena, head, STR_EMPTY, uni_lower(arena, tail, lang));
    }
    return arena_join(arena, capital, STR_EMPTY, rest);
}

bool uni_is_family_first(uint32_t c)
{
    return unicode_is_han(c) || unicode_is_kana(c) || unicode_is_hangul(c);
}

bool uni_is_punctuation(uint32_t c)
{
    return u_ispunct((UChar32)c);
}

struct Collator {
    UCollator *order;
    UChar *wide;
    size_t room;
};

Collator *collator_open(Str lang)
{
    char name[16];
    size_t size = lang.size < sizeof name - 1 ? lang.size : sizeof name - 1;
    memcpy(name, lang.data, size);
    name[size] = '\0';
    for (char *p = name; *p; p++)
        *p = *p == '-' ? '_' : *p;

    UErrorCode error = U_ZERO_ERROR;
    UCollator *order = ucol_open(name, &error);
    if (U_FAILURE(error)) {
        error = U_ZERO_ERROR;
        order = ucol_open("", &error);
    }
    if (U_FAILURE(error))
        return NULL;
    ucol_setStrength(order, UCOL_SECONDARY);
    Collator *collator = memory_zeroed(1, sizeof *collator);
    collator->order = order;
    return collator;
}

void collator_close(Collator *collator)
{
    if (!collator)
        return;
    ucol_close(collator->order);
    free(collator->wide);
    free(collator);
}

void collator_key(Collator *collator, Str s, Buf *key)
{
    if (!collator || s.size > INT_MAX / 8) {
        buf_add(key, s);
        return;
    }
    if (collator->room < s.size + 1) {
        collator->room = s.size * 2 + 64;
        collator->wide =
            memory_resize(collator->wide, collator->room * sizeof *collator->wide);
    }
    UErrorCode error = U_ZERO_ERROR;
    int32_t wide = 0;
    u_strFromUTF8(collator->wide, (int32_t)collator->room, &wide, s.data, (int32_t)s.size,
                  &error);
    if (U_FAILURE(error)) {
        buf_add(key, s);
        return;
    }
    int32_t room = wide * 4 + 32;
    char *to = buf_reserve(key, (size_t)room);
    int32_t size =
        ucol_getSortKey(collator->order, collator->wide, wide, (uint8_t *)to, room);
    if (size > room) {
        to = buf_reserve(key, (size_t)size);
        size =
            ucol_getSortKey(collator->order, collator->wide, wide, (uint8_t *)to, size);
    }
    key->size += size > 0 ? (size_t)size - 1 : 0; /* without its NUL */
}
