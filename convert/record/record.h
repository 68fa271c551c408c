/* SPDX-License-Identifier: MIT
 * A reference: kind, key and fields, as CSL 1.0.2 names them.
 *
 * A record owns its arena; all it reaches dies at record_reset.  Fields stand in
 * source order and may repeat (keywords). */
#ifndef CITECONV_RECORD_RECORD_H
#define CITECONV_RECORD_RECORD_H

#include "convert/base/arena.h"
#include "convert/base/diag.h"
#include "convert/record/date.h"
#include "convert/record/name.h"
#include "convert/text/rich.h"

#include <stdint.h>

typedef enum Kind {
#define KIND(constant, name) KIND_##constant,
#include "convert/record/kind.def"
#undef KIND
    KIND_COUNT
} Kind;

typedef enum FieldId {
#define FIELD(constant, name, form) FIELD_##constant,
#include "convert/record/field.def"
#undef FIELD
    FIELD_COUNT
} FieldId;

typedef enum Form { FORM_TEXT, FORM_NAMES, FORM_DATE } Form;

typedef struct Field {
    FieldId id;
    Form form; /* which of the values counts; TEXT also where a date or name stays as
                  written */
    Str tag;   /* the source's own word for it, for messages and FIELD_OTHER */
    Place place;
    Text text;
    Names names;
    Date date;
} Field;

typedef struct Record {
    Arena arena;
    Kind kind;
    Str key;    /* citation key; empty until the source or the key stage gives one */
    Str origin; /* name of the format it was read from */
    Place place;
    Field *fields;
    size_t count, capacity;
} Record;

enum {
    RECORD_LIMIT = 16 * 1024 * 1024
}; /* bytes; a longer record is reported and skipped */

const char *kind_name(Kind kind);
const char *field_name(FieldId id);
Form field_form(FieldId id);

/* The new field, its value still empty; good until the next addition. */
Field *record_add(Record *rec, FieldId id, Str tag, Place place);
Field *record_add_text(Record *rec, FieldId id, Str tag, Place place, Text text);
/* The first field of that id, or NULL. */
const Field *record_find(const Record *rec, FieldId id);
/* Text of the first field of that id, or empty. */
Str record_text(const Record *rec, FieldId id);
void record_reset(Record *rec);
void record_free(Record *rec);

/* A record as a writer sees it: what it takes is written, what stays is reported. */
typedef struct View {
    const Record *rec;
    Diag *diag;  /* view_take puts the field's place here, for diag_here */
    bool *taken; /* one a field */
} View;

/* The next field of that id that nobody took yet, or NULL. */
const Field *view_take(View *v, FieldId id);
/* The same, but leaves it there. */
const Field *view_see(const View *v, FieldId id);

#endif
