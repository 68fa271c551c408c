/* SPDX-License-Identifier: MIT
 * Lines of libbibutils as records; see map.h. */
#include "formats/bibutils/map.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"
#include "formats/bibutils/catalog_date.h"
#include "formats/bibutils/kinds.h"
#include "formats/bibutils/piece.h"
#include "formats/tags.h"

#include <string.h>

typedef struct Reading {
    const Read *r;
    Record *rec;
    const WireLines *lines;
    bool *used;
    MapPlace *place;
    void *context;
    bool no_authors; /* contributors of a record of Zotero's are its artists, inventors
                        ... */
} Reading;

/* Values. */

static Str plain(const Reading *g, Str value)
{
    return map_text(&g->rec->arena, value).text;
}

static Place place_of(const Reading *g, Str value)
{
    return g->place(g->context, value);
}

/* Rows. */

static bool row_fits(const FieldTag *row, int level, Kind kind)
{
    if ((row->kinds & KINDS_OF(kind)) == 0)
        return false;
    switch ((Of)row->how) {
    case OF_WORK:
        return level == 0;
    case OF_HOST:
        return level == 1;
    case OF_SERIES:
        return level >= 2;
    case OF_ORIGIN:
        return level == -2;
    case OF_ANY:
        return true;
    }
    return false;
}

static const FieldTag *row_of_tag(const Reading *g, Str tag, int level)
{
    const FieldTag *row = tags_field(g->r->tags, tag, g->rec->kind);
    for (; row != NULL && row->tag != NULL; row++) {
        if (str_equal_nocase(tag, str_from(row->tag)) &&
            row_fits(row, level, g->rec->kind))
            return row;
    }
    return NULL;
}

/* "AUTHOR:CORP" has the row of AUTHOR where it has none of its own. */
static Str without_form(Str tag, bool *literal)
{
    static const Str FORMS[] = {{":CORP", 5}, {":ASIS", 5}, {":CONF", 5}};
    *literal = false;
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        if (str_ends(tag, FORMS[i])) {
            *literal = true;
            return str_slice(tag, 0, tag.size - FORMS[i].size);
        }
    }
    return tag;
}

static const FieldTag *row_of(const Reading *g, const WireLine *line, bool *literal)
{
    const FieldTag *row = row_of_tag(g, line->tag, line->level);
    Str tag = without_form(line->tag, literal);
    if (g->no_authors && str_equal(tag, STR("CONTRIBUTOR")) && line->level == 0)
        return row_of_tag(g, STR("AUTHOR"), 0);
    return row != NULL ? row : row_of_tag(g, tag, line->level);
}

static Str value_at(const Reading *g, const char *tag, int level, size_t *at)
{
    for (size_t i = 0; i < g->lines->count; i++) {
        const WireLine *line = &g->lines->items[i];
        if (line->level == level && !g->used[i] && str_equal(line->tag, str_from(tag))) {
            *at = i;
            return line->value;
        }
    }
    return STR_EMPTY;
}

static Str take_value(Reading *g, const char *tag, int level)
{
    size_t at;
    Str value = value_at(g, tag, level, &at);
    if (value.size > 0)
        g->used[at] = true;
    return value;
}

static void add_text(Reading *g, FieldId id, Str tag, Str value)
{
    Text text = map_text(&g->rec->arena, value);
    if (id == FIELD_NOTE && str_starts(value, STR("<"))) /* Zotero's notes are HTML */
        text = markup_read(&g->rec->arena, text, MARKUP_HTML | MARKUP_REFERENCES);
    for (size_t i = 0; i < g->rec->count; i++) {
        if (g->rec->fields[i].id == id && id != FIELD_OTHER &&
            str_equal(g->rec->fields[i].text.text, text.text))
            return;
    }
    record_add_text(g->rec, id, tag, place_of(g, value), text);
}

/* Names: "Family|Given|Given||Suffix". */

static void add_given(Buf *given, Str part)
{
    Str rest = part;
    if (given->size > 0)
        buf_add_byte(given, ' ');
    buf_add(given, part);
    utf8_next(&rest);
    if (rest.size == 0 && byte_is_upper(part.data[0]))
        buf_add_byte(given, '.'); /* the library takes it off */
}

/* "van der Berg": particles are the words in lower case before one that is not. */
static void split_particle(Name *name)
{
    Str rest = name->family, word, last = STR_EMPTY;
    while (str_word(&rest, &word) && byte_is_lower(word.data[0]))
        last = word;
    if (last.size == 0 || last.data + last.size == name->family.data + name->family.size)
        return;
    size_t size = (size_t)(last.data - name->family.data) + last.size;
    name->non_dropping = str_slice(name->family, 0, size);
    name->family = str_trim(str_after(name->family, size));
}

static Name name_of(Reading *g, Str value, bool literal)
{
    static const Name NOBODY = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0},
                                {"", 0}, {"", 0}, false,   false};
    Name name = NOBODY;
    Str rest = plain(g, value), part;
    Buf given = {0};
    if (literal || str_contains(value, STR("\xef\xa3\x9f"))) { /* PIECE_GLUE */
        name.literal = str_trim(rest);
        return name;
    }
    if (str_split(&rest, '|', &part))
        name.family = str_trim(part);
    while (str_split(&rest, '|', &part)) {
        part = str_trim(part);
        if (part.size == 0) {
            name.suffix = str_trim(str_slice(rest, 0, str_find_byte(rest, '|')));
            break;
        }
        while (str_ends(part, STR(","))) /* "Ho, Peter, Jr." */
            part = str_trim(str_slice(part, 0, part.size - 1));
        if (part.size > 0)
            add_given(&given, part);
    }
    name.given = arena_copy(&g->rec->arena, buf_str(&given));
    buf_free(&given);
    if (name.family.size == 0) {
        name.family = name.given;
        name.given = STR_EMPTY;
    }
    split_particle(&name);
    return name;
}

static bool is_et_al(Str value)
{
    return str_equal_nocase(value, STR("et al.")) ||
           str_equal_nocase(value, STR("et al"));
}

/* All names of the field, in one list. */
static void add_names(Reading *g, size_t first, FieldId id)
{
    size_t room = g->lines->count - first;
    Name *items = arena_alloc(&g->rec->arena, room * sizeof *items);
    Names names = {.items = items, .cut = CUT_NO};
    const WireLine *lead = &g->lines->items[first];
    for (size_t i = first; i < g->lines->count; i++) {
        bool literal;
        const WireLine *line = &g->lines->items[i];
        const FieldTag *row = g->used[i] ? NULL : row_of(g, line, &literal);
        if (row == NULL || row->field != id)
            continue;
        g->used[i] = true;
        if (is_et_al(line->value))
            names.cut = CUT_CERTAIN;
        else if (str_trim(line->value).size > 0)
            items[names.count++] = name_of(g, line->value, literal);
    }
    if (names.count == 0)
        return;
    record_add(g->rec, id, lead->tag, place_of(g, lead->value))->names = names;
}

/* Dates. */

/* "DATE:MONTH", "PARTDATE:DAY" */
static void date_tag(char tag[32], bool part, const char *piece)
{
    Str names = str_from(part ? "PARTDATE" : "DATE");
    size_t size = str_from(piece).size;
    memcpy(tag, names.data, names.size);
    memcpy(tag + names.size, piece, size + 1);
}

static Str date_line(Reading *g, bool part, int level, const char *piece)
{
    char tag[32];
    date_tag(tag, part, piece);
    return str_trim(take_value(g, tag, level));
}

/* The day of the month that was just taken; one behind another month is that one's. */
static Str day_line(Reading *g, bool part, int level)
{
    char day_tag[32], month_tag[32];
    size_t day_at, month_at;
    date_tag(day_tag, part, ":DAY");
    date_tag(month_tag, part, ":MONTH");
    Str day = value_at(g, day_tag, level, &day_at);
    Str month = value_at(g, month_tag, level, &month_at);
    if (day.size == 0 || (month.size > 0 && month_at < day_at))
        return STR_EMPTY;
    g->used[day_at] = true;
    return str_trim(day);
}

static Str pad(Arena *arena, Str number)
{
    return number.size == 1 && byte_is_digit(number.data[0])
               ? arena_join(arena, STR("0"), number, STR_EMPTY)
               : number;
}

/* A year that stands at another level than its month. */
static Str any_year(Reading *g)
{
    Str year = STR_EMPTY;
    for (int i = 0; i < 6 && year.size == 0; i++)
        year = date_line(g, i % 2 == 0, i / 2, ":YEAR");
    return year;
}

/* What the lines of a level say of it next; false where they say no more.  Of two in one
 * year, *last_year, the library gives the year once. */
static bool take_date(Reading *g, bool part, int level, Str *last_year, Date *date,
                      Str *written, Place *place)
{
    Arena *arena = &g->rec->arena;
    Str whole = date_line(g, part, level, ""), year = date_line(g, part, level, ":YEAR");
    Str month = date_line(g, part, level, ":MONTH");
    Str day = day_line(g, part, level);
    if (str_equal(day, year)) /* of "FEB 2011" */
        day = STR_EMPTY;
    if (str_equal(month, year))
        month = STR_EMPTY;
    if (year.size == 0 && whole.size == 0 && month.size > 0)
        year = last_year->size > 0 ? *last_year : any_year(g);
    *last_year = year;
    *written = whole.size > 0 ? whole : year;
    if (whole.size == 0 && month.size > 0)
        *written = arena_format(arena, "%.*s%s%.*s%s%.*s", STR_ARG(year),
                                year.size > 0 ? "-" : "", STR_ARG(pad(arena, month)),
                                day.size > 0 ? "-" : "", STR_ARG(pad(arena, day)));
    if (written->size == 0)
        return false;
    *place = place_of(g, year.size > 0 ? year : *written);
    *written = catalog_date(arena, *written);
    if (date_parse(*written, date))
        return true;
    Str spaced = arena_format(arena, "%.*s %.*s %.*s", STR_ARG(day), STR_ARG(month),
                              STR_ARG(year));
    if (!date_parse_written(whole.size > 0 ? whole : str_trim(spaced), date))
        *date = date_literal(*written);
    return true;
}

static Field *find_issued(Record *rec)
{
    size_t i = 0;
    while (i < rec->count && rec->fields[i].id != FIELD_ISSUED)
        i++;
    return i < rec->count ? &rec->fields[i] : NULL;
}

/* Whether a date is more than what another one implies. */
static bool says_more(const Date *date, const Date *than)
{
    const DatePart *a = &date->from, *b = &than->from;
    return !date_equal(date, than) &&
           (a->year != b->year || (a->month > 0 && a->month != b->month) ||
            (a->day > 0 && a->day != b->day));
}

/* The first that is one counts: "1998-]" of the title page stands before cataloguers' own
 * 1998. */
static void add_date(Reading *g, bool part, int level)
{
    enum { DATES_MOST = 4 };
    Str tag = part ? STR("PARTDATE:YEAR") : STR("DATE:YEAR"), written, year = STR_EMPTY;
    Date date;
    Place place;
    for (int i = 0;
         i < DATES_MOST && take_date(g, part, level, &year, &date, &written, &place);
         i++) {
        Field *had = find_issued(g->rec);
        if (had == NULL) {
            record_add(g->rec, FIELD_ISSUED, tag, place)->date = date;
        } else if (str_equal(written, STR("9999")) && had->date.literal.size == 0) {
            had->date.range = true; /* in MARC: it goes on */
            had->date.to_end = DATE_OPEN;
        } else if (had->date.literal.size > 0 && date.literal.size == 0) {
            written = had->date.literal;
            had->date = date;
            record_add_other(g->rec, tag, place, text_plain(written));
        } else if (says_more(&date, &had->date)) {
            record_add_other(g->rec, tag, place, text_plain(written));
        }
    }
}

/* That of the work, of the part in its host, then the host's own. */
static void add_dates(Reading *g)
{
    for (int level = 0; level <= 2; level++) {
        add_date(g, true, level);
        add_date(g, false, level);
    }
}

static void add_other_date(Reading *g, const WireLine *line, FieldId id)
{
    Date date;
    Str value = str_trim(line->value);
    if (!date_parse(catalog_date(&g->rec->arena, value), &date) &&
        !date_parse_written(value, &date))
        date = date_literal(value);
    record_add(g->rec, id, line->tag, place_of(g, value))->date = date;
}

/* Fields. */

/* "Slow rivers" and "a study". */
static void add_title(Reading *g, const WireLine *line, FieldId id)
{
    const char *tag = str_equal(line->tag, STR("TITLE")) ? "SUBTITLE" : "SHORTSUBTITLE";
    Str value = line->value, sub = take_value(g, tag, line->level);
    if (sub.size > 0) {
        char last = value.data[value.size - 1];
        bool ends = last == '?' || last == '!' || last == ':';
        value = arena_join(&g->rec->arena, value, ends ? STR(" ") : STR(": "), sub);
    }
    add_text(g, id, line->tag, value);
}

static void add_pages(Reading *g, const WireLine *line)
{
    Str from = line->value, to = take_value(g, "PAGES:STOP", line->level);
    Str pages = to.size > 0 && !str_equal(from, to)
                    ? arena_join(&g->rec->arena, from, STR("-"), to)
                    : from;
    const Field *had = record_find(g->rec, FIELD_PAGE);
    if (had == NULL || !str_equal(had->text.text, pages))
        record_add_text(g->rec, FIELD_PAGE, line->tag, place_of(g, from),
                        text_plain(pages));
}

/* Archives that have a tag of their own. */
static const struct {
    const char *tag, *archive;
} ARCHIVES[] = {{"ARXIV", "arXiv"}, {"JSTOR", "JSTOR"}};

static bool add_archive(Reading *g, const WireLine *line)
{
    for (size_t i = 0; i < sizeof ARCHIVES / sizeof ARCHIVES[0]; i++) {
        if (!str_equal(line->tag, str_from(ARCHIVES[i].tag)))
            continue;
        if (record_find(g->rec, FIELD_ARCHIVE) != NULL)
            return false;
        Place place = place_of(g, line->value);
        record_add_text(g->rec, FIELD_ARCHIVE, line->tag, place,
                        text_plain(str_from(ARCHIVES[i].archive)));
        record_add_text(g->rec, FIELD_ARCHIVE_LOCATION, line->tag, place,
                        text_plain(line->value));
        return true;
    }
    return false;
}

/* The library's own word, to be given back to it. */
static void add_other(Reading *g, const WireLine *line)
{
    Str tag = line->tag;
    if (line->level == 1)
        tag = arena_join(&g->rec->arena, tag, STR("@"), STR("host"));
    else if (line->level >= 2)
        tag = arena_join(&g->rec->arena, tag, STR("@"), STR("series"));
    else if (line->level < 0)
        tag = arena_join(&g->rec->arena, tag, STR("@"), STR("origin"));
    record_add_other(g->rec, tag, place_of(g, line->value),
                     map_text(&g->rec->arena, line->value));
}

/* What only tells the kind is used up by that. */
static bool is_spent(const Reading *g, const WireLine *line)
{
    if (str_equal(line->tag, STR("INTERNAL_TYPE")) ||
        str_equal(line->tag, STR("RESOURCE")) || str_equal(line->tag, STR("ISSUANCE")) ||
        str_equal(line->tag, STR("REFNUM")) || str_equal(line->tag, STR(KINDS_TOLD)))
        return true;
    if (!str_starts(line->tag, STR("GENRE:")))
        return false;
    bool degree = g->rec->kind == KIND_THESIS && line->level == 0 &&
                  str_ends(line->value, STR(" thesis"));
    return !degree && kinds_knows(g->r->tags, line->value);
}

static void add_line(Reading *g, size_t i)
{
    const WireLine *line = &g->lines->items[i];
    bool literal;
    if (is_spent(g, line) || line->value.size == 0 || add_archive(g, line))
        return;
    const FieldTag *row = row_of(g, line, &literal);
    if (row == NULL && line->level == 0 && str_starts(line->tag, STR("GENRE:"))) {
        add_text(g, FIELD_GENRE, line->tag, line->value);
        return;
    }
    g->used[i] = row == NULL || field_form(row->field) != FORM_NAMES;
    if (row == NULL || row->field == FIELD_OTHER)
        add_other(g, line);
    else if (field_form(row->field) == FORM_NAMES)
        add_names(g, i, row->field);
    else if (row->field == FIELD_PAGE)
        add_pages(g, line);
    else if (row->field == FIELD_ACCESSED || row->field == FIELD_EVENT_DATE)
        add_other_date(g, line, row->field);
    else if (!literal && str_ends(line->tag, STR("TITLE")))
        add_title(g, line, row->field);
    else
        add_text(g, row->field, line->tag, line->value);
}

static bool names_others(Reading *g)
{
    for (size_t i = 0; i < g->lines->count; i++) {
        bool literal;
        const WireLine *line = &g->lines->items[i];
        const FieldTag *row = line->level == 0 ? row_of(g, line, &literal) : NULL;
        if (row != NULL && field_form(row->field) == FORM_NAMES &&
            row->field != FIELD_CONTRIBUTOR)
            return true;
    }
    return false;
}

void map_read(const Read *r, Record *rec, const WireLines *lines, MapPlace *place,
              void *context)
{
    Reading g = {.r = r, .rec = rec, .lines = lines, .place = place, .context = context};
    g.used = arena_alloc(&rec->arena, lines->count + 1);
    memset(g.used, 0, lines->count + 1);
    rec->kind = kinds_of(r->tags, lines, &rec->type);
    bool dated = false;
    g.no_authors = kinds_is_name(rec->type, rec->kind) && !names_others(&g);
    for (size_t i = 0; i < lines->count; i++) {
        if (!g.used[i] && !dated &&
            (str_starts(lines->items[i].tag, STR("DATE")) ||
             str_starts(lines->items[i].tag, STR("PARTDATE")))) {
            add_dates(&g);
            dated = true;
        }
        if (!g.used[i])
            add_line(&g, i);
    }
}
