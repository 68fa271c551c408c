/* SPDX-License-Identifier: MIT
 * How items begin; see begin.h. */
#include "formats/csljson/begin.h"

enum { KEY_MOST = 128 }; /* bytes of a property's name that is looked at */

size_t begin_space_end(Str s, size_t at)
{
    while (at < s.size && byte_is_space(s.data[at]))
        at++;
    return at;
}

Str begin_first_key(Str s)
{
    size_t at = begin_space_end(s, s.size > 0 ? 1 : 0);
    Str key = begin_key(str_slice(s, 0, at + KEY_MOST), at);
    return key.size > 0 ? (Str){key.data - 1, key.size + 2} : STR_EMPTY;
}

bool begin_fits(Str s, size_t at, const Anchor *anchor)
{
    size_t blank = at, inner = begin_space_end(s, at + 1);
    while (blank > 0 && (s.data[blank - 1] == ' ' || s.data[blank - 1] == '\t'))
        blank--;
    bool new_line = blank == 0 || s.data[blank - 1] == '\n';
    if (inner >= s.size || s.data[inner] != '"')
        return false;
    if (new_line && anchor->new_line && at - blank <= anchor->indent)
        return true;
    return anchor->key.size > 0 && str_starts(str_after(s, inner), buf_str(&anchor->key));
}

Str begin_key(Str bytes, size_t at)
{
    Str rest = str_after(bytes, at);
    if (rest.size == 0 || rest.data[0] != '"')
        return STR_EMPTY;
    size_t end = str_find_byte(str_after(rest, 1), '"');
    return end + 1 < rest.size ? str_slice(rest, 1, end + 1) : STR_EMPTY;
}

size_t begin_value(Str s, size_t at, Str key)
{
    size_t colon = begin_space_end(s, at + key.size + 2);
    return colon < s.size && s.data[colon] == ':' ? begin_space_end(s, colon + 1)
                                                  : s.size;
}

static bool is_wrapping_key(Str key)
{
    return str_equal(key, STR("items")) || str_equal(key, STR("references")) ||
           str_equal(key, STR("message"));
}

bool begin_is_identity(Str key)
{
    return str_equal(key, STR("id")) || str_equal(key, STR("type")) ||
           str_equal(key, STR("citation-key"));
}

bool begin_holds_items(const Tags *tags, Str s, size_t at, size_t *value)
{
    Str key = begin_key(s, at);
    if (key.data == s.data || at >= s.size || s.data[at] != '"')
        return false;
    *value = begin_value(s, at, key);
    if (*value >= s.size)
        return false;
    size_t inner = begin_space_end(s, *value + 1);
    if (s.data[*value] == '[')
        return is_wrapping_key(key) && inner < s.size &&
               (s.data[inner] == '{' || s.data[inner] == ']');
    if (s.data[*value] != '{')
        return false;
    if (str_equal(key, STR("message")))
        return true;
    return tags_field(tags, key, KIND_DOCUMENT) == NULL &&
           begin_is_identity(begin_key(s, inner));
}

/* Whether the string at `at` is there to its end. */
static bool sees_key(Str s, size_t at)
{
    return at < s.size && (s.data[at] != '"' || begin_key(s, at).data == s.data + at + 1);
}

Guess begin_sees(Str s, size_t at, size_t *value)
{
    *value = s.size;
    if (!sees_key(s, at))
        return GUESS_MORE;
    if (s.data[at] != '"')
        return GUESS_ITEM;
    Str key = begin_key(s, at);
    size_t colon = begin_space_end(s, at + key.size + 2);
    if (colon < s.size && s.data[colon] != ':')
        return GUESS_ITEM;
    *value = begin_value(s, at, key);
    if (*value >= s.size)
        return GUESS_MORE;
    size_t inner = begin_space_end(s, *value + 1);
    bool inside = s.data[*value] == '{' || s.data[*value] == '[';
    return inside && !sees_key(s, inner) ? GUESS_MORE : GUESS_ITEM;
}

Guess begin_guess(const Tags *tags, Extent *ext, Str s)
{
    enum { LOOKED_AT = 8 }; /* properties */
    size_t value, at = begin_space_end(s, 1);
    for (int i = 0; i < LOOKED_AT; i++) {
        Guess seen = begin_sees(s, at, &value);
        if (seen == GUESS_MORE || value >= s.size)
            return seen;
        if (begin_holds_items(tags, s, at, &value))
            return GUESS_WRAPPER;
        Str key = begin_key(s, at);
        if (begin_is_identity(key) || str_equal(key, STR("title")))
            return GUESS_ITEM;
        extent_begin(ext);
        ExtentResult end = extent_value(ext, str_after(s, value));
        if (end != EXTENT_WHOLE)
            return end == EXTENT_MORE ? GUESS_MORE : GUESS_ITEM;
        at = begin_space_end(s, value + ext->at);
        if (at < s.size && s.data[at] != ',')
            return GUESS_ITEM;
        at = begin_space_end(s, at + 1);
    }
    return GUESS_ITEM;
}
