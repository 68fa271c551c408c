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

/* What a format has a word for and the library forgets to read: its line, where the
 * item did not arrive. */
typedef struct Forgotten {
    const char *item, *line; /* NULL item ends the list */
    int level;
} Forgotten;

/* A value of the item that tells the kind, and the genre that says so. */
typedef struct TypeWord {
    const char *value, *genre; /* NULL value ends the list */
    int level;
} TypeWord;

/* One of the formats. */
typedef struct Tail {
    const char *name, *title;
    Dialect dialect;
    const Forgotten *forgotten; /* NULL is none, as with those below */
    const char *clerical;       /* tags that speak of the record, not of the work */
    const char *echoes;         /* tags that say again, in short, what others say */
    const char *book;           /* the tag of a book's title, where the library takes all
                                   that it reads for articles */
    const char *part, *whole;   /* tags of the titles of a chapter and its book, of which
                                   the library knows the book alone */
    /* What only this format's records have that the library passes over. */
    void (*rescue)(Arena *arena, Piece *piece, WireLines *lines);
    Kinds keeps;      /* kinds that it can say, of those that are written; 0 is all */
    const char *type; /* the item that tells the kind, which the library forgets */
    const TypeWord *types;
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

enum { TAIL_LEAST = 1024 }; /* bytes that the library gets of a record of XML */
enum { TAIL_EXCERPT = 40 }; /* bytes of a value in a message */

/* Whether such a list, "AU SO", has the tag, without its ":type"; NULL has none. */
bool tail_lists(const char *tags, Str tag);
/* Adds lines for what the library forgot; marks all that arrived one way or the other. */
void rescue_lines(Arena *arena, const Tail *tail, Piece *piece, WireLines *lines,
                  Bag *out);
ReadResult tail_next(Read *r, Record *rec, const Tail *tail);
void tail_close(Read *r);
void tail_put(Write *w, View *v, const Tail *tail);
void tail_end(Write *w, const Tail *tail);
/* 0..100 for a format by name. */
int tail_sniff(const char *format, Str head);

/* The helper cannot be used; the world has failed. */
void tail_tell_gone(Diag *diag, const Helper *helper, const char *title);
/* Text of the format onto the output, whose charset may lack some of it. */
void tail_put_text(Write *w, Str text, bool xml);
/* Emphasis that the text has and the format has not. */
void tail_tell_marks(Write *w, const Field *field, const char *title);
void tail_tell_kind(Write *w, Kind kind, const char *title);
/* A record is lost: the library refused it, or died of it. */
void tail_tell_lost(Diag *diag, const Helper *helper, HelperResult result, Place place);

#endif
