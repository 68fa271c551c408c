/* SPDX-License-Identifier: MIT
 * The long tail: formats that libbibutils reads or writes, a record at a time, by way of
 * the helper program (helper.h), checked on both sides.
 *
 * Not a batch but one record is asked for, so that a crash costs that record, and a value
 * that does not arrive is known while its field is still at hand. */
#ifndef CITECONV_FORMATS_BIBUTILS_BIBUTILS_H
#define CITECONV_FORMATS_BIBUTILS_BIBUTILS_H

#include "formats/bibutils/bag.h"
#include "formats/bibutils/helper.h"
#include "formats/bibutils/piece.h"

/* One of the formats. */
typedef struct Tail {
    const char *name, *title;
    Dialect dialect;
} Tail;

typedef struct TailReading {
    Helper *helper;
    Piece piece;
    Bag in, out; /* words of the source's values; of what came back */
    Buf frame;
    bool gone;
} TailReading;

typedef struct TailWriting {
    Helper *helper;
    Arena arena;
    Bag out;
    Buf frame, plain;
    bool begun, gone;
} TailWriting;

enum { TAIL_EXCERPT = 40 }; /* bytes of a value in a message */

ReadResult tail_next(Read *r, Record *rec, const Tail *tail);
void tail_close(Read *r);
void tail_put(Write *w, View *v, const Tail *tail);
void tail_end(Write *w, const Tail *tail);
/* 0..100 for a format by name. */
int tail_sniff(const char *format, Str head);

/* The helper cannot be used; the world has failed. */
void tail_tell_gone(Diag *diag, const Helper *helper, const char *title);
/* A record is lost: the library refused it, or died of it. */
void tail_tell_lost(Diag *diag, const Helper *helper, HelperResult result, Place place);

#endif
