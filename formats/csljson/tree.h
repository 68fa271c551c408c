/* SPDX-License-Identifier: MIT
 * An item as a tree of JSON's values.
 *
 * They live in arenas, so nothing is freed singly and no thread frees what another made.
 * Where a function takes a Tree that may be NULL or of another kind, it has no members,
 * no items and no text. */
#ifndef CITECONV_FORMATS_CSLJSON_TREE_H
#define CITECONV_FORMATS_CSLJSON_TREE_H

#include "convert/base/arena.h"

typedef enum TreeKind {
    TREE_NULL,
    TREE_FALSE,
    TREE_TRUE,
    TREE_WHOLE, /* a number without point and exponent */
    TREE_REAL,
    TREE_STRING,
    TREE_ARRAY,
    TREE_OBJECT
} TreeKind;

typedef struct Tree Tree;
struct Tree {
    TreeKind kind;
    Str key;    /* of an object's member */
    Tree *next; /* in its array or object */
    union {
        long long whole;
        double real;
        Str string;
        struct {
            Tree *first, *last;
            size_t count;
            Tree **sorted; /* an object's members by their keys, where they are many */
        };
    };
};

/* Where a tree is made. */
typedef struct Soil {
    Arena *values; /* dies with the tree */
    Arena *texts;  /* strings that stand nowhere as they are */
} Soil;

/* The tree of an item that the scan (extent.h) went through to its end without a comma
 * too many; strings view the item where they can.  NULL where jansson has to read it as a
 * whole. */
Tree *tree_build(const Soil *soil, Str item);

/* Making. */

/* An empty one of that kind. */
Tree *tree_new(Arena *values, TreeKind kind);
/* A string. */
Tree *tree_string(Arena *values, Str s);
/* Puts a new value at the end. */
void tree_add(Tree *parent, Tree *child);
/* Makes the members of an object that is whole ready for look-up.  Of those with the same
 * key the last counts, in the place of the first. */
void tree_close(Arena *values, Tree *object);
/* Puts what another tree holds into *object, which is made where it is NULL, and which
 * tree_close has to see in the end. */
void tree_put(Arena *values, Tree **object, Str key, const Tree *value);

/* Looking. */

static inline bool tree_is(const Tree *tree, TreeKind kind)
{
    return tree != NULL && tree->kind == kind;
}

static inline bool tree_is_string(const Tree *tree)
{
    return tree_is(tree, TREE_STRING);
}

static inline bool tree_is_array(const Tree *tree)
{
    return tree_is(tree, TREE_ARRAY);
}

static inline bool tree_is_object(const Tree *tree)
{
    return tree_is(tree, TREE_OBJECT);
}

static inline bool tree_is_number(const Tree *tree)
{
    return tree_is(tree, TREE_WHOLE) || tree_is(tree, TREE_REAL);
}

static inline Str tree_str(const Tree *tree)
{
    return tree_is_string(tree) ? tree->string : STR_EMPTY;
}

/* The first of an array's items, and of an object's members; others follow in `next`. */
static inline const Tree *tree_items(const Tree *array)
{
    return tree_is_array(array) ? array->first : NULL;
}

static inline const Tree *tree_members(const Tree *object)
{
    return tree_is_object(object) ? object->first : NULL;
}

/* How many items an array has. */
static inline size_t tree_count(const Tree *array)
{
    return tree_is_array(array) ? array->count : 0;
}

/* A member; NULL where there is none. */
const Tree *tree_find(const Tree *object, Str key);
static inline const Tree *tree_get(const Tree *object, const char *key)
{
    return tree_find(object, str_from(key));
}

/* 0 for what is no number. */
double tree_number(const Tree *tree);
/* Nothing is said: null, "", [], {}. */
bool tree_is_nothing(const Tree *tree);
/* true, 1, "1", "yes": what CSL takes for yes. */
bool tree_is_yes(const Tree *tree);

#endif
