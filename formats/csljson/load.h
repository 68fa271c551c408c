/* SPDX-License-Identifier: MIT
 * What jansson does for the reader of CSL-JSON: it reads what is not as plain as build.c
 * wants it, says what is wrong with the rest, and writes trees.  Its own values are gone
 * when these return. */
#ifndef CITECONV_FORMATS_CSLJSON_LOAD_H
#define CITECONV_FORMATS_CSLJSON_LOAD_H

#include "formats/csljson/tree.h"

enum { LOAD_WHY = 160 };

typedef struct LoadError {
    size_t at; /* offset of what it refused */
    char why[LOAD_WHY];
} LoadError;

/* Before anything else is called. */
void load_seed(void);
/* A string or a bare word, strictly; NULL where it is none. */
Tree *load_token(const Soil *soil, Str token);
/* An item; NULL where it is refused, and *error says why. */
Tree *load_item(const Soil *soil, Str item, LoadError *error);
/* What is wrong with an item that the scan could not go through; false where that is not
 * seen. */
bool load_fault(Str item, LoadError *error);

/* Compact, in `texts`. */
Str tree_text(const Soil *soil, const Tree *tree);
bool tree_equal(const Soil *soil, const Tree *a, const Tree *b);

#endif
