/* SPDX-License-Identifier: MIT
 * Reading values; see setting.h. */
#include "convert/pipeline/setting.h"
#include "convert/pipeline/expr.h"
#include "convert/pipeline/template.h"

#include <stdint.h>
#include <string.h>

/* More than anybody means, and nothing that any size_t could not hold. */
enum { DIGITS_MOST = 9, COLUMNS_LEAST = 20 };

/* The number that a text begins with; what is behind it is left.  False where there is
 * none, or too large a one. */
static bool number_at(Str *rest, size_t *number)
{
    size_t digits = 0;
    *number = 0;
    for (; digits < rest->size && byte_is_digit(rest->data[digits]); digits++) {
        if (digits == DIGITS_MOST)
            return false;
        *number = *number * 10 + (size_t)(rest->data[digits] - '0');
    }
    *rest = str_after(*rest, digits);
    return digits > 0;
}

bool setting_width(const char *value, size_t *into)
{
    Str rest = str_from(value);
    size_t width;
    if (!number_at(&rest, &width) || rest.size > 0 ||
        (width > 0 && width < COLUMNS_LEAST))
        return false;
    *into = width;
    return true;
}

bool setting_size(const char *value, size_t *into)
{
    Str rest = str_from(value), units = STR("KMG");
    size_t size;
    if (!number_at(&rest, &size) || size == 0 || rest.size > 1)
        return false;
    size_t unit = rest.size > 0 ? str_find_byte(units, rest.data[0]) : 0;
    size_t shift = rest.size > 0 ? (unit + 1) * 10 : 0;
    if (unit == units.size || size > SIZE_MAX >> shift)
        return false;
    *into = size << shift;
    return true;
}

bool setting_unique(const char *value, UniqueMode *into)
{
    bool merge = strcmp(value, "merge") == 0;
    if (!merge && strcmp(value, "report") != 0)
        return false;
    *into = merge ? UNIQUE_MERGE : UNIQUE_REPORT;
    return true;
}

bool setting_select(const char *value, Str *wrong, size_t *column)
{
    const char *why;
    Expr *expr = expr_open(str_from(value), &why, column);
    if (expr == NULL)
        *wrong = str_from(why);
    expr_close(expr);
    return expr != NULL;
}

bool setting_key(const char *value, Buf *wrong, size_t *column)
{
    Template *template = template_open(str_from(value), wrong, column);
    template_close(template);
    return template != NULL;
}
