/* SPDX-License-Identifier: MIT
 * What dates and notes of CSL-JSON can say; see carry.h. */
#include "formats/csljson/carry.h"

enum { LINE_KEY_MOST = 4 * CARRY_KEY_MOST }; /* with blanks around it */

bool carry_has_parts(const Date *date)
{
    if (date->literal.size > 0 || date->from.unspecified > 0)
        return false;
    return !date->range || (date->from_end == DATE_KNOWN && date->to.unspecified == 0);
}

static DatePart plain_part(DatePart part, bool circa)
{
    part.time = STR_EMPTY;
    part.some_month = part.some_day = false;
    part.approximate = circa;
    part.uncertain = false;
    return part;
}

Date carry_plain_date(const Date *date)
{
    Date plain = *date;
    if (!carry_has_parts(date))
        return plain; /* as raw EDTF, which says it all */
    bool circa = date_is_circa(date);
    plain.from = plain_part(date->from, circa);
    if (!date->range)
        return plain;
    if (date->to_end == DATE_KNOWN) {
        plain.to = plain_part(date->to, circa);
    } else {
        plain.to_end = DATE_OPEN;
        plain.to = plain_part(date->to, false);
    }
    return plain;
}

/* "Original Date", "original-date": the variable as CSL spells it. */
static Str variable_of(Str key, char name[CARRY_KEY_MOST])
{
    if (key.size > CARRY_KEY_MOST)
        return STR_EMPTY;
    for (size_t i = 0; i < key.size; i++) {
        char c = key.data[i];
        if (!byte_is_alpha(c) && c != '-' && c != '_' && c != ' ')
            return STR_EMPTY;
        name[i] = c == ' ' ? '-' : c;
    }
    return (Str){name, key.size};
}

bool carry_note_pair(Str line, char name[CARRY_KEY_MOST], Str *variable, Str *value)
{
    size_t colon = str_find_byte(str_slice(line, 0, LINE_KEY_MOST), ':');
    if (colon >= line.size || line.data[colon] != ':')
        return false;
    *variable = variable_of(str_trim(str_slice(line, 0, colon)), name);
    *value = str_trim(str_after(line, colon + 1));
    return variable->size > 0 && value->size > 0;
}

static bool names_variable(const Tags *tags, Str line)
{
    Str variable, value;
    char name[CARRY_KEY_MOST];
    if (!carry_note_pair(line, name, &variable, &value))
        return false;
    return tags_field(tags, variable, KIND_DOCUMENT) != NULL ||
           str_equal_nocase(variable, STR("type")) ||
           str_equal_nocase(variable, STR("citation-key"));
}

bool carry_note_speaks(const Tags *tags, Str note)
{
    Str line;
    if (str_contains(note, STR("{:")))
        return true;
    while (str_split(&note, '\n', &line)) {
        if (names_variable(tags, line))
            return true;
    }
    return false;
}
