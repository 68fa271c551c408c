/* SPDX-License-Identifier: MIT
 * Math in bibliographies: what characters and marks say exactly becomes those.  For
 * latex_text.c. */
#ifndef CITECONV_TEXT_LATEX_MATH_H
#define CITECONV_TEXT_LATEX_MATH_H

#include "convert/text/latex_out.h"

/* End of the math that the dollar at `start` opens, behind its closing dollar or dollars,
 * and its content; 0 where it is money or opens nothing.  Takes what it looks at off
 * `budget`, and gives up where that is spent. */
size_t latex_math_end(Str tex, size_t start, Str *content, size_t *budget);
/* Adds math without its delimiters: as characters and runs, else as "$...$" under
 * MARK_MATH. */
void latex_math_add(LatexOut *out, Str content);

#endif
