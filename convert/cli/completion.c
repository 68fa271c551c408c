/* SPDX-License-Identifier: MIT
 * Completion scripts; see completion.h.
 *
 * What an option's value can be is told by the word that --help has for it: a FILE, a
 * STYLE, choices with bars between.  A new option is completed without a word here. */
#include "convert/cli/completion.h"
#include "formats/registry.h"

#include <string.h>

typedef enum Wants {
    WANTS_NOTHING, /* no value, or one that nobody can guess */
    WANTS_WORDS,
    WANTS_FIELDS, /* with commas between */
    WANTS_FILE,
    WANTS_STYLE,
    WANTS_CHARSET
} Wants;

static void add_word(Buf *words, const char *word, const char *between)
{
    buf_format(words, "%s%s", words->size > 0 ? between : "", word);
}

static void add_formats(Buf *words, Role role, const char *between)
{
    for (const Format *const *f = registry_all(); *f != NULL; f++) {
        bool fits = (role != ROLE_READER || (*f)->reader != NULL) &&
                    (role != ROLE_WRITER || (*f)->writer != NULL);
        if (fits)
            add_word(words, (*f)->name, between);
    }
}

/* "arrow.venues=table", and "html.title=" where any text may follow. */
static void add_settings(Buf *words, const char *between)
{
    for (const Format *const *f = registry_all(); *f != NULL; f++) {
        for (const Option *o = (*f)->options; o != NULL && o->name != NULL; o++) {
            Str rest = str_from(o->values != NULL ? o->values : ""), each = STR_EMPTY;
            bool more = true;
            while (more) {
                str_split(&rest, '|', &each);
                buf_format(words, "%s%s.%s=%.*s", words->size > 0 ? between : "",
                           (*f)->name, o->name, STR_ARG(each));
                more = rest.size > 0;
            }
        }
    }
}

/* CSL's words, each behind `before`. */
static void write_fields(Sink *out, const char *before)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (field != FIELD_OTHER)
            sink_format(out, "%s%s", before, field_name((FieldId)field));
    }
}

/* "[report|merge]" */
static void add_choices(Buf *words, Str value, const char *between)
{
    if (value.data[0] == '[')
        value = str_slice(value, 1, value.size - 1);
    Str each;
    while (value.size > 0 && str_split(&value, '|', &each))
        buf_format(words, "%s%.*s", words->size > 0 ? between : "", STR_ARG(each));
}

static Wants find_words(const OptionRow *row, Buf *words, const char *between)
{
    Str value = str_from(row->value);
    buf_clear(words);
    if (str_equal(value, STR("FILE")))
        return WANTS_FILE;
    if (str_equal(value, STR("STYLE")))
        return WANTS_STYLE;
    if (str_equal(value, STR("NAME")))
        return WANTS_CHARSET;
    if (str_equal(value, STR("FIELD,...")))
        return WANTS_FIELDS;
    if (str_equal(value, STR("FORMAT")))
        add_formats(words, row->role, between);
    else if (str_equal(value, STR("FORMAT.KEY=VALUE")))
        add_settings(words, between);
    else if (str_find_byte(value, '|') < value.size)
        add_choices(words, value, between);
    return words->size == 0 ? WANTS_NOTHING : WANTS_WORDS;
}

static bool is_optional(const OptionRow *row)
{
    return row->value != NULL && row->value[0] == '[';
}

/* bash. */

static void write_bash_case(Sink *out, const OptionRow *row, Buf *words)
{
    Wants wants = find_words(row, words, " ");
    if (wants == WANTS_NOTHING && row->value == NULL)
        return;
    sink_write(out, STR("        "));
    if (row->letter != 0)
        sink_format(out, "-%c | ", row->letter);
    sink_format(out, "--%s)\n            ", row->name);
    switch (wants) {
    case WANTS_WORDS:
        sink_format(out, "_citeconv_reply \"$before\" \"$value\" '%.*s'",
                    STR_ARG(buf_str(words)));
        break;
    case WANTS_FIELDS:
        sink_write(out, STR("_citeconv_fields \"$before\" \"$value\""));
        break;
    case WANTS_FILE:
        sink_write(out, STR("_citeconv_files \"$before\" \"$value\""));
        break;
    case WANTS_STYLE:
        sink_write(out, STR("_citeconv_styles \"$1\" \"$before\" \"$value\""));
        break;
    case WANTS_CHARSET:
        sink_write(out, STR("_citeconv_reply \"$before\" \"$value\" "
                            "\"$(iconv -l 2>/dev/null | tr -d /)\""));
        break;
    case WANTS_NOTHING:
        sink_byte(out, ':');
        break;
    }
    sink_write(out, STR("\n            ;;\n"));
}

static const char BASH_HEAD[] =
    "# The words that begin with $2, each behind $1.  Readline puts them where the\n"
    "# current word begins, which is behind the last \"=\".\n"
    "_citeconv_reply()\n"
    "{\n"
    "    local cut=''\n"
    "    [[ $2 == *=* && $COMP_WORDBREAKS == *=* ]] && cut=${2%\"${2##*=}\"}\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$3\" -- \"$2\")\n"
    "    COMPREPLY=(\"${COMPREPLY[@]#\"$cut\"}\")\n"
    "    COMPREPLY=(\"${COMPREPLY[@]/#/$1}\")\n"
    "    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then\n"
    "        compopt -o nospace\n"
    "    fi\n"
    "}\n"
    "\n"
    "_citeconv_files()\n"
    "{\n"
    "    compopt -o filenames\n"
    "    mapfile -t COMPREPLY < <(compgen -f -P \"$1\" -- \"$2\")\n"
    "}\n"
    "\n"
    "_citeconv_styles()\n"
    "{\n"
    "    if [[ $3 == */* || $3 == .* ]]; then\n"
    "        _citeconv_files \"$2\" \"$3\"\n"
    "    else\n"
    "        _citeconv_reply \"$2\" \"$3\" \\\n"
    "            \"$(\"$1\" --list-styles 2>/dev/null | cut -d ' ' -f 1)\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "_citeconv()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} at=$COMP_CWORD\n"
    "    local option='' value before='' words\n"
    "    COMPREPLY=()\n"
    "    # Readline cuts words at \"=\": here they are whole again.\n"
    "    while ((at > 1)) && [[ $cur == =* || ${COMP_WORDS[at - 1]} == = ]]; do\n"
    "        cur=${COMP_WORDS[--at]}$cur\n"
    "    done\n"
    "    for words in \"${COMP_WORDS[@]:1:at-1}\"; do\n"
    "        if [[ $words == -- ]]; then\n"
    "            _citeconv_files '' \"$cur\"\n"
    "            return\n"
    "        fi\n"
    "    done\n"
    "    value=$cur\n"
    "    if [[ $cur == --*=* ]]; then\n"
    "        option=${cur%%=*}\n"
    "        value=${cur#*=}\n"
    "        [[ $COMP_WORDBREAKS == *=* ]] || before=$option=\n"
    "    else\n"
    "        case ${COMP_WORDS[at - 1]} in\n";

static void write_bash_needs(Sink *out)
{
    OptionRow row;
    const char *between = "            ";
    for (size_t i = 0; command_option(i, &row); i++) {
        if (row.value == NULL || is_optional(&row))
            continue;
        if (row.letter != 0)
            sink_format(out, "%s-%c | --%s", between, row.letter, row.name);
        else
            sink_format(out, "%s--%s", between, row.name);
        between = " | \\\n            ";
    }
    sink_write(out, STR(")\n"
                        "                option=${COMP_WORDS[at - 1]}\n"
                        "                ;;\n"
                        "        esac\n"
                        "    fi\n"
                        "    case $option in\n"));
}

static void write_bash(Sink *out)
{
    OptionRow row;
    Buf words = {0};
    sink_write(out,
               STR("# Completion of citeconv in bash, made by citeconv "
                   "--completion=bash.\n"
                   "\n"
                   "_citeconv_fields()\n"
                   "{\n"
                   "    local last=${2##*,}\n"
                   "    last=${last#-}\n"
                   "    compopt -o nospace\n"
                   "    mapfile -t COMPREPLY < <(compgen -P \"$1${2%\"$last\"}\" -W '"));
    write_fields(out, "\n        ");
    sink_write(out, STR("' -- \"$last\")\n}\n\n"));
    sink_write(out, STR(BASH_HEAD));
    write_bash_needs(out);
    for (size_t i = 0; command_option(i, &row); i++)
        write_bash_case(out, &row, &words);
    buf_clear(&words);
    for (size_t i = 0; command_option(i, &row); i++) {
        if (row.letter != 0)
            buf_format(&words, "-%c ", row.letter);
        buf_format(&words, "--%s%s ", row.name,
                   row.value != NULL && !is_optional(&row) ? "=" : "");
    }
    sink_write(out, STR("        '')\n"
                        "            if [[ $cur == -* ]]; then\n"));
    sink_format(out,
                "                _citeconv_reply '' \"$cur\" '%.*s'\n"
                "            else\n"
                "                _citeconv_files '' \"$cur\"\n"
                "            fi\n"
                "            ;;\n"
                "    esac\n"
                "}\n"
                "complete -F _citeconv citeconv\n",
                STR_ARG(buf_str(&words)));
    buf_free(&words);
}

/* zsh. */

/* Within single quotes, in a description or a list of words. */
static void write_zsh_text(Sink *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            sink_write(out, STR("'\\'"));
        else if (strchr(":[]", *text) != NULL)
            sink_byte(out, '\\');
        sink_byte(out, *text);
    }
}

/* No blank behind those that end with "=". */
static void write_zsh_words(Sink *out, Str words)
{
    Buf open = {0}, whole = {0};
    Str word;
    while (str_word(&words, &word))
        buf_format(word.data[word.size - 1] == '=' ? &open : &whole, " %.*s",
                   STR_ARG(word));
    if (open.size > 0)
        sink_format(out, "{compadd -S \"\" --%.*s; compadd --%.*s}",
                    STR_ARG(buf_str(&open)), STR_ARG(buf_str(&whole)));
    else
        sink_format(out, "(%.*s)", STR_ARG(str_after(buf_str(&whole), 1)));
    buf_free(&open);
    buf_free(&whole);
}

static void write_zsh_option(Sink *out, const OptionRow *row, Buf *words)
{
    static const char *const ACTIONS[] = {[WANTS_NOTHING] = " ",
                                          [WANTS_FILE] = "_files",
                                          [WANTS_FIELDS] = "_citeconv_fields",
                                          [WANTS_STYLE] = "_citeconv_styles",
                                          [WANTS_CHARSET] = "_citeconv_charsets"};
    const char *equals = row->value == NULL ? "" : is_optional(row) ? "=-" : "=";
    if (row->letter != 0)
        sink_format(out, "        '(-%c --%s)'{-%c%s,--%s%s}'[", row->letter, row->name,
                    row->letter, row->value != NULL ? "+" : "", row->name, equals);
    else
        sink_format(out, "        '%s--%s%s[", row->repeats ? "*" : "", row->name,
                    equals);
    write_zsh_text(out, row->help);
    sink_byte(out, ']');
    if (row->value != NULL) {
        sink_write(out, is_optional(row) ? STR("::") : STR(":"));
        write_zsh_text(out, row->value);
        sink_byte(out, ':');
        Wants wants = find_words(row, words, " ");
        if (wants == WANTS_WORDS)
            write_zsh_words(out, buf_str(words));
        else
            sink_write(out, str_from(ACTIONS[wants]));
    }
    sink_write(out, STR("' \\\n"));
}

static void write_zsh(Sink *out)
{
    OptionRow row;
    Buf words = {0};
    sink_write(out, STR("#compdef citeconv\n"
                        "# Completion of citeconv in zsh, made by citeconv "
                        "--completion=zsh.\n"
                        "\n"
                        "_citeconv_styles()\n"
                        "{\n"
                        "    local -a styles\n"
                        "    styles=(${${(f)\"$(_call_program styles citeconv "
                        "--list-styles 2>/dev/null)\"}%% *})\n"
                        "    compadd -a styles\n"
                        "    _files -g '*.csl'\n"
                        "}\n"
                        "\n"
                        "_citeconv_fields()\n"
                        "{\n"
                        "    _sequence compadd -"));
    write_fields(out, " \\\n        ");
    sink_write(out, STR("\n"
                        "}\n"
                        "\n"
                        "_citeconv_charsets()\n"
                        "{\n"
                        "    compadd -- ${=${\"$(_call_program charsets iconv -l "
                        "2>/dev/null)\"}//\\//}\n"
                        "}\n"
                        "\n"
                        "_citeconv()\n"
                        "{\n"
                        "    _arguments -s -S \\\n"));
    for (size_t i = 0; command_option(i, &row); i++)
        write_zsh_option(out, &row, &words);
    sink_write(out, STR("        '*:file:_files'\n"
                        "}\n"
                        "\n"
                        "if [[ $funcstack[1] == _citeconv ]]; then\n"
                        "    _citeconv \"$@\"\n"
                        "else\n"
                        "    compdef _citeconv citeconv\n"
                        "fi\n"));
    buf_free(&words);
}

/* fish. */

static void write_fish_text(Sink *out, Str text)
{
    sink_byte(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\'' || text.data[i] == '\\')
            sink_byte(out, '\\');
        sink_byte(out, text.data[i]);
    }
    sink_byte(out, '\'');
}

static void write_fish_value(Sink *out, const OptionRow *row, Buf *words)
{
    switch (find_words(row, words, " ")) {
    case WANTS_WORDS:
        sink_format(out, "%s -a ", is_optional(row) ? " -f" : " -x");
        write_fish_text(out, buf_str(words));
        break;
    case WANTS_FIELDS:
        sink_write(out, STR(" -x -a '(__citeconv_fields)'"));
        break;
    case WANTS_FILE:
        sink_write(out, STR(" -r -F"));
        break;
    case WANTS_STYLE:
        sink_write(out, STR(" -x -a '(__citeconv_styles)'"));
        break;
    case WANTS_CHARSET:
        sink_write(out, STR(" -x -a '(iconv -l | string replace -a / \"\" | "
                            "string split -n \" \")'"));
        break;
    case WANTS_NOTHING:
        if (row->value != NULL && !is_optional(row))
            sink_write(out, STR(" -x"));
        break;
    }
}

static void write_fish(Sink *out)
{
    OptionRow row;
    Buf words = {0};
    sink_write(out, STR("# Completion of citeconv in fish, made by citeconv "
                        "--completion=fish.\n"
                        "\n"
                        "function __citeconv_styles\n"
                        "    citeconv --list-styles 2>/dev/null | "
                        "string replace -r ' +' \\t\n"
                        "    __fish_complete_suffix .csl\n"
                        "end\n"
                        "\n"
                        "function __citeconv_field_list\n"
                        "    printf '%s\\n'"));
    write_fields(out, " \\\n        ");
    sink_write(out, STR("\n"
                        "end\n"
                        "\n"
                        "function __citeconv_fields\n"
                        "    __fish_complete_list , __citeconv_field_list\n"
                        "end\n"
                        "\n"));
    for (size_t i = 0; command_option(i, &row); i++) {
        sink_write(out, STR("complete -c citeconv"));
        if (row.letter != 0)
            sink_format(out, " -s %c", row.letter);
        sink_format(out, " -l %s", row.name);
        write_fish_value(out, &row, &words);
        sink_write(out, STR(" -d "));
        write_fish_text(out, str_from(row.help));
        sink_byte(out, '\n');
    }
    buf_free(&words);
}

void completion_write(Sink *out, Shell shell)
{
    switch (shell) {
    case SHELL_BASH:
        write_bash(out);
        break;
    case SHELL_ZSH:
        write_zsh(out);
        break;
    case SHELL_FISH:
        write_fish(out);
        break;
    }
}
