/* SPDX-License-Identifier: MIT
 * UTF-8; see utf8.h. */
#include "convert/text/utf8.h"
#include "convert/base/span.h"

#include <string.h>

/* Size of the well-formed character at the front of `s` and its value; 0 for none.
 * RFC 3629, section 4. */
static size_t decode(Str s, uint32_t *character)
{
    unsigned char first = (unsigned char)s.data[0];
    size_t size = first < 0x80   ? 1
                  : first < 0xc2 ? 0
                  : first < 0xe0 ? 2
                  : first < 0xf0 ? 3
                  : first < 0xf5 ? 4
                                 : 0;
    if (size == 0 || size > s.size)
        return 0;
    uint32_t c = size == 1 ? first : first & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        unsigned char next = (unsigned char)s.data[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (next & 0x3f);
    }
    bool overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
    if (overlong || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
        return 0;
    *character = c;
    return size;
}

uint32_t utf8_next(Str *rest)
{
    uint32_t character = UTF8_REPLACEMENT;
    size_t size = decode(*rest, &character);
    *rest = str_after(*rest, size > 0 ? size : 1);
    return character;
}

uint32_t utf8_last(Str *rest)
{
    size_t size = 1;
    while (size < 4 && size < rest->size &&
           ((unsigned char)rest->data[rest->size - size] & 0xc0) == 0x80)
        size++;
    Str tail = str_after(*rest, rest->size - size);
    uint32_t character = UTF8_REPLACEMENT;
    bool whole = decode(tail, &character) == size;
    rest->size -= whole ? size : 1;
    return whole ? character : UTF8_REPLACEMENT;
}

void utf8_add(Buf *out, uint32_t character)
{
    char *to = buf_reserve(out, 4);
    uint32_t c = character;
    if (c < 0x80) {
        to[0] = (char)c;
        out->size += 1;
    } else if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        out->size += 2;
    } else if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        out->size += 3;
    } else {
        to[0] = (char)(0xf0 | c >> 18);
        to[1] = (char)(0x80 | (c >> 12 & 0x3f));
        to[2] = (char)(0x80 | (c >> 6 & 0x3f));
        to[3] = (char)(0x80 | (c & 0x3f));
        out->size += 4;
    }
}

static Span no_ascii(Span bytes)
{
    return (Span)(bytes >= 0x80);
}

size_t utf8_ascii_front(Str s)
{
    return span_find(s, 0, no_ascii);
}

size_t utf8_valid(Str s)
{
    size_t at = utf8_ascii_front(s);
    while (at < s.size) {
        uint32_t character;
        size_t size = decode(str_after(s, at), &character);
        if (size == 0)
            return at;
        at += size;
        at += utf8_ascii_front(str_after(s, at));
    }
    return s.size;
}

bool utf8_is_ascii(Str s)
{
    return utf8_ascii_front(s) == s.size;
}

size_t utf8_count(Str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.size; i++)
        count += ((unsigned char)s.data[i] & 0xc0) != 0x80;
    return count;
}
