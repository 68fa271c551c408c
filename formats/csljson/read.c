/* SPDX-License-Identifier: MIT
 * Reading CSL-JSON: one item at a time, however long the list.
 *
 * Items are found by their brackets (extent.h), and only then read by jansson, each by
 * itself.  They stand in arrays, one a line, one after the other, or in the arrays of
 * objects that have something else around them: Zotero's and Crossref's "items", pandoc's
 * "references", or a map from id to item, as citeproc-js has it.  What is broken is
 * reported, and the next item looked for. */
#include "formats/csljson/begin.h"
#include "formats/csljson/finish.h"

#include <stdlib.h>
#include <string.h>

typedef enum Around { AROUND_LIST, AROUND_WRAP } Around;

enum { LEVELS = 8, AHEAD = 64 * 1024, LOOK = 512 };

/* What separates two things of a level. */
typedef enum Gap { GAP_FIRST, GAP_THING, GAP_COMMA } Gap;

typedef struct State {
    Around levels[LEVELS];
    size_t depth;
    Gap gap;       /* what came last on this level */
    bool new_line; /* nothing but white space stands before in this line */
    bool seeded;   /* load_seed was called */
    bool matter;   /* what surrounds items was reported, for this file */
    Extent ext;
    Finish finish; /* of the second half */
} State;

static Str ahead(Read *r, size_t want)
{
    return source_ahead(r->in, want);
}

static void pass(Read *r, size_t size)
{
    State *state = r->state;
    source_pass(r->in, size);
    if (size > 0)
        state->new_line = false;
}

/* More of what comes than `have` bytes; false where the file ends.  Small steps first:
 * an item in a pipe may be whole before more comes. */
static bool more(Read *r, Str *bytes)
{
    size_t have = bytes->size;
    *bytes = ahead(r, have < AHEAD ? have + 1 : have * 2);
    return bytes->size > have;
}

/* Passes over white space; the byte behind it, or -1 at the end of the file. */
static int skip_space(Read *r)
{
    State *state = r->state;
    for (;;) {
        Str bytes = ahead(r, 1);
        size_t i = 0;
        bool new_line = state->new_line;
        while (i < bytes.size && byte_is_space(bytes.data[i]))
            new_line = bytes.data[i++] == '\n' || new_line;
        pass(r, i);
        state->new_line = new_line;
        if (i < bytes.size)
            return (unsigned char)bytes.data[i];
        if (bytes.size == 0)
            return -1;
    }
}

static Place here(Read *r)
{
    return source_place_ahead(r->in, 0);
}

/* What is broken. */

/* Passes over all up to the next item, or to the end of the file. */
static void find_next(Read *r, size_t from, const Anchor *anchor)
{
    State *state = r->state;
    for (;;) {
        Str bytes = ahead(r, from + LOOK);
        bool ended = bytes.size < from + LOOK;
        size_t limit = ended ? bytes.size : bytes.size - LOOK / 2;
        while (from < limit) {
            const char *brace = memchr(bytes.data + from, '{', limit - from);
            from = brace != NULL ? (size_t)(brace - bytes.data) : limit;
            if (brace != NULL && begin_fits(bytes, from, anchor)) {
                pass(r, from);
                state->new_line = anchor->new_line;
                state->gap = GAP_COMMA;
                return;
            }
            from += brace != NULL ? 1 : 0;
        }
        if (ended) {
            pass(r, bytes.size);
            state->depth = 0;
            return;
        }
        size_t keep = from < LOOK / 2 ? from : LOOK / 2;
        pass(r, from - keep);
        from = keep;
    }
}

static void report_broken(Read *r, size_t offset, const char *why)
{
    diag_report(r->diag, LEVEL_ERROR, "bad-json", source_place_ahead(r->in, offset),
                "item left out: %s", why);
}

/* Says what is wrong with the item ahead, which the scan could not go through. */
static void report_scan(Read *r, bool ended)
{
    State *state = r->state;
    LoadError error;
    size_t at = state->ext.at;
    if (ended) {
        diag_report(r->diag, LEVEL_ERROR, "bad-json", here(r),
                    "item left out: the file ends within it");
        return;
    }
    Str part = str_slice(ahead(r, at + LOOK), 0, at + LOOK);
    if (!load_fault(part, &error))
        report_broken(r, at, "not understood");
    else
        report_broken(r, error.at < at ? error.at : at, error.why);
}

static void take_anchor(Read *r, Str bytes, Anchor *anchor)
{
    const State *state = r->state;
    *anchor = (Anchor){.new_line = state->new_line, .indent = here(r).col - 1};
    buf_add(&anchor->key, begin_first_key(bytes));
}

static ReadResult skip_broken(Read *r, size_t from)
{
    Anchor anchor;
    take_anchor(r, ahead(r, LOOK), &anchor);
    find_next(r, from, &anchor);
    buf_free(&anchor.key);
    return READ_SKIPPED;
}

/* An item. */

static ReadResult json_finish(Read *r, Record *rec, ReadResult found)
{
    State *state = r->state;
    if (found == READ_RECORD && !finish_item(r, rec, &state->finish))
        return READ_SKIPPED;
    return found;
}

/* The item ahead, whose extent is known, is left to the second half. */
static ReadResult take_whole(Read *r, Record *rec, Str bytes)
{
    State *state = r->state;
    size_t size = state->ext.at;
    rec->place = here(r);
    Extent *ext = arena_alloc(&rec->arena, sizeof *ext);
    *ext = state->ext;
    ext->properties = arena_alloc(&rec->arena, ext->count * sizeof *ext->properties);
    if (ext->count > 0)
        memcpy(ext->properties, state->ext.properties,
               ext->count * sizeof *ext->properties);
    Half *half = arena_alloc(&rec->arena, sizeof *half);
    *half = (Half){.bytes = str_slice(bytes, 0, size),
                   .ext = ext,
                   .start = rec->place,
                   .place = rec->place};
    rec->half = half;
    pass(r, size);
    return READ_RECORD;
}

/* The value ahead: its extent, or READ_SKIPPED where it has none. */
static bool find_extent(Read *r, Str *bytes, ReadResult *result)
{
    State *state = r->state;
    bool ended = false;
    ExtentResult found;
    extent_begin(&state->ext);
    *bytes = ahead(r, 1);
    while ((found = extent_value(&state->ext, *bytes)) == EXTENT_MORE &&
           bytes->size <= RECORD_LIMIT && !ended)
        ended = !more(r, bytes);
    if (found == EXTENT_WHOLE && state->ext.at <= RECORD_LIMIT)
        return true;
    if (found != EXTENT_BROKEN && !ended)
        diag_report(r->diag, LEVEL_ERROR, "record-too-long", here(r),
                    "item longer than %d MiB; left out", RECORD_LIMIT / 1024 / 1024);
    else
        report_scan(r, found != EXTENT_BROKEN);
    *result = skip_broken(r, state->ext.at);
    return false;
}

static ReadResult read_item(Read *r, Record *rec)
{
    State *state = r->state;
    Str bytes;
    ReadResult result;
    state->gap = GAP_THING;
    return find_extent(r, &bytes, &result) ? take_whole(r, rec, bytes) : result;
}

/* A value that is no item. */
static ReadResult skip_value(Read *r, const char *id, Level level, const char *why)
{
    State *state = r->state;
    Str bytes;
    ReadResult result;
    Place place = here(r);
    state->gap = GAP_THING;
    if (!find_extent(r, &bytes, &result))
        return result;
    diag_report(r->diag, level, id, place, "%s", why);
    pass(r, state->ext.at);
    return READ_SKIPPED;
}

/* Wrappers. */

/* Whether the object ahead is no item but one around items: looks at its first
 * properties, as long as none of them is an item's, and at no more bytes than it takes to
 * tell, however they come. */
static bool is_wrapper(Read *r)
{
    State *state = r->state;
    Str bytes = ahead(r, 1);
    for (;;) {
        Guess guess = begin_guess(r->tags, &state->ext, str_slice(bytes, 0, AHEAD));
        if (guess != GUESS_MORE || bytes.size >= AHEAD || !more(r, &bytes))
            return guess == GUESS_WRAPPER;
    }
}

static bool enter(Read *r, Around kind)
{
    State *state = r->state;
    if (state->depth == LEVELS)
        return false;
    state->levels[state->depth++] = kind;
    state->gap = GAP_FIRST;
    pass(r, 1);
    return true;
}

static ReadResult read_object(Read *r, Record *rec, bool *again)
{
    *again = is_wrapper(r) && enter(r, AROUND_WRAP);
    return *again ? READ_SKIPPED : read_item(r, rec);
}

static void leave(Read *r)
{
    State *state = r->state;
    pass(r, 1);
    state->depth--;
    state->gap = GAP_THING;
}

static void note_matter(Read *r)
{
    State *state = r->state;
    if (!state->matter)
        diag_report(r->diag, LEVEL_NOTE, "lost-matter", here(r),
                    "what stands around the items is left out");
    state->matter = true;
}

/* The property ahead, of an object around items. */
static ReadResult read_wrapped(Read *r, bool *again)
{
    State *state = r->state;
    Str bytes = ahead(r, 1);
    size_t value;
    while (begin_sees(bytes, 0, &value) == GUESS_MORE && bytes.size < AHEAD &&
           more(r, &bytes))
        ;
    bytes = str_slice(bytes, 0, AHEAD);
    *again = true;
    if (begin_holds_items(r->tags, bytes, 0, &value)) {
        bool list = bytes.data[value] == '[';
        bool message = str_equal(begin_key(bytes, 0), STR("message"));
        pass(r, value);
        state->gap = GAP_THING;
        if (list)
            enter(r, AROUND_LIST);
        else if (message)
            state->gap = GAP_COMMA; /* an item, or one more wrapper */
        return READ_SKIPPED;
    }
    Str key = begin_key(bytes, 0);
    value = begin_value(bytes, 0, key);
    if (value >= bytes.size) {
        report_broken(r, 0, "a property is expected");
        return skip_broken(r, 1);
    }
    note_matter(r);
    pass(r, value);
    ReadResult result = READ_SKIPPED;
    state->gap = GAP_THING;
    if (find_extent(r, &bytes, &result))
        pass(r, state->ext.at);
    else
        *again = false;
    return result;
}

/* The loop. */

static void note_comma(Read *r, const char *what)
{
    diag_report(r->diag, LEVEL_NOTE, "odd-comma", here(r), "%s", what);
}

static bool next_file(Read *r)
{
    State *state = r->state;
    if (state->depth > 0)
        diag_report(r->diag, LEVEL_WARNING, "bad-json", here(r),
                    "the file ends within its list");
    state->depth = 0;
    state->gap = GAP_FIRST;
    state->matter = false;
    state->new_line = true;
    return source_next_file(r->in);
}

/* Text that is no JSON at all: one message up to what may be. */
static ReadResult skip_text(Read *r)
{
    Anchor anchor = {.new_line = true, .indent = 0};
    report_broken(r, 0, "an object is expected");
    find_next(r, 0, &anchor);
    return READ_SKIPPED;
}

/* One step; *again where it gave nothing and nothing was lost. */
static ReadResult step(Read *r, Record *rec, bool *again)
{
    State *state = r->state;
    int c = skip_space(r);
    bool wrap = state->depth > 0 && state->levels[state->depth - 1] == AROUND_WRAP;
    *again = true;
    if (c < 0)
        return READ_END;
    if (c == ',') {
        if (state->gap != GAP_THING)
            note_comma(r, "a comma too many; passed over");
        state->gap = GAP_COMMA;
        pass(r, 1);
    } else if ((c == ']' || c == '}') && state->depth > 0 && wrap == (c == '}')) {
        if (state->gap == GAP_COMMA)
            note_comma(r, "a comma too many before this; passed over");
        *again = c == '}' || state->gap != GAP_FIRST;
        leave(r);
        if (!*again)
            return READ_EMPTY;
    } else if (c == '{') {
        if (state->depth > 0 && !wrap && state->gap == GAP_THING)
            note_comma(r, "no comma before this; read as if there were");
        return read_object(r, rec, again);
    } else if (c == '"' && wrap) {
        return read_wrapped(r, again);
    } else if (c == '[' && (state->depth == 0 || !wrap) && state->depth < 2) {
        enter(r, AROUND_LIST);
    } else {
        *again = false;
        if (state->depth == 0)
            return skip_text(r);
        return skip_value(r, "bad-json", LEVEL_ERROR, "item left out: it is no object");
    }
    return READ_SKIPPED;
}

static ReadResult json_next(Read *r, Record *rec)
{
    State *state = r->state;
    if (!state->seeded)
        load_seed();
    state->seeded = true;
    for (;;) {
        bool again;
        ReadResult result = step(r, rec, &again);
        if (result == READ_END) {
            if (!next_file(r))
                return READ_END;
        } else if (!again) {
            return result;
        }
    }
}

static void json_close(Read *r)
{
    State *state = r->state;
    extent_free(&state->ext);
    finish_free(&state->finish);
}

const Reader CSLJSON_ARRAY_READER = {.state_size = sizeof(State),
                                     .sniff = csljson_sniff_array,
                                     .next = json_next,
                                     .finish = json_finish,
                                     .close = json_close,
                                     .ahead = true};
const Reader CSLJSON_LINES_READER = {.state_size = sizeof(State),
                                     .sniff = csljson_sniff_lines,
                                     .next = json_next,
                                     .finish = json_finish,
                                     .close = json_close,
                                     .ahead = true};
