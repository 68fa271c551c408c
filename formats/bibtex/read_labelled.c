/* SPDX-License-Identifier: MIT
 * Names whose parts are labelled, and annotations to names, by biblatex's manual
 * (sections 3.4 and 3.7): "family=Salis, given=Hans, prefix=von". */
#include "formats/bibtex/read.h"

#include <string.h>

static Str unquoted(Str s)
{
    s = str_trim(s);
    bool quoted = s.size >= 2 && s.data[0] == '"' && s.data[s.size - 1] == '"';
    return quoted ? str_slice(s, 1, s.size - 1) : s;
}

/* The next label=value, which may stand between quotes as a whole; commas within braces
 * or quotes part none. */
static bool next_pair(Str *s, Str *piece)
{
    size_t depth = 0, end = 0, quotes = 0;
    bool quoted = false;
    if (s->size == 0)
        return false;
    for (; end < s->size && (s->data[end] != ',' || depth > 0 || quoted); end++) {
        char c = s->data[end];
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        quoted = quoted != (c == '"' && depth == 0);
        quotes += c == '"';
    }
    *piece = str_trim(str_slice(*s, 0, end));
    if (quotes == 2)
        *piece = unquoted(*piece);
    *s = str_after(*s, end + 1);
    return true;
}

/* The biblatex manual lets a data model add parts of its own: "title=Sir, family=...". */
bool name_is_labelled(Str s)
{
    static const char *const PARTS[] = {"family", "given", "prefix", "suffix",
                                        "useprefix"};
    Str piece;
    if (str_find_byte(s, '=') == s.size)
        return false;
    while (next_pair(&s, &piece)) {
        size_t equals = str_find_byte(piece, '=');
        Str key = unquoted(str_slice(piece, 0, equals));
        if (equals == piece.size)
            return false;
        for (size_t k = 0; k < sizeof PARTS / sizeof PARTS[0]; k++) {
            if (str_equal_nocase(key, str_from(PARTS[k])))
                return true;
        }
    }
    return false;
}

static void set_labelled(Reading *e, const Item *item, Str pair, Name *name, Str *prefix,
                         bool *drops)
{
    size_t equals = str_find_byte(pair, '=');
    Str key = unquoted(str_slice(pair, 0, equals));
    Str value = unquoted(str_after(pair, equals + 1));
    if (str_equal_nocase(key, STR("family")))
        name->family = name_part(e, item, value);
    else if (str_equal_nocase(key, STR("given")))
        name->given = name_part(e, item, value);
    else if (str_equal_nocase(key, STR("suffix")))
        name->suffix = name_part(e, item, value);
    else if (str_equal_nocase(key, STR("prefix")))
        *prefix = name_part(e, item, value);
    else if (str_equal_nocase(key, STR("useprefix")))
        *drops = str_equal_nocase(value, STR("false"));
    else if (!str_ends(key, STR("-i")))
        diag_report(e->r->diag, LEVEL_NOTE, "name-part", item->place,
                    "%.*s: '%.*s' of a name has no place; left out", STR_ARG(item->tag),
                    STR_ARG(key));
}

void name_read_labelled(Reading *e, const Item *item, Str s, Name *name)
{
    Str prefix = STR_EMPTY;
    bool drops = false;
    Str piece;
    while (next_pair(&s, &piece))
        set_labelled(e, item, piece, name, &prefix, &drops);
    if (drops)
        name->dropping = prefix;
    else
        name->non_dropping = prefix;
}

void names_annotate(Arena *arena, Names *names, Str annotation)
{
    Name *items = arena_alloc(arena, (names->count + 1) * sizeof *items);
    Str piece;
    if (names->count > 0)
        memcpy(items, names->items, names->count * sizeof *items);
    while (str_split(&annotation, ';', &piece)) {
        size_t equals = str_find_byte(piece, '='), number = 0;
        Str digits = str_trim(str_slice(piece, 0, equals));
        for (size_t i = 0; i < digits.size && number <= names->count; i++)
            number = byte_is_digit(digits.data[i])
                         ? 10 * number + (size_t)(digits.data[i] - '0')
                         : names->count + 1;
        if (number >= 1 && number <= names->count)
            items[number - 1].homonym = unquoted(str_after(piece, equals + 1));
    }
    names->items = items;
}
