/* SPDX-License-Identifier: MIT
 * Compares what real styles print with what others have printed:
 *
 *     styles [-v] STYLES_DIR ITEMS.json EXPECTED.jsonl
 *
 * Each line of EXPECTED has a style's file, an item's id and the entry's plain text,
 * without its number.  CSL_LOCALES says where the locales are.  Prints the rate; -v shows
 * what differs. */
#include "load.h"

#include "convert/base/memory.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Work {
    Arena arena;
    Str items; /* CSL-JSON */
    Str *ids;  /* by number in the document */
    size_t count, capacity;
    Library library;
    const char *styles;
    bool verbose;
    Str name; /* of the style at work */
    Style *style;
    Document *doc;
    Str *texts; /* by item */
    size_t right, all;
} Work;

/* With plain spaces, single ones, and plain letters for raised ones. */
static void even(Buf *out, Str s)
{
    bool space = true;
    while (s.size > 0) {
        size_t size = 0;
        const char *raised = load_plain(s, &size);
        Str rest = s;
        bool blank = unicode_is_space(utf8_next(&rest));
        if (raised) {
            rest = str_after(s, size);
            buf_add(out, str_from(raised));
        } else if (!blank) {
            buf_add(out, str_slice(s, 0, s.size - rest.size));
        } else if (!space) {
            buf_add_byte(out, ' ');
        }
        space = blank;
        s = rest;
    }
}

/* Without the number in front. */
static Str plain(Arena *arena, Str text)
{
    Buf out = {0};
    even(&out, text);
    Str s = str_trim(buf_str(&out));
    size_t at = str_starts(s, STR("[")) || str_starts(s, STR("(")) ? 1 : 0;
    size_t digits = at;
    while (digits < s.size && byte_is_digit(s.data[digits]))
        digits++;
    size_t end = digits;
    while (end < s.size && strchr(".]):", s.data[end]))
        end++;
    if (digits > at)
        s = str_trim(str_after(s, end));
    s = arena_copy(arena, s);
    buf_free(&out);
    return s;
}

static bool is_number(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]) && !strchr(" .[]()", s.data[i]))
            return false;
    }
    return true;
}

/* Blocks stand apart but for one beside a margin; a number alone in the margin goes. */
static Str flat(Arena *arena, const StyleText *text)
{
    Buf out = {0};
    size_t from = 0;
    for (size_t i = 0; i < text->run_count; i++) {
        const StyleRun *run = &text->runs[i];
        if (run->mark < STYLE_BLOCK)
            continue;
        buf_add(&out, str_slice(text->text, from, run->start));
        Str inside = str_slice(text->text, run->start, run->end);
        if (run->mark == STYLE_MARGIN || run->mark == STYLE_BLOCK)
            buf_add_byte(&out, ' ');
        if (run->mark != STYLE_MARGIN || run->start > 0 || !is_number(inside))
            buf_add(&out, inside);
        if (run->mark != STYLE_MARGIN)
            buf_add_byte(&out, ' ');
        from = run->end;
    }
    buf_add(&out, str_after(text->text, from));
    Str all = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return all;
}

static void close_style(Work *w)
{
    document_close(w->doc);
    style_close(w->style);
    w->doc = NULL;
    w->style = NULL;
}

static void add_item(void *context, const Record *rec)
{
    Work *w = context;
    if (w->count == w->capacity) {
        w->capacity = memory_grown(w->capacity, w->count + 1);
        w->ids = memory_resize(w->ids, w->capacity * sizeof *w->ids);
        w->texts = memory_resize(w->texts, w->capacity * sizeof *w->texts);
    }
    w->ids[w->count++] = arena_copy(&w->arena, rec->key);
    Cite cite = {.item = document_add(w->doc, rec)};
    document_cite(w->doc, &(Citation){.cites = &cite, .count = 1, .note = w->count});
}

static void open_style(Work *w, Str name)
{
    close_style(w);
    w->name = name;
    Str xml, path = arena_format(&w->arena, "%s/%.*s%c", w->styles, STR_ARG(name), '\0');
    Diag diag = {.fd = 2, .least = LEVEL_NOTE};
    StyleSource source = load_source(&w->library);
    if (!load_file(&w->arena, path.data, &xml))
        return;
    w->style = style_open(&source, xml, name, STR_EMPTY, &diag);
    diag_free(&diag);
    if (!w->style)
        return;
    w->doc = document_open(w->style);
    w->count = 0;
    load_records(w->items, add_item, w);
    document_finish(w->doc);
    for (size_t i = 0; i < w->count; i++) {
        StyleEntry entry = document_entry(w->doc, i);
        w->texts[entry.item] = plain(&w->arena, flat(&w->arena, &entry.text));
    }
}

static void compare(Work *w, json_t *line)
{
    Str name = str_from(json_string_value(json_object_get(line, "style")));
    if (!str_equal(name, w->name))
        open_style(w, arena_copy(&w->arena, name));
    Str id = str_from(json_string_value(json_object_get(line, "id")));
    Str want =
        plain(&w->arena, str_from(json_string_value(json_object_get(line, "text"))));
    w->all++;
    for (size_t i = 0; w->style && i < w->count; i++) {
        if (!str_equal(w->ids[i], id))
            continue;
        bool right = str_equal(want, w->texts[i]);
        w->right += right;
        if (!right && w->verbose)
            printf("%.*s %.*s\n W %.*s\n G %.*s\n", STR_ARG(name), STR_ARG(id),
                   STR_ARG(want), STR_ARG(w->texts[i]));
    }
}

int main(int argc, char **argv)
{
    Work w = {.library = {.locales = "/usr/share/citation-style-language/locales"},
              .name = STR_EMPTY};
    w.verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    if (getenv("CSL_LOCALES"))
        w.library.locales = getenv("CSL_LOCALES");
    if (argc < 4 + w.verbose) {
        fprintf(stderr, "styles [-v] STYLES_DIR ITEMS.json EXPECTED.jsonl\n");
        return 2;
    }
    argv += w.verbose;
    w.styles = w.library.styles = argv[1];
    Str all = STR_EMPTY, line;
    if (!load_file(&w.arena, argv[2], &w.items) || !load_file(&w.arena, argv[3], &all))
        return 2;
    while (str_split(&all, '\n', &line)) {
        json_t *json = json_loadb(line.data, line.size, 0, NULL);
        if (json)
            compare(&w, json);
        json_decref(json);
    }
    close_style(&w);
    printf("%zu of %zu entries are the same (%.2f %%)\n", w.right, w.all,
           100.0 * (double)w.right / (double)(w.all ? w.all : 1));
    free(w.texts);
    free(w.ids);
    arena_free(&w.library.arena);
    arena_free(&w.arena);
    return 0;
}
