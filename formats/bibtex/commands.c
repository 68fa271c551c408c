/* SPDX-License-Identifier: MIT
 * Commands that a file defines in @preamble, as old libraries do for their own words, and
 * those of AASTeX where it does not:
 *
 *     @preamble{"\ifx \undefined \booktitle \def \booktitle #1{{\em #1}} \fi"}
 *
 * What LaTeX and its packages define is read without them (convert/text/latex.h); only a
 * command that nobody knows is looked for here. */
#include "formats/bibtex/read.h"
#include "formats/bibtex/syntax.h"

#include <string.h>

enum {
    COMMANDS_MOST = 256, /* so that looking one up takes no time to speak of */
    NAME_MOST = 64,
    BODY_MOST = 4096,
    PASSES = 4 /* bodies that hold commands */
};

/* Reading. */

static size_t letters_end(Str s, size_t at)
{
    while (at < s.size && byte_is_alpha(s.data[at]))
        at++;
    return at;
}

/* "\name" at the front of *s; empty where there is none. */
static Str take_name(Str *s)
{
    Str name = STR_EMPTY;
    *s = str_after(*s, syntax_skip_space(*s, 0));
    if (s->size == 0 || s->data[0] != '\\')
        return name;
    size_t end = letters_end(*s, 1);
    if (end > 1)
        name = str_slice(*s, 0, end);
    *s = str_after(*s, end);
    return name;
}

/* What stands in braces at the front of *s, at most `most` bytes with them; false where
 * none do. */
static bool take_group(Str *s, size_t most, Str *inner)
{
    Str rest = str_after(*s, syntax_skip_space(*s, 0));
    size_t depth = 0, end = rest.size < most ? rest.size : most;
    for (size_t i = 0; i < end && (i == 0 ? rest.data[0] == '{' : depth > 0); i++) {
        if (rest.data[i] == '\\') {
            i++; /* "\{" */
            continue;
        }
        depth += rest.data[i] == '{';
        depth -= rest.data[i] == '}';
        if (depth == 0) {
            *inner = str_slice(rest, 1, i);
            *s = str_after(rest, i + 1);
            return true;
        }
    }
    return false;
}

/* \newcommand*{\name}[1]{body}; none with an argument that may be left out. */
static bool take_new(Str *s, Command *command)
{
    Str braced;
    *s = str_after(*s, syntax_skip_space(*s, 0));
    if (str_starts(*s, STR("*")))
        *s = str_after(*s, 1);
    if (take_group(s, NAME_MOST, &braced))
        command->name = take_name(&braced);
    else
        command->name = take_name(s);
    Str rest = str_after(*s, syntax_skip_space(*s, 0));
    if (rest.size > 3 && rest.data[0] == '[' && byte_is_digit(rest.data[1]) &&
        rest.data[2] == ']') {
        command->arguments = (size_t)(rest.data[1] - '0');
        *s = str_after(rest, 3);
    }
    return take_group(s, BODY_MOST, &command->body);
}

/* \def\name#1#2{body}; none with signs between its arguments. */
static bool take_def(Str *s, Command *command)
{
    command->name = take_name(s);
    for (;;) {
        Str rest = str_after(*s, syntax_skip_space(*s, 0));
        if (rest.size < 2 || rest.data[0] != '#' || !byte_is_digit(rest.data[1]))
            break;
        command->arguments++;
        *s = str_after(rest, 2);
    }
    return take_group(s, BODY_MOST, &command->body);
}

static Command *find(const Commands *commands, Str name)
{
    for (size_t i = 0; i < commands->count; i++) {
        if (str_equal(commands->items[i].name, name))
            return &commands->items[i];
    }
    return NULL;
}

static void keep(Commands *commands, const Command *command, bool provided)
{
    Command *there = find(commands, command->name);
    if (command->name.size == 0 || command->name.size > NAME_MOST ||
        (there != NULL && provided))
        return;
    if (commands->items == NULL)
        commands->items =
            arena_alloc(&commands->arena, COMMANDS_MOST * sizeof *commands->items);
    if (there == NULL && commands->count == COMMANDS_MOST)
        return;
    if (there == NULL) {
        there = &commands->items[commands->count++];
        there->name = arena_copy(&commands->arena, command->name);
        there->text = arena_alloc(&commands->arena, BODY_MOST);
    }
    /* defined anew in the same place, however often */
    memcpy(there->text, command->body.data, command->body.size);
    there->body = (Str){there->text, command->body.size};
    there->arguments = command->arguments;
}

static void read_text(Commands *commands, Str text)
{
    /* for what looked like a definition and was none */
    size_t budget = 4 * (text.size + BODY_MOST);
    for (;;) {
        text = str_after(text, str_find_byte(text, '\\'));
        if (text.size == 0 || budget < BODY_MOST)
            return;
        Command command = {.name = STR_EMPTY};
        Str word = str_slice(text, 0, letters_end(text, 1));
        bool provided = str_equal(word, STR("\\providecommand"));
        text = str_after(text, word.size > 1 ? word.size : 2);
        Str rest = text;
        bool defined = false;
        if (provided || str_equal(word, STR("\\newcommand")) ||
            str_equal(word, STR("\\renewcommand")) ||
            str_equal(word, STR("\\DeclareRobustCommand")))
            defined = take_new(&rest, &command);
        else if (str_equal(word, STR("\\def")) || str_equal(word, STR("\\gdef")))
            defined = take_def(&rest, &command);
        if (!defined) {
            budget -= rest.size < text.size ? BODY_MOST : 0;
            continue;
        }
        keep(commands, &command, provided);
        text = rest;
    }
}

void commands_read(Commands *commands, Str matter)
{
    size_t at = str_find_byte(matter, '@');
    at = syntax_skip_space(matter, at + 1);
    Str rest = str_after(matter, at), piece;
    if (!str_starts_nocase(rest, STR("preamble")))
        return;
    rest = str_after(rest, sizeof "preamble" - 1);
    at = syntax_skip_space(rest, 0) + 1;
    rest = str_slice(rest, at, rest.size > 0 ? rest.size - 1 : 0);
    Buf text = {0};
    char delimiter;
    while (scan_piece(&rest, &piece, &delimiter))
        buf_add(&text, delimiter != 0 ? piece : STR_EMPTY);
    read_text(commands, buf_str(&text));
    buf_free(&text);
}

/* Using. */

bool commands_define(const Commands *commands, Str name)
{
    return find(commands, name) != NULL;
}

bool commands_know(const Commands *commands, Str name)
{
    return commands_define(commands, name) || journal_name(name, false).size > 0;
}

/* One argument: a group, a command or a character. */
static bool take_argument(Str *s, size_t most, Str *argument)
{
    if (take_group(s, most, argument))
        return true;
    *s = str_after(*s, syntax_skip_space(*s, 0));
    if (s->size == 0 || s->data[0] == '{' || s->data[0] == '}')
        return false;
    size_t end = 1;
    if (s->data[0] == '\\')
        end = letters_end(*s, 1) > 1 ? letters_end(*s, 1) : 2;
    while (end < s->size && ((unsigned char)s->data[end] & 0xc0) == 0x80)
        end++; /* the rest of a character */
    *argument = str_slice(*s, 0, end);
    *s = str_after(*s, end);
    return true;
}

/* One pass over a text. */
typedef struct Pass {
    const Commands *commands;
    bool brief; /* journals in short */
    Buf out;
    size_t most;   /* bytes of that */
    size_t budget; /* bytes looked through for arguments that were not all there */
} Pass;

/* Whether a command's name stands at the end, to which a letter more would belong. */
static bool ends_with_name(Str s)
{
    size_t start = s.size, signs = 0;
    while (start > 0 && s.size - start < NAME_MOST && byte_is_alpha(s.data[start - 1]))
        start--;
    while (start > signs && signs < NAME_MOST && s.data[start - signs - 1] == '\\')
        signs++;
    return start < s.size && signs % 2 == 1;
}

/* "{\em#1}" is no \emword. */
static void add(Pass *pass, Str tex)
{
    if (tex.size > 0 && byte_is_alpha(tex.data[0]) && ends_with_name(buf_str(&pass->out)))
        buf_add_byte(&pass->out, ' ');
    buf_add(&pass->out, tex);
}

/* The arguments, from the front of *s; false where one is missing. */
static bool take_arguments(Pass *pass, size_t count, Str *s, Str arguments[9])
{
    Str rest = *s;
    for (size_t i = 0; i < count && i < 9; i++) {
        if (take_argument(&rest, pass->budget, &arguments[i]))
            continue;
        size_t seen = s->size - (str_starts(rest, STR("{")) ? 0 : rest.size);
        pass->budget -= seen < pass->budget ? seen : pass->budget;
        return false;
    }
    *s = count > 0 ? rest : str_after(rest, syntax_skip_space(rest, 0));
    return true;
}

/* Writes what the command stands for; false where an argument is missing. */
static bool put_body(Pass *pass, const Command *command, Str *s)
{
    Str arguments[9] = {STR_EMPTY}, body = command->body;
    if (!take_arguments(pass, command->arguments, s, arguments))
        return false;
    while (body.size > 0 && pass->out.size <= pass->most) {
        size_t sign = str_find_byte(body, '#');
        char digit = sign + 1 < body.size ? body.data[sign + 1] : '\0';
        add(pass, str_slice(body, 0, sign));
        if (digit >= '1' && digit <= '9')
            add(pass, arguments[digit - '1']);
        body = str_after(body, sign + 2);
    }
    return true;
}

/* False where nothing was there to do, or it got too long. */
static bool expand(Pass *pass, Str tex)
{
    bool any = false;
    while (tex.size > 0 && pass->out.size <= pass->most) {
        size_t at = str_find_byte(tex, '\\'), end = letters_end(tex, at + 1);
        Str name = str_slice(tex, at, end), rest = str_after(tex, end);
        const Command *command = find(pass->commands, name);
        Str journal = command == NULL ? journal_name(name, pass->brief) : STR_EMPTY;
        add(pass, str_slice(tex, 0, at));
        if (command != NULL && put_body(pass, command, &rest)) {
            any = true;
        } else if (journal.size > 0) {
            any = true;
            add(pass, journal);
            rest = str_after(rest, str_starts(rest, STR("{}")) ? 2 : 0);
        } else {
            end += end == at + 1; /* "\&" */
            add(pass, str_slice(tex, at, end));
            rest = str_after(tex, end);
        }
        tex = rest;
    }
    return any && pass->out.size <= pass->most;
}

Str commands_expand(const Commands *commands, Arena *arena, Str tex, bool brief)
{
    size_t most = 4 * (tex.size + BODY_MOST);
    for (size_t i = 0; i < PASSES; i++) {
        Pass pass = {.commands = commands, .brief = brief, .most = most, .budget = most};
        bool any = expand(&pass, tex);
        if (any)
            tex = arena_copy(arena, buf_str(&pass.out));
        buf_free(&pass.out);
        if (!any)
            break;
    }
    return tex;
}
