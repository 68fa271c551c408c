/* SPDX-License-Identifier: MIT
 * Math in scraped text, and walking text with marks. */
#include "tests/unit/assert_str.h"

#include "convert/text/rich.h"

/* Each row marks with brackets what is math. */
static void math_by_pandocs_rule(void **state)
{
    static const char *const ROWS[][2] = {
        {"no dollars", "no dollars"},
        {"a $x$ b", "a [$x$] b"},
        {"$x$", "[$x$]"},
        {"$O(n^2)$ and $n$", "[$O(n^2)$] and [$n$]"},
        {"$20 and $30", "$20 and $30"},
        {"costs $5", "costs $5"},
        {"costs $5 and $6.", "costs $5 and $6."},
        {"$ x$", "$ x$"},
        {"$x $", "$x $"},
        {"$x$2", "$x$2"},
        {"$x$-axis", "[$x$]-axis"},
        {"\\$5 and $x$", "\\$5 and [$x$]"},
        {"\\\\$x$", "\\\\[$x$]"},
        {"$a\\$b$", "[$a\\$b$]"},
        {"$a{b$c}d$", "[$a{b$c}d$]"},
        {"$a}$", "$a}$"},
        {"$a{$", "$a{$"},
        {"$\\{a$", "[$\\{a$]"},
        {"$a\nb$", "[$a\nb$]"},
        {"$a\n\nb$", "$a\n\nb$"},
        {"$", "$"},
        {"$$", "$$"},
        {"", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Str s = str_from(ROWS[i][0]), all = STR_EMPTY;
        size_t from = 0, end = 0, at;
        while ((at = text_math_at(s, from, &end)) < s.size) {
            all = arena_join(&arena, all, str_slice(s, from, at), STR("["));
            all = arena_join(&arena, all, str_slice(s, at, end), STR("]"));
            from = end;
        }
        all = arena_join(&arena, all, STR_EMPTY, str_after(s, from));
        wrong += str_differs(all, str_from(ROWS[i][1]), ROWS[i][0]);
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void plain_text_has_no_runs(void **state)
{
    Arena arena = {0};
    Str s = STR("a b");
    (void)state;
    Text text = text_find_math(&arena, text_plain(s));
    assert_ptr_equal(text.text.data, s.data);
    assert_int_equal(text.run_count, 0);
    arena_free(&arena);
}

static void assert_run(const Run *run, Mark mark, size_t start, size_t end)
{
    assert_int_equal(run->mark, mark);
    assert_int_equal(run->start, start);
    assert_int_equal(run->end, end);
}

static void math_is_sorted_in_among_the_runs(void **state)
{
    static const Run OLD[] = {{0, 1, MARK_BOLD}, {2, 9, MARK_ITALIC}, {10, 11, MARK_SUP}};
    Arena arena = {0};
    (void)state;
    /*                 0123456789012345 */
    Text text = {STR("a b $x$ c d $y$"), OLD, 3};
    Text found = text_find_math(&arena, text);
    assert_int_equal(found.run_count, 5);
    assert_run(&found.runs[0], MARK_BOLD, 0, 1);
    assert_run(&found.runs[1], MARK_ITALIC, 2, 9);
    assert_run(&found.runs[2], MARK_MATH, 4, 7);
    assert_run(&found.runs[3], MARK_SUP, 10, 11);
    assert_run(&found.runs[4], MARK_MATH, 12, 15);
    arena_free(&arena);
}

/* A run of the same span is the outer one. */
static void math_inside_a_run_of_its_size(void **state)
{
    static const Run OLD[] = {{2, 5, MARK_ITALIC}};
    Arena arena = {0};
    (void)state;
    Text found = text_find_math(&arena, (Text){STR("a $x$ b"), OLD, 1});
    assert_int_equal(found.run_count, 2);
    assert_run(&found.runs[0], MARK_ITALIC, 2, 5);
    assert_run(&found.runs[1], MARK_MATH, 2, 5);
    arena_free(&arena);
}

static void math_crosses_no_run(void **state)
{
    static const Run FRONT[] = {{0, 3, MARK_ITALIC}}, BACK[] = {{3, 7, MARK_ITALIC}};
    Arena arena = {0};
    (void)state;
    Text found = text_find_math(&arena, (Text){STR("a $x$ b"), FRONT, 1});
    assert_int_equal(found.run_count, 1);
    assert_run(&found.runs[0], MARK_ITALIC, 0, 3);
    found = text_find_math(&arena, (Text){STR("a $x$ b"), BACK, 1});
    assert_int_equal(found.run_count, 1);
    assert_run(&found.runs[0], MARK_ITALIC, 3, 7);
    arena_free(&arena);
}

/* Walks, as "a <I>b <B>c</B></I>". */
static Str walked(Arena *arena, const Text *text, bool skip_math)
{
    static const char *const NAMES[MARK_COUNT] = {
        [MARK_ITALIC] = "I",     [MARK_BOLD] = "B",   [MARK_SUP] = "P", [MARK_SUB] = "U",
        [MARK_SMALL_CAPS] = "S", [MARK_NOCASE] = "N", [MARK_MATH] = "M"};
    TextWalk walk = {.text = text};
    Str all = STR_EMPTY;
    for (TextStep step = text_step(&walk); step.kind != TEXT_END;
         step = text_step(&walk)) {
        Str part = step.piece;
        if (step.kind == TEXT_OPEN && step.mark == MARK_MATH && skip_math) {
            part = arena_format(arena, "{%.*s}", STR_ARG(step.piece));
            text_skip(&walk);
        } else if (step.kind == TEXT_OPEN) {
            part = arena_format(arena, "<%s>", NAMES[step.mark]);
        } else if (step.kind == TEXT_CLOSE) {
            part = arena_format(arena, "</%s>", NAMES[step.mark]);
        }
        all = arena_join(arena, all, STR_EMPTY, part);
    }
    assert_int_equal(text_step(&walk).kind, TEXT_END);
    return all;
}

static void walking(void **state)
{
    static const Run NESTED[] = {{2, 9, MARK_BOLD}, {4, 7, MARK_ITALIC}},
                     SAME[] = {{0, 3, MARK_BOLD}, {0, 3, MARK_ITALIC}},
                     NEXT[] = {{0, 2, MARK_SUB}, {2, 4, MARK_SUP}},
                     WHOLE[] = {{0, 3, MARK_SMALL_CAPS}},
                     ENDS[] = {{0, 4, MARK_BOLD}, {2, 4, MARK_NOCASE}};
    static const struct {
        Text text;
        const char *wanted;
    } ROWS[] = {
        {{{"abc", 3}, NULL, 0}, "abc"},
        {{{"", 0}, NULL, 0}, ""},
        {{{"0123456789", 10}, NESTED, 2}, "01<B>23<I>456</I>78</B>9"},
        {{{"abc", 3}, SAME, 2}, "<B><I>abc</I></B>"},
        {{{"abcd", 4}, NEXT, 2}, "<U>ab</U><P>cd</P>"},
        {{{"abc", 3}, WHOLE, 1}, "<S>abc</S>"},
        {{{"abcd", 4}, ENDS, 2}, "<B>ab<N>cd</N></B>"},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        wrong += str_differs(walked(&arena, &ROWS[i].text, false),
                             str_from(ROWS[i].wanted), "a walk went astray");
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void skipping_passes_over_all_of_a_run(void **state)
{
    static const Run RUNS[] = {
        {0, 12, MARK_ITALIC}, {2, 9, MARK_MATH}, {4, 6, MARK_BOLD}, {10, 11, MARK_BOLD}};
    Arena arena = {0};
    (void)state;
    Text text = {STR("a $x + y$ b!"), RUNS, 4};
    ASSERT_STR(walked(&arena, &text, true), "<I>a {$x + y$} <B>b</B>!</I>");
    arena_free(&arena);
}

/* Runs deeper than a walk keeps are not opened, but their text is given. */
static void deep_nesting_loses_no_text(void **state)
{
    enum { DEEP = TEXT_DEPTH + 10, SIZE = 2 * DEEP };
    char letters[SIZE];
    Run runs[DEEP];
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        letters[i] = (char)('a' + i % 26);
    for (size_t i = 0; i < DEEP; i++)
        runs[i] = (Run){i, SIZE - i, MARK_BOLD};
    Text text = {{letters, SIZE}, runs, DEEP};
    TextWalk walk = {.text = &text};
    Str all = STR_EMPTY;
    size_t opened = 0, closed = 0;
    for (TextStep step = text_step(&walk); step.kind != TEXT_END;
         step = text_step(&walk)) {
        opened += step.kind == TEXT_OPEN;
        closed += step.kind == TEXT_CLOSE;
        if (step.kind == TEXT_PIECE)
            all = arena_join(&arena, all, STR_EMPTY, step.piece);
    }
    assert_int_equal(opened, TEXT_DEPTH);
    assert_int_equal(closed, TEXT_DEPTH);
    assert_true(str_equal(all, text.text));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(math_by_pandocs_rule),
        cmocka_unit_test(plain_text_has_no_runs),
        cmocka_unit_test(math_is_sorted_in_among_the_runs),
        cmocka_unit_test(math_inside_a_run_of_its_size),
        cmocka_unit_test(math_crosses_no_run),
        cmocka_unit_test(walking),
        cmocka_unit_test(skipping_passes_over_all_of_a_run),
        cmocka_unit_test(deep_nesting_loses_no_text),
    };
    return cmocka_run_group_tests_name("rich", tests, NULL, NULL);
}
