/* SPDX-License-Identifier: MIT
 * Tags in text; see markup.h. */
#include "convert/text/markup.h"

#include <string.h>

enum { DEPTH = TEXT_DEPTH, LONGEST = 64 /* bytes of a tag */ };

static const struct {
    const char *open, *close;
} TAGS[MARK_COUNT] = {
    [MARK_ITALIC] = {"<i>", "</i>"},
    [MARK_BOLD] = {"<b>", "</b>"},
    [MARK_SUP] = {"<sup>", "</sup>"},
    [MARK_SUB] = {"<sub>", "</sub>"},
    [MARK_SMALL_CAPS] = {"<span style=\"font-variant:small-caps;\">", "</span>"},
    [MARK_NOCASE] = {"<span class=\"nocase\">", "</span>"},
    [MARK_NODECOR] = {"<span class=\"nodecor\">", "</span>"},
    [MARK_MATH] = {"", ""},
};

Str markup_open(Mark mark)
{
    return str_from(TAGS[mark].open);
}

Str markup_close(Mark mark)
{
    return str_from(TAGS[mark].close);
}

typedef enum Element {
    ELEMENT_I,
    ELEMENT_B,
    ELEMENT_SUP,
    ELEMENT_SUB,
    ELEMENT_SC,
    ELEMENT_SPAN,
    ELEMENT_COUNT
} Element;

static const char *const ELEMENTS[ELEMENT_COUNT] = {
    [ELEMENT_I] = "i",     [ELEMENT_B] = "b",   [ELEMENT_SUP] = "sup",
    [ELEMENT_SUB] = "sub", [ELEMENT_SC] = "sc", [ELEMENT_SPAN] = "span"};
static const Mark MARKS[ELEMENT_COUNT] = {
    [ELEMENT_I] = MARK_ITALIC,      [ELEMENT_B] = MARK_BOLD,
    [ELEMENT_SUP] = MARK_SUP,       [ELEMENT_SUB] = MARK_SUB,
    [ELEMENT_SC] = MARK_SMALL_CAPS, [ELEMENT_SPAN] = MARK_COUNT};

/* A tag in the text. */
typedef struct Tag {
    size_t at, size;
    Element element;
    Mark mark; /* MARK_COUNT: a span that is none of ours */
    bool close;
} Tag;

/* "font-variant: small-caps;" without regard to spaces and the last semicolon. */
static bool attribute_is(Str s, const char *wanted)
{
    size_t i = 0;
    for (; i < s.size; i++) {
        char c = s.data[i];
        if (byte_is_space(c) || c == '"' || c == '\'' || (c == ';' && *wanted == '\0'))
            continue;
        if (*wanted == '\0' || c != *wanted++)
            return false;
    }
    return *wanted == '\0';
}

static Mark span_mark(Str attributes)
{
    if (attribute_is(attributes, "class=nocase"))
        return MARK_NOCASE;
    if (attribute_is(attributes, "class=nodecor"))
        return MARK_NODECOR;
    if (attribute_is(attributes, "style=font-variant:small-caps"))
        return MARK_SMALL_CAPS;
    return MARK_COUNT;
}

/* The tag at `at`, where a '<' is; false where it is none that we know. */
static bool tag_at(Str s, size_t at, Tag *tag)
{
    Str rest = str_slice(s, at + 1, at + LONGEST);
    size_t end = str_find_byte(rest, '>');
    if (end == rest.size || end == 0)
        return false;
    Str inner = str_slice(rest, 0, end);
    *tag = (Tag){.at = at, .size = end + 2, .close = inner.data[0] == '/'};
    if (tag->close)
        inner = str_after(inner, 1);
    size_t name = str_find_byte(inner, ' ');
    for (int e = 0; e < ELEMENT_COUNT; e++) {
        if (!str_equal(str_slice(inner, 0, name), str_from(ELEMENTS[e])))
            continue;
        if (name < inner.size && (e != ELEMENT_SPAN || tag->close))
            return false;
        tag->element = (Element)e;
        tag->mark = MARKS[e];
        if (e == ELEMENT_SPAN && !tag->close)
            tag->mark = span_mark(str_after(inner, name));
        return true;
    }
    return false;
}

static bool tag_next(Str s, size_t from, Tag *tag)
{
    while (from < s.size) {
        const char *found = memchr(s.data + from, '<', s.size - from);
        if (found == NULL)
            return false;
        from = (size_t)(found - s.data);
        if (tag_at(s, from, tag))
            return true;
        from++;
    }
    return false;
}

/* Pairs found: where their tags are, by opening. */
typedef struct Pair {
    Tag open;
    size_t close, close_size; /* 0: none yet */
} Pair;

typedef struct Pairs {
    Pair *items;
    size_t count, capacity;
    size_t stack[DEPTH];
    size_t depth;
} Pairs;

static void pairs_open(Arena *arena, Pairs *pairs, Tag tag)
{
    if (pairs->depth == DEPTH)
        return;
    if (pairs->count == pairs->capacity) {
        size_t capacity = pairs->capacity > 0 ? pairs->capacity * 2 : 8;
        Pair *items = arena_alloc(arena, capacity * sizeof *items);
        if (pairs->count > 0)
            memcpy(items, pairs->items, pairs->count * sizeof *items);
        pairs->items = items;
        pairs->capacity = capacity;
    }
    pairs->stack[pairs->depth++] = pairs->count;
    pairs->items[pairs->count++] = (Pair){.open = tag};
}

/* The innermost open tag of that name; those opened within it have no partner. */
static void pairs_close(Pairs *pairs, Tag tag)
{
    for (size_t d = pairs->depth; d-- > 0;) {
        Pair *pair = &pairs->items[pairs->stack[d]];
        if (pair->open.element != tag.element)
            continue;
        pair->close = tag.at;
        pair->close_size = tag.size;
        pairs->depth = d;
        return;
    }
}

static bool is_run(const Pair *pair)
{
    return pair->close_size > 0 && pair->open.mark != MARK_COUNT;
}

/* Copies the text without the tags that became runs.  Closing tags come in the order of
 * their places, and runs nest, so a stack says which is next. */
static Text assemble(Arena *arena, Str s, const Pairs *pairs, size_t count)
{
    char *out = arena_alloc(arena, s.size);
    Run *runs = arena_alloc(arena, count * sizeof *runs);
    size_t open[DEPTH], depth = 0, from = 0, size = 0, made = 0, next = 0;
    const Pair *of_run[DEPTH];
    for (;;) {
        while (next < pairs->count && !is_run(&pairs->items[next]))
            next++;
        const Pair *begin = next < pairs->count ? &pairs->items[next] : NULL;
        const Pair *end = depth > 0 ? of_run[depth - 1] : NULL;
        bool closes = end != NULL && (begin == NULL || end->close < begin->open.at);
        size_t to = closes ? end->close : begin != NULL ? begin->open.at : s.size;
        memcpy(out + size, s.data + from, to - from);
        size += to - from;
        if (closes) {
            runs[open[--depth]].end = size;
            from = to + end->close_size;
        } else if (begin != NULL) {
            of_run[depth] = begin;
            open[depth++] = made;
            runs[made++] = (Run){.start = size, .mark = begin->open.mark};
            from = to + begin->open.size;
            next++;
        } else {
            return (Text){.text = {out, size}, .runs = runs, .run_count = made};
        }
    }
}

Text markup_read(Arena *arena, Str s)
{
    Tag tag;
    Pairs pairs = {0};
    size_t count = 0;
    for (size_t at = 0; tag_next(s, at, &tag); at = tag.at + tag.size) {
        if (tag.close)
            pairs_close(&pairs, tag);
        else
            pairs_open(arena, &pairs, tag);
    }
    for (size_t i = 0; i < pairs.count; i++)
        count += is_run(&pairs.items[i]);
    return count > 0 ? assemble(arena, s, &pairs, count) : text_plain(s);
}
