/* SPDX-License-Identifier: MIT
 * Finding records of one work; see unique.h.
 *
 * Some 70 bytes a record stay in memory: where it lies in the spool, its group, and a
 * table from hashes of its DOI, arXiv number and title to the last record that has them.
 * All else is read from the spool when two hashes meet. */
#include "convert/pipeline/unique.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/pipeline/key.h"
#include "convert/pipeline/merge.h"
#include "convert/pipeline/pack.h"
#include "convert/pipeline/same.h"

#include <stdlib.h>
#include <string.h>

enum {
    NONE = 0xffffffff,
    LOOKS_MOST = 16, /* records of one title to compare with, the last ones: thousands are
                        called "Editorial" */
    SLOTS_FIRST = 1024
};

/* A key is no sign of one work: it says what to warn of where records stay. */
typedef enum PrintKind {
    PRINT_DOI,
    PRINT_ARXIV,
    PRINT_TITLE,
    PRINT_WORK, /* how many of them are */
    PRINT_KEY = PRINT_WORK,
    PRINT_KINDS
} PrintKind;

typedef struct Item {
    uint64_t offset;
    uint32_t size;
    uint32_t leader;              /* of its group: the first; itself where it is alone */
    uint32_t next;                /* in its group, or NONE */
    uint32_t last;                /* of the group, where this is its leader */
    uint32_t before[PRINT_KINDS]; /* the last one before it with that hash, or NONE */
} Item;

typedef struct Slot {
    uint32_t hash, item; /* hash 0: free */
} Slot;

/* A record read back from the spool. */
typedef struct Back {
    Buf packed;
    Record rec;
} Back;

typedef struct Unique {
    Stage stage;
    bool merge;
    Spool *spool;
    Item *items;
    size_t count, capacity;
    Slot *slots;
    size_t used, slot_count;
    Arena scratch;
    Record lean;
    Buf packed;
    Back leader, other;
    Str preprint, similar; /* what to tell of this record; once is enough */
} Unique;

/* The table. */

static Slot *find_slot(Slot *slots, size_t count, uint32_t hash)
{
    size_t i = (size_t)hash & (count - 1);
    while (slots[i].hash != 0 && slots[i].hash != hash)
        i = (i + 1) & (count - 1);
    return &slots[i];
}

static void grow(Unique *self)
{
    size_t count = self->slot_count > 0 ? self->slot_count * 2 : SLOTS_FIRST;
    Slot *slots = memory_zeroed(count, sizeof *slots);
    for (size_t i = 0; i < self->slot_count; i++) {
        if (self->slots[i].hash != 0)
            *find_slot(slots, count, self->slots[i].hash) = self->slots[i];
    }
    free(self->slots);
    self->slots = slots;
    self->slot_count = count;
}

/* The last item with that hash, which `item` now is. */
static uint32_t exchange(Unique *self, uint32_t hash, uint32_t item)
{
    uint32_t before = NONE;
    if (hash == 0)
        return NONE;
    if (self->used * 10 >= self->slot_count * 7)
        grow(self);
    Slot *slot = find_slot(self->slots, self->slot_count, hash);
    if (slot->hash != 0)
        before = slot->item;
    else
        self->used++;
    *slot = (Slot){hash, item};
    return before;
}

/* The spool. */

static bool read_back(Unique *self, uint32_t item, Back *back)
{
    const Item *it = &self->items[item];
    buf_clear(&back->packed);
    record_reset(&back->rec);
    if (!spool_read(self->spool, it->offset, it->size, &back->packed)) {
        self->stage.failed = true;
        return false;
    }
    unpack_record(buf_str(&back->packed), &back->rec);
    return true;
}

/* What comparing reads, and nothing else, where the record itself is passed on. */
static const Record *to_keep(Unique *self, const Record *rec)
{
    Record *lean = &self->lean;
    if (self->merge)
        return rec;
    record_reset(lean);
    lean->kind = rec->kind;
    lean->key = rec->key;
    lean->place = rec->place;
    lean->fields = arena_alloc(&lean->arena, (rec->count + 1) * sizeof *lean->fields);
    for (size_t i = 0; i < rec->count; i++) {
        if (same_reads(rec->fields[i].id))
            lean->fields[lean->count++] = rec->fields[i];
    }
    lean->capacity = lean->count;
    return lean;
}

static uint32_t add_item(Unique *self, const Record *rec)
{
    if (self->count == self->capacity) {
        self->capacity = memory_grown(self->capacity, self->count + 1);
        self->items = memory_resize(self->items, self->capacity * sizeof *self->items);
    }
    if (self->count == NONE)
        memory_exhausted();
    buf_clear(&self->packed);
    pack_record(&self->packed, to_keep(self, rec));
    uint32_t number = (uint32_t)self->count++;
    self->items[number] = (Item){.size = (uint32_t)self->packed.size,
                                 .leader = number,
                                 .next = NONE,
                                 .last = number,
                                 .before = {NONE, NONE, NONE, NONE}};
    self->items[number].offset = spool_add(self->spool, buf_str(&self->packed));
    return number;
}

/* Messages. */

static Str where(Unique *self, const Record *rec)
{
    return arena_format(&self->scratch, "'%.*s' (%.*s:%zu:%zu)", STR_ARG(rec->key),
                        STR_ARG(rec->place.file), rec->place.line, rec->place.col);
}

/* What a record has to do with one that it is not. */
static void note_link(Unique *self, const Record *other, Sameness same, const char *why)
{
    bool preprint = same == SAME_PREPRINT || same == SAME_PUBLISHED;
    Str *told = preprint ? &self->preprint : &self->similar;
    if (same == SAME_NOT || told->size > 0)
        return;
    Str there = where(self, other);
    if (preprint)
        *told = arena_format(&self->scratch,
                             same == SAME_PREPRINT
                                 ? "this is published as %.*s"
                                 : "this is published; %.*s is a preprint of it",
                             STR_ARG(there));
    else if (same == SAME_DOI_ONLY)
        *told = arena_format(&self->scratch, "the DOI is that of %.*s, the title is not",
                             STR_ARG(there));
    else
        *told =
            arena_format(&self->scratch, "title and authors are those of %.*s, but %s",
                         STR_ARG(there), why);
}

/* Once it is known whether the record stays. */
static void report_links(Unique *self, const Record *rec, bool joined)
{
    Diag *diag = self->stage.diag;
    const char *fate = self->merge && joined ? "not merged with it" : "both stay";
    if (self->preprint.size > 0)
        diag_report(diag, LEVEL_NOTE, "preprint-of", rec->place, "%.*s; %s",
                    STR_ARG(self->preprint), fate);
    if (self->similar.size > 0)
        diag_report(diag, LEVEL_NOTE, "similar-work", rec->place, "%.*s; %s",
                    STR_ARG(self->similar), fate);
}

static const char *by_what(Sameness same)
{
    return same == SAME_DOI ? "DOI" : same == SAME_ARXIV ? "arXiv number" : "title";
}

/* Groups. */

static bool is_one_work(Sameness same)
{
    return same == SAME_DOI || same == SAME_ARXIV || same == SAME_TITLE;
}

/* One that fits one of a group has to fit all of it: each might say what another one does
 * not ("another DOI"). */
static bool fits_group(Unique *self, const Record *rec, uint32_t leader)
{
    enum { MEMBERS_MOST = 64 };
    uint32_t i = leader;
    for (size_t seen = 0; i != NONE && seen < MEMBERS_MOST; seen++) {
        const char *why;
        if (!read_back(self, i, &self->other))
            return false;
        Sameness same = same_work(&self->scratch, rec, &self->other.rec, &why);
        if (same != SAME_NOT && !is_one_work(same))
            return false;
        i = self->items[i].next;
    }
    return true;
}

static void join(Unique *self, uint32_t item, uint32_t leader)
{
    self->items[self->items[leader].last].next = item;
    self->items[leader].last = item;
    self->items[item].leader = leader;
}

/* Compares with those before it that have that hash; true where it joined a group. */
static bool look(Unique *self, uint32_t item, const Record *rec, PrintKind kind)
{
    uint32_t other = self->items[item].before[kind];
    for (size_t looks = 0; other != NONE && looks < LOOKS_MOST; looks++) {
        const char *why;
        if (!read_back(self, other, &self->other))
            return false;
        Sameness same = same_work(&self->scratch, rec, &self->other.rec, &why);
        uint32_t leader = self->items[other].leader;
        if (is_one_work(same)) {
            if (fits_group(self, rec, leader)) {
                join(self, item, leader);
                return true;
            }
        } else if (leader == other) {
            note_link(self, &self->other.rec, same, why);
        }
        other = self->items[other].before[kind];
    }
    return false;
}

/* The passing. */

static void put(Stage *stage, Record *rec)
{
    Unique *self = (Unique *)stage;
    Prints prints = same_prints(&self->scratch, rec);
    uint32_t hashes[PRINT_KINDS] = {prints.doi, prints.arxiv, prints.title, prints.key};
    uint32_t item = add_item(self, rec);
    for (size_t kind = 0; kind < PRINT_KINDS; kind++)
        self->items[item].before[kind] = exchange(self, hashes[kind], item);
    bool joined = false;
    self->preprint = self->similar = STR_EMPTY;
    for (size_t kind = 0; kind < PRINT_WORK && !joined; kind++)
        joined = look(self, item, rec, (PrintKind)kind);
    report_links(self, rec, joined);
    arena_reset(&self->scratch);
    stage->failed = stage->failed || spool_failed(self->spool);
    if (!self->merge)
        stage_put(stage->next, rec);
}

static void matter(Stage *stage, Record *rec)
{
    Unique *self = (Unique *)stage;
    if (self->merge)
        add_item(self, rec);
    else
        stage_matter(stage->next, rec);
}

static void report_group(Unique *self, uint32_t leader)
{
    Buf others = {0};
    if (!read_back(self, leader, &self->leader))
        return;
    for (uint32_t i = self->items[leader].next; i != NONE; i = self->items[i].next) {
        const char *why;
        if (!read_back(self, i, &self->other))
            break;
        Sameness same =
            same_work(&self->scratch, &self->leader.rec, &self->other.rec, &why);
        buf_add(&others, others.size > 0 ? STR(", ") : STR_EMPTY);
        buf_add(&others, where(self, &self->other.rec));
        if (is_one_work(same))
            buf_format(&others, " by %s", by_what(same));
    }
    self->stage.diag->key = self->leader.rec.key;
    diag_report(self->stage.diag, LEVEL_NOTE, "duplicate-work", self->leader.rec.place,
                "'%.*s' is one work with %.*s", STR_ARG(self->leader.rec.key),
                STR_ARG(buf_str(&others)));
    self->stage.diag->key = STR_EMPTY;
    buf_free(&others);
    arena_reset(&self->scratch);
}

static void merge_group(Unique *self, uint32_t leader)
{
    Diag *diag = self->stage.diag;
    Ledger *ledger = self->stage.ledger;
    Record *rec = &self->leader.rec;
    for (uint32_t i = self->items[leader].next; i != NONE; i = self->items[i].next) {
        if (!read_back(self, i, &self->other))
            return;
        const Record *other = &self->other.rec;
        diag->key = other->key;
        diag_report(diag, LEVEL_WARNING, "merged-record", other->place,
                    "'%.*s' is merged into %.*s", STR_ARG(other->key),
                    STR_ARG(where(self, rec)));
        ledger->added += merge_record(rec, other, diag);
        ledger->removed += other->count;
    }
    diag->key = STR_EMPTY;
    arena_reset(&self->scratch);
}

/* Whether an earlier record that stays has the key of this one, which does. */
static bool repeats_key(Unique *self, uint32_t item, const Record *rec)
{
    uint32_t other = self->items[item].before[PRINT_KEY];
    for (; other != NONE; other = self->items[other].before[PRINT_KEY]) {
        if (self->items[other].leader != other)
            continue;
        if (!read_back(self, other, &self->other))
            return false;
        if (str_equal(self->other.rec.key, rec->key))
            return true;
    }
    return false;
}

static void report_key(Unique *self, uint32_t item, const Record *rec)
{
    if (!repeats_key(self, item, rec))
        return;
    self->stage.diag->key = rec->key;
    key_report_repeated(self->stage.diag, rec);
    self->stage.diag->key = STR_EMPTY;
}

static void end(Stage *stage)
{
    Unique *self = (Unique *)stage;
    for (uint32_t i = 0; i < self->count && !stage_stopped(stage); i++) {
        const Item *item = &self->items[i];
        if (!self->merge) {
            if (item->leader == i && item->next != NONE)
                report_group(self, i);
            continue;
        }
        if (item->leader != i || !read_back(self, i, &self->leader))
            continue;
        if (self->leader.rec.matter.size > 0) {
            stage_matter(stage->next, &self->leader.rec);
            continue;
        }
        merge_group(self, i);
        report_key(self, i, &self->leader.rec);
        stage_put(stage->next, &self->leader.rec);
    }
}

static void release(Stage *stage)
{
    Unique *self = (Unique *)stage;
    Back *backs[] = {&self->leader, &self->other};
    for (size_t i = 0; i < 2; i++) {
        buf_free(&backs[i]->packed);
        record_free(&backs[i]->rec);
    }
    spool_close(self->spool);
    arena_free(&self->scratch);
    record_free(&self->lean);
    buf_free(&self->packed);
    free(self->items);
    free(self->slots);
}

Stage *unique_stage_open(Stage *next, bool merge, size_t memory)
{
    static const StageVerbs VERBS = {
        .name = "unique", .put = put, .matter = matter, .end = end, .close = release};
    Unique *self = stage_open(sizeof *self, &VERBS, next);
    self->merge = merge;
    self->spool = spool_open(memory, self->stage.diag);
    return &self->stage;
}
