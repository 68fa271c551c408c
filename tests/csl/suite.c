/* SPDX-License-Identifier: MIT
 * Runs cases in the format of the CSL test suite: suite [-v] [--locales DIR] DIR|FILE...
 *
 * A case is a style, items and what a processor prints for them, in sections such as
 * ">>===== CSL =====>>".  Prints PASS or FAIL with the case's name, a line each, and a
 * total; -v shows what was wanted and what came. */
#include "load.h"

#include "convert/base/memory.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SKIP = 77 }; /* to ctest: it cannot run here */

static bool VERBOSE; /* -v */

typedef struct Slot {
    json_t *id, *items;
    size_t note;
} Slot;

typedef struct Case {
    Arena arena;
    Str text;
    json_t *input, *items, *citations;
    Str mode, csl, result;
    Document *doc;
    json_t **added; /* item by number in the document */
    size_t added_count;
    Slot *order; /* citations at the end */
    size_t order_count;
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

static json_t *json_section(Str text, const char *name)
{
    Str s = section(text, name);
    if (str_trim(s).size == 0)
        return NULL;
    return json_loadb(s.data, s.size, 0, NULL);
}

/* Ids are strings or numbers, and may be one here and the other there. */
static bool same_id(json_t *a, json_t *b)
{
    if (json_is_integer(a) == json_is_integer(b))
        return json_equal(a, b);
    json_t *text = json_is_string(a) ? a : b, *number = json_is_string(a) ? b : a;
    return json_is_string(text) && json_is_integer(number) &&
           atoll(json_string_value(text)) == json_integer_value(number);
}

static size_t item_number(const Case *c, json_t *id)
{
    for (size_t i = 0; i < c->added_count; i++) {
        json_t *have = json_object_get(c->added[i], "id");
        if (same_id(have, id))
            return i;
    }
    return SIZE_MAX;
}

static bool is_true(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return value && !json_is_false(value) && !json_is_null(value);
}

static Str text_of(Case *c, json_t *object, const char *key)
{
    return load_text(&c->arena, json_object_get(object, key)).text;
}

static size_t add_cites(Case *c, json_t *list, Cite **cites, bool stateless)
{
    size_t count = 0, index;
    json_t *item;
    *cites = arena_alloc(&c->arena, (json_array_size(list) + 1) * sizeof **cites);
    json_array_foreach(list, index, item)
    {
        json_t *position = json_object_get(item, "position");
        Cite cite = {.item = item_number(c, json_object_get(item, "id")),
                     .locator = text_of(c, item, "locator"),
                     .label = text_of(c, item, "label"),
                     .prefix = load_text(&c->arena, json_object_get(item, "prefix")),
                     .suffix = load_text(&c->arena, json_object_get(item, "suffix")),
                     .suppress_author = is_true(item, "suppress-author"),
                     .author_only = is_true(item, "author-only")};
        if (stateless && json_is_integer(position))
            cite.forced = (int)json_integer_value(position) + 1;
        if (cite.item != SIZE_MAX)
            (*cites)[count++] = cite;
    }
    return count;
}

/* --- Citations that change as a document is edited -------------------------------- */

static Slot *find_slot(Slot *slots, size_t count, json_t *id)
{
    for (size_t i = 0; i < count; i++) {
        if (json_equal(slots[i].id, id))
            return &slots[i];
    }
    return NULL;
}

static void place(Slot *all, size_t all_count, json_t *pairs, Slot *order, size_t *count)
{
    size_t index;
    json_t *pair;
    json_array_foreach(pairs, index, pair)
    {
        Slot *slot = find_slot(all, all_count, json_array_get(pair, 0));
        if (!slot)
            continue;
        slot->note = (size_t)json_integer_value(json_array_get(pair, 1));
        order[(*count)++] = *slot;
    }
}

/* The citations as they stand after the last step. */
static size_t replay(Case *c, Slot **order)
{
    size_t steps = json_array_size(c->citations), all_count = 0, count = 0;
    Slot *all = arena_alloc(&c->arena, (steps + 1) * sizeof *all);
    *order = arena_alloc(&c->arena, (steps * 2 + 1) * sizeof **order);
    for (size_t i = 0; i < steps; i++) {
        json_t *step = json_array_get(c->citations, i);
        json_t *citation = json_array_get(step, 0);
        json_t *id = json_object_get(citation, "citationID");
        Slot *slot = find_slot(all, all_count, id);
        if (!slot)
            slot = &all[all_count++];
        json_t *note =
            json_object_get(json_object_get(citation, "properties"), "noteIndex");
        *slot = (Slot){id, json_object_get(citation, "citationItems"),
                       (size_t)json_integer_value(note)};
        count = 0;
        place(all, all_count, json_array_get(step, 1), *order, &count);
        (*order)[count++] = *slot;
        place(all, all_count, json_array_get(step, 2), *order, &count);
    }
    return count;
}

/* --- A case ------------------------------------------------------------------------ */

/* Items that a document cites no more leave it. */
static bool is_cited(const Case *c, json_t *id)
{
    for (size_t i = 0; i < c->order_count; i++) {
        for (size_t k = 0; k < json_array_size(c->order[i].items); k++) {
            json_t *cite = json_array_get(c->order[i].items, k);
            if (same_id(json_object_get(cite, "id"), id))
                return true;
        }
    }
    return false;
}

static void open_document(Case *c, const Style *style)
{
    c->doc = document_open(style);
    c->added_count = 0;
    for (size_t i = 0; i < json_array_size(c->input); i++) {
        json_t *json = json_array_get(c->input, i);
        if (c->citations && !is_cited(c, json_object_get(json, "id")))
            continue;
        Record rec = {0};
        load_record(&rec, json);
        document_add(c->doc, &rec);
        record_free(&rec);
        c->added[c->added_count++] = json;
    }
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
    Cite *cites;
    size_t count = 0;
    if (c->citations) {
        count = c->order_count;
        for (size_t i = 0; i < count; i++) {
            size_t n = add_cites(c, c->order[i].items, &cites, false);
            document_cite(
                c->doc,
                &(Citation){.cites = cites, .count = n, .note = c->order[i].note});
        }
    } else if (c->items) {
        for (; count < json_array_size(c->items); count++) {
            size_t n = add_cites(c, json_array_get(c->items, count), &cites, true);
            document_cite(c->doc, &(Citation){.cites = cites, .count = n, .alone = true});
        }
    } else if (str_equal(c->mode, STR("citation"))) {
        return cite_all(c, style);
    }
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
    if (!c->citations || str_equal(c->mode, STR("bibliography")))
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
    c->input = json_section(c->text, "INPUT");
    c->items = json_section(c->text, "CITATION-ITEMS");
    c->citations = json_section(c->text, "CITATIONS");
    c->added = arena_alloc(&c->arena, (json_array_size(c->input) + 1) * sizeof(json_t *));
    Diag diag = {.fd = 2, .least = VERBOSE ? LEVEL_NOTE : LEVEL_COUNT};
    StyleSource source = load_source(library);
    Style *style = style_open(&source, c->csl, str_from(name), STR_EMPTY, &diag);
    bool pass = false;
    if (c->citations)
        c->order_count = replay(c, &c->order);
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
    json_decref(c->input);
    json_decref(c->items);
    json_decref(c->citations);
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
