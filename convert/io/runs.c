/* SPDX-License-Identifier: MIT
 * Rows on disk; see runs.h.
 *
 * They stand in runs, each sorted, newer ones before older ones, and each with room for
 * many times as many rows as the one before it.  New rows are merged with as many runs as
 * it takes to find one with room for them all: so a row is written a few times for each
 * run that it gets through, and a look at one place in each run finds it.  A run is
 * written anew beside what it was, in one pass; both places are known from the beginning,
 * in one sparse file, since nothing can be opened later (rights.h).
 *
 * Most hashes that are asked for are new.  Bloom filters of the first runs tell that
 * without a look at the disk, as long as there are not too many rows; otherwise the hash
 * tells which few hundred rows of a run to look at. */
#include "convert/io/runs.h"
#include "convert/base/memory.h"
#include "convert/io/scratch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORD = sizeof(uint64_t),
    RUNS_MOST = 6,
    FIRST_ROOM = 16,  /* times the rows that are added at once */
    GROWTH = 64,      /* from run to run */
    PAGE = 4 * 1024,  /* bytes on disk that are looked at together, on average at most */
    CHUNK = 64 * 1024 /* bytes of a merge's buffers */
};
static const size_t NO_PAGE = SIZE_MAX;

/* Rows of a run that a hash may be among. */
typedef struct Page {
    uint64_t *rows;
    size_t count, capacity;
    size_t number; /* NO_PAGE: none */
} Page;

typedef struct Run {
    uint64_t count;
    uint64_t room;
    uint64_t begins[2]; /* where it may be, in rows */
    bool second;        /* which of the two it is */
    uint64_t *starts;   /* by page: its first row; and the row behind the last */
    unsigned page_shift;
    Page page;
    uint64_t *filter;   /* NULL as long as it is not needed */
    size_t filter_size; /* words; 0: it has none */
} Run;

struct Runs {
    Scratch *scratch;
    size_t words, id;
    Run runs[RUNS_MOST]; /* from the newest */
    bool any;
    /* Where runs_next goes on. */
    uint64_t hash;
    size_t run, at;
};

Runs *runs_open(size_t words, size_t id, size_t batch, size_t filter, Diag *diag)
{
    Runs *runs = memory_zeroed(1, sizeof *runs);
    uint64_t room = (uint64_t)batch * FIRST_ROOM, begin = 0;
    assert(batch > 0 && batch <= UINT32_MAX / words);
    runs->scratch = scratch_open(diag);
    runs->words = words;
    runs->id = id;
    for (Run *run = runs->runs; run < runs->runs + RUNS_MOST; run++) {
        run->room = room;
        for (size_t i = 0; i < 2; i++, begin += room)
            run->begins[i] = begin;
        run->page.number = NO_PAGE;
        room *= GROWTH;
    }
    runs->runs[0].filter_size = filter / WORD / 3;
    runs->runs[1].filter_size = filter / WORD / 3 * 2;
    return runs;
}

void runs_close(Runs *runs)
{
    for (Run *run = runs->runs; run < runs->runs + RUNS_MOST; run++) {
        free(run->starts);
        free(run->page.rows);
        free(run->filter);
    }
    scratch_close(runs->scratch);
    free(runs);
}

bool runs_failed(const Runs *runs)
{
    return scratch_failed(runs->scratch);
}

bool runs_any(const Runs *runs)
{
    return runs->any;
}

int runs_compare(size_t id, const uint64_t *a, const uint64_t *b)
{
    for (size_t i = 0; i < id; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

static uint64_t offset_of(const Runs *runs, uint64_t row)
{
    return row * runs->words * WORD;
}

/* The filters.  The upper half of a hash says which word, the lower which bits of it. */

static uint64_t *filter_word(const Run *run, uint64_t hash)
{
    return &run->filter[(size_t)((hash >> 32) * run->filter_size >> 32)];
}

/* Two of a word's bits, which is one look into memory. */
static uint64_t filter_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63);
}

static bool may_be_there(const Run *run, uint64_t hash)
{
    return run->count > 0 &&
           (run->filter_size == 0 ||
            (*filter_word(run, hash) & filter_bits(hash)) == filter_bits(hash));
}

/* Merging. */

/* Rows that are still to be merged. */
typedef struct Source {
    const uint64_t *row; /* the next; NULL behind the last */
    const uint64_t *end; /* of those in memory */
    uint64_t *chunk;     /* NULL: all are in memory */
    uint64_t place;      /* on disk, of those behind them */
    uint64_t left;       /* rows from there on */
} Source;

/* The run that is made of them. */
typedef struct Merge {
    Runs *runs;
    Run *target;
    Source sources[1 + RUNS_MOST]; /* from the newest */
    size_t count;
    size_t chunk; /* rows of a buffer */
    uint64_t *out;
    size_t out_count;
    uint64_t begin; /* of the run, on disk */
    uint64_t done;  /* rows */
    uint64_t *starts;
    size_t pages;
    size_t page; /* the first that is not known to begin before `done` */
    unsigned page_shift;
} Merge;

/* To the next chunk. */
static void load_chunk(Merge *merge, Source *source)
{
    const Runs *runs = merge->runs;
    size_t count = source->left < merge->chunk ? (size_t)source->left : merge->chunk;
    source->row = NULL;
    if (count == 0 || !scratch_read(runs->scratch, offset_of(runs, source->place),
                                    source->chunk, count * runs->words * WORD))
        return;
    source->place += count;
    source->left -= count;
    source->row = source->chunk;
    source->end = source->chunk + count * runs->words;
}

static void pass_row(Merge *merge, Source *source)
{
    source->row += merge->runs->words;
    if (source->row == source->end)
        load_chunk(merge, source);
}

static void write_chunk(Merge *merge)
{
    const Runs *runs = merge->runs;
    scratch_write(runs->scratch,
                  offset_of(runs, merge->begin + merge->done - merge->out_count),
                  merge->out, merge->out_count * runs->words * WORD);
    merge->out_count = 0;
}

/* Where the page of a hash is; one that shifts by 64 has one page. */
static size_t page_of(unsigned shift, uint64_t hash)
{
    return shift == 64 ? 0 : (size_t)(hash >> shift);
}

static void place_row(Merge *merge, const uint64_t *row)
{
    size_t words = merge->runs->words, page = page_of(merge->page_shift, row[0]);
    for (; merge->page <= page; merge->page++)
        merge->starts[merge->page] = merge->done;
    for (size_t i = 0; i < words; i++)
        merge->out[merge->out_count * words + i] = row[i];
    if (merge->target->filter_size > 0)
        *filter_word(merge->target, row[0]) |= filter_bits(row[0]);
    merge->out_count++;
    merge->done++;
    if (merge->out_count == merge->chunk)
        write_chunk(merge);
}

/* The source of the least row, the newest of those that have it; the others pass it. */
static Source *find_least(Merge *merge)
{
    Source *least = NULL;
    for (Source *source = merge->sources; source < merge->sources + merge->count;
         source++) {
        int order = source->row == NULL ? 1
                    : least == NULL
                        ? -1
                        : runs_compare(merge->runs->id, source->row, least->row);
        if (order < 0)
            least = source;
        else if (order == 0)
            pass_row(merge, source);
    }
    return least;
}

static void merge_rows(Merge *merge)
{
    for (Source *least = find_least(merge); least != NULL && !runs_failed(merge->runs);
         least = find_least(merge)) {
        place_row(merge, least->row);
        pass_row(merge, least);
    }
    write_chunk(merge);
    for (; merge->page <= merge->pages; merge->page++)
        merge->starts[merge->page] = merge->done;
}

static void add_source(Merge *merge, const Run *run)
{
    Source *source = &merge->sources[merge->count++];
    *source = (Source){.chunk = memory_alloc(CHUNK),
                       .place = run->begins[run->second],
                       .left = run->count};
    load_chunk(merge, source);
}

static void set_pages(Merge *merge, uint64_t rows)
{
    merge->page_shift = 64;
    for (; offset_of(merge->runs, rows) > PAGE; rows /= 2)
        merge->page_shift--;
    merge->pages = (size_t)1 << (64 - merge->page_shift);
    merge->starts = memory_alloc((merge->pages + 1) * WORD);
}

static void clear_filter(Run *run)
{
    if (run->filter == NULL)
        run->filter = memory_zeroed(run->filter_size, WORD);
    else
        memset(run->filter, 0, run->filter_size * WORD);
}

static void clear_run(Run *run)
{
    free(run->starts);
    run->starts = NULL;
    run->count = 0;
    run->page.number = NO_PAGE;
}

/* Those rows and the runs up to `last` become that run; `most` rows or fewer. */
static void make_run(Runs *runs, const uint64_t *rows, size_t count, size_t last,
                     uint64_t most)
{
    Run *target = &runs->runs[last];
    Merge merge = {.runs = runs,
                   .target = target,
                   .chunk = CHUNK / WORD / runs->words,
                   .out = memory_alloc(CHUNK),
                   .begin = target->begins[!target->second]};
    if (count > 0)
        merge.sources[merge.count++] =
            (Source){.row = rows, .end = rows + count * runs->words};
    for (size_t i = 0; i <= last; i++) {
        if (runs->runs[i].count > 0)
            add_source(&merge, &runs->runs[i]);
    }
    set_pages(&merge, most);
    clear_filter(target);
    merge_rows(&merge);
    for (size_t i = 0; i < merge.count; i++)
        free(merge.sources[i].chunk);
    free(merge.out);
    for (size_t i = 0; i <= last; i++)
        clear_run(&runs->runs[i]);
    target->count = merge.done;
    target->second = !target->second;
    target->starts = merge.starts;
    target->page_shift = merge.page_shift;
}

void runs_add(Runs *runs, const uint64_t *rows, size_t count)
{
    size_t last = 0;
    uint64_t most = count + runs->runs[0].count;
    runs->any = true;
    while (most > runs->runs[last].room && last + 1 < RUNS_MOST)
        most += runs->runs[++last].count;
    make_run(runs, rows, count, last, most);
}

/* Looking rows up. */

/* NULL where the world failed. */
static const Page *load_page(Runs *runs, Run *run, size_t number)
{
    Page *page = &run->page;
    if (page->number == number)
        return page;
    uint64_t start = run->starts[number];
    page->number = NO_PAGE;
    page->count = (size_t)(run->starts[number + 1] - start);
    if (page->count > page->capacity) {
        page->capacity = memory_grown(page->capacity, page->count);
        page->rows = memory_resize(page->rows, page->capacity * runs->words * WORD);
    }
    if (!scratch_read(runs->scratch, offset_of(runs, run->begins[run->second] + start),
                      page->rows, page->count * runs->words * WORD))
        return NULL;
    page->number = number;
    return page;
}

/* Where a run may have that hash; NULL where it cannot, or the world failed. */
static const Page *page_with(Runs *runs, Run *run, uint64_t hash)
{
    return !runs_failed(runs) && may_be_there(run, hash)
               ? load_page(runs, run, page_of(run->page_shift, hash))
               : NULL;
}

/* The first row with that hash or more on a page. */
static size_t find_on_page(const Runs *runs, const Page *page, uint64_t hash)
{
    size_t low = 0, high = page->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->rows[middle * runs->words] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_row(Runs *runs, Run *run, const uint64_t *row)
{
    const Page *page = page_with(runs, run, row[0]);
    int order = -1;
    for (size_t i = page != NULL ? find_on_page(runs, page, row[0]) : 0;
         page != NULL && i < page->count && order < 0; i++)
        order = runs_compare(runs->id, page->rows + i * runs->words, row);
    return order == 0;
}

static bool is_outdated(Runs *runs, size_t run, const uint64_t *row)
{
    size_t newer = 0;
    while (newer < run && !has_row(runs, &runs->runs[newer], row))
        newer++;
    return newer < run;
}

const uint64_t *runs_first(Runs *runs, uint64_t hash)
{
    runs->hash = hash;
    runs->run = runs->any ? 0 : RUNS_MOST;
    runs->at = SIZE_MAX;
    return runs_next(runs);
}

const uint64_t *runs_next(Runs *runs)
{
    for (; runs->run < RUNS_MOST; runs->run++, runs->at = SIZE_MAX) {
        const Page *page = page_with(runs, &runs->runs[runs->run], runs->hash);
        if (page == NULL)
            continue;
        if (runs->at == SIZE_MAX)
            runs->at = find_on_page(runs, page, runs->hash);
        for (; runs->at < page->count; runs->at++) {
            const uint64_t *row = page->rows + runs->at * runs->words;
            if (row[0] != runs->hash)
                break;
            if (!is_outdated(runs, runs->run, row)) {
                runs->at++;
                return row;
            }
        }
    }
    return NULL;
}

void runs_each(Runs *runs, void (*see)(void *context, const void *row), void *context)
{
    uint64_t most = 0;
    size_t last = 0, filled = 0;
    for (size_t i = 0; i < RUNS_MOST; i++) {
        most += runs->runs[i].count;
        filled += runs->runs[i].count > 0;
        last = runs->runs[i].count > 0 ? i : last;
    }
    while (most > runs->runs[last].room && last + 1 < RUNS_MOST)
        last++;
    if (filled > 1)
        make_run(runs, NULL, 0, last, most);
    Run *run = &runs->runs[last];
    size_t pages = run->count > 0 ? (size_t)1 << (64 - run->page_shift) : 0;
    for (size_t number = 0;
         number < pages && !runs_failed(runs) && load_page(runs, run, number) != NULL;
         number++) {
        for (size_t i = 0; i < run->page.count; i++)
            see(context, run->page.rows + i * runs->words);
    }
}
