/* SPDX-License-Identifier: MIT
 * Names, dates, pages and identifiers as lines of RIS.
 *
 * What a line cannot say is found by reading it back: it goes to M2 exactly, or to U3
 * where --carry asks for it, or is reported. */
#include "convert/record/ident.h"
#include "formats/ris/ris.h"

#include <string.h>

/* Names. */

/* Importers split at the first comma, and nothing keeps them from it. */
static Str without_commas(Arena *arena, Str literal)
{
    Buf out = {0};
    Str piece, rest = literal;
    if (memchr(literal.data, ',', literal.size) == NULL)
        return literal;
    while (str_split(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (piece.size > 0 && out.size > 0)
            buf_add(&out, STR(" - "));
        buf_add(&out, piece);
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

Str value_name(Arena *arena, const Name *name)
{
    if (name->literal.size > 0)
        return without_commas(arena, name->literal);
    Str given = name_given(arena, name), family = name_family(arena, name);
    family = without_commas(arena, family);
    if (given.size > 0)
        family = arena_join(arena, family, STR(", "), given);
    if (name->suffix.size > 0)
        family = arena_join(arena, family, STR(", "), name->suffix);
    return family;
}

bool value_name_survives(Arena *arena, const Name *name)
{
    Name back = ris_read_name(value_name(arena, name));
    return str_equal(back.literal, name->literal) &&
           str_equal(back.family, name->family) && str_equal(back.given, name->given) &&
           str_equal(back.suffix, name->suffix) &&
           str_equal(back.dropping, name->dropping) &&
           str_equal(back.non_dropping, name->non_dropping);
}

void value_names(Entry *e, const char *tag, const Names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        Str value = value_name(e->arena, name);
        line_str(e, tag, value);
        Str whole = name->literal.size > 0 ? name->literal : name->family;
        if (str_find_byte(whole, ',') < whole.size && !e->w->opt->carry)
            diag_here(e->w->diag, LEVEL_WARNING, "name-comma",
                      "RIS cannot carry the comma of '%.*s'; written as '%.*s'",
                      STR_ARG(whole), STR_ARG(value));
    }
}

FieldId value_maker(Kind kind)
{
    if (kind == KIND_MOTION_PICTURE)
        return FIELD_DIRECTOR;
    return kind == KIND_SONG || kind == KIND_MUSICAL_SCORE ? FIELD_COMPOSER : FIELD_OTHER;
}

/* "Last || First", as Zotero's citation processor reads it. */
static void put_extra_names(Entry *e, const char *key, const Names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        if (name->literal.size > 0) {
            line_extra(e, key, name->literal);
            continue;
        }
        Str given = name_given(e->arena, name);
        if (name->suffix.size > 0)
            given = arena_join(e->arena, given, STR(", "), name->suffix);
        line_extra(e, key,
                   arena_join(e->arena, name_family(e->arena, name), STR(" || "), given));
    }
}

/* Dates. */

static bool is_word(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || c == '_';
}

/* Four digits that are a word: Zotero finds no year in "p1980" and "1990s". */
static bool has_year(Str text)
{
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        size_t digits = 0;
        for (end = start; end < text.size && is_word(text.data[end]); end++)
            digits += byte_is_digit(text.data[end]);
        if (digits == 4 && end - start == 4)
            return true;
    }
    return false;
}

static char *add_digits(char *out, int number, size_t count)
{
    for (size_t i = count; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    return out + count;
}

/* Every record has one, so none of this goes through printf. */
static Str four_digits(Arena *arena, int year)
{
    char *text = arena_alloc(arena, 4);
    add_digits(text, year, 4);
    return (Str){text, 4};
}

/* "1999/12/31/", with nothing between the slashes where that is not known; empty where
 * the year has no four digits. */
static Str slashed(Arena *arena, DatePart part)
{
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    enum { LONGEST = 11 };
    if (part.year < 0 || part.year > 9999)
        return STR_EMPTY;
    if (part.month >= 21 && part.month <= 24)
        return arena_join(arena, str_from(SEASONS[part.month - 21]), STR(" "),
                          four_digits(arena, part.year));
    char *text = arena_alloc(arena, LONGEST), *end = add_digits(text, part.year, 4);
    *end++ = '/';
    if (part.month > 0)
        end = add_digits(end, part.month, 2);
    *end++ = '/';
    if (part.month > 0 && part.day > 0)
        end = add_digits(end, part.day, 2);
    *end++ = '/';
    return (Str){text, (size_t)(end - text)};
}

static bool has_known_year(DatePart part)
{
    return part.year > 0 && part.year < 10000 && part.unspecified == 0;
}

static bool is_before_christ(DatePart part)
{
    return part.year < 1 && part.year > -9999 && part.unspecified == 0 &&
           part.month <= 12;
}

/* "c. March 15, 0044 BC", "0044 BC - 0042 BC": importers want four digits, and take
 * "-0043" for the year 43. */
static Str text_before_christ(Arena *arena, const Date *date)
{
    Str from = date_before_christ(arena, date->from, 4);
    if (!date->range && date->from.approximate)
        return arena_join(arena, STR("c."), STR(" "), from);
    if (!date->range || date->to_end != DATE_KNOWN || !is_before_christ(date->to))
        return from;
    return arena_join(arena, from, STR(" \xe2\x80\x93 "),
                      date_before_christ(arena, date->to, 4));
}

/* The best that DA can say, with a year of four digits in it; empty for nothing. */
static Str issued_text(Arena *arena, const Date *date)
{
    DatePart from = date->from;
    if ((!date->range || date->from_end == DATE_KNOWN) && is_before_christ(from))
        return text_before_christ(arena, date);
    bool ends = date->range && date->to_end == DATE_KNOWN && has_known_year(date->to);
    if (date->range && date->from_end != DATE_KNOWN)
        return ends ? slashed(arena, date->to) : STR_EMPTY;
    if (from.unspecified == 1 && from.year > 999 && from.year < 10000)
        return arena_format(arena, "%04d-%04d", from.year, from.year + 9);
    if (!has_known_year(from))
        return STR_EMPTY;
    if (!date->range && from.approximate && !from.uncertain) {
        from.approximate = false;
        Date plain = *date;
        plain.from = from;
        return arena_join(arena, STR("c."), STR(" "), date_edtf(arena, &plain));
    }
    if (!date->range && from.uncertain)
        return date_edtf(arena, date);
    if (!ends)
        return slashed(arena, from);
    if (from.month == 0 && date->to.month == 0 && !date_is_circa(date))
        return arena_format(arena, "%04d-%04d", from.year, date->to.year);
    Date first = *date, last = *date;
    first.range = last.range = false;
    last.from = date->to;
    return arena_join(arena, date_edtf(arena, &first), STR(" \xe2\x80\x93 "),
                      date_edtf(arena, &last));
}

/* "in press" and the like say no date, but how far the work is. */
static bool is_status(Str literal)
{
    static const char *const WORDS[] = {"press",    "forthcoming", "submitted",
                                        "accepted", "preparation", "review",
                                        "appear",   "unpublished"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_contains(literal, str_from(WORDS[i])))
            return true;
    }
    return false;
}

bool value_is_status(const Record *rec, const Date *issued)
{
    return issued->literal.size > 0 && !has_year(issued->literal) &&
           is_status(issued->literal) && record_find(rec, FIELD_STATUS) == NULL;
}

static void put_literal_issued(Entry *e, Str literal)
{
    /* Without a year an importer makes a year of it: "0000 in". */
    if (has_year(literal)) {
        line_str(e, "DA", literal);
        return;
    }
    for (size_t start = 0, end; start + 4 <= literal.size; start = end + 1) {
        for (end = start; end < literal.size && byte_is_digit(literal.data[end]); end++)
            ;
        if (end - start == 4) {
            line_put(e, "PY", str_slice(literal, start, end));
            break;
        }
    }
    line_extra(e, "issued", literal);
}

static void put_issued(Entry *e, const Date *date)
{
    Date back;
    if (value_is_status(e->v->rec, date))
        return; /* see put_status in write.c */
    if (date->literal.size > 0) {
        put_literal_issued(e, date->literal);
        return;
    }
    if ((!date->range || date->from_end == DATE_KNOWN) && has_known_year(date->from))
        line_put(e, "PY", four_digits(e->arena, date->from.year));
    else if ((!date->range || date->from_end == DATE_KNOWN) &&
             is_before_christ(date->from))
        line_put(e, "PY",
                 date_before_christ(e->arena, (DatePart){.year = date->from.year}, 4));
    Str text = issued_text(e->arena, date);
    line_put(e, "DA", text);
    if (text.size == 0 || !ris_read_date_value(e->arena, text, &back) ||
        !date_equal(date, &back))
        line_extra(e, "issued", date_edtf(e->arena, date));
}

/* Without a time of day the date moves by one in zones far from Greenwich; noon is a time
 * that is read as one. */
static void put_accessed(Entry *e, const char *tag, const Date *date)
{
    Date plain = *date;
    plain.from.time = STR_EMPTY;
    bool day = date->literal.size == 0 && !date->range && date->from.day > 0 &&
               has_known_year(date->from);
    if (day)
        line_put(e, tag,
                 arena_format(e->arena, "%04d/%02d/%02d/12:00:00", date->from.year,
                              date->from.month, date->from.day));
    plain.from.approximate = plain.from.uncertain = false;
    if (!day || !date_equal(date, &plain))
        line_extra(e, field_name(FIELD_ACCESSED), date_edtf(e->arena, date));
}

static void put_date(Entry *e, const FieldTag *row, const Field *field)
{
    Date back,
        date = field->form == FORM_DATE ? field->date : date_literal(field->text.text);
    if (field->id == FIELD_ACCESSED) {
        put_accessed(e, row->tag, &date);
        return;
    }
    if (field->id == FIELD_ISSUED) {
        put_issued(e, &date);
        return;
    }
    Str text = slashed(e->arena, date.from);
    if (date.literal.size == 0 && ris_read_date_value(e->arena, text, &back) &&
        date_equal(&back, &date))
        line_put(e, row->tag, text);
    else
        line_extra(e, field_name(field->id), date_edtf(e->arena, &date));
}

/* Pages. */

/* The two ends of a range; false where it is one page, several ranges, or ends whose
 * names have hyphens themselves and no better dash between. */
static bool split_pages(Str pages, Str *from, Str *to)
{
    static const Str DASHES[] = {
        {"\xe2\x80\x93", 3}, {"\xe2\x80\x94", 3}, {"--", 2}, {"-", 1}};
    for (size_t i = 0; i < sizeof DASHES / sizeof DASHES[0]; i++) {
        size_t at = str_find(pages, DASHES[i]);
        if (at == pages.size)
            continue;
        *from = str_trim(str_slice(pages, 0, at));
        *to = str_trim(str_after(pages, at + DASHES[i].size));
        return from->size > 0 && to->size > 0 &&
               str_find_byte(*from, ' ') == from->size &&
               str_find_byte(*to, ' ') == to->size &&
               str_find(*to, DASHES[i]) == to->size &&
               str_find_byte(pages, ',') == pages.size && !str_equal(*from, *to);
    }
    return false;
}

/* What has but a first page in Zotero. */
static bool is_one_page(Kind kind)
{
    return kind == KIND_BILL || kind == KIND_LEGAL_CASE;
}

/* "5998-6008" as SP and EP.  An SP with a hyphen in it would lose its EP: "104-1" to
 * "104-20" is written as one. */
static void put_pages(Entry *e, const char *tag, const Field *field)
{
    Str from, to, pages = field->text.text;
    Text all = field->text;
    if (field->id == FIELD_PAGE && !is_one_page(e->v->rec->kind) &&
        split_pages(pages, &from, &to)) {
        if (str_find_byte(from, '-') == from.size) {
            Text first = text_plain(from), last = text_plain(to);
            line_text(e, tag, &first);
            line_text(e, "EP", &last);
            return;
        }
        all = text_plain(arena_join(e->arena, from, STR("\xe2\x80\x93"), to));
    }
    line_text(e, tag, &all);
}

/* Identifiers. */

/* Anything but a bare DOI is dropped on import. */
static void put_doi(Entry *e, const FieldTag *row, const Field *field)
{
    Str doi = ident_doi(e->arena, field->text.text);
    if (doi.size == 0) {
        line_extra(e, ris_extra_name(field->id, e->v->rec->kind), field->text.text);
        return;
    }
    Text text = text_plain(doi);
    line_text(e, row->tag, &text);
}

static void put_url(Entry *e, const FieldTag *row, const Field *field)
{
    /* Zotero takes "PM:" for PubMed's number, wherever it stands. */
    if (str_contains(field->text.text, STR("PM:")))
        line_extra(e, "URL", field->text.text);
    else
        line_text(e, row->tag, &field->text);
}

static void put_serial(Entry *e, const FieldTag *row, const Field *field)
{
    Text text = field->text;
    char *line = arena_alloc(e->arena, text.text.size + 1);
    /* Several apart by semicolons stay one line either way; blanks are what is read. */
    size_t size = 0;
    for (size_t i = 0; i < text.text.size; i++) {
        char c = text.text.data[i];
        c = (c == ';' || c == ',') && field->id != FIELD_NUMBER ? ' ' : c;
        if (c != ' ' || size == 0 || line[size - 1] != ' ')
            line[size++] = c;
    }
    text = text_plain(str_trim((Str){line, size}));
    line_text(e, row->tag, &text);
}

/* Zotero cuts ": a novel" off. */
static void put_title(Entry *e, const FieldTag *row, const Field *field)
{
    Str title = field->text.text, novel = STR(": a novel");
    size_t at = title.size - novel.size;
    if (title.size <= novel.size || !str_equal_nocase(str_after(title, at), novel)) {
        line_text(e, row->tag, &field->text);
        return;
    }
    Buf out = {0};
    buf_add(&out, str_slice(title, 0, title.size - 6));
    buf_add(&out, STR("\xc2\xa0"));
    buf_add(&out, str_after(title, title.size - 5));
    Text text = field->text;
    text.text = arena_copy(e->arena, buf_str(&out));
    buf_free(&out);
    Run *runs = arena_alloc(e->arena, (text.run_count + 1) * sizeof *runs);
    for (size_t i = 0; i < text.run_count; i++) {
        runs[i] = text.runs[i];
        runs[i].start += runs[i].start > title.size - 6;
        runs[i].end += runs[i].end > title.size - 6;
    }
    text.runs = runs;
    line_text(e, row->tag, &text);
}

static void put_abstract(Entry *e, const FieldTag *row, const Field *field)
{
    line_literal(e, row->tag, field->text.text);
    for (size_t i = 0; i < field->text.run_count && !e->w->opt->carry; i++) {
        if (field->text.runs[i].mark == MARK_MATH)
            continue;
        diag_here(e->w->diag, LEVEL_WARNING, "degraded-text",
                  "RIS cannot carry emphasis in %s; written without", row->tag);
        break;
    }
}

void value_put(Entry *e, const FieldTag *row, const Field *field)
{
    if (field->form == FORM_NAMES) {
        value_names(e, row->tag, &field->names);
        return;
    }
    if (field_form(field->id) == FORM_DATE) {
        put_date(e, row, field);
        return;
    }
    switch ((How)(row->how & HOW_MASK)) {
    case HOW_LITERAL:
        put_abstract(e, row, field);
        break;
    case HOW_NOTE:
        line_note(e, row->tag, &field->text);
        break;
    case HOW_PAGES:
        put_pages(e, row->tag, field);
        break;
    case HOW_DOI:
        put_doi(e, row, field);
        break;
    case HOW_URL:
        put_url(e, row, field);
        break;
    case HOW_SERIAL:
        put_serial(e, row, field);
        break;
    case HOW_TEXT:
    case HOW_GENRE:
    case HOW_KEYWORD:
    case HOW_EXTRA:
    case HOW_NAMES:
    case HOW_YEAR:
    case HOW_DATE:
    case HOW_ACCESSED:
    case HOW_KEY:
    case HOW_MASK:
    case HOW_READ:
        if (field->id == FIELD_TITLE)
            put_title(e, row, field);
        else
            line_text(e, row->tag, &field->text);
        break;
    }
}

void value_extra(Entry *e, const Field *field)
{
    const char *key = ris_extra_name(field->id, e->v->rec->kind);
    if (field->form == FORM_NAMES)
        put_extra_names(e, key, &field->names);
    else if (field->form == FORM_DATE)
        line_extra(e, key, date_edtf(e->arena, &field->date));
    else
        line_extra_text(e, key, &field->text);
}
