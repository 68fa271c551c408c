/* SPDX-License-Identifier: MIT
 * Taking names apart; see name.h.  The terms are those of CSL 1.0.2, "Name-part". */
#include "convert/record/name.h"
#include "convert/record/name_words.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

enum { WORDS_MOST = 16, HOMONYM_DIGITS = 4 };

typedef struct Words {
    Str items[WORDS_MOST];
    size_t count;
} Words;

/* Words and lists. */

/* Whether a list, apart and framed by spaces, has the word as it is written. */
static bool listed(Str word, const char *list)
{
    char framed[48] = " ";
    if (word.size == 0 || word.size > sizeof framed - 3)
        return false;
    memcpy(framed + 1, word.data, word.size);
    framed[word.size + 1] = ' ';
    return strstr(list, framed) != NULL;
}

/* The same without regard to the case of ASCII letters. */
static bool listed_nocase(Str word, const char *list)
{
    char lower[48];
    if (word.size == 0 || word.size >= sizeof lower)
        return false;
    for (size_t i = 0; i < word.size; i++)
        lower[i] = byte_lower(word.data[i]);
    return listed((Str){lower, word.size}, list);
}

/* Whether a list of characters, nothing between, has this one. */
static bool has_character(Str character, const char *list)
{
    return str_contains(str_from(list), character);
}

/* False where there are none, or too many for a name. */
static bool split(Str s, Words *w)
{
    Str word;
    w->count = 0;
    while (str_word(&s, &word)) {
        if (w->count == WORDS_MOST)
            return false;
        w->items[w->count++] = word;
    }
    return w->count > 0;
}

static Str span(const Words *w, size_t from, size_t to)
{
    if (from >= to)
        return STR_EMPTY;
    Str last = w->items[to - 1];
    const char *start = w->items[from].data;
    return (Str){start, (size_t)(last.data + last.size - start)};
}

static bool begins_lower(Str word)
{
    if (word.size == 0)
        return false;
    if (word.data[0] == '\'' || str_starts(word, STR("\xe2\x80\x99"))) /* 't */
        word = str_after(word, word.data[0] == '\'' ? 1 : 3);
    return word.size > 0 && unicode_is_lower(utf8_next(&word));
}

static bool is_initial(Str word)
{
    return (word.size == 1 && byte_is_upper(word.data[0])) ||
           (word.size >= 2 && word.data[word.size - 1] == '.');
}

static bool all_digits(Str word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (!byte_is_digit(word.data[i]))
            return false;
    }
    return word.size > 0;
}

/* Bodies and oddities. */

static bool is_body(const Words *w)
{
    Str first = w->items[0], last = w->items[w->count - 1];
    if (w->count == 1)
        return listed_nocase(first, BODY_NAMES);
    if (listed_nocase(last, BODY_LAST))
        return true;
    for (size_t i = 1; i + 1 < w->count; i++) {
        /* "Barnes and Noble" is no single person, "von und zu Stein" is one. */
        if (listed_nocase(w->items[i], " and & und et ") &&
            !listed(w->items[i - 1], PARTICLES))
            return true;
    }
    return listed_nocase(first, BODY_FIRST) && w->count > 2;
}

static bool has_lower(Str s)
{
    while (s.size > 0) {
        if (unicode_is_lower(utf8_next(&s)))
            return true;
    }
    return false;
}

/* "OpenAI Jonathan Ho": a body's name, or a word that ends like one, before a name that
 * is whole without it.  Not so where all the listing is in capitals. */
static bool begins_with_body(const Words *w)
{
    Str first = w->items[0];
    if (w->count < 3 || first.size < 3)
        return false;
    if (listed_nocase(first, BODY_NAMES))
        return true;
    bool capitals_end = byte_is_upper(first.data[first.size - 1]) &&
                        byte_is_upper(first.data[first.size - 2]);
    return capitals_end && has_lower(span(w, 1, w->count));
}

static NameOddity find_oddity(const Words *w, Str all)
{
    static const Str SIGNS = {"@<>{}[]=;:|\\/#%$&*_^~?!+", 24};
    if (!is_body(w) && begins_with_body(w))
        return NAME_ORGANISATION_FIRST;
    for (size_t i = 0; i < all.size; i++) {
        if (byte_is_digit(all.data[i]))
            return NAME_DIGITS;
    }
    for (size_t i = 0; i < all.size; i++) {
        if (str_find_byte(SIGNS, all.data[i]) < SIGNS.size)
            return NAME_SYMBOLS;
    }
    while (all.size > 0) {
        uint32_t c = utf8_next(&all);
        bool joins = c == 0x2018 || c == 0x2019 || c == 0x2010 || c == 0x2011 ||
                     c == 0xb7 || c == 0x30fb;
        if (c >= 0x80 && !joins && !unicode_is_letter(c) && !unicode_is_mark(c) &&
            !unicode_is_space(c))
            return NAME_SYMBOLS;
    }
    return NAME_FINE;
}

/* Scripts without spaces. */

static Str first_characters(Str s, size_t count)
{
    Str rest = s;
    while (count-- > 0 && rest.size > 0)
        utf8_next(&rest);
    return str_slice(s, 0, s.size - rest.size);
}

typedef struct Script {
    bool han, kana, hangul, other;
    size_t characters;
} Script;

static Script script_of(Str s)
{
    Script script = {0};
    while (s.size > 0) {
        uint32_t c = utf8_next(&s);
        if (c == ' ' || c == 0xb7 || c == 0x30fb)
            continue;
        script.characters++;
        if (unicode_is_han(c))
            script.han = true;
        else if (unicode_is_kana(c))
            script.kana = true;
        else if (unicode_is_hangul(c))
            script.hangul = true;
        else
            script.other = true;
    }
    return script;
}

/* Family first.  Unsplit where the tables do not say: a Japanese name may have a family
 * name of one, two or three characters. */
static bool parse_cjk(const Words *w, Str all, Name *name)
{
    Script script = script_of(all);
    if (script.other || script.characters == 0)
        return false;
    if (w->count == 2) {
        name->family = w->items[0];
        name->given = w->items[1];
        return true;
    }
    /* A Japanese family name may begin with a character that is a Chinese one. */
    bool chinese = script.han && !script.kana && !script.hangul &&
                   !listed(first_characters(all, 2), JAPANESE_FAMILIES);
    bool korean = script.hangul && !script.han && !script.kana;
    size_t size = script.characters, family = 0;
    if (w->count == 1 && (chinese || korean) && size >= 2 && size <= 4) {
        const char *pairs = chinese ? HAN_DOUBLE_FAMILIES : HANGUL_DOUBLE_FAMILIES;
        const char *singles = chinese ? HAN_FAMILIES : HANGUL_FAMILIES;
        if (size >= 3 && listed(first_characters(all, 2), pairs))
            family = 2;
        else if (size <= 3 && has_character(first_characters(all, 1), singles))
            family = 1;
    }
    if (family == 0) {
        name->literal = all;
        return true;
    }
    name->family = first_characters(all, family);
    name->given = str_after(all, name->family.size);
    return true;
}

/* Western names. */

/* Takes suffixes off the end: "Jr.", "III", "Jr ." as the scraper left it. */
static size_t without_suffix(const Words *w, Str *suffix)
{
    size_t count = w->count;
    if (count > 2 && str_equal(w->items[count - 1], STR(".")) &&
        listed_nocase(w->items[count - 2], SUFFIXES))
        count--;
    if (count < 3 || !listed_nocase(w->items[count - 1], SUFFIXES))
        return w->count;
    *suffix = w->items[count - 1];
    return count - 1;
}

/* An elided particle glued to its name: "d'Alembert", "al-Rashid", "'t Hooft". */
static size_t elided(Str word)
{
    static const char *const FORMS[] = {"d'",    "d\xe2\x80\x99", "l'", "dell'",
                                        "dall'", "al-",           "el-"};
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        Str form = str_from(FORMS[i]);
        Str rest = str_after(word, form.size);
        if (str_starts(word, form) && rest.size > 0 && !begins_lower(rest))
            return form.size;
    }
    return 0;
}

/* Where the family name begins, particles included, among the first `end` words. */
static size_t family_start(const Words *w, size_t end)
{
    size_t start = end - 1;
    /* A linking word in the middle joins two names: "Ortega y Gasset". */
    if (end >= 4 && listed(w->items[end - 2], LINKS) &&
        !begins_lower(w->items[end - 3]) && !is_initial(w->items[end - 3]) &&
        !begins_lower(w->items[end - 1]))
        return end - 3;
    if (end >= 3 && listed(w->items[end - 2], " y ") && !begins_lower(w->items[end - 3]))
        return end - 3;
    /* "Van den Broeck", "de Las Casas": a capital one may stand first, or last. */
    bool none_capital = listed_nocase(w->items[end - 1], VIETNAMESE) ||
                        listed_nocase(w->items[end - 1], EAST_ASIAN);
    while (
        start > 1 &&
        ((begins_lower(w->items[start - 1]) && listed(w->items[start - 1], PARTICLES)) ||
         (!none_capital && listed(w->items[start - 1], CAPITAL_PARTICLES))))
        start--;
    return start;
}

static void split_family(const Words *w, size_t start, size_t end, Name *name)
{
    size_t particles = start;
    while (particles + 1 < end && begins_lower(w->items[particles]) &&
           listed(w->items[particles], PARTICLES))
        particles++;
    name->non_dropping = span(w, start, particles);
    name->family = span(w, particles, end);
    size_t cut = elided(name->family);
    if (cut > 0 && particles == start) {
        name->non_dropping = str_slice(name->family, 0, cut);
        name->family = str_after(name->family, cut);
    }
}

static void parse_western(const Words *w, Name *name)
{
    size_t end = without_suffix(w, &name->suffix);
    size_t start = end > 1 ? family_start(w, end) : 0;
    /* "van Gogh": nothing but a particle before it. */
    if (end > 1 && start == 1 && begins_lower(w->items[0]) &&
        listed(w->items[0], PARTICLES))
        start = 0;
    name->given = span(w, 0, start);
    split_family(w, start, end, name);
    /* "bell hooks": lower case all through, so no particle. */
    if (name->given.size == 0 && name->non_dropping.size > 0 && end == 2 &&
        begins_lower(w->items[1])) {
        name->given = w->items[0];
        name->family = w->items[1];
        name->non_dropping = STR_EMPTY;
    }
}

/* A name without commas and homonym number. */
static void parse_plain(Str s, Name *name)
{
    Words w;
    if (!split(s, &w) || is_body(&w))
        name->literal = s;
    else if (!parse_cjk(&w, s, name))
        parse_western(&w, name);
}

/* "Davis Jr." before a comma. */
static Str without_last_suffix(Str family, Str *suffix)
{
    Words w;
    if (suffix->size > 0 || !split(family, &w) || w.count < 2 ||
        !listed_nocase(w.items[w.count - 1], SUFFIXES))
        return family;
    *suffix = w.items[w.count - 1];
    return span(&w, 0, w.count - 1);
}

/* No body before the comma. */
static bool is_inverted(Str before)
{
    Words w;
    return !split(before, &w) || !is_body(&w);
}

/* "Hinton, Geoffrey" and "Davis, Sammy, Jr.": somebody turned it round already.  What
 * stands behind the comma of "Sammy Davis, Jr." is a suffix. */
static void parse_commas(Str s, size_t comma, Name *name)
{
    Str before = str_trim(str_slice(s, 0, comma));
    Str after = str_trim(str_after(s, comma + 1));
    size_t second = str_find_byte(after, ',');
    Str last = str_trim(str_after(after, second + 1));
    Str middle = str_trim(str_slice(after, 0, second));
    if (before.size == 0 || after.size == 0) {
        parse_plain(before.size > 0 ? before : after, name);
    } else if (listed_nocase(after, SUFFIXES)) {
        parse_plain(before, name);
        name->suffix = after;
    } else if (!is_inverted(before) ||
               (second < after.size && !listed_nocase(middle, SUFFIXES) &&
                !listed_nocase(last, SUFFIXES))) {
        name->literal = s; /* "University of California, Berkeley" */
    } else if (listed_nocase(middle, SUFFIXES)) {
        name->suffix = middle; /* BibTeX's order: "Davis, Jr., Sammy" */
        name->given = last;
        name->family = before;
    } else {
        name->suffix = last;
        name->given = middle;
        name->family = without_last_suffix(before, &name->suffix);
    }
}

Name name_parse(Str s, NameOddity *oddity)
{
    Name name = {STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY,
                 STR_EMPTY, STR_EMPTY, false,     false};
    Words w;
    *oddity = NAME_FINE;
    if (split(s, &w) && w.count > 1 && w.items[w.count - 1].size == HOMONYM_DIGITS &&
        all_digits(w.items[w.count - 1])) {
        name.homonym = w.items[--w.count];
        s = span(&w, 0, w.count);
    }
    if (w.count > 0)
        *oddity = find_oddity(&w, s);
    size_t comma = str_find_byte(s, ',');
    if (comma < s.size)
        parse_commas(s, comma, &name);
    else
        parse_plain(s, &name);
    return name;
}

/* Put together again. */

/* "d'" and "al-" take no blank behind them. */
static Str joined(Arena *arena, Str a, Str b)
{
    if (a.size == 0 || b.size == 0)
        return a.size == 0 ? b : a;
    bool bare = str_ends(a, STR("'")) || str_ends(a, STR("\xe2\x80\x99")) ||
                str_ends(a, STR("-"));
    return arena_join(arena, a, bare ? STR_EMPTY : STR(" "), b);
}

Str name_family(Arena *arena, const Name *name)
{
    if (name->literal.size > 0)
        return name->literal;
    return joined(arena, name->non_dropping, name->family);
}

Str name_given(Arena *arena, const Name *name)
{
    return joined(arena, name->given, name->dropping);
}

bool name_is_cjk(const Name *name)
{
    Str all = name->literal.size > 0 ? name->literal : name->family;
    Script script = script_of(all);
    return script.characters > 0 && !script.other;
}

Str name_natural(Arena *arena, const Name *name)
{
    if (name->literal.size > 0)
        return name->literal;
    if (name_is_cjk(name))
        return arena_join(arena, name->family, STR_EMPTY, name->given);
    Str all = joined(arena, name_given(arena, name), name_family(arena, name));
    return joined(arena, all, name->suffix);
}

/* The letters and digits of a part, folded. */
static Str comparable(Arena *scratch, Str s)
{
    Str folded = unicode_fold(scratch, s);
    char *out = arena_alloc(scratch, folded.size);
    size_t size = 0;
    for (size_t i = 0; i < folded.size; i++) {
        char c = folded.data[i];
        if (c != ' ' && c != '.' && c != ',')
            out[size++] = c;
    }
    return (Str){out, size};
}

/* Of what the natural order ends with; 0 where it is none of ASCII. */
static char last_letter(const Name *name)
{
    Str s = name->literal.size > 0  ? name->literal
            : name->suffix.size > 0 ? name->suffix
                                    : name->family;
    char last = s.size > 0 ? s.data[s.size - 1] : 0;
    return byte_is_alpha(last) ? byte_lower(last) : 0;
}

bool name_equal(Arena *scratch, const Name *a, const Name *b)
{
    /* Most pairs differ in the last letter already, which no particle changes. */
    char x = last_letter(a), y = last_letter(b);
    if (x != 0 && y != 0 && x != y)
        return false;
    return str_equal(comparable(scratch, name_natural(scratch, a)),
                     comparable(scratch, name_natural(scratch, b)));
}
