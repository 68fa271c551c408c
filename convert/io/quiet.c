/* SPDX-License-Identifier: MIT
 * Writing without SIGPIPE; see quiet.h.  The signal goes to the thread that writes: it is
 * blocked there, and taken away where this write has raised it. */
#include "convert/io/quiet.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

ssize_t quiet_write(int fd, Str bytes)
{
    sigset_t pipe, before, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    ssize_t n = write(fd, bytes.data, bytes.size);
    int error = errno;
    if (n < 0 && error == EPIPE && !was_pending) {
        while (sigtimedwait(&pipe, NULL, &(struct timespec){0}) < 0 && errno == EINTR)
            continue;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return n;
}
