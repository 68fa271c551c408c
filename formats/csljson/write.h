/* SPDX-License-Identifier: MIT
 * Inside the writer of CSL-JSON: the record in hand and the bytes it becomes. */
#ifndef CITECONV_FORMATS_CSLJSON_WRITE_H
#define CITECONV_FORMATS_CSLJSON_WRITE_H

#include "formats/csljson/csljson.h"
#include "formats/csljson/emit.h"

/* One record as it is written. */
typedef struct Out {
    Write *w;
    View *v;
    const Record *rec;
    Emit *e;
    bool zotero;  /* as Zotero's import takes it */
    bool foreign; /* type and tags are another format's words */
    /* From a field's id to its places in the record, counted from 1: the first, and from
     * each the next of that id. */
    const size_t *first, *next;
    Arena *scratch; /* emptied after each record */
} Out;

/* The property that a variable is written as. */
Str out_property(const Out *out, FieldId id);
/* The value of a field, as its property has it; `more` is an object or array in JSON with
 * what the reader found beyond CSL's words, or empty. */
void out_value(Out *out, const Field *field, Str more);
/* What another FIELD_OTHER of that name, which is JSON, adds to a variable: its place,
 * counted from 1, or 0. */
size_t out_more(const Out *out, const Field *field);
/* The object "custom", where there is need of one. */
void custom_write(Out *out);
/* The property "note" as Zotero takes it: the note, and lines of what else would be lost
 * there.  Takes all fields that are left. */
void zotero_note(Out *out);
/* The type that Zotero takes, and whether a line of the note says the true one. */
const char *zotero_type(const Out *out, bool *odd);
/* The property that Zotero reads a variable from; NULL where there is none. */
/* The text without marks that Zotero shows as they are. */
Text zotero_text(const Out *out, const Field *field);
const char *zotero_property(const Out *out, FieldId id);
/* Names and a field's dates: say.c. */
void say_name(Out *out, const Name *name, Str more);
void say_date(Out *out, const Date *date, Str more);

#endif
