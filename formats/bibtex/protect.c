/* SPDX-License-Identifier: MIT
 * Which words of a title no style may put in lower case.  The standard styles recase
 * titles (btxhak, change.case$), braces keep them from it. */
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/bibtex/bibtex.h"

#include <string.h>

enum { EPONYM_MOST = 16 };
static const char EPONYMS[][EPONYM_MOST] = {
#include "formats/bibtex/eponyms.inc"
};

/* A run of letters and digits. */
typedef struct Segment {
    size_t start, end, first_size;
    size_t letters, digits, capitals;
    bool first_capital, lower;
} Segment;

static bool is_eponym(Str word)
{
    size_t low = 0, high = sizeof EPONYMS / sizeof EPONYMS[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        Str each = str_from(EPONYMS[middle]);
        size_t common = each.size < word.size ? each.size : word.size;
        int order = memcmp(word.data, each.data, common);
        if (order == 0 && word.size == each.size)
            return true;
        if (order < 0 || (order == 0 && word.size < each.size))
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static bool next_segment(Str s, size_t *at, Segment *segment)
{
    *segment = (Segment){0};
    bool inside = false;
    while (*at < s.size) {
        Str rest = str_after(s, *at);
        size_t before = rest.size;
        uint32_t c = utf8_next(&rest);
        size_t size = before - rest.size;
        bool letter = unicode_is_letter(c), digit = unicode_is_digit(c);
        if (!letter && !digit && !(inside && unicode_is_mark(c))) {
            if (inside)
                return true;
            *at += size;
            continue;
        }
        bool capital = letter && unicode_is_upper(c);
        if (!inside) {
            segment->start = *at;
            segment->first_size = size;
            segment->first_capital = capital;
        }
        inside = true;
        segment->letters += letter;
        segment->digits += digit;
        segment->capitals += capital;
        segment->lower = segment->lower || (letter && unicode_is_lower(c));
        *at += size;
        segment->end = *at;
    }
    return inside;
}

/* A title in capitals only: its words say nothing about their case. */
static bool is_shouting(Str s)
{
    Segment segment;
    size_t at = 0, words = 0;
    while (next_segment(s, &at, &segment)) {
        if (segment.lower)
            return false;
        words += segment.capitals >= 2;
    }
    return words >= 3;
}

/* How many bytes of the segment, from its start, want braces. */
static size_t wanted(Str s, const Segment *segment)
{
    size_t size = segment->end - segment->start;
    bool inner = segment->capitals > (segment->first_capital ? 1u : 0u);
    if (inner || (segment->capitals > 0 && segment->digits > 0))
        return size;
    if (!segment->first_capital)
        return 0;
    if (segment->letters == 1) {
        /* "A" is an article, but not in "A*", "A-Share" and "Q&A". */
        bool joined = segment->start > 0 &&
                      str_find_byte(STR("&-/"), s.data[segment->start - 1]) < 3;
        bool article = s.data[segment->start] == 'A' && !joined &&
                       (segment->end == s.size || s.data[segment->end] == ' ');
        bool apostrophe =
            segment->start > 0 && (s.data[segment->start - 1] == '\'' ||
                                   (unsigned char)s.data[segment->start - 1] == 0x99);
        return article || apostrophe ? 0 : size;
    }
    return is_eponym(str_slice(s, segment->start, segment->end)) ? segment->first_size
                                                                 : 0;
}

/* The marks of a title that are open at a place which only moves on. */
typedef struct Marks {
    const Text *title;
    size_t next; /* run not opened yet */
    size_t open[TEXT_DEPTH], depth;
} Marks;

/* Where braces may stand: within pieces between marks, since none may cross a mark's
 * border, and not in what is braced as a whole. */
typedef struct Pieces {
    TextWalk walk;
    size_t end;    /* of the piece at hand */
    size_t wholes; /* marks around it that are braced as a whole */
} Pieces;

/* Goes on to the piece that holds the byte at `at`; places only grow. */
static void piece_at(Pieces *pieces, size_t at)
{
    while (pieces->end <= at) {
        TextStep step = text_step(&pieces->walk);
        size_t whole = step.mark == MARK_MATH || step.mark == MARK_NOCASE;
        if (step.kind == TEXT_END)
            return;
        if (step.kind == TEXT_OPEN)
            pieces->wholes += whole;
        if (step.kind == TEXT_CLOSE)
            pieces->wholes -= whole;
        if (step.kind == TEXT_PIECE)
            pieces->end = pieces->walk.at;
    }
}

static bool has_capital(Str s)
{
    while (s.size > 0) {
        if (unicode_is_upper(utf8_next(&s)))
            return true;
    }
    return false;
}

typedef struct Spans {
    Arena *arena;
    Braced *list;
    size_t count, capacity;
} Spans;

static void add_span(Spans *spans, size_t start, size_t end)
{
    if (spans->count == spans->capacity) {
        spans->capacity = spans->capacity > 0 ? spans->capacity * 2 : 8;
        Braced *more = arena_alloc(spans->arena, spans->capacity * sizeof *more);
        if (spans->count > 0)
            memcpy(more, spans->list, spans->count * sizeof *more);
        spans->list = more;
    }
    spans->list[spans->count++] = (Braced){.start = start, .end = end};
}

size_t protect_words(Arena *arena, const Text *title, const Braced **spans)
{
    Spans made = {.arena = arena};
    Pieces pieces = {.walk = {.text = title}};
    Segment segment;
    size_t at = 0;
    *spans = NULL;
    if (is_shouting(title->text))
        return 0;
    while (next_segment(title->text, &at, &segment)) {
        size_t end = segment.start + wanted(title->text, &segment), next;
        for (size_t start = segment.start; start < end; start = next) {
            piece_at(&pieces, start);
            next = pieces.end < end ? pieces.end : end;
            if (next <= start)
                break;
            if (pieces.wholes == 0 && has_capital(str_slice(title->text, start, next)))
                add_span(&made, start, next);
        }
    }
    *spans = made.list;
    return made.count;
}
