/* SPDX-License-Identifier: MIT
 * Reading style and locale files: XML through expat, without external entities. */
#ifndef CITECONV_STYLE_PARSE_H
#define CITECONV_STYLE_PARSE_H

#include "convert/style/node.h"

/* What a style file holds beyond the Style itself. */
typedef struct Parsed {
    LocalePart *locales; /* newest first */
    const Node *macros;  /* newest first */
    Node *calls;         /* cs:text and cs:key with a macro, not linked yet */
    size_t call_count;
} Parsed;

/* Fills a style, whose arena and defaults are set.  False, with a message, where the file
 * is no style. */
bool parse_style(Style *style, Parsed *parsed, Str xml, Diag *diag);
/* A locale file; NULL, with a message, where it is none. */
LocalePart *parse_locale(Arena *arena, Str xml, Str file, Diag *diag);

#endif
