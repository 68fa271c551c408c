/* SPDX-License-Identifier: MIT
 * Characters by Unicode's data, through utf8proc; see unicode.h. */
#include "convert/text/unicode.h"
#include "convert/base/memory.h"
#include "convert/base/span.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Bit per category, so that a class is one mask. */
static bool in_categories(uint32_t c, unsigned mask)
{
    if (!utf8proc_codepoint_valid((utf8proc_int32_t)c))
        return false;
    return (mask >> utf8proc_category((utf8proc_int32_t)c) & 1) != 0;
}

#define BIT(category) (1u << UTF8PROC_CATEGORY_##category)

bool unicode_is_letter(uint32_t c)
{
    if (c < 0x80)
        return byte_is_alpha((char)c);
    return in_categories(c, BIT(LU) | BIT(LL) | BIT(LT) | BIT(LM) | BIT(LO));
}

bool unicode_is_upper(uint32_t c)
{
    return c < 0x80 ? byte_is_upper((char)c) : in_categories(c, BIT(LU) | BIT(LT));
}

bool unicode_is_lower(uint32_t c)
{
    return c < 0x80 ? byte_is_lower((char)c) : in_categories(c, BIT(LL));
}

bool unicode_is_digit(uint32_t c)
{
    return c < 0x80 ? byte_is_digit((char)c) : in_categories(c, BIT(ND));
}

bool unicode_is_space(uint32_t c)
{
    if (c < 0x80)
        return byte_is_space((char)c);
    return c == 0x85 || in_categories(c, BIT(ZS) | BIT(ZL) | BIT(ZP));
}

bool unicode_is_mark(uint32_t c)
{
    return c >= 0x300 && in_categories(c, BIT(MN) | BIT(MC) | BIT(ME));
}

bool unicode_is_ignorable(uint32_t c)
{
    return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff || c == 0x200e ||
           c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool unicode_is_han(uint32_t c)
{
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
           (c >= 0x20000 && c <= 0x3ffff) || (c >= 0xf900 && c <= 0xfaff) || c == 0x3005;
}

bool unicode_is_hangul(uint32_t c)
{
    return (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x1100 && c <= 0x11ff);
}

bool unicode_is_kana(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x31f0 && c <= 0x31ff) ||
           (c >= 0xff66 && c <= 0xff9f);
}

size_t unicode_width(uint32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return 1;
    if (!utf8proc_codepoint_valid((utf8proc_int32_t)c))
        return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (size_t)width : 0;
}

uint32_t unicode_lower(uint32_t c)
{
    if (c < 0x80)
        return (unsigned char)byte_lower((char)c);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t unicode_upper(uint32_t c)
{
    if (c < 0x80)
        return byte_is_lower((char)c) ? c - 'a' + 'A' : c;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

bool unicode_decompose(uint32_t c, uint32_t *base, uint32_t *mark)
{
    enum { LONGEST = 16 };
    utf8proc_int32_t parts[LONGEST];
    int last_class = 0;
    if (c < 0xc0 || !utf8proc_codepoint_valid((utf8proc_int32_t)c))
        return false;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, LONGEST,
                                                     UTF8PROC_DECOMPOSE, &last_class);
    if (count < 2 || count > LONGEST)
        return false;
    *mark = (uint32_t)parts[count - 1];
    utf8proc_ssize_t left =
        utf8proc_normalize_utf32(parts, count - 1, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    *base = (uint32_t)parts[0];
    return left == 1 && unicode_is_mark(*mark);
}

static utf8proc_propval_t class_of(utf8proc_int32_t c)
{
    return utf8proc_get_property(c)->combining_class;
}

/* Canonical order: marks of different classes by class, of one class as they came. */
static void order_marks(utf8proc_int32_t *parts, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        utf8proc_int32_t moved = parts[i];
        size_t to = i;
        for (; to > 0 && class_of(moved) > 0 && class_of(parts[to - 1]) > class_of(moved);
             to--)
            parts[to] = parts[to - 1];
        parts[to] = moved;
    }
}

size_t unicode_compose(uint32_t *cluster, size_t count)
{
    enum { LONGEST = 4 * UNICODE_CLUSTER };
    utf8proc_int32_t parts[LONGEST];
    size_t size = 0;
    if (count > UNICODE_CLUSTER)
        return count;
    for (size_t i = 0; i < count; i++) {
        int last_class = 0;
        utf8proc_ssize_t made = utf8proc_decompose_char(
            (utf8proc_int32_t)cluster[i], parts + size,
            (utf8proc_ssize_t)(LONGEST - size), UTF8PROC_DECOMPOSE, &last_class);
        if (made < 0 || (size_t)made > LONGEST - size)
            return count;
        size += (size_t)made;
    }
    order_marks(parts, size);
    utf8proc_ssize_t left = utf8proc_normalize_utf32(parts, (utf8proc_ssize_t)size,
                                                     UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (left < 0 || (size_t)left > count)
        return count;
    for (size_t i = 0; i < (size_t)left; i++)
        cluster[i] = (uint32_t)parts[i];
    return (size_t)left;
}

/* utf8proc's own buffer is the caller's to free; the arena's copy lives longer. */
static Str mapped(Arena *arena, Str s, utf8proc_option_t options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)s.data,
                                         (utf8proc_ssize_t)s.size, &out, options);
    if (size == UTF8PROC_ERROR_NOMEM)
        memory_exhausted();
    if (size < 0)
        return s;
    Str copy = arena_copy(arena, (Str){(const char *)out, (size_t)size});
    free(out);
    return copy;
}

/* Where a character from U+0300 on begins: below that none changes under NFC. */
static Span begins_high(Span bytes)
{
    return (Span)(bytes >= 0xcc);
}

/* Whether any character could change under NFC: none below U+0300 does, and above
 * only marks (some have class 0), characters that decompose, and conjoining jamo. */
static bool may_compose(Str s)
{
    enum { MARKS_MOST = 64 };
    size_t marks = 0;
    bool may = false;
    for (;;) {
        size_t below = span_find(s, 0, begins_high);
        s = str_after(s, below);
        if (s.size == 0)
            return may;
        marks = below > 0 ? 0 : marks;
        uint32_t c = utf8_next(&s);
        marks = unicode_is_mark(c) ? marks + 1 : 0;
        if (marks > MARKS_MOST)
            return false; /* no language writes so, and sorting them takes its time */
        if (c >= 0x1160 && c <= 0x11ff)
            may = true;
        const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
        if (p->combining_class != 0 || p->decomp_seqindex != UINT16_MAX ||
            unicode_is_mark(c))
            may = true;
    }
}

Str unicode_nfc(Arena *arena, Str s)
{
    if (!may_compose(s))
        return s;
    return mapped(arena, s, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

Str unicode_fold(Arena *arena, Str s)
{
    if (utf8_is_ascii(s)) {
        char *folded = arena_alloc(arena, s.size);
        for (size_t i = 0; i < s.size; i++)
            folded[i] = byte_lower(s.data[i]);
        return (Str){folded, s.size};
    }
    return mapped(arena, s, UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD);
}

/* Letters that no decomposition takes to ASCII, as their own languages spell them
 * without the letter. */
static Str spelled(uint32_t c)
{
    static const struct {
        uint16_t character;
        char ascii[3];
    } TABLE[] = {
        {0xc6, "ae"},  {0xd0, "d"},   {0xd8, "o"},  {0xde, "th"},   {0xdf, "ss"},
        {0xe6, "ae"},  {0xf0, "d"},   {0xf8, "o"},  {0xfe, "th"},   {0x110, "d"},
        {0x111, "d"},  {0x126, "h"},  {0x127, "h"}, {0x131, "i"},   {0x138, "k"},
        {0x141, "l"},  {0x142, "l"},  {0x149, "n"}, {0x14a, "ng"},  {0x14b, "ng"},
        {0x152, "oe"}, {0x153, "oe"}, {0x166, "t"}, {0x167, "t"},   {0x17f, "s"},
        {0x180, "b"},  {0x189, "d"},  {0x18e, "e"}, {0x18f, "e"},   {0x192, "f"},
        {0x197, "i"},  {0x19a, "l"},  {0x1b5, "z"}, {0x1b6, "z"},   {0x1dd, "e"},
        {0x237, "j"},  {0x259, "e"},  {0x268, "i"}, {0x1e9e, "ss"},
    };
    for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
        if (TABLE[i].character == c)
            return str_from(TABLE[i].ascii);
    }
    return STR_EMPTY;
}

/* Without its marks. */
static uint32_t base_of(uint32_t c)
{
    uint32_t mark = 0;
    while (c >= 0x80 && unicode_decompose(c, &c, &mark))
        ;
    return c;
}

static void add_ascii(Buf *out, uint32_t c)
{
    c = base_of(c);
    if (c >= 0x80)
        buf_add(out, spelled(c));
    else if (byte_is_alpha((char)c) || byte_is_digit((char)c))
        buf_add_byte(out, byte_lower((char)c));
}

bool unicode_has_ascii(uint32_t c)
{
    c = base_of(c);
    return c >= 0x80 ? spelled(c).size > 0
                     : byte_is_alpha((char)c) || byte_is_digit((char)c);
}

Str unicode_ascii(Arena *arena, Str s)
{
    Buf out = {0};
    while (s.size > 0)
        add_ascii(&out, utf8_next(&s));
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

Str unicode_plain(Arena *arena, Str s)
{
    Buf out = {0};
    bool space = false;
    for (s = unicode_fold(arena, s); s.size > 0;) {
        uint32_t c = base_of(utf8_next(&s));
        if (unicode_is_space(c)) {
            space = out.size > 0;
            continue;
        }
        if (space)
            buf_add_byte(&out, ' ');
        space = false;
        Str letters = c >= 0x80 ? spelled(c) : STR_EMPTY;
        if (letters.size > 0)
            buf_add(&out, letters);
        else if (c < 0x80 || !unicode_is_mark(c))
            utf8_add(&out, c);
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}
