/* SPDX-License-Identifier: MIT
 * What each kind of option makes of its value; see values.h. */
#include "convert/cli/values.h"
#include "convert/base/memory.h"
#include "convert/pipeline/setting.h"
#include "convert/pipeline/word.h"
#include "convert/text/charset.h"
#include "formats/registry.h"

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

/* `known`: whether it is one. */
static bool set_charset(const Given *given, void *into, bool known)
{
    const char *name = given->value;
    const char *near = known ? NULL : charset_nearest(name);
    if (known)
        return take_text(given, into);
    if (near != NULL)
        USAGE(given->diag, "unknown charset '%s'; did you mean '%s'?", name, near);
    else
        USAGE(given->diag, "unknown charset '%s'; iconv -l lists them", name);
    return false;
}

bool take_decoder(const Given *given, void *into)
{
    return set_charset(given, into, charset_reads(given->value));
}

bool take_encoder(const Given *given, void *into)
{
    return set_charset(given, into, charset_writes(given->value));
}

bool take_width(const Given *given, void *into)
{
    given->command->width_given = true;
    if (setting_width(given->value, into))
        return true;
    USAGE(given->diag, "--width takes 0 or at least 20 columns, not '%s'", given->value);
    return false;
}

static const Option *find_option(const Format *format, Str name, Diag *diag)
{
    const Option *found = registry_option(format, name), *near = NULL;
    size_t least = name.size / 2 + 1;
    if (found != NULL)
        return found;
    for (const Option *o = format->options; o != NULL && o->name != NULL; o++) {
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
    if (!registry_option_takes(option, str_from(value))) {
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
    Str wrong;
    size_t column;
    if (setting_select(given->value, &wrong, &column))
        return take_word(given, into);
    return tell_wrong(given, column, wrong);
}

bool take_key(const Given *given, void *into)
{
    Buf wrong = {0};
    size_t column;
    bool fine = setting_key(given->value, &wrong, &column);
    if (!fine)
        tell_wrong(given, column, buf_str(&wrong));
    buf_free(&wrong);
    return fine && take_text(given, into);
}

/* Nothing behind it is a report. */
bool take_unique(const Given *given, void *into)
{
    if (setting_unique(given->value[0] != '\0' ? given->value : "report", into))
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

bool take_memory(const Given *given, void *into)
{
    if (setting_size(given->value, into))
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
