/* SPDX-License-Identifier: MIT
 * Which names a cite prints, for telling cites apart. */
#ifndef CITECONV_STYLE_NAMES_SEEN_H
#define CITECONV_STYLE_NAMES_SEEN_H

#include "convert/style/person.h"

enum { LISTS_SEEN = 8 }; /* lists of names beyond these tell no cites apart */

typedef struct ListSeen {
    const Person *const *people;
    unsigned count; /* of all */
    unsigned shown; /* that are printed */
    bool initials;  /* its style has initials to show */
    bool full;      /* given names are printed in full or not at all */
    bool is_short;  /* family names only */
    bool counts;    /* the list has more than it shows */
} ListSeen;

typedef struct NamesSeen {
    ListSeen lists[LISTS_SEEN];
    unsigned count;
    unsigned conditions; /* that have asked whether to disambiguate */
} NamesSeen;

#endif
