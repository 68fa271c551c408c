/* SPDX-License-Identifier: MIT
 * BibTeX, by Oren Patashnik's BibTeXing (btxdoc) and Designing BibTeX Styles
 * (btxhak).  This header never leaves the room. */
#ifndef CITECONV_FORMATS_BIBTEX_BIBTEX_H
#define CITECONV_FORMATS_BIBTEX_BIBTEX_H

#include "formats/format.h"

/* How a field's value is spelled. */
typedef enum How {
    HOW_TEXT,      /* TeX */
    HOW_TITLE,     /* TeX, words braced that a style must not recase */
    HOW_NAMES,     /* von Last, Jr, First and ... */
    HOW_PUBLISHED, /* year, month and day */
    HOW_DATE,      /* ISO, as biblatex reads it */
    HOW_PAGES,     /* en dashes as -- */
    HOW_VERBATIM   /* identifiers: never TeX */
} How;

/* Bytes of a title that go between braces. */
typedef struct Braced {
    size_t start, end;
} Braced;

/* The spans of a title to protect, in order; they live in the arena. */
size_t protect_words(Arena *arena, const Text *title, const Braced **spans);

/* What spelling needs: where it goes and whom it tells. */
typedef struct Spell {
    Sink *out;
    Diag *diag;
    const Braced *spans; /* to brace; NULL where none are */
    size_t span_count;
    bool title;
} Spell;

/* Writes a text as TeX, balanced braces guaranteed. */
void spell_text(Spell *s, const Text *text);
/* The same for text without marks: parts of names. */
void spell_plain(Spell *s, Str text);
/* An identifier or address: as it is, but for what would break the entry. */
void spell_verbatim(Spell *s, Str text);
/* Whether opening and closing braces match. */
bool spell_is_balanced(Str text);

/* Writes `von Last, Jr, First and ...`, "and others" where the list is cut. */
void names_spell(Spell *s, Arena *arena, const Names *names);

extern const KindTag BIBTEX_KINDS[];
extern const FieldTag BIBTEX_FIELDS[];
extern const Writer BIBTEX_WRITER;
extern const Format format_bibtex;

#endif
