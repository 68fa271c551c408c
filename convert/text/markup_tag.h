/* SPDX-License-Identifier: MIT
 * Tags of CSL, HTML, JATS and MathML, one at a time.  For markup.c. */
#ifndef CITECONV_TEXT_MARKUP_TAG_H
#define CITECONV_TEXT_MARKUP_TAG_H

#include "convert/text/rich.h"

typedef enum TagKind {
    TAG_NONE, /* not ours */
    TAG_MARK,
    TAG_SPAN,
    TAG_BLOCK, /* a paragraph or the like */
    TAG_BREAK,
    TAG_GONE, /* of no meaning here */
    TAG_MATH
} TagKind;

typedef struct Tag {
    size_t size;  /* bytes, brackets included */
    size_t which; /* tags of the same element have the same */
    TagKind kind;
    Mark mark; /* what it opens; MARK_COUNT where that is nothing */
    bool closes, empty;
    Str name; /* without the prefix of its namespace */
} Tag;

/* Reads the tag at the front, where a "<" or an "&" is; `how` is markup.h's.  False where
 * none is; with MARKUP_HTML any element is a tag, else only CSL's. */
bool markup_tag(Str s, unsigned how, Tag *tag);

#endif
