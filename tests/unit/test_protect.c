/* SPDX-License-Identifier: MIT
 * Which words of a title go between braces, so that no style recases them. */
#include "tests/unit/assert_str.h"

#include "formats/bibtex/bibtex.h"

/* The title with its braces set; what is wrong with the spans fails at once. */
static Str braced(Arena *arena, const Text *title)
{
    const Braced *spans = NULL;
    size_t count = protect_words(arena, title, &spans), at = 0;
    Str all = STR_EMPTY;
    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].start >= at);
        assert_true(spans[i].end > spans[i].start);
        assert_true(spans[i].end <= title->text.size);
        Str before = str_slice(title->text, at, spans[i].start);
        Str inside = str_slice(title->text, spans[i].start, spans[i].end);
        all = arena_join(arena, all, before, STR("{"));
        all = arena_join(arena, all, inside, STR("}"));
        at = spans[i].end;
    }
    return arena_join(arena, all, STR_EMPTY, str_after(title->text, at));
}

static void assert_titles(const char *const rows[][2], size_t count)
{
    Arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Text title = text_find_math(&arena, text_plain(str_from(rows[i][0])));
        const char *wanted = rows[i][1] != NULL ? rows[i][1] : rows[i][0];
        wrong += str_differs(braced(&arena, &title), str_from(wanted), rows[i][0]);
    }
    arena_free(&arena);
    assert_int_equal(wrong, 0);
}

#define ASSERT_TITLES(rows) assert_titles(rows, sizeof(rows) / sizeof(rows)[0])

static void names_of_things(void **state)
{
    static const char *const ROWS[][2] = {
        {"GLIDE: Towards Photorealistic Images",
         "{GLIDE}: Towards Photorealistic Images"},
        {"InfoGAN: Interpretable Learning", "{InfoGAN}: Interpretable Learning"},
        {"GPT-4 Technical Report", "{GPT}-4 Technical Report"},
        {"Training GPT on Books", "Training {GPT} on Books"},
        {"BERT: Pre-training of Deep Transformers",
         "{BERT}: Pre-training of Deep Transformers"},
        {"ImageNet Classification", "{ImageNet} Classification"},
        {"The CIFAR-10 Dataset", "The {CIFAR}-10 Dataset"},
        {"NeRF in the Dark", "{NeRF} in the Dark"},
        {"On iGPT and mBERT", "On {iGPT} and {mBERT}"},
        {"Training VAEs", "Training {VAEs}"},
        {"β-VAE for All", "β-{VAE} for All"},
        {"Reading McCulloch", "Reading {McCulloch}"},
        {"Distributed Word2Vec", "Distributed {Word2Vec}"},
        {"Molecules in 3D", "Molecules in {3D}"},
        {"Robust L1 Regression", "Robust {L1} Regression"},
        {"YOLO9000: Better, Faster, Stronger", "{YOLO9000}: Better, Faster, Stronger"},
        {"After World War II", "After World War {II}"},
        {"École des HÉROS", "École des {HÉROS}"},
    };
    (void)state;
    ASSERT_TITLES(ROWS);
}

static void single_letters(void **state)
{
    static const char *const ROWS[][2] = {
        {"Deep Q-Learning", "Deep {Q}-Learning"},
        {"Q-Learning with Deadlines", "{Q}-Learning with Deadlines"},
        {"U-Net for Cells", "{U}-Net for Cells"},
        {"Fast K-Means", "Fast {K}-Means"},
        {"Faster C++ Builds", "Faster {C}++ Builds"},
        {"I, Robot", "{I}, Robot"},
        {"A* Search", "{A}* Search"},
        {"Vitamin C", "Vitamin {C}"},
        /* The article. */
        {"A Neural Algorithm of Style", NULL},
        {"Graph Networks: A Review", NULL},
        {"What Makes A Model", NULL},
        {"Don'T Shout", NULL},
    };
    (void)state;
    ASSERT_TITLES(ROWS);
}

/* Of words made from names only the capital is at stake. */
static void eponyms(void **state)
{
    static const char *const ROWS[][2] = {
        {"Bayesian Learning", "{B}ayesian Learning"},
        {"Auto-Encoding Variational Bayes", "Auto-Encoding Variational {B}ayes"},
        {"Gaussian Processes", "{G}aussian Processes"},
        {"Markov Chain Monte Carlo", "{M}arkov Chain {M}onte {C}arlo"},
        {"Wasserstein GAN", "{W}asserstein {GAN}"},
        {"Stochastic Gradient Langevin Dynamics",
         "Stochastic Gradient {L}angevin Dynamics"},
        {"Kullback-Leibler Bounds", "{K}ullback-{L}eibler Bounds"},
        {"Erdős Numbers", "{E}rdős Numbers"},
        {"The Frank-Wolfe Way to Rényi", "The {F}rank-{W}olfe Way to {R}ényi"},
        {"Parsing Chinese and German", "Parsing {C}hinese and {G}erman"},
        {"Long Q&A in A Row", "Long {Q}&{A} in A Row"},
        {"A bayesian view", NULL}, /* the author wrote it small */
    };
    (void)state;
    ASSERT_TITLES(ROWS);
}

static void ordinary_words_stay_bare(void **state)
{
    static const char *const ROWS[][2] = {
        {"Attention Is All You Need", NULL},
        {"Deep Residual Learning for Image Recognition", NULL},
        {"Sequence to Sequence Learning with Neural Networks", NULL},
        {"An Image is Worth 16x16 Words", NULL},
        {"Auto-Encoding with Self-Attention", NULL},
        {"It's Not What You Think: Don't Stop", NULL},
        {"Learning to Learn: The Road to 100 Percent", NULL},
        {"word2vec explained", NULL},
        {"On the Mark: May the Will Win", NULL},
        {"Ähnliche Überlegungen", NULL},
        {"Transformers, Tokens and Trees", NULL},
        {"2024 in Review", NULL},
        {"", NULL},
    };
    (void)state;
    ASSERT_TITLES(ROWS);
}

/* Capitals all through say nothing about single words; one name alone does. */
static void shouting(void **state)
{
    static const char *const ROWS[][2] = {
        {"ATTENTION IS ALL YOU NEED", NULL},
        {"BAYESIAN LEARNING IN 3D WORLDS", NULL},
        {"CLIP", "{CLIP}"},
        {"GPT-4", "{GPT}-4"},
        {"THE LOUD and the quiet", "{THE} {LOUD} and the quiet"},
    };
    (void)state;
    ASSERT_TITLES(ROWS);
}

static void math_is_left_alone(void **state)
{
    static const char *const ROWS[][2] = {
        {"$O(N^2)$ Attention", NULL},
        {"Faster than $L_2$ with GPUs", "Faster than $L_2$ with {GPUs}"},
        {"$Q$-Learning", NULL},
        {"The $\\mathrm{GAN}$ Zoo", NULL},
    };
    (void)state;
    ASSERT_TITLES(ROWS);
}

/* Braces never cross the border of a mark, and nocase needs none of its own. */
static void marks(void **state)
{
    static const Run AROUND[] = {{0, 8, MARK_ITALIC}}, PART[] = {{0, 2, MARK_ITALIC}},
                     NOCASE[] = {{0, 4, MARK_NOCASE}}, FRONT[] = {{0, 1, MARK_BOLD}},
                     LOW[] = {{2, 3, MARK_SUB}}, MIDDLE[] = {{1, 2, MARK_SUB}},
                     SOME[] = {{1, 3, MARK_NOCASE}},
                     INNER[] = {
                         {0, 4, MARK_ITALIC}, {1, 2, MARK_BOLD}, {3, 3, MARK_BOLD}};
    Arena arena = {0};
    (void)state;
    ASSERT_STR(braced(&arena, &(Text){STR("The BERT x"), AROUND, 1}), "The {BERT} x");
    ASSERT_STR(braced(&arena, &(Text){STR("BERT x"), PART, 1}), "{BE}{RT} x");
    ASSERT_STR(braced(&arena, &(Text){STR("BERT x"), NOCASE, 1}), "BERT x");
    ASSERT_STR(braced(&arena, &(Text){STR("BERT x"), SOME, 1}), "{B}ER{T} x");
    ASSERT_STR(braced(&arena, &(Text){STR("BERT x"), INNER, 3}), "{B}{E}{R}{T} x");
    ASSERT_STR(braced(&arena, &(Text){STR("CO2 x"), LOW, 1}), "{CO}2 x");
    ASSERT_STR(braced(&arena, &(Text){STR("H2O x"), MIDDLE, 1}), "{H}2{O} x");
    /* The brace of an eponym holds its first letter, and so does the run. */
    ASSERT_STR(braced(&arena, &(Text){STR("Bayes x"), FRONT, 1}), "{B}ayes x");
    arena_free(&arena);
}

static void many_spans(void **state)
{
    Buf in = {0}, wanted = {0};
    Arena arena = {0};
    (void)state;
    for (int i = 0; i < 500; i++) {
        buf_add(&in, STR("of GANs "));
        buf_add(&wanted, STR("of {GANs} "));
    }
    Text title = text_plain(buf_str(&in));
    assert_true(str_equal(braced(&arena, &title), buf_str(&wanted)));
    buf_free(&in);
    buf_free(&wanted);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_things), cmocka_unit_test(single_letters),
        cmocka_unit_test(eponyms),         cmocka_unit_test(ordinary_words_stay_bare),
        cmocka_unit_test(shouting),        cmocka_unit_test(math_is_left_alone),
        cmocka_unit_test(marks),           cmocka_unit_test(many_spans),
    };
    return cmocka_run_group_tests_name("protect", tests, NULL, NULL);
}
