/* SPDX-License-Identifier: MIT
 * The interface of formats: all that a reader or writer is, and all that it sees.
 *
 * A format is one Format in a file of its own and one line in formats.def. */
#ifndef CITECONV_FORMATS_FORMAT_H
#define CITECONV_FORMATS_FORMAT_H

#include "convert/io/sink.h"
#include "convert/io/source.h"
#include "convert/record/record.h"
#include "convert/record/venue.h"

typedef enum ReadResult {
    READ_RECORD,
    READ_SKIPPED,  /* a record was thrown away and reported; go on */
    READ_MATTER,   /* no record but what stands between (rec->matter, to the letter): for
                      writers of the same language, others never see it */
    READ_EMPTY,    /* no record: the input says itself that it lists none ("[]") */
    READ_FILE_END, /* no record; rec->place has the file that has ended: for `finish` */
    READ_END
} ReadResult;

/* One --opt FORMAT.NAME=VALUE that a format understands. */
typedef struct Option {
    const char *name, *values, *help; /* "venues", "table|verbatim", "..." ; NULL name
                                         ends the list; values NULL: any text */
} Option;
typedef struct OptionValue {
    const char *format, *name, *value;
} OptionValue;

/* What the user asked for. */
typedef struct Options {
    bool repair;               /* mend scraped text */
    bool carry;                /* write what the target has no word for, to come back */
    const VenueTable *venues;  /* never NULL */
    const struct TagMap *map;  /* of --map (tags.h); may be NULL */
    size_t width;              /* columns to wrap text at; 0 is never */
    const struct Style *style; /* of a reference list; NULL: none was asked for */
    const char *locale;        /* of --locale, or NULL */
    const char *cite;          /* a file of citations to print, or NULL */
    bool terminal;             /* the output is one that knows italics and links */
    const OptionValue *values;
    size_t value_count;
} Options;

/* The value of that format's option, or NULL where it was not given; the last one counts.
 */
const char *option_value(const Options *opt, const char *format, const char *name);

struct Tags; /* the format's table and the user's lines, ready for look-up: tags.h */
typedef struct Read {
    Source *in;
    Diag *diag;
    const Options *opt;
    const struct Tags *tags;
    void *state;
} Read;
typedef struct Write {
    Sink *out;
    Diag *diag;
    const Options *opt;
    const struct Tags *tags;
    /* The format that is read, and its tags: by what a Record's words are judged that
     * came straight from it.  NULL where nothing is read. */
    const struct Format *from;
    const struct Tags *origin;
    void *state;
} Write;

typedef struct Reader {
    size_t state_size;      /* that many zeroed bytes come as r->state */
    int (*sniff)(Str head); /* 0..100: how sure this input is ours */
    /* rec comes empty; what it reaches lives in its arena, in the Source until the next
     * call, or in static memory */
    ReadResult (*next)(Read *r, Record *rec);
    /* The second half of reading, where that has two: next finds the record and leaves
     * what it found (rec->half), this understands it.  Called for all that next gives
     * but READ_END, in the same order, with what next returned; gives what came of it. */
    ReadResult (*finish)(Read *r, Record *rec, ReadResult found);
    void (*close)(Read *r); /* may be NULL, as every hook but next, put */
    /* Whether threads may read ahead: next runs while another finishes records and a
     * third looks at those that came before.  So what a record views in the Source is
     * what source_ahead gave and never a line; its own state a record views not at all,
     * but for what stays as it is up to `close`; and what `finish` changes, `next` leaves
     * alone, as `finish` does with r->in, which is NULL there. */
    bool ahead;
} Reader;

typedef struct Writer {
    size_t state_size;
    void (*begin)(Write *w);
    void (*put)(Write *w, View *v); /* keep no pointer once it returns */
    /* What stood between records of a format whose language (Format.language) is this
     * one's. */
    void (*matter)(Write *w, const Record *rec);
    void (*end)(Write *w); /* also frees what the state holds */
    /* Whether whoever reads this follows no links of the language, so that each record
     * has to say all; NULL: they are followed. */
    bool (*linkless)(const Options *opt);
} Writer;

/* Rows of a format's own table: its readers and writers go by it, and --explain
 * prints it.  Kinds are a set, one bit a Kind. */
typedef uint64_t Kinds;
#define KINDS_OF(kind) ((Kinds)1 << (kind))
#define KINDS_ALL      (~(Kinds)0)

typedef struct KindTag {
    const char *tag; /* "CONF", "inproceedings" */
    Kind kind;
    const char *remark; /* for the user; NULL is none */
} KindTag;
typedef struct FieldTag {
    const char *tag; /* "T2", "booktitle" */
    FieldId field;
    Kinds kinds;
    int how; /* the format's own word for how the value is spelled */
    const char *remark;
} FieldTag;

typedef struct Format {
    const char *name, *title, *extensions; /* "ris", "RIS", "ris"; words apart by space */
    const char *language;  /* formats of one language pass Written and matter on to each
                              other as they stand: "bibtex"; NULL is the name */
    const Option *options; /* NULL is none */
    const KindTag *kinds;  /* ends with a NULL tag; NULL is none */
    const FieldTag *fields;
    const Reader *reader; /* NULL: write only */
    const Writer *writer; /* NULL: read only */
    /* What the format needs and does not find, for people; NULL where it can be used, and
     * NULL itself where it always can. */
    const char *(*lacks)(void);
    /* Writes the path of the program that the format asks, with a NUL; false where there
     * is none.  NULL itself where it asks none. */
    bool (*program)(Buf *path);
    bool carries; /* Options.carry is on unless the user says otherwise */
    /* Of a reference list: the style where the user names none, "" where none is needed.
     * NULL: no reference list. */
    const char *style;
} Format;

/* Both halves of reading; never READ_FILE_END. */
ReadResult format_next(const Reader *reader, Read *r, Record *rec);
/* "bibtex" also for biblatex. */
const char *format_language(const Format *format);
/* Whether Written and matter of the one may stand in the other. */
bool format_same_language(const Format *a, const Format *b);
/* The same, and who reads `to` follows the links of `from` there. */
bool format_keeps_links(const Format *from, const Format *to, const Options *opt);

#endif
