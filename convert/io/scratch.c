/* SPDX-License-Identifier: MIT
 * Files without names; see scratch.h. */
#include "convert/io/scratch.h"
#include "convert/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct Scratch {
    Diag *diag;
    int fd;    /* -1: it cannot be made */
    int error; /* why */
    bool failed;
};

const char *scratch_directory(void)
{
    const char *directory = getenv("TMPDIR");
    return directory == NULL || directory[0] == '\0' ? P_tmpdir : directory;
}

/* -1 and errno where there can be none. */
static int open_file(void)
{
    const char *directory = scratch_directory();
    int fd = open(directory, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    /* Not every file system can do that (NFS, FAT). */
    Buf name = {0};
    buf_format(&name, "%s/citeconv-XXXXXX", directory);
    buf_add_byte(&name, '\0');
    fd = mkostemp(name.data, O_CLOEXEC);
    int error = errno;
    if (fd >= 0)
        unlink(name.data);
    buf_free(&name);
    errno = error;
    return fd;
}

Scratch *scratch_open(Diag *diag)
{
    Scratch *scratch = memory_zeroed(1, sizeof *scratch);
    scratch->diag = diag;
    scratch->fd = open_file();
    scratch->error = scratch->fd < 0 ? errno : 0;
    return scratch;
}

void scratch_close(Scratch *scratch)
{
    if (scratch->fd >= 0)
        close(scratch->fd);
    free(scratch);
}

static void fail(Scratch *scratch, const char *doing)
{
    if (!scratch->failed)
        diag_report(scratch->diag, LEVEL_ERROR, "spool-failed", (Place){0},
                    "cannot %s a temporary file: %s", doing, diag_reason(errno));
    scratch->failed = true;
}

void scratch_write(Scratch *scratch, uint64_t offset, const void *from, size_t size)
{
    if (scratch->fd < 0) {
        errno = scratch->error;
        fail(scratch, "make");
    }
    for (size_t done = 0; done < size && !scratch->failed;) {
        ssize_t n = pwrite(scratch->fd, (const char *)from + done, size - done,
                           (off_t)(offset + done));
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            fail(scratch, "write");
    }
}

bool scratch_read(Scratch *scratch, uint64_t offset, void *to, size_t size)
{
    for (size_t done = 0; done < size && !scratch->failed;) {
        ssize_t n =
            pread(scratch->fd, (char *)to + done, size - done, (off_t)(offset + done));
        if (n > 0) {
            done += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            errno = n == 0 ? EIO : errno;
            fail(scratch, "read");
        }
    }
    return !scratch->failed;
}

bool scratch_failed(const Scratch *scratch)
{
    return scratch->failed;
}
