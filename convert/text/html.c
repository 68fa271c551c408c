/* SPDX-License-Identifier: MIT
 * Character references and declared charsets; see html.h. */
#include "convert/text/html.h"
#include "convert/text/charset.h"
#include "convert/text/utf8.h"

#include <string.h>

enum { NAME_MOST = 32 };

/* Names as arrays: pointers would have to be relocated at every start. */
static const struct Named {
    char name[NAME_MOST];
    char bare; /* allowed without a semicolon */
    uint32_t characters[2];
} NAMED[] = {
#include "convert/text/html.inc"
};
enum { NAMED_COUNT = sizeof NAMED / sizeof NAMED[0] };

static const struct Named *find_name(Str name)
{
    size_t low = 0, high = NAMED_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        Str each = str_from(NAMED[middle].name);
        size_t common = each.size < name.size ? each.size : name.size;
        int order = memcmp(name.data, each.data, common);
        if (order == 0 && name.size == each.size)
            return &NAMED[middle];
        if (order < 0 || (order == 0 && name.size < each.size))
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static size_t numeric_reference(Str s, uint32_t characters[2])
{
    bool hex = s.size > 2 && (s.data[2] == 'x' || s.data[2] == 'X');
    size_t i = hex ? 3 : 2, first = i;
    uint32_t value = 0;
    for (; i < s.size; i++) {
        char c = byte_lower(s.data[i]);
        bool letter = hex && c >= 'a' && c <= 'f';
        if (!byte_is_digit(c) && !letter)
            break;
        if (value <= 0x10ffff)
            value = value * (hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    if (i == first || i == s.size || s.data[i] != ';')
        return 0;
    /* The standard reads 0x80 to 0x9f as Windows-1252, since so many pages mean it. */
    if (value >= 0x80 && value < 0xa0)
        value = charset_windows((unsigned char)value);
    else if (value == '\t' || value == '\n' || value == '\r')
        value = ' ';
    bool none = value < ' ' || value == 0x7f || value > 0x10ffff ||
                (value >= 0xd800 && value < 0xe000);
    characters[0] = none ? UTF8_REPLACEMENT : value;
    characters[1] = 0;
    return i + 1;
}

size_t html_reference(Str s, uint32_t characters[2])
{
    if (s.size < 3)
        return 0;
    if (s.data[1] == '#')
        return numeric_reference(s, characters);
    size_t end = 1;
    while (end < s.size && end <= NAME_MOST &&
           (byte_is_alpha(s.data[end]) || byte_is_digit(s.data[end])))
        end++;
    const struct Named *named = find_name(str_slice(s, 1, end));
    bool closed = end < s.size && s.data[end] == ';';
    bool sets = end < s.size && s.data[end] == '=';
    if (named == NULL || (!closed && (!named->bare || sets)))
        return 0;
    characters[0] = named->characters[0];
    characters[1] = named->characters[1];
    return closed ? end + 1 : end;
}

/* Charsets. */

static Str value_at(Str s)
{
    size_t size = 0;
    s = str_trim(s);
    if (s.size == 0 || s.data[0] != '=')
        return STR_EMPTY;
    s = str_trim(str_after(s, 1));
    if (s.size > 0 && (s.data[0] == '"' || s.data[0] == '\''))
        s = str_after(s, 1);
    while (size < s.size && (byte_is_alpha(s.data[size]) || byte_is_digit(s.data[size]) ||
                             s.data[size] == '-' || s.data[size] == '_' ||
                             s.data[size] == ':' || s.data[size] == '.'))
        size++;
    return str_slice(s, 0, size);
}

/* What stands behind `word` and an equals sign, in one tag. */
static Str attribute(Str tag, Str word)
{
    for (size_t i = 0; i + word.size <= tag.size; i++) {
        Str value;
        if (str_starts_nocase(str_after(tag, i), word) &&
            (value = value_at(str_after(tag, i + word.size))).size > 0)
            return value;
    }
    return STR_EMPTY;
}

Str html_charset(Str head)
{
    enum { FRONT = 1024 };
    head = str_slice(head, 0, FRONT);
    if (str_trim(head).size == 0 || str_trim(head).data[0] != '<')
        return STR_EMPTY;
    for (size_t i = str_find_byte(head, '<'); i < head.size;
         i += 1 + str_find_byte(str_after(head, i + 1), '<')) {
        Str tag = str_after(head, i);
        tag = str_slice(tag, 0, str_find_byte(tag, '>'));
        Str value = STR_EMPTY;
        if (str_starts_nocase(tag, STR("<?xml")))
            value = attribute(tag, STR("encoding"));
        else if (str_starts_nocase(tag, STR("<meta")))
            value = attribute(tag, STR("charset"));
        if (value.size > 0)
            return value;
    }
    return STR_EMPTY;
}
