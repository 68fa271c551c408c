/* SPDX-License-Identifier: MIT
 * Text of RIS: HTML where others put it, and the escaped tags of our own writer and of
 * Zotero's library.
 *
 * A tag is "<i>", as Web of Science and publishers have it, or "&lt;i&gt;", which Zotero
 * shows as italics.  "&lt;i>" is neither: so the writer spells a "<" of the text. */
#include "convert/text/html.h"
#include "convert/text/utf8.h"
#include "formats/ris/read.h"

#include <string.h>

enum { TAGS_MOST = 64, TAG_BYTES_MOST = 64 };

static const struct {
    const char *name;
    Mark mark;
} NAMES[] = {
    {"i", MARK_ITALIC},      {"em", MARK_ITALIC},      {"italic", MARK_ITALIC},
    {"b", MARK_BOLD},        {"strong", MARK_BOLD},    {"bold", MARK_BOLD},
    {"sub", MARK_SUB},       {"inf", MARK_SUB},        {"sup", MARK_SUP},
    {"sc", MARK_SMALL_CAPS}, {"scp", MARK_SMALL_CAPS},
};

typedef struct Tag {
    size_t at, size; /* bytes of the source */
    Mark mark;
    bool span, closes, matched;
} Tag;

/* What stands between the brackets, without a slash. */
static bool parse_name(Str name, Tag *tag)
{
    if (str_starts_nocase(name, STR("span"))) {
        tag->span = true;
        tag->mark = str_contains(name, STR("small-caps")) ? MARK_SMALL_CAPS
                    : str_contains(name, STR("nocase"))   ? MARK_NOCASE
                    : str_contains(name, STR("nodecor"))  ? MARK_NODECOR
                                                          : MARK_COUNT;
        return tag->closes ? name.size == 4 : tag->mark != MARK_COUNT;
    }
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (str_equal_nocase(name, str_from(NAMES[i].name))) {
            tag->mark = NAMES[i].mark;
            return true;
        }
    }
    return false;
}

/* Size of the tag at the front of `s`, which begins with '<' or '&'; 0 where it is none.
 */
static size_t parse_tag(Str s, Tag *tag)
{
    bool raw = s.data[0] == '<';
    Str open = raw ? STR("<") : STR("&lt;"), close = raw ? STR(">") : STR("&gt;");
    if (!raw && !str_starts(s, open))
        return 0;
    Str name = str_slice(s, open.size, open.size + TAG_BYTES_MOST);
    size_t end = str_find(name, close);
    if (end == name.size)
        return 0;
    tag->closes = name.data[0] == '/';
    if (!parse_name(str_slice(name, tag->closes, end), tag))
        return 0;
    return open.size + end + close.size;
}

/* The next '<' or '&'. */
static size_t next_sign(Str s, size_t at)
{
    while (at < s.size && s.data[at] != '<' && s.data[at] != '&')
        at++;
    return at;
}

static size_t find_tags(Str s, Tag tags[TAGS_MOST])
{
    size_t open[TAGS_MOST], depth = 0, count = 0;
    for (size_t i = next_sign(s, 0); i < s.size && count < TAGS_MOST;) {
        Tag tag = {.at = i};
        tag.size = parse_tag(str_after(s, i), &tag);
        if (tag.size > 0 && !tag.closes) {
            open[depth++] = count;
            tags[count++] = tag;
        } else if (tag.size > 0 && depth > 0) {
            Tag *opening = &tags[open[depth - 1]];
            if (tag.span ? opening->span : !opening->span && opening->mark == tag.mark) {
                depth--;
                opening->matched = tag.matched = true;
                tags[count++] = tag;
            }
        }
        i = next_sign(s, i + (tag.size > 0 ? tag.size : 1));
    }
    return count;
}

typedef struct Decoding {
    char *out;
    size_t size;
    Run *runs;
    size_t run_count;
    size_t open[TAGS_MOST], depth;
} Decoding;

static void add_decoded(Decoding *d, Str s)
{
    Buf one = {0};
    while (s.size > 0) {
        uint32_t characters[2];
        size_t plain = str_find_byte(s, '&');
        memcpy(d->out + d->size, s.data, plain);
        d->size += plain;
        s = str_after(s, plain);
        if (s.size == 0)
            break;
        size_t size = html_reference(s, characters);
        if (size == 0) {
            d->out[d->size++] = '&';
            s = str_after(s, 1);
            continue;
        }
        buf_clear(&one);
        utf8_add(&one, characters[0]);
        if (characters[1] != 0)
            utf8_add(&one, characters[1]);
        memcpy(d->out + d->size, one.data, one.size);
        d->size += one.size;
        s = str_after(s, size);
    }
    buf_free(&one);
}

static Text decode(Arena *arena, Str s, const Tag *tags, size_t count)
{
    /* No reference grows by more than a fifth: "&nGt;" has six bytes in UTF-8. */
    Decoding d = {.out = arena_alloc(arena, s.size + s.size / 5 + 8),
                  .runs = arena_alloc(arena, (count + 1) * sizeof(Run))};
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (!tags[i].matched)
            continue;
        add_decoded(&d, str_slice(s, at, tags[i].at));
        at = tags[i].at + tags[i].size;
        if (tags[i].closes) {
            d.runs[d.open[--d.depth]].end = d.size;
        } else {
            d.open[d.depth++] = d.run_count;
            d.runs[d.run_count++] =
                (Run){.start = d.size, .end = d.size, .mark = tags[i].mark};
        }
    }
    add_decoded(&d, str_after(s, at));
    return (Text){.text = {d.out, d.size}, .runs = d.runs, .run_count = d.run_count};
}

Text ris_read_html(Arena *arena, Str s)
{
    Tag tags[TAGS_MOST];
    if (memchr(s.data, '<', s.size) == NULL && memchr(s.data, '&', s.size) == NULL)
        return text_plain(s);
    return decode(arena, s, tags, find_tags(s, tags));
}

Text ris_read_text(Arena *arena, Str s)
{
    Text text = ris_read_html(arena, s);
    if (memchr(s.data, '$', s.size) == NULL)
        return text;
    return text_find_math(arena, text);
}

/* A note is HTML to Zotero, which writes it so, too. */
static bool is_block(Str s, size_t *size)
{
    static const char *const BLOCKS[] = {"<p>",  "</p>",  "<div>", "</div>",
                                         "<br>", "<br/>", "<br />"};
    for (size_t i = 0; i < sizeof BLOCKS / sizeof BLOCKS[0]; i++) {
        if (str_starts_nocase(s, str_from(BLOCKS[i]))) {
            *size = strlen(BLOCKS[i]);
            return true;
        }
    }
    return false;
}

Text ris_read_note(Arena *arena, Str s)
{
    Buf out = {0};
    size_t size;
    if (!is_block(s, &size))
        return ris_read_html(arena, s);
    while (s.size > 0) {
        if (s.data[0] == '<' && is_block(s, &size)) {
            bool line = byte_lower(s.data[1]) == 'b';
            Str sofar = str_trim(buf_str(&out));
            if (sofar.size > 0 && (line || s.data[1] == '/'))
                buf_add(&out, line ? STR("\n") : STR("\n\n"));
            s = str_after(s, size);
        } else {
            buf_add_byte(&out, s.data[0]);
            s = str_after(s, 1);
        }
    }
    Str plain = arena_copy(arena, str_trim(buf_str(&out)));
    buf_free(&out);
    return ris_read_html(arena, plain);
}
