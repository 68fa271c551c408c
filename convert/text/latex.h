/* SPDX-License-Identifier: MIT
 * LaTeX both ways.  Characters as LaTeX spells them: base LaTeX with T1 and TS1 fonts
 * (fntguide, encguide), no other package; and the commands that formats/bibtex/preamble.c
 * defines. The table latex.inc is made by mk_latex.py. */
#ifndef CITECONV_TEXT_LATEX_H
#define CITECONV_TEXT_LATEX_H

#include "convert/text/rich.h"

#include <stdint.h>

typedef enum LatexMode { LATEX_NONE, LATEX_TEXT, LATEX_MATH } LatexMode;

/* How a character above U+007F is spelled, and where: for text closed, so that what
 * follows cannot be swallowed ({\'e}, {\L}, {\H o}, {\texthorn{o}}, --); for math without
 * dollar signs (\alpha).  LATEX_NONE where there is no command (Chinese, say).
 * *command lives as long as the program. */
LatexMode latex_command(uint32_t character, Str *command);
/* True where pdfLaTeX as shipped (utf8 input, T1 and TS1 fonts) typesets the character
 * itself. */
bool latex_typesets(uint32_t character);

/* LaTeX as people write it in bibliographies, to text with marks.  What is told is
 * something the text could not keep; it dies when the function returns. */
typedef enum LatexTrouble {
    LATEX_UNKNOWN,    /* a command that nobody knows: kept as it was written */
    LATEX_UNBALANCED, /* a brace without its other: left out */
    LATEX_ADDRESS     /* where a link leads, which is not its text: left out */
} LatexTrouble;
typedef struct LatexTold {
    LatexTrouble trouble;
    size_t at; /* byte of the source where it stands */
    Str what;  /* "\foo", "{", "https://..." */
} LatexTold;
typedef void LatexTeller(void *context, const LatexTold *told);
typedef enum LatexBraces {
    LATEX_PLAIN, /* braces only group */
    LATEX_LINES, /* the same, and "\\" ends a line, which else is a blank: notes */
    LATEX_NOCASE /* braces that protect from recasing become MARK_NOCASE: titles */
} LatexBraces;
/* Reads `tex` without its outer delimiters; "%" is a plain sign.
 *
 * White space collapses to single blanks, none at the ends; blank lines and \par stay as
 * "\n\n".  Accents compose (normal form C).  "~" is U+00A0, "\," U+202F, "\-" U+00AD;
 * -- --- `` '' `x' ?` !` ,,x <<x>> are what T1 prints, but an apostrophe stays "'": so
 * both "'" and U+2019 are read back as they were.  \href keeps its text, \noopsort
 * nothing. Braces around an argument or right behind a font switch only group.
 *
 * Math is characters and runs where these say all: numbers, signs, Greek, upright words,
 * scripts.  Latin variables are not ("$N$" is no italic N): such math stays TeX under
 * MARK_MATH, between single dollars whatever it stood between.  Money is no math.
 *
 * References and paired tags of HTML, JATS and MathML are taken for what they mean.
 *
 * `teller` may be NULL; it hears of each trouble once, of no more than 32.  The very same
 * `tex` where there is nothing to do; else it lives in the arena.  No recursion, linear
 * time, never fails. */
Text latex_text(Arena *arena, Str tex, LatexBraces braces, LatexTeller *teller,
                void *context);
/* Whether `tex` says no more than its letters, so that it is its own text. */
bool latex_is_plain(Str tex);

#endif
