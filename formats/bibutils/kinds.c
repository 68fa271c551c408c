/* SPDX-License-Identifier: MIT
 * What kind a record of libbibutils is: its genres, in the words of MARC and its own, by
 * what they are said of.  The first row that fits counts; the first row of a kind is
 * what is written for it. */
#include "formats/bibutils/kinds.h"

#include <string.h>

static const char HOST[] = "said of the host";
static const char WORK[] = "said of the work";

const KindTag MAP_KINDS[] = {
    {"magazine article", KIND_ARTICLE_MAGAZINE, NULL},
    {"magazine", KIND_ARTICLE_MAGAZINE, HOST},
    {"newspaper article", KIND_ARTICLE_NEWSPAPER, NULL},
    {"newspaper", KIND_ARTICLE_NEWSPAPER, HOST},
    {"review", KIND_REVIEW, NULL},
    {"journal article", KIND_ARTICLE_JOURNAL, NULL},
    {"article", KIND_ARTICLE_JOURNAL, NULL},
    {"academic journal", KIND_ARTICLE_JOURNAL, HOST},
    {"periodical", KIND_ARTICLE_JOURNAL, HOST},
    {"journal", KIND_ARTICLE_JOURNAL, HOST},
    {"Ph.D. thesis", KIND_THESIS, NULL},
    {"Doctoral thesis", KIND_THESIS, NULL},
    {"Masters thesis", KIND_THESIS, NULL},
    {"Diploma thesis", KIND_THESIS, NULL},
    {"Licentiate thesis", KIND_THESIS, NULL},
    {"Habilitation thesis", KIND_THESIS, NULL},
    {"thesis", KIND_THESIS, NULL},
    {"technical report", KIND_REPORT, NULL},
    {"report", KIND_REPORT, NULL},
    {"government publication", KIND_REPORT, NULL},
    {"patent", KIND_PATENT, NULL},
    {"standard or specification", KIND_STANDARD, NULL},
    {"legal case and case notes", KIND_LEGAL_CASE, NULL},
    {"hearing", KIND_HEARING, NULL},
    {"treaty", KIND_TREATY, NULL},
    {"legislation", KIND_LEGISLATION, NULL},
    {"conference publication", KIND_PAPER_CONFERENCE, HOST},
    {"conference publication", KIND_BOOK, WORK},
    {"book chapter", KIND_CHAPTER, NULL},
    {"encyclopedia", KIND_ENTRY_ENCYCLOPEDIA, HOST},
    {"dictionary", KIND_ENTRY_DICTIONARY, HOST},
    {"book", KIND_CHAPTER, HOST},
    {"collection", KIND_CHAPTER, HOST},
    {"collection", KIND_CHAPTER, NULL},
    {"festschrift", KIND_CHAPTER, HOST},
    {"unpublished", KIND_MANUSCRIPT, NULL},
    {"manuscript", KIND_MANUSCRIPT, NULL},
    {"pamphlet", KIND_PAMPHLET, NULL},
    {"interview", KIND_INTERVIEW, NULL},
    {"speech", KIND_SPEECH, NULL},
    {"communication", KIND_PERSONAL_COMMUNICATION, NULL},
    {"e-mail communication", KIND_PERSONAL_COMMUNICATION, NULL},
    {"letter", KIND_PERSONAL_COMMUNICATION, NULL},
    {"memo", KIND_PERSONAL_COMMUNICATION, NULL},
    {"television broadcast", KIND_BROADCAST, NULL},
    {"motion picture", KIND_MOTION_PICTURE, NULL},
    {"videorecording", KIND_MOTION_PICTURE, NULL},
    {"map", KIND_MAP, NULL},
    {"atlas", KIND_MAP, NULL},
    {"globe", KIND_MAP, NULL},
    {"chart", KIND_FIGURE, NULL},
    {"art original", KIND_GRAPHIC, NULL},
    {"art reproduction", KIND_GRAPHIC, NULL},
    {"picture", KIND_GRAPHIC, NULL},
    {"graphic", KIND_GRAPHIC, NULL},
    {"sound", KIND_SONG, NULL},
    {"numeric data", KIND_DATASET, NULL},
    {"database", KIND_DATASET, NULL},
    {"programmed text", KIND_SOFTWARE, NULL},
    {"web page", KIND_WEBPAGE, NULL},
    {"web site", KIND_WEBPAGE, NULL},
    {"electronic", KIND_WEBPAGE, NULL},
    {"newspaper", KIND_PERIODICAL, WORK},
    {"periodical", KIND_PERIODICAL, WORK},
    {"academic journal", KIND_PERIODICAL, WORK},
    {"book", KIND_BOOK, WORK},
    {"miscellaneous", KIND_DOCUMENT, NULL},
    {NULL, KIND_DOCUMENT, NULL},
};

/* Zotero's types, which its MODS has for genres. */
static const struct {
    const char *genre;
    Kind kind;
} ZOTERO[] = {
    {"artwork", KIND_GRAPHIC},
    {"audioRecording", KIND_SONG},
    {"bill", KIND_BILL},
    {"blogPost", KIND_POST_WEBLOG},
    {"bookSection", KIND_CHAPTER},
    {"case", KIND_LEGAL_CASE},
    {"computerProgram", KIND_SOFTWARE},
    {"conferencePaper", KIND_PAPER_CONFERENCE},
    {"dataset", KIND_DATASET},
    {"dictionaryEntry", KIND_ENTRY_DICTIONARY},
    {"document", KIND_DOCUMENT},
    {"email", KIND_PERSONAL_COMMUNICATION},
    {"encyclopediaArticle", KIND_ENTRY_ENCYCLOPEDIA},
    {"film", KIND_MOTION_PICTURE},
    {"forumPost", KIND_POST},
    {"instantMessage", KIND_PERSONAL_COMMUNICATION},
    {"journalArticle", KIND_ARTICLE_JOURNAL},
    {"magazineArticle", KIND_ARTICLE_MAGAZINE},
    {"newspaperArticle", KIND_ARTICLE_NEWSPAPER},
    {"podcast", KIND_BROADCAST},
    {"preprint", KIND_ARTICLE},
    {"presentation", KIND_SPEECH},
    {"radioBroadcast", KIND_BROADCAST},
    {"standard", KIND_STANDARD},
    {"statute", KIND_LEGISLATION},
    {"tvBroadcast", KIND_BROADCAST},
    {"videoRecording", KIND_MOTION_PICTURE},
};

static bool is_zotero(Str genre, Kind *kind)
{
    for (size_t i = 0; i < sizeof ZOTERO / sizeof ZOTERO[0]; i++) {
        if (str_equal(genre, str_from(ZOTERO[i].genre))) {
            *kind = ZOTERO[i].kind;
            return true;
        }
    }
    return false;
}

/* Where no genre tells. */
static const struct {
    const char *tag, *value;
    const char *of; /* NULL: of either */
    Kind kind;
} HINTS[] = {
    {"RESOURCE", "software, multimedia", NULL, KIND_SOFTWARE},
    {"RESOURCE", "cartographic", NULL, KIND_MAP},
    {"RESOURCE", "moving image", NULL, KIND_MOTION_PICTURE},
    {"RESOURCE", "sound recording", NULL, KIND_SONG},
    {"RESOURCE", "sound recording-musical", NULL, KIND_SONG},
    {"RESOURCE", "notated music", NULL, KIND_MUSICAL_SCORE},
    {"RESOURCE", "still image", NULL, KIND_GRAPHIC},
    {"INTERNAL_TYPE", "BILL", NULL, KIND_BILL},
    {"INTERNAL_TYPE", "ARTICLE", NULL, KIND_ARTICLE_JOURNAL},
    {"INTERNAL_TYPE", "NEWSARTICLE", NULL, KIND_ARTICLE_NEWSPAPER},
    {"INTERNAL_TYPE", "INPROCEEDINGS", NULL, KIND_PAPER_CONFERENCE},
    {"INTERNAL_TYPE", "INBOOK", NULL, KIND_CHAPTER},
    {"INTERNAL_TYPE", "INCOLLECTION", NULL, KIND_CHAPTER},
    {"INTERNAL_TYPE", "WEBPAGE", NULL, KIND_WEBPAGE},
    {"INTERNAL_TYPE", "REPORT", NULL, KIND_REPORT},
    {"ISSUANCE", "continuing", HOST, KIND_ARTICLE_JOURNAL},
    {"ISSUANCE", "monographic", HOST, KIND_CHAPTER},
    {"ISSUANCE", "continuing", WORK, KIND_PERIODICAL},
    {"ISSUANCE", "monographic", WORK, KIND_BOOK},
    {"INTERNAL_TYPE", "BOOK", NULL, KIND_BOOK},
};

static bool fits(const char *of, int level)
{
    return of == NULL || (of == HOST) == (level > 0);
}

static bool is_genre(Str tag)
{
    return str_starts(tag, STR("GENRE"));
}

/* The line that has the value, by the row; NULL where there is none. */
static const WireLine *find(const WireLines *lines, const char *tag, const char *value,
                            const char *of)
{
    for (size_t i = 0; i < lines->count; i++) {
        const WireLine *line = &lines->items[i];
        bool same_tag =
            tag == NULL ? is_genre(line->tag) : str_equal(line->tag, str_from(tag));
        if (same_tag && fits(of, line->level) &&
            str_equal_nocase(line->value, str_from(value)))
            return line;
    }
    return NULL;
}

static bool has_host(const WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].level == 1 && str_equal(lines->items[i].tag, STR("TITLE")))
            return true;
    }
    return false;
}

static bool is_published(const WireLines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        Str tag = lines->items[i].tag;
        if (str_equal(tag, STR("PUBLISHER")) || str_equal(tag, STR("ISBN")))
            return true;
    }
    return false;
}

Kind kinds_of(const Tags *tags, const WireLines *lines, Str *type)
{
    const WireLine *line;
    Kind kind;
    for (size_t i = lines->count; i-- > 0;) {
        line = &lines->items[i];
        if (str_equal(line->tag, STR(KINDS_TOLD)) && kind_by_name(line->value, &kind))
            return kind;
    }
    for (size_t i = 0; i < lines->count; i++) {
        line = &lines->items[i];
        if (line->level == 0 && is_genre(line->tag) && is_zotero(line->value, &kind)) {
            *type = line->value;
            return kind;
        }
    }
    for (const KindTag *row = tags_kinds(tags); row->tag != NULL; row++) {
        if ((line = find(lines, NULL, row->tag, row->remark)) == NULL)
            continue;
        *type = line->value;
        if (row->kind == KIND_BOOK && has_host(lines) && row->remark == WORK &&
            strcmp(row->tag, "conference publication") == 0)
            return KIND_PAPER_CONFERENCE;
        return row->kind;
    }
    for (size_t i = 0; i < sizeof HINTS / sizeof HINTS[0]; i++) {
        line = find(lines, HINTS[i].tag, HINTS[i].value, HINTS[i].of);
        if (line != NULL) {
            *type = line->value;
            return HINTS[i].kind;
        }
    }
    if (has_host(lines))
        return KIND_CHAPTER;
    return is_published(lines) ? KIND_BOOK : KIND_DOCUMENT;
}

bool kinds_knows(const Tags *tags, Str genre)
{
    Kind kind;
    return is_zotero(genre, &kind) || tags_kind(tags, genre) != NULL;
}

bool kinds_is_name(Str genre, Kind kind)
{
    Kind named;
    return is_zotero(genre, &named) && named == kind;
}

/* Writing. */

/* Genres that MARC has no word for. */
static const char *const OWN[] = {
    "journal article",
    "academic journal",
    "magazine",
    "magazine article",
    "book chapter",
    "newspaper article",
    "hearing",
    "unpublished",
    "manuscript",
    "pamphlet",
    "communication",
    "television broadcast",
    "web page",
    "electronic",
    "Ph.D. thesis",
    "Masters thesis",
    "Doctoral thesis",
    "Diploma thesis",
    "miscellaneous",
    "Licentiate thesis",
    "collection",
    "e-mail communication",
    "Habilitation thesis",
};

static void add_genre(Arena *arena, WireLines *lines, const char *genre, int level)
{
    bool own = false;
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++)
        own = own || strcmp(OWN[i], genre) == 0;
    wire_add(arena, lines, own ? STR("GENRE:BIBUTILS") : STR("GENRE:MARC"), level,
             str_from(genre));
}

/* What the library itself adds for such a record beside the first genre: its writers go
 * by any of these. */
static const struct {
    Kind kind;
    const char *genre, *issuance; /* both of the host */
} HOSTS[] = {
    {KIND_ARTICLE_JOURNAL, "academic journal", "continuing"},
    {KIND_ARTICLE_JOURNAL, "periodical", NULL},
    {KIND_REVIEW, "academic journal", "continuing"},
    {KIND_REVIEW, "periodical", NULL},
    {KIND_REVIEW_BOOK, "academic journal", "continuing"},
    {KIND_REVIEW_BOOK, "periodical", NULL},
    {KIND_ARTICLE_MAGAZINE, "magazine", "continuing"},
    {KIND_ARTICLE_NEWSPAPER, "newspaper", "continuing"},
    {KIND_CHAPTER, "book", "monographic"},
    {KIND_ENTRY, "book", "monographic"},
};

static const struct {
    Kind kind;
    const char *genre;
} ALIKE[] = {
    {KIND_REVIEW_BOOK, "review"},  {KIND_ENTRY, "book chapter"},
    {KIND_CLASSIC, "book"},        {KIND_COLLECTION, "book"},
    {KIND_BILL, "legislation"},    {KIND_REGULATION, "legislation"},
    {KIND_POST, "web page"},       {KIND_POST_WEBLOG, "web page"},
    {KIND_ARTICLE, "unpublished"},
};

static const char *resource_of(Kind kind)
{
    if (kind == KIND_SOFTWARE)
        return "software, multimedia";
    if (kind == KIND_MAP)
        return "cartographic";
    if (kind == KIND_MOTION_PICTURE || kind == KIND_BROADCAST)
        return "moving image";
    if (kind == KIND_SONG)
        return "sound recording";
    if (kind == KIND_GRAPHIC)
        return "still image";
    return kind == KIND_MUSICAL_SCORE ? "notated music" : "text";
}

void kinds_write(const Tags *tags, Arena *arena, Kind kind, Str degree, WireLines *lines)
{
    const KindTag *row = tags_type(tags, kind);
    const char *genre = row != NULL ? row->tag : "miscellaneous";
    int level = row != NULL && row->remark == HOST ? 1 : 0;
    for (size_t i = 0; i < sizeof ALIKE / sizeof ALIKE[0]; i++) {
        if (ALIKE[i].kind == kind)
            genre = ALIKE[i].genre;
    }
    if (kind == KIND_BOOK)
        genre = "book";
    if (kind == KIND_THESIS)
        genre = str_starts_nocase(degree, STR("master")) ? "Masters thesis"
                : str_starts_nocase(degree, STR("ph"))   ? "Ph.D. thesis"
                                                         : "thesis";
    add_genre(arena, lines, genre, level);
    for (size_t i = 0; i < sizeof HOSTS / sizeof HOSTS[0]; i++) {
        if (HOSTS[i].kind != kind)
            continue;
        add_genre(arena, lines, HOSTS[i].genre, 1);
        if (HOSTS[i].issuance != NULL)
            wire_add(arena, lines, STR("ISSUANCE"), 1, str_from(HOSTS[i].issuance));
    }
    if (kind == KIND_BOOK)
        wire_add(arena, lines, STR("ISSUANCE"), 0, STR("monographic"));
    if (kind == KIND_THESIS && strcmp(genre, "thesis") != 0)
        add_genre(arena, lines, "thesis", 0);
    wire_add(arena, lines, STR("RESOURCE"), 0, str_from(resource_of(kind)));
}
