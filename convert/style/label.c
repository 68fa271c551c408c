/* SPDX-License-Identifier: MIT
 * cs:label and cs:number. */
#include "convert/style/eval.h"
#include "convert/style/number.h"

static unsigned long leading_number(Str s)
{
    unsigned long n = 0;
    for (size_t i = 0; i < s.size && byte_is_digit(s.data[i]) && n < 100000; i++)
        n = n * 10 + (unsigned long)(s.data[i] - '0');
    return n;
}

static bool is_plural(const Eval *e, const Node *node, Var var, Str value)
{
    switch (node->plural) {
    case PLURAL_ALWAYS:
        return true;
    case PLURAL_NEVER:
        return false;
    case PLURAL_CONTEXTUAL:
        break;
    }
    if (var == FIELD_NUMBER_OF_PAGES || var == FIELD_NUMBER_OF_VOLUMES)
        return leading_number(value) > 1;
    return number_is_plural(e->style, value);
}

static Str term_name(const Eval *e, Var var)
{
    if (var != VAR_LOCATOR)
        return var_name(var);
    if (!e->cite || e->cite->label.size == 0)
        return STR("page");
    return e->cite->label;
}

/* "number-of-pages" and others have no term in older locales. */
static const Term *term_of(const Eval *e, Str name, TermForm form)
{
    const Locale *locale = &e->style->locale;
    const Term *term = locale_term(locale, name, form);
    if (!term && str_equal(name, STR("sub-verbo")))
        term = locale_term(locale, STR("sub verbo"), form);
    if (!term && str_equal(name, STR("sub verbo")))
        term = locale_term(locale, STR("sub-verbo"), form);
    if (!term && str_starts(name, STR("number-of-")))
        term = locale_term(locale, str_slice(name, 10, name.size - 1), form);
    return term;
}

void eval_label(Eval *e, const Node *node)
{
    Var var = node->var_count ? node->vars[0] : VAR_NONE;
    Str value = str_trim(eval_value(e, var, FORM_LONG).text);
    /* Entries have no locator; styles that ask for its label there mean that of a page.
     */
    if (var == VAR_LOCATOR && !e->cite && e->area == AREA_BIBLIOGRAPHY)
        value = STR("1");
    if (value.size == 0)
        return;
    const Term *term = term_of(e, term_name(e, var), node->form);
    if (!term)
        return;
    Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
    rich_emit(e->ops,
              text_plain(is_plural(e, node, var, value) ? term->multiple : term->single),
              OP_FIELD);
    wrap_close(e, &node->format, wrap, node->suffix);
}

void eval_number(Eval *e, const Node *node, Called *called)
{
    Var var = node->var_count ? node->vars[0] : VAR_NONE;
    Text value = eval_value(e, var, FORM_LONG);
    called->any = true;
    if (value.text.size == 0)
        return;
    called->filled = true;
    if (e->substituting)
        e->gone[var] = true;
    Wrap wrap = wrap_open(e, node, &node->format, node->prefix);
    OpScope scope = var == VAR_CITATION_NUMBER ? SCOPE_NUMBER : SCOPE_FORMAT;
    if (scope == SCOPE_NUMBER)
        ops_open(e->ops, scope, 0);
    if (value.run_count == 0)
        value = text_plain(
            number_form(e->scratch, e->style, var, str_trim(value.text), node->number));
    rich_emit(e->ops, value, OP_FIELD);
    if (scope == SCOPE_NUMBER)
        ops_close(e->ops, scope, 0);
    wrap_close(e, &node->format, wrap, node->suffix);
}
