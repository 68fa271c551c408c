/* SPDX-License-Identifier: MIT
 * How the programs end where memory does; see memory.h.  The library has its own end. */
#include "convert/base/memory.h"

#include <unistd.h>

_Noreturn void memory_exhausted(void)
{
    static const char MESSAGE[] = "citeconv: error: out of memory [no-memory]\n";
    /* stdio may need the memory that is not there. */
    ssize_t written = write(STDERR_FILENO, MESSAGE, sizeof MESSAGE - 1);
    (void)written;
    _exit(3);
}
