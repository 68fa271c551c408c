/* SPDX-License-Identifier: MIT
 * The formats as a user sees them, made from the registry and the formats' own tables. */
#ifndef CITECONV_CLI_EXPLAIN_H
#define CITECONV_CLI_EXPLAIN_H

#include "formats/format.h"

/* What --list-formats prints: name, r and w, title; a line each. */
void explain_formats(Sink *out);
/* What --explain prints: kinds, tags and options of one format. */
void explain_format(Sink *out, const Format *format);

#endif
