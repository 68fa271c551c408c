/* SPDX-License-Identifier: MIT
 * Text case over steps: CSL 1.0.2, "Text-case".
 *
 * The texts are looked at as one string; what happens to each word is noted as changes at
 * its bytes, and the texts are then made anew.  Marked text that keeps its case counts as
 * words, too. */
#include "convert/style/eval.h"

#include "convert/base/memory.h"
#include "convert/style/uni.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* CSL's stop words; phrases of several words last. */
static const char STOP_WORDS[] =
    " a about above across afore after against along alongside amid amidst among amongst "
    "an and anenst "
    "apropos apud around as aside astride at athwart atop barring before behind below "
    "beneath beside besides between beyond but by c ca circa d' d’ de despite down "
    "during et except for forenenst from given in inside into lest like modulo near next "
    "nor notwithstanding of off on onto or out over per plus pro qua sans since so than "
    "the through throughout thru thruout till to toward towards under underneath until "
    "unto up upon v van versus via vis vis-à-vis von vs with within without yet ";
static const char STOP_SECOND[] = " to from of regards than as ";
static const char *const STOP_PHRASES[] = {
    "according to", "ahead of", "apart from",  "as regards",  "back to",
    "because of",   "close to", "due to",      "far from",    "instead of",
    "outside of",   "prior to", "pursuant to", "rather than", "regardless of",
    "such as",      "that of",  "where as",    NULL};

typedef enum Change { CHANGE_LOWER, CHANGE_CAPITAL } Change;

typedef struct Edit {
    size_t at, size;
    Change change;
} Edit;

enum {
    KEPT = 1,  /* its case is kept */
    MARKED = 2 /* marks open or close before it */
};

typedef struct Casing {
    Eval *e;
    size_t from; /* first step */
    Buf flat;    /* all texts */
    Buf keep;    /* a byte for each byte of flat: KEPT, MARKED */
    Edit *edits;
    size_t edit_count, edit_capacity;
    const char *lang;
} Casing;

static bool keeps_case(const Op *op)
{
    if (op->scope == SCOPE_NOCASE)
        return true;
    return op->scope == SCOPE_MARKUP &&
           (op->mark == STYLE_SUP || op->mark == STYLE_SUB ||
            op->mark == STYLE_SMALL_CAPS || op->mark == STYLE_MATH);
}

static void flatten(Casing *c)
{
    const Ops *ops = c->e->ops;
    size_t kept = 0;
    bool marked = false;
    for (size_t i = c->from; i < ops->count; i++) {
        const Op *op = &ops->items[i];
        marked |= op->kind != OP_TEXT;
        if (op->kind == OP_OPEN && keeps_case(op))
            kept++;
        else if (op->kind == OP_CLOSE && keeps_case(op))
            kept--;
        if (op->kind != OP_TEXT)
            continue;
        buf_add(&c->flat, op->text);
        char keep = kept > 0 || op->flags & OP_FIXED ? KEPT : 0;
        memset(buf_reserve(&c->keep, op->text.size), keep, op->text.size);
        if (marked && op->text.size > 0)
            c->keep.data[c->keep.size] |= MARKED;
        marked &= op->text.size == 0;
        c->keep.size += op->text.size;
    }
}

static void edit(Casing *c, size_t at, size_t size, Change change)
{
    if (!c->keep.data || c->keep.data[at] & KEPT)
        return;
    if (c->edit_count == c->edit_capacity) {
        c->edit_capacity = memory_grown(c->edit_capacity, c->edit_count + 1);
        c->edits = memory_resize(c->edits, c->edit_capacity * sizeof *c->edits);
    }
    c->edits[c->edit_count++] = (Edit){at, size, change};
}

/* Makes the texts anew; edits are in order. */
static void rebuild(Casing *c)
{
    Ops *ops = c->e->ops;
    size_t at = 0, next = 0;
    for (size_t i = c->from; i < ops->count; i++) {
        Op *op = &ops->items[i];
        if (op->kind != OP_TEXT)
            continue;
        size_t end = at + op->text.size;
        while (next < c->edit_count && c->edits[next].at + c->edits[next].size <= at)
            next++;
        if (next == c->edit_count || c->edits[next].at >= end) {
            at = end;
            continue;
        }
        Buf out = {0};
        size_t done = at;
        for (size_t k = next; k < c->edit_count && c->edits[k].at < end; k++) {
            const Edit *ed = &c->edits[k];
            size_t from = ed->at < done ? done : ed->at;
            size_t to = ed->at + ed->size < end ? ed->at + ed->size : end;
            if (to <= from)
                continue;
            Str piece = str_slice(op->text, from - at, to - at);
            buf_add(&out, str_slice(op->text, done - at, from - at));
            buf_add(&out, ed->change == CHANGE_LOWER
                              ? uni_lower(c->e->scratch, piece, c->lang)
                              : uni_capital(c->e->scratch, piece, c->lang));
            done = to;
        }
        buf_add(&out, str_slice(op->text, done - at, end - at));
        op->text = arena_copy(c->e->scratch, buf_str(&out));
        buf_free(&out);
        at = end;
    }
}

/* --- Words ------------------------------------------------------------------------- */

typedef struct Word {
    size_t at, size; /* letters, digits and what stands inside a word */
    size_t letter;   /* first letter, or its end */
} Word;

static bool is_inner(uint32_t c)
{
    return unicode_is_letter(c) || unicode_is_digit(c) || unicode_is_mark(c) ||
           c == '\'' || c == 0x2019 || c == '.' || c == '&' || c == '_' || c == '`';
}

/* The next word at or behind *at.  Hyphens and dashes part words. */
static bool next_word(Str s, size_t *at, Word *word)
{
    Str rest = str_after(s, *at);
    while (rest.size > 0) {
        Str before = rest;
        uint32_t c = utf8_next(&rest);
        if (!unicode_is_letter(c) && !unicode_is_digit(c))
            continue;
        word->at = s.size - before.size;
        word->letter = s.size;
        rest = before;
        while (rest.size > 0) {
            before = rest;
            c = utf8_next(&rest);
            if (!is_inner(c)) {
                rest = before;
                break;
            }
            if (word->letter == s.size && unicode_is_letter(c))
                word->letter = s.size - before.size;
        }
        size_t end = s.size - rest.size;
        while (end > word->at && s.data[end - 1] == '.')
            end--;
        word->size = end - word->at;
        if (word->letter > end)
            word->letter = end;
        *at = end;
        return true;
    }
    return false;
}

static bool has_upper(Str s)
{
    while (s.size > 0) {
        if (unicode_is_upper(utf8_next(&s)))
            return true;
    }
    return false;
}

/* All that may change is in capitals. */
static bool is_shouted(const Casing *c)
{
    Str rest = buf_str(&c->flat);
    bool upper = false;
    while (rest.size > 0) {
        size_t at = c->flat.size - rest.size;
        uint32_t ch = utf8_next(&rest);
        if (c->keep.data && c->keep.data[at] & KEPT)
            continue;
        if (unicode_is_lower(ch))
            return false;
        upper |= unicode_is_upper(ch);
    }
    return upper;
}

static size_t first_size(Str s, size_t at)
{
    Str rest = str_after(s, at);
    Str from = rest;
    if (str_starts(rest, STR("ij")))
        return 2;
    utf8_next(&rest);
    return from.size - rest.size;
}

/* "β" is a sign, not a word. */
static bool is_greek_letter(Str word)
{
    Str rest = word;
    uint32_t c = utf8_next(&rest);
    return rest.size == 0 && c >= 0x370 && c < 0x400;
}

static void capitalize(Casing *c, const Word *word)
{
    Str s = buf_str(&c->flat);
    if (is_greek_letter(str_slice(s, word->at, word->at + word->size)))
        return;
    if (word->letter < word->at + word->size)
        edit(c, word->letter, first_size(s, word->letter), CHANGE_CAPITAL);
}

static void lower(Casing *c, size_t at, size_t end)
{
    /* Kept parts in between stay. */
    while (at < end) {
        size_t to = at;
        while (to < end && (c->keep.data[to] & KEPT) == (c->keep.data[at] & KEPT))
            to++;
        edit(c, at, to - at, CHANGE_LOWER);
        at = to;
    }
}

static void capitalize_first(Casing *c)
{
    Word word;
    size_t at = 0;
    Str s = buf_str(&c->flat);
    if (!next_word(s, &at, &word))
        return;
    if (word.letter == word.at && !has_upper(str_slice(s, word.at, word.at + word.size)))
        capitalize(c, &word);
}

static void capitalize_all(Casing *c)
{
    Word word;
    Str s = buf_str(&c->flat);
    for (size_t at = 0; next_word(s, &at, &word);) {
        if (word.letter == word.at &&
            !has_upper(str_slice(s, word.at, word.at + word.size)))
            capitalize(c, &word);
    }
}

/* CSL's text would leave words alone that are in capitals here and there; processors in
 * use lower all but the first, and styles are written with them. */
static void sentence(Casing *c)
{
    Str s = buf_str(&c->flat);
    Word word;
    size_t at = 0;
    if (!next_word(s, &at, &word))
        return;
    if (is_shouted(c)) {
        size_t rest =
            word.letter + first_size(s, word.letter < s.size ? word.letter : word.at);
        lower(c, rest, s.size);
        return;
    }
    capitalize_first(c);
    lower(c, word.at + word.size, s.size);
}

static bool listed(const char *list, Str word)
{
    char spaced[24];
    if (word.size + 2 > sizeof spaced)
        return false;
    spaced[0] = ' ';
    memcpy(spaced + 1, word.data, word.size);
    spaced[word.size + 1] = ' ';
    return str_contains(str_from(list), (Str){spaced, word.size + 2});
}

bool textcase_is_stop(Str word)
{
    return listed(STOP_WORDS, word);
}

/* Where the title's first sign or mark stands. */
static size_t front_end(const Casing *c)
{
    Str s = buf_str(&c->flat);
    size_t at = 0;
    while (at < s.size && !(c->keep.data[at] & MARKED && at > 0) &&
           !strchr("'\"-/.,;?!:[]()", s.data[at]) &&
           !str_starts(str_after(s, at), STR("\xe2\x80")))
        at++;
    return at;
}

static bool is_stop(Arena *scratch, Str s, const Word *word)
{
    return listed(STOP_WORDS,
                  uni_lower(scratch, str_slice(s, word->at, word->at + word->size), ""));
}

/* The end of the stop phrase of several words at this word, or 0. */
static size_t phrase_end(Arena *scratch, Str s, const Word *word)
{
    Str here = str_slice(s, word->at, word->at + 24);
    size_t space = str_find_byte(here, ' ');
    if (space == here.size)
        return 0;
    Str second = str_after(here, space + 1);
    second = str_slice(second, 0, str_find_byte(second, ' '));
    if (!listed(STOP_SECOND, uni_lower(scratch, second, "")))
        return 0;
    for (size_t i = 0; STOP_PHRASES[i]; i++) {
        Str phrase = str_from(STOP_PHRASES[i]);
        if (str_equal_nocase(str_slice(here, 0, phrase.size), phrase) &&
            (here.size == phrase.size || !byte_is_alpha(here.data[phrase.size])))
            return word->at + phrase.size;
    }
    return 0;
}

/* What stands between two words ends a part of the title. */
static bool starts_anew(Str between)
{
    for (size_t i = 0; i < between.size; i++) {
        if (between.data[i] == ':' || between.data[i] == '?' || between.data[i] == '!')
            return true;
    }
    return false;
}

/* The "o" of "o'clock", the "e" of "i.e.", the "x" of "x²": a letter alone is a sign, not
 * a word. */
static bool is_lone_letter(const Casing *c, const Word *word)
{
    Str s = buf_str(&c->flat);
    size_t size = first_size(s, word->at);
    Str rest = str_slice(s, word->at + size, word->at + word->size);
    return rest.size == 0 || rest.data[0] == '\'' || rest.data[0] == '.' ||
           str_starts(rest, STR("’")) || c->keep.data[word->at + size] & MARKED;
}

static void title(Casing *c)
{
    Str s = buf_str(&c->flat);
    bool shouted = is_shouted(c);
    Word word, last = {0, 0, 0};
    size_t count = 0;
    for (size_t at = 0; next_word(s, &at, &word); count++)
        last = word;
    size_t before = 0, phrase = 0, front = front_end(c);
    for (size_t at = 0, i = 0; next_word(s, &at, &word); i++) {
        Str text = str_slice(s, word.at, word.at + word.size);
        /* "An E-Mail", "On In-House Lace": a hyphen that is the title's first sign. */
        bool hyphen =
            word.at + word.size == front && front < s.size && s.data[front] == '-';
        bool first = i == 0 || hyphen || starts_anew(str_slice(s, before, word.at));
        bool end = word.at == last.at;
        before = word.at + word.size;
        if (!first && !end && phrase == 0)
            phrase = phrase_end(c->e->scratch, s, &word);
        bool stop =
            !first && !end && (is_stop(c->e->scratch, s, &word) || word.at < phrase);
        if (word.at + word.size >= phrase)
            phrase = 0;
        bool mixed = has_upper(text);
        if (stop && !shouted &&
            (!mixed || !has_upper(str_after(text, first_size(text, 0))))) {
            lower(c, word.at, word.at + word.size);
        } else if (shouted) {
            continue;
        } else if (!mixed && word.letter == word.at &&
                   (first || !is_lone_letter(c, &word))) {
            capitalize(c, &word);
        }
    }
}

static void upper(Eval *e, size_t from)
{
    size_t kept = 0;
    for (size_t i = from; i < e->ops->count; i++) {
        Op *op = &e->ops->items[i];
        if (op->kind == OP_OPEN && keeps_case(op))
            kept++;
        else if (op->kind == OP_CLOSE && keeps_case(op))
            kept--;
        else if (op->kind == OP_TEXT && kept == 0 && !(op->flags & OP_FIXED))
            op->text = uni_upper(e->scratch, op->text, e->item->lang);
    }
}

void textcase_apply(Eval *e, size_t from, TextCase text_case)
{
    if (e->key)
        return;
    if (text_case == CASE_UPPER) {
        upper(e, from);
        return;
    }
    if (text_case == CASE_TITLE && !e->item->english)
        return;
    Casing c = {.e = e, .from = from, .lang = e->item->lang};
    flatten(&c);
    ops_work(e->ops, c.flat.size);
    if (c.flat.size == 0)
        return;
    switch (text_case) {
    case CASE_LOWER:
        lower(&c, 0, c.flat.size);
        break;
    case CASE_CAPITALIZE_FIRST:
        capitalize_first(&c);
        break;
    case CASE_CAPITALIZE_ALL:
        capitalize_all(&c);
        break;
    case CASE_SENTENCE:
        sentence(&c);
        break;
    case CASE_TITLE:
        title(&c);
        break;
    case CASE_NONE:
    case CASE_UPPER:
        break;
    }
    if (c.edit_count > 0)
        rebuild(&c);
    free(c.edits);
    buf_free(&c.flat);
    buf_free(&c.keep);
}

void textcase_strip_periods(Eval *e, size_t from)
{
    for (size_t i = from; i < e->ops->count; i++) {
        Op *op = &e->ops->items[i];
        if (op->kind != OP_TEXT || op->flags & OP_FIXED ||
            str_find_byte(op->text, '.') == op->text.size)
            continue;
        char *out = arena_alloc(e->scratch, op->text.size);
        size_t size = 0;
        for (size_t k = 0; k < op->text.size; k++) {
            if (op->text.data[k] != '.')
                out[size++] = op->text.data[k];
        }
        op->text = (Str){out, size};
    }
}
