/* SPDX-License-Identifier: MIT
 * Scripts that complete citeconv's words in a shell, made from the table of options and
 * the registry. */
#ifndef CITECONV_CLI_COMPLETION_H
#define CITECONV_CLI_COMPLETION_H

#include "convert/cli/options.h"

/* What --completion prints. */
void completion_write(Sink *out, Shell shell);

#endif
