/* SPDX-License-Identifier: MIT
 * LaTeX that a scraper left in prose: "we \emph{prove} G\"odel's ``theorem''". */
#ifndef CITECONV_TEXT_LATEX_FOUND_H
#define CITECONV_TEXT_LATEX_FOUND_H

#include "convert/text/repair.h"
#include "convert/text/rich.h"

/* Reads what is LaTeX beyond doubt as latex_text does: fonts with their argument, accents
 * on letters, a few signs, quotes in pairs.  All else is prose and stays, a lone brace or
 * tilde as much as a command that nobody knows.  Math ("$...$") is not touched.  Each
 * piece is told as the repair "latex"; `told` may be NULL.  `s` itself without marks
 * where there is nothing; else it lives in the arena.  Linear time. */
Text latex_found(Arena *arena, Str s, RepairTold *told, void *context);
/* "\$5" is "$5", once it is known what is math: not within its runs.  `text` itself where
 * there is none. */
Text latex_found_dollars(Arena *arena, Text text);

#endif
