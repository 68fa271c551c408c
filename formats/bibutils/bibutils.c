/* SPDX-License-Identifier: MIT
 * The formats of the long tail; see bibutils.h. */
#include "formats/bibutils/bibutils.h"
#include "formats/bibutils/kinds.h"
#include "formats/bibutils/map.h"

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

#define K(kind) KINDS_OF(KIND_##kind)
/* Kinds that are part of something. */
#define PARTS                                                                            \
    (K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER) | K(REVIEW) |       \
     K(REVIEW_BOOK) | K(CHAPTER) | K(ENTRY) | K(ENTRY_DICTIONARY) |                      \
     K(ENTRY_ENCYCLOPEDIA) | K(PAPER_CONFERENCE) | K(ARTICLE) | K(POST) |                \
     K(POST_WEBLOG) | K(WEBPAGE))
#define WHOLES (KINDS_ALL & ~PARTS)

/* Each table ends with the words of the source that the library drops and we know. */
static const FieldTag MODS_FIELDS[] = {
#include "formats/bibutils/rows.inc"
    {NULL, FIELD_OTHER, 0, 0, NULL},
};
#define FIELDS_END                                                                       \
    {                                                                                    \
        NULL, FIELD_OTHER, 0, 0, NULL                                                    \
    }

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

static const Tail mods_tail = {
    .name = "mods",
    .title = "MODS XML",
    .dialect = {.tagging = TAGGING_XML, .records = {"mods"}, .prefix = ""},
};
READS(mods)
WRITES(mods)
const Format format_mods = {
    .name = "mods",
    .title = "MODS XML",
    .extensions = "mods",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &mods_reader,
    .writer = &mods_writer,
};

static const Tail endnote_tail = {
    .name = "endnote",
    .title = "EndNote (refer)",
    .dialect = {.tagging = TAGGING_PERCENT},
};
READS(endnote)
WRITES(endnote)
const Format format_endnote = {
    .name = "endnote",
    .title = "EndNote (refer)",
    .extensions = "enw refer",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &endnote_reader,
    .writer = &endnote_writer,
};

static const Tail endnotexml_tail = {
    .name = "endnote-xml",
    .title = "EndNote XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"record"},
                .prefix = "",
                .clause_marks = true},
};
READS(endnotexml)
const Format format_endnotexml = {
    .name = "endnote-xml",
    .title = "EndNote XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &endnotexml_reader,
};

static const Tail isi_tail = {
    .name = "isi",
    .title = "ISI, Web of Science",
    .dialect = {.tagging = TAGGING_ISI},
};
READS(isi)
WRITES(isi)
const Format format_isi = {
    .name = "isi",
    .title = "ISI, Web of Science",
    .extensions = "isi ciw",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &isi_reader,
    .writer = &isi_writer,
};

static const Tail medline_tail = {
    .name = "medline",
    .title = "PubMed XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"PubmedArticle", "MedlineCitation", "PubmedBookArticle"},
                .prefix = "",
                .clause_marks = true},
};
READS(medline)
const Format format_medline = {
    .name = "medline",
    .title = "PubMed XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &medline_reader,
};

static const Tail nbib_tail = {
    .name = "nbib",
    .title = "MEDLINE tagged",
    .dialect = {.tagging = TAGGING_NBIB},
};
READS(nbib)
WRITES(nbib)
const Format format_nbib = {
    .name = "nbib",
    .title = "MEDLINE tagged",
    .extensions = "nbib",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
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
    .fields = MODS_FIELDS,
    .reader = &copac_reader,
};

static const Tail ebi_tail = {
    .name = "ebi",
    .title = "EBI XML",
    .dialect = {.tagging = TAGGING_XML,
                .records = {"Publication"},
                .prefix = "",
                .clause_marks = true},
};
READS(ebi)
const Format format_ebi = {
    .name = "ebi",
    .title = "EBI XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &ebi_reader,
};

static const Tail word_tail = {
    .name = "word",
    .title = "Word 2007 XML",
    .dialect = {.tagging = TAGGING_XML, .records = {"Source"}, .prefix = "b:"},
};
READS(word)
WRITES(word)
const Format format_word = {
    .name = "word",
    .title = "Word 2007 XML",
    .extensions = "",
    .kinds = MAP_KINDS,
    .fields = MODS_FIELDS,
    .reader = &word_reader,
    .writer = &word_writer,
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
    .fields = MODS_FIELDS,
    .writer = &ads_writer,
};
