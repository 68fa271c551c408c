/* SPDX-License-Identifier: MIT
 * The formats of the long tail; see bibutils.h. */
#include "formats/bibutils/bibutils.h"
#include "formats/bibutils/kinds.h"
#include "formats/bibutils/map.h"
#include "formats/bibutils/rescue_name.h"
#include "formats/bibutils/rescue_word.h"
#include "formats/bibutils/stand_in.h"
#include "formats/bibutils/word_write.h"

/* The helper is gone: nothing more can be read or written. */
void tail_tell_gone(Diag *diag, const Helper *helper, const char *title)
{
    diag_report(diag, LEVEL_ERROR, "bibutils-missing", (Place){0},
                "%s needs the helper citeconv-bibutils, which %.*s", title,
                STR_ARG(helper_complaint(helper)));
    diag->world_failed = true;
}

/* A record is lost: level and place say so. */
void tail_tell_lost(Diag *diag, const Helper *helper, HelperResult result, Place place)
{
    Str complaint = helper_complaint(helper);
    if (result == HELPER_REFUSED)
        diag_report(diag, LEVEL_ERROR, "bibutils-refused", place,
                    "libbibutils cannot make anything of this record: %.*s; left out",
                    STR_ARG(complaint));
    else
        diag_report(diag, LEVEL_ERROR, "bibutils-crashed", place,
                    "libbibutils %.*s on this record; left out", STR_ARG(complaint));
}

static const char *lacks(void)
{
    Buf path = {0};
    bool there = helper_find(&path);
    buf_free(&path);
    return there ? NULL : "citeconv-bibutils is not installed";
}

#define K(kind) KINDS_OF(KIND_##kind)
/* Kinds that are part of something. */
#define PARTS                                                                            \
    (K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER) | K(REVIEW) |       \
     K(REVIEW_BOOK) | K(CHAPTER) | K(ENTRY) | K(ENTRY_DICTIONARY) |                      \
     K(ENTRY_ENCYCLOPEDIA) | K(PAPER_CONFERENCE) | K(ARTICLE) | K(POST) |                \
     K(POST_WEBLOG) | K(WEBPAGE))
#define WHOLES (KINDS_ALL & ~PARTS)

static const FieldTag FIELDS[] = {
#include "formats/bibutils/rows.inc"
    {NULL, FIELD_OTHER, 0, 0, NULL},
};
/* The Web of Science has the addresses of authors where others have the publisher's. */
static const FieldTag ISI_FIELDS[] = {
    {"ADDRESS", FIELD_OTHER, KINDS_ALL, OF_WORK, "of the authors"},
#include "formats/bibutils/rows.inc"
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

/* A reader or writer is not told which format it is of: each has a few lines of its own.
 */
#define READS(id)                                                                        \
    static int id##_sniff(Str head)                                                      \
    {                                                                                    \
        return tail_sniff(id##_tail.name, head);                                         \
    }                                                                                    \
    static ReadResult id##_next(Read *r, Record *rec)                                    \
    {                                                                                    \
        return tail_next(r, rec, &id##_tail);                                            \
    }                                                                                    \
    static const Reader id##_reader = {                                                  \
        .state_size = sizeof(TailReading),                                               \
        .sniff = id##_sniff,                                                             \
        .next = id##_next,                                                               \
        .close = tail_close,                                                             \
    };
#define WRITES(id)                                                                       \
    static void id##_put(Write *w, View *v)                                              \
    {                                                                                    \
        tail_put(w, v, &id##_tail);                                                      \
    }                                                                                    \
    static void id##_end(Write *w)                                                       \
    {                                                                                    \
        tail_end(w, &id##_tail);                                                         \
    }                                                                                    \
    static const Writer id##_writer = {                                                  \
        .state_size = sizeof(TailWriting),                                               \
        .put = id##_put,                                                                 \
        .end = id##_end,                                                                 \
    };

static const Forgotten MODS_FORGOTTEN[] = {
    {"partName", "PARTTITLE", 0},       {"partNumber", "PART", 0},
    {"partNumber:series", "VOLUME", 1}, {"partNumber:host-series", "VOLUME", 2},
    {"shelfLocator", "CALLNUMBER", 0},  {"dateCaptured", "URLDATE", 0},
    {"copyrightDate", "DATE:YEAR", 0},  {"dateCreated", "DATE:YEAR", 0},
    {"identifier:hdl", "URL", 0},       {NULL, NULL, 0},
};
static const Tail mods_tail = {
    .name = "mods",
    .title = "MODS XML",
    .dialect = {.tagging = TAGGING_XML, .records = {"mods"}, .prefix = ""},
    .forgotten = MODS_FORGOTTEN,
    .clerical = "roleTerm recordContentSource recordCreationDate "
                "recordChangeDate "
                "recordOrigin form internetMediaType digitalOrigin reformattingQuality",
    .keeps = KINDS_ALL & ~(K(ARTICLE) | K(BILL) | K(CLASSIC) | K(COLLECTION) | K(ENTRY) |
                           K(EVENT) | K(MUSICAL_SCORE) | K(PERFORMANCE) | K(POST) |
                           K(POST_WEBLOG) | K(REGULATION) | K(REVIEW_BOOK)),
};
READS(mods)
WRITES(mods)
const Format format_mods = {
    .name = "mods",
    .title = "MODS XML",
    .extensions = "mods",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &mods_reader,
    .writer = &mods_writer,
};

static const Forgotten ENDNOTE_FORGOTTEN[] = {
    {"%R", "DOI", 0},    {"%[", "ACCESSDATE", 0}, {"%>", "FILEATTACH", 0},
    {"%A", "AUTHOR", 0}, {"%E", "EDITOR", 0},     {"%I", "PUBLISHER", 0},
    {"%B", "TITLE", 1},  {NULL, NULL, 0},
};
static const Tail endnote_tail = {
    .name = "endnote",
    .title = "EndNote (refer)",
    .dialect = {.tagging = TAGGING_PERCENT, .comma_bodies = true, .stand_ins = true},
    .forgotten = ENDNOTE_FORGOTTEN,
    .keeps = KINDS_ALL & ~(K(ARTICLE) | K(BILL) | K(COLLECTION) | K(ENTRY) | K(EVENT) |
                           K(MUSICAL_SCORE) | K(PERFORMANCE) | K(PERIODICAL) | K(REVIEW) |
                           K(REVIEW_BOOK) | K(SPEECH) | K(TREATY)),
};
READS(endnote)
WRITES(endnote)
const Format format_endnote = {
    .name = "endnote",
    .title = "EndNote (refer)",
    .extensions = "enw refer",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &endnote_reader,
    .writer = &endnote_writer,
};

static const Forgotten ENDNOTEXML_FORGOTTEN[] = {
    {"date", "MONTH", 0},
    {"author", "AUTHOR", 0},
    {"author:secondary-authors", "EDITOR", 0},
    {"research-notes", "NOTES", 0},
    {"access-date", "ACCESSDATE", 0},
    {"work-type", "GENRE:UNKNOWN", 0},
    {"remote-database-name", "DATABASE", 0},
    {"electronic-resource-num", "DOI", 0},
    {"abbr-1", "SHORTTITLE", 1},
    {"secondary-title", "TITLE", 1},
    {"full-title", "TITLE", 1},
    {NULL, NULL, 0},
};
static const Renamed ENDNOTEXML_RENAMED[] = {
    {"database", "x-database", NULL}, /* the name of the user's own file */
    {NULL, NULL, NULL},
};
static const Tail endnotexml_tail = {
    .name = "endnote-xml",
    .title = "EndNote XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"record"},
                .prefix = "",
                .comma_bodies = true,
                .stand_ins = true,
                .clause_marks = true,
                .renamed = ENDNOTEXML_RENAMED},
    .forgotten = ENDNOTEXML_FORGOTTEN,
    .rescue = stand_in_journal,
    .clerical = "source-app database rec-number key ref-type",
};
READS(endnotexml)
const Format format_endnotexml = {
    .name = "endnote-xml",
    .title = "EndNote XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &endnotexml_reader,
};

static const Forgotten ISI_FORGOTTEN[] = {
    {"SE", "TITLE", 2},     {"EI", "SERIALNUMBER", 1},  {"BN", "SERIALNUMBER", 1},
    {"PM", "PMID", 0},      {"AR", "ARTICLENUMBER", 1}, {"CT", "EVENT", 0},
    {"BE", "EDITOR", 1},    {"CA", "AUTHOR:CORP", 0},   {"BT", "TITLE", 1},
    {"CY", "EVENTDATE", 0}, {"CL", "EVENTPLACE", 0},    {NULL, NULL, 0},
};
static const Tail isi_tail = {
    .name = "isi",
    .title = "ISI, Web of Science",
    .dialect = {.tagging = TAGGING_ISI},
    .forgotten = ISI_FORGOTTEN,
    .clerical = "PT DT GA DA U1 U2 Z9 J9 NR TC PG",
    .echoes = "AU",
    .keeps = K(ARTICLE_JOURNAL) | K(BOOK) | K(CHAPTER),
};
READS(isi)
WRITES(isi)
const Format format_isi = {
    .name = "isi",
    .title = "ISI, Web of Science",
    .extensions = "isi ciw",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = ISI_FIELDS,
    .reader = &isi_reader,
    .writer = &isi_writer,
};

static const Forgotten MEDLINE_FORGOTTEN[] = {
    {"AbstractText", "ABSTRACT", 0}, {"VernacularTitle", "TITLE", -2},
    {"ELocationID:doi", "DOI", 0},   {"CompleteYN", "AUTHOR", 0},
    {"Country", "ADDRESS", 1},       {NULL, NULL, 0},
};
/* The library knows no books: a part of one is an article to it. */
static const Renamed MEDLINE_RENAMED[] = {
    {"PubmedBookArticle", "MedlineCitation", NULL},
    {"BookDocument", "Article", NULL},
    {NULL, NULL, NULL},
};
static const Tail medline_tail = {
    .name = "medline",
    .title = "PubMed XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"PubmedArticle", "MedlineCitation", "PubmedBookArticle"},
                .prefix = "",
                .clause_marks = true,
                .title_stops = true,
                .renamed = MEDLINE_RENAMED},
    .forgotten = MEDLINE_FORGOTTEN,
    .book = "BookTitle",
    .rescue = rescue_suffixes,
    .clerical = "Year Month Day Hour Minute NlmUniqueID PublicationStatus ISSNLinking "
                "MedlineTA Initials CitationSubset EndPage",
};
READS(medline)
const Format format_medline = {
    .name = "medline",
    .title = "PubMed XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &medline_reader,
};

static const Forgotten NBIB_FORGOTTEN[] = {
    {"IS", "SERIALNUMBER", 1}, {"ISBN", "SERIALNUMBER", 1}, {"PB", "PUBLISHER", 0},
    {"BTI", "TITLE", 1},       {"CN", "AUTHOR:CORP", 0},    {"FED", "EDITOR", 1},
    {"AU", "AUTHOR", 0},       {"ED", "EDITOR", 1},         {"TT", "TITLE", -2},
    {NULL, NULL, 0},
};
static const Tail nbib_tail = {
    .name = "nbib",
    .title = "MEDLINE tagged",
    .dialect = {.tagging = TAGGING_NBIB, .title_stops = true},
    .forgotten = NBIB_FORGOTTEN,
    .clerical =
        "OWN STAT DCOM LR EDAT MHDA CRDT PHST DA SO PST SB JID IAD IRAD DEP VTI OTO "
        "DRDT CTDT CDAT",
    .echoes = "AU ED SO EDAT AID LID",
    .part = "TI",
    .whole = "BTI",
    .keeps = K(ARTICLE_JOURNAL) | K(BOOK),
};
READS(nbib)
WRITES(nbib)
const Format format_nbib = {
    .name = "nbib",
    .title = "MEDLINE tagged",
    .extensions = "nbib",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &nbib_reader,
    .writer = &nbib_writer,
};

static const Tail copac_tail = {
    .name = "copac",
    .title = "COPAC",
    .dialect = {.tagging = TAGGING_COPAC},
};
READS(copac)
const Format format_copac = {
    .name = "copac",
    .title = "COPAC",
    .extensions = "",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &copac_reader,
};

static const Tail ebi_tail = {
    .name = "ebi",
    .title = "EBI XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"Publication"},
                .prefix = "",
                .clause_marks = true},
    .clerical = "Initials",
};
READS(ebi)
const Format format_ebi = {
    .name = "ebi",
    .title = "EBI XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &ebi_reader,
};

static const Forgotten WORD_FORGOTTEN[] = {
    {"Year", "DATE:YEAR", 0},
    {"Month", "DATE:MONTH", 0},
    {"Day", "DATE:DAY", 0},
    {"Issue", "ISSUE", 1},
    {"BookTitle", "TITLE", 1},
    {"ConferenceName", "TITLE", 1},
    {"PeriodicalTitle", "TITLE", 1},
    {"InternetSiteTitle", "TITLE", 1},
    {"AlbumTitle", "TITLE", 1},
    {"ShortTitle", "SHORTTITLE", 0},
    {"Edition", "EDITION", 0},
    {"StandardNumber", "SERIALNUMBER", 0},
    {"URL", "URL", 0},
    {"DOI", "DOI", 0},
    {"Institution", "PUBLISHER", 0},
    {"ThesisType", "GENRE:UNKNOWN", 0},
    {"NumberVolumes", "NUMVOLUMES", 0},
    {"ChapterNumber", "CHAPTER", 0},
    {"PatentNumber", "NUMBER", 0},
    {"CaseNumber", "NUMBER", 0},
    {"Version", "VERSION", 0},
    {"Corporate", "AUTHOR:CORP", 0},
    {"Corporate:Editor", "EDITOR:CORP", 0},
    {"Corporate:Performer", "PERFORMER:CORP", 0},
    {"PublicationTitle", "TITLE", 1},
    {"BroadcastTitle", "TITLE", 1},
    {"Distributor", "PUBLISHER", 0},
    {"ProductionCompany", "PUBLISHER", 0},
    {"RecordingNumber", "NUMBER", 0},
    {"Court", "COURT", 0},
    {NULL, NULL, 0},
};
static const TypeWord WORD_TYPES[] = {
    {"JournalArticle", "journal article", 0},
    {"ArticleInAPeriodical", "magazine article", 0},
    {"Book", "book", 0},
    {"BookSection", "book chapter", 0},
    {"ConferenceProceedings", "conference publication", 1},
    {"Report", "report", 0},
    {"InternetSite", "web page", 0},
    {"DocumentFromInternetSite", "web page", 0},
    {"ElectronicSource", "electronic", 0},
    {"Patent", "patent", 0},
    {"Case", "legal case and case notes", 0},
    {"Interview", "interview", 0},
    {"Film", "motion picture", 0},
    {"SoundRecording", "sound", 0},
    {"Art", "art original", 0},
    {"Misc", "miscellaneous", 0},
    {NULL, NULL, 0},
};
/* The library wants text within these, and has one word for all given names. */
static const Renamed WORD_RENAMED[] = {
    {"Author", "Author", "-"},
    {"Editor", "Editor", "-"},
    {"Middle", "First", NULL},
    {NULL, NULL, NULL},
};
static const Tail word_tail = {
    .name = "word",
    .title = "Word 2007 XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"Source"},
                .prefix = "b:",
                .renamed = WORD_RENAMED},
    .forgotten = WORD_FORGOTTEN,
    .clerical = "Guid LCID RefOrder SourceType",
    .type = "SourceType",
    .types = WORD_TYPES,
    .rescue = rescue_word,
};
READS(word)
const Format format_word = {
    .name = "word",
    .title = "Word 2007 XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .reader = &word_reader,
    .writer = &WORD_WRITER,
};

static const Tail ads_tail = {
    .name = "ads",
    .title = "ADS abstracts",
    .dialect = {.tagging = TAGGING_PERCENT},
};
WRITES(ads)
const Format format_ads = {
    .name = "ads",
    .title = "ADS abstracts",
    .extensions = "",
    .kinds = MAP_KINDS,
    .lacks = lacks,
    .program = helper_find,
    .fields = FIELDS,
    .writer = &ads_writer,
};
