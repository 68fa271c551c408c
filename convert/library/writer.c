/* SPDX-License-Identifier: MIT
 * Records out; see citeconv.h. */
#include "convert/base/memory.h"
#include "convert/io/quiet.h"
#include "convert/library/state.h"
#include "convert/pipeline/write.h"
#include "formats/registry.h"
#include "formats/text/library.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where the bytes go. */

static ssize_t write_fd(void *context, Str bytes)
{
    const citeconv_writer *writer = context;
    if (writer->broken)
        return (ssize_t)bytes.size;
    return quiet_write(writer->fd, bytes);
}

/* A caller's function need not set errno. */
static ssize_t write_function(void *context, Str bytes)
{
    const citeconv_writer *writer = context;
    if (writer->broken)
        return (ssize_t)bytes.size;
    errno = 0;
    if (writer->write(writer->context, bytes.data, bytes.size) == 0)
        return (ssize_t)bytes.size;
    if (errno == 0 || errno == EINTR)
        errno = EIO;
    return -1;
}

/* Opening. */

static void release(citeconv_writer *writer)
{
    if (writer->first != NULL)
        stage_close(writer->first);
    tags_close(writer->tags);
    style_close(writer->style);
    library_close(writer->library);
    record_free(&writer->rec);
    index_free(&writer->files);
    arena_free(&writer->file_names);
    free(writer->file_of);
    buf_free(&writer->memory);
    voice_close(&writer->voice);
    free(writer);
}

/* As the command line has it: a reference list that is told nothing has its format's own
 * style. */
static citeconv_status open_style(citeconv_writer *writer)
{
    const citeconv_options *options = writer->voice.options;
    Diag *diag = &writer->voice.diag;
    const Format *to = writer->to;
    bool asked = options->locale != NULL || options->cite != NULL;
    if (to->style == NULL) {
        if (options->style == NULL && !asked)
            return CITECONV_OK;
        diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                    "format %s is no reference list, which a style is for", to->name);
        return CITECONV_USAGE;
    }
    const char *name = options->style != NULL ? options->style : to->style;
    if (name[0] == '\0' && !asked)
        return CITECONV_OK;
    writer->library = library_open();
    writer->style = library_style(writer->library,
                                  name[0] != '\0' ? str_from(name) : STR("author-date"),
                                  str_from(options->locale), diag);
    return writer->style != NULL ? CITECONV_OK : CITECONV_UNKNOWN;
}

/* `path` is NULL where the output is no file. */
static citeconv_status writer_new(citeconv_writer **into, const char *format,
                                  const char *path, const citeconv_options *options)
{
    citeconv_writer *writer = memory_zeroed(1, sizeof *writer);
    voice_open(&writer->voice, options);
    if (format != NULL)
        writer->to = registry_find(str_from(format), ROLE_WRITER);
    else if (path != NULL)
        writer->to = registry_by_path(str_from(path), ROLE_WRITER);
    citeconv_status status = CITECONV_UNKNOWN;
    if (writer->to == NULL)
        diag_report(&writer->voice.diag, LEVEL_ERROR, "usage", (Place){0},
                    "no format '%s' can be written",
                    format != NULL ? format
                    : path != NULL ? path
                                   : "");
    else
        status = open_style(writer);
    if (status != CITECONV_OK) {
        release(writer);
        return status;
    }
    writer->opt = options_for(writer->voice.options, writer->to);
    writer->opt.style = writer->style;
    writer->plan = writer->voice.options->plan;
    *into = writer;
    return CITECONV_OK;
}

citeconv_status citeconv_writer_open_file(citeconv_writer **writer, const char *format,
                                          const char *path,
                                          const citeconv_options *options)
{
    citeconv_writer *opened;
    *writer = NULL;
    citeconv_status status = writer_new(&opened, format, path, options);
    if (status != CITECONV_OK)
        return status;
    /* "-" is a file here. */
    opened->out = sink_open(strcmp(path, "-") == 0 ? "./-" : path,
                            opened->voice.options->to_charset, &opened->voice.diag);
    if (opened->out == NULL) {
        release(opened);
        return CITECONV_IO;
    }
    *writer = opened;
    return CITECONV_OK;
}

/* To `write`, or memory where it is NULL. */
static void begin(citeconv_writer *writer, SinkWrite *write)
{
    const char *charset = writer->voice.options->to_charset;
    Diag *diag = &writer->voice.diag;
    writer->out = write != NULL
                      ? sink_open_function("the output", write, writer, charset, diag)
                      : sink_open_memory(&writer->memory, charset, diag);
}

citeconv_status citeconv_writer_open_fd(citeconv_writer **writer, const char *format,
                                        int fd, const citeconv_options *options)
{
    *writer = NULL;
    citeconv_status status = writer_new(writer, format, NULL, options);
    if (status == CITECONV_OK) {
        (*writer)->fd = fd;
        begin(*writer, write_fd);
    }
    return status;
}

citeconv_status citeconv_writer_open_memory(citeconv_writer **writer, const char *format,
                                            char **data, size_t *size,
                                            const citeconv_options *options)
{
    *writer = NULL;
    *data = NULL;
    *size = 0;
    citeconv_status status = writer_new(writer, format, NULL, options);
    if (status == CITECONV_OK) {
        (*writer)->data = data;
        (*writer)->size = size;
        begin(*writer, NULL);
    }
    return status;
}

citeconv_status citeconv_writer_open_function(citeconv_writer **writer,
                                              const char *format,
                                              citeconv_write_function *write,
                                              void *context,
                                              const citeconv_options *options)
{
    *writer = NULL;
    citeconv_status status = writer_new(writer, format, NULL, options);
    if (status == CITECONV_OK) {
        (*writer)->write = write;
        (*writer)->context = context;
        begin(*writer, write_function);
    }
    return status;
}

/* Writing. */

/* Of records that stand alone: comments and macros are not among them, so what a BibTeX
 * file says of its links holds only among the records that are written. */
static Links links_of(const citeconv_writer *writer, bool resolved)
{
    const Format *from = writer->job.from;
    if (from == NULL || resolved || strcmp(format_language(from), "bibtex") != 0)
        return LINKS_NONE;
    bool kept =
        writer->plan.no_resolve ||
        (format_keeps_links(from, writer->to, &writer->opt) && writer->plan.key == NULL);
    return kept ? LINKS_KEPT : LINKS_RESOLVED;
}

/* The first record says what the input is. */
static void start(citeconv_writer *writer, const Format *from, bool resolved)
{
    writer->used = true;
    writer->job = (Job){.from = from,
                        .to = writer->to,
                        .out = writer->out,
                        .diag = &writer->voice.diag,
                        .opt = &writer->opt,
                        .plan = &writer->plan};
    writer->tags = from != NULL ? tags_open(from, writer->opt.map) : NULL;
    Stage *last = write_stage_open(&writer->job, &writer->ledger);
    writer->first =
        plan_open(&writer->plan, writer->tags, links_of(writer, resolved), last);
}

/* Stages hold a file's name for as long as they like. */
static Str keep_file(citeconv_writer *writer, Str file)
{
    size_t known = index_find(&writer->files, file);
    if (known == 0) {
        if (writer->file_count == writer->file_capacity) {
            writer->file_capacity =
                memory_grown(writer->file_capacity, writer->file_count + 1);
            writer->file_of = memory_resize(writer->file_of, writer->file_capacity *
                                                                 sizeof *writer->file_of);
        }
        Str kept = arena_copy(&writer->file_names, file);
        writer->file_of[writer->file_count] = kept;
        known = *index_at(&writer->files, kept) = ++writer->file_count;
    }
    return writer->file_of[known - 1];
}

static void keep_files(citeconv_writer *writer, Record *rec)
{
    Str last = rec->place.file, kept = keep_file(writer, last);
    rec->place.file = kept;
    for (size_t i = 0; i < rec->count; i++) {
        Place *place = &rec->fields[i].place;
        if (!str_equal(place->file, last)) {
            last = place->file;
            kept = keep_file(writer, last);
        }
        place->file = kept;
    }
}

static bool failed(const citeconv_writer *writer)
{
    return sink_failed(writer->out) || writer->voice.diag.world_failed ||
           (writer->first != NULL && stage_failed(writer->first));
}

citeconv_status citeconv_writer_write(citeconv_writer *writer,
                                      const citeconv_record *record)
{
    Record *rec = &writer->rec;
    if (writer->used && writer->first == NULL)
        return CITECONV_USAGE; /* citeconv_convert had it */
    if (!writer->used)
        start(writer, record->from, record->resolved);
    if (failed(writer))
        return CITECONV_IO;
    record_reset(rec);
    record_copy(rec, &record->rec);
    keep_files(writer, rec);
    writer->ledger.read += rec->count;
    stage_put(writer->first, rec);
    return failed(writer) ? CITECONV_IO : CITECONV_OK;
}

/* Closing. */

static void give_memory(citeconv_writer *writer)
{
    buf_add_byte(&writer->memory, '\0');
    *writer->data = writer->memory.data;
    *writer->size = writer->memory.size - 1;
    writer->memory = (Buf){0};
}

citeconv_status citeconv_writer_close(citeconv_writer *writer)
{
    if (writer == NULL)
        return CITECONV_OK;
    /* An empty list is one, too. */
    if (!writer->used)
        start(writer, NULL, false);
    if (writer->first != NULL)
        stage_end(writer->first);
    bool fine = !failed(writer) && !writer->broken;
    fine = sink_close(writer->out, fine) && fine;
    if (fine && writer->data != NULL)
        give_memory(writer);
    release(writer);
    return fine ? CITECONV_OK : CITECONV_IO;
}

void citeconv_writer_abandon(citeconv_writer *writer)
{
    if (writer == NULL)
        return;
    /* What a format's writer holds is freed by its end; nobody hears of it. */
    writer->voice.diag.listener = NULL;
    writer->broken = true;
    if (writer->first != NULL)
        stage_end(writer->first);
    sink_close(writer->out, false);
    release(writer);
}
