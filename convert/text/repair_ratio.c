/* SPDX-License-Identifier: MIT
 * Numbers with colons between: "a ratio of 10: 1", "10: 30 am". */
#include "convert/text/mend_look.h"
#include "convert/text/mend_words.h"

static const char RATIOS[] = "ratio ratios odds scale split splits proportion "
                             "proportions aspect imbalance mixture "
                             "mapping correspondence matching mix mixed weighting";

/* Whether one of the few words before, of the same clause, speaks of a ratio. */
static bool ratio_before(const Mend *m, size_t at)
{
    for (int words = 0; words < 7 && at > 0 && m->in.data[at - 1] == ' '; words++) {
        Str word = mend_word_before(m, at - 1);
        if (mend_listed_nocase(word, RATIOS))
            return true;
        if (word.size == 0)
            return false;
        at -= 1 + word.size;
    }
    return false;
}

static bool is_ratio(const Mend *m, const Pair *p, size_t parts, size_t end)
{
    Ahead ahead;
    if (mend_listed_nocase(p->word, PARTS) || mend_listed_nocase(p->word, STEPS))
        return false;
    look_read_ahead(m, end, &ahead);
    return parts > 2 || mend_listed_nocase(p->word, "a an") ||
           ratio_before(m, p->start) || mend_listed(look_ahead_word(&ahead, 0), RATIOS) ||
           mend_listed(look_ahead_word(&ahead, 1), RATIOS);
}

/* "10: 30 am" and "10: 30 p. m." */
static bool is_time(const Mend *m, const Pair *p)
{
    Str word = mend_word_at(m, p->end + (p->after == ' '));
    return p->left.size < 3 && p->right.size == 2 && p->right.data[0] < '6' &&
           ((p->left.size == 2 && p->left.data[0] == '0') ||
            mend_listed(word, "am pm AM PM UTC GMT") ||
            ((str_equal(word, STR("a")) || str_equal(word, STR("p"))) &&
             mend_byte(m, (size_t)(word.data - m->in.data) + 1) == '.'));
}

/* The colon of "mAP@0. 5: 0. 95" and "AP@[0. 5: 0. 05: 0. 95]". */
static bool is_range(const Mend *m, size_t at)
{
    size_t start = at;
    Str right = str_after(m->in, at + 2);
    if (!str_starts(right, STR("0.")) && !str_starts(right, STR(".")))
        return false;
    while (start > 0 && at - start < 24 &&
           (byte_is_digit(m->in.data[start - 1]) ||
            str_find_byte(STR(". :"), m->in.data[start - 1]) < 3))
        start--;
    if (start > 0 && m->in.data[start - 1] == '[')
        start--;
    return start > 0 && start < at && m->in.data[start - 1] == '@';
}

size_t mend_ratio(Mend *m, size_t at)
{
    Pair p, next;
    if (is_range(m, at)) {
        size_t stop = at + 2 + (m->in.data[at + 2] == '0');
        bool apart =
            mend_byte(m, stop + 1) == ' ' && byte_is_digit(mend_byte(m, stop + 2));
        mend_begin(m, "ratio", at);
        mend_cut(m, at + 1, at + 2);
        if (apart)
            mend_cut(m, stop + 1, stop + 2);
        return mend_end(m, stop + 1 + apart);
    }
    if (!look_pair(m, at, &p) || (p.before != ' ' && p.before != '(' && p.before != 0))
        return 0;
    size_t parts = 2, end = p.end;
    while (parts < 6 && mend_byte(m, end) == ':' && mend_byte(m, end + 1) == ' ' &&
           look_pair(m, end, &next)) {
        end = next.end;
        parts++;
    }
    bool time = is_time(m, &p);
    if (!time && !is_ratio(m, &p, parts, end))
        return 0;
    mend_begin(m, time ? "time" : "ratio", p.start);
    for (size_t i = at; i < end; i++) {
        if (m->in.data[i] == ' ')
            mend_cut(m, i, i + 1);
    }
    return mend_end(m, end);
}
