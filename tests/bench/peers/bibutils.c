/* SPDX-License-Identifier: MIT
 * BibTeX to RIS by libbibutils in its own process: bibutils FILE [BATCH].  With a batch,
 * that many entries at a time, which spares it what grows faster than its input. */
#include <bibutils/bibutils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int convert(FILE *in)
{
    bibl all;
    param how;
    bibl_init(&all);
    bibl_initparams(&how, BIBL_BIBTEXIN, BIBL_RISOUT, "bench");
    int status = bibl_read(&all, in, "bench", &how);
    if (status == BIBL_OK)
        status = bibl_write(&all, stdout, &how);
    bibl_free(&all);
    bibl_freeparams(&how);
    return status;
}

static int convert_part(char *text, size_t size)
{
    FILE *in = fmemopen(text, size, "r");
    int status = in == NULL ? 1 : convert(in);
    if (in != NULL)
        fclose(in);
    return status;
}

static int convert_batches(FILE *in, size_t batch)
{
    char *text = NULL, *line = NULL;
    size_t room = 0, length = 0, count = 0;
    int status = BIBL_OK;
    FILE *part = open_memstream(&text, &length);
    while (part != NULL && status == BIBL_OK && getline(&line, &room, in) > 0) {
        if (line[0] == '@' && count++ == batch) {
            fflush(part);
            status = convert_part(text, length);
            rewind(part);
            count = 1;
        }
        fputs(line, part);
    }
    if (part != NULL && fflush(part) == 0 && length > 0 && status == BIBL_OK)
        status = convert_part(text, (size_t)ftell(part));
    if (part != NULL)
        fclose(part);
    free(text);
    free(line);
    return status;
}

int main(int count, char **args)
{
    FILE *in = count > 1 ? fopen(args[1], "r") : NULL;
    if (in == NULL)
        return 2;
    int status =
        count > 2 ? convert_batches(in, strtoul(args[2], NULL, 10)) : convert(in);
    fclose(in);
    return status == BIBL_OK ? 0 : 1;
}
