/* SPDX-License-Identifier: MIT
 * Variables by name: CSL 1.0.2, Appendix IV. */
#include "convert/style/node.h"

static const struct {
    const char *name;
    Var var;
} MORE[] = {
    {"locator", VAR_LOCATOR},
    {"citation-number", VAR_CITATION_NUMBER},
    {"first-reference-note-number", VAR_FIRST_REFERENCE_NOTE},
    {"year-suffix", VAR_YEAR_SUFFIX},
    {"citation-label", VAR_CITATION_LABEL},
    {"editor-translator", VAR_EDITOR_TRANSLATOR},
    {"editortranslator", VAR_EDITOR_TRANSLATOR},
    /* Older words for the same. */
    {"event", VAR_EVENT},
    {"archive-location", FIELD_ARCHIVE_LOCATION},
    {"archive-collection", FIELD_ARCHIVE_COLLECTION},
    {"shortTitle", FIELD_TITLE_SHORT},
    {"journalAbbreviation", FIELD_CONTAINER_TITLE_SHORT},
};
enum { MORE_COUNT = sizeof MORE / sizeof *MORE };

Var var_by_name(Str name)
{
    FieldId field = field_by_name(name);
    if (field != FIELD_OTHER)
        return (Var)field;
    for (size_t i = 0; i < MORE_COUNT; i++) {
        if (str_equal(name, str_from(MORE[i].name)))
            return MORE[i].var;
    }
    return VAR_NONE;
}

Str var_name(Var var)
{
    if (var < FIELD_COUNT)
        return str_from(field_name((FieldId)var));
    for (size_t i = 0; i < MORE_COUNT; i++) {
        if (MORE[i].var == var)
            return str_from(MORE[i].name);
    }
    return STR_EMPTY;
}

bool var_is_number(Var var)
{
    static const bool NUMBERS[VAR_COUNT + 1] = {
        [FIELD_CHAPTER_NUMBER] = true,
        [FIELD_COLLECTION_NUMBER] = true,
        [FIELD_EDITION] = true,
        [FIELD_ISSUE] = true,
        [FIELD_NUMBER] = true,
        [FIELD_NUMBER_OF_PAGES] = true,
        [FIELD_NUMBER_OF_VOLUMES] = true,
        [FIELD_PAGE] = true,
        [FIELD_PAGE_FIRST] = true,
        [FIELD_PART_NUMBER] = true,
        [FIELD_PRINTING_NUMBER] = true,
        [FIELD_SECTION] = true,
        [FIELD_SUPPLEMENT_NUMBER] = true,
        [FIELD_VERSION] = true,
        [FIELD_VOLUME] = true,
        [VAR_LOCATOR] = true,
        [VAR_CITATION_NUMBER] = true,
        [VAR_FIRST_REFERENCE_NOTE] = true,
    };
    return NUMBERS[var];
}

bool var_is_date(Var var)
{
    return var < FIELD_COUNT && field_form((FieldId)var) == FORM_DATE;
}

bool var_is_names(Var var)
{
    return var == VAR_EDITOR_TRANSLATOR ||
           (var < FIELD_COUNT && field_form((FieldId)var) == FORM_NAMES);
}
