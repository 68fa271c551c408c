/* SPDX-License-Identifier: MIT
 * Word's sources, of which libbibutils reads what BibTeX has, too. */
#ifndef CITECONV_FORMATS_BIBUTILS_RESCUE_WORD_H
#define CITECONV_FORMATS_BIBUTILS_RESCUE_WORD_H

#include "formats/bibutils/piece.h"
#include "formats/bibutils/wire.h"

/* What the library passes over of Word's: people who are no authors, when a site was
 * looked up, that a report is a thesis. */
void rescue_word(Arena *arena, Piece *piece, WireLines *lines);

#endif
