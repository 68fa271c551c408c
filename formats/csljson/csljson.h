/* SPDX-License-Identifier: MIT
 * CSL-JSON, as an array and as one item a line. */
#ifndef CITECONV_FORMATS_CSLJSON_CSLJSON_H
#define CITECONV_FORMATS_CSLJSON_CSLJSON_H

#include "formats/format.h"

extern const Format format_csljson, format_csljsonl;

#endif
