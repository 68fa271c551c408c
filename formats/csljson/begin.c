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
