/* SPDX-License-Identifier: MIT
 * The stem of a citation key: sutskever2014sequence. */
#ifndef CITECONV_RECORD_STEM_H
#define CITECONV_RECORD_STEM_H

#include "convert/record/record.h"
#include "convert/text/latin.h"

/* Family name of the first author (else editor, else translator), year, and the title's
 * first word that is no article or the like; in ASCII letters and digits, lower case,
 * other scripts spelled by `latin`, which knows the record.  Never empty, and lives in
 * the arena. */
Str stem_of(Arena *arena, Latin *latin, const Record *rec);

#endif
