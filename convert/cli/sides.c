/* SPDX-License-Identifier: MIT
 * Reading the sides of a merge; see sides.h. */
#include "convert/cli/sides.h"
#include "convert/pipeline/detect.h"

bool sides_can(const Command *command, Diag *diag)
{
    if (command->input_count == MERGE_FILES)
        return true;
    diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                "--merge takes three files: BASE OURS THEIRS");
    return false;
}

/* A file that holds nothing, as of a side that has no such file, is of any format. */
static Status read_side(Side *side, const Job *whole, const Format **from,
                        const char *file, const Command *command, const Tables *tables,
                        Diag *diag)
{
    Options opt = {.repair = !command->no_repair,
                   .venues = tables->venues,
                   .map = tables->map,
                   .values = command->values,
                   .value_count = command->value_count};
    Job job = {.from = command->from,
               .in = source_open(&file, 1, command->from_charset, diag),
               .diag = diag,
               .opt = &opt,
               .plan = whole->plan};
    bool blank = !source_skip_blank(job.in);
    if (job.from == NULL && !blank)
        job.from = detect_format(job.in);
    bool known = job.from != NULL || blank;
    if (!known)
        diag_report(diag, LEVEL_ERROR, "unknown-format", source_place(job.in),
                    "cannot tell what format this is; say it with -f");
    if (known && !blank) {
        job.into = side_stage_open(side);
        convert_run(&job);
        *from = job.from;
    }
    bool failed = source_failed(job.in);
    source_close(job.in);
    return failed ? STATUS_WORLD : known ? STATUS_FINE : STATUS_LOST;
}

Status sides_open(Sides *sides, Job *job, const Command *command, const Tables *tables)
{
    const Format *of_base = NULL, *of_theirs = NULL;
    /* Both sides have its faults, too, and say them. */
    Diag silent = {.fd = job->diag->fd, .least = LEVEL_COUNT};
    *sides = (Sides){.base = side_open(), .theirs = side_open()};
    Status status = read_side(sides->base, job, &of_base, command->inputs[MERGE_BASE],
                              command, tables, &silent);
    if (status == STATUS_FINE)
        status = read_side(sides->theirs, job, &of_theirs, command->inputs[MERGE_THEIRS],
                           command, tables, job->diag);
    diag_free(&silent);
    if (job->from == NULL && !source_skip_blank(job->in))
        job->from = of_theirs != NULL ? of_theirs : of_base;
    job->base = sides->base;
    job->theirs = sides->theirs;
    return status;
}

void sides_close(Sides *sides)
{
    side_close(sides->base);
    side_close(sides->theirs);
}
