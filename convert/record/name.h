/* SPDX-License-Identifier: MIT
 * Names of people and bodies, in CSL's parts. */
#ifndef CITECONV_RECORD_NAME_H
#define CITECONV_RECORD_NAME_H

#include "convert/base/arena.h"

/* Either `literal` alone (a body, or a name nobody can split), or a family name with
 * any of the other parts.  A person of one name has a family only. */
typedef struct Name {
    Str given;
    Str dropping;     /* particle that goes with the given names: "Ludwig van" */
    Str non_dropping; /* particle that stays with the family: "van der" Maaten */
    Str family;
    Str suffix; /* "Jr.", "III" */
    Str literal;
    Str homonym; /* the number that tells namesakes apart ("0003"); part of no name */
    bool comma_suffix; /* names are printed with a comma before the suffix */
    bool static_order; /* family first, without a comma, in Latin letters, too */
} Name;

/* Whether a list of names leaves some out. */
typedef enum Cut { CUT_NO, CUT_POSSIBLE, CUT_CERTAIN } Cut;

typedef struct Names {
    const Name *items;
    size_t count;
    Cut cut;
} Names;

/* What is odd about a name that was kept all the same. */
typedef enum NameOddity {
    NAME_FINE,
    NAME_ORGANISATION_FIRST, /* "OpenAI Jonathan Ho" */
    NAME_DIGITS,             /* a digit that is no homonym number */
    NAME_SYMBOLS             /* characters that no name holds */
} NameOddity;

/* Takes a name in its natural order apart: "Laurens van der Maaten", "Sammy Davis
 * Jr.", "Mark Chen 0003".  `s` is one line without space at its ends; parts are views
 * of it.  Never fails: what it cannot split is a literal. */
Name name_parse(Str s, NameOddity *oddity);

/* Takes one apart that stands in a catalogue's order: "van der Berg, Jan", "King, Martin
 * Luther, Jr.", "Beethoven, Ludwig van", also "King, Jr., Martin", and the "Smith JA" of
 * medicine.  What has neither comma nor initials is a literal, and so are bodies that
 * have one.  `s` and the parts as above. */
Name name_inverted(Str s);

/* The same name without regard to case, accents' encoding, spaces and homonym number? */
bool name_equal(Arena *scratch, const Name *a, const Name *b);

/* "van der Maaten": non-dropping particle and family, or the literal. */
Str name_family(Arena *arena, const Name *name);
/* "Ludwig van": given names and dropping particle. */
Str name_given(Arena *arena, const Name *name);
/* "Sammy Davis Jr.": all in natural order; Chinese script without spaces. */
Str name_natural(Arena *arena, const Name *name);
/* True where the name is written in Han, kana or Hangul only: family first, no space. */
bool name_is_cjk(const Name *name);

#endif
