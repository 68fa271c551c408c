/* SPDX-License-Identifier: MIT
 * Sorting; see sort.h.
 *
 * Each record has a key of bytes that memcmp puts in order, made once.  What does not fit
 * into memory is written as sorted runs, which are then merged through a heap. */
#include "convert/pipeline/sort.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/pipeline/index.h"
#include "convert/pipeline/pack.h"
#include "convert/pipeline/sort_key.h"

#include <stdlib.h>
#include <string.h>

/* A record in a run: these two, then key and packed record. */
typedef struct Head {
    size_t key_size, size;
} Head;

typedef struct Entry {
    const char *bytes; /* the key, then the packed record */
    Head head;
    size_t number; /* as it came */
} Entry;

/* A sorted part of the spool that is being read. */
typedef struct SortRun {
    uint64_t at, end; /* what was not read yet */
    Buf window;
    size_t used; /* of the window */
    Entry first; /* its bytes are in the window */
} SortRun;

typedef struct Sorter {
    Stage stage;
    SortKeyMaker *maker;
    size_t memory;
    Arena arena;
    Entry *entries;
    size_t count, capacity;
    Spool *spool; /* of the runs; where there is none, all is in memory */
    SortRun *runs;
    size_t run_count, run_capacity;
    size_t heap_size;
    bool parents_last;
    Index parents; /* keys that records refer to, in lower case */
    Arena keys;
    Spool *late; /* those parents, sorted: size and bytes of each */
    Buf key, packed;
    Record rec;
} Sorter;

/* Order. */

static int compare(const Entry *a, const Entry *b)
{
    size_t ka = a->head.key_size, kb = b->head.key_size;
    int order = memcmp(a->bytes, b->bytes, ka < kb ? ka : kb);
    if (order == 0)
        order = ka < kb ? -1 : ka > kb;
    return order != 0 ? order : a->number < b->number ? -1 : a->number > b->number;
}

static int compare_entries(const void *a, const void *b)
{
    return compare(a, b);
}

static void sort_entries(Sorter *self)
{
    if (self->count > 1)
        qsort(self->entries, self->count, sizeof *self->entries, compare_entries);
}

/* Runs. */

static void write_run(Sorter *self)
{
    if (self->count == 0)
        return;
    if (self->run_count == self->run_capacity) {
        self->run_capacity = memory_grown(self->run_capacity, self->run_count + 1);
        self->runs = memory_resize(self->runs, self->run_capacity * sizeof *self->runs);
    }
    SortRun *run = &self->runs[self->run_count++];
    *run = (SortRun){.at = spool_size(self->spool)};
    sort_entries(self);
    for (size_t i = 0; i < self->count; i++) {
        const Entry *entry = &self->entries[i];
        const Head *head = &entry->head;
        spool_add(self->spool, (Str){(const char *)head, sizeof *head});
        spool_add(self->spool, (Str){entry->bytes, head->key_size + head->size});
    }
    run->end = spool_size(self->spool);
    self->count = 0;
    arena_reset(&self->arena);
}

/* At least that many bytes in the window behind what is used. */
static bool fill(Sorter *self, SortRun *run, size_t need)
{
    enum { WINDOW_LEAST = 16 * 1024, WINDOW_MOST = 1024 * 1024 };
    size_t there = run->window.size - run->used;
    if (there >= need)
        return true;
    if (there > 0)
        memmove(run->window.data, run->window.data + run->used, there);
    run->window.size = there;
    run->used = 0;
    size_t want = self->memory / self->run_count;
    want = want < WINDOW_LEAST ? WINDOW_LEAST : want > WINDOW_MOST ? WINDOW_MOST : want;
    want = want < need ? need : want;
    uint64_t left = run->end - run->at;
    size_t size = want - there < left ? want - there : (size_t)left;
    if (!spool_read(self->spool, run->at, size, &run->window))
        return false;
    run->at += size;
    return true;
}

/* Makes the next record the run's first; false where there is none. */
static bool advance(Sorter *self, SortRun *run)
{
    Entry *first = &run->first;
    if (first->bytes != NULL)
        run->used += first->head.key_size + first->head.size;
    if (run->at == run->end && run->used == run->window.size)
        return false;
    if (!fill(self, run, sizeof first->head))
        return false;
    memcpy(&first->head, run->window.data + run->used, sizeof first->head);
    run->used += sizeof first->head;
    if (!fill(self, run, first->head.key_size + first->head.size))
        return false;
    first->bytes = run->window.data + run->used;
    return true;
}

/* The heap: runs[0] has the least first record. */

static void sift_down(Sorter *self, size_t at)
{
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++) {
            if (child < self->heap_size &&
                compare(&self->runs[child].first, &self->runs[least].first) < 0)
                least = child;
        }
        if (least == at)
            return;
        SortRun swapped = self->runs[at];
        self->runs[at] = self->runs[least];
        self->runs[least] = swapped;
        at = least;
    }
}

static void make_heap(Sorter *self)
{
    for (size_t i = 0; i < self->run_count; i++) {
        /* Runs were written in the order of the input: so do their records stand. */
        self->runs[i].first.number = i;
        if (advance(self, &self->runs[i])) {
            SortRun swapped = self->runs[self->heap_size];
            self->runs[self->heap_size++] = self->runs[i];
            self->runs[i] = swapped;
        }
    }
    for (size_t i = self->heap_size / 2; i-- > 0;)
        sift_down(self, i);
}

/* Parents.  BibTeX does not mind the case of keys. */

static Str lower(Arena *arena, Str key)
{
    char *copy = arena_alloc(arena, key.size);
    for (size_t i = 0; i < key.size; i++)
        copy[i] = byte_lower(key.data[i]);
    return (Str){copy, key.size};
}

static void note_parents(Sorter *self, const Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id == FIELD_OTHER && !field->shadow &&
            str_equal_nocase(field->tag, STR("crossref")) && field->text.text.size > 0)
            *index_at(&self->parents, lower(&self->keys, str_trim(field->text.text))) = 1;
    }
}

static bool is_parent(Sorter *self, const Record *rec)
{
    Arena scratch = {0};
    bool parent = self->parents.count > 0 &&
                  index_find(&self->parents, lower(&scratch, rec->key)) != 0;
    arena_free(&scratch);
    return parent;
}

/* Passing on. */

static void pass(Sorter *self, const Entry *entry)
{
    Str packed = {entry->bytes + entry->head.key_size, entry->head.size};
    record_reset(&self->rec);
    unpack_record(packed, &self->rec);
    if (is_parent(self, &self->rec)) {
        spool_add(self->late, (Str){(const char *)&packed.size, sizeof packed.size});
        spool_add(self->late, packed);
    } else {
        stage_put(self->stage.next, &self->rec);
    }
}

static void pass_parents(Sorter *self)
{
    uint64_t at = 0;
    while (at < spool_size(self->late) && !stage_stopped(&self->stage)) {
        size_t size;
        buf_clear(&self->packed);
        if (!spool_read(self->late, at, sizeof size, &self->packed))
            break;
        memcpy(&size, self->packed.data, sizeof size);
        buf_clear(&self->packed);
        if (!spool_read(self->late, at + sizeof size, size, &self->packed))
            break;
        at += sizeof size + size;
        record_reset(&self->rec);
        unpack_record(buf_str(&self->packed), &self->rec);
        stage_put(self->stage.next, &self->rec);
    }
    self->stage.failed = self->stage.failed || spool_failed(self->late);
}

static void merge(Sorter *self)
{
    make_heap(self);
    while (self->heap_size > 0 && !stage_stopped(&self->stage)) {
        pass(self, &self->runs[0].first);
        if (!advance(self, &self->runs[0])) {
            SortRun done = self->runs[0];
            self->runs[0] = self->runs[--self->heap_size];
            self->runs[self->heap_size] = done;
        }
        sift_down(self, 0);
        if (spool_failed(self->spool))
            self->stage.failed = true;
    }
}

static void end(Stage *stage)
{
    Sorter *self = (Sorter *)stage;
    if (self->run_count > 0) {
        write_run(self);
        if (spool_failed(self->spool))
            stage->failed = true;
        else
            merge(self);
    } else {
        sort_entries(self);
        for (size_t i = 0; i < self->count && !stage_stopped(stage); i++)
            pass(self, &self->entries[i]);
    }
    pass_parents(self);
}

static void put(Stage *stage, Record *rec)
{
    Sorter *self = (Sorter *)stage;
    buf_clear(&self->key);
    buf_clear(&self->packed);
    if (self->parents_last)
        note_parents(self, rec);
    sort_key_make(self->maker, rec, &self->key);
    pack_record(&self->packed, rec);
    Head head = {self->key.size, self->packed.size};
    size_t size = head.key_size + head.size;
    size_t used = self->arena.used + self->count * sizeof *self->entries;
    if (self->count > 0 && used + size > self->memory)
        write_run(self);
    if (self->count == self->capacity) {
        self->capacity = memory_grown(self->capacity, self->count + 1);
        self->entries =
            memory_resize(self->entries, self->capacity * sizeof *self->entries);
    }
    Str bytes =
        arena_join(&self->arena, buf_str(&self->key), STR_EMPTY, buf_str(&self->packed));
    self->entries[self->count] = (Entry){bytes.data, head, self->count};
    self->count++;
    stage->failed = spool_failed(self->spool);
}

static void release(Stage *stage)
{
    Sorter *self = (Sorter *)stage;
    for (size_t i = 0; i < self->run_count; i++)
        buf_free(&self->runs[i].window);
    spool_close(self->spool);
    spool_close(self->late);
    index_free(&self->parents);
    arena_free(&self->keys);
    sort_key_close(self->maker);
    arena_free(&self->arena);
    free(self->entries);
    free(self->runs);
    buf_free(&self->key);
    buf_free(&self->packed);
    record_free(&self->rec);
}

Stage *sort_stage_open(Stage *next, const SortOrder *order, bool parents_last,
                       size_t memory)
{
    static const StageVerbs VERBS = {
        .name = "sort", .put = put, .end = end, .close = release};
    Sorter *self = stage_open(sizeof *self, &VERBS, next);
    self->maker = sort_key_open(order);
    self->memory = memory;
    self->parents_last = parents_last;
    self->spool = spool_open(0, self->stage.diag);
    self->late = spool_open(memory, self->stage.diag);
    return &self->stage;
}
