/* SPDX-License-Identifier: MIT
 * From the text of a key template to its parts; see template.h. */
#include "convert/pipeline/template.h"
#include "convert/base/memory.h"
#include "convert/pipeline/template_program.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct PartName {
    const char *name;
    PartId id;
    const char *joint, *rest;
    int n; /* what it means without a number */
} PartName;

/* Names of editors are made of these: edtr of auth, editor of author. */
static const PartName PARTS[] = {
    {"auth", PART_AUTH, NULL, NULL, -1},
    {"authors", PART_AUTHORS, NULL, NULL, -1},
    {"author", PART_AUTHORS, NULL, NULL, -1},
    {"authorsn", PART_AUTHORS, NULL, NULL, -1},
    {"authorsAlpha", PART_AUTHORS_ALPHA, NULL, NULL, -1},
    {"authEtAl", PART_AUTH_ETAL, "", "EtAl", -1},
    {"authEtal2", PART_AUTH_ETAL, "", "EtAl", -1},
    {"authEtal", PART_AUTH_ETAL, ".", ".etal", -1},
    {"auth.etal", PART_AUTH_ETAL, ".", ".etal", -1},
    {"authAuthEa", PART_AUTH_AUTH_EA, ".", ".ea", -1},
    {"auth.auth.ea", PART_AUTH_AUTH_EA, ".", ".ea", -1},
    {"authshort", PART_AUTH_SHORT, NULL, NULL, -1},
    {"authIni", PART_AUTH_INI, NULL, NULL, 1},
    {"authForeIni", PART_AUTH_FORE_INI, NULL, NULL, -1},
    {"authorIni", PART_AUTHOR_INI, NULL, NULL, -1},
    {"authorsIni", PART_AUTHOR_INI, NULL, NULL, -1},
    {"authorLast", PART_AUTHOR_LAST, NULL, NULL, -1},
    {"authorLastForeIni", PART_AUTHOR_LAST_FORE_INI, NULL, NULL, -1},
    {"title", PART_TITLE, NULL, NULL, -1},
    {"fulltitle", PART_FULL_TITLE, NULL, NULL, -1},
    {"shorttitle", PART_SHORT_TITLE, NULL, NULL, 3},
    {"veryshorttitle", PART_SHORT_TITLE, NULL, NULL, 1},
    {"shorttitleINI", PART_SHORT_TITLE_INI, NULL, NULL, 3},
    {"camel", PART_CAMEL, NULL, NULL, -1},
    {"year", PART_YEAR, NULL, NULL, -1},
    {"shortyear", PART_SHORT_YEAR, NULL, NULL, -1},
    {"month", PART_MONTH, NULL, NULL, -1},
    {"day", PART_DAY, NULL, NULL, -1},
    {"firstpage", PART_FIRST_PAGE, NULL, NULL, -1},
    {"lastpage", PART_LAST_PAGE, NULL, NULL, -1},
    {"keyword", PART_KEYWORD, NULL, NULL, 1},
    {"entrytype", PART_TYPE, NULL, NULL, -1},
    {"type", PART_TYPE, NULL, NULL, -1},
    {"postfix", PART_POSTFIX, NULL, NULL, -1},
};
enum { PART_COUNT = sizeof PARTS / sizeof PARTS[0] };

static const struct FilterName {
    const char *name;
    FilterId id;
    size_t args; /* at most */
} FILTERS[] = {
    {"lower", FILTER_LOWER, 0},
    {"upper", FILTER_UPPER, 0},
    {"capitalize", FILTER_CAPITALIZE, 0},
    {"titlecase", FILTER_TITLE_CASE, 0},
    {"title_case", FILTER_TITLE_CASE, 0},
    {"sentencecase", FILTER_SENTENCE_CASE, 0},
    {"sentence_case", FILTER_SENTENCE_CASE, 0},
    {"abbr", FILTER_ABBR, 0},
    {"acronym", FILTER_ABBR, 0},
    {"alphanum", FILTER_ALPHANUM, 0},
    {"nopunctordash", FILTER_ALPHANUM, 0},
    {"nopunct", FILTER_NO_PUNCT, 0},
    {"clean", FILTER_NOTHING, 0},
    {"ascii", FILTER_NOTHING, 0},
    {"fold", FILTER_NOTHING, 0},
    {"transliterate", FILTER_NOTHING, 1},
    {"skipwords", FILTER_SKIP_WORDS, 0},
    {"condense", FILTER_CONDENSE, 1},
    {"prefix", FILTER_PREFIX, 1},
    {"postfix", FILTER_POSTFIX, 1},
    {"replace", FILTER_REPLACE, 2},
    {"select", FILTER_SELECT, 2},
    {"substring", FILTER_SUBSTRING, 2},
    {"truncate", FILTER_SUBSTRING, 1},
    {"default", FILTER_FALLBACK, 1},
};
enum { FILTER_COUNT = sizeof FILTERS / sizeof FILTERS[0] };

typedef struct Parser {
    Str text;
    size_t at;
    Template *template;
    Buf *wrong;
    size_t wrong_at;
    bool failed;
} Parser;

__attribute__((format(printf, 3, 4))) static bool fail(Parser *p, size_t at,
                                                       const char *format, ...)
{
    va_list args;
    if (p->failed)
        return false;
    p->failed = true;
    p->wrong_at = at;
    va_start(args, format);
    char message[256];
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    buf_clear(p->wrong);
    buf_add(p->wrong, str_from(message));
    return false;
}

static char peek(const Parser *p)
{
    return p->at < p->text.size ? p->text.data[p->at] : '\0';
}

static void skip_space(Parser *p)
{
    while (p->at < p->text.size && byte_is_space(p->text.data[p->at]))
        p->at++;
}

/* Names. */

static const PartName *find_part(Str name)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (str_equal(name, str_from(PARTS[i].name)))
            return &PARTS[i];
    }
    for (size_t i = 0; i < PART_COUNT; i++) {
        if (str_equal_nocase(name, str_from(PARTS[i].name)))
            return &PARTS[i];
    }
    return NULL;
}

static const char *nearest_part(Str name)
{
    const char *near = word_near(name);
    size_t least = near != NULL ? str_distance(name, str_from(near)) : name.size / 3 + 1;
    for (size_t i = 0; i < PART_COUNT; i++) {
        size_t distance = str_distance(name, str_from(PARTS[i].name));
        if (distance < least || (distance == least && near == NULL)) {
            least = distance;
            near = PARTS[i].name;
        }
    }
    return near;
}

static int number_of(Str digits)
{
    int n = 0;
    if (digits.size == 0)
        return -1;
    for (size_t i = 0; i < digits.size; i++) {
        if (!byte_is_digit(digits.data[i]) || n > 100000)
            return -1;
        n = n * 10 + (digits.data[i] - '0');
    }
    return n;
}

/* "shorttitle3_2" is "shorttitle", 3 and 2. */
static Str cut_numbers(Str name, int *n, int *m)
{
    size_t end = name.size;
    while (end > 0 && byte_is_digit(name.data[end - 1]))
        end--;
    *n = number_of(str_after(name, end));
    *m = -1;
    if (*n < 0 || end < 2 || name.data[end - 1] != '_' ||
        !byte_is_digit(name.data[end - 2]))
        return str_slice(name, 0, end);
    *m = *n;
    size_t first = end - 1;
    while (first > 0 && byte_is_digit(name.data[first - 1]))
        first--;
    *n = number_of(str_slice(name, first, end - 1));
    return str_slice(name, 0, first);
}

/* "edtrIni" is "authIni" of editors, "pureauth" "auth" of authors alone. */
static Str name_of_authors(Template *template, Str name, Who *who)
{
    *who = WHO_AUTHORS_OR_EDITORS;
    if (str_starts_nocase(name, STR("pureauth"))) {
        *who = WHO_AUTHORS;
        return str_after(name, 4);
    }
    bool edtr = str_starts_nocase(name, STR("edtr"));
    if (!edtr && !str_starts_nocase(name, STR("editor")))
        return name;
    *who = WHO_EDITORS;
    if (str_equal_nocase(name, STR("edtr.edtr.ea")))
        return STR("auth.auth.ea");
    return arena_join(&template->arena, edtr ? STR("auth") : STR("author"), STR_EMPTY,
                      str_after(name, edtr ? 4 : 6));
}

static Part *add_part(Template *t, PartId id)
{
    if (t->part_count == t->part_capacity) {
        t->part_capacity = memory_grown(t->part_capacity, t->part_count + 1);
        t->parts = memory_resize(t->parts, t->part_capacity * sizeof *t->parts);
    }
    t->parts[t->part_count] = (Part){
        .id = id, .n = -1, .m = -1, .text = STR_EMPTY, .first_filter = t->filter_count};
    return &t->parts[t->part_count++];
}

/* "%(a)s" and what stands around it. */
static bool set_suffix(Parser *p, Str format, size_t at)
{
    static const char *const STYLES[] = {"%(a)s", "%(A)s", "%(n)s"};
    for (size_t i = 0; i < 3; i++) {
        size_t found = str_find(format, str_from(STYLES[i]));
        if (found == format.size)
            continue;
        for (size_t at_byte = 0; at_byte < format.size; at_byte++) {
            bool style = at_byte >= found && at_byte < found + 5;
            if (!style && !template_legal(format.data[at_byte]))
                return fail(p, at, "postfix holds a sign that no key may hold");
        }
        p->template->suffix = (Suffix){.before = str_slice(format, 0, found),
                                       .behind = str_after(format, found + 5),
                                       .style = STYLES[i][2]};
        return true;
    }
    return fail(p, at, "postfix takes a text with %%(a)s, %%(A)s or %%(n)s");
}

/* The values of "n", "m" and the like, by name or in their order. */
static bool set_args(Parser *p, Part *part, const Arg *args, size_t count, size_t at)
{
    size_t position = 0;
    if (part->id == PART_TYPE && count > 0) {
        part->id = PART_IS_TYPE;
        for (size_t i = 0; i < count; i++)
            part->text = i == 0 ? args[0].text
                                : arena_join(&p->template->arena, part->text, STR(","),
                                             args[i].text);
        return true;
    }
    if (part->id == PART_POSTFIX)
        return set_suffix(p, count > 0 ? args[0].text : STR("%(a)s"), at);
    for (size_t i = 0; i < count; i++) {
        bool named = args[i].name.size > 0;
        bool second = named ? str_equal(args[i].name, STR("m")) : position == 1;
        if (named && str_equal(args[i].name, STR("sep")))
            part->text = args[i].text;
        else if ((named && !second && !str_equal(args[i].name, STR("n"))) ||
                 position > 1 || args[i].number < 0)
            return fail(p, at, "expected numbers as in (3, 1), or n=, m=, sep=");
        else if (second)
            part->m = args[i].number;
        else
            part->n = args[i].number;
        position += named ? 0 : 1;
    }
    return true;
}

static bool take_name(Parser *p, Str name, const Arg *args, size_t count, size_t at)
{
    Who who;
    int n = -1, m = -1;
    Str author_name = name_of_authors(p->template, name, &who);
    const PartName *found = find_part(author_name);
    if (found == NULL)
        found = find_part(cut_numbers(author_name, &n, &m));
    if (found == NULL || (who != WHO_AUTHORS_OR_EDITORS &&
                          (found->id < PART_AUTH || found->id >= PART_TITLE))) {
        FieldWord word = word_field(name);
        if (word.id == FIELD_OTHER || count > 0) {
            const char *near = nearest_part(name);
            return fail(p, at, "unknown part '%.*s'%s%s%s", STR_ARG(name),
                        near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                        near != NULL ? "'?" : "");
        }
        add_part(p->template, PART_FIELD)->field = word;
        return true;
    }
    Part *part = add_part(p->template, found->id);
    part->who = who;
    part->n = n >= 0 ? n : found->n;
    part->m = m;
    part->joint = found->joint;
    part->rest = found->rest;
    return set_args(p, part, args, count, at);
}

/* Modifiers. */

static void add_filter(Template *t, Filter filter)
{
    if (t->filter_count == t->filter_capacity) {
        t->filter_capacity = memory_grown(t->filter_capacity, t->filter_count + 1);
        t->filters = memory_resize(t->filters, t->filter_capacity * sizeof *t->filters);
    }
    t->filters[t->filter_count++] = filter;
    t->parts[t->part_count - 1].filter_count++;
}

static const struct FilterName *find_filter(Str name, const char **near)
{
    size_t least = name.size / 3 + 1;
    *near = NULL;
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        if (str_equal_nocase(name, str_from(FILTERS[i].name)))
            return &FILTERS[i];
        size_t distance = str_distance(name, str_from(FILTERS[i].name));
        if (distance < least || (distance == least && *near == NULL)) {
            least = distance;
            *near = FILTERS[i].name;
        }
    }
    return NULL;
}

static bool take_filter(Parser *p, Str name, const Arg *args, size_t count, size_t at)
{
    const char *near;
    int n = -1, m = -1;
    const struct FilterName *found = find_filter(name, &near);
    if (found == NULL && (found = find_filter(cut_numbers(name, &n, &m), &near)) == NULL)
        return fail(p, at, "unknown modifier '%.*s'%s%s%s", STR_ARG(name),
                    near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                    near != NULL ? "'?" : "");
    if (count > found->args)
        return fail(p, at, "modifier '%s' takes %zu values at most", found->name,
                    found->args);
    Filter filter = {
        .id = found->id, .text = STR_EMPTY, .other = STR_EMPTY, .n = n, .m = m};
    bool truncates = strcmp(found->name, "truncate") == 0;
    if (count > 0) {
        filter.text = args[0].text;
        filter.n = args[0].number;
    }
    if (count > 1) {
        filter.other = args[1].text;
        filter.m = args[1].number;
    }
    if (truncates) {
        filter.m = filter.n;
        filter.n = 1;
    }
    bool numbers = filter.id == FILTER_SELECT || filter.id == FILTER_SUBSTRING;
    if (numbers && (filter.n < 0 || (truncates && filter.m < 0)))
        return fail(p, at, "modifier '%s' takes a number", found->name);
    if (filter.id == FILTER_REPLACE && filter.text.size == 0)
        return fail(p, at, "modifier 'replace' takes what to replace, and by what");
    add_filter(p->template, filter);
    return true;
}

/* Values in brackets: (3, 'x', n=2). */

static bool take_quoted(Parser *p, Str *text)
{
    char quote = peek(p);
    size_t start = ++p->at;
    Buf out = {0};
    while (p->at < p->text.size && peek(p) != quote) {
        if (peek(p) == '\\' && p->at + 1 < p->text.size)
            p->at++;
        buf_add_byte(&out, peek(p));
        p->at++;
    }
    *text = arena_copy(&p->template->arena, buf_str(&out));
    buf_free(&out);
    if (p->at == p->text.size)
        return fail(p, start, "the quotation mark is not closed");
    p->at++;
    return true;
}

static Str take_bare(Parser *p, const char *stops)
{
    size_t start = p->at;
    while (p->at < p->text.size && (peek(p) == '\0' || strchr(stops, peek(p)) == NULL))
        p->at++;
    return str_trim(str_slice(p->text, start, p->at));
}

static bool take_args(Parser *p, Arg *args, size_t *count)
{
    size_t open = p->at++; /* '(' */
    *count = 0;
    for (skip_space(p); peek(p) != ')'; skip_space(p)) {
        Arg arg = {.name = STR_EMPTY, .text = STR_EMPTY, .number = -1};
        bool quoted = peek(p) == '"' || peek(p) == '\'';
        if (p->at == p->text.size)
            return fail(p, open + 1, "this '(' is not closed");
        if (*count == ARGS_MOST)
            return fail(p, p->at + 1, "too many values");
        if (!quoted) {
            arg.text = take_bare(p, ",()='\"");
            if (peek(p) == '=') {
                p->at++;
                skip_space(p);
                arg.name = arg.text;
                quoted = peek(p) == '"' || peek(p) == '\'';
                arg.text = quoted ? STR_EMPTY : take_bare(p, ",()'\"");
            }
        }
        if (quoted && !take_quoted(p, &arg.text))
            return false;
        arg.number = quoted ? -1 : number_of(arg.text);
        args[(*count)++] = arg;
        skip_space(p);
        if (peek(p) == ',')
            p->at++;
        else if (peek(p) != ')')
            return fail(p, p->at + 1, "expected ',' or ')'");
    }
    p->at++;
    return true;
}

/* [auth:lower:(none)] */

/* ":lower", ":(fallback)", ":truncate(3)", ":condense,_" */
static bool take_bracket_filter(Parser *p)
{
    Arg args[ARGS_MOST];
    size_t count = 0, at = p->at + 1;
    if (peek(p) == '(') {
        p->at++;
        Str text = take_bare(p, ")");
        if (p->at == p->text.size)
            return fail(p, at, "this '(' is not closed");
        p->at++;
        add_filter(p->template,
                   (Filter){.id = FILTER_FALLBACK, .text = text, .other = STR_EMPTY});
        return true;
    }
    Str name = take_bare(p, ":],(");
    if (peek(p) == '(' && !take_args(p, args, &count))
        return false;
    while (peek(p) == ',' && count < ARGS_MOST) {
        p->at++;
        Str text = take_bare(p, ":],");
        args[count++] = (Arg){.text = text, .number = number_of(text)};
    }
    return take_filter(p, name, args, count, at);
}

static bool take_bracket(Parser *p)
{
    size_t open = p->at++;
    Arg args[ARGS_MOST];
    size_t count = 0, at = p->at + 1;
    if (peek(p) == '=') { /* only for these types */
        p->at++;
        add_part(p->template, PART_IS_TYPE)->text = take_bare(p, "]");
    } else {
        Str name = take_bare(p, ":](");
        if (peek(p) == '(' && !take_args(p, args, &count))
            return false;
        if (!take_name(p, name, args, count, at))
            return false;
    }
    while (peek(p) == ':') {
        p->at++;
        if (!take_bracket_filter(p))
            return false;
    }
    if (peek(p) != ']')
        return p->at == p->text.size ? fail(p, open + 1, "this '[' is not closed")
                                     : fail(p, p->at + 1, "expected ':' or ']'");
    p->at++;
    return true;
}

static bool parse_brackets(Parser *p)
{
    while (p->at < p->text.size) {
        if (peek(p) == '[') {
            if (!take_bracket(p))
                return false;
        } else if (peek(p) == '|') {
            add_part(p->template, PART_OR);
            p->at++;
        } else {
            size_t at = p->at + 1;
            Str text = take_bare(p, "[|]");
            if (peek(p) == ']')
                return fail(p, p->at + 1, "this ']' closes nothing");
            if (text.size > 0)
                add_part(p->template, PART_LITERAL)->text = text;
            else if (p->at + 1 == at)
                return fail(p, at, "expected '['");
        }
    }
    return true;
}

/* auth.lower + year */

static Str take_identifier(Parser *p)
{
    size_t start = p->at;
    while (p->at < p->text.size && (byte_is_alpha(peek(p)) || byte_is_digit(peek(p)) ||
                                    peek(p) == '_' || (peek(p) == '-' && p->at > start)))
        p->at++;
    return str_slice(p->text, start, p->at);
}

/* A name or text with its modifiers. */
static bool take_term(Parser *p)
{
    Arg args[ARGS_MOST];
    size_t count = 0, at = p->at + 1;
    Str text;
    if (peek(p) == '"' || peek(p) == '\'') {
        if (!take_quoted(p, &text))
            return false;
        add_part(p->template, PART_LITERAL)->text = text;
    } else {
        Str name = take_identifier(p);
        if (name.size == 0)
            return fail(p, at,
                        "expected the name of a part, or a text in quotation "
                        "marks");
        if (peek(p) == '(' && !take_args(p, args, &count))
            return false;
        if (!take_name(p, name, args, count, at))
            return false;
    }
    for (skip_space(p); peek(p) == '.'; skip_space(p)) {
        at = ++p->at + 1;
        count = 0;
        Str name = take_identifier(p);
        if (peek(p) == '(' && !take_args(p, args, &count))
            return false;
        if (!take_filter(p, name, args, count, at))
            return false;
    }
    return true;
}

static bool parse_formula(Parser *p)
{
    for (skip_space(p);; skip_space(p)) {
        if (!take_term(p))
            return false;
        skip_space(p);
        if (p->at == p->text.size)
            return true;
        if (peek(p) == '|' || peek(p) == ';')
            add_part(p->template, PART_OR);
        else if (peek(p) != '+')
            return fail(p, p->at + 1, "expected '+', '|', '.' or the end");
        p->at++;
    }
}

/* A '[' outside of quotation marks. */
static bool has_brackets(Str s)
{
    char quote = '\0';
    for (size_t i = 0; i < s.size; i++) {
        if (quote == '\0' && s.data[i] == '[')
            return true;
        if (quote == '\0' && (s.data[i] == '"' || s.data[i] == '\''))
            quote = s.data[i];
        else if (s.data[i] == quote)
            quote = '\0';
    }
    return false;
}

Template *template_open(Str text, Buf *wrong, size_t *column)
{
    Template *template = memory_zeroed(1, sizeof *template);
    template->suffix = (Suffix){STR_EMPTY, STR_EMPTY, 'a'};
    Parser p = {.text = text, .template = template, .wrong = wrong};
    bool fine = has_brackets(text) ? parse_brackets(&p) : parse_formula(&p);
    if (fine)
        return template;
    *column = p.wrong_at;
    template_close(template);
    return NULL;
}

void template_close(Template *template)
{
    if (template == NULL)
        return;
    arena_free(&template->arena);
    free(template->parts);
    free(template->filters);
    free(template);
}

Suffix template_suffix(const Template *template)
{
    return template->suffix;
}
