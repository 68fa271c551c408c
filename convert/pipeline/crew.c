/* SPDX-License-Identifier: MIT
 * The threads and their queue; see crew.h. */
#include "convert/pipeline/crew.h"
#include "convert/base/memory.h"
#include "convert/pipeline/batch.h"
#include "convert/pipeline/cores.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    QUEUE = 3,              /* batches at most that wait */
    WAITING = 768 * 1024,   /* their bytes as read, unless one alone has more */
    SAID_MOST = 256 * 1024, /* bytes of messages in one */
    KINDS_OF_WORK = 3,      /* reading, understanding, writing */
    HEAP_KEPT = 2 * 1024 * 1024
};

typedef struct Crew {
    const Reader *reader;
    Source *in;
    const Taker *taker;
    Diag *diag; /* the caller's */
    /* The reader's thread alone. */
    Read next;
    Diag next_diag;
    Batch *filling;
    Record rec;       /* that is being read; its arena is that of many */
    ArenaBlock *mark; /* the arena's newest when the record began */
    size_t used;      /* of the arena, when `filling` was begun */
    bool lent;        /* somebody may look at the Source's text */
    /* Whoever finishes, one at a time. */
    Read finish;
    Diag finish_diag;
    /* What all share, under the lock. */
    pthread_mutex_t lock;
    pthread_cond_t moved;
    Batch *queue[QUEUE];         /* by number modulo QUEUE */
    size_t put, finished, taken; /* numbers of the next to be */
    size_t waiting;              /* bytes in the queue */
    bool finishing, ended, stop;
    bool third; /* a thread does nothing but finish */
    Batch *spare;
    int wake; /* an eventfd that says stop; -1: none could be had */
} Crew;

/* The queue. */

static bool is_full(const Crew *crew, size_t more)
{
    size_t count = crew->put - crew->taken;
    return count == QUEUE || (count > 0 && crew->waiting + more > WAITING);
}

static bool can_finish(const Crew *crew)
{
    return !crew->finishing && crew->finished < crew->put;
}

/* The second half of the next batch that lacks it; the lock is held before and after. */
static void finish_one(Crew *crew)
{
    Batch *batch = crew->queue[crew->finished % QUEUE];
    crew->finishing = true;
    pthread_mutex_unlock(&crew->lock);
    batch_finish(batch, crew->reader, &crew->finish);
    pthread_mutex_lock(&crew->lock);
    crew->finishing = false;
    crew->finished++;
    pthread_cond_broadcast(&crew->moved);
}

static Batch *take_spare(Crew *crew)
{
    Batch *batch = crew->spare;
    if (batch == NULL)
        return batch_open();
    crew->spare = batch->spare;
    return batch;
}

static void give_spare(Crew *crew, Batch *batch)
{
    batch->spare = crew->spare;
    crew->spare = batch;
}

/* Reading. */

/* The lock is held. */
static void enqueue(Crew *crew)
{
    Batch *batch = crew->filling;
    crew->queue[crew->put++ % QUEUE] = batch;
    crew->waiting += batch->size;
    if (crew->reader->finish == NULL)
        crew->finished = crew->put;
    crew->filling = take_spare(crew);
    pthread_cond_broadcast(&crew->moved);
}

static bool is_stopped(Crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    bool stopped = crew->stop;
    pthread_mutex_unlock(&crew->lock);
    return stopped;
}

/* Passes on what was read so far.  Where the queue is full and nobody else is there to do
 * it, all that waits is finished before more is read: the writer lives on that meanwhile,
 * and on finishing itself while this reads.  What nobody wants any more stays, since
 * batches that somebody still works on may view it. */
static void hand_on(Crew *crew, bool waits)
{
    Batch *batch = crew->filling;
    if ((batch->count == 0 && batch->said.count == 0) || is_stopped(crew))
        return;
    batch->waits = waits;
    batch->read = arena_take_older(&crew->rec.arena, crew->mark);
    batch->size += crew->rec.arena.used - crew->used + tape_size(&batch->said);
    crew->used = crew->rec.arena.used;
    pthread_mutex_lock(&crew->lock);
    bool full = is_full(crew, batch->size), helps = !crew->third && full;
    while (!crew->stop && (full || (helps && can_finish(crew)))) {
        if (helps && can_finish(crew))
            finish_one(crew);
        else
            pthread_cond_wait(&crew->moved, &crew->lock);
        full = is_full(crew, batch->size);
    }
    if (!crew->stop)
        enqueue(crew);
    pthread_mutex_unlock(&crew->lock);
}

static void keep_said(void *context, const Message *message)
{
    Crew *crew = context;
    tape_add(&crew->filling->said, message);
    if (tape_size(&crew->filling->said) > SAID_MOST)
        hand_on(crew, false);
}

/* Waits for input or for the word that none is wanted. */
static bool before_read(void *context, int fd)
{
    Crew *crew = context;
    hand_on(crew, true);
    struct pollfd wanted[] = {{.fd = fd, .events = POLLIN},
                              {.fd = crew->wake, .events = POLLIN}};
    while (poll(wanted, 2, -1) < 0 && errno == EINTR)
        ;
    return !is_stopped(crew);
}

static bool before_change(void *context, Buf *text)
{
    Crew *crew = context;
    if (!crew->lent)
        return false;
    batch_take_text(crew->filling, *text);
    *text = (Buf){0};
    crew->lent = false;
    return true;
}

/* An empty record that goes on in the same arena. */
static void begin_record(Crew *crew)
{
    Arena arena = crew->rec.arena;
    crew->rec = (Record){0};
    record_reset(&crew->rec);
    crew->rec.arena = arena;
    crew->mark = arena.blocks;
}

static void *read_ahead(void *context)
{
    Crew *crew = context;
    ReadResult result;
    source_before_read(crew->in, before_read, crew);
    source_before_change(crew->in, before_change, crew);
    do {
        begin_record(crew);
        result = crew->reader->next(&crew->next, &crew->rec);
        batch_add(crew->filling, result, &crew->rec, source_failed(crew->in));
        crew->lent = true;
    } while (result != READ_END && !is_stopped(crew));
    begin_record(crew);
    hand_on(crew, false);
    pthread_mutex_lock(&crew->lock);
    crew->ended = true;
    pthread_cond_broadcast(&crew->moved);
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* Understanding, where there is a thread to spare for it. */

static void *finish_ahead(void *context)
{
    Crew *crew = context;
    pthread_mutex_lock(&crew->lock);
    while (!crew->stop && !(crew->ended && crew->finished == crew->put)) {
        if (can_finish(crew))
            finish_one(crew);
        else
            pthread_cond_wait(&crew->moved, &crew->lock);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* Taking. */

/* The next batch that is ready, or NULL at the end. */
static Batch *next_batch(Crew *crew)
{
    Batch *batch = NULL;
    pthread_mutex_lock(&crew->lock);
    while (crew->taken == crew->finished) {
        if (can_finish(crew))
            finish_one(crew);
        else if (crew->ended && crew->taken == crew->put)
            break;
        else
            pthread_cond_wait(&crew->moved, &crew->lock);
    }
    if (crew->taken < crew->finished)
        batch = crew->queue[crew->taken % QUEUE];
    pthread_mutex_unlock(&crew->lock);
    return batch;
}

static void batch_done(Crew *crew, Batch *batch)
{
    size_t size = batch->size;
    batch_clear(batch);
    pthread_mutex_lock(&crew->lock);
    crew->taken++;
    crew->waiting -= size;
    give_spare(crew, batch);
    pthread_cond_broadcast(&crew->moved);
    pthread_mutex_unlock(&crew->lock);
}

typedef struct Taking {
    Arena arena;  /* what is put on to the record at hand */
    bool failed;  /* what the Source had seen at the last turn */
    bool stopped; /* nothing more was wanted */
} Taking;

/* False: nothing more is wanted. */
static bool take_turn(Crew *crew, Taking *taking, Turn *turn)
{
    const Taker *taker = crew->taker;
    taking->failed = turn->failed;
    if (turn->result == READ_END)
        return true;
    turn->rec.arena = taking->arena;
    bool more = taker->take(taker->context, turn->result, &turn->rec);
    taking->arena = turn->rec.arena;
    arena_reset(&taking->arena);
    turn->rec.arena = (Arena){0};
    return more;
}

static bool take_batch(Crew *crew, Taking *taking, const Batch *batch)
{
    size_t said = 0, finished = 0;
    for (size_t i = 0; i < batch->count; i++) {
        Turn *turn = &batch->turns[i];
        tape_play(&batch->said, said, turn->said, crew->diag);
        tape_play(&batch->finished, finished, turn->finished, crew->diag);
        said = turn->said;
        finished = turn->finished;
        if (!take_turn(crew, taking, turn))
            return false;
    }
    tape_play(&batch->said, said, batch->said.count, crew->diag);
    if (batch->waits)
        crew->taker->wait(crew->taker->context);
    return true;
}

static void stop(Crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    crew->stop = true;
    pthread_cond_broadcast(&crew->moved);
    pthread_mutex_unlock(&crew->lock);
    eventfd_write(crew->wake, 1);
}

static Taking take_all(Crew *crew)
{
    Taking taking = {0};
    Batch *batch;
    while (!taking.stopped && (batch = next_batch(crew)) != NULL) {
        taking.stopped = !take_batch(crew, &taking, batch);
        batch_done(crew, batch);
    }
    stop(crew);
    arena_free(&taking.arena);
    return taking;
}

/* The whole. */

size_t crew_best(const Reader *reader)
{
    return cores_count(reader->finish != NULL ? KINDS_OF_WORK : KINDS_OF_WORK - 1);
}

static void crew_begin(Crew *crew, const Job *job, const Read *r)
{
    /* What one thread made and another frees goes round and round: by default glibc would
     * give it back to the system, and take it anew, with each batch. */
    mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
    mallopt(M_MMAP_THRESHOLD, HEAP_KEPT / 2);
    /* The listener is there to say that details are worth their text. */
    Diag diag = {.fd = -1, .least = job->diag->least, .listener = job->diag->listener};
    crew->next_diag = crew->finish_diag = diag;
    crew->next_diag.keep = keep_said;
    crew->next_diag.keeper = crew;
    crew->next = crew->finish = *r;
    crew->next.diag = &crew->next_diag;
    crew->finish.diag = &crew->finish_diag;
    crew->finish.in = NULL;
    crew->filling = batch_open();
    crew->wake = eventfd(0, EFD_CLOEXEC);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->moved, NULL);
}

static void crew_end(Crew *crew)
{
    while (crew->taken < crew->put)
        batch_close(crew->queue[crew->taken++ % QUEUE]);
    while (crew->spare != NULL)
        batch_close(take_spare(crew));
    batch_close(crew->filling);
    arena_free(&crew->rec.arena);
    pthread_cond_destroy(&crew->moved);
    pthread_mutex_destroy(&crew->lock);
    if (crew->wake >= 0)
        close(crew->wake);
}

bool crew_run(const Job *job, Read *r, size_t threads, const Taker *taker)
{
    Crew crew = {
        .reader = job->from->reader, .in = job->in, .taker = taker, .diag = job->diag};
    pthread_t reading, finishing;
    crew_begin(&crew, job, r);
    source_report_to(job->in, &crew.next_diag);
    crew.third = threads >= KINDS_OF_WORK && crew.reader->finish != NULL &&
                 pthread_create(&finishing, NULL, finish_ahead, &crew) == 0;
    bool third = crew.third;
    bool begun = pthread_create(&reading, NULL, read_ahead, &crew) == 0;
    if (begun) {
        Taking taking = take_all(&crew);
        pthread_join(reading, NULL);
        if (taking.stopped)
            source_set_failed(job->in, taking.failed);
    } else {
        stop(&crew);
    }
    if (third)
        pthread_join(finishing, NULL);
    source_report_to(job->in, job->diag);
    source_before_read(job->in, NULL, NULL);
    source_before_change(job->in, NULL, NULL);
    crew_end(&crew);
    return begun;
}
