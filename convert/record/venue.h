/* SPDX-License-Identifier: MIT
 * What is known of venues: conferences and journals, their names through the years.
 *
 * venue.def holds one line a venue and states its syntax, which a user's own table
 * (--venues) shares.  Nothing is in it that is not certain. */
#ifndef CITECONV_RECORD_VENUE_H
#define CITECONV_RECORD_VENUE_H

#include "convert/base/arena.h"

typedef enum VenueKind { VENUE_CONFERENCE, VENUE_JOURNAL } VenueKind;

typedef struct VenueTable VenueTable;

/* What a venue was in one year.  Empty parts are not known: a venue may be known and its
 * title that year not. */
typedef struct VenueFacts {
    VenueKind kind;
    Str acronym; /* "ICML"; of a journal without one, its abbreviation or name */
    Str name;    /* "International Conference on Machine Learning" */
    Str title;   /* how the proceedings or the journal are titled that year */
    Str volume;
    Str issn;
} VenueFacts;

/* The built-in table; add lines of a user's own, which come first.  Then any number of
 * threads may ask at once. */
VenueTable *venue_open(void);
void venue_close(VenueTable *table);
/* One line of a table; blank lines and those that begin with '#' are fine.  NULL, or a
 * message (static) with *column of the fault (bytes, from 1). */
const char *venue_add_line(VenueTable *table, Str line, size_t *column);
/* Looks a venue up by acronym, another name or full name, without regard to case.
 * False where the table does not know it at all.  Parts live in the arena or as long
 * as the table. */
bool venue_find(const VenueTable *table, Arena *arena, Str words, int year,
                VenueFacts *facts);
/* Whether a publisher of that name is a server of preprints and nothing else. */
bool venue_is_preprints(Str name);
/* Whether any year of it is known: for telling headings from prose. */
bool venue_known(const VenueTable *table, Str words);

#endif
