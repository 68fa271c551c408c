/* SPDX-License-Identifier: MIT
 * Bytes somebody else owns (Str) and bytes that grow (Buf).
 *
 * A Str is a view: never NULL, not NUL-terminated, and NUL is a byte like any
 * other.  It lives as long as what it points into.  Sizes are bytes. */
#ifndef CITECONV_BASE_STR_H
#define CITECONV_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct Str {
    const char *data;
    size_t size;
} Str;

#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_EMPTY    ((Str){"", 0})
/* For "%.*s": a message never needs more than its first 2 GiB. */
#define STR_ARG(s) (int)((s).size > 0x7fffffff ? 0x7fffffff : (s).size), (s).data

/* `text` may be NULL, which is the empty string. */
static inline Str str_from(const char *text)
{
    return text == NULL ? STR_EMPTY : (Str){text, strlen(text)};
}

/* The bytes from `from` up to `to`, both cut to the size. */
static inline Str str_slice(Str s, size_t from, size_t to)
{
    if (to > s.size)
        to = s.size;
    if (from > to)
        from = to;
    return (Str){s.data + from, to - from};
}

static inline Str str_after(Str s, size_t from)
{
    return str_slice(s, from, s.size);
}

static inline bool str_equal(Str a, Str b)
{
    /* A zeroed Place, which is none, has no data. */
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* These compare ASCII letters without case, all other bytes as they are. */
bool str_starts_nocase(Str s, Str prefix);
static inline bool str_equal_nocase(Str a, Str b)
{
    return a.size == b.size && (str_equal(a, b) || str_starts_nocase(a, b));
}

static inline bool str_starts(Str s, Str prefix)
{
    return s.size >= prefix.size && memcmp(s.data, prefix.data, prefix.size) == 0;
}

bool str_ends(Str s, Str suffix);
/* Place of the first occurrence, or s.size where there is none. */
size_t str_find(Str s, Str wanted);
static inline size_t str_find_byte(Str s, char wanted)
{
    const char *found = (const char *)memchr(s.data, wanted, s.size);
    return found == NULL ? s.size : (size_t)(found - s.data);
}

bool str_contains(Str s, Str wanted);
/* Cuts the piece before the next `separator` off the front of *rest; false once
 * nothing is left.  "a||b" gives a, "", b. */
bool str_split(Str *rest, char separator, Str *piece);
/* Cuts the next run of bytes other than ASCII white space off the front. */
bool str_word(Str *rest, Str *word);
/* How many digits stand at the front. */
size_t str_digits(Str s);

/* Bytes as ASCII, whatever the locale. */
static inline bool byte_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool byte_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool byte_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool byte_is_alpha(char c)
{
    return byte_is_upper(c) || byte_is_lower(c);
}

static inline bool byte_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Without ASCII white space at both ends. */
static inline Str str_trim(Str s)
{
    while (s.size > 0 && byte_is_space(s.data[0]))
        s = (Str){s.data + 1, s.size - 1};
    while (s.size > 0 && byte_is_space(s.data[s.size - 1]))
        s.size--;
    return s;
}

static inline char byte_lower(char c)
{
    return byte_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* How many single-character edits (insert, delete, replace, swap) lie between two
 * words; words over 63 bytes count as far apart.  For "did you mean". */
size_t str_distance(Str a, Str b);

typedef struct Buf {
    char *data;
    size_t size, capacity;
} Buf;

/* A zeroed Buf is an empty one.  Str views of it die with the next addition. */
void buf_format(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `size` more bytes, returned where they will stand; size is not moved. */
char *buf_reserve(Buf *b, size_t size);
static inline void buf_add(Buf *b, Str s)
{
    if (b->data == NULL || s.size > b->capacity - b->size)
        buf_reserve(b, s.size);
    if (s.size > 0) /* else there may be no data */
        memcpy(b->data + b->size, s.data, s.size);
    b->size += s.size;
}

static inline void buf_add_byte(Buf *b, char c)
{
    if (b->size == b->capacity)
        buf_reserve(b, 1);
    b->data[b->size++] = c;
}

void buf_clear(Buf *b);
void buf_free(Buf *b);
Str buf_str(const Buf *b);

#endif
