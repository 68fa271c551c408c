/* SPDX-License-Identifier: MIT
 * Bytes put aside come back, from memory and from disk. */
#include "tests/unit/assert_str.h"

#include "convert/io/spool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECES = 3000, PIECE = 1021 }; /* some 3 MB: more than ten blocks */

static Str piece(char *room, size_t number)
{
    for (size_t i = 0; i < PIECE; i++)
        room[i] = (char)((number * 31 + i * 7) & 0xff);
    return (Str){room, PIECE};
}

static void assert_piece(Spool *spool, size_t number)
{
    char room[PIECE];
    Buf got = {0};
    assert_true(spool_read(spool, (uint64_t)number * PIECE, PIECE, &got));
    assert_true(str_equal(buf_str(&got), piece(room, number)));
    buf_free(&got);
}

static void fill(Spool *spool)
{
    char room[PIECE];
    for (size_t i = 0; i < PIECES; i++)
        assert_int_equal(spool_add(spool, piece(room, i)), i * PIECE);
    assert_int_equal(spool_size(spool), (size_t)PIECES * PIECE);
}

static void comes_back(void **state)
{
    static const size_t MEMORY[] = {0, 1, 300000, 1000000, SPOOL_MEMORY};
    (void)state;
    for (size_t m = 0; m < sizeof MEMORY / sizeof MEMORY[0]; m++) {
        Diag diag = {.fd = STDERR_FILENO};
        Spool *spool = spool_open(MEMORY[m], &diag);
        fill(spool);
        for (size_t i = 0; i < PIECES; i++)
            assert_piece(spool, i);
        for (size_t i = PIECES; i-- > 0;)
            assert_piece(spool, i);
        assert_false(spool_failed(spool));
        spool_close(spool);
        diag_free(&diag);
    }
}

/* Reading behind the writing, as a queue does. */
static void queue(void **state)
{
    static const size_t MEMORY[] = {0, 600000};
    (void)state;
    for (size_t m = 0; m < 2; m++) {
        Diag diag = {.fd = STDERR_FILENO};
        Spool *spool = spool_open(MEMORY[m], &diag);
        char room[PIECE];
        size_t front = 0;
        for (size_t i = 0; i < PIECES; i++) {
            spool_add(spool, piece(room, i));
            if (i % 3 != 0)
                continue;
            assert_piece(spool, front++);
            spool_forget(spool, (uint64_t)front * PIECE);
        }
        for (; front < PIECES; front++) {
            assert_piece(spool, front);
            spool_forget(spool, (uint64_t)(front + 1) * PIECE);
        }
        spool_add(spool, piece(room, PIECES));
        assert_piece(spool, PIECES);
        spool_close(spool);
        diag_free(&diag);
    }
}

static void whole_block(void **state)
{
    (void)state;
    enum { SIZE = 256 * 1024 };
    Diag diag = {.fd = STDERR_FILENO};
    Spool *spool = spool_open(0, &diag);
    char *block = malloc(SIZE);
    assert_non_null(block);
    memset(block, 'x', SIZE);
    assert_int_equal(spool_add(spool, (Str){block, SIZE}), 0);
    spool_forget(spool, SIZE);
    assert_int_equal(spool_add(spool, STR("after")), SIZE);
    Buf got = {0};
    assert_true(spool_read(spool, SIZE, 5, &got));
    ASSERT_STR(buf_str(&got), "after");
    buf_free(&got);
    free(block);
    spool_close(spool);
    diag_free(&diag);
}

static size_t said;

static void hear(void *context, const Message *message)
{
    (void)context;
    assert_string_equal(message->id, "spool-failed");
    said++;
}

static void no_directory(void **state)
{
    (void)state;
    Diag diag = {.fd = STDERR_FILENO, .least = LEVEL_COUNT, .listener = hear};
    char old[4096] = "";
    const char *now = getenv("TMPDIR");
    if (now != NULL)
        strncpy(old, now, sizeof old - 1);
    setenv("TMPDIR", "/nowhere/at/all", 1);
    Spool *spool = spool_open(0, &diag);
    fill(spool);
    Buf got = {0};
    assert_true(spool_failed(spool));
    assert_false(spool_read(spool, 0, PIECE, &got));
    assert_int_equal(said, 1);
    spool_close(spool);
    buf_free(&got);
    if (now != NULL)
        setenv("TMPDIR", old, 1);
    else
        unsetenv("TMPDIR");
    diag_free(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(queue),
        cmocka_unit_test(whole_block),
        cmocka_unit_test(no_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
