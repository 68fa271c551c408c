/* SPDX-License-Identifier: MIT
 * Steps to text; see lower.h. */
#include "convert/style/lower.h"

#include "convert/base/memory.h"
#include "convert/style/node.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { AXES = 5, DEPTH_MOST = 512, NO_RUN = -1 };

typedef struct Opened {
    ptrdiff_t run; /* or NO_RUN */
    bool inner;    /* quotes: before this one, the signs in force were inner ones */
    int axis;      /* or -1 */
    unsigned char before; /* what held on that axis, a mark + 1 */
    size_t start;         /* of a quotation, behind its sign */
    unsigned marks;       /* that the element of a quotation has itself */
} Opened;

typedef struct Lowering {
    Lowered *out;
    const Locale *locale;
    unsigned char now[AXES];
    size_t depth, too_deep;
    bool in_block;
    bool users;                 /* in an affix of the user's own */
    size_t from;                /* of the cite: no sign meets those before */
    size_t quotes;              /* open quotations */
    bool inner;                 /* the innermost one has inner signs */
    size_t quote_at, quote_end; /* closing signs at the end of the text */
    size_t quote_start;         /* of what they close */
    unsigned quote_marks;
    Opened open[DEPTH_MOST]; /* so many are set as `depth` says */
} Lowering;

/* --- Seams ------------------------------------------------------------------------- */

bool seam_is_punctuation(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

Seam seam_of(char first, char second)
{
    static const char SIGNS[] = "!?.:,;";
    /* Rows: first; columns: second; in the order of SIGNS. */
    static const char TABLE[6][7] = {"FBFFBB", "BFFFBB", "BBFBBB",
                                     "SSFFBB", "BBBBFB", "SSFFBF"};
    const char *a = strchr(SIGNS, first), *b = strchr(SIGNS, second);
    if (!a || !b || first == '\0' || second == '\0')
        return SEAM_BOTH;
    char what = TABLE[a - SIGNS][b - SIGNS];
    return what == 'F' ? SEAM_FIRST : what == 'S' ? SEAM_SECOND : SEAM_BOTH;
}

static void remove_byte(Lowering *l, size_t at)
{
    Buf *text = &l->out->text;
    memmove(text->data + at, text->data + at + 1, text->size - at - 1);
    text->size--;
    for (size_t i = l->out->run_count; i > 0; i--) {
        StyleRun *run = &l->out->runs[i - 1];
        run->start -= run->start > at;
        run->end -= run->end > at;
    }
    l->quote_at -= l->quote_at > at;
    l->quote_end -= l->quote_end > at;
}

/* Puts a sign into the quotation that ends here, and under the marks that hold for all
 * of it. */
static void insert_byte(Lowering *l, size_t at, char c)
{
    Buf *text = &l->out->text;
    buf_add_byte(text, c);
    memmove(text->data + at + 1, text->data + at, text->size - at - 1);
    text->data[at] = c;
    for (size_t i = l->out->run_count; i > 0; i--) {
        StyleRun *run = &l->out->runs[i - 1];
        run->start += run->start >= at;
        run->end += run->end > at;
    }
    size_t first = l->out->run_count;
    while (first > 0 && l->out->runs[first - 1].start >= l->quote_start)
        first--;
    for (size_t i = first; i < l->out->run_count && i - first < l->quote_marks; i++)
        l->out->runs[i].end += l->out->runs[i].end == at;
    l->quote_at++;
    l->quote_end++;
}

static bool after_quote(const Lowering *l)
{
    return l->quote_end > l->from && l->quote_end == l->out->text.size &&
           l->quote_at < l->quote_end;
}

/* The place of the sign that `c` would meet, or the text's end. */
static size_t sign_before(const Lowering *l)
{
    const Buf *text = &l->out->text;
    size_t at = after_quote(l) ? l->quote_at : text->size;
    if (at > l->from && seam_is_punctuation(text->data[at - 1]))
        return at - 1;
    return text->size;
}

static bool is_block(const StyleRun *run)
{
    return run->mark >= STYLE_BLOCK;
}

/* A sign at the front of a block stands at the end of the block before it.  False where
 * no block begins here, or none ends. */
static bool goes_back(Lowering *l, char c)
{
    Lowered *out = l->out;
    size_t at = out->text.size, closed = SIZE_MAX;
    bool begins = false;
    for (size_t i = 0; i < out->run_count; i++) {
        const StyleRun *run = &out->runs[i];
        if (is_block(run) && run->start == at)
            begins = l->in_block;
        else if (is_block(run) && run->end == at && run->start < at)
            closed = i;
    }
    if (!begins || closed == SIZE_MAX)
        return false;
    buf_add_byte(&out->text, c);
    out->runs[closed].end++;
    for (size_t i = closed + 1; i < out->run_count; i++) {
        if (out->runs[i].start == at) {
            out->runs[i].start++;
            out->runs[i].end++;
        }
    }
    return true;
}

/* The sign at the front of `s` belongs into the quotation before it.  Of what users write
 * behind cites only that of a sentence which another follows. */
static bool goes_in(const Lowering *l, Str s)
{
    if (!l->locale->punctuation_in_quote)
        return false;
    if (l->users)
        return s.data[0] == '.' && str_trim(str_after(s, 1)).size > 0;
    return strchr(".,!?", s.data[0]) != NULL;
}

/* Puts the sign at the front of `s` where it belongs; what is left of `s` comes after. */
static Str seam(Lowering *l, Str s)
{
    Buf *text = &l->out->text;
    char c = s.data[0];
    size_t at = sign_before(l);
    if (at < text->size) {
        Seam what = seam_of(text->data[at], c);
        if (what == SEAM_FIRST)
            return str_after(s, 1);
        if (what == SEAM_SECOND)
            remove_byte(l, at);
    }
    if (after_quote(l) && goes_in(l, s)) {
        insert_byte(l, l->quote_at, c);
        return str_after(s, 1);
    }
    return goes_back(l, c) ? str_after(s, 1) : s;
}

static void add_text(Lowering *l, const Op *op)
{
    Buf *text = &l->out->text;
    Str s = op->text;
    if (!(op->flags & OP_GLUED) && s.size > 0 && text->size > l->from &&
        seam_is_punctuation(s.data[0]))
        s = seam(l, s);
    if (!(op->flags & OP_GLUED) && s.size > 0 && text->size > 0 && s.data[0] == ' ' &&
        (text->data[text->size - 1] == ' ' || str_ends(buf_str(text), STR("\u00a0"))))
        s = str_after(s, 1);
    buf_add(text, s);
}

/* --- Marks ------------------------------------------------------------------------- */

static int axis_of(unsigned mark)
{
    switch ((StyleMark)mark) {
    case STYLE_ITALIC:
    case STYLE_OBLIQUE:
    case STYLE_NORMAL_STYLE:
        return 0;
    case STYLE_SMALL_CAPS:
    case STYLE_NORMAL_VARIANT:
        return 1;
    case STYLE_BOLD:
    case STYLE_LIGHT:
    case STYLE_NORMAL_WEIGHT:
        return 2;
    case STYLE_UNDERLINE:
    case STYLE_NO_DECORATION:
        return 3;
    case STYLE_SUP:
    case STYLE_SUB:
    case STYLE_BASELINE:
        return 4;
    case STYLE_MATH:
    case STYLE_LINK:
    case STYLE_BLOCK:
    case STYLE_MARGIN:
    case STYLE_INLINE:
    case STYLE_INDENT:
    case STYLE_MARK_COUNT:
        break;
    }
    return -1;
}

static unsigned normal_of(int axis)
{
    static const unsigned NORMALS[AXES] = {STYLE_NORMAL_STYLE, STYLE_NORMAL_VARIANT,
                                           STYLE_NORMAL_WEIGHT, STYLE_NO_DECORATION,
                                           STYLE_BASELINE};
    return NORMALS[axis];
}

static ptrdiff_t add_run(Lowering *l, unsigned mark, Str target)
{
    Lowered *out = l->out;
    if (out->run_count == out->run_capacity) {
        out->run_capacity = memory_grown(out->run_capacity, out->run_count + 1);
        out->runs = memory_resize(out->runs, out->run_capacity * sizeof *out->runs);
    }
    out->runs[out->run_count] =
        (StyleRun){out->text.size, out->text.size, (StyleMark)mark, target};
    return (ptrdiff_t)out->run_count++;
}

static Opened open_mark(Lowering *l, const Op *op)
{
    unsigned mark = op->mark;
    int axis = axis_of(mark);
    /* A block inside a block is none: entries are lists of blocks. */
    if (op->scope == SCOPE_FORMAT && axis < 0 && mark >= STYLE_BLOCK) {
        if (l->in_block)
            return (Opened){.run = NO_RUN, .axis = -1};
        l->in_block = true;
    }
    if (op->scope == SCOPE_LINK || axis < 0)
        return (Opened){.run = add_run(l, mark, op->text), .axis = -1};
    unsigned char before = l->now[axis];
    bool same = before == mark + 1;
    if (op->scope == SCOPE_NODECOR && before == 0)
        return (Opened){.run = NO_RUN, .axis = axis};
    if (op->scope == SCOPE_MARKUP && same && axis < 3) {
        mark = normal_of(axis);
    } else if (op->scope == SCOPE_FORMAT &&
               (same || (before == 0 && mark == normal_of(axis)))) {
        return (Opened){.run = NO_RUN, .axis = axis, .before = before};
    }
    /* What is normal again needs no taking back of a taking back. */
    l->now[axis] = mark == normal_of(axis) ? 0 : (unsigned char)(mark + 1);
    return (Opened){.run = add_run(l, mark, STR_EMPTY), .axis = axis, .before = before};
}

static Str quote_sign(const Lowering *l, bool open)
{
    Str name = l->inner ? (open ? STR("open-inner-quote") : STR("close-inner-quote"))
                        : (open ? STR("open-quote") : STR("close-quote"));
    return locale_text(l->locale, name, FORM_LONG, false);
}

static void open_quote(Lowering *l, const Op *op)
{
    /* A sign that the locale has for inner quotations stays one where it stands alone. */
    Str outer = locale_text(l->locale, STR("open-quote"), FORM_LONG, false);
    Str inner = locale_text(l->locale, STR("open-inner-quote"), FORM_LONG, false);
    bool alone = op->text.size > 0 && !str_equal(op->text, outer) &&
                 (str_equal(op->text, inner) || str_equal(op->text, STR("'")));
    l->inner = l->quotes > 0 ? !l->inner : alone;
    l->quotes++;
    buf_add(&l->out->text, quote_sign(l, true));
}

static void close_quote(Lowering *l, bool inner)
{
    Buf *text = &l->out->text;
    size_t at = after_quote(l) ? l->quote_at : text->size;
    buf_add(text, quote_sign(l, false));
    l->quote_at = at;
    l->quote_end = text->size;
    l->quotes--;
    l->inner = inner;
}

/* The sign that a quotation of the style's own ends with and that belongs behind it:
 * where punctuation stands outside, of a plain text that brought its own; or 0. */
static char outer_sign(const Lowering *l, const Ops *ops, size_t close)
{
    size_t at = close;
    if (l->locale->punctuation_in_quote)
        return 0;
    while (at > 0 && ops->items[at - 1].kind == OP_CLOSE &&
           ops->items[at - 1].scope == SCOPE_FORMAT)
        at--;
    if (at < 2 || ops->items[at - 1].kind != OP_TEXT)
        return 0;
    Str text = ops->items[--at].text;
    while (at > 0 && ops->items[at - 1].kind == OP_OPEN &&
           ops->items[at - 1].scope == SCOPE_FORMAT)
        at--;
    if (at == 0 || ops->items[at - 1].kind != OP_OPEN ||
        ops->items[at - 1].scope != SCOPE_QUOTE || ops->items[at - 1].text.size > 0)
        return 0;
    char last = text.size > 1 ? text.data[text.size - 1] : ' ';
    const Buf *out = &l->out->text;
    bool there = out->size > 0 && out->data[out->size - 1] == last;
    return there && (last == ',' || last == ';' || last == ':') ? last : 0;
}

static void on_open(Lowering *l, const Op *op)
{
    if (l->depth == DEPTH_MOST) {
        l->too_deep++;
        return;
    }
    Opened opened = {.run = NO_RUN, .axis = -1};
    if (op->scope == SCOPE_CITE) {
        l->from = l->out->text.size;
    } else if (op->scope == SCOPE_AFFIX) {
        l->users = true;
    } else if (op->scope == SCOPE_QUOTE) {
        opened.inner = l->inner;
        open_quote(l, op);
        opened.start = l->out->text.size;
        opened.marks = op->number;
    } else if (op->scope == SCOPE_FORMAT || op->scope == SCOPE_MARKUP ||
               op->scope == SCOPE_LINK || op->scope == SCOPE_NODECOR)
        opened = open_mark(l, op);
    l->open[l->depth++] = opened;
}

/* Nothing but spaces stands before that place. */
static bool is_blank(const Buf *text, size_t to)
{
    for (size_t i = 0; i < to; i++) {
        if (text->data[i] != ' ')
            return false;
    }
    return true;
}

/* Spaces at the outer edges of an entry belong to no block. */
static void close_run(Lowering *l, StyleRun *run)
{
    const Buf *text = &l->out->text;
    run->end = text->size;
    if (run->mark < STYLE_BLOCK)
        return;
    l->in_block = false;
    while (is_blank(text, run->start) && run->start < run->end &&
           text->data[run->start] == ' ')
        run->start++;
    while (run->mark == STYLE_INLINE && run->end > run->start &&
           text->data[run->end - 1] == ' ')
        run->end--;
}

static void on_close(Lowering *l, const Ops *ops, size_t i)
{
    const Op *op = &ops->items[i];
    if (l->too_deep > 0) {
        l->too_deep--;
        return;
    }
    if (l->depth == 0)
        return;
    Opened opened = l->open[--l->depth];
    if (op->scope == SCOPE_AFFIX)
        l->users = false;
    if (op->scope == SCOPE_QUOTE) {
        char sign = outer_sign(l, ops, i);
        if (sign)
            remove_byte(l, l->out->text.size - 1);
        close_quote(l, opened.inner);
        l->quote_start = opened.start;
        l->quote_marks = opened.marks;
        if (sign)
            buf_add_byte(&l->out->text, sign);
    }
    if (opened.run != NO_RUN)
        close_run(l, &l->out->runs[opened.run]);
    if (opened.axis >= 0)
        l->now[opened.axis] = opened.before;
}

StyleText lower(Lowered *out, const Ops *ops, const Style *style)
{
    Lowering l; /* but for `open`, which is written before it is read */
    memset(&l, 0, offsetof(Lowering, open));
    l.out = out;
    l.locale = &style->locale;
    buf_clear(&out->text);
    out->run_count = 0;
    for (size_t i = 0; i < ops->count; i++) {
        const Op *op = &ops->items[i];
        if (op->kind == OP_TEXT)
            add_text(&l, op);
        else if (op->kind == OP_OPEN)
            on_open(&l, op);
        else
            on_close(&l, ops, i);
    }
    size_t kept = 0;
    for (size_t i = 0; i < out->run_count; i++) {
        if (out->runs[i].end > out->runs[i].start)
            out->runs[kept++] = out->runs[i];
    }
    out->run_count = kept;
    return (StyleText){buf_str(&out->text), out->runs, kept, false};
}

void lower_free(Lowered *out)
{
    buf_free(&out->text);
    free(out->runs);
}
