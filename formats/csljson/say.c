/* SPDX-License-Identifier: MIT
 * Values of CSL-JSON: names, dates, texts; see write.h. */
#include "formats/csljson/carry.h"
#include "convert/text/extent.h"
#include "formats/csljson/write.h"

static void add_part(Emit *e, Str key, Str part)
{
    if (part.size == 0)
        return;
    emit_key(e, key);
    emit_string(e, part);
}

/* Zotero throws particles and suffixes away, but not what stands in the names. */
static Name for_zotero(Arena *arena, const Name *name)
{
    Name whole = {.given = STR_EMPTY,
                  .dropping = STR_EMPTY,
                  .non_dropping = STR_EMPTY,
                  .family = STR_EMPTY,
                  .suffix = STR_EMPTY,
                  .literal = name->literal,
                  .homonym = STR_EMPTY};
    if (name->literal.size > 0)
        return whole;
    whole.family = name_family(arena, name);
    whole.given = name_given(arena, name);
    if (name->suffix.size > 0)
        whole.given = arena_join(arena, whole.given, STR(", "), name->suffix);
    return whole;
}

void say_name(Out *out, const Name *name, Str more)
{
    Emit *e = out->e;
    Name whole;
    if (out->zotero) {
        whole = for_zotero(out->scratch, name);
        name = &whole;
    }
    emit_open(e, '{');
    add_part(e, STR("literal"), name->literal);
    add_part(e, STR("family"), name->family);
    add_part(e, STR("given"), name->given);
    add_part(e, STR("dropping-particle"), name->dropping);
    add_part(e, STR("non-dropping-particle"), name->non_dropping);
    add_part(e, STR("suffix"), name->suffix);
    emit_members(e, more);
    emit_close(e, '}');
}

/* Cuts the first object off the front of "[{...},{...}]"; false where none is left. */
static bool next_object(Extent *ext, Str *rest, Str *object)
{
    if (rest->size < 2)
        return false;
    extent_begin(ext);
    Str s = str_after(*rest, 1); /* "[" or "," */
    if (s.data[0] != '{' || extent_value(ext, s) != EXTENT_WHOLE)
        return false;
    *object = str_slice(s, 0, ext->at);
    *rest = str_after(s, ext->at);
    return true;
}

static void say_names(Out *out, const Names *names, Str more)
{
    Extent ext = {0};
    emit_open(out->e, '[');
    for (size_t i = 0; i < names->count; i++) {
        Str object = STR_EMPTY;
        next_object(&ext, &more, &object);
        emit_next(out->e);
        say_name(out, &names->items[i], object);
    }
    emit_close(out->e, ']');
    extent_free(&ext);
}

/* CSL's years have no 0. */
static void say_part(Emit *e, const DatePart *part)
{
    emit_open(e, '[');
    emit_next(e);
    emit_integer(e, part->year > 0 ? part->year : (long long)part->year - 1);
    if (part->month > 0) {
        emit_next(e);
        emit_integer(e, part->month);
    }
    if (part->month > 0 && part->day > 0) {
        emit_next(e);
        emit_integer(e, part->day);
    }
    emit_close(e, ']');
}

/* Zotero shows a season as a number; words stay. */
static bool is_season(const Date *date)
{
    return date->literal.size == 0 && !date->range && date->from.month > 20 &&
           date->from.month <= 24 && date->from.unspecified == 0;
}

static Str season_text(Arena *arena, const Date *date)
{
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    const char *circa = date_is_circa(date) ? "c. " : "";
    return arena_format(arena, "%s%s %d", circa, SEASONS[date->from.month - 21],
                        date->from.year);
}

static void say_parts(Emit *e, const Date *date)
{
    DatePart from = date->from;
    bool season = !date->range && from.month > 20;
    if (season)
        from.month = 0;
    emit_key(e, STR("date-parts"));
    emit_open(e, '[');
    emit_next(e);
    say_part(e, &from);
    if (date->range) {
        emit_next(e);
        if (date->to_end == DATE_KNOWN) {
            say_part(e, &date->to);
        } else { /* as pandoc has ranges without end */
            emit_open(e, '[');
            emit_next(e);
            emit_integer(e, 0);
            emit_close(e, ']');
        }
    }
    emit_close(e, ']');
    if (season) {
        emit_key(e, STR("season"));
        emit_integer(e, date->from.month - 20);
    }
    if (date_is_circa(date)) {
        emit_key(e, STR("circa"));
        emit_true(e);
    }
}

void say_date(Out *out, const Date *date, Str more)
{
    Emit *e = out->e;
    emit_open(e, '{');
    if (date->literal.size > 0) {
        emit_key(e, STR("literal"));
        emit_string(e, date->literal);
    } else if (out->zotero && is_season(date)) {
        emit_key(e, STR("literal"));
        emit_string(e, season_text(out->scratch, date));
    } else if (carry_has_parts(date)) {
        say_parts(e, date);
    } else {
        emit_key(e, STR("raw"));
        emit_string(e, date_edtf(out->scratch, date));
    }
    emit_members(e, more);
    emit_close(e, '}');
}

/* A name or date that stayed as it was written. */
static void say_written(Out *out, const Field *field)
{
    bool list = field_form(field->id) == FORM_NAMES;
    if (list) {
        emit_open(out->e, '[');
        emit_next(out->e);
    }
    emit_open(out->e, '{');
    add_part(out->e, STR("literal"), field->text.text);
    emit_close(out->e, '}');
    if (list)
        emit_close(out->e, ']');
}

void out_value(Out *out, const Field *field, Str more)
{
    if (field->form == FORM_NAMES)
        say_names(out, &field->names, more);
    else if (field->form == FORM_DATE)
        say_date(out, &field->date, more);
    else if (field_form(field->id) == FORM_TEXT)
        emit_text(out->e, &field->text);
    else
        say_written(out, field);
}

/* Objects in "[{...},...]", a name each. */
static bool is_list_of(Str s, size_t most)
{
    Extent ext = {0};
    Str rest = s, object;
    size_t count = 0;
    while (next_object(&ext, &rest, &object))
        count++;
    extent_free(&ext);
    return count > 0 && count <= most && str_equal(rest, STR("]"));
}

size_t out_more(const Out *out, const Field *field)
{
    if (out->foreign || field->form == FORM_TEXT)
        return 0;
    for (size_t i = out->first[FIELD_OTHER]; i > 0; i = out->next[i - 1]) {
        const Field *other = &out->rec->fields[i - 1];
        Str text = other->text.text;
        if (!str_equal(other->tag, str_from(field_name(field->id))) ||
            !extent_is_value(text))
            continue;
        bool fits = field->form == FORM_NAMES
                        ? is_list_of(text, field->names.count)
                        : text.data[0] == '{' && field->form == FORM_DATE;
        return fits ? i : 0;
    }
    return 0;
}
