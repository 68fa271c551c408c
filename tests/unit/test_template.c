/* SPDX-License-Identifier: MIT
 * Key templates in both spellings, and what is said of those that make no sense. */
#include "tests/unit/assert_str.h"

#include "convert/pipeline/key.h"

#include <string.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static Diag diag = {.fd = STDERR_FILENO};

static void add_names(Record *rec, FieldId id, const char *const *names, size_t count)
{
    NameOddity oddity;
    Name *items = arena_alloc(&rec->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = name_parse(str_from(names[i]), &oddity);
    if (count > 0)
        record_add(rec, id, STR("names"), (Place){0})->names =
            (Names){items, count, CUT_NO};
}

static void add_text(Record *rec, FieldId id, const char *tag, const char *text)
{
    record_add_text(rec, id, str_from(tag), (Place){0}, text_plain(str_from(text)));
}

static const char *const PEOPLE[] = {"Isaac Newton", "James Maxwell", "Albert Einstein",
                                     "Niels Bohr", "Ashish O'Brien"};

static void fill(Record *rec, size_t people)
{
    record_reset(rec);
    rec->kind = KIND_ARTICLE_JOURNAL;
    rec->type = STR("article");
    add_names(rec, FIELD_AUTHOR, PEOPLE, people);
    Field *issued = record_add(rec, FIELD_ISSUED, STR("date"), (Place){0});
    issued->date = date_year(2004);
    issued->date.from.month = 6;
    add_text(rec, FIELD_TITLE, "title",
             "An awesome Paper on the J\xc3\xa4g-Refs \xe2\x80\x9cproblem\xe2\x80\x9d");
    add_text(rec, FIELD_CONTAINER_TITLE, "journal", "Journal of Machine Learning");
    add_text(rec, FIELD_PAGE, "pages",
             "e12\xe2\x80\x93"
             "45");
    add_text(rec, FIELD_KEYWORD, "keywords", "alpha");
    add_text(rec, FIELD_KEYWORD, "keywords", "beta rays");
    add_text(rec, FIELD_DOI, "doi", "10.1000/a(1)b");
}

static void keys(void **state)
{
    static const struct {
        size_t people;
        const char *template, *key;
    } ROWS[] = {
        {1, "[auth]", "Newton"},
        {1, "[auth:lower][year][shorttitle3_3]", "newton2004AwesomePaperJagRefs"},
        {1, "auth.lower + year + shorttitle(3,3)", "newton2004AwesomePaperJagRefs"},
        {1, "auth.lower+shorttitle(n=2, m=0)+year", "newtonawesomePaper2004"},
        {1, "[auth3]", "New"},
        {2, "[auth3_2]", "Max"},
        {2, "auth(3, 2)", "Max"},
        {1, "[auth3_2]", "newton2004awesome"}, /* gives none: the default */
        {3, "[authors]", "NewtonMaxwellEinstein"},
        {3, "[authors2]", "NewtonMaxwellEtAl"},
        {2, "[authors2]", "NewtonMaxwell"},
        {3, "authors(sep='_')", "Newton_Maxwell_Einstein"},
        {3, "authors.condense('-')", "Newton-Maxwell-Einstein"},
        {1, "[authorsAlpha]", "New"},
        {2, "[authorsAlpha]", "NM"},
        {4, "[authorsAlpha]", "NMEB"},
        {5, "[authorsAlpha]", "NME+"},
        {1, "[auth.etal]", "Newton"},
        {2, "[auth.etal]", "Newton.Maxwell"},
        {3, "[auth.etal]", "Newton.etal"},
        {2, "[authEtAl]", "NewtonMaxwell"},
        {3, "[authEtAl]", "NewtonEtAl"},
        {3, "authEtal2", "NewtonEtAl"},
        {3, "authEtal2.lower.prefix('x')", "xnewtonetal"},
        {3, "[auth.auth.ea]", "Newton.Maxwell.ea"},
        {2, "[auth.auth.ea]", "Newton.Maxwell"},
        {1, "[authshort]", "Newton"},
        {2, "[authshort]", "NM"},
        {4, "[authshort]", "NME+"},
        {3, "[authorIni]", "NewtoME"},
        {3, "[authorLast]", "Einstein"},
        {5, "[authorLast]", "OBrien"},
        {3, "[authForeIni][authorLastForeIni]", "IA"},
        {2, "[authIni4]", "NeMa"},
        {3, "[authIni4]", "NeMa"},
        {1, "[title]", "AnAwesomePaperontheJagRefsProblem"},
        {1, "[fulltitle]", "AnawesomePaperontheJag-Refsproblem"},
        {1, "[shorttitle]", "awesomePaperJagRefs"},
        {1, "[veryshorttitle]", "awesome"},
        {1, "[veryshorttitle:capitalize]", "Awesome"},
        {1, "[shorttitleINI]", "aPJ"},
        {1, "[camel2]", "AnAwesome"},
        {1, "[title:abbr]", "AAPotJP"},
        {1, "[year]_[shortyear]", "2004_04"},
        {1, "[month]", "06"},
        {1, "[journal:abbr]", "JoML"},
        {1, "[journal:skipwords:abbr]", "JML"},
        {1, "[booktitle:lower:truncate7]", "journal"},
        {1, "[container-title:substring,9,2]", "of"},
        {1, "journal.select(3, 1)", "Machine"},
        {1, "[firstpage]-[lastpage]", "e12-45"},
        {1, "[keyword1]:[keyword2]", "alpha:betarays"},
        {1, "[entrytype]", "article"},
        {1, "[doi]", "10.1000/a1b"},
        {1, "[doi:nopunct:replace,0,x]", "1x1xxxa1b"},
        {1, "[volume:(unknown)]", "unknown"},
        {1, "[volume]", "newton2004awesome"},
        {1, "volume | isbn | year", "2004"},
        {1, "type('book') + 'b' + year | type('article') + 'a' + year", "a2004"},
        {1, "[=book]b[year]|[=article-journal]a[year]", "a2004"},
        {0, "[auth]", "2004awesome"},
        {0, "auth | veryshorttitle", "awesome"},
        {1, "[auth] {[year]}, #%x", "Newton2004x"},
        {1, "volume.postfix('v') + year.postfix('y')", "2004y"},
        {1, "AUTH.UPPER + Year", "NEWTON2004"},
        {1, "[pureauth][edtr]", "Newton"},
        {1, "auth + postfix('-%(n)s')", "Newton"},
    };
    Record rec = {0};
    Buf wrong = {0};
    size_t faults = 0, column;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        fill(&rec, ROWS[i].people);
        Template *template = template_open(str_from(ROWS[i].template), &wrong, &column);
        if (template == NULL)
            fail_msg("%s: %zu: %.*s", ROWS[i].template, column, STR_ARG(buf_str(&wrong)));
        KeyMaker *maker = key_open(template, SIZE_MAX, &diag);
        assert_true(key_assign(maker, &rec));
        faults += str_differs(rec.key, str_from(ROWS[i].key), ROWS[i].template);
        key_close(maker);
        template_close(template);
    }
    assert_int_equal(faults, 0);
    buf_free(&wrong);
    record_free(&rec);
}

static void what_makes_no_sense(void **state)
{
    static const struct {
        const char *template;
        size_t column;
        const char *about;
    } ROWS[] = {
        {"[auht]", 2, "did you mean 'auth'"},
        {"[auth:lowr]", 7, "did you mean 'lower'"},
        {"auth.lowr", 6, "did you mean 'lower'"},
        {"auth + yaer", 8, "did you mean 'year'"},
        {"[auth", 1, "not closed"},
        {"auth]", 5, "expected"},
        {"[auth]]", 7, "closes nothing"},
        {"auth +", 7, "expected the name"},
        {"auth year", 6, "expected '+'"},
        {"", 1, "expected"},
        {"auth('x)", 6, "not closed"},
        {"shorttitle(x)", 1, "expected numbers"},
        {"auth.truncate", 6, "takes a number"},
        {"auth.lower(3)", 6, "0 values at most"},
        {"postfix('x')", 1, "%(a)s"},
        {"postfix('%(a)s,')", 1, "no key may hold"},
        {"[edtrtitle]", 2, "unknown part"},
    };
    Buf wrong = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        size_t column = 0;
        buf_clear(&wrong);
        Template *template = template_open(str_from(ROWS[i].template), &wrong, &column);
        buf_add_byte(&wrong, '\0');
        if (template != NULL || column != ROWS[i].column ||
            strstr(wrong.data, ROWS[i].about) == NULL)
            fail_msg("%s: %zu: %s", ROWS[i].template, column, wrong.data);
    }
    buf_free(&wrong);
}

static void taken_keys_get_suffixes(void **state)
{
    static const struct {
        const char *template;
        const char *keys[3];
    } ROWS[] = {
        {"[auth]", {"Newton", "Newtona", "Newtonb"}},
        {"auth + postfix('-%(n)s')", {"Newton", "Newton-1", "Newton-2"}},
        {"auth + postfix('%(A)s')", {"Newton", "NewtonA", "NewtonB"}},
    };
    Record rec = {0};
    Buf wrong = {0};
    size_t column;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        Template *template = template_open(str_from(ROWS[i].template), &wrong, &column);
        KeyMaker *maker = key_open(template, SIZE_MAX, &diag);
        for (size_t k = 0; k < 3; k++) {
            fill(&rec, 1);
            rec.key = STR("given"); /* and replaced */
            assert_true(key_assign(maker, &rec));
            ASSERT_STR(rec.key, ROWS[i].keys[k]);
        }
        for (size_t k = 3; k < 60; k++) {
            fill(&rec, 1);
            assert_true(key_assign(maker, &rec));
        }
        key_close(maker);
        template_close(template);
    }
    buf_free(&wrong);
    record_free(&rec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),
        cmocka_unit_test(what_makes_no_sense),
        cmocka_unit_test(taken_keys_get_suffixes),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
