/* SPDX-License-Identifier: MIT
 * From the text of a key template to its parts; see template.h. */
#include "convert/pipeline/template.h"
#include "convert/base/memory.h"
#include "convert/pipeline/template_parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool template_fail(Parser *p, size_t at, const char *format, ...)
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
        return template_fail(p, start, "the quotation mark is not closed");
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
            return template_fail(p, open + 1, "this '(' is not closed");
        if (*count == ARGS_MOST)
            return template_fail(p, p->at + 1, "too many values");
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
        arg.number = quoted ? -1 : template_number(arg.text);
        args[(*count)++] = arg;
        skip_space(p);
        if (peek(p) == ',')
            p->at++;
        else if (peek(p) != ')')
            return template_fail(p, p->at + 1, "expected ',' or ')'");
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
            return template_fail(p, at, "this '(' is not closed");
        p->at++;
        template_add_filter(
            p->template,
            (Filter){.id = FILTER_FALLBACK, .text = text, .other = STR_EMPTY});
        return true;
    }
    Str name = take_bare(p, ":],(");
    if (peek(p) == '(' && !take_args(p, args, &count))
        return false;
    while (peek(p) == ',' && count < ARGS_MOST) {
        p->at++;
        Str text = take_bare(p, ":],");
        args[count++] = (Arg){.text = text, .number = template_number(text)};
    }
    return template_take_filter(p, name, args, count, at);
}

static bool take_bracket(Parser *p)
{
    size_t open = p->at++;
    Arg args[ARGS_MOST];
    size_t count = 0, at = p->at + 1;
    if (peek(p) == '=') { /* only for these types */
        p->at++;
        template_add_part(p->template, PART_IS_TYPE)->text = take_bare(p, "]");
    } else {
        Str name = take_bare(p, ":](");
        if (peek(p) == '(' && !take_args(p, args, &count))
            return false;
        if (!template_take_name(p, name, args, count, at))
            return false;
    }
    while (peek(p) == ':') {
        p->at++;
        if (!take_bracket_filter(p))
            return false;
    }
    if (peek(p) != ']')
        return p->at == p->text.size
                   ? template_fail(p, open + 1, "this '[' is not closed")
                   : template_fail(p, p->at + 1, "expected ':' or ']'");
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
            template_add_part(p->template, PART_OR);
            p->at++;
        } else {
            size_t at = p->at + 1;
            Str text = take_bare(p, "[|]");
            if (peek(p) == ']')
                return template_fail(p, p->at + 1, "this ']' closes nothing");
            if (text.size > 0)
                template_add_part(p->template, PART_LITERAL)->text = text;
            else if (p->at + 1 == at)
                return template_fail(p, at, "expected '['");
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
        template_add_part(p->template, PART_LITERAL)->text = text;
    } else {
        Str name = take_identifier(p);
        if (name.size == 0)
            return template_fail(p, at,
                                 "expected the name of a part, or a text in quotation "
                                 "marks");
        if (peek(p) == '(' && !take_args(p, args, &count))
            return false;
        if (!template_take_name(p, name, args, count, at))
            return false;
    }
    for (skip_space(p); peek(p) == '.'; skip_space(p)) {
        at = ++p->at + 1;
        count = 0;
        Str name = take_identifier(p);
        if (peek(p) == '(' && !take_args(p, args, &count))
            return false;
        if (!template_take_filter(p, name, args, count, at))
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
            template_add_part(p->template, PART_OR);
        else if (peek(p) != '+')
            return template_fail(p, p->at + 1, "expected '+', '|', '.' or the end");
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
