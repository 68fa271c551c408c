/* SPDX-License-Identifier: MIT
 * CSL-JSON as Zotero's import takes it: the types of its own list, its older names of
 * properties, and lines "variable: value" in the note for all else, which it shows under
 * Extra and moves to the fields that it has. */
#include "formats/csljson/write.h"

/* Its import refuses the whole file for one type it does not know, and makes a document,
 * which has few fields, of those that it knows only by name: what is written instead. */
static Kind written_kind(Kind kind)
{
    static const struct {
        Kind kind, written;
    } INSTEAD[] = {
        {KIND_REVIEW, KIND_ARTICLE_JOURNAL},
        {KIND_REVIEW_BOOK, KIND_ARTICLE_JOURNAL},
        {KIND_PERIODICAL, KIND_ARTICLE_JOURNAL},
        {KIND_CLASSIC, KIND_BOOK},
        {KIND_COLLECTION, KIND_BOOK},
        {KIND_PAMPHLET, KIND_BOOK},
        {KIND_ENTRY, KIND_ENTRY_ENCYCLOPEDIA},
        {KIND_FIGURE, KIND_GRAPHIC},
        {KIND_MUSICAL_SCORE, KIND_SONG},
        {KIND_REGULATION, KIND_LEGISLATION},
        {KIND_TREATY, KIND_LEGISLATION},
        {KIND_STANDARD, KIND_REPORT},
        {KIND_EVENT, KIND_DOCUMENT},
        {KIND_PERFORMANCE, KIND_DOCUMENT},
        {KIND_HEARING, KIND_DOCUMENT},
    };
    for (size_t i = 0; i < sizeof INSTEAD / sizeof *INSTEAD; i++) {
        if (INSTEAD[i].kind == kind)
            return INSTEAD[i].written;
    }
    return kind;
}

const char *zotero_type(const Out *out, bool *odd)
{
    Kind kind = out->rec->kind, written = written_kind(kind);
    /* A book with a version is a program. */
    *odd = kind == KIND_SOFTWARE ? out->first[FIELD_VERSION] == 0 : written != kind;
    return kind_name(kind == KIND_SOFTWARE ? KIND_BOOK : written);
}

#define K(kind)  KINDS_OF(KIND_##kind)
#define ENTRIES  (K(ENTRY_DICTIONARY) | K(ENTRY_ENCYCLOPEDIA))
#define PARTS    (K(CHAPTER) | K(PAPER_CONFERENCE) | ENTRIES)
#define ARTICLES (K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER))
#define FILMS    (K(MOTION_PICTURE) | K(BROADCAST))
#define LAWS     (K(BILL) | K(LEGAL_CASE) | K(LEGISLATION))
#define POSTS    (K(WEBPAGE) | K(POST) | K(POST_WEBLOG))
#define ARCHIVED (KINDS_ALL & ~(LAWS | POSTS | K(PATENT) | K(SPEECH)))

/* What it reads, and for which kinds: types without a field drop its property, and make
 * their first kind of creator of a name in a role that they have not.  A line of the note
 * stays with them.  (A book's version would make a program of it.) */
static const struct {
    FieldId id;
    Kinds kinds;
} PLACES[] = {
    {FIELD_TITLE, KINDS_ALL},
    {FIELD_TITLE_SHORT, KINDS_ALL},
    {FIELD_ABSTRACT, KINDS_ALL},
    {FIELD_URL, KINDS_ALL},
    {FIELD_ISSUED, KINDS_ALL},
    {FIELD_ACCESSED, KINDS_ALL},
    {FIELD_SUBMITTED, K(PATENT)},
    {FIELD_AUTHOR, KINDS_ALL},
    {FIELD_CONTRIBUTOR, KINDS_ALL},
    {FIELD_EDITOR,
     K(ARTICLE) | K(ARTICLE_JOURNAL) | K(BOOK) | K(DOCUMENT) | PARTS | K(REPORT)},
    {FIELD_TRANSLATOR, K(ARTICLE) | ARTICLES | K(BOOK) | K(DOCUMENT) | PARTS |
                           K(INTERVIEW) | K(MANUSCRIPT) | K(REPORT) | K(WEBPAGE)},
    {FIELD_COLLECTION_EDITOR, K(BOOK) | PARTS | K(MAP) | K(REPORT)},
    {FIELD_CONTAINER_AUTHOR, K(CHAPTER)},
    {FIELD_REVIEWED_AUTHOR, ARTICLES | K(DOCUMENT)},
    {FIELD_COMPOSER, K(SONG)},
    {FIELD_PERFORMER, K(SONG) | K(BROADCAST)},
    {FIELD_DIRECTOR, FILMS},
    {FIELD_PRODUCER, FILMS},
    {FIELD_SCRIPT_WRITER, FILMS},
    {FIELD_GUEST, K(BROADCAST)},
    {FIELD_INTERVIEWER, K(INTERVIEW)},
    {FIELD_RECIPIENT, K(PERSONAL_COMMUNICATION)},
    {FIELD_CONTAINER_TITLE,
     ARTICLES | PARTS | POSTS | K(BROADCAST) | K(LEGAL_CASE) | K(LEGISLATION)},
    {FIELD_CONTAINER_TITLE_SHORT, K(ARTICLE_JOURNAL)},
    {FIELD_COLLECTION_TITLE,
     K(ARTICLE_JOURNAL) | K(BOOK) | PARTS | K(MAP) | K(REPORT) | K(SOFTWARE) | K(SONG)},
    {FIELD_COLLECTION_NUMBER, K(BOOK) | K(CHAPTER) | ENTRIES},
    {FIELD_EVENT_TITLE, K(PAPER_CONFERENCE) | K(SPEECH)},
    {FIELD_EVENT_PLACE, K(PAPER_CONFERENCE) | K(SPEECH)},
    {FIELD_PUBLISHER,
     KINDS_ALL & ~(LAWS | K(ARTICLE_MAGAZINE) | K(ARTICLE_NEWSPAPER) | K(GRAPHIC) |
                   K(INTERVIEW) | K(MANUSCRIPT) | K(PATENT) | K(PERSONAL_COMMUNICATION) |
                   K(POST) | K(POST_WEBLOG) | K(SPEECH))},
    {FIELD_PUBLISHER_PLACE,
     KINDS_ALL & ~(LAWS | K(ARTICLE) | K(ARTICLE_MAGAZINE) | K(DOCUMENT) | K(GRAPHIC) |
                   K(INTERVIEW) | K(PERSONAL_COMMUNICATION) | K(POST) | K(POST_WEBLOG))},
    {FIELD_VOLUME, K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE) | K(BOOK) | PARTS |
                       K(LEGAL_CASE) | K(LEGISLATION) | K(SONG)},
    {FIELD_ISSUE, K(ARTICLE_JOURNAL) | K(ARTICLE_MAGAZINE)},
    {FIELD_NUMBER, LAWS | K(ARTICLE) | K(BROADCAST) | K(DATASET) | K(PATENT) | K(REPORT)},
    {FIELD_NUMBER_OF_VOLUMES, K(BOOK) | K(CHAPTER) | ENTRIES},
    {FIELD_PAGE, ARTICLES | PARTS | LAWS | K(PATENT) | K(REPORT)},
    {FIELD_NUMBER_OF_PAGES, K(BOOK) | K(THESIS) | K(MANUSCRIPT)},
    {FIELD_SECTION, K(ARTICLE_NEWSPAPER) | K(LEGISLATION) | K(BILL)},
    {FIELD_EDITION, K(BOOK) | K(CHAPTER) | ENTRIES | K(MAP) | K(ARTICLE_NEWSPAPER)},
    {FIELD_VERSION, K(SOFTWARE) | K(DATASET)},
    {FIELD_GENRE, K(REPORT) | K(THESIS) | K(MANUSCRIPT) | K(PERSONAL_COMMUNICATION) |
                      K(MAP) | K(SPEECH) | POSTS | K(ARTICLE) | K(DATASET)},
    {FIELD_MEDIUM, K(GRAPHIC) | FILMS | K(INTERVIEW) | K(SONG)},
    {FIELD_SCALE, K(MAP)},
    {FIELD_STATUS, K(PATENT)},
    {FIELD_AUTHORITY, K(LEGAL_CASE) | K(BILL) | K(PATENT)},
    {FIELD_REFERENCES, LAWS | K(PATENT)},
    {FIELD_ISBN,
     K(BOOK) | PARTS | K(MAP) | K(MOTION_PICTURE) | K(SOFTWARE) | K(SONG) | K(THESIS)},
    {FIELD_ISSN, ARTICLES},
    {FIELD_DOI, K(ARTICLE) | K(ARTICLE_JOURNAL) | K(BOOK) | K(CHAPTER) | K(DATASET) |
                    K(PAPER_CONFERENCE) | K(REPORT) | K(SOFTWARE) | K(THESIS) |
                    K(WEBPAGE)},
    {FIELD_PMID, K(ARTICLE_JOURNAL)},
    {FIELD_PMCID, K(ARTICLE_JOURNAL)},
    {FIELD_LANGUAGE, KINDS_ALL & ~K(SOFTWARE)},
    {FIELD_ARCHIVE, ARCHIVED},
    {FIELD_ARCHIVE_LOCATION, ARCHIVED},
    {FIELD_CALL_NUMBER, ARCHIVED | K(PATENT)},
    {FIELD_SOURCE, ARCHIVED},
};

const char *zotero_property(const Out *out, FieldId id)
{
    Kinds kind = KINDS_OF(written_kind(out->rec->kind));
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        if (PLACES[i].id != id)
            continue;
        if ((PLACES[i].kinds & kind) == 0)
            return NULL;
        return id == FIELD_CONTAINER_TITLE_SHORT ? "journalAbbreviation" : field_name(id);
    }
    return NULL;
}

/* It shows all marks in abstracts, and no style recases but titles. */
Text zotero_text(const Out *out, const Field *field)
{
    unsigned cased = 1U << MARK_NOCASE, all = (1U << MARK_COUNT) - 1 - (1U << MARK_MATH);
    bool title = field->id == FIELD_TITLE || field->id == FIELD_TITLE_SHORT;
    bool abstract = field->id == FIELD_ABSTRACT;
    unsigned marks = abstract ? all : cased;
    if (title || !text_has_marks(&field->text, marks))
        return field->text;
    diag_here(out->w->diag, abstract ? LEVEL_WARNING : LEVEL_DETAIL, "degraded-text",
              "Zotero shows marks in %s as they are; written without",
              field_name(field->id));
    return text_without_marks(out->scratch, &field->text, marks);
}

/* Lines. */

static void begin_line(Out *out, bool *open)
{
    if (!*open) {
        emit_key(out->e, STR("note"));
        emit_quote(out->e);
    } else {
        emit_piece(out->e, STR("\n"));
    }
    *open = true;
}

/* A line end would make two lines of it. */
static void add_flat(Out *out, Str s)
{
    Str piece;
    for (bool first = true; str_split(&s, '\n', &piece); first = false) {
        if (!first)
            emit_piece(out->e, STR(" "));
        emit_piece(out->e, piece);
    }
}

static void add_name(Out *out, const Name *name)
{
    if (name->literal.size > 0) {
        add_flat(out, name->literal);
        return;
    }
    add_flat(out, name_family(out->scratch, name));
    emit_piece(out->e, STR(" || "));
    add_flat(out, name_given(out->scratch, name));
    if (name->suffix.size > 0) {
        emit_piece(out->e, STR(", "));
        add_flat(out, name->suffix);
    }
}

static void add_line(Out *out, bool *open, const Field *field)
{
    Str word = field_word(field);
    size_t count = field->form == FORM_NAMES ? field->names.count : 1;
    for (size_t i = 0; i < count; i++) {
        begin_line(out, open);
        emit_piece(out->e, word);
        emit_piece(out->e, STR(": "));
        if (field->form == FORM_NAMES)
            add_name(out, &field->names.items[i]);
        else if (field->form == FORM_DATE)
            add_flat(out, date_edtf(out->scratch, &field->date));
        else
            add_flat(out, field->text.text);
    }
}

/* A list that is cut, and the numbers of namesakes, which no field of it holds. */
static void add_about_names(Out *out, bool *open, const Field *field)
{
    if (field->names.cut != CUT_NO) {
        begin_line(out, open);
        emit_piece(out->e, str_from(field_name(field->id)));
        emit_piece(out->e, field->names.cut == CUT_CERTAIN ? STR("-list-cut: certain")
                                                           : STR("-list-cut: possible"));
    }
    for (size_t i = 0; i < field->names.count; i++) {
        const Name *name = &field->names.items[i];
        if (name->homonym.size == 0)
            continue;
        begin_line(out, open);
        emit_piece(out->e, str_from(field_name(field->id)));
        emit_piece(out->e, STR("-homonym: "));
        add_flat(out, name_natural(out->scratch, name));
        emit_piece(out->e, STR(" "));
        emit_piece(out->e, name->homonym);
    }
}

static void add_keywords(Out *out, bool *open)
{
    for (size_t i = out->first[FIELD_KEYWORD]; i > 0; i = out->next[i - 1]) {
        bool first = i == out->first[FIELD_KEYWORD];
        if (first)
            begin_line(out, open);
        emit_piece(out->e, first ? STR("keyword: ") : STR("; "));
        add_flat(out, view_take_at(out->v, i - 1)->text.text);
    }
}

static bool is_note(const Field *field)
{
    return field->id == FIELD_NOTE || field->id == FIELD_ANNOTE;
}

void zotero_note(Out *out)
{
    bool open = false, odd;
    zotero_type(out, &odd);
    if (odd) {
        begin_line(out, &open);
        emit_piece(out->e, STR("type: "));
        emit_piece(out->e, str_from(kind_name(out->rec->kind)));
    }
    add_keywords(out, &open);
    for (size_t i = 0; i < out->rec->count; i++) {
        const Field *field = &out->rec->fields[i];
        if (field->form == FORM_NAMES && out->v->taken[i])
            add_about_names(out, &open, field);
        if (!out->v->taken[i] && !is_note(field) && !field->shadow)
            add_line(out, &open, view_take_at(out->v, i));
    }
    for (size_t i = 0; i < out->rec->count; i++) {
        if (out->v->taken[i] || !is_note(&out->rec->fields[i]))
            continue;
        begin_line(out, &open);
        emit_piece(out->e, view_take_at(out->v, i)->text.text);
    }
    if (open)
        emit_quote(out->e);
}
