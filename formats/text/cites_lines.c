/* SPDX-License-Identifier: MIT
 * Citations in text, as pandoc's manual has them in Markdown ("Citation syntax"):
 *
 *     [see @doe2020, pp. 33-35 and *passim*; also -@{roe 2019}, chap. 2]
 *     @doe2020 [p. 33]          names in the text: "Doe (2020, p. 33)"
 *     ^[Both @doe2020 and [@roe2019{ii, A}].]         one note
 *
 * What stands around them is no part of them, and said to be left out where it is more
 * than signs.  What follows a key is a locator where it
 * begins with a locator's word, or behind a comma with a number, and else the suffix. */
#include "formats/text/cites.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

enum { EXCERPT = 40 }; /* bytes of a text that is told */

/* A line, and what of it is a footnote. */
typedef struct Lines {
    Cites *c;
    Str line;
    Place place; /* of its byte `counted` */
    size_t counted;
    size_t note; /* 0: each citation is a note of its own, where the style has notes */
    bool any;    /* the line holds something that is or should be a citation */
} Lines;

/* Places are asked for in rising order, so that a long line is counted once. */
static Place place_of(Lines *l, Str at)
{
    size_t offset = (size_t)(at.data - l->line.data);
    if (offset > l->counted) {
        l->place.col += utf8_count(str_slice(l->line, l->counted, offset));
        l->counted = offset;
    }
    return l->place;
}

static void report(Lines *l, Str at)
{
    l->any = true;
    diag_report(l->c->job->diag, cites_level(l->c, CITE_BAD, LEVEL_WARNING), "bad-cite",
                place_of(l, at), "no citation such as '@key, p. 12'; left out");
}

/* Text that belongs to no citation. */
static void pass_over(Lines *l, Str text)
{
    bool words = false;
    text = str_trim(text);
    for (size_t i = 0; i < text.size && !words; i++)
        words = byte_is_alpha(text.data[i]) || byte_is_digit(text.data[i]) ||
                (text.data[i] & 0x80) != 0;
    if (!words)
        return;
    Buf brief = {0};
    Str front = diag_excerpt(&brief, text, EXCERPT);
    diag_report(l->c->job->diag, cites_level(l->c, CITE_TEXT, LEVEL_WARNING), "cite-text",
                place_of(l, text), "'%.*s' is no part of a citation; left out",
                STR_ARG(front));
    buf_free(&brief);
}

/* Brackets. */

/* The size of what a bracket at the front opens, with both, and what stands between; all
 * where nothing closes it.  Brackets do not nest, but stand in braces. */
static size_t bracket_size(Str s, char close, Str *inner)
{
    bool braced = false;
    for (size_t i = 1; i < s.size; i++) {
        char c = s.data[i];
        if (c == close && (!braced || close == '}')) {
            *inner = str_slice(s, 1, i);
            return i + 1;
        }
        braced = c == '{' || (braced && c != '}');
        i += c == '\\';
    }
    *inner = str_after(s, 1);
    return s.size;
}

/* Cuts off what stands before the next ';' outside braces. */
static bool cut_part(Str *rest, Str *part)
{
    size_t i = 0, depth = 0;
    if (rest->data == NULL || rest->size == 0)
        return false;
    for (; i < rest->size && (rest->data[i] != ';' || depth > 0); i++) {
        if (rest->data[i] == '{')
            depth++;
        else if (rest->data[i] == '}' && depth > 0)
            depth--;
    }
    *part = str_slice(*rest, 0, i);
    *rest = str_after(*rest, i + 1);
    return true;
}

/* Affixes. */

/* The end of the emphasis whose stars stand at `at`; 0 where it is none. */
static size_t emphasis_end(Str s, size_t at, Str stars)
{
    Str inner = str_after(s, at + stars.size);
    size_t end = str_find(inner, stars);
    bool flanks = end > 0 && end < inner.size && !byte_is_space(inner.data[0]) &&
                  !byte_is_space(inner.data[end - 1]);
    return flanks ? at + stars.size + end : 0;
}

/* Text with *italics* and **bold**; a backslash makes the sign behind it a plain one. */
static Text affix_text(Arena *arena, Str s)
{
    Buf out = {0};
    size_t most = s.size / 3 + 1, count = 0, end = 0, width = 0;
    Run *runs = arena_alloc(arena, most * sizeof *runs);
    for (size_t i = 0; i < s.size; i++) {
        Str stars = str_starts(str_after(s, i), STR("**")) ? STR("**") : STR("*");
        if (end > 0 && i == end) {
            runs[count++].end = out.size;
            i += width - 1;
            end = 0;
        } else if (s.data[i] == '*' && end == 0 &&
                   (end = emphasis_end(s, i, stars)) > 0) {
            width = stars.size;
            runs[count] = (Run){out.size, out.size, width == 2 ? MARK_BOLD : MARK_ITALIC};
            i += width - 1;
        } else {
            i += s.data[i] == '\\' && i + 1 < s.size;
            buf_add_byte(&out, s.data[i]);
        }
    }
    Text text = {arena_copy(arena, buf_str(&out)), runs, count};
    buf_free(&out);
    return text;
}

static void set_affixes(Lines *l, Cite *cite, Str prefix, Str suffix)
{
    Arena *arena = &l->c->scratch;
    prefix = str_trim(prefix);
    suffix = str_trim(suffix);
    if (prefix.size > 0)
        prefix = arena_join(arena, prefix, STR_EMPTY, STR(" "));
    if (suffix.size > 0 && suffix.data[0] != ',')
        suffix = arena_join(arena, STR(" "), STR_EMPTY, suffix);
    cite->prefix = affix_text(arena, prefix);
    cite->suffix = affix_text(arena, suffix);
}

/* Locators. */

static bool is_number(Str word)
{
    bool roman = word.size > 0, digit = false;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        digit |= byte_is_digit(c);
        bool joins = strchr("-,:.()", c) != NULL || (c & 0x80) != 0;
        roman &= c != '\0' && (joins || strchr("ivxlcdmIVXLCDM", c) != NULL);
    }
    return digit || roman;
}

/* The size of the numbers at the front: "33-35, 38 & 40". */
static size_t numbers_size(Str s)
{
    Str rest = s, word;
    size_t end = 0;
    while (str_word(&rest, &word) && (is_number(word) || str_equal(word, STR("&")))) {
        end = (size_t)(word.data + word.size - s.data);
        if (word.data[word.size - 1] != ',' && rest.size > 0 &&
            !str_starts(str_trim(rest), STR("&")))
            break;
    }
    while (end > 0 && (s.data[end - 1] == ',' || s.data[end - 1] == '&' ||
                       byte_is_space(s.data[end - 1])))
        end--;
    return end;
}

/* "3--4" as "3-4". */
static Str one_hyphen(Arena *arena, Str s)
{
    Buf out = {0};
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] != '-' || i == 0 || s.data[i - 1] != '-')
            buf_add_byte(&out, s.data[i]);
    }
    Str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

/* "{ii, A, D-Z}": all of it, whatever it is; nothing in "{}". */
static void take_braced(Lines *l, Str *rest, Cite *cite)
{
    Str inner;
    size_t size = bracket_size(*rest, '}', &inner), word;
    inner = str_trim(inner);
    Str label = style_locator(l->c->job->style, inner, &word);
    cite->locator = str_trim(str_after(inner, word));
    cite->label = label.size > 0 ? label : STR("page");
    *rest = str_after(*rest, size);
}

/* Takes a locator off the front of what follows a key. */
static void take_locator(Lines *l, Str *rest, Cite *cite)
{
    Str behind = str_trim(*rest);
    bool comma = str_starts(behind, STR(","));
    behind = comma ? str_trim(str_after(behind, 1)) : behind;
    if (str_starts(behind, STR("{"))) {
        take_braced(l, &behind, cite);
        *rest = behind;
        return;
    }
    size_t word;
    Str label = style_locator(l->c->job->style, behind, &word);
    Str numbers = str_trim(str_after(behind, word));
    size_t size = numbers_size(numbers);
    bool entry = str_equal(label, STR("sub-verbo")); /* a word of a dictionary */
    if (size == 0 && entry)
        size = numbers.size;
    if (size == 0 || (label.size == 0 && (!comma || !byte_is_digit(numbers.data[0]))))
        return;
    cite->locator = one_hyphen(&l->c->scratch, str_slice(numbers, 0, size));
    cite->label = label.size > 0 ? label : STR("page");
    *rest = str_after(numbers, size);
}

/* Keys. */

static bool is_key_byte(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || (c & 0x80) != 0 ||
           (c != '\0' && strchr("_:.#$%&-+?<>~/", c) != NULL);
}

/* Cuts the key off the front, which stands behind "@". */
static Str cut_key(Str *rest)
{
    if (str_starts(*rest, STR("{"))) {
        Str key;
        size_t end = bracket_size(*rest, '}', &key);
        *rest = str_after(*rest, end);
        return key;
    }
    size_t size = 0;
    while (size < rest->size && is_key_byte(rest->data[size]))
        size++;
    while (size > 0 && !byte_is_alpha(rest->data[size - 1]) &&
           !byte_is_digit(rest->data[size - 1]) && (rest->data[size - 1] & 0x80) == 0)
        size--;
    Str key = str_slice(*rest, 0, size);
    *rest = str_after(*rest, size);
    return key;
}

/* The next "@" that begins a key: none within a word, as in addresses, or behind a
 * backslash. */
static size_t find_at(Str s)
{
    for (size_t at = 0; at < s.size; at++) {
        at += str_find_byte(str_after(s, at), '@');
        Str before = str_slice(s, 0, at);
        uint32_t c = before.size > 0 ? utf8_last(&before) : 0;
        if (at < s.size && c != '\\' && !unicode_is_letter(c) && !unicode_is_digit(c))
            return at;
    }
    return s.size;
}

/* "see -@doe2020, p. 33 and elsewhere" */
static void add_cite(Lines *l, Str text)
{
    size_t at = find_at(text);
    Str before = str_slice(text, 0, at), rest = str_after(text, at + 1);
    bool suppress = str_ends(before, STR("-"));
    before.size -= suppress;
    Str key = cut_key(&rest);
    if (key.size == 0) {
        report(l, text);
        return;
    }
    Cite *cite = cites_add(l->c, key, place_of(l, key));
    if (cite == NULL)
        return;
    cite->suppress_author = suppress;
    take_locator(l, &rest, cite);
    set_affixes(l, cite, before, rest);
}

/* Citations. */

static void put(Lines *l)
{
    l->any = true;
    bool whole = l->c->count > 0 && l->note == 0;
    cites_put(l->c, whole ? cites_next_note(l->c) : l->note, text_plain(STR_EMPTY));
}

static void add_parts(Lines *l, Str cluster)
{
    Str part;
    while (cut_part(&cluster, &part))
        add_cite(l, str_trim(part));
}

/* "@doe2020", perhaps with "[p. 33; also @roe2019]" behind: *rest begins with the key. */
static void read_textual(Lines *l, Str *rest, bool suppress)
{
    Str key = cut_key(rest), part, behind;
    if (key.size == 0) {
        report(l, *rest);
        return;
    }
    Cite *cite = cites_add(l->c, key, place_of(l, key));
    if (cite != NULL) {
        cite->suppress_author = suppress;
        cite->author_in_text = !suppress;
    }
    if (str_starts(*rest, STR("{")) && cite != NULL)
        take_locator(l, rest, cite);
    behind = str_trim(*rest);
    Str inner = STR_EMPTY;
    size_t size = str_starts(behind, STR("[")) ? bracket_size(behind, ']', &inner) : 0;
    Str others = inner;
    if (size > 0 && cut_part(&others, &part)) {
        bool own = find_at(part) == part.size; /* else a citation of another work */
        if (own && cite != NULL) {
            Str with_comma = arena_join(&l->c->scratch, STR(","), STR_EMPTY, part);
            Str left = with_comma;
            take_locator(l, &left, cite);
            set_affixes(l, cite, STR_EMPTY, cite->locator.size > 0 ? left : part);
        }
        add_parts(l, own ? others : inner);
        *rest = str_after(behind, size);
    }
    put(l);
}

/* What comes next in a stretch of text: offsets, each looked for once. */
typedef struct Ahead {
    size_t at, open, close;
} Ahead;

static void look_ahead(Str text, size_t from, Ahead *ahead)
{
    Str rest = str_after(text, from);
    if (ahead->at < from || from == 0)
        ahead->at = from + find_at(rest);
    if (ahead->open < from || from == 0)
        ahead->open = from + str_find_byte(rest, '[');
    if (ahead->close < from || from == 0)
        ahead->close = from + str_find_byte(rest, ']');
}

/* What stands in the brackets at the front, behind `before`; its size.  Without a
 * citation they are text like any other, which *cites says. */
static size_t read_bracket(Lines *l, Str text, Str before, bool *cites)
{
    Str inner;
    size_t size = bracket_size(text, ']', &inner);
    *cites = find_at(inner) < inner.size;
    if (*cites) {
        pass_over(l, before);
        add_parts(l, inner);
        put(l);
    }
    return size;
}

/* All citations of a stretch of text; those behind "^[" are one note's, up to the bracket
 * that closes it.  Up to `passed` all is part of a citation, or told. */
static void read_text(Lines *l, Str text)
{
    Ahead ahead = {0};
    bool in_note = false, cites = true;
    size_t passed = 0;
    for (size_t from = 0; from < text.size; passed = cites ? from : passed) {
        look_ahead(text, from, &ahead);
        cites = false;
        if (in_note && ahead.close < ahead.at && ahead.close < ahead.open) {
            in_note = false;
            l->note = 0;
            from = ahead.close + 1;
        } else if (ahead.open < ahead.at && ahead.open > 0 && !in_note &&
                   text.data[ahead.open - 1] == '^') {
            in_note = true;
            l->note = cites_next_note(l->c);
            from = ahead.open + 1;
        } else if (ahead.open < ahead.at) {
            Str before = str_slice(text, passed, ahead.open);
            from =
                ahead.open + read_bracket(l, str_after(text, ahead.open), before, &cites);
        } else if (ahead.at < text.size) {
            Str rest = str_after(text, ahead.at + 1);
            bool suppress = ahead.at > 0 && text.data[ahead.at - 1] == '-';
            pass_over(l, str_slice(text, passed, ahead.at - suppress));
            read_textual(l, &rest, suppress);
            from = text.size - rest.size;
            cites = true;
        } else {
            break;
        }
    }
    if (l->any)
        pass_over(l, str_after(text, passed));
}

static void read_line(Lines *l)
{
    Str line = str_trim(l->line);
    if (line.size == 0 || line.data[0] == '#')
        return;
    size_t label = str_find(line, STR("]:"));
    if (str_starts(line, STR("[^")) && label < line.size) { /* a footnote's text */
        l->note = cites_next_note(l->c);
        line = str_after(line, label + 2);
    }
    read_text(l, line);
    if (!l->any)
        report(l, line);
}

void cites_read_lines(Cites *c)
{
    Line line;
    while (source_line(c->in, &line)) {
        Lines l = {.c = c, .line = line.text, .place = line.place};
        read_line(&l);
    }
}
