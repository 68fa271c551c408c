/* SPDX-License-Identifier: MIT
 * cmocka with the headers it wants before it, and assertions on the project's Str. */
#ifndef CITECONV_TESTS_UNIT_ASSERT_STR_H
#define CITECONV_TESTS_UNIT_ASSERT_STR_H

#include "convert/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Says what differs and goes on, so that a table tells of all its rows: count these and
 * assert that there are none. */
static inline bool str_differs(Str got, Str wanted, const char *about)
{
    if (str_equal(got, wanted))
        return false;
    print_error("%s\n  wanted \"%.*s\"\n  got    \"%.*s\"\n", about, STR_ARG(wanted),
                STR_ARG(got));
    return true;
}

#define ASSERT_STR(got, wanted)                                                          \
    assert_false(str_differs((got), str_from(wanted), "a text is not what it should be"))

#endif
