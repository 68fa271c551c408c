/* SPDX-License-Identifier: MIT
 * Pages (SP, EP) and serial numbers (SN). */
#include "convert/record/ident.h"
#include "formats/ris/read.h"

#include <string.h>

static Item *find_from(Draft *d, size_t at, const char *tag)
{
    for (size_t i = at; i < d->count; i++) {
        Item *item = &d->items[i];
        if (!item->done && item->value.size > 0 && str_equal(item->tag, str_from(tag)))
            return item;
    }
    return NULL;
}

static bool is_range(Str s)
{
    return str_find_byte(s, '-') < s.size || str_contains(s, STR("\xe2\x80\x93"));
}

/* How many pages there are: "345", "xii, 345 p.", "1 h 30". */
bool ris_is_count(Str s)
{
    return !is_range(s) && s.size > 0;
}

void ris_read_pages(Draft *d, size_t at, FieldId id)
{
    Item *item = &d->items[at];
    Item *first = str_equal(item->tag, STR("SP")) ? item : find_from(d, 0, "SP");
    Item *last = str_equal(item->tag, STR("EP")) ? item : find_from(d, 0, "EP");
    Str from =
        first != NULL ? ris_read_html(&d->rec->arena, first->value).text : STR_EMPTY;
    Str to = last != NULL ? ris_read_html(&d->rec->arena, last->value).text : STR_EMPTY;
    if (first != NULL)
        first->done = true;
    if (last != NULL)
        last->done = true;
    if (to.size == 0 && id != FIELD_PAGE && ris_is_count(from)) {
        draft_text(d, id, item, text_plain(from));
        return;
    }
    Str pages = from;
    if (from.size == 0 || (to.size > from.size && str_starts(to, from) && is_range(to)))
        pages = to; /* EP alone, or the whole range in it */
    else if (to.size > 0 && !str_equal(from, to) &&
             !(is_range(from) && str_ends(from, to)))
        pages = arena_join(&d->rec->arena, from,
                           is_range(from) ? STR("\xe2\x80\x93") : STR("-"), to);
    draft_text(d, FIELD_PAGE, item, text_plain(pages));
}

/* Serial numbers. */

typedef struct Serials {
    Buf values[3];
    const Item *items[3];
} Serials;

static const FieldId SERIALS[] = {FIELD_ISBN, FIELD_ISSN, FIELD_NUMBER};

static void add(Serials *serials, size_t which, const Item *item, Str value)
{
    Buf *out = &serials->values[which];
    if (serials->items[which] == NULL)
        serials->items[which] = item;
    else
        buf_add_byte(out, ' ');
    buf_add(out, value);
}

/* ISBN or ISSN by their digits; 2 where it is neither. */
static size_t kind_of(Arena *arena, Str word)
{
    IdentNumber number;
    Str rest = word;
    if (ident_next_issn(arena, &rest, &number) && number.fault == IDENT_FINE &&
        number.text.size == word.size)
        return 1;
    rest = word;
    if (ident_next_isbn(arena, &rest, &number) && number.fault == IDENT_FINE &&
        number.text.size == word.size)
        return 0;
    return 2;
}

static size_t kind_by_table(const Draft *d, Str tag)
{
    const FieldTag *row = draft_row(d, tag);
    for (size_t i = 0; row != NULL && i < 3; i++) {
        if (SERIALS[i] == row->field)
            return i;
    }
    return 2;
}

static bool is_digits(Str word)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.size; i++) {
        bool sign = word.data[i] == '-' || word.data[i] == 'X' || word.data[i] == 'x';
        digits += byte_is_digit(word.data[i]);
        if (!byte_is_digit(word.data[i]) && !sign)
            return false;
    }
    return digits >= 7;
}

/* "1234-5678 (print); 978-0-306-40615-7": words that are numbers with what stands behind
 * them. */
static void split_serials(Draft *d, Serials *serials, const Item *item, size_t by_table)
{
    Str rest = ris_read_html(&d->rec->arena, item->value).text, word;
    char *text = arena_alloc(&d->rec->arena, rest.size);
    for (size_t i = 0; i < rest.size; i++)
        text[i] = rest.data[i] == ';' || rest.data[i] == ',' ? ' ' : rest.data[i];
    size_t which = 3;
    rest = (Str){text, rest.size};
    while (str_word(&rest, &word)) {
        /* "ISSN:", "ISBN-13:" */
        if (str_starts_nocase(word, STR("ISSN")) ||
            str_starts_nocase(word, STR("ISBN"))) {
            size_t colon = str_find_byte(word, ':');
            word = str_after(word, colon < word.size ? colon + 1 : word.size);
            if (word.size == 0)
                continue;
        }
        if (is_digits(word) || which == 3) {
            which = is_digits(word) ? kind_of(&d->rec->arena, word) : by_table;
            which = which == 2 ? by_table : which;
        }
        add(serials, which, item, word);
    }
}

/* A report's number is what it is, unless it is clearly a book's or a series'. */
static bool is_number(Draft *d, Str value)
{
    Str rest = value, word;
    while (str_word(&rest, &word)) {
        if (str_find_byte(word, '-') < word.size && is_digits(word) &&
            kind_of(&d->rec->arena, word) < 2)
            return false;
        if (word.size == 13 && kind_of(&d->rec->arena, word) == 0)
            return false;
    }
    return true;
}

void ris_read_serials(Draft *d, size_t at)
{
    Serials serials = {0};
    for (size_t i = at; i < d->count; i++) {
        Item *item = &d->items[i];
        if (item->done || !str_equal(item->tag, d->items[at].tag))
            continue;
        size_t by_table = kind_by_table(d, item->tag);
        item->done = true;
        if (by_table == 2 && is_number(d, item->value))
            add(&serials, 2, item, ris_read_html(&d->rec->arena, item->value).text);
        else
            split_serials(d, &serials, item, by_table);
    }
    for (size_t i = 0; i < 3; i++) {
        if (serials.items[i] != NULL)
            draft_text(
                d, SERIALS[i], serials.items[i],
                text_plain(arena_copy(&d->rec->arena, buf_str(&serials.values[i]))));
        buf_free(&serials.values[i]);
    }
}
