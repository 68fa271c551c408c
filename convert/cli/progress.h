/* SPDX-License-Identifier: MIT
 * A line on the terminal for whoever waits: shown after a second, on standard error,
 * and only where that is a terminal and the output is not. */
#ifndef CITECONV_CLI_PROGRESS_H
#define CITECONV_CLI_PROGRESS_H

#include "convert/pipeline/convert.h"

#include <time.h>

typedef struct Progress {
    Diag *diag; /* whose messages must not run into the line */
    const Source *in;
    bool wanted;
    struct timespec begun, shown;
} Progress;

void progress_begin(Progress *progress, Diag *diag, const Source *in, bool wanted);
/* A Job's hook: the context is the Progress. */
void progress_tell(void *context, const Tally *tally);
/* Wipes the line. */
void progress_end(Progress *progress);

#endif
