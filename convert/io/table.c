/* SPDX-License-Identifier: MIT
 * Rows in memory and rows on disk; see table.h.
 *
 * New rows go to an array in memory, where a row stands as near behind the place that its
 * hash says as it can, and before all greater rows.  So the array is sorted, but for its
 * holes.  Once it is full it is merged into the rows on disk, which are sorted, too:
 * backwards, so that the file grows in place, and in one pass.
 *
 * Most keys are new.  A Bloom filter tells that of nearly all of them without a look at
 * the disk; for the others the hash tells which few hundred rows to look at.  A row that
 * is changed goes to the array again, and the merge drops what it was. */
#include "convert/io/table.h"
#include "convert/base/memory.h"
#include "convert/io/scratch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORD = sizeof(uint64_t),
    SLOTS_FIRST = 64,
    SLACK = 64, /* slots behind the last place: what cannot stand there makes it full */
    PAGE = 8 * 1024,  /* bytes on disk that are looked at together, on average at most */
    CHUNK = 64 * 1024 /* bytes of a merge's buffers */
};
static const size_t NO_PAGE = SIZE_MAX;

/* Sorted rows in memory: those on disk that a hash may be among. */
typedef struct Page {
    uint64_t *rows;
    size_t count, capacity;
    size_t number; /* NO_PAGE: none */
} Page;

struct Table {
    Scratch *scratch;
    size_t words, id; /* of a row; of what tells it from others */
    /* In memory: places and then SLACK, a first word of 0 where there is no row. */
    uint64_t *slots;
    size_t places, places_most; /* powers of two */
    size_t count;
    unsigned shift; /* a hash without its lower bits is its place */
    /* On disk. */
    uint64_t stored;
    uint64_t outdated;  /* of these, those that are in memory, too */
    uint64_t *filter;   /* of all that are stored */
    size_t filter_size; /* words, a power of two */
    uint64_t *starts;   /* by page: its first row; and the row behind the last */
    unsigned page_shift;
    Page page;
    /* Where table_next goes on. */
    uint64_t hash;
    size_t at; /* in memory, then on the page */
    bool on_page;
};

/* The greatest power of two that is not greater, but at least `least`, which is one. */
static size_t power_below(size_t most, size_t least)
{
    size_t power = least;
    while (power <= most / 2)
        power *= 2;
    return power;
}

Table *table_open(size_t row, size_t id, size_t memory, Diag *diag)
{
    assert(row % WORD == 0 && id % WORD == 0 && id >= WORD && id <= row);
    Table *table = memory_zeroed(1, sizeof *table);
    table->scratch = scratch_open(diag);
    table->words = row / WORD;
    table->id = id / WORD;
    table->places_most = power_below(memory / 2 / row, SLOTS_FIRST);
    table->filter_size = power_below(memory / 2 / WORD, 1);
    table->page.number = NO_PAGE;
    return table;
}

void table_close(Table *table)
{
    scratch_close(table->scratch);
    free(table->slots);
    free(table->filter);
    free(table->starts);
    free(table->page.rows);
    free(table);
}

bool table_failed(const Table *table)
{
    return scratch_failed(table->scratch);
}

/* Rows. */

static int compare(const Table *table, const uint64_t *a, const uint64_t *b)
{
    for (size_t i = 0; i < table->id; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

static void copy_row(const Table *table, uint64_t *to, const uint64_t *from)
{
    for (size_t i = 0; i < table->words; i++)
        to[i] = from[i];
}

static uint64_t *slot_at(const Table *table, size_t i)
{
    return table->slots + i * table->words;
}

/* In memory. */

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
           (order = compare(table, slot_at(table, i), row)) < 0)
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

/* On disk. */

static uint64_t offset_of(const Table *table, uint64_t row)
{
    return row * table->words * WORD;
}

static uint64_t *filter_word(const Table *table, uint64_t hash)
{
    return &table->filter[(size_t)(hash >> 12) & (table->filter_size - 1)];
}

/* Two of a word's bits, which is one look into memory. */
static uint64_t filter_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63);
}

static bool may_be_stored(const Table *table, uint64_t hash)
{
    return table->stored > 0 && !table_failed(table) &&
           (*filter_word(table, hash) & filter_bits(hash)) == filter_bits(hash);
}

/* Where the page of a hash is; one that shifts by 64 has one page. */
static size_t page_of(unsigned shift, uint64_t hash)
{
    return shift == 64 ? 0 : (size_t)(hash >> shift);
}

static bool load_page(Table *table, size_t number)
{
    Page *page = &table->page;
    if (page->number == number)
        return true;
    uint64_t start = table->starts[number];
    page->number = NO_PAGE;
    page->count = (size_t)(table->starts[number + 1] - start);
    if (page->count > page->capacity) {
        page->capacity = memory_grown(page->capacity, page->count);
        page->rows = memory_resize(page->rows, page->capacity * table->words * WORD);
    }
    if (!scratch_read(table->scratch, offset_of(table, start), page->rows,
                      page->count * table->words * WORD))
        return false;
    page->number = number;
    return true;
}

/* The first row with that hash or more on its page, which is loaded. */
static size_t find_on_page(const Table *table, uint64_t hash)
{
    size_t low = 0, high = table->page.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->page.rows[middle * table->words] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Merging. */

/* A merge of the rows in memory, which have no holes, with those on disk, from their end:
 * `left` of both are still to be placed. */
typedef struct Merge {
    Table *table;
    uint64_t stored; /* rows on disk that are not merged */
    size_t fresh;    /* rows in memory that are not */
    uint64_t left;
    size_t chunk; /* rows of a buffer */
    uint64_t *in;
    size_t in_count;
    uint64_t *out; /* filled from its end */
    size_t out_count;
    uint64_t *starts;
    size_t start; /* the page that is not known to begin behind `left` */
    unsigned page_shift;
} Merge;

static bool load_chunk(Merge *merge)
{
    const Table *table = merge->table;
    merge->in_count = merge->stored < merge->chunk ? (size_t)merge->stored : merge->chunk;
    return scratch_read(table->scratch, offset_of(table, merge->stored - merge->in_count),
                        merge->in, merge->in_count * table->words * WORD);
}

static void write_chunk(Merge *merge)
{
    const Table *table = merge->table;
    scratch_write(table->scratch, offset_of(table, merge->left),
                  merge->out + (merge->chunk - merge->out_count) * table->words,
                  merge->out_count * table->words * WORD);
    merge->out_count = 0;
}

static void place_row(Merge *merge, const uint64_t *row)
{
    size_t page = page_of(merge->page_shift, row[0]);
    for (; merge->start > page; merge->start--)
        merge->starts[merge->start] = merge->left;
    merge->left--;
    merge->out_count++;
    copy_row(merge->table,
             merge->out + (merge->chunk - merge->out_count) * merge->table->words, row);
    if (merge->out_count == merge->chunk)
        write_chunk(merge);
}

static void merge_rows(Merge *merge)
{
    const Table *table = merge->table;
    while (merge->left > 0 && !table_failed(table)) {
        if (merge->in_count == 0 && merge->stored > 0 && !load_chunk(merge))
            return;
        const uint64_t *stored =
            merge->stored > 0 ? merge->in + (merge->in_count - 1) * table->words : NULL;
        const uint64_t *fresh =
            merge->fresh > 0 ? slot_at(table, merge->fresh - 1) : NULL;
        int order = stored == NULL  ? -1
                    : fresh == NULL ? 1
                                    : compare(table, stored, fresh);
        const uint64_t *row = order > 0 ? stored : fresh;
        assert(row != NULL);
        place_row(merge, row);
        if (order >= 0) {
            merge->stored--;
            merge->in_count--;
        }
        if (order <= 0)
            merge->fresh--;
    }
    write_chunk(merge);
    assert(table_failed(table) || (merge->stored == 0 && merge->fresh == 0));
}

static unsigned shift_for(const Table *table, uint64_t rows)
{
    unsigned shift = 64;
    for (; offset_of(table, rows) > PAGE; rows /= 2)
        shift--;
    return shift;
}

static void add_to_filter(Table *table)
{
    if (table->filter == NULL)
        table->filter = memory_zeroed(table->filter_size, WORD);
    for (size_t i = 0; i < table->count; i++) {
        uint64_t hash = slot_at(table, i)[0];
        *filter_word(table, hash) |= filter_bits(hash);
    }
}

/* All rows, which have no holes, go from memory to disk. */
static void flush(Table *table)
{
    uint64_t total = table->stored + table->count - table->outdated;
    size_t chunk = CHUNK / WORD / table->words;
    unsigned shift = shift_for(table, total);
    size_t pages = (size_t)1 << (64 - shift);
    Merge merge = {.table = table,
                   .stored = table->stored,
                   .fresh = table->count,
                   .left = total,
                   .chunk = chunk,
                   .in = memory_alloc(CHUNK),
                   .out = memory_alloc(CHUNK),
                   .starts = memory_alloc((pages + 1) * WORD),
                   .start = pages,
                   .page_shift = shift};
    merge_rows(&merge);
    for (size_t i = 0; i <= merge.start; i++)
        merge.starts[i] = 0;
    add_to_filter(table);
    free(merge.in);
    free(merge.out);
    free(table->starts);
    table->starts = merge.starts;
    table->page_shift = shift;
    table->page.number = NO_PAGE;
    table->stored = total;
    table->outdated = 0;
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
    table->on_page = false;
    return table_next(table);
}

static const void *next_on_page(Table *table)
{
    const Page *page = &table->page;
    for (; table->at < page->count; table->at++) {
        const uint64_t *row = page->rows + table->at * table->words;
        bool newer;
        if (row[0] != table->hash)
            return NULL;
        find_slot(table, row, &newer);
        if (!newer) {
            table->at++;
            return row;
        }
    }
    return NULL;
}

const void *table_next(Table *table)
{
    if (!table->on_page) {
        if (table->at < slot_count(table) && slot_at(table, table->at)[0] == table->hash)
            return slot_at(table, table->at++);
        if (!may_be_stored(table, table->hash) ||
            !load_page(table, page_of(table->page_shift, table->hash)))
            return NULL;
        table->at = find_on_page(table, table->hash);
        table->on_page = true;
    }
    return next_on_page(table);
}

static bool is_stored(Table *table, const uint64_t *row)
{
    if (!may_be_stored(table, row[0]) ||
        !load_page(table, page_of(table->page_shift, row[0])))
        return false;
    const Page *page = &table->page;
    size_t i = find_on_page(table, row[0]);
    while (i < page->count && compare(table, page->rows + i * table->words, row) < 0)
        i++;
    return i < page->count && compare(table, page->rows + i * table->words, row) == 0;
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
    if (!found) {
        table->count++;
        table->outdated += is_stored(table, row);
    }
    copy_row(table, slot_at(table, i), row);
}

void table_each(Table *table, void (*see)(void *context, const void *row), void *context)
{
    for (size_t i = 0; table->places > 0 && i < slot_count(table); i++) {
        if (slot_at(table, i)[0] != 0)
            see(context, slot_at(table, i));
    }
    size_t pages = table->stored > 0 ? (size_t)1 << (64 - table->page_shift) : 0;
    for (size_t number = 0; number < pages && load_page(table, number); number++) {
        for (size_t i = 0; i < table->page.count; i++) {
            const uint64_t *row = table->page.rows + i * table->words;
            bool newer;
            find_slot(table, row, &newer);
            if (!newer)
                see(context, row);
        }
    }
}
