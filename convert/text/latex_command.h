/* SPDX-License-Identifier: MIT
 * What the commands of LaTeX do to text, and what others stand for.  For latex_text.c and
 * its parts. */
#ifndef CITECONV_TEXT_LATEX_COMMAND_H
#define CITECONV_TEXT_LATEX_COMMAND_H

#include "convert/text/rich.h"

#include <stdint.h>

typedef enum LatexDeed {
    LATEX_ACCENT,     /* `text` is marks, then the accent alone; on its argument */
    LATEX_MARK,       /* its argument gets `mark` */
    LATEX_EMPHASIS,   /* italics, and upright within italics */
    LATEX_SWITCH,     /* `mark` until the group ends */
    LATEX_SWITCH_OLD, /* the same, and ends others of this group: \it */
    LATEX_SWITCH_EM,
    LATEX_SWITCH_UP, /* ends those of this group */
    LATEX_UPRIGHT,
    LATEX_ARGUMENT, /* its argument is text */
    LATEX_NOTHING,
    LATEX_DROP,   /* with `count` arguments */
    LATEX_FIRST,  /* of two arguments, the first is text */
    LATEX_SECOND, /* of two arguments, the second is text */
    LATEX_THIRD,
    LATEX_QUOTE,
    LATEX_AROUND,   /* `text` is what goes before and after its argument, one byte each */
    LATEX_FOOTNOTE, /* the same, apart from what it hangs on */
    LATEX_VERBATIM,
    LATEX_VERB, /* between two bytes that are the same */
    LATEX_HREF,
    LATEX_BLANK,
    LATEX_LINE, /* the end of one, where lines matter; else a blank */
    LATEX_PARAGRAPH,
    LATEX_DIMENSION, /* a number and a unit follow */
    LATEX_SKIP,      /* the same, and it is a space */
    LATEX_SPACE,     /* the same, in braces */
    LATEX_UPPER,
    LATEX_LOWER,
    LATEX_PROTECT, /* no style recases its argument */
    LATEX_LOGO,    /* `text`, which no style recases */
    LATEX_STRING,  /* `text` is another word for its argument */
    LATEX_ENSURE,  /* its argument is math */
    LATEX_NUMBER,  /* its argument is a character's number */
    LATEX_CHAR,    /* a character's number follows */
    LATEX_WITH,    /* its argument belongs to its name: \mathbb{R} */
    LATEX_LITERALLY
} LatexDeed;

typedef struct LatexCommand {
    const char *name;
    unsigned char deed, mark, count;
    const char *text;
} LatexCommand;

/* NULL where no such command does anything; `name` comes without its backslash. */
const LatexCommand *latex_deed(Str name);
/* Characters that a command stands for: "alpha", "mathbb{R}"; false where there are none.
 */
bool latex_symbol(Str name, Str *characters);
/* The number at the front, as TeX has them: 127, '177, "7F, `\A; *s goes on behind it. */
uint32_t latex_number(Str *s);
/* The character with that number in a T1 font, or in Unicode from 256 on. */
uint32_t latex_font_character(uint32_t number);
/* What biblatex prints for \bibstring{...}; the key itself where it is not known. */
Str latex_string(Str key);

#endif
