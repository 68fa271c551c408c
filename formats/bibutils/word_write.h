/* SPDX-License-Identifier: MIT
 * Word's bibliographies, written without libbibutils: its types and elements are not
 * those of the schema (ECMA-376, part 1, 22.6), and Word passes over what it does not
 * know. */
#ifndef CITECONV_FORMATS_BIBUTILS_WORD_WRITE_H
#define CITECONV_FORMATS_BIBUTILS_WORD_WRITE_H

#include "formats/format.h"

extern const Writer WORD_WRITER;

#endif
