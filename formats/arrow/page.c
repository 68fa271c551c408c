/* SPDX-License-Identifier: MIT
 * The preamble of a page; see page.h. */
#include "formats/arrow/page.h"
#include "convert/text/unicode.h"
#include "formats/arrow/heading.h"

enum { NAME_BYTES_MOST = 200 };

static const Str SITE = {"Arrow Research search", 21};
static const Str LABEL = {"Author name cluster", 19};
static const Str POSSIBLE = {"Possible papers", 15};

/* "37", "1,234" and a scraper's "1, 234", at the front; what follows is left. */
static bool take_number(Str *rest, size_t *number)
{
    Str s = *rest;
    size_t value = 0, digits = 0;
    while (s.size > 0) {
        if (byte_is_digit(s.data[0]) && digits < 9) {
            value = value * 10 + (size_t)(s.data[0] - '0');
            digits++;
            s = str_after(s, 1);
        } else if (digits > 0 && s.size > 1 && s.data[0] == ',' &&
                   byte_is_digit(s.data[1])) {
            s = str_after(s, 1);
        } else if (digits > 0 && s.size > 2 && s.data[0] == ',' && s.data[1] == ' ' &&
                   byte_is_digit(s.data[2])) {
            s = str_after(s, 2);
        } else {
            break;
        }
    }
    *rest = str_trim(s);
    *number = value;
    return digits > 0;
}

static bool is_label(Str text)
{
    return str_starts_nocase(text, LABEL) &&
           (text.size == LABEL.size || text.data[LABEL.size] == ':');
}

static Str text_at(Rows *rows, Read *r, size_t ahead)
{
    return heading_unlinked(rows_text(rows, rows_peek(rows, r, ahead)));
}

bool page_starts(Rows *rows, Read *r)
{
    Str text = text_at(rows, r, 0);
    if (is_label(text))
        return true;
    if (!str_equal_nocase(text, SITE))
        return false;
    size_t i = 1;
    while (i < 4 && rows_peek(rows, r, i)->class == ROW_BLANK)
        i++;
    RowClass class = rows_peek(rows, r, i)->class;
    bool foot = class == ROW_END || class == ROW_BREAK;
    return foot || is_label(text_at(rows, r, i));
}

static bool is_count_line(Str text)
{
    size_t number;
    return str_starts_nocase(text, POSSIBLE) || take_number(&text, &number);
}

/* The boilerplate sentence may be wrapped over several lines. */
static void drop_sentence(Rows *rows, Read *r)
{
    rows_drop(rows, 1);
    while (rows_peek(rows, r, 0)->class == ROW_TEXT &&
           !is_count_line(text_at(rows, r, 0)))
        rows_drop(rows, 1);
}

static void take_cluster(Page *page, Rows *rows, Read *r)
{
    Str name = str_after(text_at(rows, r, 0), LABEL.size);
    if (name.size > 0 && name.data[0] == ':')
        name = str_trim(str_after(name, 1));
    if (name.size == 0) {
        do
            rows_drop(rows, 1);
        while (rows_peek(rows, r, 0)->class == ROW_BLANK);
        const Row *row = rows_peek(rows, r, 0);
        name = heading_unlinked(rows_text(rows, row));
        if (row->class != ROW_TEXT || is_count_line(name))
            return; /* the name is missing; this row is for somebody else */
    }
    if (name.size > NAME_BYTES_MOST)
        return; /* nobody's */
    NameOddity oddity;
    name = unicode_nfc(&page->arena, arena_copy(&page->arena, name));
    page->cluster = name_parse(name, &oddity);
    page->cluster_known = true;
    rows_drop(rows, 1);
}

static void announce(Page *page, size_t number, Place place)
{
    if (page->announced > 0)
        return;
    page->none = number == 0;
    page->announced = number;
    page->announced_at = place;
}

/* "37 papers", "2 author rows", "Possible papers", "37". */
static bool take_count(Page *page, Str text, Place place)
{
    size_t number;
    bool label = str_starts_nocase(text, POSSIBLE);
    bool counted = page->label_before;
    page->label_before = label;
    if (label) {
        text = str_trim(str_after(text, POSSIBLE.size));
        if (text.size == 0)
            return true;
        counted = true;
    }
    if (!take_number(&text, &number))
        return false;
    if (str_equal_nocase(text, STR("papers")) || str_equal_nocase(text, STR("paper")) ||
        (counted && text.size == 0)) {
        announce(page, number, place);
        return true;
    }
    return str_starts_nocase(text, STR("author row"));
}

static void begin(Page *page, Rows *rows, Read *r)
{
    if (!page->cluster_known && page->listed == 0)
        return;
    page_end(page, r);
    rows->widest = 0;
}

bool page_row(Page *page, Rows *rows, Read *r)
{
    const Row *row = rows_peek(rows, r, 0);
    bool known = true;
    Str text = heading_unlinked(rows_text(rows, row));
    Place place = row->place;
    if (is_label(text)) {
        begin(page, rows, r);
        take_cluster(page, rows, r);
        return true;
    }
    if (str_equal_nocase(text, SITE)) {
        begin(page, rows, r);
    } else if (str_starts_nocase(text, STR("Possible papers associated"))) {
        drop_sentence(rows, r);
        return true;
    } else if (!take_count(page, text, place)) {
        known = false;
        if (page->stray++ == 0)
            page->stray_at = place;
    }
    rows_drop(rows, 1);
    return known;
}

bool page_end(Page *page, Read *r)
{
    bool none = page->none && page->listed == 0;
    if (page->stray > 0)
        diag_report(
            r->diag, LEVEL_WARNING, "no-part-of-page", page->stray_at,
            "%zu line%s before the first entry %s no part of the listing; left out",
            page->stray, page->stray == 1 ? "" : "s", page->stray == 1 ? "is" : "are");
    if (page->announced > 0 && page->announced != page->listed)
        diag_report(r->diag, LEVEL_WARNING, "count-mismatch", page->announced_at,
                    "the page announces %zu paper%s but lists %zu", page->announced,
                    page->announced == 1 ? "" : "s", page->listed);
    arena_reset(&page->arena);
    *page = (Page){.arena = page->arena};
    return none;
}

void page_free(Page *page)
{
    arena_free(&page->arena);
}
