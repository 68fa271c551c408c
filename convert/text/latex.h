/* SPDX-License-Identifier: MIT
 * Characters as LaTeX spells them: base LaTeX with T1 and TS1 fonts (fntguide,
 * encguide), no other package; and the commands that formats/bibtex/preamble.c defines.
 * The table latex.inc is made by mk_latex.py. */
#ifndef CITECONV_TEXT_LATEX_H
#define CITECONV_TEXT_LATEX_H

#include "convert/base/str.h"

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

#endif
