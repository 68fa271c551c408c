/* SPDX-License-Identifier: MIT
 * Which records are one work, and what comes of them. */
#include "tests/unit/caught.h"

#include "convert/pipeline/same.h"
#include "convert/pipeline/unique.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct {
    const char *a, *b;
    Sameness same;
} PAIRS[] = {
    /* identifiers, in any spelling */
    {"a article: title=A b c; DOI=10.1000/AbC", "b article: title=A b c; DOI=10.1000/abc",
     SAME_DOI},
    {"a article: title=A b c; DOI=https://doi.org/10.1000/x",
     "b misc: title=A b c: with more; URL=http://dx.doi.org/10.1000/X", SAME_DOI},
    {"a book: title=A whole book; DOI=10.1000/x",
     "b chapter: title=Quite another thing; DOI=10.1000/x", SAME_DOI_ONLY},
    {"a article: title=A b; archive=arXiv; archive_location=1706.03762v5",
     "b article: title=A b; URL=https://arxiv.org/abs/1706.03762", SAME_ARXIV},
    /* by title, author and year */
    {"a article: title=On {The} Origins, of Things!; author=Doe, Jane; issued=2001",
     "b article: title=on the origins of things; author=DOE, J.; issued=2002",
     SAME_TITLE},
    {"a article: title=A b c; author=Müller, K. & Roe; issued=2001",
     "b article: title=A b c; author=Doe & Muller, Karl; issued=2001", SAME_TITLE},
    {"a article: title=A b c; author=Doe, Jane; issued=2001",
     "b article: title=A b c; author=Doe, Ann; issued=2001", SAME_NOT},
    {"a article: title=A b c; author=Doe, Jane; issued=2001",
     "b article: title=A b c; author=Doe, Jane; issued=2003", SAME_NOT},
    {"a article: title=A b c; author=Doe; issued=2001",
     "b article: title=A b c; author=Roe; issued=2001", SAME_NOT},
    {"a article: title=A b c; issued=2001", "b article: title=A b c; issued=2001",
     SAME_NOT},
    {"a article: title=A b c; author=Doe; issued=2001",
     "b article: title=A b d; author=Doe; issued=2001", SAME_NOT},
    /* what speaks against it */
    {"a article: title=A b c; author=Doe; issued=2001; DOI=10.1000/a",
     "b article: title=A b c; author=Doe; issued=2001; DOI=10.1000/b", SAME_LOOKS},
    {"a article: title=A b c; author=Doe; issued=2001; container-title=Nature; volume=1",
     "b inproceedings: title=A b c; author=Doe; issued=2001; container-title=Talks",
     SAME_LOOKS},
    {"a book: title=A b c; author=Doe; issued=2001; volume=1",
     "b book: title=A b c; author=Doe; issued=2001; volume=2", SAME_LOOKS},
    {"a book: title=A b c; author=Doe; issued=2001; edition=1",
     "b book: title=A b c; author=Doe; issued=2002; edition=2nd", SAME_LOOKS},
    {"a article: title=Editorial; author=Doe; issued=2001",
     "b article: title=Editorial; author=Doe; issued=2001", SAME_LOOKS},
    {"a article: title=Editorial; author=Doe; issued=2001; volume=3; page=1--2",
     "b article: title=Editorial; author=Doe; issued=2001; volume=3; page=1-2",
     SAME_TITLE},
    {"a article: title=A b c; author=Doe; issued=2001; container-title=Nature",
     "b article: title=A b c; author=Doe; issued=2001; container-title=Science",
     SAME_LOOKS},
    /* what does not */
    {"a article: title=A b c; author=Doe; issued=2001; container-title=Phys. Rev. Lett.",
     "b article: title=A b c; author=Doe; issued=2001; "
     "container-title=Physical Review Letters",
     SAME_TITLE},
    {"a article: title=A b c; author=Doe; issued=2001; container-title=PNAS",
     "b article: title=A b c; author=Doe; issued=2001; "
     "container-title=Proceedings of the National Academy of Sciences",
     SAME_TITLE},
    {"a article: title=A b c; author=Doe; issued=2001; page=12--34",
     "b article: title=A b c; author=Doe; issued=2001; page=12–34", SAME_TITLE},
    {"a book: title=A b c; author=Doe; issued=2001; ISBN=0-201-89683-4",
     "b book: title=A b c; author=Doe; issued=2001; ISBN=978-0-201-89683-1", SAME_TITLE},
    {"a book: title=A b c; author=Doe; issued=2001; ISBN=0-201-89683-4",
     "b book: title=A b c; author=Doe; issued=2001; ISBN=0-201-89684-2", SAME_LOOKS},
    /* preprints stay apart, whatever they share */
    {"a article: title=A b c; author=Doe; issued=2017; archive_location=1706.03762",
     "b inproceedings: title=A b c; author=Doe; issued=2018; container-title=Talks",
     SAME_PREPRINT},
    {"a article: title=A b c; author=Doe; issued=2020; container-title=Nature; "
     "archive_location=1706.03762; DOI=10.1038/x",
     "b article: title=A b c; author=Doe; issued=2017; "
     "container-title=arXiv preprint arXiv:1706.03762",
     SAME_PUBLISHED},
    {"a article: title=A b c; author=Doe; issued=2017; DOI=10.1101/2017.01.01.1",
     "b article: title=A b c; author=Doe; issued=2018; container-title=Cell; "
     "DOI=10.1016/c",
     SAME_PREPRINT},
};

static void pairs(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(PAIRS); i++) {
        Arena scratch = {0};
        Record a = {0}, b = {0};
        const char *why;
        record_reset(&a);
        record_reset(&b);
        caught_make(&a, PAIRS[i].a, 1);
        caught_make(&b, PAIRS[i].b, 2);
        Sameness same = same_work(&scratch, &a, &b, &why);
        if (same != PAIRS[i].same || (same == SAME_LOOKS) != (why != NULL)) {
            print_error("%s\n%s\n  wanted %d, got %d (%s)\n", PAIRS[i].a, PAIRS[i].b,
                        (int)PAIRS[i].same, (int)same, why != NULL ? why : "");
            wrong++;
        }
        Prints p = same_prints(&scratch, &a), q = same_prints(&scratch, &b);
        bool meet = (p.doi != 0 && p.doi == q.doi) ||
                    (p.arxiv != 0 && p.arxiv == q.arxiv) ||
                    (p.title != 0 && p.title == q.title);
        if (same != SAME_NOT && !meet) {
            print_error("%s\n%s\n  no hash in common\n", PAIRS[i].a, PAIRS[i].b);
            wrong++;
        }
        record_free(&a);
        record_free(&b);
        arena_free(&scratch);
    }
    assert_int_equal(wrong, 0);
}

typedef struct Case {
    bool merge;
    const char *in[6];
    const char *out, *heard;
} Case;

static const Case CASES[] = {
    {false,
     {"a article: title=A b c; DOI=10.1000/x", "-- text",
      "b article: title=A b c; DOI=10.1000/X", "c article: title=Other",
      "d article: title=A b c; DOI=10.1000/x"},
     "a article: title=A b c; DOI=10.1000/x\n-- text\nb article: title=A b c; "
     "DOI=10.1000/X\n"
     "c article: title=Other\nd article: title=A b c; DOI=10.1000/x\n",
     "duplicate-work "},
    {true,
     {"a article: title=A b c; DOI=10.1000/x; keyword=k", "-- text",
      "b article: title=A b c; DOI=10.1000/X; volume=3; keyword=K; keyword=l",
      "c article: title=Other",
      "d article: title=A b c, too; volume=4; DOI=10.1000/x; page=9"},
     "a article: title=A b c; DOI=10.1000/x; keyword=k; volume=3; keyword=l; page=9\n"
     "-- text\nc article: title=Other\n",
     "merged-record merged-record merge-conflict merge-conflict "},
    /* a preprint is linked, whatever else is merged */
    {true,
     {"a article: title=A b c; author=Doe; issued=2017; archive_location=1706.03762",
      "b article: title=A b c; author=Doe; issued=2018; container-title=Nature",
      "c article: title=A b c; author=Doe; issued=2018; container-title=Nature; "
      "volume=1"},
     "a article: title=A b c; author=Doe; issued=2017; archive_location=1706.03762\n"
     "b article: title=A b c; author=Doe; issued=2018; container-title=Nature; "
     "volume=1\n",
     "preprint-of merged-record "},
    /* b is like both, but they are two works: it goes with the first alone */
    {true,
     {"a article: title=A b c; author=Doe; issued=2001; DOI=10.1000/a",
      "b article: title=A b c; author=Doe; issued=2001",
      "c article: title=A b c; author=Doe; issued=2001; DOI=10.1000/c"},
     "a article: title=A b c; author=Doe; issued=2001; DOI=10.1000/a\n"
     "c article: title=A b c; author=Doe; issued=2001; DOI=10.1000/c\n",
     "similar-work merged-record "},
    {false, {"a misc: note=1", "b misc: note=1"}, "a misc: note=1\nb misc: note=1\n", ""},
};

static void cases(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const Case *c = &CASES[i];
        size_t count = 0;
        while (count < COUNT(c->in) && c->in[count] != NULL)
            count++;
        Caught *caught = caught_open();
        Stage *first = unique_stage_open(&caught->stage, c->merge, 0);
        caught_run(caught, first, c->in, count);
        wrong += str_differs(buf_str(&caught->lines), str_from(c->out), c->in[0]);
        wrong += str_differs(buf_str(&caught->heard), str_from(c->heard), c->in[0]);
        caught_close(caught, first);
    }
    assert_int_equal(wrong, 0);
}

/* One title for thousands: neither slow nor one work; and one work thousands of times. */
static void crowds(void **state)
{
    enum { MANY = 4000 };
    static char lines[MANY][128];
    static const char *all[MANY];
    (void)state;
    for (int same = 0; same < 2; same++) {
        for (size_t i = 0; i < MANY; i++) {
            snprintf(
                lines[i], sizeof lines[i],
                "k%zu article: title=To the Editor; author=Doe; issued=2001; volume=%zu",
                i, same != 0 ? (size_t)1 : i + 1);
            all[i] = lines[i];
        }
        Caught *caught = caught_open();
        Stage *first = unique_stage_open(&caught->stage, true, 1 << 20);
        caught_run(caught, first, all, MANY);
        assert_int_equal(caught->records, same != 0 ? 1 : MANY);
        caught_close(caught, first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs),
        cmocka_unit_test(cases),
        cmocka_unit_test(crowds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
