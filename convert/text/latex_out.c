/* SPDX-License-Identifier: MIT
 * Text with marks in the making; see latex_out.h. */
#include "convert/text/latex_out.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

void latex_out_settle(LatexOut *out)
{
    if (out->text.size > 0 && out->paragraph)
        buf_add(&out->text, STR("\n\n"));
    else if (out->text.size > 0 && out->line)
        buf_add_byte(&out->text, '\n');
    else if (out->blank && out->text.size > 0 &&
             !byte_is_space(out->text.data[out->text.size - 1]))
        buf_add_byte(&out->text, ' ');
    out->blank = out->line = out->paragraph = false;
    for (; out->waiting > 0; out->waiting--)
        out->runs[out->open[out->depth - out->waiting]].start = out->text.size;
}

static void add_recased(LatexOut *out, Str s)
{
    while (s.size > 0) {
        uint32_t c = utf8_next(&s);
        if (out->recase == CASE_UPPER && c == 0xdf)
            buf_add(&out->text, STR("SS"));
        else
            utf8_add(&out->text,
                     out->recase == CASE_UPPER ? unicode_upper(c) : unicode_lower(c));
    }
}

void latex_out_add(LatexOut *out, Str s)
{
    if (s.size == 0)
        return;
    latex_out_settle(out);
    if (out->recase == CASE_KEPT)
        buf_add(&out->text, s);
    else
        add_recased(out, s);
}

void latex_out_character(LatexOut *out, uint32_t c)
{
    latex_out_settle(out);
    if (out->recase != CASE_KEPT)
        c = out->recase == CASE_UPPER ? unicode_upper(c) : unicode_lower(c);
    utf8_add(&out->text, c);
}

void latex_out_blank(LatexOut *out)
{
    out->blank = true;
}

void latex_out_line(LatexOut *out)
{
    out->line = true;
}

void latex_out_paragraph(LatexOut *out)
{
    out->paragraph = true;
}

void latex_out_open(LatexOut *out, Mark mark)
{
    if (out->depth == TEXT_DEPTH)
        return;
    if (out->waiting == 0) /* the blank before it is not the run's */
        latex_out_settle(out);
    if (out->run_count == out->run_capacity) {
        out->run_capacity = out->run_capacity > 0 ? out->run_capacity * 2 : 8;
        Run *more = arena_alloc(out->arena, out->run_capacity * sizeof *more);
        if (out->run_count > 0)
            memcpy(more, out->runs, out->run_count * sizeof *more);
        out->runs = more;
    }
    out->runs[out->run_count] = (Run){.mark = mark};
    out->open[out->depth++] = out->run_count++;
    out->waiting++;
}

void latex_out_close(LatexOut *out, size_t depth)
{
    while (out->depth > depth) {
        size_t run = out->open[--out->depth];
        if (out->waiting > 0) {
            out->waiting--;
            out->run_count = run;
        } else {
            out->runs[run].end = out->text.size;
        }
    }
}

bool latex_out_within(const LatexOut *out, Mark mark)
{
    bool within = false;
    for (size_t i = 0; i < out->depth; i++)
        within ^= out->runs[out->open[i]].mark == mark;
    return within;
}

void latex_out_drop(LatexOut *out, size_t run)
{
    out->runs[run].mark = MARK_COUNT;
    out->dropped = true;
}

/* Bytes of the character at the front and the marks on it, read into `cluster`. */
static size_t read_cluster(Str s, uint32_t cluster[UNICODE_CLUSTER], size_t *count)
{
    Str rest = s;
    *count = 0;
    while (rest.size > 0 && *count < UNICODE_CLUSTER) {
        Str before = rest;
        uint32_t c = utf8_next(&rest);
        if (*count > 0 && !unicode_is_mark(c))
            return s.size - before.size;
        /* Accents stand on letters without a dot of their own. */
        cluster[(*count)++] = c == 0x131 ? 'i' : c == 0x237 ? 'j' : c;
    }
    return s.size - rest.size;
}

/* Runs behind `at` move with the text; those there may not start within a cluster. */
static void move_runs(LatexOut *out, size_t at, size_t old_end, size_t new_end)
{
    for (size_t i = out->run_count; i > 0; i--) {
        Run *run = &out->runs[i - 1];
        if (run->start >= old_end)
            run->start = run->start - old_end + new_end;
        if (run->end >= old_end)
            run->end = run->end - old_end + new_end;
        if (run->start < at)
            break;
    }
}

void latex_out_accent(LatexOut *out, size_t start, Str marks, Str alone)
{
    uint32_t cluster[UNICODE_CLUSTER];
    size_t count;
    if (start >= out->text.size) {
        latex_out_add(out, alone);
        return;
    }
    Str tail = str_after(buf_str(&out->text), start);
    size_t size = read_cluster(tail, cluster, &count);
    while (marks.size > 0 && count < UNICODE_CLUSTER)
        cluster[count++] = utf8_next(&marks);
    /* Both i with a dot and dotless i with a dot are plain i. */
    if (count == 2 && cluster[0] == 'i' && cluster[1] == 0x307)
        count = 1;
    count = unicode_compose(cluster, count);
    Str moved = arena_copy(out->arena, str_after(tail, size));
    out->text.size = start;
    for (size_t i = 0; i < count; i++)
        utf8_add(&out->text, cluster[i]);
    if (out->run_count > 0)
        move_runs(out, start, start + size, out->text.size);
    buf_add(&out->text, moved);
}

Text latex_out_text(LatexOut *out)
{
    latex_out_close(out, 0);
    size_t kept = 0;
    for (size_t i = 0; i < out->run_count; i++) {
        if (out->runs[i].mark != MARK_COUNT)
            out->runs[kept++] = out->runs[i];
    }
    Text made = {.text = arena_copy(out->arena, buf_str(&out->text)),
                 .runs = out->runs,
                 .run_count = kept};
    buf_free(&out->text);
    return made;
}
