/* SPDX-License-Identifier: MIT
 * Dates as library catalogues write them: MARC 21 (field 008), AACR2 (1.4F), ISO 8601. */
#ifndef CITECONV_FORMATS_BIBUTILS_CATALOG_DATE_H
#define CITECONV_FORMATS_BIBUTILS_CATALOG_DATE_H

#include "convert/base/arena.h"

/* As EDTF, for date_parse: "20020702"; "c1999" and "p1980", years of copyrights;
 * "[1998]", which the work does not say itself; "1985-1988"; "1998-", which goes on.
 * Any other as it was written.  A view of it, or of the arena. */
Str catalog_date(Arena *arena, Str written);

#endif
