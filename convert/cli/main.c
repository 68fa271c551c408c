/* SPDX-License-Identifier: MIT
 * citeconv: what the words on the command line ask for, and the exit status.
 *
 * 0 fine; 1 a record was thrown away (--strict: anything lost or guessed); 2 wrong
 * usage; 3 the world failed. */
#include "convert/cli/explain.h"
#include "convert/cli/options.h"
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

typedef enum Status {
    STATUS_FINE = 0,
    STATUS_LOST = 1,
    STATUS_USAGE = 2,
    STATUS_WORLD = 3
} Status;

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

/* What was asked for on the command line is there before anything is written. */
static bool inputs_are_there(const Command *command, Diag *diag)
{
    bool fine = true;
    for (size_t i = 0; i < command->input_count; i++) {
        const char *name = command->inputs[i];
        struct stat info;
        if (strcmp(name, "-") == 0)
            continue;
        if (stat(name, &info) != 0 || access(name, R_OK) != 0) {
            diag_report(diag, LEVEL_ERROR, "open-failed", (Place){0},
                        "cannot open %s: %s", name, strerror(errno));
            fine = false;
        } else if (S_ISDIR(info.st_mode)) {
            diag_report(diag, LEVEL_ERROR, "open-failed", (Place){0},
                        "cannot open %s: %s", name, strerror(EISDIR));
            fine = false;
        }
    }
    return fine;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool stat_input(const char *name, struct stat *info)
{
    return (strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, info) : stat(name, info)) == 0;
}

static bool writes_stdout(const Command *command)
{
    return command->output == NULL || strcmp(command->output, "-") == 0;
}

/* An input is never overwritten: neither by -o nor by ">>" of the shell. */
static bool output_is_no_input(const Command *command, Diag *diag)
{
    struct stat out, in;
    bool to_stdout = writes_stdout(command);
    if ((to_stdout ? fstat(STDOUT_FILENO, &out) : stat(command->output, &out)) != 0)
        return true;
    for (size_t i = 0; i < command->input_count; i++) {
        /* An empty one has nothing to lose: "cmd <new >new" is common enough. */
        if (stat_input(command->inputs[i], &in) && same_file(&out, &in) &&
            in.st_size > 0) {
            diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                        "%s is input and output; write to another file",
                        to_stdout ? command->inputs[i] : command->output);
            return false;
        }
    }
    if (command->venues != NULL && stat(command->venues, &in) == 0 &&
        same_file(&out, &in)) {
        diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                    "%s is the table of venues; write to another file", command->venues);
        return false;
    }
    return true;
}

static Status load_venues(const char *path, VenueTable *table, Diag *diag)
{
    const char *files[] = {path};
    Source *in = source_open(files, 1, NULL, diag);
    Line line;
    Status status = STATUS_FINE;
    while (source_line(in, &line)) {
        size_t column = 1;
        const char *wrong = venue_add_line(table, line.text, &column);
        if (wrong == NULL)
            continue;
        line.place.col += column - 1;
        diag_report(diag, LEVEL_ERROR, "bad-venue", line.place, "%s", wrong);
        status = STATUS_USAGE;
    }
    if (source_failed(in))
        status = STATUS_WORLD;
    source_close(in);
    return status;
}

static size_t terminal_width(const Command *command)
{
    struct winsize size;
    if (command->width_given)
        return command->width;
    if (!writes_stdout(command) || isatty(STDOUT_FILENO) == 0 ||
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return 0;
    return size.ws_col;
}

/* Not where the records themselves go to the terminal. */
static bool wants_progress(const Diag *diag, const Command *command)
{
    bool apart = !writes_stdout(command) || isatty(STDOUT_FILENO) == 0;
    return apart && isatty(diag->fd) != 0 && !diag->json && diag->least < LEVEL_ERROR;
}

/* Reads with `from`, or says that nobody knows this input.  Nothing but blanks is an
 * empty list in any format. */
static Status convert(Job *job, const Command *command)
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
    Tally tally = convert_run(job);
    progress_end(&progress);
    if (tally.records + tally.skipped == 0 && !blank && !source_failed(job->in) &&
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

static Status run_conversion(const Command *command, Diag *diag, VenueTable *venues)
{
    if (command->to_assumed && !writes_stdout(command))
        diag_report(diag, LEVEL_NOTE, "usage", (Place){0},
                    "no format is known by the suffix of %s; writing %s", command->output,
                    command->to->name);
    if (!output_is_no_input(command, diag))
        return STATUS_USAGE;
    if (!inputs_are_there(command, diag))
        return STATUS_WORLD;
    if (command->venues != NULL) {
        Status loaded = load_venues(command->venues, venues, diag);
        if (loaded != STATUS_FINE)
            return loaded;
    }
    if (command->to_charset != NULL)
        know_characters();
    Sink *out = sink_open(command->output, command->to_charset, diag);
    if (out == NULL)
        return STATUS_WORLD;
    Source *in =
        source_open(command->inputs, command->input_count, command->from_charset, diag);
    Options opt = {.repair = !command->no_repair,
                   .venues = venues,
                   .width = terminal_width(command),
                   .values = command->values,
                   .value_count = command->value_count};
    Job job = {.from = command->from,
               .to = command->to,
               .in = in,
               .out = out,
               .diag = diag,
               .opt = &opt};
    Status status = convert(&job, command);
    bool read = !source_failed(in) && !diag->world_failed;
    source_close(in);
    sink_flush(out);
    bool abandoned = sink_abandoned(out);
    bool written = sink_close(out, read);
    if (!read || (!written && !abandoned))
        return STATUS_WORLD;
    return judge(diag, command, status);
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
        if (command.task == TASK_CONVERT) {
            VenueTable *venues = venue_open();
            status = run_conversion(&command, &diag, venues);
            venue_close(venues);
        } else {
            status = print(&command, &diag);
        }
    }
    command_free(&command);
    diag_free(&diag);
    return (int)status;
}
