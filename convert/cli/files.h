/* SPDX-License-Identifier: MIT
 * The files that a command names: whether they are there and do not overwrite one
 * another, and the tables that are read before the input. */
#ifndef CITECONV_CLI_FILES_H
#define CITECONV_CLI_FILES_H

#include "convert/cli/options.h"
#include "convert/cli/status.h"
#include "formats/tags.h"

/* All inputs can be read; what cannot was reported. */
bool files_are_there(const Command *command, Diag *diag);
/* No output is an input or another output; what is was reported. */
bool files_are_apart(const Command *command, Diag *diag);
/* No input is surely of another language than `from`, which reads all of them as one
 * stream; what is was reported.  Looks at files only: a pipe is read once. */
bool files_are_alike(const Command *command, const Format *from, Diag *diag);
/* Bytes of all inputs; 0 where that is not known. */
size_t files_size(const Command *command);
bool files_write_stdout(const Command *command);
/* What to write instead, where the name of a file promises what no format is: a
 * refs.docx that holds BibTeX opens nowhere.  NULL where it promises nothing, as .bak. */
const char *files_advice(const char *path);

/* --venues, --map and --style. */
typedef struct Tables {
    VenueTable *venues;
    TagMap *map;
    struct Library *library;
    struct Style *style; /* NULL: none is needed */
} Tables;

/* What is wrong was reported; close it in any case. */
Status tables_open(Tables *tables, const Command *command, Diag *diag);
void tables_close(Tables *tables);

#endif
