/* SPDX-License-Identifier: MIT
 * Comparing works; see same.h. */
#include "convert/pipeline/same.h"
#include "convert/base/hash.h"
#include "convert/record/ident.h"
#include "convert/record/print.h"
#include "convert/text/unicode.h"

#include <stdlib.h>
#include <string.h>

/* All that counts of a record. */
typedef struct Work {
    const Record *rec;
    Str doi, arxiv; /* for comparing; may be empty */
    Str title;      /* letters and digits, folded, one space between words */
    const Names *names;
    int year; /* NO_YEAR: none */
    bool preprint;
} Work;

static const FieldId READ[] = {FIELD_TITLE,
                               FIELD_AUTHOR,
                               FIELD_EDITOR,
                               FIELD_ISSUED,
                               FIELD_DOI,
                               FIELD_URL,
                               FIELD_ARCHIVE,
                               FIELD_ARCHIVE_LOCATION,
                               FIELD_NUMBER,
                               FIELD_VOLUME,
                               FIELD_ISSUE,
                               FIELD_PAGE,
                               FIELD_EDITION,
                               FIELD_ISBN,
                               FIELD_CONTAINER_TITLE,
                               FIELD_CONTAINER_TITLE_SHORT,
                               FIELD_VERSION,
                               FIELD_PUBLISHER,
                               FIELD_PART_NUMBER,
                               FIELD_VOLUME_TITLE,
                               FIELD_CHAPTER_NUMBER};

enum { NO_YEAR = -1000000 };

bool same_reads(FieldId id)
{
    for (size_t i = 0; i < sizeof READ / sizeof READ[0]; i++) {
        if (READ[i] == id)
            return true;
    }
    return false;
}

/* Texts. */

static Str text_words(Arena *arena, const Record *rec, FieldId id)
{
    return print_words(arena, record_text(rec, id));
}

/* "phys rev lett" is short for "physical review letters", "pnas" for what its letters
 * begin. */
static bool abbreviates(Str brief, Str full)
{
    static const Str SMALL[] = {{"of", 2}, {"the", 3}, {"and", 3}, {"in", 2},  {"for", 3},
                                {"on", 2}, {"de", 2},  {"der", 3}, {"für", 4}, {"a", 1}};
    Str letters = brief, word, piece;
    bool initials = !str_contains(brief, STR(" ")), pieces = true;
    bool more = str_word(&brief, &piece);
    while (str_word(&full, &word)) {
        bool small = false;
        for (size_t i = 0; i < sizeof SMALL / sizeof SMALL[0]; i++)
            small = small || str_equal(word, SMALL[i]);
        if (more && str_starts(word, piece))
            more = str_word(&brief, &piece);
        else if (!small)
            pieces = false;
        if (letters.size > 0 && letters.data[0] == word.data[0])
            letters = str_after(letters, 1);
        else if (!small)
            initials = false;
    }
    return (pieces && !more) || (initials && letters.size == 0);
}

/* Where preprints stand, as the journal or publisher of a record. */
static bool is_server(Str words)
{
    static const char *const SERVERS[] = {
        "arxiv", "corr",     "biorxiv",   "medrxiv",         "chemrxiv",
        "ssrn",  "psyarxiv", "preprints", "research square", "osf preprints"};
    for (size_t i = 0; i < sizeof SERVERS / sizeof SERVERS[0]; i++) {
        Str server = str_from(SERVERS[i]);
        if (str_starts(words, server) &&
            (words.size == server.size || words.data[server.size] == ' '))
            return true;
    }
    return false;
}

static bool is_preprint(Arena *arena, const Work *work)
{
    Str container = text_words(arena, work->rec, FIELD_CONTAINER_TITLE);
    if (is_server(container))
        return true;
    if (container.size > 0)
        return false;
    /* Servers' own prefixes: Cold Spring Harbor (both), arXiv, ChemRxiv, SSRN, OSF. */
    static const char *const PREFIXES[] = {"10.1101/", "10.48550/arxiv", "10.26434/",
                                           "10.2139/ssrn", "10.31234/"};
    for (size_t i = 0; i < sizeof PREFIXES / sizeof PREFIXES[0]; i++) {
        if (str_starts(work->doi, str_from(PREFIXES[i])))
            return true;
    }
    Kind kind = work->rec->kind;
    bool bare = kind == KIND_ARTICLE || kind == KIND_MANUSCRIPT ||
                kind == KIND_DOCUMENT || kind == KIND_WEBPAGE ||
                kind == KIND_ARTICLE_JOURNAL;
    return kind == KIND_ARTICLE ||
           (bare && work->doi.size == 0 && work->arxiv.size > 0) ||
           is_server(text_words(arena, work->rec, FIELD_PUBLISHER));
}

static Work work_of(Arena *arena, const Record *rec)
{
    Work work = {.rec = rec, .doi = print_doi(arena, rec), .year = NO_YEAR};
    work.arxiv = print_arxiv(arena, rec);
    work.title = print_title(arena, rec);
    const Field *names = record_find(rec, FIELD_AUTHOR);
    if (names == NULL)
        names = record_find(rec, FIELD_EDITOR);
    if (names != NULL && names->form == FORM_NAMES)
        work.names = &names->names;
    const Field *issued = record_find(rec, FIELD_ISSUED);
    if (issued != NULL && issued->form == FORM_DATE && issued->date.literal.size == 0)
        work.year = issued->date.from.year;
    work.preprint = is_preprint(arena, &work);
    return work;
}

/* Comparing. */

static Str family_of(Arena *arena, const Name *name)
{
    Str family = name->literal.size > 0 ? name->literal : name->family;
    return unicode_ascii(arena, family).size > 0 ? unicode_ascii(arena, family)
                                                 : unicode_fold(arena, family);
}

/* "J." may be Jane, but not Ann. */
static bool same_person(Arena *arena, const Name *a, const Name *b)
{
    if (!str_equal(family_of(arena, a), family_of(arena, b)))
        return false;
    Str x = unicode_ascii(arena, a->given), y = unicode_ascii(arena, b->given);
    return x.size == 0 || y.size == 0 || x.data[0] == y.data[0];
}

static bool share_author(Arena *arena, const Work *a, const Work *b)
{
    enum { NAMES_MOST = 20 }; /* of each: two thousand authors are one experiment */
    if (a->names == NULL || b->names == NULL)
        return false;
    for (size_t i = 0; i < a->names->count && i < NAMES_MOST; i++) {
        for (size_t j = 0; j < b->names->count && j < NAMES_MOST; j++) {
            if (same_person(arena, &a->names->items[i], &b->names->items[j]))
                return true;
        }
    }
    return false;
}

static bool near_years(const Work *a, const Work *b, int most)
{
    if (a->year == NO_YEAR || b->year == NO_YEAR)
        return a->year == b->year;
    return a->year <= b->year + most && b->year <= a->year + most;
}

/* One is the beginning of the other (a subtitle is missing), or they share half of their
 * words. */
static bool titles_agree(Str a, Str b)
{
    if (a.size == 0 || b.size == 0 || str_starts(a, b) || str_starts(b, a))
        return true;
    size_t count = 0, shared = 0;
    Str rest = a, word;
    while (str_word(&rest, &word)) {
        Str other = b, each;
        bool found = false;
        while (!found && str_word(&other, &each))
            found = str_equal(word, each);
        count++;
        shared += found;
        if (count == 64) /* a title, not a book */
            break;
    }
    return shared * 2 >= count;
}

/* Numbers as they count: "12" of "12--34" and of "12-34", "2" of "2nd". */
static Str number_of(Str text)
{
    size_t begin = 0, end = text.size;
    while (begin < text.size && !byte_is_digit(text.data[begin]) &&
           !byte_is_alpha(text.data[begin]))
        begin++;
    for (size_t i = begin; i < text.size; i++) {
        if (!byte_is_digit(text.data[i]) && !byte_is_alpha(text.data[i])) {
            end = i;
            break;
        }
    }
    return str_slice(text, begin, end);
}

static bool differ(const Work *a, const Work *b, FieldId id)
{
    Str x = number_of(record_text(a->rec, id)), y = number_of(record_text(b->rec, id));
    return x.size > 0 && y.size > 0 && !str_equal_nocase(x, y);
}

static bool agree(const Work *a, const Work *b, FieldId id)
{
    Str x = number_of(record_text(a->rec, id)), y = number_of(record_text(b->rec, id));
    return x.size > 0 && str_equal_nocase(x, y);
}

static bool isbns_differ(Arena *arena, const Work *a, const Work *b)
{
    Str rest = record_text(a->rec, FIELD_ISBN);
    IdentNumber x, y;
    bool both = false;
    while (ident_next_isbn(arena, &rest, &x)) {
        Str others = record_text(b->rec, FIELD_ISBN);
        while (ident_next_isbn(arena, &others, &y)) {
            both = true;
            if (str_equal(ident_isbn13(arena, x.bare), ident_isbn13(arena, y.bare)))
                return false;
        }
    }
    return both;
}

/* Kinds that one work may be given as, now this way, now that. */
static int family_of_kind(Kind kind)
{
    static const struct {
        Kind kind;
        int family;
    } FAMILIES[] = {
        {KIND_ARTICLE_JOURNAL, 1},
        {KIND_ARTICLE_MAGAZINE, 1},
        {KIND_ARTICLE_NEWSPAPER, 1},
        {KIND_REVIEW, 1},
        {KIND_REVIEW_BOOK, 1},
        {KIND_PAPER_CONFERENCE, 2},
        {KIND_CHAPTER, 2},
        {KIND_ENTRY, 2},
        {KIND_ENTRY_DICTIONARY, 2},
        {KIND_ENTRY_ENCYCLOPEDIA, 2},
        {KIND_BOOK, 3},
        {KIND_COLLECTION, 3},
        {KIND_CLASSIC, 3},
        {KIND_PAMPHLET, 3},
        {KIND_THESIS, 4},
        {KIND_REPORT, 5},
        {KIND_PATENT, 6},
        {KIND_DATASET, 7},
        {KIND_SOFTWARE, 8},
        {KIND_SPEECH, 9},
        {KIND_MOTION_PICTURE, 10},
        {KIND_SONG, 11},
        {KIND_INTERVIEW, 12},
    };
    for (size_t i = 0; i < sizeof FAMILIES / sizeof FAMILIES[0]; i++) {
        if (FAMILIES[i].kind == kind)
            return FAMILIES[i].family;
    }
    return 0; /* goes with any */
}

static bool containers_differ(Arena *arena, const Work *a, const Work *b)
{
    static const FieldId IDS[] = {FIELD_CONTAINER_TITLE, FIELD_CONTAINER_TITLE_SHORT};
    bool both = false;
    for (size_t i = 0; i < 4; i++) {
        Str x = text_words(arena, a->rec, IDS[i / 2]);
        Str y = text_words(arena, b->rec, IDS[i % 2]);
        if (x.size == 0 || y.size == 0)
            continue;
        both = true;
        if (titles_agree(x, y) || abbreviates(x, y) || abbreviates(y, x))
            return false;
    }
    return both;
}

/* "Editorial", "Introduction": there are many, also by one hand.  Chinese and Japanese
 * have no spaces; there a word has a few characters. */
static bool is_one_word(Str title)
{
    enum { MOST_OF_A_WORD = 5 };
    size_t ideographs = 0;
    for (size_t i = 0; i < title.size; i++) {
        unsigned char c = (unsigned char)title.data[i];
        ideographs += c >= 0xE3 && c != 0xEF; /* from U+3000 on, where they begin */
    }
    return !str_contains(title, STR(" ")) && ideographs <= MOST_OF_A_WORD;
}

/* What says that works of one title are two; NULL where nothing does. */
static const char *difference(Arena *arena, const Work *a, const Work *b)
{
    static const struct {
        FieldId id;
        const char *why;
    } NUMBERS[] = {
        {FIELD_VOLUME, "the volume differs"},
        {FIELD_PAGE, "the pages differ"},
        {FIELD_EDITION, "the edition differs"},
        {FIELD_NUMBER, "the number differs"},
        {FIELD_ISSUE, "the issue differs"},
        {FIELD_PART_NUMBER, "the part differs"},
        {FIELD_VERSION, "the version differs"},
        {FIELD_CHAPTER_NUMBER, "the chapter differs"},
    };
    if (a->doi.size > 0 && b->doi.size > 0 && !str_equal(a->doi, b->doi))
        return "the DOI differs";
    if (a->arxiv.size > 0 && b->arxiv.size > 0 && !str_equal(a->arxiv, b->arxiv))
        return "the arXiv number differs";
    int x = family_of_kind(a->rec->kind), y = family_of_kind(b->rec->kind);
    if (x != 0 && y != 0 && x != y)
        return "the kind of work differs";
    for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        if (differ(a, b, NUMBERS[i].id))
            return NUMBERS[i].why;
    }
    if ((x == 3 || y == 3) && isbns_differ(arena, a, b))
        return "the ISBN differs";
    Str of_a = text_words(arena, a->rec, FIELD_VOLUME_TITLE),
        of_b = text_words(arena, b->rec, FIELD_VOLUME_TITLE);
    if (!str_equal(of_a, of_b))
        return "the volume differs";
    if (containers_differ(arena, a, b) &&
        !(agree(a, b, FIELD_VOLUME) && agree(a, b, FIELD_PAGE)))
        return "it stands elsewhere";
    if (is_one_word(a->title) && !agree(a, b, FIELD_PAGE) && !agree(a, b, FIELD_VOLUME))
        return "one word says too little";
    return NULL;
}

Sameness same_work(Arena *scratch, const Record *first, const Record *second,
                   const char **why)
{
    Work a = work_of(scratch, first), b = work_of(scratch, second);
    bool doi = a.doi.size > 0 && str_equal(a.doi, b.doi);
    bool arxiv = a.arxiv.size > 0 && str_equal(a.arxiv, b.arxiv);
    /* A preprint may wait for years. */
    bool title = a.title.size > 0 && str_equal(a.title, b.title) &&
                 share_author(scratch, &a, &b) &&
                 near_years(&a, &b, a.preprint != b.preprint ? 5 : 1);
    *why = NULL;
    if (doi)
        return titles_agree(a.title, b.title) ? SAME_DOI : SAME_DOI_ONLY;
    if ((arxiv || title) && a.preprint != b.preprint)
        return a.preprint ? SAME_PREPRINT : SAME_PUBLISHED;
    if (arxiv && a.preprint)
        return SAME_ARXIV;
    if (!title && !arxiv)
        return SAME_NOT;
    *why = difference(scratch, &a, &b);
    if (*why != NULL)
        return SAME_LOOKS;
    return arxiv ? SAME_ARXIV : SAME_TITLE;
}

/* Prints. */

static uint32_t hash_of(Str s, uint64_t seed)
{
    uint64_t hash = s.size > 0 ? hash_str(s, seed) : 0;
    uint32_t folded = (uint32_t)(hash ^ hash >> 32);
    return folded != 0 || hash == 0 ? folded : 1;
}

Prints same_prints(Arena *scratch, const Record *rec)
{
    return (Prints){.doi = hash_of(print_doi(scratch, rec), 1),
                    .arxiv = hash_of(print_arxiv(scratch, rec), 2),
                    .title = hash_of(print_title(scratch, rec), 3),
                    .key = hash_of(rec->key, 4)};
}
