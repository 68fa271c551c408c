/* SPDX-License-Identifier: MIT
 * What the syntax of templates (template.c) and its words (template_words.c) share. */
#ifndef CITECONV_PIPELINE_TEMPLATE_PARSER_H
#define CITECONV_PIPELINE_TEMPLATE_PARSER_H

#include "convert/pipeline/template_program.h"

typedef struct Parser {
    Str text;
    size_t at;
    Template *template;
    Buf *wrong;
    size_t wrong_at;
    bool failed;
} Parser;

/* Keeps the first message; false. */
bool template_fail(Parser *p, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
Part *template_add_part(Template *t, PartId id);
/* A modifier of the last part. */
void template_add_filter(Template *t, Filter filter);
/* What digits say; -1 where they are none. */
int template_number(Str digits);
/* A part or a modifier of the last one, by its name and values; `at` is where the name
 * stands.  False after a message. */
bool template_take_name(Parser *p, Str name, const Arg *args, size_t count, size_t at);
bool template_take_filter(Parser *p, Str name, const Arg *args, size_t count, size_t at);

#endif
