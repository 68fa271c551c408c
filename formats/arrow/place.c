/* SPDX-License-Identifier: MIT
 * Where entries begin.  A line is a heading by its form and by its place, since titles
 * and abstracts may read like one: what follows a heading is the title, whatever it
 * looks like. */
#include "formats/arrow/listing.h"

typedef struct Surroundings {
    bool blank_after, title_after, bullets_after, end_after;
    bool prose_after;   /* what would be the title is too long for one */
    bool heading_after; /* what would be the title is the heading of another entry */
} Surroundings;

bool place_is_heading(Listing *st, Read *r, size_t ahead)
{
    Heading heading;
    const Row *row = rows_peek(&st->rows, r, ahead);
    return row->class == ROW_TEXT &&
           heading_parse(rows_text(&st->rows, row), r->opt->venues, &heading) >= 2;
}

bool place_pass_blanks(Listing *st, Read *r, size_t *ahead)
{
    size_t start = *ahead;
    while (rows_peek(&st->rows, r, *ahead)->class == ROW_BLANK)
        ++*ahead;
    return *ahead > start;
}

/* "- Minus One": a title that begins as a list would.  A title is always there and prose
 * has such signs; after a sign of lists only, the list of authors has another one, or it
 * stands close and this is apart from it. */
bool place_is_title(Listing *st, Read *r, size_t ahead)
{
    Row title = *rows_peek(&st->rows, r, ahead++);
    if (title.sign < SIGN_LISTS_ONLY)
        return true;
    bool gap = place_pass_blanks(st, r, &ahead);
    Row first = *rows_peek(&st->rows, r, ahead);
    if (first.class != ROW_BULLET)
        return false;
    if (first.sign != title.sign || first.indent != title.indent)
        return true;
    return gap && rows_peek(&st->rows, r, ahead + 1)->class == ROW_BULLET;
}

/* Whether the row is a heading with a title of its own and authors behind it.  With the
 * authors right behind it, it is a title itself. */
static bool heads_entry(Listing *st, Read *r, size_t ahead)
{
    size_t most = ahead + AHEAD_MOST;
    if (!place_is_heading(st, r, ahead++))
        return false;
    place_pass_blanks(st, r, &ahead);
    if (rows_peek(&st->rows, r, ahead)->class != ROW_TEXT)
        return false;
    while (rows_peek(&st->rows, r, ahead)->class == ROW_TEXT && ahead < most)
        ahead++;
    place_pass_blanks(st, r, &ahead);
    return rows_peek(&st->rows, r, ahead)->class == ROW_BULLET;
}

/* Too long for a title, or a sentence; for where no authors tell. */
static bool is_prose(Str text)
{
    enum { SENTENCE_BYTES = 80 };
    return text.size > TITLE_BYTES_MOST ||
           (text.size > SENTENCE_BYTES && str_ends(text, STR(".")));
}

/* Looks past a heading of `span` rows: a gap, a title, a gap, the first author. */
static Surroundings look_around(Listing *st, Read *r, size_t span)
{
    Surroundings s = {0};
    size_t i = span;
    s.blank_after = place_pass_blanks(st, r, &i);
    Row title = *rows_peek(&st->rows, r, i);
    s.end_after = title.class == ROW_END || title.class == ROW_BREAK;
    s.bullets_after =
        title.class == ROW_BULLET && title.sure && !place_is_title(st, r, i);
    s.title_after = !s.end_after && !s.bullets_after;
    if (!s.title_after)
        return s;
    s.heading_after = heads_entry(st, r, i);
    bool gap = false;
    for (size_t k = 1; k <= AHEAD_MOST; k++) {
        RowClass class = rows_peek(&st->rows, r, i + k)->class;
        if (class == ROW_BLANK)
            gap = true;
        else if (class == ROW_BULLET)
            s.bullets_after = true;
        if (class == ROW_BULLET || class == ROW_END || class == ROW_BREAK ||
            (class == ROW_TEXT && (gap || k >= TITLE_ROWS_MOST))) {
            s.prose_after = class == ROW_TEXT && !gap;
            break;
        }
    }
    s.prose_after =
        !s.bullets_after &&
        (s.prose_after || is_prose(rows_text(&st->rows, rows_peek(&st->rows, r, i))));
    return s;
}

static int parse_line(Listing *st, Read *r, Heading *heading)
{
    return heading_parse(buf_str(&st->line), r->opt->venues, heading);
}

/* Puts the next `span` rows as one into st->line. */
static void load_line(Listing *st, Read *r, size_t span)
{
    buf_clear(&st->line);
    for (size_t i = 0; i < span; i++) {
        const Row *row = rows_peek(&st->rows, r, i);
        if (i > 0)
            buf_add_byte(&st->line, ' ');
        buf_add(&st->line, rows_text(&st->rows, row));
    }
}

/* A narrow terminal wraps a long heading: the next rows belong to it, if together they
 * are a better heading than the first alone and stand alone between gaps, or if the last
 * is nothing but a label's end.  Gives how many rows. */
static size_t parse_wrapped(Listing *st, Read *r, int *strength)
{
    Heading whole;
    size_t best = 1;
    for (size_t span = 2; span <= HEADING_ROWS_MOST; span++) {
        Row last = *rows_peek(&st->rows, r, span - 1);
        if (last.class != ROW_TEXT)
            break;
        bool label = heading_is_label(rows_text(&st->rows, &last));
        if (rows_peek(&st->rows, r, span)->class != ROW_BLANK)
            continue;
        load_line(st, r, span);
        int joined = parse_line(st, r, &whole);
        if (joined >= 2 && (joined > *strength || (joined == *strength && label))) {
            *strength = joined;
            best = span;
        }
    }
    return best;
}

/* Whether an entry begins at the next row; gives its heading and how many rows that is
 * (0: none).  `before`: a gap, the page's start or a sentence's end comes before it. */
size_t place_heading(Listing *st, Read *r, bool before, Heading *heading)
{
    Row row = *rows_peek(&st->rows, r, 0);
    Str text = rows_text(&st->rows, &row);
    size_t span = 1;
    if (row.class != ROW_TEXT || text.size > HEADING_BYTES_MOST)
        return 0;
    int strength = heading_parse(text, r->opt->venues, heading);
    if (before && row.width < TERMINAL_WIDEST)
        span = parse_wrapped(st, r, &strength);
    if (strength == 0)
        return 0;
    load_line(st, r, span);
    parse_line(st, r, heading);
    Surroundings s = look_around(st, r, span);
    if (heading->weak && (!before || !s.blank_after || !s.bullets_after))
        return 0;
    if ((s.end_after && (strength < 2 || !before)) || s.heading_after || s.prose_after)
        return 0;
    int evidence =
        strength + (before ? 1 : 0) + (s.blank_after ? 1 : 0) + (s.bullets_after ? 2 : 0);
    if (evidence < (st->gaps == GAPS_YES ? 4 : 3))
        return 0;
    if (st->gaps == GAPS_UNKNOWN && s.title_after)
        st->gaps = s.blank_after ? GAPS_YES : GAPS_NO;
    return span;
}
