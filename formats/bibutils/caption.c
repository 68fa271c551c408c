/* SPDX-License-Identifier: MIT
 * Captions of numbers; see caption.h. */
#include "formats/bibutils/caption.h"

static bool is_counted(Str tag)
{
    static const Str TAGS[] = {{"VOLUME", 6}, {"ISSUE", 5}, {"NUMBER", 6}, {"PART", 4}};
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (str_equal(tag, TAGS[i]))
            return true;
    }
    return false;
}

/* Captions that say no more than the field does; "Suppl." does. */
static bool is_caption(Str s)
{
    static const char *const CAPTIONS[] = {"vol",  "v",     "volume", "no",       "nr",
                                           "num",  "issue", "number", "band",     "bd",
                                           "heft", "tome",  "t",      "n\xc2\xb0"};
    if (str_ends(s, STR(".")))
        s.size--;
    for (size_t i = 0; i < sizeof CAPTIONS / sizeof CAPTIONS[0]; i++) {
        if (str_equal_nocase(s, str_from(CAPTIONS[i])))
            return true;
    }
    return false;
}

/* "3 vol.": the library puts a caption to its number, and styles one more. */
void captions_take(WireLines *lines, const Piece *piece)
{
    enum { CAPTIONS_MOST = 8 };
    Str captions[CAPTIONS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < piece->count && count < CAPTIONS_MOST; i++) {
        if (str_equal(piece->items[i].tag, STR("caption")) &&
            is_caption(piece->items[i].value))
            captions[count++] = piece->items[i].value;
    }
    for (size_t i = 0; i < lines->count && count > 0; i++) {
        Str value = lines->items[i].value;
        for (size_t k = 0; k < count && is_counted(lines->items[i].tag); k++) {
            size_t size = captions[k].size + 1;
            if (size >= value.size)
                continue;
            if (str_ends(value, captions[k]) && value.data[value.size - size] == ' ')
                value = str_slice(value, 0, value.size - size);
            else if (str_starts(value, captions[k]) && value.data[size - 1] == ' ')
                value = str_after(value, size);
        }
        lines->items[i].value = value;
    }
}
