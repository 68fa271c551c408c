/* SPDX-License-Identifier: MIT
 * Citation keys: given ones stay, missing ones are made: sutskever2014sequence. */
#ifndef CITECONV_PIPELINE_KEY_H
#define CITECONV_PIPELINE_KEY_H

#include "convert/pipeline/stage.h"

typedef struct KeyMaker KeyMaker;

KeyMaker *key_open(void);
void key_close(KeyMaker *maker);
/* A record with a key keeps it; false where an earlier record has the same.  Without
 * one it gets family name, year and first word of the title, in ASCII, and where that is
 * taken an a, b, ..., z, aa, ...: no made key is ever that of an earlier record. */
bool key_assign(KeyMaker *maker, Record *rec);

/* Gives keys to what passes, and says which are given twice. */
Stage *key_stage_open(Stage *next);

#endif
