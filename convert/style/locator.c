/* SPDX-License-Identifier: MIT
 * Words of locators: what "pp.", "chap." or "Kap." in front of a number say.  CSL 1.0.2,
 * "Locators". */
#include "convert/style/node.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

static const char *const LABELS[] = {
    "page",      "chapter",       "section",    "paragraph",       "volume",
    "issue",     "book",          "part",       "figure",          "table",
    "note",      "line",          "verse",      "column",          "folio",
    "opus",      "equation",      "appendix",   "sub-verbo",       "act",
    "scene",     "canon",         "rule",       "article-locator", "elocation",
    "timestamp", "title-locator", "supplement", "version"};

/* English in any language: what many write, beside the locale's terms. */
static const struct {
    const char *word, *label;
} WORDS[] = {
    {"p.", "page"},
    {"pp.", "page"},
    {"page", "page"},
    {"pages", "page"},
    {"ch.", "chapter"},
    {"chap.", "chapter"},
    {"chaps.", "chapter"},
    {"chapter", "chapter"},
    {"chapters", "chapter"},
    {"sec.", "section"},
    {"secs.", "section"},
    {"section", "section"},
    {"sections", "section"},
    {"\xc2\xa7", "section"},
    {"\xc2\xa7\xc2\xa7", "section"},
    {"para.", "paragraph"},
    {"paras.", "paragraph"},
    {"paragraph", "paragraph"},
    {"paragraphs", "paragraph"},
    {"\xc2\xb6", "paragraph"},
    {"\xc2\xb6\xc2\xb6", "paragraph"},
    {"vol.", "volume"},
    {"vols.", "volume"},
    {"volume", "volume"},
    {"volumes", "volume"},
    {"no.", "issue"},
    {"nos.", "issue"},
    {"issue", "issue"},
    {"bk.", "book"},
    {"bks.", "book"},
    {"book", "book"},
    {"books", "book"},
    {"pt.", "part"},
    {"pts.", "part"},
    {"part", "part"},
    {"parts", "part"},
    {"fig.", "figure"},
    {"figs.", "figure"},
    {"figure", "figure"},
    {"figures", "figure"},
    {"tbl.", "table"},
    {"table", "table"},
    {"n.", "note"},
    {"nn.", "note"},
    {"note", "note"},
    {"notes", "note"},
    {"l.", "line"},
    {"ll.", "line"},
    {"line", "line"},
    {"lines", "line"},
    {"v.", "verse"},
    {"vv.", "verse"},
    {"vrs.", "verse"},
    {"verse", "verse"},
    {"verses", "verse"},
    {"col.", "column"},
    {"cols.", "column"},
    {"column", "column"},
    {"columns", "column"},
    {"fol.", "folio"},
    {"fols.", "folio"},
    {"folio", "folio"},
    {"folios", "folio"},
    {"op.", "opus"},
    {"opp.", "opus"},
    {"opus", "opus"},
    {"eq.", "equation"},
    {"eqs.", "equation"},
    {"equation", "equation"},
    {"app.", "appendix"},
    {"appendix", "appendix"},
    {"s.v.", "sub-verbo"},
    {"s.vv.", "sub-verbo"},
    {"sub verbo", "sub-verbo"},
};

/* Takes `word` for the front of `s` where it ends as a word does and is the longest. */
static void try_word(Str s, Str word, const char *label, Str *best, size_t *size)
{
    if (word.size <= *size || !str_starts_nocase(s, word))
        return;
    Str rest = str_after(s, word.size), last = word;
    uint32_t end = utf8_last(&last);
    if (unicode_is_letter(end) && rest.size > 0 && unicode_is_letter(utf8_next(&rest)))
        return;
    *best = str_from(label);
    *size = word.size;
}

Str style_locator(const Style *style, Str s, size_t *size)
{
    static const TermForm FORMS[] = {FORM_LONG, FORM_SHORT, FORM_SYMBOL};
    Str best = STR_EMPTY;
    *size = 0;
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        for (size_t f = 0; f < sizeof FORMS / sizeof *FORMS; f++) {
            const Term *term = locale_term(&style->locale, str_from(LABELS[i]), FORMS[f]);
            if (term == NULL)
                continue;
            try_word(s, term->single, LABELS[i], &best, size);
            try_word(s, term->multiple, LABELS[i], &best, size);
        }
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        try_word(s, str_from(WORDS[i].word), WORDS[i].label, &best, size);
    return best;
}

bool style_is_locator(Str label)
{
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        if (str_equal(label, str_from(LABELS[i])))
            return true;
    }
    return false;
}
