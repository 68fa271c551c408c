/* SPDX-License-Identifier: MIT
 * Sources of Word; see word_write.h.
 *
 * Which elements a type has is what Word's dialogue for sources shows of it. */
#include "formats/bibutils/word_write.h"
#include "convert/text/utf8.h"
#include "formats/bibutils/bibutils.h"
#include "formats/bibutils/xml.h"

#include <string.h>

#define K(kind) KINDS_OF(KIND_##kind)
#define ENTRIES (K(ENTRY) | K(ENTRY_DICTIONARY) | K(ENTRY_ENCYCLOPEDIA))
#define SITES   (K(WEBPAGE) | K(POST) | K(POST_WEBLOG))

/* The first that has the kind. */
static const struct {
    const char *type;
    Kinds kinds;
} TYPES[] = {
    {"JournalArticle", K(ARTICLE_JOURNAL) | K(REVIEW) | K(REVIEW_BOOK)},
    {"ArticleInAPeriodical", K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER)},
    {"Book", K(BOOK) | K(COLLECTION) | K(CLASSIC) | K(PAMPHLET) | K(PERIODICAL)},
    {"BookSection", K(CHAPTER) | ENTRIES},
    {"ConferenceProceedings", K(PAPER_CONFERENCE)},
    {"Report", K(REPORT) | K(THESIS) | K(STANDARD)},
    {"InternetSite", SITES},
    {"ElectronicSource", K(DATASET) | K(SOFTWARE)},
    {"Film", K(MOTION_PICTURE) | K(BROADCAST)},
    {"SoundRecording", K(SONG)},
    {"Performance", K(PERFORMANCE)},
    {"Art", K(GRAPHIC) | K(FIGURE) | K(MAP)},
    {"Interview", K(INTERVIEW) | K(PERSONAL_COMMUNICATION)},
    {"Patent", K(PATENT)},
    {"Case", K(LEGAL_CASE)},
    {"Misc", KINDS_ALL},
};
/* Those that come back: Word has no others. */
static const Kinds KEPT = K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(BOOK) |
                          K(CHAPTER) | K(PAPER_CONFERENCE) | K(REPORT) | K(WEBPAGE) |
                          K(SONG) | K(MOTION_PICTURE) | K(GRAPHIC) | K(INTERVIEW) |
                          K(THESIS) | K(PATENT) | K(LEGAL_CASE) | K(DOCUMENT);

/* Who did what; of a field and kind the first row. */
static const struct {
    FieldId field;
    Kinds kinds;
    const char *role;
} ROLES[] = {
    {FIELD_AUTHOR, K(PATENT), "Inventor"},
    {FIELD_AUTHOR, K(INTERVIEW), "Interviewee"},
    {FIELD_AUTHOR, K(GRAPHIC) | K(FIGURE), "Artist"},
    {FIELD_AUTHOR, K(SONG) | K(PERFORMANCE), "Performer"},
    {FIELD_AUTHOR, KINDS_ALL, "Author"},
    {FIELD_CONTAINER_AUTHOR, KINDS_ALL, "BookAuthor"},
    {FIELD_COMPILER, KINDS_ALL, "Compiler"},
    {FIELD_COMPOSER, KINDS_ALL, "Composer"},
    {FIELD_DIRECTOR, KINDS_ALL, "Director"},
    {FIELD_EDITOR, KINDS_ALL, "Editor"},
    {FIELD_INTERVIEWER, KINDS_ALL, "Interviewer"},
    {FIELD_PERFORMER, KINDS_ALL & ~(K(SONG) | K(PERFORMANCE)), "Performer"},
    {FIELD_PRODUCER, KINDS_ALL, "ProducerName"},
    {FIELD_TRANSLATOR, KINDS_ALL, "Translator"},
    {FIELD_SCRIPT_WRITER, KINDS_ALL, "Writer"},
};

/* Texts, in the order in which they are written; of rows in turn that have the same
 * element, the first that has a value. */
static const struct {
    FieldId field;
    Kinds kinds;
    const char *element;
} TEXTS[] = {
    {FIELD_TITLE, KINDS_ALL, "Title"},
    {FIELD_TITLE_SHORT, KINDS_ALL, "ShortTitle"},
    {FIELD_CONTAINER_TITLE, K(ARTICLE_JOURNAL) | K(REVIEW) | K(REVIEW_BOOK),
     "JournalName"},
    {FIELD_CONTAINER_TITLE, K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER),
     "PeriodicalTitle"},
    {FIELD_CONTAINER_TITLE, K(CHAPTER) | ENTRIES, "BookTitle"},
    {FIELD_CONTAINER_TITLE, K(PAPER_CONFERENCE), "ConferenceName"},
    {FIELD_CONTAINER_TITLE, SITES, "InternetSiteTitle"},
    {FIELD_CONTAINER_TITLE, K(SONG), "AlbumTitle"},
    {FIELD_CONTAINER_TITLE, K(BROADCAST), "BroadcastTitle"},
    {FIELD_CONTAINER_TITLE, KINDS_ALL, "PublicationTitle"},
    {FIELD_AUTHORITY, K(LEGAL_CASE), "Court"},
    {FIELD_PUBLISHER, K(REPORT) | K(THESIS) | K(STANDARD), "Institution"},
    {FIELD_PUBLISHER, K(MOTION_PICTURE) | K(BROADCAST), "Distributor"},
    {FIELD_PUBLISHER, K(SONG), "ProductionCompany"},
    {FIELD_PUBLISHER, KINDS_ALL, "Publisher"},
    {FIELD_PUBLISHER_PLACE, KINDS_ALL, "City"},
    {FIELD_EVENT_PLACE, K(PAPER_CONFERENCE) | K(PERFORMANCE), "City"},
    {FIELD_VOLUME, KINDS_ALL, "Volume"},
    {FIELD_NUMBER_OF_VOLUMES, KINDS_ALL, "NumberVolumes"},
    {FIELD_ISSUE, KINDS_ALL, "Issue"},
    {FIELD_NUMBER, K(PATENT), "PatentNumber"},
    {FIELD_NUMBER, K(LEGAL_CASE), "CaseNumber"},
    {FIELD_NUMBER, K(SONG), "RecordingNumber"},
    {FIELD_CHAPTER_NUMBER, KINDS_ALL, "ChapterNumber"},
    {FIELD_PAGE, KINDS_ALL, "Pages"},
    {FIELD_NUMBER_OF_PAGES, KINDS_ALL, "Pages"},
    {FIELD_EDITION, KINDS_ALL, "Edition"},
    {FIELD_VERSION, KINDS_ALL, "Version"},
    {FIELD_GENRE, K(REPORT) | K(THESIS) | K(STANDARD), "ThesisType"},
    {FIELD_GENRE, K(PATENT), "Type"},
    {FIELD_MEDIUM, KINDS_ALL, "Medium"},
    {FIELD_ISBN, KINDS_ALL, "StandardNumber"},
    {FIELD_ISSN, KINDS_ALL, "StandardNumber"},
    {FIELD_NUMBER, KINDS_ALL, "StandardNumber"},
    {FIELD_DOI, KINDS_ALL, "DOI"},
    {FIELD_URL, KINDS_ALL, "URL"},
    {FIELD_NOTE, KINDS_ALL, "Comments"},
};

typedef struct State {
    Buf out;
    Arena arena;
    bool begun;
} State;

static void add_element(Buf *out, const char *name, Str value)
{
    buf_format(out, "<b:%s>", name);
    xml_escape(out, value);
    buf_format(out, "</b:%s>\n", name);
}

/* People. */

static void add_person(State *st, const Name *name)
{
    Buf *out = &st->out;
    Str given = name_given(&st->arena, name), first;
    buf_add(out, STR("<b:Person>"));
    buf_add(out, STR("<b:Last>"));
    xml_escape(out, name_family(&st->arena, name));
    if (name->suffix.size > 0) {
        buf_add_byte(out, ' ');
        xml_escape(out, name->suffix);
    }
    buf_add(out, STR("</b:Last>"));
    if (str_word(&given, &first)) {
        buf_add(out, STR("<b:First>"));
        xml_escape(out, first);
        buf_add(out, STR("</b:First>"));
    }
    given = str_trim(given);
    if (given.size > 0) {
        buf_add(out, STR("<b:Middle>"));
        xml_escape(out, given);
        buf_add(out, STR("</b:Middle>"));
    }
    buf_add(out, STR("</b:Person>\n"));
}

/* A role is people or one body, never both: a body among people is a person with one
 * name. */
static void put_names(Write *w, const Field *field, const char *role)
{
    State *st = w->state;
    const Names *names = &field->names;
    Buf *out = &st->out;
    buf_format(out, "<b:%s>", role);
    if (names->count == 1 && names->items[0].literal.size > 0) {
        buf_add(out, STR("<b:Corporate>"));
        xml_escape(out, names->items[0].literal);
        buf_add(out, STR("</b:Corporate>"));
    } else {
        buf_add(out, STR("<b:NameList>\n"));
        for (size_t i = 0; i < names->count; i++) {
            const Name *name = &names->items[i];
            if (name->literal.size == 0) {
                add_person(st, name);
                continue;
            }
            buf_add(out, STR("<b:Person><b:Last>"));
            xml_escape(out, name->literal);
            buf_add(out, STR("</b:Last></b:Person>\n"));
        }
        buf_add(out, STR("</b:NameList>"));
    }
    buf_format(out, "</b:%s>\n", role);
    if (names->cut == CUT_CERTAIN)
        diag_here(w->diag, LEVEL_WARNING, "lost-cut",
                  "Word 2007 XML cannot say that the list of %ss is cut short",
                  field_name(field->id));
}

static void put_people(Write *w, View *v)
{
    State *st = w->state;
    const char *last = NULL;
    bool open = false;
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
        const Field *field;
        if ((ROLES[i].kinds & KINDS_OF(v->rec->kind)) == 0 ||
            (last != NULL && strcmp(last, ROLES[i].role) == 0) ||
            (field = view_take(v, ROLES[i].field)) == NULL)
            continue;
        if (!open)
            buf_add(&st->out, STR("<b:Author>\n"));
        open = true;
        put_names(w, field, ROLES[i].role);
        last = ROLES[i].role;
    }
    if (open)
        buf_add(&st->out, STR("</b:Author>\n"));
}

/* Dates. */

static void put_day(State *st, DatePart day, const char *after)
{
    Buf *out = &st->out;
    buf_format(out, "<b:Year%s>%d</b:Year%s>\n", after, day.year, after);
    if (day.month > 0)
        buf_format(out, "<b:Month%s>%s</b:Month%s>\n", after, month_english(day.month),
                   after);
    if (day.day > 0)
        buf_format(out, "<b:Day%s>%d</b:Day%s>\n", after, day.day, after);
}

/* Word's years are texts: what is more than a day is one. */
static void put_date(Write *w, const Date *date, const char *after)
{
    State *st = w->state;
    const DatePart *from = &date->from;
    bool plain = date->literal.size == 0 && !date->range && !date_is_circa(date) &&
                 from->unspecified == 0 && !from->some_month && !from->some_day &&
                 from->year > 0 && from->month <= 24;
    if (plain) {
        put_day(st, *from, after);
        if (from->time.size > 0)
            diag_here(w->diag, LEVEL_NOTE, "degraded-date",
                      "Word 2007 XML has no place for the time of day, %.*s",
                      STR_ARG(from->time));
        return;
    }
    buf_format(&st->out, "<b:Year%s>", after);
    xml_escape(&st->out, date_edtf(&st->arena, date));
    buf_format(&st->out, "</b:Year%s>\n", after);
}

/* Texts. */

static void put_texts(Write *w, View *v)
{
    State *st = w->state;
    const char *before = NULL;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        const Field *field;
        if ((TEXTS[i].kinds & KINDS_OF(v->rec->kind)) == 0 ||
            (before != NULL && strcmp(before, TEXTS[i].element) == 0) ||
            (field = view_take(v, TEXTS[i].field)) == NULL)
            continue;
        add_element(&st->out, TEXTS[i].element, field->text.text);
        tail_tell_marks(w, field, "Word 2007 XML");
        before = TEXTS[i].element;
    }
}

static void begin(State *st)
{
    static const char NAMESPACE[] =
        "http://schemas.openxmlformats.org/officeDocument/2006/bibliography";
    if (!st->begun)
        buf_format(&st->out,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<b:Sources SelectedStyle=\"\" xmlns:b=\"%s\" xmlns=\"%s\">\n",
                   NAMESPACE, NAMESPACE);
    st->begun = true;
}

static void flush(Write *w)
{
    State *st = w->state;
    tail_put_text(w, buf_str(&st->out), true);
    buf_clear(&st->out);
}

static void put(Write *w, View *v)
{
    State *st = w->state;
    size_t type = 0;
    const Field *date;
    begin(st);
    while ((TYPES[type].kinds & KINDS_OF(v->rec->kind)) == 0)
        type++;
    buf_add(&st->out, STR("<b:Source>\n"));
    add_element(&st->out, "Tag", v->rec->key);
    add_element(&st->out, "SourceType", str_from(TYPES[type].type));
    put_people(w, v);
    if (v->rec->kind == KIND_THESIS && view_see(v, FIELD_GENRE) == NULL)
        add_element(&st->out, "ThesisType", STR("Thesis"));
    put_texts(w, v);
    if ((date = view_take(v, FIELD_ISSUED)) != NULL)
        put_date(w, &date->date, "");
    if ((date = view_take(v, FIELD_ACCESSED)) != NULL)
        put_date(w, &date->date, "Accessed");
    buf_add(&st->out, STR("</b:Source>\n"));
    if ((KEPT & KINDS_OF(v->rec->kind)) == 0)
        tail_tell_kind(w, v->rec->kind, "Word 2007 XML");
    flush(w);
    arena_reset(&st->arena);
}

static void end(Write *w)
{
    State *st = w->state;
    begin(st);
    buf_add(&st->out, STR("</b:Sources>\n"));
    flush(w);
    buf_free(&st->out);
    arena_free(&st->arena);
}

const Writer WORD_WRITER = {.state_size = sizeof(State), .put = put, .end = end};
