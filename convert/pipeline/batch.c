/* SPDX-License-Identifier: MIT
 * Batches of records; see batch.h. */
#include "convert/pipeline/batch.h"
#include "convert/base/memory.h"

#include <stdlib.h>

Batch *batch_open(void)
{
    return memory_zeroed(1, sizeof(Batch));
}

void batch_add(Batch *batch, ReadResult result, const Record *rec, bool failed)
{
    if (batch->count == batch->capacity) {
        batch->capacity = memory_grown(batch->capacity, batch->count + 1);
        batch->turns =
            memory_resize(batch->turns, batch->capacity * sizeof *batch->turns);
    }
    Turn *turn = &batch->turns[batch->count++];
    *turn = (Turn){
        .result = result, .rec = *rec, .said = batch->said.count, .failed = failed};
    turn->rec.arena = (Arena){0};
}

void batch_take_text(Batch *batch, Buf text)
{
    if (batch->text_count == batch->text_capacity) {
        batch->text_capacity = memory_grown(batch->text_capacity, batch->text_count + 1);
        batch->texts =
            memory_resize(batch->texts, batch->text_capacity * sizeof *batch->texts);
    }
    batch->texts[batch->text_count++] = text;
    batch->size += text.capacity;
}

static void keep(void *tape, const Message *message)
{
    tape_add(tape, message);
}

void batch_finish(Batch *batch, const Reader *reader, Read *r)
{
    r->diag->keep = keep;
    r->diag->keeper = &batch->finished;
    for (size_t i = 0; i < batch->count; i++) {
        Turn *turn = &batch->turns[i];
        if (turn->result != READ_END) {
            turn->rec.arena = batch->finish;
            turn->result = reader->finish(r, &turn->rec, turn->result);
            batch->finish = turn->rec.arena;
            turn->rec.arena = (Arena){0};
        }
        turn->finished = batch->finished.count;
    }
}

void batch_clear(Batch *batch)
{
    for (size_t i = 0; i < batch->text_count; i++)
        buf_free(&batch->texts[i]);
    batch->count = batch->text_count = batch->size = 0;
    batch->waits = false;
    tape_clear(&batch->said);
    tape_clear(&batch->finished);
    arena_free(&batch->read);
    arena_reset(&batch->finish);
}

void batch_close(Batch *batch)
{
    batch_clear(batch);
    tape_free(&batch->said);
    tape_free(&batch->finished);
    arena_free(&batch->finish);
    free(batch->turns);
    free(batch->texts);
    free(batch);
}
