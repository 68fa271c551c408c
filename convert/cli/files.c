/* SPDX-License-Identifier: MIT
 * Looking at files before anything is written; see files.h. */
#include "convert/cli/files.h"
#include "convert/cli/sides.h"
#include "convert/pipeline/detect.h"
#include "formats/registry.h"
#include "formats/text/library.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define USAGE(diag, ...) diag_report(diag, LEVEL_ERROR, "usage", (Place){0}, __VA_ARGS__)

/* `last`: of several, where other programs have their output. */
static bool is_there(const char *name, bool last, Diag *diag)
{
    struct stat info;
    int error = 0;
    if (strcmp(name, "-") == 0)
        return true;
    if (stat(name, &info) != 0 || access(name, R_OK) != 0)
        error = errno;
    else if (S_ISDIR(info.st_mode))
        error = EISDIR;
    if (error != 0)
        diag_report(diag, LEVEL_ERROR, "open-failed", (Place){0}, "cannot open %s: %s%s",
                    name, diag_reason(error),
                    last && error == ENOENT ? "; -o says what to write" : "");
    return error == 0;
}

bool files_are_there(const Command *command, Diag *diag)
{
    bool fine = command->cite == NULL || is_there(command->cite, false, diag);
    size_t count = command->input_count;
    for (size_t i = 0; i < count; i++) {
        bool last = i > 0 && i + 1 == count && command->task == TASK_CONVERT &&
                    files_write_stdout(command);
        fine = is_there(command->inputs[i], last, diag) && fine;
    }
    return fine;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_standard(const char *name)
{
    return name == NULL || strcmp(name, "-") == 0;
}

static bool stat_input(const char *name, struct stat *info)
{
    return (is_standard(name) ? fstat(STDIN_FILENO, info) : stat(name, info)) == 0;
}

static bool stat_output(const char *name, struct stat *info)
{
    return (is_standard(name) ? fstat(STDOUT_FILENO, info) : stat(name, info)) == 0;
}

bool files_write_stdout(const Command *command)
{
    return is_standard(command->output);
}

static bool is_no_table(const struct stat *out, const char *table, const char *what,
                        Diag *diag)
{
    struct stat in;
    if (table == NULL || stat(table, &in) != 0 || !same_file(out, &in))
        return true;
    USAGE(diag, "%s is %s; write to another file", table, what);
    return false;
}

/* An input is never overwritten: neither by -o nor by ">>" of the shell. */
static bool is_no_input(const char *output, const Command *command, Diag *diag)
{
    struct stat out, in;
    if (!stat_output(output, &out))
        return true;
    for (size_t i = 0; i < command->input_count; i++) {
        if (command->task == TASK_MERGE && i == MERGE_OURS)
            continue; /* the result takes its place, as git's merge drivers have it */
        /* An empty one has nothing to lose: "cmd <new >new" is common enough. */
        if (stat_input(command->inputs[i], &in) && same_file(&out, &in) &&
            in.st_size > 0) {
            USAGE(diag, "%s is input and output; write to another file",
                  is_standard(output) ? command->inputs[i] : output);
            return false;
        }
    }
    bool fine = is_no_table(&out, command->venues, "the table of venues", diag) &&
                is_no_table(&out, command->style, "the style", diag) &&
                is_no_table(&out, command->cite, "the file of citations", diag);
    for (size_t i = 0; fine && i < command->maps.count; i++)
        fine = is_no_table(&out, command->maps.items[i], "a map of tags", diag);
    return fine;
}

static bool is_alike(const char *name, const Command *command, const Format *from,
                     Diag *diag)
{
    struct stat info;
    if (is_standard(name) || stat(name, &info) != 0 || !S_ISREG(info.st_mode))
        return true;
    Diag silent = {.fd = diag->fd, .least = LEVEL_COUNT}; /* who reads it will say it */
    Source *in = source_open(&name, 1, command->from_charset, &silent);
    const Format *own = source_skip_blank(in) ? detect_sure_format(in) : NULL;
    source_close(in);
    diag_free(&silent);
    if (own == NULL || format_same_language(own, from))
        return true;
    USAGE(diag, "%s is %s, what comes before it %s; convert them one by one", name,
          own->name, from->name);
    return false;
}

bool files_are_alike(const Command *command, const Format *from, Diag *diag)
{
    /* The first one gave the format, unless it is blank. */
    for (size_t i = 1; i < command->input_count; i++) {
        if (!is_alike(command->inputs[i], command, from, diag))
            return false;
    }
    return true;
}

/* Also where the file is not there yet, as long as it is named alike. */
static bool same_output(const char *a, const char *b)
{
    struct stat of_a, of_b;
    if (is_standard(a) || is_standard(b))
        return is_standard(a) && is_standard(b);
    return strcmp(a, b) == 0 ||
           (stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && same_file(&of_a, &of_b));
}

bool files_are_apart(const Command *command, Diag *diag)
{
    if (!is_no_input(command->output, command, diag))
        return false;
    if (command->report == NULL)
        return true;
    if (same_output(command->report, command->output)) {
        USAGE(diag, "--report and the output go to the same place, %s",
              is_standard(command->report) ? "standard output" : command->report);
        return false;
    }
    return is_no_input(command->report, command, diag);
}

/* Tables. */

const char *files_advice(const char *path)
{
    static const char *const PROMISES[][2] = {
        {" doc docm docx dot dotx odt ott pages wpd ",
         "a word processor opens what -t html or -t rtf writes"},
        {" djvu epub mobi pdf ps ",
         "-t html makes a page to print, -t latex a list for LaTeX"},
        {" csv numbers ods tab tsv xls xlsx ",
         "-t csl-jsonl writes a record a line, of which jq makes tables"},
        {" xml ", "-t mods and -t word write XML"},
        {" yaml yml ", "-t csl-json is what pandoc reads as well"},
    };
    const char *dot = strrchr(path, '.');
    char framed[12] = " ";
    size_t size = dot != NULL ? strlen(dot + 1) : 0;
    if (size == 0 || size > sizeof framed - 3)
        return NULL;
    for (size_t i = 0; i < size; i++)
        framed[1 + i] = byte_lower(dot[1 + i]);
    framed[1 + size] = ' ';
    for (size_t i = 0; i < sizeof PROMISES / sizeof PROMISES[0]; i++) {
        if (strstr(PROMISES[i][0], framed) != NULL)
            return PROMISES[i][1];
    }
    return NULL;
}

/* Takes a line; NULL, or what is wrong at *column. */
typedef const char *AddLine(Tables *tables, Str line, size_t *column);

static const char *add_venue(Tables *tables, Str line, size_t *column)
{
    return venue_add_line(tables->venues, line, column);
}

static const char *add_tag(Tables *tables, Str line, size_t *column)
{
    Str rest = line, format;
    bool comment = !str_word(&rest, &format) || format.data[0] == '#';
    const Format *named = comment ? NULL : registry_find(format, ROLE_ANY);
    /* Extensions are no names here: which of two formats would "bib" be? */
    if (!comment && (named == NULL || !str_equal_nocase(format, str_from(named->name)))) {
        *column = (size_t)(format.data - line.data) + 1;
        return "no format has this name; see --list-formats";
    }
    return tag_map_add_line(tables->map, line, column);
}

static Status load(Tables *tables, const char *path, AddLine *add, const char *id,
                   Diag *diag)
{
    const char *files[] = {path};
    Source *in = source_open(files, 1, NULL, diag);
    Line line;
    Status status = STATUS_FINE;
    while (source_line(in, &line)) {
        size_t column = 1;
        const char *wrong = add(tables, line.text, &column);
        if (wrong == NULL)
            continue;
        line.place.col += column - 1;
        diag_report(diag, LEVEL_ERROR, id, line.place, "%s", wrong);
        status = STATUS_USAGE;
    }
    if (source_failed(in))
        status = STATUS_WORLD;
    source_close(in);
    return status;
}

/* A reference list that is told nothing has its format's own style. */
static Status load_style(Tables *tables, const Command *command, Diag *diag)
{
    bool list = command->task == TASK_CONVERT && command->to->style != NULL;
    const char *name =
        list && command->style == NULL ? command->to->style : command->style;
    bool asked = command->locale != NULL || command->cite != NULL;
    if (!list || (name[0] == '\0' && !asked))
        return STATUS_FINE;
    tables->library = library_open();
    tables->style = library_style(tables->library,
                                  name[0] != '\0' ? str_from(name) : STR("author-date"),
                                  str_from(command->locale), diag);
    return tables->style != NULL ? STATUS_FINE : STATUS_USAGE;
}

Status tables_open(Tables *tables, const Command *command, Diag *diag)
{
    Status status = STATUS_FINE;
    *tables = (Tables){.venues = venue_open(), .map = tag_map_open()};
    if (command->venues != NULL)
        status = load(tables, command->venues, add_venue, "bad-venue", diag);
    for (size_t i = 0; status == STATUS_FINE && i < command->maps.count; i++)
        status = load(tables, command->maps.items[i], add_tag, "bad-map", diag);
    if (status == STATUS_FINE)
        status = load_style(tables, command, diag);
    return status;
}

void tables_close(Tables *tables)
{
    style_close(tables->style);
    library_close(tables->library);
    venue_close(tables->venues);
    tag_map_close(tables->map);
}

size_t files_size(const Command *command)
{
    size_t total = 0;
    for (size_t i = 0; i < command->input_count; i++) {
        struct stat info;
        const char *name = command->inputs[i];
        int failed =
            strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &info) : stat(name, &info);
        if (failed != 0 || !S_ISREG(info.st_mode))
            return 0;
        total += (size_t)info.st_size;
    }
    return total;
}
