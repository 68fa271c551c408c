/* SPDX-License-Identifier: MIT
 * The loop; see convert.h. */
#include "convert/pipeline/convert.h"
#include "convert/base/memory.h"
#include "convert/pipeline/write.h"
#include "formats/tags.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool goes_on(const Job *job, const Stage *first)
{
    return (job->out == NULL || !sink_failed(job->out)) && !stage_stopped(first);
}

/* One record after the other, until the input ends or the output fails. */
static Tally pass_on(const Job *job, Read *r, Stage *first)
{
    Tally tally = {0};
    Record rec = {0};
    record_reset(&rec);
    while (goes_on(job, first)) {
        ReadResult result = job->from->reader->next(r, &rec);
        if (result == READ_END)
            break;
        if (rec.origin.size == 0)
            rec.origin = str_from(job->from->name);
        if (result == READ_RECORD) {
            first->ledger->read += rec.count;
            stage_put(first, &rec);
            tally.records++;
        } else if (result == READ_MATTER) {
            stage_matter(first, &rec);
            tally.matter++;
        } else {
            tally.skipped++;
        }
        if (job->report != NULL)
            report_turn(job->report, result == READ_RECORD ? &rec : NULL);
        record_reset(&rec);
        if (job->progress != NULL)
            job->progress(job->context, &tally);
    }
    record_free(&rec);
    return tally;
}

/* Whoever waits at the other end of a pipe sees what is done so far. */
static void flush(void *out)
{
    sink_flush(out);
}

static Tally read_all(const Job *job, const Tags *tags, Stage *first)
{
    const Reader *reader = job->from->reader;
    Read r = {.in = job->in,
              .diag = job->diag,
              .opt = job->opt,
              .tags = tags,
              .state = memory_zeroed(1, reader->state_size)};
    if (job->out != NULL)
        source_before_read(job->in, flush, job->out);
    Tally tally = pass_on(job, &r, first);
    source_before_read(job->in, NULL, NULL);
    if (reader->close != NULL)
        reader->close(&r);
    free(r.state);
    return tally;
}

/* Only the BibTeX family has them, and it follows them itself: by key, so not where all
 * keys are made anew. */
static Links links_of(const Job *job)
{
    if (job->from == NULL || strcmp(format_language(job->from), "bibtex") != 0)
        return LINKS_NONE;
    bool same = job->to != NULL && format_same_language(job->from, job->to);
    bool kept = job->plan->no_resolve || (same && job->plan->key == NULL);
    return kept ? LINKS_KEPT : LINKS_RESOLVED;
}

static bool writes_matter(const Job *job)
{
    return job->to != NULL && job->to->writer->matter != NULL &&
           (job->from == NULL || format_same_language(job->from, job->to));
}

static void count_stages(Tally *tally, const Stage *stage)
{
    for (size_t i = 0; i < STAGES_MOST && stage != NULL; i++, stage = stage->next)
        tally->stages[i] = (StageCount){stage->verbs->name, stage->count};
}

Tally convert_run(const Job *job)
{
    Tally tally = {0};
    Tags *tags = job->from != NULL ? tags_open(job->from, job->opt->map) : NULL;
    Ledger ledger = {0};
    Stage *last = job->into != NULL ? job->into : write_stage_open(job, &ledger);
    last->diag = job->diag;
    last->ledger = &ledger;
    if (job->theirs != NULL)
        last = threeway_stage_open(job->base, job->theirs, writes_matter(job), last);
    Stage *first = plan_open(job->plan, tags, links_of(job), last);
    if (job->ready != NULL)
        job->ready(job->ready_context, job);
    if (job->from != NULL)
        tally = read_all(job, tags, first);
    stage_end(first);
    tally.fields = ledger;
    tally.failed = stage_failed(first);
    count_stages(&tally, first);
    assert(job->into != NULL || stage_stopped(first) || sink_failed(job->out) ||
           ledger.read + ledger.added ==
               ledger.removed + ledger.written + ledger.left_out);
    stage_close(first);
    tags_close(tags);
    return tally;
}
