/* SPDX-License-Identifier: MIT
 * See accents.h. */
#include "formats/bibtex/accents.h"
#include "convert/text/latex.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

const char *accents_name(uint32_t mark)
{
    static const struct {
        uint32_t mark;
        const char *accent;
    } ACCENTS[] = {{0x300, "`"}, {0x301, "'"}, {0x302, "^"},  {0x303, "~"}, {0x304, "="},
                   {0x306, "u"}, {0x307, "."}, {0x308, "\""}, {0x30a, "r"}, {0x30b, "H"},
                   {0x30c, "v"}, {0x323, "d"}, {0x327, "c"},  {0x328, "k"}, {0x331, "b"}};
    if (mark < 0x300 || mark > 0x331)
        return NULL;
    for (size_t i = 0; i < sizeof ACCENTS / sizeof ACCENTS[0]; i++) {
        if (ACCENTS[i].mark == mark)
            return ACCENTS[i].accent;
    }
    return NULL;
}

size_t accents_front(Str text)
{
    Str rest = text;
    uint32_t c = utf8_next(&rest);
    bool letter =
        c < 0x80 ? byte_is_alpha((char)c) : latex_typesets(c) && unicode_is_letter(c);
    size_t size = text.size - rest.size, base = size;
    for (size_t i = 0; i < ACCENTS_MOST && rest.size > 0; i++) {
        if (accents_name(utf8_next(&rest)) == NULL)
            break;
        size = text.size - rest.size;
    }
    return letter && size > base ? size : 0;
}
