/* SPDX-License-Identifier: MIT
 * What stands around a separator, and whether it reads as a sentence.
 * Private to the files repair*.c. */
#ifndef CITECONV_TEXT_MEND_LOOK_H
#define CITECONV_TEXT_MEND_LOOK_H

#include "convert/text/mend.h"

/* The digits around a separator and what is beyond them. */
typedef struct Pair {
    Str left, right; /* digits */
    size_t start;    /* where the left digits begin */
    size_t end;      /* where the right digits end */
    char before;     /* the byte before the left number; 0 at the start */
    char sign;       /* the byte before a blank before the left number; or 0 */
    bool grouped;    /* the left digits are the last of "1,234" */
    char after;      /* the byte behind the right digits; 0 at the end */
    Str word;        /* the word before a blank before the left number */
} Pair;

/* What follows a number, up to the end of its clause. */
enum { AHEAD_MOST = 10 };
typedef struct Ahead {
    Str words[AHEAD_MOST];
    size_t count;
    char stop; /* what ended the clause; 0 the text, ' ' if there was no end in sight */
} Ahead;

bool look_pair(const Mend *m, size_t at, Pair *p);
/* The word before the word before: "ratio" of "a ratio of 1". */
Str look_word_before_word(const Mend *m, const Pair *p);
bool look_is_year(Str digits);
size_t look_value_of(Str digits);
/* "96. 3" of "CIFAR-10. 96. 3": a number and a period stand before it. */
bool look_is_amid_numbers(const Mend *m, const Pair *p);
/* "two steps: 1. 2. 3." counts; so does its 2, behind a 1. */
bool look_is_enumeration(const Mend *m, const Pair *p);
/* "1) a gain of 2. 2) a loss": no bracket is open, so this one counts. */
bool look_bracket_is_open(const Mend *m, size_t at);
/* Whether a quote that closes follows a blank: prose has none with a blank before it. */
bool look_quote_closes(const Mend *m, size_t blank);
void look_read_ahead(const Mend *m, size_t at, Ahead *a);
Str look_ahead_word(const Ahead *a, size_t i);
bool look_is_plural(Str word);
/* "rated" behind "10 judges" is a verb; in "10 rated images" it is none. */
bool look_is_verb(const Ahead *a, size_t i);
/* Whether a number and what follows it are a sentence: "20 readers bought it". */
bool look_is_sentence(const Ahead *a);

/* Whether a name before the number has versions; *known: this very one. */
bool look_has_version(const Mend *m, const Pair *p, bool *known);
/* The end of a version that goes on: "1. 2. 3". */
size_t look_version_end(const Mend *m, const Pair *p);

#endif
