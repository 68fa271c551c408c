/* SPDX-License-Identifier: MIT
 * Character references by the HTML standard, and the inline tags of scraped text. */
#include "tests/unit/assert_str.h"

#include "convert/text/html.h"

enum { NONE = 0, BAD = 0xfffd };

static void references(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        uint32_t first, second;
    } ROWS[] = {
        {"&amp;", 5, '&', 0},
        {"&lt;i>", 4, '<', 0},
        {"&quot;", 6, '"', 0},
        {"&nbsp;x", 6, 0xa0, 0},
        {"&eacute;t", 8, 0xe9, 0},
        {"&Eacute;", 8, 0xc9, 0},
        {"&AMP;", 5, '&', 0},
        {"&notin;", 7, 0x2209, 0},
        {"&ge;", 4, 0x2265, 0},
        {"&nGt;", 5, 0x226b, 0x20d2},
        {"&CounterClockwiseContourIntegral;", 33, 0x2233, 0},
        {"&frac12;", 8, 0xbd, 0},
        {"&Amp;", 0, NONE, 0},
        {"&nosuchname;", 0, NONE, 0},
        /* Numbers. */
        {"&#233;", 6, 0xe9, 0},
        {"&#xE9;", 6, 0xe9, 0},
        {"&#Xe9;", 6, 0xe9, 0},
        {"&#x1F600;", 9, 0x1f600, 0},
        {"&#0065;", 7, 'A', 0},
        {"&#128;", 6, 0x20ac, 0}, /* Windows-1252, as the standard has it */
        {"&#150;", 6, 0x2013, 0},
        {"&#0;", 4, BAD, 0},
        {"&#xD800;", 8, BAD, 0},
        {"&#x110000;", 10, BAD, 0},
        {"&#99999999999999999999;", 23, BAD, 0},
        {"&#;", 0, NONE, 0},
        {"&#x;", 0, NONE, 0},
        {"&#xg;", 0, NONE, 0},
        {"&#65", 0, NONE, 0},
        {"&#65 ", 0, NONE, 0},
        /* Without a semicolon. */
        {"&copy 2014", 5, 0xa9, 0},
        {"&copy", 5, 0xa9, 0},
        {"&copy.", 5, 0xa9, 0},
        {"&amp b", 4, '&', 0},
        {"&lt 3", 3, '<', 0},
        {"&copy2014", 0, NONE, 0},
        {"&copyleft", 0, NONE, 0},
        {"&copy=1", 0, NONE, 0},
        {"&notit;", 0, NONE, 0},
        {"&hellip ", 0, NONE, 0}, /* not among those that may stand so */
        {"&ge ", 0, NONE, 0},
        /* No reference at all. */
        {"&T", 0, NONE, 0},
        {"&D budget", 0, NONE, 0},
        {"& b", 0, NONE, 0},
        {"&;", 0, NONE, 0},
        {"&", 0, NONE, 0},
        {"&&amp;", 0, NONE, 0},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        uint32_t characters[2] = {0, 0};
        size_t size = html_reference(str_from(ROWS[i].text), characters);
        bool fine = size == ROWS[i].size &&
                    (size == 0 ||
                     (characters[0] == ROWS[i].first && characters[1] == ROWS[i].second));
        if (!fine)
            print_error("%s: %zu bytes, U+%04X U+%04X\n", ROWS[i].text, size,
                        (unsigned)characters[0], (unsigned)characters[1]);
        wrong += !fine;
    }
    assert_int_equal(wrong, 0);
}

/* What was found, as "text|I 0-5|B 2-3". */
static Str shown(Arena *arena, Text text)
{
    static const char LETTERS[MARK_COUNT] = {
        [MARK_ITALIC] = 'I',     [MARK_BOLD] = 'B',   [MARK_SUP] = '^', [MARK_SUB] = '_',
        [MARK_SMALL_CAPS] = 'S', [MARK_NOCASE] = 'N', [MARK_MATH] = 'M'};
    Str all = text.text;
    for (size_t i = 0; i < text.run_count; i++) {
        const Run *run = &text.runs[i];
        all = arena_join(
            arena, all, STR("|"),
            arena_format(arena, "%c %zu-%zu", LETTERS[run->mark], run->start, run->end));
    }
    return all;
}

static void texts(void **state)
{
    static const char *const ROWS[][2] = {
        {"plain", "plain"},
        {"Rock &amp; Roll", "Rock & Roll"},
        {"AT&T and R&D", "AT&T and R&D"},
        {"&ldquo;caf&eacute;&rdquo;", "“café”"},
        {"&amp;lt;", "&lt;"}, /* once, not twice */
        {"&copy JMLR 2014.", "© JMLR 2014."},
        /* Tags. */
        {"<i>in vivo</i> study", "in vivo study|I 0-7"},
        {"an <em>E. coli</em> cell", "an E. coli cell|I 3-10"},
        {"<B>bold</b>", "bold|B 0-4"},
        {"<strong>x</strong>", "x|B 0-1"},
        {"H<sub>2</sub>O", "H2O|_ 1-2"},
        {"x<sup>n</sup>", "xn|^ 1-2"},
        {"<sc>Smith</sc>", "Smith|S 0-5"},
        {"<b>a <i>b</i> c</b>", "a b c|B 0-5|I 2-3"},
        {"<i>a</i> and <b>b</b>", "a and b|I 0-1|B 6-7"},
        {"<i>R&amp;D</i>", "R&D|I 0-3"},
        /* What is none stays. */
        {"p<q and q>r", "p<q and q>r"},
        {"a < b > c", "a < b > c"},
        {"<i>never closed", "<i>never closed"},
        {"closed only</i>", "closed only</i>"},
        {"<a href=\"x\">link</a>", "<a href=\"x\">link</a>"},
        {"<i class=\"x\">y</i>", "<i class=\"x\">y</i>"},
        {"<i >y</ i>", "<i >y</ i>"},
        {"<span>y</span>", "<span>y</span>"},
        {"&lt;i&gt;y&lt;/i&gt;", "<i>y</i>"},
        {"<", "<"},
        {"</", "</"},
        {"<i", "<i"},
        {"&", "&"},
        /* Runs never cross. */
        {"<b><i>x</b></i>", "<b>x</b>|I 3-8"},
        {"<i>a <b>x</b>", "<i>a x|B 5-6"},
        /* In math only references count. */
        {"$a<i>b</i>c$", "$a<i>b</i>c$"},
        {"$a &lt; b$", "$a < b$"},
        {"<i>x</i> $a<b>c$ <b>y</b>", "x $a<b>c$ y|I 0-1|B 10-11"},
        {"<i>a $x$ b</i>", "a $x$ b|I 0-7"},
        {"$5 <b>or</b> $6", "$5 or $6|B 3-5"},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Text text = html_text(&arena, str_from(ROWS[i][0]));
        wrong += str_differs(shown(&arena, text), str_from(ROWS[i][1]), ROWS[i][0]);
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void nothing_to_do_is_the_very_same_text(void **state)
{
    Arena arena = {0};
    Str s = STR("Attention Is All You Need");
    (void)state;
    Text text = html_text(&arena, s);
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
    assert_true(str_equal(html_text(&arena, buf_str(&in)).text, buf_str(&wanted)));
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
    Text text = html_text(&arena, buf_str(&in));
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

static void charsets(void **state)
{
    static const struct {
        const char *head, *charset;
    } ROWS[] = {
        {"<!doctype html><meta charset=utf-8>", "utf-8"},
        {"<html><head><META CHARSET = 'iso-8859-2' >", "iso-8859-2"},
        {"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">",
         "gb2312"},
        {"<?xml version=\"1.0\" encoding=\"latin1\"?>", "latin1"},
        {" \n<html><p>charset=utf-7</p>", ""},
        {"<meta name=x content=\"charset\">", ""},
        {"charset=utf-8", ""},
        {"<meta charset=", ""},
        {"<", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        ASSERT_STR(html_charset(str_from(ROWS[i].head)), ROWS[i].charset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references),
        cmocka_unit_test(texts),
        cmocka_unit_test(nothing_to_do_is_the_very_same_text),
        cmocka_unit_test(growing_references_have_room),
        cmocka_unit_test(many_tags_do_no_harm),
        cmocka_unit_test(charsets),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
