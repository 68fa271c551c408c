/* SPDX-License-Identifier: MIT
 * Fingerprints (convert/record/print.h), one a line, so that sort and its like find works
 * that are in several files, or in parts of one:
 *
 *     doi:10.5555/asw.2015.211<TAB>moreau2015beds<TAB>refs.bib:12
 *
 * They are the ones that --unique goes by. */
#include "convert/record/print.h"
#include "formats/format.h"

typedef struct State {
    Arena arena;
    Buf line;
} State;

static const FieldTag FIELDS[] = {
    {"doi", FIELD_DOI, KINDS_ALL, 0, NULL},
    {"doi", FIELD_URL, KINDS_ALL, 0, "where there is no DOI"},
    {"arxiv", FIELD_ARCHIVE_LOCATION, KINDS_ALL, 0, "of arXiv or of no archive"},
    {"arxiv", FIELD_URL, KINDS_ALL, 0, "of arXiv"},
    {"title", FIELD_TITLE, KINDS_ALL, 0, "folded words"},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};

/* Nothing in a column may end it. */
static void add_column(Buf *line, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        unsigned char c = (unsigned char)s.data[i];
        buf_add_byte(line, c < ' ' || c == 0x7f ? ' ' : s.data[i]);
    }
}

static void put_print(Write *w, const Record *rec, const char *name, Str print)
{
    Buf *line = &((State *)w->state)->line;
    if (print.size == 0)
        return;
    buf_clear(line);
    buf_format(line, "%s:", name);
    add_column(line, print);
    buf_add_byte(line, '\t');
    add_column(line, rec->key);
    buf_add_byte(line, '\t');
    add_column(line, rec->place.file);
    buf_format(line, ":%zu\n", rec->place.line);
    sink_write(w->out, buf_str(line));
}

static void put(Write *w, View *v)
{
    Arena *arena = &((State *)w->state)->arena;
    const Record *rec = v->rec;
    put_print(w, rec, "doi", print_doi(arena, rec));
    put_print(w, rec, "arxiv", print_arxiv(arena, rec));
    put_print(w, rec, "title", print_title(arena, rec));
    arena_reset(arena);
    /* An index stands beside the records: what it does not show is no loss. */
    for (size_t i = 0; i < rec->count; i++)
        view_take_at(v, i);
}

static void end(Write *w)
{
    State *state = w->state;
    arena_free(&state->arena);
    buf_free(&state->line);
}

static const Writer WRITER = {.state_size = sizeof(State), .put = put, .end = end};

const Format format_fingerprints = {
    .name = "fingerprints",
    .title = "fingerprints of works",
    .extensions = "",
    .fields = FIELDS,
    .writer = &WRITER,
};
