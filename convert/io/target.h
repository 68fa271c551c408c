/* SPDX-License-Identifier: MIT
 * A file that appears whole or not at all.
 *
 * It has no name until it is whole (O_TMPFILE), so that not even a killed run leaves one
 * behind; where the file system cannot do that, it loses its name at once and is copied
 * when it is whole.  While it gets its name, signals wait. */
#ifndef CITECONV_IO_TARGET_H
#define CITECONV_IO_TARGET_H

#include <stdbool.h>
#include <sys/stat.h>

typedef struct Target Target;

/* The file that `path` names, links followed; `old` is what is there now, or NULL.  Its
 * bytes go to *fd.  NULL where it cannot be made, with errno. */
Target *target_open(const char *path, const struct stat *old, int *fd);
/* From now on a process of its own waits to give the file its name, so that this one
 * needs no right to: all it can still say is when, and that but once.  Nothing is named
 * where this one ends before.  False and errno where there can be no such process. */
bool target_entrust(Target *target, int fd);
/* Puts what was written to *fd in its place; *fd may become another descriptor.  False,
 * with errno, where that failed: the place is as it was. */
bool target_put(Target *target, int *fd);
void target_close(Target *target); /* NULL is fine */
const char *target_path(const Target *target);

#endif
