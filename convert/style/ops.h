/* SPDX-License-Identifier: MIT
 * What evaluation gives: a flat list of steps that print.
 *
 * Text between the opening and closing of what holds over it.  Openings and closings are
 * paired and nest.  What came out empty is cut off the end again, so no step undoes
 * another.  Text is not owned. */
#ifndef CITECONV_STYLE_OPS_H
#define CITECONV_STYLE_OPS_H

#include "convert/style/style.h"

typedef enum OpKind { OP_TEXT, OP_OPEN, OP_CLOSE } OpKind;

typedef enum OpScope {
    SCOPE_FORMAT, /* the style says so: `mark` */
    SCOPE_MARKUP, /* the field says so: `mark`; the same inside itself takes it back */
    SCOPE_QUOTE,  /* `text` is the sign that a field had there; ': an inner one */
    SCOPE_NOCASE,
    SCOPE_NODECOR, /* takes back all marks around it */
    SCOPE_LINK,    /* `text` is the target */
    SCOPE_AFFIX,   /* a prefix or suffix that the user wrote */
    SCOPE_CITE,    /* empty: what follows meets nothing that stands before */
    /* Parts that later stages look for. */
    SCOPE_NAMES, /* the first names, or what stands in for them */
    SCOPE_NAME,  /* one name of these */
    SCOPE_LABEL, /* what they did */
    SCOPE_YEAR,
    SCOPE_SUFFIX, /* year suffix */
    SCOPE_NUMBER, /* citation number */
    SCOPE_LOCATOR
} OpScope;

enum {
    OP_GLUED = 1, /* goes on with the value before it: no seam */
    OP_TERM = 2,  /* a word of the locale */
    OP_FIXED = 4, /* no text case touches it */
    OP_STYLE = 8, /* affixes, delimiters and values of the style */
    OP_FIELD = 16,
    OP_ET_AL = 32,
    OP_VALUE = 64,  /* a cs:text's own words; of OP_STYLE */
    OP_AROUND = 128 /* an affix of what may hold more than one thing; of OP_STYLE */
};

typedef struct Op {
    unsigned char kind, scope, mark, flags;
    unsigned number; /* of SCOPE_NAME: the person's; of others free */
    Str text;
} Op;

/* `size` is what is there, `work` all that was added since the list was empty or a cite
 * began, also what was cut again.  At OPS_MOST bytes of either the list is full until it
 * is empty again: texts are left out and nothing is evaluated any more, so that no style
 * makes much of little. */
enum { OPS_MOST = 32 * 1024 * 1024 };
typedef struct Ops {
    Op *items;
    size_t count, capacity;
    size_t texts; /* text steps that are not empty */
    size_t size, work;
    bool full;
} Ops;

/* Counts work that adds no step. */
static inline void ops_work(Ops *ops, size_t bytes)
{
    ops->work += bytes;
    ops->full |= ops->work >= OPS_MOST || ops->size >= OPS_MOST;
}

/* A place to go back to. */
typedef struct OpsMark {
    size_t count, texts, size;
} OpsMark;

static inline OpsMark ops_mark(const Ops *ops)
{
    return (OpsMark){ops->count, ops->texts, ops->size};
}

static inline void ops_cut(Ops *ops, OpsMark mark)
{
    ops->count = mark.count;
    ops->texts = mark.texts;
    ops->size = mark.size;
    if (mark.count == 0) {
        ops->work = 0;
        ops->full = false;
    }
}

Op *ops_add(Ops *ops, Op op);
void ops_text(Ops *ops, Str text, unsigned flags);
void ops_open(Ops *ops, OpScope scope, unsigned mark);
void ops_close(Ops *ops, OpScope scope, unsigned mark);
void ops_free(Ops *ops);
/* The first step from `from` that opens the scope, or ops->count; *end is behind its
 * closing. */
size_t ops_find(const Ops *ops, size_t from, OpScope scope, size_t *end);
/* The step that closes what the one at `open` opens. */
size_t ops_closing(const Ops *ops, size_t open);

/* Narrows [*open, *end), a list of names with its labels and what the style puts around
 * it, to the names and their "et al."; false where there are none. */
bool ops_names(const Ops *ops, size_t *open, size_t *end);

/* Adds a field's text: its marks, and its quotation marks told from apostrophes.
 * False flags are those of ops_text. */
void rich_emit(Ops *ops, Text text, unsigned flags);

#endif
