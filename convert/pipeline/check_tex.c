/* SPDX-License-Identifier: MIT
 * Signs that LaTeX takes for its own; see check_rules.h. */
#include "convert/pipeline/check_rules.h"
#include "convert/pipeline/word.h"

/* Whether styles or biblatex's .bbl hand the field to LaTeX, and not letter by letter. */
static bool reaches_tex(const Field *field)
{
    static const FieldId LITERAL[] = {FIELD_URL,
                                      FIELD_DOI,
                                      FIELD_ISBN,
                                      FIELD_ISSN,
                                      FIELD_PMID,
                                      FIELD_PMCID,
                                      FIELD_ARCHIVE_LOCATION,
                                      FIELD_OTHER};
    for (size_t i = 0; i < sizeof LITERAL / sizeof LITERAL[0]; i++) {
        if (field->id == LITERAL[i])
            return false;
    }
    return field->written > 0 && !field->shadow;
}

/* One value between delimiters: what '#' joins or a macro stands for is none. */
static bool is_one_value(Str value)
{
    size_t depth = 0;
    bool braced = value.size > 1 && value.data[0] == '{';
    if (!braced && (value.size < 2 || value.data[0] != '"'))
        return false;
    for (size_t i = 0; i + 1 < value.size; i++) {
        char c = value.data[i];
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        if (i > 0 && depth == 0 && (braced || c == '"'))
            return false;
    }
    return true;
}

/* The first sign that needs a backslash where it stands; 0 for none.  An abstract is put
 * into the .bbl and not set: only what ends a line or names an argument matters there. */
static char find_sign(Str tex, bool is_set)
{
    Str signs = is_set ? STR("%#&_") : STR("%#");
    bool math = false;
    for (size_t i = 0; i < tex.size; i++) {
        char c = tex.data[i];
        if (c == '\\') {
            char next = i + 1 < tex.size ? tex.data[i + 1] : 0;
            if (next == '(' || next == '[')
                math = true;
            else if (next == ')' || next == ']')
                math = false;
            i++;
        } else if (c == '$') {
            math = !math;
        } else if (str_find_byte(signs, c) < signs.size &&
                   !(math && (c == '_' || c == '&'))) {
            return c;
        }
    }
    return 0;
}

void check_tex(const Record *rec, const Field *field, Diag *diag)
{
    bool bibtex =
        str_equal(rec->origin, STR("bibtex")) || str_equal(rec->origin, STR("biblatex"));
    if (!bibtex || !reaches_tex(field) || field->written > rec->written_count)
        return;
    Str value = str_trim(rec->written[field->written - 1].value);
    /* Arguments that are taken letter by letter. */
    if (!is_one_value(value) || str_contains(value, STR("\\url")) ||
        str_contains(value, STR("\\href")) || str_contains(value, STR("\\path")) ||
        str_contains(value, STR("\\ensuremath")) || str_contains(value, STR("\\verb")))
        return;
    char sign = find_sign(written_bare(value), field->id != FIELD_ABSTRACT);
    if (sign != 0)
        diag_report(diag, LEVEL_WARNING, "raw-sign", field->place,
                    "LaTeX wants '\\%c' for '%c' in %.*s", sign, sign,
                    STR_ARG(field->tag));
}
