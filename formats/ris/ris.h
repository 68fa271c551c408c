/* SPDX-License-Identifier: MIT
 * RIS. */
#ifndef CITECONV_FORMATS_RIS_RIS_H
#define CITECONV_FORMATS_RIS_RIS_H

#include "formats/format.h"

/* How a value is spelled. */
typedef enum How {
    HOW_TEXT,      /* one line; "<" and "&" escaped where importers read HTML */
    HOW_LITERAL,   /* paragraphs, never escaped: AB */
    HOW_NOTE,      /* HTML to importers: N1 */
    HOW_EXTRA,     /* a line "name: value": M2 */
    HOW_NAMES,     /* one a line: Last, First, Suffix */
    HOW_YEAR,      /* PY */
    HOW_DATE,      /* DA: YYYY/MM/DD/ */
    HOW_ACCESSED,  /* Y2: YYYY/MM/DD/12:00:00 */
    HOW_PAGES,     /* SP and EP */
    HOW_SERIAL,    /* SN: told apart by their digits */
    HOW_DOI,       /* bare */
    HOW_URL,       /* as it is; more than one may come */
    HOW_GENRE,     /* M3: may hold a DOI */
    HOW_KEYWORD,   /* one a line */
    HOW_KEY,       /* the citation key, where M2 gives none */
    HOW_MASK = 31, /* all of the above */
    HOW_READ = 32  /* added: such a line is read, and never written */
} How;

/* A record on its way out. */
typedef struct Entry {
    Write *w;
    View *v;
    Arena *arena;
    Buf *line, *lines;     /* the one in the making, and those that are done */
    bool has[FIELD_COUNT]; /* which fields there are at all */
    Str title;
} Entry;

/* Each writes a line, or none where the value is empty.  line_put takes the value as it
 * stands, the others what HTML and the format ask for. */
void line_put(Entry *e, const char *tag, Str value);
void line_str(Entry *e, const char *tag, Str value);
void line_text(Entry *e, const char *tag, const Text *text);
/* Paragraphs, as they are. */
void line_literal(Entry *e, const char *tag, Str text);
/* HTML; no label that the importer takes for ProCite's. */
void line_note(Entry *e, const char *tag, const Text *text);
/* "M2  - key: value" */
void line_extra(Entry *e, const char *key, Str value);
void line_extra_text(Entry *e, const char *key, const Text *value);
/* The two parts as one line. */
void line_carried(Entry *e, const char *tag, Str front, const Text *value);
/* Adds text to a line in the making. */
void line_add(Entry *e, Buf *out, Str s);

/* "in press" for a date, which goes to M2 as the status. */
bool value_is_status(const Record *rec, const Date *issued);
/* A field as its row has it, or in M2. */
void value_put(Entry *e, const FieldTag *row, const Field *field);
void value_extra(Entry *e, const Field *field);
/* Who is named by AU in such a record where it has no author; FIELD_OTHER for nobody. */
FieldId value_maker(Kind kind);
/* Names under a tag of their own. */
void value_names(Entry *e, const char *tag, const Names *names);
/* "Last, First, Suffix" */
Str value_name(Arena *arena, const Name *name);
/* Whether that is read as the same parts. */
bool value_name_survives(Arena *arena, const Name *name);

/* What --carry adds: U1 to U3.  Takes the fields it writes. */
void ris_carry_put(Entry *e);

Name ris_read_name(Str s);
/* Whether SP of a book says how many pages it has, and not which. */
bool ris_is_count(Str s);
/* What a date in DA, PY, Y2 or M2 says; false where it is none. */
bool ris_read_date_value(Arena *arena, Str value, Date *date);
/* What M2 calls an article's number beside its pages, for those who drop C7. */
#define ARTICLE_NUMBER "Article Number"
/* The name of a field in M2. */
const char *ris_extra_name(FieldId id, Kind kind);

extern const KindTag RIS_KINDS[];
extern const FieldTag RIS_FIELDS[];
extern const Reader RIS_READER;
extern const Writer RIS_WRITER;
extern const Format format_ris;

#endif
