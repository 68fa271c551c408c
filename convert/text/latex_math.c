/* SPDX-License-Identifier: MIT
 * Math to characters and runs; see latex_math.h.
 *
 * Exact are numbers, signs, Greek and other upright letters, raised and lowered ones.  A
 * Latin letter is a variable: italics would be a look, "$N$" is what was meant. */
#include "convert/text/latex_math.h"
#include "convert/text/latex_command.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

/* "$34m and $20" is money: a blank or a digit after what would be its end, and neither
 * commands nor scripts within. */
static bool is_money(Str content, char after)
{
    Str trimmed = str_trim(content);
    bool letters = trimmed.size == content.size || trimmed.size == 1, word = false;
    bool blank = str_find_byte(content, ' ') < content.size, some = false;
    for (size_t i = 0; i < content.size; i++) {
        char c = content.data[i];
        if (c == '^' || c == '_')
            return false;
        if (c == '\\' && i + 1 < content.size && byte_is_alpha(content.data[i + 1]))
            return false;
        bool alpha = byte_is_alpha(c);
        some = some || alpha || byte_is_digit(c);
        letters = letters && (alpha || byte_is_space(c));
        word = word || (alpha && i > 0 && byte_is_alpha(content.data[i - 1]));
    }
    if (letters && trimmed.size > 0 && str_find_byte(trimmed, ' ') == trimmed.size)
        return false;
    if (byte_is_digit(content.data[0]) && blank && word)
        return true; /* "US$34 to US$ 40" */
    bool sides =
        byte_is_space(content.data[0]) || byte_is_space(content.data[content.size - 1]);
    return sides || (byte_is_digit(after) && some);
}

size_t latex_math_end(Str tex, size_t start, Str *content, size_t *budget)
{
    size_t depth = 0, i = start + 1;
    bool display = i < tex.size && tex.data[i] == '$';
    if (display)
        i++;
    for (size_t first = i; i<tex.size && * budget> 0; i++, (*budget)--) {
        char c = tex.data[i];
        if (c == '\\') {
            i++;
        } else if (c == '{') {
            depth++;
        } else if (c == '}') {
            if (depth-- == 0)
                return 0;
        } else if (c == '$' && depth == 0) {
            *content = str_slice(tex, first, i);
            char after = i + 1 < tex.size ? tex.data[i + 1] : '\0';
            if (display)
                return content->size > 0 && after == '$' ? i + 2 : 0;
            return content->size == 0 || is_money(*content, after) ? 0 : i + 1;
        }
    }
    return 0;
}

enum { GROUPS_MOST = 8, NAME_MOST = 23 };

typedef struct MathGroup {
    size_t depth; /* of the runs around it */
    size_t start; /* in the text */
    const char *accent;
    bool braced, upright, script;
} MathGroup;

typedef struct Math {
    LatexOut *out;
    Str tex;
    size_t at, first; /* of `tex`; of the text */
    MathGroup groups[GROUPS_MOST];
    size_t count;
    bool blank;    /* in `tex`, before what comes */
    Str space;     /* the same, but asked for: "5\,\mathrm{GeV}" */
    bool operator; /* came last */
    bool negated;  /* by \not */
    bool bare;     /* nothing but one script */
} Math;

static bool is_upright(const Math *m)
{
    for (size_t i = 0; i < m->count; i++) {
        if (m->groups[i].upright)
            return true;
    }
    return false;
}

static bool push(Math *m, const MathGroup *group)
{
    if (m->count == GROUPS_MOST)
        return false;
    m->groups[m->count] = *group;
    m->groups[m->count].depth = m->out->depth;
    m->groups[m->count++].start = m->out->text.size;
    return true;
}

static void pop(Math *m)
{
    const MathGroup *group = &m->groups[--m->count];
    latex_out_close(m->out, group->depth);
    if (group->accent != NULL)
        latex_out_accent(m->out, group->start, str_from(group->accent), STR_EMPTY);
}

/* One thing is done: arguments without braces end with it. */
static void done(Math *m)
{
    while (m->count > 0 && !m->groups[m->count - 1].braced)
        pop(m);
    m->blank = false;
}

static bool is_operator(uint32_t c)
{
    return c == '=' || c == ',' || c == ';' || c == '<' || c == '>' || c == '+' ||
           c == 0xb1 || c == 0xd7 || c == 0xf7 || (c >= 0x2190 && c <= 0x21ff) ||
           (c >= 0x2212 && c <= 0x2213) || (c >= 0x2223 && c <= 0x22ff && c != 0x2225) ||
           (c >= 0x27f0 && c <= 0x27ff) || (c >= 0x2a00 && c <= 0x2aff);
}

/* TeX spaces operators itself; between a number and its unit it does not. */
static void add_space(Math *m)
{
    LatexOut *out = m->out;
    bool empty = out->text.size == 0 || byte_is_space(out->text.data[out->text.size - 1]);
    Str space = m->space;
    m->space = STR_EMPTY;
    if (space.size > 0 && !m->operator&& !empty)
        latex_out_add(out, space);
}

static void add(Math *m, Str s)
{
    LatexOut *out = m->out;
    Str rest = s;
    uint32_t c = s.size > 0 ? utf8_next(&rest) : 0;
    bool binary = is_operator(c) && rest.size == 0;
    bool asked = m->space.size > 0;
    if (asked && binary)
        m->space = STR_EMPTY;
    m->blank = (m->blank && !asked) || (asked && (binary || m->operator));
    add_space(m);
    /* TeX spaces math itself; blanks are kept where they say the same. */
    if (m->blank && out->text.size > m->first &&
        ((binary && c != ',' && c != ';') || m->operator|| is_upright(m)))
        latex_out_blank(out);
    size_t start = out->text.size + out->blank;
    latex_out_add(out, s);
    if (m->negated && s.size > 0)
        latex_out_accent(out, start, STR("\xcc\xb8"), STR_EMPTY);
    m->negated = false;
    m->operator= binary && start> m->first;
    done(m);
}

/* The argument's brace, or else the next thing is the argument. */
static bool take_argument(Math *m, MathGroup group)
{
    while (m->at < m->tex.size && byte_is_space(m->tex.data[m->at]))
        m->at++;
    if (m->at == m->tex.size)
        return false;
    group.braced = m->tex.data[m->at] == '{';
    m->at += group.braced;
    add_space(m);
    m->blank = false;
    return push(m, &group);
}

/* "5$^{th}$", "NO$_x$": letters raised or lowered and nothing else are no variables. */
static bool is_bare(Str tex)
{
    Str inner = str_after(str_trim(tex), 1);
    if (inner.size > 1 && inner.data[0] == '{' && inner.data[inner.size - 1] == '}')
        inner = str_slice(inner, 1, inner.size - 1);
    for (size_t i = 0; i < inner.size; i++) {
        if (!byte_is_alpha(inner.data[i]))
            return false;
    }
    return inner.size > 0;
}

static bool add_script(Math *m, Mark mark)
{
    static const Str DEGREES[] = {{"\\circ", 5}, {"{\\circ}", 7}, {"\\degree", 7}};
    static const Str PRIMES[] = {{"\\prime", 6}, {"{\\prime}", 8}};
    Str rest = str_after(m->tex, m->at);
    for (size_t i = 0; mark == MARK_SUP && i < 3; i++) {
        if (str_starts(rest, DEGREES[i])) {
            m->at += DEGREES[i].size;
            add(m, STR("°"));
            return true;
        }
    }
    for (size_t i = 0; mark == MARK_SUP && i < 2; i++) {
        if (str_starts(rest, PRIMES[i])) {
            m->at += PRIMES[i].size;
            add(m, STR("′"));
            return true;
        }
    }
    for (size_t i = 0; i < m->count; i++) {
        if (m->groups[i].script)
            return false;
    }
    MathGroup group = {.script = true, .upright = m->bare};
    if (!take_argument(m, group))
        return false;
    latex_out_open(m->out, mark);
    return true;
}

static const char *const WORDS[] = {
    "Pr",  "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth",
    "csc", "deg",    "det",    "dim",    "exp", "gcd", "hom",  "inf", "ker",
    "lg",  "lim",    "liminf", "limsup", "ln",  "log", "max",  "min", "mod",
    "sec", "sin",    "sinh",   "sup",    "tan", "tanh"};
static const char *const UPRIGHT[] = {"hbox", "mathrm",       "mathup",
                                      "mbox", "operatorname", "textrm",
                                      "text", "textup",       "textnormal"};
static const char *const IGNORED[] = {
    "Big",   "Bigl",         "Bigr",      "big",    "bigl",
    "bigr",  "displaystyle", "left",      "limits", "nolimits",
    "right", "scriptstyle",  "textstyle", "!",      "/"};
static const char *const ACCENTS[][2] = {
    {"acute", "\xcc\x81"}, {"bar", "\xcc\x84"},    {"breve", "\xcc\x86"},
    {"check", "\xcc\x8c"}, {"ddot", "\xcc\x88"},   {"dot", "\xcc\x87"},
    {"grave", "\xcc\x80"}, {"hat", "\xcc\x82"},    {"mathring", "\xcc\x8a"},
    {"tilde", "\xcc\x83"}, {"vec", "\xe2\x83\x97"}};

static bool is_among(Str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(name, str_from(list[i])))
            return true;
    }
    return false;
}
#define IS_AMONG(name, list) is_among(name, list, sizeof(list) / sizeof(list)[0])

/* "mathbb{R}" is a name; so may be its argument without braces. */
static bool add_with_argument(Math *m, Str name)
{
    char whole[NAME_MOST + 1];
    Str rest = str_after(m->tex, m->at), characters;
    size_t lead = 0;
    while (lead < rest.size && byte_is_space(rest.data[lead]))
        lead++;
    rest = str_after(rest, lead);
    bool braced = rest.size > 2 && rest.data[0] == '{' && rest.data[2] == '}';
    if (rest.size == 0 || name.size + 3 > NAME_MOST || (!braced && rest.data[0] == '{'))
        return false;
    memcpy(whole, name.data, name.size);
    whole[name.size] = '{';
    whole[name.size + 1] = rest.data[braced ? 1 : 0];
    whole[name.size + 2] = '}';
    if (!latex_symbol((Str){whole, name.size + 3}, &characters))
        return false;
    m->at += lead + (braced ? 3 : 1);
    add(m, characters);
    return true;
}

static bool add_command(Math *m)
{
    size_t end = m->at + 1;
    while (end < m->tex.size && byte_is_alpha(m->tex.data[end]))
        end++;
    if (end == m->at + 1)
        end++;
    if (end > m->tex.size)
        return false;
    Str name = str_slice(m->tex, m->at + 1, end), characters;
    m->at = end;
    char c = name.data[0];
    if (IS_AMONG(name, IGNORED))
        return true;
    if (name.size == 1 && strchr("%&$#_{}", c) != NULL) {
        add(m, name);
        return true;
    }
    if (name.size == 1 && strchr(",:;> ", c) != NULL) {
        m->space = c == ','   ? STR("\xe2\x80\xaf")
                   : c == ' ' ? STR(" ")
                   : c == ';' ? STR("\xe2\x80\x85")
                              : STR("\xe2\x81\x9f");
        return true;
    }
    if (str_equal(name, STR("not"))) {
        m->negated = true;
        return true;
    }
    if (IS_AMONG(name, UPRIGHT))
        return take_argument(m, (MathGroup){.upright = true});
    if (str_equal(name, STR("rm")) && m->count > 0 && m->groups[m->count - 1].braced) {
        m->groups[m->count - 1].upright = true;
        while (m->at < m->tex.size && byte_is_space(m->tex.data[m->at]))
            m->at++; /* they only end the command */
        return true;
    }
    if (IS_AMONG(name, WORDS)) {
        add(m, name);
        return true;
    }
    for (size_t i = 0; i < sizeof ACCENTS / sizeof ACCENTS[0]; i++) {
        if (str_equal(name, str_from(ACCENTS[i][0])))
            return take_argument(m, (MathGroup){.accent = ACCENTS[i][1]});
    }
    const LatexCommand *command = latex_deed(name);
    if (command != NULL && command->deed == LATEX_WITH)
        return add_with_argument(m, name);
    if (!latex_symbol(name, &characters) || characters.size == 0)
        return false;
    add(m, characters);
    return true;
}

static bool add_next(Math *m)
{
    Str rest = str_after(m->tex, m->at);
    char c = rest.data[0];
    if (byte_is_space(c)) {
        m->at++;
        m->blank = true;
        return true;
    }
    if (c == '\\')
        return add_command(m);
    if (c == '{')
        return m->at++, push(m, &(MathGroup){.braced = true});
    if (c == '}') {
        if (m->count == 0 || !m->groups[m->count - 1].braced)
            return false;
        m->at++;
        pop(m);
        done(m);
        return true;
    }
    if (c == '^' || c == '_')
        return m->at++, add_script(m, c == '^' ? MARK_SUP : MARK_SUB);
    if (c == '$' || c == '&' || (byte_is_alpha(c) && !is_upright(m)))
        return false;
    Str after = rest;
    uint32_t code = utf8_next(&after);
    bool italic = code >= 0x80 && code < 0x250 && unicode_is_letter(code);
    if (italic && !is_upright(m))
        return false;
    m->at += rest.size - after.size;
    if (c == '-' && !is_upright(m))
        add(m, STR("−"));
    else
        add(m, c == '\''  ? STR("′")
               : c == '~' ? STR("\xc2\xa0")
                          : str_slice(rest, 0, rest.size - after.size));
    return true;
}

/* As it was written, but for line ends. */
static void add_raw(LatexOut *out, Str content)
{
    size_t depth = out->depth;
    Str word, rest = content;
    latex_out_open(out, MARK_MATH);
    latex_out_add(out, STR("$"));
    LatexCase recase = out->recase;
    out->recase = CASE_KEPT;
    while (str_word(&rest, &word)) {
        latex_out_add(out, word);
        latex_out_blank(out);
    }
    out->blank = false;
    latex_out_add(out, STR("$"));
    out->recase = recase;
    latex_out_close(out, depth);
}

void latex_math_add(LatexOut *out, Str content)
{
    enum { LONGEST = 512 }; /* anything longer is a formula */
    content = str_trim(content);
    latex_out_settle(out);
    LatexOut before = *out;
    Math m = {.out = out, .tex = content, .first = out->text.size, .space = STR_EMPTY};
    bool script = content.size > 1 && (content.data[0] == '^' || content.data[0] == '_');
    m.bare = script && is_bare(content);
    bool exact = content.size <= LONGEST && before.depth + 4 < TEXT_DEPTH;
    while (exact && m.at < content.size)
        exact = add_next(&m);
    if (exact && m.count == 0 && !m.negated && !out->blank) {
        add_space(&m); /* "13$\,$TeV" */
        return;
    }
    out->text.size = before.text.size;
    out->run_count = before.run_count;
    out->depth = before.depth;
    out->waiting = 0;
    out->blank = out->paragraph = false;
    add_raw(out, content);
}
