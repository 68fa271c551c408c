/* SPDX-License-Identifier: MIT
 * A document at work: what style.h's functions share. */
#ifndef CITECONV_STYLE_ENGINE_H
#define CITECONV_STYLE_ENGINE_H

#include "convert/style/eval.h"
#include "convert/style/lower.h"
#include "convert/style/uni.h"

/* A cite with what the document makes of it. */
typedef struct Placed {
    Cite cite;
    Item *item;
    int position; /* CITE_... */
    bool near_note;
    bool first_here; /* its note is the first with the item */
} Placed;

typedef struct Group {
    Placed *cites; /* in the order of the style */
    size_t count, note;
    Text infix;
    bool alone;
} Group;

struct Document {
    const Style *style;
    Arena arena;   /* items and what belongs to them */
    Arena scratch; /* one entry, one key */
    People people;
    Item **items;
    size_t item_count, item_capacity;
    Group *groups;
    size_t group_count, group_capacity;
    Item **order; /* the bibliography */
    Levels *levels;
    Collator *collator;
    Ops ops;
    Lowered lowered;

    /* The names of the entry before, for subsequent-author-substitute. */
    size_t last_rank; /* of the entry + 1; 0: none */
    Buf last_text;
    unsigned *last_people;
    size_t last_count, last_capacity;
};

/* An Eval for an item's cite or entry, with all that the document has settled. */
Eval document_eval(Document *doc, const Item *item, int area);
/* Adds a citation's steps. */
void cite_emit(Document *doc, const Group *group);
/* Turns brackets within brackets of a citation's or an entry's steps. */
void brackets_nest(Document *doc);
/* Adds an entry's steps. */
void entry_emit(Document *doc, const Item *item, size_t rank);

/* The bibliography's order and citation numbers; `order` comes in the order of first
 * citation. */
void sort_bibliography(Document *doc);
void sort_cites(Document *doc);
/* Settles names, conditions and year suffixes. */
void disambiguate(Document *doc);
void levels_find(Document *doc);

/* All text of the steps in [from, to) but the labels of names. */
void ops_flat(const Ops *ops, size_t from, size_t to, Buf *out);

#endif
