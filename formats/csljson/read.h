/* SPDX-License-Identifier: MIT
 * Inside the reader of CSL-JSON: one item as a tree, and those who take it apart. */
#ifndef CITECONV_FORMATS_CSLJSON_READ_H
#define CITECONV_FORMATS_CSLJSON_READ_H

#include "formats/csljson/csljson.h"
#include "formats/csljson/load.h"
#include "convert/text/extent.h"

/* What is read lives in `bytes` or in the record's arena: the tree is gone after it. */
typedef struct Item {
    Read *r;
    Record *rec;
    Soil soil;           /* the tree's, and that of others that are made on the way */
    const Tree *tree;    /* an object */
    const Tree *carried; /* custom.citeconv, an object; or NULL */
    const Extent *ext;   /* its properties */
    Str bytes;           /* in which they stand */
    Buf *scratch;
    bool seen[FIELD_COUNT];
    Str subtitle; /* Crossref's, for the end of the title */
    bool math;    /* the user says that $...$ is TeX */
    /* The property in hand. */
    Str tag, raw; /* its name, and its value as it stands */
    Place place;
    Str custom_raw; /* of "custom", which is read last */
    Place custom_place;
} Item;

/* Fills the record.  `place_of` gives the place of a property. */
void property_read(Item *item, Place (*place_of)(void *context, size_t offset),
                   void *context);
/* Adds a field with the tag that the item's origin has for it. */
Field *item_add(Item *item, FieldId id);
/* Adds a value of a variable, a text as it is. */
void item_add_value(Item *item, FieldId id, const Tree *value);
/* Adds the property in hand as one nobody has a word for. */
void item_add_other(Item *item, Str tag, const Tree *value, Str raw);
/* The item has a value for that variable in the property of its name. */
bool item_has(const Item *item, FieldId id);
/* The table's property of a variable. */
const char *item_property(const Item *item, FieldId id);

/* One variable of names: people.c.  False where the value is nothing of the kind. */
bool people_read(Item *item, FieldId id, const Tree *value);
/* A name in one string: "Doe, Jane, Jr." or "Jane Doe". */
Name people_parse(Str s);
/* One variable of dates: dates.c.  The same. */
bool dates_read(Item *item, FieldId id, const Tree *value);
/* `note` with lines "variable: value" and "{:variable: value}" in it: note.c. */
void note_read(Item *item, Str note);
/* What Crossref's API says in other forms than CSL: crossref.c.  False where the property
 * in hand has to stay what it is, too. */
bool crossref_read(Item *item, const Tree *value);
/* The titles of a series and of the book in it; false where the two are no such. */
bool crossref_containers(Item *item, const Tree *array);
void crossref_end(Item *item);
/* What the writer put into custom, before the other properties and after them:
 * carried.c. */
void carried_begin(Item *item);
void carried_end(Item *item, const Tree *custom);
/* The tag that the origin has for a field. */
Str carried_tag(const Item *item, FieldId id);
/* A variable's text: with marks, and with math where the origin had some. */
Text carried_text(const Item *item, FieldId id, Str s);
/* A part of a name, which has no marks. */
Str carried_name(const Item *item, Str part);
/* The note is prose, whatever its lines look like. */
bool carried_plain_note(const Item *item);
/* The keywords of which `joined` is the string; NULL where the string says all. */
const Tree *carried_keywords(const Item *item, Str joined);
/* The exact date of which `date`, read from a property, says all that CSL can. */
Date carried_date(const Item *item, FieldId id, Date date);

#endif
