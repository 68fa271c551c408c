/* SPDX-License-Identifier: MIT
 * Characters as LaTeX spells them.  Base LaTeX with T1 and textcomp (fntguide, encguide);
 * commands of other packages are not used.  The table latex.inc is made by mk_latex.py.
 */
#ifndef CITECONV_TEXT_LATEX_H
#define CITECONV_TEXT_LATEX_H

#include "convert/base/str.h"

#include <stdint.h>

/* Appends the command for a character above U+007F in running text, closed so that what
 * follows cannot be swallowed: {\'e}, {\L}, {\H o}, {\~{\^e}}, $\alpha$, --,
 * {\textemdash}.  Combining marks are not handled here: normalise first.  False, and
 * nothing written, where LaTeX has no command for it (Chinese, say). */
bool latex_command(Buf *out, uint32_t character);
/* The same inside math, without dollar signs: \alpha, \leq; false where there is none. */
bool latex_math_command(Buf *out, uint32_t character);
/* True where pdfLaTeX as shipped (utf8 input, T1 and TS1 fonts) typesets the character
 * itself. */
bool latex_typesets(uint32_t character);

#endif
