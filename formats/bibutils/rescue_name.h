/* SPDX-License-Identifier: MIT
 * Names of the sources as libbibutils has them in its lines: "Family|Given|A||Jr". */
#ifndef CITECONV_FORMATS_BIBUTILS_RESCUE_NAME_H
#define CITECONV_FORMATS_BIBUTILS_RESCUE_NAME_H

#include "convert/base/arena.h"

/* Of "Family, Given" and "Family, GA". */
Str rescue_name(Arena *arena, Str value);
/* Of MEDLINE's short names, "Family GA Jr"; what is none is a family name. */
Str rescue_short_name(Arena *arena, Str value);

#endif
