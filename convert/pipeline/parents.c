/* SPDX-License-Identifier: MIT
 * Possible parents by key; see parents.h. */
#include "convert/pipeline/parents.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"
#include "convert/io/spool.h"
#include "convert/io/table.h"
#include "convert/pipeline/inherit.h"
#include "convert/pipeline/pack.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEPT_ALL = 4 * 1024 * 1024, /* bytes up to which all records are kept */
    SPOOL_MOST = 1024 * 1024,   /* of them in memory */
    TABLE_MOST = 1024 * 1024,   /* bytes of the rows in memory */
    CASES_MOST = 8,             /* keys that differ in case alone; more are hostile */
    UNUSED_MOST = 4096          /* rows that are told of at once */
};

/* Where a record is. */
typedef struct Row {
    uint64_t hash;  /* without regard to case */
    uint64_t exact; /* with it */
    uint64_t offset;
    uint64_t size;
    bool xdata, used, filling[6];
} Row;

struct Parents {
    Spool *spool;
    Table *table;
    Buf packed;
    Record lean;
};

Parents *parents_open(size_t memory, Diag *diag)
{
    Parents *parents = memory_zeroed(1, sizeof *parents);
    parents->spool = spool_open(memory < SPOOL_MOST ? memory : SPOOL_MOST, diag);
    parents->table = table_open(sizeof(Row), offsetof(Row, offset),
                                memory < TABLE_MOST ? memory : TABLE_MOST, diag);
    return parents;
}

void parents_close(Parents *parents)
{
    spool_close(parents->spool);
    table_close(parents->table);
    buf_free(&parents->packed);
    record_free(&parents->lean);
    free(parents);
}

enum { NO_CASE, EXACT }; /* seeds */

uint64_t parents_hash(Str key)
{
    return hash_str_nocase(key, NO_CASE);
}

static uint64_t exact_hash(Str key)
{
    return hash_str(key, EXACT);
}

/* Whether there is none of that key yet, nor too many that differ in case alone. */
static bool is_new(Parents *parents, uint64_t hash, uint64_t exact)
{
    size_t same = 0;
    for (const Row *row = table_first(parents->table, hash); row != NULL;
         row = table_next(parents->table)) {
        if (row->exact == exact || ++same == CASES_MOST)
            return false;
    }
    return true;
}

/* What children can get of it, and how it goes on to its own parents. */
static void make_lean(Record *lean, const Record *rec)
{
    record_reset(lean);
    lean->kind = rec->kind;
    lean->type = rec->type;
    lean->key = rec->key;
    lean->place = rec->place;
    lean->fields = arena_alloc(&lean->arena, (rec->count + 1) * sizeof *lean->fields);
    bool all = inherit_is_xdata(rec);
    for (size_t i = 0; i < rec->count; i++) {
        if (all || inherit_may_pass(&rec->fields[i]))
            lean->fields[lean->count++] = rec->fields[i];
    }
    lean->capacity = lean->count;
}

void parents_add(Parents *parents, const Record *rec, bool wanted)
{
    if (rec->key.size == 0 ||
        (spool_size(parents->spool) >= KEPT_ALL && !wanted && !inherit_is_holder(rec)))
        return;
    uint64_t hash = parents_hash(rec->key), exact = exact_hash(rec->key);
    if (!is_new(parents, hash, exact))
        return;
    make_lean(&parents->lean, rec);
    buf_clear(&parents->packed);
    pack_record(&parents->packed, &parents->lean);
    Row row = {.hash = hash,
               .exact = exact,
               .offset = spool_add(parents->spool, buf_str(&parents->packed)),
               .size = parents->packed.size,
               .xdata = inherit_is_xdata(rec)};
    table_put(parents->table, &row);
}

/* Into parents->lean. */
static bool read_row(Parents *parents, const Row *row)
{
    buf_clear(&parents->packed);
    record_reset(&parents->lean);
    if (!spool_read(parents->spool, row->offset, row->size, &parents->packed))
        return false;
    unpack_record(buf_str(&parents->packed), &parents->lean);
    return true;
}

static bool find_row(Parents *parents, Str key, Row *best)
{
    uint64_t hash = parents_hash(key), exact = exact_hash(key);
    bool found = false;
    for (const Row *row = table_first(parents->table, hash); row != NULL;
         row = table_next(parents->table)) {
        if (!found || row->exact == exact ||
            (best->exact != exact && row->offset < best->offset))
            *best = *row;
        found = true;
    }
    return found;
}

bool parents_find(Parents *parents, Str key, Record *rec)
{
    Row row;
    if (!find_row(parents, key, &row) || !read_row(parents, &row))
        return false;
    if (row.xdata && !row.used) {
        row.used = true;
        table_put(parents->table, &row);
    }
    record_copy(rec, &parents->lean);
    return true;
}

/* The first rows of unused xdata from an offset on. */
typedef struct Unused {
    Row *rows;
    size_t count, capacity; /* capacity: twice UNUSED_MOST */
    uint64_t from;
} Unused;

static int by_offset(const void *a, const void *b)
{
    uint64_t x = ((const Row *)a)->offset, y = ((const Row *)b)->offset;
    return x < y ? -1 : x > y;
}

static void sort_unused(Unused *unused)
{
    qsort(unused->rows, unused->count, sizeof *unused->rows, by_offset);
    unused->count = unused->count < UNUSED_MOST ? unused->count : UNUSED_MOST;
}

static void see_row(void *context, const void *row)
{
    Unused *unused = context;
    const Row *seen = row;
    if (!seen->xdata || seen->used || seen->offset < unused->from)
        return;
    unused->rows[unused->count++] = *seen;
    if (unused->count == unused->capacity)
        sort_unused(unused);
}

void parents_each_unused(Parents *parents, void (*tell)(void *context, const Record *rec),
                         void *context)
{
    Unused unused = {.count = UNUSED_MOST, .capacity = (size_t)2 * UNUSED_MOST};
    unused.rows = memory_alloc(unused.capacity * sizeof *unused.rows);
    while (unused.count == UNUSED_MOST && !parents_failed(parents)) {
        unused.count = 0;
        table_each(parents->table, see_row, &unused);
        sort_unused(&unused);
        for (size_t i = 0; i < unused.count && read_row(parents, &unused.rows[i]); i++) {
            tell(context, &parents->lean);
            unused.from = unused.rows[i].offset + 1;
        }
    }
    free(unused.rows);
}

bool parents_failed(const Parents *parents)
{
    return spool_failed(parents->spool) || table_failed(parents->table);
}
