/* SPDX-License-Identifier: MIT
 * Messages and records that are kept for later come back as they went in. */
#include "tests/unit/assert_str.h"

#include "convert/base/tape.h"
#include "convert/pipeline/batch.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 500, SAID_MOST = 4096 };

/* What was heard, one message a line. */
typedef struct Heard {
    Buf lines;
    Diag diag;
} Heard;

static void hear(void *context, const Message *m)
{
    buf_format(context, "%d %s %.*s:%zu:%zu %.*s/%.*s %.*s\n", (int)m->level, m->id,
               STR_ARG(m->at.file), m->at.line, m->at.col, STR_ARG(m->key),
               STR_ARG(m->field), STR_ARG(m->text));
}

static Heard *begin(Heard *heard)
{
    *heard = (Heard){.diag = {.fd = -1, .least = LEVEL_COUNT, .listener = hear}};
    heard->diag.context = &heard->lines;
    return heard;
}

static void end(Heard *heard)
{
    diag_free(&heard->diag);
    buf_free(&heard->lines);
}

/* Tapes. */

static void keep(void *tape, const Message *message)
{
    tape_add(tape, message);
}

/* Texts are the sayer's only while it speaks. */
static void say(Diag *diag, size_t number)
{
    char key[32], field[32];
    snprintf(key, sizeof key, "k%zu", number);
    snprintf(field, sizeof field, "%.*s", (int)(number % 9), "abstract");
    diag->key = str_from(key);
    diag->field = str_from(field);
    diag_report(diag, (Level)(number % LEVEL_COUNT), number % 2 ? "odd" : "even",
                (Place){STR("a.bib"), number, number * 2}, "%zu says %.*s", number,
                (int)(number % 40), "all that there is to say about that....");
    memset(key, '!', sizeof key);
    memset(field, '!', sizeof field);
    diag->key = diag->field = STR_EMPTY;
}

static void tape_tells_what_was_said(void **state)
{
    Heard at_once, later;
    Tape tape = {0};
    Diag diag = {.fd = -1, .least = LEVEL_DETAIL, .keep = keep, .keeper = &tape};
    (void)state;
    begin(&at_once);
    begin(&later);
    for (size_t i = 0; i < MANY; i++) {
        say(&at_once.diag, i);
        say(&diag, i);
    }
    assert_int_equal(tape.count, MANY);
    assert_true(tape_size(&tape) > MANY * sizeof(Message));
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        assert_int_equal(diag.counts[i], 0); /* nothing is counted twice */
    for (size_t from = 0, to = 0; from < MANY; from = to) {
        to = from + 1 + from % 7 < MANY ? from + 1 + from % 7 : MANY;
        tape_play(&tape, from, to, &later.diag);
    }
    assert_true(str_equal(buf_str(&later.lines), buf_str(&at_once.lines)));
    assert_memory_equal(later.diag.counts, at_once.diag.counts, sizeof later.diag.counts);
    tape_clear(&tape);
    assert_int_equal(tape_size(&tape), 0);
    say(&diag, 3);
    assert_int_equal(tape.count, 1);
    ASSERT_STR(tape.items[0].key, "k3");
    tape_free(&tape);
    assert_int_equal(tape.count, 0);
    end(&at_once);
    end(&later);
}

/* Batches. */

/* A second half that puts a field on to each record, throws every third away, and says
 * what it was given. */
static ReadResult finish(Read *r, Record *rec, ReadResult found)
{
    size_t number = *(size_t *)rec->half, *seen = r->state;
    assert_int_equal(number, *seen);
    assert_null(r->in);
    ++*seen;
    Str text = arena_format(&rec->arena, "%.*s, understood", STR_ARG(rec->key));
    record_add_text(rec, FIELD_TITLE, STR("title"), rec->place, text_plain(text));
    diag_report(r->diag, LEVEL_NOTE, "finished", rec->place, "%zu", number);
    return number % 3 == 2 ? READ_SKIPPED : found;
}

/* A record whose key stands in `text` and its half in the arena. */
static void fill(Batch *batch, Record *rec, Str text, size_t number)
{
    size_t *half = arena_alloc(&rec->arena, sizeof *half);
    *half = number;
    rec->half = half;
    rec->key = str_slice(text, number % text.size, number % text.size + 1);
    rec->place = (Place){STR("a.bib"), number + 1, 1};
    batch_add(batch, READ_RECORD, rec, number == 7);
}

static void one_round(Batch *batch, const Reader *reader, size_t count)
{
    size_t seen = 0;
    Diag diag = {.fd = -1};
    Read r = {.diag = &diag, .state = &seen};
    Record rec = {0};
    Buf text = {0};
    buf_add(&text, STR("abcdefghij"));
    for (size_t i = 0; i < count; i++) {
        Arena arena = rec.arena;
        rec = (Record){0};
        record_reset(&rec);
        rec.arena = arena;
        fill(batch, &rec, buf_str(&text), i);
    }
    batch_add(batch, READ_END, &(Record){0}, false);
    batch->read = rec.arena;
    batch_take_text(batch, text);
    assert_true(batch->size >= 10);
    batch_finish(batch, reader, &r);
    assert_int_equal(seen, count); /* never for the end */
    assert_int_equal(batch->count, count + 1);
    for (size_t i = 0; i < count; i++) {
        const Turn *turn = &batch->turns[i];
        assert_int_equal(turn->result, i % 3 == 2 ? READ_SKIPPED : READ_RECORD);
        assert_int_equal(turn->failed, i == 7);
        assert_int_equal(turn->finished, i + 1);
        assert_null(turn->rec.arena.blocks);
        char wanted[] = "., understood";
        wanted[0] = "abcdefghij"[i % 10];
        ASSERT_STR(record_text(&turn->rec, FIELD_TITLE), wanted);
    }
    assert_int_equal(batch->turns[count].result, READ_END);
    assert_int_equal(batch->finished.count, count);
}

static void batch_keeps_records_and_their_memory(void **state)
{
    static const Reader READER = {.finish = finish};
    (void)state;
    Batch *batch = batch_open();
    for (size_t round = 0; round < 3; round++) {
        one_round(batch, &READER, MANY - 100 * round);
        batch->waits = true;
        batch_clear(batch); /* as good as new */
        assert_int_equal(batch->count + batch->size + batch->text_count, 0);
        assert_int_equal(batch->said.count + batch->finished.count, 0);
        assert_false(batch->waits);
    }
    batch_close(batch);
}

/* What a batch views may lie in a block of the next one's. */
static void blocks_stay_until_the_last(void **state)
{
    (void)state;
    Arena arena = {0};
    Str early = arena_copy(&arena, STR("early"));
    ArenaBlock *mark = arena.blocks;
    Batch *first = batch_open(), *second = batch_open();
    first->read = arena_take_older(&arena, mark);
    for (size_t i = 0; i < MANY; i++)
        arena_alloc(&arena, 1000);
    second->read = arena_take_older(&arena, NULL);
    batch_close(first);
    ASSERT_STR(early, "early");
    batch_close(second);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tape_tells_what_was_said),
        cmocka_unit_test(batch_keeps_records_and_their_memory),
        cmocka_unit_test(blocks_stay_until_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
