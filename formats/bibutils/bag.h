/* SPDX-License-Identifier: MIT
 * What words a text has, for telling whether a value came through another's hands.
 *
 * Libraries reorder names, expand page numbers, spell months as numbers: so words are
 * compared, not texts, without case and punctuation, months in any of their names,
 * numbers without their leading zeros. */
#ifndef CITECONV_FORMATS_BIBUTILS_BAG_H
#define CITECONV_FORMATS_BIBUTILS_BAG_H

#include "convert/base/arena.h"

#include <stdint.h>

typedef struct BagSlot {
    uint64_t word; /* hash; 0 is free */
    size_t count, owner;
} BagSlot;

/* A zeroed Bag is an empty one. */
typedef struct Bag {
    BagSlot *slots;
    size_t capacity, count;
    Buf squeezed; /* all letters and digits */
    Buf word;
    size_t searches; /* of `squeezed` */
} Bag;

typedef enum Fit { FIT_NONE, FIT_PART, FIT_WHOLE } Fit;

void bag_clear(Bag *bag);
void bag_free(Bag *bag);
/* `owner` is the number of the text, for bag_owner. */
void bag_add(Bag *bag, Str text, size_t owner);
/* The same for a month that may be a number: it is there by its name, too. */
void bag_add_month(Bag *bag, Str month, size_t owner);
/* Whether a text of just these words was added. */
bool bag_has_text(Bag *bag, Str text);
/* The same; then they are used up (see below). */
bool bag_take_text(Bag *bag, Str text);
/* The same for a value of a letter or two, of which each text answers for one. */
bool bag_take_short_text(Bag *bag, Str text);
/* The same for a value of a letter or two, which is taken for a word of any text that no
 * other value has taken. */
bool bag_take_short(Bag *bag, Str value);
/* How many values a word in the bag answers for: as many as come, as often as it is
 * there, or that for words of more than three letters. */
typedef enum BagUse { BAG_LOOK, BAG_USE, BAG_USE_LONG } BagUse;
/* How much of the value is in the bag.  Words of up to three letters count only where
 * there are no longer ones. */
Fit bag_fit(Bag *bag, Str value, BagUse use);
/* The text that the value's longest word was first in; false where there is none. */
bool bag_owner(Bag *bag, Str value, size_t *owner);

#endif
