/* SPDX-License-Identifier: MIT
 * --check: which messages each record gets. */
#include "tests/unit/caught.h"

#include "convert/pipeline/check.h"

typedef struct Row {
    const char *record, *ids;
} Row;

/* Through a check alone; records of one call make one library. */
static void check(const char *const *lines, size_t count, const char *origin,
                  const char *ids)
{
    Diag diag = {.fd = STDERR_FILENO, .least = LEVEL_COUNT};
    Ledger ledger = {0};
    Caught ears = {0};
    Stage *stage = check_stage_open(0, &diag);
    stage->diag = &diag;
    stage->ledger = &ledger;
    diag.listener = caught_hear;
    diag.context = &ears;
    for (size_t i = 0; i < count; i++) {
        Record rec = {0};
        record_reset(&rec);
        caught_make(&rec, lines[i], i + 1);
        rec.origin = str_from(origin);
        ledger.read += rec.count;
        stage_put(stage, &rec);
        record_free(&rec);
    }
    stage_end(stage);
    assert_int_equal(ledger.read, ledger.removed);
    if (str_differs(buf_str(&ears.heard), str_from(ids), lines[count - 1]))
        fail();
    stage_close(stage);
    buf_free(&ears.heard);
    diag_free(&diag);
}

#define FINE "author=Doe, Jane; title=On Things; container-title=J; issued=2020"

static void single_records(void **state)
{
    static const Row ROWS[] = {
        {"k article: " FINE, ""},
        {"k article: title=On Things; container-title=J; issued=2020", "missing-field "},
        {"k article: author=Doe, Jane; title=On Things; issued=2020", "missing-field "},
        {"k article: title=On Things", "missing-field missing-field missing-field "},
        {"k article: title=On Things; crossref=x", ""},
        {"k book: editor=Doe, Jane; title=On Things; publisher=P; issued=2020", ""},
        {"k book: editor=Doe, Jane; title=On Things; issued=2020", "missing-field "},
        {"k misc: title=On Things", ""},
        {"k xdata: publisher=P", ""},
        {"k article: " FINE "; DOI=10.1000/182", ""},
        {"k article: " FINE "; DOI=none", "bad-doi "},
        {"k article: " FINE "; DOI=https://doi.org/10.1000/182", "doi-url "},
        {"k article: " FINE "; ISSN=0028-0836, 1476-4687", ""},
        {"k article: " FINE "; ISSN=0028-0837", "bad-issn "},
        {"k article: " FINE "; ISBN=0-306-40615-2 (pbk)", ""},
        {"k article: " FINE "; ISBN=0-306-40615-3", "bad-isbn "},
        {"k article: " FINE "; ISBN=12", "bad-isbn "},
        {"k article: " FINE "; URL=https://example.org/", ""},
        {"k article: " FINE "; URL=www.example.org", "bad-url "},
        {"k article: " FINE "; PMID=123", ""},
        {"k article: " FINE "; PMID=PMC123", "bad-pmid "},
        {"k article: " FINE "; PMCID=123", "bad-pmid "},
        {"k article: " FINE "; orcid=0000-0002-1825-0097", ""},
        {"k article: " FINE "; orcid=0000-0002-1825-0098", "bad-orcid "},
        {"k article: " FINE "; page=123-145", ""},
        {"k article: " FINE "; page=123", ""},
        {"k article: " FINE "; page=123-45", ""},
        {"k article: " FINE "; page=e12-e9", ""},
        {"k article: " FINE "; page=145-123", "backward-pages "},
        {"k article: " FINE "; page=145\xe2\x80\x93"
         "123",
         "backward-pages "},
        {"k article: " FINE "; page=1-3, 32-31", "backward-pages "},
        {"k article: " FINE "; page=145-23", "backward-pages "},
        {"k article: " FINE "; note=", "empty-field "},
        {"k misc: title=A STUDY OF LONG THINGS", "title-capitals "},
        {"k misc: title=NASA", ""},
        {"k misc: title=T; author=KNUTH, DONALD", "odd-name "},
        {"k misc: title=T; author=KNUTH, Donald", "odd-name "},
        {"k misc: title=T; author=NASA", ""},
        {"k misc: title=T; author=J., Knuth", "odd-name "},
        {"k misc: title=T; author=O, Kenji", "odd-name "},
        {"k misc: title=T; author=X", ""},
        {"k misc: title=T; author=Smith2, John", "odd-name "},
        {"k misc: title=T; author=al., Smith et", "odd-name "},
        {"k misc: title=T; author=Smith, John, Jones", "odd-name "},
        {"k misc: title=T; author=Doe, Jane & Doe, Jane", "odd-name "},
        {"k misc: title=T; author=Doe, Jane & Doe, John", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check(&ROWS[i].record, 1, "bibtex", ROWS[i].ids);
}

static void other_formats(void **state)
{
    static const Row ROWS[] = {
        {"k article-journal: " FINE, ""},
        {"k article-journal: title=On Things",
         "missing-field missing-field missing-field "},
        {"k webpage: title=On Things", "missing-field "},
        {"k webpage: title=On Things; URL=https://example.org/", ""},
        {"k document: note=x", "missing-field "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
        check(&ROWS[i].record, 1, "ris", ROWS[i].ids);
    /* biblatex asks for no publisher. */
    static const char *const BOOK =
        "k book: author=Doe, Jane; title=On Things; issued=2020";
    check(&BOOK, 1, "biblatex", "");
}

static void twice(void **state)
{
    static const char *const DOIS[] = {"a misc: title=One; DOI=10.1000/ABC",
                                       "b misc: title=Two; DOI=10.1000/abc"};
    static const char *const TITLES[] = {
        "a misc: author=Doe, Jane; title=On the Origin of Things; issued=2020",
        "b misc: author=Do\xc3\xa9, J; title=On the origin of things; issued=2020"};
    static const char *const YEARS[] = {
        "a misc: author=Doe, Jane; title=On the Origin of Things; issued=2020",
        "b misc: author=Doe, Jane; title=On the Origin of Things; issued=2021"};
    static const char *const SHORT[] = {"a misc: title=Editorial; issued=2020",
                                        "b misc: title=Editorial; issued=2020"};
    (void)state;
    check(DOIS, 2, "bibtex", "likely-duplicate ");
    check(TITLES, 2, "bibtex", "likely-duplicate ");
    check(YEARS, 2, "bibtex", "");
    check(SHORT, 2, "bibtex", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_records),
        cmocka_unit_test(other_formats),
        cmocka_unit_test(twice),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
