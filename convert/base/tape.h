/* SPDX-License-Identifier: MIT
 * Messages kept to be given out later: what a thread says that runs ahead of the one
 * whose turn it is to speak. */
#ifndef CITECONV_BASE_TAPE_H
#define CITECONV_BASE_TAPE_H

#include "convert/base/arena.h"
#include "convert/base/diag.h"

typedef struct Tape {
    Arena arena; /* of the texts */
    Message *items;
    size_t count, capacity;
} Tape;

/* Keeps a copy; file and id live as long as the run, as everywhere. */
void tape_add(Tape *tape, const Message *message);
/* Says those from `from` up to `to` as if they came only now. */
void tape_play(const Tape *tape, size_t from, size_t to, Diag *diag);
/* Bytes that it holds. */
size_t tape_size(const Tape *tape);
void tape_clear(Tape *tape);
void tape_free(Tape *tape);

#endif
