/* SPDX-License-Identifier: MIT
 * The other files of a three-way merge: what both sides began with, and what the other
 * side made of it. */
#ifndef CITECONV_CLI_SIDES_H
#define CITECONV_CLI_SIDES_H

#include "convert/cli/files.h"
#include "convert/pipeline/convert.h"

enum { MERGE_BASE, MERGE_OURS, MERGE_THEIRS, MERGE_FILES }; /* of the inputs */

typedef struct Sides {
    Side *base, *theirs;
} Sides;

/* There are three files; else that was reported. */
bool sides_can(const Command *command, Diag *diag);
/* Reads both and makes the job a merge.  Where the job does not know its format yet, it
 * is that of theirs.  What is wrong was reported; close it in any case. */
Status sides_open(Sides *sides, Job *job, const Command *command, const Tables *tables);
void sides_close(Sides *sides);

#endif
