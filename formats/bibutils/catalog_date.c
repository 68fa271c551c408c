/* SPDX-License-Identifier: MIT
 * Dates of catalogues; see catalog_date.h. */
#include "formats/bibutils/catalog_date.h"

enum { YEAR = 4, MONTH = 6, DAY = 8, RANGE = 2 * YEAR + 1 };

/* Without what cataloguers put around it. */
static Str bare(Str written)
{
    if (str_starts(written, STR("[")))
        written = str_after(written, 1);
    while (str_ends(written, STR("]")) || str_ends(written, STR(".")))
        written = str_slice(written, 0, written.size - 1);
    if (str_starts(written, STR("\xc2\xa9")))
        return str_trim(str_after(written, 2));
    bool right =
        written.size > YEAR && (written.data[0] == 'c' || written.data[0] == 'p');
    return str_after(written, right);
}

static bool is_within(Str number, int least, int most)
{
    int value = (number.data[0] - '0') * 10 + (number.data[1] - '0');
    return value >= least && value <= most;
}

Str catalog_date(Arena *arena, Str written)
{
    Str date = bare(written);
    size_t digits = str_digits(date);
    Str year = str_slice(date, 0, YEAR), rest = str_after(date, YEAR);
    if (digits == DAY && date.size == DAY) {
        Str month = str_slice(date, YEAR, MONTH), day = str_slice(date, MONTH, DAY);
        if (!is_within(month, 1, 12) || !is_within(day, 1, 31))
            return written;
        return arena_format(arena, "%.*s-%.*s-%.*s", STR_ARG(year), STR_ARG(month),
                            STR_ARG(day));
    }
    if (digits != YEAR)
        return written;
    if (rest.size == 0)
        return year;
    if (str_equal(rest, STR("-")))
        return arena_join(arena, year, STR("/"), STR(".."));
    if (date.size == RANGE && rest.data[0] == '-' &&
        str_digits(str_after(rest, 1)) == YEAR)
        return arena_join(arena, year, STR("/"), str_after(rest, 1));
    return written;
}
