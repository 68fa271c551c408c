/* SPDX-License-Identifier: MIT
 * Reference lists in a style as lines: plain text, and for terminals with italics, bold
 * and links (ECMA-48 SGR, and OSC 8 as terminals have agreed on it). */
#include "formats/text/lines.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

enum { HANGING = 4 };

/* Characters. */

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* Bytes at the front that go out as they are, in any charset. */
static size_t plain_front(Str s)
{
    size_t size = 0;
    while (size < s.size && s.data[size] >= ' ' && s.data[size] < 0x7f)
        size++;
    return size;
}

static void escape(Printer *p, Str piece)
{
    while (piece.size > 0) {
        size_t plain = plain_front(piece);
        buf_add(p->out, str_slice(piece, 0, plain));
        piece = str_after(piece, plain);
        if (piece.size == 0)
            break;
        Str rest = piece;
        uint32_t c = utf8_next(&rest);
        Str bytes = str_slice(piece, 0, piece.size - rest.size);
        piece = rest;
        if (!sink_has(p->w->out, c) && text_plain_shape(c).size > 0)
            bytes = text_plain_shape(c);
        /* Nothing that was read may drive the terminal. */
        if (is_control(c))
            bytes = c == '\n' || c == '\t' ? STR(" ") : STR_EMPTY;
        buf_add(p->out, bytes);
    }
}

/* Terminals. */

static const char *sgr_of(StyleMark mark)
{
    static const char *const CODES[STYLE_MARK_COUNT] = {
        [STYLE_ITALIC] = "3",        [STYLE_OBLIQUE] = "3",
        [STYLE_NORMAL_STYLE] = "23", [STYLE_BOLD] = "1",
        [STYLE_LIGHT] = "2",         [STYLE_NORMAL_WEIGHT] = "22",
        [STYLE_UNDERLINE] = "4",     [STYLE_NO_DECORATION] = "24"};
    return CODES[mark];
}

static void open_ansi(Printer *p, const StyleRun *run)
{
    const char *code = sgr_of(run->mark);
    if (run->mark == STYLE_LINK) {
        buf_add(p->out, STR("\033]8;;"));
        list_add_url(p->out, run->target, "");
        buf_add(p->out, STR("\033\\"));
    } else if (code != NULL) {
        buf_format(p->out, "\033[%sm", code);
    }
}

/* There is no "as before": all is taken back, and what still holds said anew. */
static void close_ansi(Printer *p, const StyleRun *run)
{
    if (run->mark == STYLE_LINK)
        buf_add(p->out, STR("\033]8;;\033\\"));
    if (sgr_of(run->mark) == NULL)
        return;
    buf_add(p->out, STR("\033[0m"));
    for (size_t i = 0; i < p->depth; i++) {
        const char *code = sgr_of(printer_open(p, i)->mark);
        if (code != NULL)
            buf_format(p->out, "\033[%sm", code);
    }
}

/* Cuts an escape sequence off the front: ESC [ ... m, or ESC ] ... ESC \. */
static bool cut_sequence(Str *s)
{
    if (s->data[0] != '\033')
        return false;
    bool command = s->size > 1 && s->data[1] == ']';
    size_t end = command ? str_find(*s, STR("\033\\")) + 2 : str_find_byte(*s, 'm') + 1;
    *s = str_after(*s, end);
    return true;
}

/* Lines. */

static size_t columns(Str s)
{
    size_t width = 0;
    while (s.size > 0) {
        if (!cut_sequence(&s))
            width += unicode_width(utf8_next(&s));
    }
    return width;
}

typedef struct Lines {
    Sink *out;
    size_t width, indent, column;
} Lines;

static void put_blanks(Sink *out, size_t count)
{
    while (count-- > 0)
        sink_byte(out, ' ');
}

/* One line of the text, wrapped at blanks. */
static void put_line(Lines *l, Str line)
{
    Str word;
    bool first = true;
    if (l->width == 0) {
        sink_write(l->out, line);
        return;
    }
    while (str_split(&line, ' ', &word)) {
        size_t size = columns(word);
        if (!first && l->column + 1 + size > l->width) {
            sink_byte(l->out, '\n');
            put_blanks(l->out, l->indent);
            l->column = l->indent;
        } else if (!first) {
            sink_byte(l->out, ' ');
            l->column++;
        }
        first = false;
        sink_write(l->out, word);
        l->column += size;
    }
}

static void put_text(Lines *l, Str text)
{
    Str line;
    bool first = true;
    while (str_split(&text, '\n', &line)) {
        if (!first) {
            sink_byte(l->out, '\n');
            put_blanks(l->out, l->width > 0 ? l->indent : 0);
            l->column = l->indent;
        }
        first = false;
        put_line(l, line);
    }
    sink_byte(l->out, '\n');
}

static void citation(List *list, const StyleText *text, size_t index)
{
    (void)index;
    buf_clear(&list->text);
    list_print(list, &list->text, text);
    Lines l = {.out = list->w->out, .width = list->w->opt->width, .indent = HANGING};
    put_text(&l, buf_str(&list->text));
}

static void begin_entries(List *list)
{
    if (list->citations > 0 && list->count > 0)
        sink_byte(list->w->out, '\n');
}

/* All numbers get the room of the last one, whose signs around it are alike. */
static size_t margin_width(const List *list, Str margin)
{
    size_t size = columns(margin), digits = 0, most = 1;
    for (size_t i = 0; i < margin.size; i++)
        digits += byte_is_digit(margin.data[i]);
    for (size_t count = list->count; count >= 10; count /= 10)
        most++;
    return digits > 0 && digits < most ? size + most - digits : size;
}

static void entry(List *list, const StyleText *text, const ListItem *item)
{
    (void)item;
    Sink *out = list->w->out;
    Lines l = {.out = out,
               .width = list->w->opt->width,
               .indent = list->layout->hanging_indent ? HANGING : 0};
    buf_clear(&list->text);
    Printer p = list_print(list, &list->text, text);
    if (list->begun && list->layout->entry_spacing > 0)
        sink_byte(out, '\n');
    Str all = buf_str(&list->text);
    if (p.margin > 0) {
        Str margin = str_trim(str_slice(all, 0, p.margin));
        size_t size = columns(margin), room = margin_width(list, margin);
        all = str_trim(str_after(all, p.margin));
        sink_write(out, margin);
        put_blanks(out, room - size + 1);
        l.indent = l.column = room + 1;
    }
    put_text(&l, all);
}

static void nothing(List *list)
{
    (void)list;
}

static const Marks NO_MARKS[STYLE_MARK_COUNT] = {{NULL, NULL}};

const Device LINES_PLAIN = {.marks = NO_MARKS,
                            .line = "\n",
                            .indent = "    ",
                            .escape = escape,
                            .begin = nothing,
                            .citation = citation,
                            .begin_entries = begin_entries,
                            .entry = entry,
                            .end = nothing};

const Device LINES_ANSI = {.marks = NO_MARKS,
                           .line = "\n",
                           .indent = "    ",
                           .escape = escape,
                           .open = open_ansi,
                           .close = close_ansi,
                           .begin = nothing,
                           .citation = citation,
                           .begin_entries = begin_entries,
                           .entry = entry,
                           .end = nothing};

static void ansi_put(Write *w, View *v)
{
    list_put(w->state, w, v, &LINES_ANSI);
}

static void ansi_end(Write *w)
{
    list_end(w->state, w, &LINES_ANSI);
}

static const Writer WRITER = {
    .state_size = sizeof(List), .put = ansi_put, .end = ansi_end};

const Format format_ansi = {
    .name = "ansi",
    .title = "reference list for terminals",
    .extensions = "ansi",
    .style = "author-date",
    .writer = &WRITER,
};
