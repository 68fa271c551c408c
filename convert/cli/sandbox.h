/* SPDX-License-Identifier: MIT
 * Giving up all rights that a command does not need, in two steps; see io/rights.h. */
#ifndef CITECONV_CLI_SANDBOX_H
#define CITECONV_CLI_SANDBOX_H

#include "convert/cli/options.h"
#include "convert/pipeline/convert.h"

/* Once the outputs are open and before anything is read: what is left is reading the
 * files that the command names, and styles, and making temporary files.  What the kernel
 * cannot do about it is said as a detail. */
void sandbox_enter(const Command *command, Diag *diag);
/* A Job's `ready`; the context is the Command.  What is left is reading the inputs. */
void sandbox_tighten(void *context, const Job *job);

#endif
