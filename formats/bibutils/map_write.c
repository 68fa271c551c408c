/* SPDX-License-Identifier: MIT
 * Records as lines for libbibutils; see map.h. */
#include "convert/text/utf8.h"
#include "formats/bibutils/kinds.h"
#include "formats/bibutils/map.h"
#include "formats/tags.h"

#include <string.h>

typedef struct Writing {
    const Write *w;
    Arena *arena;
    const Record *rec;
    WireLines *lines;
    size_t *sources, sources_capacity;
    bool comma_bodies;
    size_t source; /* of the lines that are added now */
} Writing;

static void add(Writing *g, Str tag, int level, Str value)
{
    value = str_trim(value);
    if (value.size == 0)
        return;
    if (g->lines->count == g->sources_capacity) {
        size_t capacity = g->sources_capacity > 0 ? g->sources_capacity * 2 : 32;
        size_t *sources = arena_alloc(g->arena, capacity * sizeof *sources);
        if (g->lines->count > 0)
            memcpy(sources, g->sources, g->lines->count * sizeof *sources);
        g->sources = sources;
        g->sources_capacity = capacity;
    }
    g->sources[g->lines->count] = g->source;
    wire_add(g->arena, g->lines, tag, level, value);
}

/* kinds_write adds lines by itself: they are the record's own. */
static void mark_own(Writing *g)
{
    size_t count = g->lines->count;
    g->sources_capacity = count + 32;
    g->sources = arena_alloc(g->arena, g->sources_capacity * sizeof *g->sources);
    for (size_t i = 0; i < count; i++)
        g->sources[i] = MAP_KEY;
}

static int level_of(int how)
{
    switch ((Of)how) {
    case OF_HOST:
        return 1;
    case OF_SERIES:
        return 2;
    case OF_ORIGIN:
        return -2;
    case OF_WORK:
    case OF_ANY:
        break;
    }
    return 0;
}

/* Names. */

/* A bar would begin another part of the name. */
static void add_part(Buf *out, Str part)
{
    for (size_t i = 0; i < part.size; i++)
        buf_add_byte(out, part.data[i] == '|' ? '/' : part.data[i]);
}

static void add_name(Writing *g, Str tag, int level, const Name *name)
{
    Buf out = {0};
    Str given = name_given(g->arena, name), word;
    if (name->literal.size > 0) {
        Str end = g->comma_bodies ? STR(",") : STR_EMPTY;
        add(g, arena_join(g->arena, tag, STR(":"), STR("CORP")), level,
            arena_join(g->arena, name->literal, end, STR_EMPTY));
        return;
    }
    add_part(&out, name_family(g->arena, name));
    while (str_word(&given, &word)) {
        buf_add_byte(&out, '|');
        add_part(&out, word);
    }
    if (name->suffix.size > 0) {
        buf_add(&out, STR("||"));
        add_part(&out, name->suffix);
    }
    add(g, tag, level, arena_copy(g->arena, buf_str(&out)));
    buf_free(&out);
}

/* Dates. */

static void add_number(Writing *g, const char *base, const char *piece, int level,
                       int number)
{
    if (number != 0)
        add(g, arena_format(g->arena, "%s%s", base, piece), level,
            arena_format(g->arena, "%02d", number));
}

static bool is_plain(const Date *date)
{
    return date->literal.size == 0 && !date->range && !date_is_circa(date) &&
           date->from.unspecified == 0 && date->from.year > 0;
}

static void add_issued(Writing *g, const FieldTag *row, const Date *date)
{
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    int level = level_of(row->how);
    const char *base = level == 1 ? "PARTDATE" : "DATE";
    if (!is_plain(date)) {
        add(g, arena_format(g->arena, "%s:YEAR", base), level, date_edtf(g->arena, date));
        return;
    }
    add(g, arena_format(g->arena, "%s:YEAR", base), level,
        arena_format(g->arena, "%d", date->from.year));
    if (date->from.month > 20 && date->from.month < 25)
        add(g, arena_format(g->arena, "%s:MONTH", base), level,
            str_from(SEASONS[date->from.month - 21]));
    else
        add_number(g, base, ":MONTH", level, date->from.month);
    add_number(g, base, ":DAY", level, date->from.day);
}

/* Other values. */

static void add_pages(Writing *g, int level, Str pages)
{
    static const Str DASHES[] = {
        {"\xe2\x80\x93", 3}, {"\xe2\x80\x94", 3}, {"--", 2}, {"-", 1}};
    for (size_t i = 0; i < sizeof DASHES / sizeof DASHES[0]; i++) {
        size_t at = str_find(pages, DASHES[i]);
        Str rest = str_after(pages, at + DASHES[i].size);
        if (at == pages.size)
            continue;
        if (str_contains(rest, DASHES[i]) || str_find_byte(pages, ',') < pages.size)
            break;
        add(g, STR("PAGES:START"), level, str_slice(pages, 0, at));
        add(g, STR("PAGES:STOP"), level, rest);
        return;
    }
    add(g, STR("PAGES:START"), level, pages);
}

/* The library has languages by their English names. */
static Str language_of(Str language)
{
    static const struct {
        const char *code, *name;
    } NAMES[] = {
        {"ar", "Arabic"},    {"cs", "Czech"},   {"da", "Danish"},     {"de", "German"},
        {"el", "Greek"},     {"en", "English"}, {"es", "Spanish"},    {"fi", "Finnish"},
        {"fr", "French"},    {"he", "Hebrew"},  {"hu", "Hungarian"},  {"it", "Italian"},
        {"ja", "Japanese"},  {"ko", "Korean"},  {"la", "Latin"},      {"nl", "Dutch"},
        {"no", "Norwegian"}, {"pl", "Polish"},  {"pt", "Portuguese"}, {"ro", "Romanian"},
        {"ru", "Russian"},   {"sv", "Swedish"}, {"tr", "Turkish"},    {"uk", "Ukrainian"},
        {"zh", "Chinese"},
    };
    Str code = str_slice(language, 0, str_find_byte(language, '-'));
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (str_equal_nocase(code, str_from(NAMES[i].code)))
            return str_from(NAMES[i].name);
    }
    return language;
}

static bool add_archive(Writing *g)
{
    Str archive = record_text(g->rec, FIELD_ARCHIVE);
    bool arxiv = str_equal_nocase(archive, STR("arXiv"));
    if (!arxiv && !str_equal_nocase(archive, STR("JSTOR")))
        return false;
    /* The tag says which archive it is: the word itself is told by it. */
    Str location = record_text(g->rec, FIELD_ARCHIVE_LOCATION);
    if (location.size == 0)
        return false;
    add(g, arxiv ? STR("ARXIV") : STR("JSTOR"), 0, location);
    return true;
}

/* "TIMESCITED", "CONTENTS@host": the library's own words, which another of its formats
 * kept for it. */
static void add_other(Writing *g, const Field *field)
{
    Str tag = field->tag;
    size_t at = str_find_byte(tag, '@');
    Str of = str_after(tag, at);
    int level = str_equal(of, STR("@host"))     ? 1
                : str_equal(of, STR("@series")) ? 2
                : str_equal(of, STR("@origin")) ? -2
                                                : 0;
    tag = str_slice(tag, 0, at);
    for (size_t i = 0; i < tag.size; i++) {
        char c = tag.data[i];
        if (!byte_is_upper(c) && !byte_is_digit(c) && c != '_' && c != ':')
            return;
    }
    if (tag.size > 2)
        add(g, tag, level, field->text.text);
}

static void add_text(Writing *g, const FieldTag *row, const Field *field)
{
    Str value = field->text.text;
    int level = level_of(row->how);
    switch ((int)field->id) {
    case FIELD_PAGE:
        add_pages(g, level, value);
        break;
    case FIELD_LANGUAGE:
        add(g, STR("LANGUAGE"), level, language_of(value));
        break;
    case FIELD_GENRE:
        add(g, STR("GENRE:UNKNOWN"), level, value);
        break;
    case FIELD_ARCHIVE:
    case FIELD_ARCHIVE_LOCATION:
        if (!add_archive(g))
            add(g, str_from(row->tag), level, value);
        break;
    default:
        add(g, str_from(row->tag), level, value);
        break;
    }
}

static void add_field(Writing *g, const Field *field)
{
    const FieldTag *row = tags_row(g->w->tags, field->id, g->rec->kind);
    if (field->id == FIELD_OTHER)
        add_other(g, field);
    if (row == NULL || field->id == FIELD_OTHER)
        return;
    if (field->form == FORM_NAMES) {
        for (size_t i = 0; i < field->names.count; i++)
            add_name(g, str_from(row->tag), level_of(row->how), &field->names.items[i]);
    } else if (field->form == FORM_DATE && field->id == FIELD_ISSUED) {
        add_issued(g, row, &field->date);
    } else if (field->form == FORM_DATE) {
        add(g, str_from(row->tag), level_of(row->how), date_edtf(g->arena, &field->date));
    } else {
        add_text(g, row, field);
    }
}

void map_write(const Write *w, Arena *arena, const View *v, bool comma_bodies,
               WireLines *lines, size_t **sources)
{
    Writing g = {.w = w,
                 .arena = arena,
                 .rec = v->rec,
                 .lines = lines,
                 .comma_bodies = comma_bodies};
    kinds_write(w->tags, arena, v->rec->kind, record_text(v->rec, FIELD_GENRE), lines);
    mark_own(&g);
    g.source = MAP_KEY;
    add(&g, STR("REFNUM"), 0, v->rec->key);
    for (size_t i = 0; i < v->rec->count; i++) {
        g.source = i + 1;
        add_field(&g, &v->rec->fields[i]);
    }
    *sources = g.sources;
}
