/* SPDX-License-Identifier: MIT
 * What scan.c and mend.c share. */
#ifndef CITECONV_FORMATS_BIBTEX_SYNTAX_H
#define CITECONV_FORMATS_BIBTEX_SYNTAX_H

#include "formats/bibtex/scan.h"

typedef struct Scan {
    Str in;
    size_t at;
    bool final, more; /* more: the text ended, and it was not final */
    bool failed;      /* not as btxdoc has it: to be scanned again with care */
    bool careful;
    size_t cuts; /* values that lines of fields cut short */
    char closer;
    RawEntry *raw;
} Scan;

/* What a byte is: white space, or a sign that no name has. */
enum { SYNTAX_SPACE = 1, SYNTAX_SIGN = 2 };
extern const unsigned char SYNTAX_CLASSES[256];

/* Bytes of names of fields, macros and types (BibTeX's id_class). */
static inline bool syntax_is_name(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte > ' ' && SYNTAX_CLASSES[byte] == 0;
}

/* The first byte at or behind `at` that is no white space. */
static inline size_t syntax_skip_space(Str in, size_t at)
{
    while (at < in.size && SYNTAX_CLASSES[(unsigned char)in.data[at]] == SYNTAX_SPACE)
        at++;
    return at;
}

/* The same for what is no byte of a name. */
static inline size_t syntax_skip_name(Str in, size_t at)
{
    while (at < in.size && syntax_is_name(in.data[at]))
        at++;
    return at;
}

/* A name, '=' and something of a value. */
bool syntax_field_begins(Str in, size_t at);
void syntax_fault(Scan *s, FaultKind kind, size_t at, Str what);
/* Behind '{' or '"', whichever way the value ends. */
void syntax_mend_value(Scan *s, RawField *field);
/* A value without delimiters from `at` on. */
void syntax_mend_loose(Scan *s, RawField *field, size_t start);

#endif
