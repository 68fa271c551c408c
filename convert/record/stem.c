/* SPDX-License-Identifier: MIT
 * What a citation key is made of; see stem.h. */
#include "convert/record/stem.h"
#include "convert/text/unicode.h"

#include <string.h>

enum { WORD_MOST = 40, LOOK_MOST = 3 };

/* Articles, prepositions and the like of the languages titles come in. */
static bool is_stop_word(Str word)
{
    static const char WORDS[] =
        " a an the on in of and or for to with from by at as is are be can do does "
        "how what why when where which who into over under via towards toward using "
        "between beyond its it this that these those not no we our your "
        "der die das ein eine zur zum von und fur im le la les l un une des du de "
        "el los las en il lo gli het een ";
    char framed[20] = " ";
    if (word.size > sizeof framed - 3)
        return false;
    memcpy(framed + 1, word.data, word.size);
    framed[word.size + 1] = ' ';
    return strstr(WORDS, framed) != NULL;
}

/* Along a title; runs before `run` are passed. */
typedef struct Walk {
    const Text *title;
    size_t at, run;
    Str words;    /* of another script and spelled, that are yet to come */
    bool foreign; /* so was the last word */
} Walk;

static void skip_math(Walk *walk)
{
    const Text *title = walk->title;
    for (; walk->run < title->run_count; walk->run++) {
        const Run *run = &title->runs[walk->run];
        if (run->start > walk->at)
            return;
        if (run->mark == MARK_MATH && walk->at < run->end)
            walk->at = run->end;
    }
}

/* The next word of a title in ASCII: split at all but letters, digits and apostrophes,
 * "Q-Learning" not after its only letter.  Math is no word. */
static bool next_word(Arena *arena, Latin *latin, Walk *walk, Str *word)
{
    Str s = walk->title->text;
    while (walk->at < s.size || walk->words.size > 0) {
        if (str_word(&walk->words, word)) {
            *word = str_slice(unicode_ascii(arena, *word), 0, WORD_MOST);
            if (word->size > 0)
                return true;
            continue;
        }
        skip_math(walk);
        size_t start = walk->at, end = start;
        while (end < s.size) {
            char c = s.data[end];
            bool apostrophe =
                c == '\'' || str_starts(str_after(s, end), STR("\xe2\x80\x99"));
            bool joins = c == '-' && end == start + 1 && end + 1 < s.size &&
                         byte_is_alpha(s.data[end + 1]);
            bool high = (unsigned char)c >= 0x80 &&
                        !str_starts(str_after(s, end), STR("\xe2\x80"));
            if (!byte_is_alpha(c) && !byte_is_digit(c) && !apostrophe && !joins && !high)
                break;
            end += apostrophe && c != '\'' ? 3 : 1;
        }
        walk->at = end > start ? end : start + 1;
        Str written = str_slice(s, start, end);
        Str words = latin_title(latin, arena, written, LOOK_MOST);
        walk->foreign = words.data != written.data;
        if (walk->foreign) {
            walk->words = words;
            continue;
        }
        *word = unicode_ascii(arena, written);
        if (word->size > 0) {
            *word = str_slice(*word, 0, WORD_MOST);
            return true;
        }
    }
    return false;
}

/* Behind a year, digits would run into it. */
static bool is_number(Str word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (!byte_is_digit(word.data[i]))
            return false;
    }
    return true;
}

/* Articles and the like: what is spelled is no word of the list, but short in most
 * languages. */
static bool is_small(const Walk *walk, Str word)
{
    return walk->foreign ? word.size < 3 : is_stop_word(word);
}

static Str title_word(Arena *arena, Latin *latin, const Record *rec)
{
    const Field *title = record_find(rec, FIELD_TITLE);
    Str word, first = STR_EMPTY;
    if (title == NULL)
        return STR_EMPTY;
    Walk walk = {.title = &title->text, .words = STR_EMPTY};
    while (next_word(arena, latin, &walk, &word)) {
        if (!is_small(&walk, word) && !is_number(word))
            return word;
        if (first.size == 0)
            first = word;
    }
    return first; /* "To Be or Not to Be" */
}

static Str name_word(Arena *arena, Latin *latin, Str name)
{
    return unicode_ascii(arena, latin_name(latin, arena, name));
}

static Str family_word(Arena *arena, Latin *latin, const Record *rec)
{
    static const FieldId WHO[] = {FIELD_AUTHOR, FIELD_EDITOR, FIELD_TRANSLATOR};
    for (size_t i = 0; i < sizeof WHO / sizeof WHO[0]; i++) {
        const Field *field = record_find(rec, WHO[i]);
        if (field == NULL || field->form != FORM_NAMES || field->names.count == 0)
            continue;
        const Name *name = &field->names.items[0];
        Str family = name_word(arena, latin,
                               name->literal.size > 0 ? name->literal : name->family);
        if (family.size == 0)
            family = name_word(arena, latin, name->given);
        return str_slice(family, 0, WORD_MOST);
    }
    return STR_EMPTY;
}

static Str year_word(Arena *arena, const Record *rec)
{
    const Field *issued = record_find(rec, FIELD_ISSUED);
    if (issued == NULL || issued->form != FORM_DATE || issued->date.from.year == 0)
        return STR_EMPTY;
    int year = issued->date.from.year;
    return arena_format(arena, "%d", year < 0 ? -year : year);
}

Str stem_of(Arena *arena, Latin *latin, const Record *rec)
{
    Str stem = arena_join(arena, family_word(arena, latin, rec), year_word(arena, rec),
                          title_word(arena, latin, rec));
    return stem.size > 0 ? stem : STR("ref");
}
