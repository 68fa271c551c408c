/* SPDX-License-Identifier: MIT
 * Reads citations of any format, prints a line for each, and writes them as BibTeX:
 *
 *     cc example.c $(pkg-config --cflags --libs citeconv) -o example
 *     ./example refs.ris refs.bib
 */
#include <citeconv.h>

#include <stdio.h>

static void hear(void *context, const citeconv_message *message)
{
    (void)context;
    if (message->line > 0) /* else it is about no place in a file */
        fprintf(stderr, "%s:%zu:%zu: ", message->file, message->line, message->column);
    fprintf(stderr, "%s [%s]\n", message->text, message->id);
}

/* "vaswani2017attention: Vaswani and 7 more, 2017" */
static void print(citeconv_record *record)
{
    const citeconv_field *authors = citeconv_record_find(record, "author");
    const citeconv_field *issued = citeconv_record_find(record, "issued");
    citeconv_date date;
    printf("%s: %s", citeconv_record_kind(record), citeconv_record_key(record));
    if (authors != NULL && citeconv_field_name_count(authors) > 0) {
        const citeconv_name *first = citeconv_field_get_name(authors, 0);
        size_t more = citeconv_field_name_count(authors) - 1;
        printf(": %s", first->family != NULL ? first->family : first->literal);
        if (more > 0)
            printf(" and %zu more", more);
    }
    if (issued != NULL && citeconv_field_date(issued, &date) && date.from.is_known)
        printf(", %d", date.from.year);
    putchar('\n');
}

static citeconv_status pass_on(citeconv_reader *in, citeconv_writer *out)
{
    citeconv_record *record = citeconv_record_new();
    citeconv_status status;
    while ((status = citeconv_reader_next(in, record)) == CITECONV_OK) {
        print(record);
        citeconv_record_set_text(record, "note", "seen by example.c");
        status = citeconv_writer_write(out, record);
        if (status != CITECONV_OK)
            break;
    }
    citeconv_record_free(record);
    return status == CITECONV_END ? CITECONV_OK : status;
}

static citeconv_status convert(const char *from, const char *to,
                               const citeconv_options *options)
{
    citeconv_reader *in;
    citeconv_writer *out;
    citeconv_status status = citeconv_reader_open_file(&in, NULL, from, options);
    if (status != CITECONV_OK)
        return status;
    status = citeconv_writer_open_file(&out, "bibtex", to, options);
    if (status == CITECONV_OK) {
        status = pass_on(in, out);
        if (status == CITECONV_OK)
            status = citeconv_writer_close(out);
        else
            citeconv_writer_abandon(out);
    }
    citeconv_reader_close(in);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: example FILE REFS.BIB\n");
        return 2;
    }
    citeconv_options *options = citeconv_options_new();
    citeconv_options_listen(options, hear, NULL, CITECONV_WARNING);
    citeconv_status status = convert(argv[1], argv[2], options);
    citeconv_options_free(options);
    if (status != CITECONV_OK)
        fprintf(stderr, "example: %s\n", citeconv_status_text(status));
    return status == CITECONV_OK ? 0 : 1;
}
