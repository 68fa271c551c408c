/* SPDX-License-Identifier: MIT
 * Messages: what became of the data, where, and under which stable name.
 *
 *     refs.bib:12:7: warning: annote has no place in RIS; left out [lost-field]
 *
 * The level says what became of the data.  Ids are part of the interface and are
 * listed in citeconv(1).  Line and column start at 1; columns are characters. */
#ifndef CITECONV_BASE_DIAG_H
#define CITECONV_BASE_DIAG_H

#include "convert/base/str.h"

typedef enum Level {
    LEVEL_DETAIL,  /* a repair as intended; said only when asked for */
    LEVEL_NOTE,    /* kept, but odd */
    LEVEL_WARNING, /* changed, guessed or left out */
    LEVEL_ERROR,   /* a record was thrown away, or the world failed */
    LEVEL_COUNT
} Level;

/* A line of 0 means the file as a whole; an empty file, the program itself.
 * The file's name lives as long as the run. */
typedef struct Place {
    Str file;
    size_t line, col;
} Place;

typedef enum DiagForm {
    DIAG_TEXT,
    DIAG_JSON,  /* one object a line */
    DIAG_GITHUB /* workflow commands of GitHub's Actions, shown beside the lines */
} DiagForm;

typedef struct Message {
    Level level;
    const char *id;
    Place at;
    Str key, field; /* whose data it is about, as far as that is known */
    Str text;
} Message;

typedef struct Diag {
    int fd;      /* where messages go */
    Level least; /* messages below this level are counted, not written */
    DiagForm form;
    bool colour;
    bool status_line;  /* a progress line is on the screen: wipe it first */
    Place at;          /* what is being written just now; see diag_here */
    bool world_failed; /* what a format needs is not there: neither the input's fault nor
                          the output's, and the exit status says so */
    Str key, field;    /* of the record and the field in work; empty: of none */
    /* Hears every message, also those that are not shown; nothing lives on once it
     * returns.  NULL where nobody listens. */
    void (*listener)(void *context, const Message *message);
    void *context;
    /* Takes every message for another Diag to say later (diag_say): this one counts and
     * writes none, and its listener, which it shares with that one, hears none.  NULL
     * where nothing is kept. */
    void (*keep)(void *keeper, const Message *message);
    void *keeper;
    size_t counts[LEVEL_COUNT];
    Buf line;
} Diag;

/* `id` is a literal such as "lost-field".  Control characters in the message are
 * written as \xNN, so that input cannot drive the terminal. */
void diag_report(Diag *diag, Level level, const char *id, Place at, const char *format,
                 ...) __attribute__((format(printf, 5, 6)));
/* The same, at the place of the field that is being written (diag->at). */
void diag_here(Diag *diag, Level level, const char *id, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* What another Diag kept. */
void diag_say(Diag *diag, const Message *message);
/* True where a message of this level would be seen or heard: spares making its text. */
bool diag_shows(const Diag *diag, Level level);
void diag_free(Diag *diag);

/* What an errno means, in English whatever the locale.  Static. */
const char *diag_reason(int error);
/* Adds a JSON string, quotes included. */
void diag_add_json(Buf *line, Str s);
/* The first `most` bytes of a text, ended with "..." where it was cut, at a
 * character's border.  For quoting input in messages.  Lives in `scratch`. */
Str diag_excerpt(Buf *scratch, Str text, size_t most);

#endif
