/* SPDX-License-Identifier: MIT
 * The few tags that CSL-JSON allows in text, as citeproc-js has them: <i> <b> <sup> <sub>
 * <sc>, <span style="font-variant:small-caps;">, <span class="nocase"> and <span
 * class="nodecor">.
 *
 * Tags without their partner, and all others, are text; so are character references,
 * which CSL-JSON does not know. */
#ifndef CITECONV_TEXT_MARKUP_H
#define CITECONV_TEXT_MARKUP_H

#include "convert/text/rich.h"

/* `s` itself where it holds no tags; else lives in the arena. */
Text markup_read(Arena *arena, Str s);
/* The tags of a mark; MARK_MATH has none, its dollars are part of the text. */
Str markup_open(Mark mark);
Str markup_close(Mark mark);

#endif
