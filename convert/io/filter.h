/* SPDX-License-Identifier: MIT
 * Which system calls are left, by seccomp(2); for rights.c alone. */
#ifndef CITECONV_IO_FILTER_H
#define CITECONV_IO_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/* Beside those that are always left. */
enum Calls {
    CALLS_OPEN = 1,              /* files, for reading, and looking for them */
    CALLS_MAKE = 2 | CALLS_OPEN, /* files, for writing, too; taking their names away */
    CALLS_SHRINK = 4,            /* giving up more */
    CALLS_RUN = 8 | CALLS_OPEN | CALLS_SHRINK, /* other programs */
    CALLS_ALL = CALLS_MAKE | CALLS_RUN
};

enum {
    FILTER_MOST = 512,       /* steps of a program */
    FILTER_SELF = 0x7e51f1d5 /* stands for the process in them; no pid is that large */
};

/* A program for the kernel. */
typedef struct Filter {
    const struct sock_filter *steps;
    size_t count, self; /* self: the step with FILTER_SELF; count where there is none */
} Filter;

/* By enum Calls; of no steps where there is none.  mk_filter.c writes them. */
extern const Filter FILTER_PROGRAMS[CALLS_ALL + 1];

/* `calls` of enum Calls.  False where the kernel has no such filters, or libseccomp did
 * not know its calls here. */
bool filter_install(unsigned calls);

#endif
