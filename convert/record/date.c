/* SPDX-License-Identifier: MIT
 * Dates; see date.h. */
#include "convert/record/date.h"

static DatePart no_part(void)
{
    return (DatePart){.time = STR_EMPTY};
}

Date date_year(int year)
{
    Date date = date_literal(STR_EMPTY);
    date.from.year = year;
    return date;
}

Date date_literal(Str written)
{
    return (Date){.from = no_part(), .to = no_part(), .literal = written};
}

static bool is_circa(const DatePart *part)
{
    return part->approximate || part->uncertain;
}

bool date_is_circa(const Date *date)
{
    return is_circa(&date->from) || (date->range && is_circa(&date->to));
}

bool date_exists(int year, int month, int day)
{
    static const int DAYS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month == 0)
        return day == 0;
    if (month >= 21 && month <= 24)
        return day == 0;
    if (month < 1 || month > 12 || day < 0)
        return false;
    return day <= DAYS[month - 1] && (month != 2 || day < 29 || leap);
}

static bool part_equal(const DatePart *a, const DatePart *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day &&
           a->approximate == b->approximate && a->uncertain == b->uncertain &&
           a->unspecified == b->unspecified && a->some_month == b->some_month &&
           a->some_day == b->some_day && str_equal(a->time, b->time);
}

bool date_equal(const Date *a, const Date *b)
{
    if (a->range != b->range || !str_equal(a->literal, b->literal))
        return false;
    if (a->range && (a->from_end != b->from_end || a->to_end != b->to_end ||
                     !part_equal(&a->to, &b->to)))
        return false;
    return part_equal(&a->from, &b->from);
}

/* Writing. */

static void add_part(Buf *out, const DatePart *part)
{
    size_t start = out->size;
    if (part->year > 9999 || part->year < -9999)
        buf_format(out, "Y%d", part->year);
    else
        buf_format(out, part->year < 0 ? "%05d" : "%04d", part->year);
    for (size_t i = 0; i < part->unspecified && i < out->size - start; i++)
        out->data[out->size - 1 - i] = 'X';
    if (part->month > 0)
        buf_format(out, "-%02d", part->month);
    if (part->month > 0 && part->day > 0)
        buf_format(out, "-%02d", part->day);
    buf_add(out, part->some_month ? STR("-XX") : STR_EMPTY);
    buf_add(out, part->some_day ? STR("-XX") : STR_EMPTY);
    if (part->time.size > 0) {
        buf_add_byte(out, 'T');
        buf_add(out, part->time);
    }
    if (is_circa(part))
        buf_add_byte(out, !part->uncertain ? '~' : !part->approximate ? '?' : '%');
}

static void add_end(Buf *out, const DatePart *part, DateEnd end)
{
    if (end == DATE_KNOWN)
        add_part(out, part);
    else if (end == DATE_OPEN)
        buf_add(out, STR(".."));
}

Str date_edtf(Arena *arena, const Date *date)
{
    Buf out = {0};
    if (date->literal.size > 0)
        return date->literal;
    if (date->range) {
        add_end(&out, &date->from, date->from_end);
        buf_add_byte(&out, '/');
        add_end(&out, &date->to, date->to_end);
    } else {
        add_part(&out, &date->from);
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}
