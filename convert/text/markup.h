/* SPDX-License-Identifier: MIT
 * Markup inside strings: tags that become runs, and character references.
 *
 * CSL's tags are those of CSL-JSON as citeproc-js knows them, to the letter: <i> <b>
 * <sup> <sub> <sc>, <span class="nocase">, <span class="nodecor"> and <span
 * style="font-variant:small-caps;">.
 * What publishers and databases leave in their exports is HTML, JATS and MathML. */
#ifndef CITECONV_TEXT_MARKUP_H
#define CITECONV_TEXT_MARKUP_H

#include "convert/text/rich.h"

enum {
    MARKUP_CSL = 0,        /* CSL's tags and nothing else */
    MARKUP_HTML = 1,       /* HTML's, JATS's and MathML's tags too, however spelled */
    MARKUP_ESCAPED = 2,    /* "&lt;i&gt;" is a tag; "&lt;i>" is not */
    MARKUP_REFERENCES = 4, /* decodes references that end with a semicolon */
    MARKUP_LOOSE = 8,      /* and those that may go without (html_reference) */
    MARKUP_REPEATED = 16,  /* "&amp;amp;" is "&" */
    MARKUP_TEX = 32,       /* there are no tags within "$...$" */
    MARKUP_ONE_LINE = 64   /* paragraphs are set apart by a blank, not by a line */
};

/* Turns pairs of tags into runs where they nest, among each other and with the runs that
 * are there.  Lone and unknown tags are text, and so is all within runs of math.  Tags of
 * HTML that have no run here go; paragraphs are set apart by a blank line; of MathML the
 * characters stay, with indices as such.  The very same text where there is nothing to
 * do; else what it reaches lives in the arena. */
Text markup_read(Arena *arena, Text text, unsigned how);
/* CSL's tags of a mark; MARK_MATH has none, its dollars are part of the text. */
Str markup_open(Mark mark);
Str markup_close(Mark mark);
/* Adds a text with its runs as tags. */
void markup_add(Buf *out, const Text *text);

#endif
