/* SPDX-License-Identifier: MIT
 * Tags and references within text with marks; see latex_html.h. */
#include "convert/text/latex_html.h"
#include "convert/text/html.h"
#include "convert/text/latex_out.h"

#include <stdlib.h>
#include <string.h>

enum { TAGS_MOST = 128, TAG_LONGEST = 1024 };

typedef enum TagKind { TAG_MARK, TAG_BLOCK, TAG_GONE, TAG_SPAN, TAG_MATH } TagKind;

static const struct {
    char name[16];
    TagKind kind;
    Mark mark;
} NAMES[] = {
    {"b", TAG_MARK, MARK_BOLD},          {"bold", TAG_MARK, MARK_BOLD},
    {"div", TAG_BLOCK, MARK_COUNT},      {"em", TAG_MARK, MARK_ITALIC},
    {"font", TAG_GONE, MARK_COUNT},      {"i", TAG_MARK, MARK_ITALIC},
    {"inf", TAG_MARK, MARK_SUB},         {"inline-formula", TAG_GONE, MARK_COUNT},
    {"italic", TAG_MARK, MARK_ITALIC},   {"math", TAG_MATH, MARK_COUNT},
    {"monospace", TAG_GONE, MARK_COUNT}, {"p", TAG_BLOCK, MARK_COUNT},
    {"sc", TAG_MARK, MARK_SMALL_CAPS},   {"scp", TAG_MARK, MARK_SMALL_CAPS},
    {"sec", TAG_BLOCK, MARK_COUNT},      {"small-caps", TAG_MARK, MARK_SMALL_CAPS},
    {"span", TAG_SPAN, MARK_COUNT},      {"strong", TAG_MARK, MARK_BOLD},
    {"sub", TAG_MARK, MARK_SUB},         {"sup", TAG_MARK, MARK_SUP},
    {"title", TAG_BLOCK, MARK_COUNT},    {"tt", TAG_GONE, MARK_COUNT},
    {"u", TAG_GONE, MARK_COUNT},         {"underline", TAG_GONE, MARK_COUNT},
};

/* Bytes that give way to others. */
typedef struct Edit {
    size_t at, size;
    size_t name;  /* of NAMES */
    Mark mark;    /* of a pair, at its opening tag */
    size_t until; /* end of its closing tag; 0 where there is none */
    bool tag, closes, valid, block;
    uint32_t characters[2];
} Edit;

typedef struct Edits {
    Arena *arena;
    const Text *text;
    Edit *list;
    size_t count, capacity;
    size_t open[TAGS_MOST], depth, tags;
    size_t *borders, border_count; /* of runs */
    size_t next_run;
} Edits;

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static int by_place(const void *a, const void *b)
{
    const Run *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

static void find_borders(Edits *e)
{
    e->borders = arena_alloc(e->arena, (2 * e->text->run_count + 1) * sizeof(size_t));
    for (size_t i = 0; i < e->text->run_count; i++) {
        e->borders[e->border_count++] = e->text->runs[i].start;
        e->borders[e->border_count++] = e->text->runs[i].end;
    }
    qsort(e->borders, e->border_count, sizeof(size_t), by_size);
}

/* Whether a run begins or ends within those bytes. */
static bool is_cut(const Edits *e, size_t at, size_t size)
{
    size_t low = 0, high = e->border_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->borders[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low < e->border_count && e->borders[low] < at + size;
}

static bool crosses(const Text *text, size_t start, size_t end)
{
    for (size_t i = 0; i < text->run_count; i++) {
        const Run *run = &text->runs[i];
        bool apart = run->end <= start || run->start >= end;
        bool around = run->start <= start && run->end >= end;
        bool inside = run->start >= start && run->end <= end;
        if (!apart && !around && !inside)
            return true;
    }
    return false;
}

static Edit *add_edit(Edits *e, const Edit *edit)
{
    if (e->count == e->capacity) {
        e->capacity = e->capacity > 0 ? 2 * e->capacity : 16;
        Edit *more = arena_alloc(e->arena, e->capacity * sizeof *more);
        if (e->count > 0)
            memcpy(more, e->list, e->count * sizeof *more);
        e->list = more;
    }
    e->list[e->count] = *edit;
    return &e->list[e->count++];
}

/* Size of the tag at the front, 0 where it is none: "<", perhaps "/", a name, and ">"
 * before the next "<". */
static size_t tag_size(Str s, bool *closes, Str *name, Str *attributes)
{
    s = str_slice(s, 0, TAG_LONGEST);
    *closes = s.size > 1 && s.data[1] == '/';
    size_t first = *closes ? 2 : 1, end = first;
    while (end < s.size && (byte_is_alpha(s.data[end]) || byte_is_digit(s.data[end]) ||
                            s.data[end] == ':' || s.data[end] == '-'))
        end++;
    *name = str_slice(s, first, end);
    size_t colon = str_find_byte(*name, ':');
    if (colon < name->size)
        *name = str_after(*name, colon + 1);
    if (name->size == 0 || end == s.size || !byte_is_alpha(name->data[0]) ||
        !(byte_is_space(s.data[end]) || s.data[end] == '>' || s.data[end] == '/'))
        return 0;
    *attributes = str_after(s, end);
    size_t closing = str_find_byte(*attributes, '>');
    *attributes = str_slice(*attributes, 0, closing);
    if (end + closing == s.size || str_find_byte(*attributes, '<') < closing)
        return 0;
    return end + closing + 1;
}

static size_t find_name(Str name)
{
    size_t i = 0, count = sizeof NAMES / sizeof NAMES[0];
    while (i < count && !str_equal_nocase(name, str_from(NAMES[i].name)))
        i++;
    return i;
}

static Mark mark_of(size_t name, Str attributes)
{
    if (NAMES[name].kind != TAG_SPAN)
        return NAMES[name].mark;
    return str_contains(attributes, STR("nocase"))       ? MARK_NOCASE
           : str_contains(attributes, STR("nodecor"))    ? MARK_NODECOR
           : str_contains(attributes, STR("small-caps")) ? MARK_SMALL_CAPS
                                                         : MARK_COUNT;
}

/* MathML from `at` on: all of its tags go.  Its end, or `at` where it has none. */
static size_t add_mathml(Edits *e, size_t at)
{
    Str s = e->text->text, name, attributes;
    bool closes;
    size_t before = e->count;
    for (size_t i = at; i < s.size;) {
        size_t size = tag_size(str_after(s, i), &closes, &name, &attributes);
        if (size > 0 && !is_cut(e, i, size)) {
            add_edit(e, &(Edit){.at = i, .size = size, .tag = true, .valid = true});
            if (closes && str_equal_nocase(name, STR("math")))
                return i + size;
            i += size;
        } else {
            i++;
        }
        i += str_find_byte(str_after(s, i), '<');
    }
    e->count = before;
    return at;
}

static void close_tag(Edits *e, Edit *edit)
{
    size_t level = e->depth;
    while (level > 0 && e->list[e->open[level - 1]].name != edit->name)
        level--;
    if (level == 0)
        return;
    Edit *opening = &e->list[e->open[level - 1]];
    size_t until = edit->at + edit->size;
    if (crosses(e->text, opening->at, until))
        return;
    e->depth = level - 1; /* what was opened since then is no tag */
    opening->until = until;
    opening->valid = true;
    edit->valid = true;
    add_edit(e, edit);
}

/* The tag at the front of what is left; where to go on. */
static size_t read_tag(Edits *e, size_t at)
{
    Str name, attributes;
    Edit edit = {.at = at, .tag = true};
    edit.size = tag_size(str_after(e->text->text, at), &edit.closes, &name, &attributes);
    if (edit.size == 0 || is_cut(e, at, edit.size))
        return at + 1;
    edit.name = find_name(name);
    bool empty = attributes.size > 0 && attributes.data[attributes.size - 1] == '/';
    if (str_equal_nocase(name, STR("br"))) {
        edit.valid = edit.block = true;
        add_edit(e, &edit);
        return at + edit.size;
    }
    if (edit.name == sizeof NAMES / sizeof NAMES[0] || empty || e->tags == TAGS_MOST)
        return at + edit.size;
    e->tags++;
    if (NAMES[edit.name].kind == TAG_MATH) {
        size_t end = edit.closes ? at : add_mathml(e, at);
        return end > at ? end : at + edit.size;
    }
    edit.block = NAMES[edit.name].kind == TAG_BLOCK;
    if (edit.closes) {
        close_tag(e, &edit);
    } else {
        edit.mark = mark_of(edit.name, attributes);
        e->open[e->depth++] = e->count;
        add_edit(e, &edit);
    }
    return at + edit.size;
}

static size_t read_reference(Edits *e, size_t at)
{
    Edit edit = {.at = at, .valid = true};
    Str rest = str_after(e->text->text, at);
    edit.size = html_reference(rest, edit.characters);
    if (edit.size == 0)
        return at + 1;
    if (rest.data[edit.size - 1] == ';' && !is_cut(e, at, edit.size))
        add_edit(e, &edit);
    return at + edit.size;
}

static void find_edits(Edits *e)
{
    const Text *text = e->text;
    Str s = text->text;
    for (size_t at = 0; at < s.size;) {
        while (at < s.size && s.data[at] != '<' && s.data[at] != '&')
            at++;
        while (e->next_run < text->run_count &&
               (text->runs[e->next_run].mark != MARK_MATH ||
                text->runs[e->next_run].end <= at))
            e->next_run++;
        if (e->next_run < text->run_count && text->runs[e->next_run].start <= at)
            at = text->runs[e->next_run].end;
        else if (at < s.size)
            at = s.data[at] == '<' ? read_tag(e, at) : read_reference(e, at);
    }
}

/* The old runs and those of pairs. */
static Text with_runs(const Edits *e)
{
    Text all = *e->text;
    Run *runs = arena_alloc(e->arena, (all.run_count + e->count + 1) * sizeof *runs);
    if (all.run_count > 0)
        memcpy(runs, all.runs, all.run_count * sizeof *runs);
    for (size_t i = 0; i < e->count; i++) {
        const Edit *edit = &e->list[i];
        if (edit->valid && edit->until > 0 && edit->mark != MARK_COUNT)
            runs[all.run_count++] =
                (Run){.start = edit->at, .end = edit->until, .mark = edit->mark};
    }
    qsort(runs, all.run_count, sizeof *runs, by_place);
    all.runs = runs;
    return all;
}

static void add_piece(LatexOut *out, Str piece)
{
    while (out->paragraph && piece.size > 0 && byte_is_space(piece.data[0]))
        piece = str_after(piece, 1);
    latex_out_add(out, piece);
}

static void add_replaced(LatexOut *out, const Edit *edit)
{
    if (edit->block)
        latex_out_paragraph(out);
    for (size_t i = 0; !edit->tag && i < 2 && edit->characters[i] != 0; i++)
        latex_out_character(out, edit->characters[i]);
}

Text latex_html(Arena *arena, Text text)
{
    Edits e = {.arena = arena, .text = &text};
    if (memchr(text.text.data, '<', text.text.size) == NULL &&
        memchr(text.text.data, '&', text.text.size) == NULL)
        return text;
    find_borders(&e);
    find_edits(&e);
    bool any = false;
    for (size_t i = 0; i < e.count; i++)
        any = any || e.list[i].valid;
    if (!any)
        return text;
    Text all = with_runs(&e);
    TextWalk walk = {.text = &all};
    LatexOut out = {.arena = arena};
    size_t next = 0;
    for (TextStep step = text_step(&walk); step.kind != TEXT_END;
         step = text_step(&walk)) {
        if (step.kind == TEXT_OPEN)
            latex_out_open(&out, step.mark);
        else if (step.kind == TEXT_CLOSE)
            latex_out_close(&out, out.depth - 1);
        if (step.kind != TEXT_PIECE)
            continue;
        size_t at = walk.at - step.piece.size, end = walk.at;
        for (; next < e.count && e.list[next].at < end; next++) {
            const Edit *edit = &e.list[next];
            if (!edit->valid || edit->at < at)
                continue;
            Str piece = str_slice(text.text, at, edit->at);
            while (edit->block && piece.size > 0 &&
                   byte_is_space(piece.data[piece.size - 1]))
                piece.size--;
            add_piece(&out, piece);
            add_replaced(&out, edit);
            at = edit->at + edit->size;
        }
        add_piece(&out, str_slice(text.text, at, end));
    }
    return latex_out_text(&out);
}
