/* SPDX-License-Identifier: MIT
 * Lists of names, by the rules of btxdoc (section 4), bibtex.web (sections 380 to 404)
 * and biblatex's manual (section 3.4: family=..., given=...).
 *
 * Names are taken apart as TeX, since braces hold words together there, and their parts
 * are read as text afterwards.  Two of BibTeX's rules are relaxed as biber does: a hyphen
 * parts no given names ("Jean-paul"), and an accent without braces is part of its letter
 * (\"{O}zg\"ur).
 *
 * The von part is CSL's non-dropping particle: BibTeX's styles print and sort it before
 * the family name.  Where biblatex's useprefix says that they do not, it is a dropping
 * one. */
#include "convert/text/latex.h"
#include "formats/bibtex/read.h"
#include "formats/bibtex/words.h"

#include <string.h>

enum { COMMAS_MOST = 2 };

/* Parts. */

/* Ties become spaces: within a name they are a matter of lines. */
static Str without_ties(Arena *arena, Str text)
{
    if (str_find_byte(text, '\xc2') == text.size)
        return text;
    size_t tie = str_find(text, STR("\xc2\xa0"));
    Buf out = {0};
    for (; tie < text.size; tie = str_find(text, STR("\xc2\xa0"))) {
        buf_add(&out, str_slice(text, 0, tie));
        buf_add_byte(&out, ' ');
        text = str_after(text, tie + 2);
    }
    buf_add(&out, text);
    Str made = arena_copy(arena, str_trim(buf_str(&out)));
    buf_free(&out);
    return made;
}

Str name_part(Reading *e, const Item *item, Str part)
{
    part = str_trim(part);
    if (part.size == 0)
        return part;
    if (latex_is_plain(part))
        return without_ties(&e->rec->arena, part);
    if (str_ends(part, STR("\\")) && !str_ends(part, STR("\\\\")))
        part = str_trim(str_slice(part, 0, part.size - 1)); /* of "\\ " */
    if (part.size == 0)
        return part;
    return without_ties(&e->rec->arena, fields_text(e, item, part, false).text);
}

/* Where the particle ends: behind the lower-case words that begin the name or, where
 * given names stood before it, behind the last one of them; the last word is no part of
 * it.  (bibtex.web takes the last one either way, but a style that sorts by family would
 * file "Mollat du Jourdin, Michel" under J then.) */
static size_t von_end(Str s, bool leading)
{
    Str word;
    size_t at = 0, end = 0;
    bool begun = false, lower = false, capital = false;
    while (words_next(s, &at, &word)) {
        if (begun && lower)
            end = (size_t)(word.data - s.data);
        bool over = begun && leading && !lower && !capital;
        capital = !begun && words_is_particle(word);
        lower = words_case(word) == CASE_LOWER;
        begun = true;
        if (over)
            break;
    }
    return end;
}

/* "von Last". */
static void split_von(Reading *e, const Item *item, Str s, bool leading, Name *name)
{
    size_t end = von_end(s, leading);
    if (end == 0) {
        Str first;
        size_t at = 0;
        if (words_next(s, &at, &first) && words_particle_front(first) > 0)
            end = (size_t)(first.data - s.data) + words_particle_front(first);
    }
    name->non_dropping = name_part(e, item, str_slice(s, 0, end));
    name->family = name_part(e, item, str_after(s, end));
}

static void split_given(Reading *e, const Item *item, Str s, Name *name)
{
    size_t end = words_given_end(s);
    name->given = name_part(e, item, str_slice(s, 0, end));
    name->dropping = name_part(e, item, str_after(s, end));
}

/* "First von Last". */
static void split_natural(Reading *e, const Item *item, Str s, Name *name)
{
    Str word, last = STR_EMPTY;
    size_t at = 0, von = s.size;
    while (words_next(s, &at, &word)) {
        if (von == s.size && words_case(word) == CASE_LOWER)
            von = (size_t)(word.data - s.data);
        last = word;
    }
    size_t family = (size_t)(last.data - s.data);
    if (von > family)
        von = family;
    name->given = name_part(e, item, str_slice(s, 0, von));
    split_von(e, item, str_after(s, von), false, name);
}

/* The commas at brace depth 0, COMMAS_MOST of them and how many there are. */
static size_t find_commas(Str s, size_t commas[COMMAS_MOST])
{
    size_t depth = 0, count = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] == '{')
            depth++;
        else if (s.data[i] == '}')
            depth -= depth > 0;
        else if (s.data[i] == ',' && depth == 0 && count++ < COMMAS_MOST)
            commas[count - 1] = i;
    }
    return count;
}

/* The whole name between one pair of braces: a body, or what must not be split. */
static bool is_braced(Str s)
{
    size_t depth = 0;
    if (s.size < 2 || s.data[0] != '{')
        return false;
    for (size_t i = 0; i < s.size; i++) {
        depth += s.data[i] == '{';
        depth -= s.data[i] == '}' && depth > 0;
        if (depth == 0)
            return i == s.size - 1;
    }
    return false;
}

/* A body whose first letters styles must see: F{\"a}h{re und Hafen}, T{\'u}r{}.  Braces
 * that end a person's name hold a part of a word. */
static bool is_body(Str s)
{
    Str word;
    size_t at = 0, depth = 0, group = s.size;
    if (s.data[s.size - 1] != '}' || !words_next(s, &at, &word) || word.size != s.size)
        return false;
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] == '{' && depth++ == 0)
            group = i;
        else if (s.data[i] == '}')
            depth -= depth > 0;
        else if (s.data[i] == ',' && depth == 0)
            return false;
    }
    Str inner = str_slice(s, group + 1, s.size - 1);
    return group > 0 && (inner.size == 0 || (inner.data[0] != '\\' &&
                                             str_find_byte(inner, ' ') < inner.size));
}

static bool is_suffix(Str s)
{
    static const char *const SUFFIXES[] = {"jr", "jr.", "sr", "sr.", "junior", "senior",
                                           "ii", "iii", "iv", "2nd", "3rd"};
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof SUFFIXES[0]; i++) {
        if (str_equal_nocase(s, str_from(SUFFIXES[i])))
            return true;
    }
    return false;
}

/* One name. */

/* Bytes that are nothing but themselves in a name: within a word, or anywhere. */
enum { BYTE_WITHIN = 1, BYTE_CAPITAL = 2 };

static unsigned char name_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    if (byte_is_upper(c))
        return BYTE_WITHIN | BYTE_CAPITAL;
    return byte_is_lower(c) || c == '.' || (byte >= 0x80 && byte != 0xc2) ? BYTE_WITHIN
                                                                          : 0;
}

/* Nearly all names: words that begin with a capital, parted by single spaces and hyphens
 * and perhaps one comma.  Nothing in them is TeX, and no word is a particle; what the
 * rules come to then is told in one pass.  False for any other, to which they apply. */
static bool read_plain(Str s, Name *name)
{
    size_t comma = s.size, last = 0;
    bool within = false;
    for (size_t i = 0; i < s.size; i++) {
        unsigned char class = name_byte(s.data[i]);
        if (class != 0) {
            if (!within && (class & BYTE_CAPITAL) == 0)
                return false;
            within = true;
            continue;
        }
        if (!within)
            return false;
        if (s.data[i] == ',' && comma == s.size && i + 2 < s.size &&
            s.data[i + 1] == ' ') {
            comma = i++;
        } else if (s.data[i] == ' ') {
            last = i + 1;
        } else if (s.data[i] != '-') {
            return false;
        }
        within = false;
    }
    if (!within)
        return false;
    if (comma < s.size) {
        name->family = str_slice(s, 0, comma);
        name->given = str_after(s, comma + 2);
    } else {
        name->family = str_after(s, last);
        name->given = last > 0 ? str_slice(s, 0, last - 1) : STR_EMPTY;
    }
    return true;
}

static void read_parted(Reading *e, const Item *item, Str s, size_t count,
                        const size_t commas[COMMAS_MOST], Name *name)
{
    split_von(e, item, str_slice(s, 0, commas[0]), true, name);
    if (count == 1) {
        split_given(e, item, str_after(s, commas[0] + 1), name);
        return;
    }
    Str second = str_trim(str_slice(s, commas[0] + 1, commas[1]));
    Str third = str_trim(str_after(s, commas[1] + 1));
    if (count > COMMAS_MOST)
        diag_report(e->r->diag, LEVEL_WARNING, "odd-name", item->place,
                    "%.*s: '%.*s' has too many commas; 'and' stands between names",
                    STR_ARG(item->tag), STR_ARG(str_slice(s, 0, 80)));
    else if (!is_suffix(str_slice(second, 0, str_find_byte(second, ' '))) &&
             str_find_byte(second, ' ') < second.size && third.size > 0)
        diag_report(
            e->r->diag, LEVEL_WARNING, "odd-name", item->place,
            "%.*s: '%.*s', between commas, is taken for a suffix as Jr. is; 'and' "
            "stands between names",
            STR_ARG(item->tag), STR_ARG(str_slice(second, 0, 80)));
    if (is_suffix(third) && !is_suffix(second)) {
        diag_report(e->r->diag, LEVEL_WARNING, "odd-name", item->place,
                    "%.*s: '%.*s' is taken for the suffix; it belongs before the given "
                    "names",
                    STR_ARG(item->tag), STR_ARG(third));
        Str other = second;
        second = third;
        third = other;
    }
    name->suffix = name_part(e, item, second);
    split_given(e, item, third, name);
}

/* The number by which DBLP tells namesakes apart, "Wei Wang 0001", behind a blank at the
 * end: no part of the name. */
static Str cut_homonym(Str *s)
{
    enum { DIGITS = 4 };
    size_t from = s->size < DIGITS ? 0 : s->size - DIGITS;
    if (from < 2 || s->data[from] != '0' || !byte_is_space(s->data[from - 1]))
        return STR_EMPTY;
    for (size_t i = from; i < s->size; i++) {
        if (!byte_is_digit(s->data[i]))
            return STR_EMPTY;
    }
    Str number = str_after(*s, from);
    *s = str_trim(str_slice(*s, 0, from));
    return number;
}

/* "Herbert S. {Bailey, Jr.}": the braces only keep the words behind the given names. */
static void part_braced_suffix(Name *name)
{
    size_t comma = str_find_byte(name->family, ',');
    Str suffix = str_trim(str_after(name->family, comma + 1));
    if (name->suffix.size > 0 || comma == 0 || !is_suffix(suffix))
        return;
    name->suffix = suffix;
    name->family = str_trim(str_slice(name->family, 0, comma));
}

static void read_name(Reading *e, const Item *item, Str s, Name *name)
{
    size_t commas[COMMAS_MOST];
    *name = (Name){STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY,
                   STR_EMPTY, STR_EMPTY, false,     false};
    if (read_plain(s, name))
        return;
    name->homonym = cut_homonym(&s);
    if (is_braced(s)) {
        name->literal = name_part(e, item, str_slice(s, 1, s.size - 1));
        return;
    }
    if (is_body(s)) {
        name->literal = name_part(e, item, s);
        return;
    }
    if (name_is_labelled(s)) {
        name_read_labelled(e, item, s, name);
    } else {
        size_t count = find_commas(s, commas);
        while (count > 0 && count <= COMMAS_MOST && commas[count - 1] + 1 == s.size) {
            s = str_trim(str_slice(s, 0, s.size - 1)); /* "Plato," */
            count--;
        }
        if (count > 0)
            read_parted(e, item, s, count, commas, name);
        else
            split_natural(e, item, s, name);
        part_braced_suffix(name);
    }
    if (name->family.size == 0) { /* ", Jan" */
        name->family = name->given;
        name->given = STR_EMPTY;
    }
}

/* Lists. */

/* Where the next "and" at brace depth 0 stands, and what comes behind it. */
static size_t find_and(Str s, size_t from, size_t *after)
{
    size_t depth = 0;
    for (size_t i = words_sign(s, from, SIGN_BRACE | SIGN_AND); i < s.size;
         i = words_sign(s, i + 1, SIGN_BRACE | SIGN_AND)) {
        char c = s.data[i];
        if (c == '{')
            depth++;
        else if (c == '}')
            depth -= depth > 0;
        else if (depth == 0 && (i == 0 || byte_is_space(s.data[i - 1])) &&
                 str_starts_nocase(str_after(s, i), STR("and")) &&
                 (i + 3 == s.size || byte_is_space(s.data[i + 3]))) {
            *after = i + 3;
            return i;
        }
    }
    *after = s.size;
    return s.size;
}

/* "Smith, J.; Jones, B.": semicolons where "and" belongs. */
static bool has_semicolons(Str s)
{
    size_t depth = 0;
    bool found = false;
    for (size_t i = 0; i < s.size; i++) {
        depth += s.data[i] == '{';
        depth -= s.data[i] == '}' && depth > 0;
        bool entity = i > 0 && str_find_byte(str_slice(s, i > 8 ? i - 8 : 0, i), '&') <
                                   (i > 8 ? 8 : i);
        found = found || (s.data[i] == ';' && depth == 0 && !entity);
    }
    return found;
}

typedef struct List {
    Arena *arena;
    Name *items;
    size_t count, capacity;
} List;

static Name *add_name(List *list)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity > 0 ? 2 * list->capacity : 4;
        Name *more = arena_alloc(list->arena, list->capacity * sizeof *more);
        if (list->count > 0)
            memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
    }
    return &list->items[list->count++];
}

/* One name, or several. */
static void read_names(Reading *e, const Item *item, Str s, List *list)
{
    size_t pieces = commas_a_name(s);
    if (pieces == 0) {
        read_name(e, item, s, add_name(list));
        return;
    }
    diag_report(e->r->diag, LEVEL_WARNING, "odd-name", item->place,
                "%.*s: names are parted by ',', not by 'and'", STR_ARG(item->tag));
    for (size_t at = 0, end; at < s.size; at = end + 1) {
        end = commas_next(s, at);
        if (pieces > 1 && end < s.size)
            end = commas_next(s, end + 1);
        read_name(e, item, str_trim(str_slice(s, at, end)), add_name(list));
    }
}

static size_t next_name(Str s, size_t at, bool semicolons, size_t *after)
{
    if (!semicolons)
        return find_and(s, at, after);
    size_t end = at + str_find_byte(str_after(s, at), ';');
    *after = end < s.size ? end + 1 : s.size;
    return end;
}

Names names_read(Reading *e, const Item *item)
{
    List list = {.arena = &e->rec->arena};
    Names names = {.cut = CUT_NO};
    Str s = str_trim(item->tex);
    size_t after = 0;
    if (s.size == 0)
        return names;
    bool semicolons = find_and(s, 0, &after) == s.size && has_semicolons(s);
    if (semicolons)
        diag_report(e->r->diag, LEVEL_WARNING, "odd-name", item->place,
                    "%.*s: names are parted by ';', not by 'and'", STR_ARG(item->tag));
    for (size_t at = 0; at <= s.size; at = after) {
        size_t end = next_name(s, at, semicolons, &after);
        Str name = str_trim(str_slice(s, at, end));
        if (name.size == 0)
            diag_report(e->r->diag, LEVEL_NOTE, "odd-name", item->place,
                        "%.*s: a name is empty; left out", STR_ARG(item->tag));
        else if (end == s.size && others_alone(name))
            names.cut = CUT_CERTAIN;
        else {
            if (end == s.size && others_cut(&name)) {
                names.cut = CUT_CERTAIN;
                diag_report(e->r->diag, LEVEL_NOTE, "authors-cut", item->place,
                            "%.*s: \"et al.\" is no part of '%.*s'; read as \"and "
                            "others\"",
                            STR_ARG(item->tag), STR_ARG(str_slice(name, 0, 80)));
            }
            read_names(e, item, name, &list);
        }
        if (end == s.size)
            break;
    }
    names.items = list.items;
    names.count = list.count;
    return names;
}
