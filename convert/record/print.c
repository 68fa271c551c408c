/* SPDX-License-Identifier: MIT
 * What records of one work have in common; see print.h. */
#include "convert/record/print.h"
#include "convert/record/ident.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

Str print_words(Arena *arena, Str text)
{
    Str rest = unicode_fold(arena, text);
    Buf out = {0};
    bool gap = false;
    while (rest.size > 0) {
        uint32_t c = utf8_next(&rest);
        if (unicode_is_ignorable(c))
            continue;
        if (!unicode_is_letter(c) && !unicode_is_digit(c) && !unicode_is_mark(c)) {
            /* "don't" is one word in any typeface */
            gap = gap || (c != '\'' && c != 0x2019);
            continue;
        }
        if (gap && out.size > 0)
            buf_add_byte(&out, ' ');
        gap = false;
        utf8_add(&out, c);
    }
    Str words = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return words;
}

Str print_title(Arena *arena, const Record *rec)
{
    return print_words(arena, record_text(rec, FIELD_TITLE));
}

Str print_doi(Arena *arena, const Record *rec)
{
    Str doi = ident_doi(arena, record_text(rec, FIELD_DOI));
    if (doi.size == 0)
        doi = ident_find_doi(arena, record_text(rec, FIELD_URL));
    return ident_doi_fold(arena, doi);
}

static bool names_arxiv(Str s)
{
    static const Str WORD = {"arxiv", 5};
    for (size_t i = 0; i + WORD.size <= s.size; i++) {
        if (str_starts_nocase(str_after(s, i), WORD))
            return true;
    }
    return false;
}

/* A bare number counts only where the field is for eprints, of this or no archive. */
Str print_arxiv(Arena *arena, const Record *rec)
{
    static const FieldId WHERE[] = {FIELD_ARCHIVE_LOCATION, FIELD_DOI, FIELD_URL,
                                    FIELD_NUMBER, FIELD_CONTAINER_TITLE};
    Str archive = record_text(rec, FIELD_ARCHIVE);
    for (size_t i = 0; i < sizeof WHERE / sizeof WHERE[0]; i++) {
        Str text = record_text(rec, WHERE[i]);
        bool eprint = WHERE[i] == FIELD_ARCHIVE_LOCATION &&
                      (archive.size == 0 || names_arxiv(archive));
        Arxiv arxiv;
        if ((eprint || names_arxiv(text)) && ident_arxiv(arena, text, &arxiv))
            return arxiv.id;
    }
    return STR_EMPTY;
}
