/* SPDX-License-Identifier: MIT
 * What --stats says at the end of a run. */
#ifndef CITECONV_CLI_STATS_H
#define CITECONV_CLI_STATS_H

#include "convert/pipeline/convert.h"

#include <time.h>

typedef struct Stats {
    struct timespec begun;
    size_t read, written; /* bytes */
    Tally tally;
} Stats;

void stats_begin(Stats *stats);
/* To where messages go, in their form: lines for people, or one JSON object. */
void stats_write(const Stats *stats, Diag *diag);

#endif
