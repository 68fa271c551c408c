/* SPDX-License-Identifier: MIT
 * The writer as a stage; see write.h. */
#include "convert/pipeline/write.h"
#include "convert/base/memory.h"
#include "formats/tags.h"

#include <stdlib.h>
#include <string.h>

typedef struct WriteStage {
    Stage stage;
    const Job *job;
    Write w;
    Tags *tags, *origin;
    /* The marks of a View, kept from record to record. */
    bool *taken;
    size_t capacity;
    size_t lost_matter; /* how many, and where if all in one file */
    Place lost_at;
} WriteStage;

static View view_of(WriteStage *self, const Record *rec)
{
    if (rec->count > self->capacity) {
        self->capacity = memory_grown(self->capacity, rec->count);
        self->taken = memory_resize(self->taken, self->capacity);
    }
    if (rec->count > 0)
        memset(self->taken, 0, rec->count * sizeof *self->taken);
    return (View){.rec = rec, .diag = self->stage.diag, .taken = self->taken};
}

static void report_untaken(WriteStage *self, const View *v)
{
    size_t left_out = 0;
    for (size_t i = 0; i < v->rec->count; i++) {
        const Field *field = &v->rec->fields[i];
        if (v->taken[i])
            continue;
        left_out++;
        if (field->shadow)
            continue;
        v->diag->field = field_word(field);
        diag_report(v->diag, LEVEL_WARNING, "lost-field", field->place,
                    "%.*s has no place in %s; left out", STR_ARG(field_word(field)),
                    self->job->to->title);
    }
    self->stage.ledger->left_out += left_out;
    self->stage.ledger->written += v->rec->count - left_out;
}

static void put(Stage *stage, Record *rec)
{
    WriteStage *self = (WriteStage *)stage;
    View v = view_of(self, rec);
    self->job->to->writer->put(&self->w, &v);
    stage->stopped = sink_failed(self->job->out) || stage->diag->world_failed;
    if (!stage->diag->world_failed)
        report_untaken(self, &v);
}

/* Each is said when asked for, else all at the end: most are nobody's loss. */
static void lose_matter(WriteStage *self, const Record *rec)
{
    Str file = rec->place.file;
    if (self->lost_matter++ == 0)
        self->lost_at.file = file;
    else if (!str_equal(self->lost_at.file, file))
        self->lost_at.file = STR_EMPTY;
    diag_report(self->stage.diag, LEVEL_DETAIL, "lost-matter", rec->place,
                "what stands between records has no place in %s; left out",
                self->job->to->title);
}

/* Comments and the like go to their own language, as they stand. */
static void matter(Stage *stage, Record *rec)
{
    WriteStage *self = (WriteStage *)stage;
    const Format *from = self->job->from, *to = self->job->to;
    bool own = from == NULL || format_same_language(from, to);
    if (own && to->writer->matter != NULL)
        to->writer->matter(&self->w, rec);
    else
        lose_matter(self, rec);
}

static void report_matter(const WriteStage *self)
{
    if (self->lost_matter == 0 || self->stage.diag->least <= LEVEL_DETAIL)
        return;
    bool one = self->lost_matter == 1;
    diag_report(self->stage.diag, LEVEL_NOTE, "lost-matter", self->lost_at,
                "%zu piece%s of text between records %s no place in %s; left out",
                self->lost_matter, one ? "" : "s", one ? "has" : "have",
                self->job->to->title);
}

static void end(Stage *stage)
{
    WriteStage *self = (WriteStage *)stage;
    const Writer *writer = self->job->to->writer;
    if (writer->end != NULL)
        writer->end(&self->w);
    report_matter(self);
}

static void release(Stage *stage)
{
    WriteStage *self = (WriteStage *)stage;
    free(self->w.state);
    free(self->taken);
    tags_close(self->tags);
    tags_close(self->origin);
}

static const StageVerbs VERBS = {
    .name = "write", .put = put, .matter = matter, .end = end, .close = release};

Stage *write_stage_open(const Job *job, Ledger *ledger)
{
    const Writer *writer = job->to->writer;
    WriteStage *self = stage_open(sizeof *self, &VERBS, NULL);
    self->stage.diag = job->diag;
    self->stage.ledger = ledger;
    self->job = job;
    self->tags = tags_open(job->to, job->opt->map);
    self->origin = job->from != NULL ? tags_open(job->from, job->opt->map) : NULL;
    self->w = (Write){.out = job->out,
                      .diag = job->diag,
                      .opt = job->opt,
                      .tags = self->tags,
                      .from = job->from,
                      .origin = self->origin,
                      .state = memory_zeroed(1, writer->state_size)};
    if (writer->begin != NULL)
        writer->begin(&self->w);
    return &self->stage;
}
