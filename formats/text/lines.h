/* SPDX-License-Identifier: MIT
 * Reference lists as lines, wrapped at Options.width. */
#ifndef CITECONV_FORMATS_TEXT_LINES_H
#define CITECONV_FORMATS_TEXT_LINES_H

#include "formats/text/list.h"

extern const Device LINES_PLAIN, LINES_ANSI;

#endif
