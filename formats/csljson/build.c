/* SPDX-License-Identifier: MIT
 * An item's tree, made of its tokens.
 *
 * jansson reads byte by byte.  The scan (extent.h) has been through the item already, so
 * here only tokens are left: strings without escapes are taken as they stand, eight bytes
 * at a time, and what is not as plain as that is read by jansson, token or item. */
#include "formats/csljson/emit.h"
#include "formats/csljson/load.h"

enum { DEPTH = 16, DIGITS_MOST = 15 };

typedef struct Build {
    const Soil *soil;
    Str s;
    size_t at;
    Tree *open[DEPTH]; /* arrays and objects */
    size_t depth;
    Str key; /* of the value that comes next */
    bool has_key;
    Tree *root;
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

static Tree *take_string(Build *b)
{
    Str text;
    if (take_plain(b, &text))
        return tree_string(b->soil->values, text);
    size_t start = b->at, end = start + 1;
    while (end < b->s.size && b->s.data[end] != '"')
        end += b->s.data[end] == '\\' ? 2 : 1;
    if (end >= b->s.size)
        return NULL;
    b->at = end + 1;
    return load_token(b->soil, str_slice(b->s, start, b->at));
}

static bool ends_word(Str s, size_t at)
{
    char c = at < s.size ? s.data[at] : ',';
    return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\t' ||
           c == '\r';
}

/* A whole number of few digits; one of the three words. */
static Tree *take_bare(Build *b)
{
    Arena *values = b->soil->values;
    Str rest = str_after(b->s, b->at);
    size_t minus = rest.data[0] == '-' ? 1 : 0, end = minus;
    long long number = 0;
    while (end < rest.size && byte_is_digit(rest.data[end]) && end <= DIGITS_MOST)
        number = number * 10 + (rest.data[end++] - '0');
    bool is_number = end > minus, leading = end > minus + 1 && rest.data[minus] == '0';
    while (!is_number && end < rest.size && byte_is_alpha(rest.data[end]))
        end++;
    if (!ends_word(rest, end) || leading)
        return NULL;
    b->at += end;
    if (is_number) {
        Tree *whole = tree_new(values, TREE_WHOLE);
        whole->whole = minus > 0 ? -number : number;
        return whole;
    }
    Str word = str_slice(rest, 0, end);
    if (str_equal(word, STR("true")))
        return tree_new(values, TREE_TRUE);
    if (str_equal(word, STR("false")))
        return tree_new(values, TREE_FALSE);
    return str_equal(word, STR("null")) ? tree_new(values, TREE_NULL) : NULL;
}

/* Puts a value where it belongs. */
static void attach(Build *b, Tree *value)
{
    if (b->has_key)
        value->key = b->key;
    b->has_key = false;
    if (b->depth > 0)
        tree_add(b->open[b->depth - 1], value);
    else
        b->root = value;
}

static bool take_value(Build *b)
{
    char c = b->s.data[b->at];
    bool opens = c == '{' || c == '[';
    if (opens && b->depth == DEPTH)
        return false;
    Tree *value = opens ? tree_new(b->soil->values, c == '{' ? TREE_OBJECT : TREE_ARRAY)
                  : c == '"' ? take_string(b)
                             : take_bare(b);
    if (value == NULL)
        return false;
    attach(b, value);
    if (opens) {
        b->open[b->depth++] = value;
        b->at++;
    }
    return true;
}

/* One token; false where it is for jansson to say what it is. */
static bool step(Build *b)
{
    char c = b->s.data[b->at];
    Tree *level = b->depth > 0 ? b->open[b->depth - 1] : NULL;
    if (c == ',' || c == ':') {
        b->at++;
        return true;
    }
    if (c == '}' || c == ']') {
        if (level == NULL)
            return false;
        if (level->kind == TREE_OBJECT)
            tree_close(b->soil->values, level);
        b->depth--;
        b->at++;
        return true;
    }
    if (level == NULL || level->kind == TREE_ARRAY || b->has_key)
        return take_value(b);
    b->has_key = c == '"' && take_plain(b, &b->key);
    return b->has_key;
}

Tree *tree_build(const Soil *soil, Str item)
{
    Build b = {.soil = soil, .s = item};
    bool fine = true;
    do {
        skip_space(&b);
        fine = b.at < item.size && step(&b);
    } while (fine && b.depth > 0);
    return fine ? b.root : NULL;
}
