/* SPDX-License-Identifier: MIT
 * Citations: cites in groups, collapsed, with what stands between them.  CSL 1.0.2, "Cite
 * Grouping" and "Cite Collapsing". */
#include "convert/style/engine.h"

#include "convert/style/number.h"
#include "convert/style/uni.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

/* How a cite is printed after those before it. */
typedef enum Shape { SHAPE_WHOLE, SHAPE_NO_NAMES, SHAPE_SUFFIX, SHAPE_GONE } Shape;

typedef struct Part {
    const Placed *placed;
    Str names;    /* its names as text; empty: in no group */
    Str years;    /* its years as text, without the suffix */
    bool number;  /* it prints its number, perhaps with affixes, and no more */
    size_t group; /* cites with the same number stand together */
    Shape shape;
    bool ranged; /* a dash stands before it: the end of a range */
    Str before;  /* delimiter */
} Part;

static void eval_cite(Document *doc, const Placed *placed, bool no_names)
{
    Eval e = document_eval(doc, placed->item, AREA_CITATION);
    e.cite = &placed->cite;
    e.position = placed->position;
    e.near_note = placed->near_note;
    e.first_here = placed->first_here;
    e.suppress_names =
        no_names || placed->cite.suppress_author || placed->cite.author_in_text;
    doc->ops.work = 0;
    eval_layout(&e, false);
}

static Str region(Document *doc, OpScope scope, size_t from)
{
    size_t end, open = ops_find(&doc->ops, from, scope, &end);
    if (open == doc->ops.count)
        return STR_EMPTY;
    Buf flat = {0};
    if (scope == SCOPE_NAMES)
        ops_names(&doc->ops, &open, &end);
    ops_flat(&doc->ops, open, end, &flat);
    Str text = arena_copy(&doc->scratch, buf_str(&flat));
    buf_free(&flat);
    return text;
}

/* Everything but affixes of the style is the number. */
static bool is_number_only(const Document *doc, size_t from)
{
    size_t inside = 0;
    bool any = false;
    for (size_t i = from; i < doc->ops.count; i++) {
        const Op *op = &doc->ops.items[i];
        if (op->kind == OP_OPEN && op->scope == SCOPE_NUMBER)
            inside++;
        else if (op->kind == OP_CLOSE && op->scope == SCOPE_NUMBER)
            inside--;
        else if (op->kind == OP_TEXT && inside == 0 && !(op->flags & OP_STYLE))
            return false;
        any |= inside > 0;
    }
    return any;
}

/* All years that the cite prints, one behind the other. */
static Str all_years(Document *doc, size_t from)
{
    Buf flat = {0};
    size_t end = from;
    for (;;) {
        size_t open = ops_find(&doc->ops, end, SCOPE_YEAR, &end);
        if (open == doc->ops.count)
            break;
        ops_flat(&doc->ops, open, end, &flat);
    }
    Str text = arena_copy(&doc->scratch, buf_str(&flat));
    buf_free(&flat);
    return text;
}

static void look(Document *doc, Part *part, const Placed *placed)
{
    OpsMark mark = ops_mark(&doc->ops);
    *part = (Part){.placed = placed, .names = STR_EMPTY, .before = STR_EMPTY};
    eval_cite(doc, placed, false);
    part->names = region(doc, SCOPE_NAMES, mark.count);
    part->years = all_years(doc, mark.count);
    part->number = is_number_only(doc, mark.count) &&
                   placed->cite.prefix.text.size == 0 &&
                   placed->cite.suffix.text.size == 0;
    ops_cut(&doc->ops, mark);
}

/* The open group of some names: the cites that came last to it. */
typedef struct Open {
    Str names;
    size_t group, last;
} Open;

static Open *find_open(Open *table, size_t mask, Str names)
{
    size_t hash = 14695981039346656037u;
    for (size_t i = 0; i < names.size; i++)
        hash = (hash ^ (unsigned char)names.data[i]) * 1099511628211u;
    size_t at = (hash ^ hash >> 29) & mask;
    while (table[at].names.size > 0 && !str_equal(table[at].names, names))
        at = (at + 1) & mask;
    return &table[at];
}

/* A cite joins the group of its names, unless the user has written something between
 * them, or nobody sorts the cites and others stand between. */
static bool joins(const Document *doc, const Part *parts, size_t i, const Open *open)
{
    const Node *sort = doc->style->areas[AREA_CITATION].sort;
    return open->names.size > 0 && parts[i].placed->cite.prefix.text.size == 0 &&
           parts[open->last].placed->cite.suffix.text.size == 0 &&
           (sort || open->last + 1 == i);
}

/* Cites with the same names move behind the first of them. */
static Part *group_parts(Document *doc, Part *parts, size_t count)
{
    size_t room = 16, groups = 0;
    while (room < count * 2)
        room *= 2;
    Open *table = arena_alloc(&doc->scratch, room * sizeof *table);
    for (size_t i = 0; i < room; i++)
        table[i] = (Open){STR_EMPTY, 0, 0};
    size_t *sizes = arena_alloc(&doc->scratch, (count + 1) * sizeof *sizes);
    for (size_t i = 0; i < count; i++) {
        sizes[i] = 0;
        Open *open =
            parts[i].names.size ? find_open(table, room - 1, parts[i].names) : NULL;
        bool joined = open && joins(doc, parts, i, open);
        parts[i].group = joined ? open->group : groups++;
        sizes[parts[i].group]++;
        if (open)
            *open = (Open){parts[i].names, parts[i].group, i};
    }
    for (size_t g = 0, from = 0; g < groups; g++) {
        size_t size = sizes[g];
        sizes[g] = from;
        from += size;
    }
    Part *grouped = arena_alloc(&doc->scratch, (count + 1) * sizeof *grouped);
    for (size_t i = 0; i < count; i++)
        grouped[sizes[parts[i].group]++] = parts[i];
    return grouped;
}

static bool only_suffix(const Style *style, const Part *before, const Part *part)
{
    if (style->collapse != COLLAPSE_SUFFIX && style->collapse != COLLAPSE_SUFFIX_RANGED)
        return false;
    return style->add_suffix && part->placed->item->year_suffix &&
           before->placed->item->year_suffix && part->years.size &&
           str_equal(part->years, before->years) &&
           part->placed->cite.locator.size == 0 && before->placed->cite.locator.size == 0;
}

/* Runs of suffixes a, b, c become a range. */
static void range_suffixes(Part *parts, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t to = i + 1;
        while (to < count && parts[to].shape == SHAPE_SUFFIX &&
               parts[to].placed->item->year_suffix ==
                   parts[to - 1].placed->item->year_suffix + 1)
            to++;
        for (size_t k = i + 1; to - i > 2 && k + 1 < to; k++)
            parts[k].shape = SHAPE_GONE;
        if (to - i > 2)
            parts[to - 1].ranged = true;
        i = to;
    }
}

static void collapse_names(const Style *style, Part *parts, size_t count)
{
    bool collapses = style->collapse == COLLAPSE_YEAR ||
                     style->collapse == COLLAPSE_SUFFIX ||
                     style->collapse == COLLAPSE_SUFFIX_RANGED;
    Str delimiter = style->areas[AREA_CITATION].layout->delimiter;
    bool apart = !style->group_delimiter_set && style->layout.note;
    Str in_group = apart ? delimiter : style->group_delimiter;
    Str after =
        collapses && style->after_collapse_set ? style->after_collapse : delimiter;
    for (size_t i = 0; i < count; i++) {
        bool follows = i > 0 && parts[i].group == parts[i - 1].group;
        /* Where only suffixes collapse, a cite alone is no collapsed group. */
        bool collapsed = style->collapse != COLLAPSE_SUFFIX ||
                         (i > 1 && parts[i - 1].group == parts[i - 2].group);
        bool located = i > 0 && parts[i - 1].placed->cite.locator.size > 0;
        if (i > 0)
            parts[i].before = collapsed || located ? after : delimiter;
        if (!follows)
            continue;
        parts[i].before =
            located && collapses && style->after_collapse_set ? after : in_group;
        if (!collapses)
            continue;
        parts[i].shape = SHAPE_NO_NAMES;
        if (only_suffix(style, &parts[i - 1], &parts[i])) {
            parts[i].shape = SHAPE_SUFFIX;
            parts[i].before = style->suffix_delimiter_set  ? style->suffix_delimiter
                              : style->group_delimiter_set ? in_group
                                                           : delimiter;
        }
    }
    if (style->collapse == COLLAPSE_SUFFIX_RANGED)
        range_suffixes(parts, count);
}

static void collapse_numbers(const Style *style, Part *parts, size_t count)
{
    Str delimiter = style->areas[AREA_CITATION].layout->delimiter;
    bool collapsed = false;
    for (size_t i = 0; i < count;) {
        size_t to = i + 1;
        while (to < count && parts[to].number && parts[i].number &&
               parts[to].placed->item->number == parts[to - 1].placed->item->number + 1)
            to++;
        for (size_t k = i; k < to; k++)
            parts[k].before = k > 0 ? delimiter : STR_EMPTY;
        if (i > 0 && style->after_collapse_set && collapsed)
            parts[i].before = style->after_collapse;
        collapsed = to - i > 2;
        if (collapsed) {
            for (size_t k = i + 1; k + 1 < to; k++)
                parts[k].shape = SHAPE_GONE;
            parts[to - 1].ranged = true;
        }
        i = to;
    }
}

/* --- Printing ---------------------------------------------------------------------- */

static uint32_t last_character(Str s)
{
    return s.size ? utf8_last(&s) : 0;
}

static bool is_word(uint32_t c)
{
    return unicode_is_letter(c) || unicode_is_digit(c);
}

/* Signs that may stand behind the end of what they close. */
static bool is_closing(uint32_t c)
{
    return unicode_is_space(c) || c == 0x201d || c == 0x2019 || c == 0xbb || c == '"' ||
           c == '\'';
}

/* Words of scripts that part them by blanks. */
static bool is_spaced(uint32_t c)
{
    return c == '&' || (unicode_is_letter(c) && !uni_is_family_first(c));
}

static bool wants_space_behind(Str prefix)
{
    uint32_t last = last_character(prefix);
    if (unicode_is_space(last))
        return false;
    while (prefix.size && is_closing(last_character(prefix)))
        utf8_last(&prefix);
    last = last_character(prefix);
    return is_spaced(last) ||
           (last < 0x80 && last != 0 && strchr(".:;!?)],", (int)last)) ||
           unicode_is_digit(last);
}

static void emit_prefix(Document *doc, Text prefix)
{
    if (prefix.text.size == 0)
        return;
    ops_open(&doc->ops, SCOPE_AFFIX, 0);
    rich_emit(&doc->ops, prefix, OP_FIELD | OP_FIXED);
    if (wants_space_behind(prefix.text))
        ops_text(&doc->ops, STR(" "), OP_FIXED);
    ops_close(&doc->ops, SCOPE_AFFIX, 0);
}

static void emit_suffix(Document *doc, Text suffix)
{
    if (suffix.text.size == 0)
        return;
    Str rest = suffix.text;
    uint32_t first = utf8_next(&rest);
    ops_open(&doc->ops, SCOPE_AFFIX, 0);
    if (is_spaced(first) || first == '(' || first == '[')
        ops_text(&doc->ops, STR(" "), OP_FIXED);
    rich_emit(&doc->ops, suffix, OP_FIELD | OP_FIXED);
    ops_close(&doc->ops, SCOPE_AFFIX, 0);
}

/* Keeps of what was added only the first scope of that kind. */
static void keep_scope(Document *doc, OpsMark mark, OpScope scope)
{
    size_t end, open = ops_find(&doc->ops, mark.count, scope, &end);
    if (open == doc->ops.count) {
        ops_cut(&doc->ops, mark);
        return;
    }
    memmove(doc->ops.items + mark.count, doc->ops.items + open,
            (end - open) * sizeof *doc->ops.items);
    doc->ops.count = mark.count + end - open;
    doc->ops.texts = mark.texts;
    for (size_t i = mark.count; i < doc->ops.count; i++)
        doc->ops.texts += doc->ops.items[i].kind == OP_TEXT;
}

/* What may stand behind the end of a sentence. */
static bool is_outer(uint32_t c)
{
    return unicode_is_space(c) || c == 0x201d || c == 0x2019 || c == '"' || c == ')';
}

static bool ends_sentence(char c)
{
    return c == '.' || c == '!' || c == '?';
}

/* Signs of the style before the first word, and the citation's number, do not count. */
static void first_term_capital(Document *doc, size_t from)
{
    size_t inside = 0;
    for (size_t i = from; i < doc->ops.count; i++) {
        Op *op = &doc->ops.items[i];
        if (op->kind == OP_OPEN && op->scope == SCOPE_NUMBER)
            inside++;
        else if (op->kind == OP_CLOSE && op->scope == SCOPE_NUMBER)
            inside--;
        bool affix = op->flags & OP_STYLE && !(op->flags & OP_VALUE);
        if (op->kind != OP_TEXT || inside > 0 || affix)
            continue;
        if (op->flags & OP_TERM)
            op->text = uni_capital(&doc->scratch, op->text, doc->style->case_lang);
        return;
    }
}

/* The first word of a note is a sentence's first: terms get their capital. */
static void capitalize_first_term(Document *doc, OpsMark mark, Text prefix)
{
    if (!doc->style->layout.note)
        return;
    Str before = prefix.text;
    while (before.size && is_outer(last_character(before)))
        utf8_last(&before);
    if (before.size && !ends_sentence(before.data[before.size - 1]))
        return;
    /* "Cf." is an abbreviation: a sentence has more than a word. */
    Str words = str_trim(prefix.text);
    if (words.size && str_find_byte(words, ' ') == words.size)
        return;
    first_term_capital(doc, mark.count);
}

static bool is_stop(char c)
{
    return c == '.' || c == ',' || c == ';';
}

/* What users write around cites may hold the sign that delimits them. */
static Str delimiter_of(const Part *part, const Part *last)
{
    Str prefix = part->placed->cite.prefix.text;
    Str suffix = last->placed->cite.suffix.text;
    if (suffix.size == 0 && prefix.size && is_stop(prefix.data[0]))
        return STR_EMPTY;
    if (suffix.size && is_stop(suffix.data[suffix.size - 1]))
        return str_after(part->before, str_find_byte(part->before, ' '));
    return part->before;
}

/* Cites are told one after the other: no sign of one meets a sign of another. */
static void emit_between(Document *doc, const Part *part, const Part *last)
{
    Str text = part->ranged ? STR("–") : delimiter_of(part, last);
    ops_text(&doc->ops, text, OP_STYLE | OP_GLUED);
    ops_open(&doc->ops, SCOPE_CITE, 0);
    ops_close(&doc->ops, SCOPE_CITE, 0);
}

static bool emit_part(Document *doc, const Part *part, const Part *last)
{
    bool first = !last;
    const Cite *cite = &part->placed->cite;
    OpsMark start = ops_mark(&doc->ops);
    if (!first)
        emit_between(doc, part, last);
    emit_prefix(doc, cite->prefix);
    OpsMark mark = ops_mark(&doc->ops);
    eval_cite(doc, part->placed, part->shape == SHAPE_NO_NAMES);
    if (part->shape == SHAPE_SUFFIX)
        keep_scope(doc, mark, SCOPE_SUFFIX);
    else if (cite->author_only)
        keep_scope(doc, mark, SCOPE_NAMES);
    if (first || cite->prefix.text.size)
        capitalize_first_term(doc, mark, cite->prefix);
    if (doc->ops.texts == mark.texts && cite->prefix.text.size == 0 &&
        cite->suffix.text.size == 0) {
        ops_cut(&doc->ops, start);
        return false;
    }
    emit_suffix(doc, cite->suffix);
    return true;
}

/* "Doe " of "Doe (2020)"; nothing where the style's citations have no names. */
static void emit_author(Document *doc, const Group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        Placed placed = group->cites[i];
        if (!placed.cite.author_in_text)
            continue;
        OpsMark mark = ops_mark(&doc->ops);
        placed.cite.author_in_text = placed.cite.suppress_author = false;
        eval_cite(doc, &placed, false);
        keep_scope(doc, mark, SCOPE_NAMES);
        if (doc->ops.texts == mark.texts)
            continue;
        Str infix = group->infix.text;
        if (infix.size == 0 || is_word(utf8_next(&infix)))
            ops_text(&doc->ops, STR(" "), OP_FIXED);
        rich_emit(&doc->ops, group->infix, OP_FIELD | OP_FIXED);
        if (group->infix.text.size > 0)
            ops_text(&doc->ops, STR(" "), OP_FIXED);
    }
}

/* Names alone stand in the text, without the signs around a citation. */
static bool is_author_only(const Group *group)
{
    bool only = true;
    for (size_t i = 0; i < group->count; i++)
        only = only && group->cites[i].cite.author_only;
    return only;
}

void cite_emit(Document *doc, const Group *group)
{
    const Style *style = doc->style;
    const Node *layout = style->areas[AREA_CITATION].layout;
    if (!layout || group->count == 0)
        return;
    Part *parts = arena_alloc(&doc->scratch, (group->count + 1) * sizeof *parts);
    bool groups = style->groups_cites && group->count > 1;
    bool numbers = style->collapse == COLLAPSE_NUMBER && group->count > 1;
    for (size_t i = 0; i < group->count; i++) {
        if (groups || numbers)
            look(doc, &parts[i], &group->cites[i]);
        else
            parts[i] = (Part){.placed = &group->cites[i], .before = layout->delimiter};
    }
    if (groups) {
        parts = group_parts(doc, parts, group->count);
        collapse_names(style, parts, group->count);
    } else if (numbers) {
        collapse_numbers(style, parts, group->count);
    }
    emit_author(doc, group);
    OpsMark start = ops_mark(&doc->ops);
    Eval e = document_eval(doc, group->cites[0].item, AREA_CITATION);
    /* Authors alone stand in the user's sentence, not in the citation's brackets. */
    bool bare = is_author_only(group);
    if (!bare) {
        wrap_format(&e, &layout->format, true);
        ops_text(&doc->ops, layout->prefix, OP_STYLE | OP_AROUND);
    }
    const Part *last = NULL;
    for (size_t i = 0; i < group->count; i++) {
        if (parts[i].shape != SHAPE_GONE && emit_part(doc, &parts[i], last))
            last = &parts[i];
    }
    if (!last) {
        ops_cut(&doc->ops, start);
        return;
    }
    if (!bare) {
        ops_text(&doc->ops, layout->suffix, OP_STYLE | OP_AROUND);
        wrap_format(&e, &layout->format, false);
    }
}
