/* SPDX-License-Identifier: MIT
 * RIS. */
#ifndef CITECONV_FORMATS_RIS_RIS_H
#define CITECONV_FORMATS_RIS_RIS_H

#include "formats/format.h"

/* How a value is spelled. */
typedef enum How {
    HOW_TEXT,     /* one line; "<" and "&" escaped where importers read HTML */
    HOW_LITERAL,  /* paragraphs, never escaped: AB */
    HOW_NOTE,     /* HTML to importers: N1 */
    HOW_EXTRA,    /* a line "name: value": M2 */
    HOW_NAMES,    /* one a line: Last, First, Suffix */
    HOW_YEAR,     /* PY */
    HOW_DATE,     /* DA: YYYY/MM/DD/ */
    HOW_ACCESSED, /* Y2: YYYY/MM/DD/12:00:00 */
    HOW_PAGES     /* SP and EP */
} How;

extern const KindTag RIS_KINDS[];
extern const FieldTag RIS_FIELDS[];
extern const Writer RIS_WRITER;
extern const Format format_ris;

#endif
