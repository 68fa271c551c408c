/* SPDX-License-Identifier: MIT
 * The loop; see convert.h. */
#include "convert/pipeline/convert.h"
#include "convert/base/memory.h"
#include "convert/pipeline/key.h"
#include "formats/tags.h"

#include <stdlib.h>
#include <string.h>

/* The marks of a View, kept from record to record. */
typedef struct Marks {
    bool *taken;
    size_t capacity;
} Marks;

static View view_of(const Record *rec, Diag *diag, Marks *marks)
{
    if (rec->count > marks->capacity) {
        marks->capacity = memory_grown(marks->capacity, rec->count);
        marks->taken = memory_resize(marks->taken, marks->capacity);
    }
    if (rec->count > 0)
        memset(marks->taken, 0, rec->count * sizeof *marks->taken);
    return (View){.rec = rec, .diag = diag, .taken = marks->taken};
}

static void report_untaken(const View *v, const Format *to)
{
    for (size_t i = 0; i < v->rec->count; i++) {
        const Field *field = &v->rec->fields[i];
        if (!v->taken[i])
            diag_report(v->diag, LEVEL_WARNING, "lost-field", field->place,
                        "%s has no place in %s; left out", field_name(field->id),
                        to->title);
    }
}

static void put(const Job *job, Write *w, Record *rec, KeyMaker *keys, Marks *marks)
{
    if (!key_assign(keys, rec))
        diag_report(job->diag, LEVEL_WARNING, "duplicate-key", rec->place,
                    "key '%.*s' was given before; kept as it is", STR_ARG(rec->key));
    View v = view_of(rec, job->diag, marks);
    job->diag->at = rec->place;
    job->to->writer->put(w, &v);
    report_untaken(&v, job->to);
}

static const char *language(const Format *format)
{
    return format->language != NULL ? format->language : format->name;
}

/* Comments and the like go to their own language, as they stand. */
static void pass_matter(const Job *job, Write *w, const Record *rec)
{
    bool same = strcmp(language(job->from), language(job->to)) == 0;
    if (same && job->to->writer->matter != NULL)
        job->to->writer->matter(w, rec);
    else
        diag_report(job->diag, LEVEL_NOTE, "lost-matter", rec->place,
                    "what stands between records has no place in %s; left out",
                    job->to->title);
}

/* One record after the other, until the input ends or the output fails. */
static Tally pass_on(const Job *job, Read *r, Write *w)
{
    Tally tally = {0};
    Record rec = {0};
    Marks marks = {0};
    KeyMaker *keys = key_open();
    record_reset(&rec);
    while (!sink_failed(job->out)) {
        ReadResult result = job->from->reader->next(r, &rec);
        if (result == READ_END)
            break;
        if (rec.origin.size == 0)
            rec.origin = str_from(job->from->name);
        if (result == READ_RECORD) {
            put(job, w, &rec, keys, &marks);
            tally.records++;
        } else if (result == READ_MATTER) {
            pass_matter(job, w, &rec);
        } else {
            tally.skipped++;
        }
        record_reset(&rec);
        if (job->progress != NULL)
            job->progress(job->context, &tally);
    }
    key_close(keys);
    record_free(&rec);
    free(marks.taken);
    return tally;
}

/* Whoever waits at the other end of a pipe sees what is done so far. */
static void flush(void *out)
{
    sink_flush(out);
}

static Tally read_all(const Job *job, Write *w)
{
    const Reader *reader = job->from->reader;
    Tags *tags = tags_open(job->from, job->opt->map);
    Read r = {.in = job->in,
              .diag = job->diag,
              .opt = job->opt,
              .tags = tags,
              .state = memory_zeroed(1, reader->state_size)};
    source_before_read(job->in, flush, job->out);
    Tally tally = pass_on(job, &r, w);
    source_before_read(job->in, NULL, NULL);
    if (reader->close != NULL)
        reader->close(&r);
    free(r.state);
    tags_close(tags);
    return tally;
}

Tally convert_run(const Job *job)
{
    const Writer *writer = job->to->writer;
    Tally tally = {0};
    Tags *tags = tags_open(job->to, job->opt->map);
    Write w = {.out = job->out,
               .diag = job->diag,
               .opt = job->opt,
               .tags = tags,
               .state = memory_zeroed(1, writer->state_size)};
    if (writer->begin != NULL)
        writer->begin(&w);
    if (job->from != NULL)
        tally = read_all(job, &w);
    if (writer->end != NULL)
        writer->end(&w);
    free(w.state);
    tags_close(tags);
    return tally;
}
