/* SPDX-License-Identifier: MIT
 * Text with runs; see rich.h. */
#include "convert/text/rich.h"

#include <string.h>

Text text_plain(Str s)
{
    return (Text){.text = s};
}

bool text_has_marks(const Text *text, unsigned marks)
{
    for (size_t i = 0; i < text->run_count; i++) {
        if ((marks >> text->runs[i].mark & 1) != 0)
            return true;
    }
    return false;
}

Text text_without_marks(Arena *arena, const Text *text, unsigned marks)
{
    Text out = {.text = text->text};
    if (!text_has_marks(text, marks))
        return *text;
    Run *runs = arena_alloc(arena, text->run_count * sizeof *runs);
    for (size_t i = 0; i < text->run_count; i++) {
        if ((marks >> text->runs[i].mark & 1) == 0)
            runs[out.run_count++] = text->runs[i];
    }
    out.runs = runs;
    return out;
}

/* End of the math that the dollar at `start` opens, behind its closing dollar; 0 where
 * it opens none. */
static size_t math_end(Str s, size_t start)
{
    enum { LONGEST = 2048 }; /* a dollar that opens nothing costs no more than that */
    size_t i = start + 1, depth = 0;
    s = str_slice(s, 0, start + LONGEST);
    if (i >= s.size || byte_is_space(s.data[i]) || s.data[i] == '$')
        return 0;
    for (; i < s.size; i++) {
        char c = s.data[i];
        if (c == '\\') {
            i++;
        } else if (c == '{') {
            depth++;
        } else if (c == '}') {
            if (depth-- == 0)
                return 0;
        } else if (c == '\n' && i + 1 < s.size && s.data[i + 1] == '\n') {
            return 0;
        } else if (c == '$' && depth == 0) {
            bool space = byte_is_space(s.data[i - 1]);
            bool digit = i + 1 < s.size && byte_is_digit(s.data[i + 1]);
            return space || digit ? 0 : i + 1;
        }
    }
    return 0;
}

static bool escaped(Str s, size_t at)
{
    size_t slashes = 0;
    while (slashes < at && s.data[at - slashes - 1] == '\\')
        slashes++;
    return slashes % 2 == 1;
}

size_t text_math_at(Str s, size_t from, size_t *end)
{
    for (size_t i = from; i < s.size; i++) {
        const char *dollar = memchr(s.data + i, '$', s.size - i);
        if (dollar == NULL)
            break;
        i = (size_t)(dollar - s.data);
        *end = escaped(s, i) ? 0 : math_end(s, i);
        if (*end > 0)
            return i;
    }
    *end = s.size;
    return s.size;
}

/* A run that lies wholly outside, or around, or within math would be fine; one that
 * crosses its border would not nest. */
static bool crosses(const Text *text, size_t start, size_t end)
{
    for (size_t i = 0; i < text->run_count; i++) {
        const Run *run = &text->runs[i];
        bool apart = run->end <= start || run->start >= end;
        bool around = run->start <= start && run->end >= end;
        if (!apart && !around)
            return true;
    }
    return false;
}

Text text_find_math(Arena *arena, Text text)
{
    size_t end = 0, count = 0;
    for (size_t at = text_math_at(text.text, 0, &end); at < text.text.size;
         at = text_math_at(text.text, end, &end))
        count++;
    if (count == 0)
        return text;
    Run *runs = arena_alloc(arena, (text.run_count + count) * sizeof *runs);
    size_t made = 0, old = 0;
    for (size_t at = text_math_at(text.text, 0, &end); at < text.text.size;
         at = text_math_at(text.text, end, &end)) {
        while (old < text.run_count && text.runs[old].start <= at)
            runs[made++] = text.runs[old++];
        if (!crosses(&text, at, end))
            runs[made++] = (Run){.start = at, .end = end, .mark = MARK_MATH};
    }
    while (old < text.run_count)
        runs[made++] = text.runs[old++];
    return (Text){.text = text.text, .runs = runs, .run_count = made};
}

TextStep text_step(TextWalk *walk)
{
    const Text *text = walk->text;
    if (walk->depth > 0 && text->runs[walk->open[walk->depth - 1]].end <= walk->at) {
        const Run *run = &text->runs[walk->open[--walk->depth]];
        return (TextStep){.kind = TEXT_CLOSE, .mark = run->mark};
    }
    size_t limit =
        walk->depth > 0 ? text->runs[walk->open[walk->depth - 1]].end : text->text.size;
    while (walk->next_run < text->run_count) {
        const Run *run = &text->runs[walk->next_run];
        if (run->start > walk->at) {
            limit = run->start < limit ? run->start : limit;
            break;
        }
        walk->next_run++;
        if (run->end <= walk->at || walk->depth == TEXT_DEPTH)
            continue;
        walk->open[walk->depth++] = walk->next_run - 1;
        return (TextStep){.kind = TEXT_OPEN,
                          .mark = run->mark,
                          .piece = str_slice(text->text, run->start, run->end)};
    }
    if (walk->at >= text->text.size)
        return (TextStep){.kind = TEXT_END};
    Str piece = str_slice(text->text, walk->at, limit);
    walk->at = limit;
    return (TextStep){.kind = TEXT_PIECE, .piece = piece};
}

void text_skip(TextWalk *walk)
{
    walk->at = walk->text->runs[walk->open[--walk->depth]].end;
    while (walk->next_run < walk->text->run_count &&
           walk->text->runs[walk->next_run].start < walk->at)
        walk->next_run++;
}
