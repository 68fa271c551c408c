/* SPDX-License-Identifier: MIT
 * Mending JSON; see mend.h. */
#include "formats/csljson/mend.h"
#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

static void add_extra(Mend *mend, char c)
{
    if (mend->added_count == mend->added_capacity) {
        mend->added_capacity = memory_grown(mend->added_capacity, mend->added_count + 1);
        mend->added =
            memory_resize(mend->added, mend->added_capacity * sizeof *mend->added);
    }
    mend->added[mend->added_count++] = mend->text.size;
    buf_add_byte(&mend->text, c);
}

static void note_fault(Mend *mend, size_t at)
{
    if (mend->strings++ == 0)
        mend->first = at;
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
static size_t mend_escape(Mend *mend, Str s, size_t at)
{
    unsigned unit = unit_at(s, at);
    if (unit < 0x10000) {
        unsigned next = unit_at(s, at + 6);
        bool pair = unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
        bool half = unit >= 0xd800 && unit < 0xe000 && !pair;
        buf_add(&mend->text,
                half ? STR("\\ufffd") : str_slice(s, at, at + (pair ? 12 : 6)));
        if (half)
            note_fault(mend, at);
        return pair ? 12 : 6;
    }
    if (at + 1 < s.size && memchr("\"\\/bfnrt", s.data[at + 1], 8) != NULL) {
        buf_add(&mend->text, str_slice(s, at, at + 2));
        return 2;
    }
    note_fault(mend, at);
    buf_add_byte(&mend->text, '\\');
    add_extra(mend, '\\');
    return 1;
}

static void mend_control(Mend *mend, char c, size_t at)
{
    static const char HEX[] = "0123456789abcdef";
    note_fault(mend, at);
    buf_add_byte(&mend->text, '\\');
    if (c == '\n' || c == '\t') {
        add_extra(mend, c == '\n' ? 'n' : 't');
        return;
    }
    Str zeros = STR("u00");
    for (size_t i = 0; i < zeros.size; i++)
        add_extra(mend, zeros.data[i]);
    add_extra(mend, HEX[(unsigned char)c >> 4]);
    add_extra(mend, HEX[c & 15]);
}

/* A string from its opening quote on; returns its size. */
static size_t mend_string(Mend *mend, Str s, size_t from)
{
    size_t at = from + 1;
    buf_add_byte(&mend->text, '"');
    while (at < s.size) {
        char c = s.data[at];
        if (c == '\\') {
            at += mend_escape(mend, s, at);
            continue;
        }
        if ((unsigned char)c < ' ')
            mend_control(mend, c, at);
        else
            buf_add_byte(&mend->text, c);
        at++;
        if (c == '"')
            break;
    }
    return at - from;
}

void item_mend_value(Mend *mend, Str s)
{
    size_t comma = 0; /* offset in the text, plus 1, of one that nothing follows yet */
    buf_clear(&mend->text);
    mend->added_count = mend->strings = mend->first = 0;
    for (size_t at = 0; at < s.size;) {
        char c = s.data[at];
        if (c == '"') {
            at += mend_string(mend, s, at);
            comma = 0;
            continue;
        }
        if ((c == '}' || c == ']') && comma > 0)
            mend->text.data[comma - 1] = ' ';
        buf_add_byte(&mend->text, c);
        if (c == ',')
            comma = mend->text.size;
        else if (!byte_is_space(c))
            comma = 0;
        at++;
    }
}

size_t mend_original(const Mend *mend, size_t offset)
{
    size_t low = 0, high = mend->added_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mend->added[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return offset - low;
}

void mend_free(Mend *mend)
{
    buf_free(&mend->text);
    free(mend->added);
    *mend = (Mend){0};
}
