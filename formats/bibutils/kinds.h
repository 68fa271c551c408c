/* SPDX-License-Identifier: MIT
 * Genres and kinds. */
#ifndef CITECONV_FORMATS_BIBUTILS_KINDS_H
#define CITECONV_FORMATS_BIBUTILS_KINDS_H

#include "formats/bibutils/wire.h"
#include "formats/tags.h"

extern const KindTag MAP_KINDS[];

/* The tag of a line of ours whose value is a kind by CSL's name: it is that. */
#define KINDS_TOLD "KIND:TOLD"

/* The kind, and the genre that told. */
Kind kinds_of(const Tags *tags, const WireLines *lines, Str *type);
/* Whether a genre is in the table at all. */
bool kinds_knows(const Tags *tags, Str genre);
/* Whether a genre is Zotero's name for the kind. */
bool kinds_is_name(Str genre, Kind kind);
/* The genres for a kind; `degree` is the genre field of a thesis, or empty. */
void kinds_write(const Tags *tags, Arena *arena, Kind kind, Str degree, WireLines *lines);

#endif
