/* SPDX-License-Identifier: MIT
 * Merging and finding terms; see locale.h. */
#include "convert/style/locale.h"

#include <string.h>

static size_t hash(Str name, TermForm form, Gender gender)
{
    size_t h = 14695981039346656037u ^ ((size_t)form * 3 + (size_t)gender);
    for (size_t i = 0; i < name.size; i++)
        h = (h ^ (unsigned char)name.data[i]) * 1099511628211u;
    return h ^ (h >> 29);
}

static Term **slot(const Locale *locale, Str name, TermForm form, Gender gender)
{
    size_t mask = locale->slot_count - 1;
    for (size_t i = hash(name, form, gender) & mask;; i = (i + 1) & mask) {
        Term *term = locale->slots[i];
        if (!term || (term->form == form && term->gender_form == gender &&
                      str_equal(term->name, name)))
            return &locale->slots[i];
    }
}

static void put(Locale *locale, Arena *arena, Term *term)
{
    if (locale->used * 2 >= locale->slot_count) {
        Term **old = locale->slots;
        size_t count = locale->slot_count;
        locale->slot_count = count ? count * 2 : 1024;
        size_t size = locale->slot_count * sizeof(Term *);
        locale->slots = memset(arena_alloc(arena, size), 0, size);
        for (size_t i = 0; i < count; i++) {
            if (old[i])
                *slot(locale, old[i]->name, old[i]->form, old[i]->gender_form) = old[i];
        }
    }
    Term **to = slot(locale, term->name, term->form, term->gender_form);
    locale->used += !*to;
    *to = term;
}

/* The number in "ordinal-05", ORDINAL_ANY for "ordinal", -1 for other terms. */
static int ordinal_of(Str name)
{
    if (str_equal(name, STR("ordinal")))
        return ORDINAL_ANY;
    if (!str_starts(name, STR("ordinal-")) || name.size != 10)
        return -1;
    if (!byte_is_digit(name.data[8]) || !byte_is_digit(name.data[9]))
        return -1;
    return (name.data[8] - '0') * 10 + name.data[9] - '0';
}

void locale_merge(Locale *locale, Arena *arena, const LocalePart *part)
{
    bool fresh = false; /* the first ordinal replaces all that others said */
    for (size_t i = 0; i < part->count; i++) {
        Term *term = &part->terms[i];
        int number = ordinal_of(term->name);
        if (number < 0) {
            put(locale, arena, term);
            continue;
        }
        if (!fresh)
            memset(locale->ordinals, 0, sizeof locale->ordinals);
        fresh = true;
        locale->has_ordinals = true;
        locale->ordinals[number][term->gender_form] = term;
    }
    if (part->date_text)
        locale->date_text = part->date_text;
    if (part->date_numeric)
        locale->date_numeric = part->date_numeric;
    if (part->punctuation_in_quote >= 0)
        locale->punctuation_in_quote = part->punctuation_in_quote > 0;
    if (part->limit_day_ordinals >= 0)
        locale->limit_day_ordinals = part->limit_day_ordinals > 0;
}

const Term *locale_term_gender(const Locale *locale, Str name, TermForm form,
                               Gender gender_form)
{
    static const TermForm NEXT[] = {[FORM_SHORT] = FORM_LONG,
                                    [FORM_VERB] = FORM_LONG,
                                    [FORM_VERB_SHORT] = FORM_VERB,
                                    [FORM_SYMBOL] = FORM_SHORT};
    if (locale->slot_count == 0)
        return NULL;
    for (;;) {
        const Term *term = *slot(locale, name, form, gender_form);
        if (!term && gender_form != GENDER_NEUTER)
            term = *slot(locale, name, form, GENDER_NEUTER);
        if (term || form == FORM_LONG)
            return term;
        form = NEXT[form];
    }
}

const Term *locale_term(const Locale *locale, Str name, TermForm form)
{
    return locale_term_gender(locale, name, form, GENDER_NEUTER);
}

Str locale_text(const Locale *locale, Str name, TermForm form, bool plural)
{
    const Term *term = locale_term(locale, name, form);
    if (!term)
        return STR_EMPTY;
    return plural ? term->multiple : term->single;
}

void locale_amend(Locale *locale, Arena *arena, Str lang)
{
    static const struct {
        const char *lang, *name;
        TermForm form;
        const char *single, *multiple, *new_single, *new_multiple;
    } OLD[] = {
        {"en", "translator", FORM_SHORT, "tran.", "trans.", "trans.", "trans."},
        {"en", "editortranslator", FORM_SHORT, "ed. & tran.", "eds. & trans.",
         "ed. & trans.", "eds. & trans."},
        {"en", "month-06", FORM_SHORT, "Jun.", "Jun.", "June", "June"},
        {"en", "month-07", FORM_SHORT, "Jul.", "Jul.", "July", "July"},
        {"en", "month-09", FORM_SHORT, "Sep.", "Sep.", "Sept.", "Sept."},
        {"en", "issue", FORM_LONG, "number", "numbers", "issue", "issues"},
        {"en-GB", "edition", FORM_SHORT, "ed.", "ed.", "edn", "edn"},
        {"en-GB", "editor", FORM_SHORT, "ed.", "eds.", "ed.", "eds"},
    };
    for (size_t i = 0; i < sizeof OLD / sizeof *OLD; i++) {
        if (!str_starts_nocase(lang, str_from(OLD[i].lang)))
            continue;
        Str name = str_from(OLD[i].name);
        const Term *term = locale_term(locale, name, OLD[i].form);
        if (!term || term->form != OLD[i].form ||
            !str_equal(term->single, str_from(OLD[i].single)) ||
            !str_equal(term->multiple, str_from(OLD[i].multiple)))
            continue;
        Term *fresh = arena_alloc(arena, sizeof *fresh);
        *fresh = *term;
        fresh->single = str_from(OLD[i].new_single);
        fresh->multiple = str_from(OLD[i].new_multiple);
        put(locale, arena, fresh);
    }
}

static const Term *of_gender(const Locale *locale, unsigned long number, Gender gender)
{
    const Term *term = locale->ordinals[number][gender];
    return term ? term : locale->ordinals[number][GENDER_NEUTER];
}

static bool matches(const Term *term, unsigned long which, unsigned long number)
{
    if (!term)
        return false;
    switch (term->match) {
    case ORDINAL_WHOLE:
        return number == which;
    case ORDINAL_LAST_TWO:
        return number % 100 == which;
    case ORDINAL_LAST:
        return number % 10 == which % 10;
    case ORDINAL_DEFAULT:
        break;
    }
    return which < 10 ? number % 10 == which : number % 100 == which;
}

Str locale_ordinal(const Locale *locale, unsigned long number, Gender gender)
{
    unsigned long last = number % 10, two = number % 100;
    if (!of_gender(locale, ORDINAL_ANY, gender)) {
        /* CSL 1.0: four terms, the last for all that end otherwise. */
        unsigned long which = last >= 1 && last <= 3 && two / 10 != 1 ? last : 4;
        const Term *old = of_gender(locale, which, gender);
        return old ? old->single : STR_EMPTY;
    }
    const Term *term = two >= 10 ? of_gender(locale, two, gender) : NULL;
    if (matches(term, two, number))
        return term->single;
    /* A term such as ordinal-02 with last-two-digits or whole-number. */
    term = of_gender(locale, last, gender);
    if (matches(term, last, number))
        return term->single;
    return of_gender(locale, ORDINAL_ANY, gender)->single;
}

Str locale_primary(Str lang)
{
    static const char PRIMARY[] =
        "af-ZA bg-BG ca-AD cs-CZ cy-GB da-DK de-DE el-GR en-US es-ES et-EE fa-IR fi-FI "
        "fr-FR he-IL hi-IN hr-HR hu-HU id-ID is-IS it-IT ja-JP km-KH kn-IN ko-KR lt-LT "
        "lv-LV ml-IN mn-MN ms-MY nb-NO nl-NL nn-NO pa-PK pl-PL pt-PT ro-RO ru-RU sk-SK "
        "sl-SI sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA uz-UZ vi-VN zh-CN";
    Str language = str_slice(lang, 0, str_find_byte(lang, '-'));
    Str rest = STR(PRIMARY), word;
    while (str_word(&rest, &word)) {
        if (str_equal_nocase(str_slice(word, 0, str_find_byte(word, '-')), language))
            return word;
    }
    return STR_EMPTY;
}
