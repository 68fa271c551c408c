/* SPDX-License-Identifier: MIT
 * Names as the engine needs them; see person.h.  What a family name begins with and a
 * given name ends with follows the practice of CSL's processors: CSL-JSON from reference
 * managers has particles in neither of their fields. */
#include "convert/style/person.h"

#include "convert/base/memory.h"
#include "convert/style/uni.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x2be || c == 0x2bf;
}

/* Bytes of a particle that is joined to the name it leads: "d'" of "d'Artagnan", "al-" of
 * "al-Hakim". */
static size_t joined_particle(Str word)
{
    Str rest = word;
    size_t letters = 0;
    while (rest.size > 0 && letters <= 4) {
        uint32_t c = utf8_next(&rest);
        if (c == '-' || is_apostrophe(c)) {
            Str next = rest;
            bool name_follows = rest.size > 0 && unicode_is_upper(utf8_next(&next));
            return letters > 0 && letters <= 3 && name_follows ? word.size - rest.size
                                                               : 0;
        }
        if (!unicode_is_lower(c))
            return 0;
        letters++;
    }
    return 0;
}

/* 't, 's and words in lower case. */
static bool is_lower_word(Str word)
{
    Str rest = word;
    uint32_t c = utf8_next(&rest);
    if (is_apostrophe(c) && rest.size > 0)
        c = utf8_next(&rest);
    return unicode_is_lower(c);
}

/* Cuts leading particles off the family name. */
static void split_family(Person *person)
{
    Str rest = person->family, word;
    size_t end = 0;
    for (;;) {
        Str before = rest;
        if (!str_word(&rest, &word))
            return;
        size_t joined = joined_particle(word);
        size_t start = (size_t)(word.data - person->family.data);
        if (joined > 0) {
            end = start + joined;
            break;
        }
        bool more = str_trim(rest).size > 0;
        if (!more || !is_lower_word(word)) {
            end = (size_t)(before.data - person->family.data);
            break;
        }
    }
    Str particle = str_trim(str_slice(person->family, 0, end));
    if (particle.size == 0)
        return;
    person->non_dropping = particle;
    person->family = str_trim(str_after(person->family, end));
}

/* Cuts particles off the end of the given names. */
static void split_given(Person *person)
{
    static const Str KNOWN = STR(
        " van von der den de del della di da do das dos du des d' d’ la le lo ten ter te "
        "'t ’t zu zum zur vom af av aus dem het in op el al bin ibn ben abu y e und ");
    Str given = person->given;
    size_t cut = given.size;
    while (cut > 0) {
        Str before = str_trim(str_slice(given, 0, cut));
        size_t at = before.size;
        while (at > 0 && before.data[at - 1] != ' ')
            at--;
        Str word = str_after(before, at);
        char spaced[16];
        if (at == 0 || word.size == 0 || word.size + 2 > sizeof spaced ||
            byte_is_upper(word.data[0]))
            break;
        spaced[0] = ' ';
        memcpy(spaced + 1, word.data, word.size);
        spaced[word.size + 1] = ' ';
        if (!str_contains(KNOWN, (Str){spaced, word.size + 2}))
            break;
        cut = at;
    }
    Str particle = str_trim(str_after(given, cut));
    if (particle.size == 0)
        return;
    person->dropping = particle;
    person->given = str_trim(str_slice(given, 0, cut));
}

/* "Sammy, Jr." has the suffix behind its comma; "John,! III" wants the comma kept. */
static void split_suffix(Person *person)
{
    size_t comma = str_find_byte(person->given, ',');
    if (comma == person->given.size)
        return;
    Str suffix = str_after(person->given, comma + 1);
    if (str_starts(suffix, STR("!"))) {
        person->comma_suffix = true;
        suffix = str_after(suffix, 1);
    }
    suffix = str_trim(suffix);
    if (suffix.size == 0)
        return;
    if (str_equal(suffix, STR("et al")) || str_equal(suffix, STR("et al."))) {
        if (person->dropping.size)
            return;
        person->dropping = suffix;
        person->comma_suffix = true;
    } else {
        person->suffix = suffix;
    }
    person->given = str_trim(str_slice(person->given, 0, comma));
}

static bool written_family_first(const Person *person)
{
    Str rest = person->family;
    bool any = false;
    while (rest.size > 0) {
        uint32_t c = utf8_next(&rest);
        if (unicode_is_letter(c) && !uni_is_family_first(c))
            return false;
        any |= uni_is_family_first(c);
    }
    return any;
}

static bool is_quoted(Str s)
{
    return s.size > 2 && s.data[0] == '"' && s.data[s.size - 1] == '"';
}

/* Without the spaces of all kinds around it. */
static Str bare(Str s)
{
    s = str_trim(s);
    while (str_starts(s, STR("\u00a0")))
        s = str_trim(str_after(s, 2));
    while (str_ends(s, STR("\u00a0")))
        s = str_trim(str_slice(s, 0, s.size - 2));
    return s;
}

static Person normalise(const Name *name)
{
    Person person = {.given = bare(name->given),
                     .dropping = str_trim(name->dropping),
                     .non_dropping = str_trim(name->non_dropping),
                     .family = bare(name->family),
                     .suffix = str_trim(name->suffix),
                     .literal = bare(name->literal)};
    if (person.literal.size || (person.family.size == 0 && person.given.size == 0)) {
        Str literal = person.literal;
        person = (Person){.given = STR_EMPTY,
                          .dropping = STR_EMPTY,
                          .non_dropping = STR_EMPTY,
                          .family = STR_EMPTY,
                          .suffix = STR_EMPTY,
                          .literal = literal};
        return person;
    }
    person.comma_suffix = name->comma_suffix && person.suffix.size;
    if (person.suffix.size && person.suffix.data[0] == ',') {
        person.comma_suffix = true;
        person.suffix = str_trim(str_after(person.suffix, 1));
    }
    if (is_quoted(person.family)) {
        person.family = str_slice(person.family, 1, person.family.size - 1);
    } else {
        if (person.suffix.size == 0)
            split_suffix(&person);
        if (person.non_dropping.size == 0 && person.dropping.size == 0)
            split_family(&person);
        if (person.dropping.size == 0)
            split_given(&person);
    }
    if (person.family.size == 0) {
        person.family = person.given;
        person.given = STR_EMPTY;
    }
    person.family_first = written_family_first(&person);
    person.static_order = name->static_order && !person.family_first;
    return person;
}

static uint64_t hash_of(const Person *p)
{
    const Str parts[] = {p->given,  p->dropping, p->non_dropping,
                         p->family, p->suffix,   p->literal};
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t k = 0; k < parts[i].size; k++)
            h = (h ^ (unsigned char)parts[i].data[k]) * 1099511628211u;
        h = (h ^ 0xff) * 1099511628211u;
    }
    return h ^ (h >> 32);
}

static bool same(const Person *a, const Person *b)
{
    return str_equal(a->family, b->family) && str_equal(a->given, b->given) &&
           str_equal(a->dropping, b->dropping) &&
           str_equal(a->non_dropping, b->non_dropping) &&
           str_equal(a->suffix, b->suffix) && str_equal(a->literal, b->literal) &&
           a->comma_suffix == b->comma_suffix && a->static_order == b->static_order;
}

static PersonSlot *slot(const People *people, const Person *person)
{
    size_t mask = people->slot_count - 1;
    for (size_t i = person->hash & mask;; i = (i + 1) & mask) {
        PersonSlot *at = &people->slots[i];
        if (!at->person || (at->hash == person->hash && same(at->person, person)))
            return at;
    }
}

static void grow(People *people)
{
    PersonSlot *old = people->slots;
    size_t count = people->slot_count;
    people->slot_count = count ? count * 2 : 256;
    people->slots = memory_zeroed(people->slot_count, sizeof *people->slots);
    size_t mask = people->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        size_t to = old[i].hash & mask;
        while (old[i].person && people->slots[to].person)
            to = (to + 1) & mask;
        if (old[i].person)
            people->slots[to] = old[i];
    }
    free(old);
}

const Person *people_find(People *people, Arena *arena, const Name *name)
{
    if (people->count * 2 >= people->slot_count)
        grow(people);
    Person found = normalise(name);
    found.hash = hash_of(&found);
    PersonSlot *to = slot(people, &found);
    if (!to->person) {
        Person *fresh = arena_alloc(arena, sizeof *fresh);
        *fresh = found;
        fresh->given = arena_copy(arena, found.given);
        fresh->dropping = arena_copy(arena, found.dropping);
        fresh->non_dropping = arena_copy(arena, found.non_dropping);
        fresh->family = arena_copy(arena, found.family);
        fresh->suffix = arena_copy(arena, found.suffix);
        fresh->literal = arena_copy(arena, found.literal);
        fresh->number = (unsigned)people->count++;
        *to = (PersonSlot){found.hash, fresh};
    }
    return to->person;
}

void people_free(People *people)
{
    free(people->slots);
}
