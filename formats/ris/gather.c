/* SPDX-License-Identifier: MIT
 * Lines of RIS, gathered into the items of a record.
 *
 * By the book a tag line is "TI  - " and begins its line.  Exporters and editors make
 * "TI - ", "TI  -x", "  TI  - " and "ti  - " of it; such lines count where the record's
 * TY looks like that, or where nothing else could be meant.  A line without tag goes on
 * with the value before it. */
#include "convert/base/memory.h"
#include "formats/ris/read.h"

#include <stdlib.h>
#include <string.h>

typedef struct TagLine {
    char tag[2];
    Str value;
    Shape shape;
    bool plain; /* as in the book */
} TagLine;

/* Tags of both specifications and of Zotero, two letters each. */
static const char KNOWN[] = "TYERTIT1T2T3CTBTSTTTAUA1A2A3A4A5EDTAPYY1Y2DAJOJFJAJ1J2"
                            "C1C2C3C4C5C6C7C8VLISSPEPNVSVSEETSNDOURLKL1L2L3L4KWABN1N2RN"
                            "NOPBCYPPCPADAVIDLBANDBDPCNCACRLARPOPRIM1M2M3U1U2U3U4U5PMPR";

static bool is_known(const char tag[2])
{
    for (const char *known = KNOWN; *known != '\0'; known += 2) {
        if (known[0] == tag[0] && known[1] == tag[1])
            return true;
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char byte_upper(char c)
{
    return byte_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

static bool parse_tag_line(Str s, TagLine *t)
{
    size_t i = 0;
    while (i < s.size && is_blank(s.data[i]))
        i++;
    t->shape.indent = i;
    if (i + 4 > s.size || !byte_is_alpha(s.data[i]) ||
        (!byte_is_alpha(s.data[i + 1]) && !byte_is_digit(s.data[i + 1])))
        return false;
    t->tag[0] = byte_upper(s.data[i]);
    t->tag[1] = byte_upper(s.data[i + 1]);
    t->shape.lower = byte_is_lower(s.data[i]) || byte_is_lower(s.data[i + 1]);
    size_t blank = i += 2;
    while (i < s.size && is_blank(s.data[i]))
        i++;
    t->shape.blanks = i - blank;
    if (i == blank || i == s.size)
        return false;
    Str rest = str_after(s, i);
    bool dash = str_starts(rest, STR("\xe2\x80\x93")); /* an editor's idea of a hyphen */
    if (rest.data[0] != '-' && !dash)
        return false;
    t->value = str_trim(str_after(rest, dash ? 3 : 1));
    t->plain = t->shape.indent == 0 && !t->shape.lower && t->shape.blanks == 2 && !dash &&
               (rest.size == 1 || is_blank(rest.data[1]));
    return true;
}

static bool is_tag(const TagLine *t, const char *tag)
{
    return t->tag[0] == tag[0] && t->tag[1] == tag[1];
}

static bool same_shape(const Shape *a, const Shape *b)
{
    return a->indent == b->indent && a->blanks == b->blanks && a->lower == b->lower;
}

/* "JOUR" and the like. */
static bool is_type(Str value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (!byte_is_alpha(value.data[i]))
            return false;
    }
    return value.size >= 2 && value.size <= 10;
}

/* Values in which a line that looks like a tag may be text. */
static bool has_paragraphs(Str tag)
{
    static const char *const TAGS[] = {"AB", "N1", "N2", "RN", "M2"};
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (str_equal(tag, str_from(TAGS[i])))
            return true;
    }
    return false;
}

static bool counts(const Lines *lines, const TagLine *t)
{
    if (t->plain)
        return true;
    if (!is_known(t->tag))
        return false;
    /* In a record whose other lines are not spelled so, paragraphs may hold it. */
    bool text = lines->count > 0 && !same_shape(&t->shape, &lines->shape) &&
                has_paragraphs(lines->items[lines->count - 1].tag);
    if (is_tag(t, "TY"))
        return is_type(t->value) && t->shape.indent < 8 && !text;
    if (is_tag(t, "ER"))
        return t->value.size == 0 &&
               (t->shape.indent == 0 || same_shape(&t->shape, &lines->shape));
    return lines->count > 0 && !text;
}

/* Items. */

static void end_item(Lines *lines, Record *rec)
{
    if (lines->count == 0)
        return;
    Item *item = &lines->items[lines->count - 1];
    Str value = str_trim(buf_str(&lines->value));
    if (item->value.size == 0 && value.size > 0)
        item->value = arena_copy(&rec->arena, value);
}

static void begin_item(Lines *lines, Record *rec, const TagLine *t)
{
    end_item(lines, rec);
    if (lines->count == lines->capacity) {
        lines->capacity = memory_grown(lines->capacity, lines->count + 1);
        lines->items = memory_resize(lines->items, lines->capacity * sizeof(Item));
    }
    Item *item = &lines->items[lines->count++];
    *item = (Item){.tag = arena_copy(&rec->arena, (Str){t->tag, 2}),
                   .value = STR_EMPTY,
                   .place = lines->line.place};
    buf_clear(&lines->value);
    buf_add(&lines->value, t->value);
}

static bool is_one_of(Str tag, const char *list)
{
    for (; *list != '\0'; list += 2) {
        if (tag.data[0] == list[0] && tag.data[1] == list[1])
            return true;
    }
    return false;
}

/* What stands between two lines of a value. */
static Str between(Str tag, Str before, Str next)
{
    if (before.size == 0 || is_one_of(tag, "URDOLKL1L2L3L4"))
        return STR_EMPTY;
    if (has_paragraphs(tag) || is_one_of(tag, "KW"))
        return STR("\n");
    /* "self-" and "supervised" were one word. */
    bool hyphen = before.size > 1 && before.data[before.size - 1] == '-' &&
                  byte_is_alpha(before.data[before.size - 2]) &&
                  byte_is_alpha(next.data[0]);
    return hyphen ? STR_EMPTY : STR(" ");
}

/* A line without tag; `blank` where an empty line stands before it. */
static void continue_item(Lines *lines, Record *rec, bool blank)
{
    Str tag = lines->items[lines->count - 1].tag, text = str_trim(lines->line.text);
    Str before = buf_str(&lines->value);
    /* A line of Zotero's Extra is one of its own. */
    if (is_one_of(tag, "M2") && ris_extra_is_line(text)) {
        begin_item(lines, rec, &(TagLine){.tag = {'M', '2'}, .value = text});
        return;
    }
    if (blank && before.size > 0 && has_paragraphs(tag))
        buf_add_byte(&lines->value, '\n');
    buf_add(&lines->value, between(tag, before, text));
    buf_add(&lines->value, text);
}

/* Records. */

static bool step(Lines *lines, Read *r)
{
    if (lines->pending) {
        lines->pending = false;
        return true;
    }
    return source_line(r->in, &lines->line);
}

static void say_odd(Lines *lines, Read *r)
{
    if (!lines->odd)
        diag_report(r->diag, LEVEL_NOTE, "odd-tag", lines->line.place,
                    "the tag is not spelled 'XX  - '; read all the same");
    lines->odd = true;
}

static void say_stray(Read *r, const Line *line, Str text)
{
    Buf scratch = {0};
    Str excerpt = diag_excerpt(&scratch, text, 60);
    diag_report(r->diag, LEVEL_WARNING, "stray-text", line->place,
                "'%.*s' stands outside of any record; left out", STR_ARG(excerpt));
    buf_free(&scratch);
}

/* Finds the first line of a record. */
static bool find_start(Lines *lines, Read *r, TagLine *t)
{
    while (step(lines, r)) {
        Str text = str_trim(lines->line.text);
        if (text.size == 0)
            continue;
        if (parse_tag_line(lines->line.text, t) && is_known(t->tag) && counts(lines, t) &&
            !is_tag(t, "ER"))
            return true;
        if (parse_tag_line(lines->line.text, t) && is_tag(t, "ER") && t->value.size == 0)
            diag_report(r->diag, LEVEL_NOTE, "stray-end", lines->line.place,
                        "ER ends no record");
        else
            say_stray(r, &lines->line, text);
    }
    return false;
}

static bool has_title(const Lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (is_one_of(lines->items[i].tag, "TIT1CT"))
            return true;
    }
    return false;
}

/* Whether this TY begins the next record.  Where what came so far has no TY, no title and
 * no end, it is this record's own, too late. */
static bool begins_next(Lines *lines)
{
    if (is_one_of(lines->items[0].tag, "TY") || lines->late || has_title(lines))
        return true;
    lines->late = true;
    return false;
}

static void say_no_end(const Lines *lines, Read *r)
{
    diag_report(r->diag, LEVEL_NOTE, "no-end", lines->items[0].place,
                "no ER ends the record");
}

/* False where the record's end has come. */
static bool add_line(Lines *lines, Read *r, Record *rec, bool *blank)
{
    TagLine t;
    if (lines->line.first && lines->count > 0) {
        say_no_end(lines, r);
        lines->pending = true;
        return false;
    }
    if (!parse_tag_line(lines->line.text, &t) || !counts(lines, &t)) {
        if (str_trim(lines->line.text).size > 0)
            continue_item(lines, rec, *blank);
        *blank = str_trim(lines->line.text).size == 0;
        return true;
    }
    *blank = false;
    if (is_tag(&t, "ER")) {
        if (t.value.size > 0)
            say_stray(r, &lines->line, t.value);
        return false;
    }
    if (is_tag(&t, "TY") && begins_next(lines)) {
        say_no_end(lines, r);
        lines->pending = true;
        return false;
    }
    if (!t.plain)
        say_odd(lines, r);
    begin_item(lines, rec, &t);
    return true;
}

static void begin_record(Lines *lines, Read *r, Record *rec, const TagLine *t)
{
    lines->count = 0;
    lines->bytes = 0;
    lines->odd = lines->late = false;
    lines->shape = t->shape;
    rec->place = lines->line.place;
    if (!t->plain)
        say_odd(lines, r);
    begin_item(lines, rec, t);
}

static void keep_items(const Lines *lines, Record *rec)
{
    Items *kept = arena_alloc(&rec->arena, sizeof *kept);
    size_t size = lines->count * sizeof *lines->items;
    *kept = (Items){.items = arena_alloc(&rec->arena, size), .count = lines->count};
    memcpy(kept->items, lines->items, size);
    rec->half = kept;
}

Found gather_next(Lines *lines, Read *r, Record *rec)
{
    TagLine t;
    bool blank = false, fits = true;
    lines->count = 0;
    if (!find_start(lines, r, &t))
        return FOUND_NOTHING;
    begin_record(lines, r, rec, &t);
    lines->bytes = lines->line.text.size;
    for (;;) {
        if (!step(lines, r)) {
            say_no_end(lines, r);
            break;
        }
        size_t size = lines->line.text.size;
        if (fits && lines->bytes + size > RECORD_LIMIT) {
            fits = false;
            buf_clear(&lines->value);
        }
        lines->bytes += size;
        if (!fits && !lines->line.first) {
            /* Nothing of it is kept, but its end counts. */
            bool tag = parse_tag_line(lines->line.text, &t) && t.plain;
            if (tag && is_tag(&t, "TY"))
                lines->pending = true;
            if (tag && (is_tag(&t, "TY") || is_tag(&t, "ER")))
                break;
            continue;
        }
        if (!add_line(lines, r, rec, &blank))
            break;
    }
    end_item(lines, rec);
    keep_items(lines, rec);
    if (!fits)
        diag_report(r->diag, LEVEL_ERROR, "record-too-long", rec->place,
                    "the record is longer than 16 MiB; left out");
    return fits ? FOUND_RECORD : FOUND_TOO_LONG;
}

void gather_free(Lines *lines)
{
    buf_free(&lines->value);
    free(lines->items);
}

/* TY is nobody else's; tags alone are MEDLINE's, too. */
int gather_sniff(Str head)
{
    size_t tags = 0;
    bool first = true;
    while (head.size > 0) {
        TagLine t;
        size_t lf = str_find_byte(head, '\n');
        size_t end = str_find_byte(str_slice(head, 0, lf), '\r');
        Str line = str_slice(head, 0, end);
        head = str_after(head, end + 1);
        if (str_starts(line, STR("\xef\xbb\xbf")))
            line = str_after(line, 3);
        if (str_starts(line, STR("PMID-")))
            return 0;
        if (!parse_tag_line(line, &t)) {
            first = first && str_trim(line).size == 0;
            continue;
        }
        if (is_tag(&t, "TY") && is_type(t.value))
            return t.plain ? (first ? 95 : 80) : 65;
        tags += t.plain && is_known(t.tag);
        first = false;
    }
    return tags >= 3 ? 35 : 0;
}
