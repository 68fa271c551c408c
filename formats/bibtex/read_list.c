/* SPDX-License-Identifier: MIT
 * What people write in lists of names that is not BibTeX's: "et al.", and commas where
 * "and" belongs. */
#include "formats/bibtex/read.h"
#include "formats/bibtex/words.h"

#include <string.h>

/* Others. */

static bool is_others(Str s)
{
    if (s.size > 2 && s.data[0] == '{' && s.data[s.size - 1] == '}')
        s = str_trim(str_slice(s, 1, s.size - 1)); /* "{et al.}" */
    static const char *const WORDS[] = {"others", "et al.",  "et al",
                                        "et~al.", "et. al.", "\\etal"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_equal_nocase(s, str_from(WORDS[i])))
            return true;
    }
    return false;
}

/* The "{\em et al.}" or "\textit{et al.}" that ends a name; where it begins. */
static size_t styled_others(Str s)
{
    static const char *const SWITCHES[] = {"\\em", "\\it", "\\itshape", "\\sl"};
    static const char *const COMMANDS[] = {"\\emph", "\\textit"};
    size_t open = s.size;
    while (open > 0 && s.data[open - 1] != '{')
        open--;
    if (open == 0 || s.data[s.size - 1] != '}')
        return s.size;
    Str inner = str_slice(s, open, s.size - 1), word, rest = inner;
    bool switched = false;
    if (str_word(&rest, &word)) {
        for (size_t i = 0; i < sizeof SWITCHES / sizeof SWITCHES[0]; i++)
            switched = switched || str_equal(word, str_from(SWITCHES[i]));
    }
    size_t at = open - 1;
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (str_ends(str_slice(s, 0, at), str_from(COMMANDS[i])))
            at -= strlen(COMMANDS[i]);
    }
    return is_others(str_trim(switched ? rest : inner)) ? at : s.size;
}

/* Nearly all names end and begin in another way. */
static bool may_be_others(Str s)
{
    static const Str LAST = {"sSlL.}", 6};
    return s.size > 0 && (str_find_byte(LAST, s.data[s.size - 1]) < LAST.size ||
                          byte_lower(s.data[0]) == 'e');
}

bool others_alone(Str s)
{
    if (!may_be_others(s))
        return false;
    return is_others(s) || styled_others(s) == 0;
}

bool others_cut(Str *s)
{
    static const char *const WORDS[] = {"et al.", "et al",  "et. al.",
                                        "et. al", "et~al.", "\\etal"};
    if (!may_be_others(*s))
        return false;
    size_t begin = 0, end = styled_others(*s);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        Str word = str_from(WORDS[i]);
        if (s->size <= word.size + 1)
            continue;
        size_t at = s->size - word.size;
        if (end == s->size && str_equal_nocase(str_after(*s, at), word))
            end = at;
        if (begin == 0 && str_starts_nocase(*s, word) &&
            byte_is_space(s->data[word.size]))
            begin = word.size;
    }
    if (begin == 0 && end == s->size)
        return false;
    /* else it is the end of a word, or all there is */
    if (end < s->size && end > 0 && !byte_is_space(s->data[end - 1]) &&
        s->data[end - 1] != ',' && s->data[end - 1] != '~')
        return false;
    Str rest = str_trim(str_slice(*s, begin, end));
    while (rest.size > 0 &&
           (rest.data[rest.size - 1] == ',' || rest.data[rest.size - 1] == '~'))
        rest = str_trim(str_slice(rest, 0, rest.size - 1));
    if (rest.size == 0)
        return false;
    *s = rest;
    return true;
}

/* Commas: "Anna Bell, Bo Berg, Carl Olsen", "Bell, A. M., Berg, B., Olsen, C.-J.".  To
 * BibTeX they are one name, of which it takes three parts and complains of the rest. */

enum { INITIALS_MOST = 3 };

size_t commas_next(Str s, size_t from)
{
    size_t depth = 0, i = from;
    for (; i < s.size && (s.data[i] != ',' || depth > 0); i++) {
        depth += s.data[i] == '{';
        depth -= s.data[i] == '}' && depth > 0;
    }
    return i;
}

/* "J. M.", "J.-P.", "JM" */
static bool are_initials(Str s)
{
    Str word;
    size_t words = 0;
    for (; str_word(&s, &word); words++) {
        size_t letters = 0;
        for (size_t i = 0; i < word.size; i++) {
            char c = word.data[i];
            bool dot = c == '.' && letters > 0;
            if (c != '-' && !dot && !byte_is_upper(c) && (unsigned char)c < 0x80)
                return false;
            letters = dot || c == '-' ? 0 : letters + 1;
            if (letters > INITIALS_MOST)
                return false;
        }
    }
    return words > 0;
}

/* "Ministry of Waters": a body, of which commas part no people. */
static bool is_body(Str s)
{
    static const char *const WORDS[] = {"of", "for", "the", "\\&"};
    static const char *const FRONTS[] = {"univers", "minist", "institut", "depart",
                                         "facult",  "fakult", "laborat",  "academ",
                                         "govern",  "gouvern"};
    Str word;
    while (str_word(&s, &word)) {
        for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
            if (str_equal(word, str_from(WORDS[i])))
                return true;
        }
        for (size_t i = 0; i < sizeof FRONTS / sizeof FRONTS[0]; i++) {
            if (str_starts_nocase(word, str_from(FRONTS[i])))
                return true;
        }
    }
    return false;
}

/* Two words or more, the first of them with a capital. */
static bool is_full(Str s)
{
    Str first, second;
    size_t at = 0;
    return !is_body(s) && words_next(s, &at, &first) && words_next(s, &at, &second) &&
           (words_case(first) == CASE_UPPER || words_is_particle(first));
}

size_t commas_a_name(Str s)
{
    size_t first = str_find_byte(s, ','), pieces = 0;
    if (first == s.size ||
        str_find_byte(str_after(s, first + 1), ',') + first + 1 == s.size)
        return 0; /* nearly all names */
    bool ended = s.data[s.size - 1] == ',', full = true, paired = true;
    if (name_is_labelled(s))
        return 0;
    for (size_t at = 0, end; at < s.size; at = end + 1, pieces++) {
        end = commas_next(s, at);
        Str piece = str_trim(str_slice(s, at, end));
        full = full && is_full(piece) && !are_initials(piece);
        paired = paired && are_initials(piece) == (pieces % 2 == 1);
    }
    if (full && (pieces > 2 || (ended && pieces == 2)))
        return 1;
    return paired && pieces > 2 && pieces % 2 == 0 ? 2 : 0;
}
