/* SPDX-License-Identifier: MIT
 * Values: macros, '#', delimiters (btxdoc, section 2.1, and btxhak). */
#include "convert/base/memory.h"
#include "convert/base/hash.h"
#include "formats/bibtex/read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Macros. */

static Macro *slot_of(Macro *slots, size_t size, Str name)
{
    size_t slot = (size_t)hash_str_nocase(name, 0) & (size - 1);
    while (slots[slot].name.size > 0 && !str_equal_nocase(slots[slot].name, name))
        slot = (slot + 1) & (size - 1);
    return &slots[slot];
}

static void grow(Macros *macros)
{
    size_t size = macros->size > 0 ? 2 * macros->size : 64;
    Macro *slots = memory_zeroed(size, sizeof *slots);
    for (size_t i = 0; i < macros->size; i++) {
        if (macros->slots[i].name.size > 0)
            *slot_of(slots, size, macros->slots[i].name) = macros->slots[i];
    }
    free(macros->slots);
    macros->slots = slots;
    macros->size = size;
}

bool macros_set(Macros *macros, Str name, Str value)
{
    if (name.size == 0)
        return true;
    if (2 * (macros->count + 1) > macros->size)
        grow(macros);
    Macro *slot = slot_of(macros->slots, macros->size, name);
    if (slot->name.size > 0 && str_equal(slot->value, value))
        return true;
    if (value.size > MACROS_LIMIT || macros->arena.used > MACROS_LIMIT - value.size)
        return false;
    macros->count += slot->name.size == 0;
    if (slot->name.size == 0)
        slot->name = arena_copy(&macros->arena, name);
    slot->value = arena_copy(&macros->arena, value);
    return true;
}

const Str *macros_find(const Macros *macros, Str name)
{
    static const struct {
        const char *macro;
        Str value;
    } MONTHS[] = {
        {"jan", {"January", 7}}, {"feb", {"February", 8}}, {"mar", {"March", 5}},
        {"apr", {"April", 5}},   {"may", {"May", 3}},      {"jun", {"June", 4}},
        {"jul", {"July", 4}},    {"aug", {"August", 6}},   {"sep", {"September", 9}},
        {"oct", {"October", 7}}, {"nov", {"November", 8}}, {"dec", {"December", 8}}};
    if (macros->size > 0) {
        const Macro *slot = slot_of(macros->slots, macros->size, name);
        if (slot->name.size > 0)
            return &slot->value;
    }
    for (size_t i = 0; name.size == 3 && i < sizeof MONTHS / sizeof MONTHS[0]; i++) {
        if (str_equal_nocase(name, str_from(MONTHS[i].macro)))
            return &MONTHS[i].value;
    }
    return NULL;
}

void macros_free(Macros *macros)
{
    arena_free(&macros->arena);
    free(macros->slots);
    *macros = (Macros){0};
}

/* Values. */

/* A few lines of macros that hold one another make a text of any length. */
static Str expand(Reading *e, Str word, Str value, Place place)
{
    if (value.size <= RECORD_LIMIT - e->expanded) {
        e->expanded += value.size;
        return value;
    }
    if (!e->expanded_told)
        diag_report(e->r->diag, LEVEL_WARNING, "macro-too-long", place,
                    "macros of more than 16 MiB; the names of the others stand for them");
    e->expanded_told = true;
    return word;
}

/* A piece without delimiters: a number, or a macro. */
static Str bare_text(Reading *e, Str word, Place place)
{
    if (word.size > 0 && byte_is_digit(word.data[0]))
        return word;
    const Str *value = macros_find(e->macros, word);
    if (value != NULL)
        return expand(e, word, *value, place);
    Buf scratch = {0};
    Str name = diag_excerpt(&scratch, word, 60);
    diag_report(e->r->diag, repeats_level(e->repeats, REPEAT_MACRO, word, LEVEL_WARNING),
                "undefined-macro", place,
                "no @string defines '%.*s'; its name stands for it", STR_ARG(name));
    buf_free(&scratch);
    return word;
}

Str value_text(Reading *e, const RawField *field, Place place)
{
    Str rest = field->value, piece;
    char delimiter;
    if (field->loose)
        return rest;
    if (field->pieces == 1) {
        bool bare = rest.size < 2 || (rest.data[0] != '{' && rest.data[0] != '"');
        return bare ? bare_text(e, rest, place) : str_slice(rest, 1, rest.size - 1);
    }
    Buf joined = {0};
    while (scan_piece(&rest, &piece, &delimiter))
        buf_add(&joined, delimiter != 0 ? piece : bare_text(e, piece, place));
    Str text = arena_copy(&e->rec->arena, buf_str(&joined));
    buf_free(&joined);
    return text;
}

Str value_written(Arena *arena, const RawField *field)
{
    if (!field->loose)
        return field->value;
    Buf out = {0};
    size_t depth = 0;
    buf_add_byte(&out, '{');
    for (size_t i = 0; i < field->value.size; i++) {
        char c = field->value.data[i];
        if (c == '}' && depth == 0)
            continue;
        depth += c == '{';
        depth -= c == '}';
        buf_add_byte(&out, c);
    }
    for (; depth > 0; depth--)
        buf_add_byte(&out, '}');
    buf_add_byte(&out, '}');
    Str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}
