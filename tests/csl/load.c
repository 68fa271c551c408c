/* SPDX-License-Identifier: MIT
 * CSL-JSON to records, as plainly as can be; see load.h. */
#include "load.h"

#include "convert/text/markup.h"
#include "convert/text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool load_file(Arena *arena, const char *path, Str *text)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    Buf all = {0};
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        buf_add(&all, (Str){piece, n});
    fclose(file);
    *text = arena_copy(arena, buf_str(&all));
    buf_free(&all);
    return true;
}

static Str string_of(Arena *arena, json_t *value)
{
    if (json_is_string(value))
        return arena_copy(arena,
                          (Str){json_string_value(value), json_string_length(value)});
    if (json_is_integer(value))
        return arena_format(arena, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value))
        return arena_format(arena, "%g", json_real_value(value));
    return STR_EMPTY;
}

Text load_text(Arena *arena, json_t *value)
{
    return markup_read(arena, text_plain(string_of(arena, value)), MARKUP_CSL);
}

static Str part(Arena *arena, json_t *name, const char *key)
{
    return string_of(arena, json_object_get(name, key));
}

static Name name_of(Arena *arena, json_t *json)
{
    Name name = {.given = part(arena, json, "given"),
                 .dropping = part(arena, json, "dropping-particle"),
                 .non_dropping = part(arena, json, "non-dropping-particle"),
                 .family = part(arena, json, "family"),
                 .suffix = part(arena, json, "suffix"),
                 .literal = part(arena, json, "literal"),
                 .homonym = STR_EMPTY};
    json_t *institution = json_object_get(json, "isInstitution");
    if (institution && !json_is_false(institution) && name.family.size) {
        name.literal = name.family;
        name.family = name.given = STR_EMPTY;
    }
    json_t *comma = json_object_get(json, "comma-suffix");
    if (comma && !json_is_false(comma) && name.suffix.size)
        name.suffix = arena_join(arena, STR(", "), STR_EMPTY, name.suffix);
    return name;
}

static int number_of(json_t *value)
{
    if (json_is_integer(value))
        return (int)json_integer_value(value);
    return json_is_string(value) ? atoi(json_string_value(value)) : 0;
}

static bool date_part(json_t *parts, DatePart *date)
{
    int year = number_of(json_array_get(parts, 0));
    *date = (DatePart){.year = year < 0 ? year + 1 : year,
                       .month = number_of(json_array_get(parts, 1)),
                       .day = number_of(json_array_get(parts, 2)),
                       .time = STR_EMPTY};
    return year != 0;
}

static bool date_of(Arena *arena, json_t *json, Date *date)
{
    *date = date_literal(STR_EMPTY);
    json_t *parts = json_object_get(json, "date-parts");
    json_t *circa = json_object_get(json, "circa");
    json_t *season = json_object_get(json, "season");
    bool known = date_part(json_array_get(parts, 0), &date->from);
    if (json_array_size(parts) > 1) {
        date->range = true;
        if (!date_part(json_array_get(parts, 1), &date->to))
            date->to_end = DATE_OPEN;
    }
    if (season && date->from.month == 0 && number_of(season) >= 1 &&
        number_of(season) <= 4)
        date->from.month = 20 + number_of(season);
    date->from.approximate = circa && !json_is_false(circa);
    if (known)
        return true;
    Str raw = part(arena, json, "raw");
    if (raw.size && date_parse_written(raw, date))
        return true;
    *date = date_literal(raw.size ? raw : part(arena, json, "literal"));
    date->from.approximate = circa && !json_is_false(circa);
    return date->literal.size > 0;
}

static FieldId field_of(Str key)
{
    static const struct {
        const char *key;
        FieldId id;
    } OLD[] = {{"event", FIELD_EVENT_TITLE},
               {"shortTitle", FIELD_TITLE_SHORT},
               {"journalAbbreviation", FIELD_CONTAINER_TITLE_SHORT}};
    for (size_t i = 0; i < sizeof OLD / sizeof *OLD; i++) {
        if (str_equal(key, str_from(OLD[i].key)))
            return OLD[i].id;
    }
    return field_by_name(key);
}

static void load_names(Record *rec, FieldId id, Str tag, json_t *value)
{
    size_t count = json_array_size(value);
    Name *names = arena_alloc(&rec->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = name_of(&rec->arena, json_array_get(value, i));
    Field *field = record_add(rec, id, tag, rec->place);
    field->form = FORM_NAMES;
    field->names = (Names){.items = names, .count = count};
}

void load_record(Record *rec, json_t *item)
{
    rec->key = rec->type = rec->origin = STR_EMPTY;
    rec->kind = KIND_DOCUMENT;
    const char *raw;
    json_t *value;
    json_object_foreach(item, raw, value)
    {
        Str key = arena_copy(&rec->arena, str_from(raw));
        FieldId id = field_of(key);
        Date date;
        if (str_equal(key, STR("type"))) {
            rec->type = string_of(&rec->arena, value);
            kind_by_name(rec->type, &rec->kind);
        } else if (str_equal(key, STR("id"))) {
            rec->key = string_of(&rec->arena, value);
        } else if (json_is_array(value) && id != FIELD_OTHER &&
                   field_form(id) == FORM_NAMES) {
            load_names(rec, id, key, value);
        } else if (json_is_object(value) && id != FIELD_OTHER &&
                   field_form(id) == FORM_DATE) {
            if (date_of(&rec->arena, value, &date)) {
                Field *field = record_add(rec, id, key, rec->place);
                field->form = FORM_DATE;
                field->date = date;
            }
        } else if (id == FIELD_OTHER) {
            record_add_other(rec, key, rec->place, load_text(&rec->arena, value));
        } else {
            record_add_text(rec, id, key, rec->place, load_text(&rec->arena, value));
        }
    }
}

/* --- Styles and locales ------------------------------------------------------------ */

static bool find_locale(void *context, Str lang, Str *xml, Str *file)
{
    Library *l = context;
    *file =
        arena_format(&l->arena, "%s/locales-%.*s.xml%c", l->locales, STR_ARG(lang), '\0');
    return load_file(&l->arena, file->data, xml);
}

static bool find_style(void *context, Str id, Str *xml, Str *file)
{
    Library *l = context;
    if (!l->styles)
        return false;
    size_t slash = id.size;
    while (slash > 0 && id.data[slash - 1] != '/')
        slash--;
    Str name = str_after(id, slash);
    *file = arena_format(&l->arena, "%s/%.*s.csl%c", l->styles, STR_ARG(name), '\0');
    return load_file(&l->arena, file->data, xml);
}

StyleSource load_source(Library *library)
{
    return (StyleSource){.context = library, .style = find_style, .locale = find_locale};
}

/* --- HTML -------------------------------------------------------------------------- */

static const struct {
    const char *open, *close;
} TAGS[STYLE_MARK_COUNT] = {
    [STYLE_ITALIC] = {"<i>", "</i>"},
    [STYLE_OBLIQUE] = {"<em>", "</em>"},
    [STYLE_NORMAL_STYLE] = {"<span style=\"font-style:normal;\">", "</span>"},
    [STYLE_SMALL_CAPS] = {"<span style=\"font-variant:small-caps;\">", "</span>"},
    [STYLE_NORMAL_VARIANT] = {"<span style=\"font-variant:normal;\">", "</span>"},
    [STYLE_BOLD] = {"<b>", "</b>"},
    [STYLE_LIGHT] = {"<span style=\"font-weight:light;\">", "</span>"},
    [STYLE_NORMAL_WEIGHT] = {"<span style=\"font-weight:normal;\">", "</span>"},
    [STYLE_UNDERLINE] = {"<span style=\"text-decoration:underline;\">", "</span>"},
    [STYLE_NO_DECORATION] = {"<span style=\"text-decoration:none;\">", "</span>"},
    [STYLE_SUP] = {"<sup>", "</sup>"},
    [STYLE_SUB] = {"<sub>", "</sub>"},
    [STYLE_BASELINE] = {"<span style=\"baseline\">", "</span>"},
    [STYLE_MATH] = {"", ""},
    [STYLE_LINK] = {"", ""},
    [STYLE_BLOCK] = {"\n\n    <div class=\"csl-block\">", "</div>\n"},
    [STYLE_MARGIN] = {"\n    <div class=\"csl-left-margin\">", "</div>"},
    [STYLE_INLINE] = {"<div class=\"csl-right-inline\">", "</div>\n  "},
    [STYLE_INDENT] = {"<div class=\"csl-indent\">", "</div>\n  "},
};

/* Letters that Unicode has raised: what they are on the line. */
static const struct {
    const char *raised, *plain;
} RAISED[] = {{"ª", "a"}, {"²", "2"}, {"³", "3"}, {"¹", "1"}, {"º", "o"}, {"ʰ", "h"},
              {"ʲ", "j"}, {"ʳ", "r"}, {"ʷ", "w"}, {"ʸ", "y"}, {"ˢ", "s"}, {"ˣ", "x"},
              {"ˡ", "l"}, {"ᵃ", "a"}, {"ᵇ", "b"}, {"ᵈ", "d"}, {"ᵉ", "e"}, {"ᵍ", "g"},
              {"ᵏ", "k"}, {"ᵐ", "m"}, {"ᵒ", "o"}, {"ᵖ", "p"}, {"ᵗ", "t"}, {"ᵘ", "u"},
              {"ᵛ", "v"}, {"ᶜ", "c"}, {"ᶠ", "f"}, {"ᶻ", "z"}, {"⁰", "0"}, {"ⁱ", "i"},
              {"⁴", "4"}, {"⁵", "5"}, {"⁶", "6"}, {"⁷", "7"}, {"⁸", "8"}, {"⁹", "9"},
              {"ⁿ", "n"}, {"ᵂ", "W"}, {"ᴬ", "A"}, {"ᴿ", "R"}};

const char *load_plain(Str s, size_t *size)
{
    for (size_t i = 0; i < sizeof RAISED / sizeof *RAISED; i++) {
        if (str_starts(s, str_from(RAISED[i].raised))) {
            *size = strlen(RAISED[i].raised);
            return RAISED[i].plain;
        }
    }
    return NULL;
}

static void escape(Buf *out, Str s)
{
    while (s.size > 0) {
        size_t size = 1;
        const char *plain = (s.data[0] & 0x80) ? load_plain(s, &size) : NULL;
        if (plain)
            buf_format(out, "<sup>%s</sup>", plain);
        else if (s.data[0] == '&')
            buf_add(out, STR("&#38;"));
        else if (s.data[0] == '<')
            buf_add(out, STR("&#60;"));
        else if (s.data[0] == '>')
            buf_add(out, STR("&#62;"));
        else
            buf_add_byte(out, s.data[0]);
        s = str_after(s, size);
    }
}

enum { OPEN_MOST = 600 };

void load_html(Buf *out, const StyleText *text)
{
    size_t open[OPEN_MOST], depth = 0, at = 0;
    for (size_t next = 0;;) {
        size_t stop = text->text.size;
        if (next < text->run_count && text->runs[next].start < stop)
            stop = text->runs[next].start;
        bool closes = depth > 0 && text->runs[open[depth - 1]].end <= stop;
        if (closes)
            stop = text->runs[open[depth - 1]].end;
        escape(out, str_slice(text->text, at, stop));
        at = stop;
        if (closes) {
            buf_add(out, str_from(TAGS[text->runs[open[--depth]].mark].close));
        } else if (next < text->run_count && depth < OPEN_MOST) {
            buf_add(out, str_from(TAGS[text->runs[next].mark].open));
            open[depth++] = next++;
        } else {
            return;
        }
    }
}
