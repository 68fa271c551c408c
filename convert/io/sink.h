/* SPDX-License-Identifier: MIT
 * Bytes out: standard output or a file that appears whole or not at all.
 *
 * Errors are sticky: nobody checks a single write; the loop asks sink_failed and the
 * end is sink_close.  What the output charset lacks is written as "?" and reported at
 * the place of the field being written, unless the writer asked sink_has first and
 * spelled it in its own way. */
#ifndef CITECONV_IO_SINK_H
#define CITECONV_IO_SINK_H

#include "convert/base/diag.h"

#include <stdint.h>
#include <sys/types.h>

typedef struct Sink Sink;

/* `path` NULL or "-" is standard output.  `charset` NULL is UTF-8, else a name that
 * charset_encoder knows.  NULL where the file cannot be made: that is reported. */
Sink *sink_open(const char *path, const char *charset, Diag *diag);
/* The same into memory: the Buf outlives the Sink. */
Sink *sink_open_memory(Buf *into, const char *charset, Diag *diag);
/* Another process puts the file in its place, so that this one needs no right to; see
 * target.h.  False where there can be none, which is reported. */
bool sink_entrust(Sink *sink);
/* The same to a function, which is as write(2): bytes taken, or -1 with errno.  `name` is
 * for messages and outlives the Sink. */
typedef ssize_t SinkWrite(void *context, Str bytes);
Sink *sink_open_function(const char *name, SinkWrite *write, void *context,
                         const char *charset, Diag *diag);
void sink_write(Sink *sink, Str s);
/* One behind the other. */
void sink_write_all(Sink *sink, const Str *pieces, size_t count);
void sink_byte(Sink *sink, char c);
void sink_format(Sink *sink, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Whether the output charset has the character; always true for UTF-8. */
bool sink_has(Sink *sink, uint32_t character);
/* True where it has every character. */
bool sink_is_unicode(const Sink *sink);
void sink_flush(Sink *sink);
/* Bytes that went out so far. */
size_t sink_bytes(const Sink *sink);
bool sink_failed(const Sink *sink);
/* The reader of the pipe went away (EPIPE): failed, but nothing to report. */
bool sink_abandoned(const Sink *sink);
/* Flushes, and with `whole` puts the file in its place; else the file is as it was. Frees
 * the sink.  False where anything failed, which has been reported. */
bool sink_close(Sink *sink, bool whole);

#endif
