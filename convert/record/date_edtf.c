/* SPDX-License-Identifier: MIT
 * Reading EDTF (ISO 8601-2:2019, level 1), as far as biblatex takes it up. */
#include "convert/record/date.h"

/* A cursor: what is left to read. */
static bool take(Str *s, char c)
{
    if (s->size == 0 || s->data[0] != c)
        return false;
    *s = str_after(*s, 1);
    return true;
}

/* Between `least` and `most` digits; -1 where there are fewer. */
static int take_number(Str *s, size_t least, size_t most)
{
    size_t size = 0;
    int number = 0;
    while (size < s->size && size < most && byte_is_digit(s->data[size]))
        number = number * 10 + (s->data[size++] - '0');
    if (size < least)
        return -1;
    *s = str_after(*s, size);
    return number;
}

static bool is_mask(char c)
{
    return c == 'X' || c == 'x' || c == 'u';
}

/* "2004", "19XX", "-0876", "Y17000". */
static bool take_year(Str *s, DatePart *part)
{
    bool longer = take(s, 'Y') || take(s, 'y');
    bool negative = take(s, '-');
    size_t digits = 0, masked = 0;
    int year = 0;
    if (longer) {
        year = take_number(s, 5, 9);
        part->year = negative ? -year : year;
        return year >= 0;
    }
    while (digits + masked < 4 && digits + masked < s->size) {
        char c = s->data[digits + masked];
        if (byte_is_digit(c) && masked == 0)
            digits++;
        else if (is_mask(c))
            masked++;
        else
            break;
        year = year * 10 + (byte_is_digit(c) ? c - '0' : 0);
    }
    if (digits + masked != 4 || digits == 0)
        return false;
    *s = str_after(*s, 4);
    part->unspecified = (unsigned char)masked;
    part->year = negative ? -year : year;
    return true;
}

static bool take_masked(Str *s)
{
    if (s->size < 2 || !is_mask(s->data[0]) || !is_mask(s->data[1]))
        return false;
    *s = str_after(*s, 2);
    return true;
}

static bool take_month_and_day(Str *s, DatePart *part)
{
    if (!take(s, '-'))
        return true;
    part->some_month = take_masked(s);
    if (!part->some_month && (part->month = take_number(s, 1, 2)) <= 0)
        return false;
    if (!take(s, '-'))
        return true;
    part->some_day = take_masked(s);
    if (part->some_month)
        return part->some_day;
    return part->some_day || (part->day = take_number(s, 1, 2)) > 0;
}

/* "T14:34:00", with "Z", an offset or nothing behind it. */
static bool take_time(Str *s, DatePart *part)
{
    Str rest = *s;
    if (!take(&rest, 'T') && !take(&rest, ' '))
        return true;
    Str time = rest;
    int hour = take_number(&rest, 2, 2);
    if (hour < 0 || hour > 24 || !take(&rest, ':'))
        return false;
    int minute = take_number(&rest, 2, 2);
    if (minute < 0 || minute > 59)
        return false;
    if (take(&rest, ':')) {
        int second = take_number(&rest, 2, 2);
        if (second < 0 || second > 60)
            return false;
        if (take(&rest, '.') && take_number(&rest, 1, 9) < 0)
            return false;
    }
    if (!take(&rest, 'Z') && (take(&rest, '+') || take(&rest, '-'))) {
        if (take_number(&rest, 2, 2) < 0)
            return false;
        bool colon = take(&rest, ':');
        if (take_number(&rest, 2, 2) < 0 && colon)
            return false;
    }
    part->time = str_slice(time, 0, time.size - rest.size);
    *s = rest;
    return part->day > 0;
}

static bool parse_part(Str s, DatePart *part)
{
    *part = (DatePart){.time = STR_EMPTY};
    if (!take_year(&s, part) || !take_month_and_day(&s, part) || !take_time(&s, part))
        return false;
    if (take(&s, '%'))
        part->approximate = part->uncertain = true;
    else if (take(&s, '~'))
        part->approximate = true;
    else if (take(&s, '?'))
        part->uncertain = true;
    return s.size == 0 && date_exists(part->year, part->month, part->day);
}

static bool parse_end(Str s, DatePart *part, DateEnd *end)
{
    *part = (DatePart){.time = STR_EMPTY};
    *end = DATE_OPEN;
    if (str_equal(s, STR("..")) || str_equal_nocase(s, STR("open")))
        return true;
    *end = DATE_UNKNOWN;
    if (s.size == 0 || str_equal_nocase(s, STR("unknown")) || str_equal(s, STR("*")))
        return true;
    *end = DATE_KNOWN;
    return parse_part(s, part);
}

bool date_parse(Str s, Date *date)
{
    Date made = date_literal(STR_EMPTY);
    s = str_trim(s);
    size_t slash = str_find_byte(s, '/');
    if (slash == s.size) {
        if (!parse_part(s, &made.from))
            return false;
    } else {
        made.range = true;
        if (!parse_end(str_slice(s, 0, slash), &made.from, &made.from_end) ||
            !parse_end(str_after(s, slash + 1), &made.to, &made.to_end))
            return false;
        if (made.from_end != DATE_KNOWN && made.to_end != DATE_KNOWN)
            return false;
    }
    *date = made;
    return true;
}
