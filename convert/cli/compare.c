/* SPDX-License-Identifier: MIT
 * Comparing what was read with what would be written; see compare.h. */
#include "convert/cli/compare.h"
#include "convert/pipeline/diff.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

bool compare_can(const Command *command, Diag *diag)
{
    if (command->input_count == 1 && strcmp(command->inputs[0], "-") != 0)
        return true;
    diag_report(diag, LEVEL_ERROR, "usage", (Place){0},
                "--diff takes one file, which is read twice");
    return false;
}

/* All bytes of a file as they are; false where the world failed, which is reported. */
static bool read_file(const char *path, Buf *bytes, Diag *diag)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0 || (n < 0 && fd >= 0 && errno == EINTR)) {
        n = read(fd, buf_reserve(bytes, BLOCK), BLOCK);
        bytes->size += n > 0 ? (size_t)n : 0;
    }
    if (n < 0)
        diag_report(diag, LEVEL_ERROR, "read-failed", (Place){0}, "cannot read %s: %s",
                    path, diag_reason(errno));
    if (fd >= 0)
        close(fd);
    return n == 0;
}

Status compare_with_input(const Command *command, Str written, Sink *out, Diag *diag)
{
    Buf bytes = {0};
    Str name = str_from(command->inputs[0]);
    Arena arena = {0};
    bool fine = read_file(command->inputs[0], &bytes, diag);
    bool differ =
        fine && diff_write(out, name, buf_str(&bytes),
                           arena_join(&arena, name, STR(" "), STR("(written)")), written);
    arena_free(&arena);
    buf_free(&bytes);
    return !fine ? STATUS_WORLD : differ ? STATUS_LOST : STATUS_FINE;
}
