/* SPDX-License-Identifier: MIT
 * How sure a text is CSL-JSON: an item's words make sure, JSON alone is a guess. */
#include "formats/csljson/begin.h"
#include "formats/csljson/csljson.h"

enum { SURE = 90, LIKELY = 50, GUESS = 25 };

static int words_in(Str head)
{
    static const char *const WORDS[] = {"\"type\"",  "\"id\"",     "\"issued\"",
                                        "\"title\"", "\"author\"", "\"container-title\"",
                                        "\"DOI\"",   "\"items\"",  "\"references\""};
    int words = 0;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        words += str_contains(head, str_from(WORDS[i]));
    return words;
}

int csljson_sniff_array(Str head)
{
    size_t at = begin_space_end(head, 0), inner = begin_space_end(head, at + 1);
    if (at >= head.size || (head.data[at] != '{' && head.data[at] != '['))
        return 0;
    if (head.data[at] == '[') {
        if (inner >= head.size || head.data[inner] == ']')
            return GUESS;
        if (head.data[inner] != '{')
            return 0;
        inner = begin_space_end(head, inner + 1);
    }
    if (inner < head.size && head.data[inner] != '"' && head.data[inner] != '}')
        return 0;
    int words = words_in(head);
    return words >= 2 ? SURE : words == 1 ? LIKELY : GUESS;
}

/* Both readers take both; where objects follow each other, one a line, that is said. */
int csljson_sniff_lines(Str head)
{
    size_t at = begin_space_end(head, 0), end = str_find(head, STR("}\n"));
    Str line = str_slice(head, at, str_find_byte(str_after(head, at), '\n') + at);
    bool lines = at < head.size && head.data[at] == '{' && end < head.size &&
                 str_ends(str_trim(line), STR("}"));
    return lines ? csljson_sniff_array(head) + 1 : 0;
}
