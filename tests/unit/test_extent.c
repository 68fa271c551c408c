/* SPDX-License-Identifier: MIT
 * The scanner of CSL-JSON: where values end and properties stand. */
#include "convert/text/extent.h"
#include "tests/unit/assert_str.h"

#include <stdlib.h>
#include <string.h>

/* The same outcome all at once and byte by byte. */
static ExtentResult scan(Extent *ext, const char *text)
{
    Str all = str_from(text);
    Extent whole = {0};
    ExtentResult at_once = extent_value(&whole, all), result = EXTENT_MORE;
    extent_begin(ext);
    for (size_t size = 0; size <= all.size && result == EXTENT_MORE; size++) {
        /* A copy of that size: reading past the end is seen. */
        char *copy = malloc(size + 1);
        memcpy(copy, all.data, size);
        result = extent_value(ext, (Str){copy, size});
        free(copy);
    }
    assert_int_equal(result, at_once);
    assert_int_equal(ext->at, whole.at);
    assert_int_equal(ext->count, whole.count);
    assert_int_equal(ext->commas, whole.commas);
    extent_free(&whole);
    return result;
}

static void assert_whole(const char *text, size_t size)
{
    Extent ext = {0};
    assert_int_equal(scan(&ext, text), EXTENT_WHOLE);
    assert_int_equal(ext.at, size);
    extent_free(&ext);
}

static void assert_broken(const char *text, size_t at)
{
    Extent ext = {0};
    assert_int_equal(scan(&ext, text), EXTENT_BROKEN);
    assert_int_equal(ext.at, at);
    extent_free(&ext);
}

static void ends(void **state)
{
    (void)state;
    assert_whole("{}", 2);
    assert_whole(" {} {}", 3);
    assert_whole("[1, {\"a\": [null]}],", 18);
    assert_whole("{\"a\": \"}\"}", 10);
    assert_whole("{\"a\": \"\\\"}\"}", 12);
    assert_whole("{\"a\\\\\": 1}", 10);
    assert_whole("\"text\" ", 6);
    assert_whole("12,", 2);
    assert_whole("{\"a\": \"a long line, with\nanother one in it\"}", 44);
}

static void is_broken(void **state)
{
    (void)state;
    assert_broken("{\"a\" 1}", 5);
    assert_broken("{\"a\": 1 \"b\"}", 8);
    assert_broken("{\"a\": [1}", 8);
    assert_broken("{1: 2}", 1);
    assert_broken("{,}", 1);
    assert_broken("[1,,2]", 3);
    assert_broken("{\"a\": {\n{", 8);
    assert_broken("]", 0);
    /* A string that nobody closed, before the next item. */
    assert_broken("{\"a\": \"b},\n  {\"c\": 1}", 10);
}

static void is_not_ended(void **state)
{
    (void)state;
    Extent ext = {0};
    assert_int_equal(scan(&ext, "{\"a\": [1, 2"), EXTENT_MORE);
    assert_int_equal(scan(&ext, "{\"a\": \"x\\"), EXTENT_MORE);
    assert_int_equal(scan(&ext, ""), EXTENT_MORE);
    extent_free(&ext);
}

static void notes_properties(void **state)
{
    (void)state;
    const char *text = " {\"a\": {\"b\": 1}, \"c\" : [2] , \"\\\"d\":\"e\", \"f\":3}";
    Str all = str_from(text);
    static const struct {
        const char *key, *value;
    } WANTED[] = {{"a", "{\"b\": 1}"}, {"c", "[2]"}, {"\\\"d", "\"e\""}, {"f", "3"}};
    Extent ext = {0};
    assert_int_equal(scan(&ext, text), EXTENT_WHOLE);
    assert_int_equal(ext.count, 4);
    for (size_t i = 0; i < ext.count; i++) {
        const Property *property = &ext.properties[i];
        ASSERT_STR(str_slice(all, property->key, property->key_end), WANTED[i].key);
        ASSERT_STR(str_slice(all, property->value, property->end), WANTED[i].value);
    }
    extent_free(&ext);
}

static void counts_commas(void **state)
{
    (void)state;
    Extent ext = {0};
    assert_int_equal(scan(&ext, "{\"a\": [1, 2, ], }"), EXTENT_WHOLE);
    assert_int_equal(ext.commas, 2);
    assert_int_equal(ext.comma, 11);
    extent_free(&ext);
}

static void has_a_depth(void **state)
{
    (void)state;
    enum { SIZE = 3 * EXTENT_DEPTH };
    char *deep = malloc(SIZE);
    Extent ext = {0};
    memset(deep, '[', SIZE);
    assert_int_equal(extent_value(&ext, (Str){deep, SIZE}), EXTENT_BROKEN);
    assert_int_equal(ext.at, EXTENT_DEPTH);
    extent_free(&ext);
    free(deep);
}

static void knows_values(void **state)
{
    (void)state;
    static const char *const VALUES[] = {
        "1",     "-1.5e+3",        "0",  "true",           "null",
        "\"a\"", "\"\\u00e9\\n\"", "{}", "[1,{\"a\":[]}]", "{\"a\": 1}"};
    static const char *const NONE[] = {
        "",     "01", "1.",  ".5",       "-",           "1e",  "+1",    "True",
        "nul",  "a",  "\"a", "\"\\x\"",  "\"\\u12g4\"", "{",   "[1,]",  "{\"a\"}",
        "[1] ", " 1", "1 2", "\"a\nb\"", "[nul]",       "1,2", "\"a\"b"};
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++)
        assert_true(extent_is_value(str_from(VALUES[i])));
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
        assert_false(extent_is_value(str_from(NONE[i])));
}

static void compacts(void **state)
{
    (void)state;
    Buf out = {0};
    extent_compact(&out, STR("{ \"a b\" : [ 1.0 ,\n null ], \"c\\\"\" : \" d \" }"));
    ASSERT_STR(buf_str(&out), "{\"a b\":[1.0,null],\"c\\\"\":\" d \"}");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends),          cmocka_unit_test(is_broken),
        cmocka_unit_test(is_not_ended),  cmocka_unit_test(notes_properties),
        cmocka_unit_test(counts_commas), cmocka_unit_test(has_a_depth),
        cmocka_unit_test(knows_values),  cmocka_unit_test(compacts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
