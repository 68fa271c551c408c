/* SPDX-License-Identifier: MIT
 * Words as hashes in a table with open addressing; see bag.h. */
#include "formats/bibutils/bag.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"
#include "convert/record/date.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    SEARCHES_MOST = 64, /* each is as long as all that is in the bag */
    WORD_SHORT = 3
};

void bag_clear(Bag *bag)
{
    if (bag->capacity > 0)
        memset(bag->slots, 0, bag->capacity * sizeof *bag->slots);
    bag->count = 0;
    bag->searches = 0;
    buf_clear(&bag->squeezed);
}

void bag_free(Bag *bag)
{
    free(bag->slots);
    buf_free(&bag->squeezed);
    buf_free(&bag->word);
    *bag = (Bag){0};
}

/* Words. */

static bool is_word_character(uint32_t c)
{
    if (c < 0x80)
        return byte_is_alpha((char)c) || byte_is_digit((char)c);
    return unicode_is_letter(c) || unicode_is_digit(c) || unicode_is_mark(c);
}

/* The next word in *word, in lower case; gives its characters, 0 where none is left. */
static size_t next_word(Str *rest, Buf *word)
{
    size_t characters = 0;
    buf_clear(word);
    while (rest->size > 0) {
        Str before = *rest;
        uint32_t c = utf8_next(rest);
        if (is_word_character(c)) {
            utf8_add(word, unicode_lower(c));
            characters++;
        } else if (characters > 0) {
            *rest = before;
            break;
        }
    }
    return characters;
}

/* "March" and "Mar." are one, "007" is "7". */
static void settle(Buf *word)
{
    Str s = buf_str(word);
    int month = s.size >= 3 && byte_is_alpha(s.data[0]) ? month_parse(s) : 0;
    if (month > 0) {
        buf_clear(word);
        buf_format(word, "month%d", month);
        return;
    }
    size_t zeros = 0;
    while (zeros + 1 < s.size && s.data[zeros] == '0' && byte_is_digit(s.data[zeros + 1]))
        zeros++;
    memmove(word->data, word->data + zeros, s.size - zeros);
    word->size -= zeros;
}

static BagSlot *slot_of(const Bag *bag, uint64_t word)
{
    size_t at = (size_t)word & (bag->capacity - 1);
    while (bag->slots[at].word != 0 && bag->slots[at].word != word)
        at = (at + 1) & (bag->capacity - 1);
    return &bag->slots[at];
}

static void grow(Bag *bag)
{
    Bag old = *bag;
    bag->capacity = old.capacity > 0 ? old.capacity * 2 : 256;
    bag->slots = memory_zeroed(bag->capacity, sizeof *bag->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].word != 0)
            *slot_of(bag, old.slots[i].word) = old.slots[i];
    }
    free(old.slots);
}

static void add_hash(Bag *bag, uint64_t hash, size_t owner)
{
    if (2 * (bag->count + 1) > bag->capacity)
        grow(bag);
    BagSlot *slot = slot_of(bag, hash);
    if (slot->word == 0) {
        *slot = (BagSlot){.word = hash, .owner = owner};
        bag->count++;
    }
    slot->count++;
}

/* All words of a text as one, which is none of them. */
enum { TEXT_SEED = 1 };

void bag_add(Bag *bag, Str text, size_t owner)
{
    uint64_t all = TEXT_SEED;
    while (next_word(&text, &bag->word) > 0) {
        buf_add(&bag->squeezed, buf_str(&bag->word));
        settle(&bag->word);
        add_hash(bag, hash_str(buf_str(&bag->word), 0), owner);
        all = hash_str(buf_str(&bag->word), all);
    }
    if (all != TEXT_SEED)
        add_hash(bag, all, owner);
}

void bag_add_month(Bag *bag, Str month, size_t owner)
{
    int number = month_parse(str_trim(month));
    bag_add(bag, month, owner);
    if (number >= 1 && number <= 12)
        bag_add(bag, str_from(month_english(number)), owner);
}

/* Values. */

/* "Smith JA" that became "Smith|J|A". */
static bool is_within(Bag *bag, Str value)
{
    Buf squeezed = {0};
    if (bag->searches == SEARCHES_MOST)
        return false;
    bag->searches++;
    while (next_word(&value, &bag->word) > 0)
        buf_add(&squeezed, buf_str(&bag->word));
    bool found = squeezed.size > WORD_SHORT &&
                 str_contains(buf_str(&bag->squeezed), buf_str(&squeezed));
    buf_free(&squeezed);
    return found;
}

/* Takes the words of a value out. */
static void take(Bag *bag, Str value)
{
    while (next_word(&value, &bag->word) > 0) {
        settle(&bag->word);
        BagSlot *slot = slot_of(bag, hash_str(buf_str(&bag->word), 0));
        slot->count -= slot->count > 0 ? 1 : 0;
    }
}

/* The slot of a text of just these words, NULL where there is none. */
static BagSlot *slot_of_text(Bag *bag, Str text)
{
    uint64_t all = TEXT_SEED;
    while (next_word(&text, &bag->word) > 0) {
        settle(&bag->word);
        all = hash_str(buf_str(&bag->word), all);
    }
    BagSlot *slot = bag->capacity > 0 && all != TEXT_SEED ? slot_of(bag, all) : NULL;
    return slot != NULL && slot->word != 0 ? slot : NULL;
}

bool bag_has_text(Bag *bag, Str text)
{
    return slot_of_text(bag, text) != NULL;
}

bool bag_take_text(Bag *bag, Str text)
{
    bool has = bag_has_text(bag, text);
    if (has)
        take(bag, text);
    return has;
}

bool bag_take_short_text(Bag *bag, Str text)
{
    BagSlot *slot = slot_of_text(bag, text);
    if (slot == NULL || slot->count == 0)
        return false;
    slot->count--;
    take(bag, text);
    return true;
}

bool bag_take_short(Bag *bag, Str value)
{
    if (next_word(&value, &bag->word) == 0)
        return true;
    settle(&bag->word);
    BagSlot *slot =
        bag->capacity > 0 ? slot_of(bag, hash_str(buf_str(&bag->word), 0)) : NULL;
    if (slot == NULL || slot->count == 0)
        return false;
    slot->count--;
    return true;
}

Fit bag_fit(Bag *bag, Str value, BagUse use)
{
    size_t longs = 0, shorts = 0, longs_found = 0, shorts_found = 0, characters;
    size_t shorts_free = 0; /* and not used up */
    bool absent = false;    /* used up is not that */
    Str rest = value;
    if (bag->capacity == 0)
        grow(bag);
    while ((characters = next_word(&rest, &bag->word)) > 0) {
        settle(&bag->word);
        const BagSlot *slot = slot_of(bag, hash_str(buf_str(&bag->word), 0));
        bool counts = use == BAG_USE || (use == BAG_USE_LONG && characters > WORD_SHORT);
        bool found = slot->word != 0 && (!counts || slot->count > 0);
        absent = absent || slot->word == 0;
        *(characters > WORD_SHORT ? &longs : &shorts) += 1;
        *(characters > WORD_SHORT ? &longs_found : &shorts_found) += found ? 1 : 0;
        shorts_free += characters <= WORD_SHORT && slot->count > 0 ? 1 : 0;
    }
    if (longs == 0) {
        longs = shorts;
        longs_found = use == BAG_LOOK ? shorts_found : shorts_free;
    }
    if (longs_found < longs && !(absent && is_within(bag, value)))
        return longs_found + shorts_found > 0 ? FIT_PART : FIT_NONE;
    if (use != BAG_LOOK)
        take(bag, value);
    return FIT_WHOLE;
}

bool bag_owner(Bag *bag, Str value, size_t *owner)
{
    size_t longest = 0, characters;
    if (bag->capacity == 0)
        return false;
    while ((characters = next_word(&value, &bag->word)) > 0) {
        if (characters <= longest)
            continue;
        settle(&bag->word);
        const BagSlot *slot = slot_of(bag, hash_str(buf_str(&bag->word), 0));
        if (slot->word != 0) {
            longest = characters;
            *owner = slot->owner;
        }
    }
    return longest > 0;
}
