/* SPDX-License-Identifier: MIT
 * Evaluation: wrapping, groups, delimiters and conditions.  See eval.h. */
#include "convert/style/eval.h"

#include "convert/style/number.h"

#include <string.h>

/* From the outside to the inside. */
void wrap_format(Eval *e, const Format *format, bool open)
{
    if (!(format->align | format->decoration | format->weight | format->variant |
          format->style))
        return;
    unsigned marks[] = {format->align, format->decoration, format->weight,
                        format->variant, format->style};
    enum { COUNT = sizeof marks / sizeof *marks };
    for (size_t i = 0; i < COUNT; i++) {
        unsigned mark = marks[open ? i : COUNT - 1 - i];
        if (mark == 0)
            continue;
        if (open)
            ops_open(e->ops, SCOPE_FORMAT, mark - 1);
        else
            ops_close(e->ops, SCOPE_FORMAT, mark - 1);
    }
}

/* Most elements say nothing about their looks. */
static bool is_bare(const Format *format)
{
    static const Format BARE = {0};
    return memcmp(format, &BARE, sizeof BARE) == 0;
}

static unsigned affix_flags(const Node *node)
{
    bool around = node && (node->kind == NODE_GROUP || node->kind == NODE_NUMBER ||
                           node->kind == NODE_DATE ||
                           (node->kind == NODE_TEXT && node->source == SOURCE_MACRO));
    return around ? OP_STYLE | OP_AROUND : OP_STYLE;
}

Wrap wrap_open(Eval *e, const Node *node, const Format *format, Str prefix)
{
    Wrap wrap = {.start = ops_mark(e->ops), .affix = affix_flags(node)};
    if (is_bare(format)) {
        ops_text(e->ops, prefix, wrap.affix);
        wrap.texts = e->ops->texts;
        wrap.content = e->ops->count;
        return wrap;
    }
    if (format->display)
        ops_open(e->ops, SCOPE_FORMAT, format->display - 1u);
    ops_text(e->ops, prefix, wrap.affix);
    size_t opened = e->ops->count;
    if (format->quotes)
        ops_open(e->ops, SCOPE_QUOTE, 0);
    wrap_format(e, format, true);
    if (format->quotes)
        e->ops->items[opened].number = (unsigned)(e->ops->count - opened - 1);
    wrap.texts = e->ops->texts;
    wrap.content = e->ops->count;
    return wrap;
}

bool wrap_close(Eval *e, const Format *format, Wrap wrap, Str suffix)
{
    if (e->ops->texts == wrap.texts) {
        ops_cut(e->ops, wrap.start);
        return false;
    }
    if (is_bare(format)) {
        ops_text(e->ops, suffix, wrap.affix);
        return true;
    }
    if (format->strip_periods)
        textcase_strip_periods(e, wrap.content);
    if (format->text_case != CASE_NONE)
        textcase_apply(e, wrap.content, (TextCase)format->text_case);
    wrap_format(e, format, false);
    if (format->quotes)
        ops_close(e->ops, SCOPE_QUOTE, 0);
    ops_text(e->ops, suffix, wrap.affix);
    if (format->display)
        ops_close(e->ops, SCOPE_FORMAT, format->display - 1u);
    return true;
}

void between_open(Eval *e, Between *between)
{
    between->before = ops_mark(e->ops);
    if (between->any)
        ops_text(e->ops, between->text, OP_STYLE);
    between->texts = e->ops->texts;
}

void between_close(Eval *e, Between *between)
{
    if (e->ops->texts == between->texts)
        ops_cut(e->ops, between->before);
    else
        between->any = true;
}

static Str link_target(const Eval *e, Var var, Str value)
{
    if (e->area != AREA_BIBLIOGRAPHY || e->key)
        return STR_EMPTY;
    if (str_starts_nocase(value, STR("http://")) ||
        str_starts_nocase(value, STR("https://")))
        return var == FIELD_URL || var == FIELD_DOI || var == FIELD_PMID ||
                       var == FIELD_PMCID
                   ? value
                   : STR_EMPTY;
    switch (var) {
    case FIELD_URL:
        return value;
    case FIELD_DOI:
        return arena_join(e->scratch, STR("https://doi.org/"), STR_EMPTY, value);
    case FIELD_PMID:
        return arena_join(e->scratch, STR("https://www.ncbi.nlm.nih.gov/pubmed/"),
                          STR_EMPTY, value);
    case FIELD_PMCID:
        return arena_join(e->scratch, STR("https://www.ncbi.nlm.nih.gov/pmc/articles/"),
                          STR_EMPTY, value);
    default:
        return STR_EMPTY;
    }
}

static bool is_flat(Var var)
{
    return var == FIELD_PAGE || var == VAR_LOCATOR || var == FIELD_VOLUME ||
           var == FIELD_ISSUE || var == FIELD_NUMBER || var == FIELD_EDITION ||
           var == FIELD_CHAPTER_NUMBER || var == FIELD_COLLECTION_NUMBER ||
           var == FIELD_NUMBER_OF_PAGES || var == FIELD_NUMBER_OF_VOLUMES;
}

/* page-range-format holds for pages only. */
static bool are_pages(const Eval *e, Var var)
{
    Str label = e->cite ? e->cite->label : STR_EMPTY;
    return var == FIELD_PAGE ||
           (var == VAR_LOCATOR && (label.size == 0 || str_equal(label, STR("page"))));
}

static OpScope scope_of(Var var)
{
    switch (var) {
    case VAR_CITATION_NUMBER:
        return SCOPE_NUMBER;
    case VAR_YEAR_SUFFIX:
        return SCOPE_SUFFIX;
    case VAR_LOCATOR:
        return SCOPE_LOCATOR;
    default:
        return SCOPE_FORMAT;
    }
}

static void emit_variable(Eval *e, const Node *node, Var var, Text value)
{
    Str prefix = node->prefix;
    Str target = link_target(e, var, value.text);
    /* "https://doi.org/" before a DOI is part of its link. */
    size_t uri =
        target.size && !node->format.quotes ? str_find(prefix, STR("http")) : prefix.size;
    Str anchor = str_after(prefix, uri);
    Wrap wrap = wrap_open(e, node, &node->format, str_slice(prefix, 0, uri));
    OpScope scope = scope_of(var);
    if (scope != SCOPE_FORMAT)
        ops_open(e->ops, scope, 0);
    if (target.size) {
        ops_open(e->ops, SCOPE_LINK, STYLE_LINK);
        e->ops->items[e->ops->count - 1].text = target;
        ops_text(e->ops, anchor, OP_STYLE | OP_FIXED);
        ops_text(e->ops, value.text, OP_FIXED | OP_FIELD | (anchor.size ? OP_GLUED : 0u));
        ops_close(e->ops, SCOPE_LINK, STYLE_LINK);
    } else if (is_flat(var) && value.run_count == 0) {
        Str text = number_text(e->scratch, e->style, var, value.text, are_pages(e, var));
        rich_emit(e->ops, text_plain(text), OP_FIELD);
    } else {
        rich_emit(e->ops, value, OP_FIELD);
    }
    if (scope != SCOPE_FORMAT)
        ops_close(e->ops, scope, 0);
    if (var == VAR_YEAR_SUFFIX)
        e->suffix_done = true;
    if (var == VAR_CITATION_LABEL)
        eval_year_suffix(e);
    wrap_close(e, &node->format, wrap, node->suffix);
}

static void text_variable(Eval *e, const Node *node, Called *called)
{
    Var var = node->var_count ? node->vars[0] : VAR_NONE;
    /* A suffix that is not there hides no group. */
    called->any |= var != VAR_YEAR_SUFFIX;
    Text value = eval_value(e, var, node->form);
    if (value.text.size == 0)
        return;
    called->any = called->filled = true;
    if (e->substituting && var < FIELD_COUNT) {
        e->gone[var] = true;
        if (eval_short_of(var) != VAR_NONE)
            e->gone[eval_short_of(var)] = true;
    }
    emit_variable(e, node, var, value);
}

static void text_term(Eval *e, const Node *node)
{
    const Term *term = locale_term(&e->style->locale, node->word, node->form);
    if (!term)
        return;
    Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
    bool no_date = str_equal(node->word, STR("no date"));
    if (no_date)
        ops_open(e->ops, SCOPE_YEAR, 0);
    rich_emit(e->ops, text_plain(node->plural_term ? term->multiple : term->single),
              OP_TERM);
    if (no_date)
        ops_close(e->ops, SCOPE_YEAR, 0);
    wrap_close(e, &node->format, wrap, node->suffix);
}

void eval_year_suffix(Eval *e)
{
    const Style *style = e->style;
    if (e->suffix_done || e->no_suffix || e->item->year_suffix == 0 || e->key)
        return;
    /* Where a style prints it as a variable, it stands there only. */
    if (style->areas[AREA_CITATION].suffix_explicit ||
        style->areas[AREA_BIBLIOGRAPHY].suffix_explicit)
        return;
    ops_open(e->ops, SCOPE_SUFFIX, 0);
    ops_text(e->ops, number_letters(e->scratch, e->item->year_suffix),
             OP_FIELD | OP_GLUED);
    ops_close(e->ops, SCOPE_SUFFIX, 0);
    e->suffix_done = true;
}

/* NOLINTBEGIN(misc-no-recursion): a style's depth is bounded when it is read, macros
 * followed; see load.c. */
/* What an element that is taken back may have done. */
typedef struct Done {
    bool names, suffix;
} Done;

static void give_up(Eval *e, Wrap wrap, Done done)
{
    ops_cut(e->ops, wrap.start);
    e->names_done = done.names;
    e->suffix_done = done.suffix;
}

/* A macro is a group, as processors have it: words around variables that are empty go. */
static void text_macro(Eval *e, const Node *node, Called *called)
{
    if (!node->macro)
        return;
    Format format = node->format;
    /* These are for single texts, as processors have it. */
    format.text_case = CASE_NONE;
    format.strip_periods = false;
    Wrap wrap = wrap_open(e, node, &format, node->prefix);
    Called inner = {false, false};
    Done done = {e->names_done, e->suffix_done};
    eval_children(e, node->macro, &(Between){.text = STR_EMPTY}, &inner);
    if (inner.any && !inner.filled) {
        give_up(e, wrap, done);
        called->any = true;
        return;
    }
    bool printed = wrap_close(e, &format, wrap, node->suffix);
    called->any |= inner.any || printed;
    called->filled |= inner.filled || printed;
}

static void eval_text(Eval *e, const Node *node, Called *called)
{
    switch (node->source) {
    case SOURCE_VARIABLE:
        text_variable(e, node, called);
        return;
    case SOURCE_MACRO:
        text_macro(e, node, called);
        return;
    case SOURCE_TERM:
        text_term(e, node);
        return;
    case SOURCE_VALUE: {
        Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
        rich_emit(e->ops, text_plain(node->word), OP_STYLE | OP_VALUE);
        wrap_close(e, &node->format, wrap, node->suffix);
        return;
    }
    }
}

static void eval_group(Eval *e, const Node *node, Called *called)
{
    Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
    Called inner = {false, false};
    Done done = {e->names_done, e->suffix_done};
    eval_children(e, node, &(Between){.text = node->delimiter}, &inner);
    if (inner.any && !inner.filled) {
        give_up(e, wrap, done);
        called->any = true;
        return;
    }
    bool printed = wrap_close(e, &node->format, wrap, node->suffix);
    called->any |= inner.any || printed;
    called->filled |= inner.filled || printed;
}

static void eval_choose(Eval *e, const Node *node, Between *between, Called *called)
{
    for (const Node *branch = node->first; branch; branch = branch->next) {
        if (branch->kind == NODE_IF && eval_holds(e, branch)) {
            eval_children(e, branch, between, called);
            return;
        }
    }
}

void eval_child(Eval *e, const Node *node, Between *between, Called *called)
{
    if (e->ops->full)
        return;
    if (node->kind == NODE_CHOOSE) {
        eval_choose(e, node, between, called);
        return;
    }
    between_open(e, between);
    switch (node->kind) {
    case NODE_TEXT:
        eval_text(e, node, called);
        break;
    case NODE_NUMBER:
        eval_number(e, node, called);
        break;
    case NODE_LABEL:
        eval_label(e, node);
        break;
    case NODE_NAMES:
        eval_names(e, node, called);
        break;
    case NODE_DATE:
        eval_date(e, node, called);
        break;
    case NODE_GROUP:
        eval_group(e, node, called);
        break;
    case NODE_LAYOUT:
    case NODE_MACRO:
    case NODE_NAME:
    case NODE_NAME_PART:
    case NODE_ET_AL:
    case NODE_SUBSTITUTE:
    case NODE_DATE_PART:
    case NODE_CHOOSE:
    case NODE_IF:
    case NODE_SORT:
    case NODE_KEY:
        break;
    }
    between_close(e, between);
}

void eval_children(Eval *e, const Node *parent, Between *between, Called *called)
{
    for (const Node *child = parent->first; child; child = child->next)
        eval_child(e, child, between, called);
}
/* NOLINTEND(misc-no-recursion) */

void eval_macro(Eval *e, const Node *macro)
{
    Called called = {false, false};
    if (macro)
        eval_children(e, macro, &(Between){.text = STR_EMPTY}, &called);
}

static bool is_display(const Op *op)
{
    return op->scope == SCOPE_FORMAT && op->mark >= STYLE_BLOCK;
}

/* The layout's suffix goes into the last block, if that ends the entry. */
static void layout_suffix(Eval *e, Str suffix)
{
    Ops *ops = e->ops;
    size_t at = ops->count;
    while (at > 0 && ops->items[at - 1].kind == OP_CLOSE &&
           is_display(&ops->items[at - 1]))
        at--;
    ops_text(ops, suffix, OP_STYLE | OP_AROUND);
    if (suffix.size == 0 || at + 1 == ops->count)
        return;
    Op last = ops->items[ops->count - 1];
    for (size_t i = ops->count - 1; i > at; i--)
        ops->items[i] = ops->items[i - 1];
    ops->items[at] = last;
}

/* second-field-align: what prints first is one block, with the layout's prefix, and the
 * rest another. */
static void aligned_children(Eval *e, const Node *layout, Called *called)
{
    const Node *child = layout->first;
    for (; child; child = child->next) {
        OpsMark mark = ops_mark(e->ops);
        ops_open(e->ops, SCOPE_FORMAT, STYLE_MARGIN);
        ops_text(e->ops, layout->prefix, OP_STYLE | OP_AROUND);
        size_t texts = e->ops->texts;
        eval_child(e, child, &(Between){.text = STR_EMPTY}, called);
        if (e->ops->texts > texts) {
            ops_close(e->ops, SCOPE_FORMAT, STYLE_MARGIN);
            child = child->next;
            break;
        }
        ops_cut(e->ops, mark);
    }
    OpsMark mark = ops_mark(e->ops);
    ops_open(e->ops, SCOPE_FORMAT, STYLE_INLINE);
    Between between = {.text = STR_EMPTY};
    for (; child; child = child->next)
        eval_child(e, child, &between, called);
    if (e->ops->texts > mark.texts)
        ops_close(e->ops, SCOPE_FORMAT, STYLE_INLINE);
    else
        ops_cut(e->ops, mark);
}

void eval_layout(Eval *e, bool affixes)
{
    const Node *layout = e->style->areas[e->area].layout;
    if (!layout)
        return;
    Called called = {false, false};
    OpsMark start = ops_mark(e->ops);
    bool aligned =
        affixes && e->style->second_field_align && e->style->layout.has_bibliography;
    if (affixes)
        wrap_format(e, &layout->format, true);
    if (affixes && !aligned)
        ops_text(e->ops, layout->prefix, OP_STYLE | OP_AROUND);
    size_t texts = e->ops->texts;
    if (aligned)
        aligned_children(e, layout, &called);
    else
        eval_children(e, layout, &(Between){.text = STR_EMPTY}, &called);
    if (e->ops->texts == texts) {
        ops_cut(e->ops, start);
        return;
    }
    if (affixes) {
        layout_suffix(e, layout->suffix);
        wrap_format(e, &layout->format, false);
    }
}
