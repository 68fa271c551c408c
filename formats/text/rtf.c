/* SPDX-License-Identifier: MIT
 * Reference lists as Rich Text Format 1.9.1: ASCII, all else as \uN. */
#include "formats/text/list.h"
#include "convert/text/utf8.h"

static const Marks MARKS[STYLE_MARK_COUNT] = {
    [STYLE_ITALIC] = {"{\\i ", "}"},
    [STYLE_OBLIQUE] = {"{\\i ", "}"},
    [STYLE_NORMAL_STYLE] = {"{\\i0 ", "}"},
    [STYLE_SMALL_CAPS] = {"{\\scaps ", "}"},
    [STYLE_NORMAL_VARIANT] = {"{\\scaps0 ", "}"},
    [STYLE_BOLD] = {"{\\b ", "}"},
    [STYLE_LIGHT] = {"{\\b0 ", "}"},
    [STYLE_NORMAL_WEIGHT] = {"{\\b0 ", "}"},
    [STYLE_UNDERLINE] = {"{\\ul ", "}"},
    [STYLE_NO_DECORATION] = {"{\\ulnone ", "}"},
    [STYLE_SUP] = {"{\\super ", "}"},
    [STYLE_SUB] = {"{\\sub ", "}"},
    [STYLE_BASELINE] = {"{\\nosupersub ", "}"},
};

/* UTF-16, each unit as a signed number with "?" for readers that know none. */
static void add_unit(Buf *out, uint32_t unit)
{
    int number = unit < 0x8000 ? (int)unit : (int)unit - 0x10000;
    buf_format(out, "\\u%d?", number);
}

static void escape(Printer *p, Str piece)
{
    while (piece.size > 0) {
        uint32_t c = utf8_next(&piece);
        if (c == '\\' || c == '{' || c == '}')
            buf_format(p->out, "\\%c", (char)c);
        else if (c == 0xa0)
            buf_add(p->out, STR("\\~"));
        else if (c < ' ' || c == 0x7f)
            buf_add_byte(p->out, ' ');
        else if (c < 0x80)
            buf_add_byte(p->out, (char)c);
        else if (c < 0x10000)
            add_unit(p->out, c);
        else {
            add_unit(p->out, 0xd800 + ((c - 0x10000) >> 10));
            add_unit(p->out, 0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
}

static void open_mark(Printer *p, const StyleRun *run)
{
    buf_add(p->out, str_from(MARKS[run->mark].open));
    if (run->mark != STYLE_LINK)
        return;
    buf_add(p->out, STR("{\\field{\\*\\fldinst{HYPERLINK \""));
    list_add_url(p->out, run->target, "\"\\{}");
    buf_add(p->out, STR("\"}}{\\fldrslt{\\ul "));
}

static void close_mark(Printer *p, const StyleRun *run)
{
    if (run->mark == STYLE_MARGIN) {
        while (str_ends(buf_str(p->out), STR(" ")))
            p->out->size--;
        buf_add(p->out, STR("\\tab "));
    }
    buf_add(p->out,
            run->mark == STYLE_LINK ? STR("}}}") : str_from(MARKS[run->mark].close));
}

static void begin(List *list)
{
    sink_write(list->w->out, STR("{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0"
                                 "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}\n"
                                 "\\f0\\fs24\n"));
}

static void put_paragraph(List *list, const StyleText *text, const char *layout)
{
    buf_clear(&list->text);
    list_print(list, &list->text, text);
    sink_format(list->w->out, "{\\pard%s ", layout);
    sink_write(list->w->out, buf_str(&list->text));
    sink_write(list->w->out, STR("\\par}\n"));
}

static void citation(List *list, const StyleText *text, size_t index)
{
    (void)index;
    put_paragraph(list, text, "\\sa120");
}

static void begin_entries(List *list)
{
    (void)list;
}

/* Twips: 720 are half an inch. */
static void entry(List *list, const StyleText *text, const ListItem *item)
{
    (void)item;
    bool aligned = list->layout->second_field_align;
    put_paragraph(list, text,
                  aligned                        ? "\\tx720\\fi-720\\li720\\sa120"
                  : list->layout->hanging_indent ? "\\fi-720\\li720\\sa120"
                                                 : "\\sa120");
}

static void end(List *list)
{
    sink_write(list->w->out, STR("}\n"));
}

static const Device DEVICE = {.marks = MARKS,
                              .line = "\\line ",
                              .indent = "\\tab ",
                              .escape = escape,
                              .open = open_mark,
                              .close = close_mark,
                              .begin = begin,
                              .citation = citation,
                              .begin_entries = begin_entries,
                              .entry = entry,
                              .end = end};

static void rtf_put(Write *w, View *v)
{
    list_put(w->state, w, v, &DEVICE);
}

static void rtf_end(Write *w)
{
    list_end(w->state, w, &DEVICE);
}

static const Writer WRITER = {.state_size = sizeof(List), .put = rtf_put, .end = rtf_end};

const Format format_rtf = {
    .name = "rtf",
    .title = "reference list, RTF",
    .extensions = "rtf",
    .style = "author-date",
    .writer = &WRITER,
};
