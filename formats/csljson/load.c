/* SPDX-License-Identifier: MIT
 * jansson's values and ours; see load.h.  Both ways the arrays and objects whose content
 * is still to come wait in a line, so that no depth of brackets costs stack. */
#include "formats/csljson/load.h"

#include <jansson.h>
#include <stdlib.h>
#include <sys/random.h>

/* An array or object that exists and is empty on one side. */
typedef struct Pair {
    struct Pair *next;
    Tree *tree;
    json_t *value;
} Pair;

typedef struct Line {
    Arena *arena;
    Pair *first, *last;
} Line;

static void wait_in_line(Line *line, Tree *tree, json_t *value)
{
    if (tree->kind != TREE_ARRAY && tree->kind != TREE_OBJECT)
        return;
    Pair *pair = arena_alloc(line->arena, sizeof *pair);
    *pair = (Pair){.tree = tree, .value = value};
    if (line->last != NULL)
        line->last->next = pair;
    else
        line->first = pair;
    line->last = pair;
}

/* jansson would open a file for it, which there may be no right to any more, and do
 * with the time of day where it cannot: whoever guesses that makes objects that cost the
 * square of their size. */
void load_seed(void)
{
    unsigned value = 0;
    if (getrandom(&value, sizeof value, GRND_NONBLOCK) == (ssize_t)sizeof value)
        json_object_seed(value);
}

/* From jansson. */

static TreeKind kind_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return TREE_OBJECT;
    case JSON_ARRAY:
        return TREE_ARRAY;
    case JSON_STRING:
        return TREE_STRING;
    case JSON_INTEGER:
        return TREE_WHOLE;
    case JSON_REAL:
        return TREE_REAL;
    case JSON_TRUE:
        return TREE_TRUE;
    case JSON_FALSE:
        return TREE_FALSE;
    case JSON_NULL:
    default:
        return TREE_NULL;
    }
}

/* Without what an array or object holds. */
static Tree *tree_of(const Soil *soil, const json_t *value)
{
    Tree *tree = tree_new(soil->values, kind_of(value));
    if (tree->kind == TREE_STRING)
        tree->string = arena_copy(
            soil->texts, (Str){json_string_value(value), json_string_length(value)});
    else if (tree->kind == TREE_WHOLE)
        tree->whole = json_integer_value(value);
    else if (tree->kind == TREE_REAL)
        tree->real = json_real_value(value);
    return tree;
}

static void fill_tree(const Soil *soil, Line *line, const Pair *pair)
{
    for (size_t i = 0; i < json_array_size(pair->value); i++) {
        json_t *one = json_array_get(pair->value, i);
        Tree *child = tree_of(soil, one);
        tree_add(pair->tree, child);
        wait_in_line(line, child, one);
    }
    if (pair->tree->kind == TREE_ARRAY)
        return;
    for (void *step = json_object_iter(pair->value); step != NULL;
         step = json_object_iter_next(pair->value, step)) {
        json_t *one = json_object_iter_value(step);
        Tree *child = tree_of(soil, one);
        child->key = arena_copy(soil->texts, (Str){json_object_iter_key(step),
                                                   json_object_iter_key_len(step)});
        tree_add(pair->tree, child);
        wait_in_line(line, child, one);
    }
    tree_close(soil->values, pair->tree);
}

/* NULL for NULL; the value is no longer the caller's. */
static Tree *take(const Soil *soil, json_t *value)
{
    if (value == NULL)
        return NULL;
    Line line = {.arena = soil->values};
    Tree *tree = tree_of(soil, value);
    wait_in_line(&line, tree, value);
    for (Pair *pair = line.first; pair != NULL; pair = pair->next)
        fill_tree(soil, &line, pair);
    json_decref(value);
    return tree;
}

Tree *load_token(const Soil *soil, Str token)
{
    return take(
        soil, json_loadb(token.data, token.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
}

/* The offset of the token that jansson refused: it counts to the token's end. */
static LoadError error_of(const json_error_t *error, size_t most)
{
    LoadError of = {.at = error->position > 0 ? (size_t)error->position : 0};
    const char *near = strstr(error->text, " near '");
    size_t size = strlen(error->text);
    if (near != NULL && size > 0 && error->text[size - 1] == '\'') {
        size_t token = size - 1 - (size_t)(near + 7 - error->text);
        of.at -= token < of.at ? token : of.at;
    }
    if (of.at > most)
        of.at = most;
    size_t kept = size < LOAD_WHY ? size : LOAD_WHY - 1;
    memcpy(of.why, error->text, kept);
    of.why[kept] = '\0';
    return of;
}

Tree *load_item(const Soil *soil, Str item, LoadError *error)
{
    json_error_t of;
    json_t *value = json_loadb(item.data, item.size, JSON_ALLOW_NUL, &of);
    if (value == NULL && json_error_code(&of) == json_error_numeric_overflow)
        value = json_loadb(item.data, item.size, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL,
                           &of);
    if (value == NULL)
        *error = error_of(&of, item.size);
    return take(soil, value);
}

bool load_fault(Str item, LoadError *error)
{
    json_error_t of;
    json_t *value = json_loadb(item.data, item.size, JSON_ALLOW_NUL, &of);
    if (value == NULL)
        *error = error_of(&of, item.size);
    json_decref(value);
    return value == NULL;
}

/* To jansson. */

/* Without what an array or object holds; new. */
static json_t *value_of(const Tree *tree)
{
    json_t *value = NULL;
    switch (tree->kind) {
    case TREE_NULL:
        return json_null();
    case TREE_FALSE:
        return json_false();
    case TREE_TRUE:
        return json_true();
    case TREE_WHOLE:
        value = json_integer(tree->whole);
        break;
    case TREE_REAL:
        value = json_real(tree->real);
        break;
    case TREE_STRING:
        value = json_stringn_nocheck(tree->string.data, tree->string.size);
        break;
    case TREE_ARRAY:
        value = json_array();
        break;
    case TREE_OBJECT:
        value = json_object();
        break;
    }
    return value;
}

static void fill_value(Line *line, const Pair *pair)
{
    bool array = pair->tree->kind == TREE_ARRAY;
    for (Tree *child = pair->tree->first; child != NULL; child = child->next) {
        json_t *value = value_of(child);
        if (array)
            json_array_append_new(pair->value, value);
        else
            json_object_setn_new_nocheck(pair->value, child->key.data, child->key.size,
                                         value);
        wait_in_line(line, child, value);
    }
}

/* New. */
static json_t *whole_value(Arena *arena, const Tree *tree)
{
    Line line = {.arena = arena};
    Tree copy = *tree;
    json_t *value = value_of(tree);
    wait_in_line(&line, &copy, value);
    for (Pair *pair = line.first; pair != NULL; pair = pair->next)
        fill_value(&line, pair);
    return value;
}

static int add_bytes(const char *bytes, size_t size, void *out)
{
    buf_add(out, (Str){bytes, size});
    return 0;
}

Str tree_text(const Soil *soil, const Tree *tree)
{
    Buf out = {0};
    json_t *value = whole_value(soil->values, tree);
    json_dump_callback(value, add_bytes, &out, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(value);
    Str text = arena_copy(soil->texts, buf_str(&out));
    buf_free(&out);
    return text;
}

bool tree_equal(const Soil *soil, const Tree *a, const Tree *b)
{
    if (tree_is_string(a) && tree_is_string(b))
        return str_equal(tree_str(a), tree_str(b));
    json_t *x = whole_value(soil->values, a), *y = whole_value(soil->values, b);
    bool equal = json_equal(x, y) == 1;
    json_decref(x);
    json_decref(y);
    return equal;
}
