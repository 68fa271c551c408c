/* SPDX-License-Identifier: MIT
 * Frames and arguments; see latex_machine.h. */
#include "convert/text/latex_machine.h"
#include "convert/base/span.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

/* What keeps a byte from standing for itself. */
enum {
    ALWAYS = 1,
    DOUBLED = 2, /* where two stand together */
    MARKUP = 4   /* that what exports left in a value makes of it */
};
static const unsigned char CLASSES[256] = {
    ['\\'] = ALWAYS,          ['{'] = ALWAYS,   ['}'] = ALWAYS,  ['$'] = ALWAYS,
    ['~'] = ALWAYS,           ['`'] = ALWAYS,   ['\t'] = ALWAYS, ['\n'] = ALWAYS,
    ['\v'] = ALWAYS,          ['\f'] = ALWAYS,  ['\r'] = ALWAYS, [' '] = DOUBLED,
    ['-'] = DOUBLED,          ['\''] = DOUBLED, ['^'] = DOUBLED, [','] = DOUBLED,
    ['<'] = DOUBLED | MARKUP, ['>'] = DOUBLED,  ['&'] = MARKUP};

static bool is_doubled(Str s, size_t i)
{
    return i + 1 < s.size && (s.data[i + 1] == s.data[i] ||
                              (s.data[i] == ' ' && byte_is_space(s.data[i + 1])));
}

/* Those of sixteen bytes that may not stand for themselves; `next` are the bytes behind
 * each.  What matters twice, but for the caret, lacks the bit 0x40 that letters have, and
 * is no digit; a blank matters before all white space. */
static Span may_be_special(Span bytes, Span next)
{
    Span twice = (Span)(bytes == next) & (Span)((bytes & 0x40) == 0) &
                 ~span_between(bytes, '.', ';');
    twice |= span_is(bytes, ' ') & (Span)(next < ' ');
    return (Span)(bytes < ' ') | span_is(bytes, '\\') | span_between(bytes, '{', '~') |
           span_between(bytes, '^', '`') | span_is(bytes, '$') | twice;
}

/* *seen has all classes of these bytes but, of whole spans, MARKUP alone, which may stand
 * a little behind them, too. */
static size_t plain_front(Str s, unsigned char *seen)
{
    size_t i = 0;
    *seen = 0;
    while (i < s.size) {
        size_t plain = SPAN;
        for (; s.size - i > SPAN && plain == SPAN; i += plain) {
            Span bytes = span_at(s.data + i);
            plain = span_first(may_be_special(bytes, span_at(s.data + i + 1)));
            *seen |= span_any(span_is(bytes, '<') | span_is(bytes, '&')) ? MARKUP : 0;
        }
        for (size_t end = s.size - i > SPAN ? i + SPAN : s.size; i < end; i++) {
            unsigned char class = CLASSES[(unsigned char)s.data[i]];
            if (class == 0)
                continue;
            if ((class & ALWAYS) != 0 || ((class & DOUBLED) != 0 && is_doubled(s, i)))
                return i;
            *seen |= class;
        }
    }
    return i;
}

size_t machine_plain_front(Str s)
{
    unsigned char seen;
    if (s.size > 0 && (CLASSES[(unsigned char)s.data[0]] & ALWAYS) != 0)
        return 0; /* one command follows another more often than not */
    return plain_front(s, &seen);
}

bool machine_is_plain(Str s, size_t *plain, bool *markup)
{
    unsigned char seen;
    *plain = plain_front(s, &seen);
    *markup = (seen & MARKUP) != 0;
    return s.size == 0 ||
           (*plain == s.size && s.data[0] != ' ' && s.data[s.size - 1] != ' ');
}

/* Each thing once. */
void machine_tell(Machine *m, LatexTrouble trouble, size_t at, Str what)
{
    if (m->teller == NULL)
        return;
    for (size_t i = 0; i < m->told_count; i++) {
        if (str_equal(m->told[i], what))
            return;
    }
    if (m->told_count == MACHINE_TOLD)
        return;
    m->told[m->told_count++] = what;
    m->teller(m->context, &(LatexTold){.trouble = trouble, .at = at, .what = what});
}

/* Frames. */

bool machine_wants_argument(const Machine *m)
{
    return m->count > 0 && !m->frames[m->count - 1].braced;
}

Frame *machine_push(Machine *m, FrameKind kind, bool braced)
{
    if (m->count == MACHINE_FRAMES)
        return NULL;
    Frame *frame = &m->frames[m->count++];
    *frame = (Frame){.kind = kind,
                     .braced = braced,
                     .recase = m->out.recase,
                     .at = m->at,
                     .start = m->out.text.size,
                     .depth = m->out.depth,
                     .text = STR_EMPTY,
                     .alone = STR_EMPTY};
    return frame;
}

void machine_open_run(Machine *m, Mark mark)
{
    Frame *frame = &m->frames[m->count - 1];
    latex_out_open(&m->out, mark);
    frame->own = m->out.depth - frame->depth;
}

/* Whether protection says anything: not on what has no case, nor on math. */
static bool has_case(Str s)
{
    while (s.size > 0) {
        uint32_t c = utf8_next(&s);
        if (unicode_lower(c) != c || unicode_upper(c) != c)
            return true;
    }
    return false;
}

static void close_nocase(Machine *m, const Frame *frame)
{
    m->protect--;
    if (frame->own == 0)
        return;
    size_t run = m->out.open[frame->depth];
    bool covers = m->out.depth - frame->depth > m->out.waiting;
    size_t start = covers ? m->out.runs[run].start : 0;
    bool only_math = machine_byte(m, frame->at + 1) == '$' && m->math_end == m->at &&
                     m->math_end > frame->at;
    bool open = machine_byte(m, m->at) != '}'; /* the end came first */
    if (covers &&
        (open || only_math || !has_case(str_after(buf_str(&m->out.text), start))))
        latex_out_drop(&m->out, run);
}

void machine_close(Machine *m)
{
    Frame *frame = &m->frames[m->count - 1];
    if (frame->kind == FRAME_NOCASE)
        close_nocase(m, frame);
    if (frame->kind == FRAME_LITERAL) {
        latex_out_add(&m->out, STR("}"));
        m->protect--;
        m->literal_at = m->at + 1;
    }
    latex_out_close(&m->out, frame->depth);
    m->out.recase = frame->recase;
    m->count--;
    if (frame->kind == FRAME_ACCENT) {
        latex_out_accent(&m->out, frame->start, frame->text, frame->alone);
    } else if (frame->kind == FRAME_AFTER) {
        latex_out_add(&m->out, frame->text);
        m->quotes -= m->quotes > 0 && (unsigned char)frame->text.data[0] >= 0x80;
    }
}

/* One thing is done: what waited for no more than that closes. */
void machine_done(Machine *m)
{
    while (machine_wants_argument(m))
        machine_close(m);
}

void machine_skip_blanks(Machine *m)
{
    size_t lines = 0, at = m->at;
    while (byte_is_space(machine_byte(m, at)) && lines < 2)
        lines += machine_byte(m, at++) == '\n';
    if (lines < 2) /* a blank line ends a paragraph */
        m->at = at;
}

void machine_open_brace(Machine *m)
{
    bool literal = m->literal_at == m->at;
    if (machine_wants_argument(m)) {
        m->frames[m->count - 1].braced = true;
        m->at++;
        machine_skip_blanks(m);
        return;
    }
    FrameKind kind = literal ? FRAME_LITERAL : FRAME_GROUP;
    char next = machine_byte(m, m->at + 1);
    if (!literal && m->nocase && m->protect == 0 && m->switched_at != m->at &&
        next != '\\' && next != '}')
        kind = FRAME_NOCASE;
    Frame *frame = machine_push(m, kind, true);
    if (frame == NULL)
        m->too_deep++;
    else
        m->protect += kind != FRAME_GROUP;
    if (frame != NULL && kind == FRAME_NOCASE)
        machine_open_run(m, MARK_NOCASE);
    if (frame != NULL && literal)
        latex_out_add(&m->out, STR("{"));
    m->at++;
}

void machine_close_brace(Machine *m)
{
    machine_done(m); /* "{\'}" */
    if (m->too_deep > 0) {
        m->too_deep--;
        m->at++;
    } else if (m->count == 0) {
        machine_tell(m, LATEX_UNBALANCED, m->at, STR("}"));
        m->at++;
    } else {
        bool first = m->frames[m->count - 1].kind == FRAME_FIRST;
        machine_close(m);
        m->at++;
        if (first && machine_byte(m, m->at) == '{')
            machine_take_argument(m);
        machine_done(m);
    }
}

/* Arguments that are not text. */

/* The argument at hand: what its braces hold, else the next character or command. */
Str machine_take_argument(Machine *m)
{
    machine_skip_blanks(m);
    size_t start = m->at, depth = 0;
    if (machine_byte(m, start) != '{') {
        Str rest = machine_rest(m), one = rest;
        if (rest.size == 0 || rest.data[0] == '}')
            return STR_EMPTY;
        utf8_next(&one);
        size_t end = rest.size - one.size;
        while (rest.data[0] == '\\' && end < rest.size && byte_is_alpha(rest.data[end]))
            end++;
        if (rest.data[0] == '\\' && end == 1 && end < rest.size) {
            utf8_next(&one); /* a sign, of however many bytes */
            end = rest.size - one.size;
        }
        m->at += end;
        return str_slice(rest, 0, end);
    }
    for (size_t i = start; i < m->tex.size && m->budget > 0; i++, m->budget--) {
        char c = m->tex.data[i];
        if (c == '\\')
            i++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0) {
            m->at = i + 1;
            return str_slice(m->tex, start + 1, i);
        }
    }
    return STR_EMPTY; /* never closed: text */
}

/* "[...]" and "*" behind a command. */
void machine_skip_optional(Machine *m)
{
    enum { LONGEST = 256 };
    if (machine_byte(m, m->at) == '*')
        m->at++;
    while (machine_byte(m, m->at) == '[') {
        Str near = str_slice(m->tex, m->at, m->at + LONGEST);
        size_t end = str_find_byte(near, ']');
        if (end == near.size)
            return;
        m->at += end + 1;
    }
}

/* "-.1em plus .2em minus .1em"; its number's sign is given, 0 where it is nought. */
int machine_take_dimension(Machine *m)
{
    int sign = 0;
    for (int part = 0; part < 3; part++) {
        size_t at = m->at;
        bool minus = false;
        machine_skip_blanks(m);
        if (part > 0) {
            Str rest = machine_rest(m);
            if (!str_starts(rest, part == 1 ? STR("plus") : STR("minus"))) {
                m->at = at;
                continue;
            }
            m->at += part == 1 ? 4 : 5;
            machine_skip_blanks(m);
        }
        if (machine_byte(m, m->at) == '=')
            m->at++;
        for (; machine_byte(m, m->at) == '-' || machine_byte(m, m->at) == '+'; m->at++)
            minus = machine_byte(m, m->at) == '-';
        size_t number = m->at;
        bool nought = true;
        for (; byte_is_digit(machine_byte(m, m->at)) || machine_byte(m, m->at) == '.';
             m->at++)
            nought = nought &&
                     (machine_byte(m, m->at) == '0' || machine_byte(m, m->at) == '.');
        if (m->at == number) {
            m->at = at;
            return sign;
        }
        if (part == 0 && !nought)
            sign = minus ? -1 : 1;
        static const char UNITS[] = "em ex pt mu pc cm mm in sp bp dd cc ";
        size_t before_unit = m->at;
        machine_skip_blanks(m);
        char unit[4] = {machine_byte(m, m->at), machine_byte(m, m->at + 1), ' ', '\0'};
        if (byte_is_lower(unit[0]) && strstr(UNITS, unit) != NULL)
            m->at += 2;
        else
            m->at = before_unit;
    }
    if (byte_is_space(machine_byte(m, m->at)))
        machine_skip_blanks(m);
    return sign;
}
