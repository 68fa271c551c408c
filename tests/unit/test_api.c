/* SPDX-License-Identifier: MIT
 * The library as its users see it, by its public header alone. */
#include <citeconv.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char RIS[] =
    "TY  - JOUR\nTI  - Water <i>over</i> stones\nAU  - Le Guern, Anne\n"
    "AU  - van der Berg, Jan\nPY  - 2019/05/12\nT2  - Rivers\n"
    "KW  - one\nKW  - two\nID  - guern\nER  - \n"
    "TY  - BOOK\nTI  - A\nPY  - 2001\nAU  - Zed, A.\nPB  - P\nER  - \n";
static const char BIB[] =
    "@string{r = {Rivers}}\n% a comment\n"
    "@article{a, title = {T {$x^2$} and \\emph{so}}, journal = r,\n"
    "  author = {Doe, Jane and others}, year = 2001, mynote = {n}}\n"
    "@book{b, title = {B}, year = 1999}\n";

/* Messages as "id:line " each. */
typedef struct Heard {
    char text[1024];
    size_t count;
    citeconv_message last;
} Heard;

static void hear(void *context, const citeconv_message *message)
{
    Heard *heard = context;
    size_t size = strlen(heard->text);
    snprintf(heard->text + size, sizeof heard->text - size, "%s:%zu ", message->id,
             message->line);
    heard->count++;
}

static citeconv_options *listening(Heard *heard, citeconv_level least)
{
    citeconv_options *options = citeconv_options_new();
    memset(heard, 0, sizeof *heard);
    citeconv_options_listen(options, hear, heard, least);
    return options;
}

static citeconv_reader *reader_of(const char *format, const char *text,
                                  const citeconv_options *options)
{
    citeconv_reader *reader;
    assert_int_equal(citeconv_reader_open_memory(&reader, format, text, strlen(text),
                                                 "in.txt", options),
                     CITECONV_OK);
    return reader;
}

/* The record as it is written; to be freed. */
static char *written(const char *format, const citeconv_record *record,
                     const citeconv_options *options)
{
    citeconv_writer *writer;
    char *text;
    size_t size;
    assert_int_equal(citeconv_writer_open_memory(&writer, format, &text, &size, options),
                     CITECONV_OK);
    assert_int_equal(citeconv_writer_write(writer, record), CITECONV_OK);
    assert_int_equal(citeconv_writer_close(writer), CITECONV_OK);
    assert_non_null(text);
    assert_int_equal(strlen(text), size);
    return text;
}

static void assert_written(const char *format, const citeconv_record *record,
                           const char *wanted)
{
    char *text = written(format, record, NULL);
    assert_string_equal(text, wanted);
    citeconv_free(text);
}

/* Looking. */

static void looks_at_records(void **state)
{
    (void)state;
    citeconv_record *record = citeconv_record_new();
    citeconv_reader *reader = reader_of(NULL, RIS, NULL);
    assert_string_equal(citeconv_reader_format(reader), "ris");
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_OK);
    size_t line, column;
    assert_string_equal(citeconv_record_place(record, &line, &column), "in.txt");
    assert_int_equal(line, 1);
    assert_string_equal(citeconv_record_kind(record), "article-journal");
    assert_string_equal(citeconv_record_type(record), "JOUR");
    assert_string_equal(citeconv_record_key(record), "guern");
    assert_string_equal(citeconv_record_text(record, "title"), "Water over stones");
    assert_string_equal(
        citeconv_field_markup(citeconv_record_find(record, "title"), NULL),
        "Water <i>over</i> stones");
    assert_null(citeconv_record_text(record, "publisher"));

    const citeconv_field *field = citeconv_record_find(record, "author");
    size_t size;
    assert_int_equal(citeconv_field_form(field), CITECONV_NAMES);
    assert_int_equal(citeconv_field_name_count(field), 2);
    assert_string_equal(citeconv_field_text(field, &size),
                        "Le Guern, Anne; van der Berg, Jan");
    assert_int_equal(size, 33);
    const citeconv_name *name = citeconv_field_get_name(field, 1);
    assert_string_equal(name->family, "Berg");
    assert_string_equal(name->non_dropping_particle, "van der");
    assert_string_equal(name->given, "Jan");
    assert_null(name->suffix);
    assert_null(name->literal);
    assert_null(citeconv_field_get_name(field, 2));
    assert_string_equal(citeconv_field_tag(field), "AU");

    citeconv_date date;
    field = citeconv_record_find(record, "issued");
    assert_true(citeconv_field_date(field, &date));
    assert_true(date.from.is_known);
    assert_false(date.is_range);
    assert_int_equal(date.from.year, 2019);
    assert_int_equal(date.from.month, 5);
    assert_int_equal(date.from.day, 12);
    assert_string_equal(citeconv_field_text(field, NULL), "2019-05-12");

    size_t keywords = 0;
    for (size_t i = 0; i < citeconv_record_field_count(record); i++)
        keywords +=
            strcmp(citeconv_field_name(citeconv_record_field(record, i)), "keyword") == 0;
    assert_int_equal(keywords, 2);
    assert_null(citeconv_record_field(record, citeconv_record_field_count(record)));

    /* It stands alone. */
    citeconv_record *copy = citeconv_record_new();
    citeconv_record_copy(copy, record);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_OK);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_END);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_END);
    assert_int_equal(citeconv_reader_records(reader), 2);
    assert_int_equal(citeconv_record_field_count(record), 0);
    citeconv_reader_close(reader);
    assert_string_equal(citeconv_record_text(copy, "container-title"), "Rivers");
    assert_string_equal(citeconv_record_place(copy, NULL, NULL), "in.txt");
    citeconv_record_free(record);
    citeconv_record_free(copy);
}

static void looks_at_bibtex(void **state)
{
    (void)state;
    citeconv_record *record = citeconv_record_new();
    citeconv_reader *reader = reader_of("bib", BIB, NULL);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_OK);
    const citeconv_field *title = citeconv_record_find(record, "title");
    assert_string_equal(citeconv_field_text(title, NULL), "T $x^2$ and so");
    assert_string_equal(citeconv_field_markup(title, NULL), "T $x^2$ and <i>so</i>");
    assert_string_equal(citeconv_record_text(record, "container-title"), "Rivers");
    assert_true(citeconv_field_names_cut(citeconv_record_find(record, "author")));
    const citeconv_field *other = citeconv_record_find(record, "other");
    assert_string_equal(citeconv_field_tag(other), "mynote");
    assert_string_equal(citeconv_field_text(other, NULL), "n");
    citeconv_reader_close(reader);
    citeconv_record_free(record);
}

/* A child stands before its parent, and keeps its place. */
static void records_inherit(void **state)
{
    (void)state;
    static const char LINKED[] = "@inproceedings{a, title = {A}, crossref = {p}}\n"
                                 "@book{b, title = {B}}\n"
                                 "@proceedings{p, title = {P}, year = 2013}\n";
    citeconv_options *options = citeconv_options_new();
    citeconv_record *record = citeconv_record_new();
    assert_int_equal(citeconv_options_set(options, "memory", "1K"), CITECONV_OK);
    citeconv_reader *reader = reader_of("bibtex", LINKED, options);
    for (const char *key = "abp"; *key != '\0'; key++) {
        assert_int_equal(citeconv_reader_next(reader, record), CITECONV_OK);
        assert_memory_equal(citeconv_record_key(record), key, 1);
        if (*key != 'a')
            continue;
        assert_string_equal(citeconv_record_text(record, "container-title"), "P");
        assert_string_equal(citeconv_record_text(record, "issued"), "2013");
    }
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_END);
    assert_int_equal(citeconv_reader_records(reader), 3);
    citeconv_reader_close(reader);
    assert_int_equal(citeconv_options_set(options, "resolve", "no"), CITECONV_OK);
    reader = reader_of("bibtex", LINKED, options);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_OK);
    assert_null(citeconv_record_text(record, "container-title"));
    assert_string_equal(citeconv_record_text(record, "other"), "p");
    citeconv_reader_close(reader);
    citeconv_record_free(record);
    citeconv_options_free(options);
}

/* Making and changing. */

static void makes_records(void **state)
{
    (void)state;
    citeconv_record *r = citeconv_record_new();
    assert_int_equal(citeconv_record_set_kind(r, "article-journal"), CITECONV_OK);
    assert_int_equal(citeconv_record_set_kind(r, "inproceedings"), CITECONV_USAGE);
    assert_int_equal(
        citeconv_record_set_markup(r, "title", "On <i>E. coli</i> and $x_1$"),
        CITECONV_OK);
    citeconv_name name = {
        .family = "Berg", .given = "Jan", .non_dropping_particle = "van"};
    assert_int_equal(citeconv_record_add_name(r, "author", &name), CITECONV_OK);
    name = (citeconv_name){.literal = "The Shore, Inc."};
    assert_int_equal(citeconv_record_add_name(r, "author", &name), CITECONV_OK);
    citeconv_date date = {
        .from = {.is_known = true, .year = 2020, .month = 2, .day = 29}};
    assert_int_equal(citeconv_record_set_date(r, "issued", &date), CITECONV_OK);
    assert_int_equal(citeconv_record_set_text(r, "container-title", "Shores"),
                     CITECONV_OK);
    assert_int_equal(citeconv_record_add_text(r, "keyword", "one"), CITECONV_OK);
    assert_int_equal(citeconv_record_add_text(r, "keyword", "two"), CITECONV_OK);
    assert_int_equal(citeconv_record_add_other(r, "mynote", "n"), CITECONV_OK);
    assert_written("bibtex", r,
                   "@article{berg2020e,\n"
                   "  author = {van Berg, Jan and {The Shore, Inc.}},\n"
                   "  title = {On \\emph{{E}. coli} and {$x_1$}},\n"
                   "  journal = {Shores},\n"
                   "  year = {2020},\n  month = feb,\n  day = {29},\n"
                   "  keywords = {one, two},\n  mynote = {n},\n}\n");
    citeconv_record_free(r);
}

static void refuses_nonsense(void **state)
{
    (void)state;
    citeconv_record *r = citeconv_record_new();
    citeconv_date date = {
        .from = {.is_known = true, .year = 2021, .month = 2, .day = 29}};
    citeconv_name nobody = {.given = "Jan"}, both = {.family = "A", .literal = "B"};
    citeconv_name broken = {.family = "\xff"};
    assert_int_equal(citeconv_record_set_date(r, "issued", &date), CITECONV_USAGE);
    date = (citeconv_date){.from = {.is_known = true, .year = 2021, .day = 3}};
    assert_int_equal(citeconv_record_set_date(r, "issued", &date), CITECONV_USAGE);
    date = (citeconv_date){.is_range = true};
    assert_int_equal(citeconv_record_set_date(r, "issued", &date), CITECONV_USAGE);
    date = (citeconv_date){.from = {.is_known = true, .year = 1975, .unknown_digits = 1}};
    assert_int_equal(citeconv_record_set_date(r, "issued", &date), CITECONV_USAGE);
    assert_int_equal(citeconv_record_add_name(r, "author", &nobody), CITECONV_USAGE);
    assert_int_equal(citeconv_record_add_name(r, "author", &both), CITECONV_USAGE);
    assert_int_equal(citeconv_record_add_name(r, "author", &broken), CITECONV_USAGE);
    assert_int_equal(citeconv_record_add_name(r, "title", &both), CITECONV_USAGE);
    assert_int_equal(citeconv_record_set_text(r, "titel", "x"), CITECONV_USAGE);
    assert_int_equal(citeconv_record_set_text(r, "title", "a\xc3"), CITECONV_USAGE);
    assert_int_equal(citeconv_record_set_key(r, "\xff"), CITECONV_USAGE);
    assert_int_equal(citeconv_record_set_markup(r, "author", "x"), CITECONV_USAGE);
    assert_int_equal(citeconv_record_field_count(r), 0);
    citeconv_record_free(r);
}

static void changes_what_was_read(void **state)
{
    (void)state;
    citeconv_record *r = citeconv_record_new();
    citeconv_reader *reader = reader_of("bibtex", BIB, NULL);
    assert_int_equal(citeconv_reader_next(reader, r), CITECONV_OK);
    citeconv_reader_close(reader);
    const char *before = citeconv_field_name(citeconv_record_field(r, 0));
    assert_int_equal(citeconv_record_set_text(r, "title", "New"), CITECONV_OK);
    assert_string_equal(citeconv_field_name(citeconv_record_field(r, 0)), before);
    assert_string_equal(citeconv_record_text(r, "title"), "New");
    assert_int_equal(citeconv_record_set_text(r, "author", "Vincent van Gogh"),
                     CITECONV_OK);
    assert_string_equal(citeconv_record_text(r, "author"), "van Gogh, Vincent");
    assert_int_equal(citeconv_record_set_text(r, "issued", "May 1888"), CITECONV_OK);
    assert_string_equal(citeconv_record_text(r, "issued"), "1888-05");
    assert_int_equal(citeconv_record_set_text(r, "issued", "some day"), CITECONV_OK);
    assert_int_equal(citeconv_field_form(citeconv_record_find(r, "issued")),
                     CITECONV_TEXT);
    assert_int_equal(citeconv_record_set_text(r, "issued", "1888"), CITECONV_OK);
    assert_int_equal(citeconv_record_set_text(r, "container-title", NULL), CITECONV_OK);
    assert_int_equal(citeconv_record_remove(r, "other"), 1);
    assert_int_equal(citeconv_record_set_key(r, "k"), CITECONV_OK);
    assert_written("bibtex", r,
                   "@article{k,\n  author = {van Gogh, Vincent},\n  title = {New},\n"
                   "  year = {1888},\n}\n");
    citeconv_record_free(r);
}

static void adds_many_names(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    citeconv_record *r = citeconv_record_new();
    char family[16];
    for (int i = 0; i < MANY; i++) {
        citeconv_name name = {.family = family};
        snprintf(family, sizeof family, "N%d", i);
        assert_int_equal(
            citeconv_record_add_name(r, i % 2 == 0 ? "author" : "editor", &name),
            CITECONV_OK);
    }
    const citeconv_field *editor = citeconv_record_find(r, "editor");
    assert_int_equal(citeconv_field_name_count(editor), MANY / 2);
    for (size_t i = 0; i < MANY / 2; i++) {
        snprintf(family, sizeof family, "N%zu", 2 * i + 1);
        assert_string_equal(citeconv_field_get_name(editor, i)->family, family);
    }
    citeconv_record_free(r);
}

/* Inputs and outputs. */

typedef struct Drip {
    const char *rest;
    size_t left; /* bytes that may be read before it fails */
} Drip;

static ptrdiff_t drip(void *context, char *to, size_t size)
{
    Drip *d = context;
    assert_true(size > 0);
    if (d->left == 0)
        return -1;
    if (*d->rest == '\0')
        return 0;
    *to = *d->rest++;
    d->left--;
    return 1;
}

typedef struct Caught {
    char text[4096];
    size_t size, most;
} Caught;

static int catch (void *context, const char *data, size_t size)
{
    Caught *c = context;
    if (c->size + size > c->most)
        return 1;
    memcpy(c->text + c->size, data, size);
    c->size += size;
    c->text[c->size] = '\0';
    return 0;
}

static void converts_by_functions(void **state)
{
    (void)state;
    Drip in = {RIS, sizeof RIS};
    Caught out = {.most = 4000};
    citeconv_reader *reader;
    citeconv_writer *writer;
    char *whole;
    size_t size;
    assert_int_equal(
        citeconv_convert_memory(NULL, RIS, strlen(RIS), "csl-json", &whole, &size, NULL),
        CITECONV_OK);
    assert_int_equal(citeconv_reader_open_function(&reader, NULL, drip, &in, NULL, NULL),
                     CITECONV_OK);
    assert_int_equal(
        citeconv_writer_open_function(&writer, "csl-json", catch, &out, NULL),
        CITECONV_OK);
    assert_int_equal(citeconv_convert(reader, writer), CITECONV_OK);
    assert_int_equal(citeconv_convert(reader, writer), CITECONV_USAGE);
    citeconv_record *record = citeconv_record_new();
    assert_int_equal(citeconv_writer_write(writer, record), CITECONV_USAGE);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_END);
    citeconv_record_free(record);
    assert_int_equal(citeconv_reader_records(reader), 2);
    citeconv_reader_close(reader);
    assert_int_equal(citeconv_writer_close(writer), CITECONV_OK);
    assert_int_equal(out.size, size);
    assert_string_equal(out.text, whole);
    citeconv_free(whole);
}

static void tells_broken_worlds(void **state)
{
    (void)state;
    Heard heard;
    citeconv_options *options = listening(&heard, CITECONV_ERROR);
    Drip in = {RIS, 300};
    Caught out = {.most = 20};
    citeconv_reader *reader;
    citeconv_writer *writer;
    citeconv_record *record = citeconv_record_new();
    assert_int_equal(citeconv_reader_open_file(&reader, NULL, "no such file", options),
                     CITECONV_IO);
    assert_null(reader);
    assert_int_equal(citeconv_reader_open_file(&reader, NULL, "/", options), CITECONV_IO);
    in.left = 60;
    assert_int_equal(
        citeconv_reader_open_function(&reader, "ris", drip, &in, "drip", options),
        CITECONV_OK);
    while (citeconv_reader_next(reader, record) == CITECONV_OK)
        continue;
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_IO);
    citeconv_reader_close(reader);
    assert_string_equal(heard.text, "open-failed:0 read-failed:0 read-failed:0 ");
    heard.text[0] = '\0';
    assert_int_equal(
        citeconv_writer_open_function(&writer, "csl-json", catch, &out, options),
        CITECONV_OK);
    citeconv_record_set_text(record, "title", "A title that is longer than that");
    citeconv_writer_write(writer, record);
    assert_int_equal(citeconv_writer_close(writer), CITECONV_IO);
    assert_string_equal(heard.text, "write-failed:0 ");
    citeconv_record_free(record);
    citeconv_options_free(options);
}

/* SIGPIPE would end this test. */
static void outlives_a_closed_pipe(void **state)
{
    (void)state;
    int ends[2];
    citeconv_reader *reader = reader_of("ris", RIS, NULL);
    citeconv_writer *writer;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(citeconv_writer_open_fd(&writer, "bibtex", ends[1], NULL),
                     CITECONV_OK);
    assert_int_equal(citeconv_convert(reader, writer), CITECONV_IO);
    assert_int_equal(citeconv_writer_close(writer), CITECONV_IO);
    citeconv_reader_close(reader);
    assert_int_equal(fcntl(ends[1], F_GETFD), 0);
    close(ends[1]);
}

static char *contents(const char *path)
{
    static char text[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void files_are_whole_or_not_there(void **state)
{
    (void)state;
    char path[] = "test-api-XXXXXX";
    char name[64];
    assert_non_null(mkdtemp(path));
    snprintf(name, sizeof name, "%s/out.bib", path);
    citeconv_writer *writer;
    citeconv_record *record = citeconv_record_new();
    citeconv_record_set_text(record, "title", "Tea");
    citeconv_record_set_key(record, "k");
    assert_int_equal(citeconv_writer_open_file(&writer, NULL, name, NULL), CITECONV_OK);
    assert_int_equal(citeconv_writer_write(writer, record), CITECONV_OK);
    citeconv_writer_abandon(writer);
    assert_null(contents(name));
    assert_int_equal(citeconv_writer_open_file(&writer, NULL, name, NULL), CITECONV_OK);
    assert_int_equal(citeconv_writer_write(writer, record), CITECONV_OK);
    assert_null(contents(name));
    assert_int_equal(citeconv_writer_close(writer), CITECONV_OK);
    assert_non_null(strstr(contents(name), "title = {Tea}"));
    /* The input may be the output, and keeps its spelling in its own family. */
    assert_int_equal(citeconv_convert_file(NULL, name, NULL, name, NULL), CITECONV_OK);
    assert_non_null(strstr(contents(name), "title = {Tea}"));
    assert_int_equal(citeconv_writer_open_file(&writer, NULL, "x.unknown", NULL),
                     CITECONV_UNKNOWN);
    assert_null(writer);
    citeconv_record_free(record);
    assert_int_equal(unlink(name), 0);
    assert_int_equal(rmdir(path), 0); /* nothing else is there */
}

static void reads_descriptors(void **state)
{
    (void)state;
    int ends[2];
    citeconv_reader *reader;
    citeconv_record *record = citeconv_record_new();
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], RIS, strlen(RIS)), strlen(RIS));
    close(ends[1]);
    assert_int_equal(citeconv_reader_open_fd(&reader, NULL, ends[0], NULL, NULL),
                     CITECONV_OK);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_OK);
    assert_string_equal(citeconv_record_place(record, NULL, NULL), "input");
    citeconv_reader_close(reader);
    assert_int_equal(fcntl(ends[0], F_GETFD), 0);
    close(ends[0]);
    citeconv_record_free(record);
}

static void tells_formats(void **state)
{
    (void)state;
    Heard heard;
    citeconv_options *options = listening(&heard, CITECONV_DETAIL);
    citeconv_reader *reader;
    citeconv_record *record = citeconv_record_new();
    assert_int_equal(
        citeconv_reader_open_memory(&reader, NULL, "hello\n", 6, NULL, options),
        CITECONV_UNKNOWN);
    assert_int_equal(citeconv_reader_open_memory(&reader, "rtf", "", 0, NULL, options),
                     CITECONV_UNKNOWN);
    assert_string_equal(heard.text, "unknown-format:1 usage:0 ");
    assert_int_equal(citeconv_reader_open_memory(&reader, NULL, " \n", 2, NULL, options),
                     CITECONV_OK);
    assert_string_equal(citeconv_reader_format(reader), "");
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_END);
    citeconv_reader_close(reader);
    size_t count = 0;
    while (citeconv_format_name(count) != NULL)
        count++;
    assert_true(count > 10);
    assert_null(citeconv_format_name(count + 7));
    assert_string_equal(citeconv_format_title("bib"), "BibTeX");
    assert_null(citeconv_format_title("nothing"));
    assert_true(citeconv_format_reads("arrow") && !citeconv_format_writes("arrow"));
    assert_true(citeconv_format_writes("rtf") && !citeconv_format_reads("rtf"));
    citeconv_record_free(record);
    citeconv_options_free(options);
}

/* Options. */

static void options_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value;
        citeconv_status status;
    } ROWS[] = {
        {"repair", "no", CITECONV_OK},
        {"repair", "maybe", CITECONV_USAGE},
        {"to-charset", "latin1", CITECONV_OK},
        {"to-charset", "latin", CITECONV_USAGE},
        {"from-charset", "x//y", CITECONV_USAGE},
        {"width", "72", CITECONV_OK},
        {"width", "7", CITECONV_USAGE},
        {"width", "0", CITECONV_OK},
        {"width", "999999999", CITECONV_OK},
        {"width", "1000000000", CITECONV_USAGE},
        {"width", "-20", CITECONV_USAGE},
        {"width", "40 ", CITECONV_USAGE},
        {"width", "", CITECONV_USAGE},
        {"memory", "1234567890", CITECONV_USAGE},
        {"memory", "1k", CITECONV_USAGE},
        {"memory", "K", CITECONV_USAGE},
        {"unique", "", CITECONV_USAGE},
        {"memory", "64M", CITECONV_OK},
        {"memory", "64X", CITECONV_USAGE},
        {"memory", "0", CITECONV_USAGE},
        {"memory", "9M9", CITECONV_USAGE},
        {"memory", "", CITECONV_USAGE},
        {"opt", "bibtex.for=zotero", CITECONV_OK},
        {"opt", "bibtex.for=x", CITECONV_USAGE},
        {"opt", "bibtex.four=x", CITECONV_USAGE},
        {"opt", "nothing", CITECONV_USAGE},
        {"select", "year > 2000", CITECONV_OK},
        {"select", "year >", CITECONV_USAGE},
        {"key", "[auth][year]", CITECONV_OK},
        {"key", "[", CITECONV_USAGE},
        {"sort", "author,-issued", CITECONV_OK},
        {"sort", "nobody", CITECONV_USAGE},
        {"unique", "merge", CITECONV_OK},
        {"unique", "both", CITECONV_USAGE},
        {"venues", "no such file", CITECONV_IO},
        {"no-such", "", CITECONV_USAGE},
    };
    Heard heard;
    citeconv_options *options = listening(&heard, CITECONV_ERROR);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        size_t before = heard.count;
        citeconv_status status =
            citeconv_options_set(options, ROWS[i].name, ROWS[i].value);
        if (status != ROWS[i].status)
            print_error("%s=%s\n", ROWS[i].name, ROWS[i].value);
        assert_int_equal(status, ROWS[i].status);
        assert_int_equal(heard.count - before, status != CITECONV_OK);
    }
    citeconv_options_free(options);
}

/* The library never reads what is nobody's to give away. */
static void a_dash_is_a_file(void **state)
{
    (void)state;
    static const struct {
        const char *option, *content, *to;
    } ROWS[] = {
        {"aux", "\\citation{b}\n", "bibtex"},
        {"bcf", "<bcf:citekey order=\"1\">b</bcf:citekey>\n", "bibtex"},
        {"cite", "[@b]\n", "text"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        citeconv_options *options = citeconv_options_new();
        char *text;
        size_t size;
        FILE *file = fopen("-", "w");
        assert_non_null(file);
        fputs(ROWS[i].content, file);
        fclose(file);
        assert_int_equal(citeconv_options_set(options, ROWS[i].option, "-"), CITECONV_OK);
        citeconv_status status = citeconv_convert_memory(
            "bibtex", BIB, strlen(BIB), ROWS[i].to, &text, &size, options);
        remove("-");
        assert_int_equal(status, CITECONV_OK);
        assert_non_null(strstr(text, "1999"));
        assert_true(strcmp(ROWS[i].option, "cite") == 0 || strstr(text, "2001") == NULL);
        citeconv_free(text);
        citeconv_options_free(options);
    }
}

/* Stages hold for whole conversions and record by record. */
static void stages_work(void **state)
{
    (void)state;
    citeconv_options *options = citeconv_options_new();
    assert_int_equal(citeconv_options_set(options, "sort", "issued"), CITECONV_OK);
    assert_int_equal(citeconv_options_set(options, "key", "[year]"), CITECONV_OK);
    assert_int_equal(citeconv_options_set(options, "drop", "keyword"), CITECONV_OK);
    assert_int_equal(citeconv_options_set(options, "memory", "1K"), CITECONV_OK);
    char *whole, *single;
    size_t size;
    assert_int_equal(citeconv_convert_memory("ris", RIS, strlen(RIS), "bibtex", &whole,
                                             &size, options),
                     CITECONV_OK);
    assert_string_equal(whole, "@book{2001,\n  author = {Zed, A.},\n  title = {A},\n"
                               "  year = {2001},\n  publisher = {P},\n}\n\n"
                               "@article{2019,\n"
                               "  author = {Le Guern, Anne and van der Berg, Jan},\n"
                               "  title = {Water \\emph{over} stones},\n"
                               "  journal = {Rivers},\n"
                               "  year = {2019},\n  month = may,\n  day = {12},\n}\n");
    citeconv_reader *reader = reader_of("ris", RIS, NULL);
    citeconv_writer *writer;
    citeconv_record *record = citeconv_record_new();
    assert_int_equal(
        citeconv_writer_open_memory(&writer, "bibtex", &single, &size, options),
        CITECONV_OK);
    while (citeconv_reader_next(reader, record) == CITECONV_OK)
        assert_int_equal(citeconv_writer_write(writer, record), CITECONV_OK);
    citeconv_reader_close(reader); /* what the stages hold outlives it */
    citeconv_record_free(record);
    assert_int_equal(citeconv_writer_close(writer), CITECONV_OK);
    assert_string_equal(single, whole);
    citeconv_free(whole);
    citeconv_free(single);
    citeconv_options_free(options);
}

static void spelling_stays_in_the_family(void **state)
{
    (void)state;
    char *text;
    size_t size;
    assert_int_equal(
        citeconv_convert_memory(NULL, BIB, strlen(BIB), "bibtex", &text, &size, NULL),
        CITECONV_OK);
    assert_non_null(strstr(text, "@string{r = {Rivers}}"));
    assert_non_null(strstr(text, "% a comment"));
    assert_non_null(strstr(text, "journal = r,"));
    citeconv_free(text);
}

static void messages_have_places(void **state)
{
    (void)state;
    Heard heard;
    citeconv_options *options = listening(&heard, CITECONV_WARNING);
    char *text;
    size_t size;
    assert_int_equal(
        citeconv_convert_memory("bibtex", BIB, strlen(BIB), "ris", &text, &size, options),
        CITECONV_OK);
    assert_string_equal(heard.text, "lost-field:4 ");
    citeconv_free(text);
    heard.text[0] = '\0';
    assert_int_equal(citeconv_convert_memory("csl-json", "[{\"id\":}]", 9, "ris", &text,
                                             &size, options),
                     CITECONV_LOST);
    assert_non_null(text); /* an empty list, for which nobody need care */
    citeconv_free(text);
    citeconv_options_free(options);
}

/* Styles. */

static void cites_and_lists(void **state)
{
    (void)state;
    citeconv_style *style;
    citeconv_record *record = citeconv_record_new();
    citeconv_reader *reader = reader_of("ris", RIS, NULL);
    assert_int_equal(citeconv_style_open(&style, "no-such-style", NULL, NULL),
                     CITECONV_UNKNOWN);
    assert_null(style);
    assert_int_equal(citeconv_style_open(&style, "apa-like", NULL, NULL), CITECONV_OK);
    assert_non_null(strstr(citeconv_style_title(style), "APA"));
    assert_false(citeconv_style_is_note(style));
    citeconv_document *document = citeconv_document_open(style);
    size_t work = 9, citation = 9;
    while (citeconv_reader_next(reader, record) == CITECONV_OK)
        assert_int_equal(citeconv_document_add(document, record, &work), CITECONV_OK);
    citeconv_reader_close(reader);
    assert_int_equal(work, 1);
    citeconv_cite cites[] = {{.work = 1, .prefix = "see "}, {.work = 0, .locator = "7"}};
    assert_int_equal(citeconv_document_cite(document, cites, 2, 0, &citation),
                     CITECONV_OK);
    assert_int_equal(citation, 0);
    cites[1].work = 2;
    assert_int_equal(citeconv_document_cite(document, cites, 2, 0, NULL), CITECONV_USAGE);
    assert_string_equal(citeconv_document_citation(document, 0, CITECONV_PLAIN),
                        "(Le Guern & van der Berg, 2019, p. 7; see Zed, 2001)");
    assert_string_equal(citeconv_document_citation(document, 0, CITECONV_HTML),
                        "(Le Guern &amp; van der Berg, 2019, p. 7; see Zed, 2001)");
    assert_null(citeconv_document_citation(document, 1, CITECONV_PLAIN));
    assert_int_equal(citeconv_document_entries(document), 2);
    assert_string_equal(citeconv_document_entry(document, 0, CITECONV_HTML, &work),
                        "Le Guern, A., &amp; van der Berg, J. (2019). Water <i>over</i> "
                        "stones. <i>Rivers</i>.");
    assert_int_equal(work, 0);
    assert_string_equal(citeconv_document_entry(document, 1, CITECONV_PLAIN, &work),
                        "Zed, A. (2001). A. P.");
    assert_int_equal(work, 1);
    assert_null(citeconv_document_entry(document, 2, CITECONV_PLAIN, NULL));
    assert_int_equal(citeconv_document_add(document, record, NULL), CITECONV_USAGE);
    citeconv_document_close(document);
    citeconv_style_close(style);
    citeconv_record_free(record);
}

/* The child of other formats. */

static void hear_text(void *context, const citeconv_message *message)
{
    snprintf(context, sizeof((Heard *)context)->text, "%s", message->text);
}

/* What is said where the program that reads ISI ends at once. */
static void read_in_vain(char *said)
{
    citeconv_options *options = citeconv_options_new();
    citeconv_record *record = citeconv_record_new();
    citeconv_reader *reader;
    citeconv_options_listen(options, hear_text, said, CITECONV_ERROR);
    reader = reader_of("isi", "PT J\nTI A title\nER\n\n", options);
    assert_int_equal(citeconv_reader_next(reader, record), CITECONV_IO);
    citeconv_reader_close(reader);
    citeconv_record_free(record);
    citeconv_options_free(options);
}

static size_t count_descriptors(void)
{
    size_t count = 0;
    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static void no_descriptor_is_lost(void **state)
{
    (void)state;
    Heard heard = {.count = 0};
    struct rlimit usual, few;
    size_t before = count_descriptors();
    setenv("CITECONV_BIBUTILS", "/bin/true", 1);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
    int next = dup(STDERR_FILENO);
    close(next);
    for (rlim_t more = 0; more < 8; more++) {
        few = usual;
        few.rlim_cur = (rlim_t)next + more;
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
        read_in_vain(heard.text);
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
        assert_int_equal(count_descriptors(), before);
    }
    unsetenv("CITECONV_BIBUTILS");
}

/* Then no child can be waited for, and its id is soon another's. */
static void a_child_may_go_unseen(void **state)
{
    (void)state;
    Heard heard = {.count = 0};
    setenv("CITECONV_BIBUTILS", "/bin/true", 1);
    signal(SIGCHLD, SIG_IGN);
    read_in_vain(heard.text);
    signal(SIGCHLD, SIG_DFL);
    unsetenv("CITECONV_BIBUTILS");
    assert_non_null(strstr(heard.text, "ended"));
    assert_null(strstr(heard.text, "status"));
}

static void lists_are_written(void **state)
{
    (void)state;
    citeconv_options *options = citeconv_options_new();
    citeconv_options_set(options, "style", "ieee-like");
    char *text;
    size_t size;
    assert_int_equal(
        citeconv_convert_memory("ris", RIS, strlen(RIS), "text", &text, &size, options),
        CITECONV_OK);
    assert_memory_equal(text, "[1] A. Le Guern", 15);
    citeconv_free(text);
    assert_int_equal(
        citeconv_convert_memory("ris", RIS, strlen(RIS), "bibtex", &text, &size, options),
        CITECONV_USAGE);
    assert_null(text);
    citeconv_options_free(options);
}

static void nothing_is_fine(void **state)
{
    (void)state;
    citeconv_options_free(NULL);
    citeconv_record_free(NULL);
    citeconv_reader_close(NULL);
    assert_int_equal(citeconv_writer_close(NULL), CITECONV_OK);
    citeconv_writer_abandon(NULL);
    citeconv_style_close(NULL);
    citeconv_document_close(NULL);
    citeconv_free(NULL);
    assert_string_equal(citeconv_version(), "0.1.0");
    assert_string_equal(citeconv_status_text((citeconv_status)99), "unknown status");
    /* An empty list is one, too. */
    citeconv_writer *writer;
    char *text;
    size_t size;
    assert_int_equal(citeconv_writer_open_memory(&writer, "csl-json", &text, &size, NULL),
                     CITECONV_OK);
    assert_int_equal(citeconv_writer_close(writer), CITECONV_OK);
    assert_string_equal(text, "[]\n");
    citeconv_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_at_records),
        cmocka_unit_test(looks_at_bibtex),
        cmocka_unit_test(records_inherit),
        cmocka_unit_test(makes_records),
        cmocka_unit_test(refuses_nonsense),
        cmocka_unit_test(changes_what_was_read),
        cmocka_unit_test(adds_many_names),
        cmocka_unit_test(converts_by_functions),
        cmocka_unit_test(tells_broken_worlds),
        cmocka_unit_test(outlives_a_closed_pipe),
        cmocka_unit_test(files_are_whole_or_not_there),
        cmocka_unit_test(reads_descriptors),
        cmocka_unit_test(tells_formats),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(a_dash_is_a_file),
        cmocka_unit_test(stages_work),
        cmocka_unit_test(spelling_stays_in_the_family),
        cmocka_unit_test(messages_have_places),
        cmocka_unit_test(cites_and_lists),
        cmocka_unit_test(no_descriptor_is_lost),
        cmocka_unit_test(a_child_may_go_unseen),
        cmocka_unit_test(lists_are_written),
        cmocka_unit_test(nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
