/* SPDX-License-Identifier: MIT
 * Picking records by expressions and by what documents cite, and leaving out fields. */
#include "tests/unit/caught.h"

#include "convert/pipeline/select.h"
#include "convert/pipeline/trim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const LIBRARY[] = {
    "early book: title=Early Parent",
    "a article: title=One; crossref=late",
    "b article: title=Two; crossref=early; xdata=x1, x2",
    "-- comment",
    "c article: title=Three; ids=c-old, c-older",
    "late book: title=Late Parent; crossref=later",
    "x1 xdata: publisher=P",
    "later book: title=Last",
};
enum { LIBRARY_COUNT = sizeof LIBRARY / sizeof LIBRARY[0] };

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void check(const Plan *plan, bool parents, const char *lines, const char *heard)
{
    Caught *caught = caught_open();
    Stage *first = select_stage_open(plan, parents, &caught->stage);
    caught_run(caught, first, LIBRARY, LIBRARY_COUNT);
    ASSERT_STR(buf_str(&caught->lines), lines);
    ASSERT_STR(buf_str(&caught->heard), heard);
    caught_close(caught, first);
}

static void by_expressions(void **state)
{
    const char *exprs[] = {"type == article", "title ~ t"};
    (void)state;
    check(&(Plan){.select = {exprs, 1}}, false,
          "a article: title=One; crossref=late\n"
          "b article: title=Two; crossref=early; xdata=x1, x2\n"
          "-- comment\n"
          "c article: title=Three; ids=c-old, c-older\n",
          "");
    check(&(Plan){.select = {exprs, 2}}, false,
          "b article: title=Two; crossref=early; xdata=x1, x2\n"
          "-- comment\n"
          "c article: title=Three; ids=c-old, c-older\n",
          "");
    exprs[0] = "has titel";
    check(&(Plan){.select = {exprs, 1}}, false, "-- comment\n", "unknown-field ");
}

/* Those before it come right behind it; those behind it where they stand. */
static void parents_come_along(void **state)
{
    const char *exprs[] = {"key in (a, b)"};
    (void)state;
    check(&(Plan){.select = {exprs, 1}}, true,
          "a article: title=One; crossref=late\n"
          "b article: title=Two; crossref=early; xdata=x1, x2\n"
          "early book: title=Early Parent\n"
          "-- comment\n"
          "late book: title=Late Parent; crossref=later\n"
          "x1 xdata: publisher=P\n"
          "later book: title=Last\n",
          "");
    exprs[0] = "key == b";
    check(&(Plan){.select = {exprs, 1}, .memory = 1}, true,
          "b article: title=Two; crossref=early; xdata=x1, x2\n"
          "early book: title=Early Parent\n"
          "-- comment\n"
          "x1 xdata: publisher=P\n",
          "");
}

static void by_aux(void **state)
{
    const char *aux[] = {"select-main.aux"};
    const Plan plan = {.aux = {aux, 1}};
    (void)state;
    write_file("select-main.aux", "\\relax \n"
                                  "\\citation{A,nowhere}\n"
                                  "\\@input{select-chapter.aux}\n"
                                  "\\bibcite{b}{1}\n");
    write_file("select-chapter.aux", "\\@input{select-main.aux}\n"
                                     "\\abx@aux@cite{0}{c-old}\\abx@aux@cite{LATE}\n"
                                     "\\@input{select-gone.aux}\n");
    check(&plan, false,
          "a article: title=One; crossref=late\n"
          "-- comment\n"
          "c article: title=Three; ids=c-old, c-older\n",
          "open-failed missing-entry missing-entry ");
    write_file("select-main.aux", "\\citation{*}\n");
    Caught *caught = caught_open();
    Stage *first = select_stage_open(&plan, false, &caught->stage);
    caught_run(caught, first, LIBRARY, LIBRARY_COUNT);
    assert_int_equal(caught->records, LIBRARY_COUNT - 1);
    caught_close(caught, first);
    assert_int_equal(remove("select-main.aux"), 0);
    assert_int_equal(remove("select-chapter.aux"), 0);
    caught = caught_open();
    first = select_stage_open(&plan, false, &caught->stage);
    assert_true(stage_failed(first));
    ASSERT_STR(buf_str(&caught->heard), "open-failed ");
    caught_close(caught, first);
}

static void by_bcf(void **state)
{
    const char *bcf[] = {"select-main.bcf"};
    (void)state;
    write_file(
        "select-main.bcf",
        "<?xml version=\"1.0\"?>\n"
        "<bcf:citekeycount order=\"1\">late</bcf:citekeycount>\n"
        "  <bcf:section number=\"0\">\n"
        "    <bcf:citekey order=\"1\">a</bcf:citekey><bcf:citekey>B</bcf:citekey>\n"
        "    <bcf:citekey order=\"2\" type=\"set\" members=\"c,x&amp;y\">s"
        "</bcf:citekey>\n");
    check(&(Plan){.bcf = {bcf, 1}}, false,
          "a article: title=One; crossref=late\n"
          "-- comment\n"
          "c article: title=Three; ids=c-old, c-older\n",
          "missing-entry missing-entry ");
    assert_int_equal(remove("select-main.bcf"), 0);
}

static void fields_go(void **state)
{
    const char *keep[] = {"title, xdata"}, *drop[] = {"TITLE", "publsher"};
    (void)state;
    Caught *caught = caught_open();
    Stage *first = trim_stage_open(&(Plan){.keep = {keep, 1}}, NULL, &caught->stage);
    caught_run(caught, first, LIBRARY + 1, 2);
    ASSERT_STR(buf_str(&caught->lines), "a article: title=One\n"
                                        "b article: title=Two; xdata=x1, x2\n");
    ASSERT_STR(buf_str(&caught->heard), "dropped-field dropped-field ");
    caught_close(caught, first);
    caught = caught_open();
    first = trim_stage_open(&(Plan){.drop = {drop, 2}}, NULL, &caught->stage);
    caught_run(caught, first, LIBRARY + 1, 1);
    ASSERT_STR(buf_str(&caught->lines), "a article: crossref=late\n");
    ASSERT_STR(buf_str(&caught->heard), "dropped-field unknown-field ");
    caught_close(caught, first);
}

static void written_goes_with_its_field(void **state)
{
    const char *drop[] = {"title,note"};
    Record rec = {0};
    (void)state;
    Caught *caught = caught_open();
    Stage *first = trim_stage_open(&(Plan){.drop = {drop, 1}}, NULL, &caught->stage);
    record_reset(&rec);
    static const char *const TAGS[] = {"title", "note", "author"};
    for (size_t i = 0; i < 3; i++)
        record_add_written(&rec, str_from(TAGS[i]), STR("{x}"), (Place){0});
    record_add_text(&rec, FIELD_TITLE, STR("title"), (Place){0}, text_plain(STR("x")))
        ->written = 1;
    caught->ledger.read += rec.count;
    stage_put(first, &rec);
    assert_true(rec.written[0].dropped);
    assert_true(rec.written[1].dropped);
    assert_false(rec.written[2].dropped);
    assert_int_equal(rec.count, 0);
    record_free(&rec);
    caught_close(caught, first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_expressions), cmocka_unit_test(parents_come_along),
        cmocka_unit_test(by_aux),         cmocka_unit_test(by_bcf),
        cmocka_unit_test(fields_go),      cmocka_unit_test(written_goes_with_its_field),
    };
    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
