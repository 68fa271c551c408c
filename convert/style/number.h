/* SPDX-License-Identifier: MIT
 * Numbers as people write them: "12-15", "2 & 4", "S12", "xiv". */
#ifndef CITECONV_STYLE_NUMBER_H
#define CITECONV_STYLE_NUMBER_H

#include "convert/style/node.h"

/* Only numbers, which may have letters around them: CSL 1.0.2, is-numeric. */
bool number_is_numeric(const Style *style, Str s);
/* More than one number. */
bool number_is_plural(const Style *style, Str s);
/* The value of a number variable as text: ranges with the dash and in the form that the
 * style asks for where they are of `pages`, "&" in the locale's word. */
Str number_text(Arena *arena, const Style *style, Var var, Str s, bool pages);
/* The same with each bare number in that form. */
Str number_form(Arena *arena, const Style *style, Var var, Str s, NumberForm form);
/* One number as an ordinal, "2nd". */
Str number_ordinal(Arena *arena, const Style *style, unsigned long n, Gender gender);
/* In decimal, with zeros in front up to `least` digits, at most 20. */
Str number_digits(Arena *arena, unsigned long n, size_t least);
/* "a" for 1, "z", "aa". */
Str number_letters(Arena *arena, size_t n);
/* "12-15" as page-range-format has it, with the delimiter. */
void page_range(Buf *out, PageFormat format, Str from, Str to, Str delimiter);

#endif
