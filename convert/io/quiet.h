/* SPDX-License-Identifier: MIT
 * Writing to what may be a pipe that nobody reads any more, whoever's process this is. */
#ifndef CITECONV_IO_QUIET_H
#define CITECONV_IO_QUIET_H

#include "convert/base/str.h"

#include <sys/types.h>

/* As write(2) is, but where it fails with EPIPE no SIGPIPE comes of it: neither the
 * process's way of handling it nor one that was pending before is touched. */
ssize_t quiet_write(int fd, Str bytes);

#endif
