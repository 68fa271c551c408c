/* SPDX-License-Identifier: MIT
 * Writing JSON; see emit.h. */
#include "formats/csljson/emit.h"
#include "convert/base/span.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"

#include <string.h>

static void line(Emit *e)
{
    if (!e->lines)
        return;
    size_t size = 1 + 2 * e->depth;
    char *to = buf_reserve(&e->out, size);
    memset(to, ' ', size);
    to[0] = '\n';
    e->out.size += size;
}

void emit_open(Emit *e, char bracket)
{
    buf_add_byte(&e->out, bracket);
    e->depth++;
    e->comma = false;
}

void emit_close(Emit *e, char bracket)
{
    e->depth--;
    if (e->comma)
        line(e);
    buf_add_byte(&e->out, bracket);
    e->comma = true;
}

void emit_next(Emit *e)
{
    if (e->comma)
        buf_add_byte(&e->out, ',');
    line(e);
    e->comma = true;
}

void emit_key(Emit *e, Str key)
{
    emit_next(e);
    emit_string(e, key);
    buf_add(&e->out, e->lines ? STR(": ") : STR(":"));
}

/* Strings. */

static Span is_escaped(Span bytes)
{
    return (Span)(bytes < ' ') | span_is(bytes, '"') | span_is(bytes, '\\');
}

static Span is_escaped_in_ascii(Span bytes)
{
    return is_escaped(bytes) | (Span)(bytes >= 0x80);
}

size_t emit_plain_end(Str s, size_t at, bool ascii)
{
    return ascii ? span_find(s, at, is_escaped_in_ascii) : span_find(s, at, is_escaped);
}

static void unit(Emit *e, unsigned code)
{
    static const char HEX[] = "0123456789ABCDEF";
    char out[6] = {'\\',
                   'u',
                   HEX[code >> 12 & 15],
                   HEX[code >> 8 & 15],
                   HEX[code >> 4 & 15],
                   HEX[code & 15]};
    buf_add(&e->out, (Str){out, sizeof out});
}

static void escape(Emit *e, uint32_t c)
{
    static const char SHORT[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (size_t i = 0; c < 0x80 && i < sizeof SHORT - 1; i += 2) {
        if ((unsigned char)SHORT[i] == c) {
            buf_add_byte(&e->out, '\\');
            buf_add_byte(&e->out, SHORT[i + 1]);
            return;
        }
    }
    if (c > 0xffff) {
        c -= 0x10000;
        unit(e, 0xd800 | (unsigned)(c >> 10));
        c = 0xdc00 | (c & 0x3ff);
    }
    unit(e, (unsigned)c);
}

void emit_quote(Emit *e)
{
    buf_add_byte(&e->out, '"');
}

void emit_piece(Emit *e, Str s)
{
    for (;;) {
        size_t end = emit_plain_end(s, 0, e->ascii);
        buf_add(&e->out, str_slice(s, 0, end));
        if (end == s.size)
            return;
        s = str_after(s, end);
        escape(e, utf8_next(&s));
    }
}

void emit_string(Emit *e, Str s)
{
    emit_quote(e);
    emit_piece(e, s);
    emit_quote(e);
}

void emit_text(Emit *e, const Text *text)
{
    TextWalk walk = {.text = text};
    TextStep step;
    if (text->run_count == 0) {
        emit_string(e, text->text);
        return;
    }
    emit_quote(e);
    while ((step = text_step(&walk)).kind != TEXT_END) {
        if (step.kind == TEXT_PIECE)
            emit_piece(e, step.piece);
        else
            emit_piece(e, step.kind == TEXT_OPEN ? markup_open(step.mark)
                                                 : markup_close(step.mark));
    }
    emit_quote(e);
}

void emit_integer(Emit *e, long long number)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long long rest =
        number < 0 ? 0ull - (unsigned long long)number : (unsigned long long)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    buf_add(&e->out, (Str){digits + at, sizeof digits - at});
}

void emit_true(Emit *e)
{
    buf_add(&e->out, STR("true"));
}

/* What is JSON already. */

static size_t string_end(Str s, size_t at)
{
    for (at++; at < s.size && s.data[at] != '"'; at++)
        at += s.data[at] == '\\' ? 1 : 0;
    return at < s.size ? at + 1 : s.size;
}

/* A string with its quotes and escapes. */
static void add_spelled(Emit *e, Str s)
{
    while (e->ascii && s.size > 0) {
        size_t front = utf8_ascii_front(s);
        buf_add(&e->out, str_slice(s, 0, front));
        s = str_after(s, front);
        if (s.size > 0)
            escape(e, utf8_next(&s));
    }
    buf_add(&e->out, s);
}

/* Tokens one after the other; values of an array or object that is open where `comma`
 * is wanted. */
static void tokens(Emit *e, Str s)
{
    for (size_t at = 0; at < s.size;) {
        char c = s.data[at];
        size_t end = at + 1;
        if (c == '{' || c == '[') {
            bool empty = end < s.size && (s.data[end] == '}' || s.data[end] == ']');
            emit_open(e, c);
            if (!empty)
                emit_next(e);
        } else if (c == '}' || c == ']') {
            emit_close(e, c);
        } else if (c == ',') {
            emit_next(e);
        } else if (c == ':') {
            buf_add(&e->out, e->lines ? STR(": ") : STR(":"));
        } else {
            end = c == '"' ? string_end(s, at) : end;
            add_spelled(e, str_slice(s, at, end));
        }
        at = end;
    }
}

void emit_value(Emit *e, Str value)
{
    tokens(e, value);
    e->comma = true;
}

void emit_members(Emit *e, Str object)
{
    if (object.size <= 2)
        return;
    emit_next(e);
    emit_value(e, str_slice(object, 1, object.size - 1));
}
