/* SPDX-License-Identifier: MIT
 * From XML to nodes; see parse.h.  Elements are told by their local names, so that a file
 * without the namespace is read, too. */
#include "convert/style/parse.h"

#include "convert/base/memory.h"
#include "convert/style/attr.h"

#include <expat.h>

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 100 }; /* elements inside one another; styles know about 20 */

/* Elements that are no nodes. */
typedef enum Element {
    ELEMENT_NODE,
    ELEMENT_IGNORED,
    ELEMENT_STYLE,
    ELEMENT_LOCALE,
    ELEMENT_INFO,
    ELEMENT_TITLE,
    ELEMENT_ID,
    ELEMENT_LINK,
    ELEMENT_TERMS,
    ELEMENT_TERM,
    ELEMENT_SINGLE,
    ELEMENT_MULTIPLE,
    ELEMENT_OPTIONS,
    ELEMENT_CITATION,
    ELEMENT_BIBLIOGRAPHY
} Element;

typedef struct Frame {
    Element element;
    Node *node;
    Node *last; /* its newest child */
} Frame;

typedef struct Parser {
    XML_Parser expat;
    Arena *arena;
    Diag *diag;
    Str file;
    Style *style;   /* NULL: a locale file */
    Parsed *parsed; /* of a style */
    LocalePart *locale;
    Area *area;
    Frame frames[DEPTH];
    size_t depth;
    Buf text;
    bool failed, root_seen;
} Parser;

static const struct {
    const char *name;
    Element element;
} ELEMENTS[] = {
    {"style", ELEMENT_STYLE},
    {"locale", ELEMENT_LOCALE},
    {"info", ELEMENT_INFO},
    {"title", ELEMENT_TITLE},
    {"id", ELEMENT_ID},
    {"link", ELEMENT_LINK},
    {"terms", ELEMENT_TERMS},
    {"term", ELEMENT_TERM},
    {"single", ELEMENT_SINGLE},
    {"multiple", ELEMENT_MULTIPLE},
    {"citation", ELEMENT_CITATION},
    {"bibliography", ELEMENT_BIBLIOGRAPHY},
    {"style-options", ELEMENT_OPTIONS},
};
static const struct {
    const char *name;
    NodeKind kind;
} NODES[] = {
    {"text", NODE_TEXT},
    {"group", NODE_GROUP},
    {"if", NODE_IF},
    {"else-if", NODE_IF},
    {"else", NODE_IF},
    {"choose", NODE_CHOOSE},
    {"names", NODE_NAMES},
    {"name", NODE_NAME},
    {"name-part", NODE_NAME_PART},
    {"et-al", NODE_ET_AL},
    {"substitute", NODE_SUBSTITUTE},
    {"label", NODE_LABEL},
    {"number", NODE_NUMBER},
    {"date", NODE_DATE},
    {"date-part", NODE_DATE_PART},
    {"macro", NODE_MACRO},
    {"layout", NODE_LAYOUT},
    {"sort", NODE_SORT},
    {"key", NODE_KEY},
};

static Place here(const Parser *p)
{
    return (Place){p->file, XML_GetCurrentLineNumber(p->expat),
                   XML_GetCurrentColumnNumber(p->expat) + 1};
}

/* Expat puts the namespace and a space before each name. */
static Str local(const XML_Char *name)
{
    const char *space = strrchr(name, ' ');
    return str_from(space ? space + 1 : name);
}

static Str attribute(const XML_Char **atts, const char *name)
{
    for (; *atts; atts += 2) {
        if (str_equal(local(atts[0]), str_from(name)))
            return str_from(atts[1]);
    }
    return STR_EMPTY;
}

static void fail(Parser *p, const char *why)
{
    if (!p->failed)
        diag_report(p->diag, LEVEL_ERROR, "bad-style", here(p), "%s", why);
    p->failed = true;
    XML_StopParser(p->expat, XML_FALSE);
}

static void odd_value(Parser *p, Str name, Str value)
{
    diag_report(p->diag, LEVEL_WARNING, "bad-style", here(p),
                "%.*s cannot be \"%.*s\"; left out", STR_ARG(name), STR_ARG(value));
}

static int word_form(Str form)
{
    static const char *const NAMES[] = {"long", "short", "verb", "verb-short", "symbol"};
    for (int i = 0; i < 5; i++) {
        if (str_equal(form, str_from(NAMES[i])))
            return i;
    }
    return FORM_LONG;
}

static Gender word_gender(Str gender)
{
    if (str_equal(gender, STR("feminine")))
        return GENDER_FEMININE;
    return str_equal(gender, STR("masculine")) ? GENDER_MASCULINE : GENDER_NEUTER;
}

static OrdinalMatch word_match(Str match)
{
    if (str_equal(match, STR("whole-number")))
        return ORDINAL_WHOLE;
    if (str_equal(match, STR("last-two-digits")))
        return ORDINAL_LAST_TWO;
    return str_equal(match, STR("last-digit")) ? ORDINAL_LAST : ORDINAL_DEFAULT;
}

static void start_locale(Parser *p, const XML_Char **atts)
{
    LocalePart *part = arena_alloc(p->arena, sizeof *part);
    *part = (LocalePart){.lang = arena_copy(p->arena, attribute(atts, "lang")),
                         .punctuation_in_quote = -1,
                         .limit_day_ordinals = -1};
    if (p->parsed) {
        part->next = p->parsed->locales;
        p->parsed->locales = part;
    }
    p->locale = part;
}

static void start_term(Parser *p, const XML_Char **atts)
{
    LocalePart *part = p->locale;
    if (!part)
        return;
    if (part->count == part->capacity) {
        part->capacity = part->capacity ? part->capacity * 2 : 64;
        Term *terms = arena_alloc(p->arena, part->capacity * sizeof *terms);
        if (part->count)
            memcpy(terms, part->terms, part->count * sizeof *terms);
        part->terms = terms;
    }
    part->terms[part->count++] =
        (Term){.name = arena_copy(p->arena, attribute(atts, "name")),
               .form = (TermForm)word_form(attribute(atts, "form")),
               .gender = word_gender(attribute(atts, "gender")),
               .gender_form = word_gender(attribute(atts, "gender-form")),
               .match = word_match(attribute(atts, "match")),
               .single = STR_EMPTY,
               .multiple = STR_EMPTY};
}

static signed char flag_of(Str value)
{
    return value.size == 0 ? -1 : str_equal(value, STR("true"));
}

static void start_options(Parser *p, const XML_Char **atts)
{
    if (!p->locale)
        return;
    p->locale->punctuation_in_quote = flag_of(attribute(atts, "punctuation-in-quote"));
    p->locale->limit_day_ordinals =
        flag_of(attribute(atts, "limit-day-ordinals-to-day-1"));
}

/* Options of cs:style, cs:citation and cs:bibliography. */
static void read_options(Parser *p, NameOptions *names, const XML_Char **atts)
{
    for (; *atts; atts += 2) {
        Str name = local(atts[0]), value = str_from(atts[1]);
        bool bad = false;
        if (!attr_options(p->arena, names, name, value, &bad))
            attr_style(p->arena, p->style, name, value, &bad);
        if (bad && value.size)
            odd_value(p, name, value);
    }
}

static void start_area(Parser *p, int which, const XML_Char **atts)
{
    if (!p->style)
        return;
    p->area = &p->style->areas[which];
    read_options(p, &p->area->names, atts);
}

static void start_link(Parser *p, const XML_Char **atts)
{
    if (p->style && str_equal(attribute(atts, "rel"), STR("independent-parent")))
        p->style->parent = arena_copy(p->arena, attribute(atts, "href"));
}

static void start_plain(Parser *p, Element element, const XML_Char **atts)
{
    switch (element) {
    case ELEMENT_STYLE:
        if (p->style)
            read_options(p, &p->style->names, atts);
        break;
    case ELEMENT_LOCALE:
        start_locale(p, atts);
        break;
    case ELEMENT_TERM:
        start_term(p, atts);
        break;
    case ELEMENT_OPTIONS:
        start_options(p, atts);
        break;
    case ELEMENT_CITATION:
        start_area(p, AREA_CITATION, atts);
        break;
    case ELEMENT_BIBLIOGRAPHY:
        start_area(p, AREA_BIBLIOGRAPHY, atts);
        break;
    case ELEMENT_LINK:
        start_link(p, atts);
        break;
    case ELEMENT_NODE:
    case ELEMENT_IGNORED:
    case ELEMENT_INFO:
    case ELEMENT_TITLE:
    case ELEMENT_ID:
    case ELEMENT_TERMS:
    case ELEMENT_SINGLE:
    case ELEMENT_MULTIPLE:
        break;
    }
    buf_clear(&p->text);
}

/* Hangs a node where it belongs: into its parent, and at the hooks of cs:names. */
static void hang(Parser *p, Frame *parent, Node *node)
{
    if (node->kind == NODE_LAYOUT || node->kind == NODE_SORT) {
        if (p->area && node->kind == NODE_LAYOUT && !p->area->layout)
            p->area->layout = node;
        else if (p->area && node->kind == NODE_SORT)
            p->area->sort = node;
        return;
    }
    if (node->kind == NODE_MACRO && p->parsed) {
        node->next = (Node *)(uintptr_t)p->parsed->macros;
        p->parsed->macros = node;
        return;
    }
    if (node->kind == NODE_DATE && parent->element == ELEMENT_LOCALE && p->locale) {
        if (node->date_form == DATE_FORM_TEXT)
            p->locale->date_text = node;
        else
            p->locale->date_numeric = node;
        return;
    }
    Node *up = parent->node;
    if (!up)
        return;
    if (up->kind == NODE_NAMES) {
        if (node->kind == NODE_NAME)
            up->name = node;
        else if (node->kind == NODE_ET_AL)
            up->et_al = node;
        else if (node->kind == NODE_SUBSTITUTE)
            up->substitute = node;
        else if (node->kind == NODE_LABEL) {
            up->label = node;
            up->label_first = !up->name;
        }
    }
    if (up->kind == NODE_NAME && node->kind == NODE_NAME_PART) {
        if (str_equal(node->word, STR("family")))
            up->family_part = node;
        else
            up->given_part = node;
    }
    if (parent->last)
        parent->last->next = node;
    else
        up->first = node;
    parent->last = node;
}

static Node *start_node(Parser *p, Frame *parent, NodeKind kind, Str name,
                        const XML_Char **atts)
{
    Node *node = arena_alloc(p->arena, sizeof *node);
    *node = (Node){.kind = kind,
                   .place = here(p),
                   .prefix = STR_EMPTY,
                   .suffix = STR_EMPTY,
                   .delimiter = STR_EMPTY,
                   .word = STR_EMPTY,
                   .range_delimiter = STR_EMPTY,
                   .parts = 1 << PART_YEAR | 1 << PART_MONTH | 1 << PART_DAY,
                   .is_else = str_equal(name, STR("else"))};
    for (; *atts; atts += 2) {
        Str key = local(atts[0]), value = str_from(atts[1]);
        bool bad;
        if (attr_node(p->arena, node, key, value, &bad) && bad && value.size)
            odd_value(p, key, value);
    }
    for (size_t i = 0; i < node->var_count; i++) {
        if (p->style)
            p->style->uses[node->vars[i]] = true;
    }
    for (size_t i = 0; i < node->test_count; i++) {
        if (p->style && node->tests[i].kind != TEST_TYPE && node->tests[i].value >= 0 &&
            node->tests[i].value < VAR_COUNT)
            p->style->uses[node->tests[i].value] = true;
        if (p->style && node->tests[i].kind == TEST_DISAMBIGUATE)
            p->style->tests_disambiguate = true;
    }
    hang(p, parent, node);
    return node;
}

static void on_start(void *data, const XML_Char *qualified, const XML_Char **atts)
{
    Parser *p = data;
    if (p->depth == DEPTH) {
        fail(p, "elements stand too deep inside one another");
        return;
    }
    Str name = local(qualified);
    Frame *parent = p->depth ? &p->frames[p->depth - 1] : NULL;
    Frame *frame = &p->frames[p->depth++];
    *frame = (Frame){.element = ELEMENT_IGNORED};
    if (!parent) {
        p->root_seen = true;
        if (!str_equal(name, p->style ? STR("style") : STR("locale"))) {
            fail(p, p->style ? "this is no CSL style" : "this is no CSL locale");
            return;
        }
    }
    /* Info's own title, id and link, not those of its authors. */
    if (parent && parent->element == ELEMENT_IGNORED)
        return;
    for (size_t i = 0; i < sizeof NODES / sizeof *NODES; i++) {
        if (parent && parent->element != ELEMENT_INFO &&
            str_equal(name, str_from(NODES[i].name))) {
            frame->element = ELEMENT_NODE;
            frame->node = start_node(p, parent, NODES[i].kind, name, atts);
            return;
        }
    }
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof *ELEMENTS; i++) {
        if (str_equal(name, str_from(ELEMENTS[i].name))) {
            frame->element = ELEMENTS[i].element;
            start_plain(p, frame->element, atts);
            return;
        }
    }
}

static void on_end(void *data, const XML_Char *name)
{
    (void)name;
    Parser *p = data;
    if (p->depth == 0)
        return;
    Element element = p->frames[--p->depth].element;
    Term *term =
        p->locale && p->locale->count ? &p->locale->terms[p->locale->count - 1] : NULL;
    switch (element) {
    case ELEMENT_TERM:
        /* Line ends are those around an empty single and multiple. */
        if (term && term->single.size == 0 && term->multiple.size == 0 &&
            !str_contains(buf_str(&p->text), STR("\n")))
            term->single = term->multiple = arena_copy(p->arena, buf_str(&p->text));
        break;
    case ELEMENT_SINGLE:
        if (term)
            term->single = arena_copy(p->arena, buf_str(&p->text));
        break;
    case ELEMENT_MULTIPLE:
        if (term)
            term->multiple = arena_copy(p->arena, buf_str(&p->text));
        break;
    case ELEMENT_TITLE:
        if (p->style)
            p->style->layout.title = arena_copy(p->arena, str_trim(buf_str(&p->text)));
        break;
    case ELEMENT_ID:
        if (p->style)
            p->style->id = arena_copy(p->arena, str_trim(buf_str(&p->text)));
        break;
    case ELEMENT_CITATION:
    case ELEMENT_BIBLIOGRAPHY:
        p->area = NULL;
        break;
    case ELEMENT_LOCALE:
        if (p->style)
            p->locale = NULL;
        break;
    case ELEMENT_NODE:
    case ELEMENT_IGNORED:
    case ELEMENT_STYLE:
    case ELEMENT_INFO:
    case ELEMENT_LINK:
    case ELEMENT_TERMS:
    case ELEMENT_OPTIONS:
        break;
    }
    if (element == ELEMENT_SINGLE || element == ELEMENT_MULTIPLE)
        buf_clear(&p->text); /* what stands between them is no text of the term */
}

static void on_text(void *data, const XML_Char *text, int size)
{
    Parser *p = data;
    if (p->depth == 0)
        return;
    Element element = p->frames[p->depth - 1].element;
    if (element == ELEMENT_TERM || element == ELEMENT_SINGLE ||
        element == ELEMENT_MULTIPLE || element == ELEMENT_TITLE || element == ELEMENT_ID)
        buf_add(&p->text, (Str){text, (size_t)size});
}

static bool run(Parser *p, Str xml)
{
    p->expat = XML_ParserCreateNS(NULL, ' ');
    if (!p->expat)
        memory_exhausted();
    XML_SetUserData(p->expat, p);
    XML_SetElementHandler(p->expat, on_start, on_end);
    XML_SetCharacterDataHandler(p->expat, on_text);
    XML_SetParamEntityParsing(p->expat, XML_PARAM_ENTITY_PARSING_NEVER);
    enum { CHUNK = 1 << 24 };
    bool last = false;
    while (!last && !p->failed) {
        Str piece = str_slice(xml, 0, CHUNK);
        xml = str_after(xml, piece.size);
        last = xml.size == 0;
        if (XML_Parse(p->expat, piece.data, (int)piece.size, last) != XML_STATUS_OK &&
            !p->failed) {
            fail(p, XML_ErrorString(XML_GetErrorCode(p->expat)));
        }
    }
    XML_ParserFree(p->expat);
    buf_free(&p->text);
    return !p->failed;
}

bool parse_style(Style *style, Parsed *parsed, Str xml, Diag *diag)
{
    Parser p = {.arena = &style->arena,
                .diag = diag,
                .file = style->file,
                .style = style,
                .parsed = parsed};
    return run(&p, xml);
}

LocalePart *parse_locale(Arena *arena, Str xml, Str file, Diag *diag)
{
    Parser p = {.arena = arena, .diag = diag, .file = file};
    return run(&p, xml) ? p.locale : NULL;
}
