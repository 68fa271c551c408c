/* SPDX-License-Identifier: MIT
 * CSL's markup; see markup.h. */
#include "convert/text/markup.h"

#include "convert/base/memory.h"

#include <stdlib.h>

typedef struct Tag {
    size_t at, size;
    int name; /* of TAGS */
    bool closes;
    size_t match; /* the other one, from 1; 0: none */
} Tag;

static const struct {
    Str open;
    Str close;
    Mark mark;
} TAGS[] = {
    {{"<i>", 3}, {"</i>", 4}, MARK_ITALIC},
    {{"<b>", 3}, {"</b>", 4}, MARK_BOLD},
    {{"<sup>", 5}, {"</sup>", 6}, MARK_SUP},
    {{"<sub>", 5}, {"</sub>", 6}, MARK_SUB},
    {{"<span class=\"nocase\">", 21}, {"</span>", 7}, MARK_NOCASE},
    {{"<span style=\"font-variant:small-caps;\">", 39}, {"</span>", 7}, MARK_SMALL_CAPS},
    {{"<sc>", 4}, {"</sc>", 5}, MARK_SMALL_CAPS},
    {{"<span style=\"font-variant: small-caps;\">", 40}, {"</span>", 7}, MARK_SMALL_CAPS},
    {{"<span style=\"font-variant:small-caps\">", 38}, {"</span>", 7}, MARK_SMALL_CAPS},
};
enum { TAG_COUNT = sizeof TAGS / sizeof *TAGS, DEPTH = 64 };

static bool tag_at(Str s, Tag *tag)
{
    for (int i = 0; i < TAG_COUNT; i++) {
        bool opens = str_starts(s, TAGS[i].open);
        if (!opens && !str_starts(s, TAGS[i].close))
            continue;
        *tag = (Tag){.size = opens ? TAGS[i].open.size : TAGS[i].close.size,
                     .name = i,
                     .closes = !opens};
        return true;
    }
    return false;
}

static size_t find_tags(Str s, Tag **tags)
{
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < s.size;) {
        i += str_find_byte(str_after(s, i), '<');
        Tag tag;
        if (i >= s.size || !tag_at(str_after(s, i), &tag)) {
            i++;
            continue;
        }
        if (count == capacity) {
            capacity = memory_grown(capacity, count + 1);
            *tags = memory_resize(*tags, capacity * sizeof **tags);
        }
        tag.at = i;
        (*tags)[count++] = tag;
        i += tag.size;
    }
    return count;
}

/* Pairs nest: what a pair holds open stays text. */
static size_t pair(Tag *tags, size_t count)
{
    size_t open[DEPTH], depth = 0, pairs = 0;
    for (size_t i = 0; i < count; i++) {
        if (!tags[i].closes) {
            if (depth < DEPTH)
                open[depth++] = i;
            continue;
        }
        for (size_t d = depth; d > 0; d--) {
            Tag *opener = &tags[open[d - 1]];
            if (!str_equal(TAGS[opener->name].close, TAGS[tags[i].name].close))
                continue;
            opener->match = i + 1;
            tags[i].match = open[d - 1] + 1;
            depth = d - 1;
            pairs++;
            break;
        }
    }
    return pairs;
}

Text markup_text(Arena *arena, Str s)
{
    Tag *tags = NULL;
    size_t count = find_tags(s, &tags);
    size_t pairs = count ? pair(tags, count) : 0;
    if (pairs == 0) {
        free(tags);
        return text_plain(s);
    }
    Run *runs = arena_alloc(arena, pairs * sizeof *runs);
    size_t run = 0, from = 0;
    Buf out = {0};
    for (size_t i = 0; i < count; i++) {
        if (tags[i].match == 0)
            continue;
        buf_add(&out, str_slice(s, from, tags[i].at));
        from = tags[i].at + tags[i].size;
        if (!tags[i].closes) {
            runs[run] = (Run){out.size, out.size, TAGS[tags[i].name].mark};
            tags[i].at = run++;
        } else {
            runs[tags[tags[i].match - 1].at].end = out.size;
        }
    }
    buf_add(&out, str_after(s, from));
    Text text = {arena_copy(arena, buf_str(&out)), runs, run};
    buf_free(&out);
    free(tags);
    return text;
}

/* The first row of a mark is how it is written. */
static void add_tag(Buf *out, Mark mark, bool closes)
{
    int row = 0;
    while (row < TAG_COUNT && TAGS[row].mark != mark)
        row++;
    if (row < TAG_COUNT)
        buf_add(out, closes ? TAGS[row].close : TAGS[row].open);
}

void markup_add(Buf *out, const Text *text)
{
    TextWalk walk = {.text = text};
    for (TextStep step = text_step(&walk); step.kind != TEXT_END;
         step = text_step(&walk)) {
        if (step.kind == TEXT_PIECE)
            buf_add(out, step.piece);
        else
            add_tag(out, step.mark, step.kind == TEXT_CLOSE);
    }
}
