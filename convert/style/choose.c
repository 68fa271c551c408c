/* SPDX-License-Identifier: MIT
 * The conditions of cs:choose.  See eval.h. */
#include "convert/style/eval.h"

#include "convert/style/number.h"

static bool test_position(const Eval *e, int wanted)
{
    if (e->position < 0)
        return false;
    switch ((PositionTest)wanted) {
    case POSITION_FIRST:
        return e->position == CITE_FIRST;
    case POSITION_SUBSEQUENT:
        return e->position != CITE_FIRST;
    case POSITION_IBID:
        return e->position == CITE_IBID || e->position == CITE_IBID_WITH_LOCATOR;
    case POSITION_IBID_WITH_LOCATOR:
        return e->position == CITE_IBID_WITH_LOCATOR;
    case POSITION_NEAR_NOTE:
        return e->position != CITE_FIRST && e->near_note;
    case POSITION_FAR_NOTE:
        return e->position != CITE_FIRST && !e->near_note;
    case POSITION_UNKNOWN:
        break;
    }
    return false;
}

static bool test_numeric(const Eval *e, Var var)
{
    return number_is_numeric(e->style, str_trim(eval_value(e, var, FORM_LONG).text));
}

static bool test_locator(const Eval *e, Str wanted)
{
    if (!e->cite || str_trim(e->cite->locator).size == 0)
        return false;
    Str label = e->cite->label.size ? e->cite->label : STR("page");
    if (str_equal(wanted, STR("sub-verbo")))
        return str_equal(label, STR("sub-verbo")) || str_equal(label, STR("sub verbo"));
    return str_equal(label, wanted);
}

static bool test(Eval *e, const Test *t)
{
    switch (t->kind) {
    case TEST_TYPE:
        return e->item->has_kind && (t->kinds >> e->item->kind & 1);
    case TEST_VARIABLE:
        return eval_is_filled(e, (Var)t->value);
    case TEST_IS_NUMERIC:
        return test_numeric(e, (Var)t->value);
    case TEST_IS_UNCERTAIN: {
        const Value *value = item_value(e->item, (Var)t->value);
        return value && value->date && date_is_circa(value->date);
    }
    case TEST_LOCATOR:
        return test_locator(e, t->word);
    case TEST_POSITION:
        return test_position(e, t->value);
    case TEST_DISAMBIGUATE:
        return t->value && ++e->conditions <= e->disambiguate;
    }
    return false;
}

bool eval_holds(Eval *e, const Node *node)
{
    if (node->is_else)
        return true;
    for (size_t i = 0; i < node->test_count; i++) {
        bool true_here = test(e, &node->tests[i]);
        if (node->match == MATCH_ALL && !true_here)
            return false;
        if (node->match == MATCH_ANY && true_here)
            return true;
        if (node->match == MATCH_NONE && true_here)
            return false;
    }
    return node->match != MATCH_ANY;
}
