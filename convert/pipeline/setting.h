/* SPDX-License-Identifier: MIT
 * Values of options as people write them: what the command line and the library take is
 * the same, and each says in its own words what is wrong.
 *
 * False: the value makes no sense, and *into is as it was. */
#ifndef CITECONV_PIPELINE_SETTING_H
#define CITECONV_PIPELINE_SETTING_H

#include "convert/pipeline/plan.h"

/* Columns: 0, or at least 20. */
bool setting_width(const char *value, size_t *into);
/* Bytes: "64M"; never 0. */
bool setting_size(const char *value, size_t *into);
/* "report", "merge". */
bool setting_unique(const char *value, UniqueMode *into);
/* An expression that selects records.  Else *column, from 1, is where it is `wrong`, and
 * why, which is static. */
bool setting_select(const char *value, Str *wrong, size_t *column);
/* The template of a key; `wrong` is added to. */
bool setting_key(const char *value, Buf *wrong, size_t *column);

#endif
