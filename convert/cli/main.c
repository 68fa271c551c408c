/* SPDX-License-Identifier: MIT
 * citeconv: what the words on the command line ask for. */
#include "convert/cli/explain.h"
#include "convert/cli/files.h"
#include "convert/cli/progress.h"
#include "convert/pipeline/convert.h"
#include "convert/pipeline/detect.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static void set_up_messages(Diag *diag, const Command *command)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    diag->json = command->json;
    diag->least = command->quiet     ? LEVEL_ERROR
                  : command->verbose ? LEVEL_DETAIL
                                     : LEVEL_NOTE;
    diag->colour = !diag->json && isatty(diag->fd) != 0 &&
                   (no_colour == NULL || no_colour[0] == '\0') && term != NULL &&
                   strcmp(term, "dumb") != 0;
}

static size_t terminal_width(const Command *command)
{
    struct winsize size;
    if (command->width_given)
        return command->width;
    if (!files_write_stdout(command) || isatty(STDOUT_FILENO) == 0 ||
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return 0;
    return size.ws_col;
}

/* Not where the records themselves go to the terminal. */
static bool wants_progress(const Diag *diag, const Command *command)
{
    bool apart = !files_write_stdout(command) || isatty(STDOUT_FILENO) == 0;
    return apart && isatty(diag->fd) != 0 && !diag->json && diag->least < LEVEL_ERROR;
}

/* Reads with `from`, or says that nobody knows this input.  Nothing but blanks is an
 * empty list in any format. */
static Status convert(Job *job, const Command *command, Tally *tally)
{
    bool blank = !source_skip_blank(job->in);
    if (job->from == NULL && !blank)
        job->from = detect_format(job->in);
    if (job->from == NULL && !blank) {
        diag_report(job->diag, LEVEL_ERROR, "unknown-format", source_place(job->in),
                    "cannot tell what format this is; say it with -f");
        return STATUS_LOST;
    }
    Place begun_at = source_place(job->in);
    Progress progress;
    progress_begin(&progress, job->diag, job->in, wants_progress(job->diag, command));
    job->progress = progress_tell;
    job->context = &progress;
    *tally = convert_run(job);
    progress_end(&progress);
    if (tally->failed || job->diag->world_failed)
        return STATUS_WORLD;
    if (tally->records + tally->skipped == 0 && !blank && !source_failed(job->in) &&
        !sink_failed(job->out)) {
        diag_report(job->diag, LEVEL_ERROR, "no-records", (Place){.file = begun_at.file},
                    "no record found in the input, read as %s", job->from->name);
        return STATUS_LOST;
    }
    return STATUS_FINE;
}

static Status judge(const Diag *diag, const Command *command, Status so_far)
{
    if (so_far != STATUS_FINE)
        return so_far;
    if (diag->counts[LEVEL_ERROR] > 0)
        return STATUS_LOST;
    return command->strict && diag->counts[LEVEL_WARNING] > 0 ? STATUS_LOST : STATUS_FINE;
}

/* glibc's //TRANSLIT takes its replacements from the locale, and the "C" locale has
 * none.  Nothing else here asks for one. */
static void know_characters(void)
{
    const char *locale = setlocale(LC_CTYPE, "");
    if (locale == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

/* Each file is there or it is said. */
typedef struct Streams {
    Source *in;
    Sink *out, *report; /* report NULL: none is asked for */
} Streams;

static bool open_streams(Streams *streams, const Command *command, Diag *diag)
{
    *streams = (Streams){0};
    streams->out = sink_open(command->output, command->to_charset, diag);
    if (streams->out != NULL && command->report != NULL)
        streams->report = sink_open(command->report, NULL, diag);
    if (streams->out == NULL || (command->report != NULL && streams->report == NULL)) {
        if (streams->out != NULL)
            sink_close(streams->out, false);
        return false;
    }
    streams->in =
        source_open(command->inputs, command->input_count, command->from_charset, diag);
    return true;
}

/* Puts the files in their places where all went well. */
static bool close_streams(Streams *streams, bool whole)
{
    whole = whole && !source_failed(streams->in);
    source_close(streams->in);
    sink_flush(streams->out);
    bool abandoned = sink_abandoned(streams->out);
    bool fine = sink_close(streams->out, whole) || abandoned;
    if (streams->report != NULL) {
        sink_flush(streams->report);
        abandoned = sink_abandoned(streams->report);
        fine = (sink_close(streams->report, whole) || abandoned) && fine;
    }
    return fine && whole;
}

static Status run_conversion(const Command *command, Diag *diag, const Tables *tables)
{
    Streams streams;
    if (command->to_charset != NULL)
        know_characters();
    if (!open_streams(&streams, command, diag))
        return STATUS_WORLD;
    Options opt = {.repair = !command->no_repair,
                   .carry = command->carry == CARRY_YES ||
                            (command->carry == CARRY_BY_TARGET && command->to->carries),
                   .venues = tables->venues,
                   .map = tables->map,
                   .width = terminal_width(command),
                   .values = command->values,
                   .value_count = command->value_count};
    Job job = {.from = command->from,
               .to = command->to,
               .in = streams.in,
               .out = streams.out,
               .diag = diag,
               .opt = &opt,
               .plan = &command->plan};
    if (streams.report != NULL)
        job.report = report_open(streams.report, diag);
    Tally tally = {0};
    Status status = convert(&job, command, &tally);
    if (job.report != NULL)
        report_close(job.report, tally.records, tally.skipped, &tally.fields);
    if (!close_streams(&streams, status != STATUS_WORLD))
        return STATUS_WORLD;
    return judge(diag, command, status);
}

/* Nothing is opened for writing before all that is asked for is known to make sense. */
static Status prepare_conversion(const Command *command, Diag *diag)
{
    if (command->to_assumed && !files_write_stdout(command))
        diag_report(diag, LEVEL_NOTE, "usage", (Place){0},
                    "no format is known by the suffix of %s; writing %s", command->output,
                    command->to->name);
    if (!files_are_apart(command, diag))
        return STATUS_USAGE;
    if (!files_are_there(command, diag))
        return STATUS_WORLD;
    Tables tables;
    Status status = tables_open(&tables, command, diag);
    if (status == STATUS_FINE)
        status = run_conversion(command, diag, &tables);
    tables_close(&tables);
    return status;
}

static Status print(const Command *command, Diag *diag)
{
    Sink *out = sink_open(NULL, NULL, diag);
    if (out == NULL)
        return STATUS_WORLD;
    if (command->task == TASK_HELP)
        command_help(out);
    else if (command->task == TASK_VERSION)
        sink_write(out, STR("citeconv " CITECONV_VERSION "\n"));
    else if (command->task == TASK_LIST_FORMATS)
        explain_formats(out);
    else
        explain_format(out, command->explained);
    sink_flush(out);
    bool abandoned = sink_abandoned(out);
    return sink_close(out, true) || abandoned ? STATUS_FINE : STATUS_WORLD;
}

/* A file opened where a standard stream is missing would become that stream: messages
 * would land in the output.  What stands in for it fails as the missing one would. */
static void fill_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
            continue;
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return;
    }
}

static Status run(const Command *command, Diag *diag)
{
    switch (command->task) {
    case TASK_CONVERT:
        return prepare_conversion(command, diag);
    case TASK_CHECK:
    case TASK_DIFF:
        diag_report(diag, LEVEL_ERROR, "usage", (Place){0}, "not there yet");
        return STATUS_USAGE;
    case TASK_HELP:
    case TASK_VERSION:
    case TASK_LIST_FORMATS:
    case TASK_EXPLAIN:
        return print(command, diag);
    }
    return STATUS_USAGE;
}

int main(int argc, char **argv)
{
    fill_streams();
    Diag diag = {.fd = STDERR_FILENO, .least = LEVEL_NOTE};
    Command command;
    Status status = STATUS_USAGE;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, and a quiet end */
    set_up_messages(&diag, &(Command){0});
    if (command_parse(argc, argv, &command, &diag)) {
        set_up_messages(&diag, &command);
        status = run(&command, &diag);
    }
    command_free(&command);
    diag_free(&diag);
    return (int)status;
}
