/* SPDX-License-Identifier: MIT
 * Inside the reader of CSL-JSON: one item, as jansson read it, and those who take it
 * apart.  The only header that sees jansson. */
#ifndef CITECONV_FORMATS_CSLJSON_READ_H
#define CITECONV_FORMATS_CSLJSON_READ_H

#include "formats/csljson/csljson.h"
#include "convert/text/extent.h"

#include <jansson.h>

/* What is read lives in the tree, in `bytes`, or in the record's arena. */
typedef struct Item {
    Read *r;
    Record *rec;
    json_t *tree;      /* an object */
    json_t *carried;   /* custom.citeconv, an object; or NULL */
    const Extent *ext; /* its properties */
    Str bytes;         /* in which they stand */
    Buf *scratch;
    bool seen[FIELD_COUNT];
    bool math; /* the user says that $...$ is TeX */
    /* The property in hand. */
    Str tag, raw; /* its name, and its value as it stands */
    Place place;
    Str custom_raw; /* of "custom", which is read last */
    Place custom_place;
} Item;

/* The tree of an item that the scan went through to its end without a comma too many;
 * new. NULL where jansson has to read it as a whole: tree.c. */
json_t *tree_build(Str item);

/* Fills the record.  `place_of` gives the place of a property. */
void property_read(Item *item, Place (*place_of)(void *context, size_t offset),
                   void *context);
/* Adds a field with the tag that the item's origin has for it. */
Field *item_add(Item *item, FieldId id);
/* Adds a value of a variable, a text as it is. */
void item_add_value(Item *item, FieldId id, json_t *value);
/* Adds the property in hand as one nobody has a word for. */
void item_add_other(Item *item, Str tag, json_t *value, Str raw);
/* The item has a value for that variable in the property of its name. */
bool item_has(const Item *item, FieldId id);
/* The table's property of a variable. */
const char *item_property(const Item *item, FieldId id);

/* One variable of names: people.c.  False where the value is nothing of the kind. */
bool people_read(Item *item, FieldId id, json_t *value);
/* A name in one string: "Doe, Jane, Jr." or "Jane Doe". */
Name people_parse(Str s);
/* One variable of dates: dates.c.  The same. */
bool dates_read(Item *item, FieldId id, json_t *value);
/* `note` with lines "variable: value" and "{:variable: value}" in it: note.c. */
void note_read(Item *item, Str note);
/* What the writer put into custom, before the other properties and after them:
 * carried.c. */
void carried_begin(Item *item);
void carried_end(Item *item, json_t *custom);
/* The tag that the origin has for a field. */
Str carried_tag(const Item *item, FieldId id);
/* A variable's text: with marks, and with math where the origin had some. */
Text carried_text(const Item *item, FieldId id, Str s);
/* A part of a name, which has no marks. */
Str carried_name(const Item *item, Str part);
/* The note is prose, whatever its lines look like. */
bool carried_plain_note(const Item *item);
/* The keywords of which `joined` is the string; NULL where the string says all. */
json_t *carried_keywords(const Item *item, Str joined);
/* The exact date of which `date`, read from a property, says all that CSL can. */
Date carried_date(const Item *item, FieldId id, Date date);

static inline Str json_str(const json_t *string)
{
    return (Str){json_string_value(string), json_string_length(string)};
}

/* Compact, in the arena. */
Str json_text(Arena *arena, const json_t *value);
/* Nothing is said: null, "", [], {}. */
bool json_is_nothing(const json_t *value);
/* true, 1, "1", "yes": what CSL takes for yes. */
bool json_is_yes(const json_t *value);

#endif
