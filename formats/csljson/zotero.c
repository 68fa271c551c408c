/* SPDX-License-Identifier: MIT
 * CSL-JSON as Zotero's import takes it: the types of its own list, its older names of
 * properties, and lines "variable: value" in the note for all else, which it shows under
 * Extra and moves to the fields that it has. */
#include "formats/csljson/write.h"

/* Its import refuses the whole file for one type it does not know. */
static const char *const TYPES[KIND_COUNT] = {
    [KIND_ARTICLE] = "article",
    [KIND_ARTICLE_JOURNAL] = "article-journal",
    [KIND_ARTICLE_MAGAZINE] = "article-magazine",
    [KIND_ARTICLE_NEWSPAPER] = "article-newspaper",
    [KIND_BILL] = "bill",
    [KIND_BOOK] = "book",
    [KIND_BROADCAST] = "broadcast",
    [KIND_CHAPTER] = "chapter",
    [KIND_DATASET] = "dataset",
    [KIND_DOCUMENT] = "document",
    [KIND_ENTRY] = "entry",
    [KIND_ENTRY_DICTIONARY] = "entry-dictionary",
    [KIND_ENTRY_ENCYCLOPEDIA] = "entry-encyclopedia",
    [KIND_FIGURE] = "figure",
    [KIND_GRAPHIC] = "graphic",
    [KIND_INTERVIEW] = "interview",
    [KIND_LEGAL_CASE] = "legal_case",
    [KIND_LEGISLATION] = "legislation",
    [KIND_MANUSCRIPT] = "manuscript",
    [KIND_MAP] = "map",
    [KIND_MOTION_PICTURE] = "motion_picture",
    [KIND_MUSICAL_SCORE] = "musical_score",
    [KIND_PAMPHLET] = "pamphlet",
    [KIND_PAPER_CONFERENCE] = "paper-conference",
    [KIND_PATENT] = "patent",
    [KIND_PERSONAL_COMMUNICATION] = "personal_communication",
    [KIND_POST] = "post",
    [KIND_POST_WEBLOG] = "post-weblog",
    [KIND_REPORT] = "report",
    [KIND_REVIEW] = "review",
    [KIND_REVIEW_BOOK] = "review-book",
    [KIND_SONG] = "song",
    [KIND_SPEECH] = "speech",
    [KIND_THESIS] = "thesis",
    [KIND_TREATY] = "treaty",
    [KIND_WEBPAGE] = "webpage",
};

const char *zotero_type(const Out *out, bool *odd)
{
    Kind kind = out->rec->kind;
    *odd = TYPES[kind] == NULL;
    if (kind != KIND_SOFTWARE)
        return *odd ? "document" : TYPES[kind];
    /* A book with a version is a program. */
    *odd = out->first[FIELD_VERSION] == 0;
    return "book";
}

#define K(kind)  KINDS_OF(KIND_##kind)
#define ENTRIES  (K(ENTRY) | K(ENTRY_DICTIONARY) | K(ENTRY_ENCYCLOPEDIA))
#define PICTURES (K(GRAPHIC) | K(FIGURE))
#define FILMS    (K(MOTION_PICTURE) | K(BROADCAST))

/* Types without a field drop its property; a line of the note stays with them.  A book's
 * version would make a program of it. */
static const struct {
    FieldId id;
    Kinds kinds;
} LIMITED[] = {
    {FIELD_EDITION, K(BOOK) | K(CHAPTER) | ENTRIES | K(MAP) | K(ARTICLE_NEWSPAPER)},
    {FIELD_VERSION, K(SOFTWARE) | K(DATASET)},
    {FIELD_NUMBER_OF_VOLUMES, K(BOOK) | K(CHAPTER) | ENTRIES},
    {FIELD_NUMBER_OF_PAGES, K(BOOK) | K(THESIS) | K(MANUSCRIPT)},
    {FIELD_SECTION, K(ARTICLE_NEWSPAPER) | K(LEGISLATION) | K(BILL)},
    {FIELD_MEDIUM, PICTURES | FILMS | K(INTERVIEW) | K(SONG)},
    {FIELD_SCALE, K(MAP)},
    {FIELD_STATUS, K(PATENT)},
    {FIELD_AUTHORITY, K(LEGAL_CASE) | K(BILL) | K(PATENT)},
    {FIELD_REFERENCES, K(LEGAL_CASE) | K(BILL) | K(LEGISLATION) | K(PATENT)},
    {FIELD_GENRE, K(REPORT) | K(THESIS) | K(MANUSCRIPT) | K(PERSONAL_COMMUNICATION) |
                      K(MAP) | K(SPEECH) | K(WEBPAGE) | K(POST) | K(POST_WEBLOG) | FILMS |
                      K(ARTICLE) | K(DATASET)},
};

static bool has_field(Kind kind, FieldId id)
{
    for (size_t i = 0; i < sizeof LIMITED / sizeof *LIMITED; i++) {
        if (LIMITED[i].id == id)
            return (LIMITED[i].kinds & KINDS_OF(kind)) != 0;
    }
    return true;
}

/* What it reads; names and dates all have a place. */
static const FieldId CARRIED[] = {
    FIELD_TITLE,
    FIELD_TITLE_SHORT,
    FIELD_CONTAINER_TITLE,
    FIELD_EVENT_TITLE,
    FIELD_EVENT_PLACE,
    FIELD_PUBLISHER,
    FIELD_PUBLISHER_PLACE,
    FIELD_COLLECTION_TITLE,
    FIELD_COLLECTION_NUMBER,
    FIELD_VOLUME,
    FIELD_ISSUE,
    FIELD_PAGE,
    FIELD_EDITION,
    FIELD_ISBN,
    FIELD_ISSN,
    FIELD_DOI,
    FIELD_URL,
    FIELD_ABSTRACT,
    FIELD_LANGUAGE,
    FIELD_GENRE,
    FIELD_NUMBER,
    FIELD_PMID,
    FIELD_PMCID,
    FIELD_SOURCE,
    FIELD_CALL_NUMBER,
    FIELD_ARCHIVE,
    FIELD_ARCHIVE_LOCATION,
    FIELD_VERSION,
    FIELD_NUMBER_OF_VOLUMES,
    FIELD_NUMBER_OF_PAGES,
    FIELD_SECTION,
    FIELD_MEDIUM,
    FIELD_STATUS,
    FIELD_AUTHORITY,
    FIELD_REFERENCES,
    FIELD_SCALE,
};

const char *zotero_property(const Out *out, FieldId id)
{
    if (!has_field(out->rec->kind, id))
        return NULL;
    if (id == FIELD_CONTAINER_TITLE_SHORT)
        return "journalAbbreviation";
    if (field_form(id) != FORM_TEXT)
        return field_name(id);
    for (size_t i = 0; i < sizeof CARRIED / sizeof *CARRIED; i++) {
        if (CARRIED[i] == id)
            return field_name(id);
    }
    return NULL;
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
