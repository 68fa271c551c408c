/* SPDX-License-Identifier: MIT
 * The parts of an entry: title, authors, abstract. */
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/arrow/listing.h"

static bool skip_blanks(Listing *st, Read *r)
{
    bool any = false;
    while (rows_peek(&st->rows, r, 0)->class == ROW_BLANK) {
        rows_drop(&st->rows, 1);
        any = true;
    }
    return any;
}

static void add_row(Listing *st, const Row *row)
{
    paragraph_add(&st->paragraph, rows_text(&st->rows, row), row->place);
}

static bool ends_sentence(Str text)
{
    char last = text.size > 0 ? text.data[text.size - 1] : '.';
    return last == '.' || last == '!' || last == '?' || last == ')' || last == ']';
}

/* What a terminal browser wrapped goes on in the next line: the first word there would
 * not have fitted here.  A page with a wider line than any terminal was not wrapped at
 * all. */
static bool wraps(const Listing *st, const Row *above, Str above_text, const Row *below)
{
    enum { SLACK = 8 };
    if (st->rows.widest > TERMINAL_WIDEST)
        return false;
    /* A dash or a sum's sign may come first in a line; a list item's stands apart. */
    bool sign = below->class == ROW_BULLET && above->class == ROW_TEXT &&
                below->sign < SIGN_LISTS_ONLY && below->indent == above->indent;
    if (below->class != ROW_TEXT && !sign)
        return false;
    Str text = rows_text(&st->rows, below), word = STR_EMPTY;
    size_t columns = 0;
    str_word(&text, &word);
    while (word.size > 0)
        columns += unicode_width(utf8_next(&word));
    size_t reached = above->width + 1 + columns;
    if (st->gaps != GAPS_YES)
        return reached > st->rows.widest;
    /* With gaps between paragraphs, hardly anything else breaks a line, and browsers do
     * not agree on how wide a character is. */
    bool ended = ends_sentence(above_text) || str_ends(above_text, STR(":"));
    return !ended || reached + SLACK > st->rows.widest;
}

/* How many rows the title has.  Authors right after a run of lines show that all of it
 * is the title; else only what a wrapped line carries on is. */
static size_t title_rows(Listing *st, Read *r)
{
    size_t run = 1;
    while (run < TITLE_ROWS_MOST && rows_peek(&st->rows, r, run)->class == ROW_TEXT &&
           !place_is_heading(st, r, run))
        run++;
    size_t after = run;
    place_pass_blanks(st, r, &after);
    if (rows_peek(&st->rows, r, after)->class == ROW_BULLET && run < TITLE_ROWS_MOST)
        return run;
    size_t rows = 1;
    for (; rows < run; rows++) {
        Row below = *rows_peek(&st->rows, r, rows);
        Row above = *rows_peek(&st->rows, r, rows - 1);
        if (!wraps(st, &above, rows_text(&st->rows, &above), &below))
            break;
    }
    return rows;
}

/* Links have numbers in some browsers' dumps: the authors' show it, and the title's is
 * one less. */
static bool title_is_link(Listing *st, Read *r, size_t rows)
{
    place_pass_blanks(st, r, &rows);
    const Row *row = rows_peek(&st->rows, r, rows);
    Str item = rows_item(&st->rows, row);
    if (row->class == ROW_BULLET && heading_unlinked(item).size < item.size)
        st->links = true;
    return st->links;
}

bool parts_title(Listing *st, Read *r, Entry *e)
{
    skip_blanks(st, r);
    const Row *row = rows_peek(&st->rows, r, 0);
    if (row->class == ROW_END || row->class == ROW_BREAK)
        return false;
    if (row->class == ROW_BULLET && row->sure && !place_is_title(st, r, 0)) {
        diag_report(r->diag, LEVEL_WARNING, "no-title", e->rec->place,
                    "the entry has no title");
        return true;
    }
    size_t count = title_rows(st, r);
    bool link = title_is_link(st, r, count);
    paragraph_begin(&st->paragraph);
    for (size_t i = 0; i < count; i++) {
        row = rows_peek(&st->rows, r, i);
        Str text = rows_text(&st->rows, row);
        paragraph_add(&st->paragraph, link && i == 0 ? heading_unlinked(text) : text,
                      row->place);
    }
    entry_title(e, &st->paragraph);
    rows_drop(&st->rows, count);
    return true;
}

/* "Mary had one." ends as no name does; "Jr." and "et al." end some. */
static bool is_sentence(Str item, size_t words)
{
    size_t blank = item.size;
    if (words < 3 || item.data[item.size - 1] != '.' || str_ends(item, STR("al.")))
        return false;
    while (item.data[blank - 1] != ' ')
        blank--;
    Str last = str_after(item, blank);
    return byte_is_lower(last.data[0]) || last.size > 4;
}

/* A bullet may also begin an abstract that is a list.  Names are short, no sentences. */
static bool is_name(Str item, bool sure)
{
    size_t words = 0;
    Str rest = item, word;
    if (item.size > NAME_BYTES_MOST)
        return false;
    while (str_word(&rest, &word))
        words++;
    if (words > NAME_WORDS_MOST || is_sentence(item, words))
        return false;
    if (sure || item.size == 0)
        return true;
    rest = item;
    uint32_t first = utf8_next(&rest);
    return unicode_is_letter(first) && !unicode_is_lower(first);
}

/* A name too long for a narrow terminal goes on, indented, below its bullet's text. */
static bool name_goes_on(Listing *st, Read *r, const Row *item)
{
    Row below = *rows_peek(&st->rows, r, 0);
    return below.class == ROW_TEXT && st->gaps == GAPS_YES &&
           below.indent > item->indent && below.indent >= item->text_col &&
           is_name(rows_text(&st->rows, &below), false) &&
           wraps(st, item, buf_str(&st->paragraph.text), &below);
}

/* The author list as far as it was read: what is not like it is no part of it. */
typedef struct List {
    Row first;
    size_t count, gaps, bytes;
} List;

/* A list of another look, or behind a gap where there was none so far, belongs to the
 * abstract. */
static bool is_author(const Listing *st, const List *list, const Row *row, bool gap)
{
    if (row->class != ROW_BULLET || !is_name(rows_item(&st->rows, row), row->sure))
        return false;
    if (list->count == 0)
        return true;
    bool shifted =
        row->indent > list->first.indent + 1 || list->first.indent > row->indent + 1;
    return row->sign == list->first.sign && !shifted &&
           !(gap && list->gaps == 0 && list->count > 1);
}

static void read_author(Listing *st, Read *r, Entry *e, List *list)
{
    Row row = *rows_peek(&st->rows, r, 0);
    Str item = rows_item(&st->rows, &row), name = heading_unlinked(item);
    Place place = row.place;
    place.col += row.text_col - row.indent + utf8_count(item) - utf8_count(name);
    paragraph_begin(&st->paragraph);
    paragraph_add(&st->paragraph, name, row.place);
    rows_drop(&st->rows, 1);
    while (name_goes_on(st, r, &row)) {
        add_row(st, rows_peek(&st->rows, r, 0));
        rows_drop(&st->rows, 1);
    }
    list->bytes += st->paragraph.text.size + sizeof(Name);
    if (list->bytes <= RECORD_LIMIT)
        entry_author(e, buf_str(&st->paragraph.text), place);
}

/* False where the authors are too many: the rest of them is read past. */
bool parts_authors(Listing *st, Read *r, Entry *e)
{
    List list = {0};
    for (;;) {
        bool gap = skip_blanks(st, r);
        const Row *row = rows_peek(&st->rows, r, 0);
        if (!is_author(st, &list, row, gap))
            return list.bytes <= RECORD_LIMIT;
        if (list.count++ == 0)
            list.first = *row;
        else
            list.gaps += gap;
        read_author(st, r, e, &list);
    }
}

static void end_paragraph(Listing *st, Entry *e)
{
    if (st->paragraph.count > 0)
        entry_abstract(e, &st->paragraph);
    paragraph_begin(&st->paragraph);
}

/* Behind the page, a terminal browser lists the addresses of its links. */
static bool is_link_list(Listing *st, Read *r)
{
    size_t i = 1, digits = 0;
    Str text = rows_text(&st->rows, rows_peek(&st->rows, r, 0));
    if (!str_equal(text, STR("References")) && !str_starts(text, STR("Visible links")) &&
        !str_starts(text, STR("Hidden links")))
        return false;
    place_pass_blanks(st, r, &i);
    text = rows_text(&st->rows, rows_peek(&st->rows, r, i));
    while (digits < text.size && byte_is_digit(text.data[digits]))
        digits++;
    text = str_after(text, digits);
    return digits > 0 && str_starts(text, STR(". ")) &&
           (str_contains(text, STR("://")) || str_contains(text, STR("mailto:")));
}

static void skip_link_list(Listing *st, Read *r)
{
    diag_report(r->diag, LEVEL_NOTE, "no-part-of-page", rows_peek(&st->rows, r, 0)->place,
                "the browser's list of links is no part of the listing; left out");
    for (;;) {
        rows_drop(&st->rows, 1);
        RowClass class = rows_peek(&st->rows, r, 0)->class;
        if (class == ROW_END || class == ROW_BREAK || page_starts(&st->rows, r))
            return;
    }
}

/* Rows up to the next entry, page, file or end.  False where they are too many: the
 * rest is read past. */
bool parts_abstract(Listing *st, Read *r, Entry *e)
{
    Heading next;
    Row above = {0};
    size_t bytes = 0;
    bool before = true;
    paragraph_begin(&st->paragraph);
    while (place_heading(st, r, before, &next) == 0) {
        Row row = *rows_peek(&st->rows, r, 0);
        if (row.class == ROW_END || row.class == ROW_BREAK || page_starts(&st->rows, r))
            break;
        if (row.class != ROW_BLANK && is_link_list(st, r)) {
            end_paragraph(st, e);
            skip_link_list(st, r);
            break;
        }
        if (row.class == ROW_BLANK) {
            end_paragraph(st, e);
        } else if (bytes <= RECORD_LIMIT) {
            if (st->paragraph.count > 0 &&
                !wraps(st, &above, buf_str(&st->paragraph.text), &row))
                end_paragraph(st, e);
            else if (st->paragraph.count > 0)
                row.class = ROW_TEXT; /* its sign began no item */
            add_row(st, &row);
            bytes += row.size;
        }
        before = row.class == ROW_BLANK ||
                 (st->gaps == GAPS_NO && ends_sentence(rows_text(&st->rows, &row)));
        above = row;
        rows_drop(&st->rows, 1);
    }
    end_paragraph(st, e);
    return bytes <= RECORD_LIMIT;
}
