/* SPDX-License-Identifier: MIT
 * Threads that convert at once, each with objects of its own and all with the same
 * options and style, write what one thread writes.  Worth most under ThreadSanitizer. */
#include <citeconv.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 4, ROUNDS = 5 };

static const struct {
    const char *in, *to;
} WORKS[] = {
    {"page.txt", "bibtex"},   {"page.txt", "csl-json"}, {"page.ris", "html"},
    {"library.bib", "ris"},   {"page.json", "text"},    {"page.bib", "csl-jsonl"},
    {"library.bib", "latex"}, {"page.html", "ris"},
};
enum { WORK_COUNT = sizeof WORKS / sizeof WORKS[0] };

/* For libxml2, which has much to set up. */
static const char PAGE[] =
    "<html><body><h1>Papers</h1><ul><li>One</li></ul></body></html>";

typedef struct Shared {
    citeconv_options *options;
    citeconv_style *style;
    atomic_size_t messages;
} Shared;

/* What one thread has written. */
typedef struct Written {
    Shared *shared;
    pthread_t thread;
    char *texts[WORK_COUNT], *list;
    size_t changed; /* texts that were not the same in each round */
} Written;

static void hear(void *context, const citeconv_message *message)
{
    Shared *shared = context;
    atomic_fetch_add(&shared->messages, message->text[0] != '\0');
}

static citeconv_reader *open_input(const char *name, const citeconv_options *options)
{
    citeconv_reader *reader;
    char path[512];
    if (strcmp(name, "page.html") == 0) {
        citeconv_reader_open_memory(&reader, "arrow", PAGE, sizeof PAGE - 1, name,
                                    options);
        return reader;
    }
    snprintf(path, sizeof path, "%s/%s", SAMPLES, name);
    citeconv_reader_open_file(&reader, NULL, path, options);
    return reader;
}

/* NULL where anything failed. */
static char *convert(Shared *shared, size_t work)
{
    citeconv_reader *reader = open_input(WORKS[work].in, shared->options);
    citeconv_writer *writer;
    char *text = NULL;
    size_t size;
    if (reader == NULL)
        return NULL;
    if (citeconv_writer_open_memory(&writer, WORKS[work].to, &text, &size,
                                    shared->options) == CITECONV_OK) {
        citeconv_convert(reader, writer);
        citeconv_writer_close(writer);
    }
    citeconv_reader_close(reader);
    return text;
}

/* A bibliography in the style that all share; the text of its last entry. */
static char *list(Shared *shared)
{
    static const char RIS[] =
        "TY  - BOOK\nTI  - Piers\nAU  - Ruiz, Ana\nPY  - 2020\nER  - \n";
    citeconv_reader *reader;
    citeconv_record *record = citeconv_record_new();
    citeconv_document *document = citeconv_document_open(shared->style);
    citeconv_reader_open_memory(&reader, "ris", RIS, sizeof RIS - 1, NULL, NULL);
    while (citeconv_reader_next(reader, record) == CITECONV_OK)
        citeconv_document_add(document, record, NULL);
    const char *entry = citeconv_document_entry(document, 0, CITECONV_HTML, NULL);
    char *text = entry != NULL ? strdup(entry) : NULL;
    citeconv_reader_close(reader);
    citeconv_record_free(record);
    citeconv_document_close(document);
    return text;
}

/* Keeps the first of its kind, and compares the others with it. */
static void keep(Written *written, char **kept, char *text)
{
    if (*kept == NULL) {
        *kept = text;
        return;
    }
    written->changed += text == NULL || strcmp(text, *kept) != 0;
    citeconv_free(text);
}

static void *work(void *context)
{
    Written *written = context;
    for (size_t i = 0; i < (size_t)ROUNDS * WORK_COUNT; i++) {
        keep(written, &written->texts[i % WORK_COUNT],
             convert(written->shared, i % WORK_COUNT));
        keep(written, &written->list, list(written->shared));
    }
    return NULL;
}

/* The threads come first, so that what is set up once is set up among them. */
static void threads_do_not_meet(void **state)
{
    (void)state;
    Shared shared = {.options = citeconv_options_new()};
    Written written[THREADS + 1] = {0};
    citeconv_options_listen(shared.options, hear, &shared, CITECONV_NOTE);
    assert_int_equal(citeconv_style_open(&shared.style, "apa-like", NULL, NULL),
                     CITECONV_OK);
    for (int i = 0; i <= THREADS; i++)
        written[i].shared = &shared;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&written[i].thread, NULL, work, &written[i]), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(written[i].thread, NULL), 0);
    size_t heard = atomic_load(&shared.messages);
    work(&written[THREADS]);
    assert_true(heard > 0);
    assert_int_equal(atomic_load(&shared.messages), heard / THREADS * (THREADS + 1));
    const Written *alone = &written[THREADS];
    for (int i = 0; i <= THREADS; i++) {
        assert_int_equal(written[i].changed, 0);
        assert_string_equal(written[i].list, alone->list);
        for (size_t k = 0; k < WORK_COUNT; k++) {
            assert_non_null(written[i].texts[k]);
            assert_string_equal(written[i].texts[k], alone->texts[k]);
        }
    }
    for (int i = 0; i <= THREADS; i++) {
        citeconv_free(written[i].list);
        for (size_t k = 0; k < WORK_COUNT; k++)
            citeconv_free(written[i].texts[k]);
    }
    citeconv_style_close(shared.style);
    citeconv_options_free(shared.options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_do_not_meet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
