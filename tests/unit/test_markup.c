/* SPDX-License-Identifier: MIT */
#include "tests/unit/assert_str.h"

#include "convert/text/markup.h"

/* What was found, as "text|I 0-5|B 2-3". */
static Str shown(Arena *arena, Text text)
{
    static const char LETTERS[MARK_COUNT] = {
        [MARK_ITALIC] = 'I',  [MARK_BOLD] = 'B',       [MARK_SUP] = '^',
        [MARK_SUB] = '_',     [MARK_SMALL_CAPS] = 'S', [MARK_NOCASE] = 'N',
        [MARK_NODECOR] = 'D', [MARK_MATH] = 'M'};
    Str all = text.text;
    for (size_t i = 0; i < text.run_count; i++) {
        const Run *run = &text.runs[i];
        all = arena_join(
            arena, all, STR("|"),
            arena_format(arena, "%c %zu-%zu", LETTERS[run->mark], run->start, run->end));
    }
    return all;
}

enum {
    SCRAPED = MARKUP_HTML | MARKUP_REFERENCES | MARKUP_LOOSE | MARKUP_TEX,
    EXPORTED = MARKUP_HTML | MARKUP_ESCAPED | MARKUP_REFERENCES | MARKUP_REPEATED
};

typedef struct TextRow {
    unsigned how;
    const char *in, *wanted;
} TextRow;

static void compare(const TextRow *rows, size_t count)
{
    Arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Text text = markup_read(&arena, text_plain(str_from(rows[i].in)), rows[i].how);
        wrong += str_differs(shown(&arena, text), str_from(rows[i].wanted), rows[i].in);
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void scraped_text(void **state)
{
    static const TextRow ROWS[] = {
        {SCRAPED, "plain", "plain"},
        {SCRAPED, "Rock &amp; Roll", "Rock & Roll"},
        {SCRAPED, "AT&T and R&D", "AT&T and R&D"},
        {SCRAPED, "&ldquo;caf&eacute;&rdquo;", "“café”"},
        {SCRAPED, "&amp;lt;", "&lt;"}, /* once, not twice */
        {SCRAPED, "&copy JMLR 2014.", "© JMLR 2014."},
        /* Tags. */
        {SCRAPED, "<i>in vivo</i> study", "in vivo study|I 0-7"},
        {SCRAPED, "an <em>E. coli</em> cell", "an E. coli cell|I 3-10"},
        {SCRAPED, "<B>bold</b>", "bold|B 0-4"},
        {SCRAPED, "<strong>x</strong>", "x|B 0-1"},
        {SCRAPED, "H<sub>2</sub>O", "H2O|_ 1-2"},
        {SCRAPED, "x<sup>n</sup>", "xn|^ 1-2"},
        {SCRAPED, "<sc>Smith</sc>", "Smith|S 0-5"},
        {SCRAPED, "<b>a <i>b</i> c</b>", "a b c|B 0-5|I 2-3"},
        {SCRAPED, "<i>a</i> and <b>b</b>", "a and b|I 0-1|B 6-7"},
        {SCRAPED, "<i>R&amp;D</i>", "R&D|I 0-3"},
        {SCRAPED, "<i class=\"x\">y</i>", "y|I 0-1"},
        {SCRAPED, "<span>y</span>", "y"},
        {SCRAPED, "one<br/>two", "one\n\ntwo"},
        {SCRAPED, "<p>one </p>\n<p> two</p>", "one\n\ntwo"},
        /* What is none stays. */
        {SCRAPED, "p<q and q>r", "p<q and q>r"},
        {SCRAPED, "a < b > c", "a < b > c"},
        {SCRAPED, "<i>never closed", "<i>never closed"},
        {SCRAPED, "closed only</i>", "closed only</i>"},
        {SCRAPED, "<a href=\"x\">link</a>", "<a href=\"x\">link</a>"},
        {SCRAPED, "<i >y</ i>", "<i >y</ i>"},
        {SCRAPED, "&lt;i&gt;y&lt;/i&gt;", "<i>y</i>"},
        {SCRAPED, "<", "<"},
        {SCRAPED, "</", "</"},
        {SCRAPED, "<>", "<>"},
        {SCRAPED, "<i", "<i"},
        {SCRAPED, "&", "&"},
        /* Runs never cross. */
        {SCRAPED, "<b><i>x</b></i>", "<i>x</i>|B 0-4"},
        {SCRAPED, "<i>a <b>x</b>", "<i>a x|B 5-6"},
        /* In math only references count. */
        {SCRAPED, "$a<i>b</i>c$", "$a<i>b</i>c$"},
        {SCRAPED, "$a &lt; b$", "$a < b$"},
        {SCRAPED, "<i>x</i> $a<b>c$ <b>y</b>", "x $a<b>c$ y|I 0-1|B 10-11"},
        {SCRAPED, "<i>a $x$ b</i>", "a $x$ b|I 0-7"},
        {SCRAPED, "$5 <b>or</b> $6", "$5 or $6|B 3-5"},
    };
    (void)state;
    compare(ROWS, sizeof ROWS / sizeof ROWS[0]);
}

static void exported_text(void **state)
{
    static const TextRow ROWS[] = {
        {EXPORTED, "<jats:p>A <jats:italic>b</jats:italic></jats:p>", "A b|I 2-3"},
        {EXPORTED, "<jats:title>Aim</jats:title><jats:p>To x</jats:p>", "Aim\n\nTo x"},
        {EXPORTED, "&lt;i&gt;y&lt;/i&gt;", "y|I 0-1"},
        {EXPORTED, "&lt;i>y&lt;/i>", "<i>y</i>"}, /* so a writer spells text */
        {EXPORTED, "&lt;a&gt; &amp; &lt;b", "<a> & <b"},
        {EXPORTED, "R&amp;amp;amp;D", "R&D"},
        {EXPORTED, "&amp;lt;", "<"},
        {EXPORTED, "R&ampD", "R&ampD"},
        /* MathML. */
        {EXPORTED,
         "x <mml:math><mml:msub>\n  <mml:mi>H</mml:mi>\n  <mml:mn>2</mml:mn>\n"
         "</mml:msub></mml:math> y",
         "x H2 y|_ 3-4"},
        {EXPORTED, "<math><msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup></math>",
         "a12|_ 1-2|^ 2-3"},
        {EXPORTED, "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"},
        {EXPORTED,
         "<math><semantics><mi>x</mi><annotation>x_{1}</annotation></semantics>"
         "</math>",
         "x"},
        {EXPORTED, "<math><mi>x</mi> and <i>y</i>", "<math><mi>x</mi> and y|I 21-22"},
        {EXPORTED, "</math>", "</math>"},
    };
    (void)state;
    compare(ROWS, sizeof ROWS / sizeof ROWS[0]);
}

static void csl_text(void **state)
{
    static const TextRow ROWS[] = {
        {MARKUP_CSL, "<i>x</i> &amp; <em>y</em>", "x &amp; <em>y</em>|I 0-1"},
        {MARKUP_CSL, "<I>x</I>", "<I>x</I>"},
        {MARKUP_CSL, "<i class=\"a\">x</i>", "<i class=\"a\">x</i>"},
        {MARKUP_CSL, "<span class=\"nocase\">DNA</span>", "DNA|N 0-3"},
        {MARKUP_CSL, "<span class=\"nodecor\">x</span>", "x|D 0-1"},
        {MARKUP_CSL, "<span style=\"font-variant: small-caps;\">x</span>", "x|S 0-1"},
        {MARKUP_CSL, "<span class=\"a\">x<i>y</i></span>",
         "<span class=\"a\">xy</span>|I 17-18"},
        {MARKUP_CSL, "<sc>a</sc><sub>b</sub>", "ab|S 0-1|_ 1-2"},
    };
    (void)state;
    compare(ROWS, sizeof ROWS / sizeof ROWS[0]);
}

/* Tags and the runs that a text has nest, or are text. */
static void text_with_runs(void **state)
{
    static const char S[] = "a <i>b</i> <b>c d</b> <sub>$x<y$</sub>";
    static const Run RUNS[] = {
        {5, 6, MARK_BOLD}, {14, 16, MARK_ITALIC}, {27, 32, MARK_MATH}};
    Arena arena = {0};
    (void)state;
    Text text = {.text = str_from(S), .runs = RUNS, .run_count = 3};
    ASSERT_STR(shown(&arena, markup_read(&arena, text, MARKUP_HTML)),
               "a b c d $x<y$|I 2-3|B 2-3|B 4-7|I 4-6|_ 8-13|M 8-13");
    text = (Text){str_from("<i>ab</i>"), (const Run[]){{0, 4, MARK_BOLD}}, 1};
    ASSERT_STR(shown(&arena, markup_read(&arena, text, MARKUP_HTML)), "<i>ab</i>|B 0-4");
    arena_free(&arena);
}

static void nothing_to_do_is_the_very_same_text(void **state)
{
    Arena arena = {0};
    Str s = STR("Attention Is All You Need");
    (void)state;
    Text text = markup_read(&arena, text_plain(s), SCRAPED);
    assert_ptr_equal(text.text.data, s.data);
    assert_int_equal(text.text.size, s.size);
    assert_int_equal(text.run_count, 0);
    arena_free(&arena);
}

/* A reference of five bytes that stands for six grows the text. */
static void growing_references_have_room(void **state)
{
    Buf in = {0}, wanted = {0};
    Arena arena = {0};
    (void)state;
    for (int i = 0; i < 5000; i++) {
        buf_add(&in, STR("&nGt;"));
        buf_add(&wanted, STR("\xe2\x89\xab\xe2\x83\x92"));
    }
    assert_true(str_equal(markup_read(&arena, text_plain(buf_str(&in)), SCRAPED).text,
                          buf_str(&wanted)));
    buf_free(&in);
    buf_free(&wanted);
    arena_free(&arena);
}

/* However many tags there are: runs nest, lie in the text and no letter is lost. */
static void many_tags_do_no_harm(void **state)
{
    Buf in = {0};
    Arena arena = {0};
    (void)state;
    for (int i = 0; i < 300; i++)
        buf_add(&in, i % 2 == 0 ? STR("<i>x") : STR("<b>y</b></i>"));
    Text text = markup_read(&arena, text_plain(buf_str(&in)), SCRAPED);
    size_t letters = 0;
    for (size_t i = 0; i < text.text.size; i++)
        letters += text.text.data[i] == 'x' || text.text.data[i] == 'y';
    assert_int_equal(letters, 300);
    assert_true(text.run_count > 0);
    for (size_t i = 0; i < text.run_count; i++) {
        assert_true(text.runs[i].start < text.runs[i].end);
        assert_true(text.runs[i].end <= text.text.size);
        assert_true(i == 0 || text.runs[i].start >= text.runs[i - 1].start);
    }
    buf_free(&in);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scraped_text),
        cmocka_unit_test(exported_text),
        cmocka_unit_test(csl_text),
        cmocka_unit_test(text_with_runs),
        cmocka_unit_test(nothing_to_do_is_the_very_same_text),
        cmocka_unit_test(growing_references_have_room),
        cmocka_unit_test(many_tags_do_no_harm),
    };
    return cmocka_run_group_tests_name("markup", tests, NULL, NULL);
}
