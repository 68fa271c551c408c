/* SPDX-License-Identifier: MIT
 * Which system calls are left, by seccomp(2); for rights.c alone. */
#ifndef CITECONV_IO_FILTER_H
#define CITECONV_IO_FILTER_H

#include <stdbool.h>

/* Beside those that are always left. */
enum Calls {
    CALLS_OPEN = 1,   /* files, for reading, and looking for them */
    CALLS_MAKE = 2,   /* files, for writing, too; taking their names away */
    CALLS_RUN = 4,    /* other programs */
    CALLS_SHRINK = 8, /* giving up more */
};

/* False where the kernel has no such filters, or nobody knows its calls here. */
bool filter_install(unsigned calls);

#endif
