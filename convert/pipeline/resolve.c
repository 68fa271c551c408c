/* SPDX-License-Identifier: MIT
 * Waiting for parents, and following them; see resolve.h. */
#include "convert/pipeline/resolve.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/pipeline/inherit.h"
#include "convert/pipeline/pack.h"
#include "convert/pipeline/parents.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEPTH = 16,       /* of parents over one record */
    VISITS_MOST = 256 /* parents of one record in all: more is no library */
};

/* One that inherits: the record itself at the bottom, its parents over it. */
typedef struct Heir {
    Record *rec;
    InheritCursor cursor;
    Record own; /* of a parent: what `rec` points to */
} Heir;

typedef struct Resolver {
    Stage stage;
    const struct Tags *tags;
    Parents *parents;
    Heir line[DEPTH];
    /* Those that wait: size and bytes of each, the first at `front`. */
    Spool *queue;
    uint64_t front;
    size_t waiting;
    uint64_t wanted; /* hash of the key that the first of them waits for */
    Buf packed;
    Record held;
} Resolver;

/* What came of following a record's links. */
typedef enum Outcome { DONE, MISSING } Outcome;

/* Following. */

static bool in_line(const Resolver *self, size_t depth, Str key)
{
    for (size_t i = 0; i < depth; i++) {
        if (str_equal_nocase(self->line[i].rec->key, key))
            return true;
    }
    return false;
}

typedef struct Link {
    Str key;
    Place place;
} Link;

static void report_missing(const Resolver *self, const Link *link)
{
    diag_report(self->stage.diag, LEVEL_WARNING, "no-parent", link->place,
                "no entry has the key '%.*s' to inherit from", STR_ARG(link->key));
}

static void report_circle(const Resolver *self, const Link *link, bool circle)
{
    diag_report(self->stage.diag, LEVEL_WARNING, "parent-circle", link->place,
                circle ? "inheriting from '%.*s' leads in a circle; not followed"
                       : "inheriting from '%.*s' goes on and on; not followed",
                STR_ARG(link->key));
}

/* The parent is whole: its fields go down, and it from the line. */
static void hand_down(Resolver *self, size_t depth, bool dry)
{
    Heir *parent = &self->line[depth];
    size_t added = dry ? 0 : inherit(self->line[depth - 1].rec, parent->rec, self->tags);
    if (depth == 1)
        self->stage.ledger->added += added;
    record_reset(&parent->own);
}

/* Links that were followed say nothing more to who reads the record.  What is wrong
 * further up is not this record's. */
static void shadow_links(Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        Field *field = &rec->fields[i];
        if (field->id == FIELD_OTHER && (str_equal_nocase(field->tag, STR("crossref")) ||
                                         str_equal_nocase(field->tag, STR("xdata"))))
            field->shadow = true;
    }
}

/* Follows all links, depth first.  `dry` only looks whether all parents are there, and
 * gives the key of the first that is not; else what is missing is reported. */
static Outcome follow(Resolver *self, Record *rec, bool dry, Str *missing)
{
    size_t depth = 0, visits = 0;
    bool whole = true;
    Link link = {.key = STR_EMPTY};
    self->line[0].rec = rec;
    self->line[0].cursor = (InheritCursor){.rest = STR_EMPTY};
    for (;;) {
        Heir *heir = &self->line[depth];
        if (!inherit_next_key(heir->rec, &heir->cursor, &link.key, &link.place)) {
            if (depth == 0)
                break;
            hand_down(self, depth--, dry);
            continue;
        }
        self->stage.diag->field = heir->cursor.crossref ? STR("crossref") : STR("xdata");
        bool circle = in_line(self, depth + 1, link.key);
        if (circle || depth + 1 == DEPTH || ++visits > VISITS_MOST) {
            whole = whole && depth > 0;
            if (!dry)
                report_circle(self, &link, circle);
            continue;
        }
        Heir *parent = &self->line[depth + 1];
        record_reset(&parent->own);
        if (parents_find(self->parents, link.key, &parent->own)) {
            parent->rec = &parent->own;
            parent->cursor = (InheritCursor){.rest = STR_EMPTY};
            depth++;
        } else if (dry) {
            *missing = link.key;
            return MISSING;
        } else {
            whole = whole && depth > 0;
            report_missing(self, &link);
        }
    }
    self->stage.diag->field = STR_EMPTY;
    if (!dry && whole)
        shadow_links(rec);
    return DONE;
}

/* Passing on. */

static void pass(Resolver *self, Record *rec)
{
    Str outer = self->stage.diag->key;
    self->stage.diag->key = rec->key;
    if (inherit_has_key(rec))
        follow(self, rec, false, NULL);
    self->stage.diag->key = outer;
    self->stage.failed = self->stage.failed || parents_failed(self->parents);
    if (self->stage.failed)
        return;
    if (inherit_is_xdata(rec))
        self->stage.ledger->removed += rec->count;
    else
        stage_put(self->stage.next, rec);
}

static bool read_front(Resolver *self)
{
    uint64_t size;
    buf_clear(&self->packed);
    record_reset(&self->held);
    if (!spool_read(self->queue, self->front, sizeof size, &self->packed))
        return false;
    memcpy(&size, self->packed.data, sizeof size);
    buf_clear(&self->packed);
    if (!spool_read(self->queue, self->front + sizeof size, (size_t)size, &self->packed))
        return false;
    unpack_record(buf_str(&self->packed), &self->held);
    return true;
}

static void drop_front(Resolver *self)
{
    self->front += sizeof(uint64_t) + self->packed.size;
    spool_forget(self->queue, self->front);
    self->waiting--;
}

/* Passes on what waits, up to the first whose parent is still missing; `all` does not
 * care. */
static void release(Resolver *self, bool all)
{
    while (self->waiting > 0 && !stage_stopped(&self->stage)) {
        Str missing = STR_EMPTY;
        if (!read_front(self)) {
            self->stage.failed = true;
            return;
        }
        Record *rec = &self->held;
        if (!all && inherit_has_key(rec) &&
            follow(self, rec, true, &missing) == MISSING) {
            self->wanted = parents_hash(missing);
            return;
        }
        if (rec->matter.size > 0)
            stage_matter(self->stage.next, rec);
        else
            pass(self, rec);
        drop_front(self);
    }
}

static void hold(Resolver *self, const Record *rec)
{
    buf_clear(&self->packed);
    pack_record(&self->packed, rec);
    uint64_t size = self->packed.size;
    spool_add(self->queue, (Str){(const char *)&size, sizeof size});
    spool_add(self->queue, buf_str(&self->packed));
    self->waiting++;
}

/* The stage. */

static void put(Stage *stage, Record *rec)
{
    Resolver *self = (Resolver *)stage;
    Str missing = STR_EMPTY;
    bool wanted = self->waiting > 0 && parents_hash(rec->key) == self->wanted;
    parents_add(self->parents, rec, wanted);
    if (self->waiting > 0) {
        hold(self, rec);
        if (wanted)
            release(self, false);
    } else if (inherit_has_key(rec) && follow(self, rec, true, &missing) == MISSING) {
        self->wanted = parents_hash(missing);
        hold(self, rec);
    } else {
        pass(self, rec);
    }
    stage->failed =
        stage->failed || spool_failed(self->queue) || parents_failed(self->parents);
}

static void matter(Stage *stage, Record *rec)
{
    Resolver *self = (Resolver *)stage;
    if (self->waiting > 0)
        hold(self, rec);
    else
        stage_matter(stage->next, rec);
}

static void report_unused(void *context, const Record *rec)
{
    const Resolver *self = context;
    diag_report(self->stage.diag, LEVEL_WARNING, "unused-xdata", rec->place,
                "nobody inherits from xdata '%.*s'; left out", STR_ARG(rec->key));
}

static void end(Stage *stage)
{
    Resolver *self = (Resolver *)stage;
    release(self, true);
    parents_each_unused(self->parents, report_unused, self);
    stage->failed = stage->failed || parents_failed(self->parents);
}

static void release_memory(Stage *stage)
{
    Resolver *self = (Resolver *)stage;
    for (size_t i = 0; i < DEPTH; i++)
        record_free(&self->line[i].own);
    parents_close(self->parents);
    spool_close(self->queue);
    buf_free(&self->packed);
    record_free(&self->held);
}

Stage *resolve_stage_open(Stage *next, const struct Tags *tags, size_t memory)
{
    static const StageVerbs VERBS = {.name = "resolve",
                                     .put = put,
                                     .matter = matter,
                                     .end = end,
                                     .close = release_memory};
    Resolver *self = stage_open(sizeof *self, &VERBS, next);
    self->tags = tags;
    self->parents = parents_open(memory, self->stage.diag);
    self->queue = spool_open(memory, self->stage.diag);
    return &self->stage;
}
