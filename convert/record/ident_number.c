/* SPDX-License-Identifier: MIT
 * Identifiers that are numbers with a check digit: ISBN, ISSN, ORCID; see ident.h. */
#include "convert/record/ident.h"

#include <string.h>

enum {
    DIGITS_MOST = 16, /* of an ORCID; the longest */
    DIGITS_LEAST = 8, /* shorter ones are prices, years and pages */
    REMARK_MOST = 200
};

/* Digits along a text, as far as only dashes and single spaces stand between them. */
typedef struct Digits {
    char digits[DIGITS_MOST];
    size_t ends[DIGITS_MOST]; /* where each ends in the text */
    size_t count;
    size_t word; /* where the run ends that has no space in it */
} Digits;

/* How many bytes at the front are a dash of any kind, or a soft hyphen. */
static size_t dash_at(Str s)
{
    if (s.size > 0 && s.data[0] == '-')
        return 1;
    if (str_starts(s, STR("\xc2\xad")))
        return 2;
    if (s.size >= 3 && str_starts(s, STR("\xe2\x80")))
        return (unsigned char)s.data[2] >= 0x90 && (unsigned char)s.data[2] <= 0x95 ? 3
                                                                                    : 0;
    return str_starts(s, STR("\xe2\x88\x92")) ? 3 : 0;
}

/* X is a digit of value ten where nothing alphanumeric follows. */
static bool is_check_x(Str s, size_t at)
{
    bool last = at + 1 >= s.size ||
                (!byte_is_alpha(s.data[at + 1]) && !byte_is_digit(s.data[at + 1]));
    return (s.data[at] == 'X' || s.data[at] == 'x') && last;
}

static Digits digits_of(Str s)
{
    Digits d = {.count = 0};
    bool spaced = false;
    size_t at = 0;
    while (at < s.size) {
        Str rest = str_after(s, at);
        size_t dash = dash_at(rest);
        bool x = d.count > 0 && is_check_x(s, at);
        if (byte_is_digit(s.data[at]) || x) {
            if (d.count == DIGITS_MOST)
                break;
            d.digits[d.count] = x ? 'X' : s.data[at];
            d.ends[d.count++] = ++at;
            if (!spaced)
                d.word = at;
            if (x)
                break;
        } else if (dash > 0) {
            at += dash;
        } else if (s.data[at] == ' ') {
            spaced = true;
            at++;
        } else {
            break;
        }
    }
    return d;
}

static int value_of(char digit)
{
    return digit == 'X' ? 10 : digit - '0';
}

/* X counts at the end only. */
static bool all_digits(const char *digits, size_t count, bool x_fine)
{
    for (size_t i = 0; i < count; i++) {
        if (digits[i] == 'X' && !(x_fine && i == count - 1))
            return false;
    }
    return true;
}

/* Weights n, n-1, ..., 1 and modulus 11: ISBN-10 and ISSN. */
static bool checks_by_11(const char *digits, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (int)(count - i) * value_of(digits[i]);
    return all_digits(digits, count, true) && sum % 11 == 0;
}

static int ean_sum(const char *digits, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value_of(digits[i]) * (i % 2 == 0 ? 1 : 3);
    return sum;
}

static bool checks_as_ean(const char *digits)
{
    return all_digits(digits, 13, false) && ean_sum(digits, 13) % 10 == 0;
}

/* Whether the text goes on as something other than letters or digits after that many. */
static bool ends_there(Str s, const Digits *d, size_t count)
{
    if (d->count < count)
        return false;
    size_t at = d->ends[count - 1];
    return at >= s.size || !(byte_is_digit(s.data[at]) || byte_is_alpha(s.data[at]) ||
                             (dash_at(str_after(s, at)) > 0 && d->count > count));
}

static bool is_bookland(const Digits *d)
{
    return memcmp(d->digits, "978", 3) == 0 || memcmp(d->digits, "979", 3) == 0;
}

/* How many digits of those at the front are one ISBN: 13, 10 or 0. */
static size_t isbn_size(Str s, const Digits *d)
{
    bool long_one = ends_there(s, d, 13) && is_bookland(d);
    bool short_one = ends_there(s, d, 10) && all_digits(d->digits, 10, true);
    if (long_one && short_one && !checks_as_ean(d->digits))
        return checks_by_11(d->digits, 10) ? 10 : 13;
    return long_one ? 13 : short_one ? 10 : 0;
}

static size_t issn_size(Str s, const Digits *d)
{
    return ends_there(s, d, 8) && all_digits(d->digits, 8, true) ? 8 : 0;
}

/* Behind "ISBN", "ISSN" and their "-13:", whose digits belong to no number; 0 where no
 * label is at the front. */
static size_t label_at(Str s)
{
    if (!str_starts_nocase(s, STR("isbn")) && !str_starts_nocase(s, STR("issn")))
        return 0;
    size_t at = 4, before = 0;
    while (at < s.size && (s.data[at] == ' ' || dash_at(str_after(s, at)) > 0))
        at += s.data[at] == ' ' ? 1 : dash_at(str_after(s, at));
    before = at;
    Str kind = str_slice(s, at, at + 2);
    bool numbered = str_equal(kind, STR("10")) || str_equal(kind, STR("13"));
    bool ends = at + 2 >= s.size || !byte_is_digit(s.data[at + 2]);
    return numbered && ends ? at + 2 : before;
}

/* The bracket that closes the one at the front, 0 where none is near. */
static size_t close_at(Str s)
{
    Str near = str_slice(s, 0, REMARK_MOST);
    size_t close = str_find_byte(near, ')');
    return close < near.size ? close : 0;
}

/* "(pbk)" next to it; the number of bytes it takes, spaces before it included. */
static size_t remark_at(Str s, Str *remark)
{
    size_t at = 0;
    *remark = STR_EMPTY;
    while (at < s.size && s.data[at] == ' ')
        at++;
    if (at == s.size || s.data[at] != '(')
        return 0;
    size_t close = close_at(str_after(s, at));
    if (close == 0)
        return 0;
    *remark = str_trim(str_slice(s, at + 1, at + close));
    return at + close + 1;
}

/* The next number that is long enough to be one, from *at on; its text begins there. */
static bool find_digits(Str s, size_t *at, Digits *digits)
{
    while (*at < s.size) {
        size_t label = label_at(str_after(s, *at));
        if (label > 0) {
            *at += label;
        } else if (byte_is_digit(s.data[*at])) {
            *digits = digits_of(str_after(s, *at));
            if (digits->count >= DIGITS_LEAST)
                return true;
            *at += digits->word;
        } else if (s.data[*at] == '(') { /* "(340 p. : 12345678 x)" */
            *at += close_at(str_after(s, *at)) + 1;
        } else {
            ++*at;
        }
    }
    return false;
}

typedef size_t SizeOf(Str s, const Digits *d);

static bool next_number(Str *rest, SizeOf *size_of, IdentNumber *number, Digits *digits,
                        size_t *size)
{
    Str s = *rest;
    size_t at = 0;
    if (!find_digits(s, &at, digits)) {
        *rest = str_after(s, s.size);
        return false;
    }
    Str here = str_after(s, at);
    *size = size_of(here, digits);
    size_t end = *size > 0 ? digits->ends[*size - 1] : digits->word;
    while (*size == 0 && end < here.size && byte_is_digit(here.data[end]))
        end++; /* longer than any */
    *number = (IdentNumber){.text = str_slice(here, 0, end),
                            .bare = STR_EMPTY,
                            .fault = *size > 0 ? IDENT_FINE : IDENT_SHAPE};
    *rest = str_after(here, end + remark_at(str_after(here, end), &number->remark));
    return true;
}

bool ident_next_isbn(Arena *arena, Str *rest, IdentNumber *isbn)
{
    Digits d;
    size_t size;
    if (!next_number(rest, isbn_size, isbn, &d, &size))
        return false;
    if (size == 0)
        return true;
    isbn->bare = arena_copy(arena, (Str){d.digits, size});
    bool fine = size == 13 ? checks_as_ean(d.digits) : checks_by_11(d.digits, 10);
    isbn->fault = fine ? IDENT_FINE : IDENT_CHECKSUM;
    return true;
}

bool ident_next_issn(Arena *arena, Str *rest, IdentNumber *issn)
{
    Digits d;
    size_t size;
    if (!next_number(rest, issn_size, issn, &d, &size))
        return false;
    if (size == 0)
        return true;
    issn->bare = arena_join(arena, (Str){d.digits, 4}, STR("-"), (Str){d.digits + 4, 4});
    issn->fault = checks_by_11(d.digits, 8) ? IDENT_FINE : IDENT_CHECKSUM;
    return true;
}

Str ident_isbn13(Arena *arena, Str bare)
{
    char digits[13] = "978";
    if (bare.size != 10)
        return bare;
    memcpy(digits + 3, bare.data, 9);
    digits[12] = (char)('0' + (10 - ean_sum(digits, 12) % 10) % 10);
    return arena_copy(arena, (Str){digits, sizeof digits});
}

/* ISO 7064 MOD 11-2. */
static char orcid_check(const char *digits)
{
    int total = 0;
    for (size_t i = 0; i < 15; i++)
        total = (total + value_of(digits[i])) * 2 % 11;
    int check = (12 - total) % 11;
    return check == 10 ? 'X' : (char)('0' + check);
}

IdentFault ident_orcid(Arena *arena, Str s, Str *orcid)
{
    *orcid = STR_EMPTY;
    s = str_trim(s);
    /* A label or a URL may stand before it, of whatever kind: no digits in those. */
    size_t at = 0;
    while (at < s.size && !byte_is_digit(s.data[at]))
        at++;
    Str front = str_slice(s, 0, at);
    bool labelled = front.size == 0 || str_contains(front, STR("orcid")) ||
                    str_contains(front, STR("ORCID")) || str_contains(front, STR("iD"));
    Str number = str_after(s, at);
    Digits d = digits_of(number);
    bool fine = labelled && d.count == 16 && all_digits(d.digits, 16, true);
    if (!fine || !(d.ends[15] == number.size ||
                   str_equal(str_after(number, d.ends[15]), STR("/"))))
        return IDENT_SHAPE;
    *orcid = arena_format(arena, "%.4s-%.4s-%.4s-%.4s", d.digits, d.digits + 4,
                          d.digits + 8, d.digits + 12);
    return orcid_check(d.digits) == d.digits[15] ? IDENT_FINE : IDENT_CHECKSUM;
}
