/* SPDX-License-Identifier: MIT
 * What variables hold, also those that only the processor knows.  See eval.h. */
#include "convert/style/eval.h"

#include "convert/style/number.h"
#include "convert/style/uni.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

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

/* "Doe" of "van der Doe" and "The Doe Society": so many letters, the first in capitals.
 */
static void add_label(Buf *out, Arena *arena, Str name, size_t letters)
{
    static const Str ARTICLES[] = {{"a ", 2}, {"an ", 3}, {"the ", 4}};
    for (size_t i = 0; i < sizeof ARTICLES / sizeof *ARTICLES; i++) {
        if (str_starts_nocase(name, ARTICLES[i])) {
            name = str_trim(str_after(name, ARTICLES[i].size));
            break;
        }
    }
    for (size_t done = 0; name.size > 0 && done < letters;) {
        Str before = name;
        uint32_t c = utf8_next(&name);
        if (!unicode_is_letter(c) && !unicode_is_digit(c))
            continue;
        Str letter = str_slice(before, 0, before.size - name.size);
        buf_add(out, done ? uni_lower(arena, letter, "") : uni_upper(arena, letter, ""));
        done++;
    }
}

/* The first names that there are, as far as labels ask. */
static const Value *label_names(const Item *item)
{
    static const Var NAMES[] = {FIELD_AUTHOR, FIELD_EDITOR, FIELD_TRANSLATOR};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const Value *value = item_value(item, NAMES[i]);
        if (value && value->person_count)
            return value;
    }
    return NULL;
}

/* A title without the words that a title in capitals keeps small. */
static Str label_title(const Eval *e)
{
    Buf out = {0};
    Str rest = stored(e->item, FIELD_TITLE).text, word;
    while (out.size < 16 && str_word(&rest, &word)) {
        if (!textcase_is_stop(word))
            buf_add(&out, word);
    }
    Str text = arena_copy(e->scratch, buf_str(&out));
    buf_free(&out);
    return text;
}

/* "Doe99", "DoRo99", "DoRN99": what label styles print where the item has no label. */
static Text label_of(const Eval *e)
{
    static const unsigned char LETTERS[][4] = {{4}, {2, 2}, {2, 1, 1}, {1, 1, 1, 1}};
    Text given = stored(e->item, VAR_CITATION_LABEL);
    if (given.text.size)
        return given;
    Buf out = {0};
    const Value *names = label_names(e->item);
    size_t count = names ? names->person_count : 0;
    count = count > 4 ? 4 : count;
    for (size_t i = 0; i < count; i++) {
        const Person *p = names->people[i];
        Str family = p->family.size ? p->family : p->literal;
        add_label(&out, e->scratch, family, LETTERS[count - 1][i]);
    }
    if (out.size == 0)
        add_label(&out, e->scratch, label_title(e), 4);
    const Value *issued = item_value(e->item, FIELD_ISSUED);
    bool dated = issued && issued->date && issued->date->from.year > 0;
    buf_format(&out, "%02d", dated ? issued->date->from.year % 100 : 0);
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

/* "vol. 2" as a volume is 2: the style says what it is. */
static Text without_label(Var var, Text value)
{
    static const struct {
        Var var;
        Str word;
    } LABELS[] = {{FIELD_VOLUME, {"vol. ", 5}},
                  {FIELD_VOLUME, {"vols. ", 6}},
                  {FIELD_PAGE, {"p. ", 3}},
                  {FIELD_PAGE, {"pp. ", 4}}};
    if (value.run_count > 0 || (var != FIELD_VOLUME && var != FIELD_PAGE))
        return value;
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        Str rest = str_trim(str_after(value.text, LABELS[i].word.size));
        if (LABELS[i].var == var && str_starts_nocase(value.text, LABELS[i].word) &&
            rest.size > 0)
            return made(rest);
    }
    return value;
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
    return without_label(var, stored(e->item, var));
}

bool eval_is_filled(const Eval *e, Var var)
{
    if (var < FIELD_COUNT && item_value(e->item, var))
        return true;
    /* What is made of other fields, and what only the processor knows. */
    return (var >= FIELD_COUNT || var == FIELD_PAGE_FIRST) &&
           eval_value(e, var, FORM_LONG).text.size > 0;
}
