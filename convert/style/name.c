/* SPDX-License-Identifier: MIT
 * Order and form of a name's parts: CSL 1.0.2, "Name-part Order".  See name.h. */
#include "convert/style/name.h"

#include "convert/style/uni.h"
#include "convert/text/markup.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <string.h>

/* Sorts below everything, so that "Li, Xu" comes before "Lian, A". */
static const Str BELOW = {"\xef\xbf\xbe", 3};

static bool joins(Str s)
{
    return str_ends(s, STR("-")) || str_ends(s, STR("'")) || str_ends(s, STR("’")) ||
           str_ends(s, STR("‐"));
}

static void space(Eval *e, Str before)
{
    if (before.size && !joins(before))
        ops_text(e->ops, STR(" "), OP_STYLE);
}

static void add(Eval *e, Str s)
{
    bool marked = str_find_byte(s, '<') < s.size;
    rich_emit(e->ops,
              marked ? markup_read(e->scratch, text_plain(s), MARKUP_CSL) : text_plain(s),
              OP_FIELD);
}

static Str first_letter(Str s)
{
    Str rest = s;
    if (s.size > 0)
        utf8_next(&rest);
    while (rest.size > 0) {
        Str next = rest;
        if (!unicode_is_mark(utf8_next(&next)))
            break;
        rest = next;
    }
    return str_slice(s, 0, s.size - rest.size);
}

static bool starts_lower(Str s)
{
    return s.size > 0 && unicode_is_lower(utf8_next(&s));
}

static void cut_end_space(Buf *out)
{
    while (out->size > 0 && out->data[out->size - 1] == ' ')
        out->size--;
}

static bool is_wide_hyphen(Str s)
{
    return s.data[0] == '\xe2' && (str_starts(s, STR("‐")) || str_starts(s, STR("–")));
}

/* Cuts the next word; *hyphen says that it was linked to the one before it. */
static bool next_word(Str *rest, Str *word, bool *hyphen, bool *dot)
{
    *hyphen = false;
    while (rest->size > 0 && (rest->data[0] == ' ' || rest->data[0] == '.' ||
                              rest->data[0] == '-' || is_wide_hyphen(*rest))) {
        bool wide = rest->data[0] == '\xe2';
        *hyphen |= rest->data[0] == '-' || wide;
        *rest = str_after(*rest, wide ? 3 : 1);
    }
    size_t end = 0;
    while (end < rest->size && rest->data[end] != ' ' && rest->data[end] != '.' &&
           rest->data[end] != '-' && !is_wide_hyphen(str_after(*rest, end)))
        end++;
    *word = str_slice(*rest, 0, end);
    *dot = end < rest->size && rest->data[end] == '.';
    *rest = str_after(*rest, end);
    return end > 0;
}

static void add_word(Buf *out, Str word)
{
    if (out->size > 0 && out->data[out->size - 1] != ' ' &&
        out->data[out->size - 1] != '-')
        buf_add_byte(out, ' ');
    buf_add(out, word);
}

static void add_initial(Buf *out, Str letter, Str with, bool hyphen)
{
    if (hyphen) {
        cut_end_space(out);
        buf_add_byte(out, '-');
    }
    buf_add(out, letter);
    buf_add(out, with);
}

/* "Ph" of "PHilippe": capitals that stand for one letter. */
static Str initial_of(Arena *arena, Str word)
{
    Str first = first_letter(word), rest = str_after(word, first.size), tail = rest;
    while (tail.size > 0) {
        Str next = tail;
        if (!unicode_is_upper(utf8_next(&next)))
            break;
        tail = next;
    }
    Str upper = uni_upper(arena, first, "");
    if (tail.size == 0 || tail.size == rest.size)
        return upper;
    Str more = uni_lower(arena, str_slice(rest, 0, rest.size - tail.size), "");
    return arena_join(arena, upper, STR_EMPTY, more);
}

/* "(Jack)", a nickname. */
static bool is_aside(Str word)
{
    uint32_t first = word.size ? utf8_next(&word) : 0;
    return first == '(' || first == '[' || first == '"' || first == '\'' ||
           first == 0x201c || first == 0x2018;
}

/* One word, a capital and small letters of ASCII: what most given names are. */
static bool is_simple(Str given)
{
    size_t i = 1;
    while (i < given.size && byte_is_lower(given.data[i]))
        i++;
    return given.size > 1 && i == given.size && byte_is_upper(given.data[0]);
}

static Str simple_initial(Arena *arena, Str given, Str with)
{
    while (with.size > 0 && with.data[with.size - 1] == ' ')
        with.size--;
    return arena_join(arena, str_slice(given, 0, 1), STR_EMPTY, with);
}

Str name_initials(Arena *arena, Str given, Str with, bool hyphen, bool whole)
{
    if (!whole && is_simple(given))
        return simple_initial(arena, given, with);
    Buf out = {0};
    Str rest = given, word;
    bool linked, dot, kept = false; /* the word before: small, and as it was */
    while (next_word(&rest, &word, &linked, &dot)) {
        Str first = first_letter(word);
        bool lone = first.size == word.size && !starts_lower(word);
        /* "Ph." and "ME." are abbreviations already. */
        bool brief = dot && !lone && utf8_count(word) <= 4;
        if (brief)
            first = word;
        linked = linked && out.size > 0;
        bool lower = starts_lower(word);
        /* "Guo-ping" is one name, G.; without hyphens two, of which small ones stay. */
        if (linked && hyphen && !whole && lower && !dot && !kept)
            continue;
        linked = linked && (hyphen || whole || !lower || kept);
        /* "al-Karim" stays as a whole. */
        bool stays = (linked && kept) || (lower && (!linked || whole)) ||
                     (whole && !lone && !brief) || is_aside(word);
        kept = linked ? kept : lower;
        if (stays) {
            if (linked) {
                cut_end_space(&out);
                buf_add_byte(&out, '-');
            }
            add_word(&out, dot ? arena_join(arena, word, STR_EMPTY, STR(".")) : word);
            buf_add_byte(&out, ' ');
        } else {
            if (!linked && out.size > 0 && whole && out.data[out.size - 1] != ' ' &&
                with.size && with.data[with.size - 1] == ' ')
                buf_add_byte(&out, ' ');
            Str initial = lower || brief ? first : initial_of(arena, word);
            add_initial(&out, initial, with, linked && hyphen);
        }
    }
    cut_end_space(&out);
    Str text = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static Str given_of(Eval *e, const Person *person, const NameJob *job)
{
    const NameOptions *o = job->options;
    bool asked = o->set & OPTION_INITIALIZE_WITH || (job->initials && !e->key);
    if (!asked || person->given.size == 0 || person->family_first)
        return person->given;
    bool whole = !o->initialize || job->full;
    Str given = person->given;
    if (str_find_byte(given, '<') < given.size)
        given = markup_read(e->scratch, text_plain(given), MARKUP_CSL).text;
    return name_initials(e->scratch, given, o->initialize_with,
                         e->style->initialize_hyphen, whole);
}

bool name_is_inverted(const Person *person, const NameJob *job)
{
    return job->inverted && !job->family_only && person->literal.size == 0 &&
           !person->family_first && !person->static_order;
}

/* --- Sort keys --------------------------------------------------------------------- */

/* In English lists, whatever the item's language: an institution has one place. */
static Str without_article(Str s)
{
    static const Str ARTICLES[] = {{"a ", 2}, {"an ", 3}, {"the ", 4}};
    for (size_t i = 0; i < 3; i++) {
        if (str_starts_nocase(s, ARTICLES[i]))
            return str_after(s, ARTICLES[i].size);
    }
    return s;
}

static void sort_part(Eval *e, Str a, Str b)
{
    ops_text(e->ops, BELOW, OP_FIXED);
    add(e, a);
    space(e, a.size && b.size ? a : STR_EMPTY);
    add(e, b);
}

static void name_key(Eval *e, const Person *p, const NameJob *job)
{
    if (p->literal.size) {
        add(e, e->style->english ? without_article(p->literal) : p->literal);
        for (int i = 0; i < 3 && !job->family_only; i++)
            ops_text(e->ops, BELOW, OP_FIXED);
        return;
    }
    bool demoted = e->style->demote != DEMOTE_NEVER;
    if (!demoted && p->non_dropping.size) {
        add(e, p->non_dropping);
        space(e, p->non_dropping);
    }
    add(e, p->family);
    if (job->family_only)
        return;
    sort_part(e, p->dropping, demoted ? p->non_dropping : STR_EMPTY);
    sort_part(e, given_of(e, p, job), STR_EMPTY);
    sort_part(e, p->suffix, STR_EMPTY);
}

/* --- Display ----------------------------------------------------------------------- */

static const Format PLAIN = {0};

static Wrap part_open(Eval *e, const Node *part)
{
    return wrap_open(e, part, part ? &part->format : &PLAIN,
                     part ? part->prefix : STR_EMPTY);
}

static void part_close(Eval *e, const Node *part, Wrap wrap)
{
    wrap_close(e, part ? &part->format : &PLAIN, wrap, part ? part->suffix : STR_EMPTY);
}

/* Only the part's format: particles that stand in the other part's affixes. */
static void add_formatted(Eval *e, const Node *part, Str s)
{
    Wrap wrap = wrap_open(e, part, part ? &part->format : &PLAIN, STR_EMPTY);
    add(e, s);
    wrap_close(e, part ? &part->format : &PLAIN, wrap, STR_EMPTY);
}

/* Dots and initials in it follow the given names: "Jr" beside "JR". */
static Str suffix_of(Eval *e, const Person *p, const NameJob *job)
{
    const NameOptions *o = job->options;
    if (!(o->set & OPTION_INITIALIZE_WITH) || p->suffix.size == 0)
        return p->suffix;
    return name_initials(e->scratch, p->suffix, o->initialize_with,
                         e->style->initialize_hyphen, true);
}

static void add_suffix(Eval *e, const Person *p, const NameJob *job)
{
    if (p->suffix.size == 0)
        return;
    ops_text(e->ops, p->comma_suffix ? STR(", ") : STR(" "), OP_STYLE);
    add(e, suffix_of(e, p, job));
}

/* Which of the particles and the suffix stand with the family name. */
typedef struct FamilyJob {
    bool dropping, non_dropping, suffix;
} FamilyJob;

/* The suffix and the dropping particle stand within the affixes but not in the format. */
static void add_family(Eval *e, const Person *p, const NameJob *job, FamilyJob with)
{
    const Node *part = job->names->family_part;
    ops_text(e->ops, part ? part->prefix : STR_EMPTY, OP_STYLE);
    if (with.dropping && p->dropping.size) {
        add_formatted(e, job->names->given_part, p->dropping);
        space(e, p->dropping);
    }
    if (with.non_dropping && p->non_dropping.size) {
        add_formatted(e, part, p->non_dropping);
        space(e, p->non_dropping);
    }
    add_formatted(e, part, p->family);
    if (with.suffix)
        add_suffix(e, p, job);
    ops_text(e->ops, part ? part->suffix : STR_EMPTY, OP_STYLE);
}

static void natural(Eval *e, const Person *p, const NameJob *job)
{
    const Node *given = job->names->given_part;
    Str names = given_of(e, p, job);
    if (names.size) {
        Wrap wrap = part_open(e, given);
        add(e, names);
        part_close(e, given, wrap);
        /* "`Alā’ al-Aswānī": only particles are joined to what follows. */
        ops_text(e->ops, STR(" "), OP_STYLE);
    }
    add_family(e, p, job,
               (FamilyJob){.dropping = true, .non_dropping = true, .suffix = true});
}

static void inverted(Eval *e, const Person *p, const NameJob *job)
{
    const Node *family = job->names->family_part, *given = job->names->given_part;
    Str separator = job->options->sort_separator;
    bool demoted = e->style->demote == DEMOTE_DISPLAY_AND_SORT;
    add_family(e, p, job, (FamilyJob){.non_dropping = !demoted});
    Str names = given_of(e, p, job);
    Str particle = demoted ? p->non_dropping : STR_EMPTY;
    if (names.size || p->dropping.size || particle.size) {
        ops_text(e->ops, separator, OP_STYLE);
        ops_text(e->ops, given ? given->prefix : STR_EMPTY, OP_STYLE);
        add_formatted(e, given, names);
        if (p->dropping.size) {
            space(e, names);
            add_formatted(e, given, p->dropping);
        }
        if (particle.size) {
            space(e, p->dropping.size ? p->dropping : names);
            add_formatted(e, family, particle);
        }
        ops_text(e->ops, given ? given->suffix : STR_EMPTY, OP_STYLE);
    }
    if (p->suffix.size) {
        ops_text(e->ops, separator, OP_STYLE);
        add(e, suffix_of(e, p, job));
    }
}

/* Names that know no inversion have no signs around their parts, and those in scripts of
 * their own no looks of these either. */
static void family_first(Eval *e, const Person *p, const NameJob *job)
{
    Str names = given_of(e, p, job), rest = names;
    if (p->static_order) {
        add_formatted(e, job->names->family_part, p->family);
        space(e, names.size ? p->family : STR_EMPTY);
        add_formatted(e, job->names->given_part, names);
        return;
    }
    if (p->non_dropping.size) {
        add(e, p->non_dropping);
        space(e, p->non_dropping);
    }
    add(e, p->family);
    if (rest.size > 0 && !uni_is_family_first(utf8_next(&rest)))
        space(e, p->family);
    add(e, names);
}

static void display(Eval *e, const Person *p, const NameJob *job)
{
    const Node *family = job->names->family_part;
    if (p->literal.size) {
        /* What stands around a part of a name does not stand around a whole one. */
        add_formatted(e, family, p->literal);
    } else if (job->family_only) {
        add_family(e, p, job, (FamilyJob){.non_dropping = true});
    } else if (p->family_first || p->static_order) {
        family_first(e, p, job);
    } else if (job->inverted) {
        inverted(e, p, job);
    } else {
        natural(e, p, job);
    }
}

void name_emit(Eval *e, const Person *person, const NameJob *job)
{
    if (e->key)
        name_key(e, person, job);
    else
        display(e, person, job);
}
