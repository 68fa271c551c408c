/* SPDX-License-Identifier: MIT */
#include "tests/unit/assert_str.h"

#include "convert/base/span.h"

#include <stdlib.h>

enum { LONGEST = 3 * SPAN + 2 };

static Span is_sign(Span bytes)
{
    return span_is(bytes, '@') | span_between(bytes, 0xc0, 0xcf);
}

/* Of which those would be, too, that are put behind a short text. */
static Span is_small(Span bytes)
{
    return (Span)(bytes < ' ');
}

/* Bytes of their own, so that a sanitizer sees what is read beside them. */
static Str bytes_of(size_t size, size_t at, unsigned char wanted)
{
    char *bytes = malloc(size > 0 ? size : 1);
    assert_non_null(bytes);
    memset(bytes, 'a', size);
    for (; at < size; at += 5)
        bytes[at] = (char)wanted;
    return (Str){bytes, size};
}

static void each_place_is_found(void **state)
{
    static const unsigned char SIGNS[] = {'@', 0xc0, 0xcf};
    (void)state;
    for (size_t size = 0; size <= LONGEST; size++) {
        for (size_t at = 0; at <= size; at++) {
            Str signs = bytes_of(size, at, SIGNS[at % 3]), small = bytes_of(size, at, 7);
            for (size_t from = 0; from <= size; from++) {
                size_t first = at;
                while (first < from)
                    first += 5;
                first = first < size ? first : size;
                assert_int_equal(span_find(signs, from, is_sign), first);
                assert_int_equal(span_find(small, from, is_small), first);
                assert_int_equal(span_find(signs, from, is_small), size);
            }
            free((void *)(uintptr_t)signs.data);
            free((void *)(uintptr_t)small.data);
        }
    }
}

static void borders_count(void **state)
{
    (void)state;
    for (unsigned byte = 0; byte < 256; byte++) {
        char bytes[SPAN];
        memset(bytes, (int)byte, sizeof bytes);
        Span sixteen = span_at(bytes);
        assert_int_equal(span_any(span_between(sixteen, 'b', 'd')),
                         byte >= 'b' && byte <= 'd');
        assert_int_equal(span_any(span_between(sixteen, 0, 0xff)), true);
        assert_int_equal(span_any(span_is(sixteen, 'b')), byte == 'b');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_place_is_found),
        cmocka_unit_test(borders_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
