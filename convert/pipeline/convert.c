/* SPDX-License-Identifier: MIT
 * The loop; see convert.h. */
#include "convert/pipeline/convert.h"
#include "convert/base/memory.h"
#include "convert/pipeline/crew.h"
#include "convert/pipeline/write.h"
#include "formats/tags.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Input worth a second thread, where the user leaves that to us: less is done before one
 * has begun. */
enum { MUCH = 256 * 1024 };

typedef struct Passing {
    const Job *job;
    Stage *first;
    Tally tally;
} Passing;

static bool goes_on(const Passing *run)
{
    const Job *job = run->job;
    return (job->out == NULL || !sink_failed(job->out)) && !stage_stopped(run->first);
}

/* What one turn of the reader's gave goes on its way; false: nothing more is wanted. */
static bool take(void *context, ReadResult result, Record *rec)
{
    Passing *run = context;
    const Job *job = run->job;
    if (result == READ_FILE_END)
        return true;
    if (result == READ_EMPTY) {
        run->tally.empty++;
        return goes_on(run);
    }
    if (rec->origin.size == 0)
        rec->origin = str_from(job->from->name);
    if (result == READ_RECORD) {
        run->first->ledger->read += rec->count;
        stage_put(run->first, rec);
        run->tally.records++;
    } else if (result == READ_MATTER) {
        stage_matter(run->first, rec);
        run->tally.matter++;
    } else {
        run->tally.skipped++;
    }
    if (job->report != NULL)
        report_turn(job->report, result == READ_RECORD ? rec : NULL);
    if (job->progress != NULL)
        job->progress(job->context, &run->tally);
    return goes_on(run);
}

/* Whoever waits at the other end of a pipe sees what is done so far. */
static void flush(void *context)
{
    const Passing *run = context;
    if (run->job->out != NULL)
        sink_flush(run->job->out);
}

static bool before_read(void *context, int fd)
{
    (void)fd;
    flush(context);
    return true;
}

/* One record after the other, until the input ends, the output fails, or more than `most`
 * bytes are read.  False where that was all. */
static bool pass_on(Passing *run, Read *r, size_t most)
{
    const Reader *reader = run->job->from->reader;
    Record rec = {0};
    bool more = goes_on(run);
    source_before_read(r->in, before_read, run);
    record_reset(&rec);
    while (more && source_bytes(r->in) <= most) {
        ReadResult result = format_next(reader, r, &rec);
        more = result != READ_END && take(run, result, &rec);
        record_reset(&rec);
    }
    record_free(&rec);
    source_before_read(r->in, NULL, NULL);
    return more;
}

/* Small inputs see one thread, unless the user asks for more. */
static void read_with_crew(Passing *run, Read *r)
{
    const Taker taker = {.take = take, .wait = flush, .context = run};
    const Reader *reader = run->job->from->reader;
    size_t threads = run->job->threads;
    if (threads == 0) {
        if (!pass_on(run, r, MUCH))
            return;
        threads = crew_best(reader);
    }
    if (goes_on(run) && (threads < 2 || !crew_run(run->job, r, threads, &taker)))
        pass_on(run, r, SIZE_MAX);
}

static Tally read_all(const Job *job, const Tags *tags, Stage *first)
{
    const Reader *reader = job->from->reader;
    Passing run = {.job = job, .first = first};
    Read r = {.in = job->in,
              .diag = job->diag,
              .opt = job->opt,
              .tags = tags,
              .state = memory_zeroed(1, reader->state_size)};
    if (reader->ahead)
        read_with_crew(&run, &r);
    else
        pass_on(&run, &r, SIZE_MAX);
    if (reader->close != NULL)
        reader->close(&r);
    free(r.state);
    return run.tally;
}

/* Only the BibTeX family has them, and it follows them itself: by key, so not where all
 * keys are made anew. */
static Links links_of(const Job *job)
{
    if (job->from == NULL || strcmp(format_language(job->from), "bibtex") != 0)
        return LINKS_NONE;
    bool same = job->to != NULL && format_keeps_links(job->from, job->to, job->opt);
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
