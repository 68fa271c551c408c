/* SPDX-License-Identifier: MIT
 * The language of --select: which records are meant.
 *
 *     type == article-journal and year in 2010..2015 and not (has doi or author ~ "li")
 *
 * A test is a field alone or with "has" (it is there), or a field, an operator and a
 * value: == (=, is) and !=, < <= > >=, ~ (contains) and !~, "like" with * and ?, "in" and
 * "not in" with a list (a, b) of values and ranges LOW..HIGH.  Tests are joined by "not",
 * "and", "or" and brackets, tightest first.  Values are words, or texts in "..." or '...'
 * with \ before a quote.
 *
 * Fields go by word.h; "type" is the kind of work, in CSL's word or the source's, "key"
 * the key and its aliases, "year" the year of issue, "any" each of them all.  Texts are
 * compared without case and accents, keys by == to the letter, numbers as numbers, dates
 * as far as the value says ("2020-05").  A test holds if one of several values (authors,
 * keywords) fits it; one with "!" or "not" if none does, thus also where there is none.
 */
#ifndef CITECONV_PIPELINE_EXPR_H
#define CITECONV_PIPELINE_EXPR_H

#include "convert/record/record.h"

typedef struct Expr Expr;

/* NULL where it makes no sense: *wrong then says what was expected (static) at *column
 * (bytes, from 1).  `text` outlives the Expr. */
Expr *expr_open(Str text, const char **wrong, size_t *column);
void expr_close(Expr *expr);
/* Remembers which fields it has met. */
bool expr_fits(Expr *expr, const Record *rec);
/* The next name, from *at = 0 on, that is no word of ours and that no record so far had
 * as a tag: likely misspelled.  False where none is left. */
bool expr_next_unmet(const Expr *expr, size_t *at, Str *name);

#endif
