/* SPDX-License-Identifier: MIT
 * Hands the kernel the program that it asks about each system call; see filter.h.  What
 * it says was written by mk_filter.c when this was built. */
#include "convert/io/filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

bool filter_install(unsigned calls)
{
    const Filter *filter = &FILTER_PROGRAMS[calls];
    struct sock_filter steps[FILTER_MOST];
    struct sock_fprog program = {.len = (unsigned short)filter->count, .filter = steps};
    if (filter->count == 0)
        return false;
    memcpy(steps, filter->steps, filter->count * sizeof steps[0]);
    if (filter->self < filter->count)
        steps[filter->self].k = (uint32_t)getpid();
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
