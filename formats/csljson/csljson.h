/* SPDX-License-Identifier: MIT
 * The room of CSL-JSON: an array, and one item a line.  This header never leaves it.
 *
 * What the reader makes of an item, beside what its properties say by themselves:
 *  - A property nobody has a word for is FIELD_OTHER, tagged with its name; its text is
 *    the string, or compact JSON of any other value.  A string that would read as JSON
 *    ("12") stays in its quotes, so that both come back as they were.
 *  - What an object of a name or date holds beyond CSL's words ("sequence", "ORCID") is
 *    FIELD_OTHER tagged with the variable: an array with an object a name, or an object.
 *  - "custom" but for what carry.h put there is FIELD_OTHER "custom".
 *  - An "id" beside another citation key, or one that is a number, is FIELD_OTHER "id".
 *  - Family and given names stay as they are given: "van Gogh" in `family` is not taken
 *    apart, since only a style can tell what is a particle then, and the item comes back
 *    as it was.  Particles are those that stand in properties of their own.
 *  - Years before 1 are CSL's outside (-1 is 1 BC, no year 0), a Date's inside. */
#ifndef CITECONV_FORMATS_CSLJSON_CSLJSON_H
#define CITECONV_FORMATS_CSLJSON_CSLJSON_H

#include "formats/format.h"
#include "formats/tags.h"

/* How a property's value is spelled: FieldTag.how. */
enum {
    HOW_VALUE, /* as its form says */
    HOW_SPARE  /* speaks for the variable only where that has no property of its own, and
                  is another thing where it has ("published-online") */
};

extern const KindTag CSLJSON_KINDS[];
extern const FieldTag CSLJSON_FIELDS[];
extern const Format format_csljson, format_csljsonl;
extern const Reader CSLJSON_ARRAY_READER, CSLJSON_LINES_READER;
extern const Writer CSLJSON_ARRAY_WRITER, CSLJSON_LINES_WRITER;

int csljson_sniff_array(Str head);
int csljson_sniff_lines(Str head);

/* Both formats share their options; they are asked for under either name. */
const char *csljson_option(const Options *opt, const char *name);

#endif
