/* SPDX-License-Identifier: MIT
 * Identifiers, dates, pages and titles that are wrong or odd; see check_rules.h. */
#include "convert/pipeline/check_rules.h"
#include "convert/pipeline/word.h"
#include "convert/record/ident.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

enum { QUOTED_MOST = 60 }; /* bytes of a value in a message */

/* As it was written where that is known: a reader may have mended it. */
static Str raw_of(const Record *rec, const Field *field)
{
    if (field->written > 0 && field->written <= rec->written_count)
        return written_bare(rec->written[field->written - 1].value);
    return field->text.text;
}

static void check_doi(const Field *field, Str raw, Arena *scratch, Diag *diag)
{
    Buf excerpt = {0};
    if (ident_doi(scratch, field->text.text).size == 0)
        diag_report(diag, LEVEL_WARNING, "bad-doi", field->place, "'%.*s' is no DOI",
                    STR_ARG(diag_excerpt(&excerpt, field->text.text, QUOTED_MOST)));
    else if (str_contains(raw, STR("://")) || str_starts_nocase(raw, STR("doi.org/")))
        diag_report(diag, LEVEL_WARNING, "doi-url", field->place,
                    "the DOI is written as a URL");
    buf_free(&excerpt);
}

/* ISBN or ISSN: each of those in it. */
static void check_numbers(const Field *field, Arena *scratch, Diag *diag)
{
    bool isbn = field->id == FIELD_ISBN;
    const char *what = isbn ? "ISBN" : "ISSN";
    Str rest = field->text.text, all = rest;
    IdentNumber number;
    Buf excerpt = {0};
    size_t count = 0;
    for (; isbn ? ident_next_isbn(scratch, &rest, &number)
                : ident_next_issn(scratch, &rest, &number);
         count++) {
        Str text = diag_excerpt(&excerpt, number.text, QUOTED_MOST);
        if (number.fault == IDENT_FINE)
            continue;
        bool shape = number.fault == IDENT_SHAPE;
        if (isbn)
            diag_report(diag, LEVEL_WARNING, "bad-isbn", field->place,
                        "'%.*s' is no %s%s", STR_ARG(text), what,
                        shape ? "" : ": its check digit is wrong");
        else
            diag_report(diag, LEVEL_WARNING, "bad-issn", field->place,
                        "'%.*s' is no %s%s", STR_ARG(text), what,
                        shape ? "" : ": its check digit is wrong");
    }
    if (count == 0 && isbn)
        diag_report(diag, LEVEL_WARNING, "bad-isbn", field->place, "'%.*s' holds no %s",
                    STR_ARG(diag_excerpt(&excerpt, all, QUOTED_MOST)), what);
    else if (count == 0)
        diag_report(diag, LEVEL_WARNING, "bad-issn", field->place, "'%.*s' holds no %s",
                    STR_ARG(diag_excerpt(&excerpt, all, QUOTED_MOST)), what);
    buf_free(&excerpt);
}

static void check_orcid(const Field *field, Arena *scratch, Diag *diag)
{
    Str rest = field->text.text, each, orcid;
    while (str_split(&rest, ',', &each)) {
        IdentFault fault = ident_orcid(scratch, each, &orcid);
        if (fault != IDENT_FINE)
            diag_report(diag, LEVEL_WARNING, "bad-orcid", field->place,
                        "'%.*s' is no ORCID%s", STR_ARG(str_slice(str_trim(each), 0, 60)),
                        fault == IDENT_SHAPE ? "" : ": its check digit is wrong");
    }
}

void check_identifiers(const Record *rec, const Field *field, Arena *scratch, Diag *diag)
{
    Str text = field->text.text;
    Buf excerpt = {0};
    if (field->form != FORM_TEXT || text.size == 0)
        return;
    if (field->id == FIELD_DOI)
        check_doi(field, raw_of(rec, field), scratch, diag);
    else if (field->id == FIELD_ISBN || field->id == FIELD_ISSN)
        check_numbers(field, scratch, diag);
    else if (field->id == FIELD_URL && ident_url(text) != IDENT_FINE)
        diag_report(diag, LEVEL_WARNING, "bad-url", field->place, "'%.*s' is no URL",
                    STR_ARG(diag_excerpt(&excerpt, text, QUOTED_MOST)));
    else if (field->id == FIELD_PMID && ident_pmid(text).size == 0)
        diag_report(diag, LEVEL_WARNING, "bad-pmid", field->place, "'%.*s' is no PMID",
                    STR_ARG(diag_excerpt(&excerpt, text, QUOTED_MOST)));
    else if (field->id == FIELD_PMCID && ident_pmcid(scratch, text).size == 0)
        diag_report(diag, LEVEL_WARNING, "bad-pmid", field->place, "'%.*s' is no PMCID",
                    STR_ARG(diag_excerpt(&excerpt, text, QUOTED_MOST)));
    else if (str_equal_nocase(field->tag, STR("orcid")))
        check_orcid(field, scratch, diag);
    buf_free(&excerpt);
}

/* A number of up to 18 digits at the front, and how many they are. */
static unsigned long long number_at(Str s, size_t *digits)
{
    unsigned long long n = 0;
    for (*digits = 0; *digits < s.size && byte_is_digit(s.data[*digits]) && *digits < 18;
         ++*digits)
        n = n * 10 + (unsigned long long)(s.data[*digits] - '0');
    return n;
}

/* "145-123"; but "145-53" is short for 145-153.  Ranges of other signs are none of ours
 * ("e12-e9", "12.1-12.3"). */
static bool runs_backward(Str range)
{
    size_t from_digits, to_digits;
    range = str_trim(range);
    unsigned long long from = number_at(range, &from_digits);
    Str rest = str_after(range, from_digits);
    size_t dashes = 0;
    while (rest.size > 0 && (rest.data[0] == '-' || rest.data[0] == ' ' ||
                             str_starts(rest, STR("\xe2\x80\x93")) ||
                             str_starts(rest, STR("\xe2\x80\x94")))) {
        dashes += rest.data[0] != ' ';
        rest = str_after(rest, rest.data[0] == '-' || rest.data[0] == ' ' ? 1 : 3);
    }
    unsigned long long to = number_at(rest, &to_digits), unit = 1;
    if (from_digits == 0 || dashes == 0 || to_digits == 0 || to_digits != rest.size)
        return false;
    for (size_t i = 0; i < to_digits; i++)
        unit *= 10;
    if (to_digits < from_digits)
        to += from / unit * unit;
    return to < from;
}

static void check_pages(const Field *field, Diag *diag)
{
    Str rest = field->text.text, range;
    while (str_split(&rest, ',', &range)) {
        if (runs_backward(range))
            diag_report(diag, LEVEL_WARNING, "backward-pages", field->place,
                        "pages '%.*s' end before they begin",
                        STR_ARG(str_slice(str_trim(range), 0, QUOTED_MOST)));
    }
}

static void check_date(const Field *field, Diag *diag)
{
    Str literal = field->form == FORM_DATE ? field->date.literal : field->text.text;
    bool digits = false;
    Buf excerpt = {0};
    for (size_t i = 0; i < literal.size; i++)
        digits = digits || byte_is_digit(literal.data[i]);
    /* "in press" is none either, but what its author means. */
    if (literal.size > 0 && digits)
        diag_report(diag, LEVEL_WARNING, "bad-date", field->place, "'%.*s' is no date",
                    STR_ARG(diag_excerpt(&excerpt, literal, QUOTED_MOST)));
    else if (field->form == FORM_DATE && field->date.from.year > 2200)
        diag_report(diag, LEVEL_WARNING, "bad-date", field->place,
                    "the year %d is far ahead", field->date.from.year);
    buf_free(&excerpt);
}

static void check_title(const Field *field, Diag *diag)
{
    size_t upper = 0, lower = 0, words = 1;
    for (Str s = field->text.text; s.size > 0;) {
        uint32_t c = utf8_next(&s);
        upper += unicode_is_upper(c);
        lower += unicode_is_lower(c);
        words += c == ' ';
    }
    if (lower == 0 && upper >= 12 && words > 2)
        diag_report(diag, LEVEL_WARNING, "title-capitals", field->place,
                    "the title is in capitals");
}

void check_text(const Field *field, Diag *diag)
{
    bool empty = field->form == FORM_TEXT    ? field->text.text.size == 0
                 : field->form == FORM_NAMES ? field->names.count == 0
                                             : false;
    /* What was written and is empty is told of there. */
    if (empty && field->written == 0)
        diag_report(diag, LEVEL_WARNING, "empty-field", field->place, "%.*s is empty",
                    STR_ARG(field_word(field)));
    if (empty)
        return;
    if (field_form(field->id) == FORM_DATE)
        check_date(field, diag);
    else if (field->id == FIELD_PAGE)
        check_pages(field, diag);
    else if (field->id == FIELD_TITLE)
        check_title(field, diag);
}
