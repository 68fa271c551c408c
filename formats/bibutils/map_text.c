/* SPDX-License-Identifier: MIT
 * Values of libbibutils as text: the characters that stand for markup become runs; see
 * piece.h. */
#include "convert/text/utf8.h"
#include "formats/bibutils/map.h"
#include "formats/bibutils/piece.h"

#include <string.h>

Text map_text(Arena *arena, Str value)
{
    Run open[MARK_COUNT], *runs = NULL;
    bool is_open[MARK_COUNT] = {false};
    size_t count = 0, capacity = 0;
    Buf out = {0};
    Str rest = value;
    if (utf8_is_ascii(value))
        return text_plain(value);
    while (rest.size > 0) {
        Mark mark;
        bool opens;
        Str before = rest;
        uint32_t c = utf8_next(&rest);
        if (c == PIECE_GLUE) {
            buf_add_byte(&out, ' ');
        } else if (!piece_is_mark(c, &mark, &opens)) {
            buf_add(&out, str_slice(before, 0, before.size - rest.size));
        } else if (opens) {
            open[mark] = (Run){.start = out.size, .mark = mark};
            is_open[mark] = true;
        } else if (is_open[mark] && open[mark].start < out.size) {
            if (count == capacity) {
                Run *more = arena_alloc(arena, (capacity + 8) * 2 * sizeof *more);
                if (count > 0)
                    memcpy(more, runs, count * sizeof *more);
                runs = more;
                capacity = (capacity + 8) * 2;
            }
            for (int other = 0; other < MARK_COUNT; other++) /* runs never cross */
                is_open[other] = is_open[other] && open[other].start <= open[mark].start;
            open[mark].end = out.size;
            runs[count++] = open[mark];
            is_open[mark] = false;
        }
    }
    /* Each closed in its turn: by start, the outer one first. */
    for (size_t i = 1; i < count; i++) {
        Run run = runs[i];
        size_t k = i;
        for (; k > 0 && runs[k - 1].start >= run.start; k--)
            runs[k] = runs[k - 1];
        runs[k] = run;
    }
    Text text = {
        .text = arena_copy(arena, buf_str(&out)), .runs = runs, .run_count = count};
    buf_free(&out);
    return text;
}
