/* SPDX-License-Identifier: MIT
 * Character references by the HTML standard, and charsets that pages declare. */
#include "tests/unit/assert_str.h"

#include "convert/text/html.h"

enum { NONE = 0, BAD = 0xfffd };

static void references(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        uint32_t first, second;
    } ROWS[] = {
        {"&amp;", 5, '&', 0},
        {"&lt;i>", 4, '<', 0},
        {"&quot;", 6, '"', 0},
        {"&nbsp;x", 6, 0xa0, 0},
        {"&eacute;t", 8, 0xe9, 0},
        {"&Eacute;", 8, 0xc9, 0},
        {"&AMP;", 5, '&', 0},
        {"&notin;", 7, 0x2209, 0},
        {"&ge;", 4, 0x2265, 0},
        {"&nGt;", 5, 0x226b, 0x20d2},
        {"&CounterClockwiseContourIntegral;", 33, 0x2233, 0},
        {"&frac12;", 8, 0xbd, 0},
        {"&Amp;", 0, NONE, 0},
        {"&nosuchname;", 0, NONE, 0},
        /* Numbers. */
        {"&#233;", 6, 0xe9, 0},
        {"&#xE9;", 6, 0xe9, 0},
        {"&#Xe9;", 6, 0xe9, 0},
        {"&#x1F600;", 9, 0x1f600, 0},
        {"&#0065;", 7, 'A', 0},
        {"&#128;", 6, 0x20ac, 0}, /* Windows-1252, as the standard has it */
        {"&#150;", 6, 0x2013, 0},
        {"&#0;", 4, BAD, 0},
        {"&#xD800;", 8, BAD, 0},
        {"&#x110000;", 10, BAD, 0},
        {"&#99999999999999999999;", 23, BAD, 0},
        {"&#;", 0, NONE, 0},
        {"&#x;", 0, NONE, 0},
        {"&#xg;", 0, NONE, 0},
        {"&#65", 0, NONE, 0},
        {"&#65 ", 0, NONE, 0},
        /* Without a semicolon. */
        {"&copy 2014", 5, 0xa9, 0},
        {"&copy", 5, 0xa9, 0},
        {"&copy.", 5, 0xa9, 0},
        {"&amp b", 4, '&', 0},
        {"&lt 3", 3, '<', 0},
        {"&copy2014", 0, NONE, 0},
        {"&copyleft", 0, NONE, 0},
        {"&copy=1", 0, NONE, 0},
        {"&notit;", 0, NONE, 0},
        {"&hellip ", 0, NONE, 0}, /* not among those that may stand so */
        {"&ge ", 0, NONE, 0},
        /* No reference at all. */
        {"&T", 0, NONE, 0},
        {"&D budget", 0, NONE, 0},
        {"& b", 0, NONE, 0},
        {"&;", 0, NONE, 0},
        {"&", 0, NONE, 0},
        {"&&amp;", 0, NONE, 0},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        uint32_t characters[2] = {0, 0};
        size_t size = html_reference(str_from(ROWS[i].text), characters);
        bool fine = size == ROWS[i].size &&
                    (size == 0 ||
                     (characters[0] == ROWS[i].first && characters[1] == ROWS[i].second));
        if (!fine)
            print_error("%s: %zu bytes, U+%04X U+%04X\n", ROWS[i].text, size,
                        (unsigned)characters[0], (unsigned)characters[1]);
        wrong += !fine;
    }
    assert_int_equal(wrong, 0);
}

static void charsets(void **state)
{
    static const struct {
        const char *head, *charset;
    } ROWS[] = {
        {"<!doctype html><meta charset=utf-8>", "utf-8"},
        {"<html><head><META CHARSET = 'iso-8859-2' >", "iso-8859-2"},
        {"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">",
         "gb2312"},
        {"<?xml version=\"1.0\" encoding=\"latin1\"?>", "latin1"},
        {" \n<html><p>charset=utf-7</p>", ""},
        {"<meta name=x content=\"charset\">", ""},
        {"charset=utf-8", ""},
        {"<meta charset=", ""},
        {"<", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        ASSERT_STR(html_charset(str_from(ROWS[i].head)), ROWS[i].charset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references),
        cmocka_unit_test(charsets),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
