/* SPDX-License-Identifier: MIT
 * Records in; see citeconv.h. */
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/library/queue.h"
#include "convert/library/state.h"
#include "convert/pipeline/detect.h"
#include "convert/pipeline/resolve.h"
#include "formats/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where the bytes come from. */

static ssize_t read_fd(void *context, char *to, size_t size)
{
    const citeconv_reader *reader = context;
    return read(reader->fd, to, size);
}

static ssize_t read_memory(void *context, char *to, size_t size)
{
    citeconv_reader *reader = context;
    size = size < reader->rest.size ? size : reader->rest.size;
    if (size > 0)
        memcpy(to, reader->rest.data, size);
    reader->rest = str_after(reader->rest, size);
    return (ssize_t)size;
}

/* A caller's function need not set errno, nor end: it is not asked again. */
static ssize_t read_function(void *context, char *to, size_t size)
{
    citeconv_reader *reader = context;
    errno = 0;
    ptrdiff_t n = reader->read(reader->context, to, size);
    if (n >= 0 && (size_t)n <= size)
        return n;
    if (errno == 0 || errno == EINTR || n > 0)
        errno = EIO;
    return -1;
}

/* Opening. */

static citeconv_reader *reader_new(const char *name, const citeconv_options *options)
{
    citeconv_reader *reader = memory_zeroed(1, sizeof *reader);
    voice_open(&reader->voice, options);
    reader->fd = -1;
    name = name != NULL ? name : "input";
    size_t size = strlen(name) + 1;
    reader->name = memory_alloc(size);
    memcpy(reader->name, name, size);
    return reader;
}

static citeconv_status find_format(citeconv_reader *reader, const char *format)
{
    Diag *diag = &reader->voice.diag;
    if (format != NULL) {
        reader->from = registry_find(str_from(format), ROLE_READER);
        if (reader->from == NULL)
            diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                        "no format '%s' can be read", format);
        return reader->from != NULL ? CITECONV_OK : CITECONV_UNKNOWN;
    }
    /* Nothing but blanks is an empty list in any format. */
    bool blank = !source_skip_blank(reader->in);
    if (!blank)
        reader->from = detect_format(reader->in);
    if (source_failed(reader->in))
        return CITECONV_IO;
    if (blank || reader->from != NULL)
        return CITECONV_OK;
    diag_report(diag, LEVEL_ERROR, "unknown-format", source_place(reader->in),
                "cannot tell what format this is");
    return CITECONV_UNKNOWN;
}

static citeconv_status begin(citeconv_reader **into, citeconv_reader *reader,
                             SourceRead *read, const char *format)
{
    const citeconv_options *options = reader->voice.options;
    reader->in = source_open_function(reader->name, read, reader, options->from_charset,
                                      &reader->voice.diag);
    citeconv_status status = find_format(reader, format);
    if (status == CITECONV_OK)
        *into = reader;
    else
        citeconv_reader_close(reader);
    return status;
}

citeconv_status citeconv_reader_open_file(citeconv_reader **reader, const char *format,
                                          const char *path,
                                          const citeconv_options *options)
{
    citeconv_reader *opened = reader_new(path, options);
    *reader = NULL;
    opened->fd = open(path, O_RDONLY | O_CLOEXEC);
    opened->owned = true;
    if (opened->fd >= 0)
        return begin(reader, opened, read_fd, format);
    diag_report(&opened->voice.diag, LEVEL_ERROR, "open-failed", (Place){0},
                "cannot open %s: %s", path, diag_reason(errno));
    citeconv_reader_close(opened);
    return CITECONV_IO;
}

citeconv_status citeconv_reader_open_fd(citeconv_reader **reader, const char *format,
                                        int fd, const char *name,
                                        const citeconv_options *options)
{
    citeconv_reader *opened = reader_new(name, options);
    *reader = NULL;
    opened->fd = fd;
    return begin(reader, opened, read_fd, format);
}

citeconv_status citeconv_reader_open_memory(citeconv_reader **reader, const char *format,
                                            const void *data, size_t size,
                                            const char *name,
                                            const citeconv_options *options)
{
    citeconv_reader *opened = reader_new(name, options);
    *reader = NULL;
    opened->rest = size > 0 ? (Str){data, size} : STR_EMPTY;
    return begin(reader, opened, read_memory, format);
}

citeconv_status citeconv_reader_open_function(citeconv_reader **reader,
                                              const char *format,
                                              citeconv_read_function *read, void *context,
                                              const char *name,
                                              const citeconv_options *options)
{
    citeconv_reader *opened = reader_new(name, options);
    *reader = NULL;
    opened->read = read;
    opened->context = context;
    return begin(reader, opened, read_function, format);
}

void citeconv_reader_close(citeconv_reader *reader)
{
    if (reader == NULL)
        return;
    if (reader->reading.state != NULL && reader->from->reader->close != NULL)
        reader->from->reader->close(&reader->reading);
    free(reader->reading.state);
    if (reader->first != NULL)
        stage_close(reader->first);
    tags_close(reader->tags);
    record_free(&reader->rec);
    if (reader->in != NULL)
        source_close(reader->in);
    if (reader->owned && reader->fd >= 0)
        close(reader->fd);
    voice_close(&reader->voice);
    free(reader->name);
    free(reader);
}

const char *citeconv_reader_format(const citeconv_reader *reader)
{
    return reader->from != NULL ? reader->from->name : "";
}

size_t citeconv_reader_records(const citeconv_reader *reader)
{
    return reader->records;
}

size_t citeconv_reader_skipped(const citeconv_reader *reader)
{
    return reader->skipped;
}

/* Reading. */

/* Records of the BibTeX family get what they inherit from one another. */
static void resolve(citeconv_reader *reader)
{
    const Plan *plan = &reader->voice.options->plan;
    size_t memory = plan->memory > 0 ? plan->memory : SPOOL_WAITING;
    if (plan->no_resolve || strcmp(format_language(reader->from), "bibtex") != 0)
        return;
    reader->queue = queue_open(memory, &reader->voice.diag, &reader->ledger);
    reader->first = resolve_stage_open(queue_stage(reader->queue), reader->tags, memory);
}

static void start(citeconv_reader *reader)
{
    reader->used = true;
    reader->opt = options_for(reader->voice.options, NULL);
    reader->tags = tags_open(reader->from, reader->opt.map);
    reader->reading = (Read){.in = reader->in,
                             .diag = &reader->voice.diag,
                             .opt = &reader->opt,
                             .tags = reader->tags,
                             .state = memory_zeroed(1, reader->from->reader->state_size)};
    resolve(reader);
}

static citeconv_status finish(citeconv_reader *reader)
{
    reader->ended = true;
    bool failed = source_failed(reader->in) || reader->voice.diag.world_failed ||
                  (reader->first != NULL &&
                   (stage_failed(reader->first) || queue_failed(reader->queue)));
    return failed ? CITECONV_IO : CITECONV_END;
}

/* The next record of the input; false where there is none. */
static bool read_one(citeconv_reader *reader)
{
    for (;;) {
        record_reset(&reader->rec);
        ReadResult result =
            format_next(reader->from->reader, &reader->reading, &reader->rec);
        if (result == READ_END)
            return false;
        if (result == READ_SKIPPED)
            reader->skipped++;
        if (result == READ_RECORD)
            break;
    }
    if (reader->rec.origin.size == 0)
        reader->rec.origin = str_from(reader->from->name);
    return true;
}

/* The next one that has all it inherits, if it has to wait for that; NULL at the end. */
static const Record *pull(citeconv_reader *reader)
{
    const Record *rec = NULL;
    if (reader->first == NULL)
        return read_one(reader) ? &reader->rec : NULL;
    while ((rec = queue_take(reader->queue)) == NULL && !reader->drained) {
        if (read_one(reader)) {
            reader->ledger.read += reader->rec.count;
            stage_put(reader->first, &reader->rec);
        } else {
            stage_end(reader->first);
            reader->drained = true;
        }
    }
    return rec;
}

citeconv_status citeconv_reader_next(citeconv_reader *reader, citeconv_record *record)
{
    citeconv_record_clear(record);
    if (reader->ended || reader->from == NULL)
        return finish(reader);
    if (!reader->used)
        start(reader);
    const Record *rec = pull(reader);
    if (rec == NULL)
        return finish(reader);
    reader->records++;
    record_keep(&record->rec, rec);
    record->from = reader->from;
    record->resolved = reader->first != NULL;
    return CITECONV_OK;
}
