/* SPDX-License-Identifier: MIT
 * --diff: what writing a file again in its own format would change. */
#ifndef CITECONV_CLI_COMPARE_H
#define CITECONV_CLI_COMPARE_H

#include "convert/cli/options.h"
#include "convert/cli/status.h"

/* Whether the command names one file, which can be read twice; else it is reported. */
bool compare_can(const Command *command, Diag *diag);
/* Writes the unified diff of that file and what was written; LOST where they differ, as
 * diff(1) has it. */
Status compare_with_input(const Command *command, Str written, Sink *out, Diag *diag);

#endif
