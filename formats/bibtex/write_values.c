/* SPDX-License-Identifier: MIT
 * One field of an entry, spelled as its tag asks for. */
#include "formats/bibtex/read.h"
#include "formats/bibtex/write.h"

#include <string.h>

Str put_tag(Entry *e, Str tag)
{
    tag = apart_tag(e, tag);
    const Str front[] = {STR("  "), tag, STR(" = ")};
    sink_write_all(e->w->out, front, sizeof front / sizeof front[0]);
    return tag;
}

static Str open_field(Entry *e, Str tag)
{
    tag = put_tag(e, tag);
    sink_byte(e->w->out, '{');
    return tag;
}

static void close_field(Entry *e)
{
    sink_write(e->w->out, STR("},\n"));
}

static Spell spelling(Entry *e)
{
    return (Spell){.out = e->w->out,
                   .diag = e->w->diag,
                   .plain = e->state->zotero,
                   .bare = e->state->braces == BRACES_NONE};
}

static void put_title(Entry *e, Str tag, const Text *text)
{
    Spell s = spelling(e);
    Braces braces = e->state->braces;
    if (braces == BRACES_ASKED)
        braces = e->own ? BRACES_KEEP : BRACES_PROTECT;
    s.title = true;
    if (braces == BRACES_PROTECT && !e->state->zotero)
        s.span_count = protect_words(e->arena, text, &s.spans);
    open_field(e, tag);
    spell_text(&s, text);
    close_field(e);
}

/* A dash of its own within a sentence is none between numbers. */
static size_t dash_at(Str pages, size_t at)
{
    Str rest = str_after(pages, at);
    if (str_starts(rest, STR("\xe2\x80\x93")))
        return 3;
    bool within = at > 0 && !byte_is_space(pages.data[at - 1]) && rest.size > 3 &&
                  !byte_is_space(rest.data[3]);
    if (str_starts(rest, STR("\xe2\x80\x94")))
        return within ? 3 : 0;
    size_t size = 0;
    while (size < rest.size && rest.data[size] == '-')
        size++;
    return size;
}

/* A number range's dash as BibTeX has it: "5998--6008", whatever dash it was.  Where
 * there are long ones, a short one is part of a number: "C3-32--C3-35". */
static Str with_dashes(Arena *arena, Str pages)
{
    Buf out = {0};
    bool long_one = str_contains(pages, STR("\xe2\x80\x93")) ||
                    str_contains(pages, STR("\xe2\x80\x94")) ||
                    str_contains(pages, STR("--"));
    for (size_t i = 0; i < pages.size;) {
        size_t dash = dash_at(pages, i);
        if (dash > 1 || (dash == 1 && !long_one && pages_joined(pages, i, i + 1)))
            buf_add(&out, STR("--"));
        else
            buf_add_byte(&out, pages.data[i]);
        i += dash > 0 ? dash : 1;
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

static void put_names(Entry *e, Str tag, const Names *names)
{
    Spell s = spelling(e);
    bool numbered = false;
    s.exact = e->w->opt->carry && !e->state->zotero;
    tag = open_field(e, tag);
    names_spell(&s, e->arena, names);
    close_field(e);
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i].homonym.size == 0)
            continue;
        /* biblatex's data annotations (manual, section 3.7); other styles ignore it */
        if (!numbered)
            open_field(e, arena_join(e->arena, tag, STR_EMPTY, STR("+an:homonym")));
        sink_format(e->w->out, "%s%zu=\"%.*s\"", numbered ? "; " : "", i + 1,
                    STR_ARG(names->items[i].homonym));
        numbered = true;
    }
    if (numbered)
        close_field(e);
}

void put_verbatim(Entry *e, Str tag, Str text)
{
    Spell s = spelling(e);
    open_field(e, tag);
    spell_verbatim(&s, text);
    close_field(e);
}

static void put_text(Entry *e, Str tag, const Text *text, bool lines)
{
    Spell s = spelling(e);
    s.lines = lines && !e->state->zotero; /* who takes two backslashes for themselves */
    open_field(e, tag);
    spell_text(&s, text);
    close_field(e);
}

/* A year that biblatex does not read as a date, and all that BibTeX has. */
static void put_year(Entry *e, Str year)
{
    Spell s = spelling(e);
    open_field(e, STR("year"));
    spell_plain(&s, year);
    close_field(e);
}

static void put_year_number(Entry *e, int year)
{
    put_tag(e, STR("year"));
    sink_format(e->w->out, "{%d},\n", year);
}

static bool has_year(const Date *date)
{
    return date->literal.size == 0 && date->from.unspecified == 0 &&
           !(date->range && date->from_end != DATE_KNOWN);
}

/* Whether year, month and day say less than the date. */
static bool says_more(const Date *date)
{
    return date->range || date->from.year < 1 || date->from.year > 9999 ||
           date_is_circa(date) || date->from.month > 12 || date->from.unspecified > 0 ||
           date->from.time.size > 0;
}

static const char *const MONTHS[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* One end of a stretch: a month, its day where there is one, and what comes after. */
static void put_end(Sink *out, DatePart part, const char *after)
{
    sink_write(out, str_from(MONTHS[part.month - 1]));
    if (part.day > 0)
        sink_format(out, " # \"~%d%s\"", part.day, after);
    else if (after[0] != '\0')
        sink_format(out, " # \"%s\"", after);
}

/* A stretch of months or days, or a season, as BibTeX files have it in `month`. */
static bool put_stretch(Entry *e, const Date *date)
{
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    Sink *out = e->w->out;
    DatePart from = date->from, to = date->to;
    if (date_is_circa(date) || from.unspecified > 0 || from.time.size > 0 ||
        from.month == 0)
        return false;
    if (!date->range && from.month >= 21 && from.month <= 24) {
        put_year_number(e, from.year);
        put_tag(e, STR("month"));
        sink_format(out, "{%s},\n", SEASONS[from.month - 21]);
        return true;
    }
    if (!date->range || date->from_end != DATE_KNOWN || date->to_end != DATE_KNOWN ||
        to.year != from.year || from.month > 12 || to.month < 1 || to.month > 12 ||
        (from.day > 0) != (to.day > 0) || to.time.size > 0)
        return false;
    put_year_number(e, from.year);
    put_tag(e, STR("month"));
    if (from.month == to.month && from.day > 0) {
        sink_format(out, "%s # \"~%d--%d\",\n", MONTHS[from.month - 1], from.day, to.day);
        return true;
    }
    put_end(out, from, "--");
    sink_write(out, STR(" # "));
    put_end(out, to, "");
    sink_write(out, STR(",\n"));
    return true;
}

/* year, month as a macro that styles know, day; what is more goes to biblatex's date. */
void put_published(Entry *e, const Date *date)
{
    if (e->state->zotero && (date->literal.size > 0 || !has_year(date) ||
                             says_more(date) || date->from.year < 1)) {
        Str text = zotero_date(e->arena, date);
        put_text(e, STR("date"), &(Text){.text = text}, false);
        return;
    }
    if (date->literal.size > 0) {
        put_year(e, date->literal);
        return;
    }
    if (e->own && put_stretch(e, date))
        return;
    if (date->from.unspecified > 0 && !date->range) {
        put_year(e, date_edtf(e->arena, date));
        return;
    }
    if (has_year(date))
        put_year_number(e, date->from.year);
    if (says_more(date))
        put_verbatim(e, STR("date"), date_edtf(e->arena, date));
    if (date->from.month >= 1 && date->from.month <= 12 && !date->range) {
        put_tag(e, STR("month"));
        sink_format(e->w->out, "%s,\n", MONTHS[date->from.month - 1]);
    }
    if (date->from.month > 0 && date->from.day > 0 && !date->range) {
        put_tag(e, STR("day"));
        sink_format(e->w->out, "{%d},\n", date->from.day);
    }
}

void put_field(Entry *e, Str tag, int how, const Field *field, const Text *text)
{
    Text shown;
    if (text == NULL)
        text = &field->text;
    if (e->state->zotero && field->form == FORM_TEXT) {
        shown = zotero_shown(e, field, text);
        text = &shown;
    }
    if (field->form == FORM_NAMES) {
        put_names(e, tag, &field->names);
    } else if (field->form == FORM_DATE) {
        bool literal = field->date.literal.size > 0;
        if (how == HOW_PUBLISHED || (literal && field->id == FIELD_ISSUED))
            put_published(e, &field->date);
        else
            put_verbatim(e, tag, date_edtf(e->arena, &field->date));
    } else if (how == HOW_TITLE) {
        put_title(e, tag, text);
    } else if (e->state->zotero && how == HOW_EPRINT &&
               str_equal_nocase(text->text, STR("arxiv"))) {
        put_verbatim(e, tag, STR("arxiv"));
    } else if (how == HOW_VERBATIM || how == HOW_DOI || how == HOW_URL ||
               how == HOW_EPRINT) {
        put_verbatim(e, tag, text->text);
    } else if (e->state->latex && (how == HOW_GENRE || how == HOW_STATUS) &&
               !str_equal(bibstring_key(text->text), text->text)) {
        put_verbatim(e, tag, bibstring_key(text->text));
    } else if (how == HOW_PAGES && !e->state->zotero) {
        Text pages = *text;
        if (pages.run_count == 0)
            pages = text_plain(with_dashes(e->arena, pages.text));
        put_text(e, tag, &pages, false);
    } else {
        put_text(e, tag, text, how == HOW_LINES);
    }
}

/* What holds a separator is one keyword between braces, to biblatex, too.  The Web of
 * Science has a whole list in braces, so that an only keyword with semicolons has two. */
static Str keyword_braces(Str keyword, bool only)
{
    bool list = str_find_byte(keyword, ';') < keyword.size;
    if (list && only)
        return STR("{{}}");
    return list || str_find_byte(keyword, ',') < keyword.size ? STR("{}") : STR_EMPTY;
}

/* Zotero shows the marks of a keyword as tags. */
static void put_label(Entry *e, Spell *s, const Text *keyword)
{
    enum { SILENT = 1 << MARK_MATH | 1 << MARK_NOCASE };
    Text bare = text_without_marks(e->arena, keyword, ~(1U << MARK_MATH));
    if (text_has_marks(keyword, ~(unsigned)SILENT))
        diag_here(e->w->diag, LEVEL_WARNING, "degraded-text",
                  "Zotero has no emphasis in keywords; written without");
    spell_text(s, &bare);
}

void put_keywords(Entry *e, Str tag)
{
    const Field *field;
    bool begun = false;
    while ((field = view_take(e->v, FIELD_KEYWORD)) != NULL) {
        Spell s = spelling(e);
        if (begun)
            sink_write(e->w->out, STR(", "));
        else
            open_field(e, tag);
        bool only = !begun && view_see(e->v, FIELD_KEYWORD) == NULL;
        Str braces =
            e->state->zotero ? STR_EMPTY : keyword_braces(field->text.text, only);
        begun = true;
        sink_write(e->w->out, str_slice(braces, 0, braces.size / 2));
        if (e->state->zotero)
            put_label(e, &s, &field->text);
        else
            spell_text(&s, &field->text);
        sink_write(e->w->out, str_after(braces, braces.size / 2));
    }
    if (begun)
        close_field(e);
}
