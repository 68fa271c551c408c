/* SPDX-License-Identifier: MIT
 * The tables of BibTeX: entry types and fields, for the writer and for --explain.
 *
 * Names are btxdoc's (section 3) and, where it has none, biblatex's; else CSL's own,
 * which styles ignore, so that nothing is left out. */
#include "formats/bibtex/bibtex.h"

#define K(kind) KINDS_OF(KIND_##kind)
#define ARTICLES                                                                         \
    (K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER) | K(REVIEW) |       \
     K(REVIEW_BOOK))
#define PARTS                                                                            \
    (K(PAPER_CONFERENCE) | K(CHAPTER) | K(ENTRY) | K(ENTRY_DICTIONARY) |                 \
     K(ENTRY_ENCYCLOPEDIA))
#define OTHERS (KINDS_ALL & ~(ARTICLES | PARTS))

const KindTag BIBTEX_KINDS[] = {
    {"article", KIND_ARTICLE_JOURNAL, "misc without a journal"},
    {"article", KIND_ARTICLE_MAGAZINE, NULL},
    {"article", KIND_ARTICLE_NEWSPAPER, NULL},
    {"article", KIND_REVIEW, NULL},
    {"article", KIND_REVIEW_BOOK, NULL},
    {"inproceedings", KIND_PAPER_CONFERENCE, "misc without proceedings"},
    {"incollection", KIND_CHAPTER,
     "inproceedings without a publisher, misc without a book"},
    {"incollection", KIND_ENTRY, NULL},
    {"incollection", KIND_ENTRY_DICTIONARY, NULL},
    {"incollection", KIND_ENTRY_ENCYCLOPEDIA, NULL},
    {"book", KIND_BOOK, "booklet without a publisher"},
    {"book", KIND_CLASSIC, NULL},
    {"book", KIND_COLLECTION, NULL},
    {"booklet", KIND_PAMPHLET, NULL},
    {"phdthesis", KIND_THESIS,
     "mastersthesis where the type says so, misc without a school"},
    {"techreport", KIND_REPORT, "misc without an institution"},
    {"misc", KIND_DOCUMENT, "and all other kinds"},
    {NULL, KIND_DOCUMENT, NULL},
};

const FieldTag BIBTEX_FIELDS[] = {
    {"author", FIELD_AUTHOR, KINDS_ALL, HOW_NAMES, "and others where the list is cut"},
    {"editor", FIELD_EDITOR, KINDS_ALL, HOW_NAMES, NULL},
    {"translator", FIELD_TRANSLATOR, KINDS_ALL, HOW_NAMES, NULL},
    {"bookauthor", FIELD_CONTAINER_AUTHOR, KINDS_ALL, HOW_NAMES, NULL},
    {"title", FIELD_TITLE, KINDS_ALL, HOW_TITLE, NULL},
    {"shorttitle", FIELD_TITLE_SHORT, KINDS_ALL, HOW_TITLE, NULL},
    {"origtitle", FIELD_ORIGINAL_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"booktitle", FIELD_CONTAINER_TITLE, PARTS, HOW_TEXT, NULL},
    {"journal", FIELD_CONTAINER_TITLE, ARTICLES, HOW_TEXT, NULL},
    {"howpublished", FIELD_CONTAINER_TITLE, OTHERS, HOW_TEXT, NULL},
    {"series", FIELD_COLLECTION_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"edition", FIELD_EDITION, KINDS_ALL, HOW_TEXT, NULL},
    {"volume", FIELD_VOLUME, KINDS_ALL, HOW_TEXT, NULL},
    {"volumes", FIELD_NUMBER_OF_VOLUMES, KINDS_ALL, HOW_TEXT, NULL},
    {"number", FIELD_ISSUE, KINDS_ALL, HOW_TEXT, NULL},
    {"number", FIELD_NUMBER, K(REPORT) | K(PATENT) | K(STANDARD), HOW_TEXT, NULL},
    {"chapter", FIELD_CHAPTER_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"pages", FIELD_PAGE, KINDS_ALL, HOW_PAGES, NULL},
    {"pagetotal", FIELD_NUMBER_OF_PAGES, KINDS_ALL, HOW_TEXT, NULL},
    {"year", FIELD_ISSUED, KINDS_ALL, HOW_PUBLISHED, "with month and day"},
    {"organization", FIELD_PUBLISHER, K(WEBPAGE) | K(POST) | K(POST_WEBLOG), HOW_TEXT,
     NULL},
    {"school", FIELD_PUBLISHER, K(THESIS), HOW_TEXT, NULL},
    {"institution", FIELD_PUBLISHER, K(REPORT), HOW_TEXT, NULL},
    {"publisher", FIELD_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},
    {"address", FIELD_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"type", FIELD_GENRE, KINDS_ALL, HOW_TEXT, NULL},
    {"version", FIELD_VERSION, KINDS_ALL, HOW_TEXT, NULL},
    {"eventtitle", FIELD_EVENT_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"venue", FIELD_EVENT_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"eventdate", FIELD_EVENT_DATE, KINDS_ALL, HOW_DATE, NULL},
    {"shortjournal", FIELD_CONTAINER_TITLE_SHORT, ARTICLES, HOW_TEXT, NULL},
    {"shortbooktitle", FIELD_CONTAINER_TITLE_SHORT, PARTS, HOW_TEXT, NULL},
    {"isbn", FIELD_ISBN, KINDS_ALL, HOW_VERBATIM, NULL},
    {"issn", FIELD_ISSN, KINDS_ALL, HOW_VERBATIM, NULL},
    {"doi", FIELD_DOI, KINDS_ALL, HOW_VERBATIM, NULL},
    {"url", FIELD_URL, KINDS_ALL, HOW_VERBATIM, NULL},
    {"urldate", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},
    {"origdate", FIELD_ORIGINAL_DATE, KINDS_ALL, HOW_DATE, NULL},
    {"language", FIELD_LANGUAGE, KINDS_ALL, HOW_TEXT, NULL},
    {"pubstate", FIELD_STATUS, KINDS_ALL, HOW_TEXT, NULL},
    {"library", FIELD_CALL_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"pmid", FIELD_PMID, KINDS_ALL, HOW_VERBATIM, NULL},
    {"pmcid", FIELD_PMCID, KINDS_ALL, HOW_VERBATIM, NULL},
    {"keywords", FIELD_KEYWORD, KINDS_ALL, HOW_TEXT, "all in one, commas between"},
    {"note", FIELD_NOTE, KINDS_ALL, HOW_TEXT, NULL},
    {"annote", FIELD_ANNOTE, KINDS_ALL, HOW_TEXT, NULL},
    {"abstract", FIELD_ABSTRACT, KINDS_ALL, HOW_TEXT, NULL},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

const Format format_bibtex = {
    .name = "bibtex",
    .title = "BibTeX",
    .extensions = "bib",
    .kinds = BIBTEX_KINDS,
    .fields = BIBTEX_FIELDS,
    .writer = &BIBTEX_WRITER,
    .carries = true,
};
