/* SPDX-License-Identifier: MIT
 * Records that wait for the caller; see queue.h. */
#include "convert/library/queue.h"
#include "convert/io/spool.h"
#include "convert/pipeline/pack.h"

#include <string.h>

struct Queue {
    Stage stage;
    Spool *spool; /* size and bytes of each record, the first at `front` */
    uint64_t front;
    size_t waiting;
    Buf packed;
    Record rec; /* that was taken */
};

static void put(Stage *stage, Record *rec)
{
    Queue *queue = (Queue *)stage;
    size_t size;
    buf_clear(&queue->packed);
    pack_record(&queue->packed, rec);
    size = queue->packed.size;
    spool_add(queue->spool, (Str){(const char *)&size, sizeof size});
    spool_add(queue->spool, buf_str(&queue->packed));
    queue->waiting++;
}

static void matter(Stage *stage, Record *rec)
{
    (void)stage;
    (void)rec;
}

static void release(Stage *stage)
{
    Queue *queue = (Queue *)stage;
    spool_close(queue->spool);
    buf_free(&queue->packed);
    record_free(&queue->rec);
}

Queue *queue_open(size_t memory, Diag *diag, Ledger *ledger)
{
    static const StageVerbs VERBS = {.put = put, .matter = matter, .close = release};
    Queue *queue = stage_open(sizeof *queue, &VERBS, NULL);
    queue->stage.diag = diag;
    queue->stage.ledger = ledger;
    queue->spool = spool_open(memory, diag);
    return queue;
}

Stage *queue_stage(Queue *queue)
{
    return &queue->stage;
}

const Record *queue_take(Queue *queue)
{
    size_t size;
    Buf *packed = &queue->packed;
    if (queue->waiting == 0)
        return NULL;
    buf_clear(packed);
    if (!spool_read(queue->spool, queue->front, sizeof size, packed))
        return NULL;
    memcpy(&size, packed->data, sizeof size);
    buf_clear(packed);
    if (!spool_read(queue->spool, queue->front + sizeof size, size, packed))
        return NULL;
    queue->front += sizeof size + size;
    queue->waiting--;
    spool_forget(queue->spool, queue->front);
    record_reset(&queue->rec);
    unpack_record(buf_str(packed), &queue->rec);
    return &queue->rec;
}

bool queue_failed(const Queue *queue)
{
    return spool_failed(queue->spool);
}
