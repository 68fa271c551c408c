/* SPDX-License-Identifier: MIT
 * Values of options: from a word of the command line to a member of the Command. */
#ifndef CITECONV_CLI_VALUES_H
#define CITECONV_CLI_VALUES_H

#include "convert/cli/options.h"

typedef struct Given {
    const char *name;  /* of the option */
    const char *value; /* "" where there is none */
    int constant;      /* of the row, for options without a value */
    Command *command;
    Diag *diag;
} Given;

/* `into` is the row's member of the command.  False where the value makes no sense, which
 * has been reported. */
typedef bool Take(const Given *given, void *into);

Take take_text, take_word, take_flag, take_task, take_carry, take_reader, take_writer,
    take_explain, take_decoder, take_encoder, take_width, take_option, take_unique,
    take_list_styles, take_select, take_key, take_sort, take_memory, take_diagnostics,
    take_completion, take_jobs;

#endif
