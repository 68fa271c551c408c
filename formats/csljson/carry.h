/* SPDX-License-Identifier: MIT
 * What CSL has no word for and comes back all the same: the words of both sides.
 *
 *     "custom": {
 *       "file": "a.pdf",                       tags nobody has a word for
 *       "author-list-cut": "certain", "author-homonyms": {"2": "0003"},
 *       "citeconv": {
 *         "format": "bibtex",                  where type and tags come from
 *         "type": "online",                    where it is not that format's default
 *         "tags": {"container-title": "journaltitle"},       the same
 *         "parts": {"subtitle": "..."},        fields whose content stands in others too
 *         "dates": {"issued": "2004?"},        EDTF that a date's object cannot say
 *         "math": ["title"],                   $...$ in it is TeX
 *         "plain-note": true,                  "Source: x" in the note is prose
 *         "keywords": ["a; b", "c"],           where the string says them ambiguously
 *         "also": [{"variable": "note", "tag": "addendum", "value": "..."}]
 *                                              second values of a variable, or a tag
 *       }
 *     } */
#ifndef CITECONV_FORMATS_CSLJSON_CARRY_H
#define CITECONV_FORMATS_CSLJSON_CARRY_H

#include "convert/record/date.h"
#include "formats/tags.h"

#define CARRY_OBJECT   "citeconv"
#define CARRY_FORMAT   "format"
#define CARRY_TYPE     "type"
#define CARRY_TAGS     "tags"
#define CARRY_PARTS    "parts"
#define CARRY_DATES    "dates"
#define CARRY_MATH     "math"
#define CARRY_NOTE     "plain-note"
#define CARRY_KEYWORDS "keywords"
#define CARRY_ALSO     "also"
#define CARRY_VARIABLE "variable"
#define CARRY_TAG      "tag"
#define CARRY_VALUE    "value"
#define CARRY_SHADOW   "shadow"
#define CARRY_CUT      "-list-cut"
#define CARRY_HOMONYMS "-homonyms"

/* The date as an object of CSL-JSON says it: without times, "approximate" for either
 * doubt and on all that is known, "open" for an end that is not known. */
Date carry_plain_date(const Date *date);
/* Whether an object of date-parts can say the year at all: not where digits of it are
 * unknown, or where a range has no beginning. */
bool carry_has_parts(const Date *date);

enum { CARRY_KEY_MOST = 40 }; /* bytes; the longest variable has 24 */

/* A line of a note, "variable: value" as citeproc-js and Zotero's Extra have them: its
 * halves, and the word before the colon as CSL would spell it ("Original Date" is
 * "Original-Date"), in `name`.  False where the line is none. */
bool carry_note_pair(Str line, char name[CARRY_KEY_MOST], Str *variable, Str *value);
/* Whether a reader may take something of the note for a variable. */
bool carry_note_speaks(const Tags *tags, Str note);

#endif
