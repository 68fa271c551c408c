/* SPDX-License-Identifier: MIT
 * M2: lines "name: value", which Zotero keeps in Extra and moves to the field of that
 * name where it has one; its citation processor finds CSL's own names there. */
#include "convert/record/ident.h"
#include "convert/record/venue.h"
#include "formats/ris/read.h"

#include <string.h>

/* The first name of a field is the one that is written; fields without one go by CSL's.
 * "number" alone is lost by Zotero. */
static const struct {
    FieldId id;
    const char *name;
} NAMES[] = {
    {FIELD_ISSN, "ISSN"},
    {FIELD_ISBN, "ISBN"},
    {FIELD_COLLECTION_NUMBER, "Series Number"},
    {FIELD_COLLECTION_TITLE, "Series"},
    {FIELD_COLLECTION_TITLE, "Series Title"},
    {FIELD_NUMBER_OF_VOLUMES, "Number of Volumes"},
    {FIELD_NUMBER_OF_PAGES, "Number of Pages"},
    {FIELD_NUMBER_OF_PAGES, "Num Pages"},
    {FIELD_EVENT_PLACE, "Event Place"},
    {FIELD_EVENT_TITLE, "event-title"},
    {FIELD_EVENT_TITLE, "Conference Name"},
    {FIELD_PMID, "PMID"},
    {FIELD_PMCID, "PMCID"},
    {FIELD_STATUS, "Status"},
    {FIELD_VOLUME, "Volume"},
    {FIELD_ISSUE, "Issue"},
    {FIELD_PAGE, "Pages"},
    {FIELD_EDITION, "Edition"},
    {FIELD_VERSION, "Version"},
    {FIELD_PUBLISHER, "Publisher"},
    {FIELD_PUBLISHER_PLACE, "Place"},
    {FIELD_LANGUAGE, "Language"},
    {FIELD_ARCHIVE_LOCATION, "Archive Location"},
    {FIELD_ARCHIVE_LOCATION, "Loc. in Archive"},
    {FIELD_SOURCE, "Library Catalog"},
    {FIELD_CONTAINER_TITLE, "container-title"},
    {FIELD_CONTAINER_TITLE, "Publication Title"},
    {FIELD_CONTAINER_TITLE_SHORT, "container-title-short"},
    {FIELD_CONTAINER_TITLE_SHORT, "Journal Abbreviation"},
    {FIELD_NUMBER, "Report Number"},
    {FIELD_NUMBER, ARTICLE_NUMBER},
    {FIELD_NUMBER, "archiveID"},
    {FIELD_NUMBER, "Document Number"},
    {FIELD_TITLE_SHORT, "Short Title"},
    {FIELD_ISSUED, "issued"},
    {FIELD_ISSUED, "Date"},
    {FIELD_ORIGINAL_DATE, "Original Date"},
};

const char *ris_extra_name(FieldId id, Kind kind)
{
    if (id == FIELD_NUMBER && kind == KIND_ARTICLE)
        return "archiveID";
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (NAMES[i].id == id)
            return NAMES[i].name;
    }
    return field_name(id);
}

/* Without regard to case, hyphens, underscores and blanks. */
static bool same_name(Str a, const char *name)
{
    Str b = str_from(name);
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        char x = byte_lower(a.data[i]), y = byte_lower(b.data[i]);
        x = x == '-' || x == '_' ? ' ' : x;
        y = y == '-' || y == '_' ? ' ' : y;
        if (x != y)
            return false;
    }
    return true;
}

static FieldId field_of(Str name)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (same_name(name, NAMES[i].name))
            return NAMES[i].id;
    }
    for (size_t id = 0; id < FIELD_OTHER; id++) {
        if (same_name(name, field_name((FieldId)id)))
            return (FieldId)id;
    }
    return FIELD_OTHER;
}

/* False where there is no name; Zotero's expression for one. */
static bool split_line(Str line, Str *name, Str *value)
{
    size_t colon = str_find_byte(line, ':');
    if (colon == 0 || colon == line.size || colon > 40 || !byte_is_alpha(line.data[0]))
        return false;
    for (size_t i = 0; i < colon; i++) {
        char c = line.data[i];
        if (!byte_is_alpha(c) && !byte_is_digit(c) && c != ' ' && c != '-' && c != '_' &&
            c != '.')
            return false;
    }
    *name = str_trim(str_slice(line, 0, colon));
    *value = str_trim(str_after(line, colon + 1));
    if (str_starts(*value, STR("\xc2\xa0")))
        *value = str_trim(str_after(*value, 2));
    return value->size > 0;
}

bool ris_extra_is_line(Str line)
{
    Str name, value;
    return split_line(line, &name, &value);
}

/* Zotero's words for kinds that are not CSL's. */
static bool kind_of(Str value, Kind *kind)
{
    static const struct {
        const char *name;
        Kind kind;
    } WORDS[] = {
        {"preprint", KIND_ARTICLE},
        {"journalArticle", KIND_ARTICLE_JOURNAL},
        {"bookSection", KIND_CHAPTER},
        {"conferencePaper", KIND_PAPER_CONFERENCE},
        {"tvBroadcast", KIND_BROADCAST},
        {"radioBroadcast", KIND_BROADCAST},
        {"podcast", KIND_BROADCAST},
        {"forumPost", KIND_POST},
        {"blogPost", KIND_POST_WEBLOG},
        {"film", KIND_MOTION_PICTURE},
        {"videoRecording", KIND_MOTION_PICTURE},
        {"audioRecording", KIND_SONG},
        {"computerProgram", KIND_SOFTWARE},
        {"letter", KIND_PERSONAL_COMMUNICATION},
        {"email", KIND_PERSONAL_COMMUNICATION},
        {"statute", KIND_LEGISLATION},
        {"case", KIND_LEGAL_CASE},
        {"artwork", KIND_GRAPHIC},
        {"presentation", KIND_SPEECH},
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_equal_nocase(value, str_from(WORDS[i].name))) {
            *kind = WORDS[i].kind;
            return true;
        }
    }
    return kind_by_name(value, kind);
}

/* Zotero has no type for preprints but GEN, and their server for the publisher. */
bool ris_read_is_preprint(const Draft *d)
{
    bool server = false;
    for (size_t i = 0; i < d->count; i++) {
        const Item *item = &d->items[i];
        if (str_equal(item->tag, STR("T2")) || str_equal(item->tag, STR("JF")) ||
            str_equal(item->tag, STR("JO")) || str_equal(item->tag, STR("BT")))
            return false;
        server = server ||
                 (str_equal(item->tag, STR("PB")) && venue_is_preprints(item->value));
    }
    return server;
}

bool ris_read_extra_type(const Item *item, Kind *kind)
{
    Str name, value;
    return split_line(item->value, &name, &value) && same_name(name, "type") &&
           kind_of(value, kind);
}

/* "Mark Chen 0003" */
static bool read_homonym(Draft *d, Str value)
{
    size_t blank = value.size;
    while (blank > 0 && value.data[blank - 1] != ' ')
        blank--;
    Str natural = str_trim(str_slice(value, 0, blank));
    for (size_t i = 0; i < d->rec->count; i++) {
        Field *field = &d->rec->fields[i];
        for (size_t k = 0; field->form == FORM_NAMES && k < field->names.count; k++) {
            const Name *name = &field->names.items[k];
            if (name->homonym.size > 0 ||
                !str_equal(name_natural(&d->rec->arena, name), natural))
                continue;
            Name *items = arena_alloc(&d->rec->arena, field->names.count * sizeof *items);
            memcpy(items, field->names.items, field->names.count * sizeof *items);
            items[k].homonym = str_after(value, blank);
            field->names.items = items;
            return true;
        }
    }
    return false;
}

/* All lines of that name, one a person. */
static void read_extra_names(Draft *d, FieldId id, Str key, const Item *item)
{
    size_t count = 0;
    Str name, value;
    if (d->first[id] > 0) {
        draft_other(d, item, item->value);
        return;
    }
    Name *items = arena_alloc(&d->rec->arena, d->count * sizeof *items);
    for (size_t i = (size_t)(item - d->items); i < d->count; i++) {
        Item *each = &d->items[i];
        if (!str_equal(each->tag, item->tag) || !split_line(each->value, &name, &value) ||
            !str_equal(name, key))
            continue;
        items[count++] = ris_read_extra_name(&d->rec->arena,
                                             ris_read_html(&d->rec->arena, value).text);
        each->done = true;
    }
    draft_add(d, id, item)->names = (Names){.items = items, .count = count};
}

static void read_extra_date(Draft *d, FieldId id, Str value, const Item *item)
{
    Date date;
    if (d->first[id] > 0)
        return;
    /* EDTF's open end, and no year before an empty month */
    bool open = str_find_byte(value, '/') == value.size - 1;
    if (!(open && date_parse(value, &date)) &&
        !ris_read_date_value(&d->rec->arena, value, &date))
        date = date_literal(value);
    draft_add(d, id, item)->date = date;
}

/* DB and AN say the same where we wrote them. */
static void read_arxiv(Draft *d, Str id, const Item *item)
{
    Str archive = record_text(d->rec, FIELD_ARCHIVE);
    if (archive.size == 0)
        draft_text(d, FIELD_ARCHIVE, item, text_plain(STR("arXiv")));
    if (archive.size == 0 || (str_equal_nocase(archive, STR("arXiv")) &&
                              d->first[FIELD_ARCHIVE_LOCATION] == 0))
        draft_text(d, FIELD_ARCHIVE_LOCATION, item, text_plain(id));
    else if (!str_equal(record_text(d->rec, FIELD_ARCHIVE_LOCATION), id))
        draft_other(d, item, item->value);
}

void ris_read_extra(Draft *d, const Item *item)
{
    Str name, value;
    bool named = split_line(item->value, &name, &value);
    FieldId id = named ? field_of(name) : FIELD_OTHER;
    if (id == FIELD_PMID && ident_pmid(value).size == 0)
        id = FIELD_OTHER;
    Arxiv arxiv;
    if (named && (same_name(name, "archiveID") || same_name(name, "arXiv")) &&
        ident_arxiv(&d->rec->arena, value, &arxiv)) {
        read_arxiv(d, arxiv.id, item);
        return;
    }
    if (named && ((same_name(name, "homonym") && read_homonym(d, value)) ||
                  (same_name(name, "type") && d->rec->type.size == 0)))
        return;
    if (id == FIELD_OTHER || id == FIELD_NOTE || id == FIELD_TITLE ||
        id == FIELD_KEYWORD) {
        draft_add(d, FIELD_NOTE, item)->text = ris_read_text(&d->rec->arena, item->value);
    } else if (field_form(id) == FORM_NAMES) {
        read_extra_names(d, id, name, item);
    } else if (field_form(id) == FORM_DATE) {
        read_extra_date(d, id, value, item);
    } else {
        draft_text(d, id, item, ris_read_text(&d->rec->arena, value));
    }
}

/* What M2 says exactly comes before what PY, DA, Y2 and ID can say. */
void ris_read_extra_first(Draft *d)
{
    Str name, value;
    for (size_t i = 0; i < d->count; i++) {
        Item *item = &d->items[i];
        if (!str_equal(item->tag, STR("M2")) || !split_line(item->value, &name, &value))
            continue;
        FieldId id = field_of(name);
        if (same_name(name, "citation key"))
            d->rec->key = ris_read_html(&d->rec->arena, value).text;
        else if ((id == FIELD_ISSUED || id == FIELD_ACCESSED) && d->first[id] == 0)
            read_extra_date(d, id, value, item);
        else
            continue;
        item->done = true;
    }
}
