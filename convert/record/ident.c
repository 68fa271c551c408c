/* SPDX-License-Identifier: MIT
 * Identifiers that are names: DOI, arXiv, PubMed, URL; see ident.h. */
#include "convert/record/ident.h"
#include "convert/text/html.h"
#include "convert/text/utf8.h"

#include <string.h>

/* Cuts off the front whatever of a list is there ("doi:", "DOI "), without case. */
static bool cut_front(Str *s, const char *const *fronts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Str front = str_from(fronts[i]);
        if (str_starts_nocase(*s, front)) {
            *s = str_trim(str_after(*s, front.size));
            return true;
        }
    }
    return false;
}
#define CUT_FRONT(s, fronts) cut_front((s), (fronts), sizeof(fronts) / sizeof(fronts)[0])

/* Without "https://" and the like, and the host in *host; false where it is no URL. */
static bool cut_host(Str *s, Str *host)
{
    static const char *const SCHEMES[] = {"https://", "http://", "//"};
    if (!CUT_FRONT(s, SCHEMES))
        return false;
    size_t slash = str_find_byte(*s, '/');
    *host = str_slice(*s, 0, slash);
    *s = str_after(*s, slash + 1);
    return true;
}

static int hex_of(char c)
{
    if (byte_is_digit(c))
        return c - '0';
    c = byte_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of "%3C" at the front, or -1. */
static int percent_byte(Str s)
{
    if (s.size < 3 || s.data[0] != '%')
        return -1;
    int high = hex_of(s.data[1]), low = hex_of(s.data[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* How many bytes at the front are an escape, and what they stand for.  Signs that TeX
 * escapes: "a\_b", "115$<$1606". */
static size_t escape_at(Str s, Buf *out)
{
    uint32_t characters[2];
    int byte = percent_byte(s);
    if (byte > ' ' && byte < 0x7f) {
        buf_add_byte(out, (char)byte);
        return 3;
    }
    if (s.data[0] == '\\' && s.size > 1 && strchr("_&%#$~{}", s.data[1]) != NULL) {
        buf_add_byte(out, s.data[1]);
        return 2;
    }
    if (str_starts(s, STR("$<$")) || str_starts(s, STR("$>$"))) {
        buf_add_byte(out, s.data[1]);
        return 3;
    }
    size_t size = s.data[0] == '&' ? html_reference(s, characters) : 0;
    if (size > 0) {
        utf8_add(out, characters[0]);
        if (characters[1] != 0)
            utf8_add(out, characters[1]);
    }
    return size;
}

static Str unescape(Arena *arena, Str s)
{
    Buf out = {0};
    for (size_t i = 0; i < s.size;) {
        size_t size = escape_at(str_after(s, i), &out);
        if (size == 0)
            buf_add_byte(&out, s.data[i]);
        i += size > 0 ? size : 1;
    }
    Str done = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return done;
}

/* How many bytes at the front of `s` are a DOI's prefix with its slash: "10.1000.10/",
 * or "10/" of a short one; 0 where it is none. */
static size_t doi_prefix(Str s)
{
    if (!str_starts(s, STR("10")) || s.size < 4)
        return 0;
    if (s.data[2] == '/')
        return 3;
    size_t at = 2, groups = 0;
    while (at < s.size && s.data[at] == '.') {
        size_t start = ++at;
        while (at < s.size && byte_is_digit(s.data[at]))
            at++;
        if (at == start || (groups == 0 && (at - start < 4 || at - start > 9)))
            return 0;
        groups++;
    }
    return groups > 0 && at < s.size && s.data[at] == '/' ? at + 1 : 0;
}

/* Whether a bracket that closes at the end is one that `s` does not open. */
static bool closes_alone(Str s, char open, char close)
{
    size_t depth = 0;
    for (size_t i = 0; i + 1 < s.size; i++) {
        if (s.data[i] == open)
            depth++;
        else if (s.data[i] == close && depth > 0)
            depth--;
    }
    return depth == 0;
}

/* Without what a sentence put behind it. */
static Str trim_behind(Str s)
{
    static const char PAIRS[] = "()[]{}<>";
    size_t brackets = 0;
    while (s.size > 0) {
        char last = s.data[s.size - 1];
        const char *pair = strchr(PAIRS, last);
        bool punctuation = last != '\0' && strchr(".,;:\"'", last) != NULL;
        /* A few at most: each look goes through all of it. */
        if (!punctuation && last != '\0' && pair != NULL && (pair - PAIRS) % 2 == 1 &&
            brackets++ < 4)
            punctuation = closes_alone(s, pair[-1], last);
        if (!punctuation)
            break;
        s.size--;
    }
    return s;
}

/* A suffix has characters, none of them a space or a control; the short form's are
 * letters and digits. */
static bool is_doi(Str s)
{
    size_t at = doi_prefix(s);
    if (at == 0 || at >= s.size)
        return false;
    for (size_t i = at; i < s.size; i++) {
        unsigned char c = (unsigned char)s.data[i];
        bool short_one = at == 3;
        if (c <= ' ' || c == 0x7f ||
            (short_one && !byte_is_alpha((char)c) && !byte_is_digit((char)c)))
            return false;
    }
    return true;
}

/* A host that leads to DOIs: "dx.doi.org", "doi-org.proxy.edu", "doi.org.proxy.edu". */
static bool resolves_dois(Str host)
{
    static const char *const FRONTS[] = {"dx.", "www.", "dx-"};
    CUT_FRONT(&host, FRONTS);
    return str_starts_nocase(host, STR("doi.org")) ||
           str_starts_nocase(host, STR("doi-org.")) ||
           str_starts_nocase(host, STR("doi.acm.org"));
}

/* Of "10.1000/182?utm_source=x#page", what a server alone reads. */
static Str cut_query(Str s)
{
    s = str_slice(s, 0, str_find_byte(s, '#'));
    size_t query = str_find_byte(s, '?');
    bool has_value = str_find_byte(str_after(s, query), '=') < s.size - query;
    return has_value ? str_slice(s, 0, query) : s;
}

Str ident_doi(Arena *arena, Str s)
{
    static const char *const LABELS[] = {
        "info:doi/", "urn:doi:", "doi:", "doi=", "doi/", "doi "};
    static const char *const HOSTS[] = {"doi.org/", "dx.doi.org/", "www.doi.org/"};
    Str host;
    s = str_trim(s);
    while (s.size > 0 && strchr("<([{\"'", s.data[0]) != NULL && s.data[0] != '\0')
        s = str_trim(str_after(s, 1));
    /* Also "doi:https://doi.org/10...." and "DOI: doi:10....". */
    for (bool more = !str_starts(s, STR("10.")); more;) {
        more = CUT_FRONT(&s, LABELS) || CUT_FRONT(&s, HOSTS);
        Str rest = s;
        if (cut_host(&rest, &host)) {
            if (!resolves_dois(host))
                return STR_EMPTY;
            s = cut_query(rest);
            more = true;
        }
    }
    s = trim_behind(unescape(arena, s));
    return is_doi(s) ? s : STR_EMPTY;
}

Str ident_doi_fold(Arena *arena, Str doi)
{
    char *folded = arena_alloc(arena, doi.size);
    for (size_t i = 0; i < doi.size; i++)
        folded[i] = byte_lower(doi.data[i]);
    return (Str){folded, doi.size};
}

/* What publishers put behind a DOI in the paths of their pages. */
static Str cut_page(Str s)
{
    static const char *const TAILS[] = {
        "/full", "/pdf",  "/abstract",  "/epdf",      "/fulltext", "/html",
        "/meta", "/epub", "/full/html", "/full-text", ".pdf",      "/summary"};
    for (size_t i = 0; i < sizeof TAILS / sizeof TAILS[0]; i++) {
        Str tail = str_from(TAILS[i]);
        if (str_ends(s, tail) && s.size > tail.size)
            return str_slice(s, 0, s.size - tail.size);
    }
    return s;
}

Str ident_find_doi(Arena *arena, Str s)
{
    for (size_t from = 0; from < s.size; from++) {
        from += str_find(str_after(s, from), STR("10."));
        bool inside = from > 0 && from < s.size &&
                      (byte_is_digit(s.data[from - 1]) || s.data[from - 1] == '.');
        size_t prefix = inside ? 0 : doi_prefix(str_after(s, from));
        if (prefix == 0)
            continue;
        size_t end = from;
        while (end < s.size && (unsigned char)s.data[end] > ' ' && s.data[end] != '"')
            end++;
        Str found = str_slice(s, from, end);
        size_t word = from; /* does a URL begin before it? */
        while (word > 0 && !byte_is_space(s.data[word - 1]))
            word--;
        if (str_contains(str_slice(s, word, from), STR("://")))
            found = cut_page(cut_query(found));
        found = trim_behind(unescape(arena, found));
        return is_doi(found) ? found : STR_EMPTY;
    }
    return STR_EMPTY;
}

static unsigned number_of(Str digits)
{
    unsigned n = 0;
    for (size_t i = 0; i < digits.size && n < 100000000; i++)
        n = n * 10 + (unsigned)(digits.data[i] - '0');
    return n;
}

/* "1706.03762": since April 2007, with five digits since 2015. */
static size_t new_arxiv(Str s)
{
    size_t digits = str_digits(str_after(s, 5));
    if (str_digits(s) != 4 || s.size < 9 || s.data[4] != '.')
        return 0;
    unsigned month = number_of(str_slice(s, 2, 4));
    unsigned when = number_of(str_slice(s, 0, 4));
    if (month < 1 || month > 12 || when < 704)
        return 0;
    return digits == (when < 1501 ? 4u : 5u) ? 5 + digits : 0;
}

/* "hep-th/9901001", "math.GT/0309136": from August 1991 to March 2007.  Its size, and
 * the archive's in *archive. */
static size_t old_arxiv(Str s, size_t *archive)
{
    size_t at = 0;
    while (at < s.size && (byte_is_alpha(s.data[at]) || s.data[at] == '-'))
        at++;
    *archive = at;
    if (at < s.size && s.data[at] == '.') {
        at++;
        while (at < s.size && (byte_is_alpha(s.data[at]) || s.data[at] == '-'))
            at++;
    }
    if (*archive < 2 || at >= s.size || s.data[at] != '/')
        return 0;
    Str digits = str_after(s, at + 1);
    unsigned year = number_of(str_slice(digits, 0, 2));
    unsigned month = number_of(str_slice(digits, 2, 4));
    if (str_digits(digits) != 7 || month < 1 || month > 12 || (year > 7 && year < 91))
        return 0;
    return at + 1 + 7;
}

/* "v5", ".pdf", "[cs.CL]" or "(v2)" behind the number; false where something else. */
static bool read_arxiv_tail(Str s, Arxiv *arxiv)
{
    if (s.size > 1 && byte_lower(s.data[0]) == 'v' && byte_is_digit(s.data[1])) {
        size_t digits = str_digits(str_after(s, 1));
        arxiv->version = number_of(str_slice(s, 1, 1 + digits));
        s = str_after(s, 1 + digits);
    }
    if (str_starts_nocase(s, STR(".pdf")))
        s = str_after(s, 4);
    s = str_trim(
        str_slice(s, 0, str_find_byte(str_slice(s, 0, 1), '?') == 0 ? 0 : s.size));
    if (s.size > 2 && s.data[0] == '[' && s.data[s.size - 1] == ']') {
        arxiv->category = str_trim(str_slice(s, 1, s.size - 1));
        return true;
    }
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] == '\0' || strchr(".,;)/", s.data[i]) == NULL)
            return false;
    }
    return true;
}

static bool is_arxiv_host(Str host)
{
    static const char *const ENDS[] = {"arxiv.org", "ar5iv.org", "alphaxiv.org"};
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        Str end = str_from(ENDS[i]);
        if (host.size >= end.size &&
            str_equal_nocase(str_after(host, host.size - end.size), end) &&
            (host.size == end.size || host.data[host.size - end.size - 1] == '.'))
            return true;
    }
    return false;
}

bool ident_arxiv(Arena *arena, Str s, Arxiv *arxiv)
{
    static const char *const LABELS[] = {
        "arxiv preprint", "arxiv e-prints", "corr",      "arxiv:", "arxiv.org/",
        "arxiv.",         "doi:",           "10.48550/", "abs/",   "pdf/",
        "html/",          "format/",        "ps/",       "src/",   "e-print/",
        "eprint:",        "arxiv "};
    Str host;
    s = str_trim(s);
    *arxiv = (Arxiv){.id = STR_EMPTY, .category = STR_EMPTY};
    if (cut_host(&s, &host) && !is_arxiv_host(host) && !resolves_dois(host))
        return false;
    for (size_t turn = 0; turn < 6 && CUT_FRONT(&s, LABELS); turn++)
        while (s.size > 0 && s.data[0] == ',')
            s = str_trim(str_after(s, 1));
    size_t archive = 0, size = new_arxiv(s);
    if (size > 0)
        arxiv->id = str_slice(s, 0, size);
    else if ((size = old_arxiv(s, &archive)) > 0)
        arxiv->id =
            ident_doi_fold(arena, arena_join(arena, str_slice(s, 0, archive), STR("/"),
                                             str_slice(s, size - 7, size)));
    return size > 0 && read_arxiv_tail(str_after(s, size), arxiv);
}

Str ident_pmid(Str s)
{
    static const char *const LABELS[] = {"pmid:", "pmid", "pm:", "pubmed:", "medline:"};
    static const char *const PATHS[] = {"pubmed/", "m/pubmed/"};
    Str host;
    s = str_trim(s);
    if (cut_host(&s, &host)) {
        bool own = str_starts_nocase(host, STR("pubmed.ncbi."));
        bool path = CUT_FRONT(&s, PATHS);
        if (!str_contains(host, STR("ncbi.nlm.nih.gov")) || !(own || path))
            return STR_EMPTY;
    } else {
        CUT_FRONT(&s, LABELS);
    }
    size_t digits = str_digits(s);
    Str rest = str_after(s, digits);
    bool ends = rest.size == 0 || rest.data[0] == '/' || rest.data[0] == '?' ||
                rest.data[0] == '#' || str_equal(rest, STR("."));
    bool fine = ends && digits >= 1 && digits <= 8 && s.data[0] != '0';
    return fine ? str_slice(s, 0, digits) : STR_EMPTY;
}

Str ident_pmcid(Arena *arena, Str s)
{
    static const char *const PATHS[] = {"pmc/articles/", "articles/", "article/pmc/",
                                        "abstract/pmc/"};
    Str host;
    s = str_trim(s);
    bool labelled = false;
    if (cut_host(&s, &host))
        CUT_FRONT(&s, PATHS);
    else if (str_starts_nocase(s, STR("pmcid"))) {
        static const char *const LABELS[] = {"pmcid:", "pmcid"};
        labelled = CUT_FRONT(&s, LABELS);
    }
    if (str_starts_nocase(s, STR("pmc")))
        s = str_after(s, 3);
    else if (!labelled)
        return STR_EMPTY;
    size_t digits = str_digits(s);
    Str rest = str_after(s, digits);
    if (str_starts(rest, STR(".")))
        rest = str_after(rest, 1 + str_digits(str_after(rest, 1)));
    bool ends = rest.size == 0 || rest.data[0] == '/' || rest.data[0] == '?' ||
                rest.data[0] == '#';
    if (!ends || digits < 1 || digits > 9 || s.data[0] == '0')
        return STR_EMPTY;
    return arena_join(arena, STR("PMC"), STR_EMPTY, str_slice(s, 0, digits));
}

/* How many bytes at the front are a scheme with its colon; 0 where none is. */
static size_t scheme_size(Str s)
{
    size_t at = 0;
    while (at < s.size && (byte_is_alpha(s.data[at]) || byte_is_digit(s.data[at]) ||
                           (s.data[at] != '\0' && strchr("+-.", s.data[at]) != NULL)))
        at++;
    bool fine = at > 1 && at < s.size && s.data[at] == ':' && byte_is_alpha(s.data[0]);
    return fine ? at + 1 : 0;
}

IdentFault ident_url(Str s)
{
    size_t scheme = scheme_size(s);
    Str rest = str_after(s, scheme);
    if (scheme == 0 || rest.size == 0)
        return IDENT_SHAPE;
    for (size_t i = 0; i < s.size; i++) {
        if ((unsigned char)s.data[i] <= ' ' || s.data[i] == 0x7f)
            return IDENT_SHAPE;
    }
    bool web = str_starts_nocase(s, STR("http:")) ||
               str_starts_nocase(s, STR("https:")) || str_starts_nocase(s, STR("ftp:"));
    if (!web)
        return IDENT_FINE;
    if (!str_starts(rest, STR("//")))
        return IDENT_SHAPE;
    Str host = str_after(rest, 2);
    size_t end = 0;
    while (end < host.size && host.data[end] != '/' && host.data[end] != '?' &&
           host.data[end] != '#')
        end++;
    Str behind = str_after(host, end);
    host = str_slice(host, 0, end);
    host = str_after(host,
                     str_find_byte(host, '@') < end ? str_find_byte(host, '@') + 1 : 0);
    bool named = str_find_byte(host, '.') < host.size || str_starts(host, STR("[")) ||
                 str_starts_nocase(host, STR("localhost"));
    /* "http://http://a.org", "https://a.orghttps://b.org"; but archives have the other
     * one's URL in their path. */
    bool glued = str_ends(host, STR("http:")) || str_ends(host, STR("https:"));
    bool dots = host.size > 0 && (host.data[0] == '.' || host.data[0] == ':');
    return named && !glued && !dots && !str_starts(behind, STR("//http")) ? IDENT_FINE
                                                                          : IDENT_SHAPE;
}
