/* SPDX-License-Identifier: MIT
 * Dates of RIS: "YYYY/MM/DD/other info" of 2001, and all that is written there.
 *
 * PY, Y1 and DA say when a work came out, whatever their order; the most precise of those
 * that agree counts.  Y2 says when it was looked up: so does the specification of 2011,
 * and so do those who still write the tags of 2001. */
#include "formats/ris/read.h"
#include "formats/tags.h"

static bool number(Str s, size_t most, int *value)
{
    *value = 0;
    if (s.size > most)
        return false;
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return false;
        *value = *value * 10 + (s.data[i] - '0');
    }
    return s.size > 0;
}

static bool is_later(const DatePart *a, const DatePart *b)
{
    if (a->year != b->year)
        return a->year > b->year;
    return a->month != b->month ? a->month > b->month : a->day > b->day;
}

/* The fourth part: a season, months, a time of day. */
static bool parse_other(Arena *arena, Str other, Date *date)
{
    Date whole;
    if (other.size == 0)
        return true;
    int month = month_parse(other);
    if (other.size >= 4 && date_parse(other, &whole) && !whole.range &&
        whole.from.month <= 12 && is_later(&whole.from, &date->from)) {
        date->range = true; /* "1971///1979": what else Zotero found in its date */
        date->to = whole.from;
        return true;
    }
    if (date->from.day > 0 && other.size >= 5 && byte_is_digit(other.data[0]) &&
        str_find_byte(other, ':') < other.size) {
        /* Noon is what is written where only the day is known; see put_accessed. */
        if (!str_equal(other, STR("12:00:00")))
            date->from.time = other;
        return true;
    }
    if (date->from.month == 0 && month > 0) {
        date->from.month = month;
        return true;
    }
    Str text = arena_format(arena, "%.*s %04d", STR_ARG(other), date->from.year);
    if (date->from.month == 0 && date_parse_written(text, &whole)) {
        *date = whole;
        return true;
    }
    /* "2020/05/12/May 12": says it again. */
    return date->from.month > 0 && date_parse_written(text, &whole) &&
           whole.from.month == date->from.month;
}

/* False where it is not of that form; *left is what has no place in a date. */
static bool parse_slashed(Arena *arena, Str s, Date *date, Str *left)
{
    Str year, month, day;
    int y, m = 0, day_number = 0;
    *left = STR_EMPTY;
    if (!str_split(&s, '/', &year) || !number(str_trim(year), 4, &y) ||
        str_trim(year).size != 4)
        return false;
    if (!str_split(&s, '/', &month))
        month = STR_EMPTY;
    if (!str_split(&s, '/', &day))
        day = STR_EMPTY;
    month = str_trim(month);
    day = str_trim(day);
    if (month.size > 0 && !number(month, 2, &m) && (m = month_parse(month)) == 0)
        return byte_is_alpha(month.data[0]) && day.size == 0 &&
               str_trim(s).size == 0 && /* "2005/Jan-Feb" */
               date_parse_written(arena_join(arena, month, STR(" "), str_trim(year)),
                                  date);
    if (day.size > 0 && !number(day, 2, &day_number))
        return false;
    if (m == 0)
        day_number = 0; /* "2020/00/00" */
    if (!date_exists(y, m, day_number))
        return false;
    *date = date_year(y);
    date->from.month = m;
    date->from.day = day_number;
    while (s.size > 0 && s.data[s.size - 1] == '/')
        s.size--;
    if (!parse_other(arena, str_trim(s), date))
        *left = str_trim(s);
    return true;
}

/* "2019-05-01 – 2020-06-02", as put_issued writes it. */
static bool parse_range(Str s, Date *date)
{
    Date from, to;
    size_t at = str_find(s, STR(" \xe2\x80\x93 "));
    if (at == s.size || !date_parse(str_slice(s, 0, at), &from) ||
        !date_parse(str_after(s, at + 5), &to) || from.range || to.range)
        return false;
    *date = from;
    date->range = true;
    date->to = to.from;
    return true;
}

bool ris_read_date_value(Arena *arena, Str value, Date *date)
{
    Str left;
    return parse_slashed(arena, value, date, &left) || parse_range(value, date) ||
           date_parse_written(value, date);
}

static bool parse_item(Draft *d, const Item *item, Date *date)
{
    Str left = STR_EMPTY;
    if (parse_slashed(&d->rec->arena, item->value, date, &left)) {
        if (left.size > 0)
            draft_say(d, LEVEL_WARNING, "degraded-date", item,
                      "'%.*s' is neither month nor season; left out", STR_ARG(left));
        return true;
    }
    return parse_range(item->value, date) || date_parse_written(item->value, date);
}

void ris_read_date(Draft *d, FieldId id, const Item *item)
{
    Date date;
    if (d->first[id] > 0) {
        const Field *before = &d->rec->fields[d->first[id] - 1];
        if (str_equal(before->tag, STR("M2")))
            return; /* M2 said it exactly */
        if (!parse_item(d, item, &date) || !date_equal(&before->date, &date)) {
            draft_say(d, LEVEL_NOTE, "repeated-tag", item,
                      "the record has another %s; kept as it is", field_name(id));
            draft_other(d, item, item->value);
        }
        return;
    }
    if (!parse_item(d, item, &date)) {
        draft_say(d, LEVEL_NOTE, "odd-date", item, "no date; kept as it is");
        date = date_literal(item->value);
    }
    draft_add(d, id, item)->date = date;
}

/* Publication. */

static int precision(const Date *date)
{
    if (date->literal.size > 0)
        return 0;
    int parts =
        1 + (date->from.month > 0) + (date->from.day > 0) + (date->from.time.size > 0);
    return parts * 2 + (date->range || date_is_circa(date));
}

/* Whether the finer one lies within the coarser. */
static bool agree(const Date *coarse, const Date *fine)
{
    int year = coarse->from.year;
    if (fine->range && fine->to_end == DATE_KNOWN && fine->from_end == DATE_KNOWN)
        return year >= fine->from.year && year <= fine->to.year;
    if (coarse->range || year != fine->from.year)
        return false;
    if (coarse->from.month == 0)
        return true;
    return coarse->from.month == fine->from.month &&
           (coarse->from.day == 0 || coarse->from.day == fine->from.day);
}

static bool has_year(Str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.size && digits < 4; i++)
        digits = byte_is_digit(s.data[i]) ? digits + 1 : 0;
    return digits >= 4;
}

typedef struct Issued {
    Date date;
    const Item *item; /* NULL: none yet */
} Issued;

/* The first PY that is a year; NULL where there is none. */
static const Item *find_year(const Draft *d)
{
    for (size_t i = 0; i < d->count; i++) {
        Date year;
        if (str_equal(d->items[i].tag, STR("PY")) &&
            date_parse(d->items[i].value, &year) && year.from.month == 0)
            return &d->items[i];
    }
    return NULL;
}

/* "May 12" in DA beside the year in PY. */
static bool complete(Draft *d, const Item *item, Date *date)
{
    if (!d->year_sought)
        d->year = find_year(d);
    d->year_sought = true;
    if (d->year == NULL || d->year == item)
        return false;
    Str text = arena_format(&d->rec->arena, "%.*s %.*s", STR_ARG(item->value),
                            STR_ARG(d->year->value));
    return date_parse_written(text, date);
}

/* PY is the year that a work is cited by, so it wins where they differ. */
static void weigh(Draft *d, Issued *best, Item *item)
{
    Date date;
    if (!parse_item(d, item, &date) &&
        (has_year(item->value) || !complete(d, item, &date)))
        date = date_literal(item->value);
    if (best->item == NULL) {
        *best = (Issued){.date = date, .item = item};
        return;
    }
    if (date_equal(&best->date, &date))
        return;
    bool finer = precision(&date) > precision(&best->date);
    const Date *coarse = finer ? &best->date : &date, *fine = finer ? &date : &best->date;
    if (coarse->literal.size == 0 && agree(coarse, fine)) {
        if (finer)
            *best = (Issued){.date = date, .item = item};
        return;
    }
    bool wins = best->date.literal.size > 0 && date.literal.size == 0;
    if (str_equal(item->tag, STR("PY")) && date.literal.size == 0)
        wins = true;
    const Item *loser = wins ? best->item : item, *winner = wins ? item : best->item;
    draft_say(d, LEVEL_NOTE, "date-conflict", loser,
              "%.*s says '%.*s', which counts; kept as it is", STR_ARG(winner->tag),
              STR_ARG(winner->value));
    draft_other(d, loser, loser->value);
    if (wins)
        *best = (Issued){.date = date, .item = item};
}

void ris_read_issued(Draft *d, size_t at)
{
    Issued best = {.item = NULL};
    for (size_t i = at; i < d->count; i++) {
        Item *item = &d->items[i];
        const FieldTag *row =
            item->done || item->value.size == 0 ? NULL : draft_row(d, item->tag);
        if (row == NULL || row->field != FIELD_ISSUED)
            continue;
        item->done = true;
        weigh(d, &best, item);
    }
    if (best.item == NULL || d->first[FIELD_ISSUED] > 0)
        return; /* M2 said it exactly */
    if (best.date.literal.size > 0)
        draft_say(d, LEVEL_NOTE, "odd-date", best.item, "no date; kept as it is");
    draft_add(d, FIELD_ISSUED, best.item)->date = best.date;
}
