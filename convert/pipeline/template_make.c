/* SPDX-License-Identifier: MIT
 * Making a key by a template; see template.h. */
#include "convert/pipeline/template.h"
#include "convert/pipeline/template_program.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

enum { KEY_MOST = 200 }; /* bytes */

/* Titles. */

/* The title without its math, which has no words. */
static Str title_text(Arena *arena, Latin *latin, const Record *rec)
{
    const Field *title = record_find(rec, FIELD_TITLE);
    Buf out = {0};
    size_t from = 0;
    if (title == NULL)
        return STR_EMPTY;
    for (size_t i = 0; i < title->text.run_count; i++) {
        const Run *run = &title->text.runs[i];
        if (run->mark != MARK_MATH || run->start < from)
            continue;
        buf_add(&out, str_slice(title->text.text, from, run->start));
        buf_add_byte(&out, ' ');
        from = run->end;
    }
    buf_add(&out, str_after(title->text.text, from));
    Str text = template_ascii(arena, latin, buf_str(&out));
    buf_free(&out);
    return text;
}

/* Letters and digits; hyphens and apostrophes join what they stand between and go. */
static bool next_word(Str *rest, Buf *word)
{
    size_t at = 0;
    buf_clear(word);
    for (; at < rest->size; at++) {
        char c = rest->data[at];
        if (byte_is_alpha(c) || byte_is_digit(c))
            buf_add_byte(word, c);
        else if (word->size > 0 && c != '-' && c != '\'')
            break;
    }
    *rest = str_after(*rest, at);
    return word->size > 0;
}

static bool skips(const Buf *word)
{
    char lower[16];
    if (word->size > sizeof lower)
        return false;
    for (size_t i = 0; i < word->size; i++)
        lower[i] = byte_lower(word->data[i]);
    return template_skips((Str){lower, word->size});
}

static char byte_upper(char c)
{
    return byte_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

typedef struct TitleWords {
    int most;     /* -1: all */
    int capitals; /* how many of them get one; -1: all */
    bool skip;    /* articles and the like go */
    bool lower;   /* they stay, in lower case */
    bool initials;
} TitleWords;

static Str title_words(Arena *arena, Latin *latin, const Record *rec, TitleWords how)
{
    Str rest = title_text(arena, latin, rec);
    Buf out = {0}, word = {0};
    for (int n = 0; (how.most < 0 || n < how.most) && next_word(&rest, &word);) {
        bool small = skips(&word);
        if (small && how.skip)
            continue;
        bool capital =
            (how.capitals < 0 || n < how.capitals) && !(small && how.lower && n > 0);
        if (small && how.lower && n > 0)
            word.data[0] = byte_lower(word.data[0]);
        if (capital)
            word.data[0] = byte_upper(word.data[0]);
        if (n++ > 0 && !how.initials)
            buf_add_byte(&out, ' ');
        buf_add(&out, how.initials ? str_slice(buf_str(&word), 0, 1) : buf_str(&word));
        if (out.size > KEY_MOST)
            break;
    }
    Str words = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    buf_free(&word);
    return words;
}

/* Dates, pages, keywords. */

static Str date_part(Arena *arena, const Record *rec, PartId id)
{
    const Field *issued = record_find(rec, FIELD_ISSUED);
    if (issued == NULL)
        return STR_EMPTY;
    const DatePart *from = &issued->date.from;
    bool known = issued->form == FORM_DATE && issued->date.literal.size == 0;
    if (!known) { /* "in press, 2020" */
        Str s = issued->form == FORM_DATE ? issued->date.literal : issued->text.text;
        for (size_t i = 0; i + 4 <= s.size && id <= PART_SHORT_YEAR; i++) {
            size_t digits = 0;
            while (i + digits < s.size && byte_is_digit(s.data[i + digits]))
                digits++;
            if (digits == 4)
                return str_slice(s, i + (id == PART_SHORT_YEAR ? 2 : 0), i + 4);
            i += digits;
        }
        return STR_EMPTY;
    }
    int year = from->year < 0 ? -from->year : from->year;
    if (id == PART_YEAR)
        return year != 0 ? arena_format(arena, "%d", year) : STR_EMPTY;
    if (id == PART_SHORT_YEAR)
        return year != 0 ? arena_format(arena, "%02d", year % 100) : STR_EMPTY;
    int number = id == PART_MONTH ? from->month : from->day;
    return number != 0 ? arena_format(arena, "%02d", number) : STR_EMPTY;
}

static Str page_part(const Record *rec, bool last)
{
    Str s = record_text(rec, FIELD_PAGE), page = STR_EMPTY;
    for (size_t i = 0; i < s.size;) {
        size_t start = i;
        while (i < s.size && (byte_is_alpha(s.data[i]) || byte_is_digit(s.data[i])))
            i++;
        if (i > start)
            page = str_slice(s, start, i);
        if (i > start && !last)
            break;
        i += i == start ? 1 : 0;
    }
    return page;
}

static Str keyword_part(const Record *rec, int number)
{
    for (size_t i = 0; i < rec->count; i++) {
        Str list = rec->fields[i].text.text, each;
        if (rec->fields[i].id != FIELD_KEYWORD)
            continue;
        while (str_split(&list, ',', &each)) {
            if (--number == 0)
                return str_trim(each);
        }
    }
    return STR_EMPTY;
}

static Str field_part(Arena *arena, Latin *latin, const Record *rec, const Part *part)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (!word_means(&part->field, field))
            continue;
        switch (field->form) {
        case FORM_TEXT:
            return template_ascii(arena, latin, field->text.text);
        case FORM_DATE:
            return field->date.literal.size > 0
                       ? template_ascii(arena, latin, field->date.literal)
                       : date_edtf(arena, &field->date);
        case FORM_NAMES:
            return field->names.count == 0
                       ? STR_EMPTY
                       : template_name(arena, latin,
                                       name_family(arena, &field->names.items[0]));
        }
    }
    return template_ascii(arena, latin, record_tag_text(rec, part->field.word));
}

static bool is_type(const Record *rec, Str types)
{
    Str each;
    while (str_split(&types, ',', &each)) {
        each = str_trim(each);
        if (str_equal_nocase(each, rec->type) ||
            str_equal_nocase(each, str_from(kind_name(rec->kind))))
            return true;
    }
    return false;
}

static Str value_of(Arena *arena, Latin *latin, const Record *rec, const Part *part)
{
    int n = part->n, m = part->m;
    switch (part->id) {
    case PART_LITERAL:
        return template_ascii(arena, latin, part->text);
    case PART_TITLE:
        return title_words(arena, latin, rec, (TitleWords){-1, -1, false, true, false});
    case PART_FULL_TITLE:
        return title_text(arena, latin, rec);
    case PART_SHORT_TITLE:
        return title_words(arena, latin, rec,
                           (TitleWords){n, m < 0 ? 0 : m, true, false, false});
    case PART_SHORT_TITLE_INI:
        return title_words(arena, latin, rec, (TitleWords){n, 0, true, false, true});
    case PART_CAMEL:
        return title_words(arena, latin, rec, (TitleWords){n, -1, false, false, false});
    case PART_YEAR:
    case PART_SHORT_YEAR:
    case PART_MONTH:
    case PART_DAY:
        return date_part(arena, rec, part->id);
    case PART_FIRST_PAGE:
    case PART_LAST_PAGE:
        return page_part(rec, part->id == PART_LAST_PAGE);
    case PART_KEYWORD:
        return template_ascii(arena, latin, keyword_part(rec, n));
    case PART_TYPE:
        return rec->type.size > 0 ? rec->type : str_from(kind_name(rec->kind));
    case PART_FIELD:
        return field_part(arena, latin, rec, part);
    case PART_OR:
    case PART_IS_TYPE:
    case PART_POSTFIX:
        return STR_EMPTY;
    case PART_AUTH:
    case PART_AUTHORS:
    case PART_AUTHORS_ALPHA:
    case PART_AUTH_ETAL:
    case PART_AUTH_AUTH_EA:
    case PART_AUTH_SHORT:
    case PART_AUTH_INI:
    case PART_AUTH_FORE_INI:
    case PART_AUTHOR_INI:
    case PART_AUTHOR_LAST:
    case PART_AUTHOR_LAST_FORE_INI:
        break;
    }
    return template_names(arena, latin, rec, part);
}

/* Modifiers. */

static bool is_letter(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c);
}

static void recase(Buf *out, Str s, FilterId id)
{
    Str word;
    for (size_t n = 0; str_word(&s, &word); n++) {
        Buf lower = {0};
        buf_add(&lower, word);
        bool capital = id == FILTER_CAPITALIZE || n == 0 ||
                       (id == FILTER_TITLE_CASE && !skips(&lower));
        buf_free(&lower);
        if (n > 0)
            buf_add_byte(out, ' ');
        for (size_t i = 0; i < word.size; i++)
            buf_add_byte(out, capital && i == 0 ? byte_upper(word.data[i])
                                                : byte_lower(word.data[i]));
    }
}

static void keep_letters(Buf *out, Str s, const char *also)
{
    for (size_t i = 0; i < s.size; i++) {
        if (is_letter(s.data[i]) ||
            (s.data[i] != '\0' && strchr(also, s.data[i]) != NULL))
            buf_add_byte(out, s.data[i]);
    }
}

/* TitleWords numbered from `first` (1), `count` of them. */
static void pick_words(Buf *out, Str s, int first, int count, bool skip)
{
    Str word;
    for (int n = 1; str_word(&s, &word); n++) {
        Buf copy = {0};
        buf_add(&copy, word);
        bool small = skip && skips(&copy);
        buf_free(&copy);
        if (small || n < first || (count >= 0 && n >= first + count))
            continue;
        if (out->size > 0)
            buf_add_byte(out, ' ');
        buf_add(out, word);
    }
}

static void replace(Buf *out, Str s, Str from, Str to)
{
    while (s.size > 0) {
        size_t at = str_find(s, from);
        buf_add(out, str_slice(s, 0, at));
        if (at < s.size)
            buf_add(out, to);
        s = str_after(s, at + from.size);
    }
}

static void filter_into(Buf *out, Str s, const Filter *filter)
{
    Str word;
    switch (filter->id) {
    case FILTER_LOWER:
    case FILTER_UPPER:
        for (size_t i = 0; i < s.size; i++)
            buf_add_byte(out, filter->id == FILTER_LOWER ? byte_lower(s.data[i])
                                                         : byte_upper(s.data[i]));
        return;
    case FILTER_CAPITALIZE:
    case FILTER_TITLE_CASE:
    case FILTER_SENTENCE_CASE:
        recase(out, s, filter->id);
        return;
    case FILTER_ABBR:
        while (str_word(&s, &word))
            buf_add(out, str_slice(word, 0, 1));
        return;
    case FILTER_ALPHANUM:
        keep_letters(out, s, " ");
        return;
    case FILTER_NO_PUNCT:
        keep_letters(out, s, " -");
        return;
    case FILTER_SKIP_WORDS:
        pick_words(out, s, 1, -1, true);
        return;
    case FILTER_SELECT:
        pick_words(out, s, filter->n, filter->m, false);
        return;
    case FILTER_CONDENSE:
        for (size_t n = 0; str_word(&s, &word); n++) {
            buf_add(out, n > 0 ? filter->text : STR_EMPTY);
            buf_add(out, word);
        }
        return;
    case FILTER_PREFIX:
    case FILTER_POSTFIX:
        buf_add(out,
                s.size > 0 && filter->id == FILTER_PREFIX ? filter->text : STR_EMPTY);
        buf_add(out, s);
        buf_add(out,
                s.size > 0 && filter->id == FILTER_POSTFIX ? filter->text : STR_EMPTY);
        return;
    case FILTER_REPLACE:
        replace(out, s, filter->text, filter->other);
        return;
    case FILTER_SUBSTRING: {
        size_t first = filter->n > 0 ? (size_t)filter->n - 1 : 0;
        buf_add(out,
                str_slice(s, first, filter->m >= 0 ? first + (size_t)filter->m : s.size));
        return;
    }
    case FILTER_FALLBACK:
        buf_add(out, s.size > 0 ? s : filter->text);
        return;
    case FILTER_NOTHING:
        buf_add(out, s);
        return;
    }
}

bool template_legal(char c)
{
    return is_letter(c) || (c != '\0' && strchr("-_.:+/*!?;", c) != NULL);
}

static void add_legal(Buf *key, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (template_legal(s.data[i]))
            buf_add_byte(key, s.data[i]);
    }
}

static void add_part_of_key(Buf *key, const Template *t, const Part *part, Arena *arena,
                            Latin *latin, const Record *rec)
{
    Buf value = {0}, next = {0};
    buf_add(&value, value_of(arena, latin, rec, part));
    for (size_t i = 0; i < part->filter_count; i++) {
        buf_clear(&next);
        filter_into(&next, buf_str(&value), &t->filters[part->first_filter + i]);
        Buf swapped = value;
        value = next;
        next = swapped;
    }
    add_legal(key, buf_str(&value));
    buf_free(&value);
    buf_free(&next);
}

/* What one alternative has come to. */
typedef struct Attempt {
    Buf key;
    bool fits;     /* its types are the record's */
    bool asks;     /* it has parts that a record may lack */
    bool answered; /* one of them gave something */
} Attempt;

/* "_" of "[auth]_[year]" alone is no key. */
static bool succeeds(const Attempt *attempt)
{
    return attempt->fits && attempt->key.size > 0 &&
           (attempt->answered || !attempt->asks);
}

static void add_part(Attempt *attempt, const Template *template, const Part *part,
                     Arena *arena, Latin *latin, const Record *rec)
{
    size_t before = attempt->key.size;
    add_part_of_key(&attempt->key, template, part, arena, latin, rec);
    if (part->id == PART_LITERAL || part->id == PART_POSTFIX)
        return;
    attempt->asks = true;
    attempt->answered = attempt->answered || attempt->key.size > before;
}

Str template_key(const Template *template, Arena *arena, Latin *latin, const Record *rec)
{
    Attempt attempt = {.fits = true};
    for (size_t i = 0; i < template->part_count; i++) {
        const Part *part = &template->parts[i];
        if (part->id == PART_OR) {
            if (succeeds(&attempt))
                break;
            buf_clear(&attempt.key);
            attempt = (Attempt){.key = attempt.key, .fits = true};
        } else if (part->id == PART_IS_TYPE) {
            attempt.fits = attempt.fits && is_type(rec, part->text);
        } else if (attempt.fits) {
            add_part(&attempt, template, part, arena, latin, rec);
        }
    }
    Str key = str_slice(buf_str(&attempt.key), 0, KEY_MOST);
    Str made = succeeds(&attempt) ? arena_copy(arena, key) : STR_EMPTY;
    buf_free(&attempt.key);
    return made;
}
