/* SPDX-License-Identifier: MIT
 * Sort keys: made where they are needed, compared as bytes.  CSL 1.0.2, "Sorting". */
#include "convert/style/engine.h"

#include "convert/base/memory.h"
#include "convert/style/number.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What lies behind these does not sort; a style may make much more of an item. */
enum { KEY_MOST = 16 * 1024, KEYS_MOST = 64 * 1024 };

typedef struct Keyed {
    uint64_t front; /* the key's first bytes, so that most comparisons need no more */
    Str key;
    size_t before; /* bytes of the keys before this one */
    size_t place;  /* before the sort, which keeps it where keys are equal */
    Item *item;
} Keyed;

void ops_flat(const Ops *ops, size_t from, size_t to, Buf *out)
{
    for (size_t i = from; i < to; i++) {
        const Op *op = &ops->items[i];
        if (op->kind == OP_OPEN && op->scope == SCOPE_LABEL)
            i = ops_closing(ops, i);
        else if (op->kind == OP_TEXT)
            buf_add(out, op->text);
    }
}

static void key_names(Eval *e, Var var)
{
    /* Cut as the citation's or the bibliography's lists are. */
    const NameOptions *all = e->key->all[e->area];
    NameOptions options = {.set = all->set & (OPTION_MIN | OPTION_FIRST),
                           .min = all->min,
                           .first = all->first,
                           .use_last = all->use_last,
                           .form = NAME_LONG,
                           .sort_order = ORDER_ALL,
                           .delimiter = STR(", "),
                           .sort_separator = STR(", "),
                           .initialize_with = STR_EMPTY,
                           .names_delimiter = STR(" ")};
    Node node = {.kind = NODE_NAMES,
                 .vars = &var,
                 .var_count = 1,
                 .prefix = STR_EMPTY,
                 .suffix = STR_EMPTY,
                 .all = {&options, &options}};
    Called called = {false, false};
    eval_names(e, &node, &called);
}

static void key_date(Eval *e, Var var)
{
    Node day = {.kind = NODE_DATE_PART, .part = PART_DAY};
    Node month = {.kind = NODE_DATE_PART, .part = PART_MONTH, .next = &day};
    Node year = {.kind = NODE_DATE_PART, .part = PART_YEAR, .next = &month};
    Node node = {.kind = NODE_DATE,
                 .vars = &var,
                 .var_count = 1,
                 .prefix = STR_EMPTY,
                 .suffix = STR_EMPTY,
                 .delimiter = STR_EMPTY,
                 .first = &year};
    Called called = {false, false};
    eval_date(e, &node, &called);
}

static void key_number(Eval *e, Var var, Str text)
{
    text = str_trim(text);
    size_t digits = 0;
    while (digits < text.size && byte_is_digit(text.data[digits]))
        digits++;
    if (digits == 0 || digits > 18 || var == FIELD_SECTION) {
        ops_text(e->ops, text, OP_FIXED);
        return;
    }
    unsigned long long n =
        strtoull(arena_format(e->scratch, "%.*s", (int)digits, text.data).data, NULL, 10);
    ops_text(e->ops, arena_format(e->scratch, "%018llu", n), OP_FIXED);
    ops_text(e->ops, str_after(text, digits), OP_FIXED);
}

static void key_variable(Eval *e, Var var)
{
    if (var_is_names(var)) {
        key_names(e, var);
    } else if (var_is_date(var)) {
        key_date(e, var);
    } else {
        Str text = eval_value(e, var, FORM_LONG).text;
        if (var_is_number(var))
            key_number(e, var, text);
        else
            ops_text(e->ops, text, OP_FIXED);
    }
}

/* Punctuation at the front does not sort, unless there is nothing else. */
static Str without_signs(Str s)
{
    Str rest = s, next = s;
    while (next.size > 0 && uni_is_punctuation(utf8_next(&next)))
        rest = next;
    return rest.size > 0 ? rest : s;
}

static Str front(Str s)
{
    if (s.size > KEY_MOST)
        s = str_slice(s, 0, utf8_valid(str_slice(s, 0, KEY_MOST)));
    return s;
}

/* A sort at work. */
typedef struct Sorting {
    Document *doc;
    int area;
    Keyed *all;
    bool *tied; /* equal to the one before it, as far as keys were made */
    Arena keys; /* of one node */
    Buf flat, key;
} Sorting;

/* What a key makes of an item: nothing stands behind all else, then its bytes, turned
 * round where it descends. */
static void item_key(Document *doc, const Item *item, const Node *node, int area,
                     Buf *flat, Buf *key)
{
    Eval e = document_eval(doc, item, area);
    e.key = node;
    e.no_suffix = true;
    arena_reset(&doc->scratch);
    ops_cut(&doc->ops, (OpsMark){0});
    if (node->source == SOURCE_MACRO)
        eval_macro(&e, node->macro);
    else
        key_variable(&e, node->var_count ? node->vars[0] : VAR_NONE);
    buf_clear(flat);
    ops_flat(&doc->ops, 0, doc->ops.count, flat);
    bool empty = str_trim(buf_str(flat)).size == 0;
    buf_clear(key);
    buf_add_byte(key, empty ? '\x7f' : '\x01');
    if (!empty)
        collator_key(doc->collator, front(without_signs(buf_str(flat))), key);
    buf_add_byte(key, '\0');
    for (size_t i = 1; node->descending && i < key->size; i++)
        key->data[i] = (char)~key->data[i];
}

static uint64_t front_of(Str key)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes = bytes << 8 | (i < key.size ? (unsigned char)key.data[i] : 0u);
    return bytes;
}

static int order_of(const Keyed *x, const Keyed *y)
{
    if (x->front != y->front)
        return x->front < y->front ? -1 : 1;
    size_t size = x->key.size < y->key.size ? x->key.size : y->key.size;
    int order = memcmp(x->key.data, y->key.data, size);
    return order ? order : (x->key.size > y->key.size) - (x->key.size < y->key.size);
}

static int by_key(const void *a, const void *b)
{
    const Keyed *x = a, *y = b;
    int order = order_of(x, y);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* Sorts what is equal so far by one key more. */
static void sort_run(Sorting *s, const Node *node, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        Keyed *keyed = &s->all[i];
        keyed->before += keyed->key.size;
        item_key(s->doc, keyed->item, node, s->area, &s->flat, &s->key);
        keyed->key = arena_copy(&s->keys, buf_str(&s->key));
        keyed->front = front_of(keyed->key);
    }
    qsort(s->all + from, to - from, sizeof *s->all, by_key);
    for (size_t i = from + 1; i < to; i++)
        s->tied[i] = order_of(&s->all[i - 1], &s->all[i]) == 0;
}

/* Sorts by one key after the other.  Most items differ in the first, and what it tells
 * apart needs no key more. */
static void sort_keyed(Document *doc, Keyed *all, size_t count, const Node *sort,
                       int area)
{
    Sorting s = {.doc = doc, .area = area, .all = all};
    s.tied = memset(memory_alloc(count + 1), true, count + 1);
    for (const Node *node = sort->first; node; node = node->next) {
        for (size_t from = 0; from < count;) {
            size_t to = from + 1;
            while (to < count && s.tied[to])
                to++;
            if (to - from > 1 && all[from].before + all[from].key.size < KEYS_MOST)
                sort_run(&s, node, from, to);
            from = to;
        }
        arena_reset(&s.keys);
    }
    arena_free(&s.keys);
    buf_free(&s.key);
    buf_free(&s.flat);
    free(s.tied);
}

void sort_bibliography(Document *doc)
{
    const Node *sort = doc->style->areas[AREA_BIBLIOGRAPHY].sort;
    for (size_t i = 0; i < doc->item_count; i++)
        doc->order[i]->number = i + 1;
    if (sort && sort->first) {
        Keyed *keyed = memory_zeroed(doc->item_count + 1, sizeof *keyed);
        for (size_t i = 0; i < doc->item_count; i++)
            keyed[i] = (Keyed){.place = i, .key = STR_EMPTY, .item = doc->order[i]};
        sort_keyed(doc, keyed, doc->item_count, sort, AREA_BIBLIOGRAPHY);
        for (size_t i = 0; i < doc->item_count; i++)
            doc->order[i] = keyed[i].item;
        free(keyed);
    }
    /* Numbers that descend are those of the list read from its end. */
    bool reverse =
        sort && sort->first && sort->first->by_number && sort->first->descending;
    for (size_t i = 0; i < doc->item_count; i++) {
        doc->order[i]->number = reverse ? doc->item_count - i : i + 1;
        doc->order[i]->rank = i;
    }
}

static void sort_group(Document *doc, Group *group, const Node *sort)
{
    Keyed *keyed = memory_zeroed(group->count, sizeof *keyed);
    for (size_t i = 0; i < group->count; i++)
        keyed[i] = (Keyed){.place = i, .key = STR_EMPTY, .item = group->cites[i].item};
    sort_keyed(doc, keyed, group->count, sort, AREA_CITATION);
    Placed *sorted = arena_alloc(&doc->arena, group->count * sizeof *sorted);
    for (size_t i = 0; i < group->count; i++)
        sorted[i] = group->cites[keyed[i].place];
    group->cites = sorted;
    free(keyed);
}

void sort_cites(Document *doc)
{
    const Node *sort = doc->style->areas[AREA_CITATION].sort;
    if (!sort || !sort->first)
        return;
    for (size_t i = 0; i < doc->group_count; i++) {
        if (doc->groups[i].count > 1)
            sort_group(doc, &doc->groups[i], sort);
    }
}
