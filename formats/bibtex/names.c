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

static void put_part(Spell *s, Str part, bool braced)
{
    if (braced)
        sink_byte(s->out, '{');
    spell_plain(s, part);
    if (braced)
        sink_byte(s->out, '}');
}

static void put_name(Spell *s, Arena *arena, const Name *name)
{
    if (name->literal.size > 0) {
        put_part(s, name->literal, true);
        return;
    }
    Str given = name_given(arena, name);
    Str particle = name->non_dropping;
    if (particle.size > 0) {
        bool elided = str_ends(particle, STR("'")) || str_ends(particle, STR("-")) ||
                      str_ends(particle, STR("\xe2\x80\x99"));
        put_part(s, particle, splits(particle));
        if (!elided)
            sink_byte(s->out, ' ');
    }
    put_part(s, name->family, splits(name->family) || hides_von(name->family));
    if (name->suffix.size > 0) {
        sink_write(s->out, STR(", "));
        put_part(s, name->suffix, splits(name->suffix));
    }
    if (given.size > 0 || name->suffix.size > 0) {
        sink_write(s->out, STR(", "));
        put_part(s, given, splits(given));
    }
}

void names_spell(Spell *s, Arena *arena, const Names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0)
            sink_write(s->out, STR(" and "));
        put_name(s, arena, &names->items[i]);
    }
    if (names->cut == CUT_CERTAIN)
        sink_write(s->out, STR(" and others"));
}
