/* SPDX-License-Identifier: MIT
 * Running the program of an expression on a record; see expr.h. */
#include "convert/pipeline/expr.h"
#include "convert/pipeline/expr_program.h"
#include "convert/text/unicode.h"

#include <assert.h>

/* What one run needs. */
typedef struct Trial {
    const Expr *expr;
    const Test *test;
    const Record *rec;
    Arena *scratch;
} Trial;

/* Shell's * and ?, of bytes; both in plain form.  Goes back to the last star only. */
static bool glob_fits(Str pattern, Str s)
{
    size_t p = 0, at = 0, star = pattern.size, tried = 0;
    while (at < s.size) {
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            tried = at;
        } else if (p < pattern.size &&
                   (pattern.data[p] == '?' || pattern.data[p] == s.data[at])) {
            p++;
            at++;
            /* The rest of a character that "?" stands for. */
            while (pattern.data[p - 1] == '?' && at < s.size &&
                   ((unsigned char)s.data[at] & 0xc0) == 0x80)
                at++;
        } else if (star < pattern.size) {
            p = star + 1;
            at = ++tried;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*')
        p++;
    return p == pattern.size;
}

static int order_of_texts(Str a, Str b)
{
    size_t i = 0;
    while (i < a.size && i < b.size && a.data[i] == b.data[i])
        i++;
    int left = i < a.size ? (unsigned char)a.data[i] : -1;
    int right = i < b.size ? (unsigned char)b.data[i] : -1;
    return left < right ? -1 : left > right;
}

/* -1, 0 or 1: as numbers where both are. */
static int order(Str plain, const Value *value)
{
    double number;
    if (value->is_number && number_parse(plain, &number))
        return number < value->number ? -1 : number > value->number;
    return order_of_texts(plain, value->plain);
}

static bool order_fits(Compare compare, int sign)
{
    switch (compare) {
    case COMPARE_LESS:
        return sign < 0;
    case COMPARE_LESS_EQUAL:
        return sign <= 0;
    case COMPARE_MORE:
        return sign > 0;
    case COMPARE_MORE_EQUAL:
        return sign >= 0;
    case COMPARE_EQUAL:
        return sign == 0;
    case COMPARE_HAS:
    case COMPARE_CONTAINS:
    case COMPARE_LIKE:
        break;
    }
    return false;
}

static bool in_range(Str plain, const Wanted *wanted)
{
    double number;
    const Value *low = &wanted->low, *high = &wanted->high;
    /* Between numbers there are none but numbers. */
    if ((low->is_number || high->is_number) && !number_parse(plain, &number))
        return false;
    return (low->text.size == 0 || order(plain, low) >= 0) &&
           (high->text.size == 0 || order(plain, high) <= 0);
}

static bool plain_fits(Compare compare, const Wanted *wanted, Str plain)
{
    if (wanted->range)
        return in_range(plain, wanted);
    if (compare == COMPARE_CONTAINS)
        return str_contains(plain, wanted->low.plain);
    if (compare == COMPARE_LIKE)
        return glob_fits(wanted->low.plain, plain);
    return order_fits(compare, order(plain, &wanted->low));
}

/* Whether one value fits one of those wanted. */
static bool text_fits(Trial *t, Str s)
{
    if (t->test->compare == COMPARE_HAS)
        return s.size > 0;
    Str plain = unicode_plain(t->scratch, s);
    for (size_t i = 0; i < t->test->count; i++) {
        if (plain_fits(t->test->compare, &t->expr->wanted[t->test->first + i], plain))
            return true;
    }
    return false;
}

/* To the letter, where the whole key is compared. */
static bool key_fits(Trial *t, Str key)
{
    if (t->test->compare != COMPARE_EQUAL)
        return text_fits(t, key);
    for (size_t i = 0; i < t->test->count; i++) {
        const Wanted *wanted = &t->expr->wanted[t->test->first + i];
        bool fits = wanted->range ? in_range(unicode_plain(t->scratch, key), wanted)
                                  : str_equal(key, wanted->low.text);
        if (fits)
            return true;
    }
    return false;
}

static bool any_key_fits(Trial *t)
{
    Str ids = record_tag_text(t->rec, STR("ids")), each;
    if (key_fits(t, t->rec->key))
        return true;
    while (str_split(&ids, ',', &each)) {
        if (key_fits(t, str_trim(each)))
            return true;
    }
    return false;
}

static bool name_fits(Trial *t, const Name *name)
{
    Arena *arena = t->scratch;
    Str family = name_family(arena, name);
    Str given = name_given(arena, name);
    return text_fits(t, name_natural(arena, name)) || text_fits(t, family) ||
           (given.size > 0 && text_fits(t, arena_join(arena, family, STR(", "), given)));
}

/* As far as both say: a mere 2020 is neither before nor after 2020-06. */
static int order_of_moments(const DatePart *part, const Moment *moment)
{
    int parts[3] = {part->year, part->month, part->day};
    int wanted[3] = {moment->year, moment->month, moment->day};
    for (size_t i = 0; i < 3 && (i == 0 || (wanted[i] != 0 && parts[i] != 0)); i++) {
        if (parts[i] != wanted[i])
            return parts[i] < wanted[i] ? -1 : 1;
    }
    return 0;
}

static bool knows(const DatePart *part, const Moment *moment)
{
    return (moment->month == 0 || part->month != 0) &&
           (moment->day == 0 || part->day != 0);
}

/* A date that is a range lies around all that is in it. */
static bool moment_fits(Compare compare, const Date *date, const Wanted *wanted)
{
    const DatePart *from = &date->from;
    const DatePart *to = date->range && date->to_end == DATE_KNOWN ? &date->to : from;
    if (wanted->range)
        return (wanted->low.text.size == 0 ||
                order_of_moments(to, &wanted->low.moment) >= 0) &&
               (wanted->high.text.size == 0 ||
                order_of_moments(from, &wanted->high.moment) <= 0);
    int first = order_of_moments(from, &wanted->low.moment);
    int last = order_of_moments(to, &wanted->low.moment);
    if (compare == COMPARE_EQUAL)
        return first <= 0 && last >= 0 && knows(from, &wanted->low.moment);
    bool earlier = compare == COMPARE_LESS || compare == COMPARE_LESS_EQUAL;
    return order_fits(compare, earlier ? first : last);
}

static bool date_fits(Trial *t, const Date *date)
{
    Compare compare = t->test->compare;
    if (compare == COMPARE_HAS)
        return true;
    if (date->literal.size > 0)
        return text_fits(t, date->literal);
    if (compare == COMPARE_CONTAINS || compare == COMPARE_LIKE)
        return text_fits(t, date_edtf(t->scratch, date));
    for (size_t i = 0; i < t->test->count; i++) {
        const Wanted *wanted = &t->expr->wanted[t->test->first + i];
        bool low = wanted->low.is_moment || (wanted->range && wanted->low.text.size == 0);
        bool high =
            !wanted->range || wanted->high.is_moment || wanted->high.text.size == 0;
        if (low && high && moment_fits(compare, date, wanted))
            return true;
    }
    return false;
}

static bool field_fits(Trial *t, const Field *field)
{
    switch (field->form) {
    case FORM_TEXT:
        return text_fits(t, field->text.text);
    case FORM_DATE:
        return date_fits(t, &field->date);
    case FORM_NAMES:
        break;
    }
    if (t->test->compare == COMPARE_HAS)
        return field->names.count > 0;
    for (size_t i = 0; i < field->names.count; i++) {
        if (name_fits(t, &field->names.items[i]))
            return true;
    }
    return false;
}

static bool type_fits(Trial *t)
{
    return text_fits(t, str_from(kind_name(t->rec->kind))) ||
           (t->rec->type.size > 0 && text_fits(t, t->rec->type));
}

/* What nothing was made of may still be asked for: "has crossref". */
static bool written_fits(Trial *t, Test *test, bool any)
{
    for (size_t i = 0; i < t->rec->written_count; i++) {
        const Written *written = &t->rec->written[i];
        if (!any && !str_equal_nocase(written->tag, test->field.word))
            continue;
        test->met = true;
        if (!written->dropped && text_fits(t, written_bare(written->value)))
            return true;
    }
    return false;
}

static bool fields_fit(Trial *t, Test *test, bool any)
{
    bool read = false, fits = false;
    for (size_t i = 0; i < t->rec->count; i++) {
        const Field *field = &t->rec->fields[i];
        if (!any && !word_means(&test->field, field))
            continue;
        read = test->met = true;
        fits = fits || field_fits(t, field);
    }
    return fits || ((any || !read) && written_fits(t, test, any));
}

static bool test_fits(Trial *t, Test *test)
{
    t->test = test;
    switch (test->subject) {
    case SUBJECT_TYPE:
        return type_fits(t);
    case SUBJECT_KEY:
        return any_key_fits(t);
    case SUBJECT_ANY:
        return fields_fit(t, test, true) || type_fits(t) || any_key_fits(t);
    case SUBJECT_FIELD:
        break;
    }
    return fields_fit(t, test, false);
}

bool expr_fits(Expr *expr, const Record *rec)
{
    bool stack[EXPR_DEPTH + 1] = {false};
    size_t depth = 0, test = 0;
    Trial t = {.expr = expr, .rec = rec, .scratch = &expr->scratch};
    for (size_t i = 0; i < expr->op_count; i++) {
        switch ((Op)expr->ops[i]) {
        case OP_TEST:
            assert(depth <= EXPR_DEPTH);
            stack[depth++] = test_fits(&t, &expr->tests[test++]);
            break;
        case OP_NOT:
            assert(depth >= 1);
            stack[depth - 1] = !stack[depth - 1];
            break;
        case OP_AND:
            assert(depth >= 2);
            depth--;
            stack[depth - 1] = stack[depth - 1] && stack[depth];
            break;
        case OP_OR:
            assert(depth >= 2);
            depth--;
            stack[depth - 1] = stack[depth - 1] || stack[depth];
            break;
        }
    }
    arena_reset(&expr->scratch);
    return stack[0];
}

bool expr_next_unmet(const Expr *expr, size_t *at, Str *name)
{
    while (*at < expr->test_count) {
        const Test *test = &expr->tests[(*at)++];
        *name = test->field.word;
        if (test->subject == SUBJECT_FIELD && test->field.id == FIELD_OTHER && !test->met)
            return true;
    }
    return false;
}
