/* SPDX-License-Identifier: MIT
 * Reading argv; see options.h.  As in POSIX and GNU: -xVALUE, -x VALUE, --long=VALUE,
 * --long VALUE, "--" ends options, "-" is a file. */
#include "convert/cli/options.h"
#include "convert/base/memory.h"
#include "convert/cli/values.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define INTO(member) offsetof(Command, member)

static const struct Row {
    char letter;                     /* 0: none */
    const char *name, *value, *help; /* a value in brackets may be missing */
    Take *take;
    size_t into;
    int constant; /* what `take` puts there, where it is no value */
} OPTIONS[] = {
    {'f', "from", "FORMAT", "read FORMAT; else told by the content", take_reader,
     INTO(from), 0},
    {'t', "to", "FORMAT", "write FORMAT; else by the suffix of -o; bibtex", take_writer,
     INTO(to), 0},
    {'o', "output", "FILE", "write to FILE, which appears whole or not at all", take_text,
     INTO(output), 0},
    {0, "from-charset", "NAME", "charset of the input, as iconv names it", take_decoder,
     INTO(from_charset), 0},
    {0, "to-charset", "NAME", "charset of the output (UTF-8)", take_encoder,
     INTO(to_charset), 0},
    {0, "opt", "FORMAT.KEY=VALUE", "set an option of a format; see --explain",
     take_option, INTO(values), 0},
    {0, "style", "STYLE", "write a reference list in this citation style", take_text,
     INTO(style), 0},
    {0, "locale", "LANG", "its language, such as de-DE (the style's)", take_text,
     INTO(locale), 0},
    {0, "cite", "FILE", "before it, write the citations of FILE", take_text, INTO(cite),
     0},
    {0, "venues", "FILE", "know the venues of FILE, too", take_text, INTO(venues), 0},
    {0, "map", "FILE", "tags mean what FILE says; may be repeated", take_word, INTO(maps),
     0},
    {0, "no-repair", NULL, "do not mend scraped text", take_flag, INTO(no_repair), 0},
    {0, "no-resolve", NULL, "leave crossref and xdata as they are", take_flag,
     INTO(plan.no_resolve), 0},
    {0, "carry", NULL, "write also what the format has no word for", take_carry,
     INTO(carry), CARRY_YES},
    {0, "no-carry", NULL, "leave that out, and say so", take_carry, INTO(carry),
     CARRY_NO},
    {0, "key", "TEMPLATE", "make all keys anew", take_key, INTO(plan.key), 0},
    {0, "select", "EXPR", "only records that fit; may be repeated", take_select,
     INTO(plan.select), 0},
    {0, "aux", "FILE", "only what this .aux file of LaTeX cites", take_word,
     INTO(plan.aux), 0},
    {0, "bcf", "FILE", "only what this .bcf file of biblatex cites", take_word,
     INTO(plan.bcf), 0},
    {0, "unique", "[report|merge]", "say which records are one work, or merge",
     take_unique, INTO(plan.unique), 0},
    {0, "sort", "FIELD,...", "sort; -FIELD is descending", take_sort, INTO(plan.sort), 0},
    {0, "keep", "FIELD,...", "only these fields; may be repeated", take_word,
     INTO(plan.keep), 0},
    {0, "drop", "FIELD,...", "not these fields; may be repeated", take_word,
     INTO(plan.drop), 0},
    {0, "memory", "SIZE", "hold that much before a temporary file is used (256M)",
     take_memory, INTO(plan.memory), 0},
    {'j', "jobs", "N", "use that many processors; else as many as help", take_jobs,
     INTO(threads), 0},
    {0, "width", "COLUMNS", "wrap text; 0 is never (a terminal's width)", take_width,
     INTO(width), 0},
    {0, "no-sandbox", NULL, "keep rights that no conversion needs", take_flag,
     INTO(no_sandbox), 0},
    {0, "strict", NULL, "exit 1 if anything was lost or guessed", take_flag, INTO(strict),
     0},
    {0, "report", "FILE", "write what became of the data to FILE", take_text,
     INTO(report), 0},
    {0, "stats", NULL, "at the end, say how much there was and how long it took",
     take_flag, INTO(stats), 0},
    {0, "no-progress", NULL, "show no progress on the terminal", take_flag,
     INTO(no_progress), 0},
    {'q', "quiet", NULL, "say errors only", take_flag, INTO(quiet), 0},
    {'v', "verbose", NULL, "say each repair, too", take_flag, INTO(verbose), 0},
    {0, "diagnostics", "text|json|github", "how messages are written", take_diagnostics,
     INTO(form), 0},
    {0, "check", NULL, "say what is wrong with the input; write nothing", take_task,
     INTO(task), TASK_CHECK},
    {0, "diff", NULL, "show what writing FILE anew would change", take_task, INTO(task),
     TASK_DIFF},
    {0, "merge", NULL, "merge three files by field: BASE OURS THEIRS", take_task,
     INTO(task), TASK_MERGE},
    {0, "list-formats", NULL, "list the formats", take_task, INTO(task),
     TASK_LIST_FORMATS},
    {0, "list-styles", "[WORD]", "list the styles, or those that WORD finds",
     take_list_styles, INTO(listed), 0},
    {0, "explain", "FORMAT", "show what a format's tags become", take_explain,
     INTO(explained), 0},
    {0, "completion", "bash|zsh|fish", "print what completes words in that shell",
     take_completion, INTO(shell), 0},
    {'h', "help", NULL, "show this help", take_task, INTO(task), TASK_HELP},
    {'V', "version", NULL, "show the version", take_task, INTO(task), TASK_VERSION},
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0] };

#define USAGE(diag, ...) diag_report(diag, LEVEL_ERROR, "usage", (Place){0}, __VA_ARGS__)

static bool value_is_optional(const struct Row *row)
{
    return row->value != NULL && row->value[0] == '[';
}

bool command_option(size_t at, OptionRow *row)
{
    if (at >= OPTION_COUNT)
        return false;
    const struct Row *o = &OPTIONS[at];
    Role role = o->take == take_reader   ? ROLE_READER
                : o->take == take_writer ? ROLE_WRITER
                                         : ROLE_ANY;
    bool repeats =
        o->take == take_word || o->take == take_select || o->take == take_option;
    *row = (OptionRow){o->letter, o->name, o->value, o->help, role, repeats};
    return true;
}

void command_help(Sink *out)
{
    sink_write(out, STR("Usage: citeconv [OPTION...] [FILE...]\n"
                        "Convert citations from one format to another.\n"
                        "With no FILE, or where FILE is -, read standard input.\n\n"));
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct Row *row = &OPTIONS[i];
        char left[64] = "";
        Str value = str_from(row->value);
        bool open = value_is_optional(row); /* whose bracket is the value's own */
        if (row->letter != 0)
            sink_format(out, "  -%c, ", row->letter);
        else
            sink_write(out, STR("      "));
        size_t size = strlen(row->name) + (value.size > 0 ? value.size + 1 : 0);
        if (open)
            sink_format(out, "--%s[=%s", row->name, value.data + 1);
        else
            sink_format(out, "--%s%s%s", row->name, value.size > 0 ? "=" : "",
                        value.data);
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

/* The words. */

typedef struct Argv {
    char **argv;
    int argc, at;
} Argv;

static bool take_row(const struct Row *row, const char *given, Argv *words,
                     Command *command, Diag *diag)
{
    if (row->value == NULL && given != NULL) {
        USAGE(diag, "--%s takes no value", row->name);
        return false;
    }
    if (row->value != NULL && given == NULL && !value_is_optional(row)) {
        if (words->at == words->argc) {
            USAGE(diag, "--%s needs a value: %s", row->name, row->value);
            return false;
        }
        given = words->argv[words->at++];
    }
    Given value = {row->name, given != NULL ? given : "", row->constant, command, diag};
    return row->take(&value, (char *)command + row->into);
}

static bool take_long(const char *word, Argv *words, Command *command, Diag *diag)
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
static bool take_letters(const char *word, Argv *words, Command *command, Diag *diag)
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

/* What only a reference list has is asked for. */
static bool wants_list(const Command *command)
{
    return command->style != NULL || command->locale != NULL || command->cite != NULL;
}

static bool choose_target(Command *command, Diag *diag)
{
    bool list = wants_list(command);
    if (command->output != NULL && command->output[0] == '\0') {
        USAGE(diag, "the name of the output is empty; standard output is -");
        return false;
    }
    if (command->to == NULL && command->output != NULL)
        command->to = registry_by_path(str_from(command->output), ROLE_WRITER);
    if (command->to == NULL) {
        command->to_assumed = true;
        command->to = registry_find(list ? STR("text") : STR("bibtex"), ROLE_WRITER);
    }
    if (command->to == NULL)
        USAGE(diag, "say with -t what to write; see --list-formats");
    else if (list && command->to->style == NULL)
        USAGE(diag, "format %s is no reference list, which --%s is for",
              command->to->name,
              command->style != NULL    ? "style"
              : command->locale != NULL ? "locale"
                                        : "cite");
    return command->to != NULL && (!list || command->to->style != NULL);
}

bool command_parse(int argc, char **argv, Command *command, Diag *diag)
{
    Argv words = {.argv = argv, .argc = argc, .at = 1};
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
    Words *lists[] = {&command->maps,     &command->plan.select, &command->plan.aux,
                      &command->plan.bcf, &command->plan.keep,   &command->plan.drop};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        free(lists[i]->items);
    *command = (Command){0};
}
