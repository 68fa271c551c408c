/* SPDX-License-Identifier: MIT
 * Commands that base LaTeX lacks: the entry that needs one brings a definition, which
 * gives way to a package's.
 *
 * The definitions use nothing that may not be expanded early: natbib and alpha write
 * names to the .aux file, which LaTeX reads before it comes upon the preamble. */
#include "convert/text/latex.h"
#include "convert/text/utf8.h"
#include "formats/bibtex/bibtex.h"

/* T1 has an apostrophe, which looks like either. */
#define HOOK                                                                             \
    "{\\leavevmode\\setbox0\\hbox{#1}\\dimen0\\ht0\\advance\\dimen0-1ex"                 \
    "\\hbox to\\wd0{\\hss\\raise\\dimen0\\hbox{'}\\hss}\\kern-\\wd0\\box0}"
#define HORN "\\kern-.1em\\raisebox{-.2ex}{'}\\kern-.05em"

static const struct Needed {
    const char *name, *definition;
} NEEDED[] = {
    /* amsmath, amssymb */
    {"text", "[1]{\\textrm{#1}}"},
    {"mathbb", "[1]{\\mathbf{#1}}"},
    {"mathfrak", "[1]{\\mathbf{#1}}"},
    {"mathscr", "[1]{\\mathcal{#1}}"},
    {"boldsymbol", "[1]{\\mathbf{#1}}"},
    {"bm", "[1]{\\mathbf{#1}}"},
    {"operatorname", "[1]{\\mathrm{#1}}"},
    {"dfrac", "{\\frac}"},
    {"tfrac", "{\\frac}"},
    {"lvert", "{\\vert}"},
    {"rvert", "{\\vert}"},
    {"lVert", "{\\Vert}"},
    {"rVert", "{\\Vert}"},
    {"eqref", "[1]{(\\ref{#1})}"},
    {"leqq", "{\\leq}"},
    {"geqq", "{\\geq}"},
    {"leqslant", "{\\leq}"},
    {"geqslant", "{\\geq}"},
    {"lesssim", "{\\stackrel{<}{\\sim}}"},
    {"gtrsim", "{\\stackrel{>}{\\sim}}"},
    {"triangleq", "{\\stackrel{\\triangle}{=}}"},
    {"subsetneq", "{\\stackrel{\\subset}{\\neq}}"},
    {"supsetneq", "{\\stackrel{\\supset}{\\neq}}"},
    {"therefore", "{\\ldotp\\dot{}\\ldotp}"},
    {"because", "{\\dot{}\\ldotp\\dot{}}"},
    {"rightsquigarrow", "{\\sim\\!\\!>}"},
    {"twoheadrightarrow", "{\\rightarrow\\!\\!\\!\\!\\!\\rightarrow}"},
    {"rightleftarrows", "{\\rightarrow\\!\\leftarrow}"},
    {"leftrightarrows", "{\\leftarrow\\!\\rightarrow}"},
    {"backprime", "{\\grave{}}"},
    {"varkappa", "{\\kappa}"},
    {"beth", "{\\mathrm{beth}}"},
    {"gimel", "{\\mathrm{gimel}}"},
    {"daleth", "{\\mathrm{daleth}}"},
    {"square", "{\\diamond}"},
    {"blacksquare", "{\\bullet}"},
    {"checkmark", "{\\surd}"},
    {"underset", "[2]{\\mathop{#2}\\limits_{#1}}"},
    {"overset", "[2]{\\mathop{#2}\\limits^{#1}}"},
    {"xrightarrow", "[1]{\\stackrel{#1}{\\longrightarrow}}"},
    /* dsfont, bbm, nicefrac and xfrac, and what papers define for themselves. */
    {"mathds", "[1]{\\mathbf{#1}}"},
    {"mathbbm", "[1]{\\mathbf{#1}}"},
    {"nicefrac", "[2]{{#1}/{#2}}"},
    {"sfrac", "[2]{{#1}/{#2}}"},
    {"argmin", "{\\mathop{\\mathrm{arg\\,min}}}"},
    {"argmax", "{\\mathop{\\mathrm{arg\\,max}}}"},
    /* Accents on letters that T1 fonts have not; see mk_latex.py. */
    {"textovergrave", "[1]{\\`{#1}}"},
    {"textoveracute", "[1]{\\'{#1}}"},
    {"textovertilde", "[1]{\\~{#1}}"},
    {"textoverbar", "[1]{\\={#1}}"},
    {"textoverdot", "[1]{\\.{#1}}"},
    {"textoverdots", "[1]{\\\"{#1}}"},
    {"textoverring", "[1]{\\r{#1}}"},
    {"textovercheck", "[1]{\\v{#1}}"},
    {"textunderdot", "[1]{\\d{#1}}"},
    {"textunderbar", "[1]{\\b{#1}}"},
    {"textundercedilla", "[1]{\\c{#1}}"},
    {"textunderogonek", "[1]{\\k{#1}}"},
    {"textoverhook", "[1]{" HOOK "}"},
    {"texthorn", "[1]{#1" HORN "}"},
    {"texthorndot", "[1]{\\d{#1" HORN "}}"},
    {"texthornhook", "[1]{" HOOK HORN "}"},
    {"textoverbardot", "[1]{\\d{\\={#1}}}"},
    {"textoverdotdot", "[1]{\\d{\\.{#1}}}"},
    {"textstroke",
     "[1]{{\\leavevmode\\setbox0\\hbox{#1}"
     "\\vrule height.74\\ht0 depth-.68\\ht0 width\\wd0\\kern-\\wd0\\box0}}"},
    {"textlongess", "{s}"},
    /* Signs of money that TS1 fonts have not. */
    {"textfranc", "{F}"},
    {"textmill", "{m}"},
    {"textshekel", "{ILS}"},
    {"textkip", "{LAK}"},
    {"texttugrik", "{MNT}"},
    {"textdrachma", "{Dr}"},
    {"textaustral", "{ARA}"},
    {"texthryvnia", "{UAH}"},
    {"textcedi", "{GHS}"},
    {"texttenge", "{KZT}"},
    {"textrupee", "{Rs}"},
    {"textturkishlira", "{TL}"},
    {"textmanat", "{AZN}"},
    {"textruble", "{RUB}"},
    {"textlari", "{GEL}"},
    {"textbitcoin", "{BTC}"},
};
enum { NEEDED_COUNT = sizeof NEEDED / sizeof NEEDED[0] };
_Static_assert(sizeof NEEDED / sizeof NEEDED[0] <= PREAMBLE_MOST,
               "Preamble has a place for each");

Str preamble_accent(const Sink *out, Str command)
{
    size_t end = 2;
    if (sink_is_unicode(out) || !str_starts(command, STR("{\\text")))
        return STR_EMPTY;
    while (end < command.size && byte_is_alpha(command.data[end]))
        end++;
    for (size_t i = 0; i < NEEDED_COUNT; i++) {
        if (!str_equal(str_slice(command, 2, end), str_from(NEEDED[i].name)))
            continue;
        Str definition = str_from(NEEDED[i].definition); /* "[1]{\\~{#1}}" */
        Str accent = str_slice(definition, 4, definition.size - 5);
        bool plain = str_ends(definition, STR("{#1}}")) && accent.size == 2;
        return plain ? accent : STR_EMPTY;
    }
    return STR_EMPTY;
}

static void define(Write *w, Preamble *preamble, Str tex)
{
    for (size_t at = 0; at < tex.size; at++) {
        at += str_find_byte(str_after(tex, at), '\\');
        size_t end = at + 1;
        while (end < tex.size && byte_is_alpha(tex.data[end]))
            end++;
        Str name = str_slice(tex, at + 1, end);
        for (size_t i = 0; i < NEEDED_COUNT; i++) {
            if (preamble->defined[i] || !str_equal(name, str_from(NEEDED[i].name)))
                continue;
            preamble->defined[i] = true;
            sink_format(w->out, "%s@preamble{ \"\\providecommand{\\%s}%s \" }\n",
                        preamble->begun ? "\n" : "", NEEDED[i].name,
                        NEEDED[i].definition);
            preamble->begun = true;
        }
    }
}

/* What the characters of a text are spelled with. */
static void define_for(Write *w, Preamble *preamble, Str text)
{
    while (text.size > 0) {
        text = str_after(text, utf8_ascii_front(text));
        if (text.size == 0)
            return;
        Str command;
        uint32_t c = utf8_next(&text), *seen;
        seen = &preamble->seen[c % PREAMBLE_SEEN];
        if (*seen == c)
            continue;
        *seen = c;
        if (!(latex_typesets(c) && sink_has(w->out, c)) &&
            latex_command(c, &command) != LATEX_NONE &&
            preamble_accent(w->out, command).size == 0)
            define(w, preamble, command);
    }
}

static void define_for_names(Write *w, Preamble *preamble, const Names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        define_for(w, preamble, name->given);
        define_for(w, preamble, name->dropping);
        define_for(w, preamble, name->non_dropping);
        define_for(w, preamble, name->family);
        define_for(w, preamble, name->suffix);
        define_for(w, preamble, name->literal);
    }
}

/* No style prints these. */
static bool is_typeset(FieldId id)
{
    return id != FIELD_ABSTRACT && id != FIELD_ANNOTE && id != FIELD_KEYWORD;
}

void preamble_put(Write *w, Preamble *preamble, const Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (!is_typeset(field->id))
            continue;
        if (field->form == FORM_NAMES)
            define_for_names(w, preamble, &field->names);
        else if (field->form == FORM_DATE)
            define_for(w, preamble, field->date.literal);
        else
            define_for(w, preamble, field->text.text);
        for (size_t k = 0; field->form == FORM_TEXT && k < field->text.run_count; k++) {
            const Run *run = &field->text.runs[k];
            if (run->mark == MARK_MATH)
                define(w, preamble, str_slice(field->text.text, run->start, run->end));
        }
    }
}
