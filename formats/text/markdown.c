/* SPDX-License-Identifier: MIT
 * Reference lists as Markdown: CommonMark 0.31, escaped so that pandoc and GitHub read
 * the same. */
#include "formats/text/list.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

static const Marks MARKS[STYLE_MARK_COUNT] = {
    [STYLE_ITALIC] = {"*", "*"},
    [STYLE_OBLIQUE] = {"*", "*"},
    [STYLE_NORMAL_STYLE] = {"<span style=\"font-style:normal\">", "</span>"},
    [STYLE_SMALL_CAPS] = {"<span style=\"font-variant:small-caps\">", "</span>"},
    [STYLE_NORMAL_VARIANT] = {"<span style=\"font-variant:normal\">", "</span>"},
    [STYLE_BOLD] = {"**", "**"},
    [STYLE_NORMAL_WEIGHT] = {"<span style=\"font-weight:normal\">", "</span>"},
    [STYLE_UNDERLINE] = {"<u>", "</u>"},
    [STYLE_SUP] = {"<sup>", "</sup>"},
    [STYLE_SUB] = {"<sub>", "</sub>"},
};

/* A line that begins so would be a heading, a list, a quotation or a table. */
static bool begins_block(const Printer *p, uint32_t c)
{
    bool front = p->out->size == p->begin;
    if (front)
        return c == '#' || c == '+' || c == '-' || c == '=' || c == '|' || c == ':';
    if (c != '.' && c != ')')
        return false;
    for (size_t i = p->begin; i < p->out->size; i++) {
        if (!byte_is_digit(p->out->data[i]))
            return false;
    }
    return true;
}

static void escape(Printer *p, Str piece)
{
    while (piece.size > 0) {
        Str rest = piece;
        uint32_t c = utf8_next(&rest);
        Str bytes = str_slice(piece, 0, piece.size - rest.size);
        piece = rest;
        if (c < ' ' || c == 0x7f) {
            buf_add_byte(p->out, ' ');
            continue;
        }
        bool sign = c < 0x80 && strchr("\\`*_[]<>&~^$@!|", (int)c) != NULL;
        if (p->math > 0)
            sign = false;
        if (sign || begins_block(p, c))
            buf_add_byte(p->out, '\\');
        buf_add(p->out, bytes);
    }
}

static bool is_blank(uint32_t c)
{
    return c == 0 || unicode_is_space(c);
}

static bool is_word(uint32_t c)
{
    return unicode_is_letter(c) || unicode_is_digit(c) || unicode_is_mark(c);
}

static bool is_emphasis(StyleMark mark)
{
    return mark == STYLE_ITALIC || mark == STYLE_OBLIQUE || mark == STYLE_BOLD;
}

/* Stars count only where they flank a word from the right side: at both ends, or tags do
 * their work. */
static bool stars_count(const Printer *p, const StyleRun *run)
{
    Printer ends = *p;
    ends.at = run->start;
    uint32_t before = printer_before(&ends), first = printer_behind(&ends);
    ends.at = run->end;
    uint32_t last = printer_before(&ends), behind = printer_behind(&ends);
    bool opens = !is_blank(first) && (is_word(first) || !is_word(before));
    bool closes = !is_blank(last) && (is_word(last) || !is_word(behind));
    bool within = false;
    for (size_t i = 0; i < p->depth; i++) {
        const StyleRun *outer = printer_open(p, i);
        within |= outer != run && is_emphasis(outer->mark);
    }
    return run->end > run->start && opens && closes && !within;
}

static void put_emphasis(Printer *p, const StyleRun *run, bool opens)
{
    bool bold = run->mark == STYLE_BOLD;
    if (stars_count(p, run))
        buf_add(p->out, bold ? STR("**") : STR("*"));
    else if (opens)
        buf_add(p->out, bold ? STR("<strong>") : STR("<em>"));
    else
        buf_add(p->out, bold ? STR("</strong>") : STR("</em>"));
}

static void open_mark(Printer *p, const StyleRun *run)
{
    if (is_emphasis(run->mark))
        put_emphasis(p, run, true);
    else if (run->mark == STYLE_LINK)
        buf_add_byte(p->out, '[');
    else
        buf_add(p->out, str_from(MARKS[run->mark].open));
}

static void close_mark(Printer *p, const StyleRun *run)
{
    if (is_emphasis(run->mark)) {
        put_emphasis(p, run, false);
    } else if (run->mark == STYLE_LINK) {
        buf_add(p->out, STR("]("));
        list_add_url(p->out, run->target, "()<>\\\"");
        buf_add_byte(p->out, ')');
    } else {
        buf_add(p->out, str_from(MARKS[run->mark].close));
    }
    if (run->mark == STYLE_MARGIN && !str_ends(buf_str(p->out), STR(" ")))
        buf_add_byte(p->out, ' ');
}

static void put_paragraph(List *list, const StyleText *text)
{
    if (list->begun)
        sink_byte(list->w->out, '\n');
    buf_clear(&list->text);
    list_print(list, &list->text, text);
    sink_write(list->w->out, str_trim(buf_str(&list->text)));
    sink_byte(list->w->out, '\n');
    list->begun = true;
}

static void citation(List *list, const StyleText *text, size_t index)
{
    (void)index;
    put_paragraph(list, text);
}

static void begin_entries(List *list)
{
    if (list->citations > 0)
        sink_byte(list->w->out, '\n');
}

static void entry(List *list, const StyleText *text, const ListItem *item)
{
    (void)item;
    put_paragraph(list, text);
}

static void nothing(List *list)
{
    (void)list;
}

static const Device DEVICE = {.marks = MARKS,
                              .line = "\\\n",
                              .indent = "&emsp;",
                              .escape = escape,
                              .open = open_mark,
                              .close = close_mark,
                              .begin = nothing,
                              .citation = citation,
                              .begin_entries = begin_entries,
                              .entry = entry,
                              .end = nothing};

static void markdown_put(Write *w, View *v)
{
    list_put(w->state, w, v, &DEVICE);
}

static void markdown_end(Write *w)
{
    list_end(w->state, w, &DEVICE);
}

static const Writer WRITER = {
    .state_size = sizeof(List), .put = markdown_put, .end = markdown_end};

const Format format_markdown = {
    .name = "markdown",
    .title = "reference list, Markdown",
    .extensions = "md",
    .style = "author-date",
    .writer = &WRITER,
};
