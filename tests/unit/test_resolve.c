/* SPDX-License-Identifier: MIT
 * Who inherits what from whom, before and behind, and in what order it all comes out. */
#include "tests/unit/caught.h"

#include "convert/pipeline/resolve.h"
#include "formats/tags.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const FieldTag FIELDS[] = {
    {"booktitle", FIELD_CONTAINER_TITLE,
     KINDS_OF(KIND_CHAPTER) | KINDS_OF(KIND_PAPER_CONFERENCE), 0, NULL},
    {"number", FIELD_NUMBER, KINDS_OF(KIND_REPORT), 0, NULL},
    {"number", FIELD_ISSUE, KINDS_ALL, 0, NULL},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};
static const Format FORMAT = {
    .name = "bibtex", .title = "Test", .extensions = "", .fields = FIELDS};

typedef struct Case {
    const char *about;
    const char *in[8];
    const char *out;
    const char *heard;
} Case;

static size_t count_lines(const char *const *lines, size_t most)
{
    size_t count = 0;
    while (count < most && lines[count] != NULL)
        count++;
    return count;
}

static bool differs(const Case *c, size_t memory)
{
    Tags *tags = tags_open(&FORMAT, NULL);
    Caught *caught = caught_open();
    Stage *first = resolve_stage_open(&caught->stage, tags, memory);
    caught_run(caught, first, c->in, count_lines(c->in, COUNT(c->in)));
    bool wrong = str_differs(buf_str(&caught->lines), str_from(c->out), c->about);
    wrong = str_differs(buf_str(&caught->heard), str_from(c->heard), c->about) || wrong;
    caught_close(caught, first);
    tags_close(tags);
    return wrong;
}

static const Case CASES[] = {
    {"nothing to inherit: as it is",
     {"a article: title=A; DOI=1", "-- text", "b misc: title=B"},
     "a article: title=A; DOI=1\n-- text\nb misc: title=B\n",
     NULL},
    {"parent behind",
     {"a inproceedings: title=A; crossref=p",
      "p proceedings: title=P; issued=2001; ISBN=2"},
     "a inproceedings: title=A; issued=2001; ISBN=2; container-title=P\n"
     "p proceedings: title=P; issued=2001; ISBN=2\n",
     NULL},
    {"parent before",
     {"p book: title=P; publisher=V", "a incollection: title=A; crossref=p"},
     "p book: title=P; publisher=V\n"
     "a incollection: title=A; publisher=V; container-title=P\n",
     NULL},
    {"what the child has stays",
     {"a article: title=A; container-title=Own; issued=1999; crossref=p",
      "p periodical: title=P; title-short=S; issued=2001; volume=3"},
     "a article: title=A; container-title=Own; issued=1999; volume=3\n"
     "p periodical: title=P; title-short=S; issued=2001; volume=3\n",
     NULL},
    {"short titles go with titles",
     {"a inbook: title=A; crossref=p", "p book: title=P; title-short=S"},
     "a inbook: title=A; container-title=P; container-title-short=S\n"
     "p book: title=P; title-short=S\n",
     NULL},
    {"BibTeX's own way: the parent has a title for its parts",
     {"a inproceedings: title=A; crossref=p", "p proceedings: title=P; booktitle=Parts"},
     "a inproceedings: title=A; container-title=Parts\n"
     "p proceedings: title=P; booktitle=Parts\n",
     NULL},
    {"the book's author is the part's, too",
     {"a inbook: title=A; crossref=p", "b inbook: title=B; author=Roe; crossref=p",
      "p book: title=P; author=Doe, J."},
     "a inbook: title=A; author=Doe, J.; container-author=Doe, J.; container-title=P\n"
     "b inbook: title=B; author=Roe; container-author=Doe, J.; container-title=P\n"
     "p book: title=P; author=Doe, J.\n",
     NULL},
    {"what says who the parent is stays there",
     {"a incollection: title=A; crossref=p",
      "p collection: title=P; DOI=10/p; page=1-9; abstract=X; ids=q; xref=z; eprint=e; "
      "note=N"},
     "a incollection: title=A; note=N; container-title=P\n"
     "p collection: title=P; DOI=10/p; page=1-9; abstract=X; ids=q; xref=z; eprint=e; "
     "note=N\n",
     NULL},
    {"several keywords",
     {"a incollection: title=A; crossref=p", "b incollection: keyword=own; crossref=p",
      "p collection: keyword=x; keyword=y"},
     "a incollection: title=A; keyword=x; keyword=y\n"
     "b incollection: keyword=own\n"
     "p collection: keyword=x; keyword=y\n",
     NULL},
    {"a line of parents, in any order",
     {"v book: volume=2; title=V; crossref=m", "a inbook: title=A; crossref=v",
      "m mvbook: title=M; publisher=H"},
     "v book: volume=2; volume-title=V; publisher=H; title=M\n"
     "a inbook: title=A; volume=2; volume-title=V; publisher=H; container-title=M\n"
     "m mvbook: title=M; publisher=H\n",
     NULL},
    {"a part of a work in several volumes",
     {"m mvcollection: title=M; number-of-volumes=3",
      "a incollection: title=A; container-title=V; volume=2; crossref=m",
      "b incollection: title=B; volume=3; crossref=m"},
     "m mvcollection: title=M; number-of-volumes=3\n"
     "a incollection: title=A; volume-title=V; volume=2; number-of-volumes=3; "
     "container-title=M\n"
     "b incollection: title=B; volume=3; number-of-volumes=3; container-title=M\n",
     NULL},
    {"xdata goes as it stands, and is no record",
     {"x xdata: publisher=V; publisher-place=Rome; DOI=10/x",
      "a book: title=A; xdata=x , y; publisher=Own",
      "y xdata: language=it; publisher-place=Pisa"},
     "a book: title=A; publisher=Own; publisher-place=Rome; DOI=10/x; language=it\n",
     NULL},
    {"xdata of xdata, and xdata before crossref",
     {"a incollection: title=A; crossref=p; xdata=x", "x xdata: xdata=z; note=X",
      "z xdata: publisher=Z", "p collection: title=P; publisher=P; note=P"},
     "a incollection: title=A; note=X; publisher=Z; container-title=P\n"
     "p collection: title=P; publisher=P; note=P\n",
     NULL},
    {"case: the very key first, else any",
     {"par book: title=Low", "Par book: title=High",
      "a incollection: title=A; crossref=Par", "b incollection: title=B; crossref=PAR"},
     "par book: title=Low\nPar book: title=High\n"
     "a incollection: title=A; container-title=High\n"
     "b incollection: title=B; container-title=Low\n",
     NULL},
    {"a tag means what it means in the child",
     {"a article: title=A; crossref=p", "b techreport: crossref=q",
      "p techreport: title=P; number=7", "q techreport: number=8"},
     "a article: title=A; issue=7; container-title=P\n"
     "b techreport: number=8\n"
     "p techreport: title=P; number=7\nq techreport: number=8\n",
     NULL},
    {"no such parent: said, kept, and nobody else minds",
     {"a inbook: title=A; crossref=gone", "-- text", "b inbook: title=B; crossref=p",
      "p book: title=P"},
     "a inbook: title=A; crossref=gone\n-- text\n"
     "b inbook: title=B; container-title=P\np book: title=P\n",
     "no-parent "},
    {"a circle",
     {"a book: title=A; crossref=b", "b book: note=B; crossref=a", "c book: crossref=c"},
     "a book: title=A; note=B\n"
     "b book: note=B; title=A\nc book: crossref=c\n",
     "parent-circle parent-circle parent-circle "},
    {"xdata for nobody",
     {"x xdata: note=N", "a misc: note=A"},
     "a misc: note=A\n",
     "unused-xdata "},
    {"a link to see, and sets, are left alone",
     {"a book: title=A; xref=p; related=p", "p book: title=P", "s set: entryset=a,p"},
     "a book: title=A; xref=p; related=p\np book: title=P\ns set: entryset=a,p\n",
     NULL},
    {"a part that refers to a part",
     {"b article: title=B; crossref=a", "a article: title=A; container-title=J; page=1"},
     "b article: title=B; container-title=J\na article: title=A; container-title=J; "
     "page=1\n",
     NULL},
    {"no rule for the parent's type",
     {"a inproceedings: title=A; crossref=p", "p misc: title=P; issued=2000"},
     "a inproceedings: title=A; issued=2000; container-title=P\np misc: title=P; "
     "issued=2000\n",
     NULL},
};

static void cases(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        wrong += differs(&CASES[i], 0);
        wrong += differs(&CASES[i], 1000000);
    }
    assert_int_equal(wrong, 0);
}

/* Every level names the next one twice: 2^15 ways through it. */
static void no_explosion(void **state)
{
    (void)state;
    Tags *tags = tags_open(&FORMAT, NULL);
    Caught *caught = caught_open();
    Stage *first = resolve_stage_open(&caught->stage, tags, 0);
    char lines[40][64];
    const char *all[40];
    for (int i = 0; i < 40; i++) {
        snprintf(lines[i], sizeof lines[i], "x%d xdata: xdata=x%d,x%d; note=%d", i, i + 1,
                 i + 1, i);
        all[i] = lines[i];
    }
    strcpy(lines[39], "x39 xdata: publisher=V");
    caught_run(caught, first, all, 40);
    const char *child = "a book: title=A; xdata=x0";
    caught_run(caught, first, &child, 1);
    assert_int_equal(caught->records, 1);
    caught_close(caught, first);
    tags_close(tags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases),
        cmocka_unit_test(no_explosion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
