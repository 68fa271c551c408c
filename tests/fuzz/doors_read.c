/* SPDX-License-Identifier: MIT
 * Doors of the readers: from each, to every writer.
 *
 * The first bytes choose: reader, where there are several, then writer, options, two of
 * stages, and how the input comes. */
#include "convert/pipeline/threeway.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const OptionValue VALUES[] = {
    {"arrow", "venues", "verbatim"}, {"bibtex", "braces", "titles"},
    {"bibtex", "for", "zotero"},     {"biblatex", "braces", "titles"},
    {"csl-json", "for", "zotero"},   {"csl-json", "math", "tex"},
    {"html", "fragment", "yes"},     {"html", "title", "<b>"},
};
enum { VALUE_COUNT = sizeof VALUES / sizeof VALUES[0], CHOICES = 5 };

static bool is_json(const Format *to, bool *lines)
{
    *lines = to != NULL && str_equal(str_from(to->name), STR("csl-jsonl"));
    return *lines || (to != NULL && str_equal(str_from(to->name), STR("csl-json")));
}

/* Neither short reads nor threads change a byte of what is written or said; but a Source
 * says what is wrong with bytes when it reads them, which may be sooner or later. */
static void expect_same(Str input, Choice choice, const Made *made, unsigned how)
{
    Made other = {0};
    choice.pieces = (how & 3) == 2 ? 0 : how + 1;
    choice.threads = (how & 3) == 1 ? 1 : 2;
    convert(input, &choice, &other);
    bool same =
        str_equal(buf_str(&made->written), buf_str(&other.written)) &&
        made->said_unsorted == other.said_unsorted &&
        (choice.pieces != 0 || str_equal(buf_str(&made->said), buf_str(&other.said)));
    if (!same)
        fprintf(stderr, "whole:\n%.*s\n%.*s\n%zu threads, in pieces:\n%.*s\n%.*s\n",
                STR_ARG(buf_str(&made->written)), STR_ARG(buf_str(&made->said)),
                choice.threads, STR_ARG(buf_str(&other.written)),
                STR_ARG(buf_str(&other.said)));
    expect(same, "threads and short reads change nothing");
    made_free(&other);
}

static void read_as(Str s, const Format *from)
{
    static const char *const CHARSETS[] = {NULL, "ascii", "latin1//TRANSLIT", "UTF-16"};
    if (s.size < CHOICES)
        return;
    const unsigned char *c = (const unsigned char *)s.data;
    Choice choice = {.from = from,
                     .to = c[0] == 255 ? NULL : choose(c[0], ROLE_WRITER),
                     .to_charset = CHARSETS[c[1] >> 2 & 3],
                     .opt = {.repair = (c[1] & 1) == 0,
                             .carry = (c[1] & 2) != 0,
                             .width = (c[1] & 32) != 0 ? 40 : 0,
                             .terminal = (c[1] & 64) != 0,
                             .values = VALUES,
                             .value_count = (c[1] & 16) != 0 ? VALUE_COUNT : 0},
                     .halves = (c[4] & 8) != 0,
                     .report = (c[3] & 16) != 0};
    bool lines;
    Made made = {0};
    Str input = str_after(s, CHOICES);
    choose_stages(&choice, c[2], c[3]);
    convert(input, &choice, &made);
    if ((c[4] & 3) != 0)
        expect_same(input, choice, &made, c[4]);
    if (choice.to_charset == NULL && is_json(choice.to, &lines))
        expect_json(buf_str(&made.written), lines);
    made_free(&made);
}

static void read_one_of(Str s, const char *const *names, size_t count)
{
    if (s.size > 0)
        read_as(str_after(s, 1),
                registry_find(str_from(names[(unsigned char)s.data[0] % count]),
                              ROLE_READER));
}

void door_arrow(Str s)
{
    read_as(s, registry_find(STR("arrow"), ROLE_READER));
}

void door_bibtex(Str s)
{
    static const char *const NAMES[] = {"bibtex", "biblatex"};
    read_one_of(s, NAMES, 2);
}

void door_ris(Str s)
{
    read_as(s, registry_find(STR("ris"), ROLE_READER));
}

void door_csl_json(Str s)
{
    static const char *const NAMES[] = {"csl-json", "csl-jsonl"};
    read_one_of(s, NAMES, 2);
}

void door_fingerprints(Str s)
{
    read_as(s, registry_find(STR("fingerprints"), ROLE_READER));
}

void door_any(Str s)
{
    read_as(s, NULL);
}

/* The long tail, with answers of the helper behind a NUL. */
static void read_tail(Str s, const char *const *names, size_t count)
{
    size_t cut = CHOICES + 1 + str_find_byte(str_after(s, CHOICES + 1), '\0');
    answer_with(str_after(s, cut + 1));
    read_one_of(str_slice(s, 0, cut), names, count);
}

void door_xml(Str s)
{
    static const char *const NAMES[] = {"mods", "endnote-xml", "medline", "ebi", "word"};
    read_tail(s, NAMES, sizeof NAMES / sizeof NAMES[0]);
}

void door_tagged(Str s)
{
    static const char *const NAMES[] = {"endnote", "isi", "nbib", "copac"};
    read_tail(s, NAMES, sizeof NAMES / sizeof NAMES[0]);
}

/* What was written is whole: it is read again without loss of a record, and writing that
 * gives the same once more.  The latter is held of what is broken beyond repair only
 * where a long run asks for it. */
void door_again(Str s)
{
    static const char *const NAMES[] = {"bibtex", "biblatex", "ris", "csl-json",
                                        "csl-jsonl"};
    if (s.size < 2)
        return;
    Made made[3];
    memset(made, 0, sizeof made);
    Str into = str_from(NAMES[(unsigned char)s.data[0] % 5]);
    Choice choice = {.to = registry_find(into, ROLE_WRITER),
                     .from = s.data[1] == 'x'
                                 ? choose((unsigned char)s.data[0], ROLE_READER)
                                 : registry_find(into, ROLE_READER)};
    choice.opt.carry = choice.to->carries;
    answer_with(STR_EMPTY);
    convert(str_after(s, 2), &choice, &made[0]);
    choice.from = registry_find(into, ROLE_READER);
    convert(buf_str(&made[0].written), &choice, &made[1]);
    if (made[1].skipped != 0 || made[1].records != made[0].records)
        fprintf(stderr, "%zu records:\n%.*s\n%zu records, %zu skipped:\n%.*s\n%.*s\n",
                made[0].records, STR_ARG(buf_str(&made[0].written)), made[1].records,
                made[1].skipped, STR_ARG(buf_str(&made[1].written)),
                STR_ARG(buf_str(&made[1].said)));
    expect(made[1].skipped == 0, "what was written is read again");
    expect(made[1].records == made[0].records, "all that was written is read again");
    convert(buf_str(&made[1].written), &choice, &made[2]);
    if (getenv("CITECONV_FUZZ_FIXED_POINT") != NULL) {
        bool same = str_equal(buf_str(&made[1].written), buf_str(&made[2].written));
        if (!same)
            fprintf(stderr, "once:\n%.*s\ntwice:\n%.*s\n",
                    STR_ARG(buf_str(&made[1].written)),
                    STR_ARG(buf_str(&made[2].written)));
        expect(same, "what was written is written the same again");
    }
    for (size_t i = 0; i < 3; i++)
        made_free(&made[i]);
}

static Stage *open_side(void *context)
{
    return side_stage_open(context);
}

/* Three files, NULs between them. */
void door_merge(Str s)
{
    size_t first = str_find_byte(s, '\0');
    Str base = str_slice(s, 0, first), ours = str_after(s, first + 1), theirs = STR_EMPTY;
    if (str_split(&ours, '\0', &theirs) && ours.data == NULL)
        ours = STR_EMPTY;
    Side *sides[] = {side_open(), side_open()};
    const Format *bibtex = registry_find(STR("bibtex"), ROLE_READER);
    Made made = {0};
    convert(base, &(Choice){.from = bibtex, .into = open_side, .context = sides[0]},
            &made);
    convert(theirs, &(Choice){.from = bibtex, .into = open_side, .context = sides[1]},
            &made);
    convert(ours,
            &(Choice){.from = bibtex, .to = bibtex, .base = sides[0], .theirs = sides[1]},
            &made);
    made_free(&made);
    for (size_t i = 0; i < 2; i++)
        side_close(sides[i]);
}
