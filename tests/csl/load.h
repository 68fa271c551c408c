/* SPDX-License-Identifier: MIT
 * What the programs for styles share: CSL-JSON to records, files, HTML. */
#ifndef CITECONV_TESTS_CSL_LOAD_H
#define CITECONV_TESTS_CSL_LOAD_H

#include "convert/io/source.h"
#include "convert/style/style.h"

#include <stdio.h>

/* The whole file; NULL data where it cannot be read.  Lives in the arena. */
bool load_file(Arena *arena, const char *path, Str *text);
/* Readers take files only: a temporary one, which its descriptor names. */
typedef struct Loaded {
    FILE *file;
    char name[32];
    const char *path;
} Loaded;
Source *load_open(Loaded *loaded, Str bytes, Diag *diag);
void load_close(Loaded *loaded, Source *source);
/* Reads CSL-JSON as the program does; a record is good until the visit returns. */
typedef void LoadVisit(void *context, const Record *rec);
void load_records(Str json, LoadVisit *visit, void *context);
/* A source whose context is a Library. */
typedef struct Library {
    Arena arena;
    const char *locales; /* directory */
    const char *styles;  /* directory, may be NULL */
} Library;
StyleSource load_source(Library *library);
/* HTML as citeproc-js writes it. */
void load_html(Buf *out, const StyleText *text);
/* Raised letters give their plain form; *size is that of the raised one. */
const char *load_plain(Str s, size_t *size);

#endif
