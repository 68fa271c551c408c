/* SPDX-License-Identifier: MIT
 * Files and standard input as one stream of valid UTF-8 with its places: line by line, or
 * as bytes for formats whose records do not end with lines.  A reader uses one of both.
 *
 * LF, CR LF and CR end a line.  A byte order mark is taken off, UTF-16 is seen by its
 * mark or its zero bytes.  Without a charset given, a line that is not UTF-8 is read
 * as Windows-1252 where it can be, and that is said; else, as with a charset given,
 * what is no character becomes U+FFFD and is said.  A line over SOURCE_LINE_LIMIT is
 * skipped and said.  Memory is the longest line within that limit. */
#ifndef CITECONV_IO_SOURCE_H
#define CITECONV_IO_SOURCE_H

#include "convert/base/diag.h"

#include <sys/types.h>

typedef struct Source Source;

enum { SOURCE_LINE_LIMIT = 16 * 1024 * 1024 }; /* bytes */

typedef struct Line {
    Str text;    /* without its end; good until the next call */
    Place place; /* of its first character */
    bool first;  /* of its file */
} Line;

/* `files` are names, "-" is standard input; the array outlives the Source.  `charset`
 * is NULL for guessing, or a name that charset_decoder knows. */
Source *source_open(const char *const *files, size_t count, const char *charset,
                    Diag *diag);
/* The same of one input that is no file: `name` is for messages, and lives as long as the
 * run.  `read` is as read(2): bytes, 0 at the end, -1 with errno. */
typedef ssize_t SourceRead(void *context, char *to, size_t size);
Source *source_open_function(const char *name, SourceRead *read, void *context,
                             const char *charset, Diag *diag);
void source_close(Source *source);
bool source_line(Source *source, Line *line);
/* The bytes that come next in this file, without using them up: `want` at least, fewer
 * only where the file ends, more where they are there already.  Valid UTF-8, lines end
 * with LF.  Good until the next source_ahead that needs more, and longer texts are asked
 * for by doubling `want`.  Empty: this file has ended. */
Str source_ahead(Source *source, size_t want);
/* Uses up bytes that source_ahead gave. */
void source_pass(Source *source, size_t size);
/* Goes on to the next file; false where none is left. */
bool source_next_file(Source *source);
/* The place of a byte that source_ahead gave.  Cheap where places are asked for in
 * rising order. */
Place source_place_ahead(Source *source, size_t offset);
/* The first bytes of what source_line will give next, decoded: at least `want` of them
 * unless the file is shorter, and all that are there without reading more. */
Str source_head(Source *source, size_t want);
/* The same, but a pipe that pauses for a second is not waited for: then fewer, or none.
 */
Str source_head_soon(Source *source, size_t want);
/* Passes over blank lines, whatever file they are in; false where nothing else is left.
 */
bool source_skip_blank(Source *source);
/* Where the next line is. */
Place source_place(const Source *source);
/* Calls the hook before each read, which may have to wait: whoever reads what we wrote so
 * far should not.  `fd` is what is read; false reads no more, as if all had ended. */
void source_before_read(Source *source, bool (*hook)(void *context, int fd),
                        void *context);
/* For who reads on while others still look at what source_ahead gave.  The hook is called
 * before such bytes are moved or written over: it takes *text away and puts an empty Buf
 * in its place, or returns false where nobody looks at it. */
void source_before_change(Source *source, bool (*hook)(void *context, Buf *text),
                          void *context);
/* Whom it reports to from now on. */
void source_report_to(Source *source, Diag *diag);
/* A file could not be opened or read; it has been reported. */
bool source_failed(const Source *source);
/* Takes back what was seen of the world by who read on farther than was asked for. */
void source_set_failed(Source *source, bool failed);
/* Bytes read so far, of all files; for progress.  Any thread may ask. */
size_t source_bytes(const Source *source);
/* Where a text ends that begins at `from`, as this counts lines and columns. */
Place source_place_behind(Place from, Str text);

#endif
