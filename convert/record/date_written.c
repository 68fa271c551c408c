/* SPDX-License-Identifier: MIT
 * Reading dates as people write them; see date.h.
 *
 * A date falls into words: numbers, months, what stands between.  A range is two dates
 * whose later one says what both share: "12-15 May 2020", "May-June 2020". */
#include "convert/record/date.h"

enum { WORDS_MOST = 14 };

typedef enum WordKind {
    WORD_NUMBER,
    WORD_MONTH,
    WORD_DASH,
    WORD_SLASH,
    WORD_DOT
} WordKind;

typedef struct DateWord {
    WordKind kind;
    int value;                        /* of a number or month */
    size_t digits;                    /* of a number */
    bool before_christ, after_christ; /* which word stands behind the number */
} DateWord;

typedef struct DateWords {
    DateWord items[WORDS_MOST];
    size_t count;
    bool approximate, uncertain;
} DateWords;

/* Words. */

static bool add(DateWords *words, DateWord word)
{
    if (words->count == WORDS_MOST)
        return false;
    words->items[words->count++] = word;
    return true;
}

static bool is_one_of(Str word, const char *list)
{
    Str rest = str_from(list), each;
    while (str_word(&rest, &each)) {
        if (str_equal_nocase(word, each))
            return true;
    }
    return false;
}

/* "12", "12th", "1er". */
static bool take_number(Str *s, DateWords *words)
{
    DateWord word = {.kind = WORD_NUMBER};
    while (word.digits < s->size && byte_is_digit(s->data[word.digits])) {
        if (word.digits == 4)
            return false;
        word.value = word.value * 10 + (s->data[word.digits++] - '0');
    }
    *s = str_after(*s, word.digits);
    size_t letters = 0;
    while (letters < s->size && byte_is_alpha(s->data[letters]))
        letters++;
    if (letters > 0) {
        if (!is_one_of(str_slice(*s, 0, letters), "st nd rd th er") || word.digits > 2)
            return false;
        *s = str_after(*s, letters);
    }
    return add(words, word);
}

static bool is_letter(char c)
{
    return byte_is_alpha(c) || (unsigned char)c >= 0x80;
}

static bool take_letters(Str *s, DateWords *words)
{
    size_t size = 0;
    while (size < s->size && is_letter(s->data[size]) &&
           !str_starts(str_after(*s, size), STR("\xe2\x80")))
        size++;
    Str word = str_slice(*s, 0, size);
    *s = str_after(*s, size > 0 ? size : 1);
    if (is_one_of(word, "c ca circa about approx um vers hacia")) {
        words->approximate = true;
        if (s->size > 0 && s->data[0] == '.')
            *s = str_after(*s, 1);
        return words->count == 0;
    }
    DateWord *last = words->count > 0 ? &words->items[words->count - 1] : NULL;
    if (is_one_of(word, "bc bce")) {
        if (last == NULL || last->kind != WORD_NUMBER)
            return false;
        last->before_christ = true;
        return !last->after_christ;
    }
    if (is_one_of(word, "ad ce")) {
        if (last != NULL && last->kind == WORD_NUMBER)
            last->after_christ = true;
        return last == NULL || !last->before_christ;
    }
    if (is_one_of(word, "de of the del di"))
        return true;
    if (is_one_of(word, "to bis until"))
        return add(words, (DateWord){.kind = WORD_DASH});
    int month = month_parse(word);
    return month > 0 && add(words, (DateWord){.kind = WORD_MONTH, .value = month});
}

/* A hyphen, any number of them, or one of the dashes. */
static bool take_dash(Str *s, DateWords *words)
{
    size_t size = 0;
    if (str_starts(*s, STR("\xe2\x80\x93")) || str_starts(*s, STR("\xe2\x80\x94")) ||
        str_starts(*s, STR("\xe2\x80\x90")) || str_starts(*s, STR("\xe2\x80\x91")))
        size = 3;
    while (size < 3 && size < s->size && s->data[size] == '-')
        size++;
    *s = str_after(*s, size);
    return add(words, (DateWord){.kind = WORD_DASH});
}

static bool take_word(Str *s, DateWords *words)
{
    char c = s->data[0];
    if (byte_is_digit(c))
        return take_number(s, words);
    if (c == '-' || str_starts(*s, STR("\xe2\x80")))
        return take_dash(s, words);
    if (is_letter(c))
        return take_letters(s, words);
    *s = str_after(*s, 1);
    if (c == '/')
        return add(words, (DateWord){.kind = WORD_SLASH});
    /* "25.12.2020", but not the dot of "12. Mai" or "Mar." */
    bool between = words->count > 0 && s->size > 0 && byte_is_digit(s->data[0]) &&
                   words->items[words->count - 1].kind == WORD_NUMBER;
    if (c == '.')
        return !between || add(words, (DateWord){.kind = WORD_DOT});
    if (c == '?')
        words->uncertain = true;
    return byte_is_space(c) || c == ',' || c == '?' || c == '~';
}

static bool split(Str s, DateWords *words)
{
    *words = (DateWords){0};
    while (s.size > 0) {
        if (!take_word(&s, words))
            return false;
    }
    return words->count > 0;
}

/* Numbers alone: "2020/05/12", "2020.5", "25.12.2020". */

/* Whether it is numbers with one sort of sign between. */
static bool is_numeric(const DateWords *words)
{
    if (words->count != 3 && words->count != 5)
        return false;
    for (size_t i = 0; i < words->count; i++) {
        WordKind kind = words->items[i].kind;
        if (i % 2 == 0 ? kind != WORD_NUMBER
                       : kind == WORD_NUMBER || kind == WORD_MONTH ||
                             kind != words->items[1].kind)
            return false;
    }
    return true;
}

/* Day and month in one order or the other, where only one of them is a date. */
static bool order_day(int a, int b, DatePart *part)
{
    bool day_first = date_exists(part->year, b, a) && b <= 12;
    bool month_first = date_exists(part->year, a, b) && a <= 12;
    if (a != b && day_first == month_first)
        return false;
    part->day = day_first ? a : b;
    part->month = day_first ? b : a;
    return day_first || month_first;
}

static bool parse_numeric(const DateWords *words, DatePart *part)
{
    const DateWord *w = words->items;
    size_t last = words->count - 1;
    *part = (DatePart){.time = STR_EMPTY};
    if (w[0].digits == 4) {
        part->year = w[0].value;
        part->month = w[2].value;
        part->day = last == 4 ? w[4].value : 0;
        return w[2].digits <= 2 && w[2].value >= 1 && w[2].value <= 12 &&
               (last < 4 || (w[4].digits <= 2 && part->day > 0)) &&
               date_exists(part->year, part->month, part->day);
    }
    if (last != 4 || w[4].digits != 4 || w[0].digits > 2 || w[2].digits > 2)
        return false;
    part->year = w[4].value;
    return order_day(w[0].value, w[2].value, part);
}

/* Words: one date, or one side of a range. */

typedef struct Side {
    DatePart part;
    bool has_year;
    int number; /* the one number where there is nothing else: an end's last digits? */
    size_t digits;
} Side;

static bool is_before_christ(const DateWord *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i].before_christ)
            return true;
    }
    return false;
}

static bool parse_side(const DateWord *words, size_t count, bool before_christ,
                       Side *side)
{
    *side = (Side){.part = {.time = STR_EMPTY}};
    if (count == 0 || count > 3)
        return false;
    for (size_t i = 0; i < count; i++) {
        const DateWord *word = &words[i];
        bool year = word->kind == WORD_NUMBER &&
                    (word->digits >= 3 || word->before_christ || word->after_christ ||
                     (before_christ && count == 1));
        if (year && !side->has_year) {
            side->has_year = true;
            side->part.year = before_christ ? 1 - word->value : word->value;
        } else if (word->kind == WORD_NUMBER && !year && side->part.day == 0) {
            side->part.day = word->value;
        } else if (word->kind == WORD_MONTH && side->part.month == 0) {
            side->part.month = word->value;
        } else {
            return false;
        }
    }
    if (count == 1 && words->kind == WORD_NUMBER) {
        side->number = words->value;
        side->digits = words->digits;
    }
    return true;
}

static bool is_date(const Side *side)
{
    const DatePart *part = &side->part;
    return side->has_year && (part->day == 0 || part->month > 0) &&
           date_exists(part->year, part->month, part->day);
}

/* What one side leaves to the other. */
static void share(Side *from, Side *to)
{
    bool year_alone = from->has_year && from->part.month == 0;
    if (year_alone && to->digits == 2 && !to->has_year &&
        to->number > from->part.year % 100) {
        to->part.year = from->part.year / 100 * 100 + to->number;
        to->part.day = 0;
        to->has_year = true;
    }
    if (to->part.month == 0 && to->part.day > 0)
        to->part.month = from->part.month;
    if (from->part.month == 0 && from->part.day > 0)
        from->part.month = to->part.month;
    if (!to->has_year && from->has_year)
        to->part.year = from->part.year;
    if (!from->has_year && to->has_year)
        from->part.year = to->part.year;
    to->has_year = from->has_year = to->has_year || from->has_year;
}

static bool parse_words(const DateWords *words, Date *date)
{
    size_t dash = 0;
    Side from, to;
    while (dash < words->count && words->items[dash].kind <= WORD_MONTH)
        dash++;
    const DateWord *second = words->items + dash + 1;
    size_t left = dash < words->count ? words->count - dash - 1 : 0;
    /* "44-30 BC" says it of both, "27 BC - 14" does not. */
    bool ends_before = is_before_christ(second, left);
    if (!parse_side(words->items, dash,
                    (ends_before && left == 1) || is_before_christ(words->items, dash),
                    &from))
        return false;
    if (dash == words->count) {
        date->from = from.part;
        return is_date(&from);
    }
    if (words->items[dash].kind == WORD_DOT)
        return false;
    date->range = true;
    if (dash + 1 == words->count) { /* "1998-" */
        date->from = from.part;
        date->to_end = DATE_OPEN;
        return words->items[dash].kind == WORD_DASH && is_date(&from);
    }
    if (!parse_side(second, left, ends_before, &to))
        return false;
    share(&from, &to);
    date->from = from.part;
    date->to = to.part;
    return is_date(&from) && is_date(&to);
}

static Str without_brackets(Str s)
{
    if (s.size > 2 && ((s.data[0] == '[' && s.data[s.size - 1] == ']') ||
                       (s.data[0] == '(' && s.data[s.size - 1] == ')')))
        return str_trim(str_slice(s, 1, s.size - 1));
    return s;
}

bool date_parse_written(Str s, Date *date)
{
    DateWords words;
    Date made = date_literal(STR_EMPTY);
    s = without_brackets(str_trim(s));
    if (date_parse(s, date))
        return true;
    while (s.size > 0 && s.data[s.size - 1] == '/')
        s.size--;
    if (!split(s, &words))
        return false;
    if (!(is_numeric(&words) && parse_numeric(&words, &made.from)) &&
        !parse_words(&words, &made))
        return false;
    made.from.approximate = words.approximate;
    made.from.uncertain = words.uncertain;
    *date = made;
    return true;
}

Str date_before_christ(Arena *arena, DatePart part, int digits)
{
    Str year = arena_format(arena, "%0*d BC", digits, 1 - part.year);
    if (part.month < 1 || part.month > 12)
        return year;
    Str month = str_from(month_english(part.month));
    if (part.day == 0)
        return arena_join(arena, month, STR(" "), year);
    return arena_format(arena, "%.*s %d, %.*s", STR_ARG(month), part.day, STR_ARG(year));
}
