/* SPDX-License-Identifier: MIT
 * Text that a scraper damaged, made whole: a space after every '.', ',' and ':',
 * words run together, a journal page's buttons at the end.
 *
 * Precision comes first: what might be prose stays as it is.  Each rule has a name,
 * listed in citeconv(1). */
#ifndef CITECONV_TEXT_REPAIR_H
#define CITECONV_TEXT_REPAIR_H

#include "convert/base/arena.h"

typedef struct Repair {
    const char *rule;  /* "decimal", "thousands", "time", "abbreviation", "url", ... */
    size_t at;         /* byte of the input where the changed part starts */
    Str before, after; /* the changed part with a little of its surroundings */
} Repair;

/* Called once a repair, in order.  The Repair dies when it returns. */
typedef void RepairTold(void *context, const Repair *repair);

/* The repaired text; `s` itself where nothing is wrong.  In math ("$...$") nothing but
 * numbers are touched.  `told` may be NULL.  Idempotent. */
Str repair_text(Arena *arena, Str s, RepairTold *told, void *context);

#endif
