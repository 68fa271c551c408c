/* SPDX-License-Identifier: MIT
 * How many threads can compute at once on this machine, for this process.
 *
 * Processors that share a core (hyperthreads) count as one: the second adds less than it
 * costs to keep two threads in step.  So does what a control group does not grant. */
#ifndef CITECONV_PIPELINE_CORES_H
#define CITECONV_PIPELINE_CORES_H

#include <sched.h>
#include <stddef.h>

/* What is read beside the /sys/devices/system/cpu that a C library reads, too: the quota
 * of a container, which sees its own group there. */
#define CORES_QUOTA "/sys/fs/cgroup/cpu.max"

/* From 1 to `most`; what cannot be found out is no limit. */
size_t cores_count(size_t most);
/* The same for the processors of a set of that many bytes, with `root` in front of each
 * path. */
size_t cores_count_below(const char *root, const cpu_set_t *set, size_t size,
                         size_t most);

#endif
