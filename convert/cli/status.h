/* SPDX-License-Identifier: MIT
 * The exit status. */
#ifndef CITECONV_CLI_STATUS_H
#define CITECONV_CLI_STATUS_H

typedef enum Status {
    STATUS_FINE = 0,
    STATUS_LOST = 1,  /* a record was thrown away; --strict: anything lost or guessed */
    STATUS_USAGE = 2, /* the words, or a file that they name, make no sense */
    STATUS_WORLD = 3  /* a file could not be opened, read or written */
} Status;

#endif
