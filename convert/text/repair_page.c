/* SPDX-License-Identifier: MIT
 * What a journal's page has around an abstract, or in its place; see mend.h. */
#include "convert/text/mend.h"

static Str trim_end(Str s)
{
    while (s.size > 0 && byte_is_space(s.data[s.size - 1]))
        s.size--;
    return s;
}

/* "pdf", "ps. gz", "online appendix": a button's words, apart by blanks and periods. */
static bool is_button(Str name)
{
    static const char WORDS[] =
        "abs abstract pdf bib bibtex ps gz code data dataset datasets slides video "
        "poster "
        "supplementary supplement supp material materials appendix errata erratum html "
        "link "
        "openreview software webpage website page project online source github mloss org "
        "comments discussion demo";
    Str word, part;
    size_t words = 0;
    while (str_word(&name, &word)) {
        while (str_split(&word, '.', &part)) {
            if (part.size > 0 && !mend_listed_nocase(part, WORDS))
                return false;
            words += part.size > 0;
        }
    }
    return words > 0 && words <= 3;
}

/* "[ pdf ]" at the end: the bytes before it, or all of `s`. */
static Str without_button(Str s)
{
    size_t open = s.size;
    if (s.size == 0 || s.data[s.size - 1] != ']')
        return s;
    while (open > 0 && s.data[open - 1] != '[' && s.size - open < 24)
        open--;
    if (open == 0 || s.data[open - 1] != '[')
        return s;
    return is_button(str_slice(s, open, s.size - 1)) ? trim_end(str_slice(s, 0, open - 1))
                                                     : s;
}

/* "( edit, beta )" */
static Str without_edit(Str s)
{
    size_t open = s.size;
    if (s.size == 0 || s.data[s.size - 1] != ')')
        return s;
    while (open > 0 && s.data[open - 1] != '(' && s.size - open < 24)
        open--;
    if (open == 0 || s.data[open - 1] != '(')
        return s;
    Str inside = str_slice(s, open, s.size - 1), piece;
    size_t pieces = 0;
    while (str_split(&inside, ',', &piece)) {
        if (!mend_listed_nocase(str_trim(piece), "edit beta"))
            return s;
        pieces++;
    }
    return pieces > 0 ? trim_end(str_slice(s, 0, open - 1)) : s;
}

/* "&copy JMLR 2014." with or without its period, "©" and "(c)" alike. */
static Str without_copyright(Str s)
{
    Str t = s;
    if (str_ends(t, STR(".")))
        t = trim_end(str_slice(t, 0, t.size - 1));
    for (size_t i = 0; i < 4; i++) {
        if (t.size == 0 || !byte_is_digit(t.data[t.size - 1]))
            return s;
        t.size--;
    }
    t = trim_end(t);
    size_t upper = 0;
    while (t.size > 0 && byte_is_upper(t.data[t.size - 1])) {
        t.size--;
        upper++;
    }
    t = trim_end(t);
    static const Str SIGNS[] = {{"&copy;", 6}, {"&copy", 5}, {"\xc2\xa9", 2}, {"(c)", 3}};
    for (size_t i = 0; upper >= 2 && i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
        if (str_ends(t, SIGNS[i]))
            return trim_end(str_slice(t, 0, t.size - SIGNS[i].size));
    }
    return s;
}

/* What a site shows where it has no abstract. */
static bool is_placeholder(Str s)
{
    static const char *const PLACEHOLDERS[] = {"Abstract Missing", "Abstract Unavailable",
                                               "Abstract Not Available", "No Abstract",
                                               "No Abstract Available"};
    if (str_ends(s, STR(".")))
        s = trim_end(str_slice(s, 0, s.size - 1));
    for (size_t i = 0; i < sizeof PLACEHOLDERS / sizeof PLACEHOLDERS[0]; i++) {
        if (str_equal_nocase(s, str_from(PLACEHOLDERS[i])))
            return true;
    }
    return false;
}

/* The text without its buttons.  One button alone may be the author's own words. */
Str mend_page(Str s)
{
    Str t = trim_end(s), before;
    if (is_placeholder(t))
        return STR_EMPTY;
    size_t pieces = 0, sure = 0;
    do {
        before = t;
        t = without_button(before);
        pieces += t.size < before.size;
        Str edited = without_edit(t);
        pieces += edited.size < t.size;
        t = without_copyright(edited);
        sure += t.size < edited.size;
    } while (t.size < before.size);
    return sure > 0 || pieces > 1 ? t : s;
}
