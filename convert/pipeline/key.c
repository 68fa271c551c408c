/* SPDX-License-Identifier: MIT
 * Making keys; see key.h.
 *
 * Of the keys so far only 64 bits each are kept, in a table with open addressing: two
 * keys with one hash would cost a suffix that was not needed, and nothing else. */
#include "convert/pipeline/key.h"
#include "convert/base/memory.h"
#include "convert/text/unicode.h"

#include <stdlib.h>
#include <string.h>

typedef struct Slot {
    uint64_t hash; /* 0: free */
    size_t tried;  /* suffixes given to this key so far */
} Slot;

struct KeyMaker {
    Slot *slots;
    size_t count, capacity; /* a power of two */
};

enum { SLOTS_FIRST = 1024, WORD_MOST = 40 };

KeyMaker *key_open(void)
{
    return memory_zeroed(1, sizeof(KeyMaker));
}

void key_close(KeyMaker *maker)
{
    free(maker->slots);
    free(maker);
}

/* FNV-1a with a final mixing, so that the low bits are good. */
static uint64_t hash_of(Str s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (unsigned char)s.data[i]) * 0x100000001b3u;
    hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
    return hash != 0 ? hash : 1;
}

static Slot *find_slot(Slot *slots, size_t capacity, uint64_t hash)
{
    size_t i = (size_t)hash & (capacity - 1);
    while (slots[i].hash != 0 && slots[i].hash != hash)
        i = (i + 1) & (capacity - 1);
    return &slots[i];
}

static void grow(KeyMaker *maker)
{
    size_t capacity = maker->capacity > 0 ? maker->capacity * 2 : SLOTS_FIRST;
    Slot *slots = memory_zeroed(capacity, sizeof *slots);
    for (size_t i = 0; i < maker->capacity; i++) {
        if (maker->slots[i].hash != 0)
            *find_slot(slots, capacity, maker->slots[i].hash) = maker->slots[i];
    }
    free(maker->slots);
    maker->slots = slots;
    maker->capacity = capacity;
}

/* The slot of a key; *known tells whether it was there before. */
static Slot *add_key(KeyMaker *maker, Str key, bool *known)
{
    if (maker->count * 10 >= maker->capacity * 7)
        grow(maker);
    uint64_t hash = hash_of(key);
    Slot *slot = find_slot(maker->slots, maker->capacity, hash);
    *known = slot->hash != 0;
    if (!*known) {
        slot->hash = hash;
        maker->count++;
    }
    return slot;
}

/* --- What a key is made of
 * ---------------------------------------------------------------- */

/* Articles, prepositions and the like of the languages titles come in. */
static bool is_stop_word(Str word)
{
    static const char WORDS[] =
        " a an the on in of and or for to with from by at as is are be can do does how "
        "what "
        "why when where which who into over under via towards toward using between "
        "beyond "
        "its it this that these those not no we our your der die das ein eine zur zum "
        "von "
        "und fur im le la les l un une des du de el los las en il lo gli het een ";
    char framed[20] = " ";
    if (word.size > sizeof framed - 3)
        return false;
    memcpy(framed + 1, word.data, word.size);
    framed[word.size + 1] = ' ';
    return strstr(WORDS, framed) != NULL;
}

/* The next word of a title in ASCII: split at all but letters, digits and apostrophes,
 * "Q-Learning" not after its only letter.  Math is no word. */
static bool next_word(Arena *arena, const Text *title, size_t *at, Str *word)
{
    Str s = title->text;
    while (*at < s.size) {
        for (size_t i = 0; i < title->run_count; i++) {
            const Run *run = &title->runs[i];
            if (run->mark == MARK_MATH && *at >= run->start && *at < run->end)
                *at = run->end;
        }
        size_t start = *at, end = start;
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
        *at = end > start ? end : start + 1;
        *word = unicode_ascii(arena, str_slice(s, start, end));
        if (word->size > 0) {
            *word = str_slice(*word, 0, WORD_MOST);
            return true;
        }
    }
    return false;
}

static Str title_word(Arena *arena, const Record *rec)
{
    const Field *title = record_find(rec, FIELD_TITLE);
    Str word, first = STR_EMPTY;
    size_t at = 0;
    if (title == NULL)
        return STR_EMPTY;
    while (next_word(arena, &title->text, &at, &word)) {
        if (!is_stop_word(word))
            return word;
        if (first.size == 0)
            first = word;
    }
    return first; /* "To Be or Not to Be" */
}

static Str family_word(Arena *arena, const Record *rec)
{
    static const FieldId WHO[] = {FIELD_AUTHOR, FIELD_EDITOR, FIELD_TRANSLATOR};
    for (size_t i = 0; i < sizeof WHO / sizeof WHO[0]; i++) {
        const Field *field = record_find(rec, WHO[i]);
        if (field == NULL || field->form != FORM_NAMES || field->names.count == 0)
            continue;
        const Name *name = &field->names.items[0];
        Str family =
            unicode_ascii(arena, name->literal.size > 0 ? name->literal : name->family);
        if (family.size == 0)
            family = unicode_ascii(arena, name->given);
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

/* 1 is "a", 26 "z", 27 "aa". */
static Str suffixed(Arena *arena, Str key, size_t number)
{
    char letters[16];
    size_t at = sizeof letters;
    for (; number > 0; number = (number - 1) / 26)
        letters[--at] = (char)('a' + (number - 1) % 26);
    return arena_join(arena, key, STR_EMPTY, (Str){letters + at, sizeof letters - at});
}

bool key_assign(KeyMaker *maker, Record *rec)
{
    bool known;
    Arena *arena = &rec->arena;
    if (rec->key.size > 0) {
        add_key(maker, rec->key, &known);
        return !known;
    }
    Str base = arena_join(arena, family_word(arena, rec), year_word(arena, rec),
                          title_word(arena, rec));
    if (base.size == 0)
        base = STR("ref");
    rec->key = base;
    size_t tried = add_key(maker, base, &known)->tried;
    if (!known)
        return true;
    do {
        rec->key = suffixed(arena, base, ++tried);
        add_key(maker, rec->key, &known);
    } while (known);
    /* Found again, since the table may have grown. */
    add_key(maker, base, &known)->tried = tried;
    return true;
}
