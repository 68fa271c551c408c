/* SPDX-License-Identifier: MIT
 * libbibutils' words and ours: one vocabulary for all its formats, both ways. */
#ifndef CITECONV_FORMATS_BIBUTILS_MAP_H
#define CITECONV_FORMATS_BIBUTILS_MAP_H

#include "formats/bibutils/wire.h"
#include "formats/format.h"

/* Of what a line speaks, as `how` of a FieldTag has it. */
typedef enum Of {
    OF_WORK,
    OF_HOST,   /* what it is part of: a journal, a book */
    OF_SERIES, /* and of what that is part of */
    OF_ANY,    /* wherever it stands; written of the work */
    OF_ORIGIN  /* what it was made from */
} Of;

/* The places of values by their words; see bag_owner. */
typedef Place MapPlace(void *context, Str value);

/* Fills the record from lines.  A tag without a place among ours is FIELD_OTHER. */
void map_read(const Read *r, Record *rec, const WireLines *lines, MapPlace *place,
              void *context);
/* Text in which marks are characters (piece.h), as it was meant. */
Text map_text(Arena *arena, Str value);

enum { MAP_KEY = 0 };

/* Lines for a record; with `comma_bodies` names of bodies end with a comma.  Line i tells
 * of the field rec->fields[sources[i] - 1], or, where that is MAP_KEY, of the record
 * itself. */
void map_write(const Write *w, Arena *arena, const View *v, bool comma_bodies,
               WireLines *lines, size_t **sources);

#endif
