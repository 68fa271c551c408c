/* SPDX-License-Identifier: MIT
 * Words of names; see words.h. */
#include "formats/bibtex/words.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

static const unsigned char SIGNS[256] = {
    [' '] = SIGN_GAP,   ['\t'] = SIGN_GAP,       ['\n'] = SIGN_GAP, ['\v'] = SIGN_GAP,
    ['\f'] = SIGN_GAP,  ['\r'] = SIGN_GAP,       ['~'] = SIGN_GAP,  ['{'] = SIGN_BRACE,
    ['}'] = SIGN_BRACE, ['\\'] = SIGN_BACKSLASH, ['a'] = SIGN_AND,  ['A'] = SIGN_AND};

static bool is_gap(char c)
{
    return (SIGNS[(unsigned char)c] & SIGN_GAP) != 0;
}

/* Signs stand so near one another in names that four bytes at a time are quicker than a
 * span. */
size_t words_sign(Str s, size_t at, unsigned char signs)
{
    const unsigned char *data = (const unsigned char *)s.data;
    size_t i = at;
    for (; s.size >= 4 && i <= s.size - 4; i += 4) {
        if (((SIGNS[data[i]] | SIGNS[data[i + 1]] | SIGNS[data[i + 2]] |
              SIGNS[data[i + 3]]) &
             signs) != 0)
            break;
    }
    while (i < s.size && (SIGNS[data[i]] & signs) == 0)
        i++;
    return i;
}

/* "\\ ", which people put behind a dot. */
static bool is_control_space(Str s, size_t at)
{
    return s.data[at] == '\\' && at + 1 < s.size && byte_is_space(s.data[at + 1]);
}

/* Foreign characters that are commands; other commands have no case of their own. */
static Case command_case(Str name)
{
    static const char *const LOWER[] = {"i", "j",  "o",  "oe", "ae", "aa",
                                        "l", "ss", "dh", "dj", "ng", "th"};
    static const char *const UPPER[] = {"O",  "OE", "AE", "AA", "L",
                                        "DH", "DJ", "NG", "TH"};
    for (size_t i = 0; i < sizeof LOWER / sizeof LOWER[0]; i++) {
        if (str_equal(name, str_from(LOWER[i])))
            return CASE_LOWER;
    }
    for (size_t i = 0; i < sizeof UPPER / sizeof UPPER[0]; i++) {
        if (str_equal(name, str_from(UPPER[i])))
            return CASE_UPPER;
    }
    return CASE_NONE;
}

/* A blank behind a command of letters is no gap, since TeX takes it with the command's
 * name: "S\o ren" and "Ji\v r\'\i" are a word each.  Behind a letter, a capital or a
 * particle begins a new one nevertheless, "Pawe\l Kowal": TeX would set them as one,
 * which nobody meant.  Where the blank is no gap, *at is its last byte. */
static bool is_of_command(Str s, size_t start, size_t *at)
{
    size_t name = *at, next = *at;
    while (name > start && byte_is_alpha(s.data[name - 1]))
        name--;
    if (name == start || name == *at || s.data[name - 1] != '\\')
        return false;
    while (next < s.size && byte_is_space(s.data[next]))
        next++;
    if (next == *at || next == s.size)
        return false;
    Str command = str_slice(s, name, *at);
    bool accent = command.size == 1 && strchr("Hbcdkrtuv", command.data[0]) != NULL;
    if (!accent) {
        size_t end = next;
        while (end < s.size && byte_is_alpha(s.data[end]))
            end++;
        if (command_case(command) == CASE_NONE || !byte_is_lower(s.data[next]) ||
            words_is_particle(str_slice(s, next, end)))
            return false;
    }
    *at = next - 1;
    return true;
}

bool words_next(Str s, size_t *at, Str *word)
{
    size_t i = *at, depth = 0;
    bool command = false;
    while (i < s.size && (is_gap(s.data[i]) || is_control_space(s, i)))
        i++;
    size_t start = i;
    for (;; i++) {
        i = words_sign(s, i, SIGN_GAP | SIGN_BRACE | SIGN_BACKSLASH);
        if (command && depth == 0 && i < s.size && is_of_command(s, start, &i))
            continue;
        if (i >= s.size || (depth == 0 && (is_gap(s.data[i]) || is_control_space(s, i))))
            break;
        char c = s.data[i];
        command = command || c == '\\';
        if (c == '\\' && i + 1 < s.size && s.data[i + 1] != '{' && s.data[i + 1] != '}')
            i++; /* \~ is no tie */
        else if (c == '{')
            depth++;
        else if (c == '}')
            depth -= depth > 0;
    }
    *at = i < s.size ? i : s.size;
    *word = str_slice(s, start, *at);
    return *at > start;
}

static Case case_of(uint32_t c)
{
    if (unicode_is_lower(c))
        return CASE_LOWER;
    return unicode_is_letter(c) ? CASE_UPPER : CASE_NONE;
}

Case words_case(Str word)
{
    size_t depth = 0;
    bool special = false; /* within {\...} */
    while (word.size > 0) {
        char c = word.data[0];
        if (c == '{') {
            special = special || (depth == 0 && word.size > 1 && word.data[1] == '\\');
            depth++;
            word = str_after(word, 1);
        } else if (c == '}') {
            depth -= depth > 0;
            special = special && depth > 0;
            word = str_after(word, 1);
        } else if (c == '\\' && (depth == 0 || special)) {
            size_t end = 1;
            while (end < word.size && byte_is_alpha(word.data[end]))
                end++;
            Case found = command_case(str_slice(word, 1, end));
            if (found != CASE_NONE)
                return found;
            /* the accent's letter, braced or not */
            end += end == 1 && word.size > 1;
            word = str_after(word, end);
            while (depth == 0 && word.size > 0 && is_gap(word.data[0]))
                word = str_after(word, 1);
            special = special || (word.size > 0 && word.data[0] == '{');
        } else {
            uint32_t letter = utf8_next(&word);
            Case found = depth == 0 || special ? case_of(letter) : CASE_NONE;
            if (found != CASE_NONE)
                return found;
        }
    }
    return CASE_NONE;
}

bool words_is_particle(Str word)
{
    static const char *const PARTICLES[] = {
        "af",  "av",  "d'",  "da",  "das", "de",  "del", "dei", "della",
        "den", "der", "des", "di",  "do",  "dos", "du",  "la",  "le",
        "ten", "ter", "van", "vom", "von", "zu",  "zum", "zur"};
    enum { LONGEST = 5 };
    char first = word.size > 0 ? byte_lower(word.data[0]) : 0;
    for (size_t i = 0; word.size <= LONGEST && i < sizeof PARTICLES / sizeof PARTICLES[0];
         i++) {
        if (PARTICLES[i][0] == first && str_equal_nocase(word, str_from(PARTICLES[i])))
            return true;
    }
    return false;
}

size_t words_particle_front(Str word)
{
    static const Str ENDS[] = {{"-", 1}, {"'", 1}, {"\xe2\x80\x99", 3}};
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        if (str_find_byte(word, ENDS[i].data[0]) == word.size)
            continue;
        size_t at = str_find(word, ENDS[i]), end = at + ENDS[i].size;
        if (at > 0 && end < word.size &&
            words_case(str_slice(word, 0, at)) == CASE_LOWER &&
            (word.data[end] == '{' || words_case(str_after(word, end)) == CASE_UPPER))
            return end;
    }
    return 0;
}

size_t words_given_end(Str given)
{
    Str word;
    size_t at = 0, end = given.size;
    bool begun = false, within = false;
    while (words_next(given, &at, &word)) {
        bool particle =
            begun && words_is_particle(word) && words_case(word) == CASE_LOWER;
        if (particle && !within)
            end = (size_t)(word.data - given.data);
        within = particle;
        if (!particle)
            end = given.size;
        begun = true;
    }
    return end;
}
