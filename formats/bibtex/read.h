/* SPDX-License-Identifier: MIT
 * The reader's own: what its files share. */
#ifndef CITECONV_FORMATS_BIBTEX_READ_H
#define CITECONV_FORMATS_BIBTEX_READ_H

#include "formats/bibtex/bibtex.h"
#include "formats/bibtex/scan.h"

#include <stdint.h>

/* @string's names, without regard to case. */
typedef struct Macro {
    Str name, value; /* an empty name: a free slot */
} Macro;
typedef struct Macros {
    Arena arena;
    Macro *slots;
    size_t count, size; /* size: a power of two */
} Macros;
/* All together, those that were defined anew included. */
enum { MACROS_LIMIT = 64 * 1024 * 1024 }; /* bytes */
/* False where there is no room: the macro is what it was. */
bool macros_set(Macros *macros, Str name, Str value);
/* NULL where there is none; months are there from the start. */
const Str *macros_find(const Macros *macros, Str name);
void macros_free(Macros *macros);

/* Commands that @preamble defines; beyond some hundred they are not noted. */
typedef struct Command {
    Str name, body; /* "\\TUB"; with "#1" where arguments go */
    char *text;     /* room for any body */
    size_t arguments;
} Command;
typedef struct Commands {
    Arena arena;
    Command *items;
    size_t count;
} Commands;
/* Of matter that may be a @preamble. */
void commands_read(Commands *commands, Str matter);
bool commands_define(const Commands *commands, Str name);
/* Also AASTeX's journals. */
bool commands_know(const Commands *commands, Str name);
/* TeX with what those stand for in their places, as far as that has bounds; journals in
 * full or, `brief`, as AASTeX prints them. */
Str commands_expand(const Commands *commands, Arena *arena, Str tex, bool brief);

/* What is told once a file. */
typedef enum Repeat {
    REPEAT_COMMAND,
    REPEAT_MACRO,
    REPEAT_TYPE,
    REPEAT_COMMENT,
    REPEAT_COUNT
} Repeat;
enum { REPEATS_SIZE = 1024 };
typedef struct Repeats {
    uint64_t seen[REPEATS_SIZE]; /* hashes of what was told */
    size_t used, more[REPEAT_COUNT];
} Repeats;
/* The level to tell of the name at: `level` the first time, then a detail's. */
Level repeats_level(Repeats *repeats, Repeat group, Str name, Level level);
/* Tells how often there was nothing told, and begins anew. */
void repeats_end(Repeats *repeats, Diag *diag, Str file);

/* What was mended in the syntax of an entry. */
void faults_tell(Read *r, Repeats *repeats, const RawEntry *raw);

/* A field of the entry at hand. */
typedef struct Item {
    Str tag;     /* as written */
    Str tex;     /* its value: no delimiters, macros and '#' resolved */
    Place place; /* of its name */
    size_t written;
    const FieldTag *row; /* NULL: a tag of no meaning */
    FieldId id;
    bool duplicate; /* an earlier one has the same tag */
    bool shadow;    /* another field says the same, and more */
} Item;

/* The entry at hand, while it becomes a record. */
typedef struct Reading {
    Read *r;
    Record *rec;
    Macros *macros;
    const Commands *commands;
    Repeats *repeats;
    Item *items;
    size_t count;
    uint64_t tags; /* of the items: a bit for each size and first letter, see making.c */
    Str link;      /* a web address within a field's words, where none is given apart */
    size_t expanded;    /* bytes of macros that stand in it */
    bool expanded_told; /* that there would be more than RECORD_LIMIT */
} Reading;

/* The value of a field without delimiters; told is what macros it lacks. */
Str value_text(Reading *e, const RawField *field, Place place);
/* With its delimiters, as it can be written again. */
Str value_written(Arena *arena, const RawField *field);

/* Makes fields of the items. */
void fields_make(Reading *e);
/* TeX as text; what of it is no text is told at the item's place. */
Text fields_text(Reading *e, const Item *item, Str tex, bool nocase);
/* An address or identifier, which is not TeX but for the escapes that people put there.
 */
Str verbatim_text(Arena *arena, Str tex);
Str verbatim_doi(Str doi);

/* A list of names by BibTeX's rules. */
Names names_read(Reading *e, const Item *item);
/* Whether it is no name, but says that there are more: "others", "{\em et al.}". */
bool others_alone(Str s);
/* Whether words of the last name say so, as "Aczel, Peter et al." and the "et. al.
 * TRUONG, L." that Mendeley makes of it; *s goes on without them. */
bool others_cut(Str *s);
/* How many pieces between commas are one name where commas part the names of `s`: 1 or 2;
 * 0 where it is one name. */
size_t commas_a_name(Str s);
/* The next comma at brace depth 0, at or behind `from`. */
size_t commas_next(Str s, size_t from);
/* A part of a name as text. */
Str name_part(Reading *e, const Item *item, Str part);
/* A name of biblatex's whose parts are labelled: family=Salis, given=Hans. */
bool name_is_labelled(Str s);
void name_read_labelled(Reading *e, const Item *item, Str s, Name *name);
/* biblatex's annotations that tell namesakes apart: `1="0003"; 2="0002"`. */
void names_annotate(Arena *arena, Names *names, Str annotation);

/* The date that year, month and day say (any may be NULL); false where they say none.
 * *month_used: the month is part of it. */
bool published_read(Arena *arena, Str year, const Str *month, const Str *day, Date *date,
                    bool *month_used);

/* BCP 47's code for babel's name of a language; else the same text. */
Str language_code(Str name);
/* What biblatex's strings stand for ("phdthesis": "PhD thesis"); else the same text. */
Str bibstring_text(Str key);
/* The other way. */
Str bibstring_key(Str text);

/* Gives the fields back the words of the format that hints_put wrote of. */
void hints_read(Record *rec, Str hints);

/* The journal that this command of AASTeX's (with its backslash) stands for, in full or
 * as AASTeX prints it; STR_EMPTY where it is none. */
Str journal_name(Str command, bool brief);
/* A value that is such a command and no more, without braces and blanks around it. */
Str journal_command(Str tex);

/* The series of a journal in words, where it is a number or one of biblatex's strings:
 * "3rd series"; else the same text. */
Str series_text(Arena *arena, Str series);

/* A bundle of titles: "Title: Subtitle. Addition". */
Text title_join(Arena *arena, Text title, char mark, Text more);

#endif
