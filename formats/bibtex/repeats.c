/* SPDX-License-Identifier: MIT
 * Messages that a file gives cause for again and again: a command that nobody knows, a
 * macro that nothing defines.  Each is told once a file, the others are details, and how
 * many they were is told at its end. */
#include "formats/bibtex/read.h"
#include "convert/base/hash.h"

#include <string.h>

enum { FULL = REPEATS_SIZE / 4 * 3 };

Level repeats_level(Repeats *repeats, Repeat group, Str name, Level level)
{
    uint64_t hash = hash_str(name, group);
    size_t slot = (size_t)hash % REPEATS_SIZE;
    while (repeats->seen[slot] != 0 && repeats->seen[slot] != hash)
        slot = (slot + 1) % REPEATS_SIZE;
    if (repeats->seen[slot] == hash || repeats->used == FULL) {
        repeats->more[group]++;
        return LEVEL_DETAIL;
    }
    repeats->seen[slot] = hash;
    repeats->used++;
    return level;
}

void repeats_end(Repeats *repeats, Diag *diag, Str file)
{
    static const char *const IDS[REPEAT_COUNT] = {
        [REPEAT_COMMAND] = "unknown-command",
        [REPEAT_MACRO] = "undefined-macro",
        [REPEAT_TYPE] = "unknown-type",
        [REPEAT_COMMENT] = "comment-in-entry",
    };
    Buf line = {0};
    for (size_t i = 0; i < REPEAT_COUNT && diag->least > LEVEL_DETAIL; i++) {
        if (repeats->more[i] > 0)
            buf_format(&line, "%s%zu %s", line.size > 0 ? ", " : "", repeats->more[i],
                       IDS[i]);
    }
    if (line.size > 0)
        diag_report(diag, LEVEL_NOTE, "repeated", (Place){.file = file},
                    "more of the same, which --verbose tells of: %.*s",
                    STR_ARG(buf_str(&line)));
    buf_free(&line);
    memset(repeats, 0, sizeof *repeats);
}
