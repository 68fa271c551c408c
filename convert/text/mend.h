/* SPDX-License-Identifier: MIT
 * How repairs are made: rules look at a place of the input and cut or insert there.
 * Private to the files repair*.c. */
#ifndef CITECONV_TEXT_MEND_H
#define CITECONV_TEXT_MEND_H

#include "convert/text/repair.h"

typedef struct Mend {
    Str in;
    Buf out;
    size_t done; /* bytes of `in` that are in `out`, or cut */
    size_t
        glue; /* where the last cut was: what stands there follows a '.', not a blank */
    RepairTold *told;
    void *context;
    size_t made; /* repairs that changed something */
    /* The repair being made. */
    bool changes;
    const char *rule;
    size_t in_start, out_start; /* where it begins, with the word it is in */
} Mend;

/* A rule: tries at byte `at`; gives the byte to go on from, or 0 where it does not
 * apply. */
size_t mend_decimal(Mend *m, size_t at);
size_t mend_thousands(Mend *m, size_t at);
size_t mend_ratio(Mend *m, size_t at);
size_t mend_url(Mend *m, size_t at);
size_t mend_suffix(Mend *m, size_t at);
size_t mend_arxiv(Mend *m, size_t at);
size_t mend_paper(Mend *m, size_t at);

/* The text without the buttons of a page at its end; empty where it only says that there
 * is none. */
Str mend_page(Str s);

/* Mends the numbers of math, "$" to "$"; gives its end. */
size_t mend_math(Mend *m, size_t at, size_t end);

/* Brackets the cuts and insertions of one repair, in order of place. */
void mend_begin(Mend *m, const char *rule, size_t at);
void mend_cut(Mend *m, size_t from, size_t to);
void mend_insert(Mend *m, size_t at, Str what);
size_t mend_end(Mend *m, size_t at);

/* The byte at `at`, or 0 beyond either end. */
char mend_byte(const Mend *m, size_t at);
/* The word (letters, and bytes of other scripts) that ends right before `end`, and the
 * one that begins at `at`; empty where there is none. */
Str mend_word_before(const Mend *m, size_t end);
Str mend_word_at(const Mend *m, size_t at);
/* Whether a word is in a list of words apart by spaces; ASCII case counts, or not. */
bool mend_listed(Str word, const char *list);
bool mend_listed_nocase(Str word, const char *list);

#endif
