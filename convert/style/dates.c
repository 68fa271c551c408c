/* SPDX-License-Identifier: MIT
 * cs:date: parts, ranges, localized formats.  CSL 1.0.2, "Date". */
#include "convert/style/eval.h"
#include "convert/style/number.h"

#include <string.h>

enum { PARTS_MOST = 8 };

/* The parts as they are to be printed: the locale's, with what the style overrides. */
typedef struct Parts {
    const Node *items[PARTS_MOST];
    size_t count;
    Str delimiter;
} Parts;

static void take_over(Node *to, const Node *from)
{
    const Format *f = &from->format;
    to->format.style = f->style ? f->style : to->format.style;
    to->format.variant = f->variant ? f->variant : to->format.variant;
    to->format.weight = f->weight ? f->weight : to->format.weight;
    to->format.decoration = f->decoration ? f->decoration : to->format.decoration;
    to->format.align = f->align ? f->align : to->format.align;
    to->format.text_case = f->text_case ? f->text_case : to->format.text_case;
    to->format.strip_periods |= f->strip_periods;
    if (from->part_form_set) {
        to->part_form = from->part_form;
        to->part_form_set = true;
    }
    if (from->range_delimiter_set) {
        to->range_delimiter = from->range_delimiter;
        to->range_delimiter_set = true;
    }
}

static const Node *overridden(const Eval *e, const Node *part, const Node *node)
{
    Node *changed = NULL;
    for (const Node *own = node->first; own; own = own->next) {
        if (own->kind != NODE_DATE_PART || own->part != part->part)
            continue;
        if (!changed) {
            changed = arena_alloc(e->scratch, sizeof *changed);
            *changed = *part;
        }
        take_over(changed, own);
    }
    return changed ? changed : part;
}

static void parts_of(const Eval *e, const Node *node, Parts *parts)
{
    const Locale *locale = &e->style->locale;
    const Node *from = node->date_form == DATE_FORM_TEXT      ? locale->date_text
                       : node->date_form == DATE_FORM_NUMERIC ? locale->date_numeric
                                                              : node;
    parts->count = 0;
    parts->delimiter = from ? from->delimiter : STR_EMPTY;
    for (const Node *p = from ? from->first : NULL; p; p = p->next) {
        if (p->kind != NODE_DATE_PART || parts->count == PARTS_MOST)
            continue;
        if (from != node && !(node->parts & 1u << p->part))
            continue;
        parts->items[parts->count++] = from != node ? overridden(e, p, node) : p;
    }
}

/* CSL counts the year before 1 as -1. */
static long csl_year(const DatePart *d)
{
    return d->year <= 0 ? d->year - 1L : d->year;
}

static int season_of(int month)
{
    return month > 12 && month <= 24 ? (month - 1) % 4 + 1 : 0;
}

/* What the locale calls it; `month` may be a season. */
static Str month_name(int month)
{
    static const Str MONTHS[] = {{"month-01", 8}, {"month-02", 8}, {"month-03", 8},
                                 {"month-04", 8}, {"month-05", 8}, {"month-06", 8},
                                 {"month-07", 8}, {"month-08", 8}, {"month-09", 8},
                                 {"month-10", 8}, {"month-11", 8}, {"month-12", 8}};
    static const Str SEASONS[] = {
        {"season-01", 9}, {"season-02", 9}, {"season-03", 9}, {"season-04", 9}};
    int season = season_of(month);
    if (season)
        return SEASONS[season - 1];
    return month >= 1 && month <= 12 ? MONTHS[month - 1] : STR_EMPTY;
}

static Str month_term(const Eval *e, int month, TermForm form)
{
    return locale_text(&e->style->locale, month_name(month), form, false);
}

static Str month_text(const Eval *e, const Node *part, int month)
{
    if (month < 1 || (month > 12 && !season_of(month)))
        return STR_EMPTY;
    switch (part->part_form) {
    /* A season has no number. */
    case PART_NUMERIC:
        if (month <= 12)
            return number_digits(e->scratch, (unsigned)month, 1);
        break;
    case PART_LEADING_ZEROS:
        if (month <= 12)
            return number_digits(e->scratch, (unsigned)month, 2);
        break;
    case PART_SHORT:
        return month_term(e, month, FORM_SHORT);
    case PART_LONG:
    case PART_ORDINAL:
        break;
    }
    return month_term(e, month, FORM_LONG);
}

static Str day_text(const Eval *e, const Node *part, const DatePart *d)
{
    if (d->day < 1 || d->day > 31)
        return STR_EMPTY;
    switch (part->part_form) {
    case PART_LEADING_ZEROS:
        return number_digits(e->scratch, (unsigned)d->day, 2);
    case PART_ORDINAL: {
        if (e->style->locale.limit_day_ordinals && d->day != 1)
            break;
        const Term *month =
            locale_term(&e->style->locale, month_name(d->month), FORM_LONG);
        return number_ordinal(e->scratch, e->style, (unsigned long)d->day,
                              month ? month->gender : GENDER_NEUTER);
    }
    case PART_LONG:
    case PART_SHORT:
    case PART_NUMERIC:
        break;
    }
    return number_digits(e->scratch, (unsigned)d->day, 1);
}

/* Years of four digits need no era. */
enum { ERA_UNTIL = 1000 };

static Str year_text(const Eval *e, const Node *part, const DatePart *d, bool no_era)
{
    long year = csl_year(d);
    if (part->part_form == PART_SHORT && year > 0)
        return number_digits(e->scratch, (unsigned long)(year % 100), 2);
    Str era = STR_EMPTY;
    if (year < 0 && !no_era)
        era = locale_text(&e->style->locale, STR("bc"), FORM_LONG, false);
    else if (year < ERA_UNTIL && !no_era)
        era = locale_text(&e->style->locale, STR("ad"), FORM_LONG, false);
    /* English files have no space in the term, others have it where it belongs. */
    bool spaced = era.size > 0 && byte_is_alpha(era.data[0]) &&
                  str_starts(e->style->lang, STR("en"));
    Str digits = number_digits(e->scratch, (unsigned long)(year < 0 ? -year : year), 1);
    if (era.size == 0)
        return digits;
    return arena_join(e->scratch, digits, spaced ? STR(" ") : STR_EMPTY, era);
}

static Str part_text(const Eval *e, const Node *part, const DatePart *d, bool no_era)
{
    switch (part->part) {
    case PART_YEAR:
        return year_text(e, part, d, no_era);
    case PART_MONTH:
        return month_text(e, part, d->month);
    case PART_DAY:
        return day_text(e, part, d);
    case PART_COUNT:
        break;
    }
    return STR_EMPTY;
}

/* Which parts are printed, and what of the affixes at their ends. */
typedef struct Edges {
    size_t from, to;
    bool no_prefix, no_suffix;
    bool no_year_suffix;
    bool no_era; /* the years have one, which the last says */
} Edges;

static void emit_part(Eval *e, const Node *part, const DatePart *d, Edges edges)
{
    Str text = part_text(e, part, d, edges.no_era);
    if (text.size == 0)
        return;
    Wrap wrap =
        wrap_open(e, part, &part->format, edges.no_prefix ? STR_EMPTY : part->prefix);
    bool year = part->part == PART_YEAR;
    if (year)
        ops_open(e->ops, SCOPE_YEAR, 0);
    rich_emit(e->ops, text_plain(text), OP_FIELD);
    if (year) {
        ops_close(e->ops, SCOPE_YEAR, 0);
        if (!edges.no_year_suffix)
            eval_year_suffix(e);
    }
    wrap_close(e, &part->format, wrap, edges.no_suffix ? STR_EMPTY : part->suffix);
}

static void emit_parts(Eval *e, const Parts *parts, const DatePart *d, Between *between,
                       Edges edges)
{
    size_t last = edges.to;
    while (last > edges.from && part_text(e, parts->items[last - 1], d, false).size == 0)
        last--;
    bool first = true;
    for (size_t i = edges.from; i < last; i++) {
        const Node *part = parts->items[i];
        if (part_text(e, part, d, false).size == 0)
            continue;
        Edges here = {.no_prefix = edges.no_prefix && first,
                      .no_suffix = edges.no_suffix && i + 1 == last,
                      .no_year_suffix = edges.no_year_suffix,
                      .no_era = edges.no_era};
        between_open(e, between);
        emit_part(e, part, d, here);
        between_close(e, between);
        first = false;
    }
}

static bool differs(const Parts *parts, DatePartName name, const Date *date)
{
    bool shown = false;
    for (size_t i = 0; i < parts->count; i++)
        shown |= parts->items[i]->part == name;
    if (!shown)
        return false;
    switch (name) {
    case PART_YEAR:
        return date->from.year != date->to.year;
    case PART_MONTH:
        return date->from.month != date->to.month;
    case PART_DAY:
        return date->from.day != date->to.day;
    case PART_COUNT:
        break;
    }
    return false;
}

/* That of the part behind which it stands: the last one that is printed before it, of
 * those from `largest` down. */
static Str range_delimiter(const Eval *e, const Parts *parts, const DatePart *d,
                           DatePartName largest)
{
    for (size_t i = parts->count; i > 0; i--) {
        const Node *part = parts->items[i - 1];
        if (part->part < largest || part_text(e, part, d, false).size == 0)
            continue;
        return part->range_delimiter_set ? part->range_delimiter : STR("–");
    }
    return STR("–");
}

/* "100–44 BC": years alone say once what era they are of. */
static bool shares_era(const Eval *e, const Parts *parts, const Date *date)
{
    for (size_t i = 0; i < parts->count; i++) {
        const Node *part = parts->items[i];
        if (part->part != PART_YEAR && (part_text(e, part, &date->from, false).size > 0 ||
                                        part_text(e, part, &date->to, false).size > 0))
            return false;
    }
    long from = csl_year(&date->from), to = csl_year(&date->to);
    return (from < 0 && to < 0) || (from > 0 && to > 0 && to < ERA_UNTIL);
}

/* The largest part that differs, and what is smaller, is said twice; the rest once. */
static void emit_range(Eval *e, const Parts *parts, const Date *date,
                       DatePartName largest)
{
    size_t from = parts->count, to = 0;
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i]->part < largest)
            continue;
        from = i < from ? i : from;
        to = i + 1;
    }
    Between between = {.text = parts->delimiter};
    emit_parts(e, parts, &date->from, &between,
               (Edges){.from = 0, .to = from, .no_year_suffix = true});
    emit_parts(e, parts, &date->from, &between,
               (Edges){.from = from,
                       .to = to,
                       .no_suffix = true,
                       .no_year_suffix = true,
                       .no_era = largest == PART_YEAR && shares_era(e, parts, date)});
    ops_text(e->ops, range_delimiter(e, parts, &date->from, largest), OP_STYLE);
    Between second = {.text = parts->delimiter};
    emit_parts(e, parts, &date->to, &second,
               (Edges){.from = from, .to = to, .no_prefix = true});
    second.any = true;
    emit_parts(e, parts, &date->from, &second, (Edges){.from = to, .to = parts->count});
}

static void emit_open_range(Eval *e, const Parts *parts, const Date *date)
{
    Between between = {.text = parts->delimiter};
    bool from = date->from_end == DATE_KNOWN;
    if (from)
        emit_parts(e, parts, &date->from, &between,
                   (Edges){.from = 0, .to = parts->count, .no_suffix = true});
    size_t texts = e->ops->texts;
    OpsMark mark = ops_mark(e->ops);
    ops_text(e->ops, range_delimiter(e, parts, &date->from, PART_YEAR), OP_STYLE);
    if (date->to_end == DATE_KNOWN) {
        Between second = {.text = parts->delimiter};
        emit_parts(e, parts, &date->to, &second,
                   (Edges){.from = 0, .to = parts->count, .no_prefix = true});
    }
    if (!from && e->ops->texts == texts + 1)
        ops_cut(e->ops, mark);
}

static void emit_date(Eval *e, const Parts *parts, const Date *date)
{
    if (date->range && (date->from_end != DATE_KNOWN || date->to_end != DATE_KNOWN)) {
        emit_open_range(e, parts, date);
        return;
    }
    for (DatePartName name = PART_YEAR; date->range && name < PART_COUNT; name++) {
        if (differs(parts, name, date)) {
            emit_range(e, parts, date, name);
            return;
        }
    }
    Between between = {.text = parts->delimiter};
    emit_parts(e, parts, &date->from, &between, (Edges){.from = 0, .to = parts->count});
}

/* --- Sort keys --------------------------------------------------------------------- */

static void key_part(Eval *e, const DatePart *d, unsigned parts)
{
    bool month = parts & 1u << PART_MONTH && d->month <= 12;
    bool day = parts & 1u << PART_DAY && month;
    long year = 1000000L + (parts & 1u << PART_YEAR ? csl_year(d) : 0);
    unsigned long rest =
        (unsigned long)(month ? d->month : 0) * 100 + (unsigned long)(day ? d->day : 0);
    ops_text(e->ops,
             year < 0 ? arena_format(e->scratch, "%08ld%04lu", year, rest)
                      : number_digits(e->scratch, (unsigned long)year * 10000 + rest, 12),
             OP_FIXED);
}

static void emit_key(Eval *e, const Parts *parts, const Date *date)
{
    unsigned shown = 0;
    for (size_t i = 0; i < parts->count; i++)
        shown |= 1u << parts->items[i]->part;
    if (shown == 0)
        return;
    key_part(e, &date->from, shown);
    if (date->range) {
        ops_text(e->ops, STR(" "), OP_FIXED);
        key_part(e, &date->to, shown);
    }
}

/* --- The element ------------------------------------------------------------------- */

/* Words stand where the year would, and look as it does: styles put brackets there. */
static void emit_literal(Eval *e, const Parts *parts, Str literal)
{
    size_t i = 0;
    while (i < parts->count && parts->items[i]->part != PART_YEAR)
        i++;
    if (i == parts->count)
        return;
    const Node *year = parts->items[i];
    Wrap wrap = wrap_open(e, year, &year->format, year->prefix);
    ops_open(e->ops, SCOPE_YEAR, 0);
    rich_emit(e->ops, text_plain(literal), OP_FIELD);
    ops_close(e->ops, SCOPE_YEAR, 0);
    eval_year_suffix(e);
    wrap_close(e, &year->format, wrap, year->suffix);
}

void eval_date(Eval *e, const Node *node, Called *called)
{
    Var var = node->var_count ? node->vars[0] : VAR_NONE;
    const Value *value = e->gone[var] ? NULL : item_value(e->item, var);
    called->any = true;
    if (!value || !value->date || (e->signing && var != FIELD_ISSUED))
        return;
    const Date *date = value->date;
    Parts parts;
    parts_of(e, node, &parts);
    /* Words for a date do not sort: they come last, as no date does. */
    if (e->key) {
        if (date->literal.size == 0)
            emit_key(e, &parts, date);
        called->filled = true;
        return;
    }
    Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
    bool suffix_done = e->suffix_done;
    e->suffix_done |= var == FIELD_ACCESSED;
    if (date->literal.size)
        emit_literal(e, &parts, date->literal);
    else
        emit_date(e, &parts, date);
    if (var == FIELD_ACCESSED)
        e->suffix_done = suffix_done;
    if (wrap_close(e, &node->format, wrap, node->suffix)) {
        called->filled = true;
        if (e->substituting)
            e->gone[var] = true;
    }
}
