/* SPDX-License-Identifier: MIT
 * Parts of a key that are made of names, and spelling in ASCII; see template.h. */
#include "convert/pipeline/template_program.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

static Str folded(Arena *arena, Str s)
{
    Buf out = {0};
    while (s.size > 0) {
        Str before = s;
        uint32_t c = utf8_next(&s);
        if (c < 0x80) {
            buf_add_byte(&out, (char)c);
        } else if (unicode_is_space(c)) {
            buf_add_byte(&out, ' ');
        } else if (c >= 0x2010 && c <= 0x2015) {
            buf_add_byte(&out, '-');
        } else if (c == 0x2019 || c == 0x2bc) {
            buf_add_byte(&out, '\'');
        } else {
            Str letters =
                unicode_ascii(arena, str_slice(before, 0, before.size - s.size));
            bool upper = unicode_is_upper(c) && letters.size > 0;
            if (upper)
                buf_add_byte(&out, (char)(byte_is_lower(letters.data[0])
                                              ? letters.data[0] - 'a' + 'A'
                                              : letters.data[0]));
            buf_add(&out, str_after(letters, upper ? 1 : 0));
        }
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

Str template_ascii(Arena *arena, Latin *latin, Str s)
{
    return folded(arena, latin_title(latin, arena, s, SIZE_MAX));
}

Str template_name(Arena *arena, Latin *latin, Str s)
{
    return folded(arena, latin_name(latin, arena, s));
}

bool template_skips(Str word)
{
    static const char WORDS[] =
        " a about above across after against along among an and around as at before "
        "behind below beneath beside besides between beyond but by despite down during "
        "except for from in inside into is near nor of off on onto or out over past per "
        "since so than that the through till to toward towards under until up upon via "
        "vs when while with within without yet "
        "aux das de del della delle dem den der des di die du ein eine einem einen einer "
        "eines el en et gli het il la las le les lo los ou par pour sur un una une und "
        "van vom von zu zum zur ";
    char framed[20] = " ";
    if (word.size > sizeof framed - 3)
        return false;
    memcpy(framed + 1, word.data, word.size);
    framed[word.size + 1] = ' ';
    return strstr(WORDS, framed) != NULL;
}

/* The family name as one word: "van der Maaten" is "vanderMaaten", "O'Brien" "OBrien". */
static Str family_word(Arena *arena, Latin *latin, const Name *name)
{
    Str family = template_name(arena, latin, name_family(arena, name));
    if (family.size == 0)
        family = template_name(arena, latin, name->given);
    char *word = arena_alloc(arena, family.size);
    size_t size = 0;
    for (size_t i = 0; i < family.size; i++) {
        char c = family.data[i];
        if (byte_is_alpha(c) || byte_is_digit(c) || c == '-')
            word[size++] = c;
    }
    return (Str){word, size};
}

static const Names *names_of(const Record *rec, Who who)
{
    static const FieldId WHO[] = {FIELD_AUTHOR, FIELD_EDITOR, FIELD_TRANSLATOR};
    static const Names NOBODY = {0};
    size_t first = who == WHO_EDITORS ? 1 : 0;
    size_t end = who == WHO_AUTHORS ? 1 : who == WHO_EDITORS ? 2 : 3;
    for (size_t i = first; i < end; i++) {
        const Field *field = record_find(rec, WHO[i]);
        if (field != NULL && field->form == FORM_NAMES && field->names.count > 0)
            return &field->names;
    }
    return &NOBODY;
}

typedef struct Making {
    Arena *arena;
    Latin *latin;
    const Names *names;
    Buf out;
} Making;

static void add_family(Making *m, size_t i, size_t most)
{
    buf_add(&m->out,
            str_slice(family_word(m->arena, m->latin, &m->names->items[i]), 0, most));
}

static bool has_more(const Making *m, size_t than)
{
    return m->names->count > than || m->names->cut == CUT_CERTAIN;
}

/* The families of the first `most`, and what says that there are more. */
static void add_families(Making *m, const Part *part)
{
    size_t most = part->n > 0 ? (size_t)part->n : m->names->count;
    for (size_t i = 0; i < m->names->count && i < most; i++) {
        if (i > 0)
            buf_add(&m->out, part->text.size > 0 ? part->text : STR(" "));
        add_family(m, i, SIZE_MAX);
    }
    if (has_more(m, most) && part->n > 0)
        buf_add(&m->out, STR("EtAl"));
}

/* As BibTeX's style "alpha". */
static void add_alpha(Making *m)
{
    size_t count = m->names->count;
    if (count == 1) {
        add_family(m, 0, 3);
        return;
    }
    for (size_t i = 0; i < count && i < (count > 4 ? 3u : 4u); i++)
        add_family(m, i, 1);
    if (count > 4)
        buf_add_byte(&m->out, '+');
}

/* One or two, or the first and "etal"; with `ea` two and ".ea". */
static void add_etal(Making *m, const Part *part, bool ea)
{
    add_family(m, 0, SIZE_MAX);
    if (m->names->count == 2 || (ea && m->names->count > 2)) {
        buf_add(&m->out, str_from(part->joint));
        add_family(m, 1, SIZE_MAX);
    }
    if (has_more(m, 2))
        buf_add(&m->out, str_from(part->rest));
}

static void add_short(Making *m)
{
    if (m->names->count == 1) {
        add_family(m, 0, SIZE_MAX);
        return;
    }
    for (size_t i = 0; i < m->names->count && i < 3; i++)
        add_family(m, i, 1);
    if (has_more(m, 3))
        buf_add_byte(&m->out, '+');
}

/* The first letter of the given names. */
static void add_initial(Making *m, size_t i)
{
    Str given = template_name(m->arena, m->latin, m->names->items[i].given);
    buf_add(&m->out, str_slice(given, 0, 1));
}

Str template_names(Arena *arena, Latin *latin, const Record *rec, const Part *part)
{
    Making m = {.arena = arena, .latin = latin, .names = names_of(rec, part->who)};
    size_t count = m.names->count;
    size_t most = part->n > 0 ? (size_t)part->n : SIZE_MAX;
    size_t which = part->m > 0 ? (size_t)part->m - 1 : 0;
    if (count == 0)
        return STR_EMPTY;
    switch ((unsigned)part->id) {
    case PART_AUTH:
        if (which < count)
            add_family(&m, which, most);
        break;
    case PART_AUTHORS:
        add_families(&m, part);
        break;
    case PART_AUTHORS_ALPHA:
        add_alpha(&m);
        break;
    case PART_AUTH_ETAL:
    case PART_AUTH_AUTH_EA:
        add_etal(&m, part, part->id == PART_AUTH_AUTH_EA);
        break;
    case PART_AUTH_SHORT:
        add_short(&m);
        break;
    case PART_AUTH_INI: /* no more than n letters of all of them */
        for (size_t i = 0; i < count && m.out.size < most; i++) {
            size_t share = (most + count - 1) / count;
            add_family(&m, i, share < most - m.out.size ? share : most - m.out.size);
        }
        break;
    case PART_AUTHOR_INI:
        add_family(&m, 0, 5);
        for (size_t i = 1; i < count; i++)
            add_family(&m, i, 1);
        break;
    case PART_AUTHOR_LAST:
        add_family(&m, count - 1, SIZE_MAX);
        break;
    case PART_AUTH_FORE_INI:
    case PART_AUTHOR_LAST_FORE_INI:
        add_initial(&m, part->id == PART_AUTH_FORE_INI ? 0 : count - 1);
        break;
    }
    Str made = arena_copy(arena, buf_str(&m.out));
    buf_free(&m.out);
    return made;
}
