/* SPDX-License-Identifier: MIT
 * Identifiers of works and people: taken out of the ways people write them, and checked.
 *
 * DOI (ISO 26324), arXiv, PubMed and PubMed Central, ISBN (ISO 2108), ISSN (ISO 3297),
 * ORCID (ISO 7064 MOD 11-2).  All are pure: what they give lives in the arena, in static
 * memory or is a view of `s`; an empty Str means that there is none. */
#ifndef CITECONV_RECORD_IDENT_H
#define CITECONV_RECORD_IDENT_H

#include "convert/base/arena.h"

typedef enum IdentFault {
    IDENT_FINE,
    IDENT_SHAPE,   /* not the digits and signs that such a thing has */
    IDENT_CHECKSUM /* mistyped: the check digit says so */
} IdentFault;

/* The bare DOI of a text that is one: "10.1000/182" of
 * "https://dx.doi.org/10.1000%2F182", "doi: 10.1000/182.", "info:doi/10.1000/182", a
 * proxy's "doi-org.library.edu", with HTML's and TeX's escapes undone ("115&lt;1606",
 * "a\_b").  Case stays.  The short "10/abc" counts.  Empty where the whole is no DOI. */
Str ident_doi(Arena *arena, Str s);
/* For comparing: DOIs do not tell the case of ASCII letters. */
Str ident_doi_fold(Arena *arena, Str doi);
/* The first DOI within a text, such as a publisher's URL; what follows it in a URL's path
 * ("/full", "/pdf", "?download=1") goes.  `s` is no longer looked at than that. */
Str ident_find_doi(Arena *arena, Str s);

/* "hep-th/9901001", "1706.03762": without version, and of the old ones without subject
 * class ("math.GT/0309136" is "math/0309136"). */
typedef struct Arxiv {
    Str id;
    unsigned version; /* 0: none given */
    Str category;     /* "cs.CL", where "[cs.CL]" follows */
} Arxiv;
/* Of "1706.03762v5", "arXiv:1706.03762 [cs.CL]", "arXiv preprint arXiv:...", URLs of
 * arxiv.org and its mirrors (abs, pdf, ...), "abs/1706.03762", "10.48550/arXiv...."; the
 * year and month must be ones in which such a number was given.  False where it is none.
 */
bool ident_arxiv(Arena *arena, Str s, Arxiv *arxiv);

/* "12345678", of "PMID: 12345678" and PubMed's URLs. */
Str ident_pmid(Str s);
/* "PMC1234567", of "PMCID: PMC1234567", URLs, and "PMC1234567.1". */
Str ident_pmcid(Arena *arena, Str s);

/* One ISBN or ISSN of a text that may hold several. */
typedef struct IdentNumber {
    Str text;   /* as it stands, hyphens included: for showing */
    Str bare;   /* digits and X alone, an ISSN with its hyphen; empty with IDENT_SHAPE */
    Str remark; /* "pbk" of "(pbk)" behind it, or empty */
    IdentFault fault;
} IdentNumber;
/* The next ISBN of *rest, which moves behind it: false once there is none.  Labels
 * ("ISBN-13:"), any separators and any dashes are fine.  Numbers of fewer than eight
 * digits are passed (prices, pages).  ISMNs of 13 digits (979-0) count. */
bool ident_next_isbn(Arena *arena, Str *rest, IdentNumber *isbn);
bool ident_next_issn(Arena *arena, Str *rest, IdentNumber *issn);
/* The 13 digits of an ISBN's bare 10 or 13: for comparing. */
Str ident_isbn13(Arena *arena, Str bare);

/* "0000-0002-1825-0097" of that, with or without hyphens, label or orcid.org's URL. */
IdentFault ident_orcid(Arena *arena, Str s, Str *orcid);

/* Whether it can be followed: a scheme, for the web a host, no spaces or controls, not
 * two URLs glued together. */
IdentFault ident_url(Str s);

#endif
