/* SPDX-License-Identifier: MIT
 * A line on the terminal for whoever waits: shown after a second and anew each second, on
 * standard error, and only where that is a terminal and the output is not. */
#ifndef CITECONV_CLI_PROGRESS_H
#define CITECONV_CLI_PROGRESS_H

#include "convert/pipeline/convert.h"

#include <time.h>

typedef struct Progress {
    Diag *diag; /* whose messages must not run into the line */
    const Source *in;
    bool wanted;
    size_t size;    /* bytes of the whole input; 0: not known */
    size_t columns; /* of the terminal */
    struct timespec begun, shown;
} Progress;

/* Only `in`, `wanted` and `size` of the Progress are set. */
void progress_begin(Progress *progress, Diag *diag);
/* A Job's hook: the context is the Progress. */
void progress_tell(void *context, const Tally *tally);
/* Wipes the line. */
void progress_end(Progress *progress);

/* Seconds from the one to the other. */
double seconds_between(const struct timespec *begun, const struct timespec *now);

#endif
