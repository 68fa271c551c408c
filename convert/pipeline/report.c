/* SPDX-License-Identifier: MIT
 * Listening and writing; see report.h. */
#include "convert/pipeline/report.h"
#include "convert/base/memory.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *id;
    Fate fate;
} FATES[] = {
#define FATE(id, fate) {(id), FATE_##fate},
#include "convert/pipeline/fate.def"
#undef FATE
};

static const char *const FATE_NAMES[FATE_COUNT] = {
    [FATE_DROPPED] = "dropped",   [FATE_MERGED] = "merged",
    [FATE_DEGRADED] = "degraded", [FATE_GUESSED] = "guessed",
    [FATE_REPAIRED] = "repaired", [FATE_KEPT] = "kept",
};

Fate fate_of(const char *id, Level level)
{
    static const Fate BY_LEVEL[LEVEL_COUNT] = {[LEVEL_DETAIL] = FATE_REPAIRED,
                                               [LEVEL_NOTE] = FATE_KEPT,
                                               [LEVEL_WARNING] = FATE_DEGRADED,
                                               [LEVEL_ERROR] = FATE_DROPPED};
    size_t low = 0, high = sizeof FATES / sizeof FATES[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, FATES[middle].id);
        if (order == 0)
            return FATES[middle].fate;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return BY_LEVEL[level];
}

typedef struct Event {
    Fate fate;
    Message message; /* its texts live in the arena */
} Event;

struct Report {
    Sink *out;
    Diag *diag;
    Arena arena;
    Event *events; /* of this turn */
    size_t count, capacity;
    size_t counts[FATE_COUNT];
    Buf line;
};

/* A turn that says more than that writes some of it early, without the record's key. */
enum { HELD_MOST = 1024 * 1024 };

/* Places. */

static bool is_behind(Place place, Place other)
{
    return place.line > other.line ||
           (place.line == other.line && place.col >= other.col);
}

/* The field that a place lies in, going by where fields begin. */
static Str field_at(const Record *rec, Place at)
{
    const Field *nearest = NULL;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->place.line > 0 && is_behind(at, field->place) &&
            str_equal(at.file, field->place.file) &&
            (nearest == NULL || is_behind(field->place, nearest->place)))
            nearest = field;
    }
    return nearest == NULL ? STR_EMPTY : field_word(nearest);
}

/* Lines. */

static void add_member(Buf *line, const char *name, Str value)
{
    buf_format(line, "\"%s\":", name);
    if (value.size > 0)
        diag_add_json(line, value);
    else
        buf_add(line, STR("null"));
    buf_add_byte(line, ',');
}

static void write_event(Report *report, const Event *event, const Record *rec)
{
    const Message *m = &event->message;
    Buf *line = &report->line;
    Str key = m->key, field = m->field;
    if (rec != NULL && key.size == 0) {
        key = rec->key;
        field = field.size > 0 ? field : field_at(rec, m->at);
    }
    buf_clear(line);
    buf_add_byte(line, '{');
    add_member(line, "file", m->at.file);
    buf_format(line, "\"line\":%zu,\"column\":%zu,", m->at.line, m->at.col);
    add_member(line, "record", key);
    add_member(line, "field", field);
    add_member(line, "fate", str_from(FATE_NAMES[event->fate]));
    add_member(line, "id", str_from(m->id));
    buf_add(line, STR("\"message\":"));
    diag_add_json(line, m->text);
    buf_add(line, STR("}\n"));
    sink_write(report->out, buf_str(line));
}

static void hear(void *context, const Message *message)
{
    Report *report = context;
    Fate fate = fate_of(message->id, message->level);
    if (fate == FATE_NONE || message->at.line == 0)
        return;
    report->counts[fate]++;
    if (report->count == report->capacity) {
        report->capacity = memory_grown(report->capacity, report->count + 1);
        report->events =
            memory_resize(report->events, report->capacity * sizeof *report->events);
    }
    Event *event = &report->events[report->count++];
    *event = (Event){fate, *message};
    event->message.key = arena_copy(&report->arena, message->key);
    event->message.field = arena_copy(&report->arena, message->field);
    event->message.text = arena_copy(&report->arena, message->text);
    if (report->arena.used > HELD_MOST)
        report_turn(report, NULL);
}

Report *report_open(Sink *out, Diag *diag)
{
    Report *report = memory_zeroed(1, sizeof *report);
    report->out = out;
    report->diag = diag;
    diag->listener = hear;
    diag->context = report;
    return report;
}

void report_turn(Report *report, const Record *rec)
{
    for (size_t i = 0; i < report->count; i++)
        write_event(report, &report->events[i], rec);
    report->count = 0;
    if (report->arena.used > 0)
        arena_reset(&report->arena);
}

void report_close(Report *report, size_t records, size_t skipped, const Ledger *fields)
{
    report_turn(report, NULL);
    sink_format(report->out,
                "{\"summary\":{\"records\":%zu,\"skipped\":%zu,\"fields_read\":%zu,"
                "\"fields_added\":%zu,\"fields_removed\":%zu,\"fields_written\":%zu,"
                "\"fields_left_out\":%zu",
                records, skipped, fields->read, fields->added, fields->removed,
                fields->written, fields->left_out);
    for (size_t fate = FATE_NONE + 1; fate < FATE_COUNT; fate++)
        sink_format(report->out, ",\"%s\":%zu", FATE_NAMES[fate], report->counts[fate]);
    sink_write(report->out, STR("}}\n"));
    report->diag->listener = NULL;
    arena_free(&report->arena);
    buf_free(&report->line);
    free(report->events);
    free(report);
}
