/* SPDX-License-Identifier: MIT
 * Other scripts in Latin letters, by ICU; see latin.h. */
#include "convert/text/latin.h"
#include "convert/base/memory.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Units of UTF-16 that ICU gets at once: it moves what follows a letter for each, and
 * no word is as long. */
enum { PIECE_MOST = 128, PIECE_ROOM = 16 * PIECE_MOST };

/* What follows the special rules takes what they leave, and then the accents. */
#define REST "Any-Latin; Latin-ASCII"

typedef enum Script { SCRIPT_OTHER, SCRIPT_CYRILLIC, SCRIPT_GREEK, SCRIPT_HAN } Script;

/* The first that fits counts.  BGN's spelling is the one of passports and maps: Any-Latin
 * alone makes Zukov of Жуков and Akovlev of Яковлев. */
static const struct Rule {
    Script script;
    bool names;           /* for names alone */
    const char *language; /* of two letters or three, or NULL for any */
    const char *id;
} RULES[] = {
    {SCRIPT_CYRILLIC, false, "be", "Belarusian-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, "bg", "Bulgarian-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, "kk", "Kazakh-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, "mk", "Macedonian-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, "mn", "Mongolian-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, "sr", "Serbian-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, "uk", "Ukrainian-Latin/BGN; " REST},
    {SCRIPT_CYRILLIC, false, NULL, "Russian-Latin/BGN; " REST},
    {SCRIPT_GREEK, false, "grc", REST},
    {SCRIPT_GREEK, false, NULL, "Greek-Latin/UNGEGN; " REST},
    {SCRIPT_HAN, true, NULL, "Han-Latin/Names; " REST},
    {SCRIPT_HAN, false, NULL, REST},
    {SCRIPT_OTHER, false, NULL, REST},
};
enum { RULE_COUNT = sizeof RULES / sizeof RULES[0] };

struct Latin {
    Str language;
    size_t left; /* bytes of this record that may yet be spelled */
    bool lacks;
    UTransliterator *made[RULE_COUNT];
    bool tried[RULE_COUNT];
    UBreakIterator *words;
    bool words_tried;
};

Latin *latin_open(void)
{
    Latin *latin = memory_zeroed(1, sizeof *latin);
    latin_record(latin, STR_EMPTY);
    return latin;
}

void latin_close(Latin *latin)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (latin->made[i] != NULL)
            utrans_close(latin->made[i]);
    }
    if (latin->words != NULL)
        ubrk_close(latin->words);
    free(latin);
}

void latin_record(Latin *latin, Str tag)
{
    latin->language = tag;
    latin->left = LATIN_MOST;
}

bool latin_lacks(const Latin *latin)
{
    return latin->lacks;
}

static bool speaks(const Latin *latin, const char *language)
{
    Str wanted = str_from(language);
    return str_starts_nocase(latin->language, wanted) &&
           (latin->language.size == wanted.size ||
            !byte_is_alpha(latin->language.data[wanted.size]));
}

static Script script_of(uint32_t c)
{
    if (unicode_is_han(c))
        return SCRIPT_HAN;
    if ((c >= 0x400 && c <= 0x52f) || (c >= 0xa640 && c <= 0xa69f))
        return SCRIPT_CYRILLIC;
    if ((c >= 0x370 && c <= 0x3ff) || (c >= 0x1f00 && c <= 0x1fff))
        return SCRIPT_GREEK;
    return SCRIPT_OTHER;
}

static bool parts_words(uint32_t c)
{
    return unicode_is_han(c) || unicode_is_kana(c);
}

/* Failures but the lack of data are memory's. */
static bool works(Latin *latin, UErrorCode error)
{
    if (error == U_MEMORY_ALLOCATION_ERROR)
        memory_exhausted();
    if (U_FAILURE(error))
        latin->lacks = true;
    return U_SUCCESS(error);
}

static UTransliterator *spelling(Latin *latin, Script script, bool name)
{
    size_t i = 0;
    while (RULES[i].script != script || (RULES[i].names && !name) ||
           (RULES[i].language != NULL && !speaks(latin, RULES[i].language)))
        i++;
    if (!latin->tried[i]) {
        UChar id[64];
        UErrorCode error = U_ZERO_ERROR;
        latin->tried[i] = true;
        u_uastrcpy(id, RULES[i].id);
        latin->made[i] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
        if (!works(latin, error))
            latin->made[i] = NULL;
    }
    return latin->made[i];
}

static UBreakIterator *words_of(Latin *latin)
{
    if (!latin->words_tried) {
        UErrorCode error = U_ZERO_ERROR;
        latin->words_tried = true;
        latin->words = ubrk_open(UBRK_WORD, "", NULL, 0, &error);
        if (!works(latin, error))
            latin->words = NULL;
    }
    return latin->words;
}

/* Letters alone: spaces between the syllables of a word go, and signs for softness. */
static bool spell(Latin *latin, Buf *out, UTransliterator *by, const UChar *piece,
                  int32_t count)
{
    UChar units[PIECE_ROOM];
    int32_t limit = count;
    UErrorCode error = U_ZERO_ERROR;
    memcpy(units, piece, (size_t)count * sizeof *piece);
    utrans_transUChars(by, units, &count, PIECE_ROOM, 0, &limit, &error);
    if (!works(latin, error))
        return false;
    size_t before = out->size;
    for (int32_t i = 0; i < count && i < PIECE_ROOM; i++) {
        if (units[i] < 0x80 &&
            (byte_is_alpha((char)units[i]) || byte_is_digit((char)units[i])))
            buf_add_byte(out, (char)units[i]);
    }
    return out->size > before;
}

/* The units of `s`, and the place behind them in it. */
static int32_t to_units(Str *s, UChar *units)
{
    int32_t count = 0;
    while (s->size > 0 && count + 2 <= PIECE_MOST) {
        UChar32 c = (UChar32)utf8_next(s);
        U16_APPEND_UNSAFE(units, count, c);
    }
    return count;
}

/* Adds a run of letters and their marks, as many words. */
static void spell_run(Latin *latin, Buf *out, Str run, bool name, size_t *most)
{
    UChar units[PIECE_MOST];
    Str first = run;
    UTransliterator *by = spelling(latin, script_of(utf8_next(&first)), name);
    UBreakIterator *words = name ? NULL : words_of(latin);
    while (by != NULL && run.size > 0 && *most > 0) {
        int32_t count = to_units(&run, units), end;
        UErrorCode error = U_ZERO_ERROR;
        if (words != NULL)
            ubrk_setText(words, units, count, &error);
        bool cuts = words != NULL && works(latin, error);
        for (int32_t start = 0; start < count && (*most) != 0; start = end, --*most) {
            end = cuts ? ubrk_following(words, start) : count;
            if (end == UBRK_DONE)
                end = count;
            if (start > 0)
                buf_add_byte(out, ' ');
            if (!spell(latin, out, by, units + start, end - start) && start > 0)
                out->size--;
        }
    }
}

/* A letter that has no spelling in ASCII.  What stands before U+0180 are signs (ª, µ),
 * and from U+02B0 on modifiers. */
static bool is_lost(uint32_t c)
{
    return c >= 0x180 && (c < 0x2b0 || c >= 0x370) && unicode_is_letter(c) &&
           !unicode_has_ascii(c);
}

/* Up to where letters of one kind and their marks go from the front of `s`, where one is,
 * and how many letters these are. */
static size_t run_size(Str s, size_t *letters)
{
    Str rest = s;
    uint32_t first = utf8_next(&rest);
    bool parts = parts_words(first);
    Str before = rest;
    *letters = 1;
    for (; rest.size > 0; before = rest) {
        uint32_t c = utf8_next(&rest);
        if (unicode_is_mark(c))
            continue;
        bool belongs = is_lost(c) && parts_words(c) == parts &&
                       (parts || script_of(c) == script_of(first));
        if (!belongs)
            break;
        ++*letters;
    }
    return s.size - before.size;
}

static Str spelled(Latin *latin, Arena *arena, Str s, bool name, size_t most)
{
    Buf out = {0};
    bool parts = false;
    if (utf8_is_ascii(s))
        return s;
    Str whole = s;
    while (s.size > 0 && most > 0) {
        Str here = s;
        size_t letters = 0, size;
        uint32_t c = utf8_next(&s);
        if (!is_lost(c)) {
            if (parts && (byte_is_alpha(*here.data) || byte_is_digit(*here.data)))
                buf_add_byte(&out, ' ');
            parts = false;
            buf_add(&out, str_slice(here, 0, here.size - s.size));
            continue;
        }
        size = run_size(here, &letters);
        Str run = str_slice(here, 0, size);
        s = str_after(here, size);
        bool sign = script_of(c) == SCRIPT_GREEK && letters < 3 && !name;
        if (sign || size > latin->left) {
            buf_add(&out, run);
            continue;
        }
        latin->left -= size;
        if ((parts || parts_words(c)) && out.size > 0 && out.data[out.size - 1] != ' ')
            buf_add_byte(&out, ' ');
        parts = parts_words(c);
        spell_run(latin, &out, run, name, &most);
    }
    Str made = str_equal(buf_str(&out), whole) ? whole : arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

Str latin_title(Latin *latin, Arena *arena, Str s, size_t most)
{
    return spelled(latin, arena, s, false, most);
}

Str latin_name(Latin *latin, Arena *arena, Str s)
{
    return spelled(latin, arena, s, true, SIZE_MAX);
}
