/* SPDX-License-Identifier: MIT
 * Evaluation of a style for an item: nodes and values in, steps (ops.h) out. */
#ifndef CITECONV_STYLE_EVAL_H
#define CITECONV_STYLE_EVAL_H

#include "convert/style/item.h"
#include "convert/style/names_seen.h"
#include "convert/style/ops.h"

/* Levels that names have throughout the document; disamb.c. */
typedef struct Levels Levels;

typedef struct Eval {
    const Style *style;
    const Item *item;
    Ops *ops;
    Arena *scratch; /* for text made on the way */
    int area;

    /* The cite; NULL in entries. */
    const Cite *cite;
    int position; /* CITE_..., -1 in entries */
    bool near_note;
    bool first_here;     /* the item is first cited in the same note */
    bool suppress_names; /* the first names are left out */
    bool no_suffix;      /* year suffixes are not settled, or not wanted */

    const Node *key; /* sorting by it */

    const Shown *shown;    /* how far names go; NULL: as the style says */
    const Levels *levels;  /* of names in the document, or NULL */
    unsigned disambiguate; /* conditions that ask for it hold, so many of them */
    unsigned conditions;   /* that have asked */
    bool signing;          /* only to tell cites apart */
    NamesSeen *seen;       /* to note which names are printed, or NULL */

    /* What has happened so far. */
    bool gone[VAR_COUNT + 1]; /* substituted: empty from there on */
    bool names_done;          /* the first names are out */
    bool suffix_done;
    bool substituting;
    size_t list; /* lists of names so far */
} Eval;

/* What a cs:group asks about the elements in it. */
typedef struct Called {
    bool any;    /* a variable was called */
    bool filled; /* one that is not empty */
} Called;

/* What stands between the children of an element. */
typedef struct Between {
    Str text;
    bool any; /* one has printed */
    OpsMark before;
    size_t texts;
} Between;

/* The whole layout of the area, formatted, with its affixes only where `affixes`. */
void eval_layout(Eval *e, bool affixes);
void eval_child(Eval *e, const Node *node, Between *between, Called *called);
void eval_children(Eval *e, const Node *parent, Between *between, Called *called);
/* A macro's output, for a sort key. */
void eval_macro(Eval *e, const Node *macro);

/* The wrapping of an element: affixes, format, case. */
typedef struct Wrap {
    OpsMark start;
    size_t texts, content;
    unsigned affix; /* flags of its affixes */
} Wrap;
Wrap wrap_open(Eval *e, const Node *node, const Format *format, Str prefix);
/* Cuts all of it where nothing was printed inside; true where something was. */
bool wrap_close(Eval *e, const Format *format, Wrap wrap, Str suffix);
void wrap_format(Eval *e, const Format *format, bool open);

void between_open(Eval *e, Between *between);
void between_close(Eval *e, Between *between);

/* The elements that have a file each. */
void eval_names(Eval *e, const Node *node, Called *called);
void eval_date(Eval *e, const Node *node, Called *called);
void eval_number(Eval *e, const Node *node, Called *called);
void eval_label(Eval *e, const Node *node);

/* The value of a text variable, also one that only the processor knows; empty text where
 * it has none.  `form` may ask for the short one. */
Text eval_value(const Eval *e, Var var, TermForm form);
/* The variable of the short form; VAR_NONE where there is none. */
Var eval_short_of(Var var);
/* Whether a cs:if is to be taken. */
bool eval_holds(Eval *e, const Node *node);
bool eval_is_filled(const Eval *e, Var var);
/* The suffix of the year, once a cite, where it is due. */
void eval_year_suffix(Eval *e);

/* How far the document has a name go (SHOWN_...), which stands at that place of its list;
 * `initials`: there are some to show. */
unsigned levels_of(const Levels *levels, const Person *person, size_t place,
                   bool initials);

/* Text case and periods over the steps from `from`. */
void textcase_apply(Eval *e, size_t from, TextCase text_case);
/* A word that titles keep small, in small letters. */
bool textcase_is_stop(Str word);
void textcase_strip_periods(Eval *e, size_t from);

#endif
