/* SPDX-License-Identifier: MIT
 * ContextObjects in spans: a record as ANSI/NISO Z39.88-2004 (OpenURL) spells it in
 * key/encoded-value form, with its formats journal, book, dissertation and patent, and
 * Dublin Core for all else; where that leaves room, as Zotero's importer reads it. */
#include "formats/text/list.h"

#include <string.h>

typedef struct Coins {
    Buf out;
    const Record *rec;
} Coins;

static void add_encoded(Buf *out, Str value)
{
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        if (byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '.' || c == '_' ||
            c == '~')
            buf_add_byte(out, c);
        else
            buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

static void add(Coins *c, const char *key, Str value)
{
    if (value.size == 0)
        return;
    buf_format(&c->out, "&%s=", key);
    add_encoded(&c->out, value);
}

static void add_field(Coins *c, const char *key, FieldId id)
{
    add(c, key, record_text(c->rec, id));
}

typedef enum Shape { JOURNAL, BOOK, DISSERTATION, PATENT, DUBLIN_CORE } Shape;

static const struct Genre {
    Kind kind;
    Shape shape;
    const char *genre; /* of the shape; of Dublin Core its type */
} GENRES[] = {
    {KIND_ARTICLE_JOURNAL, JOURNAL, "article"},
    {KIND_ARTICLE_MAGAZINE, JOURNAL, "article"},
    {KIND_ARTICLE_NEWSPAPER, JOURNAL, "article"},
    {KIND_ARTICLE, JOURNAL, "preprint"},
    {KIND_REVIEW, JOURNAL, "article"},
    {KIND_REVIEW_BOOK, JOURNAL, "article"},
    {KIND_PERIODICAL, JOURNAL, "issue"},
    {KIND_BOOK, BOOK, "book"},
    {KIND_CLASSIC, BOOK, "book"},
    {KIND_COLLECTION, BOOK, "book"},
    {KIND_PAMPHLET, BOOK, "book"},
    {KIND_CHAPTER, BOOK, "bookitem"},
    {KIND_ENTRY, BOOK, "bookitem"},
    {KIND_ENTRY_ENCYCLOPEDIA, BOOK, "bookitem"},
    {KIND_ENTRY_DICTIONARY, BOOK, "bookitem"},
    {KIND_PAPER_CONFERENCE, BOOK, "proceeding"},
    {KIND_REPORT, BOOK, "report"},
    {KIND_THESIS, DISSERTATION, "dissertation"},
    {KIND_PATENT, PATENT, "patent"},
    {KIND_DATASET, DUBLIN_CORE, "Dataset"},
    {KIND_SOFTWARE, DUBLIN_CORE, "Software"},
    {KIND_MOTION_PICTURE, DUBLIN_CORE, "MovingImage"},
    {KIND_SONG, DUBLIN_CORE, "Sound"},
    {KIND_WEBPAGE, DUBLIN_CORE, "InteractiveResource"},
};

static struct Genre genre_of(Kind kind)
{
    for (size_t i = 0; i < sizeof GENRES / sizeof GENRES[0]; i++) {
        if (GENRES[i].kind == kind)
            return GENRES[i];
    }
    return (struct Genre){kind, DUBLIN_CORE, "Text"};
}

/* Zotero's names of types that Dublin Core's words leave open; it reads any rft.type that
 * is one, and takes all else for web pages. */
static const char *zotero_type(Kind kind)
{
    static const char *const TYPES[KIND_COUNT] = {
        [KIND_BILL] = "bill",
        [KIND_BROADCAST] = "tvBroadcast",
        [KIND_DATASET] = "dataset",
        [KIND_DOCUMENT] = "document",
        [KIND_FIGURE] = "artwork",
        [KIND_GRAPHIC] = "artwork",
        [KIND_HEARING] = "hearing",
        [KIND_INTERVIEW] = "interview",
        [KIND_LEGAL_CASE] = "case",
        [KIND_LEGISLATION] = "statute",
        [KIND_MANUSCRIPT] = "manuscript",
        [KIND_MAP] = "map",
        [KIND_MOTION_PICTURE] = "film",
        [KIND_MUSICAL_SCORE] = "audioRecording",
        [KIND_PERSONAL_COMMUNICATION] = "letter",
        [KIND_POST] = "forumPost",
        [KIND_POST_WEBLOG] = "blogPost",
        [KIND_REGULATION] = "statute",
        [KIND_SOFTWARE] = "computerProgram",
        [KIND_SONG] = "audioRecording",
        [KIND_SPEECH] = "presentation",
        [KIND_STANDARD] = "standard",
        [KIND_TREATY] = "statute",
    };
    return TYPES[kind] != NULL ? TYPES[kind] : "";
}

/* The day as far as it is known: 2014, 2014-09, 2014-09-08. */
static void add_date(Coins *c, const char *key)
{
    const Field *issued = record_find(c->rec, FIELD_ISSUED);
    if (issued == NULL || issued->form != FORM_DATE || issued->date.literal.size > 0 ||
        issued->date.from.year < 1)
        return;
    const DatePart *day = &issued->date.from;
    bool month = day->month >= 1 && day->month <= 12;
    buf_format(&c->out, "&%s=%04d", key, day->year);
    if (month)
        buf_format(&c->out, "-%02d", day->month);
    if (month && day->day > 0)
        buf_format(&c->out, "-%02d", day->day);
}

/* "van der Berg, Anna, Jr.": who reads a natural order takes the last word for the family
 * name. */
static Str inverted(Arena *arena, const Name *name)
{
    Str given = name_given(arena, name), family = name_family(arena, name);
    if (name->literal.size > 0)
        return name->literal;
    if (given.size > 0)
        family = arena_join(arena, family, STR(", "), given);
    return name->suffix.size > 0 ? arena_join(arena, family, STR(", "), name->suffix)
                                 : family;
}

/* Zotero takes the author of aulast and aufirst for another one than the first au where
 * it spells that one's given names anew: "D.R." and "A B" get blanks and full stops. */
static bool is_spelled_anew(Str given)
{
    size_t capitals = 0, size = 0; /* of the part that a blank or hyphen ends */
    for (size_t i = 0; i < given.size; i++) {
        char c = given.data[i], next = i + 1 < given.size ? given.data[i + 1] : ' ';
        bool ends = next == ' ' || next == '-';
        if (c == '.' && !ends)
            return true;
        if (c == ' ' || c == '-') {
            capitals = size = 0;
            continue;
        }
        size++;
        capitals += byte_is_upper(c);
        if (ends && capitals == size && size < 4)
            return true;
    }
    return given.size == 0;
}

/* Bodies have a key of their own, but for formats that know none. */
static void add_people(Coins *c, FieldId id, const char *all, const char *last,
                       const char *first)
{
    const Field *who = record_find(c->rec, id);
    Arena arena = {0};
    if (who == NULL || who->form != FORM_NAMES)
        return;
    for (size_t i = 0; i < who->names.count; i++) {
        const Name *name = &who->names.items[i];
        Str given = name_given(&arena, name);
        if (i == 0 && last != NULL && name->literal.size == 0 &&
            !is_spelled_anew(given)) {
            add(c, last, name_family(&arena, name));
            add(c, first, given);
        }
        bool body = name->literal.size > 0 && last != NULL;
        add(c, body ? "rft.aucorp" : all, inverted(&arena, name));
    }
    arena_free(&arena);
}

/* "12-15" by its ends, too. */
static void add_pages(Coins *c)
{
    Str pages = record_text(c->rec, FIELD_PAGE);
    size_t size, at = str_find(pages, STR("\xe2\x80\x93"));
    size = 3;
    if (at == pages.size) {
        at = str_find_byte(pages, '-');
        size = 1;
    }
    add(c, "rft.spage", str_trim(str_slice(pages, 0, at)));
    add(c, "rft.epage", str_trim(str_after(pages, at + size)));
    add(c, "rft.pages", pages);
}

static void add_journal(Coins *c, const char *genre)
{
    add(c, "rft_val_fmt", STR("info:ofi/fmt:kev:mtx:journal"));
    add(c, "rft.genre", str_from(genre));
    add_field(c, "rft.atitle", FIELD_TITLE);
    add_field(c, "rft.jtitle", FIELD_CONTAINER_TITLE);
    add_field(c, "rft.stitle", FIELD_CONTAINER_TITLE_SHORT);
    add_field(c, "rft.volume", FIELD_VOLUME);
    add_field(c, "rft.issue", FIELD_ISSUE);
    add_pages(c);
    add_field(c, "rft.issn", FIELD_ISSN);
}

static void add_book(Coins *c, const char *genre)
{
    bool part = strcmp(genre, "book") != 0 && strcmp(genre, "report") != 0;
    add(c, "rft_val_fmt", STR("info:ofi/fmt:kev:mtx:book"));
    add(c, "rft.genre", str_from(genre));
    add_field(c, part ? "rft.atitle" : "rft.btitle", FIELD_TITLE);
    if (part)
        add_field(c, "rft.btitle", FIELD_CONTAINER_TITLE);
    add_field(c, "rft.place", FIELD_PUBLISHER_PLACE);
    add_field(c, "rft.pub", FIELD_PUBLISHER);
    add_field(c, "rft.edition", FIELD_EDITION);
    add_field(c, "rft.series", FIELD_COLLECTION_TITLE);
    add_field(c, "rft.volume", FIELD_VOLUME);
    add_pages(c);
    add_field(c, "rft.tpages", FIELD_NUMBER_OF_PAGES);
    add_field(c, "rft.issn", FIELD_ISSN);
    add_field(c, "rft.isbn", FIELD_ISBN);
}

static void add_other(Coins *c, const char *type)
{
    add(c, "rft_val_fmt", STR("info:ofi/fmt:kev:mtx:dc"));
    add(c, "rft.type", str_from(type));
    add(c, "rft.type", str_from(zotero_type(c->rec->kind)));
    add_field(c, "rft.title", FIELD_TITLE);
    add_field(c, "rft.source", FIELD_CONTAINER_TITLE);
    add_field(c, "rft.publisher", FIELD_PUBLISHER);
    add_people(c, FIELD_AUTHOR, "rft.creator", NULL, NULL);
}

static void add_identifiers(Coins *c)
{
    Str doi = record_text(c->rec, FIELD_DOI), url = record_text(c->rec, FIELD_URL);
    if (doi.size > 0) {
        buf_add(&c->out, STR("&rft_id=info%3Adoi%2F"));
        add_encoded(&c->out, doi);
    }
    if (record_text(c->rec, FIELD_PMID).size > 0) {
        buf_add(&c->out, STR("&rft_id=info%3Apmid%2F"));
        add_encoded(&c->out, record_text(c->rec, FIELD_PMID));
    }
    add(c, "rft_id", url);
}

Str coins_make(Arena *arena, const Record *rec)
{
    Coins c = {.rec = rec};
    struct Genre genre = genre_of(rec->kind);
    buf_add(&c.out, STR("ctx_ver=Z39.88-2004"));
    switch (genre.shape) {
    case JOURNAL:
        add_journal(&c, genre.genre);
        break;
    case BOOK:
        add_book(&c, genre.genre);
        break;
    case DISSERTATION:
        add(&c, "rft_val_fmt", STR("info:ofi/fmt:kev:mtx:dissertation"));
        add_field(&c, "rft.title", FIELD_TITLE);
        add_field(&c, "rft.inst", FIELD_PUBLISHER);
        add_field(&c, "rft.degree", FIELD_GENRE);
        break;
    case PATENT:
        add(&c, "rft_val_fmt", STR("info:ofi/fmt:kev:mtx:patent"));
        add_field(&c, "rft.title", FIELD_TITLE);
        add_field(&c, "rft.number", FIELD_NUMBER);
        add_field(&c, "rft.assignee", FIELD_PUBLISHER);
        break;
    case DUBLIN_CORE:
        add_other(&c, genre.genre);
        break;
    }
    if (genre.shape == PATENT)
        add_people(&c, FIELD_AUTHOR, "rft.inventor", NULL, NULL);
    else if (genre.shape != DUBLIN_CORE)
        add_people(&c, FIELD_AUTHOR, "rft.au", "rft.aulast", "rft.aufirst");
    add_date(&c, "rft.date");
    add_identifiers(&c);
    Str text = arena_copy(arena, buf_str(&c.out));
    buf_free(&c.out);
    return text;
}
