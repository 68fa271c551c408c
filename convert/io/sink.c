/* SPDX-License-Identifier: MIT
 * Buffered output and files that appear whole; see sink.h.
 *
 * A new file has no name until it is whole (O_TMPFILE), so that not even a killed run
 * leaves one behind; where the file system cannot do that, it loses its name at once and
 * is copied when it is whole. */
#include "convert/io/sink.h"
#include "convert/base/memory.h"
#include "convert/io/quiet.h"
#include "convert/text/charset.h"
#include "convert/text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, COPY_BLOCK = 16 * 1024, BMP = 0x10000 };

struct Sink {
    int fd;      /* -1: `memory` or `write` */
    Buf *memory; /* where the bytes go instead of a file, or NULL */
    SinkWrite *write;
    void *write_context;
    const char *name; /* what is neither a file nor standard output, or NULL */
    Diag *diag;
    Buf out;
    bool failed, abandoned;
    /* The charset; all NULL for UTF-8. */
    const char *charset;
    Charset *encoder, *probe;   /* the probe keeps no state between questions */
    unsigned char *asked, *has; /* a bit each for the BMP, made when first asked */
    Place lost_at;              /* of the last character reported as lost */
    uint32_t lost;
    /* The file; all NULL for standard output and for what is no regular file. */
    char *target; /* where it belongs, links followed */
    char *beside; /* its name until then; NULL while it has none */
    bool has_mode;
    mode_t mode; /* of the file that was there before */
};

static void report_file(Diag *diag, const char *id, const char *doing, const char *path,
                        int error)
{
    diag_report(diag, LEVEL_ERROR, id, (Place){0}, "cannot %s %s: %s", doing,
                path == NULL ? "standard output" : path, strerror(error));
}

/* The file. */

static Str directory_of(const char *path)
{
    Str all = str_from(path);
    size_t slash = all.size;
    while (slash > 0 && path[slash - 1] != '/')
        slash--;
    return slash == 0 ? STR("./") : str_slice(all, 0, slash);
}

/* Where a link leads: a name that is none, whether a file is there or not. */
static char *follow(const char *path)
{
    enum { LINKS_MOST = 40, NAME_MOST = 4096 };
    char *name = memory_alloc(NAME_MOST);
    char *to = memory_alloc(NAME_MOST);
    Str given = str_from(path);
    size_t size = given.size < NAME_MOST ? given.size : NAME_MOST - 1;
    memcpy(name, path, size);
    name[size] = '\0';
    for (int i = 0; i < LINKS_MOST; i++) {
        ssize_t got = readlink(name, to, NAME_MOST);
        size_t dir = directory_of(name).size;
        if (got <= 0 || (size_t)got + dir >= NAME_MOST)
            break;
        if (to[0] == '/' || memchr(name, '/', strlen(name)) == NULL)
            dir = 0;
        memcpy(name + dir, to, (size_t)got);
        name[dir + (size_t)got] = '\0';
    }
    free(to);
    return name;
}

/* A name beside the target that nobody has; `attempt` makes another one. */
static char *name_beside(const char *target, unsigned attempt)
{
    Str dir = directory_of(target);
    struct timespec now;
    Buf name = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    buf_format(&name, "%.*s.citeconv-%ld-%lx-%u", STR_ARG(dir), (long)getpid(),
               (unsigned long)now.tv_nsec, attempt);
    buf_add_byte(&name, '\0');
    return name.data;
}

/* errno stays as it is. */
static void forget_beside(Sink *sink)
{
    int error = errno;
    free(sink->beside);
    sink->beside = NULL;
    errno = error;
}

/* A new file beside the target, whose name is then sink->beside; -1 and errno. */
static int create_beside(Sink *sink, int flags)
{
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        sink->beside = name_beside(sink->target, attempt);
        int fd = open(sink->beside, flags | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0)
            return fd;
        forget_beside(sink);
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* A file without a name: whatever ends the program, nothing half-done stays behind. */
static bool open_nameless(Sink *sink)
{
    Buf name = {0};
    buf_add(&name, directory_of(sink->target));
    buf_add_byte(&name, '\0');
    sink->fd = open(name.data, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
    buf_free(&name);
    if (sink->fd >= 0)
        return true;
    /* Not every file system can do that (NFS, FAT). */
    sink->fd = create_beside(sink, O_RDWR);
    if (sink->fd < 0)
        return false;
    unlink(sink->beside);
    forget_beside(sink);
    return true;
}

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
    sink->has_mode = exists;
    sink->mode = exists ? info.st_mode & 07777 : 0;
    sink->target = follow(path);
    return open_nameless(sink);
}

/* The bytes of a file that cannot be given a name, in one that has it. */
static bool copy_beside(Sink *sink)
{
    char block[COPY_BLOCK]; /* nothing may run out once the name is there */
    int named = create_beside(sink, O_WRONLY);
    bool fine = named >= 0 && lseek(sink->fd, 0, SEEK_SET) == 0;
    while (fine) {
        ssize_t n = read(sink->fd, block, COPY_BLOCK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            fine = n == 0;
            break;
        }
        for (ssize_t done = 0; fine && done < n;) {
            ssize_t written = write(named, block + done, (size_t)(n - done));
            fine = written > 0 || errno == EINTR;
            done += written > 0 ? written : 0;
        }
    }
    if (named < 0)
        return false;
    close(sink->fd);
    sink->fd = named;
    return fine;
}

/* Gives the nameless file a name, beside the target. */
static bool name_file(Sink *sink)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", sink->fd);
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        sink->beside = name_beside(sink->target, attempt);
        if (linkat(AT_FDCWD, self, AT_FDCWD, sink->beside, AT_SYMLINK_FOLLOW) == 0)
            return true;
        forget_beside(sink);
        if (errno != EEXIST)
            break;
    }
    /* No /proc, or the file had a name once. */
    return copy_beside(sink);
}

/* No fsync: rename keeps readers from seeing half a file, which is what is promised; a
 * power cut is for whoever wants to wait for the disk. */
static bool put_in_place(Sink *sink)
{
    if (!name_file(sink))
        return false;
    if (sink->has_mode && fchmod(sink->fd, sink->mode) != 0)
        return false;
    if (rename(sink->beside, sink->target) != 0)
        return false;
    free(sink->beside);
    sink->beside = NULL;
    return true;
}

/* Opening and closing. */

static void release(Sink *sink)
{
    charset_close(sink->encoder);
    charset_close(sink->probe);
    buf_free(&sink->out);
    free(sink->asked);
    free(sink->has);
    free(sink->target);
    free(sink->beside);
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

static void write_out(Sink *sink, Str rest)
{
    if (sink->memory != NULL) {
        buf_add(sink->memory, rest);
        return;
    }
    while (rest.size > 0 && !sink->failed) {
        ssize_t n = sink->write != NULL ? sink->write(sink->write_context, rest)
                                        : quiet_write(sink->fd, rest);
        if (n > 0) {
            rest = str_after(rest, (size_t)n);
        } else if (n < 0 && errno == EPIPE) {
            sink->failed = sink->abandoned = true;
        } else if (n < 0 && errno != EINTR) {
            report_file(sink->diag, "write-failed", "write",
                        sink->name != NULL ? sink->name : sink->target, errno);
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
    if (sink->target != NULL && whole && !sink->failed && !put_in_place(sink)) {
        report_file(sink->diag, "write-failed", "write", sink->target, errno);
        sink->failed = true;
    }
    if (sink->beside != NULL)
        unlink(sink->beside);
    /* Some file systems tell only now that the disk is full. */
    if (sink->fd >= 0 && close(sink->fd) != 0 && errno != EINTR && !sink->failed) {
        report_file(sink->diag, "write-failed", "write", sink->target, errno);
        sink->failed = true;
    }
    bool fine = !sink->failed;
    release(sink);
    return fine;
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

void sink_byte(Sink *sink, char c)
{
    sink_write(sink, (Str){&c, 1});
}

void sink_format(Sink *sink, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size > 0) {
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
