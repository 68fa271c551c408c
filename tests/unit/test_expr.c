/* SPDX-License-Identifier: MIT
 * The language of --select: what fits, and what is said of what makes no sense. */
#include "tests/unit/assert_str.h"

#include "convert/pipeline/expr.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void add_text(Record *rec, FieldId id, const char *tag, const char *text)
{
    record_add_text(rec, id, str_from(tag), (Place){0}, text_plain(str_from(text)));
}

static void fill(Record *rec)
{
    NameOddity oddity;
    record_reset(rec);
    rec->kind = KIND_ARTICLE_JOURNAL;
    rec->type = STR("article");
    rec->key = STR("Erdos1960");
    Name *names = arena_alloc(&rec->arena, 2 * sizeof *names);
    names[0] = name_parse(STR("Paul Erd\xc5\x91s"), &oddity);
    names[1] = name_parse(STR("Laurens van der Maaten"), &oddity);
    record_add(rec, FIELD_AUTHOR, STR("author"), (Place){0})->names =
        (Names){names, 2, CUT_NO};
    Field *issued = record_add(rec, FIELD_ISSUED, STR("date"), (Place){0});
    issued->date = date_year(1960);
    issued->date.from.month = 5;
    add_text(rec, FIELD_TITLE, "title", "On the  Evolution of Random Graphs");
    add_text(rec, FIELD_CONTAINER_TITLE, "journaltitle", "Publ. Math.");
    add_text(rec, FIELD_VOLUME, "volume", "5");
    add_text(rec, FIELD_DOI, "doi", "10.1000/ABC");
    add_text(rec, FIELD_KEYWORD, "keywords", "graphs");
    add_text(rec, FIELD_KEYWORD, "keywords", "probability theory");
    add_text(rec, FIELD_OTHER, "file", ":a.pdf:PDF");
    add_text(rec, FIELD_NOTE, "note", "");
    record_add_written(rec, STR("ids"), STR("{er60, ErdosOld}"), (Place){0});
    record_add_written(rec, STR("crossref"), STR("\"whole\""), (Place){0});
    record_add_written(rec, STR("empty"), STR("{}"), (Place){0});
}

static void what_fits(void **state)
{
    static const char *const FITS[] = {
        "type == article-journal",
        "type = article",
        "type is ARTICLE",
        "type in (book, article)",
        "type like article*",
        "type != book",
        "doi",
        "has doi",
        "DOI",
        "has journal",
        "booktitle", /* all container titles */
        "has file",
        "has crossref",
        "crossref == whole",
        "not note",
        "not has note",
        "! isbn",
        "not empty",
        "year == 1960",
        "year >= 1960 and year <= 1960",
        "year < 1961",
        "year in 1950..1970",
        "year in 1960..",
        "year == ..1960",
        "year in (1950, 1955..1965)",
        "year not in (1961, 1962)",
        "issued == 1960-05",
        "issued > 1960-04",
        "issued < 1960-06",
        "date >= 1960-05-01",
        "volume < 10",
        "volume == 05",
        "volume in 1..9",
        "author ~ erdos",
        "author ~ \"Paul Erd\xc5\x91s\"",
        "author == Erdos",
        "author == 'erdos, paul'",
        "author == 'van der Maaten'",
        "author ~ maaten",
        "author like 'p* erdos'",
        "author !~ knuth",
        "title ~ 'the evolution'",
        "title ~ 'EVOLUTION OF'",
        "title like 'on the*graph?'",
        "title like \"on the evolution of random graphs\"",
        "title contains random",
        "keyword == graphs",
        "keyword == 'probability theory'",
        "keywords ~ theory",
        "key == Erdos1960",
        "key == er60",
        "key in (x, ErdosOld)",
        "key ~ erdos",
        "key != erdos1960",
        "any ~ random",
        "any ~ pdf",
        "any == whole",
        "isbn or doi",
        "isbn or doi and volume",
        "doi or isbn and nothing", /* "and" first */
        "not (isbn or nothing)",
        "not not doi",
        "not isbn and doi",
        "((doi))",
        "(isbn or (doi && !pmid)) || none",
        "doi ~ '10.1000/a'",
    };
    static const char *const FITS_NOT[] = {
        "type == book",
        "type == art",
        "isbn",
        "note",
        "has empty",
        "year > 1960",
        "year == 1961",
        "year in 1961..",
        "year == abc",
        "issued == 1960-06",
        "issued == 1960-05-02",
        "volume > 10",
        "volume in 6..9",
        "volume == 50",
        "author == Erd",
        "author ~ knuth",
        "author !~ erdos",
        "title == random",
        "title like random",
        "keyword == theory",
        "key == erdos1960",
        "key == er6",
        "(doi or isbn) and nothing",
        "not doi or isbn",
        "not doi",
        "isbn > 0",
    };
    Record rec = {0};
    size_t column;
    (void)state;
    fill(&rec);
    for (size_t i = 0; i < COUNT(FITS) + COUNT(FITS_NOT); i++) {
        bool wanted = i < COUNT(FITS);
        const char *text = wanted ? FITS[i] : FITS_NOT[i - COUNT(FITS)], *wrong = NULL;
        Expr *expr = expr_open(str_from(text), &wrong, &column);
        if (expr == NULL)
            fail_msg("%s: %zu: %s", text, column, wrong);
        if (expr_fits(expr, &rec) != wanted)
            fail_msg("%s: should be %d", text, wanted);
        expr_close(expr);
    }
    record_free(&rec);
}

static void what_makes_no_sense(void **state)
{
    static const struct {
        const char *text;
        size_t column;
        const char *about;
    } ROWS[] = {
        {"", 1, "expected a field"},
        {"and", 1, "expected a field"},
        {"doi and", 8, "expected a field"},
        {"doi isbn", 5, "expected 'and'"},
        {"has", 4, "after 'has'"},
        {"has (doi)", 5, "after 'has'"},
        {"(doi", 5, "expected ')'"},
        {"doi)", 4, "closes nothing"},
        {"year ==", 8, "expected a value"},
        {"year == == 1", 9, "expected a value"},
        {"year < 1..2", 8, "a range"},
        {"year in ..", 9, "LOW..HIGH"},
        {"year in (1, 2", 14, "',' or ')'"},
        {"year in (1 2)", 12, "',' or ')'"},
        {"year in ()", 10, "expected a value"},
        {"year not 3", 10, "expected 'in'"},
        {"title ~ \"open", 9, "not closed"},
        {"\"doi\"", 1, "expected a field"},
        {"== 3", 1, "expected a field"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const char *wrong = "";
        size_t column = 0;
        Expr *expr = expr_open(str_from(ROWS[i].text), &wrong, &column);
        if (expr != NULL || column != ROWS[i].column || !strstr(wrong, ROWS[i].about))
            fail_msg("'%s': %zu: %s", ROWS[i].text, column, wrong);
    }
}

static void depth_has_a_limit(void **state)
{
    Buf text = {0};
    const char *wrong = "";
    size_t column = 0;
    Record rec = {0};
    (void)state;
    fill(&rec);
    for (size_t i = 0; i < 100000; i++)
        buf_add(&text, i % 2 == 0 ? STR("(") : STR("not "));
    buf_add(&text, STR("doi"));
    assert_null(expr_open(buf_str(&text), &wrong, &column));
    assert_string_equal(wrong, "nested too deep");
    /* A long chain is not deep. */
    buf_clear(&text);
    for (size_t i = 0; i < 5000; i++)
        buf_add(&text, i % 2 == 0 ? STR("isbn or ") : STR("doi and not note or "));
    buf_add(&text, STR("isbn"));
    Expr *expr = expr_open(buf_str(&text), &wrong, &column);
    assert_non_null(expr);
    assert_true(expr_fits(expr, &rec));
    expr_close(expr);
    buf_free(&text);
    record_free(&rec);
}

static void misspelled_fields_are_known(void **state)
{
    const char *wrong = NULL;
    size_t column, at = 0;
    Str name;
    Record rec = {0};
    (void)state;
    fill(&rec);
    Expr *expr =
        expr_open(STR("has file and auhtor ~ x or isbn or crossref"), &wrong, &column);
    assert_non_null(expr);
    expr_fits(expr, &rec);
    assert_true(expr_next_unmet(expr, &at, &name));
    ASSERT_STR(name, "auhtor");
    assert_false(expr_next_unmet(expr, &at, &name));
    expr_close(expr);
    record_free(&rec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits),
        cmocka_unit_test(what_makes_no_sense),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(misspelled_fields_are_known),
    };
    return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
