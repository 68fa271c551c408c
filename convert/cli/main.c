/* SPDX-License-Identifier: MIT
 * citeconv: what the words on the command line ask for. */
#include "convert/cli/compare.h"
#include "convert/cli/completion.h"
#include "convert/cli/explain.h"
#include "convert/cli/files.h"
#include "convert/cli/progress.h"
#include "convert/cli/sandbox.h"
#include "convert/cli/sides.h"
#include "convert/cli/stats.h"
#include "convert/pipeline/check.h"
#include "convert/pipeline/convert.h"
#include "convert/pipeline/detect.h"
#include "formats/text/library.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return (no_colour == NULL || no_colour[0] == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

static void set_up_messages(Diag *diag, const Command *command)
{
    diag->form = command->form;
    diag->least = command->quiet     ? LEVEL_ERROR
                  : command->verbose ? LEVEL_DETAIL
                                     : LEVEL_NOTE;
    diag->colour = diag->form == DIAG_TEXT && isatty(diag->fd) != 0 && has_colour();
}

static bool is_fine_terminal(const Command *command)
{
    return files_write_stdout(command) && isatty(STDOUT_FILENO) != 0 && has_colour();
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
    const char *term = getenv("TERM");
    bool apart = !files_write_stdout(command) || isatty(STDOUT_FILENO) == 0;
    bool redraws = term == NULL || strcmp(term, "dumb") != 0;
    return apart && redraws && !command->no_progress && isatty(diag->fd) != 0 &&
           diag->form == DIAG_TEXT && diag->least < LEVEL_ERROR;
}

/* Nothing but blanks is an empty list in any format. */
static bool know_format(Job *job, bool blank)
{
    if (job->from == NULL && !blank)
        job->from = detect_format(job->in);
    if (job->from != NULL || blank)
        return true;
    const char *other = detect_other(job->in);
    diag_report(job->diag, LEVEL_ERROR, "unknown-format", source_place(job->in), "%s",
                other != NULL ? other
                              : "cannot tell what format this is; say it with -f");
    return false;
}

/* Whether something came of the input: a file of macros and comments is one, too, to its
 * own language. */
static bool found_any(const Job *job, const Tally *tally)
{
    bool matter = tally->matter > 0 &&
                  (job->to == NULL || format_same_language(job->from, job->to));
    return tally->records + tally->skipped + tally->empty > 0 || matter;
}

static Status convert(Job *job, const Command *command, bool blank, Tally *tally)
{
    Place begun_at = source_place(job->in);
    Progress progress = {.in = job->in, .wanted = wants_progress(job->diag, command)};
    if (progress.wanted)
        progress.size = files_size(command);
    progress_begin(&progress, job->diag);
    job->progress = progress_tell;
    job->context = &progress;
    *tally = convert_run(job);
    progress_end(&progress);
    if (tally->failed || job->diag->world_failed)
        return STATUS_WORLD;
    if (!blank && !found_any(job, tally) && !source_failed(job->in) &&
        (job->out == NULL || !sink_failed(job->out))) {
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
    bool strict = command->strict || command->task == TASK_CHECK;
    return strict && diag->counts[LEVEL_WARNING] > 0 ? STATUS_LOST : STATUS_FINE;
}

/* glibc's //TRANSLIT takes its replacements from the locale, and the "C" locale has
 * none.  Nothing else here asks for one. */
static void know_characters(void)
{
    const char *locale = setlocale(LC_CTYPE, "");
    if (locale == NULL || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

typedef struct Streams {
    Source *in;
    Sink *out;    /* NULL: a check writes nothing */
    Sink *report; /* NULL: none is asked for */
    Sink *diff;   /* NULL: none is asked for; `out` is then `written` */
    Buf written;
} Streams;

static bool close_sink(Sink *sink, bool whole)
{
    if (sink == NULL)
        return true;
    sink_flush(sink);
    bool abandoned = sink_abandoned(sink);
    return sink_close(sink, whole) || abandoned;
}

static bool open_sink(Sink **sink, const char *path, const char *charset,
                      const Command *command, Diag *diag)
{
    *sink = sink_open(path, charset, diag);
    return *sink != NULL && (command->no_sandbox || sink_entrust(*sink));
}

/* Each file is there or it is said. */
static bool open_streams(Streams *streams, const Command *command, Diag *diag)
{
    bool fine = true;
    const char *charset = command->to_charset;
    *streams = (Streams){0};
    if (command->task == TASK_DIFF) {
        streams->out = sink_open_memory(&streams->written, charset, diag);
        fine = open_sink(&streams->diff, command->output, NULL, command, diag);
    } else if (command->task != TASK_CHECK) {
        fine = open_sink(&streams->out, command->output, charset, command, diag);
    }
    if (fine && command->report != NULL)
        fine = open_sink(&streams->report, command->report, NULL, command, diag);
    bool merge = command->task == TASK_MERGE;
    streams->in =
        source_open(command->inputs + (merge ? MERGE_OURS : 0),
                    merge ? 1 : command->input_count, command->from_charset, diag);
    return fine;
}

/* Puts the files in their places where all went well; the diff is not written yet. */
static bool close_streams(Streams *streams, bool whole)
{
    whole = whole && !source_failed(streams->in);
    source_close(streams->in);
    bool fine = close_sink(streams->out, whole);
    return close_sink(streams->report, whole) && fine && whole;
}

/* What is written: nothing, or by the input's own format, or as the words say. */
static bool choose_output(Job *job, const Command *command)
{
    job->to = command->task == TASK_CHECK ? NULL : command->to;
    bool same = command->task == TASK_DIFF || command->task == TASK_MERGE;
    if (same && command->to_assumed && job->from != NULL)
        job->to = job->from;
    if (job->to == NULL || job->to->writer != NULL)
        return true;
    diag_report(job->diag, LEVEL_ERROR, "usage", (Place){0},
                "format '%s' cannot be written; say with -t what to write",
                job->to->name);
    return false;
}

/* Formats that the words do not name are those of the input, of all of it. */
static bool choose_formats(Job *job, const Command *command)
{
    bool told = command->from != NULL || command->task == TASK_MERGE;
    return choose_output(job, command) &&
           (told || job->from == NULL || files_are_alike(command, job->from, job->diag));
}

/* Reads with `from`, or says that nobody knows this input. */
static Status run_job(Job *job, const Command *command, const Tables *tables,
                      Report *report, Tally *tally)
{
    bool blank = !source_skip_blank(job->in);
    Status status = STATUS_LOST;
    bool known = know_format(job, blank);
    bool chosen = known && choose_formats(job, command);
    if (known && !chosen)
        status = STATUS_USAGE;
    if (chosen) {
        bool carries = job->to != NULL && job->to->carries;
        Options opt = {.repair = !command->no_repair,
                       .carry = command->carry == CARRY_YES ||
                                (command->carry == CARRY_BY_TARGET && carries),
                       .venues = tables->venues,
                       .map = tables->map,
                       .style = tables->style,
                       .locale = command->locale,
                       .cite = command->cite,
                       .terminal = is_fine_terminal(command),
                       .width = terminal_width(command),
                       .values = command->values,
                       .value_count = command->value_count};
        job->opt = &opt;
        job->into = command->task == TASK_CHECK
                        ? check_stage_open(command->plan.memory, job->diag)
                        : NULL;
        status = convert(job, command, blank, tally);
        job->opt = NULL;
    }
    if (report != NULL)
        report_close(report, tally->records, tally->skipped, &tally->fields);
    return status;
}

/* With the tables that the command names. */
static Status run_with_tables(Job *job, const Command *command, Sink *report,
                              Tally *tally)
{
    Tables tables;
    Sides sides = {0};
    Status status = tables_open(&tables, command, job->diag);
    if (status == STATUS_FINE && command->task == TASK_MERGE)
        status = sides_open(&sides, job, command, &tables);
    if (status == STATUS_FINE) {
        if (report != NULL)
            job->report = report_open(report, job->diag);
        status = run_job(job, command, &tables, job->report, tally);
    }
    sides_close(&sides);
    tables_close(&tables);
    return status;
}

static void count_bytes(Stats *stats, const Streams *streams)
{
    stats->read = source_bytes(streams->in);
    if (streams->out == NULL)
        return;
    sink_flush(streams->out);
    stats->written = sink_bytes(streams->out);
}

/* Whoever types the name alone sees nothing happen: the reader of all filters waits. */
static void tell_waiting(const Command *command, Diag *diag)
{
    bool standard = command->input_count == 0 ||
                    (command->input_count == 1 && strcmp(command->inputs[0], "-") == 0);
    if (standard && isatty(STDIN_FILENO) != 0 && isatty(diag->fd) != 0)
        diag_report(diag, LEVEL_NOTE, "usage", (Place){0},
                    "reading citations from the terminal, to the end of input (Ctrl-D); "
                    "see --help");
}

/* Opens, gives up its rights, and only then reads what others wrote. */
static Status run_conversion(Command *command, Diag *diag)
{
    Streams streams;
    Stats stats;
    Status status = STATUS_WORLD;
    stats_begin(&stats);
    if (command->to_charset != NULL)
        know_characters();
    bool open = open_streams(&streams, command, diag);
    if (open) {
        Job job = {.from = command->from,
                   .in = streams.in,
                   .out = streams.out,
                   .diag = diag,
                   .plan = &command->plan,
                   .threads = command->threads,
                   .ready = sandbox_tighten,
                   .ready_context = command};
        sandbox_enter(command, diag);
        status = run_with_tables(&job, command, streams.report, &stats.tally);
        open = job.from != NULL;
        count_bytes(&stats, &streams);
    }
    bool done = status == STATUS_FINE || status == STATUS_LOST;
    bool fine = close_streams(&streams, done);
    bool compared = fine && open && streams.diff != NULL && status == STATUS_FINE;
    if (compared)
        status =
            compare_with_input(command, buf_str(&streams.written), streams.diff, diag);
    fine = close_sink(streams.diff, compared && status != STATUS_WORLD) && fine;
    buf_free(&streams.written);
    if (command->stats)
        stats_write(&stats, diag);
    return fine || !done ? judge(diag, command, status) : STATUS_WORLD;
}

/* What is written is no guess, or a harmless one. */
static bool output_is_told(const Command *command, Diag *diag)
{
    if (command->task != TASK_CONVERT || !command->to_assumed ||
        files_write_stdout(command))
        return true;
    const char *advice = files_advice(command->output);
    if (advice != NULL)
        diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                    "no format is known by the suffix of %s; %s", command->output,
                    advice);
    else
        diag_report(diag, LEVEL_NOTE, "usage", (Place){0},
                    "no format is known by the suffix of %s; writing %s", command->output,
                    command->to->name);
    return advice == NULL;
}

/* Nothing is opened for writing before the words are known to make sense. */
static Status prepare_conversion(Command *command, Diag *diag)
{
    if ((command->task == TASK_DIFF && !compare_can(command, diag)) ||
        (command->task == TASK_MERGE && !sides_can(command, diag)))
        return STATUS_USAGE;
    if (!output_is_told(command, diag))
        return STATUS_USAGE;
    if (!files_are_apart(command, diag))
        return STATUS_USAGE;
    if (!files_are_there(command, diag))
        return STATUS_WORLD;
    tell_waiting(command, diag);
    return run_conversion(command, diag);
}

static void list_styles(Sink *out, const char *word, Diag *diag)
{
    Library *library = library_open();
    if (library_list(library, out, str_from(word)) == 0)
        diag_report(diag, LEVEL_NOTE, "no-style", (Place){0},
                    "no style has '%s' in its name, title or fields", word);
    library_close(library);
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
    else if (command->task == TASK_LIST_STYLES)
        list_styles(out, command->listed, diag);
    else if (command->task == TASK_COMPLETION)
        completion_write(out, command->shell);
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

static Status run(Command *command, Diag *diag)
{
    switch (command->task) {
    case TASK_CONVERT:
    case TASK_CHECK:
    case TASK_DIFF:
    case TASK_MERGE:
        return prepare_conversion(command, diag);
    case TASK_HELP:
    case TASK_VERSION:
    case TASK_LIST_FORMATS:
    case TASK_LIST_STYLES:
    case TASK_EXPLAIN:
    case TASK_COMPLETION:
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
    signal(SIGCHLD, SIG_DFL); /* whoever ignored it would not learn how a child ended */
    set_up_messages(&diag, &(Command){0});
    if (command_parse(argc, argv, &command, &diag)) {
        set_up_messages(&diag, &command);
        status = run(&command, &diag);
    }
    command_free(&command);
    diag_free(&diag);
    return (int)status;
}
