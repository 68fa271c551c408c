/* SPDX-License-Identifier: MIT
 * Citation keys: given ones stay, missing ones are made: sutskever2014sequence. */
#ifndef CITECONV_PIPELINE_KEY_H
#define CITECONV_PIPELINE_KEY_H

#include "convert/pipeline/stage.h"
#include "convert/pipeline/template.h"

typedef struct KeyMaker KeyMaker;

/* `template` may be NULL and outlives the maker.  The keys so far need `memory` or less,
 * and past that a file (io/table.h). */
KeyMaker *key_open(const Template *template, size_t memory, Diag *diag);
void key_close(KeyMaker *maker);
/* A record with a key keeps it; false where an earlier record has the same.  Without
 * one it gets family name, year and first word of the title, in ASCII, and where that is
 * taken an a, b, ..., z, aa, ...: no made key is ever that of an earlier record.  With a
 * template all keys are made, by it, and in that way where it gives none. */
bool key_assign(KeyMaker *maker, Record *rec);
/* Keys may have been given twice since. */
bool key_failed(const KeyMaker *maker);

/* Gives keys to what passes, and says which are given twice, unless a later stage does:
 * one that merges records knows which of them stay.  `template` is one that
 * template_open accepts, or NULL. */
Stage *key_stage_open(const char *template, bool says, size_t memory, Stage *next);
void key_report_repeated(Diag *diag, const Record *rec);

#endif
