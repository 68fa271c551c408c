/* SPDX-License-Identifier: MIT
 * What reading LaTeX keeps in mind: a stack of what is open, groups and arguments that go
 * to the end of their braces or, without any, to the end of the next thing ("\'\i").  For
 * latex_text.c. */
#ifndef CITECONV_TEXT_LATEX_MACHINE_H
#define CITECONV_TEXT_LATEX_MACHINE_H

#include "convert/text/latex.h"
#include "convert/text/latex_command.h"
#include "convert/text/latex_out.h"

enum { MACHINE_FRAMES = 128, MACHINE_TOLD = 32 };

typedef enum FrameKind {
    FRAME_GROUP,
    FRAME_NOCASE,  /* a group that protects */
    FRAME_LITERAL, /* the argument of a command that nobody knows, with its braces */
    FRAME_ACCENT,
    FRAME_AFTER, /* something is added when it closes */
    FRAME_FIRST, /* another argument follows that is no text */
    FRAME_ARGUMENT
} FrameKind;

typedef struct Frame {
    FrameKind kind;
    bool braced;
    LatexCase recase; /* before it */
    size_t at;        /* of the source, where it opened */
    size_t start;     /* of the text */
    size_t depth;     /* of runs, before it */
    size_t own;       /* runs that it opened itself */
    Str text;         /* marks of an accent, or what comes after */
    Str alone;        /* the accent's own character */
} Frame;

typedef struct Machine {
    LatexOut out;
    Str tex;
    size_t at;
    bool nocase, lines;
    size_t protect;      /* frames that forbid further NOCASE */
    size_t quotes;       /* \enquote that are open */
    bool single;         /* after "`" */
    size_t guillemets;   /* "<<" that are open */
    size_t last_closing; /* place of the last ">>", tex.size where not looked for */
    size_t literal_at;   /* where a brace would be an unknown command's */
    size_t switched_at;  /* behind a switch: "\bf{x}" protects nothing */
    size_t math_end;     /* behind the math that was read last */
    size_t budget;       /* bytes that may still be looked at ahead */
    size_t too_deep;     /* braces without a frame */
    Frame frames[MACHINE_FRAMES];
    size_t count;
    LatexTeller *teller;
    void *context;
    Str told[MACHINE_TOLD];
    size_t told_count;
} Machine;

static inline Str machine_rest(const Machine *m)
{
    return str_after(m->tex, m->at);
}

static inline char machine_byte(const Machine *m, size_t at)
{
    return at < m->tex.size ? m->tex.data[at] : '\0';
}

/* Bytes at the front that stand for themselves. */
size_t machine_plain_front(Str s);
/* Whether all do, and no blank stands at either end; *markup: but for '<' and '&', which
 * may be markup of exports.  *plain is how many do at the front. */
bool machine_is_plain(Str s, size_t *plain, bool *markup);
/* Tells each thing once. */
void machine_tell(Machine *m, LatexTrouble trouble, size_t at, Str what);
/* A frame on the stack; NULL where too many are open. */
Frame *machine_push(Machine *m, FrameKind kind, bool braced);
/* Opens a run that ends with the newest frame. */
void machine_open_run(Machine *m, Mark mark);
void machine_close(Machine *m);
/* What comes next is an argument. */
bool machine_wants_argument(const Machine *m);
/* One thing is done: what waited for no more than that closes. */
void machine_done(Machine *m);
void machine_skip_blanks(Machine *m);
void machine_open_brace(Machine *m);
void machine_close_brace(Machine *m);
/* An argument that is not text: what its braces hold, else the next character or command;
 * empty where the braces never close. */
Str machine_take_argument(Machine *m);
/* "[...]" and "*" behind a command. */
void machine_skip_optional(Machine *m);
/* "-.1em plus .2em minus .1em"; its sign, 0 where it is nought. */
int machine_take_dimension(Machine *m);
/* What the command does that was just read. */
void machine_do(Machine *m, const LatexCommand *command, Str name);

#endif
