/* SPDX-License-Identifier: MIT
 * Dates; see date.h. */
#include "convert/record/date.h"

Date date_year(int year)
{
    return (Date){.from = {.year = year}, .literal = STR_EMPTY};
}
