/* SPDX-License-Identifier: MIT
 * Dates as far as they are known: EDTF level 1's notions, CSL's shape. */
#ifndef CITECONV_RECORD_DATE_H
#define CITECONV_RECORD_DATE_H

#include "convert/base/str.h"

/* 0 is "not known" for month and day; seasons are months 21 (spring) to 24 (winter).
 * A year before 1 is astronomical: 0 is 1 BC. */
typedef struct DatePart {
    int year;
    int month, day;
} DatePart;

typedef struct Date {
    DatePart from, to; /* `to` counts only in a range */
    bool range, open;  /* open: the range has no end yet */
    bool approximate, uncertain;
    Str literal; /* as written, where it is no date at all; then all else is 0 */
} Date;

Date date_year(int year);

#endif
