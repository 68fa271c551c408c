/* SPDX-License-Identifier: MIT
 * Unified diffs: their form, that they turn the one text into the other, and that they
 * are as short as can be. */
#include "tests/unit/assert_str.h"

#include "convert/pipeline/diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char OUT[] = "unit-diff.out";

/* The diff of two texts, to be freed; "" where they are the same. */
static char *diff_of(Str a, Str b, size_t *size)
{
    Diag diag = {.fd = STDERR_FILENO};
    Sink *out = sink_open(OUT, NULL, &diag);
    bool differ = diff_write(out, STR("a"), a, STR("b"), b);
    assert_true(sink_close(out, true));
    FILE *file = fopen(OUT, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *size, file), *size);
    text[*size] = '\0';
    fclose(file);
    remove(OUT);
    diag_free(&diag);
    assert_int_equal(differ, *size > 0);
    assert_int_equal(differ, !str_equal(a, b));
    return text;
}

static void form(void **state)
{
    static const struct {
        const char *a, *b, *diff;
    } ROWS[] = {
        {"", "", ""},
        {"x\n", "x\n", ""},
        {"", "x\ny\n", "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+x\n+y\n"},
        {"x\n", "", "--- a\n+++ b\n@@ -1 +0,0 @@\n-x\n"},
        {"x\n", "x", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+x\n\\ No newline at end of file\n"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
         "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
        /* Six lines between two changes: one hunk; seven: two. */
        {"a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
         "--- a\n+++ b\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
        {"a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
         "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n "
         "7\n"
         "-b\n+B\n"},
        {"1\n2\n3\n", "1\n2\nx\n3\n", "--- a\n+++ b\n@@ -1,3 +1,4 @@\n 1\n 2\n+x\n 3\n"},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        size_t size;
        char *diff = diff_of(str_from(ROWS[i].a), str_from(ROWS[i].b), &size);
        wrong += str_differs((Str){diff, size}, str_from(ROWS[i].diff), ROWS[i].b);
        free(diff);
    }
    assert_int_equal(wrong, 0);
}

/* Applies a diff of texts whose lines all end; returns how many lines it changes. */
static size_t apply(Str a, Str diff, Buf *b)
{
    Str line, old;
    size_t at = 0, changes = 0;
    while (str_split(&diff, '\n', &line)) {
        if (line.size == 0 || str_starts(line, STR("---")) ||
            str_starts(line, STR("+++")))
            continue;
        if (line.data[0] == '@') {
            size_t from = strtoul(line.data + 4, NULL, 10);
            bool none = strncmp(strpbrk(line.data + 4, ", "), ",0", 2) == 0;
            for (from -= none ? 0 : 1; at < from; at++) {
                assert_true(str_split(&a, '\n', &old));
                buf_add(b, old);
                buf_add_byte(b, '\n');
            }
            continue;
        }
        if (line.data[0] != '+') {
            assert_true(str_split(&a, '\n', &old));
            assert_true(str_equal(old, str_after(line, 1)));
            at++;
        }
        if (line.data[0] != '-') {
            buf_add(b, str_after(line, 1));
            buf_add_byte(b, '\n');
        }
        changes += line.data[0] != ' ';
    }
    buf_add(b, a);
    return changes;
}

/* The longest common subsequence of lines of one letter, by the table. */
static size_t common(Str a, Str b)
{
    static size_t table[64][64];
    size_t n = a.size / 2, m = b.size / 2;
    for (size_t i = n + 1; i-- > 0;) {
        for (size_t j = m + 1; j-- > 0;) {
            size_t below = i < n ? table[i + 1][j] : 0;
            size_t right = j < m ? table[i][j + 1] : 0;
            table[i][j] = i < n && j < m && a.data[2 * i] == b.data[2 * j]
                              ? table[i + 1][j + 1] + 1
                          : below > right ? below
                                          : right;
            if (i == n || j == m)
                table[i][j] = 0;
        }
    }
    return table[0][0];
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static void diffs_are_right_and_short(void **state)
{
    unsigned seed = 3;
    (void)state;
    for (size_t round = 0; round < 1500; round++) {
        Buf texts[2] = {0}, made = {0};
        size_t size, letters = 1 + next_random(&seed) % 5;
        for (size_t t = 0; t < 2; t++) {
            for (size_t n = next_random(&seed) % 40; n > 0; n--) {
                buf_add_byte(&texts[t], (char)('a' + next_random(&seed) % letters));
                buf_add_byte(&texts[t], '\n');
            }
        }
        Str a = buf_str(&texts[0]), b = buf_str(&texts[1]);
        char *diff = diff_of(a, b, &size);
        size_t changes = apply(a, (Str){diff, size}, &made);
        assert_true(str_equal(buf_str(&made), b));
        assert_int_equal(changes, a.size / 2 + b.size / 2 - 2 * common(a, b));
        free(diff);
        buf_free(&texts[0]);
        buf_free(&texts[1]);
        buf_free(&made);
    }
}

/* Nothing in common, or only what is everywhere: a search for the shortest way would take
 * minutes. */
static void long_texts_take_their_time(void **state)
{
    enum { LINES = 60000 };
    (void)state;
    for (size_t kind = 0; kind < 3; kind++) {
        Buf a = {0}, b = {0}, made = {0};
        unsigned seed = 11;
        size_t size;
        for (size_t i = 0; i < LINES; i++) {
            buf_format(&a, "a%zu\n", kind == 0 ? i : next_random(&seed) % (kind * 50));
            buf_format(&b, "%c%zu\n", kind == 0 ? 'b' : 'a',
                       kind == 0 ? i : next_random(&seed) % (kind * 50));
        }
        char *diff = diff_of(buf_str(&a), buf_str(&b), &size);
        apply(buf_str(&a), (Str){diff, size}, &made);
        assert_true(str_equal(buf_str(&made), buf_str(&b)));
        free(diff);
        buf_free(&a);
        buf_free(&b);
        buf_free(&made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(form),
        cmocka_unit_test(diffs_are_right_and_short),
        cmocka_unit_test(long_texts_take_their_time),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
