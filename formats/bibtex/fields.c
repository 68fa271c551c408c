/* SPDX-License-Identifier: MIT
 * What the fields of an entry mean, in CSL's words.
 *
 * Several fields may be one value of CSL's (title and subtitle; year, month and day), and
 * several tags may mean the same (address, location): then the one counts whose row
 * stands first in the table, and the others are kept under their tags. */
#include "convert/text/latex.h"
#include "formats/bibtex/read.h"
#include "formats/tags.h"

#include <string.h>

enum { PARTS_MOST = HOW_END - HOW_PART };

typedef struct Making {
    Reading *e;
    Item *winner[FIELD_COUNT];
    Item *parts[PARTS_MOST];
    bool container_is_part; /* a book or proceedings within which the work is */
} Making;

static Item *part_of(const Making *m, How how)
{
    return m->parts[how - HOW_PART];
}

/* Text. */

typedef struct Telling {
    Reading *e;
    const Item *item;
} Telling;

static void tell(void *context, const LatexTold *told)
{
    const Telling *t = context;
    Diag *diag = t->e->r->diag;
    if (told->trouble == LATEX_UNKNOWN)
        diag_report(diag,
                    repeats_level(t->e->repeats, REPEAT_COMMAND, told->what, LEVEL_NOTE),
                    "unknown-command", t->item->place,
                    "%.*s: '%.*s' is no command that is known; kept as it is",
                    STR_ARG(t->item->tag), STR_ARG(told->what));
    else
        diag_report(diag, LEVEL_WARNING, "unbalanced-brace", t->item->place,
                    "%.*s: a brace has no other; left out", STR_ARG(t->item->tag));
}

Text fields_text(Reading *e, const Item *item, Str tex, bool nocase)
{
    Telling telling = {.e = e, .item = item};
    return latex_text(&e->rec->arena, tex, nocase ? LATEX_NOCASE : LATEX_PLAIN, tell,
                      &telling);
}

static Field *add(Making *m, FieldId id, const Item *item)
{
    Field *field = record_add(m->e->rec, id, item->tag, item->place);
    field->written = item->written;
    field->form = FORM_TEXT;
    return field;
}

static void add_text(Making *m, FieldId id, const Item *item, Text text)
{
    if (text.text.size > 0 || id == FIELD_OTHER)
        add(m, id, item)->text = text;
}

static void add_other(Making *m, const Item *item, bool shadow)
{
    bool verbatim = item->row != NULL && item->row->how == HOW_VERBATIM;
    Text text = verbatim ? text_plain(verbatim_text(&m->e->rec->arena, item->tex))
                         : fields_text(m->e, item, item->tex, false);
    Field *field = add(m, FIELD_OTHER, item);
    field->text = text;
    field->shadow = shadow || text.text.size == 0;
}

/* Titles. */

/* A title with what is added to it; what was added stays as a shadow. */
static Text titles(Making *m, const Item *title, How sub, How addon)
{
    Reading *e = m->e;
    Text text = fields_text(e, title, title->tex, true);
    const Item *more[] = {part_of(m, sub), addon < HOW_END ? part_of(m, addon) : NULL};
    for (size_t i = 0; i < 2; i++) {
        if (more[i] == NULL)
            continue;
        Text part = fields_text(e, more[i], more[i]->tex, true);
        text = title_join(&e->rec->arena, text, i == 0 ? ':' : '.', part);
    }
    return text;
}

/* Which titles a tag gathers. */
static const struct Bundle {
    const char *tag;
    How sub, addon;
} BUNDLES[] = {
    {"title", HOW_SUBTITLE, HOW_TITLEADDON},
    {"booktitle", HOW_BOOKSUBTITLE, HOW_BOOKTITLEADDON},
    {"maintitle", HOW_MAINSUBTITLE, HOW_MAINTITLEADDON},
    {"issuetitle", HOW_ISSUESUBTITLE, HOW_ISSUETITLEADDON},
    {"journaltitle", HOW_JOURNALSUBTITLE, HOW_END},
    {"journal", HOW_JOURNALSUBTITLE, HOW_END},
};

static const struct Bundle *bundle_of(Str tag)
{
    for (size_t i = 0; i < sizeof BUNDLES / sizeof BUNDLES[0]; i++) {
        if (str_equal_nocase(tag, str_from(BUNDLES[i].tag)))
            return &BUNDLES[i];
    }
    return NULL;
}

static void add_title(Making *m, FieldId id, const Item *item)
{
    const struct Bundle *bundle = bundle_of(item->tag);
    Text text = bundle != NULL ? titles(m, item, bundle->sub, bundle->addon)
                               : fields_text(m->e, item, item->tex, true);
    add_text(m, id, item, text);
}

/* biblatex's main title: of the work itself or, for a part, of what holds it. */
static void place_titles(Making *m)
{
    Item *main = part_of(m, HOW_MAINTITLE), *issue = part_of(m, HOW_ISSUETITLE);
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

/* A journal's full name makes `journal` the short one. */
static void place_journal(Making *m)
{
    Item *container = m->winner[FIELD_CONTAINER_TITLE];
    if (container == NULL || container->row->how != HOW_FULL_JOURNAL)
        return;
    for (size_t i = 0; i < m->e->count; i++) {
        Item *item = &m->e->items[i];
        if (item != container && item->row != NULL && !item->duplicate &&
            item->row->field == FIELD_CONTAINER_TITLE &&
            m->winner[FIELD_CONTAINER_TITLE_SHORT] == NULL) {
            item->id = FIELD_CONTAINER_TITLE_SHORT;
            m->winner[FIELD_CONTAINER_TITLE_SHORT] = item;
        }
    }
}

/* Dates. */

static void tell_date(Making *m, const Item *item, Str what)
{
    diag_report(m->e->r->diag, LEVEL_NOTE, "odd-date", item->place,
                "%.*s: '%.*s' is no date; kept as it is", STR_ARG(item->tag),
                STR_ARG(what));
}

/* As EDTF it is no TeX: the tilde of "1850~" is no blank. */
static Str date_text(const Making *m, const Item *item)
{
    Date date;
    Str raw = str_trim(item->tex);
    return date_parse(raw, &date)
               ? raw
               : str_trim(fields_text(m->e, item, item->tex, false).text);
}

static void add_date(Making *m, FieldId id, const Item *item)
{
    Str written = date_text(m, item);
    Date date;
    if (written.size == 0)
        return;
    if (!date_parse_written(written, &date)) {
        tell_date(m, item, written);
        date = date_literal(written);
    }
    Field *field = add(m, id, item);
    field->form = FORM_DATE;
    field->date = date;
}

static void add_published(Making *m, const Item *year)
{
    Arena *arena = &m->e->rec->arena;
    Item *month = part_of(m, HOW_MONTH), *day = part_of(m, HOW_DAY);
    Str texts[3] = {STR_EMPTY, STR_EMPTY, STR_EMPTY};
    const Item *items[3] = {year, month, day};
    Date date;
    bool month_used;
    for (size_t i = 0; i < 3; i++) {
        if (items[i] != NULL)
            texts[i] = str_trim(fields_text(m->e, items[i], items[i]->tex, false).text);
    }
    if (date_parse(str_trim(year->tex), &date))
        texts[0] = str_trim(year->tex); /* as EDTF '~' is no tie */
    if (texts[0].size == 0)
        return;
    if (!published_read(arena, texts[0], month != NULL ? &texts[1] : NULL,
                        day != NULL ? &texts[2] : NULL, &date, &month_used)) {
        tell_date(m, year, texts[0]);
        date = date_literal(texts[0]);
        month_used = false;
    }
    Field *field = add(m, FIELD_ISSUED, year);
    field->form = FORM_DATE;
    field->date = date;
    if (month != NULL && !month_used && texts[1].size > 0)
        tell_date(m, month,
                  texts[2].size > 0 && month_parse(texts[1]) > 0
                      ? arena_join(arena, texts[1], STR(" "), texts[2])
                      : texts[1]);
    if (month != NULL && month_used)
        month->id = FIELD_COUNT;
    if (day != NULL && month_used && date.from.day > 0)
        day->id = FIELD_COUNT;
}

/* Other values. */

static void add_keywords(Making *m, const Item *item)
{
    char separator = str_find_byte(item->tex, ',') < item->tex.size ? ',' : ';';
    size_t depth = 0, start = 0;
    for (size_t i = 0; i <= item->tex.size; i++) {
        char c = i < item->tex.size ? item->tex.data[i] : separator;
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        if (c != separator || (depth > 0 && i < item->tex.size))
            continue;
        Str word = str_trim(str_slice(item->tex, start, i));
        start = i + 1;
        if (word.size > 0)
            add_text(m, FIELD_KEYWORD, item, fields_text(m->e, item, word, false));
    }
}

/* "12--34" as CSL has it, "12-34"; an en dash where numbers have hyphens of their own. */
static Text pages_of(Arena *arena, Text text)
{
    Str s = text.text;
    bool own = false, dashed = false;
    for (size_t i = 0; i < s.size; i++) {
        bool dash = str_starts(str_after(s, i), STR("\xe2\x80\x93"));
        dashed = dashed || dash;
        own = own || s.data[i] == '-' || (dash && !pages_joined(s, i, i + 3));
    }
    if (!dashed || own || text.run_count > 0)
        return text;
    Buf out = {0};
    for (size_t i = 0; i < s.size; i++) {
        bool dash = str_starts(str_after(s, i), STR("\xe2\x80\x93"));
        buf_add_byte(&out, dash ? '-' : s.data[i]);
        i += dash ? 2 : 0;
    }
    text = text_plain(arena_copy(arena, buf_str(&out)));
    buf_free(&out);
    return text;
}

/* The language's code; its name stays as a shadow. */
static void add_language(Making *m, const Item *item)
{
    Text text = fields_text(m->e, item, item->tex, false);
    Str code = language_code(str_trim(text.text));
    if (str_equal(code, text.text)) {
        add_text(m, FIELD_LANGUAGE, item, text);
        return;
    }
    add_text(m, FIELD_LANGUAGE, item, text_plain(code));
    Field *field = add(m, FIELD_OTHER, item);
    field->text = text;
    field->shadow = true;
}

/* A journal's series in words; what stands in the file stays as a shadow. */
static void add_series(Making *m, const Item *item)
{
    Text text = fields_text(m->e, item, item->tex, true);
    Str words = series_text(&m->e->rec->arena, str_trim(text.text));
    if (str_equal(words, str_trim(text.text))) {
        add_text(m, FIELD_COLLECTION_TITLE, item, text);
        return;
    }
    add_text(m, FIELD_COLLECTION_TITLE, item, text_plain(words));
    Field *field = add(m, FIELD_OTHER, item);
    field->text = text;
    field->shadow = true;
}

static void add_names(Making *m, FieldId id, const Item *item)
{
    static const Str HOMONYM = {"+an:homonym", 11};
    Names names = names_read(m->e, item);
    if (names.count == 0 && names.cut == CUT_NO)
        return;
    for (size_t i = 0; i < m->e->count; i++) {
        Item *other = &m->e->items[i];
        Str tag = other->tag;
        if (tag.size == item->tag.size + HOMONYM.size &&
            str_starts_nocase(tag, item->tag) &&
            str_equal_nocase(str_after(tag, item->tag.size), HOMONYM)) {
            names_annotate(&m->e->rec->arena, &names, other->tex);
            other->id = FIELD_COUNT; /* the names say it */
        }
    }
    Field *field = add(m, id, item);
    field->form = FORM_NAMES;
    field->names = names;
}

static bool is_journal(Kind kind)
{
    return kind == KIND_ARTICLE_JOURNAL || kind == KIND_ARTICLE_MAGAZINE ||
           kind == KIND_PERIODICAL;
}

static void add_as(Making *m, FieldId id, const Item *item)
{
    Arena *arena = &m->e->rec->arena;
    int how = item->row != NULL ? item->row->how : HOW_TEXT;
    if (field_form(id) == FORM_NAMES) {
        add_names(m, id, item);
    } else if (id == FIELD_ISSUED && how == HOW_PUBLISHED) {
        add_published(m, item);
    } else if (field_form(id) == FORM_DATE) {
        add_date(m, id, item);
    } else if (id == FIELD_TITLE || id == FIELD_CONTAINER_TITLE ||
               id == FIELD_VOLUME_TITLE) {
        add_title(m, id, item);
    } else if (id == FIELD_KEYWORD) {
        add_keywords(m, item);
    } else if (how == HOW_VERBATIM || how == HOW_URL || how == HOW_EPRINT) {
        add_text(m, id, item, text_plain(verbatim_text(arena, item->tex)));
    } else if (how == HOW_DOI) {
        add_text(m, id, item, text_plain(verbatim_doi(verbatim_text(arena, item->tex))));
    } else if (how == HOW_LANGUAGE) {
        add_language(m, item);
    } else if (id == FIELD_COLLECTION_TITLE && is_journal(m->e->rec->kind)) {
        add_series(m, item);
    } else {
        Text text = fields_text(m->e, item, item->tex,
                                how == HOW_TITLE || id == FIELD_COLLECTION_TITLE ||
                                    id == FIELD_ORIGINAL_TITLE);
        if (how == HOW_PAGES)
            text = pages_of(arena, text);
        if (how == HOW_GENRE || how == HOW_STATUS) {
            Str string = bibstring_text(text.text);
            text = str_equal(string, text.text) ? text : text_plain(string);
        }
        add_text(m, id, item, text);
    }
}

/* The entry. */

/* Most tags that are looked for are not there: one bit tells that of nearly all. */
static uint64_t tag_bit(Str tag)
{
    unsigned letter = tag.size > 0 ? (unsigned char)byte_lower(tag.data[0]) : 0;
    return (uint64_t)1 << ((letter + 5 * tag.size) & 63);
}

static Item *find(const Reading *e, Str tag)
{
    if ((e->tags & tag_bit(tag)) == 0)
        return NULL;
    for (size_t i = 0; i < e->count; i++) {
        if (e->items[i].tag.size == tag.size && str_equal_nocase(e->items[i].tag, tag))
            return &e->items[i];
    }
    return NULL;
}

/* Fields that say more about the kind than the type does. */
static void refine_kind(Reading *e)
{
    Record *rec = e->rec;
    const Item *subtype = find(e, STR("entrysubtype"));
    const Item *csl = find(e, STR("csltype"));
    const Item *eprint = find(e, STR("eprint"));
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
        eprint != NULL && find(e, STR("journal")) == NULL &&
        find(e, STR("journaltitle")) == NULL) {
        const Item *archive = find(e, STR("archiveprefix"));
        archive = archive != NULL ? archive : find(e, STR("eprinttype"));
        if (archive != NULL && str_equal_nocase(str_trim(archive->tex), STR("arxiv")))
            rec->kind = KIND_ARTICLE;
    }
    if (rec->kind == KIND_MANUSCRIPT && find(e, STR("eventtitle")) != NULL)
        rec->kind = KIND_SPEECH;
}

/* Notes which tags there are, and reports fields that came before under the same name. */
static void find_duplicates(Reading *e)
{
    size_t size = 16;
    while (size < 2 * e->count)
        size *= 2;
    unsigned *slots = arena_alloc(&e->rec->arena, size * sizeof *slots);
    memset(slots, 0, size * sizeof *slots);
    for (size_t i = 0; i < e->count; i++) {
        Item *item = &e->items[i];
        size_t hash = item->tag.size;
        e->tags |= tag_bit(item->tag);
        for (size_t k = 0; k < item->tag.size; k++)
            hash = hash * 31 + (unsigned char)byte_lower(item->tag.data[k]);
        hash ^= hash >> 16;
        size_t slot = hash & (size - 1);
        while (slots[slot] != 0 &&
               !str_equal_nocase(e->items[slots[slot] - 1].tag, item->tag))
            slot = (slot + 1) & (size - 1);
        item->duplicate = slots[slot] != 0;
        if (item->duplicate)
            diag_report(e->r->diag, LEVEL_WARNING, "duplicate-field", item->place,
                        "%.*s was given before; the first one counts",
                        STR_ARG(item->tag));
        else
            slots[slot] = (unsigned)(i + 1);
    }
}

static FieldId named_by_csl(Arena *arena, Str tag)
{
    char *lower = arena_alloc(arena, tag.size);
    for (size_t i = 0; i < tag.size; i++)
        lower[i] = byte_lower(tag.data[i]);
    return field_by_name((Str){lower, tag.size});
}

/* What each item is, and which of them count. */
static void find_winners(Making *m)
{
    Reading *e = m->e;
    bool series = find(e, STR("series")) != NULL;
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
        if (item->id == FIELD_OTHER || item->id == FIELD_KEYWORD)
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
    Item *date = find(m->e, STR("date")), *year = find(m->e, STR("year"));
    Date dated, told;
    if (date == NULL || year == NULL || date->row == NULL || year->row == NULL ||
        date->row->field != FIELD_ISSUED || year->row->field != FIELD_ISSUED)
        return;
    bool counts = date_parse_written(date_text(m, date), &dated);
    Item *winner = counts ? date : year, *loser = counts ? year : date;
    loser->id = FIELD_OTHER;
    winner->id = FIELD_ISSUED;
    m->winner[FIELD_ISSUED] = winner;
    if (!counts)
        return;
    Str number = arena_format(&m->e->rec->arena, "%d", dated.from.year);
    bool agree = (date_parse_written(date_text(m, year), &told) &&
                  told.from.year == dated.from.year) ||
                 str_equal(date_text(m, year), number); /* "-43", "17000" */
    if (!agree)
        diag_report(m->e->r->diag, LEVEL_NOTE, "odd-date", year->place,
                    "year: '%.*s' is not the year of the date '%.*s'; kept beside it",
                    STR_ARG(date_text(m, year)), STR_ARG(date_text(m, date)));
    Item *said[] = {year, part_of(m, HOW_MONTH), part_of(m, HOW_DAY)};
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
                 {"performer", FIELD_PERFORMER},     {"composer", FIELD_COMPOSER}};
    for (size_t i = 0; i < sizeof EDITORS / sizeof EDITORS[0]; i++) {
        Item *names = find(m->e, str_from(EDITORS[i].names));
        Item *type = find(m->e, str_from(EDITORS[i].type));
        if (names == NULL || type == NULL || names->duplicate || type->duplicate)
            continue;
        for (size_t k = 0; k < sizeof ROLES / sizeof ROLES[0]; k++) {
            FieldId id = ROLES[k].id;
            if (!str_equal_nocase(str_trim(type->tex), str_from(ROLES[k].type)) ||
                (m->winner[id] != NULL && m->winner[id] != names))
                continue;
            if (names->id != FIELD_OTHER && m->winner[names->id] == names)
                m->winner[names->id] = NULL;
            names->id = id;
            m->winner[id] = names;
            type->shadow = true; /* but for what goes back */
        }
    }
}

static void place_as(Making *m, Item *item, const FieldTag *row)
{
    if (m->winner[item->id] == item)
        m->winner[item->id] = NULL;
    item->id = row->field;
    item->row = row;
    m->winner[row->field] = item;
}

/* A web address is where something was published. */
static void place_address(Making *m)
{
    Item *how = find(m->e, STR("howpublished"));
    if (how == NULL || m->winner[FIELD_URL] != NULL || how->duplicate)
        return;
    Str url = verbatim_text(&m->e->rec->arena, how->tex);
    if ((!str_starts_nocase(url, STR("http://")) &&
         !str_starts_nocase(url, STR("https://"))) ||
        str_find_byte(url, ' ') < url.size)
        return;
    static const FieldTag ADDRESS = {"howpublished", FIELD_URL, KINDS_ALL, HOW_URL, NULL};
    place_as(m, how, &ADDRESS);
}

/* The ACM gives both of a paper: its own address, and where the conference was. */
static void place_conference(Making *m)
{
    static const FieldTag VENUE = {"location", FIELD_EVENT_PLACE, KINDS_ALL, HOW_TEXT,
                                   NULL};
    Item *address = find(m->e, STR("address")), *location = find(m->e, STR("location"));
    if (m->e->rec->kind != KIND_PAPER_CONFERENCE || address == NULL || location == NULL ||
        m->winner[FIELD_EVENT_PLACE] != NULL || address->row == NULL ||
        location->row == NULL || address->row->field != FIELD_PUBLISHER_PLACE ||
        location->row->field != FIELD_PUBLISHER_PLACE)
        return;
    place_as(m, location, &VENUE);
    place_as(m, address, address->row);
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
    place_as(m, number, &PUBMED);
    m->winner[FIELD_ARCHIVE] = NULL;
    archive->id = FIELD_OTHER;
    archive->shadow = true; /* the number says it, but for what goes back */
}

/* What the type of a thesis says of it. */
static void add_genre(Making *m)
{
    Record *rec = m->e->rec;
    Str genre = STR_EMPTY;
    if (str_equal_nocase(rec->type, STR("phdthesis")))
        genre = STR("PhD thesis");
    else if (str_equal_nocase(rec->type, STR("mastersthesis")))
        genre = STR("Master\xe2\x80\x99s thesis");
    if (genre.size == 0 || rec->written_count == 0 || m->winner[FIELD_GENRE] != NULL)
        return;
    /* the type itself is its tag: no field of that name is written */
    Field *field =
        record_add_text(rec, FIELD_GENRE, rec->type, rec->place, text_plain(genre));
    field->written = 1;
}

/* Parts that are in another field. */
static bool is_joined(const Making *m, const Item *item)
{
    int how = item->row != NULL ? item->row->how : HOW_TEXT;
    for (size_t i = 0; i < sizeof BUNDLES / sizeof BUNDLES[0]; i++) {
        if ((int)BUNDLES[i].sub != how && (int)BUNDLES[i].addon != how)
            continue;
        const Item *owner = find(m->e, str_from(BUNDLES[i].tag));
        if (owner != NULL && !owner->duplicate &&
            (owner->id == FIELD_TITLE || owner->id == FIELD_CONTAINER_TITLE ||
             owner->id == FIELD_VOLUME_TITLE))
            return true;
    }
    return false;
}

void fields_make(Reading *e)
{
    Making m = {.e = e};
    Kind kind;
    find_duplicates(e);
    refine_kind(e);
    kind = e->rec->kind;
    m.container_is_part = kind == KIND_CHAPTER || kind == KIND_PAPER_CONFERENCE ||
                          kind == KIND_ENTRY || kind == KIND_ENTRY_DICTIONARY ||
                          kind == KIND_ENTRY_ENCYCLOPEDIA;
    find_winners(&m);
    Item *subtype = find(e, STR("entrysubtype"));
    if (subtype != NULL &&
        (kind == KIND_ARTICLE_MAGAZINE || kind == KIND_ARTICLE_NEWSPAPER))
        subtype->shadow = true; /* the kind says it */
    prefer_date(&m);
    place_journal(&m);
    place_titles(&m);
    place_roles(&m);
    place_address(&m);
    place_conference(&m);
    place_pubmed(&m);
    Item *csl = find(e, STR("csltype")), *carried = find(e, STR("citeconv"));
    Kind named;
    if (carried != NULL)
        carried->id = FIELD_COUNT;
    if (csl != NULL && kind_by_name(str_trim(csl->tex), &named))
        csl->id = FIELD_COUNT;
    /* those first that take others with them: year, names */
    for (size_t i = 0; i < e->count; i++) {
        const Item *item = &e->items[i];
        if (item->id != FIELD_OTHER && item->id != FIELD_COUNT)
            add_as(&m, item->id, item);
    }
    for (size_t i = 0; i < e->count; i++) {
        const Item *item = &e->items[i];
        if (item->id == FIELD_OTHER)
            add_other(&m, item, item->shadow || is_joined(&m, item));
    }
    add_genre(&m);
    if (carried != NULL)
        hints_read(e->rec, verbatim_text(&e->rec->arena, carried->tex));
}
