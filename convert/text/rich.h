/* SPDX-License-Identifier: MIT
 * Text with marks: UTF-8 and a flat list of runs over it.
 *
 * No markup stands inside the string.  A MATH run covers TeX source *with* its
 * dollar signs, so that a format without math shows what the author wrote.  Runs are
 * sorted by start; an inner run comes after the outer one that holds it, and runs
 * nest but never cross. */
#ifndef CITECONV_TEXT_RICH_H
#define CITECONV_TEXT_RICH_H

#include "convert/base/arena.h"

typedef enum Mark {
    MARK_ITALIC,
    MARK_BOLD,
    MARK_SUP,
    MARK_SUB,
    MARK_SMALL_CAPS,
    MARK_NOCASE,  /* CSL's nocase: no style recases this */
    MARK_NODECOR, /* CSL's nodecor: nocase, and no italics and the like from around */
    MARK_MATH,    /* TeX, dollar signs included */
    MARK_COUNT
} Mark;

typedef struct Run {
    size_t start, end; /* bytes of text */
    Mark mark;
} Run;

typedef struct Text {
    Str text;
    const Run *runs;
    size_t run_count;
} Text;

/* Text without marks. */
Text text_plain(Str s);
/* Whether it has one of these marks, a bit each, and the text without them. */
bool text_has_marks(const Text *text, unsigned marks);
Text text_without_marks(Arena *arena, const Text *text, unsigned marks);
/* Finds TeX math in scraped text, "$...$": both dollars on one paragraph, the opening
 * one followed and the closing one preceded by something other than space, no digit
 * after the closing one (pandoc's rule: "$20 and $30" is money), braces balanced, no more
 * than 4096 bytes.
 * Text that already carries runs keeps them.  Runs live in the arena. */
Text text_find_math(Arena *arena, Text text);

/* Where the next math at or behind `from` begins, and its end; s.size where none is. */
size_t text_math_at(Str s, size_t from, size_t *end);

/* Walks a text as pieces between marks.  Zero it and set `text`; each step gives a
 * piece of characters with the marks in force, or the opening or closing of a mark. */
typedef enum TextStepKind { TEXT_PIECE, TEXT_OPEN, TEXT_CLOSE, TEXT_END } TextStepKind;
typedef struct TextStep {
    TextStepKind kind;
    Mark mark; /* of OPEN and CLOSE */
    Str piece; /* of PIECE; of OPEN with MARK_MATH: all that the run covers */
} TextStep;
enum { TEXT_DEPTH = 16 }; /* runs nested deeper are not opened */
typedef struct TextWalk {
    const Text *text;
    size_t at, next_run, depth;
    size_t open[TEXT_DEPTH]; /* runs that are open, outermost first */
} TextWalk;
TextStep text_step(TextWalk *walk);
/* Right after an OPEN: passes over all that the run covers, and its CLOSE. */
void text_skip(TextWalk *walk);

#endif
