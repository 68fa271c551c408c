/* SPDX-License-Identifier: MIT
 * Charsets through iconv, and the table of LaTeX commands. */
#include "tests/unit/assert_str.h"

#include "convert/text/charset.h"
#include "convert/text/latex.h"
#include "convert/text/utf8.h"

/* Charsets. */

static void names(void **state)
{
    static const char *const UNKNOWN[] = {
        "", "NO-SUCH-SET", "UTF-8//TRANSLIT", "UTF-8//NONSENSE", "//IGNORE", " UTF-8"};
    (void)state;
    for (size_t i = 0; i < sizeof UNKNOWN / sizeof UNKNOWN[0]; i++)
        assert_null(charset_decoder(UNKNOWN[i]));
    assert_null(charset_encoder(""));
    assert_null(charset_encoder("NO-SUCH-SET"));
    assert_null(charset_encoder("ASCII//NONSENSE"));
    static const char *const KNOWN[] = {"ASCII", "ISO-8859-1//TRANSLIT", "ascii//ignore"};
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
        Charset *encoder = charset_encoder(KNOWN[i]);
        assert_non_null(encoder);
        charset_close(encoder);
    }
    charset_close(NULL);
}

static void utf8_in_any_spelling(void **state)
{
    (void)state;
    assert_true(charset_is_utf8("UTF-8") && charset_is_utf8("utf-8") &&
                charset_is_utf8("utf8"));
    assert_false(charset_is_utf8("UTF-16") || charset_is_utf8("ISO-8859-1") ||
                 charset_is_utf8(""));
}

static void misspelled_names(void **state)
{
    (void)state;
    assert_string_equal(charset_nearest("UTF-88"), "UTF-8");
    assert_string_equal(charset_nearest("LATIN-1"), "LATIN1");
    assert_string_equal(charset_nearest("iso8859-1"), "ISO-8859-1");
    assert_string_equal(charset_nearest("windows1252"), "WINDOWS-1252");
    assert_string_equal(charset_nearest("ascci"), "ASCII");
    assert_string_equal(charset_nearest("KOI8R"), "KOI8-R");
    assert_null(charset_nearest("xylophone-concerto"));
}

static void windows_1252(void **state)
{
    (void)state;
    assert_int_equal(charset_windows('A'), 'A');
    assert_int_equal(charset_windows(0x80), 0x20ac);
    assert_int_equal(charset_windows(0x85), 0x2026);
    assert_int_equal(charset_windows(0x93), 0x201c);
    assert_int_equal(charset_windows(0x96), 0x2013);
    assert_int_equal(charset_windows(0x9f), 0x178);
    assert_int_equal(charset_windows(0xe9), 0xe9);
    assert_int_equal(charset_windows(0xff), 0xff);
    size_t none = 0;
    for (unsigned byte = 1; byte < 256; byte++)
        none += charset_windows((unsigned char)byte) == 0;
    assert_int_equal(none, 5);
    assert_int_equal(charset_windows(0x81), 0);
    assert_int_equal(charset_windows(0x9d), 0);
}

/* Whole input at once: what comes out. */
static void assert_decoded(const char *name, Str in, const char *wanted)
{
    Buf out = {0};
    Charset *decoder = charset_decoder(name);
    assert_non_null(decoder);
    assert_int_equal(charset_decode(decoder, in, true, &out), in.size);
    ASSERT_STR(buf_str(&out), wanted);
    charset_close(decoder);
    buf_free(&out);
}

static void decoding(void **state)
{
    (void)state;
    assert_decoded("ISO-8859-1", STR("caf\xe9"), "café");
    assert_decoded("WINDOWS-1252", STR("\x93x\x94"), "“x”");
    assert_decoded("KOI8-R", STR("\xed\xc9\xd2"), "Мир");
    assert_decoded("UTF-16LE", STR("a\0\x3d\xd8\0\xde"), "a😀");
    assert_decoded("UTF-16BE", STR("\0a\x67\x4e"), "a李");
    assert_decoded("SHIFT_JIS", STR("\x93\xfa\x96\x7b"), "日本");
    assert_decoded("ISO-8859-1", STR(""), "");
}

static void bad_bytes_are_marked_singly(void **state)
{
    (void)state;
    assert_decoded("ASCII", STR("a\x80\x81z"), "a\xff\xffz");
    assert_decoded("EUC-JP", STR("a\xffz"), "a\xffz");
    /* A character that the input ends in the middle of. */
    assert_decoded("UTF-16LE", STR("a\0b"), "a\xff");
}

static void half_a_character_waits(void **state)
{
    static const Str WHOLE = {"\x3d\xd8\0\xde", 4};
    Buf out = {0};
    (void)state;
    Charset *decoder = charset_decoder("UTF-16LE");
    for (size_t size = 1; size < 4; size++) {
        assert_int_equal(charset_decode(decoder, str_slice(WHOLE, 0, size), false, &out),
                         0);
        assert_int_equal(out.size, 0);
    }
    assert_int_equal(charset_decode(decoder, WHOLE, false, &out), 4);
    ASSERT_STR(buf_str(&out), "😀");
    charset_close(decoder);
    buf_free(&out);
}

static void long_input_is_decoded_whole(void **state)
{
    enum { COUNT = 100000 };
    Buf in = {0}, out = {0};
    (void)state;
    for (int i = 0; i < COUNT; i++)
        buf_add_byte(&in, (char)0xe9);
    Charset *decoder = charset_decoder("ISO-8859-1");
    assert_int_equal(charset_decode(decoder, buf_str(&in), true, &out), COUNT);
    assert_int_equal(out.size, 2 * COUNT);
    assert_int_equal(utf8_valid(buf_str(&out)), out.size);
    assert_int_equal(utf8_count(buf_str(&out)), COUNT);
    charset_close(decoder);
    buf_free(&in);
    buf_free(&out);
}

typedef struct Losses {
    uint32_t characters[8];
    size_t count;
} Losses;

static void lose(void *context, uint32_t character)
{
    Losses *losses = context;
    assert_true(losses->count < 8);
    losses->characters[losses->count++] = character;
}

static void encoding_tells_what_is_lost(void **state)
{
    Buf out = {0};
    Losses losses = {0};
    (void)state;
    Charset *encoder = charset_encoder("ISO-8859-1");
    charset_encode(encoder, STR("café Łódź? 李"), &out, lose, &losses);
    ASSERT_STR(buf_str(&out), "caf\xe9 ?\xf3"
                              "d?? ?");
    assert_int_equal(losses.count, 3);
    assert_int_equal(losses.characters[0], 0x141);
    assert_int_equal(losses.characters[1], 0x17a);
    assert_int_equal(losses.characters[2], 0x674e);
    buf_clear(&out);
    charset_encode(encoder, STR("Ł"), &out, NULL, NULL);
    ASSERT_STR(buf_str(&out), "?");
    charset_close(encoder);
    buf_free(&out);
}

static void ignoring_leaves_out(void **state)
{
    Buf out = {0};
    (void)state;
    Charset *encoder = charset_encoder("ASCII//IGNORE");
    charset_encode(encoder, STR("a李b?é"), &out, NULL, NULL);
    ASSERT_STR(buf_str(&out), "ab?");
    charset_close(encoder);
    buf_free(&out);
}

static void stateful_charsets_are_finished(void **state)
{
    Buf out = {0};
    (void)state;
    Charset *encoder = charset_encoder("ISO-2022-JP");
    charset_encode(encoder, STR("a日"), &out, NULL, NULL);
    charset_finish(encoder, &out);
    ASSERT_STR(buf_str(&out), "a\x1b$BF|\x1b(B");
    charset_close(encoder);
    buf_free(&out);
}

static void asking_what_a_charset_has(void **state)
{
    (void)state;
    Charset *latin = charset_encoder("ISO-8859-1"), *ascii = charset_encoder("ASCII");
    for (int round = 0; round < 2; round++) {
        assert_true(charset_has(latin, 'a') && charset_has(latin, 0xe9));
        assert_false(charset_has(latin, 0x141) || charset_has(latin, 0x1f600));
        assert_true(charset_has(ascii, 'a') && charset_has(ascii, '?'));
        assert_false(charset_has(ascii, 0xe9) || charset_has(ascii, 0x674e));
    }
    charset_close(latin);
    charset_close(ascii);
}

/* LaTeX. */

static void commands(void **state)
{
    static const struct {
        uint32_t character;
        LatexMode mode;
        const char *command;
    } ROWS[] = {
        {0xe9, LATEX_TEXT, "{\\'e}"},
        {0xf6, LATEX_TEXT, "{\\\"o}"},
        {0xf1, LATEX_TEXT, "{\\~n}"},
        {0xe7, LATEX_TEXT, "{\\c c}"},
        {0xef, LATEX_TEXT, "{\\\"i}"},
        {0xed, LATEX_TEXT, "{\\'i}"},
        {0x135, LATEX_TEXT, "{\\^j}"},
        {0x161, LATEX_TEXT, "{\\v s}"},
        {0x141, LATEX_TEXT, "{\\L}"},
        {0x142, LATEX_TEXT, "{\\l}"},
        {0xf8, LATEX_TEXT, "{\\o}"},
        {0xe5, LATEX_TEXT, "{\\aa}"},
        {0xdf, LATEX_TEXT, "{\\ss}"},
        {0xe6, LATEX_TEXT, "{\\ae}"},
        {0x131, LATEX_TEXT, "{\\i}"},
        {0x151, LATEX_TEXT, "{\\H o}"},
        {0x11f, LATEX_TEXT, "{\\u g}"},
        {0x105, LATEX_TEXT, "{\\k a}"},
        /* What T1 has not, no command of LaTeX's own: biber breaks those. */
        {0x1ecb, LATEX_TEXT, "{\\textunderdot{i}}"},
        {0x1ec5, LATEX_TEXT, "{\\textovertilde{\\^e}}"},
        {0x1eaf, LATEX_TEXT, "{\\textoveracute{\\u a}}"},
        {0x1eb7, LATEX_TEXT, "{\\textunderdot{\\u a}}"},
        {0x1ea3, LATEX_TEXT, "{\\textoverhook{a}}"},
        {0x1b0, LATEX_TEXT, "{\\texthorn{u}}"},
        {0x1eef, LATEX_TEXT, "{\\texthorn{\\~u}}"},
        {0x1ef1, LATEX_TEXT, "{\\texthorndot{u}}"},
        {0x126, LATEX_TEXT, "{\\textstroke{H}}"},
        {0x140, LATEX_TEXT, "l{\\textperiodcentered}"},
        {0x2009, LATEX_TEXT, "{\\thinspace}"},
        {0x20b9, LATEX_TEXT, "{\\textrupee}"},
        {0x2013, LATEX_TEXT, "--"},
        {0x2014, LATEX_TEXT, "---"},
        {0x201c, LATEX_TEXT, "``"},
        {0x201d, LATEX_TEXT, "''"},
        {0xa0, LATEX_TEXT, "~"},
        {0x3b1, LATEX_MATH, "\\alpha"},
        {0x3a9, LATEX_MATH, "\\Omega"},
        {0xd7, LATEX_MATH, "\\times"},
        {0x2264, LATEX_MATH, "\\leq"},
        {0x221e, LATEX_MATH, "\\infty"},
        {0x2192, LATEX_MATH, "\\rightarrow"},
        {0x207b, LATEX_MATH, "^-"},
        {0x2099, LATEX_MATH, "_{\\mathrm{n}}"},
        {0x2153, LATEX_MATH, "^{1}/_{3}"},
        {0x211d, LATEX_MATH, "\\mathbb{R}"},
        {0x1d4aa, LATEX_MATH, "\\mathcal{O}"},
        {0x1d465, LATEX_MATH, "x"},
        {0x3ac, LATEX_MATH, "\\acute{\\alpha}"},
        {0x674e, LATEX_NONE, ""},
        {0x416, LATEX_NONE, ""},
        {0x1f600, LATEX_NONE, ""},
        {'a', LATEX_NONE, ""},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Str command = STR_EMPTY;
        LatexMode mode = latex_command(ROWS[i].character, &command);
        if (mode == LATEX_NONE)
            command = STR_EMPTY;
        wrong += mode != ROWS[i].mode;
        wrong += str_differs(command, str_from(ROWS[i].command), "a command is wrong");
    }
    assert_int_equal(wrong, 0);
}

/* Closed: braces balanced, and no letter behind it becomes part of a command's name. */
static bool is_closed(Str command)
{
    size_t depth = 0;
    bool slash = false;
    for (size_t i = 0; i < command.size; i++) {
        char c = command.data[i];
        if ((unsigned char)c < 0x20 || (unsigned char)c >= 0x7f || c == '$')
            return false;
        slash = slash || (depth == 0 && c == '\\');
        depth += c == '{';
        if (c == '}' && depth-- == 0)
            return false;
    }
    return command.size > 0 && depth == 0 && !slash;
}

static void every_command_is_safe_to_write(void **state)
{
    size_t texts = 0, maths = 0;
    (void)state;
    for (uint32_t c = 0x80; c < 0x20000; c++) {
        Str command = STR_EMPTY;
        LatexMode mode = latex_command(c, &command);
        texts += mode == LATEX_TEXT;
        maths += mode == LATEX_MATH;
        bool fine = mode == LATEX_NONE || mode == LATEX_MATH || is_closed(command);
        if (mode == LATEX_MATH)
            fine = command.size > 0 && utf8_is_ascii(command) &&
                   !str_contains(command, STR("$"));
        if (!fine) {
            print_error("U+%04X: %.*s\n", (unsigned)c, STR_ARG(command));
            fail();
        }
    }
    assert_true(texts > 300);
    assert_true(maths > 100);
}

static void what_latex_typesets_itself(void **state)
{
    (void)state;
    assert_true(latex_typesets('a') && latex_typesets(0xe9) && latex_typesets(0x141) &&
                latex_typesets(0x2013) && latex_typesets(0x201c) &&
                latex_typesets(0x20ac) && latex_typesets(0x2026));
    assert_false(latex_typesets(0x674e) || latex_typesets(0x1ea1) ||
                 latex_typesets(0x126) || latex_typesets(0x2126) ||
                 latex_typesets(0x3b1) || latex_typesets(0x416) ||
                 latex_typesets(0x1f600));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(utf8_in_any_spelling),
        cmocka_unit_test(misspelled_names),
        cmocka_unit_test(windows_1252),
        cmocka_unit_test(decoding),
        cmocka_unit_test(bad_bytes_are_marked_singly),
        cmocka_unit_test(half_a_character_waits),
        cmocka_unit_test(long_input_is_decoded_whole),
        cmocka_unit_test(encoding_tells_what_is_lost),
        cmocka_unit_test(ignoring_leaves_out),
        cmocka_unit_test(stateful_charsets_are_finished),
        cmocka_unit_test(asking_what_a_charset_has),
        cmocka_unit_test(commands),
        cmocka_unit_test(every_command_is_safe_to_write),
        cmocka_unit_test(what_latex_typesets_itself),
    };
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
