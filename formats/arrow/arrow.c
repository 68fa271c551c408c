/* SPDX-License-Identifier: MIT
 * Reading author pages of the Arrow paper search, as copied from a browser or dumped
 * by a terminal browser.
 *
 * A page is a preamble (page.h) and entries: a heading (heading.h), the title, a
 * bullet for each author, paragraphs of abstract.  Whether a line is a heading is
 * judged by its form and by its place, since titles and abstracts may read like one:
 * what follows a heading is the title, whatever it looks like. */
#include "formats/arrow/arrow.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/arrow/entry.h"
#include "formats/arrow/page.h"

enum {
    TERMINAL_WIDEST = 200, /* a longer line was not wrapped by a terminal */
    TITLE_ROWS_MOST = 5,
    AHEAD_MOST = 2 * TITLE_ROWS_MOST,
    NAME_BYTES_MOST = 100,
    NAME_WORDS_MOST = 9
};

/* Whether the page has empty lines between the parts of an entry. */
typedef enum Gaps { GAPS_UNKNOWN, GAPS_YES, GAPS_NO } Gaps;

typedef struct State {
    Rows rows;
    Page page;
    Gaps gaps;
    Buf line; /* the heading at hand; its parts are views of this */
    Paragraph paragraph;
} State;

/* Headings in their place. */

typedef struct Surroundings {
    bool blank_after, title_after, bullets_after, end_after;
} Surroundings;

/* Looks past a heading of `span` rows: a gap, a title, a gap, the first author. */
static Surroundings look_around(State *st, Read *r, size_t span)
{
    Surroundings s = {0};
    size_t i = span;
    for (; rows_peek(&st->rows, r, i)->class == ROW_BLANK; i++)
        s.blank_after = true;
    const Row *title = rows_peek(&st->rows, r, i);
    s.end_after = title->class == ROW_END || title->class == ROW_BREAK;
    s.bullets_after = title->class == ROW_BULLET && title->sure;
    s.title_after = !s.end_after && !s.bullets_after;
    if (!s.title_after)
        return s;
    bool gap = false;
    for (size_t k = 1; k <= AHEAD_MOST; k++) {
        RowClass class = rows_peek(&st->rows, r, i + k)->class;
        if (class == ROW_BLANK)
            gap = true;
        else if (class == ROW_BULLET)
            s.bullets_after = true;
        if (class == ROW_BULLET || class == ROW_END || class == ROW_BREAK ||
            (class == ROW_TEXT && (gap || k >= TITLE_ROWS_MOST)))
            break;
    }
    return s;
}

static int parse_line(State *st, Read *r, Heading *heading)
{
    return heading_parse(buf_str(&st->line), r->opt->venues, heading);
}

/* Puts the next row, or the next two as one, into st->line. */
static void load_line(State *st, Read *r, size_t span)
{
    buf_clear(&st->line);
    for (size_t i = 0; i < span; i++) {
        const Row *row = rows_peek(&st->rows, r, i);
        if (i > 0)
            buf_add_byte(&st->line, ' ');
        buf_add(&st->line, rows_text(&st->rows, row));
    }
}

/* A narrow terminal wraps a long heading: the next row belongs to it, if the two are a
 * better heading than the first alone and stand alone between gaps. */
static int parse_wrapped(State *st, Read *r, Heading *heading, int strength)
{
    Heading whole;
    if (rows_peek(&st->rows, r, 1)->class != ROW_TEXT ||
        rows_peek(&st->rows, r, 2)->class != ROW_BLANK)
        return strength;
    load_line(st, r, 2);
    int joined = parse_line(st, r, &whole);
    if (joined >= 2 && joined > strength) {
        *heading = whole;
        return joined;
    }
    return strength;
}

/* Whether an entry begins at the next row; gives its heading and how many rows that is
 * (0: none).  `blank_before`: a gap, the page's start or a bullet comes before it. */
static size_t heading_here(State *st, Read *r, bool blank_before, Heading *heading)
{
    const Row *row = rows_peek(&st->rows, r, 0);
    Str text = rows_text(&st->rows, row);
    if (row->class != ROW_TEXT || text.size > 300)
        return 0;
    int strength = heading_parse(text, r->opt->venues, heading);
    int one_row = strength;
    if (blank_before && text.size < TERMINAL_WIDEST)
        strength = parse_wrapped(st, r, heading, strength);
    if (strength == 0)
        return 0;
    size_t span = strength > one_row ? 2 : 1;
    Surroundings s = look_around(st, r, span);
    if (s.end_after && (strength < 2 || !blank_before))
        return 0;
    int evidence = strength + (blank_before ? 1 : 0) + (s.blank_after ? 1 : 0) +
                   (s.bullets_after ? 2 : 0);
    if (evidence < (st->gaps == GAPS_YES ? 4 : 3))
        return 0;
    if (st->gaps == GAPS_UNKNOWN && s.title_after)
        st->gaps = s.blank_after ? GAPS_YES : GAPS_NO;
    load_line(st, r, span);
    parse_line(st, r, heading);
    return span;
}

/* Parts of an entry. */

static bool skip_blanks(State *st, Read *r)
{
    bool any = false;
    while (rows_peek(&st->rows, r, 0)->class == ROW_BLANK) {
        rows_drop(&st->rows, 1);
        any = true;
    }
    return any;
}

static void add_row(State *st, const Row *row)
{
    paragraph_add(&st->paragraph, rows_text(&st->rows, row), row->place);
}

/* What a terminal browser wrapped goes on in the next line: the first word there would
 * not have fitted here.  `widest` is the widest line so far. */
static bool wraps(const State *st, const Row *above, const Row *below, size_t widest)
{
    if (below->class != ROW_TEXT || above->width > TERMINAL_WIDEST ||
        below->width > TERMINAL_WIDEST)
        return false;
    Str text = rows_text(&st->rows, below), word = STR_EMPTY;
    size_t columns = 0;
    str_word(&text, &word);
    while (word.size > 0)
        columns += unicode_width(utf8_next(&word));
    return above->width + 1 + columns > widest;
}

/* How many rows the title has.  Authors right after a run of lines show that all of it
 * is the title; else only what a wrapped line carries on is. */
static size_t title_rows(State *st, Read *r)
{
    size_t run = 1;
    Heading next;
    while (run < TITLE_ROWS_MOST) {
        const Row *row = rows_peek(&st->rows, r, run);
        if (row->class != ROW_TEXT ||
            heading_parse(rows_text(&st->rows, row), r->opt->venues, &next) >= 2)
            break;
        run++;
    }
    size_t after = run;
    while (rows_peek(&st->rows, r, after)->class == ROW_BLANK)
        after++;
    if (rows_peek(&st->rows, r, after)->class == ROW_BULLET && run < TITLE_ROWS_MOST)
        return run;
    size_t rows = 1, widest = rows_peek(&st->rows, r, 0)->width;
    for (; rows < run; rows++) {
        Row below = *rows_peek(&st->rows, r, rows);
        widest = below.width > widest ? below.width : widest;
        Row above = *rows_peek(&st->rows, r, rows - 1);
        if (!wraps(st, &above, &below, widest))
            break;
    }
    return rows;
}

static bool read_title(State *st, Read *r, Entry *e)
{
    const Row *row = rows_peek(&st->rows, r, 0);
    if (row->class == ROW_END || row->class == ROW_BREAK)
        return false;
    if (row->class == ROW_BULLET && row->sure) {
        diag_report(r->diag, LEVEL_WARNING, "no-title", e->rec->place,
                    "the entry has no title");
        return true;
    }
    size_t count = title_rows(st, r);
    paragraph_begin(&st->paragraph);
    for (size_t i = 0; i < count; i++)
        add_row(st, rows_peek(&st->rows, r, i));
    entry_title(e, &st->paragraph);
    rows_drop(&st->rows, count);
    return true;
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
    if (words > NAME_WORDS_MOST || (words > 6 && item.data[item.size - 1] == '.'))
        return false;
    if (sure || item.size == 0)
        return true;
    rest = item;
    uint32_t first = utf8_next(&rest);
    return unicode_is_letter(first) && !unicode_is_lower(first);
}

/* A name too long for a narrow terminal goes on, indented, below its bullet's text. */
static bool name_goes_on(State *st, Read *r, const Row *item)
{
    Row below = *rows_peek(&st->rows, r, 0);
    return below.class == ROW_TEXT && st->gaps == GAPS_YES &&
           below.indent > item->indent && below.indent >= item->text_col &&
           is_name(rows_text(&st->rows, &below), false) &&
           wraps(st, item, &below, item->width + 1);
}

static void read_authors(State *st, Read *r, Entry *e)
{
    for (;;) {
        skip_blanks(st, r);
        Row row = *rows_peek(&st->rows, r, 0);
        if (row.class != ROW_BULLET || !is_name(rows_item(&st->rows, &row), row.sure))
            return;
        paragraph_begin(&st->paragraph);
        paragraph_add(&st->paragraph, rows_item(&st->rows, &row), row.place);
        rows_drop(&st->rows, 1);
        while (name_goes_on(st, r, &row)) {
            add_row(st, rows_peek(&st->rows, r, 0));
            rows_drop(&st->rows, 1);
        }
        Place place = row.place;
        place.col += row.text_col - row.indent;
        entry_author(e, buf_str(&st->paragraph.text), place);
    }
}

static void end_paragraph(State *st, Entry *e)
{
    if (st->paragraph.count > 0)
        entry_abstract(e, &st->paragraph);
    paragraph_begin(&st->paragraph);
}

/* Rows up to the next entry, page, file or end.  False where they are too many: the
 * rest is read past. */
static bool read_abstract(State *st, Read *r, Entry *e, bool blank_before)
{
    Heading next;
    Row above = {0};
    size_t bytes = 0, widest = 0;
    paragraph_begin(&st->paragraph);
    for (;; blank_before = above.class == ROW_BLANK) {
        if (heading_here(st, r, blank_before, &next) > 0)
            break;
        Row row = *rows_peek(&st->rows, r, 0);
        if (row.class == ROW_END || row.class == ROW_BREAK || page_starts(&st->rows, r))
            break;
        if (row.class == ROW_BLANK) {
            end_paragraph(st, e);
        } else if (bytes <= RECORD_LIMIT) {
            bool first = st->paragraph.count == 0;
            widest = first || row.width > widest ? row.width : widest;
            if (!first && !wraps(st, &above, &row, widest)) {
                end_paragraph(st, e);
                widest = row.width;
            }
            add_row(st, &row);
            bytes += row.size;
        }
        above = row;
        rows_drop(&st->rows, 1);
    }
    end_paragraph(st, e);
    return bytes <= RECORD_LIMIT;
}

static ReadResult read_entry(State *st, Read *r, Record *rec, size_t span)
{
    Heading heading;
    parse_line(st, r, &heading);
    Entry e = {
        .r = r, .rec = rec, .cluster = st->page.cluster_known ? &st->page.cluster : NULL};
    st->page.listed++;
    entry_heading(&e, &heading, rows_peek(&st->rows, r, 0)->place);
    rows_drop(&st->rows, span);
    skip_blanks(st, r);
    if (!read_title(st, r, &e)) {
        diag_report(r->diag, LEVEL_ERROR, "no-title", rec->place,
                    "the entry ends after its heading; left out");
        return READ_SKIPPED;
    }
    read_authors(st, r, &e);
    if (!read_abstract(st, r, &e, true)) {
        diag_report(r->diag, LEVEL_ERROR, "record-too-long", rec->place,
                    "the entry is longer than 16 MiB; left out");
        return READ_SKIPPED;
    }
    entry_end(&e);
    return READ_RECORD;
}

/* The format. */

static ReadResult arrow_next(Read *r, Record *rec)
{
    State *st = r->state;
    bool blank_before = true;
    for (;;) {
        Heading heading;
        size_t span = heading_here(st, r, blank_before, &heading);
        if (span > 0)
            return read_entry(st, r, rec, span);
        Row row = *rows_peek(&st->rows, r, 0);
        blank_before = row.class == ROW_BLANK || row.class == ROW_BREAK;
        if (row.class == ROW_END || row.class == ROW_BREAK) {
            page_end(&st->page, r);
            st->gaps = GAPS_UNKNOWN;
            if (row.class == ROW_END)
                return READ_END;
        }
        if (row.class == ROW_TEXT || row.class == ROW_BULLET)
            page_row(&st->page, &st->rows, r);
        else
            rows_drop(&st->rows, 1);
    }
}

static void arrow_close(Read *r)
{
    State *st = r->state;
    rows_free(&st->rows);
    page_free(&st->page);
    buf_free(&st->line);
    paragraph_free(&st->paragraph);
}

/* The label before the author's name is nobody else's; headings alone are good enough
 * for part of a page. */
static int arrow_sniff(Str head)
{
    int best = 0;
    Str line;
    while (head.size > 0) {
        Heading heading;
        size_t lf = str_find_byte(head, '\n');
        size_t end = str_find_byte(str_slice(head, 0, lf), '\r');
        line = str_trim(str_slice(head, 0, end));
        head = str_after(head, end + 1);
        if (str_starts_nocase(line, STR("Author name cluster")))
            return 95;
        int strength = line.size <= 300 ? heading_parse(line, NULL, &heading) : 0;
        if (strength == 2 && best < 70)
            best = 70;
        else if (strength == 1 && best < 30)
            best = 30;
    }
    return best;
}

static const Option OPTIONS[] = {
    {"venues", "table|verbatim",
     "what the proceedings are called: as the table of venues has it, or as on the page"},
    {NULL, NULL, NULL},
};

static const KindTag KINDS[] = {
    {"Conference", KIND_PAPER_CONFERENCE, "also Workshop, Symposium, Proceedings"},
    {"Journal", KIND_ARTICLE_JOURNAL, NULL},
    {"Magazine", KIND_ARTICLE_MAGAZINE, NULL},
    {"Book", KIND_BOOK, "also Series"},
    {"Book", KIND_CHAPTER, "with a label such as Book Chapter"},
    {"Preprint", KIND_ARTICLE, "also Repository"},
    {"Thesis", KIND_THESIS, NULL},
    {"Report", KIND_REPORT, NULL},
    {"Dataset", KIND_DATASET, NULL},
    {"Software", KIND_SOFTWARE, NULL},
    {NULL, KIND_DOCUMENT, NULL},
};

static const FieldTag FIELDS[] = {
    {"VENUE", FIELD_CONTAINER_TITLE, KINDS_ALL, 0, "as the table of venues has it"},
    {"VENUE", FIELD_CONTAINER_TITLE_SHORT, KINDS_ALL, 0, "as on the page"},
    {"VENUE", FIELD_VOLUME, KINDS_ALL, 0, "where the table is certain"},
    {"VENUE", FIELD_ISSN, KINDS_ALL, 0, "where the table is certain"},
    {"VENUE YEAR", FIELD_EVENT_TITLE, KINDS_OF(KIND_PAPER_CONFERENCE), 0, NULL},
    {"YEAR", FIELD_ISSUED, KINDS_ALL, 0, NULL},
    {"LABEL", FIELD_GENRE, KINDS_ALL, 0, "where it says more than the kind"},
    {"title", FIELD_TITLE, KINDS_ALL, 0, NULL},
    {"bullet", FIELD_AUTHOR, KINDS_ALL, 0, "eight at most; who is cut off is noticed"},
    {"paragraph", FIELD_ABSTRACT, KINDS_ALL, 0, "mended"},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

static const Reader READER = {
    .state_size = sizeof(State),
    .sniff = arrow_sniff,
    .next = arrow_next,
    .close = arrow_close,
};

const Format format_arrow = {
    .name = "arrow",
    .title = "Author page of the Arrow paper search",
    .extensions = "txt",
    .options = OPTIONS,
    .kinds = KINDS,
    .fields = FIELDS,
    .reader = &READER,
};
