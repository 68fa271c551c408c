/* SPDX-License-Identifier: MIT
 * A Source's bytes; see source.h.
 *
 * What is given has been cleaned first, stretch by stretch: CR and CR LF are LF, and what
 * is not UTF-8 is mended as a line would be.  Nearly all text is clean already and stays
 * where it was read. */
#include "convert/io/source_state.h"
#include "convert/text/utf8.h"

#include <string.h>

Place source_place_behind(Place from, Str text)
{
    for (;;) {
        size_t end = str_find_byte(text, '\n');
        if (end == text.size)
            break;
        from.line++;
        from.col = 1;
        text = str_after(text, end + 1);
    }
    from.col += utf8_count(text);
    return from;
}

/* Forward only. */
static Spot advance(const Source *s, Spot spot, size_t to)
{
    Place behind = source_place_behind((Place){.line = spot.line, .col = spot.col},
                                       str_slice(buf_str(&s->text), spot.at, to));
    return (Spot){.at = to, .line = behind.line, .col = behind.col};
}

static Spot spot_of(Source *s, size_t at)
{
    if (s->base.line == 0)
        s->base = s->cursor = (Spot){.at = s->at, .line = s->line + 1, .col = 1};
    return advance(s, at < s->cursor.at ? s->base : s->cursor, at);
}

static Place place_at(Source *s, Spot spot)
{
    return (Place){.file = s->name, .line = spot.line, .col = spot.col};
}

/* Cleaning. */

/* CR LF and CR become LF; the LF behind a CR that ended the stretch before is dropped. */
static size_t end_lines(Source *s, char *data, size_t size)
{
    size_t out = 0;
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (!(c == '\n' && s->after_cr))
            data[out++] = c == '\r' ? '\n' : c;
        s->after_cr = c == '\r';
    }
    return out;
}

static bool needs_mending(Str stretch)
{
    return utf8_valid(stretch) < stretch.size;
}

/* Replaces text from s->clean to `end` by `with`. */
static void splice(Source *s, size_t end, Str with)
{
    size_t tail = s->text.size - end, old = end - s->clean;
    if (with.size > old) {
        source_renew(s, 0);
        buf_reserve(&s->text, with.size - old);
    }
    memmove(s->text.data + s->clean + with.size, s->text.data + end, tail);
    memcpy(s->text.data + s->clean, with.data, with.size);
    s->text.size = s->clean + with.size + tail;
}

/* Lines that are no UTF-8, each by itself as source_line has them. */
static void mend_lines(Source *s, size_t end)
{
    Spot spot = spot_of(s, s->clean);
    while (s->clean < end) {
        Str rest = str_slice(buf_str(&s->text), s->clean, end);
        size_t size = str_find_byte(rest, '\n');
        size += size < rest.size ? 1 : 0;
        Str line = str_slice(rest, 0, size);
        if (needs_mending(line)) {
            spot = advance(s, spot, s->clean);
            line = source_mend(s, line, place_at(s, spot));
            splice(s, s->clean + size, line);
            end = end - size + line.size;
        }
        s->clean += line.size;
    }
}

/* Where the new bytes can be cleaned to: behind the last line end; without one, before a
 * character that may not be whole yet. */
static size_t clean_end(const Source *s)
{
    size_t end = s->text.size;
    if (s->ended && s->raw.size == 0)
        return end;
    const char *data = s->text.data;
    for (size_t i = end; i > s->clean && end - i < BLOCK; i--) {
        if (data[i - 1] == '\n' || data[i - 1] == '\r')
            return i;
    }
    size_t back = 0;
    while (back < 3 && end - back > s->clean &&
           ((unsigned char)data[end - back - 1] & 0xc0) == 0x80)
        back++;
    if (end - back > s->clean && (unsigned char)data[end - back - 1] >= 0xc0)
        return end - back - 1;
    return end;
}

static void clean(Source *s)
{
    size_t end = clean_end(s);
    char *fresh = s->text.data + s->clean;
    size_t size = end - s->clean;
    if (size == 0)
        return;
    if (s->after_cr || memchr(fresh, '\r', size) != NULL) {
        size_t kept = end_lines(s, fresh, size);
        memmove(fresh + kept, fresh + size, s->text.size - end);
        s->text.size -= size - kept;
        end = s->clean + kept;
    }
    if (needs_mending(str_slice(buf_str(&s->text), s->clean, end)))
        mend_lines(s, end);
    else
        s->clean = end;
}

/* The bytes. */

Str source_ahead(Source *s, size_t want)
{
    if (s->fd < 0 && !source_open_next(s))
        return STR_EMPTY;
    if (s->clean < s->at)
        s->clean = s->at;
    s->shown = true;
    if (s->clean < s->text.size)
        clean(s);
    while (s->clean - s->at < want) {
        if (!source_fill(s)) {
            clean(s); /* the rest, which waited for more */
            break;
        }
        clean(s);
    }
    return (Str){s->text.size > 0 ? s->text.data + s->at : "", s->clean - s->at};
}

void source_pass(Source *s, size_t size)
{
    s->base = s->cursor = spot_of(s, s->at + size);
    s->at += size;
    s->scanned = s->at;
}

bool source_next_file(Source *s)
{
    if (s->fd >= 0)
        source_end_file(s);
    return source_open_next(s);
}

Place source_place_ahead(Source *s, size_t offset)
{
    s->cursor = spot_of(s, s->at + offset);
    return place_at(s, s->cursor);
}
