/* SPDX-License-Identifier: MIT
 * The command line: one table of options, from argv to a Command. */
#ifndef CITECONV_CLI_OPTIONS_H
#define CITECONV_CLI_OPTIONS_H

#include "convert/pipeline/plan.h"
#include "formats/registry.h"

typedef enum Task {
    TASK_CONVERT,
    TASK_CHECK, /* reads, says what is wrong, writes nothing */
    TASK_DIFF,  /* shows what writing a file in its own format would change */
    TASK_MERGE, /* of three files: a base and what two sides made of it */
    TASK_HELP,
    TASK_VERSION,
    TASK_LIST_FORMATS,
    TASK_LIST_STYLES,
    TASK_EXPLAIN,
    TASK_COMPLETION
} Task;

typedef enum Shell { SHELL_BASH, SHELL_ZSH, SHELL_FISH } Shell;

typedef enum Carry { CARRY_BY_TARGET, CARRY_YES, CARRY_NO } Carry;

typedef struct Command {
    Task task;
    const Format *from, *to; /* from NULL: tell by content */
    const Format *explained;
    Shell shell;        /* of --completion */
    const char *output; /* NULL: standard output */
    const char **inputs;
    size_t input_count;
    const char *from_charset, *to_charset; /* NULL: guess; UTF-8 */
    const char *venues;                    /* a file, or NULL */
    const char *report;                    /* a file, or NULL */
    Words maps;                            /* files of --map */
    const char *style, *locale, *cite;     /* of a reference list; NULL: not given */
    const char *listed;                    /* what styles are to hold; "": all */
    Plan plan;
    OptionValue *values; /* of --opt */
    size_t value_count;
    bool to_assumed; /* neither -t nor the suffix of -o said what to write */
    Carry carry;
    bool strict, no_repair, no_sandbox;
    bool stats, no_progress;
    bool quiet, verbose;
    DiagForm form;
    bool width_given;
    size_t width;
    size_t threads; /* 0: as many as help */
} Command;

/* False where the words make no sense, which has been reported (id "usage").  Texts are
 * those of argv or die with command_free. */
bool command_parse(int argc, char **argv, Command *command, Diag *diag);
void command_free(Command *command);
/* What --help prints. */
void command_help(Sink *out);

/* A row of the table of options, for who writes of them. */
typedef struct OptionRow {
    char letter;                     /* 0: none */
    const char *name, *value, *help; /* value NULL: takes none; "[...]": may be missing */
    Role role;                       /* of a FORMAT */
    bool repeats;                    /* may be given more than once */
} OptionRow;

/* False behind the last one. */
bool command_option(size_t at, OptionRow *row);

#endif
