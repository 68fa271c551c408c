/* SPDX-License-Identifier: MIT
 * A table finds on disk what it found in memory, and says when it cannot. */
#include "tests/unit/assert_str.h"

#include "convert/io/scratch.h"
#include "convert/io/table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* From all in memory to next to nothing. */
static const size_t MEMORY[] = {16 * 1024 * 1024, 256 * 1024, 20000, 0};
enum { MEMORIES = sizeof MEMORY / sizeof MEMORY[0], COUNT = 40000 };

typedef struct Row {
    uint64_t hash, id, value;
} Row;

static Diag diag;

static int open_diag(void **state)
{
    (void)state;
    diag = (Diag){.fd = STDERR_FILENO};
    return 0;
}

static int close_diag(void **state)
{
    (void)state;
    diag_free(&diag);
    return 0;
}

/* What a hash looks like: a different number for each. */
static uint64_t hash(uint64_t number)
{
    number = (number + 1) * 0x9e3779b97f4a7c15u;
    number = (number ^ number >> 31) * 0xd6e8feb86659fd93u;
    return number ^ number >> 29;
}

/* The row with that id; a value of 0 where there is none. */
static Row row_of(Table *table, uint64_t of, uint64_t id)
{
    Row found = {0};
    for (const Row *row = table_first(table, of); row != NULL; row = table_next(table)) {
        assert_int_equal(row->hash, of);
        if (row->id != id)
            continue;
        assert_int_equal(found.value, 0);
        found = *row;
    }
    return found;
}

static size_t rows_of(Table *table, uint64_t of)
{
    size_t count = 0;
    for (const Row *row = table_first(table, of); row != NULL; row = table_next(table))
        count++;
    return count;
}

static Table *open_table(size_t memory)
{
    return table_open(sizeof(Row), 2 * sizeof(uint64_t), memory, &diag);
}

static void put(Table *table, uint64_t of, uint64_t id, uint64_t value)
{
    table_put(table, &(Row){of, id, value});
}

static void rows_come_back(void **state)
{
    (void)state;
    for (size_t m = 0; m < MEMORIES; m++) {
        Table *table = open_table(MEMORY[m]);
        assert_null(table_first(table, hash(1)));
        for (uint64_t i = 0; i < COUNT; i++) {
            /* One in the middle of those that are there, and one that is not. */
            uint64_t old = i / 2;
            assert_int_equal(row_of(table, hash(old), old).value, i > 0 ? old + 7 : 0);
            assert_null(table_first(table, hash(i)));
            put(table, hash(i), i, i + 7);
        }
        for (uint64_t i = 0; i < COUNT; i++) {
            assert_int_equal(row_of(table, hash(i), i).value, i + 7);
            assert_null(table_first(table, hash(COUNT + i)));
        }
        assert_false(table_failed(table));
        table_close(table);
    }
}

/* Rows change wherever they are; nobody sees what they were. */
static void rows_change(void **state)
{
    enum { PERIOD = 700 };
    (void)state;
    for (size_t m = 0; m < MEMORIES; m++) {
        Table *table = open_table(MEMORY[m]);
        for (uint64_t i = 0; i < COUNT; i++) {
            uint64_t often = i % PERIOD, round = i / PERIOD;
            assert_int_equal(row_of(table, hash(often), 0).value, round);
            put(table, hash(often), 0, round + 1);
            put(table, hash(PERIOD + i / 2), 0, i + 1); /* twice each */
            assert_int_equal(rows_of(table, hash(often)), 1);
        }
        for (uint64_t i = 0; i < COUNT / 2; i++)
            assert_int_equal(row_of(table, hash(PERIOD + i), 0).value, 2 * i + 2);
        table_close(table);
    }
}

/* Several rows of one hash, some of them put again, before and behind many others. */
static void rows_share_hashes(void **state)
{
    enum { SHARED = 100, EACH = 8 };
    (void)state;
    for (size_t m = 0; m < MEMORIES; m++) {
        Table *table = open_table(MEMORY[m]);
        for (uint64_t id = 0; id < EACH; id++) {
            for (uint64_t i = 0; i < SHARED; i++) {
                assert_int_equal(rows_of(table, hash(i)), id);
                put(table, hash(i), EACH - id, 1);
                put(table, hash(i), EACH - id / 2, 2);
            }
            for (uint64_t i = 0; i < COUNT / EACH; i++)
                put(table, hash(SHARED + id * COUNT + i), 0, 1);
        }
        for (uint64_t i = 0; i < SHARED; i++) {
            assert_int_equal(rows_of(table, hash(i)), EACH);
            for (uint64_t id = 0; id < EACH; id++)
                assert_int_equal(row_of(table, hash(i), EACH - id).value,
                                 id < EACH / 2 ? 2 : 1);
        }
        table_close(table);
    }
}

/* Hashes that no good function gives: they all want the same place. */
static void rows_crowd(void **state)
{
    enum { CROWD = 2000 };
    (void)state;
    for (size_t m = 0; m < MEMORIES; m++) {
        Table *table = open_table(MEMORY[m]);
        for (uint64_t i = 0; i < CROWD; i++) {
            put(table, i + 1, 0, i + 1);
            put(table, UINT64_MAX - i, 0, i + 1);
        }
        for (uint64_t i = 0; i < CROWD; i++) {
            assert_int_equal(row_of(table, i + 1, 0).value, i + 1);
            assert_int_equal(row_of(table, UINT64_MAX - i, 0).value, i + 1);
        }
        assert_null(table_first(table, CROWD + 1));
        table_close(table);
    }
}

/* So many that all sizes of runs are on disk (runs.h), the last of them without a filter;
 * some change behind all the others. */
static void many_rows(void **state)
{
    enum { MANY = 400000, STEP = 61 };
    (void)state;
    Table *table = open_table(0);
    for (uint64_t i = 0; i < MANY; i++)
        put(table, hash(i), i, 1);
    for (uint64_t i = 0; i < MANY; i += STEP)
        put(table, hash(i), i, 2);
    for (uint64_t i = 0; i < MANY; i += STEP - 1) {
        assert_int_equal(rows_of(table, hash(i)), 1);
        assert_int_equal(row_of(table, hash(i), i).value, i % STEP == 0 ? 2 : 1);
        assert_null(table_first(table, hash(MANY + i)));
    }
    assert_false(table_failed(table));
    table_close(table);
}

typedef struct Seen {
    size_t count;
    uint64_t sum;
} Seen;

static void see(void *context, const void *row)
{
    Seen *seen = context;
    seen->count++;
    seen->sum += ((const Row *)row)->value;
}

static void all_rows(void **state)
{
    (void)state;
    for (size_t m = 0; m < MEMORIES; m++) {
        Table *table = open_table(MEMORY[m]);
        Seen seen = {0};
        table_each(table, see, &seen);
        assert_int_equal(seen.count, 0);
        for (uint64_t i = 0; i < COUNT; i++)
            put(table, hash(i), i, 1);
        for (uint64_t i = 0; i < COUNT; i += 10)
            put(table, hash(i), i, 2);
        table_each(table, see, &seen);
        assert_int_equal(seen.count, COUNT);
        assert_int_equal(seen.sum, COUNT + COUNT / 10);
        table_close(table);
    }
}

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { SANITIZED = 1 }; /* they keep what was freed for a while */
#elif defined __has_feature
enum { SANITIZED = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) };
#else
enum { SANITIZED = 0 };
#endif

static void memory_is_bounded(void **state)
{
    enum { MANY = 1000000, LIMIT = 1024 * 1024 };
    struct rusage before, behind;
    (void)state;
    Table *table = open_table(LIMIT);
    for (uint64_t i = 0; i < 100000; i++)
        put(table, hash(i), i, i + 1);
    getrusage(RUSAGE_SELF, &before);
    for (uint64_t i = 100000; i < MANY; i++)
        put(table, hash(i), i, i + 1);
    for (uint64_t i = 0; i < MANY; i += 97)
        assert_int_equal(row_of(table, hash(i), i).value, i + 1);
    getrusage(RUSAGE_SELF, &behind);
    assert_true(SANITIZED || behind.ru_maxrss - before.ru_maxrss < 1024);
    table_close(table);
}

static size_t said;

static void hear(void *context, const Message *message)
{
    (void)context;
    assert_string_equal(message->id, "spool-failed");
    said++;
}

/* One message, and never a row that was not put. */
static void a_full_disk_is_told(void **state)
{
    char old[4096] = "";
    const char *now = getenv("TMPDIR");
    (void)state;
    if (now != NULL)
        strncpy(old, now, sizeof old - 1);
    setenv("TMPDIR", "/nowhere/at/all", 1);
    diag.least = LEVEL_COUNT;
    diag.listener = hear;
    Table *table = open_table(20000);
    for (uint64_t i = 0; i < COUNT; i++) {
        put(table, hash(i), i, i + 1);
        assert_true(table_failed(table) || row_of(table, hash(i / 2), i / 2).value > 0);
        assert_int_equal(rows_of(table, hash(COUNT + i)), 0);
    }
    assert_true(table_failed(table));
    assert_int_equal(said, 1);
    table_each(table, see, &(Seen){0});
    table_close(table);
    if (now != NULL)
        setenv("TMPDIR", old, 1);
    else
        unsetenv("TMPDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_come_back, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(rows_change, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(rows_share_hashes, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(rows_crowd, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(many_rows, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(all_rows, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(memory_is_bounded, open_diag, close_diag),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told, open_diag, close_diag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
