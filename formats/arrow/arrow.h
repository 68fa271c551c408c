/* SPDX-License-Identifier: MIT
 * Author pages of the Arrow paper search, read only. */
#ifndef CITECONV_FORMATS_ARROW_ARROW_H
#define CITECONV_FORMATS_ARROW_ARROW_H

#include "formats/format.h"

extern const Format format_arrow;

#endif
