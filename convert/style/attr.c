/* SPDX-License-Identifier: MIT
 * Attributes, by tables: CSL 1.0.2.  See attr.h. */
#include "convert/style/attr.h"

#include <string.h>

typedef struct Word {
    const char *name;
    int value;
} Word;
typedef enum Type { TYPE_WORD, TYPE_TEXT, TYPE_FLAG, TYPE_COUNT } Type;
typedef struct Rule {
    const char *name;
    unsigned kinds; /* bits of NodeKind; 0: any */
    Type type;
    size_t at;  /* offset of the value */
    size_t set; /* offset of a bool, or 0 */
    unsigned option;
    const Word *words;
} Rule;

#define MARK(m) ((int)STYLE_##m + 1)
static const Word STYLES[] = {{"normal", MARK(NORMAL_STYLE)},
                              {"italic", MARK(ITALIC)},
                              {"oblique", MARK(OBLIQUE)},
                              {NULL, 0}};
static const Word VARIANTS[] = {
    {"normal", MARK(NORMAL_VARIANT)}, {"small-caps", MARK(SMALL_CAPS)}, {NULL, 0}};
static const Word WEIGHTS[] = {{"normal", MARK(NORMAL_WEIGHT)},
                               {"bold", MARK(BOLD)},
                               {"light", MARK(LIGHT)},
                               {NULL, 0}};
static const Word DECORATIONS[] = {
    {"none", MARK(NO_DECORATION)}, {"underline", MARK(UNDERLINE)}, {NULL, 0}};
static const Word ALIGNS[] = {
    {"baseline", MARK(BASELINE)}, {"sup", MARK(SUP)}, {"sub", MARK(SUB)}, {NULL, 0}};
static const Word DISPLAYS[] = {{"block", MARK(BLOCK)},
                                {"left-margin", MARK(MARGIN)},
                                {"right-inline", MARK(INLINE)},
                                {"indent", MARK(INDENT)},
                                {NULL, 0}};
#undef MARK
static const Word CASES[] = {{"lowercase", CASE_LOWER},
                             {"uppercase", CASE_UPPER},
                             {"capitalize-first", CASE_CAPITALIZE_FIRST},
                             {"capitalize-all", CASE_CAPITALIZE_ALL},
                             {"sentence", CASE_SENTENCE},
                             {"title", CASE_TITLE},
                             {NULL, 0}};
static const Word TERM_FORMS[] = {
    {"long", FORM_LONG},     {"short", FORM_SHORT},
    {"verb", FORM_VERB},     {"verb-short", FORM_VERB_SHORT},
    {"symbol", FORM_SYMBOL}, {NULL, 0}};
static const Word NUMBER_FORMS[] = {{"numeric", NUMBER_NUMERIC},
                                    {"ordinal", NUMBER_ORDINAL},
                                    {"long-ordinal", NUMBER_LONG_ORDINAL},
                                    {"roman", NUMBER_ROMAN},
                                    {NULL, 0}};
static const Word PLURALS[] = {{"contextual", PLURAL_CONTEXTUAL},
                               {"always", PLURAL_ALWAYS},
                               {"never", PLURAL_NEVER},
                               {NULL, 0}};
static const Word DATE_FORMS[] = {
    {"text", DATE_FORM_TEXT}, {"numeric", DATE_FORM_NUMERIC}, {NULL, 0}};
static const Word DATE_PARTS[] = {
    {"year", 1 << PART_YEAR},
    {"year-month", 1 << PART_YEAR | 1 << PART_MONTH},
    {"year-month-day", 1 << PART_YEAR | 1 << PART_MONTH | 1 << PART_DAY},
    {NULL, 0}};
static const Word PART_NAMES[] = {
    {"year", PART_YEAR}, {"month", PART_MONTH}, {"day", PART_DAY}, {NULL, 0}};
static const Word PART_FORMS[] = {
    {"long", PART_LONG},       {"short", PART_SHORT},
    {"numeric", PART_NUMERIC}, {"numeric-leading-zeros", PART_LEADING_ZEROS},
    {"ordinal", PART_ORDINAL}, {NULL, 0}};
static const Word MATCHES[] = {
    {"all", MATCH_ALL}, {"any", MATCH_ANY}, {"none", MATCH_NONE}, {NULL, 0}};
static const Word DIRECTIONS[] = {{"ascending", false}, {"descending", true}, {NULL, 0}};
static const Word ANDS[] = {{"text", AND_TEXT}, {"symbol", AND_SYMBOL}, {NULL, 0}};
static const Word PRECEDES[] = {{"contextual", PRECEDES_CONTEXTUAL},
                                {"after-inverted-name", PRECEDES_AFTER_INVERTED},
                                {"always", PRECEDES_ALWAYS},
                                {"never", PRECEDES_NEVER},
                                {NULL, 0}};
static const Word NAME_FORMS[] = {
    {"long", NAME_LONG}, {"short", NAME_SHORT}, {"count", NAME_COUNT}, {NULL, 0}};
static const Word ORDERS[] = {{"first", ORDER_FIRST}, {"all", ORDER_ALL}, {NULL, 0}};
static const Word RULES[] = {{"all-names", RULE_ALL_NAMES},
                             {"all-names-with-initials", RULE_ALL_NAMES_INITIALS},
                             {"primary-name", RULE_PRIMARY_NAME},
                             {"primary-name-with-initials", RULE_PRIMARY_NAME_INITIALS},
                             {"by-cite", RULE_BY_CITE},
                             {NULL, 0}};
static const Word COLLAPSES[] = {{"citation-number", COLLAPSE_NUMBER},
                                 {"year", COLLAPSE_YEAR},
                                 {"year-suffix", COLLAPSE_SUFFIX},
                                 {"year-suffix-ranged", COLLAPSE_SUFFIX_RANGED},
                                 {NULL, 0}};
static const Word PAGES[] = {{"chicago", PAGE_CHICAGO_15},
                             {"chicago-15", PAGE_CHICAGO_15},
                             {"chicago-16", PAGE_CHICAGO_16},
                             {"expanded", PAGE_EXPANDED},
                             {"minimal", PAGE_MINIMAL},
                             {"minimal-two", PAGE_MINIMAL_TWO},
                             {NULL, 0}};
static const Word DEMOTES[] = {{"never", DEMOTE_NEVER},
                               {"sort-only", DEMOTE_SORT_ONLY},
                               {"display-and-sort", DEMOTE_DISPLAY_AND_SORT},
                               {NULL, 0}};
static const Word AUTHOR_RULES[] = {{"complete-all", AUTHOR_COMPLETE_ALL},
                                    {"complete-each", AUTHOR_COMPLETE_EACH},
                                    {"partial-each", AUTHOR_PARTIAL_EACH},
                                    {"partial-first", AUTHOR_PARTIAL_FIRST},
                                    {NULL, 0}};
static const Word ALIGNMENTS[] = {{"flush", 1}, {"margin", 2}, {NULL, 0}};
static const Word CLASSES[] = {{"in-text", false}, {"note", true}, {NULL, 0}};

#define BIT(kind)      (1u << NODE_##kind)
#define FORMAT(member) offsetof(Node, format.member)
static const Rule NODE_RULES[] = {
    {"font-style", 0, TYPE_WORD, FORMAT(style), 0, 0, STYLES},
    {"font-variant", 0, TYPE_WORD, FORMAT(variant), 0, 0, VARIANTS},
    {"font-weight", 0, TYPE_WORD, FORMAT(weight), 0, 0, WEIGHTS},
    {"text-decoration", 0, TYPE_WORD, FORMAT(decoration), 0, 0, DECORATIONS},
    {"vertical-align", 0, TYPE_WORD, FORMAT(align), 0, 0, ALIGNS},
    {"display", 0, TYPE_WORD, FORMAT(display), 0, 0, DISPLAYS},
    {"text-case", 0, TYPE_WORD, FORMAT(text_case), 0, 0, CASES},
    {"quotes", BIT(TEXT), TYPE_FLAG, FORMAT(quotes), 0, 0, NULL},
    {"strip-periods", 0, TYPE_FLAG, FORMAT(strip_periods), 0, 0, NULL},
    {"prefix", 0, TYPE_TEXT, offsetof(Node, prefix), 0, 0, NULL},
    {"suffix", 0, TYPE_TEXT, offsetof(Node, suffix), 0, 0, NULL},
    {"delimiter", BIT(NAMES), TYPE_TEXT, offsetof(Node, own.names_delimiter), 0,
     OPTION_NAMES_DELIMITER, NULL},
    {"delimiter", BIT(NAME), TYPE_TEXT, offsetof(Node, own.delimiter), 0,
     OPTION_DELIMITER, NULL},
    {"delimiter", BIT(GROUP) | BIT(LAYOUT) | BIT(DATE), TYPE_TEXT,
     offsetof(Node, delimiter), offsetof(Node, delimited), 0, NULL},
    {"form", BIT(NAME), TYPE_WORD, offsetof(Node, own.form), 0, OPTION_FORM, NAME_FORMS},
    {"form", BIT(TEXT) | BIT(LABEL), TYPE_WORD, offsetof(Node, form), 0, 0, TERM_FORMS},
    {"form", BIT(NUMBER), TYPE_WORD, offsetof(Node, number), 0, 0, NUMBER_FORMS},
    {"form", BIT(DATE), TYPE_WORD, offsetof(Node, date_form), 0, 0, DATE_FORMS},
    {"form", BIT(DATE_PART), TYPE_WORD, offsetof(Node, part_form),
     offsetof(Node, part_form_set), 0, PART_FORMS},
    {"plural", BIT(LABEL), TYPE_WORD, offsetof(Node, plural), 0, 0, PLURALS},
    {"plural", BIT(TEXT), TYPE_FLAG, offsetof(Node, plural_term), 0, 0, NULL},
    {"date-parts", BIT(DATE), TYPE_WORD, offsetof(Node, parts), 0, 0, DATE_PARTS},
    {"name", BIT(DATE_PART), TYPE_WORD, offsetof(Node, part), 0, 0, PART_NAMES},
    {"name", BIT(NAME_PART) | BIT(MACRO), TYPE_TEXT, offsetof(Node, word), 0, 0, NULL},
    {"term", BIT(ET_AL), TYPE_TEXT, offsetof(Node, word), 0, 0, NULL},
    {"range-delimiter", BIT(DATE_PART), TYPE_TEXT, offsetof(Node, range_delimiter),
     offsetof(Node, range_delimiter_set), 0, NULL},
    {"match", BIT(IF), TYPE_WORD, offsetof(Node, match), 0, 0, MATCHES},
    {"sort", BIT(KEY), TYPE_WORD, offsetof(Node, descending), 0, 0, DIRECTIONS},
    {"names-min", BIT(KEY), TYPE_COUNT, offsetof(Node, names_min),
     offsetof(Node, names_min_set), 0, NULL},
    {"names-use-first", BIT(KEY), TYPE_COUNT, offsetof(Node, names_first),
     offsetof(Node, names_first_set), 0, NULL},
    {"names-use-last", BIT(KEY), TYPE_FLAG, offsetof(Node, names_last),
     offsetof(Node, names_last_set), 0, NULL},
    {NULL, 0, TYPE_TEXT, 0, 0, 0, NULL}};

#define OPTION(member) offsetof(NameOptions, member)
static const Rule OPTION_RULES[] = {
    {"and", 0, TYPE_WORD, OPTION(link), 0, OPTION_AND, ANDS},
    {"delimiter-precedes-last", 0, TYPE_WORD, OPTION(precedes_last), 0,
     OPTION_PRECEDES_LAST, PRECEDES},
    {"delimiter-precedes-et-al", 0, TYPE_WORD, OPTION(precedes_et_al), 0,
     OPTION_PRECEDES_ET_AL, PRECEDES},
    {"et-al-min", 0, TYPE_COUNT, OPTION(min), 0, OPTION_MIN, NULL},
    {"et-al-use-first", 0, TYPE_COUNT, OPTION(first), 0, OPTION_FIRST, NULL},
    {"et-al-subsequent-min", 0, TYPE_COUNT, OPTION(subsequent_min), 0,
     OPTION_SUBSEQUENT_MIN, NULL},
    {"et-al-subsequent-use-first", 0, TYPE_COUNT, OPTION(subsequent_first), 0,
     OPTION_SUBSEQUENT_FIRST, NULL},
    {"et-al-use-last", 0, TYPE_FLAG, OPTION(use_last), 0, OPTION_USE_LAST, NULL},
    {"initialize", 0, TYPE_FLAG, OPTION(initialize), 0, OPTION_INITIALIZE, NULL},
    {"initialize-with", 0, TYPE_TEXT, OPTION(initialize_with), 0, OPTION_INITIALIZE_WITH,
     NULL},
    {"name-as-sort-order", 0, TYPE_WORD, OPTION(sort_order), 0, OPTION_SORT_ORDER,
     ORDERS},
    {"sort-separator", 0, TYPE_TEXT, OPTION(sort_separator), 0, OPTION_SORT_SEPARATOR,
     NULL},
    {"name-form", 0, TYPE_WORD, OPTION(form), 0, OPTION_FORM, NAME_FORMS},
    {"name-delimiter", 0, TYPE_TEXT, OPTION(delimiter), 0, OPTION_DELIMITER, NULL},
    {"names-delimiter", 0, TYPE_TEXT, OPTION(names_delimiter), 0, OPTION_NAMES_DELIMITER,
     NULL},
    {NULL, 0, TYPE_TEXT, 0, 0, 0, NULL}};

#define OF_STYLE(member) offsetof(Style, member)
static const Rule STYLE_RULES[] = {
    {"class", 0, TYPE_WORD, OF_STYLE(layout.note), 0, 0, CLASSES},
    {"default-locale", 0, TYPE_TEXT, OF_STYLE(default_locale), 0, 0, NULL},
    {"initialize-with-hyphen", 0, TYPE_FLAG, OF_STYLE(initialize_hyphen), 0, 0, NULL},
    {"page-range-format", 0, TYPE_WORD, OF_STYLE(pages), 0, 0, PAGES},
    {"demote-non-dropping-particle", 0, TYPE_WORD, OF_STYLE(demote), 0, 0, DEMOTES},
    {"disambiguate-add-names", 0, TYPE_FLAG, OF_STYLE(add_names), 0, 0, NULL},
    {"disambiguate-add-givenname", 0, TYPE_FLAG, OF_STYLE(add_given), 0, 0, NULL},
    {"disambiguate-add-year-suffix", 0, TYPE_FLAG, OF_STYLE(add_suffix), 0, 0, NULL},
    {"givenname-disambiguation-rule", 0, TYPE_WORD, OF_STYLE(given_rule), 0, 0, RULES},
    {"collapse", 0, TYPE_WORD, OF_STYLE(collapse), 0, 0, COLLAPSES},
    {"cite-group-delimiter", 0, TYPE_TEXT, OF_STYLE(group_delimiter),
     OF_STYLE(group_delimiter_set), 0, NULL},
    {"year-suffix-delimiter", 0, TYPE_TEXT, OF_STYLE(suffix_delimiter),
     OF_STYLE(suffix_delimiter_set), 0, NULL},
    {"after-collapse-delimiter", 0, TYPE_TEXT, OF_STYLE(after_collapse),
     OF_STYLE(after_collapse_set), 0, NULL},
    {"near-note-distance", 0, TYPE_COUNT, OF_STYLE(near_note), 0, 0, NULL},
    {"second-field-align", 0, TYPE_WORD, OF_STYLE(second_field_align), 0, 0, ALIGNMENTS},
    {"hanging-indent", 0, TYPE_FLAG, OF_STYLE(layout.hanging_indent), 0, 0, NULL},
    {"line-spacing", 0, TYPE_COUNT, OF_STYLE(layout.line_spacing), 0, 0, NULL},
    {"entry-spacing", 0, TYPE_COUNT, OF_STYLE(layout.entry_spacing), 0, 0, NULL},
    {"subsequent-author-substitute", 0, TYPE_TEXT, OF_STYLE(author_substitute),
     OF_STYLE(author_substitute_set), 0, NULL},
    {"subsequent-author-substitute-rule", 0, TYPE_WORD, OF_STYLE(author_rule), 0, 0,
     AUTHOR_RULES},
    {NULL, 0, TYPE_TEXT, 0, 0, 0, NULL}};

static bool count_of(Str value, unsigned *count)
{
    unsigned n = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (!byte_is_digit(value.data[i]) || n > 100000000)
            return false;
        n = n * 10 + (unsigned)(value.data[i] - '0');
    }
    *count = n;
    return value.size > 0;
}

/* Words are stored in an unsigned char, a bool or an enum, by the member's place. */
static bool is_wide(const Rule *rule)
{
    return rule->words == TERM_FORMS || rule->words == NUMBER_FORMS ||
           rule->words == DATE_FORMS || rule->words == DATE_PARTS ||
           rule->words == PART_NAMES || rule->words == PART_FORMS ||
           rule->words == PLURALS || rule->words == MATCHES || rule->words == RULES ||
           rule->words == COLLAPSES || rule->words == PAGES || rule->words == DEMOTES ||
           rule->words == AUTHOR_RULES;
}

/* False where the value is none that the attribute may have. */
static bool store(Arena *arena, const Rule *rule, void *base, Str value)
{
    char *at = (char *)base + rule->at;
    unsigned count = 0;
    switch (rule->type) {
    case TYPE_TEXT: {
        Str copy = arena_copy(arena, value);
        memcpy(at, &copy, sizeof copy);
        return true;
    }
    case TYPE_FLAG: {
        bool flag = str_equal(value, STR("true"));
        memcpy(at, &flag, sizeof flag);
        return flag || str_equal(value, STR("false"));
    }
    case TYPE_COUNT:
        if (!count_of(str_trim(value), &count))
            return false;
        memcpy(at, &count, sizeof count);
        return true;
    case TYPE_WORD:
        break;
    }
    for (const Word *word = rule->words; word->name; word++) {
        if (!str_equal(value, str_from(word->name)))
            continue;
        unsigned wide = (unsigned)word->value;
        unsigned char narrow = (unsigned char)word->value;
        if (is_wide(rule))
            memcpy(at, &wide, sizeof wide);
        else
            memcpy(at, &narrow, sizeof narrow);
        return true;
    }
    return false;
}

static const Rule *find(const Rule *rules, NodeKind kind, Str name)
{
    for (const Rule *rule = rules; rule->name; rule++) {
        if ((rule->kinds == 0 || rule->kinds & 1u << kind) &&
            str_equal(name, str_from(rule->name)))
            return rule;
    }
    return NULL;
}

static bool apply(Arena *arena, const Rule *rule, void *base, Str value, bool *bad)
{
    if (!rule)
        return false;
    *bad = !store(arena, rule, base, value);
    if (!*bad && rule->set)
        *((bool *)((char *)base + rule->set)) = true;
    return true;
}

bool attr_options(Arena *arena, NameOptions *options, Str name, Str value, bool *bad)
{
    const Rule *rule = find(OPTION_RULES, NODE_NAME, name);
    if (!apply(arena, rule, options, value, bad))
        return false;
    if (!*bad)
        options->set |= rule->option;
    return true;
}

static void read_vars(Arena *arena, Node *node, Str value)
{
    Var *vars = arena_alloc(arena, value.size / 2 + 1);
    Str word;
    while (str_word(&value, &word))
        vars[node->var_count++] = var_by_name(word);
    node->vars = vars;
}

static int test_value(TestKind kind, Str word)
{
    static const Word POSITIONS[] = {{"first", POSITION_FIRST},
                                     {"subsequent", POSITION_SUBSEQUENT},
                                     {"ibid", POSITION_IBID},
                                     {"ibid-with-locator", POSITION_IBID_WITH_LOCATOR},
                                     {"near-note", POSITION_NEAR_NOTE},
                                     {"far-note", POSITION_FAR_NOTE},
                                     {NULL, 0}};
    switch (kind) {
    case TEST_VARIABLE:
    case TEST_IS_NUMERIC:
    case TEST_IS_UNCERTAIN:
        return var_by_name(word);
    case TEST_POSITION:
        for (const Word *p = POSITIONS; p->name; p++) {
            if (str_equal(word, str_from(p->name)))
                return p->value;
        }
        return POSITION_UNKNOWN;
    case TEST_TYPE:
    case TEST_LOCATOR:
    case TEST_DISAMBIGUATE:
        break;
    }
    return str_equal(word, STR("true"));
}

/* All types that are asked for; unknown ones are no item's. */
static uint64_t test_kinds(Str words)
{
    _Static_assert(KIND_COUNT <= 64, "a bit for each kind");
    uint64_t kinds = 0;
    Kind kind;
    Str word;
    while (str_word(&words, &word)) {
        if (kind_by_name(word, &kind))
            kinds |= (uint64_t)1 << kind;
    }
    return kinds;
}

static bool read_test(Arena *arena, Node *node, Str name, Str value)
{
    static const Word KINDS[] = {{"type", TEST_TYPE},
                                 {"variable", TEST_VARIABLE},
                                 {"is-numeric", TEST_IS_NUMERIC},
                                 {"is-uncertain-date", TEST_IS_UNCERTAIN},
                                 {"locator", TEST_LOCATOR},
                                 {"position", TEST_POSITION},
                                 {"disambiguate", TEST_DISAMBIGUATE},
                                 {NULL, 0}};
    const Word *kind = KINDS;
    while (kind->name && !str_equal(name, str_from(kind->name)))
        kind++;
    if (!kind->name)
        return false;
    Test *tests =
        arena_alloc(arena, (node->test_count + value.size / 2 + 1) * sizeof *tests);
    if (node->test_count)
        memcpy(tests, node->tests, node->test_count * sizeof *tests);
    value = arena_copy(arena, value);
    Str whole = value, word;
    while (str_word(&value, &word)) {
        Test *test = &tests[node->test_count++];
        *test = (Test){.kind = (TestKind)kind->value, .word = word};
        if (test->kind == TEST_TYPE) {
            test->kinds = test_kinds(whole);
            break;
        }
        test->value = test_value(test->kind, word);
    }
    node->tests = tests;
    return true;
}

bool attr_node(Arena *arena, Node *node, Str name, Str value, bool *bad)
{
    *bad = false;
    if (node->kind == NODE_IF && read_test(arena, node, name, value))
        return true;
    if (str_equal(name, STR("variable"))) {
        read_vars(arena, node, value);
        node->source = SOURCE_VARIABLE;
        return true;
    }
    static const Word SOURCES[] = {{"macro", SOURCE_MACRO},
                                   {"term", SOURCE_TERM},
                                   {"value", SOURCE_VALUE},
                                   {NULL, 0}};
    if (node->kind == NODE_TEXT || node->kind == NODE_KEY) {
        for (const Word *source = SOURCES; source->name; source++) {
            if (!str_equal(name, str_from(source->name)))
                continue;
            node->source = (TextSource)source->value;
            node->word = arena_copy(arena, value);
            return true;
        }
    }
    if (apply(arena, find(NODE_RULES, node->kind, name), node, value, bad)) {
        const Rule *rule = find(NODE_RULES, node->kind, name);
        node->own.set |= *bad ? 0 : rule->option;
        return true;
    }
    if (node->kind == NODE_NAME || node->kind == NODE_NAMES)
        return attr_options(arena, &node->own, name, value, bad);
    return false;
}

bool attr_style(Arena *arena, Style *style, Str name, Str value, bool *bad)
{
    *bad = false;
    return apply(arena, find(STYLE_RULES, NODE_LAYOUT, name), style, value, bad);
}
