/* SPDX-License-Identifier: MIT
 * What a record of the BibTeX family gets from another one that it refers to, by the
 * default setup of biblatex (manual, appendix B, "Default Inheritance Setup").
 *
 * Nothing that the child has is overwritten.  Unlike biblatex, what names or describes
 * the parent as a work of its own stays there: identifiers, abstract, pages, length. */
#ifndef CITECONV_PIPELINE_INHERIT_H
#define CITECONV_PIPELINE_INHERIT_H

#include "convert/record/record.h"

struct Tags; /* formats/tags.h: of the format that both were read from */

/* Adds to the child what it lacks; returns how many fields that were.  From an entry of
 * the type xdata it gets all as it stands. */
size_t inherit(Record *child, const Record *parent, const struct Tags *tags);
/* True where the type says nothing else but that others inherit from it. */
bool inherit_is_xdata(const Record *rec);
/* True where the type is one that holds others, or an unknown one. */
bool inherit_is_holder(const Record *rec);
/* False for what no child ever gets. */
bool inherit_may_pass(const Field *field);
/* The keys that a record refers to, one after the other: those of xdata first.  Zero
 * *cursor for the first; false after the last. */
typedef struct InheritCursor {
    bool crossref; /* xdata are done */
    size_t field;
    Str rest;
} InheritCursor;
bool inherit_next_key(const Record *rec, InheritCursor *cursor, Str *key, Place *place);
/* Whether there is any. */
bool inherit_has_key(const Record *rec);

#endif
