/* SPDX-License-Identifier: MIT
 * Names of the sources as libbibutils has them in its lines: "Family|Given|A||Jr". */
#ifndef CITECONV_FORMATS_BIBUTILS_RESCUE_NAME_H
#define CITECONV_FORMATS_BIBUTILS_RESCUE_NAME_H

#include "formats/bibutils/piece.h"
#include "formats/bibutils/wire.h"

/* Of "Family, Given" and "Family, GA". */
Str rescue_name(Arena *arena, Str value);
/* Of MEDLINE's short names, "Family GA Jr"; what is none is a family name. */
Str rescue_short_name(Arena *arena, Str value);
/* The family name of a short one, "Family GA" or "Family, GA". */
Str rescue_family(Str value);
/* "Jr" and the like of PubMed's XML, which the library passes over, onto the lines of
 * those whose they are. */
void rescue_suffixes(Arena *arena, Piece *piece, WireLines *lines);

#endif
