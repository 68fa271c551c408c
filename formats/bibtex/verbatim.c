/* SPDX-License-Identifier: MIT
 * Addresses and identifiers. */
#include "convert/base/span.h"
#include "convert/text/latex.h"
#include "formats/bibtex/read.h"

#include <string.h>

/* What people write in an address so that TeX does not stumble over it. */
static const struct {
    Str tex;
    Str text;
} ESCAPES[] = {
    {{"{\\textasciitilde}", 17}, {"~", 1}},
    {{"{\\textunderscore}", 17}, {"_", 1}},
    {{"\\textasciitilde{}", 17}, {"~", 1}},
    {{"\\textunderscore{}", 17}, {"_", 1}},
    {{"\\textasciitilde ", 16}, {"~", 1}},
    {{"\\textasciitilde", 15}, {"~", 1}},
    {{"\\textunderscore ", 16}, {"_", 1}},
    {{"\\textunderscore", 15}, {"_", 1}},
    {{"\\texttt{\\symbol{126}}", 21}, {"~", 1}},
    {{"\\symbol{126}", 12}, {"~", 1}},
    {{"{\\string~}", 10}, {"~", 1}},
    {{"\\string~", 8}, {"~", 1}},
    {{"{\\textless}", 11}, {"<", 1}},
    {{"{\\textgreater}", 14}, {">", 1}},
    {{"\\textless{}", 11}, {"<", 1}},
    {{"\\textgreater{}", 14}, {">", 1}},
    {{"\\ensuremath{<}", 14}, {"<", 1}},
    {{"\\ensuremath{>}", 14}, {">", 1}},
    {{"{\\ensuremath<}", 14}, {"<", 1}},
    {{"{\\ensuremath>}", 14}, {">", 1}},
    {{"$\\sim$", 6}, {"~", 1}},
    {{"{$\\sim$}", 8}, {"~", 1}},
    {{"{\\_}", 4}, {"_", 1}},
    {{"{\\%}", 4}, {"%", 1}},
    {{"{\\&}", 4}, {"&", 1}},
    {{"{\\#}", 4}, {"#", 1}},
    {{"{\\~}", 4}, {"~", 1}},
    {{"\\~{}", 4}, {"~", 1}},
    {{"{\\~{}}", 6}, {"~", 1}},
    {{"{\\$}", 4}, {"$", 1}},
    {{"$<$", 3}, {"<", 1}},
    {{"$>$", 3}, {">", 1}},
    {{"{$<$}", 5}, {"<", 1}},
    {{"{$>$}", 5}, {">", 1}},
    {{"\\_", 2}, {"_", 1}},
    {{"\\%", 2}, {"%", 1}},
    {{"\\&", 2}, {"&", 1}},
    {{"\\#", 2}, {"#", 1}},
    {{"\\~", 2}, {"~", 1}},
    {{"\\$", 2}, {"$", 1}},
    {{"\\-", 2}, {"", 0}},
    {{"\\/", 2}, {"", 0}},
};

static size_t escape_at(Str rest, Str *text)
{
    for (size_t i = 0; i < sizeof ESCAPES / sizeof ESCAPES[0]; i++) {
        if (str_starts(rest, ESCAPES[i].tex)) {
            *text = ESCAPES[i].text;
            return ESCAPES[i].tex.size;
        }
    }
    return 0;
}

static Span is_special(Span bytes)
{
    return span_is(bytes, '\\') | span_is(bytes, '$') | span_is(bytes, '{') |
           span_is(bytes, '\n');
}

static size_t plain_front(Str tex)
{
    return span_find(tex, 0, is_special);
}

static Str unescaped(Arena *arena, Str tex)
{
    size_t first = plain_front(tex);
    if (first == tex.size)
        return tex;
    Buf out = {0};
    buf_add(&out, str_slice(tex, 0, first));
    for (size_t i = first; i < tex.size;) {
        Str text = STR_EMPTY;
        char c = tex.data[i];
        bool may = c == '\\' || c == '{' || c == '$';
        size_t size = may ? escape_at(str_after(tex, i), &text) : 0;
        if (size > 0) {
            buf_add(&out, text);
            i += size;
        } else if (c == '\n') { /* a line that was wrapped */
            while (i < tex.size && byte_is_space(tex.data[i]))
                i++;
            if (out.size > 0 && out.data[out.size - 1] != ' ')
                buf_add_byte(&out, ' ');
        } else {
            size_t end = i + 1 + plain_front(str_after(tex, i + 1));
            buf_add(&out, str_slice(tex, i, end));
            i = end;
        }
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

/* Whether words are the address, with or without its scheme and a last slash, or the DOI
 * in it; lines may be broken within them. */
static bool are_address(Str words, Str address)
{
    size_t front = str_find(address, STR("://"));
    if (front < address.size && !str_contains(words, STR("://")))
        address = str_after(address, front + 3);
    size_t number = str_find(address, STR("doi.org/10."));
    if (number < address.size && str_starts(words, STR("10.")))
        address = str_after(address, number + 8);
    if (str_ends(address, STR("/")) && !str_ends(words, STR("/")))
        address.size--;
    while (words.size > 0) {
        bool tie = str_starts(words, STR("\xc2\xa0"));
        if (byte_is_space(words.data[0])) {
            words = str_after(words, 1);
            continue;
        }
        if (address.size == 0 || address.data[0] != (tie ? '~' : words.data[0]))
            return false;
        words = str_after(words, tie ? 2 : 1);
        address = str_after(address, 1);
    }
    return address.size == 0;
}

/* Behind the brace that closes the one at the front; 0 where none does. */
static size_t group_end(Str s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.size; i++) {
        depth += s.data[i] == '{';
        depth -= s.data[i] == '}' && depth > 0;
        if (depth == 0)
            return s.data[i] == '}' ? i + 1 : 0;
    }
    return 0;
}

/* The braces with where \href{...}{...} leads, if that is all and its words say no more;
 * else all of it. */
static Str href_target(Arena *arena, Str s)
{
    Str rest = str_trim(str_after(s, 5));
    if (!str_starts(s, STR("\\href")))
        return s;
    size_t end = group_end(rest);
    Str words = str_trim(str_after(rest, end));
    if (end == 0 || group_end(words) != words.size || words.size == 0)
        return s;
    Str address = unescaped(arena, str_trim(str_slice(rest, 1, end - 1)));
    words = latex_text(arena, words, LATEX_PLAIN, NULL, NULL).text;
    return words.size == 0 || are_address(words, address) ? str_slice(rest, 0, end) : s;
}

/* Outer braces, and \url or \path around it all, or \href where it says no more. */
static Str unwrapped(Arena *arena, Str s)
{
    static const char *const COMMANDS[] = {"\\url", "\\path", "\\nolinkurl", "\\texttt",
                                           "\\burl"};
    static const Str SWITCHES[] = {{"\\tt ", 4}, {"\\ttfamily ", 10}};
    enum { LEVELS = 16 }; /* more are nobody's */
    for (size_t level = 0;; level++) {
        Str before = s = str_trim(s);
        if (level == LEVELS || s.size == 0 || (s.data[0] != '\\' && s.data[0] != '{'))
            return s;
        for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
            Str rest = str_after(s, strlen(COMMANDS[i]));
            if (str_starts(s, str_from(COMMANDS[i])) && str_starts(rest, STR("{")))
                s = rest;
        }
        for (size_t i = 0; i < sizeof SWITCHES / sizeof SWITCHES[0]; i++) {
            if (str_starts(s, SWITCHES[i]))
                before = s = str_trim(str_after(s, SWITCHES[i].size));
        }
        s = href_target(arena, s);
        if (s.size < 2 || s.data[0] != '{' || s.data[s.size - 1] != '}')
            return before;
        Str inner = str_slice(s, 1, s.size - 1);
        size_t depth = 1;
        for (size_t i = 0; i < inner.size && depth > 0; i++) {
            depth += inner.data[i] == '{';
            depth -= inner.data[i] == '}';
        }
        if (depth != 1)
            return before;
        s = inner;
    }
}

Str verbatim_text(Arena *arena, Str tex)
{
    return unescaped(arena, unwrapped(arena, tex));
}

Str verbatim_doi(Str doi)
{
    static const char *const FRONTS[] = {"https://", "http://", "www.", "dx.",
                                         "doi.org/", "doi:",    "doi "};
    doi = str_trim(doi);
    Str bare = doi;
    if (str_starts(bare, STR("10.")))
        return bare;
    for (size_t i = 0; i < sizeof FRONTS / sizeof FRONTS[0]; i++) {
        if (str_starts_nocase(bare, str_from(FRONTS[i])))
            bare = str_trim(str_after(bare, strlen(FRONTS[i])));
    }
    return str_starts(bare, STR("10.")) ? bare : doi;
}
