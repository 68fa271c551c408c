/* SPDX-License-Identifier: MIT
 * An entry whose items are becoming fields: which of them count, and as what.  For
 * fields.c. */
#ifndef CITECONV_FORMATS_BIBTEX_MAKING_H
#define CITECONV_FORMATS_BIBTEX_MAKING_H

#include "formats/bibtex/read.h"

enum { PARTS_MOST = HOW_END - HOW_PART };

typedef struct Making {
    Reading *e;
    Item *winner[FIELD_COUNT];
    Item *parts[PARTS_MOST];
    const Item *linked;     /* the field within whose words e->link is */
    bool container_is_part; /* a book or proceedings within which the work is */
} Making;

static inline Item *making_part(const Making *m, How how)
{
    return m->parts[how - HOW_PART];
}

/* The first item of a tag; NULL where there is none. */
Item *making_find(const Making *m, Str tag);
/* Says of each item which field it is (FIELD_OTHER: none of CSL's), and corrects the
 * record's kind. */
void making_places(Making *m);
/* The item counts as what its row says, whatever it counted as before. */
void making_place_as(Making *m, Item *item, const FieldTag *row);
/* Finds the web address of an entry that has no field for it. */
void links_place(Making *m);
/* Whether a field of the entry has that address, or the DOI that it is of. */
bool links_keep(Reading *e, Str address);
/* Pages as CSL has them. */
Text pages_text(Arena *arena, Text text);
/* The text of a date: EDTF as it stands. */
Str making_date_text(const Making *m, const Item *item);

#endif
