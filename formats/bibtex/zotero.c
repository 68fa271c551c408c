/* SPDX-License-Identifier: MIT
 * BibTeX as Zotero's importer takes it.
 *
 * It drops entries of types it does not know and fields it does not know.  `journal` is
 * the publication of every type to it, `pages` the extent of books, and `author` the
 * first kind of creator that a type has.  `date` it keeps as it is written. */
#include "formats/bibtex/write.h"

#include <string.h>

static const char *const TYPES[KIND_COUNT] = {
    [KIND_ARTICLE_JOURNAL] = "article",
    [KIND_ARTICLE_MAGAZINE] = "article",
    [KIND_ARTICLE_NEWSPAPER] = "article",
    [KIND_REVIEW] = "article",
    [KIND_REVIEW_BOOK] = "article",
    [KIND_BOOK] = "book",
    [KIND_CLASSIC] = "book",
    [KIND_COLLECTION] = "collection",
    [KIND_PAMPHLET] = "booklet",
    [KIND_CHAPTER] = "incollection",
    [KIND_ENTRY] = "inreference",
    [KIND_ENTRY_DICTIONARY] = "inreference",
    [KIND_ENTRY_ENCYCLOPEDIA] = "inreference",
    [KIND_PAPER_CONFERENCE] = "inproceedings",
    [KIND_REPORT] = "techreport",
    [KIND_STANDARD] = "techreport",
    [KIND_MANUSCRIPT] = "unpublished",
    [KIND_SPEECH] = "unpublished",
    [KIND_WEBPAGE] = "online",
    [KIND_POST] = "online",
    [KIND_POST_WEBLOG] = "online",
    [KIND_SOFTWARE] = "software",
    [KIND_PATENT] = "patent",
    [KIND_PERSONAL_COMMUNICATION] = "letter",
    [KIND_MOTION_PICTURE] = "movie",
    [KIND_BROADCAST] = "video",
    [KIND_SONG] = "audio",
    [KIND_GRAPHIC] = "artwork",
    [KIND_FIGURE] = "artwork",
    [KIND_LEGISLATION] = "legislation",
    [KIND_LEGAL_CASE] = "jurisdiction",
};

const char *zotero_entry_type(const Record *rec)
{
    Str genre = record_text(rec, FIELD_GENRE);
    if (rec->kind == KIND_THESIS && genre.size == 0)
        return "thesis"; /* of the others it is told that they are a PhD's, a master's */
    if (rec->kind == KIND_THESIS)
        return str_starts_nocase(genre, STR("master")) ? "mastersthesis" : "phdthesis";
    return TYPES[rec->kind] != NULL ? TYPES[rec->kind] : "misc";
}

#define K(kind)   KINDS_OF(KIND_##kind)
#define BOOKBOUND (K(BOOK) | K(CLASSIC) | K(COLLECTION) | K(PAMPHLET))
#define ARTICLES                                                                         \
    (K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER) | K(REVIEW) |       \
     K(REVIEW_BOOK))
#define ENTRIES    (K(ENTRY) | K(ENTRY_DICTIONARY) | K(ENTRY_ENCYCLOPEDIA))
#define BOOKTITLED (K(PAPER_CONFERENCE) | K(CHAPTER) | ENTRIES)
#define SCREENED   (K(MOTION_PICTURE) | K(BROADCAST))

/* Where it wants other tags than the rest of the world. */
static const FieldTag FIELDS[] = {
    {"journal", FIELD_CONTAINER_TITLE, KINDS_ALL & ~BOOKTITLED, HOW_TEXT, NULL},
    {"location", FIELD_EVENT_PLACE, K(PAPER_CONFERENCE), HOW_TEXT, NULL},
    {"address", FIELD_EVENT_PLACE, K(SPEECH), HOW_TEXT, NULL},
    {"assignee", FIELD_PUBLISHER, K(PATENT), HOW_TEXT, NULL},
    {"nationality", FIELD_JURISDICTION, K(PATENT), HOW_TEXT, NULL},
    {"publisher", FIELD_PUBLISHER, KINDS_ALL & ~(K(THESIS) | K(REPORT)), HOW_TEXT, NULL},
    {"number", FIELD_NUMBER,
     KINDS_ALL & ~(ARTICLES | BOOKBOUND | BOOKTITLED | K(PERIODICAL)), HOW_TEXT, NULL},
    {"number", FIELD_COLLECTION_NUMBER, BOOKBOUND | K(CHAPTER), HOW_TEXT, NULL},
    {"pages", FIELD_NUMBER_OF_PAGES, BOOKBOUND | K(THESIS) | K(MANUSCRIPT), HOW_TEXT,
     NULL},
    {"pages", FIELD_NUMBER, ARTICLES, HOW_TEXT, NULL}, /* an article's in place of them */
    {"chapter", FIELD_SECTION, KINDS_ALL, HOW_TEXT, NULL},
    {"version", FIELD_VERSION, K(SOFTWARE), HOW_TEXT, NULL},
    {"author", FIELD_DIRECTOR, SCREENED, HOW_NAMES, NULL},
    {"author", FIELD_PERFORMER, K(SONG), HOW_NAMES, NULL},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

const FieldTag *zotero_row(const Record *rec, FieldId id)
{
    for (const FieldTag *row = FIELDS; row->tag != NULL; row++) {
        if (row->field != id || (row->kinds & KINDS_OF(rec->kind)) == 0)
            continue;
        if (strcmp(row->tag, "author") == 0 && record_find(rec, FIELD_AUTHOR) != NULL)
            continue;
        if (strcmp(row->tag, "pages") == 0 && record_find(rec, FIELD_PAGE) != NULL)
            continue;
        return row;
    }
    return NULL;
}

/* Dates. */

static Str part_text(Arena *arena, DatePart part)
{
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    if (part.unspecified == 0 && part.year < 1 && part.month <= 12)
        return date_before_christ(arena, part, 1);
    if (part.unspecified == 0 && part.month >= 21 && part.month <= 24)
        return arena_format(arena, "%s %04d", SEASONS[part.month - 21], part.year);
    part.approximate = part.uncertain = false; /* "~" would become a blank */
    Date plain = {.from = part};
    return date_edtf(arena, &plain);
}

Str zotero_date(Arena *arena, const Date *date)
{
    if (date->literal.size > 0)
        return date->literal;
    Str text = part_text(arena, date->from);
    if (date->range && (date->from_end != DATE_KNOWN || date->to_end != DATE_KNOWN)) {
        Date plain = *date;
        plain.from.approximate = plain.from.uncertain = false;
        plain.to.approximate = plain.to.uncertain = false;
        text = date_edtf(arena, &plain);
    } else if (date->range) {
        bool words = date->from.month > 12 || date->to.month > 12 || date->from.year < 1;
        text = arena_join(arena, text, words ? STR(" \xe2\x80\x93 ") : STR("/"),
                          part_text(arena, date->to));
    }
    return date_is_circa(date) ? arena_join(arena, STR("c."), STR(" "), text) : text;
}

/* It shows all marks in abstracts, and no style recases but titles. */
Text zotero_shown(Entry *e, const Field *field, const Text *text)
{
    unsigned cased = 1U << MARK_NOCASE, all = (1U << MARK_COUNT) - 1 - (1U << MARK_MATH);
    bool title = field->id == FIELD_TITLE || field->id == FIELD_TITLE_SHORT;
    bool abstract = field->id == FIELD_ABSTRACT;
    unsigned marks = abstract ? all : cased;
    if (title || !text_has_marks(text, marks))
        return *text;
    e->w->diag->at = field->place;
    diag_here(e->w->diag, abstract ? LEVEL_WARNING : LEVEL_DETAIL, "degraded-text",
              "Zotero shows marks in %s as they are; written without",
              field_name(field->id));
    return text_without_marks(e->arena, text, marks);
}

/* What it has no tag for. */

bool zotero_repeats(const Record *rec, const Field *field)
{
    Str inner = record_text(rec, FIELD_ARCHIVE_LOCATION);
    return field->id == FIELD_NUMBER && rec->kind == KIND_ARTICLE && inner.size > 0 &&
           str_ends(field->text.text, inner);
}

bool zotero_knows(Kind kind, FieldId id, Str tag)
{
    /* the number of a series only for these */
    if (id == FIELD_COLLECTION_NUMBER)
        return (KINDS_OF(kind) & (BOOKBOUND | K(CHAPTER))) != 0;
    if (id == FIELD_VERSION)
        return kind == KIND_SOFTWARE;
    static const char *const TAGS[] = {
        "author",      "editor",   "translator",   "title",    "shorttitle", "journal",
        "booktitle",   "series",   "shortjournal", "edition",  "volume",     "number",
        "issue",       "pages",    "year",         "date",     "publisher",  "school",
        "institution", "address",  "location",     "type",     "eventtitle", "isbn",
        "issn",        "doi",      "url",          "urldate",  "language",   "pmid",
        "pmcid",       "keywords", "note",         "annote",   "abstract",   "chapter",
        "eprinttype",  "eprint",   "version",      "assignee", "nationality"};
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
        if (str_equal_nocase(tag, str_from(TAGS[i])))
            return true;
    }
    return false;
}

bool zotero_knows_other(Str tag)
{
    static const char *const TAGS[] = {"file",         "pdf",      "lccn",     "mrnumber",
                                       "howpublished", "zmnumber", "copyright"};
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
        if (str_equal_nocase(tag, str_from(TAGS[i])))
            return true;
    }
    return false;
}

static void put_value(Entry *e, Spell *s, const Field *field)
{
    if (field->form == FORM_TEXT)
        spell_text(s, &field->text);
    else if (field->form == FORM_DATE)
        spell_plain(s, zotero_date(e->arena, &field->date));
    else
        for (size_t i = 0; i < field->names.count; i++) {
            sink_write(e->w->out, i > 0 ? STR(" and ") : STR_EMPTY);
            spell_plain(s, name_natural(e->arena, &field->names.items[i]));
        }
}

/* Begins the note, or goes on with it. */
static void next_piece(Entry *e, Str tag, bool *begun)
{
    if (*begun) {
        sink_write(e->w->out, STR("; "));
    } else {
        put_tag(e, tag);
        sink_byte(e->w->out, '{');
    }
    *begun = true;
}

void zotero_rest(Entry *e, Str tag, const size_t *rest, size_t count)
{
    const Record *rec = e->v->rec;
    Spell s = {.out = e->w->out, .diag = e->w->diag, .plain = true};
    bool begun = false;
    for (size_t i = 0; i < count; i++) {
        const Field *field = view_take_at(e->v, rest[i]);
        next_piece(e, tag, &begun);
        spell_plain(&s, field_word(field));
        sink_write(e->w->out, STR(": "));
        put_value(e, &s, field);
    }
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->form != FORM_NAMES || field->names.cut != CUT_CERTAIN)
            continue;
        next_piece(e, tag, &begun); /* "and others" would be a person */
        spell_plain(&s, field_word(field));
        sink_write(e->w->out, STR("-list-cut: certain"));
    }
    if (begun)
        sink_write(e->w->out, STR("},\n"));
}
