/* SPDX-License-Identifier: MIT
 * Looking for bytes sixteen at a time.
 *
 * A test takes sixteen bytes and says of each whether it is wanted; span_find asks it
 * along a text.  Tests are written with the vectors of gcc and clang, which are there on
 * every machine, and cost no call: the loop is made anew for each. */
#ifndef CITECONV_BASE_SPAN_H
#define CITECONV_BASE_SPAN_H

#include "convert/base/str.h"

#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SPAN = 16 };
typedef unsigned char Span __attribute__((vector_size(16)));
typedef uint64_t SpanHalves __attribute__((vector_size(16)));

/* Each byte that is wanted is 0xff, all others are 0. */
typedef Span SpanTest(Span bytes);

static inline Span span_is(Span bytes, unsigned char byte)
{
    return (Span)(bytes == byte);
}

/* Up to `last`, which counts, too. */
static inline Span span_between(Span bytes, unsigned char first, unsigned char last)
{
    return (Span)(bytes - first <= (unsigned char)(last - first));
}

#ifdef __SSE2__
/* One instruction makes a bit of each byte. */
static inline unsigned span_bits(Span found)
{
    return (unsigned)_mm_movemask_epi8((__m128i)found);
}

static inline bool span_any(Span found)
{
    return span_bits(found) != 0;
}

/* The place of the first byte that is not 0, SPAN where there is none. */
static inline size_t span_first(Span found)
{
    return (size_t)__builtin_ctz(span_bits(found) | 1u << SPAN);
}
#else
static inline bool span_any(Span found)
{
    SpanHalves halves = (SpanHalves)found;
    return (halves[0] | halves[1]) != 0;
}

/* The place of the first byte that is not 0, SPAN where there is none. */
static inline size_t span_first(Span found)
{
    SpanHalves halves = (SpanHalves)found;
    size_t at = halves[0] != 0 ? 0 : SPAN / 2;
    uint64_t half = halves[0] != 0 ? halves[0] : halves[1];
    if (half == 0)
        return SPAN;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return at + (size_t)__builtin_ctzll(half) / 8;
#else
    return at + (size_t)__builtin_clzll(half) / 8;
#endif
}
#endif

/* Sixteen bytes, which are there. */
static inline Span span_at(const char *data)
{
    Span bytes;
    memcpy(&bytes, data, sizeof bytes);
    return bytes;
}

/* Fewer than sixteen, and zeros behind them. */
static inline Span span_short(Str s)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t front = 0, back = 0;
    uint32_t first, last;
    if (s.size >= sizeof front) {
        memcpy(&front, s.data, sizeof front);
        memcpy(&back, s.data + s.size - sizeof back, sizeof back);
        back = s.size > sizeof back ? back >> 8 * (SPAN - s.size) : 0;
    } else if (s.size >= sizeof first) {
        memcpy(&first, s.data, sizeof first);
        memcpy(&last, s.data + s.size - sizeof last, sizeof last);
        front = first | (uint64_t)last << 8 * (s.size - sizeof last);
    } else {
        for (size_t i = 0; i < s.size; i++)
            front |= (uint64_t)(unsigned char)s.data[i] << 8 * i;
    }
    return (Span)(SpanHalves){front, back};
#else
    Span bytes = {0};
    memcpy(&bytes, s.data, s.size);
    return bytes;
#endif
}

/* The place of the first byte at or behind `from` that `test` wants, or s.size. */
__attribute__((always_inline)) static inline size_t span_find(Str s, size_t from,
                                                              SpanTest *test)
{
    size_t i = from;
    for (; i + SPAN <= s.size; i += SPAN) {
        Span found = test(span_at(s.data + i));
        if (span_any(found))
            return i + span_first(found);
    }
    if (i >= s.size)
        return s.size;
    size_t left = s.size - i, first = span_first(test(span_short(str_after(s, i))));
    return i + (first < left ? first : left);
}

#endif
