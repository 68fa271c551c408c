/* SPDX-License-Identifier: MIT */
#include "tests/unit/assert_str.h"

#include "convert/base/arena.h"
#include "convert/base/hash.h"

static Str letters(Buf *buf, size_t size, char first)
{
    buf_clear(buf);
    for (size_t i = 0; i < size; i++)
        buf_add_byte(buf, (char)(first + (int)(i % 26)));
    return buf_str(buf);
}

static void case_is_that_of_ascii(void **state)
{
    Buf small = {0}, large = {0};
    (void)state;
    for (size_t size = 0; size < 40; size++) {
        Str a = letters(&small, size, 'a'), b = letters(&large, size, 'A');
        assert_true(hash_str_nocase(a, 7) == hash_str_nocase(b, 7));
        assert_true(size == 0 || hash_str(a, 7) != hash_str(b, 7));
        assert_true(hash_str(a, 7) == hash_str(a, 7));
        assert_true(hash_str(a, 7) != hash_str(a, 8));
    }
    /* The neighbours of A and Z, and the bytes of what is not ASCII, have no case. */
    static const char *const PAIRS[][2] = {
        {"@", "`"}, {"[", "{"}, {"Ä", "ä"}, {"1", "Q"}};
    for (size_t i = 0; i < 4; i++)
        assert_true(hash_str_nocase(str_from(PAIRS[i][0]), 0) !=
                    hash_str_nocase(str_from(PAIRS[i][1]), 0));
    buf_free(&small);
    buf_free(&large);
}

/* Each byte counts, and so does the size. */
static void every_byte_counts(void **state)
{
    char bytes[32] = {0};
    (void)state;
    for (size_t size = 1; size <= sizeof bytes; size++) {
        uint64_t plain = hash_str((Str){bytes, size}, 0);
        assert_true(plain != hash_str((Str){bytes, size - 1}, 0));
        for (size_t i = 0; i < size; i++) {
            bytes[i] = 1;
            assert_true(plain != hash_str((Str){bytes, size}, 0));
            bytes[i] = 0;
        }
    }
}

/* A table of a thousand slots has about as many in each as chance would put there. */
static void low_bits_are_spread(void **state)
{
    enum { SLOTS = 1024, NAMES = 16 * SLOTS };
    size_t slots[SLOTS] = {0}, most = 0;
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        size_t at = hash_str(arena_format(&arena, "key%zu", i), 0) % SLOTS;
        slots[at]++;
        most = slots[at] > most ? slots[at] : most;
    }
    assert_true(most < 60);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_is_that_of_ascii),
        cmocka_unit_test(every_byte_counts),
        cmocka_unit_test(low_bits_are_spread),
    };
    return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
