/* SPDX-License-Identifier: MIT
 * Styles: what is said of broken ones, parents, limits; links and blocks of entries. */
#include "tests/unit/assert_str.h"

#include "convert/style/style.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEAD                                                                             \
    "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" "                \
    "version=\"1.0\">"
#define LOCALE                                                                           \
    "<locale xmlns=\"http://purl.org/net/xbiblio/csl\" xml:lang=\"en-US\"><terms>"       \
    "<term name=\"and\">and</term><term name=\"open-quote\">\"</term></terms></locale>"

static const char *PARENT; /* what the source gives for a style's id */

static bool find_style(void *context, Str id, Str *xml, Str *file)
{
    (void)context;
    (void)id;
    if (!PARENT)
        return false;
    *xml = str_from(PARENT);
    *file = STR("parent.csl");
    return true;
}

static bool find_locale(void *context, Str lang, Str *xml, Str *file)
{
    (void)context;
    *xml = STR(LOCALE);
    *file = STR("locale.xml");
    return str_equal(lang, STR("en-US"));
}

static char SAID[4096];

static Style *open_style(const char *xml, const char *lang)
{
    StyleSource source = {.style = find_style, .locale = find_locale};
    Diag diag = {.fd = memfd_create("said", 0)};
    Style *style =
        style_open(&source, str_from(xml), STR("x.csl"), str_from(lang), &diag);
    ssize_t size = pread(diag.fd, SAID, sizeof SAID - 1, 0);
    SAID[size > 0 ? size : 0] = '\0';
    close(diag.fd);
    diag_free(&diag);
    return style;
}

static void expect(const char *xml, bool usable, const char *said)
{
    Style *style = open_style(xml, "");
    assert_int_equal(style != NULL, usable);
    assert_string_equal(SAID, said);
    style_close(style);
}

static void broken(void **state)
{
    (void)state;
    PARENT = NULL;
    expect("<style", false, "x.csl:1:1: error: unclosed token [bad-style]\n");
    expect("<locale/>", false, "x.csl:1:1: error: this is no CSL style [bad-style]\n");
    expect(HEAD "</style>", false,
           "x.csl: error: it has neither a citation nor a bibliography [bad-style]\n");
    expect(HEAD "\n<macro name=\"author\"><text value=\"a\"/></macro>\n"
                "<citation><layout><text macro=\"autor\"/></layout></citation></style>",
           true,
           "x.csl:3:19: warning: no macro \"autor\"; did you mean \"author\"? "
           "[bad-style]\n");
    expect(HEAD "<citation><layout><text value=\"a\" font-style=\"slanted\"/></layout>"
                "</citation></style>",
           true,
           "x.csl:1:96: warning: font-style cannot be \"slanted\"; left out "
           "[bad-style]\n");
}

static void endless(void **state)
{
    (void)state;
    expect(HEAD "<macro name=\"a\"><text macro=\"b\"/></macro>"
                "<macro name=\"b\"><text macro=\"a\"/></macro>"
                "<citation><layout><text macro=\"a\"/></layout></citation></style>",
           false,
           "x.csl:1:135: error: macro \"a\" calls itself [bad-style]\n"
           "x.csl: error: its macros call too much [bad-style]\n");
    char bomb[8192];
    int size = snprintf(bomb, sizeof bomb,
                        HEAD "<macro name=\"m0\"><text value=\"x\"/></macro>");
    for (int i = 1; i < 60; i++)
        size += snprintf(
            bomb + size, sizeof bomb - (size_t)size,
            "<macro name=\"m%d\"><text macro=\"m%d\"/><text macro=\"m%d\"/></macro>", i,
            i - 1, i - 1);
    snprintf(bomb + size, sizeof bomb - (size_t)size,
             "<citation><layout><text macro=\"m59\"/></layout></citation></style>");
    expect(bomb, false, "x.csl: error: its macros call too much [bad-style]\n");
}

static void deep(void **state)
{
    (void)state;
    Buf xml = {0};
    buf_add(&xml, STR(HEAD "<citation><layout>"));
    for (int i = 0; i < 5000; i++)
        buf_add(&xml, STR("<group>"));
    buf_add_byte(&xml, '\0');
    assert_null(open_style(xml.data, ""));
    assert_non_null(strstr(SAID, "elements stand too deep inside one another"));
    buf_free(&xml);
}

static void parents(void **state)
{
    (void)state;
    const char *child = HEAD "<info><title>Child</title><link rel=\"independent-parent\" "
                             "href=\"http://example.org/p\"/></info></style>";
    PARENT = NULL;
    expect(child, false,
           "x.csl: error: its parent http://example.org/p is not there [no-style]\n");
    PARENT = child;
    assert_null(open_style(child, ""));
    PARENT = HEAD "<citation><layout><text value=\"a\"/></layout></citation></style>";
    Style *style = open_style(child, "");
    assert_non_null(style);
    ASSERT_STR(style_layout(style)->title, "Child");
    style_close(style);
    PARENT = NULL;
}

static void no_locale(void **state)
{
    (void)state;
    Style *style = open_style(
        HEAD "<citation><layout><text term=\"and\"/></layout></citation></style>",
        "qx-QX");
    assert_string_equal(
        SAID, "x.csl: warning: no locale qx-QX; terms are in English [no-locale]\n");
    style_close(style);
}

static Record record(const char *title)
{
    Record rec = {
        .kind = KIND_BOOK, .key = STR("k"), .type = STR_EMPTY, .origin = STR_EMPTY};
    Place place = {STR("r"), 1, 1};
    record_add_text(&rec, FIELD_TITLE, STR_EMPTY, place, text_plain(str_from(title)));
    record_add_text(&rec, FIELD_DOI, STR_EMPTY, place, text_plain(STR("10.1/x")));
    return rec;
}

static void links(void **state)
{
    (void)state;
    Style *style = open_style(
        HEAD "<citation><layout><text variable=\"title\"/></layout></citation>"
             "<bibliography><layout><text variable=\"title\" font-weight=\"bold\"/>"
             "<text variable=\"DOI\" prefix=\". doi: https://doi.org/\"/>"
             "</layout></bibliography></style>",
        "");
    Document *doc = document_open(style);
    Record rec = record("T");
    assert_int_equal(document_add(doc, &rec), 0);
    record_free(&rec);
    document_finish(doc);
    assert_int_equal(document_entries(doc), 1);
    StyleText text = document_entry(doc, 0).text;
    ASSERT_STR(text.text, "T. doi: https://doi.org/10.1/x");
    assert_int_equal(text.run_count, 2);
    assert_int_equal(text.runs[0].mark, STYLE_BOLD);
    assert_int_equal(text.runs[1].mark, STYLE_LINK);
    ASSERT_STR(text.runs[1].target, "https://doi.org/10.1/x");
    assert_int_equal(text.runs[1].start, 8);
    assert_int_equal(document_entry(doc, 7).text.text.size, 0);
    document_close(doc);
    style_close(style);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken),  cmocka_unit_test(endless),   cmocka_unit_test(deep),
        cmocka_unit_test(parents), cmocka_unit_test(no_locale), cmocka_unit_test(links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
