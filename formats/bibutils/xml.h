/* SPDX-License-Identifier: MIT
 * Tokens of XML 1.0, as far as records are found and rewritten by them.
 *
 * Well-formedness is not checked: what is no markup is text.  No entity is declared, no
 * DTD is read. */
#ifndef CITECONV_FORMATS_BIBUTILS_XML_H
#define CITECONV_FORMATS_BIBUTILS_XML_H

#include "convert/base/str.h"

typedef enum XmlKind {
    XML_TEXT,
    XML_OPEN,
    XML_EMPTY, /* <a/> */
    XML_CLOSE,
    XML_CDATA,
    XML_OTHER /* comments, processing instructions, declarations */
} XmlKind;

typedef struct XmlToken {
    XmlKind kind;
    Str name; /* without prefix */
    Str body; /* of a tag: its attributes; of TEXT, CDATA: the characters */
} XmlToken;

/* The token at the front of `s`, and its size; 0 where it has not come to its end within
 * `s` and may do so in what follows.  With `last` nothing follows.  `sought` keeps which
 * ends ("-->", "]]>", "?>") no longer come, so that they are sought once. */
size_t xml_token(Str s, bool last, bool sought[3], XmlToken *token);
/* Cuts the next attribute off the front; the value still has its references. */
bool xml_attribute(Str *body, Str *name, Str *value);
/* Adds text as an element holds it; XML has no controls, which become blanks. */
void xml_escape(Buf *out, Str s);
/* Whether the element is markup within text, and which: one bit a Mark. */
bool xml_is_markup(const XmlToken *token, unsigned *marks);

#endif
