/* SPDX-License-Identifier: MIT
 * From a parsed file to a style that is ready: parents, locale, macros, inherited name
 * options, and the limits that evaluation relies on.  See style.h. */
#include "convert/base/memory.h"
#include "convert/style/parse.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MOST = 200,   /* nodes inside one another, macros followed */
    SIZE_MOST = 250000, /* nodes of a layout, macros followed; known styles have 10,000 */
    HINTS_MOST = 1000   /* macros among which a misspelled one is looked for */
};

typedef struct Loader {
    Style *style;
    Parsed parsed;
    Diag *diag;
    const Node **macros; /* by name */
    struct Measure *measures;
    size_t macro_count;
    bool failed;
} Loader;

/* What a macro comes to once all it calls is put in. */
typedef struct Measure {
    enum { MEASURE_NEW, MEASURE_OPEN, MEASURE_DONE } state;
    size_t size, depth;
    bool prints_suffix, prints_number;
} Measure;

static int by_name(const void *a, const void *b)
{
    const Node *const *x = a, *const *y = b;
    Str s = (*x)->word, t = (*y)->word;
    int order = memcmp(s.data, t.data, s.size < t.size ? s.size : t.size);
    return order ? order : (s.size > t.size) - (s.size < t.size);
}

static void index_macros(Loader *l)
{
    for (const Node *m = l->parsed.macros; m; m = m->next)
        l->macro_count++;
    l->macros = arena_alloc(&l->style->arena, (l->macro_count + 1) * sizeof(Node *));
    size_t size = (l->macro_count + 1) * sizeof(Measure);
    l->measures = memset(arena_alloc(&l->style->arena, size), 0, size);
    size_t i = 0;
    for (const Node *m = l->parsed.macros; m; m = m->next)
        l->macros[i++] = m;
    qsort(l->macros, l->macro_count, sizeof(Node *), by_name);
}

/* The place of the macro among all, or macro_count. */
static size_t find_macro(const Loader *l, Str name)
{
    size_t from = 0, to = l->macro_count;
    Node wanted = {.word = name};
    const Node *key = &wanted;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (by_name(&l->macros[middle], &key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < l->macro_count && str_equal(l->macros[from]->word, name);
    return found ? from : l->macro_count;
}

static void no_macro(Loader *l, const Node *node)
{
    Str near = STR_EMPTY;
    size_t best = 3;
    for (size_t i = 0; i < l->macro_count && l->macro_count <= HINTS_MOST; i++) {
        size_t distance = str_distance(l->macros[i]->word, node->word);
        if (distance < best) {
            best = distance;
            near = l->macros[i]->word;
        }
    }
    if (near.size)
        diag_report(l->diag, LEVEL_WARNING, "bad-style", node->place,
                    "no macro \"%.*s\"; did you mean \"%.*s\"?", STR_ARG(node->word),
                    STR_ARG(near));
    else
        diag_report(l->diag, LEVEL_WARNING, "bad-style", node->place,
                    "no macro \"%.*s\"; it prints nothing", STR_ARG(node->word));
}

static void inherit(NameOptions *to, const NameOptions *from)
{
    unsigned add = from->set & ~to->set;
#define TAKE(option, member)                                                             \
    if (add & (option))                                                                  \
    to->member = from->member
    TAKE(OPTION_AND, link);
    TAKE(OPTION_PRECEDES_LAST, precedes_last);
    TAKE(OPTION_PRECEDES_ET_AL, precedes_et_al);
    TAKE(OPTION_FORM, form);
    TAKE(OPTION_SORT_ORDER, sort_order);
    TAKE(OPTION_DELIMITER, delimiter);
    TAKE(OPTION_INITIALIZE_WITH, initialize_with);
    TAKE(OPTION_SORT_SEPARATOR, sort_separator);
    TAKE(OPTION_NAMES_DELIMITER, names_delimiter);
    TAKE(OPTION_INITIALIZE, initialize);
    TAKE(OPTION_USE_LAST, use_last);
    TAKE(OPTION_MIN, min);
    TAKE(OPTION_FIRST, first);
    TAKE(OPTION_SUBSEQUENT_MIN, subsequent_min);
    TAKE(OPTION_SUBSEQUENT_FIRST, subsequent_first);
#undef TAKE
    to->set |= add;
}

static const NameOptions DEFAULTS = {
    .delimiter = {", ", 2},
    .initialize_with = {"", 0},
    .sort_separator = {", ", 2},
    .names_delimiter = {"", 0},
    .initialize = true,
};

/* The options of a cs:names in an area: its own before the area's before the style's. */
static const NameOptions *resolve(Loader *l, const Node *names, const Area *area)
{
    NameOptions *all = arena_alloc(&l->style->arena, sizeof *all);
    *all = DEFAULTS;
    all->set = 0;
    if (names->name)
        inherit(all, &names->name->own);
    inherit(all, &names->own);
    inherit(all, &area->names);
    inherit(all, &l->style->names);
    return all;
}

static void finish_names(Loader *l, Node *node, const Node *outer)
{
    if (outer && !node->name)
        node->name = outer->name;
    if (outer && !node->et_al)
        node->et_al = outer->et_al;
    if (outer && !node->first) {
        node->label = outer->label;
        node->label_first = outer->label_first;
        if (memcmp(&node->format, &(Format){0}, sizeof node->format) == 0)
            node->format = outer->format;
        if (node->prefix.size == 0)
            node->prefix = outer->prefix;
        if (node->suffix.size == 0)
            node->suffix = outer->suffix;
    }
    if (outer && !(node->own.set & OPTION_NAMES_DELIMITER))
        inherit(&node->own, &outer->own);
    if (node->name) {
        node->family_part = node->name->family_part;
        node->given_part = node->name->given_part;
    }
    for (int area = 0; area < AREA_COUNT; area++)
        node->all[area] = resolve(l, node, &l->style->areas[area]);
}

static Measure measure(Loader *l, Node *node, const Node *outer, size_t depth);

/* NOLINTBEGIN(misc-no-recursion): measure_children, measure_macro and measure go at most
 * DEPTH_MOST deep, which they check. */
static void measure_children(Loader *l, Node *node, const Node *outer, size_t depth,
                             Measure *sum)
{
    for (Node *child = node->first; child; child = child->next) {
        Measure m = measure(l, child, outer, depth + 1);
        sum->size += m.size;
        sum->depth = m.depth + 1 > sum->depth ? m.depth + 1 : sum->depth;
        sum->prints_suffix |= m.prints_suffix;
        sum->prints_number |= m.prints_number;
    }
}

static Measure measure_macro(Loader *l, Node *call, size_t depth)
{
    size_t which = find_macro(l, call->word);
    if (which == l->macro_count) {
        if (call->word.size)
            no_macro(l, call);
        return (Measure){.size = 1};
    }
    Measure *m = &l->measures[which];
    call->macro = l->macros[which];
    if (m->state == MEASURE_OPEN) {
        if (!l->failed)
            diag_report(l->diag, LEVEL_ERROR, "bad-style", call->place,
                        "macro \"%.*s\" calls itself", STR_ARG(call->word));
        l->failed = true;
        return (Measure){.size = 1};
    }
    if (m->state == MEASURE_NEW) {
        m->state = MEASURE_OPEN;
        Measure sum = {.size = 1};
        measure_children(l, (Node *)(uintptr_t)l->macros[which], NULL, depth, &sum);
        sum.state = MEASURE_DONE;
        *m = sum;
    }
    return *m;
}

/* Links and measures what stands below a node; `outer` is the cs:names that it stands in
 * for. */
static Measure measure(Loader *l, Node *node, const Node *outer, size_t depth)
{
    Measure sum = {.size = 1};
    if (depth > DEPTH_MOST || l->failed) {
        l->failed = true;
        return sum;
    }
    if (node->kind == NODE_NAMES)
        finish_names(l, node, outer);
    bool calls = (node->kind == NODE_TEXT || node->kind == NODE_KEY) &&
                 node->source == SOURCE_MACRO;
    if (calls) {
        Measure m = measure_macro(l, node, depth + 1);
        sum = (Measure){.size = m.size + 1,
                        .depth = m.depth + 1,
                        .prints_suffix = m.prints_suffix,
                        .prints_number = m.prints_number};
    }
    for (size_t i = 0; node->kind == NODE_TEXT && i < node->var_count; i++)
        sum.prints_suffix |= node->vars[i] == VAR_YEAR_SUFFIX;
    for (size_t i = 0; node->kind <= NODE_NUMBER && i < node->var_count; i++)
        sum.prints_number |= node->vars[i] == VAR_CITATION_NUMBER;
    for (int area = 0; node->kind == NODE_KEY && area < AREA_COUNT; area++)
        node->all[area] = resolve(l, node, &l->style->areas[area]);
    if (node->kind == NODE_KEY)
        node->by_number = sum.prints_number ||
                          (node->var_count && node->vars[0] == VAR_CITATION_NUMBER);
    measure_children(l, node, node->kind == NODE_NAMES ? node : outer, depth, &sum);
    if (sum.size > SIZE_MOST || sum.depth > DEPTH_MOST)
        l->failed = true;
    return sum;
}
/* NOLINTEND(misc-no-recursion) */

static void finish_area(Loader *l, Area *area)
{
    Measure m = {.size = 0};
    const Area *citation = &l->style->areas[AREA_CITATION];
    if (area != citation && area->layout == citation->layout) {
        area->suffix_explicit = citation->suffix_explicit;
        return;
    }
    if (area->layout)
        m = measure(l, (Node *)(uintptr_t)area->layout, NULL, 0);
    area->suffix_explicit = m.prints_suffix;
    if (area == &l->style->areas[AREA_BIBLIOGRAPHY])
        l->style->layout.numeric = m.prints_number;
    if (area->sort)
        measure(l, (Node *)(uintptr_t)area->sort, NULL, 0);
}

/* Macros that no layout calls are linked, too, so that their faults are told. */
static void finish_macros(Loader *l)
{
    for (size_t i = 0; i < l->macro_count && !l->failed; i++) {
        Node call = {.kind = NODE_TEXT,
                     .source = SOURCE_MACRO,
                     .word = l->macros[i]->word,
                     .place = l->macros[i]->place};
        measure(l, &call, NULL, 0);
    }
}

static void merge_file(Style *style, const StyleSource *from, Str lang, Diag *diag)
{
    Str xml = STR_EMPTY, file = STR_EMPTY;
    if (lang.size == 0 || !from->locale(from->context, lang, &xml, &file))
        return;
    LocalePart *part = parse_locale(&style->arena, xml, file, diag);
    if (part)
        locale_merge(&style->locale, &style->arena, part);
}

static bool has_locale(const StyleSource *from, Str lang)
{
    Str xml = STR_EMPTY, file = STR_EMPTY;
    return lang.size > 0 && from->locale(from->context, lang, &xml, &file);
}

/* Parts of the style itself: those without a language, of the language, of the dialect.
 * The list is newest first, and a later one counts for more. */
static void merge_own(Style *style, const LocalePart *parts, Str lang)
{
    size_t count = 0;
    for (const LocalePart *part = parts; part; part = part->next)
        count += str_equal_nocase(part->lang, lang);
    const LocalePart **order = arena_alloc(&style->arena, (count + 1) * sizeof(void *));
    size_t i = count;
    for (const LocalePart *part = parts; part; part = part->next) {
        if (str_equal_nocase(part->lang, lang))
            order[--i] = part;
    }
    for (i = 0; i < count; i++)
        locale_merge(&style->locale, &style->arena, order[i]);
}

static void load_locale(Style *style, const StyleSource *from, const LocalePart *parts,
                        Str lang, Diag *diag)
{
    if (lang.size == 0)
        lang = style->default_locale.size ? style->default_locale : STR("en-US");
    Str language = str_slice(lang, 0, str_find_byte(lang, '-'));
    Str primary = locale_primary(lang);
    if (str_equal(lang, language) && primary.size)
        lang = primary;
    if (!has_locale(from, lang) && !has_locale(from, primary)) {
        diag_report(diag, LEVEL_WARNING, "no-locale", (Place){style->file, 0, 0},
                    "no locale %.*s; terms are in English", STR_ARG(lang));
        primary = STR("en-US");
    }
    merge_file(style, from, STR("en-US"), diag);
    if (!str_equal(primary, STR("en-US")))
        merge_file(style, from, primary, diag);
    if (!str_equal(lang, primary) && has_locale(from, lang))
        merge_file(style, from, lang, diag);
    locale_amend(&style->locale, &style->arena, lang);
    merge_own(style, parts, STR_EMPTY);
    merge_own(style, parts, language);
    if (!str_equal(language, lang))
        merge_own(style, parts, lang);

    style->lang = arena_copy(&style->arena, lang);
    size_t size = language.size < sizeof style->case_lang - 1
                      ? language.size
                      : sizeof style->case_lang - 1;
    memcpy(style->case_lang, language.data, size);
    style->case_lang[size] = '\0';
}

/* A style without bibliography prints entries as its citations are. */
static void fall_back(Style *style)
{
    style->layout.has_bibliography = style->areas[AREA_BIBLIOGRAPHY].layout != NULL;
    if (!style->layout.has_bibliography) {
        style->areas[AREA_BIBLIOGRAPHY].layout = style->areas[AREA_CITATION].layout;
        inherit(&style->areas[AREA_BIBLIOGRAPHY].names,
                &style->areas[AREA_CITATION].names);
    }
    style->groups_cites =
        style->group_delimiter_set || style->collapse == COLLAPSE_YEAR ||
        style->collapse == COLLAPSE_SUFFIX || style->collapse == COLLAPSE_SUFFIX_RANGED;
}

/* Values that stand behind others. */
static void finish_uses(Style *style)
{
    bool *uses = style->uses;
    uses[FIELD_PAGE] |= uses[FIELD_PAGE_FIRST];
    uses[FIELD_TITLE_SHORT] |= uses[FIELD_TITLE];
    uses[FIELD_CONTAINER_TITLE_SHORT] |= uses[FIELD_CONTAINER_TITLE];
    uses[FIELD_AUTHOR] |= uses[VAR_CITATION_LABEL];
    uses[FIELD_ISSUED] |= uses[VAR_CITATION_LABEL];
    uses[FIELD_EDITOR] |= uses[VAR_CITATION_LABEL];
    uses[FIELD_TRANSLATOR] |= uses[VAR_CITATION_LABEL];
    uses[FIELD_TITLE] |= uses[VAR_CITATION_LABEL];
}

static Style *new_style(Str file)
{
    Style *style = memory_zeroed(1, sizeof *style);
    style->file = file;
    style->layout.title = style->id = style->default_locale = style->parent = STR_EMPTY;
    style->lang = style->suffix_delimiter = style->after_collapse = STR_EMPTY;
    style->author_substitute = STR_EMPTY;
    style->group_delimiter = STR(", ");
    style->layout.line_spacing = style->layout.entry_spacing = 1;
    style->near_note = 5;
    style->initialize_hyphen = true;
    return style;
}

/* The style that `style` is an alias for, or NULL; reads one after the other. */
static Style *follow(const StyleSource *from, Style *style, Parsed *parsed, Diag *diag)
{
    for (int turn = 0; style->parent.size && !style->areas[AREA_CITATION].layout;
         turn++) {
        Str xml = STR_EMPTY, file = STR_EMPTY, parent = style->parent;
        if (turn == 8 || !from->style(from->context, parent, &xml, &file)) {
            diag_report(diag, LEVEL_ERROR, "no-style", (Place){style->file, 0, 0},
                        "its parent %.*s is not there", STR_ARG(parent));
            style_close(style);
            return NULL;
        }
        Style *next = new_style(file);
        *parsed = (Parsed){.locales = NULL};
        if (!parse_style(next, parsed, xml, diag)) {
            style_close(next);
            style_close(style);
            return NULL;
        }
        if (style->default_locale.size)
            next->default_locale = arena_copy(&next->arena, style->default_locale);
        if (style->layout.title.size)
            next->layout.title = arena_copy(&next->arena, style->layout.title);
        style_close(style);
        style = next;
    }
    return style;
}

Style *style_open(const StyleSource *from, Str xml, Str file, Str lang, Diag *diag)
{
    Loader l = {.style = new_style(file), .diag = diag};
    if (!parse_style(l.style, &l.parsed, xml, diag)) {
        style_close(l.style);
        return NULL;
    }
    l.style = follow(from, l.style, &l.parsed, diag);
    if (!l.style)
        return NULL;
    Style *style = l.style;
    if (!style->areas[AREA_CITATION].layout && !style->areas[AREA_BIBLIOGRAPHY].layout) {
        diag_report(diag, LEVEL_ERROR, "bad-style", (Place){style->file, 0, 0},
                    "it has neither a citation nor a bibliography");
        style_close(style);
        return NULL;
    }
    Str own = lang.size ? lang : style->default_locale;
    style->english = own.size == 0 || str_starts_nocase(own, STR("en"));
    fall_back(style);
    finish_uses(style);
    load_locale(style, from, l.parsed.locales, lang, diag);
    index_macros(&l);
    finish_area(&l, &style->areas[AREA_CITATION]);
    finish_area(&l, &style->areas[AREA_BIBLIOGRAPHY]);
    finish_macros(&l);
    if (l.failed) {
        diag_report(diag, LEVEL_ERROR, "bad-style", (Place){style->file, 0, 0},
                    "its macros call too much");
        style_close(style);
        return NULL;
    }
    style->layout.second_field_align = style->second_field_align != 0;
    return style;
}

void style_close(Style *style)
{
    if (!style)
        return;
    arena_free(&style->arena);
    free(style);
}

Str style_lang(const Style *style)
{
    return style->lang;
}

const StyleLayout *style_layout(const Style *style)
{
    return &style->layout;
}
