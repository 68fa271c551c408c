/* SPDX-License-Identifier: MIT
 * In what two texts differ, line by line: Myers' algorithm in linear space ("An O(ND)
 * Difference Algorithm and Its Variations", 1986), shown as a unified diff.
 *
 * The search for the shortest way is given up where the texts have little in common, so
 * that the time stays near linear: the diff is then right, but not the shortest. */
#ifndef CITECONV_PIPELINE_DIFF_H
#define CITECONV_PIPELINE_DIFF_H

#include "convert/io/sink.h"

/* Writes nothing where both are the same, and returns whether they differ.  Lines end
 * with LF; a last line without one is told as diff(1) does.  Names are for the heading.
 */
bool diff_write(Sink *out, Str name_a, Str a, Str name_b, Str b);

#endif
