/* SPDX-License-Identifier: MIT
 * What this process may still do, which the kernel sees to (Landlock, seccomp): so that a
 * fault in a reader gives whoever wrote the input nothing but the output.
 *
 * Rights only shrink: rights_keep leaves what it and all before it allow, to this thread,
 * to those it starts later and to the processes that these start.  Always allowed are
 * reading, writing and closing what is open, memory, waiting, and threads; the rest is
 * asked for here.  What no reader ever does (a socket, another program, a look into
 * another process) ends the process with SIGSYS, all else that was not asked for fails.
 */
#ifndef CITECONV_IO_RIGHTS_H
#define CITECONV_IO_RIGHTS_H

#include <stdbool.h>

typedef struct Rights {
    int ruleset;    /* -1: the kernel knows no Landlock */
    unsigned calls; /* of enum Calls in io/filter.h */
} Rights;

/* No right at all; rights_keep must follow. */
void rights_begin(Rights *rights);
/* To open a file for reading, or a directory and all beneath it.  A path that is not
 * there is nothing to reach, here as below. */
void rights_read(Rights *rights, const char *path);
/* To make files in a directory and to take them away again. */
void rights_make(Rights *rights, const char *directory);
/* To start a program, with the libraries of the system; it can do no more than this
 * process, and may give up more. */
void rights_run(Rights *rights, const char *program);
/* To call rights_keep once more. */
void rights_shrink(Rights *rights);
/* From now on only these.  NULL, or what is not in force and why, for people. */
const char *rights_keep(Rights *rights);

#endif
