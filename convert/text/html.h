/* SPDX-License-Identifier: MIT
 * What text holds of HTML: character references, and the charset of a page.
 * Its tags are markup.h's.
 * Named references are those of the HTML standard, section 13.5. */
#ifndef CITECONV_TEXT_HTML_H
#define CITECONV_TEXT_HTML_H

#include "convert/base/str.h"

#include <stdint.h>

/* Reads the reference at the front of `s`, which begins with '&'.  Gives its size in
 * bytes and its one or two characters (second 0), or 0 where it is none: "AT&T" and
 * "R&D" stay.  Without a semicolon only the names that the standard allows so count
 * ("&copy 2014"), and only where no letter, digit or "=" follows.  Numeric ones that
 * are no character (NUL, surrogates, too large) give U+FFFD. */
size_t html_reference(Str s, uint32_t characters[2]);
/* The charset that an HTML or XML file declares of itself in its front (1024 bytes are
 * enough), or empty: <meta charset>, <meta http-equiv content>, <?xml encoding?>. */
Str html_charset(Str head);

#endif
