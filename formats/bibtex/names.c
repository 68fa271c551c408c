/* SPDX-License-Identifier: MIT
 * Names in lists: "von Last, Jr, First" (btxdoc, section 4). */
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/bibtex/bibtex.h"

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
    for (; outside > 0 && part.size > 0; outside--) {
        Str rest = part;
        uint32_t c = utf8_next(&rest);
        bool letter = c >= 0x80 ? unicode_is_letter(c) : byte_is_alpha((char)c);
        sink_write(s->out, letter ? STR_EMPTY : STR("{"));
        spell_cut(s, str_slice(part, 0, part.size - rest.size), 1, false);
        sink_write(s->out, letter ? STR_EMPTY : STR("}"));
        part = rest;
    }
    if (part.size == 0)
        return;
    sink_byte(s->out, '{');
    spell_cut(s, part, first, false);
    sink_byte(s->out, '}');
}

static void put_part(Spell *s, Str part)
{
    if (splits(part))
        put_braced(s, part, false);
    else
        spell_cut(s, part, 0, true);
}

static void put_name(Spell *s, Arena *arena, const Name *name, bool alone)
{
    if (name->literal.size > 0) {
        put_braced(s, name->literal, alone);
        return;
    }
    Str given = name_given(arena, name);
    Str particle = name->non_dropping;
    if (particle.size > 0) {
        bool elided = str_ends(particle, STR("'")) || str_ends(particle, STR("-")) ||
                      str_ends(particle, STR("\xe2\x80\x99"));
        put_part(s, particle);
        if (!elided)
            sink_byte(s->out, ' ');
    }
    bool lone = given.size == 0 && particle.size == 0 && name->suffix.size == 0;
    bool torn = s->plain && lone && str_find_byte(name->family, ' ') < name->family.size;
    if (torn || splits(name->family) || hides_von(name->family))
        put_braced(s, name->family, alone);
    else
        spell_cut(s, name->family, LABEL, true);
    if (name->suffix.size > 0) {
        sink_write(s->out, STR(", "));
        put_part(s, name->suffix);
    }
    if (given.size > 0 || name->suffix.size > 0) {
        sink_write(s->out, STR(", "));
        put_part(s, given);
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
