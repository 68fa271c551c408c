/* SPDX-License-Identifier: MIT
 * Where fields, entries and directives begin; see syntax.h and scan.h. */
#include "formats/bibtex/scan.h"
#include "formats/bibtex/syntax.h"

const unsigned char SYNTAX_CLASSES[256] = {
    ['\t'] = SYNTAX_SPACE, ['\n'] = SYNTAX_SPACE, ['\v'] = SYNTAX_SPACE,
    ['\f'] = SYNTAX_SPACE, ['\r'] = SYNTAX_SPACE, [' '] = SYNTAX_SPACE,
    ['"'] = SYNTAX_SIGN,   ['#'] = SYNTAX_SIGN,   ['%'] = SYNTAX_SIGN,
    ['\''] = SYNTAX_SIGN,  ['('] = SYNTAX_SIGN,   [')'] = SYNTAX_SIGN,
    [','] = SYNTAX_SIGN,   ['='] = SYNTAX_SIGN,   ['{'] = SYNTAX_SIGN,
    ['}'] = SYNTAX_SIGN,   [127] = SYNTAX_SIGN};

bool syntax_field_begins(Str in, size_t at)
{
    size_t name = syntax_skip_space(in, at);
    size_t end = syntax_skip_name(in, name);
    if (end == name || end == in.size || in.data[name] == '@')
        return false;
    end = syntax_skip_space(in, end);
    if (end == in.size || in.data[end] != '=')
        return false;
    end = syntax_skip_space(in, end + 1);
    return end < in.size &&
           (in.data[end] == '{' || in.data[end] == '"' || syntax_is_name(in.data[end]));
}

/* Beginnings. */

bool scan_first_on_line(Str in, size_t at)
{
    enum { INDENT = 64 }; /* a bound, so that no text makes this slow */
    for (size_t i = at; i > 0 && at - i < INDENT; i--) {
        if (in.data[i - 1] == '\n')
            return true;
        if (in.data[i - 1] != ' ' && in.data[i - 1] != '\t')
            return false;
    }
    return at < INDENT;
}

static bool opens(char c)
{
    return c == '{' || c == '(';
}

Beginning scan_beginning(Str in, size_t at, bool final)
{
    size_t name = syntax_skip_space(in, at + 1), end = name;
    while (end < in.size && syntax_is_name(in.data[end]) && in.data[end] != '@')
        end++;
    size_t opening = syntax_skip_space(in, end);
    Str word = str_slice(in, name, end);
    bool comment = str_equal_nocase(word, STR("comment"));
    if (opening >= in.size && !final)
        return BEGINS_UNKNOWN;
    if (opening < in.size && opens(in.data[opening]) && end > name) {
        if (comment)
            return BEGINS_COMMENT;
        if (str_equal_nocase(word, STR("string")))
            return BEGINS_STRING;
        if (str_equal_nocase(word, STR("preamble")))
            return BEGINS_PREAMBLE;
        return byte_is_digit(word.data[0]) ? BEGINS_NOTHING : BEGINS_ENTRY;
    }
    return comment ? BEGINS_COMMENT_LINE : BEGINS_NOTHING;
}

bool scan_begins_surely(Str in, size_t at)
{
    if (!scan_first_on_line(in, at) || scan_beginning(in, at, true) == BEGINS_NOTHING)
        return false;
    size_t end = syntax_skip_name(in, syntax_skip_space(in, at + 1));
    end = syntax_skip_space(in, end);
    if (end == in.size || !opens(in.data[end]))
        return false;
    size_t key = syntax_skip_space(in, end + 1);
    end = syntax_skip_name(in, key);
    bool string = scan_beginning(in, at, true) == BEGINS_STRING;
    end = syntax_skip_space(in, end);
    return end < in.size && in.data[end] == (string ? '=' : ',');
}

size_t scan_group(Str in, size_t at, size_t most)
{
    char closer = in.data[at] == '{' ? '}' : ')';
    size_t depth = 0, entries = 0;
    for (size_t i = at + 1; i < in.size; i++) {
        char c = in.data[i];
        if (depth == 0 && c == closer)
            return i + 1;
        if (c == '{')
            depth++;
        else if (c == '}' && depth > 0)
            depth--;
        else if (c == '@' && scan_begins_surely(in, i) && ++entries > most)
            return 0;
    }
    return 0;
}
