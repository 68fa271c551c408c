/* SPDX-License-Identifier: MIT
 * JSON out: into bytes, indented by two or in one line, in UTF-8 or ASCII.
 *
 * Keys and values are written in turn; commas, line ends and escapes are seen to. */
#ifndef CITECONV_FORMATS_CSLJSON_EMIT_H
#define CITECONV_FORMATS_CSLJSON_EMIT_H

#include "convert/text/rich.h"

typedef struct Emit {
    Buf out;
    bool lines; /* each value on a line of its own */
    bool ascii; /* characters beyond ASCII as \uXXXX */
    size_t depth;
    bool comma; /* something stands before on this level */
} Emit;

/* '{' or '[', '}' or ']'. */
void emit_open(Emit *e, char bracket);
void emit_close(Emit *e, char bracket);
/* A property's name; its value comes next. */
void emit_key(Emit *e, Str key);
/* An array's next value comes next. */
void emit_next(Emit *e);
void emit_string(Emit *e, Str s);
/* A string with CSL's tags for the marks. */
void emit_text(Emit *e, const Text *text);
void emit_integer(Emit *e, long long number);
void emit_true(Emit *e);
/* A value that is JSON already, valid and compact. */
void emit_value(Emit *e, Str value);
/* The properties of an object that is JSON already, into the one that is open. */
void emit_members(Emit *e, Str object);
/* The next byte, from `at` on, that cannot stand in a string as it is: a quote, a
 * backslash, a control, in ASCII anything beyond it; else the size. */
size_t emit_plain_end(Str s, size_t at, bool ascii);
/* Pieces of a string, between emit_quote and emit_quote. */
void emit_quote(Emit *e);
void emit_piece(Emit *e, Str s);

#endif
