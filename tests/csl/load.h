/* SPDX-License-Identifier: MIT
 * What the programs for styles share: CSL-JSON to records, files, HTML. */
#ifndef CITECONV_TESTS_CSL_LOAD_H
#define CITECONV_TESTS_CSL_LOAD_H

#include "convert/style/style.h"

#include <jansson.h>

/* The whole file; NULL data where it cannot be read.  Lives in the arena. */
bool load_file(Arena *arena, const char *path, Str *text);
/* An item of CSL-JSON; `rec` is empty. */
void load_record(Record *rec, json_t *item);
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
Text load_text(Arena *arena, json_t *value);

#endif
