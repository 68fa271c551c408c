/* SPDX-License-Identifier: MIT
 * The tables of BibTeX and biblatex: entry types and fields, for readers, writers and
 * for --explain.
 *
 * Names are btxdoc's (section 3) and biblatex's (manual, section 2), then what reference
 * managers and databases write; else CSL's own, which styles ignore, so that nothing is
 * left out.  The first row of a field and kind is what it is written as; where an entry
 * has several tags of one meaning, the one that stands first here counts. */
#include "formats/bibtex/bibtex.h"

#define K(kind) KINDS_OF(KIND_##kind)
#define ARTICLES                                                                         \
    (K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER) | K(REVIEW) |       \
     K(REVIEW_BOOK))
#define PARTS                                                                            \
    (K(PAPER_CONFERENCE) | K(CHAPTER) | K(ENTRY) | K(ENTRY_DICTIONARY) |                 \
     K(ENTRY_ENCYCLOPEDIA))
#define BOOKS     (K(BOOK) | K(CLASSIC) | K(COLLECTION))
#define OTHERS    (KINDS_ALL & ~(ARTICLES | PARTS))
#define SITES     (K(WEBPAGE) | K(POST) | K(POST_WEBLOG))
#define PREPRINTS (ARTICLES | K(ARTICLE))

/* What both languages read, whichever of them a file says it is; only the first row of
 * a kind is written, and that stands in each language's own part. */
#define KINDS_READ                                                                       \
    {"article", KIND_ARTICLE_JOURNAL, NULL}, {"book", KIND_BOOK, NULL},                  \
        {"mvbook", KIND_BOOK, NULL}, {"booklet", KIND_PAMPHLET, NULL},                   \
        {"inbook", KIND_CHAPTER, NULL}, {"bookinbook", KIND_CHAPTER, NULL},              \
        {"suppbook", KIND_CHAPTER, NULL}, {"incollection", KIND_CHAPTER, NULL},          \
        {"suppcollection", KIND_CHAPTER, NULL}, {"collection", KIND_BOOK, NULL},         \
        {"mvcollection", KIND_BOOK, NULL},                                               \
        {"inproceedings", KIND_PAPER_CONFERENCE, NULL},                                  \
        {"conference", KIND_PAPER_CONFERENCE, NULL}, {"proceedings", KIND_BOOK, NULL},   \
        {"mvproceedings", KIND_BOOK, NULL},                                              \
        {"inreference", KIND_ENTRY_ENCYCLOPEDIA, NULL}, {"reference", KIND_BOOK, NULL},  \
        {"mvreference", KIND_BOOK, NULL}, {"manual", KIND_BOOK, NULL},                   \
        {"misc", KIND_DOCUMENT, NULL}, {"other", KIND_DOCUMENT, NULL},                   \
        {"set", KIND_DOCUMENT, NULL}, {"xdata", KIND_DOCUMENT, NULL},                    \
        {"bibnote", KIND_DOCUMENT, NULL}, {"online", KIND_WEBPAGE, NULL},                \
        {"electronic", KIND_WEBPAGE, NULL}, {"www", KIND_WEBPAGE, NULL},                 \
        {"webpage", KIND_WEBPAGE, NULL}, {"website", KIND_WEBPAGE, NULL},                \
        {"blog", KIND_POST_WEBLOG, NULL}, {"patent", KIND_PATENT, NULL},                 \
        {"periodical", KIND_PERIODICAL, NULL},                                           \
        {"suppperiodical", KIND_ARTICLE_JOURNAL, NULL}, {"report", KIND_REPORT, NULL},   \
        {"techreport", KIND_REPORT, NULL}, {"thesis", KIND_THESIS, NULL},                \
        {"phdthesis", KIND_THESIS, NULL}, {"mastersthesis", KIND_THESIS, NULL},          \
        {"bachelorsthesis", KIND_THESIS, NULL}, {"unpublished", KIND_MANUSCRIPT, NULL},  \
        {"preprint", KIND_ARTICLE, NULL}, {"dataset", KIND_DATASET, NULL},               \
        {"data", KIND_DATASET, NULL}, {"software", KIND_SOFTWARE, NULL},                 \
        {"softwareversion", KIND_SOFTWARE, NULL},                                        \
        {"softwaremodule", KIND_SOFTWARE, NULL}, {"codefragment", KIND_SOFTWARE, NULL},  \
        {"code", KIND_SOFTWARE, NULL}, {"artwork", KIND_GRAPHIC, NULL},                  \
        {"image", KIND_GRAPHIC, NULL}, {"audio", KIND_SONG, NULL},                       \
        {"music", KIND_SONG, NULL}, {"video", KIND_MOTION_PICTURE, NULL},                \
        {"movie", KIND_MOTION_PICTURE, NULL}, {"performance", KIND_PERFORMANCE, NULL},   \
        {"commentary", KIND_BOOK, NULL}, {"jurisdiction", KIND_LEGAL_CASE, NULL},        \
        {"legislation", KIND_LEGISLATION, NULL}, {"legal", KIND_TREATY, NULL},           \
        {"letter", KIND_PERSONAL_COMMUNICATION, NULL}, {"review", KIND_REVIEW, NULL},    \
        {"standard", KIND_STANDARD, NULL}, {"speech", KIND_SPEECH, NULL},                \
        {"presentation", KIND_SPEECH, NULL}, {"talk", KIND_SPEECH, NULL},                \
        {"map", KIND_MAP, NULL},                                                         \
    {                                                                                    \
        "interview", KIND_INTERVIEW, NULL                                                \
    }

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
    KINDS_READ,
    {NULL, KIND_DOCUMENT, NULL},
};

const KindTag BIBLATEX_KINDS[] = {
    {"article", KIND_ARTICLE_JOURNAL, NULL},
    {"article", KIND_ARTICLE_MAGAZINE, NULL},
    {"article", KIND_ARTICLE_NEWSPAPER, NULL},
    {"review", KIND_REVIEW, NULL},
    {"review", KIND_REVIEW_BOOK, NULL},
    {"inproceedings", KIND_PAPER_CONFERENCE, NULL},
    {"incollection", KIND_CHAPTER, NULL},
    {"inreference", KIND_ENTRY_ENCYCLOPEDIA, NULL},
    {"inreference", KIND_ENTRY_DICTIONARY, NULL},
    {"inreference", KIND_ENTRY, NULL},
    {"book", KIND_BOOK, NULL},
    {"book", KIND_CLASSIC, NULL},
    {"collection", KIND_BOOK, NULL}, /* CSL's collection is an archive's */
    {"collection", KIND_COLLECTION, NULL},
    {"booklet", KIND_PAMPHLET, NULL},
    {"thesis", KIND_THESIS, NULL},
    {"report", KIND_REPORT, NULL},
    {"online", KIND_WEBPAGE, NULL},
    {"online", KIND_POST, NULL},
    {"online", KIND_POST_WEBLOG, NULL},
    {"online", KIND_ARTICLE, NULL},
    {"unpublished", KIND_MANUSCRIPT, NULL},
    {"unpublished", KIND_SPEECH, NULL},
    {"legislation", KIND_LEGISLATION, NULL},
    {"legislation", KIND_BILL, NULL},
    {"legislation", KIND_REGULATION, NULL},
    {"artwork", KIND_GRAPHIC, NULL},
    {"image", KIND_GRAPHIC, NULL},
    {"image", KIND_FIGURE, NULL},
    {"movie", KIND_MOTION_PICTURE, NULL},
    {"video", KIND_MOTION_PICTURE, NULL},
    {"video", KIND_BROADCAST, NULL},
    {"audio", KIND_SONG, NULL},
    {"audio", KIND_MUSICAL_SCORE, NULL},
    {"misc", KIND_DOCUMENT, "and all other kinds"},
    KINDS_READ,
    {NULL, KIND_DOCUMENT, NULL},
};

#define FIELDS_READ                                                                      \
    {"fjournal", FIELD_CONTAINER_TITLE, KINDS_ALL, HOW_FULL_JOURNAL, NULL},              \
        {"journaltitle", FIELD_CONTAINER_TITLE, KINDS_ALL, HOW_TEXT, NULL},              \
        {"journal", FIELD_CONTAINER_TITLE, KINDS_ALL, HOW_TEXT, NULL},                   \
        {"booktitle", FIELD_CONTAINER_TITLE, KINDS_ALL, HOW_TEXT, NULL},                 \
        {"journal-iso", FIELD_CONTAINER_TITLE_SHORT, ARTICLES, HOW_TEXT, NULL},          \
        {"shortjournal", FIELD_CONTAINER_TITLE_SHORT, KINDS_ALL, HOW_TEXT, NULL},        \
        {"school", FIELD_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},                          \
        {"institution", FIELD_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},                     \
        {"organization", FIELD_PUBLISHER,                                                \
         BOOKS | K(DOCUMENT) | K(SOFTWARE) | K(DATASET) | K(STANDARD) |                  \
             K(PAPER_CONFERENCE) | K(CHAPTER),                                           \
         HOW_TEXT, NULL},                                                                \
        {"assignee", FIELD_PUBLISHER, K(PATENT), HOW_TEXT, NULL},                        \
        {"holder", FIELD_PUBLISHER, K(PATENT), HOW_TEXT, NULL},                          \
        {"nationality", FIELD_JURISDICTION, K(PATENT), HOW_TEXT, NULL},                  \
        {"issue_number", FIELD_ISSUE, KINDS_ALL, HOW_TEXT, NULL},                        \
        {"articleno", FIELD_NUMBER, KINDS_ALL, HOW_TEXT, NULL},                          \
        {"article-number", FIELD_NUMBER, KINDS_ALL, HOW_TEXT, NULL},                     \
        {"eid", FIELD_NUMBER, KINDS_ALL, HOW_TEXT, NULL},                                \
        {"numpages", FIELD_NUMBER_OF_PAGES, KINDS_ALL, HOW_TEXT, NULL},                  \
        {"origyear", FIELD_ORIGINAL_DATE, KINDS_ALL, HOW_DATE, NULL},                    \
        {"lastchecked", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},                      \
        {"lastaccessed", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},                     \
        {"accessed", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},                         \
        {"date-accessed", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},                    \
        {"langid", FIELD_LANGUAGE, KINDS_ALL, HOW_LANGUAGE, NULL},                       \
        {"language", FIELD_LANGUAGE, KINDS_ALL, HOW_LANGUAGE, NULL},                     \
        {"hyphenation", FIELD_LANGUAGE, KINDS_ALL, HOW_LANGUAGE, NULL},                  \
        {"keyword", FIELD_KEYWORD, KINDS_ALL, HOW_KEYWORDS, NULL},                       \
        {"callnumber", FIELD_CALL_NUMBER, KINDS_ALL, HOW_TEXT, NULL},                    \
        {"addendum", FIELD_NOTE, KINDS_ALL, HOW_LINES, NULL},                            \
        {"eprinttype", FIELD_ARCHIVE, KINDS_ALL, HOW_EPRINT, NULL},                      \
        {"archiveprefix", FIELD_ARCHIVE, KINDS_ALL, HOW_EPRINT, NULL},                   \
        {"eprint", FIELD_ARCHIVE_LOCATION, KINDS_ALL, HOW_EPRINT, NULL},                 \
        {"eprintclass", FIELD_ARCHIVE_COLLECTION, KINDS_ALL, HOW_EPRINT, NULL},          \
        {"primaryclass", FIELD_ARCHIVE_COLLECTION, KINDS_ALL, HOW_EPRINT, NULL},         \
        {"subtitle", FIELD_OTHER, KINDS_ALL, HOW_SUBTITLE, NULL},                        \
        {"titleaddon", FIELD_CONTAINER_TITLE, SITES, HOW_TEXT, NULL},                    \
        {"titleaddon", FIELD_OTHER, KINDS_ALL, HOW_TITLEADDON, NULL},                    \
        {"booksubtitle", FIELD_OTHER, KINDS_ALL, HOW_BOOKSUBTITLE, NULL},                \
        {"booktitleaddon", FIELD_OTHER, KINDS_ALL, HOW_BOOKTITLEADDON, NULL},            \
        {"maintitle", FIELD_OTHER, KINDS_ALL, HOW_MAINTITLE, NULL},                      \
        {"mainsubtitle", FIELD_OTHER, KINDS_ALL, HOW_MAINSUBTITLE, NULL},                \
        {"maintitleaddon", FIELD_OTHER, KINDS_ALL, HOW_MAINTITLEADDON, NULL},            \
        {"issuetitle", FIELD_OTHER, KINDS_ALL, HOW_ISSUETITLE, NULL},                    \
        {"issuesubtitle", FIELD_OTHER, KINDS_ALL, HOW_ISSUESUBTITLE, NULL},              \
        {"issuetitleaddon", FIELD_OTHER, KINDS_ALL, HOW_ISSUETITLEADDON, NULL},          \
        {"journalsubtitle", FIELD_OTHER, KINDS_ALL, HOW_JOURNALSUBTITLE, NULL},          \
        {"month", FIELD_OTHER, KINDS_ALL, HOW_MONTH, NULL},                              \
        {"day", FIELD_OTHER, KINDS_ALL, HOW_DAY, NULL},                                  \
        {"file", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                            \
        {"pdf", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                             \
        {"ps", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                              \
        {"local-url", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                       \
        {"localfile", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                       \
        {"adsurl", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                          \
        {"biburl", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                          \
        {"bibsource", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                       \
        {"ee", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                              \
        {"url2", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                            \
        {"bdsk-url-1", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                      \
        {"bdsk-url-2", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                      \
        {"bdsk-url-3", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                      \
        {"bdsk-file-1", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                     \
        {"bdsk-file-2", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                     \
        {"mrnumber", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                        \
        {"zbl", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                             \
        {"isrn", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                            \
        {"crossref", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                        \
        {"xref", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                            \
        {"xdata", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                           \
        {"ids", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                             \
        {"related", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                         \
        {"entryset", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                        \
        {"options", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                         \
        {"execute", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                         \
        {"key", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                             \
        {"sortkey", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                         \
        {"timestamp", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                       \
        {"date-added", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                      \
        {"date-modified", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                   \
        {"bibcode", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                         \
        {"verba", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                           \
        {"verbb", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                           \
        {"verbc", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                           \
        {"urla", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                            \
        {"urlb", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL},                            \
    {                                                                                    \
        "urlc", FIELD_OTHER, KINDS_ALL, HOW_VERBATIM, NULL                               \
    }

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
    {"number", FIELD_ISSUE, ARTICLES | K(PAPER_CONFERENCE) | K(PERIODICAL), HOW_TEXT,
     NULL},
    {"number", FIELD_COLLECTION_NUMBER, BOOKS | PARTS, HOW_TEXT, NULL},
    {"eid", FIELD_NUMBER, PREPRINTS | PARTS, HOW_TEXT, NULL},
    {"number", FIELD_NUMBER, KINDS_ALL & ~(ARTICLES | PARTS | BOOKS | K(PERIODICAL)),
     HOW_TEXT, NULL},
    {"issue", FIELD_ISSUE, KINDS_ALL, HOW_TEXT, NULL},
    {"part", FIELD_PART_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"chapter", FIELD_CHAPTER_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"pages", FIELD_PAGE, KINDS_ALL, HOW_PAGES, NULL},
    {"pagetotal", FIELD_NUMBER_OF_PAGES, KINDS_ALL, HOW_TEXT, NULL},
    {"year", FIELD_ISSUED, KINDS_ALL, HOW_PUBLISHED, "with month and day"},
    {"date", FIELD_ISSUED, KINDS_ALL, HOW_DATE, NULL},
    {"organization", FIELD_PUBLISHER, SITES, HOW_TEXT, NULL},
    {"school", FIELD_PUBLISHER, K(THESIS), HOW_TEXT, NULL},
    {"institution", FIELD_PUBLISHER, K(REPORT), HOW_TEXT, NULL},
    {"publisher", FIELD_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},
    {"address", FIELD_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"location", FIELD_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"type", FIELD_GENRE, KINDS_ALL, HOW_GENRE, NULL},
    {"version", FIELD_VERSION, KINDS_ALL, HOW_TEXT, NULL},
    {"eventtitle", FIELD_EVENT_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"venue", FIELD_EVENT_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"eventdate", FIELD_EVENT_DATE, KINDS_ALL, HOW_DATE, NULL},
    {"shortjournal", FIELD_CONTAINER_TITLE_SHORT, ARTICLES, HOW_TEXT, NULL},
    {"shortbooktitle", FIELD_CONTAINER_TITLE_SHORT, PARTS, HOW_TEXT, NULL},
    {"isbn", FIELD_ISBN, KINDS_ALL, HOW_VERBATIM, NULL},
    {"issn", FIELD_ISSN, KINDS_ALL, HOW_VERBATIM, NULL},
    {"doi", FIELD_DOI, KINDS_ALL, HOW_DOI, NULL},
    {"url", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
    {"urldate", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},
    {"origdate", FIELD_ORIGINAL_DATE, KINDS_ALL, HOW_DATE, NULL},
    {"origpublisher", FIELD_ORIGINAL_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},
    {"origlocation", FIELD_ORIGINAL_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"language", FIELD_LANGUAGE, KINDS_ALL, HOW_LANGUAGE, NULL},
    {"pubstate", FIELD_STATUS, KINDS_ALL, HOW_STATUS, NULL},
    {"library", FIELD_CALL_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"pmid", FIELD_PMID, KINDS_ALL, HOW_VERBATIM, NULL},
    {"pmcid", FIELD_PMCID, KINDS_ALL, HOW_VERBATIM, NULL},
    {"keywords", FIELD_KEYWORD, KINDS_ALL, HOW_KEYWORDS, "all in one, commas between"},
    {"note", FIELD_NOTE, KINDS_ALL, HOW_LINES, NULL},
    {"annote", FIELD_ANNOTE, KINDS_ALL, HOW_LINES, NULL},
    {"annotation", FIELD_ANNOTE, KINDS_ALL, HOW_LINES, NULL},
    {"abstract", FIELD_ABSTRACT, KINDS_ALL, HOW_LINES, NULL},
    FIELDS_READ,
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

const FieldTag BIBLATEX_FIELDS[] = {
    {"author", FIELD_AUTHOR, KINDS_ALL, HOW_NAMES, "and others where the list is cut"},
    {"editor", FIELD_EDITOR, KINDS_ALL, HOW_NAMES, NULL},
    {"translator", FIELD_TRANSLATOR, KINDS_ALL, HOW_NAMES, NULL},
    {"bookauthor", FIELD_CONTAINER_AUTHOR, KINDS_ALL, HOW_NAMES, NULL},
    {"title", FIELD_TITLE, KINDS_ALL, HOW_TITLE, NULL},
    {"shorttitle", FIELD_TITLE_SHORT, KINDS_ALL, HOW_TITLE, NULL},
    {"origtitle", FIELD_ORIGINAL_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"booktitle", FIELD_CONTAINER_TITLE, PARTS, HOW_TEXT, NULL},
    {"journaltitle", FIELD_CONTAINER_TITLE, ARTICLES, HOW_TEXT, NULL},
    {"howpublished", FIELD_CONTAINER_TITLE, OTHERS, HOW_TEXT, NULL},
    {"series", FIELD_COLLECTION_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"edition", FIELD_EDITION, KINDS_ALL, HOW_TEXT, NULL},
    {"volume", FIELD_VOLUME, KINDS_ALL, HOW_TEXT, NULL},
    {"volumes", FIELD_NUMBER_OF_VOLUMES, KINDS_ALL, HOW_TEXT, NULL},
    {"number", FIELD_ISSUE, ARTICLES | K(PAPER_CONFERENCE) | K(PERIODICAL), HOW_TEXT,
     NULL},
    {"number", FIELD_COLLECTION_NUMBER, BOOKS | PARTS, HOW_TEXT, NULL},
    {"eid", FIELD_NUMBER, PREPRINTS | PARTS, HOW_TEXT, NULL},
    {"number", FIELD_NUMBER, KINDS_ALL & ~(ARTICLES | PARTS | BOOKS | K(PERIODICAL)),
     HOW_TEXT, NULL},
    {"issue", FIELD_ISSUE, KINDS_ALL, HOW_TEXT, NULL},
    {"part", FIELD_PART_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"chapter", FIELD_CHAPTER_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"pages", FIELD_PAGE, KINDS_ALL, HOW_PAGES, NULL},
    {"pagetotal", FIELD_NUMBER_OF_PAGES, KINDS_ALL, HOW_TEXT, NULL},
    {"date", FIELD_ISSUED, KINDS_ALL, HOW_DATE, NULL},
    {"year", FIELD_ISSUED, KINDS_ALL, HOW_PUBLISHED, NULL},
    {"organization", FIELD_PUBLISHER, SITES, HOW_TEXT, NULL},
    {"institution", FIELD_PUBLISHER, K(THESIS) | K(REPORT), HOW_TEXT, NULL},
    {"publisher", FIELD_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},
    {"location", FIELD_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"address", FIELD_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"type", FIELD_GENRE, KINDS_ALL, HOW_GENRE, NULL},
    {"version", FIELD_VERSION, KINDS_ALL, HOW_TEXT, NULL},
    {"eventtitle", FIELD_EVENT_TITLE, KINDS_ALL, HOW_TEXT, NULL},
    {"venue", FIELD_EVENT_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"eventdate", FIELD_EVENT_DATE, KINDS_ALL, HOW_DATE, NULL},
    {"shortjournal", FIELD_CONTAINER_TITLE_SHORT, ARTICLES, HOW_TEXT, NULL},
    {"shortbooktitle", FIELD_CONTAINER_TITLE_SHORT, PARTS, HOW_TEXT, NULL},
    {"isbn", FIELD_ISBN, KINDS_ALL, HOW_VERBATIM, NULL},
    {"issn", FIELD_ISSN, KINDS_ALL, HOW_VERBATIM, NULL},
    {"doi", FIELD_DOI, KINDS_ALL, HOW_DOI, NULL},
    {"url", FIELD_URL, KINDS_ALL, HOW_URL, NULL},
    {"urldate", FIELD_ACCESSED, KINDS_ALL, HOW_DATE, NULL},
    {"origdate", FIELD_ORIGINAL_DATE, KINDS_ALL, HOW_DATE, NULL},
    {"origpublisher", FIELD_ORIGINAL_PUBLISHER, KINDS_ALL, HOW_TEXT, NULL},
    {"origlocation", FIELD_ORIGINAL_PUBLISHER_PLACE, KINDS_ALL, HOW_TEXT, NULL},
    {"langid", FIELD_LANGUAGE, KINDS_ALL, HOW_LANGUAGE, NULL},
    {"pubstate", FIELD_STATUS, KINDS_ALL, HOW_STATUS, NULL},
    {"library", FIELD_CALL_NUMBER, KINDS_ALL, HOW_TEXT, NULL},
    {"pmid", FIELD_PMID, KINDS_ALL, HOW_VERBATIM, NULL},
    {"pmcid", FIELD_PMCID, KINDS_ALL, HOW_VERBATIM, NULL},
    {"keywords", FIELD_KEYWORD, KINDS_ALL, HOW_KEYWORDS, "all in one, commas between"},
    {"note", FIELD_NOTE, KINDS_ALL, HOW_LINES, NULL},
    {"annotation", FIELD_ANNOTE, KINDS_ALL, HOW_LINES, NULL},
    {"annote", FIELD_ANNOTE, KINDS_ALL, HOW_LINES, NULL},
    {"abstract", FIELD_ABSTRACT, KINDS_ALL, HOW_LINES, NULL},
    FIELDS_READ,
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

#define BRACES                                                                           \
    {                                                                                    \
        "braces", "protect|keep|none",                                                   \
            "braces in titles: round words that styles must not recase, where the "      \
            "source has "                                                                \
            "them, or none"                                                              \
    }

static const Option BIBTEX_OPTIONS[] = {
    BRACES,
    {"for", "latex|zotero",
     "zotero: what Zotero's importer takes whole, instead of what LaTeX typesets"},
    {NULL, NULL, NULL},
};

static const Option BIBLATEX_OPTIONS[] = {
    BRACES,
    {NULL, NULL, NULL},
};

const Format format_bibtex = {
    .name = "bibtex",
    .title = "BibTeX",
    .extensions = "bib",
    .language = "bibtex",
    .carries = true,
    .options = BIBTEX_OPTIONS,
    .kinds = BIBTEX_KINDS,
    .fields = BIBTEX_FIELDS,
    .reader = &BIBTEX_READER,
    .writer = &BIBTEX_WRITER,
};

const Format format_biblatex = {
    .name = "biblatex",
    .title = "BibLaTeX",
    .extensions = "",
    .language = "bibtex",
    .carries = true,
    .options = BIBLATEX_OPTIONS,
    .kinds = BIBLATEX_KINDS,
    .fields = BIBLATEX_FIELDS,
    .reader = &BIBLATEX_READER,
    .writer = &BIBLATEX_WRITER,
};
