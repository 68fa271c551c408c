/* SPDX-License-Identifier: MIT
 * EndNote's types of works.
 *
 * libbibutils takes types that it has no rules for for articles of journals, and says
 * nothing: they go to it as one that has the same fields, and their kind is put right
 * afterwards. */
#ifndef CITECONV_FORMATS_BIBUTILS_STAND_IN_H
#define CITECONV_FORMATS_BIBUTILS_STAND_IN_H

#include "formats/bibutils/piece.h"
#include "formats/bibutils/wire.h"

/* Whether EndNote itself has the type, in whatever case. */
bool stand_in_known(Str type);
/* The type to give to the library for it, itself where there is none better; then the
 * piece's kind is that of the type, if the library would not tell it. */
Str stand_in_for(Piece *piece, Str type);
/* The same for <ref-type name="...">, which is no value of the record: one that EndNote
 * does not have is made an item, "type". */
Str stand_in_for_name(Piece *piece, Str type);
/* Of EndNote's XML: where the title of what holds the work is the journal's short one,
 * its full one takes the place. */
void stand_in_journal(Arena *arena, Piece *piece, WireLines *lines);
/* The other way: a record in EndNote's tags, as the library spells it, under EndNote's
 * own type where that says more, and with what holds the work where EndNote has it.
 * `kept`: the type tells the kind, which needs no word beside it. */
Str stand_in_text(Arena *arena, Str text, const Record *rec, bool kept);

#endif
