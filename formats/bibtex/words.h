/* SPDX-License-Identifier: MIT
 * The words that names are made of, as TeX: what stands between them, their case, and
 * which of them are particles. */
#ifndef CITECONV_FORMATS_BIBTEX_WORDS_H
#define CITECONV_FORMATS_BIBTEX_WORDS_H

#include "convert/base/str.h"

/* Bytes that mean something in a list of names; SIGN_AND may begin the word "and". */
enum { SIGN_GAP = 1, SIGN_BRACE = 2, SIGN_BACKSLASH = 4, SIGN_AND = 8 };
/* The next byte at or behind `at` that is one of those. */
size_t words_sign(Str s, size_t at, unsigned char signs);

/* The next word at brace depth 0 and *at behind it; commas are no part of it. */
bool words_next(Str s, size_t *at, Str *word);

typedef enum Case { CASE_NONE, CASE_UPPER, CASE_LOWER } Case;
/* The case of the first letter, as von_token_found of bibtex.web has it: braces without a
 * command hide what they hold. */
Case words_case(Str word);

/* Particles by themselves, which some write with a capital ("Von der Leyen, Ursula") or
 * behind the given names ("Beethoven, Ludwig van"). */
bool words_is_particle(Str word);
/* Bytes of an article or elided particle at a word's front: "al-Hassan", "d'Alembert". */
size_t words_particle_front(Str word);
/* Where among given names the particles begin that people put behind them. */
size_t words_given_end(Str given);

#endif
