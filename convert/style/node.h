/* SPDX-License-Identifier: MIT
 * A style file as a tree: CSL 1.0.2's elements with their attributes read.  Built once by
 * parse.c, in the style's arena, and never changed. */
#ifndef CITECONV_STYLE_NODE_H
#define CITECONV_STYLE_NODE_H

#include "convert/style/locale.h"
#include "convert/style/style.h"

#include <stdint.h>

/* Variables: the fields of a record, and those that only a processor knows. */
enum {
    VAR_LOCATOR = FIELD_COUNT,
    VAR_CITATION_NUMBER,
    VAR_FIRST_REFERENCE_NOTE,
    VAR_YEAR_SUFFIX,
    VAR_CITATION_LABEL,
    VAR_EDITOR_TRANSLATOR,
    VAR_EVENT, /* the older word for event-title */
    VAR_COUNT,
    VAR_NONE = VAR_COUNT /* no variable of CSL: always empty */
};
typedef unsigned char Var;

Var var_by_name(Str name);
Str var_name(Var var);
bool var_is_number(Var var);
bool var_is_date(Var var);
bool var_is_names(Var var);

typedef enum NodeKind {
    NODE_LAYOUT,
    NODE_MACRO,
    NODE_TEXT,
    NODE_NUMBER,
    NODE_LABEL,
    NODE_NAMES,
    NODE_NAME,
    NODE_NAME_PART,
    NODE_ET_AL,
    NODE_SUBSTITUTE,
    NODE_DATE,
    NODE_DATE_PART,
    NODE_GROUP,
    NODE_CHOOSE,
    NODE_IF, /* else-if and else, too */
    NODE_SORT,
    NODE_KEY
} NodeKind;

typedef enum TextCase {
    CASE_NONE,
    CASE_LOWER,
    CASE_UPPER,
    CASE_CAPITALIZE_FIRST,
    CASE_CAPITALIZE_ALL,
    CASE_SENTENCE,
    CASE_TITLE
} TextCase;

/* How the output of an element looks.  Marks are a StyleMark + 1; 0 is not set. */
typedef struct Format {
    unsigned char style, variant, weight, decoration, align, display;
    unsigned char text_case;
    bool quotes, strip_periods;
} Format;

typedef enum TextSource {
    SOURCE_VARIABLE,
    SOURCE_MACRO,
    SOURCE_TERM,
    SOURCE_VALUE
} TextSource;
typedef enum NumberForm {
    NUMBER_NUMERIC,
    NUMBER_ORDINAL,
    NUMBER_LONG_ORDINAL,
    NUMBER_ROMAN
} NumberForm;
typedef enum Plural { PLURAL_CONTEXTUAL, PLURAL_ALWAYS, PLURAL_NEVER } Plural;
typedef enum DatePartName { PART_YEAR, PART_MONTH, PART_DAY, PART_COUNT } DatePartName;
typedef enum DateForm { DATE_PARTS_OWN, DATE_FORM_TEXT, DATE_FORM_NUMERIC } DateForm;
typedef enum DatePartForm {
    PART_LONG,
    PART_SHORT,
    PART_NUMERIC,
    PART_LEADING_ZEROS,
    PART_ORDINAL
} DatePartForm;
typedef enum Precedes {
    PRECEDES_CONTEXTUAL,
    PRECEDES_AFTER_INVERTED,
    PRECEDES_ALWAYS,
    PRECEDES_NEVER
} Precedes;
typedef enum NameForm { NAME_LONG, NAME_SHORT, NAME_COUNT } NameForm;
typedef enum Match { MATCH_ALL, MATCH_ANY, MATCH_NONE } Match;

/* Options that cs:name takes, or inherits; `set` has a bit for each that is said. */
enum {
    OPTION_AND = 1 << 0,
    OPTION_PRECEDES_LAST = 1 << 1,
    OPTION_PRECEDES_ET_AL = 1 << 2,
    OPTION_FORM = 1 << 3,
    OPTION_SORT_ORDER = 1 << 4,
    OPTION_DELIMITER = 1 << 5,
    OPTION_INITIALIZE_WITH = 1 << 6,
    OPTION_SORT_SEPARATOR = 1 << 7,
    OPTION_NAMES_DELIMITER = 1 << 8,
    OPTION_INITIALIZE = 1 << 9,
    OPTION_USE_LAST = 1 << 10,
    OPTION_MIN = 1 << 11,
    OPTION_FIRST = 1 << 12,
    OPTION_SUBSEQUENT_MIN = 1 << 13,
    OPTION_SUBSEQUENT_FIRST = 1 << 14
};
typedef enum NameAnd { AND_NONE, AND_TEXT, AND_SYMBOL } NameAnd;
typedef enum SortOrder { ORDER_NATURAL, ORDER_FIRST, ORDER_ALL } SortOrder;
typedef struct NameOptions {
    unsigned set;
    unsigned char link, precedes_last, precedes_et_al, form, sort_order;
    bool initialize, use_last;
    Str delimiter, initialize_with, sort_separator, names_delimiter;
    unsigned min, first, subsequent_min, subsequent_first;
} NameOptions;

/* Tests of a cs:if; lists of values, each one test. */
typedef enum TestKind {
    TEST_TYPE,
    TEST_VARIABLE,
    TEST_IS_NUMERIC,
    TEST_IS_UNCERTAIN,
    TEST_LOCATOR,
    TEST_POSITION,
    TEST_DISAMBIGUATE
} TestKind;
typedef enum PositionTest {
    POSITION_FIRST,
    POSITION_SUBSEQUENT,
    POSITION_IBID,
    POSITION_IBID_WITH_LOCATOR,
    POSITION_NEAR_NOTE,
    POSITION_FAR_NOTE,
    POSITION_UNKNOWN
} PositionTest;
typedef struct Test {
    TestKind kind;
    int value;      /* Var or PositionTest; -1: no such thing, never true */
    uint64_t kinds; /* of TEST_TYPE, a bit each: an item is of one, so any will do */
    Str word;       /* of a locator */
} Test;

enum { AREA_CITATION, AREA_BIBLIOGRAPHY, AREA_COUNT };

typedef struct Node Node;
struct Node {
    NodeKind kind;
    Node *first, *next;
    Place place;
    Format format;
    Str prefix, suffix, delimiter;
    bool delimited; /* delimiter is set */

    TextSource source;
    Str word; /* macro's name, term, value, or cs:et-al's term */
    const Node *macro;
    const Var *vars;
    size_t var_count;
    TermForm form;
    NumberForm number;
    Plural plural;
    bool plural_term; /* plural="true" of cs:text */

    DateForm date_form;
    unsigned parts; /* bits of DatePartName that date-parts lets through */
    DatePartName part;
    DatePartForm part_form;
    bool part_form_set;
    Str range_delimiter;
    bool range_delimiter_set;

    Match match;
    const Test *tests;
    size_t test_count;
    bool is_else;

    NameOptions own; /* of cs:name, and names-delimiter of cs:names */
    const NameOptions
        *all[AREA_COUNT]; /* of cs:names and cs:key: with what it inherits */
    const Node *name, *family_part, *given_part, *et_al, *label, *substitute;
    bool label_first;

    bool descending; /* of cs:key */
    bool by_number;  /* cs:key sorts by citation-number */
    unsigned names_min, names_first;
    bool names_last, names_min_set, names_first_set, names_last_set;
};

typedef enum GivenRule {
    RULE_BY_CITE,
    RULE_ALL_NAMES,
    RULE_ALL_NAMES_INITIALS,
    RULE_PRIMARY_NAME,
    RULE_PRIMARY_NAME_INITIALS
} GivenRule;
typedef enum Collapse {
    COLLAPSE_NONE,
    COLLAPSE_NUMBER,
    COLLAPSE_YEAR,
    COLLAPSE_SUFFIX,
    COLLAPSE_SUFFIX_RANGED
} Collapse;
typedef enum PageFormat {
    PAGE_AS_IS,
    PAGE_CHICAGO_15,
    PAGE_CHICAGO_16,
    PAGE_EXPANDED,
    PAGE_MINIMAL,
    PAGE_MINIMAL_TWO
} PageFormat;
typedef enum Demote { DEMOTE_DISPLAY_AND_SORT, DEMOTE_SORT_ONLY, DEMOTE_NEVER } Demote;
typedef enum AuthorRule {
    AUTHOR_COMPLETE_ALL,
    AUTHOR_COMPLETE_EACH,
    AUTHOR_PARTIAL_EACH,
    AUTHOR_PARTIAL_FIRST
} AuthorRule;

/* cs:citation or cs:bibliography. */
typedef struct Area {
    const Node *layout; /* NULL: the style has none */
    const Node *sort;   /* NULL: none */
    NameOptions names;
    bool suffix_explicit; /* prints year-suffix as a variable somewhere */
} Area;

struct Style {
    Arena arena;
    StyleLayout layout;
    Str id, default_locale, file;
    Str parent;        /* of a dependent style */
    Str lang;          /* in force: "de-DE" */
    char case_lang[4]; /* "de", for case mapping */
    bool english;      /* items without a language are English */
    Locale locale;
    Area areas[AREA_COUNT];
    NameOptions names;
    bool add_names, add_given, add_suffix;
    bool tests_disambiguate; /* some cs:if asks for it */
    GivenRule given_rule;
    Collapse collapse;
    bool groups_cites;
    Str group_delimiter, suffix_delimiter, after_collapse;
    bool group_delimiter_set, suffix_delimiter_set, after_collapse_set;
    unsigned near_note;
    unsigned char second_field_align;
    bool author_substitute_set;
    Str author_substitute;
    AuthorRule author_rule;
    bool initialize_hyphen;
    PageFormat pages;
    Demote demote;
    bool uses[VAR_COUNT + 1]; /* variables that some element prints or tests */
};

#endif
