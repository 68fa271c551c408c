/* SPDX-License-Identifier: MIT
 * Reading author pages of the Arrow paper search, as copied from a browser or dumped
 * by a terminal browser.
 *
 * A page is a preamble (page.h) and entries: a heading (heading.h), the title, a
 * bullet for each author, paragraphs of abstract (listing.h). */
#include "formats/arrow/arrow.h"
#include "formats/arrow/listing.h"

#include <string.h>

static ReadResult read_entry(Listing *st, Read *r, Record *rec, const Heading *heading,
                             size_t span)
{
    Entry e = {.r = r,
               .rec = rec,
               .cluster = st->page.cluster_known ? &st->page.cluster : NULL,
               .abstract = &st->abstract};
    st->page.listed++;
    entry_heading(&e, heading, rows_peek(&st->rows, r, 0)->place);
    rows_drop(&st->rows, span);
    if (!parts_title(st, r, &e)) {
        diag_report(r->diag, LEVEL_ERROR, "no-title", rec->place,
                    "the entry ends after its heading; left out");
        return READ_SKIPPED;
    }
    bool fine = parts_authors(st, r, &e);
    if (!parts_abstract(st, r, &e) || !fine) {
        diag_report(r->diag, LEVEL_ERROR, "record-too-long", rec->place,
                    "the entry is longer than 16 MiB; left out");
        return READ_SKIPPED;
    }
    entry_end(&e);
    return READ_RECORD;
}

static ReadResult arrow_next(Read *r, Record *rec)
{
    Listing *st = r->state;
    bool before = true;
    for (;;) {
        Heading heading;
        size_t span = place_heading(st, r, before, &heading);
        if (span > 0)
            return read_entry(st, r, rec, &heading, span);
        Row row = *rows_peek(&st->rows, r, 0);
        before = row.class == ROW_BLANK || row.class == ROW_BREAK;
        if (row.class == ROW_END || row.class == ROW_BREAK) {
            st->gaps = GAPS_UNKNOWN;
            st->links = false;
            if (page_end(&st->page, r))
                return READ_EMPTY;
            if (row.class == ROW_END)
                return READ_END;
        }
        if (row.class == ROW_TEXT || row.class == ROW_BULLET)
            before = page_row(&st->page, &st->rows, r);
        else
            rows_drop(&st->rows, 1);
    }
}

static void arrow_close(Read *r)
{
    Listing *st = r->state;
    rows_free(&st->rows);
    page_free(&st->page);
    buf_free(&st->line);
    paragraph_free(&st->paragraph);
    abstract_free(&st->abstract);
}

/* A page that was saved: the search names itself near the front. */
static int sniff_html(Str head)
{
    if (str_contains(head, STR("Author name cluster")))
        return 95;
    return str_contains(head, STR("Arrow")) ? 50 : 25;
}

/* The label before the author's name is nobody else's; headings alone are good enough
 * for part of a page. */
static int arrow_sniff(Str head)
{
    int best = 0;
    if (lines_are_html(head))
        return sniff_html(head);
    char above[HEADING_BYTES_MOST], line[HEADING_BYTES_MOST], both[HEADING_BYTES_MOST];
    size_t above_size = 0;
    while (head.size > 0) {
        Heading heading;
        size_t lf = str_find_byte(head, '\n');
        size_t end = str_find_byte(str_slice(head, 0, lf), '\r');
        size_t size = rows_clean(str_slice(head, 0, end), line, sizeof line);
        head = str_after(head, end + 1);
        Str text = {line, size};
        if (str_starts_nocase(heading_unlinked(text), STR("Author name cluster")))
            return 95;
        int strength = size > 0 ? heading_parse(text, NULL, &heading) : 0;
        if (strength > 0 && heading.weak)
            strength = 0;
        if (strength < 2 && size > 0 && above_size > 0 &&
            above_size + 1 + size <= sizeof both) {
            memcpy(both, above, above_size);
            both[above_size] = ' ';
            memcpy(both + above_size + 1, line, size);
            int wrapped =
                heading_parse((Str){both, above_size + 1 + size}, NULL, &heading);
            strength = wrapped == 2 ? wrapped : strength;
        }
        if (strength == 2 && best < 70)
            best = 70;
        else if (strength == 1 && best < 30)
            best = 30;
        memcpy(above, line, size);
        above_size = size;
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
    .state_size = sizeof(Listing),
    .sniff = arrow_sniff,
    .next = arrow_next,
    .close = arrow_close,
};

const Format format_arrow = {
    .name = "arrow",
    .title = "Author page of the Arrow paper search",
    .extensions = "txt html htm",
    .options = OPTIONS,
    .kinds = KINDS,
    .fields = FIELDS,
    .reader = &READER,
};
