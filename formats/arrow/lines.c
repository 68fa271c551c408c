/* SPDX-License-Identifier: MIT
 * Lines of text and of HTML; see lines.h.
 *
 * The parser is fed a line of the source at a time and calls back; what it has shown by
 * then waits in `items`.  It is told to take the text for UTF-8, which Source has made of
 * whatever charset the page declares. */
#include "formats/arrow/lines.h"
#include "convert/base/memory.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

bool lines_are_html(Str head)
{
    static const char *const FRONTS[] = {
        "<!doctype html", "<html",           "<head", "<body",
        "<meta",          "<main",           "<div",  "<section",
        "<article",       "<!-- saved from", "<h1",   "<h2",
        "<?xml version",  "<title",          "<p>",   "<ul"};
    head = str_trim(head);
    for (size_t i = 0; i < sizeof FRONTS / sizeof FRONTS[0]; i++) {
        if (str_starts_nocase(head, str_from(FRONTS[i])))
            return true;
    }
    return false;
}

/* Elements. */

static bool is_one_of(const xmlChar *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp((const char *)name, *list) == 0)
            return true;
    }
    return false;
}

static const char *const BLOCKS[] = {
    "address", "article", "aside",  "blockquote", "body",       "center", "details",
    "dialog",  "div",     "dl",     "fieldset",   "figcaption", "figure", "footer",
    "form",    "h1",      "h2",     "h3",         "h4",         "h5",     "h6",
    "header",  "hgroup",  "hr",     "main",       "menu",       "nav",    "ol",
    "p",       "pre",     "search", "section",    "table",      "ul",     NULL};
static const char *const ROWS[] = {"br", "caption", "dd",      "dt", "legend",
                                   "li", "option",  "summary", "tr", NULL};
static const char *const UNSEEN[] = {"head", "noscript", "script",   "style",
                                     "svg",  "template", "textarea", NULL};
static const char *const CELLS[] = {"button", "td", "th", NULL};
static const char *const KEPT[] = {"em", "i", "sub", "sup", NULL};
/* Elements that hold a text of their own within a line. */
static const char *const INLINE[] = {"a",    "b",      "label", "small",
                                     "span", "strong", "time",  NULL};

static const Str BULLET = {"\xe2\x80\xa2 ", 4};

/* A list item that holds blocks is a card, and no name behind a bullet, once it has a
 * second line: "<li><h3>Title</h3><p>...", but "<li><p>Leo Gao</p></li>". */
static void drop_bullet(Lines *l)
{
    if (l->unsure == 0)
        return;
    l->items[l->unsure - 1].at += BULLET.size;
    l->items[l->unsure - 1].size -= BULLET.size;
    l->unsure = 0;
}

/* Before the first character of a line. */
static void begin_line(Lines *l, Place place)
{
    drop_bullet(l);
    l->start_place = place;
    if (l->bullet != BULLET_NONE)
        buf_add(&l->text, BULLET);
    if (l->bullet == BULLET_BLOCK)
        l->unsure = l->count + 1;
    l->bullet = BULLET_NONE;
    l->blank = false;
}

static void end_line(Lines *l)
{
    Str made = str_after(buf_str(&l->text), l->start);
    l->blank = l->inline_ended = false;
    if (made.size == 0)
        return;
    /* All of it in italics is how the page sets it, not what it says. */
    bool wrapped = str_starts(made, STR("<i>")) && str_ends(made, STR("</i>")) &&
                   str_find(str_after(made, 3), STR("<")) == made.size - 3 - 4;
    if (l->count == l->capacity) {
        l->capacity = memory_grown(l->capacity, l->count + 1);
        l->items = memory_resize(l->items, l->capacity * sizeof *l->items);
    }
    l->items[l->count++] = (PageLine){.at = l->start + (wrapped ? 3 : 0),
                                      .size = made.size - (wrapped ? 7 : 0),
                                      .place = l->start_place};
    l->start = l->text.size;
}

/* An empty line: what is apart on the screen is apart here. */
static void end_block(Lines *l)
{
    end_line(l);
    if (l->count == 0 || l->items[l->count - 1].size == 0)
        return;
    l->start_place = l->items[l->count - 1].place;
    buf_add_byte(&l->text, ' ');
    end_line(l);
    l->items[l->count - 1].size = 0;
}

static Place place_here(const Lines *l, const xmlChar *text, size_t size)
{
    const htmlParserCtxt *parser = l->parser;
    Place place = l->pushed;
    size_t back = 0;
    for (size_t i = 0; i < size; i++)
        back += text[i] == '\n';
    if (parser->input != NULL && parser->input->line > 0) {
        size_t line = l->first_line + (size_t)parser->input->line - 1;
        place.line = line > back + l->first_line ? line - back : l->first_line;
    }
    return place;
}

static void add_markup(Lines *l, Str markup)
{
    if (l->text.size > l->start)
        buf_add(&l->text, markup);
}

/* Whether what follows makes this sign the beginning of markup. */
static bool is_markup(const xmlChar *text, size_t rest)
{
    char next = rest > 1 ? (char)text[1] : ' ';
    return byte_is_alpha(next) || next == '#' || next == '/' || next == '!';
}

static void add_text(Lines *l, const xmlChar *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = (char)text[i];
        if (byte_is_space(c)) {
            l->blank = true;
            continue;
        }
        if (l->text.size == l->start)
            begin_line(l, place_here(l, text + i, size - i));
        else if (l->blank)
            buf_add_byte(&l->text, ' ');
        l->blank = false;
        if ((c == '&' || c == '<') && is_markup(text + i, size - i))
            buf_add(&l->text, c == '&' ? STR("&amp;") : STR("&lt;"));
        else
            buf_add_byte(&l->text, c);
    }
}

/* What the parser calls. */

static bool is_hidden(const xmlChar **attributes)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
        const char *name = (const char *)attributes[0];
        const char *value = attributes[1] != NULL ? (const char *)attributes[1] : "";
        if (strcmp(name, "hidden") == 0 ||
            (strcmp(name, "style") == 0 && (strstr(value, "display:none") != NULL ||
                                            strstr(value, "display: none") != NULL)))
            return true;
    }
    return false;
}

static Str kept_tag(const xmlChar *name, bool open)
{
    if (strcmp((const char *)name, "sub") == 0)
        return open ? STR("<sub>") : STR("</sub>");
    if (strcmp((const char *)name, "sup") == 0)
        return open ? STR("<sup>") : STR("</sup>");
    return open ? STR("<i>") : STR("</i>");
}

static void on_open(void *context, const xmlChar *name, const xmlChar **attributes)
{
    Lines *l = context;
    if (l->skipped > 0 || is_one_of(name, UNSEEN) || is_hidden(attributes)) {
        l->skipped++;
        return;
    }
    if (is_one_of(name, BLOCKS)) {
        end_block(l);
        if (l->bullet == BULLET_OPEN)
            l->bullet = BULLET_BLOCK;
    } else if (is_one_of(name, ROWS)) {
        end_line(l);
        if (strcmp((const char *)name, "li") == 0) {
            drop_bullet(l);
            l->bullet = BULLET_OPEN;
        }
    } else if (is_one_of(name, KEPT)) {
        if (l->blank && l->text.size > l->start)
            buf_add_byte(&l->text, ' ');
        l->blank = false;
        if (l->text.size == l->start)
            begin_line(l, place_here(l, name, 0));
        buf_add(&l->text, kept_tag(name, true));
    } else if (is_one_of(name, CELLS) || (l->inline_ended && is_one_of(name, INLINE))) {
        /* "<span>ICML</span><span>2021</span>" shows two words, "H<span>2</span>O" one.
         */
        l->blank = true;
    }
    l->inline_ended = false;
}

static void on_close(void *context, const xmlChar *name)
{
    Lines *l = context;
    if (l->skipped > 0) {
        l->skipped--;
    } else if (is_one_of(name, BLOCKS)) {
        end_block(l);
    } else if (is_one_of(name, ROWS)) {
        end_line(l);
        if (strcmp((const char *)name, "li") == 0) {
            l->bullet = BULLET_NONE;
            l->unsure = 0;
        }
    } else if (is_one_of(name, KEPT)) {
        add_markup(l, kept_tag(name, false));
    } else {
        l->blank = l->blank || is_one_of(name, CELLS);
        l->inline_ended = is_one_of(name, INLINE) && l->text.size > l->start;
    }
}

static void on_text(void *context, const xmlChar *text, int size)
{
    Lines *l = context;
    if (l->skipped > 0)
        return;
    l->inline_ended = false;
    add_text(l, text, (size_t)size);
}

/* The parser's life. */

/* libxml2 sets itself up with the first parser; two of them at once are one too many. */
static void set_up(void)
{
    static pthread_once_t ONCE = PTHREAD_ONCE_INIT;
    pthread_once(&ONCE, xmlInitParser);
}

static void start(Lines *l, Place place)
{
    set_up();
    htmlSAXHandler handler = {.startElement = on_open,
                              .endElement = on_close,
                              .characters = on_text,
                              .ignorableWhitespace = on_text};
    l->parser =
        htmlCreatePushParserCtxt(&handler, l, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (l->parser == NULL)
        memory_exhausted();
    htmlCtxtUseOptions(l->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                      HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                      HTML_PARSE_IGNORE_ENC);
    l->first_line = place.line;
    l->skipped = 0;
    l->blank = l->inline_ended = false;
}

static void feed(Lines *l, Str text, bool last)
{
    enum { STEP = 1 << 20 };
    htmlParserCtxt *parser = l->parser;
    while (text.size > 0) {
        Str step = str_slice(text, 0, STEP);
        htmlParseChunk(parser, step.data, (int)step.size, 0);
        text = str_after(text, step.size);
    }
    if (last)
        htmlParseChunk(parser, "", 0, 1);
    if (parser->errNo == XML_ERR_NO_MEMORY)
        memory_exhausted();
}

static void stop(Lines *l)
{
    feed(l, STR_EMPTY, true);
    end_block(l);
    l->bullet = BULLET_NONE;
    l->unsure = 0;
    htmlFreeParserCtxt(l->parser);
    l->parser = NULL;
    l->html = false;
}

/* Lines. */

static bool give(Lines *l, Line *line)
{
    const PageLine *item = &l->items[l->next++];
    *line = (Line){.text = {l->text.data + item->at, item->size},
                   .place = item->place,
                   .first = !l->begun};
    l->begun = true;
    return true;
}

/* All that was given is forgotten; the line in the making moves to the front. */
static void forget(Lines *l)
{
    size_t kept = l->text.size - l->start;
    if (kept > 0)
        memmove(l->text.data, l->text.data + l->start, kept);
    l->text.size = kept;
    l->start = 0;
    l->unsure -= l->unsure > 0 ? l->count : 0;
    l->next = l->count = 0;
}

static bool same_file(const Lines *l, const Line *line)
{
    return l->decided.data == line->place.file.data &&
           l->decided.size == line->place.file.size && !line->first;
}

/* A line of the source goes to the parser; false at the end of the input. */
static bool read_html(Lines *l, Read *r)
{
    Line line;
    bool there = source_line(r->in, &line);
    if (!there || !same_file(l, &line)) {
        stop(l);
        l->holds = there;
        l->held = line;
        return there;
    }
    l->pushed = line.place;
    feed(l, line.text, false);
    feed(l, STR("\n"), false);
    return true;
}

/* A file is what its first line that is not blank says. */
static void decide(Lines *l, const Line *line)
{
    bool other = !same_file(l, line);
    if (other)
        l->decided = (Str){"", 0};
    if (l->decided.size > 0 || str_trim(line->text).size == 0)
        return;
    l->decided = line->place.file;
    l->html = lines_are_html(line->text);
    l->begun = !line->first;
    if (!l->html)
        return;
    l->pushed = line->place;
    start(l, line->place);
    feed(l, line->text, false);
    feed(l, STR("\n"), false);
}

bool lines_next(Lines *l, Read *r, Line *line)
{
    for (;;) {
        if (l->next < l->count && (l->unsure == 0 || l->next + 1 < l->unsure))
            return give(l, line);
        if (l->next == l->count)
            forget(l);
        if (l->html) {
            if (!read_html(l, r) && l->count == 0)
                return false;
            continue;
        }
        bool there = l->holds || source_line(r->in, line);
        if (l->holds)
            *line = l->held;
        l->holds = false;
        if (!there)
            return false;
        decide(l, line);
        if (!l->html)
            return true;
    }
}

void lines_free(Lines *l)
{
    if (l->parser != NULL)
        htmlFreeParserCtxt(l->parser);
    buf_free(&l->text);
    free(l->items);
    *l = (Lines){0};
}
