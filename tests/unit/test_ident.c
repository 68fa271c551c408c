/* SPDX-License-Identifier: MIT
 * Identifiers: out of all the ways people write them, and their check digits. */
#include "tests/unit/assert_str.h"

#include "convert/record/ident.h"

#include <string.h>

typedef struct Pair {
    const char *given, *wanted;
} Pair;
#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void dois(void **state)
{
    static const Pair ROWS[] = {
        {"10.1000/182", "10.1000/182"},
        {"  10.1000/182\n", "10.1000/182"},
        {"doi:10.1000/182", "10.1000/182"},
        {"DOI: 10.1000/ABC", "10.1000/ABC"},
        {"doi 10.1000/182", "10.1000/182"},
        {"info:doi/10.1000/182", "10.1000/182"},
        {"urn:doi:10.1000/182", "10.1000/182"},
        {"https://doi.org/10.1000/182", "10.1000/182"},
        {"http://dx.doi.org/10.1000/182", "10.1000/182"},
        {"HTTP://DX.DOI.ORG/10.1000/182", "10.1000/182"},
        {"https://www.doi.org/10.1000/182", "10.1000/182"},
        {"doi.org/10.1000/182", "10.1000/182"},
        {"doi:https://doi.org/10.1000/182", "10.1000/182"},
        {"https://doi.org/doi:10.1000/182", "10.1000/182"},
        {"https://doi-org.proxy.example.edu/10.1000/182", "10.1000/182"},
        {"https://dx.doi.org.proxy.example.edu/10.1000/182", "10.1000/182"},
        {"https://doi.org/10.1000/182?utm_source=feed", "10.1000/182"},
        {"https://doi.org/10.1000/182#page=2", "10.1000/182"},
        {"http://dx.doi.org/10.1000%2F182", "10.1000/182"},
        {"10.1000/182.", "10.1000/182"},
        {"10.1000/182,", "10.1000/182"},
        {"(10.1000/182)", "10.1000/182"},
        {"<https://doi.org/10.1000/182>", "10.1000/182"},
        {"10.1016/0000-0000(90)90001-A", "10.1016/0000-0000(90)90001-A"},
        {"10.1016/S0000-0000(90)", "10.1016/S0000-0000(90)"},
        {"10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2",
         "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2"},
        {"10.1175/1520-0493(1987)115&lt;1606:GARSPP&gt;2.0.CO;2",
         "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2"},
        {"http://dx.doi.org/10.1175/1520-0493(1987)115%3C1606:GARSPP%3E2.0.CO;2",
         "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2"},
        {"10.1175/1520-0493(1987)115$<$1606:GARSPP$>$2.0.CO;2",
         "10.1175/1520-0493(1987)115<1606:GARSPP>2.0.CO;2"},
        {"10.1000/a\\_b", "10.1000/a_b"},
        {"10.1000/a&amp;b", "10.1000/a&b"},
        {"10.1000/50%", "10.1000/50%"},
        {"10.1000.10/182", "10.1000.10/182"},
        {"10.123456789/x", "10.123456789/x"},
        {"10/gckfx5", "10/gckfx5"},
        {"https://doi.org/gckfx5", ""},
        {"10.1000", ""},
        {"10.1000/", ""},
        {"10.100/182", ""},
        {"10.1234567890/x", ""},
        {"10.1000/a b", ""},
        {"11.1000/182", ""},
        {"10/2", "10/2"},
        {"10/2/3", ""},
        {"https://example.org/10.1000/182", ""},
        {"see 10.1000/182", ""},
        {"", ""},
        {"doi:", ""},
        {"https://doi.org/", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++)
        wrong += str_differs(ident_doi(&arena, str_from(ROWS[i].given)),
                             str_from(ROWS[i].wanted), ROWS[i].given);
    assert_int_equal(wrong, 0);
    ASSERT_STR(ident_doi_fold(&arena, STR("10.1000/ABC\xc3\x89")), "10.1000/abc\xc3\x89");
    arena_free(&arena);
}

static void found_dois(void **state)
{
    static const Pair ROWS[] = {
        {"https://example.org/doi/abs/10.1000/xyz", "10.1000/xyz"},
        {"https://example.org/doi/10.1000/xyz/full", "10.1000/xyz"},
        {"https://example.org/doi/pdf/10.1000/xyz?download=true", "10.1000/xyz"},
        {"https://example.org/article/10.1000%2Fxyz", ""},
        {"see doi:10.1000/xyz, page 3", "10.1000/xyz"},
        {"version 10.10/2 of 10.1000/xyz", "10.1000/xyz"},
        {"1.10.1000/xyz", ""},
        {"10.1000/xyz/full", "10.1000/xyz/full"},
        {"none here", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++)
        wrong += str_differs(ident_find_doi(&arena, str_from(ROWS[i].given)),
                             str_from(ROWS[i].wanted), ROWS[i].given);
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void arxivs(void **state)
{
    static const struct {
        const char *given, *id;
        unsigned version;
        const char *category;
    } ROWS[] = {
        {"1706.03762", "1706.03762", 0, ""},
        {"1706.03762v5", "1706.03762", 5, ""},
        {"arXiv:1706.03762v5 [cs.CL]", "1706.03762", 5, "cs.CL"},
        {"arXiv: 1706.03762", "1706.03762", 0, ""},
        {"arXiv preprint arXiv:1706.03762", "1706.03762", 0, ""},
        {"CoRR, abs/1706.03762", "1706.03762", 0, ""},
        {"abs/1706.03762", "1706.03762", 0, ""},
        {"https://arxiv.org/abs/1706.03762v1", "1706.03762", 1, ""},
        {"http://arxiv.org/pdf/1706.03762.pdf", "1706.03762", 0, ""},
        {"https://www.arxiv.org/pdf/1706.03762v5.pdf", "1706.03762", 5, ""},
        {"https://export.arxiv.org/abs/1706.03762", "1706.03762", 0, ""},
        {"https://ar5iv.labs.arxiv.org/html/1706.03762", "1706.03762", 0, ""},
        {"10.48550/arXiv.1706.03762", "1706.03762", 0, ""},
        {"https://doi.org/10.48550/arXiv.1706.03762", "1706.03762", 0, ""},
        {"0704.0001", "0704.0001", 0, ""},
        {"1412.6980", "1412.6980", 0, ""},
        {"hep-th/9901001v2", "hep-th/9901001", 2, ""},
        {"arXiv:math.GT/0309136", "math/0309136", 0, ""},
        {"https://arxiv.org/abs/cond-mat/0102536", "cond-mat/0102536", 0, ""},
        {"1412.69801", "", 0, ""},
        {"1706.0376", "", 0, ""},
        {"1713.03762", "", 0, ""},
        {"0701.0001", "", 0, ""},
        {"hep-th/990100", "", 0, ""},
        {"hep-th/9913001", "", 0, ""},
        {"math/5001001", "", 0, ""},
        {"https://example.org/abs/1706.03762", "", 0, ""},
        {"1706.03762 and more", "", 0, ""},
        {"", "", 0, ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        Arxiv arxiv;
        bool is = ident_arxiv(&arena, str_from(ROWS[i].given), &arxiv);
        wrong +=
            str_differs(is ? arxiv.id : STR_EMPTY, str_from(ROWS[i].id), ROWS[i].given);
        if (is) {
            wrong +=
                str_differs(arxiv.category, str_from(ROWS[i].category), ROWS[i].given);
            assert_int_equal(arxiv.version, ROWS[i].version);
        }
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void pubmed(void **state)
{
    static const Pair PMIDS[] = {
        {"12345678", "12345678"},
        {"PMID: 12345678", "12345678"},
        {"PMID12345", "12345"},
        {"https://pubmed.ncbi.nlm.nih.gov/12345678/", "12345678"},
        {"http://www.ncbi.nlm.nih.gov/pubmed/12345678?dopt=Abstract", "12345678"},
        {"123456789", ""},
        {"0123", ""},
        {"PMC12345", ""},
        {"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/", ""},
        {"", ""},
    };
    static const Pair PMCIDS[] = {
        {"PMC1234567", "PMC1234567"},
        {"pmc1234567", "PMC1234567"},
        {"PMCID: PMC1234567", "PMC1234567"},
        {"PMCID: 1234567", "PMC1234567"},
        {"PMC1234567.1", "PMC1234567"},
        {"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/", "PMC1234567"},
        {"https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/?x=1", "PMC1234567"},
        {"1234567", ""},
        {"PMC", ""},
        {"PMC12a", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(PMIDS); i++)
        wrong += str_differs(ident_pmid(str_from(PMIDS[i].given)),
                             str_from(PMIDS[i].wanted), PMIDS[i].given);
    for (size_t i = 0; i < COUNT(PMCIDS); i++)
        wrong += str_differs(ident_pmcid(&arena, str_from(PMCIDS[i].given)),
                             str_from(PMCIDS[i].wanted), PMCIDS[i].given);
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

/* "text|bare|remark|fault;" for each. */
static Str spell(Arena *arena, Str s, bool (*next)(Arena *, Str *, IdentNumber *))
{
    static const char *const FAULTS[] = {"", "shape", "checksum"};
    IdentNumber n;
    Str all = STR_EMPTY;
    while (next(arena, &s, &n))
        all = arena_format(arena, "%.*s%.*s|%.*s|%.*s|%s;", STR_ARG(all), STR_ARG(n.text),
                           STR_ARG(n.bare), STR_ARG(n.remark), FAULTS[n.fault]);
    return all;
}

static void isbns(void **state)
{
    static const Pair ROWS[] = {
        {"0-306-40615-2", "0-306-40615-2|0306406152||;"},
        {"0306406152", "0306406152|0306406152||;"},
        {"978-0-306-40615-7", "978-0-306-40615-7|9780306406157||;"},
        {"978 0 306 40615 7", "978 0 306 40615 7|9780306406157||;"},
        {"0 306 40615 2", "0 306 40615 2|0306406152||;"},
        {"080442957X", "080442957X|080442957X||;"},
        {"0-8044-2957-x", "0-8044-2957-x|080442957X||;"},
        {"ISBN 978-0-306-40615-7", "978-0-306-40615-7|9780306406157||;"},
        {"ISBN-13: 978-0-306-40615-7", "978-0-306-40615-7|9780306406157||;"},
        {"ISBN-13 9780306406157", "9780306406157|9780306406157||;"},
        {"e-ISBN 10: 0306406152", "0306406152|0306406152||;"},
        {"978-0-306-40615-7 (pbk)", "978-0-306-40615-7|9780306406157|pbk|;"},
        {"0306406152 (hardcover : alk. paper), 9780306406157 (ebook)",
         "0306406152|0306406152|hardcover : alk. paper|;"
         "9780306406157|9780306406157|ebook|;"},
        {"0306406152 9780306406157",
         "0306406152|0306406152||;9780306406157|9780306406157||;"},
        {"9780306406157 0306406152",
         "9780306406157|9780306406157||;0306406152|0306406152||;"},
        {"978\xe2\x80\x91"
         "0\xe2\x80\x93"
         "306\xc2\xad"
         "40615-7",
         "978\xe2\x80\x91"
         "0\xe2\x80\x93"
         "306\xc2\xad"
         "40615-7|9780306406157||;"},
        {"0306406152; 49.90 EUR (340 p.)", "0306406152|0306406152||;"},
        {"979-0-2600-0043-8", "979-0-2600-0043-8|9790260000438||;"},
        {"0-306-40615-3", "0-306-40615-3|0306406153||checksum;"},
        {"978-0-306-40615-8", "978-0-306-40615-8|9780306406158||checksum;"},
        {"0-306-40615", "0-306-40615|||shape;"},
        {"12345678901", "12345678901|||shape;"},
        {"97803064061570", "97803064061570|||shape;"},
        {"123456789012345678901234", "123456789012345678901234|||shape;"},
        {"none", ""},
        {"", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++)
        wrong += str_differs(spell(&arena, str_from(ROWS[i].given), ident_next_isbn),
                             str_from(ROWS[i].wanted), ROWS[i].given);
    assert_int_equal(wrong, 0);
    ASSERT_STR(ident_isbn13(&arena, STR("0306406152")), "9780306406157");
    ASSERT_STR(ident_isbn13(&arena, STR("080442957X")), "9780804429573");
    ASSERT_STR(ident_isbn13(&arena, STR("9780306406157")), "9780306406157");
    arena_free(&arena);
}

static void issns(void **state)
{
    static const Pair ROWS[] = {
        {"0028-0836", "0028-0836|0028-0836||;"},
        {"00280836", "00280836|0028-0836||;"},
        {"ISSN: 1053-587X", "1053-587X|1053-587X||;"},
        {"1053-587x", "1053-587x|1053-587X||;"},
        {"0028-0836 (Print), 1476-4687 (Online)",
         "0028-0836|0028-0836|Print|;1476-4687|1476-4687|Online|;"},
        {"0028-0836 1476-4687", "0028-0836|0028-0836||;1476-4687|1476-4687||;"},
        {"0028\xe2\x80\x93"
         "0836",
         "0028\xe2\x80\x93"
         "0836|0028-0836||;"},
        {"0028-0837", "0028-0837|0028-0837||checksum;"},
        {"9780306406157", "9780306406157|||shape;"},
        {"0028", ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++)
        wrong += str_differs(spell(&arena, str_from(ROWS[i].given), ident_next_issn),
                             str_from(ROWS[i].wanted), ROWS[i].given);
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void orcids(void **state)
{
    static const struct {
        const char *given;
        IdentFault fault;
        const char *orcid;
    } ROWS[] = {
        {"0000-0002-1825-0097", IDENT_FINE, "0000-0002-1825-0097"},
        {"https://orcid.org/0000-0002-1825-0097", IDENT_FINE, "0000-0002-1825-0097"},
        {"http://orcid.org/0000-0002-1694-233X/", IDENT_FINE, "0000-0002-1694-233X"},
        {"ORCID: 0000000218250097", IDENT_FINE, "0000-0002-1825-0097"},
        {"0000-0002-1694-233x", IDENT_FINE, "0000-0002-1694-233X"},
        {"0000-0002-1825-0098", IDENT_CHECKSUM, "0000-0002-1825-0098"},
        {"0000-0002-1825-009", IDENT_SHAPE, ""},
        {"0000-0002-1825-00977", IDENT_SHAPE, ""},
        {"https://example.org/0000-0002-1825-0097", IDENT_SHAPE, ""},
        {"", IDENT_SHAPE, ""},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        Str orcid;
        IdentFault fault = ident_orcid(&arena, str_from(ROWS[i].given), &orcid);
        wrong += str_differs(orcid, str_from(ROWS[i].orcid), ROWS[i].given);
        if (fault != ROWS[i].fault) {
            print_error("%s: fault %d\n", ROWS[i].given, (int)fault);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void urls(void **state)
{
    static const char *const FINE[] = {
        "https://example.org/a?b=c#d",
        "http://example.org",
        "ftp://ftp.example.org/x",
        "http://localhost:8080/",
        "https://[2001:db8::1]/",
        "urn:isbn:0306406152",
        "mailto:a@example.org",
        "https://user@example.org/",
        "https://web.archive.org/web/2020/https://example.org/",
        "https://example.org/\xc3\xa9",
    };
    static const char *const WRONG[] = {
        "",
        "www.example.org",
        "http:/example.org",
        "http://",
        "http:///x",
        "https//example.org",
        "http://http://example.org",
        "https://exam ple.org",
        "http://example",
        "http://.org",
        "10.1000/182",
        "https:",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(FINE); i++) {
        if (ident_url(str_from(FINE[i])) != IDENT_FINE)
            fail_msg("%s is fine", FINE[i]);
    }
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        if (ident_url(str_from(WRONG[i])) != IDENT_SHAPE)
            fail_msg("'%s' is wrong", WRONG[i]);
    }
}

/* Whatever the bytes, no read leaves them (the sanitizers look) and all of it ends. */
static void any_bytes(void **state)
{
    static const char ALPHABET[] = "10./-xX &;%3C(<)>$\\vdoi:isbn\xe2\x80\x90\0";
    unsigned seed = 7;
    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        Arena arena = {0};
        char bytes[24];
        size_t size = round % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1103515245u + 12345u;
            bytes[i] = ALPHABET[(seed >> 16) % (sizeof ALPHABET - 1)];
        }
        Str s = arena_copy(&arena, (Str){bytes, size});
        Arxiv arxiv;
        Str orcid;
        Str doi = ident_doi(&arena, s);
        assert_true(str_equal(ident_doi(&arena, doi), doi));
        ident_find_doi(&arena, s);
        ident_arxiv(&arena, s, &arxiv);
        ident_pmid(s);
        ident_pmcid(&arena, s);
        ident_orcid(&arena, s, &orcid);
        ident_url(s);
        spell(&arena, s, ident_next_isbn);
        spell(&arena, s, ident_next_issn);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dois),      cmocka_unit_test(found_dois),
        cmocka_unit_test(arxivs),    cmocka_unit_test(pubmed),
        cmocka_unit_test(isbns),     cmocka_unit_test(issns),
        cmocka_unit_test(orcids),    cmocka_unit_test(urls),
        cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests_name("ident", tests, NULL, NULL);
}
