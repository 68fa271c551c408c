/* SPDX-License-Identifier: MIT
 * Pages as people write them. */
#include "formats/bibtex/making.h"

/* "1 - 10", "1 -- 10": without the blanks around the only dash. */
static Str unspaced(Arena *arena, Str s)
{
    Str dash = STR("-"), en = STR("\xe2\x80\x93");
    if (str_find(s, dash) == s.size)
        dash = en;
    size_t at = str_find(s, dash);
    Str before = str_trim(str_slice(s, 0, at)),
        after = str_trim(str_after(s, at + dash.size));
    if (at == s.size || before.size == 0 || after.size == 0 ||
        before.size + dash.size + after.size == s.size ||
        str_find_byte(before, ' ') < before.size ||
        str_find_byte(after, ' ') < after.size || str_contains(after, STR("-")) ||
        str_contains(before, en) || str_contains(after, en))
        return s;
    return arena_join(arena, before, dash, after);
}

/* Bytes of the dash, other than "-", at the front; 0 where there is none. */
static size_t dash_front(Str s)
{
    static const Str DASHES[] = {{"\xe2\x80\x90", 3}, {"\xe2\x80\x91", 3},
                                 {"\xe2\x80\x92", 3}, {"\xe2\x80\x93", 3},
                                 {"\xe2\x80\x94", 3}, {"\xe2\x88\x92", 3}};
    if (s.size < 3 || s.data[0] != '\xe2')
        return 0;
    for (size_t i = 0; i < sizeof DASHES / sizeof DASHES[0]; i++) {
        if (str_starts(s, DASHES[i]))
            return 3;
    }
    return 0;
}

/* Word processors make one dash of two hyphens, or of the first of them, and publishers
 * have minus signs: between pages, whichever it is, and however many, is an en dash. */
static Str with_one_dash(Arena *arena, Str s)
{
    if (str_find_byte(s, '\xe2') == s.size)
        return s;
    Buf out = {0};
    for (size_t i = 0; i < s.size;) {
        size_t end = i, dashes = 0;
        while (end < s.size) {
            size_t dash = dash_front(str_after(s, end));
            if (dash == 0 && s.data[end] != '-')
                break;
            dashes += dash > 0;
            end += dash + (dash == 0);
        }
        if (dashes > 0 && pages_joined(s, i, end))
            buf_add(&out, STR("\xe2\x80\x93"));
        else
            buf_add(&out, str_slice(s, i, end > i ? end : i + 1));
        i = end > i ? end : i + 1;
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

/* "12--34" as CSL has it, "12-34"; an en dash where numbers have hyphens of their own. */
Text pages_text(Arena *arena, Text text)
{
    if (text.run_count == 0)
        text.text = with_one_dash(arena, text.text);
    if (text.run_count == 0 && str_find_byte(text.text, ' ') < text.text.size)
        text.text = unspaced(arena, text.text);
    Str s = text.text;
    bool own = false, dashed = false;
    for (size_t i = 0; i < s.size; i++) {
        bool dash = str_starts(str_after(s, i), STR("\xe2\x80\x93"));
        dashed = dashed || dash;
        own = own || s.data[i] == '-' || (dash && !pages_joined(s, i, i + 3));
    }
    if (!dashed || own || text.run_count > 0)
        return text;
    Buf out = {0};
    for (size_t i = 0; i < s.size; i++) {
        bool dash = str_starts(str_after(s, i), STR("\xe2\x80\x93"));
        buf_add_byte(&out, dash ? '-' : s.data[i]);
        i += dash ? 2 : 0;
    }
    text = text_plain(arena_copy(arena, buf_str(&out)));
    buf_free(&out);
    return text;
}
