/* SPDX-License-Identifier: MIT
 * Finding the end of a JSON value; see scan.h. */
#include "formats/csljson/scan.h"
#include "convert/base/memory.h"

#include <stdint.h>
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

void scan_begin(Scan *scan)
{
    *scan = (Scan){.properties = scan->properties, .capacity = scan->capacity};
}

void item_scan_free(Scan *scan)
{
    free(scan->properties);
    *scan = (Scan){0};
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

/* The next quote, backslash or line end at or behind `at`: eight bytes at a time. */
static size_t string_stop(Str s, size_t at)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    for (; at + 8 <= s.size; at += 8) {
        uint64_t word;
        memcpy(&word, s.data + at, sizeof word);
        uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\';
        uint64_t line = word ^ ones * '\n';
        if ((((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
             ((line - ones) & ~line)) &
            highs)
            break;
    }
    while (at < s.size && s.data[at] != '"' && s.data[at] != '\\' && s.data[at] != '\n')
        at++;
    return at;
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

/* Goes on in a string; SCAN_WHOLE is the string's end. */
static ScanResult go_string(Scan *scan, Str s)
{
    for (;;) {
        scan->at = string_stop(s, scan->at);
        if (scan->at >= s.size)
            return SCAN_MORE;
        if (s.data[scan->at] == '"') {
            scan->at++;
            scan->token = TOKEN_NONE;
            return SCAN_WHOLE;
        }
        if (s.data[scan->at] == '\\') {
            if (scan->at + 1 >= s.size)
                return SCAN_MORE;
            scan->at += 2;
            continue;
        }
        int open = unclosed(s, scan->at);
        if (open != 0)
            return open < 0 ? SCAN_MORE : SCAN_BROKEN;
        scan->at++;
    }
}

static bool in_object(const Scan *scan)
{
    size_t i = scan->depth - 1;
    return (scan->objects[i / 8] >> i % 8 & 1) != 0;
}

static Property *property_add(Scan *scan)
{
    if (scan->count == scan->capacity) {
        scan->capacity = memory_grown(scan->capacity, scan->count + 1);
        scan->properties =
            memory_resize(scan->properties, scan->capacity * sizeof *scan->properties);
    }
    return &scan->properties[scan->count++];
}

static bool is_property(const Scan *scan)
{
    return scan->depth == 1 && in_object(scan);
}

static void value_begins(Scan *scan)
{
    if (is_property(scan))
        scan->properties[scan->count - 1].value = scan->at;
}

/* Behind a value: true where it was the outermost. */
static bool value_ends(Scan *scan)
{
    scan->expect = EXPECT_COMMA;
    if (scan->depth == 0)
        return true;
    if (is_property(scan))
        scan->properties[scan->count - 1].end = scan->at;
    return false;
}

static bool wants_value(const Scan *scan)
{
    return scan->expect == EXPECT_VALUE || scan->expect == EXPECT_VALUE_OR_CLOSE;
}

static bool wants_key(const Scan *scan)
{
    return scan->expect == EXPECT_KEY || scan->expect == EXPECT_KEY_OR_CLOSE;
}

static bool open_bracket(Scan *scan, bool brace)
{
    if (!wants_value(scan) || scan->depth == SCAN_DEPTH)
        return false;
    if (scan->depth > 0)
        value_begins(scan);
    size_t i = scan->depth++;
    unsigned char bit = (unsigned char)(1u << i % 8);
    if (brace)
        scan->objects[i / 8] = (unsigned char)(scan->objects[i / 8] | bit);
    else
        scan->objects[i / 8] = (unsigned char)(scan->objects[i / 8] & ~bit);
    scan->expect = brace ? EXPECT_KEY_OR_CLOSE : EXPECT_VALUE_OR_CLOSE;
    scan->at++;
    return true;
}

static bool close_bracket(Scan *scan, bool brace)
{
    if (scan->depth == 0 || in_object(scan) != brace)
        return false;
    bool trailing = scan->expect == (brace ? EXPECT_KEY : EXPECT_VALUE);
    bool empty = scan->expect == (brace ? EXPECT_KEY_OR_CLOSE : EXPECT_VALUE_OR_CLOSE);
    if (!trailing && !empty && scan->expect != EXPECT_COMMA)
        return false;
    if (trailing && scan->commas++ == 0)
        scan->comma = scan->last_comma;
    scan->depth--;
    scan->at++;
    return true;
}

/* A quote: a key or a string begins. */
static bool open_string(Scan *scan)
{
    if (!wants_value(scan) && !wants_key(scan))
        return false;
    if (wants_key(scan) && scan->depth == 1)
        property_add(scan)->key = scan->at + 1;
    else if (wants_value(scan) && scan->depth > 0)
        value_begins(scan);
    scan->token = TOKEN_STRING;
    scan->at++;
    return true;
}

/* Behind the closing quote; true where the outermost value was a string. */
static bool close_string(Scan *scan)
{
    if (!wants_key(scan))
        return value_ends(scan);
    if (scan->depth == 1)
        scan->properties[scan->count - 1].key_end = scan->at - 1;
    scan->expect = EXPECT_COLON;
    return false;
}

/* One of ",:" or the first byte of a bare word. */
static bool other_token(Scan *scan, char c)
{
    if (c == ',') {
        if (scan->expect != EXPECT_COMMA || scan->depth == 0)
            return false;
        scan->last_comma = scan->at++;
        scan->expect = in_object(scan) ? EXPECT_KEY : EXPECT_VALUE;
        return true;
    }
    if (c == ':') {
        if (scan->expect != EXPECT_COLON)
            return false;
        scan->expect = EXPECT_VALUE;
        scan->at++;
        return true;
    }
    if (!wants_value(scan))
        return false;
    if (scan->depth > 0)
        value_begins(scan);
    scan->token = TOKEN_BARE;
    return true;
}

ScanResult scan_value(Scan *scan, Str s)
{
    while (scan->at < s.size) {
        char c = s.data[scan->at];
        bool fits = true, whole = false;
        if (scan->token == TOKEN_STRING) {
            ScanResult result = go_string(scan, s);
            if (result != SCAN_WHOLE)
                return result;
            whole = close_string(scan);
        } else if (scan->token == TOKEN_BARE) {
            while (scan->at < s.size && is_bare(s.data[scan->at]))
                scan->at++;
            if (scan->at == s.size)
                return SCAN_MORE;
            scan->token = TOKEN_NONE;
            whole = value_ends(scan);
        } else if (is_space(c)) {
            scan->at++;
        } else if (c == '"') {
            fits = open_string(scan);
        } else if (c == '{' || c == '[') {
            fits = open_bracket(scan, c == '{');
        } else if (c == '}' || c == ']') {
            fits = close_bracket(scan, c == '}');
            whole = fits && value_ends(scan);
        } else {
            fits = other_token(scan, c);
        }
        if (!fits)
            return SCAN_BROKEN;
        if (whole)
            return SCAN_WHOLE;
    }
    return SCAN_MORE;
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
        } else if (i >= s.size || memchr("\"\\/bfnrt", s.data[i], 8) == NULL) {
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

bool scan_is_value(Str s)
{
    if (s.size == 0 || is_space(s.data[0]) || is_space(s.data[s.size - 1]))
        return false;
    if (is_bare(s.data[0]))
        return is_word(s);
    if (memchr("\"{[", s.data[0], 3) == NULL)
        return false;
    Scan scan = {0};
    bool whole = scan_value(&scan, s) == SCAN_WHOLE && scan.at == s.size;
    bool strict = whole && scan.commas == 0 && tokens_are_strict(s);
    item_scan_free(&scan);
    return strict;
}

void scan_compact(Buf *out, Str s)
{
    for (size_t at = 0; at < s.size;) {
        if (is_space(s.data[at])) {
            at++;
            continue;
        }
        size_t end = token_end(s, at);
        buf_add(out, str_slice(s, at, end));
        at = end;
    }
}
