/* SPDX-License-Identifier: MIT
 * Names in lists: "von Last, Jr, First" (btxdoc, section 4). */
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/bibtex/bibtex.h"
#include "formats/bibtex/words.h"

/* BibTeX takes all up to the last lower-case word for the von part. */
static bool hides_von(Str family)
{
    Str word, next;
    if (!str_word(&family, &word))
        return false;
    while (str_word(&family, &next)) {
        Str rest = word;
        if (unicode_is_lower(utf8_next(&rest)))
            return true;
        word = next;
    }
    return false;
}

/* Also an article or elided particle at its front: "al-Hassan", "d'Alembert". */
static bool hides_particle(Str family)
{
    return words_particle_front(family) > 0 || hides_von(family);
}

/* A particle that begins with a capital, which BibTeX would take for the family name. */
static bool is_capital(Str particle, bool last)
{
    if (particle.size == 0 || !byte_is_upper(particle.data[0]))
        return false;
    for (Str word; !last && str_word(&particle, &word);) {
        if (unicode_is_lower(utf8_next(&word)))
            return false; /* it ends the von part, where given names follow */
    }
    return true;
}

/* Commas and "and" between words end a part or a name. */
static bool splits(Str part)
{
    Str word;
    if (str_find_byte(part, ',') < part.size)
        return true;
    while (str_word(&part, &word)) {
        if (str_equal_nocase(word, STR("and")))
            return true;
    }
    return false;
}

enum { LABEL = 3 }; /* letters of a family that alpha takes, where it is the only one */

/* The label of an only author ends within these braces, which BibTeX does not see
 * through: the letters that it takes stand outside. */
static bool label_is_ascii(Str part)
{
    for (size_t i = 0; i < LABEL && part.size > 0; i++) {
        if (utf8_next(&part) >= 0x80)
            return false;
    }
    return true;
}

static void put_braced(Spell *s, Str part, bool alone)
{
    alone = alone && !s->plain;
    size_t outside = alone && !label_is_ascii(part) ? LABEL : 0;
    size_t first = outside > 0 ? 0 : 1;
    bool outside_any = outside > 0;
    for (; outside > 0 && part.size > 0; outside--) {
        Str rest = part;
        uint32_t c = utf8_next(&rest);
        bool letter = c >= 0x80 ? unicode_is_letter(c) : byte_is_alpha((char)c);
        sink_write(s->out, letter ? STR_EMPTY : STR("{"));
        spell_cut(s, str_slice(part, 0, part.size - rest.size), 1, false);
        sink_write(s->out, letter ? STR_EMPTY : STR("}"));
        part = rest;
    }
    if (part.size > 0) {
        sink_byte(s->out, '{');
        spell_cut(s, part, first, false);
        sink_byte(s->out, '}');
    }
    /* else nothing would tell it from a family name; see is_body in read_names.c */
    if (outside_any && str_find_byte(part, ' ') == part.size)
        sink_write(s->out, STR("{}"));
}

static void put_part(Spell *s, Str part)
{
    if (splits(part))
        put_braced(s, part, false);
    else
        spell_cut(s, part, 0, true);
}

/* {\uppercase{d}e}: lower case to BibTeX (btxhak, section 4). */
static void put_particle(Spell *s, Str particle, bool last)
{
    if (!s->exact || !is_capital(particle, last)) {
        put_part(s, particle);
        return;
    }
    size_t word = str_find_byte(particle, ' ');
    sink_format(s->out, "{\\uppercase{%c}", byte_lower(particle.data[0]));
    spell_plain(s, str_slice(particle, 1, word));
    sink_byte(s->out, '}');
    spell_plain(s, str_after(particle, word));
}

/* Given names whose last ones look like particles that were put behind them. */
static void put_given(Spell *s, const Name *name, Str given)
{
    size_t at = words_given_end(name->given);
    if (at == name->given.size) {
        put_part(s, given);
        return;
    }
    put_part(s, str_slice(given, 0, at));
    sink_byte(s->out, '{');
    spell_cut(s, str_slice(given, at, name->given.size), 0, false);
    sink_byte(s->out, '}');
    put_part(s, str_after(given, name->given.size));
}

/* A family name and nothing else: one word to BibTeX, and not all of it braced, as a
 * body is. */
static void put_only_family(Spell *s, Str family)
{
    size_t front = words_particle_front(family);
    if (front > 0) {
        sink_byte(s->out, '{');
        spell_cut(s, str_slice(family, 0, front), 0, false);
        sink_byte(s->out, '}');
        family = str_after(family, front);
    }
    while (family.size > 0) {
        size_t size = 0;
        while (size < family.size && family.data[size] != ' ' && family.data[size] != ',')
            size++;
        spell_cut(s, str_slice(family, 0, size), LABEL, true);
        if (size < family.size)
            sink_format(s->out, "{%c}", family.data[size]);
        family = str_after(family, size + 1);
    }
}

static bool begins_lower(Str s)
{
    return s.size > 0 && unicode_is_lower(utf8_next(&s));
}

static void put_name(Spell *s, Arena *arena, const Name *name, bool alone)
{
    if (name->literal.size > 0) {
        put_braced(s, name->literal, alone);
        return;
    }
    Str given = name_given(arena, name);
    Str particle = name->non_dropping;
    bool only = given.size == 0 && name->suffix.size == 0, elided = false;
    if (s->plain && only && particle.size > 0) { /* else the particle is given names */
        put_braced(s, name_family(arena, name), alone);
        return;
    }
    if (particle.size > 0) {
        elided = str_ends(particle, STR("'")) || str_ends(particle, STR("-")) ||
                 str_ends(particle, STR("\xe2\x80\x99"));
        put_particle(s, particle, only);
        if (!elided)
            sink_byte(s->out, ' ');
    }
    bool torn = s->plain && only && particle.size == 0 &&
                str_find_byte(name->family, ' ') < name->family.size;
    bool hidden = splits(name->family) || hides_particle(name->family);
    if (hidden && only && !s->plain) {
        /* else "d'van" would be one word of the name */
        if (elided && begins_lower(name->family))
            sink_write(s->out, STR("{}"));
        put_only_family(s, name->family);
    } else if (torn || hidden || (elided && begins_lower(name->family)))
        put_braced(s, name->family, alone);
    else
        spell_cut(s, name->family, LABEL, true);
    if (name->suffix.size > 0) {
        sink_write(s->out, STR(", "));
        put_part(s, name->suffix);
    }
    if (given.size > 0 || name->suffix.size > 0) {
        sink_write(s->out, STR(", "));
        put_given(s, name, given);
    }
}

void names_spell(Spell *s, Arena *arena, const Names *names)
{
    bool alone = names->count == 1 && names->cut != CUT_CERTAIN;
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0)
            sink_write(s->out, STR(" and "));
        put_name(s, arena, &names->items[i], alone);
    }
    if (names->cut == CUT_CERTAIN && !s->plain)
        sink_write(s->out, names->count > 0 ? STR(" and others") : STR("others"));
}
