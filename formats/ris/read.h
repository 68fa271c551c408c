/* SPDX-License-Identifier: MIT
 * Inside the reader of RIS: lines, items and what becomes of them. */
#ifndef CITECONV_FORMATS_RIS_READ_H
#define CITECONV_FORMATS_RIS_READ_H

#include "formats/ris/ris.h"

/* A tag and all lines of its value.  Tag and value live in the record's arena. */
typedef struct Item {
    Str tag; /* two bytes, upper case */
    Str value;
    Place place;    /* of the value's line */
    size_t written; /* its number in rec->written */
    bool done;      /* another item took it along */
} Item;

/* What the lines of a record look like that are not as the specification has them. */
typedef struct Shape {
    size_t indent, blanks; /* before the tag, before the hyphen */
    bool lower;
} Shape;

typedef struct Lines {
    Line line; /* the next one where pending */
    bool pending;
    Buf value;   /* of the item in the making */
    Item *items; /* of the record; [0] is TY where it has one */
    size_t count, capacity;
    size_t bytes; /* of the record */
    Shape shape;  /* of its TY */
    bool odd;     /* that it has such lines was said */
    bool late;    /* TY came behind other tags */
} Lines;

/* The items of a record, in its arena. */
typedef struct Items {
    Item *items;
    size_t count;
} Items;

typedef enum Found { FOUND_RECORD, FOUND_TOO_LONG, FOUND_NOTHING } Found;
/* Gathers the next record's items, which become rec->half. */
Found gather_next(Lines *lines, Read *r, Record *rec);
void gather_free(Lines *lines);
int gather_sniff(Str head);

/* A record in the making. */
/* Tags that other items are read by. */
typedef enum NamedItem {
    ITEM_TI,
    ITEM_T1,
    ITEM_T2,
    ITEM_BT,
    ITEM_JF,
    ITEM_JO,
    ITEM_JA,
    ITEM_J2,
    ITEM_C3,
    ITEM_COUNT
} NamedItem;

typedef struct Draft {
    Read *r;
    Record *rec;
    Item *items;
    size_t count;
    const Item *named[ITEM_COUNT]; /* the first of each that has a value, or NULL */
    const Item *year;              /* the first PY that is one, once it was sought */
    bool year_sought;
    const Item *carried;       /* U2 that --carry wrote; NULL: none */
    size_t first[FIELD_COUNT]; /* the field of that id: its number from 1; 0: none */
    Name *exact[FIELD_COUNT];  /* names of a field that U3 may change */
} Draft;

/* The meaning of a tag, NULL for none. */
const FieldTag *draft_row(const Draft *d, Str tag);
/* Adds a field for the item, if that id has none.  Else: false, and one of another value
 * is kept as FIELD_OTHER. */
bool draft_text(Draft *d, FieldId id, const Item *item, Text text);
/* Adds a field that may repeat. */
Field *draft_add(Draft *d, FieldId id, const Item *item);
/* Takes the field out. */
void draft_drop(Draft *d, size_t at);
void draft_other(Draft *d, const Item *item, Str value);
void draft_say(Draft *d, Level level, const char *id, const Item *item,
               const char *format, ...) __attribute__((format(printf, 5, 6)));

/* All items from `at` on that give names to this field. */
void ris_read_names(Draft *d, size_t at, FieldId id);
/* "Last || First", "Body": a name as Zotero's Extra has it. */
Name ris_read_extra_name(Arena *arena, Str s);
/* All items that say when it was published. */
void ris_read_issued(Draft *d, size_t at);
void ris_read_date(Draft *d, FieldId id, const Item *item);
/* SP and EP. */
void ris_read_pages(Draft *d, size_t at, FieldId id);
/* All of SN. */
void ris_read_serials(Draft *d, size_t at);
/* M2: lines "name: value". */
void ris_read_extra(Draft *d, const Item *item);
/* "type: preprint" in M2. */
bool ris_read_extra_type(const Item *item, Kind *kind);
/* Whether GEN stands for a preprint. */
bool ris_read_is_preprint(const Draft *d);
/* The key, and dates that M2 says exactly: before PY, DA, Y2 and ID. */
void ris_read_extra_first(Draft *d);
/* "name: value" */
bool ris_extra_is_line(Str line);
/* After the last item. */
void ris_read_finish(Draft *d);
/* U1 to U3, where --carry wrote them; false where it did not. */
bool ris_read_carried(Draft *d, const Item *item);
/* The U2 that says so. */
bool ris_read_is_words(const Item *item);
/* Lets the fields be what U2 and U3 say of them. */
void ris_read_carried_end(Draft *d);

Text ris_read_text(Arena *arena, Str s);
Text ris_read_html(Arena *arena, Str s); /* the same, but TeX stays what it is */
Text ris_read_note(Arena *arena, Str s);

#endif
