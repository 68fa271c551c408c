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
    if (field->written == 0 || field->shadow)
        return false;
    for (size_t i = 0; i < sizeof LITERAL / sizeof LITERAL[0]; i++) {
        if (field->id == LITERAL[i])
            return str_equal_nocase(field->tag, STR("howpublished"));
    }
    return true;
}

/* Whether a command takes its argument letter by letter, or as math. */
static bool has_literal(Str tex)
{
    static const Str COMMANDS[] = {{"url{", 4},          {"\\href", 5}, {"path{", 5},
                                   {"\\ensuremath", 11}, {"\\verb", 5}, {"doi{", 4}};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (str_contains(tex, COMMANDS[i]))
            return true;
    }
    return false;
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

void check_tex(const Record *rec, Diag *diag)
{
    size_t last = 0; /* keywords are several fields of one that was written */
    if (!str_equal(rec->origin, STR("bibtex")) &&
        !str_equal(rec->origin, STR("biblatex")))
        return;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (!reaches_tex(field) || field->written == last)
            continue;
        last = field->written;
        Str value = str_trim(rec->written[last - 1].value);
        if (!is_one_value(value) || has_literal(value))
            continue;
        char sign = find_sign(written_bare(value), field->id != FIELD_ABSTRACT);
        diag->field = field_word(field);
        if (sign != 0)
            diag_report(diag, LEVEL_WARNING, "raw-sign", field->place,
                        "LaTeX wants '\\%c' for '%c' in %.*s", sign, sign,
                        STR_ARG(field->tag));
    }
    diag->field = STR_EMPTY;
}
