/* SPDX-License-Identifier: MIT
 * People and bodies, each kept once however many items name them. */
#ifndef CITECONV_STYLE_PERSON_H
#define CITECONV_STYLE_PERSON_H

#include "convert/record/name.h"

#include <stdint.h>

typedef struct Person {
    Str given, dropping, non_dropping, family, suffix;
    Str literal;       /* of a body; then the rest is empty */
    bool comma_suffix; /* a comma stands before the suffix also in natural order */
    bool family_first; /* family and given without a space, never inverted */
    bool static_order; /* family first, with a space: such a name in Latin letters */
    uint64_t hash;
    unsigned number; /* from 0 */
} Person;

typedef struct PersonSlot {
    uint64_t hash; /* here, too: most probes need no more of the person */
    Person *person;
} PersonSlot;

typedef struct People {
    PersonSlot *slots;
    size_t slot_count, count;
} People;

/* The person of that name; particles that stand inside family or given names and suffixes
 * behind a comma are told apart where the name has none of its own. */
const Person *people_find(People *people, Arena *arena, const Name *name);
void people_free(People *people);

#endif
