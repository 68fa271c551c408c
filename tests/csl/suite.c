/* SPDX-License-Identifier: MIT
 * Runs cases in the format of the CSL test suite: suite [-v] [--locales DIR] DIR|FILE...
 *
 * A case is a style, items and what a processor prints for them, in sections such as
 * ">>===== CSL =====>>".  Prints PASS or FAIL with the case's name, a line each, and a
 * total; -v shows what was wanted and what came. */
#include "load.h"

#include "convert/base/memory.h"
#include "formats/text/cites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SKIP = 77 }; /* to ctest: it cannot run here */

static bool VERBOSE; /* -v */

typedef struct Case {
    Arena arena;
    Str text;
    Str mode, csl, input, citations, result;
    bool alone; /* citations know nothing of one another */
    Document *doc;
    CiteItem *items; /* by number in the document */
    size_t count, capacity;
    bool *left_out; /* items of the input that nothing cites */
    size_t seen;
} Case;

static Str section(Str text, const char *name)
{
    Str rest = text, line;
    size_t from = 0;
    bool inside = false;
    while (str_split(&rest, '\n', &line)) {
        Str s = str_trim(line);
        bool opens = str_starts(s, STR(">>==")), closes = str_starts(s, STR("<<=="));
        size_t end = (size_t)(line.data - text.data);
        if (!opens && !closes)
            continue;
        Str title = str_slice(s, str_find_byte(s, ' '), s.size);
        title = str_trim(str_slice(title, 0, str_find(title, STR(" ="))));
        if (!str_equal(title, str_from(name)))
            continue;
        if (opens) {
            from = end + line.size + 1;
            inside = true;
        } else if (inside) {
            return str_slice(text, from, end ? end - 1 : 0);
        }
    }
    return STR_EMPTY;
}

/* --- A case ------------------------------------------------------------------------ */

static void add_item(void *context, const Record *rec)
{
    Case *c = context;
    if (c->left_out != NULL && c->left_out[c->seen++])
        return;
    if (c->count == c->capacity) {
        c->capacity = memory_grown(c->capacity, c->count + 1);
        c->items = memory_resize(c->items, c->capacity * sizeof *c->items);
    }
    c->items[c->count++] = (CiteItem){.key = arena_copy(&c->arena, rec->key),
                                      .id = STR_EMPTY,
                                      .item = document_add(c->doc, rec)};
}

static void open_document(Case *c, const Style *style)
{
    c->doc = document_open(style);
    c->count = c->seen = 0;
    load_records(c->input, add_item, c);
}

static size_t read_citations(Case *c, const Style *style)
{
    Diag diag = {.fd = 2, .least = LEVEL_COUNT};
    Loaded loaded;
    Source *in = load_open(&loaded, c->citations, &diag);
    CiteJob job = {.doc = c->doc,
                   .style = style,
                   .items = c->items,
                   .count = c->count,
                   .diag = &diag,
                   .alone = c->alone};
    size_t count = cites_read(&job, in);
    load_close(&loaded, in);
    diag_free(&diag);
    return count;
}

/* Items that a document cites no more leave it. */
static size_t cite_edited(Case *c, const Style *style)
{
    read_citations(c, style);
    c->left_out = memory_zeroed(c->count + 1, sizeof *c->left_out);
    for (size_t i = 0; i < c->count; i++)
        c->left_out[i] = !c->items[i].cited;
    document_close(c->doc);
    open_document(c, style);
    return read_citations(c, style);
}

static size_t cite_all(Case *c, const Style *style)
{
    /* In the order of the bibliography, which a first turn finds. */
    document_finish(c->doc);
    size_t count = document_entries(c->doc);
    Cite *cites = arena_alloc(&c->arena, (count + 1) * sizeof *cites);
    for (size_t i = 0; i < count; i++) {
        StyleEntry entry = document_entry(c->doc, i);
        cites[i] = (Cite){.item = entry.item,
                          .locator = STR_EMPTY,
                          .label = STR_EMPTY,
                          .prefix = text_plain(STR_EMPTY),
                          .suffix = text_plain(STR_EMPTY)};
    }
    document_close(c->doc);
    open_document(c, style);
    document_cite(c->doc, &(Citation){.cites = cites, .count = count, .alone = true});
    document_finish(c->doc);
    return 1;
}

static size_t cite(Case *c, const Style *style)
{
    size_t count = 0;
    if (c->citations.size > 0)
        count = c->alone ? read_citations(c, style) : cite_edited(c, style);
    else if (str_equal(c->mode, STR("citation")))
        return cite_all(c, style);
    document_finish(c->doc);
    return count;
}

static void print_bibliography(Case *c, const StyleLayout *layout, Buf *out)
{
    buf_add(out, STR("<div class=\"csl-bib-body\">\n"));
    for (size_t i = 0; i < document_entries(c->doc); i++) {
        StyleEntry entry = document_entry(c->doc, i);
        /* Where entries have numbers, one without text keeps its number. */
        if (entry.text.text.size == 0 && !layout->numeric)
            continue;
        buf_add(out, STR("  <div class=\"csl-entry\">"));
        if (entry.text.text.size == 0)
            buf_format(out, "%zu. [CSL STYLE ERROR: reference with no printed form.]",
                       i + 1);
        load_html(out, &entry.text);
        buf_add(out, STR("</div>\n"));
    }
    buf_add(out, STR("</div>"));
}

static void print_citations(Case *c, size_t count, Buf *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_byte(out, '\n');
        StyleText text = document_citation(c->doc, i);
        if (text.text.size == 0)
            buf_add(out, STR("[CSL STYLE ERROR: reference with no printed form.]"));
        load_html(out, &text);
    }
}

/* Without the marks of which citations a step has changed. */
static Str wanted(Case *c)
{
    if (c->alone || str_equal(c->mode, STR("bibliography")))
        return str_trim(c->result);
    Buf out = {0};
    Str rest = c->result, line;
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, STR("..[")) || str_starts(line, STR(">>["))) {
            size_t close = str_find_byte(line, ']');
            line = str_after(line, close + 2);
        }
        buf_add(&out, line);
        buf_add_byte(&out, '\n');
    }
    Str text = arena_copy(&c->arena, str_trim(buf_str(&out)));
    buf_free(&out);
    return text;
}

static bool run_text(Case *c, Library *library, const char *name)
{
    if (str_starts(c->text, STR("\xef\xbb\xbf")))
        c->text = str_after(c->text, 3);
    c->mode = str_trim(section(c->text, "MODE"));
    c->csl = str_trim(section(c->text, "CSL"));
    c->result = section(c->text, "RESULT");
    c->input = section(c->text, "INPUT");
    c->citations = str_trim(section(c->text, "CITATIONS"));
    c->alone = c->citations.size == 0;
    if (c->alone)
        c->citations = str_trim(section(c->text, "CITATION-ITEMS"));
    Diag diag = {.fd = 2, .least = VERBOSE ? LEVEL_NOTE : LEVEL_COUNT};
    StyleSource source = load_source(library);
    Style *style = style_open(&source, c->csl, str_from(name), STR_EMPTY, &diag);
    bool pass = false;
    if (style) {
        open_document(c, style);
        size_t count = cite(c, style);
        Buf out = {0};
        if (str_equal(c->mode, STR("bibliography")))
            print_bibliography(c, style_layout(style), &out);
        else
            print_citations(c, count, &out);
        Str got = str_trim(buf_str(&out)), want = wanted(c);
        pass = str_equal(got, want);
        if (VERBOSE && !pass)
            printf("--- wanted\n%.*s\n--- got\n%.*s\n---\n", STR_ARG(want), STR_ARG(got));
        buf_free(&out);
        document_close(c->doc);
        style_close(style);
    }
    diag_free(&diag);
    free(c->items);
    free(c->left_out);
    return pass;
}

static void run_file(const char *path, Library *library, size_t counts[2])
{
    Case c = {.doc = NULL};
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    int size = (int)(strlen(name) - (strstr(name, ".txt") ? 4 : 0));
    bool pass = load_file(&c.arena, path, &c.text) && run_text(&c, library, name);
    printf("%s %.*s\n", pass ? "PASS" : "FAIL", size, name);
    counts[pass]++;
    arena_free(&c.arena);
}

static int is_case(const struct dirent *entry)
{
    return strstr(entry->d_name, ".txt") != NULL;
}

static void run_path(const char *path, Library *library, size_t counts[2])
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_case, alphasort);
    if (count < 0) {
        run_file(path, library, counts);
        return;
    }
    for (int i = 0; i < count; i++) {
        Str file =
            arena_format(&library->arena, "%s/%s%c", path, entries[i]->d_name, '\0');
        run_file(file.data, library, counts);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    Library library = {.locales = "/usr/share/citation-style-language/locales"};
    size_t counts[2] = {0, 0};
    if (access(library.locales, R_OK) != 0 && argc == 2) {
        printf("no locales at %s\n", library.locales);
        return SKIP;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            VERBOSE = true;
        else if (strcmp(argv[i], "--locales") == 0 && i + 1 < argc)
            library.locales = argv[++i];
        else
            run_path(argv[i], &library, counts);
    }
    printf("%zu of %zu pass\n", counts[1], counts[0] + counts[1]);
    arena_free(&library.arena);
    return counts[0] > 0;
}
