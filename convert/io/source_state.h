/* SPDX-License-Identifier: MIT
 * What a Source holds; for source.c, line.c and ahead.c alone. */
#ifndef CITECONV_IO_SOURCE_STATE_H
#define CITECONV_IO_SOURCE_STATE_H

#include "convert/io/source.h"
#include "convert/text/charset.h"

#include <stdatomic.h>

enum { BLOCK = 32 * 1024, BAD_LINES_TOLD = 20 };

/* A byte of s->text with its line and column, both from 1. */
typedef struct Spot {
    size_t at, line, col;
} Spot;

struct Source {
    const char *const *files;
    size_t file_count, next_file;
    const char *charset; /* as given; NULL is a guess */
    SourceRead *read;    /* of the one input of source_open_function, else NULL */
    void *read_context;
    Diag *diag;
    int fd; /* -1: no file is open; of a function it means nothing more */
    Str name;
    bool failed;
    atomic_size_t total;
    /* Of the file that is open. */
    Charset *decoder;
    const char *decoded_from; /* its name, for messages */
    char declared[40];        /* the charset that the file itself names */
    Charset *fallback;        /* of that, for lines which are not UTF-8; or NULL */
    bool begun, ended;        /* the first block was looked at; no more to read */
    Buf raw;                  /* bytes that the decoder has not used yet */
    Buf text;                 /* decoded bytes; those before `at` are done with */
    size_t at, scanned;       /* scanned: no line end before this */
    size_t lf, cr;            /* the next of each, or where the search for it ended */
    size_t line;              /* number of lines given */
    bool after_cr;            /* an LF now belongs to the line before */
    bool guess_told;
    size_t bad_lines;
    Buf mended; /* a line that was not UTF-8 */
    /* Of the bytes side. */
    bool shown;        /* bytes were given, which somebody may look at still */
    size_t clean;      /* text before this is valid UTF-8 whose lines end with LF */
    bool wide;         /* so much of the last line is not all ASCII */
    Spot base, cursor; /* of s->at, and of the last place asked for */

    bool (*hook)(void *context, int fd);
    void *hook_context;
    bool (*change)(void *context, Buf *text);
    void *change_context;
};

/* Opens the next file that can be opened; false where none is left. */
bool source_open_next(Source *s);
/* More decoded bytes onto s->text; false at the end of the file. */
bool source_fill(Source *s);
void source_end_file(Source *s);
/* To be called before text that was given is moved or written over: where somebody still
 * looks at it, what stands from `from` on goes to other bytes, and that is told. */
bool source_renew(Source *s, size_t from);
/* A stretch of text at `place` that is not UTF-8, as the guess has it: lives in
 * s->mended. `wide`: what stands before it in its line is UTF-8 beyond ASCII. */
Str source_mend(Source *s, Str line, Place place, bool wide);

#endif
