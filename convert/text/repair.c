/* SPDX-License-Identifier: MIT
 * Mending scraped text; see repair.h.  Numbers are in repair_number.c, addresses in
 * repair_url.c, what a page has around the text in repair_page.c.
 *
 * The scraper put a blank after every '.', ',' and ':'.  In prose one belongs there; so
 * each rule asks for evidence that this is none. */
#include "convert/text/mend_look.h"
#include "convert/text/rich.h"

#include <stdint.h>
#include <string.h>

/* Tools of the rules. */

char mend_byte(const Mend *m, size_t at)
{
    return at < m->in.size ? m->in.data[at] : 0;
}

static bool is_word_byte(char c)
{
    return byte_is_alpha(c) || (unsigned char)c >= 0x80;
}

Str mend_word_before(const Mend *m, size_t end)
{
    size_t start = end;
    while (start > 0 && is_word_byte(m->in.data[start - 1]))
        start--;
    return str_slice(m->in, start, end);
}

Str mend_word_at(const Mend *m, size_t at)
{
    size_t end = at;
    while (end < m->in.size && is_word_byte(m->in.data[end]))
        end++;
    return str_slice(m->in, at, end);
}

bool mend_listed(Str word, const char *list)
{
    Str rest = str_from(list), each;
    while (word.size > 0 && str_word(&rest, &each)) {
        if (str_equal(word, each))
            return true;
    }
    return false;
}

bool mend_listed_nocase(Str word, const char *list)
{
    Str rest = str_from(list), each;
    while (word.size > 0 && str_word(&rest, &each)) {
        if (str_equal_nocase(word, each))
            return true;
    }
    return false;
}

static void copy_to(Mend *m, size_t at)
{
    if (at <= m->done)
        return;
    buf_add(&m->out, str_slice(m->in, m->done, at));
    m->done = at;
}

void mend_begin(Mend *m, const char *rule, size_t at)
{
    enum { BEFORE_MOST = 24 };
    at = at > m->done ? at : m->done; /* part of it may have been mended just now */
    size_t start = at, most = at > BEFORE_MOST ? at - BEFORE_MOST : 0;
    while (start > most && start > m->done && m->in.data[start - 1] != ' ')
        start--;
    while (start < at && ((unsigned char)m->in.data[start] & 0xc0) == 0x80)
        start++;
    copy_to(m, start);
    m->changes = false;
    m->rule = rule;
    m->in_start = start;
    m->out_start = m->out.size;
}

void mend_cut(Mend *m, size_t from, size_t to)
{
    if (from == to)
        return;
    copy_to(m, from);
    m->done = to;
    m->glue = to;
    m->changes = true;
}

void mend_insert(Mend *m, size_t at, Str what)
{
    copy_to(m, at);
    buf_add(&m->out, what);
    m->changes = true;
}

size_t mend_end(Mend *m, size_t at)
{
    enum { AFTER_MOST = 24 };
    copy_to(m, at > m->done ? at : m->done);
    m->made += m->changes;
    if (m->told == NULL || !m->changes)
        return m->done;
    size_t end = m->done;
    while (end < m->in.size && end < m->done + AFTER_MOST && m->in.data[end] != ' ')
        end++;
    while (end > m->done && end < m->in.size &&
           ((unsigned char)m->in.data[end] & 0xc0) == 0x80)
        end--;
    Buf after = {0};
    buf_add(&after, str_after(buf_str(&m->out), m->out_start));
    buf_add(&after, str_slice(m->in, m->done, end));
    Repair repair = {.rule = m->rule,
                     .at = m->in_start,
                     .before = str_slice(m->in, m->in_start, end),
                     .after = buf_str(&after)};
    m->told(m->context, &repair);
    buf_free(&after);
    return m->done;
}

/* Abbreviations. */

/* Letters with a period after each, as the scraper left them. */
static const struct Dotted {
    char spaced[16];
    bool any_case; /* of the first letter */
} DOTTED[] = {
    {"i. e.", true},        {"e. g.", true},     {"w. r. t.", true},  {"a. k. a.", true},
    {"i. n. i. d.", false}, {"i. i. d.", true},  {"c. f.", false},    {"U. S. A.", false},
    {"U. S.", false},       {"U. K.", false},    {"U. N.", false},    {"E. U.", false},
    {"Ph. D. s", false},    {"Ph. D.", false},   {"Ph. D", false},    {"M. Sc.", false},
    {"B. Sc.", false},      {"u. a. r.", false}, {"r. h. s.", false}, {"l. h. s.", false},
    {"w. l. o. g.", true},  {"w. h. p.", true},  {"w. p.", false},    {"s. t.", false},
    {"a. s.", false},       {"a. e.", false},    {"a. m.", false},    {"p. m.", false},
    {"d. o. f.", false},    {"p. d. f.", false}, {"c. d. f.", false}, {"r. v.", false},
    {"s. d.", false},       {"p. s. d.", false}, {"s. p. d.", false}, {"n. d.", false},
    {"N. B.", false},
};

static bool starts_dotted(Str s, const struct Dotted *dotted)
{
    Str form = str_from(dotted->spaced);
    if (str_starts(s, form))
        return true;
    return dotted->any_case && s.size >= form.size &&
           byte_lower(s.data[0]) == form.data[0] &&
           str_starts(str_after(s, 1), str_after(form, 1));
}

/* Whether a blank is there, and behind it what no prose has a blank before: "al. , 2019",
 * "al. 's". */
static bool closes(const Mend *m, size_t blank)
{
    char next = mend_byte(m, blank + 1), third = mend_byte(m, blank + 2);
    char stop = blank > 0 ? m->in.data[blank - 1] : ' ';
    if (mend_byte(m, blank) != ' ' || next == 0)
        return false;
    if (next == ')' || next == ']' || look_quote_closes(m, blank))
        return true;
    if (stop != '.')
        return false;
    if (next == ',' || next == '?' || (next == ';' && third != ')'))
        return true;
    if (next == ':')
        return third == ' ' || third == 0;
    Str rest = str_after(m->in, blank + 1);
    return str_starts(rest, STR("'s ")) || str_starts(rest, STR("\xe2\x80\x99s "));
}

/* "i. e." from its first period on. */
static size_t mend_dotted(Mend *m, size_t at)
{
    size_t start = at;
    while (start > 0 && byte_is_alpha(m->in.data[start - 1]))
        start--;
    if (start == at || at - start > 2 || start < m->done)
        return 0;
    char before = start > 0 ? m->in.data[start - 1] : ' ';
    if (before == '.' || is_word_byte(before) || byte_is_digit(before))
        return 0;
    Str rest = str_after(m->in, start);
    for (size_t i = 0; i < sizeof DOTTED / sizeof DOTTED[0]; i++) {
        Str form = str_from(DOTTED[i].spaced);
        if (!starts_dotted(rest, &DOTTED[i]) ||
            byte_is_alpha(mend_byte(m, start + form.size)))
            continue;
        mend_begin(m, "abbreviation", start);
        for (size_t k = 0; k < form.size; k++) {
            if (form.data[k] == ' ')
                mend_cut(m, start + k, start + k + 1);
        }
        /* ". ," stood for ".,": no blank belongs before a comma. */
        size_t end = start + form.size;
        bool hyphen = byte_is_upper(form.data[0]) &&
                      str_starts(str_after(m->in, end), STR(" -")) &&
                      byte_is_alpha(mend_byte(m, end + 2)); /* "U. S. -based" */
        if (form.data[form.size - 1] == '.' && (hyphen || closes(m, end)))
            mend_cut(m, end, end + 1);
        return mend_end(m, end);
    }
    return 0;
}

/* ". ," and ". )" are what is left of ".," and ".)", `, "` of `,"`; ". . ." of an
 * ellipsis. */
static size_t mend_closing(Mend *m, size_t at)
{
    Str rest = str_after(m->in, at);
    if (str_starts(rest, STR(". . ."))) {
        mend_begin(m, "ellipsis", at);
        mend_cut(m, at + 1, at + 2);
        mend_cut(m, at + 3, at + 4);
        if (str_starts(rest, STR(". . . ,")) || str_starts(rest, STR(". . . )")))
            mend_cut(m, at + 5, at + 6);
        return mend_end(m, at + 5);
    }
    char before = at > 0 ? m->in.data[at - 1] : ' ';
    if (str_find_byte(STR(" .,\"'"), before) < 5 || !closes(m, at + 1))
        return 0;
    mend_begin(m, "closing", at);
    mend_cut(m, at + 1, at + 2);
    return mend_end(m, at + 2);
}

/* TeX and words run together. */

/* "39.7\%": TeX's spelling of a sign, outside of math. */
static size_t mend_escape(Mend *m, size_t at)
{
    char next = mend_byte(m, at + 1);
    if (next == '\\')
        return at + 2;
    if (next == 0 || strchr("%&#_{}", next) == NULL)
        return 0;
    mend_begin(m, "escape", at);
    mend_cut(m, at, at + 1);
    return mend_end(m, at + 2);
}

/* Words that begin with a little word and a capital and are one word all the same. */
static bool is_camel(Str little, Str word)
{
    static const struct {
        const char *little, *words;
    } CAMEL[] = {
        {"on", "Device Click Board Chain Line Policy Demand Load Change"},
        {"for", "All Each"},
        {"to", "String Do Kin Mato"},
        {"in", "Degree Situ Place Context Memory Line Range Silico Vivo"},
        {"by", "Name Value"},
        {"and", "Then"},
    };
    for (size_t i = 0; i < sizeof CAMEL / sizeof CAMEL[0]; i++) {
        if (str_equal(little, str_from(CAMEL[i].little)))
            return mend_listed(word, CAMEL[i].words);
    }
    return false;
}

static bool has_capital(const Mend *m, size_t at)
{
    return byte_is_upper(mend_byte(m, at));
}

/* "Sampling inMeta-Reinforcement": a little word run into a title's next one.  In a
 * title the words around have capitals; camelCase stands in prose or in a list above. */
static size_t mend_glued(Mend *m, size_t at)
{
    size_t start = at;
    while (start > 0 && byte_is_lower(m->in.data[start - 1]))
        start--;
    Str little = str_slice(m->in, start, at);
    if (start < 2 || m->in.data[start - 1] != ' ' ||
        !mend_listed(little, "in of for and with on the to by from via using at"))
        return 0;
    Str word = mend_word_at(m, at);
    size_t lower = 1;
    while (lower < word.size && !byte_is_upper(word.data[lower]))
        lower++;
    if (word.size < 3 || lower < word.size || is_camel(little, word))
        return 0;
    size_t end = at + word.size;
    bool hyphen = mend_byte(m, end) == '-' && has_capital(m, end + 1);
    bool title_after = end == m->in.size || mend_byte(m, end) == ':' ||
                       (mend_byte(m, end) == ' ' && has_capital(m, end + 1));
    Str before = mend_word_before(m, start - 1);
    bool title_before = before.size > 1 && byte_is_upper(before.data[0]);
    if (!hyphen && !(title_before && title_after))
        return 0;
    mend_begin(m, "glued-words", at);
    mend_insert(m, at, STR(" "));
    return mend_end(m, end);
}

/* The scan. */

/* What a byte may be the middle of.  Most are of nothing, and the table sees that
 * fastest. */
enum { T_NONE, T_STOP, T_COMMA, T_COLON, T_SLASH, T_DOLLAR, T_UPPER };
#define UPPER(c) [(c)] = T_UPPER
static const unsigned char TRIGGERS[256] = {
    ['.'] = T_STOP, [','] = T_COMMA, [':'] = T_COLON, ['\\'] = T_SLASH, ['$'] = T_DOLLAR,
    UPPER('A'),     UPPER('B'),      UPPER('C'),      UPPER('D'),       UPPER('E'),
    UPPER('F'),     UPPER('G'),      UPPER('H'),      UPPER('I'),       UPPER('J'),
    UPPER('K'),     UPPER('L'),      UPPER('M'),      UPPER('N'),       UPPER('O'),
    UPPER('P'),     UPPER('Q'),      UPPER('R'),      UPPER('S'),       UPPER('T'),
    UPPER('U'),     UPPER('V'),      UPPER('W'),      UPPER('X'),       UPPER('Y'),
    UPPER('Z'),
};
#undef UPPER

enum { MATH_MOST = 4096 }; /* "\\(" that is never closed costs no more than that */

static size_t try_stop(Mend *m, size_t at)
{
    size_t next;
    if (mend_byte(m, at + 1) != ' ')
        return 0;
    if ((next = mend_paper(m, at)) > 0 || (next = mend_decimal(m, at)) > 0 ||
        (next = mend_url(m, at)) > 0 || (next = mend_suffix(m, at)) > 0 ||
        (next = mend_dotted(m, at)) > 0)
        return next;
    return mend_closing(m, at);
}

static size_t try_rules(Mend *m, unsigned char trigger, size_t at)
{
    size_t next = 0;
    switch (trigger) {
    case T_STOP:
        return try_stop(m, at);
    case T_COMMA:
        if (mend_byte(m, at + 1) != ' ')
            return 0;
        next = mend_thousands(m, at);
        return next > 0 ? next : mend_closing(m, at);
    case T_COLON:
        if ((next = mend_url(m, at)) > 0 || mend_byte(m, at + 1) != ' ')
            return next;
        next = mend_arxiv(m, at);
        return next > 0 ? next : mend_ratio(m, at);
    case T_SLASH:
        if (mend_byte(m, at + 1) == '(') {
            Str rest = str_slice(m->in, at, at + MATH_MOST);
            size_t end = str_find(rest, STR("\\)"));
            return end < rest.size ? mend_math(m, at, at + end + 2) : 0;
        }
        return mend_escape(m, at);
    case T_UPPER:
        return at > 0 && byte_is_lower(m->in.data[at - 1]) ? mend_glued(m, at) : 0;
    default:
        return 0;
    }
}

static void scan(Mend *m)
{
    size_t math_end = 0, math = text_math_at(m->in, 0, &math_end);
    size_t at = 0;
    for (;;) {
        size_t next = 0;
        while (at < m->in.size && TRIGGERS[(unsigned char)m->in.data[at]] == T_NONE)
            at++;
        if (at == m->in.size)
            return;
        unsigned char trigger = TRIGGERS[(unsigned char)m->in.data[at]];
        if (at >= math && math < m->in.size) {
            next = mend_math(m, math, math_end);
            math = text_math_at(m->in, math_end, &math_end);
        } else {
            next = try_rules(m, trigger, at);
        }
        at = next > at ? next : at + 1;
    }
}

Str repair_text(Arena *arena, Str s, RepairTold *told, void *context)
{
    Str kept = mend_page(s);
    Mend m = {.in = kept, .told = told, .context = context};
    scan(&m);
    if (kept.size < s.size && told != NULL) {
        Repair repair = {.rule = "boilerplate",
                         .at = kept.size,
                         .before = str_trim(str_after(s, kept.size)),
                         .after = STR_EMPTY};
        told(context, &repair);
    }
    Str made = kept;
    if (m.made > 0) {
        copy_to(&m, kept.size);
        made = arena_copy(arena, buf_str(&m.out));
    }
    buf_free(&m.out);
    return made;
}
