/* SPDX-License-Identifier: MIT
 * The tables of CSL-JSON, by the schema csl-data.json of CSL 1.0.2.
 *
 * The record model speaks CSL's words, so a field's name is its property, but for three
 * that the schema calls otherwise.  Rows behind those are what others write: properties
 * of older CSL, of CSL-M, and of Crossref's API. */
#include "formats/csljson/csljson.h"

/* The first row of a variable is how it is written. */
const FieldTag CSLJSON_FIELDS[] = {
    {"part", FIELD_PART_NUMBER, KINDS_ALL, HOW_VALUE, NULL},
    {"printing", FIELD_PRINTING_NUMBER, KINDS_ALL, HOW_VALUE, NULL},
    {"supplement", FIELD_SUPPLEMENT_NUMBER, KINDS_ALL, HOW_VALUE, NULL},
#define FIELD(constant, name, form)                                                      \
    {(name), FIELD_##constant, KINDS_ALL, HOW_VALUE, NULL},
#include "convert/record/field.def"
#undef FIELD
    {"shortTitle", FIELD_TITLE_SHORT, KINDS_ALL, HOW_VALUE, "read only"},
    {"journalAbbreviation", FIELD_CONTAINER_TITLE_SHORT, KINDS_ALL, HOW_VALUE,
     "read only, but for Zotero"},
    {"event", FIELD_EVENT_TITLE, KINDS_ALL, HOW_VALUE, "read only"},
    {"archive-location", FIELD_ARCHIVE_LOCATION, KINDS_ALL, HOW_VALUE, "read only"},
    {"archive-collection", FIELD_ARCHIVE_COLLECTION, KINDS_ALL, HOW_VALUE, "read only"},
    {"keywords", FIELD_KEYWORD, KINDS_ALL, HOW_VALUE, "read only"},
    {"short-container-title", FIELD_CONTAINER_TITLE_SHORT, KINDS_ALL, HOW_VALUE,
     "Crossref's; read only"},
    {"article-number", FIELD_NUMBER, KINDS_ALL, HOW_VALUE, "Crossref's; read only"},
    {"report-number", FIELD_NUMBER, KINDS_ALL, HOW_VALUE, "Crossref's; read only"},
    {"edition-number", FIELD_EDITION, KINDS_ALL, HOW_VALUE, "Crossref's; read only"},
    {"degree", FIELD_GENRE, KINDS_ALL, HOW_VALUE, "Crossref's; read only"},
    {"published", FIELD_ISSUED, KINDS_ALL, HOW_SPARE, "Crossref's; read only"},
    {"published-print", FIELD_ISSUED, KINDS_ALL, HOW_SPARE, "Crossref's; read only"},
    {"published-online", FIELD_ISSUED, KINDS_ALL, HOW_SPARE, "Crossref's; read only"},
    {"posted", FIELD_ISSUED, KINDS_ALL, HOW_SPARE, "Crossref's; read only"},
    {"approved", FIELD_ISSUED, KINDS_ALL, HOW_SPARE, "Crossref's; read only"},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

const KindTag CSLJSON_KINDS[] = {
#define KIND(constant, name) {(name), KIND_##constant, NULL},
#include "convert/record/kind.def"
#undef KIND
    {"journal-article", KIND_ARTICLE_JOURNAL, "Crossref's; read only"},
    {"posted-content", KIND_ARTICLE, "Crossref's; read only"},
    {"preprint", KIND_ARTICLE, "read only"},
    {"article-preprint", KIND_ARTICLE, "read only"},
    {"proceedings-article", KIND_PAPER_CONFERENCE, "Crossref's; read only"},
    {"book-chapter", KIND_CHAPTER, "Crossref's; read only"},
    {"book-section", KIND_CHAPTER, "Crossref's; read only"},
    {"book-part", KIND_CHAPTER, "Crossref's; read only"},
    {"book-track", KIND_CHAPTER, "Crossref's; read only"},
    {"reference-entry", KIND_ENTRY, "Crossref's; read only"},
    {"monograph", KIND_BOOK, "Crossref's; read only"},
    {"edited-book", KIND_BOOK, "Crossref's; read only"},
    {"reference-book", KIND_BOOK, "Crossref's; read only"},
    {"proceedings", KIND_BOOK, "Crossref's; read only"},
    {"book-set", KIND_COLLECTION, "Crossref's; read only"},
    {"book-series", KIND_COLLECTION, "Crossref's; read only"},
    {"proceedings-series", KIND_COLLECTION, "Crossref's; read only"},
    {"report-series", KIND_COLLECTION, "Crossref's; read only"},
    {"report-component", KIND_REPORT, "Crossref's; read only"},
    {"journal", KIND_PERIODICAL, "Crossref's; read only"},
    {"journal-issue", KIND_PERIODICAL, "Crossref's; read only"},
    {"journal-volume", KIND_PERIODICAL, "Crossref's; read only"},
    {"dissertation", KIND_THESIS, "Crossref's; read only"},
    {"peer-review", KIND_REVIEW, "Crossref's; read only"},
    {"database", KIND_DATASET, "Crossref's; read only"},
    {"component", KIND_DOCUMENT, "Crossref's; read only"},
    {"other", KIND_DOCUMENT, "Crossref's; read only"},
    {"gazette", KIND_LEGISLATION, "CSL-M's; read only"},
    {"video", KIND_MOTION_PICTURE, "CSL-M's; read only"},
    {"computer_program", KIND_SOFTWARE, "read only"},
    {NULL, KIND_DOCUMENT, NULL},
};

static const Option OPTIONS[] = {
    {"math", "text|tex", "whether $...$ is read as what it says or as TeX math (text)"},
    {"for", "csl|zotero", "by CSL's schema, or as Zotero's import takes it best (csl)"},
    {NULL, NULL, NULL},
};

const char *csljson_option(const Options *opt, const char *name)
{
    const char *value = option_value(opt, "csl-json", name);
    return value != NULL ? value : option_value(opt, "csl-jsonl", name);
}

const Format format_csljson = {
    .name = "csl-json",
    .title = "CSL-JSON",
    .extensions = "json",
    .language = "csl-json",
    .options = OPTIONS,
    .kinds = CSLJSON_KINDS,
    .fields = CSLJSON_FIELDS,
    .reader = &CSLJSON_ARRAY_READER,
    .writer = &CSLJSON_ARRAY_WRITER,
    .carries = true,
};

const Format format_csljsonl = {
    .name = "csl-jsonl",
    .title = "CSL-JSON (one item a line)",
    .extensions = "jsonl ndjson",
    .language = "csl-json",
    .options = OPTIONS,
    .kinds = CSLJSON_KINDS,
    .fields = CSLJSON_FIELDS,
    .reader = &CSLJSON_LINES_READER,
    .writer = &CSLJSON_LINES_WRITER,
    .carries = true,
};
