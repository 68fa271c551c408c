/* SPDX-License-Identifier: MIT
 * Text as TeX, for a value between braces.
 *
 * BibTeX counts every brace, escaped or not (btxdoc, section 2.2): what does not match
 * is spelled with commands. */
#include "convert/base/span.h"
#include "convert/text/latex.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/bibtex/accents.h"
#include "formats/bibtex/bibtex.h"

#include <string.h>

/* The first brace; most texts have none. */
static size_t least_brace(Str text)
{
    size_t opening = str_find_byte(text, '{'), closing = str_find_byte(text, '}');
    return opening < closing ? opening : closing;
}

bool spell_is_balanced(Str text)
{
    size_t depth = 0;
    for (size_t i = least_brace(text); i < text.size; i++) {
        if (text.data[i] == '{')
            depth++;
        else if (text.data[i] == '}' && depth-- == 0)
            return false;
    }
    return depth == 0;
}

/* Characters. */

/* Bytes that do not stand for themselves in running text. */
static const char *const ESCAPES[128] = {
    ['\n'] = "\n", /* see put_line_end */
    ['%'] = "\\%",
    ['&'] = "\\&",
    ['#'] = "\\#",
    ['_'] = "\\_",
    ['$'] = "\\$",
    ['{'] = "\\{",
    ['}'] = "\\}",
    ['~'] = "{\\textasciitilde}",
    ['^'] = "{\\textasciicircum}",
    ['\\'] = "{\\textbackslash}",
    ['<'] = "{\\textless}",
    ['>'] = "{\\textgreater}",
    ['|'] = "{\\textbar}",
};

static Str escape_of(char c, bool balanced)
{
    if (!balanced && c == '{')
        return STR("{\\textbraceleft}");
    if (!balanced && c == '}')
        return STR("{\\textbraceright}");
    return str_from(ESCAPES[(unsigned char)c]);
}

/* Those, and what is not ASCII. */
static Span is_escaped(Span bytes)
{
    return span_between(bytes, '#', '&') | span_is(bytes, '<') | span_is(bytes, '>') |
           span_is(bytes, '\\') | span_between(bytes, '^', '_') |
           span_between(bytes, '{', '~') | span_is(bytes, '\n') | (Span)(bytes >= 0x80);
}

static size_t plain_front(Str s)
{
    return span_find(s, 0, is_escaped);
}

static bool is_greek(uint32_t c)
{
    return ((c >= 0x370 && c <= 0x3ff) || (c >= 0x1f00 && c <= 0x1fff)) &&
           unicode_is_letter(c);
}

/* Bytes of Greek letters and their marks at the front, where they are a word: more than
 * one letter, or one with an accent.  Else 0: a sign of mathematics. */
static size_t greek_front(Str text)
{
    size_t size = 0, letters = 0;
    bool accented = false;
    while (size < text.size) {
        Str rest = str_after(text, size);
        size_t before = rest.size;
        uint32_t c = utf8_next(&rest), base, mark;
        bool is_mark = letters > 0 && unicode_is_mark(c);
        if (!is_greek(c) && !is_mark)
            break;
        accented = accented || is_mark || unicode_decompose(c, &base, &mark);
        letters += !is_mark;
        size += before - rest.size;
    }
    return letters > 1 || accented ? size : 0;
}

static void put_command(Spell *s, LatexMode mode, Str command)
{
    Str before = STR_EMPTY, after = STR_EMPTY;
    if (mode == LATEX_MATH && s->cut) {
        before = STR("{\\ensuremath{"); /* BibTeX counts it as one character */
        after = STR("}}");
    } else if (mode == LATEX_MATH) {
        /* Styles recase math at the top level of a title, too. */
        before = s->title ? STR("{$") : STR("$");
        after = s->title ? STR("$}") : STR("$");
    }
    sink_write(s->out, before);
    Str accent = preamble_accent(s->out, command);
    if (accent.size > 0) {
        /* "{\\textovertilde{\\^e}}" as LaTeX itself has it */
        sink_byte(s->out, '{');
        sink_write(s->out, accent);
        command = str_after(command, str_find_byte(str_after(command, 1), '{') + 1);
    }
    sink_write(s->out, command);
    sink_write(s->out, after);
}

/* The first character, which is above ASCII: itself where the charset has it and either
 * pdfLaTeX has, too, or it is `foreign`, a matter of the document's own packages; else
 * its command, else itself. */
static Str put_character(Spell *s, Str text, bool foreign)
{
    Str rest = text, command;
    uint32_t c = utf8_next(&rest);
    foreign = foreign || s->plain;
    bool itself = foreign || (latex_typesets(c) && !s->spelled && c != 0xa0);
    LatexMode mode =
        itself && sink_has(s->out, c) ? LATEX_NONE : latex_command(c, &command);
    if (mode == LATEX_NONE)
        sink_write(s->out, str_slice(text, 0, text.size - rest.size));
    else
        put_command(s, mode, command);
    return rest;
}

static void put_escape(Spell *s, char c, bool balanced)
{
    Str escape = escape_of(c, balanced);
    if (s->plain && c == '~') {
        sink_write(s->out, STR("\xe2\x88\xbc")); /* itself it would be a blank */
        return;
    }
    if (s->plain && (c == '{' || c == '}')) {
        escape = str_from(ESCAPES[(unsigned char)c]); /* it counts no escaped brace */
    } else if (s->plain && strchr("%&#_", c) == NULL) {
        sink_byte(s->out, c);
        return;
    }
    bool special = s->spelled && escape.data[0] == '\\';
    sink_write(s->out, special ? STR("{") : STR_EMPTY);
    sink_write(s->out, escape);
    sink_write(s->out, special ? STR("}") : STR_EMPTY);
}

/* Zotero's importer takes a dollar off either side of what stands between two. */
static Str put_dollars(Spell *s, Str text)
{
    size_t count = 0;
    while (count < text.size && text.data[count] == '$')
        count++;
    sink_write(s->out, str_slice(text, 0, count));
    sink_write(s->out, s->dollar > 0 ? STR("$") : STR_EMPTY);
    sink_write(s->out, s->dollar + 1 < s->dollars ? STR("$") : STR_EMPTY);
    s->dollar++;
    return str_after(text, count);
}

static size_t count_dollars(Str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '$' && (i == 0 || text.data[i - 1] != '$');
    return count;
}

/* What needs no escape.  To Zotero's importer two hyphens, or quotes, are one dash, or
 * quote. */
static void put_plain(Spell *s, Str text)
{
    size_t start = 0;
    for (size_t i = 1; s->plain && i < text.size; i++) {
        char c = text.data[i];
        if (c != text.data[i - 1] || (c != '-' && c != '`' && c != '\''))
            continue;
        sink_write(s->out, str_slice(text, start, i));
        sink_write(s->out, STR("{}"));
        start = i;
    }
    sink_write(s->out, str_after(text, start));
}

/* A blank line stays one; a single end of a line, which TeX takes for a blank, becomes a
 * command where lines matter.  "[" and "*" behind that would be its own. */
static Str put_line_end(Spell *s, Str text)
{
    size_t count = 0;
    while (count < text.size && text.data[count] == '\n')
        count++;
    Str rest = str_after(text, count);
    bool single = s->lines && count == 1 && rest.size > 0;
    if (single)
        sink_write(s->out, rest.data[0] == '[' || rest.data[0] == '*' ? STR("\\\\{}")
                                                                      : STR("\\\\"));
    sink_write(s->out, str_slice(text, 0, count));
    return rest;
}

/* Letters with marks; see accents.h. */

static size_t accented_front(const Spell *s, Str text)
{
    return s->plain ? 0 : accents_front(text);
}

static Str put_accented(Spell *s, Str text, size_t size)
{
    Str marks = str_slice(text, 0, size);
    const char *accents[ACCENTS_MOST];
    size_t count = 0;
    uint32_t c = utf8_next(&marks);
    Str base = str_slice(text, 0, size - marks.size);
    bool above = true;
    while (marks.size > 0) {
        uint32_t mark = utf8_next(&marks);
        above = mark < 0x323;
        accents[count++] = accents_name(mark);
    }
    sink_byte(s->out, '{');
    for (size_t i = count; i > 0; i--)
        sink_format(s->out, "\\%s{", accents[i - 1]);
    if (above && (c == 'i' || c == 'j'))
        sink_byte(s->out, '\\');
    if (c < 0x80)
        sink_write(s->out, base);
    else
        put_character(s, base, false);
    for (size_t i = 0; i <= count; i++)
        sink_byte(s->out, '}');
    return str_after(text, size);
}

static void put_running(Spell *s, Str text, bool balanced)
{
    while (text.size > 0) {
        size_t plain = plain_front(text), accented = 0;
        if (plain > 0 && plain < text.size && (unsigned char)text.data[plain] >= 0x80)
            accented = accented_front(s, str_after(text, plain - 1));
        put_plain(s, str_slice(text, 0, plain - (accented > 0)));
        if (accented > 0) {
            text = put_accented(s, str_after(text, plain - 1), accented);
            continue;
        }
        text = str_after(text, plain);
        if (text.size == 0)
            return;
        if (text.data[0] == '\n') {
            text = put_line_end(s, text);
        } else if (s->plain && text.data[0] == '$') {
            text = put_dollars(s, text);
        } else if ((unsigned char)text.data[0] < 0x80) {
            put_escape(s, text.data[0], balanced);
            text = str_after(text, 1);
        } else {
            size_t greek = greek_front(text);
            accented = greek == 0 ? accented_front(s, text) : 0;
            for (size_t end = text.size - greek; greek > 0 && text.size > end;)
                text = put_character(s, text, true);
            if (accented > 0)
                text = put_accented(s, text, accented);
            else if (greek == 0)
                text = put_character(s, text, false);
        }
    }
}

/* Math. */

/* TeX as the author wrote it, but for what would break the entry or the run: lone
 * braces, comment signs, characters that pdfLaTeX's math does not know. */
static void put_math(Spell *s, Str math)
{
    bool balanced = spell_is_balanced(math);
    if (s->title)
        sink_byte(s->out, '{');
    for (size_t i = 0; i < math.size;) {
        char c = math.data[i];
        char next = i + 1 < math.size ? math.data[i + 1] : 0;
        Str rest = str_after(math, i);
        if (c == '\\' && (next == '{' || next == '}') && !balanced) {
            sink_write(s->out, next == '{' ? STR("\\lbrace ") : STR("\\rbrace "));
            i += 2;
        } else if (c == '\\' && next != 0) {
            sink_write(s->out, str_slice(rest, 0, 2));
            i += 2;
        } else if (c == '%' || c == '#' || c == '&') {
            sink_write(s->out, escape_of(c, balanced));
            i++;
        } else if ((unsigned char)c >= 0x80) {
            Str command, after = rest;
            LatexMode mode = latex_command(utf8_next(&after), &command);
            if (mode == LATEX_MATH) {
                sink_write(s->out, command);
                sink_write(s->out, command.size > 1 ? STR(" ") : STR_EMPTY);
            } else if (mode == LATEX_TEXT) {
                sink_write(s->out, STR("\\mbox{"));
                sink_write(s->out, command);
                sink_write(s->out, STR("}"));
            } else {
                sink_write(s->out, str_slice(rest, 0, rest.size - after.size));
            }
            i += rest.size - after.size;
        } else {
            sink_byte(s->out, c);
            i++;
        }
    }
    if (s->title)
        sink_byte(s->out, '}');
}

/* Text with marks. */

/* What Zotero's importer knows. */
static const char *const PLAIN_OPENINGS[MARK_COUNT] = {
    [MARK_ITALIC] = "\\textit{",
    [MARK_BOLD] = "\\textbf{",
    [MARK_SUP] = "$^{",
    [MARK_SUB] = "$_{",
    [MARK_SMALL_CAPS] = "\\textsc{",
    [MARK_NOCASE] = "<span class=\"nocase\">", /* its own; braces are dropped */
    [MARK_NODECOR] = "<span class=\"nodecor\">",
    [MARK_MATH] = "",
};
static const char *const OPENINGS[MARK_COUNT] = {
    [MARK_ITALIC] = "\\emph{",         [MARK_BOLD] = "\\textbf{",
    [MARK_SUP] = "\\textsuperscript{", [MARK_SUB] = "\\textsubscript{",
    [MARK_SMALL_CAPS] = "\\textsc{",   [MARK_NOCASE] = "{",
    [MARK_NODECOR] = "\\textnormal{",  [MARK_MATH] = "",
};

/* A piece that begins at byte `at` of the text, with the braces that fall into it. */
static void put_piece(Spell *s, size_t at, Str piece, bool balanced)
{
    for (; s->span_count > 0 && s->spans->start < at + piece.size;
         s->spans++, s->span_count--) {
        size_t start = s->spans->start - at, end = s->spans->end - at;
        put_running(s, str_slice(piece, 0, start), balanced);
        sink_byte(s->out, '{');
        put_running(s, str_slice(piece, start, end), balanced);
        sink_byte(s->out, '}');
        piece = str_after(piece, end);
        at += end;
    }
    put_running(s, piece, balanced);
}

static Str opening_of(const Spell *s, Mark mark)
{
    if (mark == MARK_NOCASE && s->bare)
        return STR_EMPTY;
    return str_from(s->plain ? PLAIN_OPENINGS[mark] : OPENINGS[mark]);
}

static Str closing_of(const Spell *s, Mark mark)
{
    if (s->plain && (mark == MARK_SUP || mark == MARK_SUB))
        return STR("}$");
    if (s->plain && (mark == MARK_NODECOR || (mark == MARK_NOCASE && !s->bare)))
        return STR("</span>");
    return opening_of(s, mark).size > 0 ? STR("}") : STR_EMPTY;
}

void spell_text(Spell *s, const Text *text)
{
    TextWalk walk = {.text = text};
    bool balanced = spell_is_balanced(text->text);
    s->dollars = s->plain ? count_dollars(text->text) : 0;
    s->dollar = 0;
    /* Braces within math are written there; those outside must match among themselves. */
    for (size_t i = 0; balanced && i < text->run_count; i++)
        balanced = text->runs[i].mark != MARK_MATH;
    for (;;) {
        TextStep step = text_step(&walk);
        if (step.kind == TEXT_END)
            return;
        if (step.kind == TEXT_PIECE) {
            put_piece(s, walk.at - step.piece.size, step.piece, balanced);
        } else if (step.kind == TEXT_CLOSE) {
            sink_write(s->out, closing_of(s, step.mark));
        } else if (step.mark == MARK_MATH) {
            put_math(s, step.piece);
            text_skip(&walk);
        } else {
            sink_write(s->out, opening_of(s, step.mark));
        }
    }
}

void spell_plain(Spell *s, Str text)
{
    s->dollars = s->plain ? count_dollars(text) : 0;
    s->dollar = 0;
    put_running(s, text, spell_is_balanced(text));
}

/* What BibTeX cuts: the first letter of a word, however many signs stand before it. */
static bool begins_next(uint32_t c, bool begins)
{
    bool letter = c < 0x80 ? byte_is_alpha((char)c) : unicode_is_letter(c);
    return c == ' ' || c == '-' || c == 0xa0 || (begins && !letter);
}

void spell_cut(Spell *s, Str text, size_t most, bool words)
{
    bool begins = words;
    size_t start = 0, count = 0;
    if (plain_front(text) == text.size) {
        sink_write(s->out, text);
        return;
    }
    if (s->plain) {
        spell_plain(s, text);
        return;
    }
    s->cut = true;
    for (Str rest = text; rest.size > 0; count++) {
        size_t at = text.size - rest.size;
        size_t accented = accented_front(s, rest);
        uint32_t c = utf8_next(&rest);
        bool spelled = c < 0x80 && accented == 0
                           ? count < most && ESCAPES[c] != NULL
                           : (begins || count < most) && !is_greek(c) &&
                                 c != 0x2019; /* within a word: O’Neil */
        rest = accented > 0 ? str_after(text, at + accented) : rest;
        begins = words && begins_next(c, begins);
        if (!spelled)
            continue;
        spell_plain(s, str_slice(text, start, at));
        start = text.size - rest.size;
        s->spelled = true;
        spell_plain(s, str_slice(text, at, start));
        s->spelled = false;
    }
    spell_plain(s, str_after(text, start));
    s->cut = false;
}

void spell_verbatim(Spell *s, Str text)
{
    bool balanced = spell_is_balanced(text);
    size_t start = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        Str instead = STR_EMPTY;
        if (c == '\n' || c == '\r')
            instead = STR(" ");
        else if (!balanced && (c == '{' || c == '}'))
            instead = c == '{' ? STR("%7B") : STR("%7D");
        if (instead.size == 0)
            continue;
        sink_write(s->out, str_slice(text, start, i));
        sink_write(s->out, instead);
        start = i + 1;
    }
    sink_write(s->out, str_after(text, start));
}
