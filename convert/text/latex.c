/* SPDX-License-Identifier: MIT
 * The table of commands; see latex.h. */
#include "convert/text/latex.h"

static const struct Spelling {
    uint32_t character;
    unsigned char math, typeset;
    char command[34];
} TABLE[] = {
#include "convert/text/latex.inc"
};

static const struct Spelling *find(uint32_t character)
{
    size_t low = 0, high = sizeof TABLE / sizeof TABLE[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (TABLE[middle].character == character)
            return &TABLE[middle];
        if (TABLE[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

LatexMode latex_command(uint32_t character, Str *command)
{
    const struct Spelling *spelling = find(character);
    if (spelling == NULL || spelling->command[0] == '\0')
        return LATEX_NONE;
    *command = str_from(spelling->command);
    return spelling->math != 0 ? LATEX_MATH : LATEX_TEXT;
}

bool latex_typesets(uint32_t character)
{
    const struct Spelling *spelling = find(character);
    return character < 0x80 || (spelling != NULL && spelling->typeset != 0);
}
