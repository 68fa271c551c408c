/* SPDX-License-Identifier: MIT
 * Records cut out of the input before libbibutils sees any: one at a time, each with its
 * place, in the plainest spelling of its format, and beside it what values went in, so
 * that what the library drops is noticed. */
#ifndef CITECONV_FORMATS_BIBUTILS_PIECE_H
#define CITECONV_FORMATS_BIBUTILS_PIECE_H

#include "formats/format.h"

/* A value of the source: the text of an element, or one line's. */
typedef struct Item {
    Str tag; /* "title", "identifier:doi", "%T", "AU" */
    Str value;
    Place place;
    bool more;    /* goes on with the item before */
    bool arrived; /* it came through the library */
} Item;

typedef enum Tagging {
    TAGGING_XML,
    TAGGING_PERCENT,
    TAGGING_ISI,
    TAGGING_NBIB,
    TAGGING_COPAC
} Tagging;

/* An element that libbibutils has another name for, or, where it would take it for what
 * it is not, none ("x-database"). */
typedef struct Renamed {
    const char *name, *as;
    const char *filling; /* text put in front of what is in it: some it passes over where
                            they hold elements only; NULL is none */
} Renamed;

/* How a format's records are told from each other. */
typedef struct Dialect {
    Tagging tagging;
    const char *records[3]; /* XML: elements that are a record, by local name */
    const char *prefix;     /* XML: of every element, as libbibutils wants it: "b:" */
    bool clause_marks;      /* XML: has <i>, <sup> and the like in its text */
    bool comma_bodies;      /* "River Trust," is a body, not a person */
    bool stand_ins;         /* its types are EndNote's: see stand_in.h */
    bool title_stops;       /* a title ends with a full stop that is none of its own */
    const struct Renamed *renamed; /* XML: see there; may be NULL */
} Dialect;

typedef struct Piece {
    Buf text; /* as libbibutils reads it */
    Item *items;
    size_t count, capacity; /* in the arena */
    Arena *arena;           /* of the record that is being read */
    Place place;
    Kind kind; /* known from the source; KIND_COUNT: the library tells it */
    Str type;  /* the word that told it, which stays; empty where it says no more */
    /* What is kept between pieces. */
    Buf line, run;
    Place line_place; /* of `line`, the first of the next record */
    bool line_waits, outside_told;
    size_t left_out;     /* characters */
    bool ends_sought[3]; /* no such end is left in this file: "-->", "]]>", "?>" */
} Piece;

/* The next record; READ_SKIPPED where one was reported and left out, READ_END. */
ReadResult xml_piece(Read *r, const Dialect *dialect, Piece *piece);
ReadResult tagged_piece(Read *r, const Dialect *dialect, Piece *piece);
/* The first of that tag, or NULL. */
Item *piece_find(const Piece *piece, const char *tag);
void piece_item(Piece *piece, Str tag, Str value, Place place, bool more);
/* A character of the source onto `out`; controls, and those that stand for marks, are
 * left out and counted. */
void piece_add_character(Piece *piece, Buf *out, uint32_t character);
/* The text of one line in place of what `out` held. */
void piece_clean(Piece *piece, Buf *out, Str text);
/* Says how many characters were left out of this piece. */
void piece_tell_controls(Read *r, Piece *piece);
/* Says, once a file, that something stands outside of all records. */
void piece_outside(Read *r, Piece *piece, Place place);
void piece_free(Piece *piece);

/* Another such character stands for the blanks of a name that is not to be split. */
enum { PIECE_GLUE = 0xf8df };
/* Glues the name of an author, editor or the like where it ends with its only comma. */
void piece_glue(Piece *piece, Buf *value);

/* Marks travel through the library as characters that no text has: one that opens or
 * closes each Mark.  Gives the Mark and whether it opens; false for other characters. */
bool piece_is_mark(uint32_t character, Mark *mark, bool *opens);
void piece_add_mark(Buf *out, Mark mark, bool opens);

#endif
