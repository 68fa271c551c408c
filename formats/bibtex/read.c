/* SPDX-License-Identifier: MIT
 * Reading: entries one after the other, and what stands between them.
 *
 * BibTeX takes all outside of entries for comment (btxdoc, section 2.2); Text::BibTeX,
 * which biber reads with, lets '%' hide an '@' there. */
#include "convert/base/memory.h"
#include "formats/bibtex/read.h"
#include "formats/bibtex/syntax.h"
#include "formats/tags.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 1024 * 1024 }; /* of what stands between entries, in one piece */

typedef struct State {
    /* What finding entries needs. */
    RawEntry raw;
    bool file_told;  /* that the file has ended */
    size_t used;     /* bytes that the record at hand views */
    bool skipping;   /* within an entry that is too long */
    bool open_group; /* one was not closed: further ones are searched less far */
    size_t passed;   /* bytes since that one */
    /* What understanding them needs. */
    Macros macros;
    Commands commands;
    Repeats repeats;
    Item *items;
    size_t item_capacity;
} State;

static Place place_of(Read *r, size_t at)
{
    return source_place_ahead(r->in, at);
}

/* Entries. */

static Item *items_for(State *state, size_t count)
{
    if (count > state->item_capacity) {
        state->item_capacity = memory_grown(state->item_capacity, count);
        state->items =
            memory_resize(state->items, state->item_capacity * sizeof *state->items);
    }
    return state->items;
}

static void set_kind(Read *r, Record *rec)
{
    State *state = r->state;
    const KindTag *row = tags_kind(r->tags, rec->type);
    if (row != NULL)
        rec->kind = row->kind;
    else
        diag_report(
            r->diag, repeats_level(&state->repeats, REPEAT_TYPE, rec->type, LEVEL_NOTE),
            "unknown-type", rec->place,
            "@%.*s is no type that is known; read as a document", STR_ARG(rec->type));
}

/* What was found of an entry or @string, to be understood later: a copy that stays as
 * long as the record. */
static void keep_raw(Read *r, Record *rec, const RawEntry *raw)
{
    RawEntry *kept = arena_alloc(&rec->arena, sizeof *kept);
    *kept = *raw;
    kept->fields = arena_alloc(&rec->arena, raw->count * sizeof *raw->fields);
    if (raw->count > 0)
        memcpy(kept->fields, raw->fields, raw->count * sizeof *raw->fields);
    for (size_t i = 0; i < raw->count; i++)
        kept->fields[i].place = place_of(r, raw->fields[i].at);
    kept->faults = arena_alloc(&rec->arena, raw->fault_count * sizeof *raw->faults);
    if (raw->fault_count > 0)
        memcpy(kept->faults, raw->faults, raw->fault_count * sizeof *raw->faults);
    for (size_t i = 0; i < raw->fault_count; i++)
        kept->faults[i].place = place_of(r, raw->faults[i].at);
    rec->half = kept;
}

static ReadResult take_entry(Read *r, Record *rec)
{
    const State *state = r->state;
    rec->place = place_of(r, state->raw.at);
    keep_raw(r, rec, &state->raw);
    return READ_RECORD;
}

static void finish_entry(Read *r, Record *rec)
{
    State *state = r->state;
    const RawEntry *raw = rec->half;
    rec->type = raw->type;
    rec->key = raw->key;
    set_kind(r, rec);
    Reading e = {.r = r,
                 .rec = rec,
                 .macros = &state->macros,
                 .commands = &state->commands,
                 .repeats = &state->repeats,
                 .items = items_for(state, raw->count)};
    for (size_t i = 0; i < raw->count; i++) {
        const RawField *field = &raw->fields[i];
        size_t number = record_add_written(
            rec, field->name, value_written(&rec->arena, field), field->place);
        if (field->name.size == 0)
            continue;
        e.items[e.count++] = (Item){.tag = field->name,
                                    .tex = value_text(&e, field, field->place),
                                    .place = field->place,
                                    .written = number};
    }
    if (raw->fault_count > 0)
        faults_tell(r, &state->repeats, raw);
    fields_make(&e);
}

/* What stands between. */

/* From behind what came before up to `end`, as it stands. */
static ReadResult take_matter(Read *r, Record *rec, Str in, size_t end)
{
    State *state = r->state;
    rec->matter = str_slice(in, 0, end);
    rec->place = place_of(r, syntax_skip_space(rec->matter, 0));
    state->used = end;
    return READ_MATTER;
}

/* Spells the directive anew, where it was mended. */
static void respell_string(Record *rec, const RawEntry *raw)
{
    Buf out = {0};
    buf_add(&out, str_slice(rec->matter, 0, syntax_skip_space(rec->matter, 0)));
    buf_format(&out, "@%.*s{", STR_ARG(raw->type));
    for (size_t i = 0, count = 0; i < raw->count; i++) {
        const RawField *field = &raw->fields[i];
        if (field->name.size == 0)
            continue;
        buf_format(&out, "%s%.*s = ", count++ > 0 ? ", " : "", STR_ARG(field->name));
        buf_add(&out, value_written(&rec->arena, field)); /* NUL is a byte like others */
    }
    buf_add_byte(&out, '}');
    rec->matter = arena_copy(&rec->arena, buf_str(&out));
    buf_free(&out);
}

static ReadResult take_string(Read *r, Record *rec, Str in)
{
    const State *state = r->state;
    keep_raw(r, rec, &state->raw);
    return take_matter(r, rec, in, state->raw.end);
}

static void finish_string(Read *r, Record *rec)
{
    State *state = r->state;
    const RawEntry *raw = rec->half;
    Reading e = {
        .r = r, .rec = rec, .macros = &state->macros, .repeats = &state->repeats};
    bool mended = false;
    for (size_t i = 0; i < raw->count; i++) {
        const RawField *field = &raw->fields[i];
        if (field->name.size > 0 &&
            !macros_set(&state->macros, field->name, value_text(&e, field, field->place)))
            diag_report(r->diag, LEVEL_WARNING, "macro-too-long", field->place,
                        "the macros are more than 64 MiB; this one is not defined");
    }
    for (size_t i = 0; i < raw->fault_count; i++)
        mended = mended || raw->faults[i].kind != FAULT_COMMENT;
    if (raw->fault_count > 0)
        faults_tell(r, &state->repeats, raw);
    if (mended)
        respell_string(rec, raw);
}

/* The stream. */

typedef enum Step { STEP_DONE, STEP_MORE, STEP_OVER } Step;

/* Looks for the '@' that begins something; false: none in these bytes, and *at is where
 * to look on when there are more. */
static Beginning find_beginning(Str in, bool final, size_t *at)
{
    size_t line = 0; /* a byte of the '@'s line before which no '%' stands */
    bool hidden = false;
    for (size_t i = 0; i < in.size; i++) {
        const char *sign = memchr(in.data + i, '@', in.size - i);
        if (sign == NULL)
            break;
        i = (size_t)(sign - in.data);
        const char *end = memrchr(in.data + line, '\n', i - line);
        hidden = hidden && end == NULL;
        size_t from = end == NULL ? line : (size_t)(end - in.data);
        hidden = hidden || memchr(in.data + from, '%', i - from) != NULL;
        line = i;
        bool address =
            i > 0 && (byte_is_alpha(in.data[i - 1]) || byte_is_digit(in.data[i - 1]));
        if (hidden || address)
            continue;
        Beginning what = scan_beginning(in, i, final);
        *at = i;
        if (what != BEGINS_NOTHING)
            return what;
    }
    *at = in.size;
    return BEGINS_NOTHING;
}

/* Text in which nothing begins: at its end, or once it is long, up to a line's end. */
static Step take_text(Read *r, Record *rec, Str in, bool final, ReadResult *result)
{
    size_t end = in.size;
    if (!final && in.size < TEXT_MOST)
        return STEP_MORE;
    const char *line = final ? NULL : memrchr(in.data, '\n', in.size);
    if (line != NULL)
        end = (size_t)(line - in.data) + 1;
    if (syntax_skip_space(str_slice(in, 0, end), 0) == end) {
        source_pass(r->in, end);
        return STEP_OVER;
    }
    *result = take_matter(r, rec, in, end);
    return STEP_DONE;
}

/* How far behind its opening the end of a group is looked for.  Once one was searched in
 * vain, only as far as what was read since pays for: so the time stays linear. */
static size_t group_reach(const State *state)
{
    enum { LEAST = 4096, TIMES = 4 };
    if (!state->open_group || state->passed >= RECORD_LIMIT / TIMES)
        return RECORD_LIMIT;
    return LEAST + TIMES * state->passed;
}

/* Behind the group of @comment or @preamble, 0 where it is not closed; STEP_MORE where
 * that cannot be told yet. */
static Step find_group(Read *r, Str in, size_t at, bool final, size_t *end)
{
    State *state = r->state;
    size_t opening = at;
    while (in.data[opening] != '{' && in.data[opening] != '(')
        opening++;
    size_t reach = opening + group_reach(state);
    *end = scan_group(str_slice(in, 0, reach < in.size ? reach : in.size), opening,
                      state->open_group ? 1 : SIZE_MAX);
    if (*end == 0 && !final && in.size < reach)
        return STEP_MORE;
    if (*end == 0) {
        state->open_group = true;
        state->passed = 0;
        diag_report(r->diag, LEVEL_WARNING, "bad-syntax", place_of(r, at),
                    "what this opens is not closed; closed where its line ends");
    }
    return STEP_DONE;
}

/* @comment{...} or the line; @preamble.  Passes it over up to *end. */
static Step pass_group(Read *r, Str in, size_t at, bool line, bool final, size_t *end,
                       bool *open)
{
    *end = 0;
    *open = false;
    if (!line && find_group(r, in, at, final, end) == STEP_MORE)
        return STEP_MORE;
    if (*end > 0)
        return STEP_DONE;
    *end = str_find_byte(str_after(in, at), '\n') + at;
    *open = !line;
    return *end == in.size && !final ? STEP_MORE : STEP_DONE;
}

/* Closes a group where its line ends: written as it stands it might hold what follows, to
 * who reads it next. */
static void close_group(Record *rec)
{
    Buf out = {0};
    size_t opening = 0, depth = 0, quotes = 0;
    Str line = str_trim(rec->matter);
    while (line.data[opening] != '{' && line.data[opening] != '(')
        opening++;
    for (size_t i = opening + 1; i < line.size; i++) {
        depth += line.data[i] == '{';
        depth -= line.data[i] == '}' && depth > 0;
        quotes += line.data[i] == '"';
    }
    buf_add(&out, rec->matter);
    for (; depth > 0; depth--)
        buf_add_byte(&out, '}');
    if (quotes % 2 == 1)
        buf_add_byte(&out, '"');
    buf_add_byte(&out, line.data[opening] == '{' ? '}' : ')');
    rec->matter = arena_copy(&rec->arena, buf_str(&out));
    buf_free(&out);
}

static Step too_long(Read *r, Str in, size_t at)
{
    State *state = r->state;
    if (in.size - at < RECORD_LIMIT)
        return STEP_MORE;
    diag_report(r->diag, LEVEL_ERROR, "record-too-long", place_of(r, at),
                "an entry of more than 16 MiB was left out");
    source_pass(r->in, at + 1);
    state->skipping = true;
    return STEP_DONE;
}

static Step step(Read *r, Record *rec, Str in, bool final, ReadResult *result)
{
    State *state = r->state;
    size_t at;
    Beginning what = find_beginning(in, final, &at);
    if (what == BEGINS_NOTHING)
        return take_text(r, rec, in, final, result);
    if (what == BEGINS_UNKNOWN)
        return STEP_MORE;
    size_t front = syntax_skip_space(in, 0);
    if (front < at) {
        *result = take_matter(r, rec, in, at);
        return STEP_DONE;
    }
    if (what != BEGINS_ENTRY && what != BEGINS_STRING) {
        size_t end;
        bool line = what == BEGINS_COMMENT_LINE, open;
        Step passed = pass_group(r, in, at, line, final, &end, &open);
        if (passed == STEP_DONE)
            *result = take_matter(r, rec, in, end);
        if (passed == STEP_DONE && open)
            close_group(rec);
        return passed;
    }
    bool entry = what == BEGINS_ENTRY;
    ScanResult scanned = entry ? scan_entry(in, at, final, &state->raw)
                               : scan_string(in, at, final, &state->raw);
    if (scanned == SCAN_MORE) {
        *result = READ_SKIPPED;
        return too_long(r, in, at);
    }
    state->used = state->raw.end;
    *result = entry ? take_entry(r, rec) : take_string(r, rec, in);
    return STEP_DONE;
}

/* Passes over the rest of an entry that is too long: up to a line that surely begins the
 * next. */
static void skip(Read *r)
{
    enum { HEAD = 4096, TWICE = 2 * HEAD }; /* enough to know a beginning by */
    State *state = r->state;
    for (;;) {
        Str in = source_ahead(r->in, TWICE);
        bool final = in.size < TWICE;
        size_t most = final ? in.size : in.size - HEAD;
        const char *sign = in.data;
        while (sign != NULL && most > 0) {
            size_t at = (size_t)(sign - in.data);
            sign = at < most ? memchr(sign, '@', most - at) : NULL;
            if (sign == NULL)
                break;
            at = (size_t)(sign++ - in.data);
            if (scan_begins_surely(in, at)) {
                source_pass(r->in, at);
                state->skipping = false;
                return;
            }
        }
        source_pass(r->in, most);
        if (final) {
            state->skipping = false;
            return;
        }
    }
}

static ReadResult bibtex_next(Read *r, Record *rec)
{
    State *state = r->state;
    source_pass(r->in, state->used);
    state->passed += state->used;
    state->used = 0;
    if (state->skipping)
        skip(r);
    for (size_t want = 1;;) {
        Str in = source_ahead(r->in, want);
        bool final = in.size < want;
        ReadResult result = READ_SKIPPED;
        if (in.size == 0) {
            want = 1;
            state->file_told = !state->file_told;
            rec->place = source_place(r->in);
            if (state->file_told)
                return READ_FILE_END;
            if (!source_next_file(r->in))
                return READ_END;
            continue;
        }
        Step done = step(r, rec, in, final, &result);
        if (done == STEP_DONE)
            return result;
        want = done == STEP_MORE ? 2 * in.size : 1;
    }
}

static ReadResult bibtex_finish(Read *r, Record *rec, ReadResult found)
{
    State *state = r->state;
    if (found == READ_FILE_END)
        repeats_end(&state->repeats, r->diag, rec->place.file);
    else if (found == READ_RECORD)
        finish_entry(r, rec);
    else if (found == READ_MATTER && rec->half != NULL)
        finish_string(r, rec);
    else if (found == READ_MATTER)
        commands_read(&state->commands, rec->matter);
    return found;
}

static void bibtex_close(Read *r)
{
    State *state = r->state;
    scan_entry_free(&state->raw);
    macros_free(&state->macros);
    arena_free(&state->commands.arena);
    free(state->items);
}

/* Detection. */

/* Whether the head holds a word of biblatex's that BibTeX has not. */
static bool says_biblatex(Str head)
{
    static const char *const WORDS[] = {"journaltitle", "eprinttype",   "eprintclass",
                                        "mainsubtitle", "booksubtitle", "origdate",
                                        "langid",       "titleaddon",   "date"};
    for (size_t i = 0; i < head.size; i++) {
        if (head.data[i] != '\n')
            continue;
        size_t at = syntax_skip_space(str_after(head, i), 0) + i;
        Str rest = str_after(head, at);
        for (size_t k = 0; k < sizeof WORDS / sizeof WORDS[0]; k++) {
            Str word = str_from(WORDS[k]);
            if (!str_starts_nocase(rest, word))
                continue;
            Str after = str_after(rest, word.size);
            after = str_after(after, syntax_skip_space(after, 0));
            if (str_starts(after, STR("=")))
                return true;
        }
    }
    return false;
}

static int bid(Str head)
{
    size_t at;
    for (size_t from = 0;; from = at + 1) {
        Str rest = str_after(head, from);
        Beginning what = find_beginning(rest, false, &at);
        if (what == BEGINS_NOTHING || what == BEGINS_UNKNOWN)
            return 0;
        at += from;
        if (scan_begins_surely(head, at))
            return 95;
        if (what == BEGINS_STRING || what == BEGINS_PREAMBLE || what == BEGINS_COMMENT)
            return 80;
        if (scan_first_on_line(head, at))
            return 70;
    }
}

static int bibtex_sniff(Str head)
{
    return bid(head);
}

static int biblatex_sniff(Str head)
{
    int sure = bid(head);
    return sure > 0 && says_biblatex(head) ? sure + 1 : 0;
}

const Reader BIBTEX_READER = {.state_size = sizeof(State),
                              .sniff = bibtex_sniff,
                              .next = bibtex_next,
                              .finish = bibtex_finish,
                              .close = bibtex_close,
                              .ahead = true};
const Reader BIBLATEX_READER = {.state_size = sizeof(State),
                                .sniff = biblatex_sniff,
                                .next = bibtex_next,
                                .finish = bibtex_finish,
                                .close = bibtex_close,
                                .ahead = true};
