/* SPDX-License-Identifier: MIT
 * Character references and inline tags; see html.h. */
#include "convert/text/html.h"
#include "convert/text/charset.h"
#include "convert/text/utf8.h"

#include <string.h>

enum { NAME_MOST = 32, TAGS_MOST = 64 };

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

/* Inline tags. */

static const struct {
    char name[8];
    Mark mark;
} TAGS[] = {
    {"i", MARK_ITALIC},      {"em", MARK_ITALIC}, {"b", MARK_BOLD},
    {"strong", MARK_BOLD},   {"sub", MARK_SUB},   {"sup", MARK_SUP},
    {"sc", MARK_SMALL_CAPS},
};

typedef struct Tag {
    size_t at, size; /* bytes of the source */
    int which;       /* of TAGS */
    bool closes;
    bool matched;
} Tag;

/* Size of the tag at the front of `s`, which begins with '<'; 0 where it is none. */
static size_t read_tag(Str s, Tag *tag)
{
    tag->closes = s.size > 1 && s.data[1] == '/';
    Str name = str_after(s, tag->closes ? 2 : 1);
    size_t end = str_find_byte(str_slice(name, 0, 8), '>');
    if (end >= name.size || end == 8)
        return 0;
    name = str_slice(name, 0, end);
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (str_equal_nocase(name, str_from(TAGS[i].name))) {
            tag->which = (int)i;
            return end + (tag->closes ? 3 : 2);
        }
    }
    return 0;
}

/* Finds the tags outside math that open and close as they should.  A closing tag that
 * is not that of the innermost open one is text, and so is what is never closed. */
static size_t find_tags(Str s, Tag tags[TAGS_MOST])
{
    size_t open[TAGS_MOST], depth = 0, count = 0, math_end = 0;
    size_t math = text_math_at(s, 0, &math_end);
    for (size_t i = 0; i < s.size && count < TAGS_MOST;) {
        i += str_find_byte(str_after(s, i), '<');
        if (i >= math && math < s.size) {
            i = i > math_end ? i : math_end;
            math = text_math_at(s, math_end, &math_end);
            continue;
        }
        Tag tag = {.at = i};
        tag.size = i < s.size ? read_tag(str_after(s, i), &tag) : 0;
        if (tag.size == 0) {
            i++;
            continue;
        }
        if (!tag.closes) {
            open[depth++] = count;
            tags[count++] = tag;
        } else if (depth > 0 && tags[open[depth - 1]].which == tag.which) {
            tags[open[--depth]].matched = true;
            tag.matched = true;
            tags[count++] = tag;
        }
        i += tag.size;
    }
    return count;
}

typedef struct Decoding {
    Arena *arena;
    char *out;
    size_t size;
    Run *runs;
    size_t run_count;
    size_t open[TAGS_MOST], depth;
} Decoding;

static void add_characters(Decoding *d, const uint32_t characters[2])
{
    Buf one = {0};
    utf8_add(&one, characters[0]);
    if (characters[1] != 0)
        utf8_add(&one, characters[1]);
    memcpy(d->out + d->size, one.data, one.size);
    d->size += one.size;
    buf_free(&one);
}

/* Text between tags. */
static void add_text(Decoding *d, Str s)
{
    while (s.size > 0) {
        uint32_t characters[2];
        size_t plain = str_find_byte(s, '&');
        memcpy(d->out + d->size, s.data, plain);
        d->size += plain;
        s = str_after(s, plain);
        if (s.size == 0)
            return;
        size_t size = html_reference(s, characters);
        if (size > 0) {
            add_characters(d, characters);
        } else {
            d->out[d->size++] = '&';
            size = 1;
        }
        s = str_after(s, size);
    }
}

static void add_tag(Decoding *d, const Tag *tag)
{
    if (!tag->closes) {
        d->open[d->depth++] = d->run_count;
        d->runs[d->run_count++] =
            (Run){.start = d->size, .end = d->size, .mark = TAGS[tag->which].mark};
    } else {
        d->runs[d->open[--d->depth]].end = d->size;
    }
}

static bool has_reference(Str s)
{
    uint32_t characters[2];
    for (size_t at = str_find_byte(s, '&'); at < s.size;
         at += 1 + str_find_byte(str_after(s, at + 1), '&')) {
        if (html_reference(str_after(s, at), characters) > 0)
            return true;
    }
    return false;
}

Text html_text(Arena *arena, Str s)
{
    Tag tags[TAGS_MOST];
    bool has_tags = memchr(s.data, '<', s.size) != NULL;
    if (!has_tags && memchr(s.data, '&', s.size) == NULL)
        return text_plain(s);
    size_t count = has_tags ? find_tags(s, tags) : 0, at = 0;
    if (count == 0 && !has_reference(s))
        return text_plain(s);
    Decoding d = {.arena = arena,
                  /* "&nGt;" has six bytes in UTF-8; none grows by more. */
                  .out = arena_alloc(arena, s.size + s.size / 5 + 8),
                  .runs = arena_alloc(arena, (count + 1) * sizeof(Run))};
    for (size_t i = 0; i < count; i++) {
        if (!tags[i].matched)
            continue;
        add_text(&d, str_slice(s, at, tags[i].at));
        add_tag(&d, &tags[i]);
        at = tags[i].at + tags[i].size;
    }
    add_text(&d, str_after(s, at));
    return (Text){.text = {d.out, d.size}, .runs = d.runs, .run_count = d.run_count};
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
