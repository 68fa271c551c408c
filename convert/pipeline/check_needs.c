/* SPDX-License-Identifier: MIT
 * What each type requires: btxdoc section 3.1 for BibTeX, the manual's section 2.1 for
 * biblatex, and what any style needs for the kinds of others; see check_rules.h. */
#include "convert/pipeline/check_rules.h"
#include "convert/pipeline/word.h"

/* One of the two has to be there; OTHER is none. */
typedef struct Need {
    FieldId field, instead;
} Need;
enum { NEEDS_MOST = 5 };
typedef struct Needs {
    const char *type; /* NULL: any of that kind */
    Kind kind;
    Need needs[NEEDS_MOST + 1]; /* ends with OTHER */
} Needs;

#define AUTHOR                                                                           \
    {                                                                                    \
        FIELD_AUTHOR, FIELD_OTHER                                                        \
    }
#define AUTHOR_OR_EDITOR                                                                 \
    {                                                                                    \
        FIELD_AUTHOR, FIELD_EDITOR                                                       \
    }
#define EDITOR                                                                           \
    {                                                                                    \
        FIELD_EDITOR, FIELD_OTHER                                                        \
    }
#define TITLE                                                                            \
    {                                                                                    \
        FIELD_TITLE, FIELD_OTHER                                                         \
    }
#define CONTAINER                                                                        \
    {                                                                                    \
        FIELD_CONTAINER_TITLE, FIELD_CONTAINER_TITLE_SHORT                               \
    }
#define PROCEEDINGS                                                                      \
    {                                                                                    \
        FIELD_CONTAINER_TITLE, FIELD_EVENT_TITLE                                         \
    }
#define PUBLISHER                                                                        \
    {                                                                                    \
        FIELD_PUBLISHER, FIELD_OTHER                                                     \
    }
#define ISSUED                                                                           \
    {                                                                                    \
        FIELD_ISSUED, FIELD_STATUS                                                       \
    }
#define LINK                                                                             \
    {                                                                                    \
        FIELD_URL, FIELD_DOI                                                             \
    }
#define NUMBER                                                                           \
    {                                                                                    \
        FIELD_NUMBER, FIELD_OTHER                                                        \
    }
#define NOTE                                                                             \
    {                                                                                    \
        FIELD_NOTE, FIELD_ANNOTE                                                         \
    }
#define PART                                                                             \
    {                                                                                    \
        FIELD_CHAPTER_NUMBER, FIELD_PAGE                                                 \
    }
#define END                                                                              \
    {                                                                                    \
        FIELD_OTHER, FIELD_OTHER                                                         \
    }

/* Where the two differ in what a type requires, only what both do counts. */
static const Needs BY_TYPE[] = {
    {"article", KIND_COUNT, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {"suppperiodical", KIND_COUNT, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {"book", KIND_COUNT, {AUTHOR_OR_EDITOR, TITLE, ISSUED, END}},
    {"mvbook", KIND_COUNT, {AUTHOR_OR_EDITOR, TITLE, ISSUED, END}},
    {"inbook", KIND_COUNT, {AUTHOR_OR_EDITOR, TITLE, ISSUED, END}},
    {"bookinbook", KIND_COUNT, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {"suppbook", KIND_COUNT, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {"booklet", KIND_COUNT, {TITLE, END}},
    {"collection", KIND_COUNT, {EDITOR, TITLE, ISSUED, END}},
    {"mvcollection", KIND_COUNT, {EDITOR, TITLE, ISSUED, END}},
    {"reference", KIND_COUNT, {EDITOR, TITLE, ISSUED, END}},
    {"incollection", KIND_COUNT, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {"inreference", KIND_COUNT, {TITLE, CONTAINER, ISSUED, END}},
    {"suppcollection", KIND_COUNT, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {"dataset", KIND_COUNT, {AUTHOR_OR_EDITOR, TITLE, ISSUED, END}},
    {"manual", KIND_COUNT, {TITLE, END}},
    {"misc", KIND_COUNT, {TITLE, END}},
    {"software", KIND_COUNT, {TITLE, END}},
    {"online", KIND_COUNT, {TITLE, LINK, END}},
    {"electronic", KIND_COUNT, {TITLE, LINK, END}},
    {"www", KIND_COUNT, {TITLE, LINK, END}},
    {"patent", KIND_COUNT, {AUTHOR, TITLE, NUMBER, ISSUED, END}},
    {"periodical", KIND_COUNT, {TITLE, ISSUED, END}},
    {"proceedings", KIND_COUNT, {TITLE, ISSUED, END}},
    {"mvproceedings", KIND_COUNT, {TITLE, ISSUED, END}},
    {"inproceedings", KIND_COUNT, {AUTHOR, TITLE, PROCEEDINGS, ISSUED, END}},
    {"conference", KIND_COUNT, {AUTHOR, TITLE, PROCEEDINGS, ISSUED, END}},
    {"report", KIND_COUNT, {AUTHOR, TITLE, PUBLISHER, ISSUED, END}},
    {"techreport", KIND_COUNT, {AUTHOR, TITLE, PUBLISHER, ISSUED, END}},
    {"thesis", KIND_COUNT, {AUTHOR, TITLE, PUBLISHER, ISSUED, END}},
    {"mastersthesis", KIND_COUNT, {AUTHOR, TITLE, PUBLISHER, ISSUED, END}},
    {"phdthesis", KIND_COUNT, {AUTHOR, TITLE, PUBLISHER, ISSUED, END}},
    {"unpublished", KIND_COUNT, {AUTHOR, TITLE, END}},
    /* These hold what others take, or are no work. */
    {"xdata", KIND_COUNT, {END}},
    {"set", KIND_COUNT, {END}},
};

/* What plain BibTeX requires beyond. */
static const Needs BY_BIBTEX[] = {
    {"book", KIND_COUNT, {PUBLISHER, END}},
    {"inbook", KIND_COUNT, {PART, PUBLISHER, END}},
    {"incollection", KIND_COUNT, {PUBLISHER, END}},
    {"unpublished", KIND_COUNT, {NOTE, END}},
};

static const Needs BY_KIND[] = {
    {NULL, KIND_ARTICLE_JOURNAL, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {NULL, KIND_ARTICLE_MAGAZINE, {TITLE, CONTAINER, ISSUED, END}},
    {NULL, KIND_ARTICLE_NEWSPAPER, {TITLE, CONTAINER, ISSUED, END}},
    {NULL, KIND_BOOK, {AUTHOR_OR_EDITOR, TITLE, ISSUED, END}},
    {NULL, KIND_CHAPTER, {AUTHOR, TITLE, CONTAINER, ISSUED, END}},
    {NULL, KIND_ENTRY_DICTIONARY, {TITLE, CONTAINER, END}},
    {NULL, KIND_ENTRY_ENCYCLOPEDIA, {TITLE, CONTAINER, END}},
    {NULL, KIND_PAPER_CONFERENCE, {AUTHOR, TITLE, PROCEEDINGS, ISSUED, END}},
    {NULL, KIND_THESIS, {AUTHOR, TITLE, PUBLISHER, ISSUED, END}},
    {NULL, KIND_REPORT, {TITLE, PUBLISHER, ISSUED, END}},
    {NULL, KIND_PATENT, {AUTHOR, TITLE, NUMBER, ISSUED, END}},
    {NULL, KIND_WEBPAGE, {TITLE, LINK, END}},
    {NULL, KIND_POST_WEBLOG, {TITLE, LINK, END}},
};

static bool has(const Record *rec, FieldId id)
{
    const Field *field = record_find(rec, id);
    if (field == NULL)
        return false;
    return field->form == FORM_NAMES  ? field->names.count > 0
           : field->form == FORM_DATE ? true
                                      : field->text.text.size > 0;
}

/* Words as the user's own format has them: CSL's are not BibTeX's. */
static const char *word_for(FieldId id, const Record *rec, bool bibtex)
{
    bool article = str_equal_nocase(rec->type, STR("article"));
    switch ((unsigned)id) {
    case FIELD_CONTAINER_TITLE:
        return !bibtex ? "container-title" : article ? "journal" : "booktitle";
    case FIELD_ISSUED:
        return bibtex ? "year" : "issued";
    case FIELD_PUBLISHER:
        return !bibtex                    ? "publisher"
               : rec->kind == KIND_THESIS ? "school"
               : rec->kind == KIND_REPORT ? "institution"
                                          : "publisher";
    case FIELD_CHAPTER_NUMBER:
        return bibtex ? "chapter" : "chapter-number";
    default:
        return field_name(id);
    }
}

static void look_for(const Record *rec, const Needs *needs, bool bibtex, Diag *diag)
{
    Str type = rec->type.size > 0 ? rec->type : str_from(kind_name(rec->kind));
    for (const Need *need = needs->needs; need->field != FIELD_OTHER; need++) {
        if (has(rec, need->field) ||
            (need->instead != FIELD_OTHER && has(rec, need->instead)))
            continue;
        const char *or_else = need->instead == FIELD_EDITOR ? " or editor"
                              : need->instead == FIELD_PAGE ? " or pages"
                                                            : "";
        diag_report(diag, LEVEL_WARNING, "missing-field", rec->place, "%.*s has no %s%s",
                    STR_ARG(type), word_for(need->field, rec, bibtex), or_else);
    }
}

static const Needs *find_type(const Needs *rows, size_t count, Str type)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_nocase(type, str_from(rows[i].type)))
            return &rows[i];
    }
    return NULL;
}
#define FIND_TYPE(rows, type) find_type((rows), sizeof(rows) / sizeof(rows)[0], (type))

/* Links that were resolved are no fields any more. */
static bool inherits(const Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        if (rec->fields[i].id == FIELD_OTHER &&
            (str_equal_nocase(rec->fields[i].tag, STR("crossref")) ||
             str_equal_nocase(rec->fields[i].tag, STR("xdata"))))
            return true;
    }
    return false;
}

void check_needs(const Record *rec, Diag *diag)
{
    static const Needs LEAST = {NULL, KIND_COUNT, {TITLE, END}};
    bool biblatex = str_equal(rec->origin, STR("biblatex"));
    bool bibtex = biblatex || str_equal(rec->origin, STR("bibtex"));
    /* What its parents give is not known where they were not resolved. */
    if (inherits(rec))
        return;
    const Needs *needs = bibtex ? FIND_TYPE(BY_TYPE, rec->type) : NULL;
    for (size_t i = 0; needs == NULL && i < sizeof BY_KIND / sizeof BY_KIND[0]; i++) {
        if (BY_KIND[i].kind == rec->kind)
            needs = &BY_KIND[i];
    }
    look_for(rec, needs != NULL ? needs : &LEAST, bibtex, diag);
    if (!bibtex || biblatex)
        return;
    /* A library with fields of biblatex's alone is one of biblatex, whatever its name. */
    bool new_words = record_tag_text(rec, STR("date")).size > 0 ||
                     record_tag_text(rec, STR("journaltitle")).size > 0 ||
                     record_tag_text(rec, STR("location")).size > 0;
    needs = FIND_TYPE(BY_BIBTEX, rec->type);
    if (needs != NULL && !new_words)
        look_for(rec, needs, bibtex, diag);
}
