/* SPDX-License-Identifier: MIT
 * An item as jansson's values, made of its tokens.
 *
 * jansson reads byte by byte.  The scan (extent.h) has been through the item already, so
 * here only tokens are left: strings without escapes are taken as they stand, eight bytes
 * at a time, and what is not as plain as that is read by jansson, token or item. */
#include "formats/csljson/emit.h"
#include "formats/csljson/read.h"

enum { DEPTH = 16, DIGITS_MOST = 15 };

/* An array or object that is open. */
typedef struct Bracket {
    json_t *value;
    Str key; /* of the value that comes next; no data where a key or an array's value is
                to come */
} Bracket;

typedef struct Build {
    Str s;
    size_t at;
    Bracket open[DEPTH];
    size_t depth;
    json_t *root;
} Build;

static void skip_space(Build *b)
{
    while (b->at < b->s.size && (b->s.data[b->at] == ' ' || b->s.data[b->at] == '\n' ||
                                 b->s.data[b->at] == '\t' || b->s.data[b->at] == '\r'))
        b->at++;
}

/* A string without escapes, whose opening quote is at hand: what stands between. */
static bool take_plain(Build *b, Str *text)
{
    size_t start = b->at + 1, end = emit_plain_end(b->s, start, false);
    if (end >= b->s.size || b->s.data[end] != '"')
        return false;
    *text = str_slice(b->s, start, end);
    b->at = end + 1;
    return true;
}

static json_t *take_string(Build *b)
{
    Str text;
    if (take_plain(b, &text))
        return json_stringn_nocheck(text.data, text.size);
    size_t start = b->at, end = start + 1;
    while (end < b->s.size && b->s.data[end] != '"')
        end += b->s.data[end] == '\\' ? 2 : 1;
    if (end >= b->s.size)
        return NULL;
    b->at = end + 1;
    return json_loadb(b->s.data + start, b->at - start, JSON_DECODE_ANY | JSON_ALLOW_NUL,
                      NULL);
}

static bool ends_word(Str s, size_t at)
{
    char c = at < s.size ? s.data[at] : ',';
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\t' ||
           c == '\r';
}

/* A whole number of few digits; one of the three words. */
static json_t *take_bare(Build *b)
{
    Str rest = str_after(b->s, b->at);
    size_t minus = rest.data[0] == '-' ? 1 : 0, end = minus;
    json_int_t number = 0;
    while (end < rest.size && byte_is_digit(rest.data[end]) && end <= DIGITS_MOST)
        number = number * 10 + (rest.data[end++] - '0');
    bool is_number = end > minus, leading = end > minus + 1 && rest.data[minus] == '0';
    while (!is_number && end < rest.size && byte_is_alpha(rest.data[end]))
        end++;
    if (!ends_word(rest, end) || leading)
        return NULL;
    b->at += end;
    if (is_number)
        return json_integer(minus > 0 ? -number : number);
    Str word = str_slice(rest, 0, end);
    if (str_equal(word, STR("true")))
        return json_true();
    if (str_equal(word, STR("false")))
        return json_false();
    return str_equal(word, STR("null")) ? json_null() : NULL;
}

/* Puts a value, which is no longer the caller's, where it belongs. */
static bool attach(Build *b, json_t *value)
{
    if (b->depth == 0) {
        b->root = value;
        return true;
    }
    Bracket *level = &b->open[b->depth - 1];
    if (json_is_array(level->value))
        return json_array_append_new(level->value, value) == 0;
    Str key = level->key;
    level->key.data = NULL;
    return json_object_setn_new_nocheck(level->value, key.data, key.size, value) == 0;
}

static bool take_value(Build *b)
{
    char c = b->s.data[b->at];
    bool opens = c == '{' || c == '[';
    if (opens && b->depth == DEPTH)
        return false;
    json_t *value = c == '{'   ? json_object()
                    : c == '[' ? json_array()
                    : c == '"' ? take_string(b)
                               : take_bare(b);
    if (value == NULL || !attach(b, value))
        return false;
    if (opens) {
        b->open[b->depth++] = (Bracket){.value = value};
        b->at++;
    }
    return true;
}

/* One token; false where it is for jansson to say what it is. */
static bool step(Build *b)
{
    char c = b->s.data[b->at];
    Bracket *level = b->depth > 0 ? &b->open[b->depth - 1] : NULL;
    if (c == ',' || c == ':') {
        b->at++;
        return true;
    }
    if (c == '}' || c == ']') {
        b->depth--;
        b->at++;
        return level != NULL;
    }
    if (level == NULL || json_is_array(level->value) || level->key.data != NULL)
        return take_value(b);
    return c == '"' && take_plain(b, &level->key);
}

json_t *tree_build(Str item)
{
    Build b = {.s = item};
    bool fine = true;
    do {
        skip_space(&b);
        fine = b.at < item.size && step(&b);
    } while (fine && b.depth > 0);
    if (fine)
        return b.root;
    json_decref(b.root);
    return NULL;
}
