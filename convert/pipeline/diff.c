/* SPDX-License-Identifier: MIT
 * Comparing texts; see diff.h. */
#include "convert/pipeline/diff.h"
#include "convert/base/memory.h"
#include "convert/pipeline/index.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONTEXT = 3,    /* lines around a change */
    COST_MOST = 256 /* steps from each end before a search is given up */
};

/* One text: its lines, each the number of its content, and which of them the other text
 * has no match for. */
typedef struct Side {
    Str *lines;
    size_t *numbers;
    bool *changed;
    size_t count;
} Side;

static Side split(Str text)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '\n';
    count += text.size > 0 && text.data[text.size - 1] != '\n';
    Side side = {.lines = memory_zeroed(count + 1, sizeof(Str)),
                 .numbers = memory_zeroed(count + 1, sizeof(size_t)),
                 .changed = memory_zeroed(count + 1, sizeof(bool)),
                 .count = count};
    for (size_t i = 0; i < count; i++) {
        Str rest = str_after(text, at);
        size_t end = str_find_byte(rest, '\n');
        side.lines[i] = str_slice(rest, 0, end + 1); /* its LF counts, too */
        at += side.lines[i].size;
    }
    return side;
}

static void free_side(Side *side)
{
    free(side->lines);
    free(side->numbers);
    free(side->changed);
}

/* Lines of equal content get equal numbers. */
static void number_lines(Side *a, Side *b)
{
    Index index = {0};
    size_t last = 0;
    for (size_t i = 0; i < a->count + b->count; i++) {
        Side *side = i < a->count ? a : b;
        size_t line = i < a->count ? i : i - a->count;
        size_t *number = index_at(&index, side->lines[line]);
        if (*number == 0)
            *number = ++last;
        side->numbers[line] = *number;
    }
    index_free(&index);
}

/* A part of both texts that is still to compare. */
typedef struct Box {
    size_t a_from, a_to, b_from, b_to;
} Box;

typedef struct Search {
    const size_t *a, *b;
    ptrdiff_t *forward, *backward; /* the furthest place in `a` on each diagonal; the
                                      pointers are at diagonal 0 */
    ptrdiff_t cost;                /* steps before it is given up */
} Search;

/* Follows equal lines from (x, y) on. */
static ptrdiff_t slide(const Search *s, const Box *box, ptrdiff_t x, ptrdiff_t y)
{
    while (x < (ptrdiff_t)box->a_to && y < (ptrdiff_t)box->b_to && s->a[x] == s->b[y]) {
        x++;
        y++;
    }
    return x;
}

static ptrdiff_t slide_back(const Search *s, const Box *box, ptrdiff_t x, ptrdiff_t y)
{
    while (x > (ptrdiff_t)box->a_from && y > (ptrdiff_t)box->b_from &&
           s->a[x - 1] == s->b[y - 1])
        x--, y--;
    return x;
}

/* Where a way through a box may be cut in two. */
typedef struct Middle {
    ptrdiff_t x, y;
} Middle;

/* Of all ends so far the one that has come furthest, from the front. */
static Middle best_so_far(const Search *s, const Box *box, ptrdiff_t low, ptrdiff_t high)
{
    Middle best = {(ptrdiff_t)box->a_from, (ptrdiff_t)box->b_from};
    for (ptrdiff_t k = low; k <= high; k += 2) {
        ptrdiff_t x = s->forward[k];
        if (x > (ptrdiff_t)box->a_to)
            x = (ptrdiff_t)box->a_to;
        ptrdiff_t y = x - k;
        if (y > (ptrdiff_t)box->b_to) {
            y = (ptrdiff_t)box->b_to;
            x = y + k;
        }
        if (x + y > best.x + best.y)
            best = (Middle){x, y};
    }
    return best;
}

/* Narrows or widens the diagonals low..high by one at each end, as far as the box goes.
 */
static void next_diagonals(ptrdiff_t *v, ptrdiff_t *low, ptrdiff_t *high, ptrdiff_t least,
                           ptrdiff_t most, ptrdiff_t unreached)
{
    if (*low > least)
        v[--*low - 1] = unreached;
    else
        ++*low;
    if (*high < most)
        v[++*high + 1] = unreached;
    else
        --*high;
}

/* From both corners of the box at once until the two meet.  The box has a line on each
 * side at least, and both its ends differ. */
static Middle find_middle(const Search *s, const Box *box)
{
    const ptrdiff_t least = (ptrdiff_t)box->a_from - (ptrdiff_t)box->b_to;
    const ptrdiff_t most = (ptrdiff_t)box->a_to - (ptrdiff_t)box->b_from;
    const ptrdiff_t front = (ptrdiff_t)box->a_from - (ptrdiff_t)box->b_from;
    const ptrdiff_t back = (ptrdiff_t)box->a_to - (ptrdiff_t)box->b_to;
    const bool odd = ((front - back) & 1) != 0;
    ptrdiff_t f_low = front, f_high = front, b_low = back, b_high = back;
    ptrdiff_t *f = s->forward, *b = s->backward;
    f[front] = (ptrdiff_t)box->a_from;
    b[back] = (ptrdiff_t)box->a_to;
    for (ptrdiff_t cost = 1;; cost++) {
        next_diagonals(f, &f_low, &f_high, least, most, -1);
        for (ptrdiff_t k = f_high; k >= f_low; k -= 2) {
            ptrdiff_t x = f[k - 1] >= f[k + 1] ? f[k - 1] + 1 : f[k + 1];
            x = slide(s, box, x, x - k);
            f[k] = x;
            if (odd && b_low <= k && k <= b_high && b[k] <= x)
                return (Middle){x, x - k};
        }
        next_diagonals(b, &b_low, &b_high, least, most, PTRDIFF_MAX);
        for (ptrdiff_t k = b_high; k >= b_low; k -= 2) {
            ptrdiff_t x = b[k - 1] < b[k + 1] ? b[k - 1] : b[k + 1] - 1;
            x = slide_back(s, box, x, x - k);
            b[k] = x;
            if (!odd && f_low <= k && k <= f_high && x <= f[k])
                return (Middle){x, x - k};
        }
        if (cost >= s->cost)
            return best_so_far(s, box, f_low, f_high);
    }
}

typedef struct Boxes {
    Box *items;
    size_t count, capacity;
} Boxes;

static void push(Boxes *boxes, Box box)
{
    if (boxes->count == boxes->capacity) {
        boxes->capacity = memory_grown(boxes->capacity, boxes->count + 1);
        boxes->items = memory_resize(boxes->items, boxes->capacity * sizeof(Box));
    }
    boxes->items[boxes->count++] = box;
}

/* Takes equal lines off both ends. */
static Box shrink(const Search *s, Box box)
{
    while (box.a_from < box.a_to && box.b_from < box.b_to &&
           s->a[box.a_from] == s->b[box.b_from]) {
        box.a_from++;
        box.b_from++;
    }
    while (box.a_from < box.a_to && box.b_from < box.b_to &&
           s->a[box.a_to - 1] == s->b[box.b_to - 1]) {
        box.a_to--;
        box.b_to--;
    }
    return box;
}

static void compare(Side *a, Side *b)
{
    /* One diagonal more at each end than a box can have. */
    size_t diagonals = a->count + b->count + 3;
    ptrdiff_t *ends = memory_zeroed(2 * diagonals, sizeof *ends);
    Search s = {.a = a->numbers,
                .b = b->numbers,
                .forward = ends + b->count + 1,
                .backward = ends + diagonals + b->count + 1,
                .cost = COST_MOST};
    Boxes boxes = {0};
    push(&boxes, (Box){0, a->count, 0, b->count});
    while (boxes.count > 0) {
        Box box = shrink(&s, boxes.items[--boxes.count]);
        Middle middle = {0};
        bool empty = box.a_from == box.a_to || box.b_from == box.b_to;
        if (!empty)
            middle = find_middle(&s, &box);
        size_t x = (size_t)middle.x, y = (size_t)middle.y;
        bool stuck =
            (x == box.a_from && y == box.b_from) || (x == box.a_to && y == box.b_to);
        if (empty || stuck) {
            memset(a->changed + box.a_from, true, box.a_to - box.a_from);
            memset(b->changed + box.b_from, true, box.b_to - box.b_from);
            continue;
        }
        push(&boxes, (Box){x, box.a_to, y, box.b_to});
        push(&boxes, (Box){box.a_from, x, box.b_from, y});
    }
    free(boxes.items);
    free(ends);
}

/* Writing. */

static void write_line(Sink *out, char sign, Str line)
{
    sink_byte(out, sign);
    sink_write(out, line);
    if (!str_ends(line, STR("\n")))
        sink_write(out, STR("\n\\ No newline at end of file\n"));
}

/* "-12,3": an empty range stands behind the line before it. */
static void write_range(Sink *out, char sign, size_t from, size_t to)
{
    size_t count = to - from;
    sink_format(out, " %c%zu", sign, count == 0 ? from : from + 1);
    if (count != 1)
        sink_format(out, ",%zu", count);
}

/* Lines of both texts that go together: unchanged ones are pairs. */
typedef struct Hunk {
    size_t a_from, a_to, b_from, b_to;
} Hunk;

static void write_hunk(Sink *out, const Side *a, const Side *b, Hunk hunk)
{
    sink_write(out, STR("@@"));
    write_range(out, '-', hunk.a_from, hunk.a_to);
    write_range(out, '+', hunk.b_from, hunk.b_to);
    sink_write(out, STR(" @@\n"));
    size_t i = hunk.a_from, j = hunk.b_from;
    while (i < hunk.a_to || j < hunk.b_to) {
        if (i < hunk.a_to && a->changed[i])
            write_line(out, '-', a->lines[i++]);
        else if (j < hunk.b_to && b->changed[j])
            write_line(out, '+', b->lines[j++]);
        else {
            write_line(out, ' ', a->lines[i++]);
            j++;
        }
    }
}

/* Passes changed lines, and unchanged ones as long as the next change is near, so that
 * contexts would touch. */
static void extend(const Side *a, const Side *b, Hunk *hunk)
{
    size_t i = hunk->a_to, j = hunk->b_to, same = 0;
    for (;;) {
        if (i < a->count && a->changed[i]) {
            i++;
        } else if (j < b->count && b->changed[j]) {
            j++;
        } else if (i < a->count && same < 2 * (size_t)CONTEXT) {
            same++;
            i++;
            j++;
            continue;
        } else {
            break;
        }
        same = 0;
        hunk->a_to = i;
        hunk->b_to = j;
    }
}

static void write_hunks(Sink *out, const Side *a, const Side *b)
{
    size_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        bool change = (i < a->count && a->changed[i]) || (j < b->count && b->changed[j]);
        if (!change) {
            i++;
            j++;
            continue;
        }
        Hunk hunk = {i, i, j, j};
        extend(a, b, &hunk);
        i = hunk.a_to;
        j = hunk.b_to;
        size_t before = hunk.a_from < CONTEXT ? hunk.a_from : CONTEXT;
        size_t left = a->count - hunk.a_to;
        size_t behind = left < CONTEXT ? left : CONTEXT;
        write_hunk(out, a, b,
                   (Hunk){hunk.a_from - before, hunk.a_to + behind, hunk.b_from - before,
                          hunk.b_to + behind});
    }
}

bool diff_write(Sink *out, Str name_a, Str a, Str name_b, Str b)
{
    if (str_equal(a, b))
        return false;
    Side left = split(a), right = split(b);
    number_lines(&left, &right);
    compare(&left, &right);
    sink_format(out, "--- %.*s\n+++ %.*s\n", STR_ARG(name_a), STR_ARG(name_b));
    write_hunks(out, &left, &right);
    free_side(&left);
    free_side(&right);
    return true;
}
