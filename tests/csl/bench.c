/* SPDX-License-Identifier: MIT
 * How long a style takes: bench STYLE.csl COUNT [same].  `same` gives all items one
 * author and one year, the worst that disambiguation can meet. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static Name person(Arena *arena, const char *family, size_t n)
{
    return (Name){.given = n % 3 ? STR("Maria Elena") : STR("Jean-Paul"),
                  .dropping = STR_EMPTY,
                  .non_dropping = n % 17 == 0 ? STR("van der") : STR_EMPTY,
                  .family = arena_format(arena, "%s%zu", family, n),
                  .suffix = STR_EMPTY,
                  .literal = STR_EMPTY,
                  .homonym = STR_EMPTY};
}

static void add_text(Record *rec, FieldId id, Str text)
{
    record_add_text(rec, id, STR_EMPTY, rec->place, text_plain(text));
}

static void fill(Record *rec, size_t i, bool same)
{
    Arena *arena = &rec->arena;
    rec->kind = i % 4 ? KIND_ARTICLE_JOURNAL : KIND_BOOK;
    rec->key = rec->type = rec->origin = STR_EMPTY;
    size_t count = same ? 1 : 1 + i % 5;
    Name *names = arena_alloc(arena, count * sizeof *names);
    for (size_t k = 0; k < count; k++)
        names[k] =
            person(arena, same ? "Doe" : "Family", same ? 1 : (i * 7 + k * 13) % 4001);
    Field *author = record_add(rec, FIELD_AUTHOR, STR_EMPTY, rec->place);
    author->form = FORM_NAMES;
    author->names = (Names){.items = names, .count = count};
    Field *issued = record_add(rec, FIELD_ISSUED, STR_EMPTY, rec->place);
    issued->form = FORM_DATE;
    issued->date = date_year(same ? 2000 : 1950 + (int)(i % 70));
    add_text(rec, FIELD_TITLE,
             arena_format(arena, "On the \"order\" of <things>: a study in part %zu", i));
    add_text(rec, FIELD_CONTAINER_TITLE, STR("Journal of Orderly Things"));
    add_text(rec, FIELD_VOLUME, arena_format(arena, "%zu", i % 90));
    add_text(rec, FIELD_PAGE, arena_format(arena, "%zu-%zu", i % 900, i % 900 + 14));
    add_text(rec, FIELD_PUBLISHER, STR("Greenleaf Press"));
    add_text(rec, FIELD_DOI, arena_format(arena, "10.1234/things.%zu", i));
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "bench STYLE.csl COUNT [same]\n");
        return 2;
    }
    size_t count = (size_t)strtoul(argv[2], NULL, 10);
    Library library = {.locales = "/usr/share/citation-style-language/locales"};
    StyleSource source = load_source(&library);
    Diag diag = {.fd = 2};
    Str xml;
    if (!load_file(&library.arena, argv[1], &xml))
        return 2;
    double start = now();
    Style *style = style_open(&source, xml, str_from(argv[1]), STR_EMPTY, &diag);
    if (!style)
        return 1;
    double loaded = now();
    Document *doc = document_open(style);
    Record rec = {0};
    for (size_t i = 0; i < count; i++) {
        record_reset(&rec);
        fill(&rec, i, argc > 3);
        document_add(doc, &rec);
    }
    double added = now();
    document_finish(doc);
    double finished = now();
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += document_entry(doc, i).text.text.size;
    double done = now();
    printf("style %.1f ms, add %.1f, finish %.1f, entries %.1f: %.1f ms, %zu bytes\n",
           (loaded - start) * 1e3, (added - loaded) * 1e3, (finished - added) * 1e3,
           (done - finished) * 1e3, (done - start) * 1e3, bytes);
    record_free(&rec);
    document_close(doc);
    style_close(style);
    diag_free(&diag);
    arena_free(&library.arena);
    return 0;
}
