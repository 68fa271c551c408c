/* SPDX-License-Identifier: MIT
 * Tags and references in text; see markup.h.
 *
 * Tags are listed first (the edits); then the text is walked once, with the runs it had
 * and those of the pairs, and copied around them, references decoded on the way. */
#include "convert/text/markup.h"
#include "convert/base/span.h"
#include "convert/text/html.h"
#include "convert/text/latex_out.h"
#include "convert/text/markup_tag.h"

#include <stdlib.h>
#include <string.h>

enum { EDITS_MOST = 1 << 16, /* tags behind that many are text */ DEPTH = 64 };

/* Bytes that give way to others. */
typedef struct Edit {
    size_t at, size;
    size_t which; /* element */
    size_t run;   /* the innermost run around it, from 1 */
    size_t until; /* end of its closing tag; 0 where there is none */
    Mark mark;    /* of a pair, at its opening tag */
    bool closes, valid, block;
    uint32_t characters[2]; /* what stands there instead */
} Edit;

typedef struct Edits {
    Arena *arena;
    const Text *text;
    unsigned how;
    Edit *list;
    size_t count, capacity;
    size_t open[DEPTH], depth; /* edits: tags that may still be closed */
    bool no_math;              /* is closed from here on */
    size_t *borders, border_count;
    size_t *around, around_count, next_run; /* runs that hold the place in hand */
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
    size_t count = e->text->run_count;
    e->borders = arena_alloc(e->arena, (3 * count + 1) * sizeof(size_t));
    e->around = e->borders + 2 * count;
    for (size_t i = 0; i < count; i++) {
        e->borders[e->border_count++] = e->text->runs[i].start;
        e->borders[e->border_count++] = e->text->runs[i].end;
    }
    if (count > 0)
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

/* The innermost run around a place, from 1; places are asked for in rising order. */
static size_t run_around(Edits *e, size_t at)
{
    const Text *text = e->text;
    for (;; e->around_count--) {
        for (; e->next_run < text->run_count && text->runs[e->next_run].start <= at;
             e->next_run++) {
            if (text->runs[e->next_run].end > at)
                e->around[e->around_count++] = e->next_run + 1;
        }
        if (e->around_count == 0)
            return 0;
        size_t innermost = e->around[e->around_count - 1];
        if (text->runs[innermost - 1].end > at)
            return innermost;
    }
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

static Span is_sign(Span bytes)
{
    return span_is(bytes, '<') | span_is(bytes, '&');
}

/* The next byte that may begin a tag. */
static size_t next_sign(const Edits *e, size_t at)
{
    Str s = e->text->text;
    if ((e->how & MARKUP_ESCAPED) != 0)
        return span_find(s, at, is_sign);
    return at + str_find_byte(str_after(s, at), '<');
}

/* MathML. */

typedef struct MathLevel {
    char kind;
    size_t children, edit;
} MathLevel;

static char math_kind(Str name)
{
    static const struct {
        char name[15], kind;
    } KINDS[] = {{"msub", '_'},       {"msup", '^'},  {"msubsup", '*'},
                 {"munder", '_'},     {"mover", '^'}, {"munderover", '*'},
                 {"annotation", 'a'}, {"mfrac", '/'}, {"annotation-xml", 'a'}};
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (str_equal_nocase(name, str_from(KINDS[i].name)))
            return KINDS[i].kind;
    }
    return ' ';
}

/* What the next child of an element is: an index, or what is below a line. */
static void place_child(MathLevel *parent, Edit *edit)
{
    size_t child = parent->children++;
    if (child == 1 && (parent->kind == '_' || parent->kind == '*'))
        edit->mark = MARK_SUB;
    else if ((child == 1 && parent->kind == '^') || (child == 2 && parent->kind == '*'))
        edit->mark = MARK_SUP;
    else if (child == 1 && parent->kind == '/')
        edit->characters[0] = '/';
}

static void close_math(Edits *e, const MathLevel *level, size_t until)
{
    Edit *opening = &e->list[level->edit];
    opening->until = until;
    if (level->kind == 'a') { /* says the same in another language */
        opening->size = until - opening->at;
        e->count = level->edit + 1;
    }
}

/* Where the blanks end by which MathML is laid out in lines: they mean nothing. */
static size_t layout_end(Str s, size_t at)
{
    size_t end = at;
    while (end < s.size && byte_is_space(s.data[end]))
        end++;
    bool lines = str_find_byte(str_slice(s, at, end), '\n') < end - at;
    return lines && end < s.size && s.data[end] == '<' ? end : at;
}

/* All of MathML that begins at `at`; where it ends, or `at` where it does not. */
static size_t read_math(Edits *e, size_t at)
{
    MathLevel levels[DEPTH];
    size_t depth = 0, before = e->count;
    Str s = e->text->text;
    Tag tag;
    for (size_t i = at; i < s.size; i = next_sign(e, i)) {
        if (!markup_tag(str_after(s, i), e->how, &tag)) {
            i++;
            continue;
        }
        size_t end = i + tag.size;
        if (depth > 1 || !tag.closes)
            end = layout_end(s, end);
        Edit edit = {.at = i, .size = end - i, .mark = MARK_COUNT, .valid = true};
        if (!tag.closes && depth > 0)
            place_child(&levels[depth - 1], &edit);
        add_edit(e, &edit);
        if (tag.closes && depth == 0)
            break;
        if (tag.closes) {
            close_math(e, &levels[--depth], end);
        } else if (!tag.empty) {
            if (depth == DEPTH)
                break;
            levels[depth++] = (MathLevel){math_kind(tag.name), 0, e->count - 1};
        }
        i = end;
        if (depth == 0 && !is_cut(e, at, end - at))
            return end;
        if (depth == 0)
            break;
    }
    e->count = before;
    e->no_math = true;
    return at;
}

static void close_tag(Edits *e, Edit *edit)
{
    size_t level = e->depth;
    while (level > 0 && e->list[e->open[level - 1]].which != edit->which)
        level--;
    if (level == 0)
        return;
    Edit *opening = &e->list[e->open[level - 1]];
    if (opening->run != edit->run)
        return;
    e->depth = level - 1; /* what was opened since then is no tag */
    opening->until = edit->at + edit->size;
    opening->valid = (e->how & MARKUP_HTML) != 0 || opening->mark != MARK_COUNT;
    edit->valid = opening->valid;
    add_edit(e, edit);
}

static void open_tag(Edits *e, Edit *edit)
{
    if (e->depth == DEPTH) { /* the outermost one will be no tag */
        memmove(e->open, e->open + 1, (DEPTH - 1) * sizeof e->open[0]);
        e->depth--;
    }
    e->open[e->depth++] = e->count;
    add_edit(e, edit);
}

/* Where to go on; `at` where the tag means nothing here. */
static size_t take_tag(Edits *e, size_t at, const Tag *tag, size_t run)
{
    Edit edit = {
        .at = at, .size = tag->size, .which = tag->which, .run = run, .mark = MARK_COUNT};
    if (tag->kind == TAG_BREAK) {
        edit.valid = edit.block = true;
        add_edit(e, &edit);
        return at + tag->size;
    }
    if (tag->kind == TAG_NONE || tag->empty)
        return at;
    if (tag->kind == TAG_MATH)
        return tag->closes || e->no_math ? at : read_math(e, at);
    edit.block = tag->kind == TAG_BLOCK;
    if (tag->closes) {
        close_tag(e, &edit);
    } else {
        edit.mark = tag->mark;
        open_tag(e, &edit);
    }
    return at + tag->size;
}

/* "&amp;" was read; what it makes of the text behind it may be a reference, too. */
static size_t read_again(Str rest, uint32_t characters[2])
{
    enum { LONGEST = 40 };
    char again[LONGEST] = "&";
    uint32_t inner[2];
    rest = str_slice(rest, 0, LONGEST - 1);
    memcpy(again + 1, rest.data, rest.size);
    size_t size = html_reference((Str){again, rest.size + 1}, inner);
    if (size == 0 || again[size - 1] != ';')
        return 0;
    memcpy(characters, inner, sizeof inner);
    return size - 1;
}

/* The size of the reference at the front, and what it stands for; 0 where it is none. */
static size_t read_reference(unsigned how, Str s, uint32_t characters[2])
{
    size_t size = html_reference(s, characters), more = 1;
    if (size == 0 || (s.data[size - 1] != ';' && (how & MARKUP_LOOSE) == 0))
        return 0;
    while ((how & MARKUP_REPEATED) != 0 && more > 0 && characters[0] == '&') {
        more = read_again(str_after(s, size), characters);
        size += more;
    }
    return size;
}

static bool has_reference(unsigned how, Str s)
{
    uint32_t characters[2];
    if ((how & MARKUP_REFERENCES) == 0)
        return false;
    for (size_t at = str_find_byte(s, '&'); at < s.size;
         at += 1 + str_find_byte(str_after(s, at + 1), '&')) {
        if (read_reference(how, str_after(s, at), characters) > 0)
            return true;
    }
    return false;
}

static void find_edits(Edits *e)
{
    const Text *text = e->text;
    Str s = text->text;
    size_t tex_end = 0, tex = s.size;
    if ((e->how & MARKUP_TEX) != 0)
        tex = text_math_at(s, 0, &tex_end);
    for (size_t at = next_sign(e, 0); at < s.size; at = next_sign(e, at)) {
        size_t run = run_around(e, at), end = at;
        if (run > 0 && text->runs[run - 1].mark == MARK_MATH) {
            at = text->runs[run - 1].end;
            continue;
        }
        while (tex < s.size && tex_end <= at)
            tex = text_math_at(s, tex_end, &tex_end);
        Tag tag;
        if (at < tex && e->count < EDITS_MOST &&
            markup_tag(str_after(s, at), e->how, &tag) && !is_cut(e, at, tag.size))
            end = take_tag(e, at, &tag, run);
        at = end > at ? end : at + 1;
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

static void add_characters(LatexOut *out, const uint32_t characters[2])
{
    for (size_t i = 0; i < 2 && characters[i] != 0; i++)
        latex_out_character(out, characters[i]);
}

/* Text without tags, its references decoded. */
static void add_piece(LatexOut *out, unsigned how, Str piece)
{
    while ((out->paragraph || out->blank) && piece.size > 0 &&
           byte_is_space(piece.data[0]))
        piece = str_after(piece, 1);
    bool decode = (how & MARKUP_REFERENCES) != 0 && !latex_out_within(out, MARK_MATH);
    for (size_t at = 0; decode && at < piece.size;) {
        uint32_t characters[2];
        at += str_find_byte(str_after(piece, at), '&');
        size_t size = read_reference(how, str_after(piece, at), characters);
        if (size == 0) {
            at++;
            continue;
        }
        latex_out_add(out, str_slice(piece, 0, at));
        add_characters(out, characters);
        piece = str_after(piece, at + size);
        at = 0;
    }
    latex_out_add(out, piece);
}

/* A piece between marks, with its edits made. */
static void add_edited(LatexOut *out, const Edits *e, size_t *next, size_t at, size_t end)
{
    Str s = e->text->text;
    for (; *next < e->count && e->list[*next].at < end; (*next)++) {
        const Edit *edit = &e->list[*next];
        if (!edit->valid || edit->at < at)
            continue;
        Str piece = str_slice(s, at, edit->at);
        while (edit->block && piece.size > 0 && byte_is_space(piece.data[piece.size - 1]))
            piece.size--;
        add_piece(out, e->how, piece);
        if (edit->block && (e->how & MARKUP_ONE_LINE) != 0)
            latex_out_blank(out);
        else if (edit->block)
            latex_out_paragraph(out);
        add_characters(out, edit->characters);
        at = edit->at + edit->size;
    }
    add_piece(out, e->how, str_slice(s, at, end));
}

/* All that is there to read. */
static Text read_edits(Arena *arena, Text text, unsigned how)
{
    Edits e = {.arena = arena, .text = &text, .how = how};
    bool any = has_reference(how, text.text);
    if (!any && next_sign(&e, 0) == text.text.size)
        return text;
    find_borders(&e);
    find_edits(&e);
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
        else
            add_edited(&out, &e, &next, walk.at - step.piece.size, walk.at);
    }
    return latex_out_text(&out);
}

Text markup_read(Arena *arena, Text text, unsigned how)
{
    Str s = text.text;
    bool plain = str_find_byte(s, '<') == s.size && str_find_byte(s, '&') == s.size;
    return plain ? text : read_edits(arena, text, how);
}

/* The first row of a mark is how it is written. */
/* Writing. */

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

void markup_add(Buf *out, const Text *text)
{
    TextWalk walk = {.text = text};
    for (TextStep step = text_step(&walk); step.kind != TEXT_END; step = text_step(&walk))
        buf_add(out, step.kind == TEXT_PIECE  ? step.piece
                     : step.kind == TEXT_OPEN ? markup_open(step.mark)
                                              : markup_close(step.mark));
}
