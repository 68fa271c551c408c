/* SPDX-License-Identifier: MIT
 * The base: views, buffers, arenas, memory and messages. */
#include "tests/unit/assert_str.h"

#include "convert/base/arena.h"
#include "convert/base/diag.h"
#include "convert/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Views. */

static void from_takes_null(void **state)
{
    (void)state;
    assert_int_equal(str_from(NULL).size, 0);
    assert_non_null(str_from(NULL).data);
    ASSERT_STR(str_from("abc"), "abc");
}

static void slices_are_cut_to_the_size(void **state)
{
    (void)state;
    Str s = STR("abcdef");
    ASSERT_STR(str_slice(s, 1, 3), "bc");
    ASSERT_STR(str_slice(s, 4, 99), "ef");
    ASSERT_STR(str_slice(s, 99, 100), "");
    ASSERT_STR(str_slice(s, 3, 3), "");
    ASSERT_STR(str_slice(s, 4, 2), "");
    ASSERT_STR(str_after(s, 5), "f");
    ASSERT_STR(str_after(s, 6), "");
    ASSERT_STR(str_after(s, 7), "");
}

static void zero_is_a_byte_like_any_other(void **state)
{
    (void)state;
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_false(str_equal(STR("a\0b"), STR("a")));
    assert_int_equal(str_find(STR("a\0bc"), STR("bc")), 2);
    assert_int_equal(str_find_byte(STR("ab\0"), '\0'), 2);
    assert_true(str_ends(STR("x\0y"), STR("\0y")));
}

static void case_is_ascii_only(void **state)
{
    (void)state;
    assert_true(str_equal_nocase(STR("NeurIPS"), STR("nEURips")));
    assert_false(str_equal_nocase(STR("NeurIPS"), STR("NeurIP")));
    assert_false(str_equal_nocase(STR("É"), STR("é")));
    assert_false(str_equal_nocase(STR("@"), STR("`")));
    assert_false(str_equal_nocase(STR("["), STR("{")));
    assert_true(str_starts_nocase(STR("The ACM"), STR("the ")));
    assert_false(str_starts_nocase(STR("Th"), STR("the")));
}

static void front_and_end(void **state)
{
    (void)state;
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_true(str_starts(STR("abc"), STR("")));
    assert_false(str_starts(STR("abc"), STR("Ab")));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_true(str_ends(STR("abc"), STR("")));
    assert_false(str_ends(STR("bc"), STR("abc")));
}

static void finding(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("banana"), STR("an")), 1);
    assert_int_equal(str_find(STR("banana"), STR("nab")), 6);
    assert_int_equal(str_find(STR(""), STR("x")), 0);
    assert_int_equal(str_find_byte(STR("banana"), 'n'), 2);
    assert_int_equal(str_find_byte(STR("banana"), 'x'), 6);
    assert_true(str_contains(STR("banana"), STR("nan")));
    assert_true(str_contains(STR("banana"), STR("")));
    assert_false(str_contains(STR("nan"), STR("banana")));
}

static void trimming(void **state)
{
    (void)state;
    ASSERT_STR(str_trim(STR(" \t\r\n a b \n")), "a b");
    ASSERT_STR(str_trim(STR(" \t ")), "");
    ASSERT_STR(str_trim(STR("")), "");
    /* U+00A0 is no ASCII space. */
    ASSERT_STR(str_trim(STR("\xc2\xa0"
                            "a")),
               "\xc2\xa0"
               "a");
}

static void splitting(void **state)
{
    (void)state;
    Str rest = STR("a||b"), piece;
    assert_true(str_split(&rest, '|', &piece));
    ASSERT_STR(piece, "a");
    assert_true(str_split(&rest, '|', &piece));
    ASSERT_STR(piece, "");
    assert_true(str_split(&rest, '|', &piece));
    ASSERT_STR(piece, "b");
    assert_false(str_split(&rest, '|', &piece));
    assert_false(str_split(&rest, '|', &piece));

    rest = STR("a|"); /* what stands behind the last separator is a piece, too */
    assert_true(str_split(&rest, '|', &piece));
    assert_true(str_split(&rest, '|', &piece));
    ASSERT_STR(piece, "");
    assert_false(str_split(&rest, '|', &piece));
}

static void words(void **state)
{
    (void)state;
    Str rest = STR("  one\ttwo\r\n three "), word;
    assert_true(str_word(&rest, &word));
    ASSERT_STR(word, "one");
    assert_true(str_word(&rest, &word));
    ASSERT_STR(word, "two");
    assert_true(str_word(&rest, &word));
    ASSERT_STR(word, "three");
    assert_false(str_word(&rest, &word));
}

static void bytes_are_classed_as_ascii(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        char c = (char)i;
        bool upper = i >= 'A' && i <= 'Z', lower = i >= 'a' && i <= 'z';
        assert_int_equal(byte_is_upper(c), upper);
        assert_int_equal(byte_is_lower(c), lower);
        assert_int_equal(byte_is_alpha(c), upper || lower);
        assert_int_equal(byte_is_digit(c), i >= '0' && i <= '9');
        assert_int_equal(byte_lower(c), upper ? (char)(i + 32) : c);
    }
    assert_true(byte_is_space(' ') && byte_is_space('\t') && byte_is_space('\n') &&
                byte_is_space('\r'));
    assert_false(byte_is_space('\0') || byte_is_space('a') || byte_is_space('\x85'));
}

static void distance_counts_edits(void **state)
{
    static const struct {
        const char *a, *b;
        size_t edits;
    } ROWS[] = {
        {"", "", 0},
        {"bibtex", "bibtex", 0},
        {"", "ris", 3},
        {"bibtex", "bibte", 1},
        {"ris", "rist", 1},
        {"bibtex", "bibtax", 1},
        {"bibtex", "bibetx", 1},
        {"kitten", "sitting", 3},
        {"saturday", "sunday", 3},
        {"abc", "xyz", 3},
        {"csljson", "csl-json", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Str a = str_from(ROWS[i].a), b = str_from(ROWS[i].b);
        assert_int_equal(str_distance(a, b), ROWS[i].edits);
        assert_int_equal(str_distance(b, a), ROWS[i].edits);
    }
}

static void long_words_are_far_apart(void **state)
{
    char longest[64], longer[65];
    (void)state;
    memset(longest, 'a', sizeof longest);
    memset(longer, 'a', sizeof longer);
    assert_int_equal(str_distance((Str){longest, 63}, (Str){longest, 63}), 0);
    assert_int_equal(str_distance((Str){longest, 63}, STR("")), 63);
    assert_true(str_distance((Str){longer, 64}, (Str){longer, 64}) >= 63);
}

/* Buffers. */

static void buffer_grows(void **state)
{
    Buf b = {0};
    (void)state;
    assert_int_equal(buf_str(&b).size, 0);
    assert_non_null(buf_str(&b).data);
    for (int i = 0; i < 1000; i++) {
        buf_add(&b, STR("ab"));
        buf_add_byte(&b, '\0');
    }
    assert_int_equal(b.size, 3000);
    assert_true(b.capacity >= b.size);
    for (size_t i = 0; i < b.size; i += 3)
        assert_memory_equal(b.data + i, "ab\0", 3);
    buf_clear(&b);
    assert_int_equal(buf_str(&b).size, 0);
    buf_add(&b, STR_EMPTY);
    buf_add(&b, STR("x"));
    ASSERT_STR(buf_str(&b), "x");
    buf_free(&b);
    assert_int_equal(b.capacity, 0);
    buf_add(&b, STR("again"));
    ASSERT_STR(buf_str(&b), "again");
    buf_free(&b);
}

static void buffer_formats(void **state)
{
    Buf b = {0};
    (void)state;
    buf_format(&b, "%s", "");
    assert_int_equal(b.size, 0);
    buf_format(&b, "%d-%.*s", 7, STR_ARG(STR("xy")));
    buf_format(&b, "|%0200d", 1);
    assert_int_equal(b.size, 4 + 201);
    ASSERT_STR(str_slice(buf_str(&b), 0, 6), "7-xy|0");
    assert_true(str_ends(buf_str(&b), STR("01")));
    buf_free(&b);
}

static void reserving_moves_no_size(void **state)
{
    Buf b = {0};
    (void)state;
    buf_add(&b, STR("ab"));
    char *to = buf_reserve(&b, 5000);
    assert_int_equal(b.size, 2);
    memset(to, 'c', 5000);
    b.size += 5000;
    ASSERT_STR(str_slice(buf_str(&b), 0, 4), "abcc");
    buf_free(&b);
}

/* Arenas and memory. */

static void arena_gives_aligned_and_lasting_memory(void **state)
{
    enum { COUNT = 300 };
    Arena arena = {0};
    unsigned char *pieces[COUNT];
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i == 100 ? 1u << 20 : i * 7; /* one larger than any block */
        pieces[i] = arena_alloc(&arena, size);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        memset(pieces[i], (int)(i & 0xff), size);
    }
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i == 100 ? 1u << 20 : i * 7;
        for (size_t k = 0; k < size; k += 97)
            assert_int_equal(pieces[i][k], i & 0xff);
    }
    arena_free(&arena);
}

static void arena_counts_and_resets(void **state)
{
    Arena arena = {0};
    (void)state;
    arena_alloc(&arena, 100);
    arena_alloc(&arena, 28);
    assert_int_equal(arena.used, 128);
    for (int round = 0; round < 5; round++) {
        arena_reset(&arena);
        assert_int_equal(arena.used, 0);
        for (int i = 0; i < 50; i++)
            memset(arena_alloc(&arena, 4000), round, 4000);
        assert_int_equal(arena.used, 200000);
    }
    arena_free(&arena);
    arena_reset(&arena); /* an empty one */
    arena_free(&arena);
}

static void arena_parts_with_what_is_older(void **state)
{
    Arena arena = {0};
    char *first = arena_alloc(&arena, 100);
    (void)state;
    memset(first, 'a', 100);
    Arena older = arena_take_older(&arena, NULL); /* how it began */
    assert_null(older.blocks);
    assert_non_null(arena.blocks);
    ArenaBlock *newest = arena.blocks;
    older = arena_take_older(&arena, newest);
    assert_null(older.blocks);
    arena_alloc(&arena, 1000 * 1000);
    older = arena_take_older(&arena, arena.blocks);
    assert_ptr_equal(older.blocks, newest);
    assert_int_equal(first[99], 'a');
    arena_free(&older);
    arena_free(&arena);
}

static void arena_makes_texts(void **state)
{
    Arena arena = {0};
    char gone[] = "gone";
    (void)state;
    Str copy = arena_copy(&arena, str_from(gone));
    memset(gone, 'x', sizeof gone - 1);
    ASSERT_STR(copy, "gone");
    assert_non_null(arena_copy(&arena, STR_EMPTY).data);
    ASSERT_STR(arena_join(&arena, STR("a"), STR(", "), STR("b")), "a, b");
    ASSERT_STR(arena_join(&arena, STR(""), STR(""), STR("")), "");
    ASSERT_STR(arena_format(&arena, "%d:%s", 12, "x"), "12:x");
    ASSERT_STR(arena_format(&arena, "%s", ""), "");
    arena_free(&arena);
}

static void memory_of_no_size_is_memory(void **state)
{
    (void)state;
    void *none = memory_alloc(0);
    unsigned char *zeroed = memory_zeroed(10, 10);
    assert_non_null(none);
    for (int i = 0; i < 100; i++)
        assert_int_equal(zeroed[i], 0);
    none = memory_resize(none, 0);
    assert_non_null(none);
    free(none);
    free(zeroed);
}

static void capacity_doubles_from_64(void **state)
{
    (void)state;
    assert_int_equal(memory_grown(0, 1), 64);
    assert_int_equal(memory_grown(64, 65), 128);
    assert_int_equal(memory_grown(128, 1000), 1024);
}

/* Messages. */

static Diag diag_into(FILE *file)
{
    return (Diag){.fd = fileno(file)};
}

static Str said(FILE *file, char text[static 4096])
{
    rewind(file);
    return (Str){text, fread(text, 1, 4096, file)};
}

static void messages_have_a_place_and_an_id(void **state)
{
    char text[4096];
    FILE *file = tmpfile();
    (void)state;
    assert_non_null(file);
    Diag diag = diag_into(file);
    diag_report(&diag, LEVEL_WARNING, "lost-field", (Place){STR("refs.bib"), 12, 7},
                "%s has no place in RIS; left out", "annote");
    diag_report(&diag, LEVEL_NOTE, "charset", (Place){STR("refs.bib"), 0, 0}, "x");
    diag_report(&diag, LEVEL_ERROR, "open-failed", (Place){0}, "cannot");
    diag.at = (Place){STR("a"), 3, 4};
    diag_here(&diag, LEVEL_DETAIL, "repair", "made %d", 1);
    ASSERT_STR(said(file, text),
               "refs.bib:12:7: warning: annote has no place in RIS; left out "
               "[lost-field]\n"
               "refs.bib: note: x [charset]\n"
               "citeconv: error: cannot [open-failed]\n"
               "a:3:4: detail: made 1 [repair]\n");
    diag_free(&diag);
    fclose(file);
}

static void lower_levels_are_counted_only(void **state)
{
    char text[4096];
    FILE *file = tmpfile();
    (void)state;
    assert_non_null(file);
    Diag diag = diag_into(file);
    diag.least = LEVEL_ERROR;
    assert_false(diag_shows(&diag, LEVEL_WARNING));
    assert_true(diag_shows(&diag, LEVEL_ERROR));
    for (int i = 0; i < 3; i++)
        diag_report(&diag, LEVEL_WARNING, "x", (Place){0}, "unseen");
    diag_report(&diag, LEVEL_DETAIL, "x", (Place){0}, "unseen");
    assert_int_equal(diag.counts[LEVEL_WARNING], 3);
    assert_int_equal(diag.counts[LEVEL_DETAIL], 1);
    assert_int_equal(diag.counts[LEVEL_NOTE], 0);
    ASSERT_STR(said(file, text), "");
    diag_free(&diag);
    fclose(file);
}

/* Input must not drive the terminal: C0, DEL and C1, in the message and in the name. */
static void control_characters_are_spelled(void **state)
{
    char text[4096];
    FILE *file = tmpfile();
    (void)state;
    assert_non_null(file);
    Diag diag = diag_into(file);
    diag_report(&diag, LEVEL_NOTE, "x", (Place){STR("a\nb"), 1, 1},
                "\033[31m\a\x7f\xc2\x9b \xc3\xa9");
    ASSERT_STR(said(file, text),
               "a\\x0ab:1:1: note: \\x1b[31m\\x07\\x7f\\x9b \xc3\xa9 [x]\n");
    diag_free(&diag);
    fclose(file);
}

static void json_form_is_one_object_a_line(void **state)
{
    char text[4096];
    FILE *file = tmpfile();
    (void)state;
    assert_non_null(file);
    Diag diag = diag_into(file);
    diag.form = DIAG_JSON;
    diag_report(&diag, LEVEL_NOTE, "x", (Place){STR("a\"b"), 2, 3}, "one\n\\two");
    diag_report(&diag, LEVEL_ERROR, "y", (Place){0}, "z");
    ASSERT_STR(said(file, text),
               "{\"file\":\"a\\\"b\",\"line\":2,\"column\":3,"
               "\"level\":\"note\",\"id\":\"x\",\"message\":\"one\\u000a"
               "\\\\two\"}\n"
               "{\"file\":null,\"level\":\"error\",\"id\":\"y\","
               "\"message\":\"z\"}\n");
    diag_free(&diag);
    fclose(file);
}

static void excerpts_end_at_characters(void **state)
{
    Buf scratch = {0};
    (void)state;
    ASSERT_STR(diag_excerpt(&scratch, STR("short"), 5), "short");
    ASSERT_STR(diag_excerpt(&scratch, STR("longer"), 4), "long...");
    ASSERT_STR(diag_excerpt(&scratch, STR("a\xc3\xa9z"), 2), "a...");
    ASSERT_STR(diag_excerpt(&scratch, STR("\xe6\x9d\x8e\xe9\xa3\x9e"), 5),
               "\xe6\x9d\x8e...");
    buf_free(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_takes_null),
        cmocka_unit_test(slices_are_cut_to_the_size),
        cmocka_unit_test(zero_is_a_byte_like_any_other),
        cmocka_unit_test(case_is_ascii_only),
        cmocka_unit_test(front_and_end),
        cmocka_unit_test(finding),
        cmocka_unit_test(trimming),
        cmocka_unit_test(splitting),
        cmocka_unit_test(words),
        cmocka_unit_test(bytes_are_classed_as_ascii),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(long_words_are_far_apart),
        cmocka_unit_test(buffer_grows),
        cmocka_unit_test(buffer_formats),
        cmocka_unit_test(reserving_moves_no_size),
        cmocka_unit_test(arena_gives_aligned_and_lasting_memory),
        cmocka_unit_test(arena_counts_and_resets),
        cmocka_unit_test(arena_parts_with_what_is_older),
        cmocka_unit_test(arena_makes_texts),
        cmocka_unit_test(memory_of_no_size_is_memory),
        cmocka_unit_test(capacity_doubles_from_64),
        cmocka_unit_test(messages_have_a_place_and_an_id),
        cmocka_unit_test(lower_levels_are_counted_only),
        cmocka_unit_test(control_characters_are_spelled),
        cmocka_unit_test(json_form_is_one_object_a_line),
        cmocka_unit_test(excerpts_end_at_characters),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
