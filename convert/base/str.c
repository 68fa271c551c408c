/* SPDX-License-Identifier: MIT
 * Views of bytes and growing bytes; see str.h. */
#include "convert/base/str.h"
#include "convert/base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool str_starts_nocase(Str s, Str prefix)
{
    if (s.size < prefix.size)
        return false;
    for (size_t i = 0; i < prefix.size; i++) {
        if (byte_lower(s.data[i]) != byte_lower(prefix.data[i]))
            return false;
    }
    return true;
}

bool str_ends(Str s, Str suffix)
{
    return s.size >= suffix.size &&
           memcmp(s.data + s.size - suffix.size, suffix.data, suffix.size) == 0;
}

size_t str_find(Str s, Str wanted)
{
    if (wanted.size == 0)
        return 0;
    const char *found =
        s.size >= wanted.size ? memmem(s.data, s.size, wanted.data, wanted.size) : NULL;
    return found == NULL ? s.size : (size_t)(found - s.data);
}

bool str_contains(Str s, Str wanted)
{
    return wanted.size == 0 || str_find(s, wanted) < s.size;
}

bool str_split(Str *rest, char separator, Str *piece)
{
    if (rest->data == NULL)
        return false;
    size_t end = str_find_byte(*rest, separator);
    *piece = str_slice(*rest, 0, end);
    if (end == rest->size)
        *rest = (Str){NULL, 0}; /* the one place where a Str is spent */
    else
        *rest = str_after(*rest, end + 1);
    return true;
}

bool str_word(Str *rest, Str *word)
{
    Str s = *rest;
    while (s.size > 0 && byte_is_space(s.data[0]))
        s = str_after(s, 1);
    size_t end = 0;
    while (end < s.size && !byte_is_space(s.data[end]))
        end++;
    *word = str_slice(s, 0, end);
    *rest = str_after(s, end);
    return end > 0;
}

size_t str_digits(Str s)
{
    size_t count = 0;
    while (count < s.size && byte_is_digit(s.data[count]))
        count++;
    return count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t str_distance(Str a, Str b)
{
    enum { LONGEST = 63 };
    size_t before[LONGEST + 1] = {0}, above[LONGEST + 1], row[LONGEST + 1];
    if (a.size > LONGEST || b.size > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= b.size; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t replaced = above[j - 1] + (a.data[i - 1] != b.data[j - 1] ? 1 : 0);
            row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        memcpy(before, above, sizeof before);
        memcpy(above, row, sizeof above);
    }
    return above[b.size];
}

char *buf_reserve(Buf *b, size_t size)
{
    size_t need = b->size + size;
    if (need < size)
        memory_exhausted();
    if (need > b->capacity || b->data == NULL) {
        b->capacity = memory_grown(b->capacity, need);
        b->data = memory_resize(b->data, b->capacity);
    }
    return b->data + b->size;
}

void buf_format(Buf *b, const char *format, ...)
{
    enum { GUESS = 64 };
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *to = buf_reserve(b, GUESS);
    int size = vsnprintf(to, GUESS, format, args);
    va_end(args);
    if (size >= GUESS) {
        to = buf_reserve(b, (size_t)size + 1);
        vsnprintf(to, (size_t)size + 1, format, again);
    }
    if (size > 0)
        b->size += (size_t)size;
    va_end(again);
}

void buf_clear(Buf *b)
{
    b->size = 0;
}

void buf_free(Buf *b)
{
    free(b->data);
    *b = (Buf){0};
}

Str buf_str(const Buf *b)
{
    return b->data == NULL ? STR_EMPTY : (Str){b->data, b->size};
}
