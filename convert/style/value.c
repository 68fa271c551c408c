/* SPDX-License-Identifier: MIT
 * What variables hold, also those that only the processor knows.  See eval.h. */
#include "convert/style/eval.h"

#include "convert/style/number.h"

static Text made(Str s)
{
    return text_plain(s);
}

static Text first_page(const Item *item)
{
    const Value *page = item_value(item, FIELD_PAGE);
    if (!page)
        return made(STR_EMPTY);
    Str s = page->text.text;
    size_t end = 0;
    while (end < s.size && s.data[end] != '-' && s.data[end] != ',' &&
           s.data[end] != '&' && s.data[end] != '\xe2')
        end++;
    return made(str_trim(str_slice(s, 0, end)));
}

static Text stored(const Item *item, Var var)
{
    const Value *value = item_value(item, var);
    return value ? value->text : made(STR_EMPTY);
}

/* "Doe99", "DoRo99", "DoRN99": what label styles print where the item has no label. */
static Text label_of(const Eval *e)
{
    static const unsigned char LETTERS[][4] = {{4}, {2, 2}, {2, 1, 1}, {1, 1, 1, 1}};
    Text given = stored(e->item, VAR_CITATION_LABEL);
    if (given.text.size)
        return given;
    Buf out = {0};
    const Value *author = item_value(e->item, FIELD_AUTHOR);
    size_t count = author ? author->person_count : 0;
    count = count > 4 ? 4 : count;
    for (size_t i = 0; i < count; i++) {
        const Person *p = author->people[i];
        Str family = p->family.size ? p->family : p->literal;
        buf_add(&out, str_slice(family, 0, LETTERS[count - 1][i]));
    }
    const Value *issued = item_value(e->item, FIELD_ISSUED);
    if (issued && issued->date && issued->date->from.year > 0)
        buf_format(&out, "%02d", issued->date->from.year % 100);
    Str text = arena_copy(e->scratch, buf_str(&out));
    buf_free(&out);
    return made(text);
}

Var eval_short_of(Var var)
{
    return var == FIELD_TITLE             ? FIELD_TITLE_SHORT
           : var == FIELD_CONTAINER_TITLE ? FIELD_CONTAINER_TITLE_SHORT
                                          : VAR_NONE;
}

Text eval_value(const Eval *e, Var var, TermForm form)
{
    if (e->gone[var])
        return made(STR_EMPTY);
    switch (var) {
    case VAR_LOCATOR:
        return made(e->cite ? str_trim(e->cite->locator) : STR_EMPTY);
    case VAR_CITATION_NUMBER:
        return made(e->item->number ? number_digits(e->scratch, e->item->number, 1)
                                    : STR_EMPTY);
    case VAR_FIRST_REFERENCE_NOTE:
        if (!e->cite || !e->item->first_note || e->position == CITE_FIRST ||
            e->first_here)
            return made(STR_EMPTY);
        return made(number_digits(e->scratch, e->item->first_note, 1));
    case VAR_YEAR_SUFFIX:
        if (e->no_suffix || e->item->year_suffix == 0)
            return stored(e->item, var);
        return made(number_letters(e->scratch, e->item->year_suffix));
    case VAR_CITATION_LABEL:
        return label_of(e);
    case VAR_EDITOR_TRANSLATOR:
    case VAR_NONE:
        return made(STR_EMPTY);
    default:
        break;
    }
    if (form == FORM_SHORT && eval_short_of(var) != VAR_NONE) {
        Text brief = stored(e->item, eval_short_of(var));
        if (brief.text.size)
            return brief;
    }
    if (var == FIELD_PAGE_FIRST && !item_value(e->item, var))
        return first_page(e->item);
    /* The short form of nothing is still there where a style asks for it by name. */
    return stored(e->item, var);
}

bool eval_is_filled(const Eval *e, Var var)
{
    if (var < FIELD_COUNT && item_value(e->item, var))
        return true;
    /* What is made of other fields, and what only the processor knows. */
    return (var >= FIELD_COUNT || var == FIELD_PAGE_FIRST) &&
           eval_value(e, var, FORM_LONG).text.size > 0;
}
