/* SPDX-License-Identifier: MIT
 * What a record of the Web of Science is.
 *
 * PT says no more than what it came out in: a journal, a book, a series.  To libbibutils
 * a paper or chapter in a book is that book, and one in a series has two titles; it
 * understands what is in a journal. */
#ifndef CITECONV_FORMATS_BIBUTILS_ISI_TYPE_H
#define CITECONV_FORMATS_BIBUTILS_ISI_TYPE_H

#include "formats/bibutils/piece.h"

/* Sets the piece's kind where DT, CT and the titles tell it; then it goes to the library
 * as if it were in a journal. */
void isi_type_settle(Piece *piece);

#endif
