/* SPDX-License-Identifier: MIT
 * Names in a catalogue's order: "van der Berg, Jan"; see name.h. */
#include "convert/record/name.h"
#include "convert/record/name_words.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

static const Name NOBODY = {{"", 0}, {"", 0}, {"", 0}, {"", 0}, {"", 0},
                            {"", 0}, {"", 0}, false,   false};

static bool listed(Str word, const char *list)
{
    char framed[48] = " ";
    if (word.size == 0 || word.size > sizeof framed - 3)
        return false;
    for (size_t i = 0; i < word.size; i++)
        framed[1 + i] = byte_lower(word.data[i]);
    framed[word.size + 1] = ' ';
    return strstr(list, framed) != NULL;
}

static bool is_lower(Str word)
{
    return word.size > 0 && unicode_is_lower(utf8_next(&word));
}

static bool is_particle(Str word)
{
    return (is_lower(word) || (word.size > 0 && word.data[0] == '\'')) &&
           listed(word, PARTICLES);
}

/* "d'Alembert", "al-Rashid", "'t Hooft" is none. */
static size_t elided(Str s)
{
    static const char *const FORMS[] = {"d'",
                                        "d\xe2\x80\x99",
                                        "l'",
                                        "dell'",
                                        "dall'",
                                        "dell\xe2\x80\x99",
                                        "dall\xe2\x80\x99",
                                        "al-",
                                        "el-"};
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        Str form = str_from(FORMS[i]), rest = str_after(s, form.size);
        if (str_starts(s, form) && rest.size > 0 && !is_lower(rest))
            return form.size;
    }
    return 0;
}

static void split_family(Name *name)
{
    Str rest = name->family, word;
    size_t end = 0;
    if (!is_lower(rest) && (rest.size == 0 || rest.data[0] != '\''))
        return;
    while (str_word(&rest, &word) && is_particle(word) && str_trim(rest).size > 0)
        end = (size_t)(word.data + word.size - name->family.data);
    if (end > 0) {
        name->non_dropping = str_slice(name->family, 0, end);
        name->family = str_trim(str_after(name->family, end));
    } else if ((end = elided(name->family)) > 0) {
        name->non_dropping = str_slice(name->family, 0, end);
        name->family = str_after(name->family, end);
    }
}

/* "Ludwig van": what stands behind the given names goes with them. */
static void split_given(Name *name)
{
    size_t start = name->given.size, at = start;
    while (at > 0) {
        size_t blank = at;
        while (blank > 0 && name->given.data[blank - 1] != ' ')
            blank--;
        if (blank == 0 || !is_particle(str_slice(name->given, blank, at)))
            break;
        start = blank;
        at = blank - 1;
    }
    if (start < name->given.size) {
        name->dropping = str_after(name->given, start);
        name->given = str_trim(str_slice(name->given, 0, start));
    }
}

/* "F.M.", "FM", "J.-P.": one to four capitals, and nothing but them. */
static bool is_initials(Str word)
{
    size_t capitals = 0;
    while (word.size > 0) {
        uint32_t c = utf8_next(&word);
        if (unicode_is_upper(c))
            capitals++;
        else if (c != '.' && c != '-')
            return false;
    }
    return capitals >= 1 && capitals <= 4;
}

/* Takes the last word off. */
static Str last_word(Str *s)
{
    size_t start = s->size;
    while (start > 0 && s->data[start - 1] != ' ')
        start--;
    Str word = str_after(*s, start);
    *s = str_trim(str_slice(*s, 0, start));
    return word;
}

/* "Smith J.", "van der Berg JA", "O'Neil BC 3rd": PubMed's and Scopus' order.  A number
 * in Roman letters ends no person's name in it but behind initials. */
static bool parse_initials(Str s, Name *name)
{
    Str family = s, initials = last_word(&family), suffix = STR_EMPTY;
    bool capitals = true;
    if (listed(initials, SUFFIXES)) {
        suffix = initials;
        initials = last_word(&family);
    }
    if (family.size == 0 || !is_initials(initials) || listed(initials, SUFFIXES))
        return false;
    for (;;) { /* "Smith J. A." */
        Str more = family, word = last_word(&more);
        if (more.size == 0 || !is_initials(word) ||
            (word.size > 1 && word.data[word.size - 1] != '.'))
            break;
        family = more;
        initials = str_after(s, (size_t)(word.data - s.data));
        initials = str_trim(str_slice(initials, 0, initials.size - suffix.size));
    }
    for (size_t i = 0; i < family.size; i++)
        capitals = capitals && !byte_is_lower(family.data[i]);
    /* "WORLD BANK II", "GROUP A": nobody can tell. */
    if (capitals && str_find_byte(initials, '.') == initials.size)
        return false;
    NameOddity oddity;
    Name natural = name_parse(family, &oddity);
    Str words = family, word, last = STR_EMPTY;
    size_t count = 0;
    for (; str_word(&words, &word); count++)
        last = word;
    if (count > 4 || listed(last, BODY_LAST) ||
        (natural.literal.size > 0 && count > 1 && !name_is_cjk(&natural)))
        return false;
    name->family = family;
    name->given = initials;
    name->suffix = suffix;
    return true;
}

/* "J.", "J.-P.", but not the "U.S." of an army. */
static bool is_single_initial(Str word)
{
    char before = '-';
    while (word.size > 0) {
        char sign = word.data[0];
        bool upper = unicode_is_upper(utf8_next(&word));
        bool fits = before == '-' ? upper : before == '.' ? sign == '-' : sign == '.';
        if (!fits)
            return false;
        before = sign;
    }
    return before == '.';
}

/* "J.-P. van der Berg": the natural order, as IEEE Xplore has it, which given names that
 * are initials tell. */
static bool parse_natural(Str s, Name *name)
{
    NameOddity oddity;
    Str rest = s, word;
    if (!str_word(&rest, &word) || !is_single_initial(word))
        return false;
    Name natural = name_parse(s, &oddity);
    if (natural.family.size == 0 || is_single_initial(natural.family) ||
        oddity != NAME_FINE)
        return false;
    for (rest = natural.given; str_word(&rest, &word);) {
        if (!is_single_initial(word))
            return false;
    }
    *name = natural;
    return true;
}

/* One word before the comma is a family name ("Apple, Fiona"), several may be a body. */
static bool is_body(Str before)
{
    NameOddity oddity;
    if (str_find_byte(before, ' ') == before.size)
        return false;
    Name name = name_parse(before, &oddity);
    return name.literal.size > 0 && !name_is_cjk(&name);
}

Name name_inverted(Str s)
{
    Name name = NOBODY;
    size_t comma = str_find_byte(s, ',');
    if (comma == s.size) {
        if (parse_natural(s, &name))
            return name;
        if (!parse_initials(s, &name))
            name.literal = s;
        split_family(&name);
        return name;
    }
    Str before = str_trim(str_slice(s, 0, comma)), rest = str_after(s, comma + 1), part;
    if (before.size == 0 || str_trim(rest).size == 0) {
        name.literal = before.size > 0 ? before : str_trim(rest);
        return name;
    }
    if (is_body(before)) {
        name.literal = s;
        return name;
    }
    name.family = before;
    str_split(&rest, ',', &part);
    name.given = str_trim(part);
    name.suffix = str_trim(rest);
    if (name.suffix.size > 0 && listed(name.given, SUFFIXES) &&
        !listed(name.suffix, SUFFIXES)) {
        /* BibTeX's order: "King, Jr., Martin" */
        Str given = name.suffix;
        name.suffix = name.given;
        name.given = given;
    } else if (name.suffix.size == 0 && listed(name.given, SUFFIXES) &&
               str_find_byte(before, ' ') < before.size) {
        /* "Sammy Davis, Jr." in natural order, or "Doe J., Jr" */
        NameOddity oddity;
        Str suffix = name.given;
        if (parse_initials(before, &name))
            split_family(&name);
        else
            name = name_parse(before, &oddity);
        name.suffix = suffix;
        return name;
    }
    split_family(&name);
    split_given(&name);
    return name;
}
