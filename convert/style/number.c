/* SPDX-License-Identifier: MIT
 * Numbers; see number.h. */
#include "convert/style/number.h"

#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

typedef enum Joint {
    JOINT_END,
    JOINT_DASH,
    JOINT_COMMA,
    JOINT_AMPERSAND,
    JOINT_AND
} Joint;

typedef struct Piece {
    Str text;    /* trimmed */
    Joint joint; /* behind it */
    Str sign;    /* of the joint, with the space around it */
} Piece;

/* A joint at the front of `s`: its size, or 0.  Words count between spaces only. */
static size_t joint_at(const Style *style, Str s, bool after_space, Joint *joint)
{
    static const struct {
        Str sign;
        Joint joint;
    } SIGNS[] = {{{"--", 2}, JOINT_DASH}, {{"-", 1}, JOINT_DASH},
                 {{"–", 3}, JOINT_DASH},  {{",", 1}, JOINT_COMMA},
                 {{";", 1}, JOINT_COMMA}, {{"&", 1}, JOINT_AMPERSAND}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        /* "1,234" is one number. */
        bool glued = s.size > 1 && byte_is_digit(s.data[1]);
        if (SIGNS[i].joint == JOINT_COMMA && glued && !after_space)
            continue;
        if (str_starts(s, SIGNS[i].sign)) {
            *joint = SIGNS[i].joint;
            return SIGNS[i].sign.size;
        }
    }
    if (!after_space || !style)
        return 0;
    Str words[] = {STR("and"), locale_text(&style->locale, STR("and"), FORM_LONG, false)};
    for (size_t i = 0; i < 2; i++) {
        if (words[i].size && str_starts(s, words[i]) && s.size > words[i].size &&
            s.data[words[i].size] == ' ') {
            *joint = JOINT_AND;
            return words[i].size;
        }
    }
    return 0;
}

/* Cuts the next piece with the joint behind it off *rest.  "\-" is a letter. */
static bool next_piece(const Style *style, Str *rest, Piece *piece)
{
    if (rest->size == 0)
        return false;
    for (size_t i = 0; i < rest->size; i++) {
        if (rest->data[i] == '\\') {
            i++;
            continue;
        }
        Joint joint = JOINT_END;
        bool after_space = i == 0 || rest->data[i - 1] == ' ';
        size_t size = joint_at(style, str_after(*rest, i), after_space, &joint);
        if (size == 0)
            continue;
        Str text = str_trim(str_slice(*rest, 0, i));
        size_t from = (size_t)(text.data - rest->data) + text.size, to = i + size;
        while (to < rest->size && rest->data[to] == ' ')
            to++;
        *piece = (Piece){text, joint, str_slice(*rest, text.size ? from : i, to)};
        *rest = str_after(*rest, to);
        return true;
    }
    *piece = (Piece){str_trim(*rest), JOINT_END, STR_EMPTY};
    *rest = STR_EMPTY;
    return true;
}

static bool one_of(const char *signs, char c)
{
    return c != '\0' && strchr(signs, c) != NULL;
}

static bool is_digits(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return false;
    }
    return s.size > 0;
}

static bool is_roman(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!one_of("ivxlcmIVXLCM", s.data[i]))
            return false;
    }
    return s.size > 0;
}

/* Letters, digits, letters: "12", "S12", "2nd", "L2d"; "3\-1" is one number. */
static bool is_affixed(Str s)
{
    bool digits = false, after = false;
    while (s.size > 0) {
        uint32_t c = utf8_next(&s);
        if (c < 128 && byte_is_digit((char)c)) {
            if (after)
                return false;
            digits = true;
        } else if (c == '\\' && digits && !after && str_starts(s, STR("-"))) {
            s = str_after(s, 1);
        } else if (unicode_is_letter(c)) {
            after = digits;
        } else {
            return false;
        }
    }
    return digits;
}

/* What counts as a number where ranges and plurals are looked for. */
static bool is_numberish(Str s)
{
    if (is_roman(s))
        return true;
    bool digit = false;
    for (size_t i = 0; i < s.size; i++) {
        digit |= byte_is_digit(s.data[i]);
        if (s.data[i] == ' ')
            return false;
    }
    return digit;
}

/* "xii": the pages of a preface count as numbers. */
static bool is_low_roman(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!one_of("ivx", s.data[i]))
            return false;
    }
    return s.size > 0;
}

bool number_is_numeric(const Style *style, Str s)
{
    Str rest = s;
    Piece piece = {.joint = JOINT_END};
    bool any = false;
    while (next_piece(style, &rest, &piece)) {
        if (!is_affixed(piece.text) && !is_low_roman(piece.text))
            return false;
        any = true;
    }
    return any && piece.joint == JOINT_END;
}

bool number_is_plural(const Style *style, Str s)
{
    Str rest = s;
    Piece piece = {.joint = JOINT_END};
    size_t count = 0;
    Joint before = JOINT_END;
    while (next_piece(style, &rest, &piece)) {
        Str first = str_slice(piece.text, 0, str_find_byte(piece.text, ' '));
        Str last = piece.text;
        for (size_t i = piece.text.size; i > 0; i--) {
            if (piece.text.data[i - 1] == ' ') {
                last = str_after(piece.text, i);
                break;
            }
        }
        if (piece.text.size == 0 && piece.joint == JOINT_AND) {
            before = JOINT_AND; /* "3, and 4" */
            continue;
        }
        /* The joint must stand between two numbers: "3, n. 4" is one. */
        if (before != JOINT_END && !is_numberish(first))
            return count > 1;
        count++;
        before = piece.joint;
        if (before != JOINT_END && !is_numberish(last))
            return count > 1;
    }
    return count > 1;
}

static Str roman(Arena *arena, unsigned long n)
{
    static const struct {
        unsigned value;
        const char *sign;
    } SIGNS[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    char *out = arena_alloc(arena, 32);
    size_t size = 0;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        for (; n >= SIGNS[i].value; n -= SIGNS[i].value) {
            size_t more = strlen(SIGNS[i].sign);
            memcpy(out + size, SIGNS[i].sign, more);
            size += more;
        }
    }
    return (Str){out, size};
}

Str number_digits(Arena *arena, unsigned long n, size_t least)
{
    char digits[20];
    size_t at = sizeof digits;
    for (; n > 0 || sizeof digits - at < least || at == sizeof digits; n /= 10)
        digits[--at] = (char)('0' + n % 10);
    return arena_copy(arena, (Str){digits + at, sizeof digits - at});
}

Str number_ordinal(Arena *arena, const Style *style, unsigned long n, Gender gender)
{
    Str suffix = locale_ordinal(&style->locale, n, gender);
    return arena_join(arena, number_digits(arena, n, 1), STR_EMPTY, suffix);
}

static Str long_ordinal(Arena *arena, const Style *style, unsigned long n, Gender gender)
{
    if (n >= 1 && n <= 10) {
        Str name = arena_format(arena, "long-ordinal-%02lu", n);
        const Term *term = locale_term_gender(&style->locale, name, FORM_LONG, gender);
        if (term && term->single.size)
            return term->single;
    }
    return number_ordinal(arena, style, n, gender);
}

static Gender gender_of(const Style *style, Var var)
{
    const Term *term = locale_term(&style->locale, var_name(var), FORM_LONG);
    if (!term && var == FIELD_NUMBER_OF_VOLUMES)
        term = locale_term(&style->locale, STR("volume"), FORM_LONG);
    if (!term && var == FIELD_NUMBER_OF_PAGES)
        term = locale_term(&style->locale, STR("page"), FORM_LONG);
    return term ? term->gender : GENDER_NEUTER;
}

static Str one_number(Arena *arena, const Style *style, Var var, Str s, NumberForm form)
{
    if (form == NUMBER_NUMERIC || !is_digits(s) || s.size > 9)
        return s;
    unsigned long n = 0;
    for (size_t i = 0; i < s.size; i++)
        n = n * 10 + (unsigned long)(s.data[i] - '0');
    switch (form) {
    case NUMBER_ROMAN:
        return n > 0 && n < 4000 ? roman(arena, n) : s;
    case NUMBER_ORDINAL:
        return n == 0 ? s : number_ordinal(arena, style, n, gender_of(style, var));
    case NUMBER_LONG_ORDINAL:
        return n == 0 ? s : long_ordinal(arena, style, n, gender_of(style, var));
    case NUMBER_NUMERIC:
        break;
    }
    return s;
}

static void add_unescaped(Buf *out, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] != '\\' || i + 1 == s.size || s.data[i + 1] != '-')
            buf_add_byte(out, s.data[i]);
    }
}

static void add_joint(Buf *out, const Style *style, const Piece *piece, Str dash)
{
    switch (piece->joint) {
    case JOINT_DASH:
        buf_add(out, dash);
        break;
    case JOINT_COMMA:
        buf_add(out, str_trim(piece->sign));
        buf_add_byte(out, ' ');
        break;
    case JOINT_AMPERSAND:
    case JOINT_AND: {
        Str word = locale_text(&style->locale, STR("and"), FORM_SYMBOL, false);
        if (str_equal(word, locale_text(&style->locale, STR("and"), FORM_LONG, false)))
            word = STR_EMPTY;
        if (out->size > 0 && out->data[out->size - 1] != ' ')
            buf_add_byte(out, ' ');
        bool as_is = word.size == 0 || piece->joint == JOINT_AND;
        buf_add(out, as_is ? str_trim(piece->sign) : word);
        buf_add_byte(out, ' ');
        break;
    }
    case JOINT_END:
        break;
    }
}

/* Pieces that dashes link, from `piece` on: how many, and whether all are numbers. */
static size_t chain(const Style *style, Str rest, Piece piece, bool *numbers)
{
    size_t count = 1;
    *numbers = is_numberish(piece.text);
    while (piece.joint == JOINT_DASH && next_piece(style, &rest, &piece)) {
        count++;
        *numbers &= is_numberish(piece.text);
    }
    return count;
}

static Str before_digits(Str s)
{
    while (s.size > 0 && byte_is_digit(s.data[s.size - 1]))
        s.size--;
    return s;
}

static Str letters_before(Str s)
{
    size_t i = 0;
    while (i < s.size && !byte_is_digit(s.data[i]))
        i++;
    return str_slice(s, 0, i);
}

/* "N110-5" may be one number: it has no dash unless both have the letters, or none. */
static bool is_pair(const Style *style, Str rest, Piece first)
{
    Piece second;
    if (first.joint != JOINT_DASH || !next_piece(style, &rest, &second))
        return false;
    return str_equal(letters_before(first.text), letters_before(second.text)) ||
           (is_roman(first.text) && is_roman(second.text));
}

static void render(Buf *out, Arena *arena, const Style *style, Var var, Str s,
                   NumberForm form, bool pages)
{
    Str dash = locale_text(&style->locale, STR("page-range-delimiter"), FORM_LONG, false);
    if (dash.size == 0)
        dash = STR("–");
    Str rest = s;
    Piece piece;
    size_t left = 0; /* pieces of the chain that we are in */
    bool range = false, pair = false;
    while (next_piece(style, &rest, &piece)) {
        if (left == 0) {
            bool numbers;
            left = chain(style, rest, piece, &numbers);
            range = numbers && (left == 2 || var == VAR_LOCATOR);
            pair = var == VAR_LOCATOR || is_pair(style, rest, piece);
        }
        left--;
        if (range && pages && left == 1 && style->pages != PAGE_AS_IS) {
            Piece second;
            next_piece(style, &rest, &second);
            bool alike =
                str_equal(before_digits(piece.text), before_digits(second.text)) ||
                is_roman(second.text);
            page_range(out, style->pages, piece.text, second.text,
                       alike ? dash : str_trim(piece.sign));
            left = 0;
            add_joint(out, style, &second, dash);
            continue;
        }
        add_unescaped(out, one_number(arena, style, var, piece.text, form));
        if (range && !pair && piece.joint == JOINT_DASH)
            buf_add(out, str_trim(piece.sign));
        else if (range || piece.joint != JOINT_DASH)
            add_joint(out, style, &piece, dash);
        else
            buf_add(out, piece.sign);
    }
}

static bool has_joint(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (one_of("-,;&\\\xe2 ", s.data[i]))
            return true;
    }
    return false;
}

Str number_text(Arena *arena, const Style *style, Var var, Str s, bool pages)
{
    if (!has_joint(s))
        return s;
    Buf out = {0};
    render(&out, arena, style, var, s, NUMBER_NUMERIC, pages);
    Str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

Str number_form(Arena *arena, const Style *style, Var var, Str s, NumberForm form)
{
    if (!number_is_numeric(style, s))
        return s;
    if (!has_joint(s))
        return one_number(arena, style, var, s, form);
    Buf out = {0};
    render(&out, arena, style, var, s, form, var == FIELD_PAGE);
    Str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

Str number_letters(Arena *arena, size_t n)
{
    char letters[16];
    size_t at = sizeof letters;
    while (n > 0) {
        n--;
        letters[--at] = (char)('a' + n % 26);
        n /= 26;
    }
    return arena_copy(arena, (Str){letters + at, sizeof letters - at});
}
