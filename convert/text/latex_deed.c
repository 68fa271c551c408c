/* SPDX-License-Identifier: MIT
 * What each command does; see latex_command.h. */
#include "convert/text/latex_command.h"
#include "convert/text/latex_machine.h"
#include "convert/text/latex_math.h"
#include "convert/text/utf8.h"

#include <string.h>

static void add(Machine *m, Str s)
{
    latex_out_add(&m->out, s);
    machine_done(m);
}

static void add_character(Machine *m, uint32_t c)
{
    latex_out_character(&m->out, c);
    machine_done(m);
}

/* Goes past `size` bytes of the source that are `s`. */
static void replace(Machine *m, size_t size, Str s)
{
    m->at += size;
    add(m, s);
}

/* Commands. */

typedef struct LatexCall {
    const LatexCommand *command;
    Str name;
} LatexCall;
typedef void LatexDo(Machine *m, const LatexCall *call);

static void do_accent(Machine *m, const LatexCall *call)
{
    latex_out_settle(&m->out);
    Frame *frame = machine_push(m, FRAME_ACCENT, false);
    if (frame == NULL)
        return;
    frame->text = str_from(call->command->text);
    frame->alone = str_from(call->command->text + frame->text.size + 1);
    machine_skip_blanks(m);
}

static void start_argument(Machine *m)
{
    machine_skip_blanks(m);
    machine_push(m, FRAME_ARGUMENT, false);
}

static void start_marked(Machine *m, Mark mark, bool wanted)
{
    machine_skip_blanks(m);
    if (machine_push(m, FRAME_ARGUMENT, false) != NULL && wanted)
        machine_open_run(m, mark);
}

static void start_recased(Machine *m, LatexCase recase)
{
    machine_skip_blanks(m);
    if (machine_push(m, FRAME_ARGUMENT, false) != NULL)
        m->out.recase = recase;
}

/* `after` lives as long as the program. */
static void start_between(Machine *m, Str before, Str after)
{
    machine_skip_optional(m);
    machine_skip_blanks(m);
    latex_out_add(&m->out, before);
    Frame *frame = machine_push(m, FRAME_AFTER, false);
    if (frame != NULL)
        frame->text = after;
}

static void do_quote(Machine *m, const LatexCall *call)
{
    (void)call;
    bool inner = m->quotes % 2 == 1;
    m->quotes++;
    start_between(m, inner ? STR("‘") : STR("“"), inner ? STR("’") : STR("”"));
}

/* Ends what switches began in this group. */
static void end_switches(Machine *m)
{
    const Frame *frame = m->count > 0 ? &m->frames[m->count - 1] : NULL;
    latex_out_close(&m->out, frame != NULL ? frame->depth + frame->own : 0);
}

static void do_switch(Machine *m, const LatexCall *call)
{
    LatexDeed deed = (LatexDeed)call->command->deed;
    Mark mark = (Mark)call->command->mark;
    if (deed == LATEX_SWITCH_OLD || deed == LATEX_SWITCH_UP)
        end_switches(m);
    if (deed == LATEX_SWITCH_UP)
        mark = MARK_ITALIC;
    /* Italics within italics are upright. */
    bool within = latex_out_within(&m->out, mark);
    bool wanted = deed == LATEX_SWITCH_EM || within == (deed == LATEX_SWITCH_UP);
    if (wanted)
        latex_out_open(&m->out, mark);
    m->switched_at = m->at;
}

/* As it is, but for how people escape what TeX would not take. */
static void add_verbatim(Machine *m, Str s)
{
    LatexCase recase = m->out.recase;
    m->out.recase = CASE_KEPT;
    for (size_t i = 0; i < s.size; i++) {
        static const Str TILDES[] = {
            {"\\textasciitilde", 15}, {"\\string~", 8}, {"\\~", 2}, {"\\sim", 4}};
        Str rest = str_after(s, i), one = str_slice(rest, 0, 1);
        size_t size = 1;
        for (size_t k = 0; k < sizeof TILDES / sizeof TILDES[0] && size == 1; k++) {
            if (str_starts(rest, TILDES[k])) {
                size = TILDES[k].size;
                one = STR("~");
                if (str_starts(str_after(rest, size), STR("{}")))
                    size += 2;
            }
        }
        if (size == 1 && rest.size > 1 && rest.data[0] == '\\' &&
            strchr("%#_&$^{}-/", rest.data[1]) != NULL) {
            size = 2;
            one = strchr("-/", rest.data[1]) != NULL ? STR_EMPTY : str_slice(rest, 1, 2);
        } else if (size == 1 && (rest.data[0] == '{' || rest.data[0] == '}')) {
            one = STR_EMPTY;
        }
        if (byte_is_space(rest.data[0]))
            latex_out_blank(&m->out);
        else
            latex_out_add(&m->out, one);
        i += size - 1;
    }
    m->out.recase = recase;
    machine_done(m);
}

/* Between two characters that are the same: \verb|...|. */
static void add_between(Machine *m)
{
    enum { LONGEST = 4096 };
    Str rest = machine_rest(m), inner = rest;
    if (rest.size > 0)
        utf8_next(&inner);
    Str delimiter = str_slice(rest, 0, rest.size - inner.size);
    inner = str_slice(inner, 0, LONGEST);
    size_t size = delimiter.size > 0 ? str_find(inner, delimiter) : inner.size;
    if (size == inner.size) {
        machine_done(m);
        return;
    }
    m->at += delimiter.size + size + delimiter.size;
    LatexCase recase = m->out.recase;
    m->out.recase = CASE_KEPT;
    add(m, str_slice(inner, 0, size));
    m->out.recase = recase;
}

static void do_verbatim(Machine *m, const LatexCall *call)
{
    (void)call;
    machine_skip_blanks(m);
    char c = machine_byte(m, m->at);
    if (c == '{')
        add_verbatim(m, machine_take_argument(m));
    else if (c != '\0' && !byte_is_alpha(c) && !byte_is_digit(c) && c != '}' && c != '\\')
        add_between(m);
}

/* \href{address}{text} */
static void do_href(Machine *m, const LatexCall *call)
{
    (void)call;
    machine_skip_optional(m);
    machine_skip_blanks(m);
    size_t at = m->at;
    Str address = machine_take_argument(m);
    machine_skip_blanks(m);
    Str text = machine_rest(m);
    if (text.size == 0 || text.data[0] != '{') {
        add_verbatim(m, address);
        return;
    }
    text = str_after(text, 1);
    bool same = str_starts(text, address) && text.size > address.size &&
                text.data[address.size] == '}';
    if (text.size > 0 && text.data[0] == '}') {
        m->at += 2;
        add_verbatim(m, address);
        return;
    }
    if (!same)
        machine_tell(m, LATEX_ADDRESS, at, address);
    start_argument(m);
}

uint32_t latex_number(Str *s)
{
    char base = s->size > 0 ? s->data[0] : '\0';
    if (base == '`' && s->size > 1) { /* `\A */
        *s = str_after(*s, s->data[1] == '\\' ? 2 : 1);
        return s->size > 0 ? utf8_next(s) : 0;
    }
    uint32_t radix = base == '"' ? 16 : base == '\'' ? 8 : 10, number = 0;
    if (radix != 10)
        *s = str_after(*s, 1);
    while (s->size > 0) {
        char c = s->data[0];
        uint32_t digit = byte_is_digit(c) ? (uint32_t)(c - '0') : 99;
        if (radix == 16 && c >= 'A' && c <= 'F')
            digit = (uint32_t)(c - 'A' + 10);
        if (digit >= radix)
            break;
        number = number < 0x110000 ? number * radix + digit : number;
        *s = str_after(*s, 1);
    }
    return number;
}

static void add_numbered(Machine *m, uint32_t number)
{
    number = latex_font_character(number);
    if (number > 0x10ffff || (number >= 0xd800 && number < 0xe000))
        number = UTF8_REPLACEMENT;
    add_character(m, number);
}

/* \char"41 */
static void do_char(Machine *m, const LatexCall *call)
{
    (void)call;
    machine_skip_blanks(m);
    Str rest = machine_rest(m), number = rest;
    uint32_t c = latex_number(&number);
    m->at += rest.size - number.size;
    if (machine_byte(m, m->at) == ' ')
        m->at++;
    if (number.size < rest.size)
        add_numbered(m, c);
}

static void do_logo(Machine *m, const LatexCall *call)
{
    Str text = str_from(call->command->text);
    size_t depth = m->out.depth;
    if (m->nocase && m->protect == 0 && byte_is_alpha(text.data[0]))
        latex_out_open(&m->out, MARK_NOCASE);
    latex_out_add(&m->out, text);
    latex_out_close(&m->out, depth);
    machine_done(m);
}

/* "\hspace{.25em}" is a name, too. */
static bool add_with_argument(Machine *m, Str name)
{
    enum { LONGEST = 23 };
    Str rest = machine_rest(m), characters;
    size_t end = str_find_byte(str_slice(rest, 0, LONGEST), '}');
    if (end >= LONGEST || end >= rest.size || rest.data != name.data + name.size ||
        rest.data[0] != '{' || name.size + end + 1 > LONGEST)
        return false;
    Str whole = {name.data, name.size + end + 1};
    if (!latex_symbol(whole, &characters))
        return false;
    replace(m, end + 1, characters);
    return true;
}

static void do_space(Machine *m, const LatexCall *call)
{
    machine_skip_optional(m);
    if (add_with_argument(m, call->name))
        return;
    Str width = str_trim(machine_take_argument(m));
    bool nought = true;
    for (size_t i = 0;
         i < width.size && (byte_is_digit(width.data[i]) || width.data[i] == '.'); i++)
        nought = nought && (width.data[i] == '0' || width.data[i] == '.');
    if (width.size > 0 && width.data[0] != '-' && !nought)
        latex_out_blank(&m->out);
    machine_done(m);
}

static void do_with(Machine *m, const LatexCall *call)
{
    if (!add_with_argument(m, call->name))
        start_argument(m);
}

static void do_mark(Machine *m, const LatexCall *call)
{
    Mark mark = (Mark)call->command->mark;
    bool script = mark == MARK_SUP || mark == MARK_SUB;
    start_marked(m, mark, script || !latex_out_within(&m->out, mark));
}

static void do_emphasis(Machine *m, const LatexCall *call)
{
    start_marked(m, (Mark)call->command->mark, true);
}

static void do_upright(Machine *m, const LatexCall *call)
{
    (void)call;
    start_marked(m, MARK_ITALIC, latex_out_within(&m->out, MARK_ITALIC));
}

static void do_protect(Machine *m, const LatexCall *call)
{
    (void)call;
    start_marked(m, MARK_NOCASE, m->nocase && m->protect == 0);
}

static void do_case(Machine *m, const LatexCall *call)
{
    start_recased(m, call->command->deed == LATEX_UPPER ? CASE_UPPER : CASE_LOWER);
}

static void do_argument(Machine *m, const LatexCall *call)
{
    (void)call;
    machine_skip_optional(m);
    start_argument(m);
}

static void do_around(Machine *m, const LatexCall *call)
{
    bool brackets = call->command->text[0] == '[';
    start_between(m, brackets ? STR("[") : STR("("), brackets ? STR("]") : STR(")"));
}

static void do_footnote(Machine *m, const LatexCall *call)
{
    latex_out_blank(&m->out);
    do_around(m, call);
}

static void do_nothing(Machine *m, const LatexCall *call)
{
    (void)m;
    (void)call;
}

/* Arguments in braces; one without was not meant. */
static void drop(Machine *m, size_t count)
{
    machine_skip_optional(m);
    for (size_t i = 0; i < count; i++) {
        size_t at = m->at;
        machine_skip_blanks(m);
        if (machine_byte(m, m->at) != '{') {
            m->at = at;
            return;
        }
        machine_take_argument(m);
    }
}

static void do_drop(Machine *m, const LatexCall *call)
{
    drop(m, call->command->count);
    machine_done(m);
}

/* The argument behind `count` others is text. */
static void do_last(Machine *m, const LatexCall *call)
{
    drop(m, call->command->deed == LATEX_THIRD ? 2 : 1);
    machine_skip_optional(m);
    start_argument(m);
}

/* The first argument is text; the other is looked for when that is read. */
static void do_first(Machine *m, const LatexCall *call)
{
    (void)call;
    machine_skip_blanks(m);
    machine_push(m, FRAME_FIRST, false);
}

static void do_verb(Machine *m, const LatexCall *call)
{
    (void)call;
    if (machine_byte(m, m->at) == '*')
        m->at++;
    add_between(m);
}

static void do_blank(Machine *m, const LatexCall *call)
{
    (void)call;
    machine_skip_optional(m);
    latex_out_blank(&m->out);
    machine_done(m);
}

static void do_line(Machine *m, const LatexCall *call)
{
    if (!m->lines) {
        do_blank(m, call);
        return;
    }
    machine_skip_optional(m);
    latex_out_line(&m->out);
    machine_done(m);
}

static void do_paragraph(Machine *m, const LatexCall *call)
{
    (void)call;
    latex_out_paragraph(&m->out);
    machine_done(m);
}

static void do_dimension(Machine *m, const LatexCall *call)
{
    if (machine_take_dimension(m) > 0 && call->command->deed == LATEX_SKIP)
        latex_out_blank(&m->out);
    machine_done(m);
}

static void do_string(Machine *m, const LatexCall *call)
{
    (void)call;
    add(m, latex_string(machine_take_argument(m)));
}

static void do_ensure(Machine *m, const LatexCall *call)
{
    (void)call;
    latex_math_add(&m->out, machine_take_argument(m));
    m->math_end = m->at;
    machine_done(m);
}

static void do_number(Machine *m, const LatexCall *call)
{
    Str argument = machine_take_argument(m), rest = argument;
    uint32_t number = latex_number(&rest);
    (void)call;
    if (rest.size == argument.size)
        machine_done(m);
    else
        add_numbered(m, number);
}

static void do_literally(Machine *m, const LatexCall *call)
{
    (void)call;
    add(m, machine_take_argument(m));
}

static LatexDo *const DEEDS[] = {
    [LATEX_ACCENT] = do_accent,       [LATEX_MARK] = do_mark,
    [LATEX_EMPHASIS] = do_emphasis,   [LATEX_SWITCH] = do_switch,
    [LATEX_SWITCH_OLD] = do_switch,   [LATEX_SWITCH_EM] = do_switch,
    [LATEX_SWITCH_UP] = do_switch,    [LATEX_UPRIGHT] = do_upright,
    [LATEX_ARGUMENT] = do_argument,   [LATEX_NOTHING] = do_nothing,
    [LATEX_DROP] = do_drop,           [LATEX_FIRST] = do_first,
    [LATEX_SECOND] = do_last,         [LATEX_THIRD] = do_last,
    [LATEX_QUOTE] = do_quote,         [LATEX_AROUND] = do_around,
    [LATEX_FOOTNOTE] = do_footnote,   [LATEX_VERBATIM] = do_verbatim,
    [LATEX_VERB] = do_verb,           [LATEX_HREF] = do_href,
    [LATEX_BLANK] = do_blank,         [LATEX_LINE] = do_line,
    [LATEX_PARAGRAPH] = do_paragraph, [LATEX_DIMENSION] = do_dimension,
    [LATEX_SKIP] = do_dimension,      [LATEX_SPACE] = do_space,
    [LATEX_UPPER] = do_case,          [LATEX_LOWER] = do_case,
    [LATEX_PROTECT] = do_protect,     [LATEX_LOGO] = do_logo,
    [LATEX_STRING] = do_string,       [LATEX_ENSURE] = do_ensure,
    [LATEX_NUMBER] = do_number,       [LATEX_CHAR] = do_char,
    [LATEX_WITH] = do_with,           [LATEX_LITERALLY] = do_literally};

void machine_do(Machine *m, const LatexCommand *command, Str name)
{
    DEEDS[command->deed](m, &(LatexCall){.command = command, .name = name});
}
