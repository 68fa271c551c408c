/* SPDX-License-Identifier: MIT
 * What the scanner mended, told. */
#include "formats/bibtex/read.h"

static const struct {
    Level level;
    const char *message; /* of `what` */
} FAULTS[] = {
    [FAULT_NO_COMMA] = {LEVEL_WARNING, "',' expected before '%.*s'; put in"},
    [FAULT_COMMAS] = {LEVEL_NOTE, "a ',' too many; left out%.*s"},
    [FAULT_NO_KEY_COMMA] = {LEVEL_WARNING, "',' expected after the key '%.*s'; put in"},
    [FAULT_NO_EQUALS] = {LEVEL_WARNING, "'=' expected after '%.*s'; put in"},
    [FAULT_NO_VALUE] = {LEVEL_WARNING, "'%.*s' has no value"},
    [FAULT_NO_DELIMITER] = {LEVEL_WARNING,
                            "the value of '%.*s' is not between braces; put in"},
    [FAULT_OPEN_VALUE] = {LEVEL_WARNING,
                          "the value of '%.*s' is not closed; ended where it seems to"},
    [FAULT_NO_PIECE] = {LEVEL_WARNING, "nothing follows '#' in '%.*s'"},
    [FAULT_OPEN_ENTRY] = {LEVEL_WARNING, "'}' expected at the end of the entry%.*s"},
    [FAULT_CLOSED_BEFORE] = {LEVEL_WARNING,
                             "a '}' too many, since more fields follow%.*s"},
    [FAULT_WRONG_CLOSER] = {LEVEL_WARNING, "')' expected, not '}'%.*s"},
    [FAULT_JUNK] = {LEVEL_WARNING, "no field: '%.*s'; left out"},
    [FAULT_COMMENT] = {LEVEL_NOTE, "a comment within an entry%.*s"},
};

void faults_tell(Read *r, Repeats *repeats, const RawEntry *raw)
{
    Buf scratch = {0}, message = {0};
    for (size_t i = 0; i < raw->fault_count; i++) {
        const Fault *fault = &raw->faults[i];
        buf_clear(&message);
        buf_clear(&scratch);
        Str what = diag_excerpt(&scratch, fault->what, 60);
        Str format = str_from(FAULTS[fault->kind].message);
        size_t mark = str_find(format, STR("%.*s"));
        buf_add(&message, str_slice(format, 0, mark));
        buf_add(&message, what);
        buf_add(&message, str_after(format, mark + 4));
        Place place = fault->place;
        if (fault->kind == FAULT_COMMENT)
            diag_report(
                r->diag, repeats_level(repeats, REPEAT_COMMENT, STR_EMPTY, LEVEL_NOTE),
                "comment-in-entry", place, "@%.*s{%.*s}: %.*s", STR_ARG(raw->type),
                STR_ARG(raw->key), STR_ARG(buf_str(&message)));
        else
            diag_report(r->diag, FAULTS[fault->kind].level, "bad-syntax", place,
                        "@%.*s{%.*s}: %.*s", STR_ARG(raw->type), STR_ARG(raw->key),
                        STR_ARG(buf_str(&message)));
    }
    buf_free(&scratch);
    buf_free(&message);
}
