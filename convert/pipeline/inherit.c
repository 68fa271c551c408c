/* SPDX-License-Identifier: MIT
 * The rules of inheritance; see inherit.h. */
#include "convert/pipeline/inherit.h"
#include "formats/tags.h"

#include <string.h>

/* Types by what part they play; BibTeX's and biblatex's words. */
typedef enum Role {
    ROLE_OTHER,
    ROLE_XDATA,
    ROLE_MULTI, /* several volumes */
    ROLE_BOOK,
    ROLE_COLLECTION,
    ROLE_PERIODICAL,
    ROLE_IN_BOOK,
    ROLE_IN_COLLECTION,
    ROLE_ARTICLE,
    ROLE_SINGLE /* neither holds others nor is held */
} Role;

static const struct {
    Str type;
    Role role;
} ROLES[] = {
    {{"xdata", 5}, ROLE_XDATA},
    {{"mvbook", 6}, ROLE_MULTI},
    {{"mvcollection", 12}, ROLE_MULTI},
    {{"mvproceedings", 13}, ROLE_MULTI},
    {{"mvreference", 11}, ROLE_MULTI},
    {{"book", 4}, ROLE_BOOK},
    {{"collection", 10}, ROLE_COLLECTION},
    {{"proceedings", 11}, ROLE_COLLECTION},
    {{"reference", 9}, ROLE_COLLECTION},
    {{"periodical", 10}, ROLE_PERIODICAL},
    {{"inbook", 6}, ROLE_IN_BOOK},
    {{"bookinbook", 10}, ROLE_IN_BOOK},
    {{"suppbook", 8}, ROLE_IN_BOOK},
    {{"incollection", 12}, ROLE_IN_COLLECTION},
    {{"suppcollection", 14}, ROLE_IN_COLLECTION},
    {{"inreference", 11}, ROLE_IN_COLLECTION},
    {{"inproceedings", 13}, ROLE_IN_COLLECTION},
    {{"conference", 10}, ROLE_IN_COLLECTION},
    {{"article", 7}, ROLE_ARTICLE},
    {{"suppperiodical", 14}, ROLE_ARTICLE},
    {{"review", 6}, ROLE_ARTICLE},
    {{"mastersthesis", 13}, ROLE_SINGLE},
    {{"online", 6}, ROLE_SINGLE},
    {{"patent", 6}, ROLE_SINGLE},
    {{"phdthesis", 9}, ROLE_SINGLE},
    {{"report", 6}, ROLE_SINGLE},
    {{"techreport", 10}, ROLE_SINGLE},
    {{"thesis", 6}, ROLE_SINGLE},
    {{"unpublished", 11}, ROLE_SINGLE},
};

/* What stays with the parent: biblatex's list, then what identifies it, then what tools
 * note about the entry itself. */
static const Str STAYING_TAGS[] = {
    {"entryset", 8},
    {"entrysubtype", 12},
    {"execute", 7},
    {"ids", 3},
    {"indexsorttitle", 14},
    {"indextitle", 10},
    {"label", 5},
    {"options", 7},
    {"presort", 7},
    {"related", 7},
    {"relatedoptions", 14},
    {"relatedstring", 13},
    {"relatedtype", 11},
    {"shorthand", 9},
    {"shorthandintro", 14},
    {"sortkey", 7},
    {"sorttitle", 9},
    {"xref", 4},
    {"archiveprefix", 13},
    {"eprint", 6},
    {"eprintclass", 11},
    {"eprinttype", 10},
    {"primaryclass", 12},
    {"bibsource", 9},
    {"biburl", 6},
    {"creationdate", 12},
    {"date-added", 10},
    {"date-modified", 13},
    {"file", 4},
    {"groups", 6},
    {"modificationdate", 16},
    {"owner", 5},
    {"timestamp", 9},
};
static const FieldId STAYING[] = {FIELD_DOI,        FIELD_PMID,           FIELD_PMCID,
                                  FIELD_ABSTRACT,   FIELD_ANNOTE,         FIELD_PAGE,
                                  FIELD_PAGE_FIRST, FIELD_NUMBER_OF_PAGES};

/* Asked for every record: sizes and first letters tell most types apart. */
static Role role_of(const Record *rec)
{
    Str type = rec->type;
    if (type.size == 0)
        return ROLE_OTHER;
    char first = byte_lower(type.data[0]);
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
        if (ROLES[i].type.size == type.size && ROLES[i].type.data[0] == first &&
            str_equal_nocase(type, ROLES[i].type))
            return ROLES[i].role;
    }
    return ROLE_OTHER;
}

static bool is_part(Role role)
{
    return role == ROLE_IN_BOOK || role == ROLE_IN_COLLECTION || role == ROLE_ARTICLE;
}

static inline bool is_link(const Field *field, const char *tag)
{
    return field->id == FIELD_OTHER && str_equal_nocase(field->tag, str_from(tag));
}

bool inherit_is_xdata(const Record *rec)
{
    return role_of(rec) == ROLE_XDATA;
}

bool inherit_is_holder(const Record *rec)
{
    Role role = role_of(rec);
    return !is_part(role) && role != ROLE_SINGLE;
}

/* Asked for every field. */
bool inherit_may_pass(const Field *field)
{
    if (field->shadow)
        return false;
    for (size_t i = 0; i < sizeof STAYING / sizeof STAYING[0]; i++) {
        if (field->id == STAYING[i])
            return false;
    }
    for (size_t i = 0;
         field->id == FIELD_OTHER && i < sizeof STAYING_TAGS / sizeof STAYING_TAGS[0];
         i++) {
        if (str_equal_nocase(field->tag, STAYING_TAGS[i]))
            return false;
    }
    return true;
}

/* Links. */

bool inherit_next_key(const Record *rec, InheritCursor *cursor, Str *key, Place *place)
{
    for (;;) {
        Str piece;
        while (str_split(&cursor->rest, ',', &piece)) {
            *key = str_trim(piece);
            if (key->size > 0)
                return true;
        }
        if (cursor->field == rec->count) {
            if (cursor->crossref)
                return false;
            cursor->crossref = true;
            cursor->field = 0;
            continue;
        }
        const Field *field = &rec->fields[cursor->field++];
        if (!field->shadow && is_link(field, cursor->crossref ? "crossref" : "xdata")) {
            cursor->rest = field->text.text;
            *place = field->place;
        }
    }
}

bool inherit_has_key(const Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id == FIELD_OTHER && !field->shadow &&
            (is_link(field, "crossref") || is_link(field, "xdata")))
            return true;
    }
    return false;
}

/* Fields. */

typedef struct Heir {
    Record *child;
    size_t own; /* fields it had before */
    const Record *parent;
    const Tags *tags;
} Heir;

/* Its own fields keep others out; of those that it gets, one tag may give several
 * (keywords), but not two tags the same field. */
static bool has(const Heir *heir, FieldId id, Str tag)
{
    for (size_t i = 0; i < heir->child->count; i++) {
        const Field *field = &heir->child->fields[i];
        bool same_tag = str_equal_nocase(field->tag, tag);
        if (field->id == id && (i < heir->own ? id != FIELD_OTHER || same_tag
                                              : id != FIELD_OTHER && !same_tag))
            return true;
    }
    return false;
}

static void add(Heir *heir, const Field *from, FieldId id, Str tag)
{
    if (has(heir, id, tag))
        return;
    Field *field = record_add_copy(heir->child, from);
    field->id = id;
    field->tag = arena_copy(&heir->child->arena, tag);
    field->written = 0;
}

/* What the tag would have meant in the child: its kind may have another word for it
 * ("number" is the issue of an article and the number of a report). */
static FieldId id_in_child(const Heir *heir, const Field *field)
{
    const FieldTag *there = tags_field(heir->tags, field->tag, heir->parent->kind);
    const FieldTag *here = tags_field(heir->tags, field->tag, heir->child->kind);
    FieldId meant = there == NULL ? FIELD_OTHER : there->field;
    if (here == NULL || meant != field->id || field->form != FORM_TEXT ||
        field_form(here->field) != FORM_TEXT)
        return field->id;
    return here->field;
}

static Field *own_field(const Heir *heir, FieldId id)
{
    for (size_t i = 0; i < heir->child->count; i++) {
        if (heir->child->fields[i].id == id)
            return &heir->child->fields[i];
    }
    return NULL;
}

/* A work of several volumes gives its title to the whole: what stood there, `whole`, is
 * the title of the volume then, as it is where an entry has a main title of its own. */
static void add_main_title(Heir *heir, const Field *title, FieldId whole)
{
    Field *volume = own_field(heir, whole);
    if (volume != NULL && own_field(heir, FIELD_VOLUME_TITLE) != NULL)
        return;
    if (volume != NULL)
        volume->id = FIELD_VOLUME_TITLE;
    add(heir, title, whole, STR("maintitle"));
}

/* The parent's title as that of the whole, where the child is a part of it. */
static void add_titles(Heir *heir, bool part, bool multi)
{
    const Field *title = record_find(heir->parent, FIELD_TITLE);
    const Field *brief = record_find(heir->parent, FIELD_TITLE_SHORT);
    if (multi) {
        if (title != NULL)
            add_main_title(heir, title, part ? FIELD_CONTAINER_TITLE : FIELD_TITLE);
        return;
    }
    /* A short title belongs to the very title that it shortens. */
    bool same = !has(heir, FIELD_CONTAINER_TITLE, STR_EMPTY);
    if (title != NULL)
        add(heir, title, FIELD_CONTAINER_TITLE, STR("booktitle"));
    if (brief != NULL && same)
        add(heir, brief, FIELD_CONTAINER_TITLE_SHORT, STR("shortbooktitle"));
}

static bool is_title(const Field *field)
{
    return field->id == FIELD_TITLE || field->id == FIELD_TITLE_SHORT ||
           is_link(field, "titleaddon");
}

size_t inherit(Record *child, const Record *parent, const Tags *tags)
{
    Heir heir = {.child = child, .own = child->count, .parent = parent, .tags = tags};
    Role from = role_of(parent), to = role_of(child);
    bool part = is_part(to) && !is_part(from);
    bool volume = from == ROLE_MULTI && (to == ROLE_BOOK || to == ROLE_COLLECTION);
    size_t before = child->count;
    bool all = from == ROLE_XDATA;
    for (size_t i = 0; i < parent->count; i++) {
        const Field *field = &parent->fields[i];
        bool title = !all && (part || volume) && is_title(field);
        if (title || is_link(field, "crossref") || is_link(field, "xdata") ||
            (!all && !inherit_may_pass(field)))
            continue;
        add(&heir, field, id_in_child(&heir, field), field->tag);
        if (field->id == FIELD_AUTHOR && to == ROLE_IN_BOOK && !all &&
            (from == ROLE_BOOK || from == ROLE_MULTI))
            add(&heir, field, FIELD_CONTAINER_AUTHOR, STR("bookauthor"));
    }
    heir.own = child->count;
    if (!all && (part || volume))
        add_titles(&heir, part, from == ROLE_MULTI);
    return child->count - before;
}
