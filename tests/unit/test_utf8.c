/* SPDX-License-Identifier: MIT
 * UTF-8 by RFC 3629, and what Unicode says of characters. */
#include "tests/unit/assert_str.h"

#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

static bool is_scalar(uint32_t c)
{
    return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff);
}

static void every_character_goes_round(void **state)
{
    Buf b = {0};
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        if (!is_scalar(c))
            continue;
        buf_clear(&b);
        utf8_add(&b, c);
        size_t wanted = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        Str front = buf_str(&b), end = front;
        if (b.size != wanted || utf8_valid(front) != wanted || utf8_count(front) != 1 ||
            utf8_next(&front) != c || front.size != 0 || utf8_last(&end) != c ||
            end.size != 0) {
            print_error("U+%04X\n", (unsigned)c);
            fail();
        }
    }
    buf_free(&b);
}

/* A byte that begins no character is cut alone, from either end. */
static void malformed_bytes_are_cut_singly(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } ROWS[] = {
        {"\x80", 1},                 /* continuation alone */
        {"\xbf\xbf", 2},             /* two of them */
        {"\xc0\x80", 2},             /* overlong NUL */
        {"\xc1\xbf", 2},             /* overlong */
        {"\xe0\x80\x80", 3},         /* overlong */
        {"\xe0\x9f\xbf", 3},         /* overlong */
        {"\xf0\x80\x80\x80", 4},     /* overlong */
        {"\xf0\x8f\xbf\xbf", 4},     /* overlong */
        {"\xed\xa0\x80", 3},         /* high surrogate */
        {"\xed\xbf\xbf", 3},         /* low surrogate */
        {"\xf4\x90\x80\x80", 4},     /* U+110000 */
        {"\xf5\x80\x80\x80", 4},     /* above all */
        {"\xf8\x88\x80\x80\x80", 5}, /* the five bytes of old */
        {"\xff", 1},
        {"\xfe", 1},
        {"\xc3", 1},         /* cut short */
        {"\xe2\x82", 2},     /* cut short */
        {"\xf0\x9f\x98", 3}, /* cut short */
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Str all = {ROWS[i].bytes, ROWS[i].size}, rest = all;
        assert_int_equal(utf8_valid(all), 0);
        for (size_t left = all.size; left > 0; left--) {
            assert_int_equal(rest.size, left);
            assert_int_equal(utf8_next(&rest), UTF8_REPLACEMENT);
        }
        rest = all;
        for (size_t left = all.size; left > 0; left--) {
            assert_int_equal(rest.size, left);
            assert_int_equal(utf8_last(&rest), UTF8_REPLACEMENT);
        }
    }
}

static void reading_goes_on_behind_damage(void **state)
{
    (void)state;
    Str s = STR("\xe2\x82\xc3\xa9z");
    assert_int_equal(utf8_next(&s), UTF8_REPLACEMENT);
    assert_int_equal(utf8_next(&s), UTF8_REPLACEMENT);
    assert_int_equal(utf8_next(&s), 0xe9);
    assert_int_equal(utf8_next(&s), 'z');
    assert_int_equal(s.size, 0);
    s = STR("a\xc3\xa9\xff");
    assert_int_equal(utf8_last(&s), UTF8_REPLACEMENT);
    assert_int_equal(utf8_last(&s), 0xe9);
    assert_int_equal(utf8_last(&s), 'a');
    assert_int_equal(s.size, 0);
}

static void valid_front(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid(STR("")), 0);
    assert_int_equal(utf8_valid(STR("all of it \xc3\xa9 \xf0\x9f\x98\x80")), 17);
    assert_int_equal(utf8_valid(STR("caf\xe9")), 3);
    assert_int_equal(utf8_valid(STR("\xc3\xa9t\xe9")), 3);
    assert_int_equal(utf8_valid(STR("long enough for words of eight\xff")), 30);
}

static void ascii_front_at_every_offset(void **state)
{
    char text[40];
    (void)state;
    for (size_t size = 0; size <= sizeof text; size++) {
        memset(text, 'a', sizeof text);
        assert_int_equal(utf8_ascii_front((Str){text, size}), size);
        assert_true(utf8_is_ascii((Str){text, size}));
        for (size_t at = 0; at < size; at++) {
            memset(text, 'a', sizeof text);
            text[at] = (char)0x80;
            assert_int_equal(utf8_ascii_front((Str){text, size}), at);
            assert_false(utf8_is_ascii((Str){text, size}));
        }
    }
}

static void counting(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(STR("")), 0);
    assert_int_equal(utf8_count(STR("abc")), 3);
    assert_int_equal(utf8_count(STR("Erd\xc5\x91s \xe6\x9d\x8e \xf0\x9f\x98\x80")), 9);
}

static void classes(void **state)
{
    (void)state;
    static const uint32_t LETTERS[] = {'a',    'Z',   0xe9,  0x416,
                                       0x674e, 0x2b0, 0x3b2, 0xac00};
    for (size_t i = 0; i < sizeof LETTERS / sizeof LETTERS[0]; i++)
        assert_true(unicode_is_letter(LETTERS[i]));
    static const uint32_t OTHERS[] = {'1', '-', 0xb2, 0x301, 0x2014, 0x1f600, 0xd7};
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++)
        assert_false(unicode_is_letter(OTHERS[i]));
    assert_true(unicode_is_upper('A') && unicode_is_upper(0xc9) &&
                unicode_is_upper(0x141) && unicode_is_upper(0x1c5));
    assert_false(unicode_is_upper('a') || unicode_is_upper(0xe9) ||
                 unicode_is_upper(0x674e) || unicode_is_upper('1'));
    assert_true(unicode_is_lower('a') && unicode_is_lower(0xdf) &&
                unicode_is_lower(0x142));
    assert_false(unicode_is_lower('A') || unicode_is_lower(0x1c5) ||
                 unicode_is_lower(0x674e));
    assert_true(unicode_is_digit('7') && unicode_is_digit(0x663));
    assert_false(unicode_is_digit(0xb2) || unicode_is_digit(0x2167));
}

static void spaces_marks_and_what_means_nothing(void **state)
{
    (void)state;
    static const uint32_t SPACES[] = {' ',  '\t',   '\n',   '\r',
                                      0xa0, 0x2003, 0x2028, 0x3000};
    for (size_t i = 0; i < sizeof SPACES / sizeof SPACES[0]; i++)
        assert_true(unicode_is_space(SPACES[i]));
    assert_false(unicode_is_space('a') || unicode_is_space(0x200b));
    assert_true(unicode_is_mark(0x301) && unicode_is_mark(0x323) &&
                unicode_is_mark(0x903) && unicode_is_mark(0x20dd));
    assert_false(unicode_is_mark('a') || unicode_is_mark(0xe9) || unicode_is_mark(0xb4));
    assert_true(unicode_is_ignorable(0xad) && unicode_is_ignorable(0x200b) &&
                unicode_is_ignorable(0x2060) && unicode_is_ignorable(0xfeff));
    /* Joiners do mean something, in Persian say. */
    assert_false(unicode_is_ignorable(' ') || unicode_is_ignorable(0x200c));
}

static void scripts(void **state)
{
    (void)state;
    assert_true(unicode_is_han(0x674e) && unicode_is_han(0x20000) &&
                unicode_is_han(0x3400) && unicode_is_han(0x3005));
    assert_false(unicode_is_han(0x3042) || unicode_is_han('a') || unicode_is_han(0xac00));
    assert_true(unicode_is_hangul(0xae40) && unicode_is_hangul(0x1100));
    assert_false(unicode_is_hangul(0x674e) || unicode_is_hangul(0x3042));
    assert_true(unicode_is_kana(0x3042) && unicode_is_kana(0x30a2) &&
                unicode_is_kana(0x30fc));
    assert_false(unicode_is_kana(0x674e) || unicode_is_kana('a'));
}

static void widths(void **state)
{
    (void)state;
    assert_int_equal(unicode_width('a'), 1);
    assert_int_equal(unicode_width(0xe9), 1);
    assert_int_equal(unicode_width(0x674e), 2);
    assert_int_equal(unicode_width(0xae40), 2);
    assert_int_equal(unicode_width(0xff21), 2);
    assert_int_equal(unicode_width(0x301), 0);
    assert_int_equal(unicode_width(0x200b), 0);
}

static void lower_case(void **state)
{
    (void)state;
    assert_int_equal(unicode_lower('A'), 'a');
    assert_int_equal(unicode_lower('1'), '1');
    assert_int_equal(unicode_lower(0xc9), 0xe9);
    assert_int_equal(unicode_lower(0x141), 0x142);
    assert_int_equal(unicode_lower(0x3a3), 0x3c3);
    assert_int_equal(unicode_lower(0x674e), 0x674e);
}

static void decomposition_gives_base_and_mark(void **state)
{
    static const uint32_t ROWS[][3] = {
        {0xe9, 'e', 0x301},    {0xc5, 'A', 0x30a},    {0x151, 'o', 0x30b},
        {0xe7, 'c', 0x327},    {0x1ec5, 0xea, 0x303}, {0x1e69, 0x1e63, 0x307},
        {0x439, 0x438, 0x306}, {0x3ac, 0x3b1, 0x301},
    };
    static const uint32_t NONE[] = {'a', 0x142, 0xf8, 0xdf, 0xfb01, 0x674e, 0xac01};
    uint32_t base = 0, mark = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        assert_true(unicode_decompose(ROWS[i][0], &base, &mark));
        assert_int_equal(base, ROWS[i][1]);
        assert_int_equal(mark, ROWS[i][2]);
    }
    for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
        assert_false(unicode_decompose(NONE[i], &base, &mark));
}

static void normal_form_c(void **state)
{
    Arena arena = {0};
    (void)state;
    Str ascii = STR("plain"), composed = STR("caf\xc3\xa9 \xe6\x9d\x8e");
    assert_ptr_equal(unicode_nfc(&arena, ascii).data, ascii.data);
    assert_ptr_equal(unicode_nfc(&arena, composed).data, composed.data);
    ASSERT_STR(unicode_nfc(&arena, STR("cafe\xcc\x81")), "caf\xc3\xa9");
    /* Marks in the order of their classes: dot below before dot above. */
    ASSERT_STR(unicode_nfc(&arena, STR("q\xcc\x87\xcc\xa3")), "q\xcc\xa3\xcc\x87");
    /* Conjoining jamo make a syllable. */
    ASSERT_STR(unicode_nfc(&arena, STR("\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8")),
               "\xea\xb0\x81");
    /* The Ångström sign is the letter; a ligature is only compatible, so it stays. */
    ASSERT_STR(unicode_nfc(&arena, STR("\xe2\x84\xab")), "\xc3\x85");
    ASSERT_STR(unicode_nfc(&arena, STR("\xef\xac\x81")), "\xef\xac\x81");
    arena_free(&arena);
}

static void folding_compares_without_case(void **state)
{
    static const char *const SAME[][2] = {
        {"NeurIPS", "neurips"},    {"STRASSE", "straße"}, {"ÅNGSTRÖM", "ångström"},
        {"ΣΊΣΥΦΟΣ", "σίσυφος"},    {"ŁUKASZ", "łukasz"},  {"Cafe\xcc\x81", "CAFÉ"},
        {"\xc4\xb0", "i\xcc\x87"},
    };
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
        Str a = unicode_fold(&arena, str_from(SAME[i][0]));
        Str b = unicode_fold(&arena, str_from(SAME[i][1]));
        assert_false(str_differs(a, b, SAME[i][0]));
    }
    assert_false(str_equal(unicode_fold(&arena, STR("Erdős")),
                           unicode_fold(&arena, STR("Erdos"))));
    arena_free(&arena);
}

static void ascii_for_keys(void **state)
{
    static const char *const ROWS[][2] = {
        {"Hinton", "hinton"},
        {"Łukasz", "lukasz"},
        {"Søren", "soren"},
        {"Groß", "gross"},
        {"Þór", "thor"},
        {"Nguyễn", "nguyen"},
        {"Erdős", "erdos"},
        {"Çağlar", "caglar"},
        {"Ångström", "angstrom"},
        {"O’Brien", "obrien"},
        {"van der", "vander"},
        {"Müller-2", "muller2"},
        {"Đặng", "dang"},
        {"ıŞIL", "isil"},
        {"Œuvre", "oeuvre"},
        {"Ægir", "aegir"},
        {"e\xcc\x81t", "et"},
        {"Ħ", "h"},
        {"Sigurður", "sigurdur"},
        {"李飞飞", ""},
        {"Ж", ""},
        {"β-VAE", "vae"},
        {"", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        wrong += str_differs(unicode_ascii(&arena, str_from(ROWS[i][0])),
                             str_from(ROWS[i][1]), ROWS[i][0]);
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_goes_round),
        cmocka_unit_test(malformed_bytes_are_cut_singly),
        cmocka_unit_test(reading_goes_on_behind_damage),
        cmocka_unit_test(valid_front),
        cmocka_unit_test(ascii_front_at_every_offset),
        cmocka_unit_test(counting),
        cmocka_unit_test(classes),
        cmocka_unit_test(spaces_marks_and_what_means_nothing),
        cmocka_unit_test(scripts),
        cmocka_unit_test(widths),
        cmocka_unit_test(lower_case),
        cmocka_unit_test(decomposition_gives_base_and_mark),
        cmocka_unit_test(normal_form_c),
        cmocka_unit_test(folding_compares_without_case),
        cmocka_unit_test(ascii_for_keys),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
