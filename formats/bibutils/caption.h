/* SPDX-License-Identifier: MIT
 * "vol." beside the number of a volume. */
#ifndef CITECONV_FORMATS_BIBUTILS_CAPTION_H
#define CITECONV_FORMATS_BIBUTILS_CAPTION_H

#include "formats/bibutils/piece.h"
#include "formats/bibutils/wire.h"

/* Takes the captions of the source off the numbers in lines, where they say no more than
 * the field does. */
void captions_take(WireLines *lines, const Piece *piece);

#endif
