/* SPDX-License-Identifier: MIT
 * The writer's own: what its files share. */
#ifndef CITECONV_FORMATS_BIBTEX_WRITE_H
#define CITECONV_FORMATS_BIBTEX_WRITE_H

#include "formats/bibtex/bibtex.h"

typedef enum Braces {
    BRACES_ASKED,   /* protect, but keep what a BibTeX file had */
    BRACES_PROTECT, /* words that a style must not recase */
    BRACES_KEEP,    /* what the source marks */
    BRACES_NONE
} Braces;

typedef struct WriteState {
    Preamble preamble;
    Arena arena; /* what spelling makes; of one entry */
    Braces braces;
    bool zotero, latex; /* latex: the format is biblatex */
    bool begun;         /* something was written */
    bool tight, gap;    /* text asked for no blank line behind it, or for one */
} WriteState;

typedef struct Taken Taken;

/* The entry that is being written. */
typedef struct Entry {
    Write *w;
    View *v;
    Arena *arena;
    const WriteState *state;
    Str source;       /* the format whose words the fields as written and hints are */
    bool own;         /* that is this language */
    bool written;     /* and it was read from a file of it */
    unsigned clashes; /* own.c: words of the other format whose counterpart is there */
    Taken *taken;     /* apart.c: names of fields that were written */
    size_t taken_count, taken_capacity;
    bool repeats; /* what comes may have the name of another field, as in the source */
} Entry;

/* Whether a field of that name was written. */
bool apart_is_taken(Entry *e, Str tag);
/* The name of a field to write, which no other has: its own, or with a number. */
Str apart_tag(Entry *e, Str tag);
/* Bytes of a name before such a number; all where there is none. */
size_t apart_base(Str tag);
/* "  name = ", after which the value stands; gives the name. */
Str put_tag(Entry *e, Str tag);

/* Writes one field as its form and `how` ask.  `text` stands for the field's own. */
void put_field(Entry *e, Str tag, int how, const Field *field, const Text *text);
void put_published(Entry *e, const Date *date);
void put_keywords(Entry *e, Str tag);
void put_verbatim(Entry *e, Str tag, Str text);

/* Writes the fields that nobody took and that were read from no field of the source's or
 * from no source of this language. */
void fields_put(Entry *e, Str type);
/* The type to write, and whether it says the kind: reading it gives the kind again. */
Str type_put(const Entry *e, bool *says_kind);

/* A field for what the format that the record came from will ask for: see hints.c. */
void hints_put(Entry *e);

/* For Zotero's importer: the type that it files a record under; the row of a field that
 * it looks for elsewhere than others do, or NULL; a date as text. */
const char *zotero_entry_type(const Record *rec);
const FieldTag *zotero_row(const Record *rec, FieldId id);
Str zotero_date(Arena *arena, const Date *date);
/* The text without marks that it shows as they are. */
Text zotero_shown(Entry *e, const Field *field, const Text *text);
bool zotero_knows(Kind kind, FieldId id, Str tag);
/* Whether it knows a tag for which there is no field. */
bool zotero_knows_other(Str tag);
/* Whether the field says no more than a preprint's place in its archive. */
bool zotero_repeats(const Record *rec, const Field *field);
/* One field, a note to Zotero, of all those that it knows no tag for, which are taken,
 * and of lists of names that are cut. */
void zotero_rest(Entry *e, Str tag, const size_t *rest, size_t count);

/* CSL's word for the kind, where the type does not say it, and the hints: no other field
 * has these names. */
#define OWN_KIND  "csltype"
#define OWN_HINTS "citeconv"

/* An entry of this language, as it was written; says_kind: its type says the kind. */
void own_put(Entry *e, bool says_kind);
/* Looks at the fields as they were written; before own_tag. */
void own_look(Entry *e);
/* The record came from a file of the other format of the language. */
bool own_is_other(const Entry *e);
/* Whether the entry, as it was written, has the field. */
bool own_wrote(const Entry *e, Str tag);
/* A biblatex type that BibTeX has not, told by OWN_KIND of a BibTeX entry. */
bool own_kind_told(const Entry *e);
/* This format's word for a type or tag of the other format of the language; the same
 * where it is fine. */
Str own_type(const Entry *e, Str type);
Str own_tag(const Entry *e, Str tag);

#endif
