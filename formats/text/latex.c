/* SPDX-License-Identifier: MIT
 * Reference lists as LaTeX's thebibliography, to be \input: \cite finds the keys. */
#include "formats/text/list.h"
#include "convert/text/latex.h"
#include "convert/text/utf8.h"

#include <string.h>

static const Marks MARKS[STYLE_MARK_COUNT] = {
    [STYLE_ITALIC] = {"\\textit{", "}"},
    [STYLE_OBLIQUE] = {"\\textsl{", "}"},
    [STYLE_NORMAL_STYLE] = {"\\textup{", "}"},
    [STYLE_SMALL_CAPS] = {"\\textsc{", "}"},
    [STYLE_NORMAL_VARIANT] = {"\\textup{", "}"},
    [STYLE_BOLD] = {"\\textbf{", "}"},
    [STYLE_LIGHT] = {"\\textmd{", "}"},
    [STYLE_NORMAL_WEIGHT] = {"\\textmd{", "}"},
    [STYLE_UNDERLINE] = {"\\underline{", "}"},
    [STYLE_SUP] = {"\\textsuperscript{", "}"},
    [STYLE_SUB] = {"\\textsubscript{", "}"},
};

static const char *ascii_command(uint32_t c)
{
    switch (c) {
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '"':
        return "\\textquotedbl{}";
    case '`':
        return "\\textasciigrave{}";
    default:
        return NULL;
    }
}

static void add_character(Printer *p, uint32_t c, Str bytes)
{
    Str command = STR_EMPTY;
    if (c < 0x80) {
        const char *named = ascii_command(c);
        if (named != NULL)
            buf_add(p->out, str_from(named));
        else if (strchr("{}$&#%_", (int)c) != NULL)
            buf_format(p->out, "\\%c", (char)c);
        else
            buf_add_byte(p->out, (char)c);
        return;
    }
    bool itself = sink_has(p->w->out, c) && latex_typesets(c);
    LatexMode mode = itself ? LATEX_NONE : latex_command(c, &command);
    if (mode == LATEX_MATH)
        buf_format(p->out, "\\ensuremath{%.*s}", STR_ARG(command));
    else
        buf_add(p->out, mode == LATEX_TEXT ? command : bytes);
}

static void escape(Printer *p, Str piece)
{
    bool dash = false;
    if (p->math > 0) {
        buf_add(p->out, piece);
        return;
    }
    while (piece.size > 0) {
        Str rest = piece;
        uint32_t c = utf8_next(&rest);
        /* Two hyphens are no dash. */
        if (c == '-' && dash)
            buf_add(p->out, STR("{}"));
        dash = c == '-';
        if (c < ' ' || c == 0x7f)
            buf_add_byte(p->out, ' ');
        else if (c == 0xa0)
            buf_add_byte(p->out, '~');
        else
            add_character(p, c, str_slice(piece, 0, piece.size - rest.size));
        piece = rest;
    }
}

static void open_mark(Printer *p, const StyleRun *run)
{
    if (run->mark != STYLE_LINK) {
        buf_add(p->out, str_from(MARKS[run->mark].open));
        return;
    }
    Buf url = {0};
    list_add_url(&url, run->target, "\\{}^\"<>|`");
    buf_add(p->out, STR("\\href{"));
    for (size_t i = 0; i < url.size; i++) {
        if (strchr("%#&", url.data[i]) != NULL)
            buf_add_byte(p->out, '\\');
        buf_add_byte(p->out, url.data[i]);
    }
    buf_add(p->out, STR("}{"));
    buf_free(&url);
}

static void close_mark(Printer *p, const StyleRun *run)
{
    buf_add(p->out,
            run->mark == STYLE_LINK ? STR("}") : str_from(MARKS[run->mark].close));
}

/* Lives in list->text. */
static Str print(List *list, const StyleText *text)
{
    buf_clear(&list->text);
    Printer p = list_print(list, &list->text, text);
    /* LaTeX numbers a list itself, and \cite by it. */
    return str_trim(str_after(buf_str(&list->text), p.margin));
}

static void begin(List *list)
{
    sink_write(list->w->out, STR("\\providecommand{\\href}[2]{#2}\n"));
}

static void citation(List *list, const StyleText *text, size_t index)
{
    (void)index;
    sink_write(list->w->out, print(list, text));
    sink_write(list->w->out, STR("\n\n"));
}

/* Without numbers no labels stand before the entries: they would be those of \cite. */
static void begin_entries(List *list)
{
    Sink *out = list->w->out;
    if (list->layout->numeric) {
        sink_format(out, "\\begin{thebibliography}{%zu}\n", list->count);
        return;
    }
    sink_write(out, STR("\\begin{thebibliography}{\\hspace{1em}}\n"
                        "\\makeatletter\\renewcommand{\\@biblabel}[1]{}\\makeatother\n"));
    if (list->layout->hanging_indent)
        sink_write(out, STR("\\setlength{\\itemindent}{-\\leftmargin}\n"));
}

/* What \cite prints, in its own brackets: "Doe, 2020". */
static void put_label(List *list, const ListItem *item)
{
    Buf label = {0};
    StyleText text =
        document_citation(list->doc, list->citations + (size_t)(item - list->items));
    list_print(list, &label, &text);
    Str s = buf_str(&label);
    bool round = str_starts(s, STR("(")) && str_ends(s, STR(")"));
    bool square = str_starts(s, STR("[")) && str_ends(s, STR("]"));
    if (s.size > 1 && (round || square))
        s = str_slice(s, 1, s.size - 1);
    /* The braces hide brackets within. */
    sink_format(list->w->out, "[{%.*s}]", STR_ARG(s));
    buf_free(&label);
}

/* What \bibitem and \cite cannot bear in a key. */
static void put_key(List *list, const ListItem *item)
{
    Sink *out = list->w->out;
    sink_byte(out, '{');
    for (size_t i = 0; i < item->key.size; i++) {
        char c = item->key.data[i];
        bool ascii = (c & 0x80) == 0;
        bool bad =
            ascii && (c <= ' ' || c == 0x7f || strchr("\\{}%#,~$^&\"[]", c) != NULL);
        sink_byte(out, bad ? '-' : c);
    }
    if (item->key.size == 0)
        sink_format(out, "ref%zu", (size_t)(item - list->items) + 1);
    sink_write(out, STR("}\n"));
}

static void entry(List *list, const StyleText *text, const ListItem *item)
{
    /* Before the label is asked for, which takes the text's place. */
    Str all = print(list, text);
    sink_write(list->w->out, STR("\n\\bibitem"));
    if (list->labelled)
        put_label(list, item);
    put_key(list, item);
    sink_write(list->w->out, all);
    sink_byte(list->w->out, '\n');
}

static void end(List *list)
{
    /* LaTeX takes an empty one for an error. */
    if (!list->begun)
        sink_write(list->w->out, STR("\\item[]\n"));
    sink_write(list->w->out, STR("\n\\end{thebibliography}\n"));
}

static const Device DEVICE = {.marks = MARKS,
                              .labels = true,
                              .line = "\\newline ",
                              .indent = "\\hspace*{2em}",
                              .escape = escape,
                              .open = open_mark,
                              .close = close_mark,
                              .begin = begin,
                              .citation = citation,
                              .begin_entries = begin_entries,
                              .entry = entry,
                              .end = end};

static void latex_put(Write *w, View *v)
{
    list_put(w->state, w, v, &DEVICE);
}

static void latex_end(Write *w)
{
    list_end(w->state, w, &DEVICE);
}

static const Writer WRITER = {
    .state_size = sizeof(List), .put = latex_put, .end = latex_end};

const Format format_latex = {
    .name = "latex",
    .title = "reference list, LaTeX's thebibliography",
    .extensions = "tex bbl",
    .style = "author-date",
    .writer = &WRITER,
};
