/* SPDX-License-Identifier: MIT
 * Reads LaTeX as people write it in bibliographies; see latex.h. */
#include "convert/text/latex.h"
#include "convert/base/span.h"
#include "convert/text/latex_command.h"
#include "convert/text/latex_machine.h"
#include "convert/text/latex_math.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"

#include <string.h>

/* What exporters leave in LaTeX: "{\textless}i{\textgreater}", "\&amp;". */
enum { EXPORTED = MARKUP_HTML | MARKUP_ESCAPED | MARKUP_REFERENCES };

static void add(Machine *m, Str s)
{
    latex_out_add(&m->out, s);
    machine_done(m);
}

/* Goes past `size` bytes of the source, which are `s`. */
static void replace(Machine *m, size_t size, Str s)
{
    m->at += size;
    add(m, s);
}

/* A command nobody knows, and that what follows in braces is its own. */
static void add_unknown(Machine *m, size_t start, Str name)
{
    Str whole = {name.data - 1, name.size + 1};
    machine_tell(m, LATEX_UNKNOWN, start, whole);
    add(m, whole);
    if (machine_byte(m, m->at) == '[') {
        Str near = str_slice(m->tex, m->at, m->at + 256);
        size_t end = str_find_byte(near, ']');
        if (end < near.size && str_find_byte(near, '{') > end)
            replace(m, end + 1, str_slice(near, 0, end + 1));
    }
    m->literal_at = m->at;
}

/* What is one sign behind a backslash, and no accent. */
static bool add_sign(Machine *m, char sign)
{
    static const struct {
        char sign;
        const char *text;
    } SIGNS[] = {{'&', "&"},
                 {'%', "%"},
                 {'$', "$"},
                 {'#', "#"},
                 {'_', "_"},
                 {'{', "{"},
                 {'}', "}"},
                 {'-', "\xc2\xad"},
                 {',', "\xe2\x80\xaf"},
                 {':', "\xe2\x81\x9f"},
                 {'>', "\xe2\x81\x9f"},
                 {';', "\xe2\x80\x85"}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
        if (SIGNS[i].sign == sign) {
            replace(m, 2, str_from(SIGNS[i].text));
            return true;
        }
    }
    return false;
}

/* \(...\) and \[...\] */
static void add_math_command(Machine *m, char sign)
{
    Str rest = str_after(m->tex, m->at + 2);
    size_t window = rest.size < m->budget ? rest.size : m->budget;
    Str near = str_slice(rest, 0, window);
    size_t end = str_find(near, sign == '(' ? STR("\\)") : STR("\\]"));
    m->budget -= end;
    if (end == near.size) {
        m->at += 2;
        add_unknown(m, m->at - 2, str_slice(m->tex, m->at - 1, m->at));
        return;
    }
    latex_math_add(&m->out, str_slice(rest, 0, end));
    m->at += end + 4;
    m->math_end = m->at;
    machine_done(m);
}

/* The names of accents: \a' is \' where that is a tab (ltnews), and \accent127 is the
 * one that stands there in the font, T1 or OT1 (encguide, sections 3.1 and 3.3).  *end
 * moves behind what says which. */
static const LatexCommand *other_accent(const Machine *m, Str name, size_t *end)
{
    static const char LOW[] = "`'^~\"Hrvu=.ck"; /* from 0, and from 18 and 94 */
    static const char MIDDLE[] = "`'vu=rc", HIGH[] = "^.";
    Str rest = str_after(m->tex, *end), sign = str_slice(rest, 0, 1);
    if (str_equal(name, STR("a"))) {
        bool is_accent = sign.size > 0 && strchr("'`=", sign.data[0]) != NULL;
        *end += is_accent;
        return is_accent ? latex_deed(sign) : NULL;
    }
    if (!str_equal(name, STR("accent")))
        return NULL;
    rest = str_after(rest, str_equal(sign, STR(" ")));
    Str behind = rest;
    uint32_t number = latex_number(&behind);
    char c = number < sizeof LOW - 1                           ? LOW[number]
             : number >= 18 && number < 18 + sizeof MIDDLE - 1 ? MIDDLE[number - 18]
             : number >= 94 && number < 94 + sizeof HIGH - 1   ? HIGH[number - 94]
             : number == 125                                   ? 'H'
             : number == 126                                   ? '~'
             : number == 127                                   ? '"'
                                                               : '\0';
    if (behind.size == rest.size || c == '\0')
        return NULL;
    *end = (size_t)(behind.data - m->tex.data);
    return latex_deed((Str){&c, 1});
}

static void read_command(Machine *m)
{
    size_t start = m->at, end = start + 1;
    Str characters;
    while (byte_is_alpha(machine_byte(m, end)))
        end++;
    if (end == m->tex.size && end == start + 1) {
        replace(m, 1, STR("\\"));
        return;
    }
    bool word = end > start + 1;
    if (!word) {
        char sign = m->tex.data[start + 1];
        if (byte_is_space(sign)) {
            m->at += 2;
            latex_out_blank(&m->out);
            machine_done(m);
            return;
        }
        if (sign == '(' || sign == '[') {
            add_math_command(m, sign);
            return;
        }
        if (add_sign(m, sign))
            return;
        Str rest = str_after(m->tex, start + 1), after = rest;
        utf8_next(&after);
        end = start + 1 + rest.size - after.size;
    }
    Str name = str_slice(m->tex, start + 1, end);
    const LatexCommand *command = latex_deed(name);
    m->at = end;
    if (command != NULL) {
        if (word && command->deed != LATEX_VERB)
            machine_skip_blanks(m);
        machine_do(m, command, name);
    } else if (latex_symbol(name, &characters)) {
        machine_skip_blanks(m);
        add(m, characters);
    } else if ((command = other_accent(m, name, &end)) != NULL) {
        m->at = end;
        machine_skip_blanks(m);
        machine_do(m, command, name);
    } else {
        add_unknown(m, start, name);
    }
}

/* Ligatures. */

static void read_hyphens(Machine *m, Str rest)
{
    if (str_starts(rest, STR("---")))
        replace(m, 3, STR("—"));
    else
        replace(m, 2, STR("–"));
}

static void read_backquote(Machine *m, Str rest)
{
    Buf *text = &m->out.text;
    char before = m->at > 0 ? m->tex.data[m->at - 1] : '\0';
    bool command = m->at > 1 && m->tex.data[m->at - 2] == '\\'; /* "\!", a space */
    bool turned = !command && !str_starts(rest, STR("``")) &&
                  (before == '?' || before == '!') && !m->out.blank && text->size > 0 &&
                  text->data[text->size - 1] == before;
    if (turned) {
        text->size--;
        replace(m, 1, before == '?' ? STR("¿") : STR("¡"));
    } else if (str_starts(rest, STR("``"))) {
        replace(m, 2, STR("“"));
    } else {
        m->single = true;
        replace(m, 1, STR("‘"));
    }
}

/* What two angle brackets are in T1, where they are a pair around words. */
static void read_angles(Machine *m, Str rest)
{
    bool opens = rest.data[0] == '<';
    char before = m->at > 0 ? m->tex.data[m->at - 1] : ' ';
    char after = rest.size > 2 ? rest.data[2] : ' ';
    if (m->last_closing == m->tex.size) {
        const char *last = NULL;
        for (size_t i = m->tex.size - 1; i > 0 && last == NULL; i--) {
            if (m->tex.data[i] == '>' && m->tex.data[i - 1] == '>')
                last = m->tex.data + i - 1;
        }
        m->last_closing = last == NULL ? 0 : (size_t)(last - m->tex.data);
    }
    bool begins =
        byte_is_space(before) || before == '(' || before == '{' || before == '~';
    bool pair = opens ? begins && after != '<' && !byte_is_space(after) &&
                            m->last_closing > m->at + 2
                      : m->guillemets > 0 && !byte_is_space(before);
    if (!pair) {
        replace(m, 2, str_slice(rest, 0, 2));
        return;
    }
    m->guillemets += opens ? 1 : (size_t)-1;
    replace(m, 2, opens ? STR("«") : STR("»"));
}

/* ^^e9 and ^^^^00e9 */
static void read_carets(Machine *m, Str rest)
{
    size_t carets = str_starts(rest, STR("^^^^")) ? 4 : 2, i = carets;
    uint32_t number = 0;
    for (; i < 2 * carets && i < rest.size; i++) {
        char c = rest.data[i];
        if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f'))
            break;
        number = number * 16 + (uint32_t)(byte_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    if (i < 2 * carets || number < ' ' || (number >= 0xd800 && number < 0xe000)) {
        replace(m, carets, str_slice(rest, 0, carets));
        return;
    }
    m->at += i;
    latex_out_character(&m->out, number);
    machine_done(m);
}

static void read_dollar(Machine *m)
{
    Str content;
    size_t end = latex_math_end(m->tex, m->at, &content, &m->budget);
    if (end == 0) {
        replace(m, 1, STR("$"));
        return;
    }
    latex_math_add(&m->out, content);
    m->at = m->math_end = end;
    machine_done(m);
}

static Span is_no_blank(Span bytes)
{
    return ~(span_is(bytes, ' ') | span_between(bytes, '\t', '\r'));
}

static void read_blanks(Machine *m)
{
    size_t lines = 0, end = span_find(m->tex, m->at, is_no_blank);
    for (; m->at < end && lines < 2; m->at++)
        lines += m->tex.data[m->at] == '\n';
    m->at = end;
    if (lines > 1)
        latex_out_paragraph(&m->out);
    else if (!machine_wants_argument(m))
        latex_out_blank(&m->out);
}

/* An apostrophe, or the end of a quotation. */
static void read_quote(Machine *m, Str rest)
{
    char before = m->at > 0 ? m->tex.data[m->at - 1] : ' ';
    bool inside = byte_is_alpha(before) && rest.size > 1 && byte_is_alpha(rest.data[1]);
    if (str_starts(rest, STR("''"))) {
        replace(m, 2, STR("”"));
    } else if (inside) {
        replace(m, 1, STR("'"));
    } else {
        m->single = false;
        replace(m, 1, STR("’"));
    }
}

static void read_special(Machine *m, Str rest)
{
    char c = rest.data[0];
    if (byte_is_space(c))
        read_blanks(m);
    else if (c == '\\')
        read_command(m);
    else if (c == '{')
        machine_open_brace(m);
    else if (c == '}')
        machine_close_brace(m);
    else if (c == '$')
        read_dollar(m);
    else if (c == '~')
        replace(m, 1, STR("\xc2\xa0"));
    else if (c == '-')
        read_hyphens(m, rest);
    else if (c == '`')
        read_backquote(m, rest);
    else if (c == '\'')
        read_quote(m, rest);
    else if (c == '^')
        read_carets(m, rest);
    else if (c == ',')
        replace(m, 2,
                rest.size > 2 && !byte_is_space(rest.data[2]) ? STR("„") : STR(",,"));
    else
        read_angles(m, rest);
}

/* Text that stands for itself, up to a quotation's end where one is open. */
static void read_plain(Machine *m, Str rest, size_t plain)
{
    if (m->single)
        plain = str_find_byte(str_slice(rest, 0, plain), '\'');
    if (plain == 0) {
        read_quote(m, rest);
        return;
    }
    if (rest.data[0] == ' ') {
        read_blanks(m);
        return;
    }
    if (machine_wants_argument(m)) {
        Str one = rest;
        utf8_next(&one);
        plain = rest.size - one.size;
    }
    /* A blank at the end may be collapsed yet. */
    bool blank = rest.data[plain - 1] == ' ';
    latex_out_add(&m->out, str_slice(rest, 0, plain - blank));
    m->at += plain;
    machine_done(m);
    if (blank)
        latex_out_blank(&m->out);
}

/* `plain` bytes at the front stand for themselves. */
static void read_all(Machine *m, size_t plain)
{
    for (; m->at < m->tex.size; plain = machine_plain_front(machine_rest(m))) {
        Str rest = machine_rest(m);
        if (plain == 0)
            read_special(m, rest);
        else
            read_plain(m, rest, plain);
    }
    while (m->count > 0) {
        const Frame *frame = &m->frames[m->count - 1];
        if (frame->braced)
            machine_tell(m, LATEX_UNBALANCED, frame->at, STR("{"));
        machine_close(m);
    }
}

bool latex_is_plain(Str tex)
{
    size_t plain;
    bool markup;
    return machine_is_plain(tex, &plain, &markup) && !markup;
}

Text latex_text(Arena *arena, Str tex, LatexBraces braces, LatexTeller *teller,
                void *context)
{
    size_t plain;
    bool markup;
    if (machine_is_plain(tex, &plain, &markup))
        return markup ? markup_read(arena, text_plain(tex), EXPORTED) : text_plain(tex);
    Machine m;
    m.out = (LatexOut){.arena = arena};
    m.tex = tex;
    m.at = m.protect = m.quotes = m.guillemets = m.too_deep = m.count = m.told_count = 0;
    m.math_end = 0;
    m.last_closing = tex.size;
    m.literal_at = m.switched_at = SIZE_MAX;
    m.budget = 4096 + 4 * tex.size;
    m.nocase = braces == LATEX_NOCASE;
    m.lines = braces == LATEX_LINES;
    m.single = false;
    m.teller = teller;
    m.context = context;
    buf_reserve(&m.out.text, tex.size + tex.size / 8);
    read_all(&m, plain);
    return markup_read(arena, latex_out_text(&m.out), EXPORTED);
}
