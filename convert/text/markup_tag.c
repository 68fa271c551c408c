/* SPDX-License-Identifier: MIT
 * One tag; see markup_tag.h. */
#include "convert/text/markup_tag.h"
#include "convert/text/markup.h"

enum { TAG_LONGEST = 1024 };

static const struct {
    char name[16];
    TagKind kind;
    Mark mark;
    bool csl;
} NAMES[] = {
    {"i", TAG_MARK, MARK_ITALIC, true},
    {"b", TAG_MARK, MARK_BOLD, true},
    {"sup", TAG_MARK, MARK_SUP, true},
    {"sub", TAG_MARK, MARK_SUB, true},
    {"sc", TAG_MARK, MARK_SMALL_CAPS, true},
    {"span", TAG_SPAN, MARK_COUNT, true},
    {"br", TAG_BREAK, MARK_COUNT, false},
    {"bold", TAG_MARK, MARK_BOLD, false},
    {"div", TAG_BLOCK, MARK_COUNT, false},
    {"em", TAG_MARK, MARK_ITALIC, false},
    {"font", TAG_GONE, MARK_COUNT, false},
    {"inf", TAG_MARK, MARK_SUB, false},
    {"inline-formula", TAG_GONE, MARK_COUNT, false},
    {"italic", TAG_MARK, MARK_ITALIC, false},
    {"math", TAG_MATH, MARK_COUNT, false},
    {"monospace", TAG_GONE, MARK_COUNT, false},
    {"p", TAG_BLOCK, MARK_COUNT, false},
    {"scp", TAG_MARK, MARK_SMALL_CAPS, false},
    {"sec", TAG_BLOCK, MARK_COUNT, false},
    {"small-caps", TAG_MARK, MARK_SMALL_CAPS, false},
    {"strong", TAG_MARK, MARK_BOLD, false},
    {"title", TAG_BLOCK, MARK_COUNT, false},
    {"tt", TAG_GONE, MARK_COUNT, false},
    {"u", TAG_GONE, MARK_COUNT, false},
    {"underline", TAG_GONE, MARK_COUNT, false},
};
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

/* "font-variant: small-caps;" whatever the spaces and quotes, and without its last
 * semicolon. */
static bool attribute_is(Str s, const char *wanted)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        if (byte_is_space(c) || c == '"' || c == '\'' || (c == ';' && *wanted == '\0'))
            continue;
        if (*wanted == '\0' || c != *wanted++)
            return false;
    }
    return *wanted == '\0';
}

static Mark span_mark(Str attributes, unsigned how)
{
    if ((how & MARKUP_HTML) != 0)
        return str_contains(attributes, STR("nocase"))       ? MARK_NOCASE
               : str_contains(attributes, STR("nodecor"))    ? MARK_NODECOR
               : str_contains(attributes, STR("small-caps")) ? MARK_SMALL_CAPS
                                                             : MARK_COUNT;
    return attribute_is(attributes, "class=nocase")                    ? MARK_NOCASE
           : attribute_is(attributes, "class=nodecor")                 ? MARK_NODECOR
           : attribute_is(attributes, "style=font-variant:small-caps") ? MARK_SMALL_CAPS
                                                                       : MARK_COUNT;
}

static bool is_name(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || c == ':' || c == '-';
}

/* The element of that name; NAME_COUNT where it is none of ours. */
static size_t find_name(Str name, bool html)
{
    size_t i = 0;
    while (i < NAME_COUNT &&
           !(html ? str_equal_nocase(name, str_from(NAMES[i].name))
                  : NAMES[i].csl && str_equal(name, str_from(NAMES[i].name))))
        i++;
    return i;
}

static void know_element(Tag *tag, Str attributes, unsigned how)
{
    tag->which = find_name(tag->name, (how & MARKUP_HTML) != 0);
    tag->kind = tag->which < NAME_COUNT ? NAMES[tag->which].kind : TAG_NONE;
    tag->mark = tag->which < NAME_COUNT ? NAMES[tag->which].mark : MARK_COUNT;
    if (tag->kind == TAG_SPAN && !tag->closes)
        tag->mark = span_mark(attributes, how);
}

/* The tag's inside: "/", a name, attributes. */
static bool read_inside(Str s, unsigned how, Tag *tag)
{
    size_t end = 0;
    tag->closes = s.data[0] == '/';
    s = str_after(s, tag->closes ? 1 : 0);
    while (end < s.size && is_name(s.data[end]))
        end++;
    Str attributes = str_after(s, end);
    if (end == 0 || !byte_is_alpha(s.data[0]) ||
        (end < s.size && !byte_is_space(s.data[end]) && s.data[end] != '/'))
        return false;
    tag->name = str_slice(s, 0, end);
    tag->empty = s.data[s.size - 1] == '/';
    bool html = (how & MARKUP_HTML) != 0;
    size_t colon = html ? str_find_byte(tag->name, ':') : end;
    if (colon < end)
        tag->name = str_after(tag->name, colon + 1);
    know_element(tag, attributes, how);
    return html || (tag->kind != TAG_NONE &&
                    (attributes.size == 0 || (tag->kind == TAG_SPAN && !tag->closes)));
}

/* Where the closing bracket of a tag is, or s.size: no other opening one stands before.
 */
static size_t find_bracket(Str s, bool raw)
{
    for (size_t i = 0; i < s.size && s.data[i] != '<'; i++) {
        if (raw && s.data[i] == '>')
            return i;
        if (raw || s.data[i] != '&')
            continue;
        if (str_starts(str_after(s, i), STR("&gt;")))
            return i;
        if (str_starts(str_after(s, i), STR("&lt;")))
            break;
    }
    return s.size;
}

bool markup_tag(Str s, unsigned how, Tag *tag)
{
    bool raw = s.data[0] == '<';
    if (!raw && ((how & MARKUP_ESCAPED) == 0 || !str_starts(s, STR("&lt;"))))
        return false;
    Str inside = str_slice(s, raw ? 1 : 4, TAG_LONGEST);
    size_t letter = inside.size > 0 && inside.data[0] == '/' ? 1 : 0;
    if (letter >= inside.size || !byte_is_alpha(inside.data[letter]))
        return false; /* as nearly all that are no tags; it spares the search */
    size_t size = find_bracket(inside, raw);
    if (size == inside.size || size == 0)
        return false;
    tag->size = size + (raw ? 2 : 8);
    return read_inside(str_slice(inside, 0, size), how, tag);
}
