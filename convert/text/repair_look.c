/* SPDX-License-Identifier: MIT
 * What stands around a separator; see mend_look.h. */
#include "convert/text/mend_look.h"
#include "convert/text/mend_words.h"

static Str word_behind_period(const Mend *m, size_t end)
{
    bool period = end > 0 && m->in.data[end - 1] == '.';
    Str word = mend_word_before(m, end - period);
    /* "Fig. 3", but not the end of a sentence */
    return !period || mend_listed_nocase(word, "fig figs sec secs eq no thm vol ver")
               ? word
               : STR_EMPTY;
}

bool look_pair(const Mend *m, size_t at, Pair *p)
{
    size_t start = at, end = at + 2;
    while (start > 0 && byte_is_digit(m->in.data[start - 1]))
        start--;
    while (end < m->in.size && byte_is_digit(m->in.data[end]))
        end++;
    if (start == at || end == at + 2)
        return false;
    *p = (Pair){.left = str_slice(m->in, start, at),
                .right = str_slice(m->in, at + 2, end),
                .after = mend_byte(m, end),
                .word = STR_EMPTY,
                .start = start,
                .end = end};
    p->before = p->start > 0 ? m->in.data[p->start - 1] : 0;
    /* "1. 2. 3": the blank that was here is gone, and the 2 is a fraction. */
    if (p->start > 0 && p->start == m->glue)
        p->before = '.';
    if (p->before == ' ') {
        p->word = word_behind_period(m, p->start - 1);
        p->sign = p->start > 1 ? m->in.data[p->start - 2] : 0;
    }
    return true;
}

Str look_word_before_word(const Mend *m, const Pair *p)
{
    size_t end = p->start - 1 - p->word.size;
    bool there =
        p->word.size > 0 && end > 1 && end < p->start && m->in.data[end - 1] == ' ';
    return there ? mend_word_before(m, end - 1) : STR_EMPTY;
}

bool look_is_year(Str digits)
{
    return digits.size == 4 &&
           (str_starts(digits, STR("18")) || str_starts(digits, STR("19")) ||
            str_starts(digits, STR("20")));
}

size_t look_value_of(Str digits)
{
    size_t value = 0;
    for (size_t i = 0; i < digits.size && i < 6; i++)
        value = value * 10 + (size_t)(digits.data[i] - '0');
    return value;
}

bool look_is_amid_numbers(const Mend *m, const Pair *p)
{
    return p->sign == '.' && p->start > 2 && byte_is_digit(m->in.data[p->start - 3]);
}

bool look_is_enumeration(const Mend *m, const Pair *p)
{
    size_t left = look_value_of(p->left), right = look_value_of(p->right);
    if (p->left.size > 2 || right != left + 1)
        return false;
    Str third = str_after(m->in, p->end);
    if (p->after == '.' && mend_byte(m, p->end + 1) == ' ' &&
        byte_is_digit(mend_byte(m, p->end + 2))) {
        size_t end = 2;
        while (end < third.size && end < 6 && byte_is_digit(third.data[end]))
            end++;
        return look_value_of(str_slice(third, 2, end)) == right + 1;
    }
    return look_is_amid_numbers(m, p) &&
           (size_t)(m->in.data[p->start - 3] - '0') + 1 == left;
}

bool look_bracket_is_open(const Mend *m, size_t at)
{
    enum { BACK_MOST = 240 };
    size_t closed = 0;
    for (size_t i = 1; i <= BACK_MOST && i <= at; i++) {
        char c = m->in.data[at - i];
        if (c == ')' || c == ']')
            closed++;
        else if ((c == '(' || c == '[') && closed-- == 0)
            return true;
    }
    return false;
}

/* Whether a straight quote is open at a place, as far as one can see. */
static bool quote_is_open(const Mend *m, size_t at)
{
    enum { BACK_MOST = 240 };
    bool open = false;
    for (size_t i = 1; i <= BACK_MOST && i <= at; i++)
        open ^= m->in.data[at - i] == '"';
    return open;
}

bool look_quote_closes(const Mend *m, size_t blank)
{
    static const Str QUOTES[] = {
        {"\"", 1}, {"''", 2}, {"\xe2\x80\x9d", 3}, {"\xe2\x80\x99", 3}};
    Str rest = str_after(m->in, blank + 1);
    for (size_t i = 0; i < sizeof QUOTES / sizeof QUOTES[0]; i++) {
        char behind = mend_byte(m, blank + 1 + QUOTES[i].size);
        if (str_starts(rest, QUOTES[i]))
            return (behind == 0 || str_find_byte(STR(" .,;)"), behind) < 5) &&
                   (i > 0 || quote_is_open(m, blank));
    }
    return false;
}

static bool is_ahead_byte(const Mend *m, size_t at)
{
    char c = mend_byte(m, at);
    return byte_is_alpha(c) || byte_is_digit(c) || (unsigned char)c >= 0x80 || c == '-' ||
           c == '\'' || c == '/' || c == '%' ||
           (c == '\\' && mend_byte(m, at + 1) == '%');
}

/* A separator inside a number, torn apart or whole: the same to the one who looks. */
static size_t number_goes_on(const Mend *m, size_t at)
{
    char c = mend_byte(m, at);
    if ((c != '.' && c != ',' && c != ':') || !byte_is_digit(m->in.data[at - 1]))
        return 0;
    size_t next = at + 1 + (mend_byte(m, at + 1) == ' ');
    return byte_is_digit(mend_byte(m, next)) ? next : 0;
}

void look_read_ahead(const Mend *m, size_t at, Ahead *a)
{
    enum { BYTES_MOST = 200 };
    size_t start = at, most = at + BYTES_MOST, next;
    *a = (Ahead){.stop = ' '};
    while (a->count < AHEAD_MOST && start < most) {
        if (mend_byte(m, start) == ' ')
            start++;
        size_t end = start;
        while (end < most) {
            if (is_ahead_byte(m, end))
                end++;
            else if (end > start && (next = number_goes_on(m, end)) > 0)
                end = next;
            else
                break;
        }
        if (end > start)
            a->words[a->count++] = str_slice(m->in, start, end);
        if (end == start || mend_byte(m, end) != ' ') {
            a->stop = mend_byte(m, end);
            return;
        }
        start = end;
    }
}

Str look_ahead_word(const Ahead *a, size_t i)
{
    return i < a->count ? a->words[i] : STR_EMPTY;
}

bool look_is_plural(Str word)
{
    if (mend_listed(word, COUNTED))
        return true;
    if (word.size < 4 || word.data[word.size - 1] != 's')
        return false;
    char before = word.data[word.size - 2];
    return before != 's' && before != 'u' && before != 'i' && before != '\'' &&
           !mend_listed(word, VERBS) && !mend_listed(word, FUNCTION);
}

bool look_is_verb(const Ahead *a, size_t i)
{
    Str word = a->words[i], next = look_ahead_word(a, i + 1);
    /* "iterations to converge", "tokens of the use" */
    if (i > 0 && mend_listed(a->words[i - 1], "to the a an its their this our each"))
        return false;
    if (mend_listed(word, VERBS))
        return true;
    if (word.size < 5 || !str_ends(word, STR("ed")))
        return false;
    if (i > 0 && look_is_plural(a->words[i - 1]))
        return true;
    return next.size == 0 || mend_listed(next, FUNCTION);
}

bool look_is_sentence(const Ahead *a)
{
    for (size_t i = 0; i < a->count; i++) {
        /* "A cohort of 5, 209 adults was followed": it was, not they. */
        if (i > 0 && look_is_plural(a->words[i - 1]) &&
            mend_listed(a->words[i], "is was has"))
            return false;
        if (look_is_verb(a, i))
            return true;
        if (i > 0 && mend_listed(a->words[i], "and but while when which that than where"))
            return false;
    }
    return false;
}

/* "GPT-4. 1", "Qwen2. 5", "LLaVA-v1. 5", "Python 3. 8": whether what is named before the
 * pair has versions; "known" that the pair is a version of that very name. */
bool mend_has_version(const Mend *m, const Pair *p, bool *known);
/* "v1. 2. 3", "2. 0. 1", "scikit-learn 0. 24. 2", "192. 168. 0. 1": where a version of
 * three parts or more ends that begins with the pair, or 0. */
size_t mend_version_end(const Mend *m, const Pair *p);
