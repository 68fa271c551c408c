/* SPDX-License-Identifier: MIT
 * From steps to text and runs: quotes by depth, marks that flip inside themselves,
 * punctuation where two pieces meet. */
#ifndef CITECONV_STYLE_LOWER_H
#define CITECONV_STYLE_LOWER_H

#include "convert/style/ops.h"

typedef struct Lowered {
    Buf text;
    StyleRun *runs;
    size_t run_count, run_capacity;
} Lowered;

/* Replaces what `out` held.  The StyleText views it. */
StyleText lower(Lowered *out, const Ops *ops, const Style *style);
void lower_free(Lowered *out);

/* What becomes of two signs of ".,;:!?" that meet. */
typedef enum Seam { SEAM_BOTH, SEAM_FIRST, SEAM_SECOND } Seam;
Seam seam_of(char first, char second);
bool seam_is_punctuation(char c);

#endif
