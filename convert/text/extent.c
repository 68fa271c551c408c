/* SPDX-License-Identifier: MIT
 * Finding the end of a JSON value; see extent.h. */
#include "convert/text/extent.h"
#include "convert/base/memory.h"
#include "convert/base/span.h"

#include <stdlib.h>
#include <string.h>

typedef enum Expect {
    EXPECT_VALUE, /* zero: how a scan begins */
    EXPECT_VALUE_OR_CLOSE,
    EXPECT_KEY,
    EXPECT_KEY_OR_CLOSE,
    EXPECT_COLON,
    EXPECT_COMMA
} Expect;

typedef enum Token { TOKEN_NONE, TOKEN_STRING, TOKEN_BARE } Token;

enum { GAP = 256 }; /* bytes of white space that are looked through */

void extent_begin(Extent *ext)
{
    *ext = (Extent){.properties = ext->properties, .capacity = ext->capacity};
}

void extent_free(Extent *ext)
{
    free(ext->properties);
    *ext = (Extent){0};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_bare(char c)
{
    return !is_space(c) && c != ',' && c != ':' && c != '{' && c != '}' && c != '[' &&
           c != ']' && c != '"';
}

/* What a string may end at. */
static Span is_stop(Span bytes)
{
    return span_is(bytes, '"') | span_is(bytes, '\\') | span_is(bytes, '\n');
}

/* At a line end within a string: 1 where the next line begins an object, so that the
 * string is one that nobody closed; -1 where the bytes end too early to say. */
static int unclosed(Str s, size_t at)
{
    size_t limit = at + GAP;
    for (int brace = 0; brace < 2; brace++) {
        while (at < limit && at < s.size && is_space(s.data[at]))
            at++;
        if (at == s.size)
            return -1;
        if (at == limit || s.data[at] != (brace == 0 ? '{' : '"'))
            return 0;
        at++;
    }
    return 1;
}

/* Goes on in a string; EXTENT_WHOLE is the string's end. */
static ExtentResult go_string(Extent *ext, Str s)
{
    for (;;) {
        ext->at = span_find(s, ext->at, is_stop);
        if (ext->at >= s.size)
            return EXTENT_MORE;
        if (s.data[ext->at] == '"') {
            ext->at++;
            ext->token = TOKEN_NONE;
            return EXTENT_WHOLE;
        }
        if (s.data[ext->at] == '\\') {
            if (ext->at + 1 >= s.size)
                return EXTENT_MORE;
            ext->at += 2;
            continue;
        }
        int open = unclosed(s, ext->at);
        if (open != 0)
            return open < 0 ? EXTENT_MORE : EXTENT_BROKEN;
        ext->at++;
    }
}

static bool in_object(const Extent *ext)
{
    size_t i = ext->depth - 1;
    return (ext->objects[i / 8] >> i % 8 & 1) != 0;
}

static Property *property_add(Extent *ext)
{
    if (ext->count == ext->capacity) {
        ext->capacity = memory_grown(ext->capacity, ext->count + 1);
        ext->properties =
            memory_resize(ext->properties, ext->capacity * sizeof *ext->properties);
    }
    return &ext->properties[ext->count++];
}

static bool is_property(const Extent *ext)
{
    return ext->depth == 1 && in_object(ext);
}

static void value_begins(Extent *ext)
{
    if (is_property(ext))
        ext->properties[ext->count - 1].value = ext->at;
}

/* Behind a value: true where it was the outermost. */
static bool value_ends(Extent *ext)
{
    ext->expect = EXPECT_COMMA;
    if (ext->depth == 0)
        return true;
    if (is_property(ext))
        ext->properties[ext->count - 1].end = ext->at;
    return false;
}

static bool wants_value(const Extent *ext)
{
    return ext->expect == EXPECT_VALUE || ext->expect == EXPECT_VALUE_OR_CLOSE;
}

static bool wants_key(const Extent *ext)
{
    return ext->expect == EXPECT_KEY || ext->expect == EXPECT_KEY_OR_CLOSE;
}

static bool open_bracket(Extent *ext, bool brace)
{
    if (!wants_value(ext) || ext->depth == EXTENT_DEPTH)
        return false;
    if (ext->depth > 0)
        value_begins(ext);
    size_t i = ext->depth++;
    unsigned char bit = (unsigned char)(1u << i % 8);
    if (brace)
        ext->objects[i / 8] = (unsigned char)(ext->objects[i / 8] | bit);
    else
        ext->objects[i / 8] = (unsigned char)(ext->objects[i / 8] & ~bit);
    ext->expect = brace ? EXPECT_KEY_OR_CLOSE : EXPECT_VALUE_OR_CLOSE;
    ext->at++;
    return true;
}

static bool close_bracket(Extent *ext, bool brace)
{
    if (ext->depth == 0 || in_object(ext) != brace)
        return false;
    bool trailing = ext->expect == (brace ? EXPECT_KEY : EXPECT_VALUE);
    bool empty = ext->expect == (brace ? EXPECT_KEY_OR_CLOSE : EXPECT_VALUE_OR_CLOSE);
    if (!trailing && !empty && ext->expect != EXPECT_COMMA)
        return false;
    if (trailing && ext->commas++ == 0)
        ext->comma = ext->last_comma;
    ext->depth--;
    ext->at++;
    return true;
}

/* A quote: a key or a string begins. */
static bool open_string(Extent *ext)
{
    if (!wants_value(ext) && !wants_key(ext))
        return false;
    if (wants_key(ext) && ext->depth == 1)
        property_add(ext)->key = ext->at + 1;
    else if (wants_value(ext) && ext->depth > 0)
        value_begins(ext);
    ext->token = TOKEN_STRING;
    ext->at++;
    return true;
}

/* Behind the closing quote; true where the outermost value was a string. */
static bool close_string(Extent *ext)
{
    if (!wants_key(ext))
        return value_ends(ext);
    if (ext->depth == 1)
        ext->properties[ext->count - 1].key_end = ext->at - 1;
    ext->expect = EXPECT_COLON;
    return false;
}

/* One of ",:" or the first byte of a bare word. */
static bool other_token(Extent *ext, char c)
{
    if (c == ',') {
        if (ext->expect != EXPECT_COMMA || ext->depth == 0)
            return false;
        ext->last_comma = ext->at++;
        ext->expect = in_object(ext) ? EXPECT_KEY : EXPECT_VALUE;
        return true;
    }
    if (c == ':') {
        if (ext->expect != EXPECT_COLON)
            return false;
        ext->expect = EXPECT_VALUE;
        ext->at++;
        return true;
    }
    if (!wants_value(ext))
        return false;
    if (ext->depth > 0)
        value_begins(ext);
    ext->token = TOKEN_BARE;
    return true;
}

ExtentResult extent_value(Extent *ext, Str s)
{
    while (ext->at < s.size) {
        char c = s.data[ext->at];
        bool fits = true, whole = false;
        if (ext->token == TOKEN_STRING) {
            ExtentResult result = go_string(ext, s);
            if (result != EXTENT_WHOLE)
                return result;
            whole = close_string(ext);
        } else if (ext->token == TOKEN_BARE) {
            while (ext->at < s.size && is_bare(s.data[ext->at]))
                ext->at++;
            if (ext->at == s.size)
                return EXTENT_MORE;
            ext->token = TOKEN_NONE;
            whole = value_ends(ext);
        } else if (is_space(c)) {
            ext->at++;
        } else if (c == '"') {
            fits = open_string(ext);
        } else if (c == '{' || c == '[') {
            fits = open_bracket(ext, c == '{');
        } else if (c == '}' || c == ']') {
            fits = close_bracket(ext, c == '}');
            whole = fits && value_ends(ext);
        } else {
            fits = other_token(ext, c);
        }
        if (!fits)
            return EXTENT_BROKEN;
        if (whole)
            return EXTENT_WHOLE;
    }
    return EXTENT_MORE;
}

/* Strictly. */

static size_t digits(Str s, size_t at)
{
    while (at < s.size && byte_is_digit(s.data[at]))
        at++;
    return at;
}

static bool is_number(Str s)
{
    size_t at = s.size > 0 && s.data[0] == '-' ? 1 : 0;
    size_t end = digits(s, at);
    if (end == at || (s.data[at] == '0' && end > at + 1))
        return false;
    if (end < s.size && s.data[end] == '.') {
        at = end + 1;
        end = digits(s, at);
        if (end == at)
            return false;
    }
    if (end < s.size && (s.data[end] == 'e' || s.data[end] == 'E')) {
        at = end + 1;
        at += at < s.size && (s.data[at] == '+' || s.data[at] == '-') ? 1 : 0;
        end = digits(s, at);
        if (end == at)
            return false;
    }
    return end == s.size;
}

static bool is_word(Str s)
{
    return is_number(s) || str_equal(s, STR("true")) || str_equal(s, STR("false")) ||
           str_equal(s, STR("null"));
}

static bool is_hex(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = byte_lower(s.data[i]);
        if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return s.size == 4;
}

/* What stands between the quotes.  Surrogates come in pairs: the text was read by a
 * parser that insists on it, or is no JSON of ours. */
static bool is_string(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if ((unsigned char)s.data[i] < ' ')
            return false;
        if (s.data[i] != '\\')
            continue;
        i++;
        if (i < s.size && s.data[i] == 'u') {
            if (!is_hex(str_slice(s, i + 1, i + 5)))
                return false;
            i += 4;
        } else if (i >= s.size || s.data[i] == '\0' ||
                   strchr("\"\\/bfnrt", s.data[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* The end of the token at `at`: a string with its quotes, a word, or one byte. */
static size_t token_end(Str s, size_t at)
{
    if (s.data[at] == '"') {
        for (at++; at < s.size && s.data[at] != '"'; at++)
            at += s.data[at] == '\\' ? 1 : 0;
        return at < s.size ? at + 1 : s.size;
    }
    if (!is_bare(s.data[at]))
        return at + 1;
    while (at < s.size && is_bare(s.data[at]))
        at++;
    return at;
}

static bool tokens_are_strict(Str s)
{
    for (size_t at = 0; at < s.size;) {
        size_t end = token_end(s, at);
        Str token = str_slice(s, at, end);
        if (token.data[0] == '"' && !is_string(str_slice(token, 1, token.size - 1)))
            return false;
        if (is_bare(token.data[0]) && !is_word(token))
            return false;
        at = end;
    }
    return true;
}

bool extent_is_value(Str s)
{
    if (s.size == 0 || is_space(s.data[0]) || is_space(s.data[s.size - 1]))
        return false;
    if (is_bare(s.data[0]))
        return is_word(s);
    if (s.data[0] != '"' && s.data[0] != '{' && s.data[0] != '[')
        return false;
    Extent ext = {0};
    bool whole = extent_value(&ext, s) == EXTENT_WHOLE && ext.at == s.size;
    bool strict = whole && ext.commas == 0 && tokens_are_strict(s);
    extent_free(&ext);
    return strict;
}

void extent_compact(Buf *out, Str value)
{
    for (size_t at = 0; at < value.size;) {
        if (is_space(value.data[at])) {
            at++;
            continue;
        }
        size_t end = token_end(value, at);
        buf_add(out, str_slice(value, at, end));
        at = end;
    }
}
