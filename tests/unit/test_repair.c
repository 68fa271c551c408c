/* SPDX-License-Identifier: MIT
 * What the scraper damaged is mended, and prose that only looks so is not. */
#include "tests/unit/assert_str.h"

#include "convert/text/repair.h"

typedef struct Mended {
    const char *text, *wanted;
} Mended;

static const Mended NUMBERS[] = {
    {"GPT-3. 5-level performance", "GPT-3.5-level performance"},
    {"GPT-3. 5 and GPT-4", "GPT-3.5 and GPT-4"},
    {"It reaches an FID of 3. 55 on ImageNet.", "It reaches an FID of 3.55 on ImageNet."},
    {"gains of 39. 7\\% and 18. 9\\% over it", "gains of 39.7% and 18.9% over it"},
    {"from 65. 8\\% to 71. 3\\%.", "from 65.8% to 71.3%."},
    {"an error of 9. 1\\%", "an error of 9.1%"},
    {"98. 7\\% of the samples are valid", "98.7% of the samples are valid"},
    {"with 99. 9% uptime", "with 99.9% uptime"},
    {"is 4. 53 percent.", "is 4.53 percent."},
    {"top-1 accuracy of 76. 3\\% on ImageNet", "top-1 accuracy of 76.3% on ImageNet"},
    {"runs 1. 5x faster", "runs 1.5x faster"},
    {"a speedup of 1. 9 times", "a speedup of 1.9 times"},
    {"a model of 1. 5B parameters", "a model of 1.5B parameters"},
    {"1. 58-bit models", "1.58-bit models"},
    {"a rate of 0. 01", "a rate of 0.01"},
    {"p < 0. 05", "p < 0.05"},
    {"between 0. 1 and 0. 9", "between 0.1 and 0.9"},
    {"an AUC of 0. 92", "an AUC of 0.92"},
    {"contains 1. 2 million images", "contains 1.2 million images"},
    {"costs $1. 5 million", "costs $1.5 million"},
    {"Python 3. 8 or later", "Python 3.8 or later"},
    {"version 2. 0 of the data", "version 2.0 of the data"},
    {"MuJoCo-v2. 0", "MuJoCo-v2.0"},
    {"evaluated on CIFAR-10. 1 and ImageNet", "evaluated on CIFAR-10.1 and ImageNet"},
    {"by 11. 5 BLEU", "by 11.5 BLEU"},
    {"a gain of 12. 5 dB at 2. 4 GHz", "a gain of 12.5 dB at 2.4 GHz"},
    {"scores of 3. 5, 4. 2 and 5. 1", "scores of 3.5, 4.2 and 5.1"},
    {"an average of 4. 5 stars", "an average of 4.5 stars"},
    {"we see that (1. 2) holds", "we see that (1.2) holds"},
    {"by a factor of 2. 5.", "by a factor of 2.5."},
    {"~2. 5 hours, ≈3. 2 points", "~2.5 hours, ≈3.2 points"},
    {"trained on 680, 000 hours of audio", "trained on 680,000 hours of audio"},
    {"a set of 25, 000 images", "a set of 25,000 images"},
    {"a total of 1, 281 classes", "a total of 1,281 classes"},
    {"over 1, 000, 000 steps", "over 1,000,000 steps"},
    {"$1, 000 per year", "$1,000 per year"},
    {"at a ratio of 10: 1", "at a ratio of 10:1"},
    {"mAP@0. 5: 0. 95 of 37. 4", "mAP@0.5:0.95 of 37.4"},
    {"AP@[0. 5: 0. 05: 0. 95]", "AP@[0.5:0.05:0.95]"},
    {"2. 5 quintillion bytes", "2.5 quintillion bytes"},
    {"$x = 3. 5$ holds", "$x = 3.5$ holds"},
    {"\\(x = 3. 5\\) holds", "\\(x = 3.5\\) holds"},
    {"where $p < 0. 05$, say", "where $p < 0.05$, say"},
    {"for $T = 10, 000$ or $1, 000, 000$", "for $T = 10,000$ or $1,000,000$"},
};

static const Mended WORDS[] = {
    {"models, i. e. , generate images", "models, i.e., generate images"},
    {"models (i. e. the whole)", "models (i.e. the whole)"},
    {"see, e. g. , this one", "see, e.g., this one"},
    {"labels (e. g. in citation networks)", "labels (e.g. in citation networks)"},
    {"E. g. , this one", "E.g., this one"},
    {"with i. i. d. samples", "with i.i.d. samples"},
    {"points, w. r. t. nothing", "points, w.r.t. nothing"},
    {"is a. k. a. the wall", "is a.k.a. the wall"},
    {"in the U. S. Senate", "in the U.S. Senate"},
    {"Vaswani et al. , 2017", "Vaswani et al., 2017"},
    {"(see Brown et al. )", "(see Brown et al.)"},
    {"by Brown et al. ; and", "by Brown et al.; and"},
    {"and so on. . . and on", "and so on... and on"},
    {"Sampling inMeta-Reinforcement", "Sampling in Meta-Reinforcement"},
    {"Learning viaGradient Descent", "Learning via Gradient Descent"},
    {"AT\\&T and C\\#", "AT&T and C#"},
    {"in \\{0, 1\\}", "in {0, 1}"},
    {"built on Node. js", "built on Node.js"},
    {"run train. py first", "run train.py first"},
    {"Amazon. com reviews", "Amazon.com reviews"},
    {"https: //github. com/openai/glide-text2im",
     "https://github.com/openai/glide-text2im"},
    {"Code is at https: //github. com/foo/bar.",
     "Code is at https://github.com/foo/bar."},
    {"Code: https: //github. com/foo/e3_x. It is",
     "Code: https://github.com/foo/e3_x. It is"},
    {"(https: //x. ai/blog).", "(https://x.ai/blog)."},
    {"http: //www. cs. toronto. edu/~hinton/", "http://www.cs.toronto.edu/~hinton/"},
    {"https: //example. com/a. html", "https://example.com/a.html"},
    {"see www. example. org for more", "see www.example.org for more"},
    {"at github. com/openai/gpt-2", "at github.com/openai/gpt-2"},
    {"https: //arxiv. org/abs/1706. 03762", "https://arxiv.org/abs/1706.03762"},
    {"https: //doi. org/10. 1145/3292500. 3330701",
     "https://doi.org/10.1145/3292500.3330701"},
    {"with doi 10. 1145/3292500", "with doi 10.1145/3292500"},
    {"as in arXiv: 1706. 03762", "as in arXiv:1706.03762"},
    /* The buttons of a journal's page. */
    {"A text. [abs] [ pdf ][ bib ] &copy JMLR 2014. ( edit, beta )", "A text."},
    {"A text. [abs][pdf][bib] &copy; JMLR 2011.", "A text."},
    {"A text. [abs][pdf][bib] © JMLR 2011. (edit)", "A text."},
    {"A text. [abs][pdf]", "A text."},
    {"A text. [abs][pdf][ps. gz][ps]", "A text."},
    {"A text. [ bib ] [ mloss. org ] [online appendix] &copy JMLR 2011. ( edit )",
     "A text."},
    {"Abstract Missing", ""},
    {"No abstract available.", ""},
    /* Several at once. */
    {"98. 7\\% of 100, 000 (e. g. , https: //a. org/b. html).",
     "98.7% of 100,000 (e.g., https://a.org/b.html)."},
};

/* Byte for byte as it is. */
static const char *const PROSE[] = {
    /* A clause, or a sentence that ends with a number. */
    "In 2019, 300 papers appeared.",
    "Of 100, 30 were kept.",
    "From 5, 3 were lost.",
    "In round 4, 200 people left.",
    "He won. 3 people saw it.",
    "In 2017. 50 teams took part.",
    "In 2020. 5 years later it ended.",
    "The year was 1999. 42 people came.",
    "At age 5. 3 years later, more.",
    "We trained 3 models. 2 failed.",
    "4 of 10. 6 failed.",
    "We tested 12. 4 did not converge.",
    "He scored 9. 10 judges agreed.",
    "COVID-19. 30 patients were enrolled.",
    "We use ResNet-50. 3 seeds were run.",
    "GPT-2. 10 prompts were used.",
    "in 3 of 5. However, 2 of 5",
    "Is it 3? 5 say so.",
    "See [3]. 5 others agree.",
    /* Lists of numbers. */
    "layers 3, 100 and 200",
    "1, 2, 3",
    "the sizes 10, 100, 1000",
    "for k = 1, 100, 200",
    "scores of 3, 500 and 700",
    "values 1, 100 and 200",
    "with 10, 20 and 30 layers",
    "batch sizes of 64, 128, 256 and 512",
    "resolutions 64, 128, 256",
    "years 1999, 2000, 2001",
    "at levels 1, 200 and 3",
    "See [3, 100, 200].",
    "pp. 3, 4",
    "No. 5, 120 pages",
    "on May 5, 2019",
    "until December 31, 365 days",
    /* Numbered things. */
    "in Section 3. 2 datasets are used",
    "Table 2. 15 models were trained.",
    "as in Figure 3. 5 runs were made",
    "Fig. 2. 3 bars are shown.",
    "Theorem 2. 5 lemmas follow.",
    "Chapter 4. 100 years later",
    "Phase 1. 12 people took part.",
    "Steps 1, 2 and 3. 4 is left out.",
    "Figure 3: 10 samples",
    "Table 1: 5 models",
    "(1) one. (2) two.",
    /* What is whole already. */
    "version 1.2.3 of it",
    "3.5 points and 1,000 more",
    "i.e., this and e.g., that",
    "Vaswani et al., 2017",
    "IPv4: 32 bits",
    "meet at 10: 30 in the hall",
    "The result: 3 wins.",
    "with 0.5: 0.95 was",
    /* Math. */
    "the point $(3, 500)$ and $1, 024$",
    "where $p < x. 5$, say",
    "$100\\%$ and $a\\_b$",
    /* Addresses at the end of a sentence. */
    "See https://example.com. It works.",
    "See https://example.com/a/b. 3 files are there.",
    "available at github.com/foo. The code",
    "It is at www.example.org. We thank them.",
    "Note: //comment",
    /* Abbreviations at the end of a sentence, and initials. */
    "as shown by Smith et al. The rest is new.",
    "He left the U.S. Then he came back.",
    "cats, dogs, etc. Then more.",
    "Dr. Smith vs. 3 others",
    "We cite J. S. Bach and A. Jones.",
    "C. F. Gauss and I. E. Smith",
    "Q. E. D.",
    "He said no. it was late",
    "the file a.py. The next",
    /* Words of two words. */
    "on iPhone and inVivo and onDevice",
    "toString methods",
    "Deep Learning inMemory Machines",
    /* Words in brackets that are the author's own. */
    "[abs] is a button",
    "see the abstract [pdf]",
    "We like it (c) 2014",
    "",
};

enum {
    NUMBER_COUNT = sizeof NUMBERS / sizeof NUMBERS[0],
    WORD_COUNT = sizeof WORDS / sizeof WORDS[0],
    PROSE_COUNT = sizeof PROSE / sizeof PROSE[0]
};

static void assert_mended(const Mended *rows, size_t count)
{
    Arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Str text = str_from(rows[i].text), wanted = str_from(rows[i].wanted);
        Str once = repair_text(&arena, text, NULL, NULL);
        wrong += str_differs(once, wanted, rows[i].text);
        wrong +=
            str_differs(repair_text(&arena, once, NULL, NULL), once, "a second time");
        /* What is right already is left alone. */
        wrong +=
            str_differs(repair_text(&arena, wanted, NULL, NULL), wanted, "as wanted");
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void numbers_are_mended(void **state)
{
    (void)state;
    assert_mended(NUMBERS, NUMBER_COUNT);
}

static void words_and_addresses_are_mended(void **state)
{
    (void)state;
    assert_mended(WORDS, WORD_COUNT);
}

static void nothing_told(void *context, const Repair *repair)
{
    (void)context;
    print_error("%s at %zu: \"%.*s\"\n", repair->rule, repair->at,
                STR_ARG(repair->before));
    fail();
}

static void prose_stays(void **state)
{
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < PROSE_COUNT; i++) {
        Str text = str_from(PROSE[i]);
        wrong += str_differs(repair_text(&arena, text, NULL, NULL), text, "changed");
    }
    assert_int_equal(wrong, 0);
    for (size_t i = 0; i < PROSE_COUNT; i++)
        repair_text(&arena, str_from(PROSE[i]), nothing_told, NULL);
    arena_free(&arena);
}

static void nothing_wrong_is_the_very_same_text(void **state)
{
    static const Str ROWS[] = {{"plain prose, nothing more", 25},
                               {"See [3, 100, 200]. He won. 3 people saw it.", 43},
                               {"where $p < x. 5$, say", 21}};
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        assert_ptr_equal(repair_text(&arena, ROWS[i], NULL, NULL).data, ROWS[i].data);
    arena_free(&arena);
}

/* Prose before and behind a damaged place makes no difference. */
static void damage_inside_prose(void **state)
{
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < PROSE_COUNT; i++) {
        Str prose = str_from(PROSE[i]);
        if (prose.size == 0 || prose.data[prose.size - 1] != '.')
            continue;
        Str text = arena_join(&arena, prose, STR(" It is i. e. , so. "), prose);
        Str wanted = arena_join(&arena, prose, STR(" It is i.e., so. "), prose);
        assert_false(str_differs(repair_text(&arena, text, NULL, NULL), wanted,
                                 "prose around damage"));
    }
    arena_free(&arena);
}

/* What is told. */

typedef struct Told {
    Str in;
    size_t count, last_at;
    Str rule, before, after; /* of the first, which the arena keeps */
    size_t at;
    Arena arena;
} Told;

static void keep_told(void *context, const Repair *repair)
{
    Told *told = context;
    if (told->count++ == 0) {
        told->rule = str_from(repair->rule);
        told->at = repair->at;
        told->before = arena_copy(&told->arena, repair->before);
        told->after = arena_copy(&told->arena, repair->after);
    }
    assert_true(repair->at >= told->last_at);
    told->last_at = repair->at;
    assert_false(str_equal(repair->before, repair->after));
    assert_true(str_starts(str_trim(str_after(told->in, repair->at)), repair->before));
}

static void repairs_are_told(void **state)
{
    static const struct {
        const char *text, *rule, *before, *after;
        size_t at;
    } ROWS[] = {
        {"an FID of 3. 55 on ImageNet", "decimal", "3. 55", "3.55", 10},
        {"GPT-3. 5-level work", "decimal", "GPT-3. 5-level", "GPT-3.5-level", 0},
        {"naïve 0. 5 café", "decimal", "0. 5", "0.5", 7},
        {"trained on 680, 000 hours", "thousands", "680, 000", "680,000", 11},
        {"so, i. e. , generate", "abbreviation", "i. e. ,", "i.e.,", 4},
        {"(Brown et al. , 2020)", "closing", "al. ,", "al.,", 10},
        {"and so on. . . and", "ellipsis", "on. . .", "on...", 7},
        {"C\\# code", "escape", "C\\#", "C#", 0},
        {"Sampling inMeta-Learning", "glued-words", "inMeta-Learning", "in Meta-Learning",
         9},
        {"ratio of 10: 1", "ratio", "10: 1", "10:1", 9},
        {"at 10: 30 am", "time", "10: 30", "10:30", 3},
        {"uses v1. 2. 3 now", "decimal", "v1. 2. 3", "v1.2.3", 5},
        {"of 1, 281, 167 images", "thousands", "1, 281, 167", "1,281,167", 3},
        {"to a. b@c. edu now", "url", "a. b@c. edu", "a.b@c.edu", 3},
        {"in 10. 5281/zenodo. 12345", "doi", "10. 5281/zenodo. 12345",
         "10.5281/zenodo.12345", 3},
        {"paper arXiv 2010. 11929", "arxiv", "2010. 11929", "2010.11929", 12},
        {"see https: //a. org/b now", "url", "https: //a. org/b", "https://a.org/b", 4},
        {"use Node. js here", "suffix", "Node. js", "Node.js", 4},
        {"see arXiv: 1706. 03762", "arxiv", "arXiv: 1706. 03762", "arXiv:1706.03762", 4},
        {"doi 10. 1145/3292500", "doi", "10. 1145/3292500", "10.1145/3292500", 4},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const char *text = ROWS[i].text;
        Told told = {.in = str_from(text)};
        Str out = repair_text(&told.arena, told.in, keep_told, &told);
        assert_int_equal(told.count, 1);
        wrong += str_differs(told.rule, str_from(ROWS[i].rule), text);
        wrong += str_differs(told.before, str_from(ROWS[i].before), text);
        wrong += str_differs(told.after, str_from(ROWS[i].after), text);
        wrong += told.at != ROWS[i].at;
        /* The repair, made by hand, gives what the text became. */
        Str behind = str_after(told.in, told.at + told.before.size);
        Str made =
            arena_join(&told.arena, str_slice(told.in, 0, told.at), told.after, behind);
        wrong += str_differs(made, out, text);
        arena_free(&told.arena);
    }
    assert_int_equal(wrong, 0);
}

static void boilerplate_is_told(void **state)
{
    (void)state;
    Told told = {.in = STR("A text. [abs] [ pdf ] &copy JMLR 2014. ( edit, beta )")};
    repair_text(&told.arena, told.in, keep_told, &told);
    assert_int_equal(told.count, 1);
    ASSERT_STR(told.rule, "boilerplate");
    ASSERT_STR(told.before, "[abs] [ pdf ] &copy JMLR 2014. ( edit, beta )");
    ASSERT_STR(told.after, "");
    arena_free(&told.arena);
}

/* Every change is told, in order, and each with what stood there. */
static void all_that_changes_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUMBER_COUNT + WORD_COUNT; i++) {
        const Mended *row = i < NUMBER_COUNT ? &NUMBERS[i] : &WORDS[i - NUMBER_COUNT];
        Told told = {.in = str_from(row->text)};
        Str out = repair_text(&told.arena, told.in, keep_told, &told);
        assert_true(told.count > 0);
        assert_false(str_differs(out, str_from(row->wanted), row->text));
        arena_free(&told.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_mended),
        cmocka_unit_test(words_and_addresses_are_mended),
        cmocka_unit_test(prose_stays),
        cmocka_unit_test(nothing_wrong_is_the_very_same_text),
        cmocka_unit_test(damage_inside_prose),
        cmocka_unit_test(repairs_are_told),
        cmocka_unit_test(boilerplate_is_told),
        cmocka_unit_test(all_that_changes_is_told),
    };
    return cmocka_run_group_tests_name("repair", tests, NULL, NULL);
}
