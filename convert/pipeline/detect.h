/* SPDX-License-Identifier: MIT
 * Telling the format of an input by its content: every reader bids on the first bytes. */
#ifndef CITECONV_PIPELINE_DETECT_H
#define CITECONV_PIPELINE_DETECT_H

#include "formats/format.h"

/* The highest bidder, or NULL where nobody knows it.  Reads more only while nobody is
 * sure. */
const Format *detect_format(Source *in);
/* The same, but NULL where the highest bidder is not sure. */
const Format *detect_sure_format(Source *in);
/* What an input that nobody knows is, in words for the user, and what to do with it; NULL
 * where that is not known either. */
const char *detect_other(Source *in);

#endif
