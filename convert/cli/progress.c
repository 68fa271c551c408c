/* SPDX-License-Identifier: MIT
 * The progress line; see progress.h. */
#include "convert/cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { RECORDS_BETWEEN_LOOKS = 64 };

static double seconds_since(const struct timespec *then, const struct timespec *now)
{
    return (double)(now->tv_sec - then->tv_sec) +
           (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

static void put(Diag *diag, const char *text, size_t size)
{
    ssize_t written = write(diag->fd, text, size);
    (void)written; /* nobody to tell */
}

void progress_begin(Progress *progress, Diag *diag, const Source *in, bool wanted)
{
    *progress = (Progress){.diag = diag, .in = in, .wanted = wanted};
    if (wanted)
        clock_gettime(CLOCK_MONOTONIC, &progress->begun);
    progress->shown = progress->begun;
}

void progress_tell(void *context, const Tally *tally)
{
    Progress *progress = context;
    struct timespec now;
    size_t records = tally->records + tally->skipped;
    if (!progress->wanted || records % RECORDS_BETWEEN_LOOKS != 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double total = seconds_since(&progress->begun, &now);
    if (total < 1 || seconds_since(&progress->shown, &now) < 0.2)
        return;
    progress->shown = now;
    char line[96];
    double megabytes = (double)source_bytes(progress->in) / 1e6;
    int size = snprintf(line, sizeof line, "\r\033[K%zu records, %.0f MB, %.0f MB/s",
                        tally->records, megabytes, megabytes / total);
    put(progress->diag, line, (size_t)size);
    progress->diag->status_line = true;
}

void progress_end(Progress *progress)
{
    if (progress->diag != NULL && progress->diag->status_line)
        put(progress->diag, "\r\033[K", 4);
    if (progress->diag != NULL)
        progress->diag->status_line = false;
}
