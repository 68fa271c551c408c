/* SPDX-License-Identifier: MIT
 * How sure an input is one of the long tail's formats. */
#include "formats/bibutils/bibutils.h"

#include <string.h>

/* XML: any of these words near the beginning. */
static const struct {
    const char *format, *word;
    int bid;
} WORDS[] = {
    {"mods", "http://www.loc.gov/mods", 95},
    {"mods", "<mods>", 85},
    {"mods", "<mods ", 85},
    {"mods", "<mods:mods", 95},
    {"mods", "<modsCollection", 95},
    {"endnote-xml", "<source-app name=\"EndNote\"", 95},
    {"endnote-xml", "<xml><records>", 85},
    {"endnote-xml", "<ref-type", 85},
    {"medline", "<PubmedArticle", 95},
    {"medline", "<MedlineCitation", 90},
    {"ebi", "<Publication ", 60},
    {"ebi", "<Publication>", 60},
    {"word", "officeDocument/2006/bibliography", 95},
    {"word", "office/word/2004/10/bibliography", 95},
    {"word", "<b:Sources", 90},
    {"word", "<b:Source>", 90},
};

static int sniff_words(const char *format, Str head)
{
    int best = 0;
    if (head.size == 0 || head.data[0] != '<')
        return 0;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(WORDS[i].format, format) == 0 && WORDS[i].bid > best &&
            str_contains(head, str_from(WORDS[i].word)))
            best = WORDS[i].bid;
    }
    return best;
}

static bool next_line(Str *head, Str *line)
{
    if (!str_split(head, '\n', line))
        return false;
    while (line->size > 0 && line->data[line->size - 1] == '\r')
        line->size--;
    return true;
}

/* "%A ": TeX's comments begin with "% " or "%%". */
static bool is_percent(Str line)
{
    return line.size >= 4 && line.data[0] == '%' && line.data[2] == ' ' &&
           (byte_is_upper(line.data[1]) || byte_is_digit(line.data[1]));
}

static int sniff_percent(Str head)
{
    Str line;
    int tags = 0;
    while (tags < 3 && next_line(&head, &line) && str_trim(line).size > 0) {
        if (!is_percent(line))
            return tags > 0 ? 50 : 0;
        if (str_starts(line, STR("%0 ")))
            return 90;
        tags++;
    }
    return tags == 3 ? 75 : tags > 0 ? 50 : 0;
}

static int sniff_isi(Str head)
{
    Str line;
    if (!next_line(&head, &line))
        return 0;
    if (str_starts(line, STR("FN ")))
        return next_line(&head, &line) && str_starts(line, STR("VR ")) ? 95 : 40;
    if (line.size != 4 || !str_starts(line, STR("PT ")) || !byte_is_upper(line.data[3]))
        return 0;
    return next_line(&head, &line) && line.size > 3 && line.data[2] == ' ' ? 85 : 50;
}

static int sniff_nbib(Str head)
{
    Str line;
    int bid = 0;
    while (bid == 0 && next_line(&head, &line)) {
        if (str_starts(line, STR("PMID- ")))
            bid = 90;
        else if (str_starts(line, STR("OWN - ")) || str_starts(line, STR("STAT- ")))
            bid = 80;
        else if (line.size < 6 || line.data[4] != '-')
            break;
    }
    return bid;
}

static int sniff_copac(Str head)
{
    Str line;
    int tags = 0;
    while (tags < 3 && next_line(&head, &line) && str_trim(line).size > 0) {
        bool tag = line.size > 4 && byte_is_upper(line.data[0]) &&
                   byte_is_upper(line.data[1]) && line.data[2] == '-' &&
                   line.data[3] == ' ';
        if (!tag && (tags == 0 || !byte_is_space(line.data[0])))
            return 0;
        tags += tag ? 1 : 0;
    }
    return tags == 3 ? 70 : tags > 0 ? 40 : 0;
}

int tail_sniff(const char *format, Str head)
{
    while (head.size > 0 && byte_is_space(head.data[0]))
        head = str_after(head, 1);
    if (strcmp(format, "endnote") == 0)
        return sniff_percent(head);
    if (strcmp(format, "isi") == 0)
        return sniff_isi(head);
    if (strcmp(format, "nbib") == 0)
        return sniff_nbib(head);
    if (strcmp(format, "copac") == 0)
        return sniff_copac(head);
    return sniff_words(format, head);
}
