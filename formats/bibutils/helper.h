/* SPDX-License-Identifier: MIT
 * The helper program citeconv-bibutils, as a question and its answer.
 *
 * It is started with the first question, again after it died, and now and then because
 * libbibutils does not give back all its memory.  It is looked for where the variable
 * CITECONV_BIBUTILS says, beside this program, and where it is installed. */
#ifndef CITECONV_FORMATS_BIBUTILS_HELPER_H
#define CITECONV_FORMATS_BIBUTILS_HELPER_H

#include "formats/bibutils/wire.h"

typedef struct Helper Helper;

typedef enum HelperResult {
    HELPER_FINE,
    HELPER_REFUSED, /* the library makes nothing of this record */
    HELPER_DIED,    /* it crashed, hung or talked nonsense; ask the next question */
    HELPER_GONE     /* it cannot be used at all; so too for all that is asked later */
} HelperResult;

/* `task` is "read" or "write"; both live as long as the helper. */
Helper *helper_open(const char *task, const char *format);
void helper_close(Helper *helper); /* NULL is fine */
/* Asks one frame, which is whole, and waits for the answer, of kind `wanted`; the answer
 * lives until the next question. */
HelperResult helper_ask(Helper *helper, Str frame, WireKind wanted, Str *answer);
/* Ends the process, whose answer turned out to be nonsense. */
void helper_distrust(Helper *helper);
/* Adds the path of the program to start, with a NUL; false where there is none. */
bool helper_find(Buf *path);
/* What went wrong with the last question: "crashed (signal 11)". */
Str helper_complaint(const Helper *helper);

#endif
