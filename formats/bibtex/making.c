/* SPDX-License-Identifier: MIT
 * Which items of an entry count, and as which of CSL's fields; see making.h. */
#include "formats/bibtex/making.h"
#include "convert/base/hash.h"
#include "convert/record/venue.h"
#include "formats/tags.h"

#include <string.h>

/* Most tags that are looked for are not there: one bit tells that of nearly all. */
static uint64_t tag_bit(Str tag)
{
    unsigned letter = tag.size > 0 ? (unsigned char)byte_lower(tag.data[0]) : 0;
    return (uint64_t)1 << ((letter + 5 * tag.size) & 63);
}

/* The first of these many items that has the tag. */
static Item *find_among(const Reading *e, size_t count, Str tag)
{
    if ((e->tags & tag_bit(tag)) == 0)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (str_equal_nocase(e->items[i].tag, tag))
            return &e->items[i];
    }
    return NULL;
}

Item *making_find(const Making *m, Str tag)
{
    return find_among(m->e, m->e->count, tag);
}

/* Fields that say more about the kind than the type does. */
static void refine_kind(const Making *m)
{
    const Reading *e = m->e;
    Record *rec = e->rec;
    const Item *subtype = making_find(m, STR("entrysubtype"));
    const Item *csl = making_find(m, STR("csltype"));
    const Item *eprint = making_find(m, STR("eprint"));
    if (csl != NULL && kind_by_name(str_trim(csl->tex), &rec->kind))
        return; /* and no field is made of it */
    if (rec->kind == KIND_ARTICLE_JOURNAL && subtype != NULL) {
        Str what = str_trim(subtype->tex);
        if (str_equal_nocase(what, STR("magazine")))
            rec->kind = KIND_ARTICLE_MAGAZINE;
        else if (str_equal_nocase(what, STR("newspaper")))
            rec->kind = KIND_ARTICLE_NEWSPAPER;
    }
    if ((rec->kind == KIND_DOCUMENT || rec->kind == KIND_WEBPAGE ||
         rec->kind == KIND_ARTICLE_JOURNAL) &&
        eprint != NULL && making_find(m, STR("journal")) == NULL &&
        making_find(m, STR("journaltitle")) == NULL) {
        const Item *archive = making_find(m, STR("archiveprefix"));
        archive = archive != NULL ? archive : making_find(m, STR("eprinttype"));
        if (archive != NULL && str_equal_nocase(str_trim(archive->tex), STR("arxiv")))
            rec->kind = KIND_ARTICLE;
    }
    const Item *publisher = making_find(m, STR("publisher"));
    if (rec->kind == KIND_DOCUMENT && publisher != NULL &&
        venue_is_preprints(str_trim(publisher->tex)))
        rec->kind = KIND_ARTICLE; /* as Zotero writes preprints */
    if (rec->kind == KIND_MANUSCRIPT && making_find(m, STR("eventtitle")) != NULL)
        rec->kind = KIND_SPEECH;
}

/* Whether an item before has the same tag, found by a table: of many fields, which
 * somebody may have chosen, not each is compared with each. */
static bool came_before(const Reading *e, size_t number, unsigned *slots, size_t size)
{
    Str tag = e->items[number].tag;
    size_t slot = (size_t)hash_str_nocase(tag, 0) & (size - 1);
    while (slots[slot] != 0 && !str_equal_nocase(e->items[slots[slot] - 1].tag, tag))
        slot = (slot + 1) & (size - 1);
    if (slots[slot] != 0)
        return true;
    slots[slot] = (unsigned)(number + 1);
    return false;
}

/* Zotero writes each of an item's notes as an annote: they are paragraphs of one. */
static bool may_repeat(const Item *item)
{
    return str_equal_nocase(item->tag, STR("annote"));
}

static void join_annotes(Reading *e)
{
    Buf more = {0};
    Item *first = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < e->count; i++) {
        if (first != NULL && e->items[i].duplicate && may_repeat(&e->items[i])) {
            buf_add(&more, STR("\n\n"));
            buf_add(&more, e->items[i].tex);
            continue;
        }
        e->items[kept] = e->items[i];
        if (may_repeat(&e->items[kept]))
            first = &e->items[kept];
        kept++;
    }
    if (first != NULL && kept < e->count)
        first->tex = arena_join(&e->rec->arena, first->tex, STR_EMPTY, buf_str(&more));
    e->count = kept;
    buf_free(&more);
}

/* Notes which tags there are, and reports fields that came before under the same name. */
static void find_duplicates(Reading *e)
{
    const size_t few = 32;
    unsigned *slots = NULL;
    size_t size = 2 * few;
    while (size < 2 * e->count)
        size *= 2;
    if (e->count > few) {
        slots = arena_alloc(&e->rec->arena, size * sizeof *slots);
        memset(slots, 0, size * sizeof *slots);
    }
    for (size_t i = 0; i < e->count; i++) {
        Item *item = &e->items[i];
        item->duplicate = slots != NULL ? came_before(e, i, slots, size)
                                        : find_among(e, i, item->tag) != NULL;
        e->tags |= tag_bit(item->tag);
        if (item->duplicate && !may_repeat(item))
            diag_report(e->r->diag, LEVEL_WARNING, "duplicate-field", item->place,
                        "%.*s was given before; the first one counts",
                        STR_ARG(item->tag));
    }
}

static FieldId named_by_csl(Arena *arena, Str tag)
{
    char *lower = arena_alloc(arena, tag.size);
    for (size_t i = 0; i < tag.size; i++)
        lower[i] = byte_lower(tag.data[i]);
    return field_by_name((Str){lower, tag.size});
}

static bool is_empty(Str tex)
{
    return tex.size == 0 || (byte_is_space(tex.data[0]) && str_trim(tex).size == 0);
}

/* What each item is, and which of them count. */
static void find_winners(Making *m)
{
    Reading *e = m->e;
    bool series = making_find(m, STR("series")) != NULL;
    for (size_t i = 0; i < e->count; i++) {
        Item *item = &e->items[i];
        item->id = FIELD_OTHER;
        item->row = NULL;
        item->shadow = str_equal_nocase(item->tag, STR("key")); /* for sorting only */
        if (item->duplicate)
            continue;
        item->row = tags_field(e->r->tags, item->tag, e->rec->kind);
        if (item->row == NULL) {
            item->id = named_by_csl(&e->rec->arena, item->tag);
        } else {
            item->id = item->row->field;
            if (item->row->how >= HOW_PART && item->id == FIELD_OTHER)
                m->parts[item->row->how - HOW_PART] = item;
            bool conference = e->rec->kind == KIND_PAPER_CONFERENCE;
            if (conference && item->id == FIELD_ISSUE && series &&
                str_equal_nocase(item->tag, STR("number")))
                item->id = FIELD_COLLECTION_NUMBER;
        }
        Item **winner = &m->winner[item->id];
        if (item->id == FIELD_OTHER || item->id == FIELD_KEYWORD ||
            is_empty(item->tex)) /* "address = {}" hides no location */
            continue;
        bool better = *winner == NULL || (item->row != NULL && (*winner)->row != NULL &&
                                          item->row < (*winner)->row);
        if (better && *winner != NULL)
            (*winner)->id = FIELD_OTHER;
        if (better)
            *winner = item;
        else
            item->id = FIELD_OTHER;
    }
}

/* Where both are given, biblatex's date counts if it is one; what year, month and day say
 * then is said by it, too, unless they disagree. */
static void prefer_date(Making *m)
{
    Item *date = making_find(m, STR("date")), *year = making_find(m, STR("year"));
    Date dated, told;
    if (date == NULL || year == NULL || date->row == NULL || year->row == NULL ||
        date->row->field != FIELD_ISSUED || year->row->field != FIELD_ISSUED ||
        is_empty(date->tex) || is_empty(year->tex))
        return;
    bool counts = date_parse_written(making_date_text(m, date), &dated);
    Item *winner = counts ? date : year, *loser = counts ? year : date;
    loser->id = FIELD_OTHER;
    winner->id = FIELD_ISSUED;
    m->winner[FIELD_ISSUED] = winner;
    if (!counts)
        return;
    Str number = arena_format(&m->e->rec->arena, "%d", dated.from.year);
    bool agree = (date_parse_written(making_date_text(m, year), &told) &&
                  told.from.year == dated.from.year) ||
                 str_equal(making_date_text(m, year), number); /* "-43", "17000" */
    if (!agree)
        diag_report(m->e->r->diag, LEVEL_NOTE, "odd-date", year->place,
                    "year: '%.*s' is not the year of the date '%.*s'; kept beside it",
                    STR_ARG(making_date_text(m, year)),
                    STR_ARG(making_date_text(m, date)));
    Item *said[] = {year, making_part(m, HOW_MONTH), making_part(m, HOW_DAY)};
    for (size_t i = 0; agree && i < 3; i++) {
        if (said[i] != NULL)
            said[i]->shadow = true;
    }
}

/* biblatex's editors that were none: what editortype says, where CSL has a word for it.
 */
static void place_roles(Making *m)
{
    static const struct {
        const char *names, *type;
    } EDITORS[] = {{"editor", "editortype"},
                   {"editora", "editoratype"},
                   {"editorb", "editorbtype"},
                   {"editorc", "editorctype"}};
    static const struct {
        const char *type;
        FieldId id;
    } ROLES[] = {{"editor", FIELD_EDITOR},           {"compiler", FIELD_COMPILER},
                 {"director", FIELD_DIRECTOR},       {"producer", FIELD_PRODUCER},
                 {"organizer", FIELD_ORGANIZER},     {"translator", FIELD_TRANSLATOR},
                 {"illustrator", FIELD_ILLUSTRATOR}, {"narrator", FIELD_NARRATOR},
                 {"performer", FIELD_PERFORMER},     {"composer", FIELD_COMPOSER},
                 {"collaborator", FIELD_CONTRIBUTOR}};
    for (size_t i = 0; i < sizeof EDITORS / sizeof EDITORS[0]; i++) {
        Item *type = making_find(m, str_from(EDITORS[i].type));
        Item *names = type != NULL ? making_find(m, str_from(EDITORS[i].names)) : NULL;
        if (type == NULL || type->duplicate || (names != NULL && names->duplicate))
            continue;
        for (size_t k = 0; k < sizeof ROLES / sizeof ROLES[0]; k++) {
            FieldId id = ROLES[k].id;
            if (!str_equal_nocase(str_trim(type->tex), str_from(ROLES[k].type)))
                continue;
            if (names == NULL && m->winner[id] != NULL)
                type->shadow = true; /* they came through another format */
            if (names == NULL || (m->winner[id] != NULL && m->winner[id] != names))
                continue;
            if (names->id != FIELD_OTHER && m->winner[names->id] == names)
                m->winner[names->id] = NULL;
            names->id = id;
            m->winner[id] = names;
            type->shadow = true; /* but for what goes back */
        }
    }
}

/* Zotero's word in BibTeX for all who are neither authors, editors nor translators. */
static void place_collaborators(Making *m)
{
    Item *item = making_find(m, STR("collaborator"));
    if (item == NULL || item->duplicate || item->row != NULL ||
        m->winner[FIELD_CONTRIBUTOR] != NULL)
        return;
    item->id = FIELD_CONTRIBUTOR;
    m->winner[FIELD_CONTRIBUTOR] = item;
}

/* Zotero says a manuscript's or a talk's type twice, as the type and as howpublished. */
static void place_repeated_type(Making *m)
{
    Item *how = making_find(m, STR("howpublished")), *type = making_find(m, STR("type"));
    if (how == NULL || type == NULL || m->winner[FIELD_GENRE] != type ||
        m->winner[FIELD_CONTAINER_TITLE] != how ||
        !str_equal(str_trim(how->tex), str_trim(type->tex)))
        return;
    m->winner[FIELD_CONTAINER_TITLE] = NULL;
    how->id = FIELD_OTHER;
    how->shadow = true;
}

void making_place_as(Making *m, Item *item, const FieldTag *row)
{
    if (m->winner[item->id] == item)
        m->winner[item->id] = NULL;
    item->id = row->field;
    item->row = row;
    m->winner[row->field] = item;
}

/* The ACM gives both of a paper or of the proceedings: its own address, and where the
 * conference was. */
static void place_conference(Making *m)
{
    static const FieldTag VENUE = {"location", FIELD_EVENT_PLACE, KINDS_ALL, HOW_TEXT,
                                   NULL};
    Item *address = making_find(m, STR("address")),
         *location = making_find(m, STR("location"));
    bool conference = m->e->rec->kind == KIND_PAPER_CONFERENCE ||
                      str_equal_nocase(m->e->rec->type, STR("proceedings"));
    if (!conference || address == NULL || location == NULL ||
        m->winner[FIELD_EVENT_PLACE] != NULL || address->row == NULL ||
        location->row == NULL || address->row->field != FIELD_PUBLISHER_PLACE ||
        location->row->field != FIELD_PUBLISHER_PLACE)
        return;
    making_place_as(m, location, &VENUE);
    making_place_as(m, address, address->row);
}

static bool all_digits(Str s)
{
    size_t i = 0;
    while (i < s.size && byte_is_digit(s.data[i]))
        i++;
    return i > 0 && i == s.size;
}

/* What biblatex and Better BibTeX have as an eprint of PubMed is CSL's PMID. */
static void place_pubmed(Making *m)
{
    static const FieldTag PUBMED = {"eprint", FIELD_PMID, KINDS_ALL, HOW_VERBATIM, NULL};
    Item *archive = m->winner[FIELD_ARCHIVE];
    Item *number = m->winner[FIELD_ARCHIVE_LOCATION];
    if (archive == NULL || number == NULL || m->winner[FIELD_PMID] != NULL ||
        !str_equal_nocase(number->tag, STR("eprint")) ||
        !all_digits(str_trim(number->tex)))
        return;
    Str name = str_trim(archive->tex);
    if (!str_equal_nocase(name, STR("pubmed")) && !str_equal_nocase(name, STR("pmid")))
        return;
    making_place_as(m, number, &PUBMED);
    m->winner[FIELD_ARCHIVE] = NULL;
    archive->id = FIELD_OTHER;
    archive->shadow = true; /* the number says it, but for what goes back */
}

/* biblatex's main title: of the work itself or, for a part, of what holds it. */
static void place_titles(Making *m)
{
    Item *main = making_part(m, HOW_MAINTITLE), *issue = making_part(m, HOW_ISSUETITLE);
    Item *title = m->winner[FIELD_TITLE];
    Item *container = m->winner[FIELD_CONTAINER_TITLE];
    if (m->e->rec->kind == KIND_PERIODICAL && issue != NULL && title != NULL &&
        container == NULL) {
        title->id = FIELD_CONTAINER_TITLE;
        issue->id = FIELD_TITLE;
    } else if (main != NULL && m->container_is_part && container != NULL) {
        main->id = FIELD_CONTAINER_TITLE;
        container->id = FIELD_VOLUME_TITLE;
    } else if (main != NULL && m->container_is_part) {
        main->id = FIELD_CONTAINER_TITLE;
    } else if (main != NULL && title != NULL && container == NULL) {
        main->id = FIELD_TITLE;
        title->id = FIELD_VOLUME_TITLE;
    }
}

/* A journal's full name, which MathSciNet and Zotero give, makes `journal` the short one;
 * which of the two tags stands first in the tables does not matter. */
static void place_journal(Making *m)
{
    Item *full = making_find(m, STR("fjournal")), *brief = making_find(m, STR("journal"));
    Item *container = m->winner[FIELD_CONTAINER_TITLE];
    if (brief == NULL)
        brief = making_find(m, STR("journaltitle"));
    if (full == NULL || brief == NULL || full->duplicate || brief->duplicate ||
        full->row == NULL || brief->row == NULL || full->row->how != HOW_FULL_JOURNAL ||
        full->row->field != FIELD_CONTAINER_TITLE || is_empty(full->tex) ||
        brief->row->field != FIELD_CONTAINER_TITLE ||
        (container != full && container != brief))
        return;
    full->id = FIELD_CONTAINER_TITLE;
    m->winner[FIELD_CONTAINER_TITLE] = full;
    brief->id = FIELD_OTHER;
    if (str_equal(str_trim(brief->tex), str_trim(full->tex))) {
        brief->shadow = true;
    } else if (m->winner[FIELD_CONTAINER_TITLE_SHORT] == NULL) {
        brief->id = FIELD_CONTAINER_TITLE_SHORT;
        m->winner[FIELD_CONTAINER_TITLE_SHORT] = brief;
    }
}

void making_places(Making *m)
{
    find_duplicates(m->e);
    join_annotes(m->e);
    refine_kind(m);
    Kind kind = m->e->rec->kind;
    m->container_is_part = kind == KIND_CHAPTER || kind == KIND_PAPER_CONFERENCE ||
                           kind == KIND_ENTRY || kind == KIND_ENTRY_DICTIONARY ||
                           kind == KIND_ENTRY_ENCYCLOPEDIA;
    find_winners(m);
    Item *subtype = making_find(m, STR("entrysubtype"));
    if (subtype != NULL &&
        (kind == KIND_ARTICLE_MAGAZINE || kind == KIND_ARTICLE_NEWSPAPER))
        subtype->shadow = true; /* the kind says it */
    prefer_date(m);
    place_journal(m);
    place_titles(m);
    place_roles(m);
    place_collaborators(m);
    place_repeated_type(m);
    links_place(m);
    place_conference(m);
    place_pubmed(m);
}
