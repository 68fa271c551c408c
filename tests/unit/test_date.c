/* SPDX-License-Identifier: MIT
 * Dates: what is read, and that EDTF comes back as it was. */
#include "tests/unit/assert_str.h"

#include "convert/record/date.h"

typedef struct Row {
    const char *written, *edtf; /* NULL: no date */
} Row;

typedef bool Parse(Str s, Date *date);

static void check(Parse *parse, const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Arena arena = {0};
        Date date, again;
        bool read = parse(str_from(rows[i].written), &date);
        if (read != (rows[i].edtf != NULL))
            fail_msg("'%s' is %s date", rows[i].written, read ? "a" : "no");
        if (read) {
            Str edtf = date_edtf(&arena, &date);
            ASSERT_STR(edtf, rows[i].edtf);
            assert_true(date_parse(edtf, &again));
            assert_true(date_equal(&date, &again));
        }
        arena_free(&arena);
    }
}

static void edtf(void **state)
{
    static const Row ROWS[] = {
        {"2004", "2004"},
        {" 2004 ", "2004"},
        {"2004-06", "2004-06"},
        {"2004-6-1", "2004-06-01"},
        {"0000", "0000"},
        {"-0876", "-0876"},
        {"Y17000", "Y17000"},
        {"Y-17000", "Y-17000"},
        {"2004-22", "2004-22"},
        {"199X", "199X"},
        {"19XX", "19XX"},
        {"199u", "199X"},
        {"2004-XX", "2004-XX"},
        {"2004-06-XX", "2004-06-XX"},
        {"2004-XX-XX", "2004-XX-XX"},
        {"2004?", "2004?"},
        {"2004-06~", "2004-06~"},
        {"2004-06-11%", "2004-06-11%"},
        {"2004-01-01T10:10:10+05:00", "2004-01-01T10:10:10+05:00"},
        {"2004-04-05T14:34:00", "2004-04-05T14:34:00"},
        {"2004-01-01T10:10:10Z", "2004-01-01T10:10:10Z"},
        {"2004-01-01T10:10:10.25Z", "2004-01-01T10:10:10.25Z"},
        {"2004/2005", "2004/2005"},
        {"2004-02~/2005?", "2004-02~/2005?"},
        {"2004/..", "2004/.."},
        {"2004/", "2004/"},
        {"../2004", "../2004"},
        {"/2004", "/2004"},
        {"1999/open", "1999/.."},
        {"unknown/2004", "/2004"},
        {"", NULL},
        {"/", NULL},
        {"../..", NULL},
        {"204", NULL},
        {"20045", NULL},
        {"2004-13", NULL},
        {"2004-00", NULL},
        {"2021-02-30", NULL},
        {"2021-02-29", NULL},
        {"2020-02-29", "2020-02-29"},
        {"2004-06-11 foo", NULL},
        {"2004-06-11T25:00:00", NULL},
        {"2004-06T10:00:00", NULL},
        {"X004", NULL},
        {"2X04", NULL},
        {"in press", NULL},
        {"2020a", NULL},
    };
    (void)state;
    check(date_parse, ROWS, sizeof ROWS / sizeof ROWS[0]);
}

static void written(void **state)
{
    static const Row ROWS[] = {
        {"2004-06-11", "2004-06-11"},
        {"12 May 2020", "2020-05-12"},
        {"May 12, 2020", "2020-05-12"},
        {"May 12th, 2020", "2020-05-12"},
        {"2020 May 12", "2020-05-12"},
        {"2020 May", "2020-05"},
        {"May 2020", "2020-05"},
        {"Mai 2020", "2020-05"},
        {"12. Mai 2020", "2020-05-12"},
        {"12. M\xc3\xa4rz 2020", "2020-03-12"},
        {"M\xc3\x84RZ 2020", "2020-03"},
        {"1er ao\xc3\xbbt 1999", "1999-08-01"},
        {"5 de mayo de 2001", "2001-05-05"},
        {"Sept. 2001", "2001-09"},
        {"Spring 2020", "2020-21"},
        {"Fall, 2020", "2020-23"},
        {"2020 Winter", "2020-24"},
        {"2020/05/12", "2020-05-12"},
        {"2020/05/12/", "2020-05-12"},
        {"2020///", "2020"},
        {"2020/5", "2020-05"},
        {"2020.05.12", "2020-05-12"},
        {"25.12.2020", "2020-12-25"},
        {"12/25/2020", "2020-12-25"},
        {"5.5.2020", "2020-05-05"},
        {"05/06/2020", NULL},
        {"31/02/2020", NULL},
        {"c. 1850", "1850~"},
        {"ca. 1850", "1850~"},
        {"circa 1850", "1850~"},
        {"[1850?]", "1850?"},
        {"[ca. 1850]", "1850~"},
        {"(2001)", "2001"},
        {"800", "0800"},
        {"44 BC", "-0043"},
        {"0044 BC", "-0043"},
        {"March 15, 44 BC", "-0043-03-15"},
        {"12-15 March 44 BC", "-0043-03-12/-0043-03-15"},
        {"44-30 BC", "-0043/-0029"},
        {"27 BC - 14 AD", "-0026/0014"},
        {"27 BC - 14", "-0026/0014"},
        {"14 AD BC", NULL},
        {"BC", NULL},
        {"1998-1999", "1998/1999"},
        {"1998--1999", "1998/1999"},
        {"1998\xe2\x80\x93"
         "99",
         "1998/1999"},
        {"2020/21", "2020/2021"},
        {"1998-", "1998/.."},
        {"May-June 2020", "2020-05/2020-06"},
        {"May/June 2020", "2020-05/2020-06"},
        {"12-15 May 2020", "2020-05-12/2020-05-15"},
        {"May 12-15, 2020", "2020-05-12/2020-05-15"},
        {"2020 May 12-15", "2020-05-12/2020-05-15"},
        {"May 30 - June 2, 2020", "2020-05-30/2020-06-02"},
        {"Dec 2019 \xe2\x80\x93 Jan 2020", "2019-12/2020-01"},
        {"May 2019 to June 2020", "2019-05/2020-06"},
        {"98", NULL},
        {"12 May", NULL},
        {"May", NULL},
        {"32 May 2020", NULL},
        {"in press", NULL},
        {"n.d.", NULL},
        {"forthcoming 2020", NULL},
        {"2020a", NULL},
        {"May May 2020", NULL},
        {"12345", NULL},
        {"1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9", NULL},
        {"-", NULL},
        {"", NULL},
    };
    (void)state;
    check(date_parse_written, ROWS, sizeof ROWS / sizeof ROWS[0]);
}

static void months(void **state)
{
    (void)state;
    assert_int_equal(month_parse(STR("mar")), 3);
    assert_int_equal(month_parse(STR(" Mar. ")), 3);
    assert_int_equal(month_parse(STR("03")), 3);
    assert_int_equal(month_parse(STR("DECEMBER")), 12);
    assert_int_equal(month_parse(STR("summer")), 22);
    assert_int_equal(month_parse(STR("13")), 0);
    assert_int_equal(month_parse(STR("0")), 0);
    assert_int_equal(month_parse(STR("marching")), 0);
    assert_int_equal(month_parse(STR_EMPTY), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edtf),
        cmocka_unit_test(written),
        cmocka_unit_test(months),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
