/* SPDX-License-Identifier: MIT
 * A reference: kind, key and fields, as CSL 1.0.2 names them.
 *
 * A record owns its arena.  All it reaches lives there, in the Source (until the reader's
 * next step) or in static memory, and dies at record_reset; record_copy makes one that
 * stands alone.  Fields stand in source order and may repeat (keywords).
 *
 * Beside what it means a record keeps how it was written: the source's own fields as
 * they stood (Written), so that its own format can give them back to the letter. */
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

/* A field of the source as it stood there. */
typedef struct Written {
    Str tag;   /* "booktitle" */
    Str value; /* in the source's spelling, delimiters included: "{The {TeX}book}" */
    Place place;
    bool dropped; /* a stage took it out */
} Written;

typedef struct Field {
    FieldId id;
    Form form; /* which of the values counts; TEXT also where a date or name stays as
                  written */
    Str tag;   /* the source's own word for it: for messages, for FIELD_OTHER, and as a
                  hint to the format that it came from */
    Place place;
    size_t written; /* which Written it was read from, counted from 1; 0: none */
    bool shadow;    /* FIELD_OTHER whose content stands in another field too (a subtitle
                       in the title): no loss where it is left out */
    Text text;
    Names names;
    Date date;
} Field;

typedef struct Record {
    Arena arena;
    Kind kind;
    Str type;   /* the source's own word for the kind: "inproceedings"; may be empty */
    Str key;    /* citation key; empty until the source or the key stage gives one */
    Str origin; /* name of the format whose words type and tags are: the one it was read
                   from, or one that that carried for another */
    Place place;
    Field *fields;
    size_t count, capacity;
    Written *written;
    size_t written_count, written_capacity;
    void *half; /* what a reader's first half leaves to its second (Reader.finish) */
    Str matter; /* no record but what stood between records (comments, @string), as it
                   stood; empty for a record.  See READ_MATTER. */
} Record;

enum {
    RECORD_LIMIT = 16 * 1024 * 1024
}; /* bytes; a longer record is reported and skipped */

const char *kind_name(Kind kind);
const char *field_name(FieldId id);
/* What to call a field in a message: its name, or its tag where it has none. */
Str field_word(const Field *field);
Form field_form(FieldId id);

/* The new field, its value still empty; good until the next addition. */
Field *record_add(Record *rec, FieldId id, Str tag, Place place);
Field *record_add_text(Record *rec, FieldId id, Str tag, Place place, Text text);
/* Notes a field of the source; returns its number, from 1. */
size_t record_add_written(Record *rec, Str tag, Str value, Place place);
/* A FIELD_OTHER of that tag. */
Field *record_add_other(Record *rec, Str tag, Place place, Text text);
/* A copy of another record's field, with all that it reaches in this one's arena. */
Field *record_add_copy(Record *rec, const Field *from);
/* The id of CSL's word for a field ("container-title"), FIELD_OTHER where it is none. */
FieldId field_by_name(Str name);
/* The kind of CSL's word ("article-journal"); false where it is none. */
bool kind_by_name(Str name, Kind *kind);
/* The first field of that id, or NULL. */
const Field *record_find(const Record *rec, FieldId id);
/* Text of the first field of that id, or empty. */
Str record_text(const Record *rec, FieldId id);
/* Makes `to`, which is empty, the same record with all that it reaches in its own arena.
 */
void record_copy(Record *to, const Record *from);
void record_reset(Record *rec);
void record_free(Record *rec);

/* A record as a writer sees it: what it takes is written, what stays is reported. */
typedef struct View {
    const Record *rec;
    Diag *diag;  /* view_take puts the field and its place here, for diag_here */
    bool *taken; /* one a field */
    size_t first[FIELD_COUNT]; /* of each id: before that field all are taken */
} View;

/* The next field of that id that nobody took yet, or NULL. */
const Field *view_take(View *v, FieldId id);
/* The field at that place of rec->fields. */
const Field *view_take_at(View *v, size_t index);
/* The same, but leaves it there. */
const Field *view_see(const View *v, FieldId id);

#endif
