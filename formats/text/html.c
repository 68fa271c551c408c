/* SPDX-License-Identifier: MIT
 * Reference lists as a page of HTML, or as its part: each work with its ContextObject in
 * a span (COinS), so that browsers' citation managers find it. */
#include "formats/text/list.h"
#include "convert/text/utf8.h"

#include <string.h>

static const Option OPTIONS[] = {
    {"fragment", "yes|no", "the list alone, for a page of your own (no)"},
    {"title", NULL, "title and heading of the page (References)"},
    {NULL, NULL, NULL},
};

static const Marks MARKS[STYLE_MARK_COUNT] = {
    [STYLE_ITALIC] = {"<i>", "</i>"},
    [STYLE_OBLIQUE] = {"<i>", "</i>"},
    [STYLE_NORMAL_STYLE] = {"<span style=\"font-style:normal\">", "</span>"},
    [STYLE_SMALL_CAPS] = {"<span style=\"font-variant:small-caps\">", "</span>"},
    [STYLE_NORMAL_VARIANT] = {"<span style=\"font-variant:normal\">", "</span>"},
    [STYLE_BOLD] = {"<b>", "</b>"},
    [STYLE_LIGHT] = {"<span style=\"font-weight:lighter\">", "</span>"},
    [STYLE_NORMAL_WEIGHT] = {"<span style=\"font-weight:normal\">", "</span>"},
    [STYLE_UNDERLINE] = {"<u>", "</u>"},
    [STYLE_NO_DECORATION] = {"<span style=\"text-decoration:none\">", "</span>"},
    [STYLE_SUP] = {"<sup>", "</sup>"},
    [STYLE_SUB] = {"<sub>", "</sub>"},
    [STYLE_BASELINE] = {"<span style=\"vertical-align:baseline\">", "</span>"},
    [STYLE_MATH] = {"<span class=\"math\">", "</span>"},
    [STYLE_BLOCK] = {"<div class=\"csl-block\">", "</div>"},
    [STYLE_MARGIN] = {"<div class=\"csl-left-margin\">", "</div>"},
    [STYLE_INLINE] = {"<div class=\"csl-right-inline\">", "</div>"},
    [STYLE_INDENT] = {"<div class=\"csl-indent\">", "</div>"},
};

/* Also for attributes in double quotes.  XML has no control characters, and neither has
 * HTML a use for them. */
static void add_escaped(Buf *out, Sink *sink, Str s)
{
    while (s.size > 0) {
        Str rest = s;
        uint32_t c = utf8_next(&rest);
        if (c == '&')
            buf_add(out, STR("&amp;"));
        else if (c == '<')
            buf_add(out, STR("&lt;"));
        else if (c == '>')
            buf_add(out, STR("&gt;"));
        else if (c == '"')
            buf_add(out, STR("&quot;"));
        else if (c < ' ' || c == 0x7f)
            buf_add_byte(out, ' ');
        else if (c >= 0x80 && (!sink_is_unicode(sink) || c < 0xa0))
            buf_format(out, "&#x%x;", (unsigned)c);
        else
            buf_add(out, str_slice(s, 0, s.size - rest.size));
        s = rest;
    }
}

static void escape(Printer *p, Str piece)
{
    add_escaped(p->out, p->w->out, piece);
}

/* Languages of CSL's locales, and their neighbours, that are written so. */
static bool is_right_to_left(const List *list)
{
    static const char *const LANGS[] = {"ar", "fa", "he", "ur", "yi", "ps", "ckb", "dv"};
    Str lang = style_lang(list->style);
    lang = str_slice(lang, 0, str_find_byte(lang, '-'));
    for (size_t i = 0; i < sizeof LANGS / sizeof LANGS[0]; i++) {
        if (str_equal_nocase(lang, str_from(LANGS[i])))
            return true;
    }
    return false;
}

/* Hebrew, Arabic and their neighbours. */
static bool holds_right_to_left(Str s)
{
    while (s.size > 0) {
        uint32_t c = utf8_next(&s);
        if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
            (c >= 0xfe70 && c <= 0xfeff))
            return true;
    }
    return false;
}

/* A text may run the other way than its page. */
static Str direction_of(const List *list, Str text)
{
    return is_right_to_left(list) || holds_right_to_left(text) ? STR(" dir=\"auto\"")
                                                               : STR_EMPTY;
}

/* Other addresses than these may be programs. */
static bool may_link(Str url)
{
    static const char *const SCHEMES[] = {"https://", "http://", "ftp://", "mailto:"};
    for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
        if (str_starts_nocase(url, str_from(SCHEMES[i])))
            return true;
    }
    return false;
}

static void open_mark(Printer *p, const StyleRun *run)
{
    Str inside = str_slice(p->text->text, run->start, run->end);
    if (run->mark == STYLE_INLINE && holds_right_to_left(inside)) {
        buf_add(p->out, STR("<div class=\"csl-right-inline\" dir=\"auto\">"));
        return;
    }
    if (run->mark != STYLE_LINK) {
        buf_add(p->out, str_from(MARKS[run->mark].open));
        return;
    }
    if (!may_link(run->target))
        return;
    Buf url = {0};
    list_add_url(&url, run->target, "\"<>\\^`{|}");
    buf_add(p->out, STR("<a href=\""));
    add_escaped(p->out, p->w->out, buf_str(&url));
    buf_add(p->out, STR("\">"));
    buf_free(&url);
}

static void close_mark(Printer *p, const StyleRun *run)
{
    if (run->mark != STYLE_LINK)
        buf_add(p->out, str_from(MARKS[run->mark].close));
    else if (may_link(run->target))
        buf_add(p->out, STR("</a>"));
}

/* The page. */

static const char STYLE_SHEET[] =
    ":root{color-scheme:light dark}"
    "\nbody{margin:0 auto;padding:1.5rem 1.25rem;max-width:42rem;"
    "font:1rem/1.5 Georgia,\"Times New Roman\",serif;overflow-wrap:anywhere}"
    "\nsub,sup{line-height:0}"
    "\nh1{font-size:1.5rem;line-height:1.2}"
    "\n.csl-entry{margin:0 0 .75rem;break-inside:avoid}"
    "\n.hanging .csl-entry{padding-inline-start:2em;text-indent:-2em}"
    "\n.csl-entry div{text-indent:0}"
    /* One column for all labels, where the browser has subgrids. */
    "\n.aligned{display:grid;grid-template-columns:minmax(2em,auto) minmax(0,1fr)}"
    "\n.aligned .csl-entry{grid-column:1/-1;display:grid;"
    "grid-template-columns:minmax(2em,auto) minmax(0,1fr);"
    "grid-template-columns:subgrid;column-gap:.5em}"
    "\n.aligned .csl-block,.aligned .csl-indent{grid-column:1/-1}"
    "\n.csl-left-margin{text-align:end}"
    "\n.csl-right-inline{min-width:0}"
    "\n.csl-indent{padding-inline-start:2em}"
    "\n.csl-citation{margin:0 0 .75rem}"
    "\n@media print{body{max-width:none;padding:0;font-size:11pt}"
    "a{color:inherit;text-decoration:none}}\n";

static bool is_fragment(const Write *w)
{
    const char *value = option_value(w->opt, "html", "fragment");
    return value != NULL && strcmp(value, "yes") == 0;
}

static void put_escaped(List *list, Str s)
{
    buf_clear(&list->text);
    add_escaped(&list->text, list->w->out, s);
    sink_write(list->w->out, buf_str(&list->text));
}

static void begin(List *list)
{
    Sink *out = list->w->out;
    const char *title = option_value(list->w->opt, "html", "title");
    if (!is_fragment(list->w)) {
        sink_write(out, STR("<!DOCTYPE html>\n<html lang=\""));
        put_escaped(list, style_lang(list->style));
        if (is_right_to_left(list))
            sink_write(out, STR("\" dir=\"rtl"));
        sink_write(out, STR("\">\n<head>\n"));
        /* In another charset all above ASCII is references, so none need be named. */
        sink_write(out, STR("<meta charset=\"utf-8\">\n"
                            "<meta name=\"viewport\" content=\"width=device-width, "
                            "initial-scale=1\">\n<title>"));
        put_escaped(list, title != NULL ? str_from(title) : STR("References"));
        sink_write(out, STR("</title>\n<style>\n"));
        sink_write(out, str_from(STYLE_SHEET));
        sink_write(out, STR("</style>\n</head>\n<body>\n<h1>"));
        put_escaped(list, title != NULL ? str_from(title) : STR("References"));
        sink_write(out, STR("</h1>\n"));
    }
    if (list->citations > 0)
        sink_write(out, STR("<div class=\"csl-citations\">\n"));
}

static void put_text(List *list, const StyleText *text)
{
    buf_clear(&list->text);
    list_print(list, &list->text, text);
    sink_write(list->w->out, buf_str(&list->text));
}

static void citation(List *list, const StyleText *text, size_t index)
{
    (void)index;
    sink_write(list->w->out, STR("<p class=\"csl-citation\""));
    sink_write(list->w->out, direction_of(list, text->text));
    sink_byte(list->w->out, '>');
    put_text(list, text);
    sink_write(list->w->out, STR("</p>\n"));
}

static void begin_entries(List *list)
{
    Sink *out = list->w->out;
    if (list->citations > 0)
        sink_write(out, STR("</div>\n"));
    sink_write(out, STR("<div class=\"csl-bib-body"));
    if (list->layout->second_field_align)
        sink_write(out, STR(" aligned"));
    else if (list->layout->hanging_indent)
        sink_write(out, STR(" hanging"));
    sink_write(out, STR("\" role=\"list\">\n"));
}

/* An id holds no blanks. */
static void put_id(List *list, Str key)
{
    Buf id = {0};
    for (size_t i = 0; i < key.size; i++)
        buf_add_byte(&id, byte_is_space(key.data[i]) ? '-' : key.data[i]);
    sink_write(list->w->out, STR(" id=\"ref-"));
    put_escaped(list, buf_str(&id));
    sink_write(list->w->out, STR("\""));
    buf_free(&id);
}

static void entry(List *list, const StyleText *text, const ListItem *item)
{
    Sink *out = list->w->out;
    sink_write(out, STR("<div class=\"csl-entry\" role=\"listitem\""));
    if (item->key.size > 0)
        put_id(list, item->key);
    if (!list->layout->second_field_align) /* labels stay in their column */
        sink_write(out, direction_of(list, text->text));
    sink_byte(out, '>');
    put_text(list, text);
    /* Empty, so that it is seen by programs only. */
    sink_write(out, STR("<span class=\"Z3988\" title=\""));
    put_escaped(list, item->coins);
    sink_write(out, STR("\"></span></div>\n"));
}

static void end(List *list)
{
    sink_write(list->w->out, STR("</div>\n"));
    if (!is_fragment(list->w))
        sink_write(list->w->out, STR("</body>\n</html>\n"));
}

const Device HTML_DEVICE = {.marks = MARKS,
                            .coins = true,
                            .escape = escape,
                            .open = open_mark,
                            .close = close_mark,
                            .begin = begin,
                            .citation = citation,
                            .begin_entries = begin_entries,
                            .entry = entry,
                            .end = end};

static void html_put(Write *w, View *v)
{
    list_put(w->state, w, v, &HTML_DEVICE);
}

static void html_end(Write *w)
{
    list_end(w->state, w, &HTML_DEVICE);
}

static const Writer WRITER = {
    .state_size = sizeof(List), .put = html_put, .end = html_end};

const Format format_html = {
    .name = "html",
    .title = "reference list, HTML",
    .extensions = "html htm",
    .options = OPTIONS,
    .style = "author-date",
    .writer = &WRITER,
};
