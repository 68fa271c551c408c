/* SPDX-License-Identifier: MIT
 * Mending JSON; see patch.h. */
#include "formats/csljson/patch.h"
#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

static void add_extra(Patch *patch, char c)
{
    if (patch->added_count == patch->added_capacity) {
        patch->added_capacity =
            memory_grown(patch->added_capacity, patch->added_count + 1);
        patch->added =
            memory_resize(patch->added, patch->added_capacity * sizeof *patch->added);
    }
    patch->added[patch->added_count++] = patch->text.size;
    buf_add_byte(&patch->text, c);
}

static void note_fault(Patch *patch, size_t at)
{
    if (patch->strings++ == 0)
        patch->first = at;
}

/* The code unit of "\uXXXX" at `at`; 0x10000 where it is none. */
static unsigned unit_at(Str s, size_t at)
{
    unsigned unit = 0;
    if (at + 6 > s.size || s.data[at] != '\\' || s.data[at + 1] != 'u')
        return 0x10000;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = byte_lower(s.data[i]);
        if (byte_is_digit(c))
            unit = unit * 16 + (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            unit = unit * 16 + (unsigned)(c - 'a' + 10);
        else
            return 0x10000;
    }
    return unit;
}

/* An escape at `at`; returns its size. */
static size_t patch_escape(Patch *patch, Str s, size_t at)
{
    unsigned unit = unit_at(s, at);
    if (unit < 0x10000) {
        unsigned next = unit_at(s, at + 6);
        bool pair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
        bool half = unit >= 0xd800 && unit < 0xe000 && !pair;
        buf_add(&patch->text,
                half ? STR("\\ufffd") : str_slice(s, at, at + (pair ? 12 : 6)));
        if (half)
            note_fault(patch, at);
        return pair ? 12 : 6;
    }
    if (at + 1 < s.size && s.data[at + 1] != '\0' &&
        strchr("\"\\/bfnrt", s.data[at + 1]) != NULL) {
        buf_add(&patch->text, str_slice(s, at, at + 2));
        return 2;
    }
    note_fault(patch, at);
    buf_add_byte(&patch->text, '\\');
    add_extra(patch, '\\');
    return 1;
}

static void patch_control(Patch *patch, char c, size_t at)
{
    static const char HEX[] = "0123456789abcdef";
    note_fault(patch, at);
    buf_add_byte(&patch->text, '\\');
    if (c == '\n' || c == '\t') {
        add_extra(patch, c == '\n' ? 'n' : 't');
        return;
    }
    Str zeros = STR("u00");
    for (size_t i = 0; i < zeros.size; i++)
        add_extra(patch, zeros.data[i]);
    add_extra(patch, HEX[(unsigned char)c >> 4]);
    add_extra(patch, HEX[c & 15]);
}

/* A string from its opening quote on; returns its size. */
static size_t patch_string(Patch *patch, Str s, size_t from)
{
    size_t at = from + 1;
    buf_add_byte(&patch->text, '"');
    while (at < s.size) {
        char c = s.data[at];
        if (c == '\\') {
            at += patch_escape(patch, s, at);
            continue;
        }
        if ((unsigned char)c < ' ')
            patch_control(patch, c, at);
        else
            buf_add_byte(&patch->text, c);
        at++;
        if (c == '"')
            break;
    }
    return at - from;
}

void patch_value(Patch *patch, Str value)
{
    size_t comma = 0; /* offset in the text, plus 1, of one that nothing follows yet */
    buf_clear(&patch->text);
    patch->added_count = patch->strings = patch->first = 0;
    for (size_t at = 0; at < value.size;) {
        char c = value.data[at];
        if (c == '"') {
            at += patch_string(patch, value, at);
            comma = 0;
            continue;
        }
        if ((c == '}' || c == ']') && comma > 0)
            patch->text.data[comma - 1] = ' ';
        buf_add_byte(&patch->text, c);
        if (c == ',')
            comma = patch->text.size;
        else if (!byte_is_space(c))
            comma = 0;
        at++;
    }
}

size_t patch_original(const Patch *patch, size_t offset)
{
    size_t low = 0, high = patch->added_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (patch->added[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return offset - low;
}

void patch_free(Patch *patch)
{
    buf_free(&patch->text);
    free(patch->added);
    *patch = (Patch){0};
}
