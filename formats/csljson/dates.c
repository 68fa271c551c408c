/* SPDX-License-Identifier: MIT
 * Variables of dates: CSL's objects of parts, a literal or a raw text, and what else is
 * written for them: EDTF, a year alone. */
#include "formats/csljson/read.h"

#include <stdlib.h>

enum { YEAR_MOST = 9999999, SEASONS = 20 };

static bool integer(Str s, long long *value)
{
    size_t i = s.size > 0 && (s.data[0] == '-' || s.data[0] == '+') ? 1 : 0;
    bool negative = i == 1 && s.data[0] == '-';
    *value = 0;
    if (i == s.size || s.size - i > 9)
        return false;
    for (; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return false;
        *value = *value * 10 + (s.data[i] - '0');
    }
    *value = negative ? -*value : *value;
    return true;
}

/* One of date-parts: a number, also in quotes; 0 where there is none. */
static bool number_of(const Tree *value, long long *number)
{
    *number = 0;
    if (tree_is(value, TREE_NULL))
        return true;
    if (tree_is_string(value)) {
        Str s = str_trim(tree_str(value));
        return s.size == 0 || integer(s, number);
    }
    if (!tree_is_number(value))
        return false;
    double real = tree_number(value);
    if (!(real >= -YEAR_MOST && real <= YEAR_MOST))
        return false;
    *number = (long long)real;
    return (double)*number == real;
}

/* Months 13 to 16 were seasons in older CSL. */
static int month_of(long long number)
{
    if (number >= 13 && number <= 16)
        return (int)number - 12 + SEASONS;
    return number >= 0 && number <= 24 ? (int)number : -1;
}

/* [2020, 5, 12]; a year of 0 is no date. */
static bool read_part(const Tree *array, DatePart *part)
{
    long long numbers[3] = {0};
    size_t count = tree_count(array);
    if (count > 3)
        return false;
    const Tree *value = tree_items(array);
    for (size_t i = 0; i < count; i++, value = value->next) {
        if (number_of(value, &numbers[i]))
            continue;
        int month = i == 1 && tree_is_string(value) ? month_parse(tree_str(value)) : 0;
        if (month == 0)
            return false;
        numbers[i] = month;
    }
    int year = (int)numbers[0], month = month_of(numbers[1]);
    *part = (DatePart){.time = STR_EMPTY};
    if (year == 0)
        return numbers[1] == 0 && numbers[2] == 0;
    part->year = year < 0 ? year + 1 : year;
    part->month = month;
    part->day = month > 0 ? (int)numbers[2] : 0;
    return month >= 0 && date_exists(part->year, part->month, part->day) &&
           (month > 0 || numbers[2] == 0);
}

static bool is_empty(const Tree *part)
{
    long long year;
    return tree_count(part) == 0 || (number_of(tree_items(part), &year) && year == 0);
}

typedef enum Outcome { DATE_NONE, DATE_READ, DATE_BAD } Outcome;

/* "date-parts": one array or two in an array, or one array flat. */
static Outcome read_parts(const Tree *parts, Date *date)
{
    *date = date_literal(STR_EMPTY);
    if (tree_is_string(parts) || tree_is_number(parts))
        return DATE_BAD;
    if (tree_count(parts) == 0)
        return DATE_NONE;
    const Tree *from = tree_items(parts), *to = from->next;
    if (!tree_is_array(from)) {
        if (is_empty(parts))
            return DATE_NONE;
        return read_part(parts, &date->from) ? DATE_READ : DATE_BAD;
    }
    bool no_from = is_empty(from), no_to = is_empty(to);
    if (no_from && no_to)
        return DATE_NONE;
    if (tree_count(parts) > 2 || !read_part(from, &date->from) ||
        (to != NULL && !read_part(to, &date->to)))
        return DATE_BAD;
    date->range = to != NULL;
    date->from_end = no_from ? DATE_OPEN : DATE_KNOWN;
    date->to_end = date->range && no_to ? DATE_OPEN : DATE_KNOWN;
    return DATE_READ;
}

/* 1 to 4, 21 to 24, or a name of a season; 0 where it is none. */
static int season_of(const Tree *value)
{
    static const struct {
        const char *name;
        int season;
    } NAMES[] = {{"spring", 1}, {"summer", 2}, {"autumn", 3}, {"fall", 3}, {"winter", 4}};
    long long number;
    if (number_of(value, &number)) {
        if (number >= 1 + SEASONS && number <= 4 + SEASONS)
            number -= SEASONS;
        return number >= 1 && number <= 4 ? (int)number : 0;
    }
    if (!tree_is_string(value))
        return 0;
    Str name = str_trim(tree_str(value));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (str_equal_nocase(name, str_from(NAMES[i].name)))
            return NAMES[i].season;
    }
    int month = month_parse(name);
    return month > SEASONS ? month - SEASONS : 0;
}

static Date read_text(Str s)
{
    Date date;
    long long year;
    s = str_trim(s);
    if (date_parse(s, &date) || date_parse_written(s, &date))
        return date;
    if (integer(s, &year) && year != 0 && year <= YEAR_MOST && s.size <= 4)
        return date_year((int)year);
    return date_literal(s);
}

static void make_circa(Date *date)
{
    date->from.approximate = !date->range || date->from_end == DATE_KNOWN;
    date->to.approximate = date->range && date->to_end == DATE_KNOWN;
}

/* A date's text, where parts say nothing. */
static Outcome read_texts(const Tree *object, Date *date, const char **used)
{
    static const char *const WORDS[] = {"edtf", "raw", "literal"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        const Tree *text = tree_get(object, WORDS[i]);
        if (!tree_is_string(text) || str_trim(tree_str(text)).size == 0)
            continue;
        *used = WORDS[i];
        *date =
            i < 2 ? read_text(tree_str(text)) : date_literal(str_trim(tree_str(text)));
        return DATE_READ;
    }
    return DATE_NONE;
}

static void add_written(Item *item, const Tree *one, bool dash)
{
    buf_add(item->scratch, dash ? STR("-") : STR_EMPTY);
    buf_add(item->scratch,
            tree_is_string(one) ? tree_str(one) : tree_text(&item->soil, one));
}

/* Parts that name no day, as somebody may read them: "2021-2-30/2021-3". */
static Str written_parts(Item *item, const Tree *parts)
{
    Buf *out = item->scratch;
    buf_clear(out);
    for (const Tree *part = tree_items(parts); part != NULL; part = part->next) {
        const Tree *first = tree_items(parts);
        if (!tree_is_array(part)) {
            add_written(item, part, part != first);
            continue;
        }
        buf_add(out, part != first ? STR("/") : STR_EMPTY);
        first = tree_items(part);
        for (const Tree *one = first; one != NULL; one = one->next)
            add_written(item, one, one != first);
    }
    return arena_copy(&item->rec->arena, str_trim(buf_str(out)));
}

/* What of the object the date does not say: a new object, or NULL. */
static const Tree *rest_of(const Item *item, const Tree *object, Outcome parts,
                           bool season, const char *used)
{
    Tree *rest = NULL;
    for (const Tree *step = tree_members(object); step != NULL; step = step->next) {
        Str key = step->key;
        if (tree_is_nothing(step) || str_equal(key, STR("circa")) ||
            (str_equal(key, STR("date-parts")) && parts != DATE_BAD) ||
            (str_equal(key, STR("season")) && season) ||
            (used != NULL && str_equal(key, str_from(used))))
            continue;
        tree_put(item->soil.values, &rest, key, step);
    }
    if (rest != NULL)
        tree_close(item->soil.values, rest);
    return rest;
}

static bool read_object(Item *item, FieldId id, const Tree *object)
{
    Date date;
    const char *used = NULL;
    Outcome parts = read_parts(tree_get(object, "date-parts"), &date), outcome = parts;
    if (parts != DATE_READ)
        outcome = read_texts(object, &date, &used);
    if (parts == DATE_BAD)
        diag_report(item->r->diag, LEVEL_NOTE, "odd-date", item->place,
                    "the parts of %s name no day; kept as they are", field_name(id));
    if (parts == DATE_BAD && outcome != DATE_READ) {
        Str written = written_parts(item, tree_get(object, "date-parts"));
        outcome = parts = written.size > 0 ? DATE_READ : DATE_BAD;
        date = date_literal(written);
    }
    const Tree *word = tree_get(object, "season");
    int season = word != NULL ? season_of(word) : 0;
    bool takes = season > 0 && outcome == DATE_READ && !date.range &&
                 date.from.month == 0 && date.literal.size == 0;
    if (takes)
        date.from.month = season + SEASONS;
    if (outcome == DATE_READ) {
        if (tree_is_yes(tree_get(object, "circa")) && date.literal.size == 0 &&
            !date_is_circa(&date))
            make_circa(&date);
        bool is_date = date.literal.size == 0;
        item_add(item, id)->date = is_date ? carried_date(item, id, date) : date;
    }
    const Tree *rest = rest_of(item, object, parts, takes, used);
    if (rest != NULL)
        record_add_other(item->rec, str_from(field_name(id)), item->place,
                         text_plain(tree_text(&item->soil, rest)));
    return true;
}

bool dates_read(Item *item, FieldId id, const Tree *value)
{
    Date date;
    if (tree_is_object(value))
        return read_object(item, id, value);
    if (tree_is_string(value)) {
        Str s = str_trim(tree_str(value));
        if (s.size > 0)
            item_add(item, id)->date = read_text(s);
        return true;
    }
    long long year;
    if (tree_is_array(value) && read_parts(value, &date) == DATE_READ) {
        item_add(item, id)->date = date;
        return true;
    }
    if (!tree_is_number(value) || !number_of(value, &year) || year == 0)
        return false;
    item_add(item, id)->date = date_year((int)(year < 0 ? year + 1 : year));
    return true;
}
