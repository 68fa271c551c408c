/* SPDX-License-Identifier: MIT
 * What the names of parts and modifiers mean; see template_parser.h. */
#include "convert/base/memory.h"
#include "convert/pipeline/template_parser.h"

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

/* Parts. */

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

int template_number(Str digits)
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
    *n = template_number(str_after(name, end));
    *m = -1;
    if (*n < 0 || end < 2 || name.data[end - 1] != '_' ||
        !byte_is_digit(name.data[end - 2]))
        return str_slice(name, 0, end);
    *m = *n;
    size_t first = end - 1;
    while (first > 0 && byte_is_digit(name.data[first - 1]))
        first--;
    *n = template_number(str_slice(name, first, end - 1));
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

Part *template_add_part(Template *t, PartId id)
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
                return template_fail(p, at, "postfix holds a sign that no key may hold");
        }
        p->template->suffix = (Suffix){.before = str_slice(format, 0, found),
                                       .behind = str_after(format, found + 5),
                                       .style = STYLES[i][2]};
        return true;
    }
    return template_fail(p, at, "postfix takes a text with %%(a)s, %%(A)s or %%(n)s");
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
            return template_fail(p, at, "expected numbers as in (3, 1), or n=, m=, sep=");
        else if (second)
            part->m = args[i].number;
        else
            part->n = args[i].number;
        position += named ? 0 : 1;
    }
    return true;
}

bool template_take_name(Parser *p, Str name, const Arg *args, size_t count, size_t at)
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
            return template_fail(p, at, "unknown part '%.*s'%s%s%s", STR_ARG(name),
                                 near != NULL ? "; did you mean '" : "",
                                 near != NULL ? near : "", near != NULL ? "'?" : "");
        }
        template_add_part(p->template, PART_FIELD)->field = word;
        return true;
    }
    Part *part = template_add_part(p->template, found->id);
    part->who = who;
    part->n = n >= 0 ? n : found->n;
    part->m = m;
    part->joint = found->joint;
    part->rest = found->rest;
    return set_args(p, part, args, count, at);
}

/* Modifiers. */

void template_add_filter(Template *t, Filter filter)
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

bool template_take_filter(Parser *p, Str name, const Arg *args, size_t count, size_t at)
{
    const char *near;
    int n = -1, m = -1;
    const struct FilterName *found = find_filter(name, &near);
    if (found == NULL && (found = find_filter(cut_numbers(name, &n, &m), &near)) == NULL)
        return template_fail(p, at, "unknown modifier '%.*s'%s%s%s", STR_ARG(name),
                             near != NULL ? "; did you mean '" : "",
                             near != NULL ? near : "", near != NULL ? "'?" : "");
    if (count > found->args)
        return template_fail(p, at, "modifier '%s' takes %zu values at most", found->name,
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
        return template_fail(p, at, "modifier '%s' takes a number", found->name);
    if (filter.id == FILTER_REPLACE && filter.text.size == 0)
        return template_fail(p, at,
                             "modifier 'replace' takes what to replace, and by what");
    template_add_filter(p->template, filter);
    return true;
}
