/* SPDX-License-Identifier: MIT
 * A reference as the engine works on it: the values that its style can print, and what
 * the document has settled for it. */
#ifndef CITECONV_STYLE_ITEM_H
#define CITECONV_STYLE_ITEM_H

#include "convert/style/node.h"
#include "convert/style/person.h"

typedef struct Value {
    Text text;
    const Person **people; /* of name variables */
    size_t person_count;
    bool more;        /* people than these, whom the source does not name */
    const Date *date; /* of date variables */
} Value;

/* How far an item's names are shown so that it is told from others.  One for each list of
 * names that its cite prints, in order. */
typedef struct NamesShown {
    unsigned count;       /* names shown; 0: as the style says */
    unsigned char *level; /* of each name, LEVEL_...; level_count of them */
    unsigned level_count;
} NamesShown;
enum { SHOWN_SHORT, SHOWN_INITIALS, SHOWN_FULL };
typedef struct Shown {
    NamesShown *lists;
    size_t count;
} Shown;

typedef struct Item {
    Kind kind;
    bool has_kind;
    bool english;                  /* title case may be put on it */
    char lang[4];                  /* of its texts, for case: "tr" */
    unsigned char slot[VAR_COUNT]; /* place in values, from 1; 0: empty */
    Value *values;
    unsigned char value_count;

    size_t place;          /* as it was added, from 0 */
    size_t number;         /* citation-number, from 1 */
    size_t rank;           /* in the bibliography, from 0 */
    size_t year_suffix;    /* from 1; 0: none */
    unsigned disambiguate; /* conditions that ask for it hold, so many of them */
    bool cited;
    size_t first_note; /* number of the note that cites it first; 0: none */
    Shown shown;
} Item;

static inline const Value *item_value(const Item *item, Var var)
{
    if (var >= VAR_COUNT || item->slot[var] == 0)
        return NULL;
    return &item->values[item->slot[var] - 1];
}

/* Fills an item with copies of what the style uses. */
void item_read(Item *item, const Style *style, const Record *rec, People *people,
               Arena *arena);

#endif
