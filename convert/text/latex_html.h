/* SPDX-License-Identifier: MIT
 * HTML, JATS and MathML that exporters leave in LaTeX: "{\textless}i{\textgreater}",
 * "\&amp;".  For latex_text.c. */
#ifndef CITECONV_TEXT_LATEX_HTML_H
#define CITECONV_TEXT_LATEX_HTML_H

#include "convert/text/rich.h"

/* Decodes character references that end with a semicolon and turns tags into runs where
 * both of a pair stand; those that mean nothing here, and all within <math>, go.  Lone
 * and unknown tags are text, and so is all within TeX's math.  The very same text where
 * there is nothing to do. */
Text latex_html(Arena *arena, Text text);

#endif
