/* SPDX-License-Identifier: MIT
 * Buffered output; see sink.h. */
#include "convert/io/sink.h"
#include "convert/base/memory.h"
#include "convert/io/quiet.h"
#include "convert/io/target.h"
#include "convert/text/charset.h"
#include "convert/text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, BMP = 0x10000 };

struct Sink {
    int fd;      /* -1: `memory` or `write` */
    Buf *memory; /* where the bytes go instead of a file, or NULL */
    SinkWrite *write;
    void *write_context;
    const char *name; /* what is neither a file nor standard output, or NULL */
    Diag *diag;
    Buf out;
    size_t total; /* bytes that went out */
    bool failed, abandoned;
    /* The charset; all NULL for UTF-8. */
    const char *charset;
    Charset *encoder, *probe;   /* the probe keeps no state between questions */
    unsigned char *asked, *has; /* a bit each for the BMP, made when first asked */
    Place lost_at;              /* of the last character reported as lost */
    uint32_t lost;
    Target *target; /* NULL for standard output and for what is no regular file */
};

static void report_file(Diag *diag, const char *id, const char *doing, const char *path,
                        int error)
{
    diag_report(diag, LEVEL_ERROR, id, (Place){0}, "cannot %s %s: %s", doing,
                path == NULL ? "standard output" : path, diag_reason(error));
}

static const char *path_of(const Sink *sink)
{
    return sink->target != NULL ? target_path(sink->target) : sink->name;
}

/* The file. */

/* A descriptor of its own, so that records and a report may both go there and either can
 * be closed first. */
static int standard_output(void)
{
    int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return fd >= 0 ? fd : STDOUT_FILENO;
}

static bool open_file(Sink *sink, const char *path)
{
    struct stat info, standard;
    bool exists = stat(path, &info) == 0;
    /* "/dev/stdout" by any name: what was written there before stays. */
    if (exists && fstat(STDOUT_FILENO, &standard) == 0 &&
        info.st_dev == standard.st_dev && info.st_ino == standard.st_ino) {
        sink->fd = standard_output();
        return true;
    }
    if (exists && !S_ISREG(info.st_mode)) {
        sink->fd = open(path, O_WRONLY | O_CLOEXEC);
        return sink->fd >= 0;
    }
    if (exists && access(path, W_OK) != 0)
        return false;
    sink->target = target_open(path, exists ? &info : NULL, &sink->fd);
    return sink->target != NULL;
}

/* Opening and closing. */

static void release(Sink *sink)
{
    charset_close(sink->encoder);
    charset_close(sink->probe);
    buf_free(&sink->out);
    free(sink->asked);
    free(sink->has);
    target_close(sink->target);
    free(sink);
}

/* These have every character of Unicode. */
static bool charset_is_full(const char *name)
{
    Str s = str_from(name);
    return str_starts_nocase(s, STR("UTF")) || str_starts_nocase(s, STR("UCS-4")) ||
           str_starts_nocase(s, STR("UCS4")) || str_starts_nocase(s, STR("GB18030"));
}

static Sink *open_with_charset(const char *charset, Diag *diag)
{
    Sink *sink = memory_zeroed(1, sizeof *sink);
    sink->fd = -1;
    sink->diag = diag;
    if (charset != NULL && !charset_is_utf8(charset)) {
        sink->charset = charset;
        sink->encoder = charset_encoder(charset);
        sink->probe = charset_encoder(charset);
    }
    return sink;
}

Sink *sink_open_memory(Buf *into, const char *charset, Diag *diag)
{
    Sink *sink = open_with_charset(charset, diag);
    sink->memory = into;
    return sink;
}

Sink *sink_open_function(const char *name, SinkWrite *write, void *context,
                         const char *charset, Diag *diag)
{
    Sink *sink = open_with_charset(charset, diag);
    sink->name = name;
    sink->write = write;
    sink->write_context = context;
    return sink;
}

Sink *sink_open(const char *path, const char *charset, Diag *diag)
{
    Sink *sink = open_with_charset(charset, diag);
    bool standard = path == NULL || strcmp(path, "-") == 0 ||
                    strcmp(path, "/dev/stdout") == 0 || strcmp(path, "/dev/fd/1") == 0;
    if (standard)
        sink->fd = standard_output();
    else if (!open_file(sink, path)) {
        report_file(diag, "open-failed", "write", path, errno);
        release(sink);
        return NULL;
    }
    return sink;
}

bool sink_entrust(Sink *sink)
{
    if (sink->target == NULL || target_entrust(sink->target, sink->fd))
        return true;
    report_file(sink->diag, "open-failed", "write", path_of(sink), errno);
    return false;
}

static void write_out(Sink *sink, Str rest)
{
    if (sink->memory != NULL) {
        buf_add(sink->memory, rest);
        sink->total += rest.size;
        return;
    }
    while (rest.size > 0 && !sink->failed) {
        ssize_t n = sink->write != NULL ? sink->write(sink->write_context, rest)
                                        : quiet_write(sink->fd, rest);
        if (n > 0) {
            rest = str_after(rest, (size_t)n);
            sink->total += (size_t)n;
        } else if (n < 0 && errno == EPIPE) {
            sink->failed = sink->abandoned = true;
        } else if (n < 0 && errno != EINTR) {
            report_file(sink->diag, "write-failed", "write", path_of(sink), errno);
            sink->failed = true;
        }
    }
}

void sink_flush(Sink *sink)
{
    write_out(sink, buf_str(&sink->out));
    buf_clear(&sink->out);
}

bool sink_close(Sink *sink, bool whole)
{
    if (sink->encoder != NULL)
        charset_finish(sink->encoder, &sink->out);
    sink_flush(sink);
    if (sink->target != NULL && whole && !sink->failed &&
        !target_put(sink->target, &sink->fd)) {
        report_file(sink->diag, "write-failed", "write", path_of(sink), errno);
        sink->failed = true;
    }
    /* Some file systems tell only now that the disk is full. */
    if (sink->fd >= 0 && close(sink->fd) != 0 && errno != EINTR && !sink->failed) {
        report_file(sink->diag, "write-failed", "write", path_of(sink), errno);
        sink->failed = true;
    }
    bool fine = !sink->failed;
    release(sink);
    return fine;
}

size_t sink_bytes(const Sink *sink)
{
    return sink->total;
}

bool sink_failed(const Sink *sink)
{
    return sink->failed;
}

bool sink_abandoned(const Sink *sink)
{
    return sink->abandoned;
}

/* Writing. */

static bool same_place(Place a, Place b)
{
    return a.line == b.line && a.col == b.col && str_equal(a.file, b.file);
}

static void report_lost(void *context, uint32_t character)
{
    Sink *sink = context;
    /* A page of Chinese for ASCII: one message for a run of the same is enough. */
    if (sink->lost == character && same_place(sink->lost_at, sink->diag->at))
        return;
    sink->lost = character;
    sink->lost_at = sink->diag->at;
    Buf shown = {0};
    utf8_add(&shown, character);
    diag_here(sink->diag, LEVEL_WARNING, "lost-character",
              "'%.*s' (U+%04X) is not in %s; written as '?'", STR_ARG(buf_str(&shown)),
              (unsigned)character, sink->charset);
    buf_free(&shown);
}

void sink_write(Sink *sink, Str s)
{
    if (sink->failed)
        return;
    if (sink->encoder != NULL) {
        charset_encode(sink->encoder, s, &sink->out, report_lost, sink);
    } else if (s.size >= BUFFER) {
        sink_flush(sink);
        write_out(sink, s);
        return;
    } else {
        buf_add(&sink->out, s);
    }
    if (sink->out.size >= BUFFER)
        sink_flush(sink);
}

void sink_write_all(Sink *sink, const Str *pieces, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += pieces[i].size;
    if (sink->failed || sink->encoder != NULL || size >= BUFFER) {
        for (size_t i = 0; i < count; i++)
            sink_write(sink, pieces[i]);
        return;
    }
    char *to = buf_reserve(&sink->out, size);
    for (size_t i = 0; i < count; to += pieces[i++].size) {
        if (pieces[i].size > 0) /* else there may be no data */
            memcpy(to, pieces[i].data, pieces[i].size);
    }
    sink->out.size += size;
    if (sink->out.size >= BUFFER)
        sink_flush(sink);
}

void sink_byte(Sink *sink, char c)
{
    sink_write(sink, (Str){&c, 1});
}

void sink_format(Sink *sink, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char few[256];
    int size = vsnprintf(few, sizeof few, format, args);
    va_end(args);
    if (size > 0 && (size_t)size < sizeof few) {
        sink_write(sink, (Str){few, (size_t)size});
    } else if (size > 0) {
        char *text = memory_alloc((size_t)size + 1);
        vsnprintf(text, (size_t)size + 1, format, again);
        sink_write(sink, (Str){text, (size_t)size});
        free(text);
    }
    va_end(again);
}

bool sink_has(Sink *sink, uint32_t character)
{
    if (sink_is_unicode(sink))
        return true;
    if (character >= BMP)
        return charset_has(sink->probe, character);
    if (sink->asked == NULL) {
        sink->asked = memory_zeroed(BMP / 8, 1);
        sink->has = memory_zeroed(BMP / 8, 1);
    }
    size_t byte = character / 8;
    unsigned char bit = (unsigned char)(1u << character % 8);
    if ((sink->asked[byte] & bit) == 0) {
        sink->asked[byte] |= bit;
        if (charset_has(sink->probe, character))
            sink->has[byte] |= bit;
    }
    return (sink->has[byte] & bit) != 0;
}

bool sink_is_unicode(const Sink *sink)
{
    return sink->encoder == NULL || charset_is_full(sink->charset);
}
