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
    HOW_LINES,     /* text in which lines end with "\\" */
    HOW_VERBATIM,  /* identifiers: never TeX */
    HOW_DOI,       /* bare, whatever stands before it */
    HOW_URL,
    HOW_KEYWORDS,     /* several, commas between */
    HOW_LANGUAGE,     /* babel's name or a code */
    HOW_GENRE,        /* may be one of biblatex's strings */
    HOW_STATUS,       /* the same */
    HOW_EPRINT,       /* CSL's archive, where it is one of preprints and the like */
    HOW_FULL_JOURNAL, /* `journal` is short for it */
    /* Parts of what other fields make one value of. */
    HOW_PART,
    HOW_SUBTITLE = HOW_PART,
    HOW_TITLEADDON,
    HOW_BOOKSUBTITLE,
    HOW_BOOKTITLEADDON,
    HOW_MAINTITLE,
    HOW_MAINSUBTITLE,
    HOW_MAINTITLEADDON,
    HOW_ISSUETITLE,
    HOW_ISSUESUBTITLE,
    HOW_ISSUETITLEADDON,
    HOW_JOURNALSUBTITLE,
    HOW_MONTH,
    HOW_DAY,
    HOW_END
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
    bool cut;     /* BibTeX may take the text apart */
    bool spelled; /* as commands even what charset and LaTeX have */
    bool plain; /* for Zotero's importer: characters as they are, its own few commands */
    bool bare;  /* no braces for MARK_NOCASE */
    size_t dollars, dollar; /* for Zotero: how many stretches of them, which is next */
    bool lines;             /* line ends are commands */
    bool exact; /* names come back as the same parts, whatever it costs their looks */
} Spell;

/* Writes a text as TeX, balanced braces guaranteed. */
void spell_text(Spell *s, const Text *text);
/* The same for text without marks: parts of names. */
void spell_plain(Spell *s, Str text);
/* The same for what 8-bit BibTeX may cut bytes off: the first `most` characters and, with
 * `words`, the first letter of each word become "special characters" (btxhak, section 4),
 * commands in braces that it counts as one.  All else stays as it is. */
void spell_cut(Spell *s, Str text, size_t most, bool words);
/* An identifier or address: as it is, but for what would break the entry. */
void spell_verbatim(Spell *s, Str text);
/* Whether opening and closing braces match. */
bool spell_is_balanced(Str text);

/* Whether the dash at [dash, end) joins two pages of one numbering: 1-2, vii-xi, S1-S9.
 */
bool pages_joined(Str pages, size_t dash, size_t end);

/* Writes `von Last, Jr, First and ...`, "and others" where the list is cut.  abbrv takes
 * the first letters of given names, alpha the first of all family names, or three. */
void names_spell(Spell *s, Arena *arena, const Names *names);

/* What stands before entries. */
enum { PREAMBLE_MOST = 96, PREAMBLE_SEEN = 256 };
typedef struct Preamble {
    bool begun; /* something was written */
    bool defined[PREAMBLE_MOST];
    uint32_t seen[PREAMBLE_SEEN]; /* characters that were looked at, by their low byte */
} Preamble;
/* Defines the commands that the record will need and nothing before it did. */
void preamble_put(Write *w, Preamble *preamble, const Record *rec);
/* LaTeX's own accent for one of our commands around a letter, where the output is for
 * readers of ASCII: biber, which breaks it, reads UTF-8.  Else empty. */
Str preamble_accent(const Sink *out, Str command);

extern const KindTag BIBTEX_KINDS[], BIBLATEX_KINDS[];
extern const FieldTag BIBTEX_FIELDS[], BIBLATEX_FIELDS[];
extern const Reader BIBTEX_READER, BIBLATEX_READER;
extern const Writer BIBTEX_WRITER, BIBLATEX_WRITER;
extern const Format format_bibtex, format_biblatex;

#endif
