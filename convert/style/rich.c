/* SPDX-License-Identifier: MIT
 * A field's text as steps: its marks, its quotation marks and apostrophes.
 *
 * Straight and curly signs that pair up become quotations, whose signs the locale and the
 * depth choose later; signs that do not are apostrophes or stay. */
#include "convert/style/ops.h"

#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

enum { OPEN_MOST = 32 };

typedef struct Pending {
    size_t op;
    uint32_t sign; /* 0: a mark */
} Pending;

typedef struct Rich {
    Ops *ops;
    unsigned flags;
    bool any; /* something was added: what follows is glued */
    uint32_t before;
    uint32_t outer; /* the straight sign that opened the first quotation */
    size_t quotes;  /* open ones */
    Pending open[OPEN_MOST];
    size_t depth;
} Rich;

static void put(Rich *r, Str text)
{
    ops_text(r->ops, text, r->flags | (r->any ? OP_GLUED : 0u));
    r->any |= text.size > 0;
}

static Str literal(uint32_t sign)
{
    switch (sign) {
    case '\'':
    case 0x2019:
        return STR("’");
    case 0x2018:
        return STR("‘");
    case 0x201c:
        return STR("“");
    case 0x201d:
        return STR("”");
    default:
        return STR("\"");
    }
}

/* A quotation that nothing closed: its sign is text. */
static void give_up(Rich *r, const Pending *pending)
{
    if (pending->sign == 0)
        return;
    r->quotes--;
    Op *op = &r->ops->items[pending->op];
    *op = (Op){.kind = OP_TEXT,
               .flags = (unsigned char)(r->flags | (pending->op ? OP_GLUED : 0u)),
               .text = literal(pending->sign)};
    r->ops->texts++;
}

static bool pairs(uint32_t open, uint32_t close)
{
    switch (close) {
    case '"':
        return open == '"';
    case 0x201d:
        return open == 0x201c;
    case '\'':
        return open == '\'';
    case 0x2019:
        return open == 0x2018;
    default:
        return false;
    }
}

/* Closes the quotation that `sign` ends; false where none is open inside the mark. */
static bool close_quote(Rich *r, uint32_t sign)
{
    size_t at = r->depth;
    while (at > 0 && r->open[at - 1].sign != 0 && !pairs(r->open[at - 1].sign, sign))
        at--;
    if (at == 0 || r->open[at - 1].sign == 0)
        return false;
    for (size_t i = at; i < r->depth; i++)
        give_up(r, &r->open[i]);
    r->depth = at - 1;
    r->quotes--;
    ops_close(r->ops, SCOPE_QUOTE, 0);
    return true;
}

static bool open_quote(Rich *r, uint32_t sign)
{
    if (r->depth >= OPEN_MOST - TEXT_DEPTH)
        return false;
    r->open[r->depth++] = (Pending){r->ops->count, sign};
    ops_open(r->ops, SCOPE_QUOTE, 0);
    bool straight = sign == '\'' || sign == '"';
    if (straight && r->outer == 0)
        r->outer = sign;
    /* In "a" 'b' the second sign is that of inner quotations, as is the writer's habit.
     */
    bool inner = straight && r->quotes == 0 && sign != r->outer;
    r->ops->items[r->ops->count - 1].text = inner      ? STR("'")
                                            : straight ? STR("\"")
                                                       : literal(sign);
    r->quotes++;
    return true;
}

static bool is_word(uint32_t c)
{
    return unicode_is_letter(c) || unicode_is_digit(c);
}

static void sign(Rich *r, uint32_t c, uint32_t after)
{
    bool after_word = is_word(r->before);
    bool can_close = r->before != 0 && !unicode_is_space(r->before) && !is_word(after);
    bool can_open = !after_word && after != 0 && !unicode_is_space(after);
    bool curly_open = c == 0x201c || c == 0x2018;
    bool curly_close = c == 0x201d || c == 0x2019;
    if (!curly_open && can_close && close_quote(r, c))
        return;
    if (c == '"' && !can_open && close_quote(r, c))
        return;
    if (!curly_close && can_open && open_quote(r, c))
        return;
    put(r, literal(c));
}

static uint32_t next_of(const TextWalk *walk, Str rest)
{
    Str after = rest.size ? rest : str_after(walk->text->text, walk->at);
    return after.size ? utf8_next(&after) : 0;
}

static void piece(Rich *r, const TextWalk *walk, Str s)
{
    size_t from = 0;
    Str rest = s;
    while (rest.size > 0) {
        size_t at = s.size - rest.size;
        unsigned char byte = (unsigned char)rest.data[0];
        if (byte < 0x80 && byte != '"' && byte != '\'') {
            r->before = byte;
            rest = str_after(rest, 1);
            continue;
        }
        uint32_t c = utf8_next(&rest);
        if (c == '"' || c == '\'' ||
            (c >= 0x2018 && c <= 0x201d && c != 0x201a && c != 0x201b)) {
            put(r, str_slice(s, from, at));
            sign(r, c, next_of(walk, rest));
            from = s.size - rest.size;
        }
        r->before = c;
    }
    put(r, str_after(s, from));
}

static unsigned mark_of(Mark mark)
{
    static const unsigned MARKS[MARK_COUNT] = {[MARK_ITALIC] = STYLE_ITALIC,
                                               [MARK_BOLD] = STYLE_BOLD,
                                               [MARK_SUP] = STYLE_SUP,
                                               [MARK_SUB] = STYLE_SUB,
                                               [MARK_SMALL_CAPS] = STYLE_SMALL_CAPS,
                                               [MARK_MATH] = STYLE_MATH};
    return MARKS[mark];
}

/* What nodecor opens: one taking back after the other, and no text case within. */
static const struct {
    OpScope scope;
    unsigned mark;
} NODECOR[] = {{SCOPE_NOCASE, 0},
               {SCOPE_NODECOR, STYLE_NORMAL_STYLE},
               {SCOPE_NODECOR, STYLE_NORMAL_VARIANT},
               {SCOPE_NODECOR, STYLE_NORMAL_WEIGHT},
               {SCOPE_NODECOR, STYLE_NO_DECORATION}};
enum { NODECOR_COUNT = sizeof NODECOR / sizeof *NODECOR };

static void emit_open(Ops *ops, Mark mark)
{
    if (mark == MARK_NOCASE)
        ops_open(ops, SCOPE_NOCASE, 0);
    else if (mark != MARK_NODECOR)
        ops_open(ops, SCOPE_MARKUP, mark_of(mark));
    for (int i = 0; mark == MARK_NODECOR && i < NODECOR_COUNT; i++)
        ops_open(ops, NODECOR[i].scope, NODECOR[i].mark);
}

static void emit_close(Ops *ops, Mark mark)
{
    if (mark == MARK_NOCASE)
        ops_close(ops, SCOPE_NOCASE, 0);
    else if (mark != MARK_NODECOR)
        ops_close(ops, SCOPE_MARKUP, mark_of(mark));
    for (int i = NODECOR_COUNT; mark == MARK_NODECOR && i-- > 0;)
        ops_close(ops, NODECOR[i].scope, NODECOR[i].mark);
}

static void mark_open(Rich *r, const TextStep *step, TextWalk *walk)
{
    if (step->mark == MARK_MATH) {
        ops_open(r->ops, SCOPE_MARKUP, STYLE_MATH);
        ops_text(r->ops, step->piece, r->flags | OP_FIXED | (r->any ? OP_GLUED : 0u));
        ops_close(r->ops, SCOPE_MARKUP, STYLE_MATH);
        r->any = true;
        text_skip(walk);
        return;
    }
    if (r->depth < OPEN_MOST)
        r->open[r->depth++] = (Pending){r->ops->count, 0};
    emit_open(r->ops, step->mark);
}

static void mark_close(Rich *r, Mark mark)
{
    while (r->depth > 0 && r->open[r->depth - 1].sign != 0)
        give_up(r, &r->open[--r->depth]);
    if (r->depth > 0)
        r->depth--;
    emit_close(r->ops, mark);
}

static bool is_plain(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        if (c == '"' || c == '\'' || c == '\xe2')
            return false;
    }
    return true;
}

void rich_emit(Ops *ops, Text text, unsigned flags)
{
    if (ops->full)
        return;
    if (text.run_count == 0 && is_plain(text.text)) {
        ops_text(ops, text.text, flags);
        return;
    }
    Rich r = {.ops = ops, .flags = flags};
    TextWalk walk = {.text = &text};
    for (TextStep step = text_step(&walk); step.kind != TEXT_END;
         step = text_step(&walk)) {
        switch (step.kind) {
        case TEXT_PIECE:
            piece(&r, &walk, step.piece);
            break;
        case TEXT_OPEN:
            mark_open(&r, &step, &walk);
            break;
        case TEXT_CLOSE:
            mark_close(&r, step.mark);
            break;
        case TEXT_END:
            break;
        }
    }
    while (r.depth > 0)
        give_up(&r, &r.open[--r.depth]);
}
