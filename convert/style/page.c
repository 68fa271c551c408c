/* SPDX-License-Identifier: MIT
 * Page ranges: CSL 1.0.2, Appendix V. */
#include "convert/style/number.h"

#include <string.h>

/* The digits at the end; what stands before them is the prefix. */
static Str digits_of(Str s)
{
    size_t at = s.size;
    while (at > 0 && byte_is_digit(s.data[at - 1]))
        at--;
    return str_after(s, at);
}

/* Bytes at the front that both have. */
static size_t shared(Str a, Str b)
{
    size_t n = 0;
    while (n < a.size && n < b.size && a.data[n] == b.data[n])
        n++;
    return n;
}

/* How many digits of the second number are printed; both have as many. */
static size_t kept(PageFormat format, Str from, Str to)
{
    size_t size = to.size, changed = size - shared(from, to);
    size_t last_two = size >= 2 ? (size_t)(from.data[size - 2] - '0') * 10 +
                                      (size_t)(from.data[size - 1] - '0')
                                : 0;
    switch (format) {
    case PAGE_MINIMAL:
        return changed;
    case PAGE_MINIMAL_TWO:
        return changed < 2 && size >= 2 ? 2 : changed;
    case PAGE_CHICAGO_15:
    case PAGE_CHICAGO_16:
        if (size < 3 || last_two == 0)
            return size;
        if (format == PAGE_CHICAGO_15 && size == 4 && changed >= 3)
            return size;
        return last_two < 10 || changed > 2 ? changed : 2;
    case PAGE_AS_IS:
    case PAGE_EXPANDED:
        break;
    }
    return size;
}

/* "S12-S15": what says once that both are of a supplement. */
static bool is_letters(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_alpha(s.data[i]))
            return false;
    }
    return s.size > 0;
}

void page_range(Buf *out, PageFormat format, Str from, Str to, Str delimiter)
{
    Str a = digits_of(from), b = digits_of(to);
    Str before_a = str_slice(from, 0, from.size - a.size);
    Str before_b = str_slice(to, 0, to.size - b.size);
    buf_add(out, from);
    buf_add(out, delimiter);
    bool same = str_equal(before_a, before_b);
    bool once = same && format != PAGE_EXPANDED && is_letters(before_a);
    if (!same || a.size == 0 || b.size == 0 || b.size > a.size) {
        buf_add(out, once && b.size > a.size && a.size > 0 ? b : to);
        return;
    }
    /* "321-28" means 328: what is missing is the first number's. */
    Buf full = {0};
    buf_add(&full, str_slice(a, 0, a.size - b.size));
    buf_add(&full, b);
    Str second = buf_str(&full);
    if (memcmp(second.data, a.data, a.size) < 0) {
        buf_add(out, to);
        buf_free(&full);
        return;
    }
    size_t keep = kept(format, a, second);
    if (keep == a.size && !once)
        buf_add(out, before_a);
    buf_add(out, str_after(second, second.size - keep));
    buf_free(&full);
}
