/* SPDX-License-Identifier: MIT
 * Reading argv; see options.h.  As in POSIX and GNU: -xVALUE, -x VALUE, --long=VALUE,
 * --long VALUE, "--" ends options, "-" is a file. */
#include "convert/cli/options.h"
#include "convert/base/memory.h"
#include "convert/text/charset.h"
#include "formats/registry.h"

#include <stdlib.h>
#include <string.h>

typedef enum OptionId {
    OPT_FROM,
    OPT_TO,
    OPT_OUTPUT,
    OPT_FROM_CHARSET,
    OPT_TO_CHARSET,
    OPT_OPT,
    OPT_VENUES,
    OPT_NO_REPAIR,
    OPT_WIDTH,
    OPT_STRICT,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_DIAGNOSTICS,
    OPT_LIST_FORMATS,
    OPT_EXPLAIN,
    OPT_HELP,
    OPT_VERSION
} OptionId;

static const struct Row {
    OptionId id;
    char letter; /* 0: none */
    const char *name, *value, *help;
} OPTIONS[] = {
    {OPT_FROM, 'f', "from", "FORMAT", "read FORMAT; else told by the content"},
    {OPT_TO, 't', "to", "FORMAT", "write FORMAT; else by the suffix of -o; bibtex"},
    {OPT_OUTPUT, 'o', "output", "FILE",
     "write to FILE, which appears whole or not at all"},
    {OPT_FROM_CHARSET, 0, "from-charset", "NAME",
     "charset of the input, as iconv names it"},
    {OPT_TO_CHARSET, 0, "to-charset", "NAME", "charset of the output (UTF-8)"},
    {OPT_OPT, 0, "opt", "FORMAT.KEY=VALUE", "set an option of a format; see --explain"},
    {OPT_VENUES, 0, "venues", "FILE", "know the venues of FILE, too"},
    {OPT_NO_REPAIR, 0, "no-repair", NULL, "do not mend scraped text"},
    {OPT_WIDTH, 0, "width", "COLUMNS", "wrap text; 0 is never (a terminal's width)"},
    {OPT_STRICT, 0, "strict", NULL, "exit 1 if anything was lost or guessed"},
    {OPT_QUIET, 'q', "quiet", NULL, "say errors only"},
    {OPT_VERBOSE, 'v', "verbose", NULL, "say each repair, too"},
    {OPT_DIAGNOSTICS, 0, "diagnostics", "text|json", "how messages are written"},
    {OPT_LIST_FORMATS, 0, "list-formats", NULL, "list the formats"},
    {OPT_EXPLAIN, 0, "explain", "FORMAT", "show what a format's tags become"},
    {OPT_HELP, 'h', "help", NULL, "show this help"},
    {OPT_VERSION, 'V', "version", NULL, "show the version"},
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0] };

#define USAGE(diag, ...) diag_report(diag, LEVEL_ERROR, "usage", (Place){0}, __VA_ARGS__)

void command_help(Sink *out)
{
    sink_write(out, STR("Usage: citeconv [OPTION...] [FILE...]\n"
                        "Convert citations from one format to another.\n"
                        "With no FILE, or where FILE is -, read standard input.\n\n"));
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct Row *row = &OPTIONS[i];
        char left[64] = "";
        Str value = str_from(row->value);
        if (row->letter != 0)
            sink_format(out, "  -%c, ", row->letter);
        else
            sink_write(out, STR("      "));
        size_t size = strlen(row->name) + (value.size > 0 ? value.size + 1 : 0);
        sink_format(out, "--%s%s%s", row->name, value.size > 0 ? "=" : "", value.data);
        memset(left, ' ', sizeof left - 1);
        if (size > 22)
            sink_format(out, "\n%.*s%s\n", 32, left, row->help);
        else
            sink_format(out, "%.*s%s\n", (int)(24 - size), left, row->help);
    }
    sink_write(out,
               STR("\nExit status: 0 fine; 1 a record was thrown away (with --strict:\n"
                   "anything was lost or guessed); 2 wrong usage; 3 a file could not be\n"
                   "opened, read or written.\n\n"
                   "  citeconv -t bibtex page.txt >refs.bib\n"
                   "  citeconv -o refs.ris page.txt\n"
                   "  citeconv -t csl-jsonl <page.txt | jq .title\n"));
}

/* Values. */

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

static bool set_width(const char *value, Command *command, Diag *diag)
{
    size_t width = 0;
    for (const char *c = value; *c != '\0'; c++) {
        if (!byte_is_digit(*c) || c - value > 5) {
            USAGE(diag, "--width takes a number of columns, not '%s'", value);
            return false;
        }
        width = width * 10 + (size_t)(*c - '0');
    }
    if (*value == '\0' || (width > 0 && width < 20)) {
        USAGE(diag, "--width takes 0 or at least 20 columns, not '%s'", value);
        return false;
    }
    command->width = width;
    command->width_given = true;
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
static bool set_option(const char *text, Command *command, Diag *diag)
{
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
    command->values = memory_resize(command->values,
                                    (command->value_count + 1) * sizeof *command->values);
    command->values[command->value_count++] =
        (OptionValue){.format = format->name, .name = option->name, .value = value};
    return true;
}

static bool set_diagnostics(const char *value, Command *command, Diag *diag)
{
    command->json = strcmp(value, "json") == 0;
    if (command->json || strcmp(value, "text") == 0)
        return true;
    USAGE(diag, "--diagnostics takes text or json, not '%s'", value);
    return false;
}

static bool take(const struct Row *row, const char *value, Command *command, Diag *diag)
{
    switch (row->id) {
    case OPT_FROM:
        return set_format(str_from(value), ROLE_READER, &command->from, diag);
    case OPT_TO:
        return set_format(str_from(value), ROLE_WRITER, &command->to, diag);
    case OPT_OUTPUT:
        command->output = value;
        return true;
    case OPT_FROM_CHARSET:
        return set_charset(value, true, &command->from_charset, diag);
    case OPT_TO_CHARSET:
        return set_charset(value, false, &command->to_charset, diag);
    case OPT_OPT:
        return set_option(value, command, diag);
    case OPT_VENUES:
        command->venues = value;
        return true;
    case OPT_NO_REPAIR:
        return command->no_repair = true;
    case OPT_WIDTH:
        return set_width(value, command, diag);
    case OPT_STRICT:
        return command->strict = true;
    case OPT_QUIET:
        return command->quiet = true;
    case OPT_VERBOSE:
        return command->verbose = true;
    case OPT_DIAGNOSTICS:
        return set_diagnostics(value, command, diag);
    case OPT_LIST_FORMATS:
        command->task = TASK_LIST_FORMATS;
        return true;
    case OPT_EXPLAIN:
        command->task = TASK_EXPLAIN;
        return set_format(str_from(value), ROLE_ANY, &command->explained, diag);
    case OPT_HELP:
        command->task = TASK_HELP;
        return true;
    case OPT_VERSION:
        command->task = TASK_VERSION;
        return true;
    }
    return false;
}

/* The words. */

typedef struct Words {
    char **argv;
    int argc, at;
} Words;

static bool take_row(const struct Row *row, const char *given, Words *words,
                     Command *command, Diag *diag)
{
    if (row->value == NULL && given != NULL) {
        USAGE(diag, "--%s takes no value", row->name);
        return false;
    }
    if (row->value != NULL && given == NULL) {
        if (words->at == words->argc) {
            USAGE(diag, "--%s needs a value: %s", row->name, row->value);
            return false;
        }
        given = words->argv[words->at++];
    }
    return take(row, given != NULL ? given : "", command, diag);
}

static bool take_long(const char *word, Words *words, Command *command, Diag *diag)
{
    const char *equals = strchr(word, '=');
    Str name = equals == NULL ? str_from(word) : (Str){word, (size_t)(equals - word)};
    const struct Row *near = NULL;
    size_t least = name.size / 2 + 1;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        Str each = str_from(OPTIONS[i].name);
        if (str_equal(name, each))
            return take_row(&OPTIONS[i], equals == NULL ? NULL : equals + 1, words,
                            command, diag);
        size_t distance = str_distance(name, each);
        if (distance < least || (distance == least && near == NULL)) {
            least = distance;
            near = &OPTIONS[i];
        }
    }
    if (near != NULL)
        USAGE(diag, "unknown option '--%.*s'; did you mean '--%s'?", STR_ARG(name),
              near->name);
    else
        USAGE(diag, "unknown option '--%.*s'; see --help", STR_ARG(name));
    return false;
}

/* Nearest to a letter is itself in the other case. */
static void unknown_letter(char letter, Diag *diag)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (OPTIONS[i].letter != 0 &&
            byte_lower(OPTIONS[i].letter) == byte_lower(letter)) {
            USAGE(diag, "unknown option '-%c'; did you mean '-%c'?", letter,
                  OPTIONS[i].letter);
            return;
        }
    }
    USAGE(diag, "unknown option '-%c'; see --help", letter);
}

/* "-qt" "ris": letters may share a word; a value ends it. */
static bool take_letters(const char *word, Words *words, Command *command, Diag *diag)
{
    for (const char *c = word; *c != '\0'; c++) {
        const struct Row *row = NULL;
        for (size_t i = 0; i < OPTION_COUNT; i++) {
            if (OPTIONS[i].letter == *c)
                row = &OPTIONS[i];
        }
        if (row == NULL) {
            unknown_letter(*c, diag);
            return false;
        }
        bool rest = row->value != NULL && c[1] != '\0';
        if (!take_row(row, rest ? c + 1 : NULL, words, command, diag))
            return false;
        if (row->value != NULL)
            break;
    }
    return true;
}

static bool choose_target(Command *command, Diag *diag)
{
    if (command->to != NULL)
        return true;
    if (command->output != NULL)
        command->to = registry_by_path(str_from(command->output), ROLE_WRITER);
    command->to_assumed = command->to == NULL;
    if (command->to == NULL)
        command->to = registry_find(STR("bibtex"), ROLE_WRITER);
    if (command->to == NULL)
        USAGE(diag, "say with -t what to write; see --list-formats");
    return command->to != NULL;
}

bool command_parse(int argc, char **argv, Command *command, Diag *diag)
{
    Words words = {.argv = argv, .argc = argc, .at = 1};
    bool options = true, fine = true;
    *command = (Command){.task = TASK_CONVERT};
    command->inputs = memory_zeroed((size_t)argc + 1, sizeof *command->inputs);
    while (fine && words.at < argc) {
        const char *word = argv[words.at++];
        if (!options || word[0] != '-' || word[1] == '\0')
            command->inputs[command->input_count++] = word;
        else if (strcmp(word, "--") == 0)
            options = false;
        else if (word[1] == '-')
            fine = take_long(word + 2, &words, command, diag);
        else
            fine = take_letters(word + 1, &words, command, diag);
    }
    if (command->input_count == 0)
        command->inputs[command->input_count++] = "-";
    return fine && choose_target(command, diag);
}

void command_free(Command *command)
{
    free(command->inputs);
    free(command->values);
    *command = (Command){0};
}
