/* SPDX-License-Identifier: MIT
 * Frames; see wire.h.  Both programs hold this file, and it knows neither's libraries. */
#include "formats/bibutils/wire.h"

#include <stdint.h>
#include <string.h>

void wire_add(Arena *arena, WireLines *lines, Str tag, int level, Str value)
{
    if (lines->count == lines->capacity) {
        size_t capacity = lines->capacity > 0 ? lines->capacity * 2 : 32;
        WireLine *items = arena_alloc(arena, capacity * sizeof *items);
        if (lines->count > 0)
            memcpy(items, lines->items, lines->count * sizeof *items);
        lines->items = items;
        lines->capacity = capacity;
    }
    lines->items[lines->count++] = (WireLine){tag, level, value};
}

static void put_number(char *at, size_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(unsigned char)(number >> (8 * i) & 0xff);
}

static size_t get_number(const char *at)
{
    uint32_t number = 0;
    for (int i = 0; i < 4; i++)
        number |= (uint32_t)(unsigned char)at[i] << (8 * i);
    return number;
}

static void add_number(Buf *out, size_t number)
{
    char bytes[4];
    put_number(bytes, number);
    buf_add(out, (Str){bytes, sizeof bytes});
}

void wire_put(Buf *out, WireKind kind, Str payload)
{
    buf_add_byte(out, (char)kind);
    add_number(out, payload.size);
    buf_add(out, payload);
}

void wire_put_lines(Buf *out, WireKind kind, const WireLines *lines)
{
    size_t start = out->size;
    buf_add_byte(out, (char)kind);
    add_number(out, 0);
    for (size_t i = 0; i < lines->count; i++) {
        const WireLine *line = &lines->items[i];
        buf_add_byte(out, (char)line->level);
        add_number(out, line->tag.size);
        buf_add(out, line->tag);
        add_number(out, line->value.size);
        buf_add(out, line->value);
    }
    put_number(out->data + start + 1, out->size - start - WIRE_HEADER);
}

bool wire_header(const char *header, WireKind *kind, size_t *size)
{
    static const char KINDS[] = {WIRE_HELLO, WIRE_READ,  WIRE_WRITE, WIRE_HEAD,
                                 WIRE_FOOT,  WIRE_LINES, WIRE_TEXT,  WIRE_FAULT};
    *kind = (WireKind)(unsigned char)header[0];
    *size = get_number(header + 1);
    return memchr(KINDS, header[0], sizeof KINDS) != NULL && *size <= WIRE_LIMIT;
}

static bool cut(Str *rest, Str *piece)
{
    if (rest->size < 4)
        return false;
    size_t size = get_number(rest->data);
    *rest = str_after(*rest, 4);
    if (size > rest->size)
        return false;
    *piece = str_slice(*rest, 0, size);
    *rest = str_after(*rest, size);
    return true;
}

bool wire_lines(Arena *arena, Str payload, WireLines *lines)
{
    while (payload.size > 0) {
        Str tag, value;
        unsigned char byte = (unsigned char)payload.data[0];
        int level = byte < 0x80 ? byte : byte - 0x100;
        payload = str_after(payload, 1);
        if (!cut(&payload, &tag) || !cut(&payload, &value))
            return false;
        wire_add(arena, lines, tag, level, value);
    }
    return true;
}
