/* SPDX-License-Identifier: MIT
 * Rows in memory and rows on disk; see table.h.
 *
 * New rows go to an array in memory, where a row stands as near behind the place that its
 * hash says as it can, and before all greater rows.  So the array is sorted, but for its
 * holes.  Once it is full its rows go to disk in that order (runs.h).  A row that is
 * changed goes to the array again, and counts before what it was. */
#include "convert/io/table.h"
#include "convert/base/memory.h"
#include "convert/io/runs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORD = sizeof(uint64_t),
    SLOTS_FIRST = 64,
    SLACK = 64 /* slots behind the last place: what cannot stand there makes it full */
};

struct Table {
    Runs *runs;       /* on disk */
    size_t words, id; /* of a row; of what tells it from others */
    /* In memory: places and then SLACK, a first word of 0 where there is no row. */
    uint64_t *slots;
    size_t places, places_most; /* powers of two */
    size_t count;
    unsigned shift; /* a hash without its lower bits is its place */
    /* Where table_next goes on. */
    uint64_t hash;
    size_t at;
    bool in_memory;
};

/* The greatest power of two that is not greater, but at least `least`, which is one. */
static size_t power_below(size_t most, size_t least)
{
    size_t power = least;
    while (power <= most / 2)
        power *= 2;
    return power;
}

/* A quarter of the memory for the array, and the rest to know what is not on disk. */
Table *table_open(size_t row, size_t id, size_t memory, Diag *diag)
{
    assert(row % WORD == 0 && id % WORD == 0 && id >= WORD && id <= row);
    Table *table = memory_zeroed(1, sizeof *table);
    table->words = row / WORD;
    table->id = id / WORD;
    table->places_most = power_below(memory / 4 / row, SLOTS_FIRST);
    table->runs = runs_open(table->words, table->id, table->places_most + SLACK,
                            memory / 4 * 3, diag);
    return table;
}

void table_close(Table *table)
{
    runs_close(table->runs);
    free(table->slots);
    free(table);
}

bool table_failed(const Table *table)
{
    return runs_failed(table->runs);
}

/* In memory. */

static void copy_row(const Table *table, uint64_t *to, const uint64_t *from)
{
    for (size_t i = 0; i < table->words; i++)
        to[i] = from[i];
}

static uint64_t *slot_at(const Table *table, size_t i)
{
    return table->slots + i * table->words;
}

static size_t slot_count(const Table *table)
{
    return table->places + SLACK;
}

static size_t place_of(const Table *table, uint64_t hash)
{
    return (size_t)(hash >> table->shift);
}

/* The first slot from the place of `hash` on that is free or holds that hash or more. */
static size_t find_hash(const Table *table, uint64_t hash)
{
    size_t i = place_of(table, hash);
    while (i < slot_count(table) && slot_at(table, i)[0] != 0 &&
           slot_at(table, i)[0] < hash)
        i++;
    return i;
}

/* The same of a row; *found tells whether it is that row's. */
static size_t find_slot(const Table *table, const uint64_t *row, bool *found)
{
    size_t i = find_hash(table, row[0]);
    int order = -1;
    while (i < slot_count(table) && slot_at(table, i)[0] != 0 &&
           (order = runs_compare(table->id, slot_at(table, i), row)) < 0)
        i++;
    *found = i < slot_count(table) && slot_at(table, i)[0] != 0 && order == 0;
    return i;
}

/* Makes slot `i` free, if there is a free one behind it. */
static bool make_room(Table *table, size_t i)
{
    size_t end = i;
    while (end < slot_count(table) && slot_at(table, end)[0] != 0)
        end++;
    if (end == slot_count(table))
        return false;
    memmove(slot_at(table, i + 1), slot_at(table, i), (end - i) * table->words * WORD);
    return true;
}

/* All rows to the front, without holes. */
static void close_up(Table *table)
{
    size_t to = 0;
    for (size_t i = 0; i < slot_count(table) && to < table->count; i++) {
        if (slot_at(table, i)[0] == 0)
            continue;
        if (to != i)
            copy_row(table, slot_at(table, to), slot_at(table, i));
        to++;
    }
}

/* Whether rows without holes would find slots among so many places. */
static bool has_room(const Table *table)
{
    size_t next = 0;
    for (size_t i = 0; i < table->count; i++) {
        size_t place = place_of(table, slot_at(table, i)[0]);
        next = (place > next ? place : next) + 1;
    }
    return next <= slot_count(table);
}

/* Rows without holes to their slots: first to the end, from where each finds its slot at
 * or before where it is. */
static void spread(Table *table)
{
    size_t end = slot_count(table), from = end - table->count, next = 0;
    memmove(slot_at(table, from), slot_at(table, 0), table->count * table->words * WORD);
    for (; from < end; from++, next++) {
        size_t place = place_of(table, slot_at(table, from)[0]);
        for (; next < place; next++)
            slot_at(table, next)[0] = 0;
        copy_row(table, slot_at(table, next), slot_at(table, from));
    }
    for (; next < end; next++)
        slot_at(table, next)[0] = 0;
}

static void set_places(Table *table, size_t places)
{
    table->places = places;
    table->shift = 64 - (unsigned)__builtin_ctzll(places);
    table->slots = memory_resize(table->slots, slot_count(table) * table->words * WORD);
}

/* All rows, which have no holes, go from memory to disk. */
static void flush(Table *table)
{
    runs_add(table->runs, table->slots, table->count);
    table->count = 0;
}

/* The array is full: it grows, or goes to disk. */
static void grow(Table *table)
{
    size_t places = table->places > 0 ? table->places * 2 : SLOTS_FIRST;
    if (table->places > 0)
        close_up(table);
    if (places <= table->places_most)
        set_places(table, places);
    if (places > table->places_most || !has_room(table))
        flush(table);
    spread(table);
}

/* What users see. */

const void *table_first(Table *table, uint64_t hash)
{
    if (table->places == 0)
        return NULL;
    table->hash = hash;
    table->at = find_hash(table, hash);
    table->in_memory = true;
    return table_next(table);
}

const void *table_next(Table *table)
{
    if (table->in_memory && table->at < slot_count(table) &&
        slot_at(table, table->at)[0] == table->hash)
        return slot_at(table, table->at++);
    const uint64_t *row =
        table->in_memory ? runs_first(table->runs, table->hash) : runs_next(table->runs);
    table->in_memory = false;
    for (; row != NULL; row = runs_next(table->runs)) {
        bool newer;
        find_slot(table, row, &newer);
        if (!newer)
            return row;
    }
    return NULL;
}

void table_put(Table *table, const void *row)
{
    bool found = false;
    if (table->count * 4 >= table->places * 3)
        grow(table);
    size_t i = find_slot(table, row, &found);
    while (!found && !make_room(table, i)) {
        grow(table);
        i = find_slot(table, row, &found);
    }
    table->count += !found;
    copy_row(table, slot_at(table, i), row);
}

void table_each(Table *table, void (*see)(void *context, const void *row), void *context)
{
    if (runs_any(table->runs) && table->count > 0) {
        close_up(table);
        flush(table);
        spread(table);
    }
    for (size_t i = 0; table->count > 0 && i < slot_count(table); i++) {
        if (slot_at(table, i)[0] != 0)
            see(context, slot_at(table, i));
    }
    runs_each(table->runs, see, context);
}
