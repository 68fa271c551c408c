/* SPDX-License-Identifier: MIT
 * cs:names: lists, et-al, labels, substitutes.  CSL 1.0.2, "Names". */
#include "convert/style/name.h"

#include "convert/style/uni.h"
#include "convert/text/utf8.h"

typedef struct List {
    Var var;
    const Value *value;
    bool merged; /* editors who are the translators, too */
} List;

/* How one list is cut. */
typedef struct Cutting {
    unsigned shown;
    bool et_al, last; /* "et al.", or an ellipsis and the last name */
} Cutting;

static bool is_editor_translator(const Node *node)
{
    return node->var_count == 2 &&
           ((node->vars[0] == FIELD_EDITOR && node->vars[1] == FIELD_TRANSLATOR) ||
            (node->vars[0] == FIELD_TRANSLATOR && node->vars[1] == FIELD_EDITOR));
}

static bool same_people(const Value *a, const Value *b)
{
    if (!a || !b || a->person_count != b->person_count)
        return false;
    for (size_t i = 0; i < a->person_count; i++) {
        if (a->people[i] != b->people[i])
            return false;
    }
    return true;
}

static size_t collect(const Eval *e, const Node *node, List *lists)
{
    size_t count = 0;
    for (size_t i = 0; i < node->var_count && count < LISTS_SEEN; i++) {
        Var var = node->vars[i];
        const Value *value = e->gone[var] ? NULL : item_value(e->item, var);
        if (value && value->person_count)
            lists[count++] = (List){var, value, false};
    }
    if (count == 2 && is_editor_translator(node) &&
        same_people(lists[0].value, lists[1].value)) {
        Str term =
            locale_text(&e->style->locale, STR("editortranslator"), FORM_LONG, false);
        if (term.size) {
            lists[0].merged = true;
            return 1;
        }
    }
    return count;
}

static NameOptions options_of(const Eval *e, const Node *node)
{
    NameOptions o = *node->all[e->area];
    if (e->key) {
        o.sort_order = ORDER_ALL;
        if (e->key->names_min_set) {
            o.min = o.subsequent_min = e->key->names_min;
            o.set |= OPTION_MIN;
        }
        if (e->key->names_first_set) {
            o.first = o.subsequent_first = e->key->names_first;
            o.set |= OPTION_FIRST;
        }
        if (e->key->names_last_set)
            o.use_last = e->key->names_last;
        return o;
    }
    if (e->position > CITE_FIRST) {
        if (o.set & OPTION_SUBSEQUENT_MIN) {
            o.min = o.subsequent_min;
            o.set |= OPTION_MIN;
        }
        if (o.set & OPTION_SUBSEQUENT_FIRST) {
            o.first = o.subsequent_first;
            o.set |= OPTION_FIRST;
        }
    }
    return o;
}

/* Where the source leaves people out, there is one more at least than are known: the list
 * is as long as that, and has no "and" before the last of them, but "et al." behind. */
static Cutting cutting_of(const Eval *e, const NameOptions *o, const Value *value)
{
    unsigned first = o->first, both = OPTION_MIN | OPTION_FIRST;
    unsigned count = (unsigned)value->person_count;
    Cutting cut = {count, value->more, false};
    /* One option without the other shortens nothing. */
    if ((o->set & both) != both || o->min == 0 || count + value->more < o->min ||
        first >= count)
        return cut;
    if (e->shown && e->list < e->shown->count && e->shown->lists[e->list].count > first)
        first = e->shown->lists[e->list].count;
    if (first >= count)
        return cut;
    return (Cutting){first, true, o->use_last && !value->more && count - first >= 2};
}

static unsigned base_level(const NameOptions *o)
{
    if (o->form == NAME_SHORT)
        return SHOWN_SHORT;
    return o->set & OPTION_INITIALIZE_WITH && o->initialize ? SHOWN_INITIALS : SHOWN_FULL;
}

/* How much of the given names is printed. */
static unsigned level_of(const Eval *e, const NameOptions *o, const Person *person,
                         size_t place)
{
    unsigned level = base_level(o);
    if (e->key)
        return level;
    if (e->levels) {
        bool initials = o->set & OPTION_INITIALIZE_WITH && o->initialize;
        unsigned raised = levels_of(e->levels, person, place, initials);
        level = raised > level ? raised : level;
    }
    if (e->shown && e->list < e->shown->count) {
        const NamesShown *shown = &e->shown->lists[e->list];
        if (place < shown->level_count && shown->level[place] > level)
            level = shown->level[place];
    }
    return level;
}

static bool is_inverted_at(const NameOptions *o, size_t place)
{
    return o->sort_order == ORDER_ALL || (o->sort_order == ORDER_FIRST && place == 0);
}

static NameJob job_of(const Eval *e, const Node *node, const NameOptions *o,
                      const Person *person, size_t place)
{
    unsigned level = level_of(e, o, person, place);
    return (NameJob){.names = node,
                     .options = o,
                     .inverted = is_inverted_at(o, place),
                     .family_only = level == SHOWN_SHORT,
                     .initials = level == SHOWN_INITIALS,
                     .full = level == SHOWN_FULL};
}

static void emit_one(Eval *e, const Node *node, const NameOptions *o,
                     const Person *person, size_t place)
{
    static const Format PLAIN = {0};
    NameJob job = job_of(e, node, o, person, place);
    ops_open(e->ops, SCOPE_NAME, 0);
    e->ops->items[e->ops->count - 1].number = person->number;
    const Node *name = node->name;
    Wrap wrap = wrap_open(e, name, name ? &name->format : &PLAIN,
                          name && !e->key ? name->prefix : STR_EMPTY);
    name_emit(e, person, &job);
    wrap_close(e, name ? &name->format : &PLAIN, wrap,
               name && !e->key ? name->suffix : STR_EMPTY);
    ops_close(e->ops, SCOPE_NAME, 0);
}

static bool precedes(Precedes rule, unsigned names, unsigned least, bool inverted)
{
    switch (rule) {
    case PRECEDES_ALWAYS:
        return true;
    case PRECEDES_NEVER:
        return false;
    case PRECEDES_AFTER_INVERTED:
        return inverted;
    case PRECEDES_CONTEXTUAL:
        break;
    }
    return names >= least;
}

static void emit_and(Eval *e, const NameOptions *o, bool delimited)
{
    const Locale *locale = &e->style->locale;
    Str word = o->link == AND_SYMBOL ? locale_text(locale, STR("and"), FORM_SYMBOL, false)
                                     : locale_text(locale, STR("and"), FORM_LONG, false);
    Str text = locale_text(locale, STR("and"), FORM_LONG, false);
    if (o->link == AND_SYMBOL && (word.size == 0 || str_equal(word, text)))
        word = STR("&");
    ops_text(e->ops, delimited ? o->delimiter : STR(" "), OP_STYLE);
    ops_text(e->ops, word, OP_STYLE);
    if (word.size)
        ops_text(e->ops, STR(" "), OP_STYLE);
}

static void emit_et_al(Eval *e, const Node *node, const NameOptions *o, unsigned shown,
                       bool inverted)
{
    static const Format PLAIN = {0};
    const Node *et_al = node->et_al;
    Str name = et_al && et_al->word.size ? et_al->word : STR("et-al");
    Str word = locale_text(&e->style->locale, name, FORM_LONG, false);
    if (word.size == 0 || shown == 0)
        return;
    bool delimited = precedes((Precedes)o->precedes_et_al, shown, 2, inverted);
    Str first = word;
    bool spaced = !uni_is_family_first(utf8_next(&first));
    ops_text(e->ops, delimited ? o->delimiter : spaced ? STR(" ") : STR_EMPTY, OP_STYLE);
    Wrap wrap = wrap_open(e, et_al, et_al ? &et_al->format : &PLAIN,
                          et_al ? et_al->prefix : STR_EMPTY);
    ops_text(e->ops, word, OP_ET_AL);
    wrap_close(e, et_al ? &et_al->format : &PLAIN, wrap,
               et_al ? et_al->suffix : STR_EMPTY);
}

static void note_list(Eval *e, const NameOptions *o, const Value *value, Cutting cut)
{
    if (!e->seen || e->seen->count == LISTS_SEEN || e->list != e->seen->count)
        return;
    e->seen->lists[e->seen->count++] =
        (ListSeen){.people = value->people,
                   .count = (unsigned)value->person_count,
                   .shown = cut.shown,
                   .initials = o->set & OPTION_INITIALIZE_WITH && o->initialize,
                   .is_short = o->form == NAME_SHORT,
                   .full = base_level(o) == SHOWN_FULL,
                   .counts = cut.et_al};
}

static void emit_list(Eval *e, const Node *node, const NameOptions *o, const Value *value)
{
    static const Str BELOW = {"\xef\xbf\xbe\xef\xbf\xbe", 6};
    unsigned count = (unsigned)value->person_count;
    Cutting cut = cutting_of(e, o, value);
    note_list(e, o, value, cut);
    for (unsigned i = 0; i < cut.shown && !e->ops->full; i++) {
        bool last = i + 1 == cut.shown && !cut.et_al;
        const Person *before = i ? value->people[i - 1] : NULL;
        NameJob job = {.inverted = i && is_inverted_at(o, i - 1),
                       .family_only = o->form == NAME_SHORT};
        bool inverted = i && name_is_inverted(before, &job);
        if (e->key && i)
            ops_text(e->ops, BELOW, OP_FIXED);
        else if (i && last && o->link != AND_NONE)
            emit_and(e, o, precedes((Precedes)o->precedes_last, cut.shown, 3, inverted));
        else if (i)
            ops_text(e->ops, o->delimiter, OP_STYLE);
        emit_one(e, node, o, value->people[i], i);
    }
    if (cut.last && cut.shown > 0) {
        /* As before "and", one name alone needs no delimiter. */
        Str before = cut.shown > 1 ? o->delimiter : STR(" ");
        ops_text(e->ops, e->key ? BELOW : before, OP_STYLE);
        ops_text(e->ops, e->key ? STR_EMPTY : STR("… "), OP_STYLE);
        emit_one(e, node, o, value->people[count - 1], count - 1);
    } else if (cut.et_al && !e->key) {
        NameJob job = {.inverted = cut.shown && is_inverted_at(o, cut.shown - 1),
                       .family_only = o->form == NAME_SHORT};
        bool inverted = cut.shown && name_is_inverted(value->people[cut.shown - 1], &job);
        emit_et_al(e, node, o, cut.shown, inverted);
    }
    e->list++;
}

static void emit_label(Eval *e, const Node *label, const List *list)
{
    if (!label || e->key)
        return;
    Str name = list->merged ? STR("editortranslator") : var_name(list->var);
    const Term *term = locale_term(&e->style->locale, name, label->form);
    if (!term)
        return;
    bool plural = label->plural == PLURAL_ALWAYS ||
                  (label->plural == PLURAL_CONTEXTUAL && list->value->person_count > 1);
    OpsMark mark = ops_mark(e->ops);
    ops_open(e->ops, SCOPE_LABEL, 0);
    Wrap wrap = wrap_open(e, label, &label->format, label->prefix);
    rich_emit(e->ops, text_plain(plural ? term->multiple : term->single), OP_FIELD);
    bool printed = wrap_close(e, &label->format, wrap, label->suffix);
    ops_close(e->ops, SCOPE_LABEL, 0);
    if (!printed)
        ops_cut(e->ops, mark);
}

/* A number is no list of names: it has none of their looks, and no cites are grouped by
 * it.
 */
static void emit_count(Eval *e, const Node *node, const List *lists, size_t count)
{
    NameOptions o = options_of(e, node);
    unsigned total = 0;
    for (size_t i = 0; i < count; i++)
        total += cutting_of(e, &o, lists[i].value).shown;
    ops_text(e->ops, arena_format(e->scratch, e->key ? "%08u" : "%u", total), OP_FIELD);
}

/* In a key, what a macro prints behind names sorts below a name more: "Li" and a title
 * come before "Li, Xu" and a title. */
static void end_lists(Eval *e, size_t texts)
{
    static const Str BELOW = {"\xef\xbf\xbe\xef\xbf\xbe\xef\xbf\xbe", 9};
    if (e->key && e->key->source == SOURCE_MACRO && e->ops->texts > texts)
        ops_text(e->ops, BELOW, OP_FIXED);
}

static void emit_lists(Eval *e, const Node *node, const List *lists, size_t count)
{
    size_t before = e->ops->texts;
    NameOptions o = options_of(e, node);
    Between between = {.text = o.names_delimiter};
    for (size_t i = 0; i < count; i++) {
        between_open(e, &between);
        if (node->label_first)
            emit_label(e, node->label, &lists[i]);
        size_t texts = e->ops->texts;
        OpsMark mark = ops_mark(e->ops);
        emit_list(e, node, &o, lists[i].value);
        if (e->ops->texts == texts)
            ops_cut(e->ops, mark);
        else if (!node->label_first)
            emit_label(e, node->label, &lists[i]);
        between_close(e, &between);
        if (e->substituting)
            e->gone[lists[i].var] = true;
        if (e->substituting && lists[i].merged)
            e->gone[FIELD_EDITOR] = e->gone[FIELD_TRANSLATOR] = true;
    }
    end_lists(e, before);
}

/* NOLINTBEGIN(misc-no-recursion): as deep as the style goes; see eval.c. */
static bool substitute(Eval *e, const Node *node, Called *called)
{
    bool outer = e->substituting;
    bool printed = false;
    for (const Node *child = node->substitute->first; child && !printed;
         child = child->next) {
        size_t texts = e->ops->texts;
        OpsMark mark = ops_mark(e->ops);
        e->substituting = true;
        Called inner = {false, false};
        eval_child(e, child, &(Between){.text = STR_EMPTY}, &inner);
        e->substituting = outer;
        printed = e->ops->texts > texts;
        if (!printed)
            ops_cut(e->ops, mark);
        called->any |= inner.any;
        called->filled |= inner.filled;
    }
    return printed;
}

/* What stands in for names has none of their affixes. */
static bool emit_substitute(Eval *e, const Node *node, Called *called)
{
    static const Format PLAIN = {0};
    Wrap wrap = wrap_open(e, node, &PLAIN, STR_EMPTY);
    bool first = !e->names_done && !e->key;
    if (first) {
        e->names_done = true;
        ops_open(e->ops, SCOPE_NAMES, 0);
    }
    substitute(e, node, called);
    if (first)
        ops_close(e->ops, SCOPE_NAMES, 0);
    bool printed = wrap_close(e, &PLAIN, wrap, STR_EMPTY);
    if (first && !printed)
        e->names_done = false;
    if (first && printed && e->suppress_names)
        ops_cut(e->ops, wrap.start);
    return printed;
}

static bool emit_names(Eval *e, const Node *node, const List *lists, size_t count)
{
    Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
    bool first = !e->names_done && !e->key;
    if (first) {
        e->names_done = true;
        ops_open(e->ops, SCOPE_NAMES, 0);
    }
    emit_lists(e, node, lists, count);
    if (first)
        ops_close(e->ops, SCOPE_NAMES, 0);
    bool printed = wrap_close(e, &node->format, wrap, node->suffix);
    if (first && !printed)
        e->names_done = false;
    if (first && printed && e->suppress_names)
        ops_cut(e->ops, wrap.start);
    return printed;
}

void eval_names(Eval *e, const Node *node, Called *called)
{
    List lists[LISTS_SEEN];
    called->any = true;
    size_t count = collect(e, node, lists);
    if (count > 0 && node->all[e->area]->form == NAME_COUNT) {
        emit_count(e, node, lists, count);
        called->filled = true;
    } else if (count > 0) {
        emit_names(e, node, lists, count);
        called->filled = true;
    } else if (node->substitute) {
        emit_substitute(e, node, called);
    }
}
/* NOLINTEND(misc-no-recursion) */
