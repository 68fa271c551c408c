/* SPDX-License-Identifier: MIT
 * Citations as JSON: what citeproc-js takes and word processors keep in their fields,
 *
 *     {"citationID": "a", "citationItems": [{"id": "doe", "locator": "3", "label":
 *      "page"}], "properties": {"noteIndex": 1, "mode": "composite"}}
 *
 * one after the other, a line each, or in an array; also an item alone, an array of
 * items, and [citation, citationsPre, citationsPost], the last of which says in what
 * order all stand.  Each is read by itself; one that is broken costs no other. */
#include "formats/text/cites.h"
#include "convert/text/extent.h"
#include "convert/text/markup.h"

#include <jansson.h>
#include <string.h>

enum {
    CITATION_MOST = 16 * 1024 * 1024, /* bytes */
    SIGNATURE = 64,                   /* of what one is known by */
    PIECE = 4096,                     /* looked at in one go */
    BACK = 256,                       /* kept of what was looked at */
    TOLD_MOST = 64
};

typedef struct Json {
    Cites *c;
    Extent ext;
    size_t depth;        /* of arrays around the citations: 0 or 1 */
    Str bytes;           /* of the value in work, ahead in the source */
    size_t at;           /* of these: ids before it have been seen */
    Str told[TOLD_MOST]; /* what was reported once */
    size_t told_count;
    json_t *kept;  /* citations of triples, by id: their order comes with the last one */
    json_t *order; /* pairs of id and note */
} Json;

bool cites_is_json(Str head)
{
    Str s = str_trim(head);
    if (!str_starts(s, STR("[")))
        return str_starts(s, STR("{"));
    s = str_trim(str_after(s, 1));
    return s.size > 0 && strchr("[{]", s.data[0]) != NULL;
}

/* Places. */

static Place place_at(const Json *j, size_t offset)
{
    return source_place_ahead(j->c->in, offset);
}

static bool is_followed(Str s, char wanted)
{
    Str rest = str_trim(s);
    return rest.size > 0 && rest.data[0] == wanted;
}

/* The offset of a key at or behind `from`; that of the value where it is not found as it
 * is spelled here. */
static size_t find_key(const Json *j, Str key, size_t from)
{
    Arena *arena = &j->c->scratch;
    Str quoted = arena_format(arena, "\"%.*s\"", STR_ARG(key));
    while (from < j->bytes.size) {
        from += str_find(str_after(j->bytes, from), quoted);
        Str behind = str_slice(j->bytes, from + quoted.size, from + quoted.size + 64);
        if (is_followed(behind, ':'))
            return from;
        from++;
    }
    return 0;
}

/* The offset of an item's id, whose place in the file is behind those before it. */
static size_t find_id(Json *j, Str id)
{
    for (size_t at = j->at; (at = find_key(j, STR("id"), at)) > 0; at++) {
        Str value = str_trim(str_slice(j->bytes, at + 4, at + 4 + id.size + 64));
        value = str_trim(str_after(value, 1));
        bool quoted = str_starts(value, STR("\""));
        if (str_starts(str_after(value, quoted), id)) {
            j->at = at + 1;
            return at;
        }
    }
    j->at = j->bytes.size;
    return 0;
}

/* Once for each thing, at the first of those keys. */
static void tell_odd(Json *j, Str what, Str key, const char *text)
{
    for (size_t i = 0; i < j->told_count; i++) {
        if (str_equal(j->told[i], what))
            return;
    }
    if (j->told_count == TOLD_MOST)
        return;
    j->told[j->told_count++] = arena_copy(&j->c->arena, what);
    diag_report(j->c->job->diag, LEVEL_NOTE, "odd-cite", place_at(j, find_key(j, key, 0)),
                "%s '%.*s'", text, STR_ARG(what));
}

static void report_bad(Json *j, size_t offset, const char *why)
{
    Level level = cites_level(j->c, CITE_BAD, LEVEL_WARNING);
    diag_report(j->c->job->diag, level, "bad-cite", place_at(j, offset),
                "citation left out: %s", why);
}

/* Values. */

/* Also a number; empty where it is neither. */
static Str string_of(Json *j, const json_t *value)
{
    if (json_is_string(value))
        return (Str){json_string_value(value), json_string_length(value)};
    if (json_is_integer(value))
        return arena_format(&j->c->scratch, "%lld", (long long)json_integer_value(value));
    return STR_EMPTY;
}

static Str get(Json *j, const json_t *object, const char *key)
{
    return string_of(j, json_object_get(object, key));
}

/* A string with CSL's markup in it. */
static Text marked(Json *j, json_t *object, const char *name)
{
    return markup_read(&j->c->scratch, text_plain(get(j, object, name)), MARKUP_CSL);
}

static bool is_yes(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return value != NULL && !json_is_false(value) && !json_is_null(value) &&
           !(json_is_integer(value) && json_integer_value(value) == 0);
}

/* Words of `known`, between blanks, that say something here or nothing to us. */
static void tell_unknown(Json *j, json_t *object, const char *known)
{
    for (void *step = json_object_iter(object); step != NULL;
         step = json_object_iter_next(object, step)) {
        Str key = {json_object_iter_key(step), json_object_iter_key_len(step)};
        Str rest = str_from(known), word;
        bool is_known = false;
        while (!is_known && str_word(&rest, &word))
            is_known = str_equal(word, key);
        if (!is_known)
            tell_odd(j, key, key, "citations are made without");
    }
}

/* Citations. */

/* Word processors' ids are numbers of a library; keys stand beside. */
static Str name_of(Json *j, const json_t *item)
{
    Str id = get(j, item, "id");
    if (cites_find(j->c, id) != NULL)
        return id;
    Str key = get(j, json_object_get(item, "itemData"), "citation-key");
    return key.size > 0 && cites_find(j->c, key) != NULL ? key : id;
}

static void add_item(Json *j, json_t *item)
{
    Str name = name_of(j, item), label = get(j, item, "label");
    if (name.size == 0) {
        report_bad(j, 0, "an item has no id");
        return;
    }
    tell_unknown(j, item,
                 "id locator label prefix suffix suppress-author author-only position "
                 "uris uri itemData near-note first-reference-note-number sortkeys");
    size_t at = find_id(j, get(j, item, "id"));
    Cite *cite = cites_add(j->c, name, place_at(j, at));
    if (cite == NULL)
        return;
    if (label.size > 0 && !style_is_locator(label))
        tell_odd(j, label, STR("label"), "CSL has no locator");
    cite->locator = get(j, item, "locator");
    cite->label = label;
    cite->prefix = marked(j, item, "prefix");
    cite->suffix = marked(j, item, "suffix");
    cite->suppress_author = is_yes(item, "suppress-author");
    cite->author_only = is_yes(item, "author-only");
    const json_t *position = json_object_get(item, "position");
    if (j->c->job->alone && json_is_integer(position))
        cite->forced = (int)json_integer_value(position) + 1;
}

static void set_mode(Json *j, Str mode)
{
    Cite *cites = j->c->cites;
    if (j->c->count == 0 || mode.size == 0)
        return;
    if (str_equal(mode, STR("composite")))
        cites[0].author_in_text = true;
    else if (str_equal(mode, STR("suppress-author")))
        cites[0].suppress_author = true;
    else if (!str_equal(mode, STR("author-only")))
        tell_odd(j, mode, STR("mode"), "citations have no mode");
    for (size_t i = 0; i < j->c->count && str_equal(mode, STR("author-only")); i++)
        cites[i].author_only = true;
}

/* The citation of an array of items. */
static void add_items(Json *j, json_t *items)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);
        if (json_is_object(item))
            add_item(j, item);
        else
            report_bad(j, 0, "an item is no object");
    }
}

/* `note` is its number where another says it; else NULL. */
static void add_citation(Json *j, json_t *citation, const json_t *note)
{
    json_t *items = json_object_get(citation, "citationItems");
    json_t *properties = json_object_get(citation, "properties");
    j->at = 0;
    tell_unknown(j, citation, "citationID citationItems properties schema sortedItems");
    tell_unknown(j, properties,
                 "noteIndex mode infix formattedCitation plainCitation unsorted index");
    if (!json_is_array(items)) {
        report_bad(j, 0, "citationItems is no list");
        return;
    }
    add_items(j, items);
    set_mode(j, get(j, properties, "mode"));
    if (note == NULL)
        note = json_object_get(properties, "noteIndex");
    size_t number = 0;
    if (json_is_integer(note) && json_integer_value(note) >= 0)
        number = (size_t)json_integer_value(note);
    else if (j->c->count > 0)
        number = cites_next_note(j->c);
    j->c->notes = number > j->c->notes ? number : j->c->notes;
    cites_put(j->c, number, marked(j, properties, "infix"));
}

/* Triples. */

static void place_others(Json *j, json_t *pairs)
{
    for (size_t i = 0; i < json_array_size(pairs); i++)
        json_array_append(j->order, json_array_get(pairs, i));
}

static void keep_triple(Json *j, json_t *triple)
{
    json_t *citation = json_array_get(triple, 0);
    json_t *id = json_object_get(citation, "citationID");
    json_t *note = json_object_get(json_object_get(citation, "properties"), "noteIndex");
    if (j->kept == NULL) {
        j->kept = json_object();
        j->order = json_array();
    }
    if (!json_is_string(id)) {
        report_bad(j, 0, "it has no citationID, by which others are placed");
        return;
    }
    json_object_setn_nocheck(j->kept, json_string_value(id), json_string_length(id),
                             citation);
    json_array_clear(j->order);
    place_others(j, json_array_get(triple, 1));
    json_array_append_new(j->order, json_pack("[OO?]", id, note));
    place_others(j, json_array_get(triple, 2));
}

/* As they stand after the last triple. */
static void add_kept(Json *j)
{
    for (size_t i = 0; i < json_array_size(j->order); i++) {
        json_t *pair = json_array_get(j->order, i), *id = json_array_get(pair, 0);
        json_t *citation =
            json_is_string(id)
                ? json_object_getn(j->kept, json_string_value(id), json_string_length(id))
                : NULL;
        if (citation != NULL)
            add_citation(j, citation, json_array_get(pair, 1));
    }
    json_decref(j->order);
    json_decref(j->kept);
}

static void read_tree(Json *j, json_t *tree)
{
    json_t *first = json_array_get(tree, 0);
    if (json_object_get(tree, "citationItems") != NULL) {
        add_citation(j, tree, NULL);
    } else if (json_object_get(first, "citationItems") != NULL) {
        keep_triple(j, tree);
    } else {
        j->at = 0;
        if (json_is_array(tree))
            add_items(j, tree);
        else
            add_item(j, tree);
        cites_put(j->c, j->c->count > 0 ? cites_next_note(j->c) : 0,
                  text_plain(STR_EMPTY));
    }
}

/* Bytes. */

/* The byte behind white space at `*offset` of what is ahead, or -1. */
static int peek(Json *j, size_t *offset)
{
    for (size_t want = *offset + 1;; want *= 2) {
        Str bytes = source_ahead(j->c->in, want);
        while (*offset < bytes.size && byte_is_space(bytes.data[*offset]))
            ++*offset;
        if (*offset < bytes.size)
            return (unsigned char)bytes.data[*offset];
        if (bytes.size < want)
            return -1;
        want = want > *offset ? want : *offset;
    }
}

/* The size of the value at `offset`, with j->ext at its end or at what is wrong. */
static ExtentResult measure(Json *j, size_t offset)
{
    ExtentResult result = EXTENT_MORE;
    extent_begin(&j->ext);
    for (size_t want = offset + PIECE; result == EXTENT_MORE; want *= 2) {
        Str bytes = source_ahead(j->c->in, want);
        result = extent_value(&j->ext, str_after(bytes, offset));
        if (bytes.size < want || bytes.size > CITATION_MOST)
            break;
    }
    return result;
}

static bool has_items(const Json *j, Str object)
{
    for (size_t i = 0; i < j->ext.count; i++) {
        const Property *p = &j->ext.properties[i];
        if (str_equal(str_slice(object, p->key, p->key_end), STR("citationItems")))
            return true;
    }
    return false;
}

/* Whether the array ahead is one of citations, and not one itself: a list of items, or a
 * triple. */
static bool is_list(Json *j)
{
    size_t offset = 1;
    if (peek(j, &offset) != '{')
        return true;
    if (measure(j, offset) != EXTENT_WHOLE)
        return true;
    Str first = str_after(source_ahead(j->c->in, 1), offset);
    bool items = has_items(j, str_slice(first, 0, j->ext.at));
    offset += j->ext.at;
    if (!items || peek(j, &offset) != ',')
        return items;
    offset++;
    return peek(j, &offset) != '[';
}

/* Whether the bracket at `at` begins a line, no further in than `indent`. */
static bool begins_line(Str bytes, size_t at, size_t indent)
{
    size_t blank = at;
    while (blank > 0 && at - blank <= indent && byte_is_space(bytes.data[blank - 1]) &&
           bytes.data[blank - 1] != '\n')
        blank--;
    return blank > 0 && bytes.data[blank - 1] == '\n' && at - blank <= indent;
}

/* The value's bracket and first key as they are written; empty where it has none. */
static Str signature_of(Json *j)
{
    Str begin = str_slice(source_ahead(j->c->in, SIGNATURE), 0, SIGNATURE);
    size_t open = str_find_byte(begin, '"');
    size_t close = open + 1 + str_find_byte(str_after(begin, open + 1), '"');
    return close < begin.size ? arena_copy(&j->c->scratch, str_slice(begin, 0, close + 1))
                              : STR_EMPTY;
}

/* Passes over all up to what begins as the broken one did, or begins a line no further
 * in. */
static void recover(Json *j, size_t from)
{
    Source *in = j->c->in;
    Str signature = signature_of(j);
    size_t indent = place_at(j, 0).col - 1;
    indent = indent < BACK - 2 ? indent : BACK - 2;
    for (from = from > 0 ? from : 1;; from++) {
        if (from > (size_t)2 * PIECE) {
            source_pass(in, from - BACK);
            from = BACK;
        }
        Str bytes = source_ahead(in, from + SIGNATURE);
        if (from >= bytes.size) {
            source_pass(in, bytes.size);
            return;
        }
        if (bytes.data[from] != '{' && bytes.data[from] != '[')
            continue;
        if (begins_line(bytes, from, indent) ||
            (signature.size > 0 && str_starts(str_after(bytes, from), signature)))
            break;
    }
    source_pass(in, from);
}

/* Says what is wrong with a value, `size` bytes of which can be read. */
static void report_json(Json *j, size_t size, bool ended)
{
    json_error_t error;
    Str bytes = source_ahead(j->c->in, 1);
    if (ended) {
        report_bad(j, 0, "the file ends within it");
        return;
    }
    bytes = str_slice(bytes, 0, size + SIGNATURE);
    json_t *tree = json_loadb(bytes.data, bytes.size, JSON_ALLOW_NUL, &error);
    size_t at = error.position > 0 ? (size_t)error.position - 1 : 0;
    report_bad(j, at < size ? at : size, tree == NULL ? error.text : "not understood");
    json_decref(tree);
}

static void read_value(Json *j)
{
    ExtentResult result = measure(j, 0);
    size_t size = j->ext.at;
    json_error_t error;
    if (result != EXTENT_WHOLE) {
        if (size > CITATION_MOST)
            report_bad(j, 0, "it is longer than 16 MiB");
        else
            report_json(j, size, result == EXTENT_MORE);
        recover(j, size);
        return;
    }
    j->bytes = str_slice(source_ahead(j->c->in, 1), 0, size);
    json_t *tree = json_loadb(j->bytes.data, size, JSON_ALLOW_NUL, &error);
    if (tree != NULL)
        read_tree(j, tree);
    else
        report_json(j, size, false);
    json_decref(tree);
    source_pass(j->c->in, size);
}

static void read_file(Json *j)
{
    for (;;) {
        size_t offset = 0;
        int c = peek(j, &offset);
        source_pass(j->c->in, offset);
        if (c < 0)
            return;
        if (c == ',') {
            source_pass(j->c->in, 1);
        } else if (c == ']' && j->depth > 0) {
            j->depth--;
            source_pass(j->c->in, 1);
        } else if (c == '[' && j->depth == 0 && is_list(j)) {
            j->depth++;
            source_pass(j->c->in, 1);
        } else if (c == '{' || c == '[') {
            read_value(j);
        } else {
            report_bad(j, 0, "an object or a list is expected");
            recover(j, 1);
        }
    }
}

void cites_read_json(Cites *c)
{
    Json j = {.c = c, .bytes = STR_EMPTY};
    read_file(&j);
    if (j.depth > 0)
        report_bad(&j, 0, "the file ends within its list");
    add_kept(&j);
    extent_free(&j.ext);
}
