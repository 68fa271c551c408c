/* SPDX-License-Identifier: MIT
 * The progress line; see progress.h. */
#include "convert/cli/progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { RECORDS_BETWEEN_LOOKS = 16, COLUMNS = 80, COLUMNS_LEAST = 20 };

double seconds_between(const struct timespec *begun, const struct timespec *now)
{
    return (double)(now->tv_sec - begun->tv_sec) +
           (double)(now->tv_nsec - begun->tv_nsec) / 1e9;
}

static void put(Diag *diag, const char *text, size_t size)
{
    ssize_t written = write(diag->fd, text, size);
    (void)written; /* nobody to tell */
}

void progress_begin(Progress *progress, Diag *diag)
{
    struct winsize size;
    progress->diag = diag;
    progress->columns = COLUMNS;
    if (ioctl(diag->fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= COLUMNS_LEAST)
        progress->columns = size.ws_col;
    if (progress->wanted)
        clock_gettime(CLOCK_MONOTONIC, &progress->begun);
    progress->shown = progress->begun;
}

/* ", 20 s left": as long as what is done took for its part of the whole. */
static void add_rest(char *line, size_t room, size_t done, size_t whole, double seconds)
{
    double left = seconds * ((double)whole / (double)done - 1);
    if (left < 90)
        snprintf(line, room, ", %.0f s left", left);
    else
        snprintf(line, room, ", %.0f min left", left / 60);
}

static void show(const Progress *progress, const Tally *tally, double seconds)
{
    char line[160], of[32] = "", rest[32] = "";
    size_t done = source_bytes(progress->in);
    double megabytes = (double)done / 1e6;
    if (done > 0 && done <= progress->size) {
        snprintf(of, sizeof of, " of %.1f", (double)progress->size / 1e6);
        add_rest(rest, sizeof rest, done, progress->size, seconds);
    }
    /* What does not fit would wrap, and only its last line be wiped. */
    int fits = (int)progress->columns - 1;
    char text[128];
    snprintf(text, sizeof text, "%zu records, %.1f%s MB, %.1f MB/s%s",
             tally->records + tally->skipped, megabytes, of, megabytes / seconds, rest);
    int size = snprintf(line, sizeof line, "\r\033[K%.*s", fits, text);
    put(progress->diag, line, (size_t)size);
    progress->diag->status_line = true;
}

void progress_tell(void *context, const Tally *tally)
{
    Progress *progress = context;
    struct timespec now;
    size_t records = tally->records + tally->skipped;
    if (!progress->wanted || records % RECORDS_BETWEEN_LOOKS != 0)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds_between(&progress->shown, &now) < 1)
        return;
    progress->shown = now;
    show(progress, tally, seconds_between(&progress->begun, &now));
}

void progress_end(Progress *progress)
{
    if (progress->diag->status_line)
        put(progress->diag, "\r\033[K", 4);
    progress->diag->status_line = false;
}
