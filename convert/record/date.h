/* SPDX-License-Identifier: MIT
 * Dates as far as they are known: EDTF levels 0 and 1 (ISO 8601-2:2019), as biblatex and
 * CSL 1.0.2 take them up.
 *
 * A date is what it says and no more: a year alone has no month, "199X" is a year whose
 * last digit is not known, and what is no date at all stays as it was written. */
#ifndef CITECONV_RECORD_DATE_H
#define CITECONV_RECORD_DATE_H

#include "convert/base/arena.h"

/* 0 is "not known" for month and day; seasons are months 21 (spring) to 24 (winter), as
 * EDTF has them.  A year before 1 is astronomical: 0 is 1 BC. */
typedef struct DatePart {
    int year;
    int month, day;
    bool approximate, uncertain; /* "~", "?"; "%" is both */
    unsigned char unspecified;   /* last digits of the year that are not known: "19XX" has
                                    2, and year is 1900 */
    bool some_month, some_day;   /* "2004-XX", "2004-06-XX": one, not known which; month,
                                    day are 0 */
    Str time;                    /* "14:34:00Z" as written, or empty */
} DatePart;

typedef enum DateEnd {
    DATE_KNOWN,
    DATE_OPEN,   /* "..": it has not ended, or no start is meant */
    DATE_UNKNOWN /* nothing: there was one, nobody knows when */
} DateEnd;

typedef struct Date {
    DatePart from, to; /* `to` counts only in a range */
    bool range;
    DateEnd from_end, to_end; /* of a range; where not DATE_KNOWN, its part is 0 */
    Str literal; /* as written, where it is no date at all; then all else is 0 */
} Date;

Date date_year(int year);
Date date_literal(Str written);
bool date_is_circa(const Date *date); /* any part approximate or uncertain */

/* EDTF level 1, with biblatex's and BibTeX's habits that are not ambiguous: "2004",
 * "2004-06-11", "2004-6", "-0876", "Y17000", "2004-22", "199X", "2004-XX", "2004?",
 * "2004~", "2004%", "2004-01-01T10:10:10+05:00", "2004/2005", "2004/..", "../2004",
 * "2004/",
 * "/2004", "1999/open", "unknown/2004".  False where it is none of these or names no
 * day of the calendar ("2021-02-30"); *date is then untouched. */
bool date_parse(Str s, Date *date);
/* What people write, where it has one reading only: "12 May 2020", "May 12, 2020", "2020
 * May 12", "Spring 2020", "2020/05/12", "2020/5", "25.12.2020", "c. 1850", "[1850?]", "44
 * BC", "1998-1999", "1998--99", "May-June 2020", "12-15 May 2020", "May 2019 - June
 * 2020", all of date_parse; with the names of months that month_parse knows.  Not
 * "05/06/2020". */
bool date_parse_written(Str s, Date *date);
/* "March 15, 44 BC", the year with that many digits at least: what date_parse_written
 * reads of a year before 1.  Years like "-0043" are read as 43 or 1943 by many. */
Str date_before_christ(Arena *arena, DatePart part, int digits);
/* EDTF, as date_parse reads it; a literal as it is.  Lives in the arena. */
Str date_edtf(Arena *arena, const Date *date);
bool date_equal(const Date *a, const Date *b);
/* 0 where it is no month: "3", "03", "mar", "Mar.", "March", and German, French, Spanish,
 * Italian, Portuguese and Dutch names; seasons ("spring", "21") are 21 to 24. */
int month_parse(Str s);
/* In English: "March", and of seasons, 21 to 24, "Spring"; "" of anything else. */
const char *month_english(int month);
/* Whether that day exists; month and day may be 0. */
bool date_exists(int year, int month, int day);

#endif
