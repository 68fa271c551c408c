/* SPDX-License-Identifier: MIT
 * Citation styles: CSL 1.0.2.  Records in, rich text out; writers escape and print.
 *
 * A Style is a style file merged with its locale, ready to use and never changed; any
 * number of documents may use one at a time.  A Document is what cites and lists: items
 * are added, citations made, then document_finish settles numbers, order and all that
 * tells items apart, and the texts can be asked for in any order.
 *
 *     Style *style = style_open(&from, xml, file, STR("de-DE"), diag);
 *     Document *doc = document_open(style);
 *     size_t item = document_add(doc, &rec);            (each record once)
 *     document_cite(doc, &(Citation){.cites = &(Cite){.item = item}, .count = 1});
 *     document_finish(doc);
 *     for (size_t i = 0; i < document_entries(doc); i++)
 *         write(document_entry(doc, i).text);
 */
#ifndef CITECONV_STYLE_STYLE_H
#define CITECONV_STYLE_STYLE_H

#include "convert/record/record.h"

/* Where styles and locales come from.  `style` is asked for a style's id (a URI), for
 * dependent styles; `locale` for "de-DE".  They set *xml and *file (its name, for
 * messages), which live as long as the Style, or give false. */
typedef struct StyleSource {
    void *context;
    bool (*style)(void *context, Str id, Str *xml, Str *file);
    bool (*locale)(void *context, Str lang, Str *xml, Str *file);
} StyleSource;

typedef struct Style Style;

/* How the bibliography is to be laid out. */
typedef struct StyleLayout {
    Str title;             /* of the style */
    bool note;             /* citations are footnotes */
    bool has_bibliography; /* where not, entries are made as a full citation is */
    bool hanging_indent;
    bool second_field_align; /* entries come as MARGIN and INLINE blocks */
    unsigned line_spacing, entry_spacing;
    bool numeric; /* an entry prints its own number */
} StyleLayout;

/* Reads a style.  `lang` ("de-DE", "de") overrides the style's default-locale; empty: no
 * override, and en-US where the style has none.  What is wrong is reported with its
 * place; NULL where nothing can be made of it.  `xml` and `file` outlive the Style. */
Style *style_open(const StyleSource *from, Str xml, Str file, Str lang, Diag *diag);
void style_close(Style *style);
const StyleLayout *style_layout(const Style *style);
/* The language in force: "de-DE". */
Str style_lang(const Style *style);
/* The locator ("page", "chapter") that the front of `s` names in the style's language or
 * in English: "pp. 3" or "Kap. 3".  *size is that of its word; empty where there is none.
 */
Str style_locator(const Style *style, Str s, size_t *size);
/* Whether `label` is one of CSL's. */
bool style_is_locator(Str label);

/* What is printed: text, and what holds over parts of it.  Runs are sorted by start, an
 * outer run before the inner ones, and nest.  NORMAL_... take back what an outer run
 * says.  Quotes and dashes are in the text, resolved for the locale. */
typedef enum StyleMark {
    STYLE_ITALIC,
    STYLE_OBLIQUE,
    STYLE_NORMAL_STYLE,
    STYLE_SMALL_CAPS,
    STYLE_NORMAL_VARIANT,
    STYLE_BOLD,
    STYLE_LIGHT,
    STYLE_NORMAL_WEIGHT,
    STYLE_UNDERLINE,
    STYLE_NO_DECORATION,
    STYLE_SUP,
    STYLE_SUB,
    STYLE_BASELINE,
    STYLE_MATH,  /* TeX, dollar signs included */
    STYLE_LINK,  /* target is the URL */
    STYLE_BLOCK, /* the four values of display; never inside one another */
    STYLE_MARGIN,
    STYLE_INLINE,
    STYLE_INDENT,
    STYLE_MARK_COUNT
} StyleMark;

typedef struct StyleRun {
    size_t start, end; /* bytes of text */
    StyleMark mark;
    Str target;
} StyleRun;

typedef struct StyleText {
    Str text;
    const StyleRun *runs;
    size_t run_count;
    bool cut; /* the style would make more than 32 MB of it */
} StyleText;

typedef struct Document Document;

enum { CITE_FIRST, CITE_SUBSEQUENT, CITE_IBID, CITE_IBID_WITH_LOCATOR }; /* positions */

typedef struct Cite {
    size_t item;
    Str locator, label; /* "12-15" and a locator term, "page" where empty */
    Text prefix, suffix;
    bool suppress_author, author_only;
    bool author_in_text; /* its names stand before the citation: "Doe (2020)" */
    int forced; /* a position + 1, instead of the one that it has in the document */
} Cite;

typedef struct Citation {
    const Cite *cites;
    size_t count;
    size_t note; /* number of its footnote; 0: in the text */
    Text infix;  /* behind names that stand in the text; a blank where empty */
    bool alone;  /* stands outside the document: no position follows from it */
} Citation;

Document *document_open(const Style *style);
void document_close(Document *doc);
/* Takes a copy of what it needs.  The number of the item, from 0. */
size_t document_add(Document *doc, const Record *rec);
/* In document order.  The number of the citation, from 0.  All is copied. */
size_t document_cite(Document *doc, const Citation *citation);
/* Once, after the last item and citation. */
void document_finish(Document *doc);
/* These come after document_finish; each text lives until the next one is asked for. */
StyleText document_citation(Document *doc, size_t citation);
typedef struct StyleEntry {
    size_t item;
    StyleText text; /* empty where the style prints nothing for the item */
} StyleEntry;
size_t document_entries(const Document *doc);
/* The entry at that place of the bibliography, from 0.  In order: an entry may leave
 * out what the one before it says. */
StyleEntry document_entry(Document *doc, size_t rank);

#endif
