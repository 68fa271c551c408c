/* SPDX-License-Identifier: MIT
 * What each kind of option makes of its value; see values.h. */
#include "convert/cli/values.h"
#include "convert/base/memory.h"
#include "convert/pipeline/expr.h"
#include "convert/pipeline/template.h"
#include "convert/pipeline/word.h"
#include "convert/text/charset.h"
#include "formats/registry.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define USAGE(diag, ...) diag_report(diag, LEVEL_ERROR, "usage", (Place){0}, __VA_ARGS__)

bool take_text(const Given *given, void *into)
{
    *(const char **)into = given->value;
    return true;
}

bool take_word(const Given *given, void *into)
{
    Words *words = into;
    words->items = memory_resize(words->items, (words->count + 1) * sizeof *words->items);
    words->items[words->count++] = given->value;
    return true;
}

bool take_flag(const Given *given, void *into)
{
    (void)given;
    return *(bool *)into = true;
}

bool take_task(const Given *given, void *into)
{
    *(Task *)into = (Task)given->constant;
    return true;
}

bool take_carry(const Given *given, void *into)
{
    *(Carry *)into = (Carry)given->constant;
    return true;
}

static bool set_format(Str name, Role role, const Format **format, Diag *diag)
{
    static const char *const WHAT[] = {"", " that can be read", " that can be written"};
    *format = registry_find(name, role);
    if (*format != NULL)
        return true;
    const Format *other = registry_find(name, ROLE_ANY);
    const Format *near = registry_nearest(name, role);
    if (other != NULL)
        USAGE(diag, "format '%s' is none%s; see --list-formats", other->name, WHAT[role]);
    else if (near != NULL)
        USAGE(diag, "unknown format '%.*s'; did you mean '%s'?", STR_ARG(name),
              near->name);
    else
        USAGE(diag, "unknown format '%.*s'; see --list-formats", STR_ARG(name));
    return false;
}

bool take_reader(const Given *given, void *into)
{
    return set_format(str_from(given->value), ROLE_READER, into, given->diag);
}

bool take_writer(const Given *given, void *into)
{
    return set_format(str_from(given->value), ROLE_WRITER, into, given->diag);
}

bool take_explain(const Given *given, void *into)
{
    given->command->task = TASK_EXPLAIN;
    return set_format(str_from(given->value), ROLE_ANY, into, given->diag);
}

bool take_list_styles(const Given *given, void *into)
{
    given->command->task = TASK_LIST_STYLES;
    return take_text(given, into);
}

static bool set_charset(const char *name, bool decoder, const char **charset, Diag *diag)
{
    Charset *probe = decoder ? charset_decoder(name) : charset_encoder(name);
    if (probe != NULL || charset_is_utf8(name)) {
        charset_close(probe);
        *charset = name;
        return true;
    }
    const char *near = charset_nearest(name);
    if (near != NULL)
        USAGE(diag, "unknown charset '%s'; did you mean '%s'?", name, near);
    else
        USAGE(diag, "unknown charset '%s'; iconv -l lists them", name);
    return false;
}

bool take_decoder(const Given *given, void *into)
{
    return set_charset(given->value, true, into, given->diag);
}

bool take_encoder(const Given *given, void *into)
{
    return set_charset(given->value, false, into, given->diag);
}

bool take_width(const Given *given, void *into)
{
    const char *value = given->value;
    size_t width = 0;
    for (const char *c = value; *c != '\0'; c++) {
        if (!byte_is_digit(*c) || c - value > 5) {
            USAGE(given->diag, "--width takes a number of columns, not '%s'", value);
            return false;
        }
        width = width * 10 + (size_t)(*c - '0');
    }
    if (*value == '\0' || (width > 0 && width < 20)) {
        USAGE(given->diag, "--width takes 0 or at least 20 columns, not '%s'", value);
        return false;
    }
    *(size_t *)into = width;
    given->command->width_given = true;
    return true;
}

static bool value_allowed(const Option *option, Str value)
{
    Str list = str_from(option->values), each;
    if (option->values == NULL)
        return true;
    while (str_split(&list, '|', &each)) {
        if (str_equal(value, each))
            return true;
    }
    return false;
}

static const Option *find_option(const Format *format, Str name, Diag *diag)
{
    const Option *near = NULL;
    size_t least = name.size / 2 + 1;
    for (const Option *o = format->options; o != NULL && o->name != NULL; o++) {
        if (str_equal(name, str_from(o->name)))
            return o;
        size_t distance = str_distance(name, str_from(o->name));
        if (distance <= least) {
            least = distance;
            near = o;
        }
    }
    if (near != NULL)
        USAGE(diag, "format %s has no option '%.*s'; did you mean '%s'?", format->name,
              STR_ARG(name), near->name);
    else
        USAGE(diag, "format %s has no option '%.*s'; see --explain %s", format->name,
              STR_ARG(name), format->name);
    return NULL;
}

/* "arrow.venues=verbatim" */
bool take_option(const Given *given, void *into)
{
    const char *text = given->value;
    Command *command = given->command;
    Diag *diag = given->diag;
    OptionValue **values = into;
    Str all = str_from(text);
    size_t equals = str_find_byte(all, '=');
    Str key = str_slice(all, 0, equals);
    size_t dot = str_find_byte(key, '.');
    const Format *format = NULL;
    if (equals == all.size || dot == key.size) {
        USAGE(diag, "--opt takes FORMAT.KEY=VALUE, not '%s'", text);
        return false;
    }
    if (!set_format(str_slice(key, 0, dot), ROLE_ANY, &format, diag))
        return false;
    const Option *option = find_option(format, str_after(key, dot + 1), diag);
    if (option == NULL)
        return false;
    const char *value = text + equals + 1;
    if (!value_allowed(option, str_from(value))) {
        USAGE(diag, "--opt %s.%s takes one of %s, not '%s'", format->name, option->name,
              option->values, value);
        return false;
    }
    *values = memory_resize(*values, (command->value_count + 1) * sizeof **values);
    (*values)[command->value_count++] =
        (OptionValue){.format = format->name, .name = option->name, .value = value};
    return true;
}

/* "--select: column 7: expected ..." */
static bool tell_wrong(const Given *given, size_t column, Str wrong)
{
    USAGE(given->diag, "--%s, column %zu: %.*s", given->name, column, STR_ARG(wrong));
    return false;
}

bool take_select(const Given *given, void *into)
{
    const char *wrong;
    size_t column;
    Expr *expr = expr_open(str_from(given->value), &wrong, &column);
    if (expr == NULL)
        return tell_wrong(given, column, str_from(wrong));
    expr_close(expr);
    return take_word(given, into);
}

bool take_key(const Given *given, void *into)
{
    Buf wrong = {0};
    size_t column;
    Template *template = template_open(str_from(given->value), &wrong, &column);
    if (template == NULL)
        tell_wrong(given, column, buf_str(&wrong));
    buf_free(&wrong);
    template_close(template);
    return template != NULL && take_text(given, into);
}

bool take_unique(const Given *given, void *into)
{
    bool merge = strcmp(given->value, "merge") == 0;
    *(UniqueMode *)into = merge ? UNIQUE_MERGE : UNIQUE_REPORT;
    if (merge || given->value[0] == '\0' || strcmp(given->value, "report") == 0)
        return true;
    USAGE(given->diag, "--unique takes report or merge, not '%s'", given->value);
    return false;
}

bool take_sort(const Given *given, void *into)
{
    Str wrong;
    if (sort_parse(str_from(given->value), into, &wrong))
        return true;
    const char *near = word_near(wrong);
    if (((SortOrder *)into)->count == SORT_FIELDS_MOST)
        USAGE(given->diag, "--sort takes %d fields at most", SORT_FIELDS_MOST);
    else if (near != NULL)
        USAGE(given->diag, "--sort knows no field '%.*s'; did you mean '%s'?",
              STR_ARG(wrong), near);
    else
        USAGE(given->diag, "--sort knows no field '%.*s'", STR_ARG(wrong));
    return false;
}

/* "64M" */
bool take_memory(const Given *given, void *into)
{
    static const char UNITS[] = "KMG";
    Str rest = str_from(given->value);
    size_t size = 0, digits = 0;
    for (; digits < rest.size && digits < 9 && byte_is_digit(rest.data[digits]); digits++)
        size = size * 10 + (size_t)(rest.data[digits] - '0');
    rest = str_after(rest, digits);
    for (size_t unit = 0; rest.size == 1 && UNITS[unit] != '\0'; unit++) {
        if (rest.data[0] != UNITS[unit] || size > SIZE_MAX >> (unit + 1) * 10)
            continue;
        size <<= (unit + 1) * 10;
        rest = STR_EMPTY;
    }
    *(size_t *)into = size;
    if (digits > 0 && size > 0 && rest.size == 0)
        return true;
    USAGE(given->diag, "--memory takes a size such as 64M, not '%s'", given->value);
    return false;
}

bool take_diagnostics(const Given *given, void *into)
{
    static const char *const FORMS[] = {
        [DIAG_TEXT] = "text", [DIAG_JSON] = "json", [DIAG_GITHUB] = "github"};
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        if (strcmp(given->value, FORMS[i]) == 0) {
            *(DiagForm *)into = (DiagForm)i;
            return true;
        }
    }
    USAGE(given->diag, "--diagnostics takes text, json or github, not '%s'",
          given->value);
    return false;
}

bool take_completion(const Given *given, void *into)
{
    static const char *const SHELLS[] = {
        [SHELL_BASH] = "bash", [SHELL_ZSH] = "zsh", [SHELL_FISH] = "fish"};
    for (size_t i = 0; i < sizeof SHELLS / sizeof SHELLS[0]; i++) {
        if (strcmp(given->value, SHELLS[i]) == 0) {
            *(Shell *)into = (Shell)i;
            given->command->task = TASK_COMPLETION;
            return true;
        }
    }
    USAGE(given->diag, "--completion takes bash, zsh or fish, not '%s'", given->value);
    return false;
}

bool take_jobs(const Given *given, void *into)
{
    enum { MOST = 9999 };
    size_t threads = 0;
    for (const char *c = given->value; *c != '\0'; c++) {
        if (!byte_is_digit(*c) || threads > MOST) {
            threads = 0;
            break;
        }
        threads = 10 * threads + (size_t)(*c - '0');
    }
    if (threads == 0 || threads > MOST) {
        USAGE(given->diag, "'%s' is no number of jobs, from 1 to %d", given->value, MOST);
        return false;
    }
    *(size_t *)into = threads;
    return true;
}
