/* SPDX-License-Identifier: MIT
 * A format's table of kinds and fields, with the lines of --map before it, ready for
 * look-up from both sides.
 *
 * Readers ask what a tag means, writers go through the rows of a kind.  One Tags lives as
 * long as the conversion. */
#ifndef CITECONV_FORMATS_TAGS_H
#define CITECONV_FORMATS_TAGS_H

#include "formats/format.h"

typedef struct Tags Tags;

/* What --map adds: rows of any format, which come before the format's own. */
typedef struct TagMap TagMap;
TagMap *tag_map_open(void);
void tag_map_close(TagMap *map);
/* One line: `FORMAT field TAG = VARIABLE [KIND...]` or `FORMAT type TAG = KIND`, in CSL's
 * words on the right ("ris field C7 = number article-journal"); VARIABLE "-" makes the
 * tag an unknown one.  Blank lines and those that begin with '#' are fine.  NULL, or a
 * message (static) with *column of the fault (bytes, from 1). */
const char *tag_map_add_line(TagMap *map, Str line, size_t *column);

/* `map` may be NULL. */
Tags *tags_open(const Format *format, const TagMap *map);
void tags_close(Tags *tags);
/* What a tag means for a kind, without regard to the case of ASCII letters: the first row
 * that fits, or NULL. */
const FieldTag *tags_field(const Tags *tags, Str tag, Kind kind);
/* NULL where the format has no such type; without regard to case. */
const KindTag *tags_kind(const Tags *tags, Str tag);
/* Whether the row is a line of the user's map. */
bool tags_is_asked(const Tags *tags, const FieldTag *row);
/* All rows, the user's first; the last has a NULL tag. */
const FieldTag *tags_fields(const Tags *tags);
const KindTag *tags_kinds(const Tags *tags);
/* The row that a field of that id and kind is written by: the first; or NULL. */
const FieldTag *tags_row(const Tags *tags, FieldId id, Kind kind);
/* The type that a kind is written as: the first; or NULL. */
const KindTag *tags_type(const Tags *tags, Kind kind);

#endif
