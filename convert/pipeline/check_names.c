/* SPDX-License-Identifier: MIT
 * Names that are likely none, or several, or the wrong way round; see check_rules.h. */
#include "convert/pipeline/check_rules.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

typedef struct Letters {
    size_t letters, upper, lower, digits;
} Letters;

static Letters letters_of(Str s)
{
    Letters l = {0};
    while (s.size > 0) {
        uint32_t c = utf8_next(&s);
        l.letters += unicode_is_letter(c);
        l.upper += unicode_is_upper(c);
        l.lower += unicode_is_lower(c);
        l.digits += unicode_is_digit(c);
    }
    return l;
}

static bool is_et_al(Str plain)
{
    return str_equal(plain, STR("et al")) || str_equal(plain, STR("et al.")) ||
           str_ends(plain, STR(" et al")) || str_ends(plain, STR(" et al.")) ||
           str_equal(plain, STR("al.")) || str_ends(plain, STR(" u.a."));
}

/* What is odd about it, or NULL.  `plain` is all of the name. */
static const char *oddity_of(const Name *name, Str plain)
{
    Letters family = letters_of(name->family), given = letters_of(name->given);
    bool person = name->literal.size == 0;
    if (is_et_al(plain))
        return "leaves out others in words; a list ends with \"and others\"";
    if (str_contains(plain, STR(";")) || (person && (str_contains(plain, STR(" and ")) ||
                                                     str_contains(plain, STR(" & ")))))
        return "looks like several names";
    if (person && str_find_byte(name->given, ',') < name->given.size)
        return "has more commas than a name";
    if (!person)
        return NULL;
    if (family.digits + given.digits > 0)
        return "holds digits";
    if (family.letters == 0)
        return "has no family name";
    if (family.letters == 1 && family.upper == 1 && given.letters > 2 && given.lower > 0)
        return "has an initial for its family name; the wrong way round?";
    if (family.upper > 3 && family.lower == 0 && name->given.size > 0)
        return "is in capitals";
    return NULL;
}

void check_names(const Field *field, Arena *scratch, Diag *diag)
{
    Buf excerpt = {0};
    for (size_t i = 0; i < field->names.count; i++) {
        const Name *name = &field->names.items[i];
        Str natural = name_natural(scratch, name);
        const char *odd = oddity_of(name, unicode_plain(scratch, natural));
        if (odd != NULL)
            diag_report(diag, LEVEL_WARNING, "odd-name", field->place, "'%.*s' %s",
                        STR_ARG(diag_excerpt(&excerpt, natural, 60)), odd);
        /* The one before only: a list of thousands is looked at once. */
        if (i > 0 && name_equal(scratch, name, name - 1))
            diag_report(diag, LEVEL_WARNING, "odd-name", field->place,
                        "'%.*s' stands there twice",
                        STR_ARG(diag_excerpt(&excerpt, natural, 60)));
    }
    buf_free(&excerpt);
}
