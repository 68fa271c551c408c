/* SPDX-License-Identifier: MIT
 * The figures of a run; see stats.h. */
#include "convert/cli/stats.h"
#include "convert/cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *const LEVELS[LEVEL_COUNT] = {[LEVEL_DETAIL] = "details",
                                                [LEVEL_NOTE] = "notes",
                                                [LEVEL_WARNING] = "warnings",
                                                [LEVEL_ERROR] = "errors"};

void stats_begin(Stats *stats)
{
    *stats = (Stats){0};
    clock_gettime(CLOCK_MONOTONIC, &stats->begun);
}

/* KiB at the most.  Where the kernel tells, without what was there before the program
 * began, which getrusage counts, too. */
static size_t peak_memory(void)
{
    static const char PEAK[] = "VmHWM:";
    size_t most = 0;
    char line[256];
    FILE *status = fopen("/proc/self/status", "re");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, PEAK, sizeof PEAK - 1) == 0)
            most = strtoul(line + sizeof PEAK - 1, NULL, 10);
    }
    if (status != NULL)
        fclose(status);
    struct rusage usage;
    if (most == 0 && getrusage(RUSAGE_SELF, &usage) == 0)
        most = (size_t)usage.ru_maxrss;
    return most;
}

/* What came to the writer; nothing where none is. */
static size_t records_written(const Tally *tally)
{
    for (size_t i = 0; i < STAGES_MOST && tally->stages[i].name != NULL; i++) {
        if (strcmp(tally->stages[i].name, "write") == 0)
            return tally->stages[i].records;
    }
    return 0;
}

static double rate(const Stats *stats, double seconds)
{
    return seconds > 0 ? (double)stats->read / 1e6 / seconds : 0;
}

static void add_lines(Buf *text, const Stats *stats, const Diag *diag, double seconds)
{
    const Tally *tally = &stats->tally;
    buf_format(text, "records   %zu read, %zu written, %zu skipped\nmessages  ",
               tally->records, records_written(tally), tally->skipped);
    for (size_t level = LEVEL_COUNT; level-- > 0;) {
        size_t count = diag->counts[level], letters = strlen(LEVELS[level]);
        buf_format(text, "%zu %.*s%s", count, (int)(count == 1 ? letters - 1 : letters),
                   LEVELS[level], level > 0 ? ", " : "\n");
    }
    buf_format(text, "bytes     %zu in, %zu out\n", stats->read, stats->written);
    buf_format(text, "time      %.3f s, %.1f MB/s\n", seconds, rate(stats, seconds));
    buf_format(text, "memory    %.1f MiB at most\n", (double)peak_memory() / 1024);
    for (size_t i = 0; i < STAGES_MOST && tally->stages[i].name != NULL; i++)
        buf_format(text, "%s %s %zu", i == 0 ? "stages   " : ",", tally->stages[i].name,
                   tally->stages[i].records);
    buf_add(text, tally->stages[0].name != NULL ? STR("\n") : STR(""));
}

static void add_json(Buf *text, const Stats *stats, const Diag *diag, double seconds)
{
    const Tally *tally = &stats->tally;
    buf_format(text,
               "{\"stats\":{\"records_read\":%zu,\"records_written\":%zu,"
               "\"records_skipped\":%zu",
               tally->records, records_written(tally), tally->skipped);
    for (size_t level = LEVEL_COUNT; level-- > 0;)
        buf_format(text, ",\"%s\":%zu", LEVELS[level], diag->counts[level]);
    buf_format(text,
               ",\"bytes_in\":%zu,\"bytes_out\":%zu,\"seconds\":%.3f,"
               "\"memory_kib\":%zu,\"stages\":{",
               stats->read, stats->written, seconds, peak_memory());
    for (size_t i = 0; i < STAGES_MOST && tally->stages[i].name != NULL; i++)
        buf_format(text, "%s\"%s\":%zu", i == 0 ? "" : ",", tally->stages[i].name,
                   tally->stages[i].records);
    buf_add(text, STR("}}}\n"));
}

void stats_write(const Stats *stats, Diag *diag)
{
    struct timespec now;
    Buf text = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = seconds_between(&stats->begun, &now);
    if (diag->form == DIAG_JSON)
        add_json(&text, stats, diag, seconds);
    else
        add_lines(&text, stats, diag, seconds);
    ssize_t written = write(diag->fd, text.data, text.size);
    (void)written; /* nobody to tell */
    buf_free(&text);
}
