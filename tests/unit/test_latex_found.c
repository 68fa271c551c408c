/* SPDX-License-Identifier: MIT
 * LaTeX in prose is read, and what only looks like it stays. */
#include "convert/text/latex_found.h"
#include "convert/text/markup.h"
#include "tests/unit/assert_str.h"

#include <string.h>

typedef struct Found {
    const char *text, *wanted; /* runs as CSL's tags */
} Found;

static const Found FOUND[] = {
    {"We \\emph{prove} it", "We <i>prove</i> it"},
    {"\\textit{e.g.} \\textbf{b} \\texttt{a_b}", "<i>e.g.</i> <b>b</b> a_b"},
    {"\\emph{a \\textbf{b} c} d", "<i>a <b>b</b> c</i> d"},
    {"{\\em old} and {\\bf new}", "<i>old</i> and <b>new</b>"},
    {"the 5\\textsuperscript{th}", "the 5<sup>th</sup>"},
    {"G\\\"odel, Poincar\\'e, Erd\\H{o}s", "Gödel, Poincaré, Erdős"},
    {"{\\L}ukasz, {\\\"U}ber, na\\\"{\\i}ve", "Łukasz, Über, naïve"},
    {"{\\'E}lan, \\v{S}m\\'idl, Fran\\c{c}ois", "Élan, Šmídl, François"},
    {"Pozna\\'n and K\\'arm\\'an", "Poznań and Kármán"},
    {"``all'' and ``$f''$ too''", "“all” and “$f''$ too”"},
    {"``\\emph{x}''", "“<i>x</i>”"},
    {"an \\alpha-divergence of \\epsilon.", "an α-divergence of ϵ."},
    {"and so on \\ldots{} here", "and so on … here"},
    {"\\LaTeX is", "LaTeX is"},
    {"for \\( x_1 \\) and \\[y\\].", "for $x_1$ and $y$."},
    {"e.g.\\ the, et al. \\ so", "e.g. the, et al. so"},
    {"\\url{https://a.org/b_c}.", "https://a.org/b_c."},
};

static const char *const PROSE[] = {
    "plain",
    "a lone \\ and \\\\ and {braces} and ~ties~ -- so",
    "see \\citep{foo} and \\foo{bar}",
    "\\emph{see \\citep{foo}}",
    "is \\emph{open",
    "{\\bf open",
    "$\\emph{x}$ and $``a''$",
    "C:\\new\\path\\title",
    "the set A \\ B",
    "is \\(open and \\(\\) and \\(x\\)2 and \\($x$\\)",
    /* JSON's and Python's. */
    "so-called \\\"overfitting\\\" is",
    "it\\'s, don\\'t, we\\'re, we\\'ll, I\\'m, \\'early\\'",
    "f(x) = \\alpha_i x and \\ell_1",
    "`x' and ```code``` and `` open",
    "``one ``two",
    "",
};

enum {
    FOUND_COUNT = sizeof FOUND / sizeof FOUND[0],
    PROSE_COUNT = sizeof PROSE / sizeof PROSE[0]
};

static void count(void *context, const Repair *repair)
{
    assert_string_equal(repair->rule, "latex");
    assert_true(repair->before.size > 0);
    ++*(size_t *)context;
}

static void latex_is_read(void **state)
{
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < FOUND_COUNT; i++) {
        size_t told = 0;
        Buf out = {0};
        Text text = latex_found(&arena, str_from(FOUND[i].text), count, &told);
        markup_add(&out, &text);
        wrong += str_differs(buf_str(&out), str_from(FOUND[i].wanted), FOUND[i].text);
        wrong += told == 0;
        buf_free(&out);
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void prose_stays(void **state)
{
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < PROSE_COUNT; i++) {
        size_t told = 0;
        Text text = latex_found(&arena, str_from(PROSE[i]), count, &told);
        wrong += str_differs(text.text, str_from(PROSE[i]), "prose") + text.run_count;
        wrong += told;
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

/* Each piece is looked for in what is near: twice the text takes twice the time. */
static void what_never_closes_ends_soon(void **state)
{
    static const char *const PIECES[] = {"\\emph{", "{\\bf ", "``",  "\\\"{",
                                         "\\",      "{",      "\\(", "$$"};
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++) {
        Buf in = {0};
        for (size_t k = 0; k < 20000; k++)
            buf_add(&in, str_from(PIECES[i]));
        assert_int_equal(latex_found(&arena, buf_str(&in), NULL, NULL).run_count, 0);
        buf_free(&in);
    }
    arena_free(&arena);
}

static void dollars_outside_of_math(void **state)
{
    Arena arena = {0};
    Str in = str_from("\\$5 and $a\\$b$ and US\\$ 100 \\\\$");
    Text text = text_find_math(&arena, text_plain(in));
    (void)state;
    assert_int_equal(text.run_count, 1);
    text = latex_found_dollars(&arena, text);
    ASSERT_STR(text.text, "$5 and $a\\$b$ and US$ 100 \\\\$");
    assert_int_equal(text.run_count, 1);
    ASSERT_STR(str_slice(text.text, text.runs[0].start, text.runs[0].end), "$a\\$b$");
    Text none = text_plain(STR("no dollar \\ here"));
    assert_ptr_equal(latex_found_dollars(&arena, none).text.data, none.text.data);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latex_is_read),
        cmocka_unit_test(prose_stays),
        cmocka_unit_test(what_never_closes_ends_soon),
        cmocka_unit_test(dollars_outside_of_math),
    };
    return cmocka_run_group_tests_name("latex_found", tests, NULL, NULL);
}
