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

/* Whether the last line of a clean stretch, which goes on, holds more than ASCII. */
static bool is_wide(Str stretch, bool before)
{
    const char *end = memrchr(stretch.data, '\n', stretch.size);
    Str line =
        end != NULL ? str_after(stretch, (size_t)(end - stretch.data) + 1) : stretch;
    return (end == NULL && before) || utf8_count(line) < line.size;
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
    Buf mended = {0};
    Spot spot = spot_of(s, s->clean);
    for (size_t at = s->clean, next; at < end; at = next) {
        Str line = str_slice(buf_str(&s->text), at, end);
        size_t size = str_find_byte(line, '\n');
        next = at + size + (size < line.size ? 1 : 0);
        line = str_slice(line, 0, next - at);
        if (needs_mending(line)) {
            bool ended = next - at > size;
            spot = advance(s, spot, at);
            line = source_mend(s, line, place_at(s, spot), s->wide);
            s->wide = s->wide && !ended;
        } else {
            s->wide = is_wide(line, s->wide);
        }
        buf_add(&mended, line);
    }
    splice(s, end, buf_str(&mended));
    s->clean += mended.size;
    buf_free(&mended);
}

/* Where the new bytes can be cleaned to: behind the last line end; without one, before a
 * character that may not be whole yet.  How a line that is not UTF-8 is read all of it
 * says, however it came: of one that is not too long all is waited for. */
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
        end -= back + 1;
    bool waits = end - s->clean < BLOCK &&
                 needs_mending(str_slice(buf_str(&s->text), s->clean, end));
    return waits ? s->clean : end;
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
    Str stretch = str_slice(buf_str(&s->text), s->clean, end);
    if (needs_mending(stretch)) {
        mend_lines(s, end);
    } else {
        s->wide = is_wide(stretch, s->wide);
        s->clean = end;
    }
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
