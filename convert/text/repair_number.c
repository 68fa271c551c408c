/* SPDX-License-Identifier: MIT
 * Numbers that the scraper tore apart: "3. 55", "680, 000", "ratio of 10: 1".
 *
 * "3. 55" may also be the end of a sentence and the beginning of the next.  What
 * decides is what stands around: a sentence does not begin with a number and then
 * "million", and does not end with "Figure 3" and go on with "on".  Where a verb behind
 * the number makes a sentence of it, nothing is joined. */
#include "convert/text/mend_look.h"
#include "convert/text/mend_words.h"

/* Decimals. */

/* "5-fold", "4-bit", "3-D", "2nd": behind a whole number, or behind "a 1. 5". */
static bool is_whole_number(const Mend *m, const Pair *p)
{
    if (p->after == '-') {
        Str word = mend_word_at(m, p->end + 1);
        if (str_equal(word, STR("bit")) && p->right.size > 1)
            return mend_listed(p->right, "16 32 64 128");
        return mend_listed(word,
                           "D fold shot way layer layered year class step hop th bit "
                           "dimensional head stage point time") &&
               !mend_listed_nocase(p->word, "a an the by about roughly approximately");
    }
    Str word = mend_word_at(m, p->end);
    if (str_equal(word, STR("D")))
        return !(str_equal(p->right, STR("5")) &&
                 (str_equal(p->left, STR("2")) || str_equal(p->left, STR("1"))));
    return mend_listed(word,
                       str_equal(p->left, STR("99")) ? "st nd rd" : "st nd rd th") ||
           (p->right.size == 4 && look_is_year(p->right));
}

/* "The young were 20 to 35. 60% were women.": percents that begin a sentence are round.
 */
static bool percent_begins(const Pair *p, const Ahead *a)
{
    Str word = look_ahead_word(a, str_equal(look_ahead_word(a, 0), STR("%")));
    return p->right.size == 2 && look_value_of(p->right) % 5 == 0 &&
           mend_listed(word, "are were had have was said") &&
           !mend_listed(p->word, "of by at with reaches");
}

/* What stands right behind the number tells by itself. */
static bool decimal_by_end(const Mend *m, const Pair *p)
{
    char next = mend_byte(m, p->end + 1), third = mend_byte(m, p->end + 2);
    switch (p->after) {
    case ')':
    case ']':
        return p->right.size > 2 || look_bracket_is_open(m, p->start);
    case 0:
    case ',':
    case ';':
    case '%':
    case '/':
    case '~':
    case '+':
    case '*':
    case '^':
    case '}':
    case '"':
        return true;
    case '.':
        /* "on CIFAR-10. 96. 3% of them": who knows which of the two */
        return next == 0 || (next == ' ' && !byte_is_digit(third));
    case ':':
        return next == ' ';
    case '\\':
        return next == '%';
    case '-':
        return byte_is_alpha(next) || byte_is_digit(next);
    case ' ':
        return next == '%' || next == ')' || (next == '+' && third == ' ') ||
               (next == '\\' && third == '%') ||
               /* the multiplication and plus-minus signs, U+00D7 and U+00B1 */
               ((unsigned char)next == 0xc3 && (unsigned char)third == 0x97) ||
               ((unsigned char)next == 0xc2 && (unsigned char)third == 0xb1);
    default:
        /* "1. 5B", "2. 5x", or a sign right behind it: ×, ±, –, € */
        return byte_is_alpha(p->after) || (unsigned char)p->after == 0xc3 ||
               (unsigned char)p->after == 0xc2 || (unsigned char)p->after == 0xe2;
    }
}

/* The same of what stands right before: "-1. 2", "$1. 5", "= 2. 5". */
static bool decimal_by_start(const Mend *m, const Pair *p)
{
    Str signs = STR("$~<>+=([{^_");
    char before = p->before;
    if (before == '-') {
        char third = p->start > 1 ? m->in.data[p->start - 2] : ' ';
        return third == ' ' || third == '(' || third == '[' || third == '=';
    }
    if (before == ' ' && p->sign != 0)
        return str_find_byte(STR("=<>~"), p->sign) < 4 ||
               ((unsigned char)p->sign >= 0x80 && p->word.size == 0);
    /* the last byte of a sign such as ≈, €, £ or – right before the digits */
    return before == 'v' || (before != 0 && str_find_byte(signs, before) < signs.size) ||
           (unsigned char)before >= 0x80;
}

/* "It costs 5. 20 people bought it", "0 or 1. 0 means absent": what is counted in whole
 * numbers, or a verb that wants one before it. */
static bool begins_sentence(const Pair *p, const Ahead *a)
{
    Str first = look_ahead_word(a, 0), second = look_ahead_word(a, 1);
    if (mend_listed(first, "means denotes indicates represents stands being"))
        return true;
    if (p->right.data[0] == '0')
        return false;
    if (mend_listed(first, "years months weeks days more"))
        return mend_listed(second, "later ago earlier came");
    if (mend_listed(first, "of"))
        return mend_listed(second, "them these those us our which whom") ||
               (look_is_sentence(a) && p->word.size > 0 && p->right.size == 1 &&
                !mend_listed(p->word, "of") && !mend_listed_nocase(p->word, PARTS));
    return mend_listed(first, WHOLE);
}

/* "91. 2, 92. 3, and 93. 4 are": right behind a decimal that is whole, or made so. */
static bool is_parallel(const Mend *m, const Pair *p)
{
    static const Str BETWEEN[] = {{", and ", 6}, {", ", 2},    {" and ", 5}, {" to ", 4},
                                  {" or ", 4},   {" vs. ", 5}, {", or ", 5}};
    Str before = str_slice(m->in, 0, p->start);
    for (size_t i = 0; i < sizeof BETWEEN / sizeof BETWEEN[0]; i++) {
        if (!str_ends(before, BETWEEN[i]))
            continue;
        size_t start = before.size - BETWEEN[i].size, end = start;
        while (start > 0 && end - start < 4 && byte_is_digit(m->in.data[start - 1]))
            start--;
        size_t dot = start - (start > 0 && start == m->glue);
        if (end - start == p->right.size && dot > 1 && m->in.data[dot - 1] == '.' &&
            byte_is_digit(m->in.data[dot - 2]))
            return true;
    }
    return false;
}

/* Numbers of parts, and of steps. */
static bool is_part(const Mend *m, const Pair *p, const Ahead *a)
{
    Str first = look_ahead_word(a, 0), second = look_ahead_word(a, 1);
    if (p->after == ' ')
        return mend_listed(first, BEHIND_PART) ||
               (second.size > 0 && !byte_is_digit(second.data[0]) &&
                (str_equal(first, STR("and")) ||
                 (str_equal(first, STR("of")) && !mend_listed(second, "the all"))));
    return p->after == 0 || p->after == ')' || p->after == ',' || p->after == ']' ||
           p->after == ';' || (p->after == '.' && decimal_by_end(m, p));
}

static bool of_measure(const Mend *m, const Pair *p)
{
    Str measure = look_word_before_word(m, p);
    if (!str_equal(p->word, STR("of")) || measure.size < 2)
        return false;
    return mend_listed_nocase(measure, MEASURES) ||
           (measure.data[measure.size - 1] == 's' &&
            mend_listed_nocase(str_slice(measure, 0, measure.size - 1), MEASURES));
}

/* Where nothing right beside the number tells: by the words. */
static bool decimal_by_words(const Mend *m, const Pair *p, const Ahead *a)
{
    Str first = look_ahead_word(a, 0);
    bool known, version = look_has_version(m, p, &known),
                one = look_value_of(p->right) == 1;
    if (known)
        return one ||
               !(mend_listed(first, RUNS) || mend_listed(first, "used use are were"));
    if (version && first.size > 0 && mend_listed(first, VERBS))
        return true;
    if (p->sign == ':' && p->left.size == 1)
        return false; /* "two things: 1. 3 runs" */
    if (of_measure(m, p))
        return first.size > 0 || a->stop == '(';
    /* "a grid of 5. 20 points were removed": many were; "2. 5 points is" one amount. */
    if (mend_listed(first, UNITS))
        return !look_is_plural(first) || !mend_listed(look_ahead_word(a, 1), MANY) ||
               mend_listed_nocase(p->word, "approximately roughly nearly");
    if (is_parallel(m, p) || (one && look_is_plural(first)))
        return true;
    /* "The mean was 3. 45 (SD = 1. 2)" */
    if (first.size == 0 && a->stop == '(')
        return mend_listed(p->word, "of is was were by");
    if (first.size == 0 || byte_is_digit(first.data[0]) || look_is_sentence(a))
        return version && first.size > 0 && byte_is_digit(first.data[0]);
    if (version || decimal_by_start(m, p))
        return true;
    if (p->before != ' ' || p->word.size == 0)
        return false;
    if (mend_listed_nocase(p->word, WANTS))
        return p->right.size <= 4;
    /* The words are no sentence, up to its very end. */
    return (a->stop == '.' || a->stop == 0) && byte_is_lower(p->word.data[0]) &&
           byte_is_lower(first.data[0]);
}

static bool is_decimal(const Mend *m, const Pair *p)
{
    char before = p->before;
    if (before == '.' || before == ',' || before == ':' || p->left.size > 4 ||
        look_is_year(p->left) ||
        (p->left.size > 1 && p->left.data[0] == '0' && !p->grouped))
        return false;
    /* "1e-3. 5 runs": an exponent is whole */
    if ((before == '-' || before == '+') && p->start > 2 &&
        byte_lower(m->in.data[p->start - 2]) == 'e' &&
        byte_is_digit(m->in.data[p->start - 3]))
        return false;
    if (look_is_enumeration(m, p) || is_whole_number(m, p) ||
        (p->after == '.' && byte_is_digit(mend_byte(m, p->end + 1))) ||
        (look_is_amid_numbers(m, p) &&
         (p->after == '.' || p->after == ',' || p->after == 0)))
        return false;
    Ahead ahead;
    look_read_ahead(m, p->end, &ahead);
    if (begins_sentence(p, &ahead))
        return false;
    bool zero = str_equal(p->left, STR("0")),
         percent = p->after == '%' || p->after == '\\';
    bool fraction = p->right.data[0] == '0' && (p->right.size > 1 || zero);
    if (mend_listed_nocase(p->word, PARTS) && !percent)
        return is_part(m, p, &ahead);
    if (mend_listed_nocase(p->word, STEPS) && !percent)
        return zero && !look_is_sentence(&ahead);
    if (fraction || zero) /* "It is 0. 100 samples are drawn." */
        return fraction || !look_is_plural(look_ahead_word(&ahead, 0)) ||
               !mend_listed(look_ahead_word(&ahead, 1), MANY) || of_measure(m, p);
    if (percent_begins(p, &ahead))
        return false;
    /* No sentence begins with "0". */
    if (decimal_by_end(m, p) ||
        (str_equal(p->right, STR("0")) &&
         (p->left.size == 1 || !mend_listed(look_ahead_word(&ahead, 0), VERBS))))
        return true;
    if (p->after == '.' && mend_listed_nocase(p->word, WANTS))
        return true;
    return p->after == ' ' && decimal_by_words(m, p, &ahead);
}

size_t mend_decimal(Mend *m, size_t at)
{
    Pair p;
    /* ". 05" for ".05": a blank before the period, a sentence has none. */
    if (at > 0 && byte_is_digit(mend_byte(m, at + 2)) &&
        str_find_byte(STR(" (=<>[~-"), m->in.data[at - 1]) < 8 &&
        (at < 2 || m->in.data[at - 1] != ' ' ||
         (m->in.data[at - 2] != '.' && m->in.data[at - 2] != ','))) {
        mend_begin(m, "decimal", at);
        mend_cut(m, at + 1, at + 2);
        return mend_end(m, at + 3);
    }
    if (!look_pair(m, at, &p))
        return 0;
    size_t version = look_version_end(m, &p);
    if (version == 0 && !is_decimal(m, &p))
        return 0;
    mend_begin(m, "decimal", p.start);
    mend_cut(m, at + 1, at + 2);
    for (size_t i = p.end; i < version; i++) {
        if (m->in.data[i] == ' ')
            mend_cut(m, i, i + 1);
    }
    return mend_end(m, version > 0 ? version : p.end);
}

/* Thousands. */

/* "1, 281, 167": three digits behind each comma. */
typedef struct Groups {
    size_t count, end;
    bool zero;  /* one of them begins with a zero: no number of its own does */
    bool round; /* all of them could be in a list, like 100 and 256 */
    bool list;  /* more numbers follow, and those are no groups */
} Groups;

static bool is_round(Str group)
{
    return group.data[2] == '0' || str_equal(group, STR("128")) ||
           str_equal(group, STR("256")) || str_equal(group, STR("512"));
}

static Groups read_groups(const Mend *m, const Pair *p)
{
    enum { GROUPS_MOST = 4 };
    Groups g = {.count = 1, .end = p->end, .zero = p->right.data[0] == '0'};
    g.round = is_round(p->right);
    Pair next;
    while (mend_byte(m, g.end) == ',' && mend_byte(m, g.end + 1) == ' ' &&
           look_pair(m, g.end, &next)) {
        if (next.right.size != 3 || g.count == GROUPS_MOST) {
            g.list = true;
            break;
        }
        g.zero = g.zero || next.right.data[0] == '0';
        g.round = g.round && is_round(next.right);
        g.count++;
        g.end = next.end;
    }
    return g;
}

/* Something counted, with what is said of it before: "human-labeled images". */
static bool is_counted(const Ahead *a)
{
    for (size_t i = 0; i < a->count && i < 4; i++) {
        if (look_is_plural(a->words[i]))
            return true;
        if (look_is_verb(a, i) || mend_listed(a->words[i], FUNCTION))
            return false;
    }
    return false;
}

/* Whether the clause that the number is in opens with "In" or the like and has no comma
 * yet: "In round 4, 200 people" has one behind its 4. */
static bool in_opening(const Mend *m, const Pair *p)
{
    enum { BACK_MOST = 100 };
    size_t start = p->start, most = start > BACK_MOST ? start - BACK_MOST : 0;
    for (; start > most; start--) {
        char c = m->in.data[start - 1];
        if (c == '(' || c == ')')
            break;
        if (mend_byte(m, start) == ' ' && str_find_byte(STR(".,;:?!"), c) < 6 &&
            !(start > 1 && byte_is_digit(m->in.data[start - 2]) &&
              byte_is_digit(mend_byte(m, start + 1))))
            break;
    }
    if (start > 0 && start == most)
        return false;
    start += mend_byte(m, start) == ' ';
    return mend_listed_nocase(mend_word_at(m, start), OPENERS);
}

/* By the word before and by what is counted: "evaluate 1, 319 math problems". */
static bool thousands_by_words(const Mend *m, const Pair *p, const Groups *g,
                               const Ahead *a)
{
    size_t before = p->start - 1 - p->word.size; /* where the word before begins */
    bool clause =
        before < 3 || (m->in.data[before - 1] == ' ' && m->in.data[before - 2] == '.');
    if (byte_is_upper(p->word.data[0]) && !clause)
        return false;
    if (mend_listed(p->word, "and or") && before > 2 &&
        byte_is_digit(m->in.data[before - 2 - (m->in.data[before - 2] == ',')]))
        return false;
    if (in_opening(m, p))
        return !look_is_sentence(a) && a->stop == ',';
    if (look_is_sentence(a))
        return mend_listed(p->word, "that where while because whereas and");
    return !g->round || str_ends(p->word, STR("ed")) ||
           mend_listed_nocase(p->word, COUNTS);
}

static bool is_thousands(const Mend *m, const Pair *p, const Groups *g)
{
    Ahead ahead;
    look_read_ahead(m, g->end, &ahead);
    Str first = look_ahead_word(&ahead, 0), second = look_ahead_word(&ahead, 1);
    char after = mend_byte(m, g->end);
    if (g->list || (mend_listed(first, "and or") && second.size > 0 &&
                    byte_is_digit(second.data[0])))
        return false;
    if (g->zero || p->before == '$' || p->before == '~' ||
        (unsigned char)p->before >= 0x80)
        return true;
    if (mend_listed_nocase(p->word, PARTS) || mend_listed_nocase(p->word, STEPS) ||
        mend_listed_nocase(p->word, LISTS))
        return false;
    if (p->sign == ',' && p->start > 2 && byte_is_digit(m->in.data[p->start - 3]))
        return false;
    bool noun = is_counted(&ahead);
    bool ends =
        after == 0 || after == '.' || after == ',' || after == ';' || after == ')';
    if (mend_listed_nocase(p->word, AMOUNTS) ||
        (mend_listed(p->word, "of to") &&
         mend_listed_nocase(look_word_before_word(m, p), str_equal(p->word, STR("of"))
                                                             ? "total set sample rating"
                                                             : "up")))
        return noun || !g->round;
    if (g->count > 1)
        return !g->round && (noun || mend_listed_nocase(p->word, COUNTS));
    if (after == '-')
        return byte_is_alpha(mend_byte(m, g->end + 1)) &&
               (mend_listed_nocase(p->word, "a an the") ||
                (!g->round && mend_listed_nocase(p->word, COUNTS)));
    /* "(N = 1, 234)", which gives a study's size */
    if (p->sign == '=')
        return after == ')' && !g->round;
    if (after != ' ')
        return ends && !g->round && mend_listed(p->word, "of to is");
    /* The first thing in its clause, or behind "In total,". */
    if (p->before == 0 || p->before == '(' ||
        (p->sign != 0 && str_find_byte(STR(".,;:"), p->sign) < 4))
        return noun;
    return noun && p->before == ' ' && p->word.size > 0 &&
           thousands_by_words(m, p, g, &ahead);
}

size_t mend_thousands(Mend *m, size_t at)
{
    Pair p, tail;
    if (!look_pair(m, at, &p) || p.left.size > 3 || p.right.size != 3 ||
        p.left.data[0] == '0' || (byte_is_alpha(p.before) && p.before != 'x') ||
        p.before == '.' || p.before == ',')
        return 0;
    Groups g = read_groups(m, &p);
    if (!is_thousands(m, &p, &g)) {
        /* "1, 024, 512 and 256": the list goes on behind a number that is whole */
        if (p.right.data[0] != '0')
            return 0;
        g.end = p.end;
    }
    mend_begin(m, "thousands", p.start);
    for (size_t i = at; i < g.end; i++) {
        if (m->in.data[i] == ' ')
            mend_cut(m, i, i + 1);
    }
    /* "3, 245. 6" */
    if (mend_byte(m, g.end) == '.' && mend_byte(m, g.end + 1) == ' ' &&
        look_pair(m, g.end, &tail)) {
        tail.grouped = true;
        tail.start = p.start;
        tail.before = p.before;
        tail.sign = p.sign;
        tail.word = p.word;
        if (is_decimal(m, &tail)) {
            mend_cut(m, g.end + 1, g.end + 2);
            g.end = tail.end;
        }
    }
    return mend_end(m, g.end);
}

/* Within math a period between digits ends no sentence, and nothing but a thousand has
 * "000" behind a comma: "$\epsilon = 0. 5$", "$10, 000$". */
size_t mend_math(Mend *m, size_t at, size_t end)
{
    for (; at + 2 < end; at++) {
        char c = m->in.data[at];
        if ((c != '.' && c != ',') || m->in.data[at + 1] != ' ' || at == 0 ||
            !byte_is_digit(m->in.data[at - 1]) || !byte_is_digit(m->in.data[at + 2]))
            continue;
        Str group = str_slice(m->in, at + 2, at + 5);
        if (c == ',' &&
            (!str_equal(group, STR("000")) || byte_is_digit(mend_byte(m, at + 5))))
            continue;
        mend_begin(m, c == '.' ? "decimal" : "thousands", at);
        mend_cut(m, at + 1, at + 2);
        mend_end(m, at + 2);
    }
    return end;
}
