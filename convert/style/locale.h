/* SPDX-License-Identifier: MIT
 * Terms, date formats and options of a language: CSL 1.0.2, "Locale".  A Locale is merged
 * from files and from what a style says itself. */
#ifndef CITECONV_STYLE_LOCALE_H
#define CITECONV_STYLE_LOCALE_H

#include "convert/base/arena.h"
#include "convert/base/diag.h"

typedef enum TermForm {
    FORM_LONG,
    FORM_SHORT,
    FORM_VERB,
    FORM_VERB_SHORT,
    FORM_SYMBOL
} TermForm;
typedef enum Gender { GENDER_NEUTER, GENDER_FEMININE, GENDER_MASCULINE } Gender;
typedef enum OrdinalMatch {
    ORDINAL_DEFAULT,
    ORDINAL_LAST,
    ORDINAL_LAST_TWO,
    ORDINAL_WHOLE
} OrdinalMatch;

typedef struct Term {
    Str name;
    TermForm form;
    Gender gender;      /* of the noun */
    Gender gender_form; /* that the term is for */
    OrdinalMatch match;
    Str single, multiple;
} Term;

enum { ORDINAL_ANY = 100, ORDINAL_TERMS };

struct Node;
typedef struct Locale {
    Term **slots; /* hash table */
    size_t slot_count, used;
    const Term *ordinals[ORDINAL_TERMS][3]; /* by number and gender_form */
    bool has_ordinals;
    const struct Node *date_text, *date_numeric;
    bool punctuation_in_quote, limit_day_ordinals;
} Locale;

/* One cs:locale: a file's root, or one in a style. */
typedef struct LocalePart LocalePart;
struct LocalePart {
    Str lang; /* empty: for all */
    Term *terms;
    size_t count, capacity;
    const struct Node *date_text, *date_numeric;
    signed char punctuation_in_quote, limit_day_ordinals; /* -1: not said */
    LocalePart *next;
};

/* Adds what `part` says, over what is there. */
void locale_merge(Locale *locale, Arena *arena, const LocalePart *part);
/* Brings words of locale files of 2015, which distributions ship, up to those of today;
 * what a file says otherwise stays.  Comes before a style's own terms. */
void locale_amend(Locale *locale, Arena *arena, Str lang);
/* The term of that form or of the form it falls back to; NULL where there is none. */
const Term *locale_term(const Locale *locale, Str name, TermForm form);
const Term *locale_term_gender(const Locale *locale, Str name, TermForm form,
                               Gender gender_form);
/* Its text, or empty. */
Str locale_text(const Locale *locale, Str name, TermForm form, bool plural);
/* The ordinal suffix of a number ("nd"). */
Str locale_ordinal(const Locale *locale, unsigned long number, Gender gender);
/* "de-DE" for "de"; empty where the language has no primary dialect of its own. */
Str locale_primary(Str lang);

#endif
