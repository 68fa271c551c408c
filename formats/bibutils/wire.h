/* SPDX-License-Identifier: MIT
 * What citeconv and its helper citeconv-bibutils say to each other: frames on two pipes.
 *
 * A frame is one letter, the size of what follows (four bytes, the least first), and
 * that.  The helper greets, then answers each question with one frame.  Neither side
 * trusts the other: what does not parse is a fault of the other's.
 *
 *     asked             answered
 *     READ    a record in the format's language      LINES
 *     WRITE   a record as lines                      TEXT
 *     HEAD    (empty)                                TEXT, what stands before all records
 *     FOOT    (empty)                                TEXT, what stands behind them
 *
 * FAULT, with a message, answers where libbibutils makes nothing of the question. */
#ifndef CITECONV_FORMATS_BIBUTILS_WIRE_H
#define CITECONV_FORMATS_BIBUTILS_WIRE_H

#include "convert/base/arena.h"

#define WIRE_GREETING "citeconv-bibutils 1"

typedef enum WireKind {
    WIRE_HELLO = 'c',
    WIRE_READ = 'r',
    WIRE_WRITE = 'w',
    WIRE_HEAD = 'h',
    WIRE_FOOT = 'f',
    WIRE_LINES = 'l',
    WIRE_TEXT = 't',
    WIRE_FAULT = 'e'
} WireKind;

enum { WIRE_HEADER = 5, WIRE_LIMIT = 128 * 1024 * 1024 }; /* bytes */

/* One line of libbibutils' flat records: "TITLE", 1, "Annals of ...". */
typedef struct WireLine {
    Str tag;
    int level; /* 0: the work itself, 1: what it is part of, 2: the series of that; -2:
                  what it was made from */
    Str value;
} WireLine;

typedef struct WireLines {
    WireLine *items;
    size_t count, capacity;
} WireLines;

/* Views of tag and value are kept. */
void wire_add(Arena *arena, WireLines *lines, Str tag, int level, Str value);

/* A whole frame onto `out`. */
void wire_put(Buf *out, WireKind kind, Str payload);
void wire_put_lines(Buf *out, WireKind kind, const WireLines *lines);
/* The kind and size that a frame's header (WIRE_HEADER bytes) tells; false where it is
 * none. */
bool wire_header(const char *header, WireKind *kind, size_t *size);
/* Takes a payload apart; views of it.  False where it is no list of lines. */
bool wire_lines(Arena *arena, Str payload, WireLines *lines);

#endif
