/* SPDX-License-Identifier: MIT
 * Trees of values; see tree.h. */
#include "formats/csljson/tree.h"

#include <stdint.h>
#include <stdlib.h>

enum { FEW = 64 }; /* members that are gone through one by one */

Tree *tree_new(Arena *values, TreeKind kind)
{
    Tree *tree = arena_alloc(values, sizeof *tree);
    *tree = (Tree){.kind = kind, .key = STR_EMPTY};
    return tree;
}

Tree *tree_string(Arena *values, Str s)
{
    Tree *tree = tree_new(values, TREE_STRING);
    tree->string = s;
    return tree;
}

void tree_add(Tree *parent, Tree *child)
{
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->count++;
}

void tree_put(Arena *values, Tree **object, Str key, const Tree *value)
{
    Tree *copy = arena_alloc(values, sizeof *copy);
    *copy = *value;
    copy->key = key;
    copy->next = NULL;
    if (*object == NULL)
        *object = tree_new(values, TREE_OBJECT);
    tree_add(*object, copy);
}

/* Keys that come twice. */

/* What `later` holds, in the place of `first`. */
static void replace(Tree *first, const Tree *later)
{
    Tree *next = first->next;
    *first = *later;
    first->next = next;
}

static Tree *find_before(const Tree *object, const Tree *end, Str key)
{
    Tree *member = object->first;
    while (member != end && !str_equal(member->key, key))
        member = member->next;
    return member != end ? member : NULL;
}

/* A bit that tells most keys apart. */
static uint64_t bit_of(Str key)
{
    size_t ends = key.size > 0 ? (unsigned char)key.data[0] * 5u +
                                     (unsigned char)key.data[key.size - 1]
                               : 0;
    return (uint64_t)1 << (ends + key.size * 11) % 64;
}

static void close_few(Tree *object)
{
    uint64_t seen = 0;
    Tree *before = NULL;
    for (Tree *member = object->first; member != NULL; member = member->next) {
        uint64_t bit = bit_of(member->key);
        Tree *same = (seen & bit) != 0 ? find_before(object, member, member->key) : NULL;
        seen |= bit;
        if (same == NULL) {
            before = member;
            continue;
        }
        before->next = member->next;
        object->count--;
        replace(same, member);
    }
    object->last = before;
}

typedef struct Ranked {
    Tree *member;
    size_t index;
} Ranked;

static int key_order(Str a, Str b)
{
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int by_key(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    int order = key_order(x->member->key, y->member->key);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static void close_many(Arena *values, Tree *object)
{
    size_t count = 0, all = object->count;
    Ranked *ranked = arena_alloc(values, all * sizeof *ranked);
    bool *gone = arena_alloc(values, all * sizeof *gone);
    object->sorted = arena_alloc(values, all * sizeof(Tree *));
    for (Tree *member = object->first; member != NULL; member = member->next) {
        gone[count] = false;
        ranked[count] = (Ranked){member, count};
        count++;
    }
    qsort(ranked, all, sizeof *ranked, by_key);
    object->count = 0;
    for (size_t i = 0; i < all; i++) {
        Tree *member = ranked[i].member;
        Tree *same = object->count > 0 ? object->sorted[object->count - 1] : NULL;
        if (same != NULL && str_equal(same->key, member->key)) {
            replace(same, member);
            gone[ranked[i].index] = true;
        } else {
            object->sorted[object->count++] = member;
        }
    }
    Tree *member = object->first, **link = &object->first;
    for (size_t i = 0; i < all; i++, member = member->next) {
        if (gone[i])
            continue;
        *link = member;
        link = &member->next;
        object->last = member;
    }
    *link = NULL;
}

void tree_close(Arena *values, Tree *object)
{
    if (object->count > FEW)
        close_many(values, object);
    else
        close_few(object);
}

/* Looking. */

const Tree *tree_find(const Tree *object, Str key)
{
    if (!tree_is_object(object))
        return NULL;
    if (object->sorted == NULL)
        return find_before(object, NULL, key);
    size_t low = 0, high = object->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = key_order(object->sorted[middle]->key, key);
        if (order == 0)
            return object->sorted[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

double tree_number(const Tree *tree)
{
    if (tree_is(tree, TREE_WHOLE))
        return (double)tree->whole;
    return tree_is(tree, TREE_REAL) ? tree->real : 0;
}

bool tree_is_nothing(const Tree *tree)
{
    if (tree == NULL || tree->kind == TREE_NULL)
        return true;
    if (tree->kind == TREE_STRING)
        return tree->string.size == 0;
    return (tree->kind == TREE_ARRAY || tree->kind == TREE_OBJECT) && tree->count == 0;
}

bool tree_is_yes(const Tree *tree)
{
    if (tree_is_string(tree)) {
        Str s = tree_str(tree);
        return s.size > 0 && !str_equal(s, STR("0")) &&
               !str_equal_nocase(s, STR("false")) && !str_equal_nocase(s, STR("no"));
    }
    return tree_is(tree, TREE_TRUE) || tree_number(tree) != 0;
}
