/* SPDX-License-Identifier: MIT
 * Text with marks while it is being made: blanks collapse, marks hug what they cover, and
 * those that cover nothing vanish.  For latex_text.c and its parts. */
#ifndef CITECONV_TEXT_LATEX_OUT_H
#define CITECONV_TEXT_LATEX_OUT_H

#include "convert/text/rich.h"

#include <stdint.h>

typedef enum LatexCase { CASE_KEPT, CASE_UPPER, CASE_LOWER } LatexCase;

/* Zero it and set `arena`, where the runs live; the text is latex_out_text's to give. */
typedef struct LatexOut {
    Arena *arena;
    Buf text;
    Run *runs;
    size_t run_count, run_capacity;
    size_t open[TEXT_DEPTH], depth; /* runs that are open, outermost first */
    size_t waiting;                 /* of these, the inner ones that cover nothing yet */
    bool blank, line, paragraph;    /* owed before the next character */
    bool dropped;                   /* some run was */
    LatexCase recase;
} LatexOut;

/* Characters; none begins with a blank that should collapse. */
void latex_out_add(LatexOut *out, Str s);
void latex_out_character(LatexOut *out, uint32_t c);
/* Writes the blank that is owed and settles where open runs start. */
void latex_out_settle(LatexOut *out);
void latex_out_blank(LatexOut *out);
void latex_out_line(LatexOut *out);
void latex_out_paragraph(LatexOut *out);
/* Opens a run, unless TEXT_DEPTH are open. */
void latex_out_open(LatexOut *out, Mark mark);
/* Closes runs until `depth` are open. */
void latex_out_close(LatexOut *out, size_t depth);
/* Whether a run of that mark is open: an odd number of them, since italics within
 * italics are upright. */
bool latex_out_within(const LatexOut *out, Mark mark);
/* Takes out a run, but not what it covers. */
void latex_out_drop(LatexOut *out, size_t run);
/* Sets combining marks on the first character at or behind `start`; `alone` is added
 * where there is none. */
void latex_out_accent(LatexOut *out, size_t start, Str marks, Str alone);
/* The text, in the arena; `out` is spent. */
Text latex_out_text(LatexOut *out);

#endif
