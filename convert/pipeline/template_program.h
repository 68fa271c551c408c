/* SPDX-License-Identifier: MIT
 * What template_open makes of the text: parts in their order, each with its modifiers. */
#ifndef CITECONV_PIPELINE_TEMPLATE_PROGRAM_H
#define CITECONV_PIPELINE_TEMPLATE_PROGRAM_H

#include "convert/pipeline/template.h"
#include "convert/pipeline/word.h"

typedef enum PartId {
    PART_LITERAL,
    PART_OR, /* the next alternative */
    PART_AUTH,
    PART_AUTHORS,
    PART_AUTHORS_ALPHA,
    PART_AUTH_ETAL,
    PART_AUTH_AUTH_EA,
    PART_AUTH_SHORT,
    PART_AUTH_INI,
    PART_AUTH_FORE_INI,
    PART_AUTHOR_INI,
    PART_AUTHOR_LAST,
    PART_AUTHOR_LAST_FORE_INI,
    PART_TITLE,
    PART_FULL_TITLE,
    PART_SHORT_TITLE,
    PART_SHORT_TITLE_INI,
    PART_CAMEL,
    PART_YEAR,
    PART_SHORT_YEAR,
    PART_MONTH,
    PART_DAY,
    PART_FIRST_PAGE,
    PART_LAST_PAGE,
    PART_KEYWORD,
    PART_TYPE,
    PART_IS_TYPE, /* gives nothing, and fails its alternative elsewhere */
    PART_FIELD,
    PART_POSTFIX /* how taken keys are told apart; gives nothing */
} PartId;

typedef enum Who { WHO_AUTHORS_OR_EDITORS, WHO_AUTHORS, WHO_EDITORS } Who;

typedef enum FilterId {
    FILTER_LOWER,
    FILTER_UPPER,
    FILTER_CAPITALIZE,
    FILTER_TITLE_CASE,
    FILTER_SENTENCE_CASE,
    FILTER_ABBR,
    FILTER_ALPHANUM, /* also clean, nopunctordash */
    FILTER_NO_PUNCT,
    FILTER_NOTHING, /* ascii and the like: always done */
    FILTER_SKIP_WORDS,
    FILTER_CONDENSE,
    FILTER_PREFIX,
    FILTER_POSTFIX,
    FILTER_REPLACE,
    FILTER_SELECT,
    FILTER_SUBSTRING, /* also truncate */
    FILTER_FALLBACK
} FilterId;

enum { ARGS_MOST = 8 };

typedef struct Arg {
    Str name; /* of "n=3", or empty */
    Str text;
    int number; /* -1 where it is none */
} Arg;

typedef struct Filter {
    FilterId id;
    Str text, other;
    int n, m;
} Filter;

typedef struct Part {
    PartId id;
    Who who;
    int n, m;                 /* -1: not given */
    Str text;                 /* of LITERAL; a separator; types with commas between */
    const char *joint, *rest; /* of AUTH_ETAL and AUTH_AUTH_EA */
    FieldWord field;
    size_t first_filter, filter_count;
} Part;

struct Template {
    Arena arena;
    Part *parts;
    size_t part_count, part_capacity;
    Filter *filters;
    size_t filter_count, filter_capacity;
    Suffix suffix;
};

/* ASCII as far as there is a spelling, case and spaces kept: what all parts are made of.
 */
Str template_ascii(Arena *arena, Latin *latin, Str s);
Str template_name(Arena *arena, Latin *latin, Str s); /* the same for names */
/* Whether every BibTeX, biber and LaTeX takes the byte in a key. */
bool template_legal(char c);
/* The parts that are made of names. */
Str template_names(Arena *arena, Latin *latin, const Record *rec, const Part *part);
/* Whether a word of a title, in lower case, is an article, preposition or conjunction. */
bool template_skips(Str word);

#endif
