/* SPDX-License-Identifier: MIT
 * A record as one run of bytes, for stages that hold many or spool them.
 *
 * The bytes are for this process only: names of files stay where they are (they live as
 * long as the run) and are packed as pointers. */
#ifndef CITECONV_PIPELINE_PACK_H
#define CITECONV_PIPELINE_PACK_H

#include "convert/record/record.h"

/* Adds the record with all that it reaches, also where it is matter. */
void pack_record(Buf *out, const Record *rec);
/* The record again, into an empty one: its texts are views of `packed`, the rest lives in
 * its arena.  `packed` is what one pack_record added. */
void unpack_record(Str packed, Record *rec);

#endif
