/* SPDX-License-Identifier: MIT
 * CSL's markup inside strings: <i> <b> <sup> <sub> <sc>, <span class="nocase"> and
 * <span style="font-variant:small-caps;">, as CSL-JSON has it. */
#ifndef CITECONV_TEXT_MARKUP_H
#define CITECONV_TEXT_MARKUP_H

#include "convert/text/rich.h"

/* Pairs of tags that nest become runs; lone tags and all others stay as they are.  The
 * very same `s` and no runs where there is nothing to do. */
Text markup_text(Arena *arena, Str s);
/* Adds a text with its runs as tags; MARK_MATH has none. */
void markup_add(Buf *out, const Text *text);

#endif
