/* SPDX-License-Identifier: MIT
 * Keys of bytes by which records are sorted. */
#ifndef CITECONV_PIPELINE_SORT_KEY_H
#define CITECONV_PIPELINE_SORT_KEY_H

#include "convert/pipeline/sort.h"

typedef struct SortKeyMaker SortKeyMaker;

SortKeyMaker *sort_key_open(const SortOrder *order);
void sort_key_close(SortKeyMaker *maker);
/* Adds the key: memcmp of two keys is the order of their records. */
void sort_key_make(SortKeyMaker *maker, const Record *rec, Buf *key);

#endif
