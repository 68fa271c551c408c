/* SPDX-License-Identifier: MIT
 * Plain-text reference lists. */
#ifndef CITECONV_FORMATS_TEXT_TEXT_H
#define CITECONV_FORMATS_TEXT_TEXT_H

#include "formats/format.h"

extern const Format format_text;

#endif
