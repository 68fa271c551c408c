/* SPDX-License-Identifier: MIT
 * What a date's object can say; see carry.h. */
#include "formats/csljson/carry.h"

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
