/* SPDX-License-Identifier: MIT
 * Prints a citation of the first two works of a file and the bibliography of all, in a
 * citation style, as text and as HTML:
 *
 *     cc example-style.c $(pkg-config --cflags --libs citeconv) -o example-style
 *     ./example-style apa-like refs.bib
 */
#include <citeconv.h>

#include <stdio.h>
#include <string.h>

static size_t add_all(citeconv_document *document, citeconv_reader *in)
{
    size_t count = 0;
    citeconv_record *record = citeconv_record_new();
    while (citeconv_reader_next(in, record) == CITECONV_OK) {
        citeconv_document_add(document, record, NULL);
        count++;
    }
    citeconv_record_free(record);
    return count;
}

static void print(citeconv_document *document, citeconv_output output)
{
    const char *citation = citeconv_document_citation(document, 0, output);
    if (citation != NULL)
        printf("%s\n\n", citation);
    for (size_t i = 0; i < citeconv_document_entries(document); i++)
        printf("%s\n", citeconv_document_entry(document, i, output, NULL));
}

int main(int argc, char **argv)
{
    citeconv_style *style = NULL;
    citeconv_reader *in = NULL;
    if (argc != 3) {
        fprintf(stderr, "usage: example-style STYLE FILE\n");
        return 2;
    }
    citeconv_status status = citeconv_style_open(&style, argv[1], NULL, NULL);
    if (status == CITECONV_OK)
        status = citeconv_reader_open_file(&in, NULL, argv[2], NULL);
    if (status == CITECONV_OK) {
        citeconv_document *document = citeconv_document_open(style);
        size_t count = add_all(document, in);
        citeconv_cite cites[2];
        memset(cites, 0, sizeof cites);
        cites[0].prefix = "see ";
        cites[0].locator = "12-15";
        cites[1].work = 1;
        citeconv_document_cite(document, cites, count < 2 ? count : 2, 0, NULL);
        print(document, CITECONV_PLAIN);
        putchar('\n');
        print(document, CITECONV_HTML);
        citeconv_document_close(document);
    } else {
        fprintf(stderr, "example-style: %s\n", citeconv_status_text(status));
    }
    citeconv_reader_close(in);
    citeconv_style_close(style);
    return status == CITECONV_OK ? 0 : 1;
}
