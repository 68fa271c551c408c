/* SPDX-License-Identifier: MIT
 * One name of a list. */
#ifndef CITECONV_STYLE_NAME_H
#define CITECONV_STYLE_NAME_H

#include "convert/style/eval.h"

typedef struct NameJob {
    const Node *names; /* cs:names, for its name parts */
    const NameOptions *options;
    bool inverted;
    bool family_only;
    bool initials; /* of the given names, whatever the options say */
    bool full;     /* given names are not made initials */
} NameJob;

/* Adds a name as it is printed, or as it is sorted where e->key is set. */
void name_emit(Eval *e, const Person *person, const NameJob *job);
/* True where the name is printed family first and comma. */
bool name_is_inverted(const Person *person, const NameJob *job);
/* Given names with what `with` says behind each initial; `whole`: names stay whole and
 * only lone initials get it. */
Str name_initials(Arena *arena, Str given, Str with, bool hyphen, bool whole);

#endif
