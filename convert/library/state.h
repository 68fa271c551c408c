/* SPDX-License-Identifier: MIT
 * What the library's objects hold; see citeconv.h.  For this room alone. */
#ifndef CITECONV_LIBRARY_STATE_H
#define CITECONV_LIBRARY_STATE_H

#include "convert/citeconv.h"
#include "convert/pipeline/convert.h"
#include "convert/pipeline/index.h"
#include "formats/tags.h"

typedef enum CarryWish { CARRY_AS_FORMAT, CARRY_WANTED, CARRY_UNWANTED } CarryWish;

struct citeconv_options {
    Arena arena; /* of all texts */
    citeconv_listener *listener;
    void *context;
    citeconv_level least;
    const char *from_charset, *to_charset;
    const char *style, *locale, *cite;
    bool no_repair;
    CarryWish carry;
    size_t width;
    Plan plan;
    OptionValue *values;
    size_t value_count;
    VenueTable *venues;
    TagMap *map;
};

/* Messages on their way from the rooms to the listener. */
typedef struct Voice {
    Diag diag;
    const citeconv_options *options;
    citeconv_options *own; /* where the caller has none */
    Buf texts;             /* of the message in work */
} Voice;

struct citeconv_field {
    citeconv_record *record;
    size_t index; /* of record->rec.fields; what follows is made when it is asked for */
    const char *tag, *text, *markup;
    size_t text_size, markup_size;
    citeconv_name *names;
};

struct citeconv_record {
    Record rec;
    const Format *from; /* that it was read in; NULL where the caller made it */
    bool resolved;      /* it has what it inherits */
    /* What was looked at, gone with the next change. */
    Arena looks;
    citeconv_field *fields; /* one a field of rec; NULL: none was asked for */
    const char *type, *key, *file;
    Name *grown[FIELD_COUNT]; /* lists of names that grow here */
};

struct citeconv_reader {
    Voice voice;
    Source *in;
    const Format *from; /* NULL: nothing but blanks */
    bool used, ended;
    size_t records, skipped;
    /* The input: a descriptor, ours to close where `owned`, a function, or bytes. */
    char *name;
    int fd;
    bool owned;
    citeconv_read_function *read;
    void *context;
    Str rest;
    /* Of citeconv_reader_next. */
    Options opt;
    Tags *tags;
    Read reading;
    Record rec;
    Ledger ledger;
    Stage *first; /* gives records what they inherit, into `queue`; NULL: nothing does */
    struct Queue *queue;
    bool drained; /* the stages were told the end */
};

struct citeconv_writer {
    Voice voice;
    Sink *out;
    const Format *to;
    bool used;
    bool broken; /* nothing that is still written counts */
    Options opt;
    Plan plan;
    struct Library *library;
    struct Style *style;
    /* The output. */
    int fd;
    citeconv_write_function *write;
    void *context;
    Buf memory;
    char **data;
    size_t *size;
    /* Of citeconv_writer_write. */
    Job job;
    Ledger ledger;
    Tags *tags; /* of job.from */
    Stage *first;
    Record rec;
    Index files; /* names of files that records came from, as numbers from 1 */
    Arena file_names;
    Str *file_of;
    size_t file_count, file_capacity;
};

struct citeconv_style {
    Voice voice;
    struct Library *library;
    struct Style *style;
    Arena texts;
    const char *title;
};

/* `options` may be NULL. */
void voice_open(Voice *voice, const citeconv_options *options);
void voice_close(Voice *voice);

/* What the formats are told; `to` is NULL where nothing is written. */
Options options_for(const citeconv_options *options, const Format *to);

/* A text that ends with NUL, for a caller. */
const char *text_of(Arena *arena, Str s);
/* The record is about to change: what was looked at is gone. */
void record_touch(citeconv_record *record);
/* Makes `to`, an empty one, that record, with its files' names in its own arena, and
 * without the source's spelling. */
void record_keep(Record *to, const Record *from);

#endif
