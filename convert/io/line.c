/* SPDX-License-Identifier: MIT
 * A Source's lines; see source.h. */
#include "convert/io/source_state.h"
#include "convert/text/utf8.h"

#include <poll.h>

/* Lines. */

/* The next such byte at or behind s->scanned; *known keeps the place, so that none is
 * searched twice. */
static size_t next_of(const Source *s, char c, size_t *known)
{
    if (*known < s->scanned)
        *known = s->scanned;
    if (*known < s->text.size && s->text.data[*known] != c)
        *known += str_find_byte(str_after(buf_str(&s->text), *known), c);
    return *known;
}

/* The end of the line at s->at, if it is there. */
static bool find_end(Source *s, size_t *end)
{
    size_t lf = next_of(s, '\n', &s->lf), cr = next_of(s, '\r', &s->cr);
    *end = lf < cr ? lf : cr;
    if (*end < s->text.size)
        return true;
    s->scanned = s->text.size;
    return false;
}

/* Reads past a line that is too long, keeping nothing of it. */
static void skip_long(Source *s)
{
    size_t end;
    s->line++;
    diag_report(s->diag, LEVEL_ERROR, "line-too-long",
                (Place){.file = s->name, .line = s->line, .col = 1},
                "the line is longer than 16 MiB; left out");
    for (;;) {
        if (find_end(s, &end)) {
            s->after_cr = s->text.data[end] == '\r';
            s->at = s->scanned = end + 1;
            return;
        }
        s->at = s->text.size;
        if (!source_fill(s))
            return;
    }
}

/* An LF behind the CR that ended a line ends none of its own. */
static void skip_lf(Source *s)
{
    if (!s->after_cr || s->at == s->text.size)
        return;
    if (s->text.data[s->at] == '\n')
        s->at++;
    s->after_cr = false;
    if (s->scanned < s->at)
        s->scanned = s->at;
}

/* Finds the next line of the file: it runs from s->at to *end, where a line end or the
 * file's end is.  False where none is left. */
static bool find_line(Source *s, size_t *end)
{
    for (;;) {
        skip_lf(s);
        bool found = s->at < s->text.size && find_end(s, end);
        if ((found ? *end : s->text.size) - s->at > SOURCE_LINE_LIMIT) {
            skip_long(s);
        } else if (found) {
            return true;
        } else if (!source_fill(s)) {
            *end = s->text.size;
            return s->at < s->text.size;
        }
    }
}

static void pass_line(Source *s, size_t end)
{
    bool ended = end < s->text.size;
    s->line++;
    s->after_cr = ended && s->text.data[end] == '\r';
    s->at = s->scanned = ended ? end + 1 : end;
}

/* The line from s->at to `end`; it stays where it is in s->text. */
static void give(Source *s, size_t end, Line *line)
{
    line->text = (Str){s->text.data + s->at, end - s->at};
    line->place = (Place){.file = s->name, .line = s->line + 1, .col = 1};
    line->first = s->line == 0;
    if (utf8_valid(line->text) < line->text.size)
        line->text = source_mend(s, line->text, line->place, false);
    pass_line(s, end);
}

bool source_line(Source *s, Line *line)
{
    size_t end;
    for (;;) {
        if (s->fd < 0 && !source_open_next(s))
            return false;
        if (find_line(s, &end)) {
            give(s, end, line);
            return true;
        }
        source_end_file(s);
    }
}

bool source_skip_blank(Source *s)
{
    size_t end;
    for (;;) {
        Str head = source_head(s, 1);
        if (head.size == 0)
            return false;
        if (!byte_is_space(head.data[0]))
            return true;
        if (!find_line(s, &end))
            continue; /* source_head goes on to the next file */
        if (str_trim((Str){s->text.data + s->at, end - s->at}).size > 0)
            return true;
        pass_line(s, end);
    }
}

/* Whether more comes, or the end, before a pause.  What a caller's function reads is
 * waited for, since it does not say. */
static bool comes_soon(const Source *s)
{
    enum { PAUSE = 1000 }; /* milliseconds */
    struct pollfd wanted = {.fd = s->fd, .events = POLLIN};
    return s->read != NULL || poll(&wanted, 1, PAUSE) != 0;
}

static Str head_of(Source *s, size_t want, bool soon)
{
    for (;;) {
        if (s->fd < 0 && !source_open_next(s))
            return STR_EMPTY;
        while (s->text.size - s->at < want && (!soon || comes_soon(s)) && source_fill(s))
            ;
        if (s->text.size > s->at || soon)
            return str_after(buf_str(&s->text), s->at);
        source_end_file(s);
    }
}

Str source_head(Source *s, size_t want)
{
    return head_of(s, want, false);
}

Str source_head_soon(Source *s, size_t want)
{
    return head_of(s, want, true);
}
