/* SPDX-License-Identifier: MIT
 * A file that has no name, so that nothing stays behind however the program ends.
 *
 * It is made at once, in $TMPDIR or where the system keeps such files, since later there
 * may be no right to (rights.h); that it cannot be made matters when it is written to.
 * Errors are sticky and reported once ("spool-failed"). */
#ifndef CITECONV_IO_SCRATCH_H
#define CITECONV_IO_SCRATCH_H

#include "convert/base/diag.h"

#include <stdint.h>

typedef struct Scratch Scratch;

/* Where files are made. */
const char *scratch_directory(void);
Scratch *scratch_open(Diag *diag);
void scratch_close(Scratch *scratch);
/* Offsets are bytes. */
void scratch_write(Scratch *scratch, uint64_t offset, const void *from, size_t size);
/* What was written there; false where the world failed. */
bool scratch_read(Scratch *scratch, uint64_t offset, void *to, size_t size);
bool scratch_failed(const Scratch *scratch);

#endif
