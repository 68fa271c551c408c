/* SPDX-License-Identifier: MIT
 * Doors: the ways by which bytes of others come into the program, one a fuzz target.
 *
 * Beside what sanitizers and assertions see, a door calls abort where a promise is broken
 * (expect). */
#ifndef CITECONV_TESTS_FUZZ_H
#define CITECONV_TESTS_FUZZ_H

#include "convert/base/str.h"
#include "convert/pipeline/convert.h"
#include "formats/registry.h"

/* Bytes that come in, without those that choose. */
typedef void Enter(Str s);
Enter door_arrow, door_bibtex, door_ris, door_csl_json, door_fingerprints, door_xml,
    door_tagged, door_any, door_again, door_merge;
Enter door_select, door_key, door_aux, door_bcf, door_map, door_venues, door_options,
    door_library;
Enter door_latex, door_markup, door_date, door_diff, door_charset, door_style, door_cite;

/* Ends the process where it is false; `what` says which promise is broken. */
void expect(bool holds, const char *what);
/* The same bytes with a NUL behind them; free them. */
char *as_argument(Str s);
/* A file of these bytes that can be opened by the name; close it. */
enum { NAME_ROOM = 64 };
int give_file(Str bytes, char name[NAME_ROOM]);
/* The same bytes, of which each read gives a few only; `seed` says how many. */
int give_pieces(Str bytes, unsigned seed, char name[NAME_ROOM]);

typedef struct Choice {
    const Format *from; /* NULL: by content */
    const Format *to;   /* NULL: only checks */
    const char *from_charset, *to_charset;
    Options opt;
    Plan plan;
    const char *select, *drop, *keep; /* what the plan's words point to */
    bool report;
    bool halves;     /* two files: what is before the first NUL, and the rest */
    unsigned pieces; /* not 0: reads are short; see give_pieces */
    size_t threads;
    Stage *(*into)(void *context); /* makes what takes the records; NULL: a writer */
    void *context;
    const Side *base, *theirs;
} Choice;

/* What a conversion gave. */
typedef struct Made {
    Buf written, said;      /* all messages, one a line */
    uint64_t said_unsorted; /* the same, whatever their order */
    size_t records, skipped;
} Made;

/* UTF-8 that is none, where it should be, is a failure. */
void convert(Str input, const Choice *choice, Made *made);
void made_free(Made *made);
/* What a byte chooses among the formats that have such a role. */
const Format *choose(unsigned char byte, Role role);
/* Bits of the two bytes, each with a meaning of its own. */
void choose_stages(Choice *choice, unsigned char a, unsigned char b);
/* Passes three entries of BibTeX, in which everything is, through a plan. */
void filter(const Plan *plan);
/* Fails unless it is JSON: one value, or one a line. */
void expect_json(Str written, bool lines);

/* The built-in ones, and what the command knows beside. */
const VenueTable *the_venues(void);
/* The answers of the helper of the long tail, NULs between; none: it makes them up from
 * the question (helper.c). */
void answer_with(Str answers);

#endif
