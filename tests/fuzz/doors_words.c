/* SPDX-License-Identifier: MIT
 * Doors of what a user says, or takes from others to say it: the command line, its small
 * languages, its files, and the library's options. */
#include "convert/cli/options.h"
#include "convert/citeconv.h"
#include "convert/pipeline/expr.h"
#include "convert/pipeline/template.h"
#include "convert/record/date.h"
#include "convert/text/utf8.h"
#include "formats/tags.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <unistd.h>

static const char LIBRARY[] =
    "@article{one, author = {van der Meer, Jr., Ada and {Body} and others}, title = {A "
    "{B} of $x$}, journal = {J}, year = 1999, month = mar, pages = {1--2}, keywords = "
    "{a, b}}\n@book{two, title = {\\'Etudes}, editor = {Li, W.}, date = {2001-02/..}, "
    "ids = {zwei}}\n@inbook{three, crossref = {two}, title = {}, doi = {10.5555/x}}\n";

void filter(const Plan *plan)
{
    Choice choice = {.from = registry_find(STR("bibtex"), ROLE_READER),
                     .to = registry_find(STR("csl-jsonl"), ROLE_WRITER),
                     .plan = *plan};
    Made made = {0};
    convert((Str){LIBRARY, sizeof LIBRARY - 1}, &choice, &made);
    expect_json(buf_str(&made.written), true);
    made_free(&made);
}

void door_select(Str s)
{
    const char *wrong;
    size_t column;
    char *text = as_argument(s);
    const char *items[] = {text};
    Expr *expr = expr_open(str_from(text), &wrong, &column);
    if (expr != NULL) {
        expr_close(expr);
        filter(&(Plan){.select = {items, 1}});
    } else {
        expect(column >= 1 && column <= s.size + 1, "a fault is in the expression");
    }
    free(text);
}

void door_key(Str s)
{
    Buf wrong = {0};
    size_t column;
    char *text = as_argument(s);
    Template *template = template_open(str_from(text), &wrong, &column);
    if (template != NULL) {
        template_close(template);
        filter(&(Plan){.key = text});
    } else {
        expect(column >= 1 && column <= s.size + 1, "a fault is in the template");
    }
    buf_free(&wrong);
    free(text);
}

static void cited(Str s, bool aux)
{
    char name[NAME_ROOM];
    const char *files[] = {name};
    int fd = give_file(s, name);
    Words words = {files, 1};
    filter(aux ? &(Plan){.aux = words} : &(Plan){.bcf = words});
    close(fd);
}

void door_aux(Str s)
{
    cited(s, true);
}

void door_bcf(Str s)
{
    cited(s, false);
}

void door_map(Str s)
{
    TagMap *map = tag_map_open();
    Str rest = s, line;
    size_t column;
    /* Whoever calls this has valid UTF-8. */
    while (utf8_valid(s) == s.size && str_split(&rest, '\n', &line)) {
        if (tag_map_add_line(map, line, &column) != NULL)
            expect(column >= 1 && column <= line.size + 1, "a fault is in the line");
    }
    Choice choice = {.from = registry_find(STR("bibtex"), ROLE_READER),
                     .to = registry_find(STR("ris"), ROLE_WRITER),
                     .opt = {.map = map}};
    Made made = {0};
    convert((Str){LIBRARY, sizeof LIBRARY - 1}, &choice, &made);
    made_free(&made);
    tag_map_close(map);
}

/* A user's own table of venues. */
void door_venues(Str s)
{
    VenueTable *own = venue_open();
    Arena arena = {0};
    Str rest = s, line;
    while (str_split(&rest, '\n', &line)) {
        size_t column;
        VenueFacts facts;
        if (venue_add_line(own, line, &column) == NULL)
            venue_find(own, &arena, str_slice(line, 0, str_find_byte(line, '|')), 2001,
                       &facts);
        else
            expect(column >= 1 && column <= line.size + 1, "a fault is in the line");
    }
    arena_free(&arena);
    venue_close(own);
}

static void count_said(void *context, const Message *message)
{
    *(size_t *)context += message->text.size;
}

/* Arguments with NULs between them.  The stages that they ask for are tried; files that
 * they name are left alone. */
void door_options(Str s)
{
    enum { MOST = 64 };
    size_t said = 0;
    char *text = as_argument(s);
    char program[] = "citeconv", *argv[MOST + 1] = {program};
    int argc = 1;
    Diag diag = {.fd = -1, .keep = count_said, .keeper = &said};
    Command command;
    for (char *at = text; at < text + s.size && argc < MOST; at += strlen(at) + 1)
        argv[argc++] = at;
    if (command_parse(argc, argv, &command, &diag)) {
        Plan plan = command.plan;
        plan.aux = plan.bcf = (Words){NULL, 0};
        if (command.task == TASK_CONVERT)
            filter(&plan);
    } else {
        expect(said > 0, "what makes no sense is said");
    }
    command_free(&command);
    diag_free(&diag);
    free(text);
}

/* The next text up to a NUL, as C has it; "" at the end, where a NUL is, too. */
static const char *next_text(char **at, const char *end)
{
    char *text = *at;
    *at += strlen(text) + (text + strlen(text) < end ? 1 : 0);
    return text;
}

static void use_fields(citeconv_record *record)
{
    size_t count = citeconv_record_field_count(record), size, total = 0;
    citeconv_date date;
    for (size_t i = 0; i < count; i++) {
        const citeconv_field *field = citeconv_record_field(record, i);
        total += strlen(citeconv_field_name(field)) + strlen(citeconv_field_tag(field));
        total += strlen(citeconv_field_text(field, &size)) <= size;
        total += strlen(citeconv_field_markup(field, &size)) <= size;
        for (size_t n = 0; n < citeconv_field_name_count(field); n++)
            total += citeconv_field_get_name(field, n)->family != NULL;
        total += citeconv_field_date(field, &date) && date.is_range;
    }
    expect(citeconv_record_field(record, count) == NULL && total >= count,
           "a record has as many fields as it says");
}

/* Texts for all that a record can be told. */
static void tell(citeconv_record *record, char **at, const char *end)
{
    const char *name = next_text(at, end), *text = next_text(at, end);
    citeconv_name person = {.family = text, .given = name};
    citeconv_date date = {.from = {.is_known = true,
                                   .year = (int)strlen(text) * 99,
                                   .month = name[0] % 30,
                                   .day = text[0] % 40}};
    citeconv_record_set_text(record, name, text);
    citeconv_record_set_markup(record, "title", text);
    citeconv_record_add_name(record, "author", &person);
    citeconv_record_set_date(record, "issued", &date);
    citeconv_record_set_date(record, name, &date);
    citeconv_record_add_text(record, "keyword", text);
    citeconv_record_add_other(record, name, text);
    citeconv_record_set_kind(record, text);
    citeconv_record_set_key(record, name);
}

static void cite(const citeconv_options *options, const citeconv_record *record,
                 const char *locator)
{
    citeconv_style *style;
    size_t work;
    if (citeconv_style_open(&style, "author-date", NULL, options) != CITECONV_OK)
        return;
    citeconv_document *document = citeconv_document_open(style);
    citeconv_document_add(document, record, &work);
    citeconv_cite cites[] = {{.work = work, .locator = locator, .prefix = locator}};
    bool cited =
        citeconv_document_cite(document, cites, 1, 0, NULL) == CITECONV_OK; /* is UTF-8 */
    expect((citeconv_document_citation(document, 0, CITECONV_HTML) != NULL) == cited &&
               citeconv_document_citation(document, 1, CITECONV_HTML) == NULL,
           "there are as many citations as were made");
    citeconv_document_entry(document, 0, CITECONV_HTML, NULL);
    citeconv_document_close(document);
    citeconv_style_close(style);
}

static void listen(void *context, const citeconv_message *message)
{
    *(size_t *)context += strlen(message->text) + strlen(message->key);
}

/* Pairs of texts that are options up to an empty name, "@" a file of the rest; two texts
 * for a record; then what is read. */
void door_library(Str s)
{
    char *text = as_argument(s), *at = text, *data = NULL, path[NAME_ROOM];
    const char *end = text + s.size, *name, *format;
    size_t size, said = 0;
    int fd = give_file(s, path);
    citeconv_options *options = citeconv_options_new();
    citeconv_record *record = citeconv_record_new();
    citeconv_reader *reader;
    citeconv_writer *writer;
    citeconv_options_listen(options, listen, &said, CITECONV_DETAIL);
    while ((name = next_text(&at, end))[0] != '\0') {
        const char *value = next_text(&at, end);
        bool file = strcmp(name, "venues") == 0 || strcmp(name, "map") == 0 ||
                    strcmp(name, "aux") == 0 || strcmp(name, "bcf") == 0 ||
                    strcmp(name, "cite") == 0 || strcmp(name, "style") == 0;
        citeconv_options_set(options, name, file ? path : value);
    }
    char *told = at;
    next_text(&at, end);
    next_text(&at, end);
    format = next_text(&at, end);
    if (!citeconv_format_writes(format))
        format = "bibtex";
    if (citeconv_reader_open_memory(&reader, NULL, at, (size_t)(end - at), NULL,
                                    options) == CITECONV_OK) {
        if (citeconv_writer_open_memory(&writer, format, &data, &size, options) ==
            CITECONV_OK) {
            while (citeconv_reader_next(reader, record) == CITECONV_OK) {
                use_fields(record);
                citeconv_writer_write(writer, record);
            }
            tell(record, &told, end);
            use_fields(record);
            cite(options, record, told);
            citeconv_writer_write(writer, record);
            citeconv_writer_close(writer);
            citeconv_free(data);
        }
        citeconv_reader_close(reader);
    }
    citeconv_record_free(record);
    citeconv_options_free(options);
    close(fd);
    free(text);
}
