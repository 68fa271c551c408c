/* SPDX-License-Identifier: MIT
 * Addresses that the scraper tore apart: "https: //github. com/x/y. html". */
#include "convert/text/mend.h"

/* Top-level domains that papers' addresses end in.  Short words of English that are
 * also one ("is", "it", "in", "to", "us") count only before a slash. */
static bool is_domain(Str label, bool slash)
{
    if (mend_listed_nocase(label,
                           "com org net edu gov io ai dev app info ac uk de fr ch nl se "
                           "dk fi pl cz eu ca jp cn kr tw hk sg il br ru gl gg co cc ly "
                           "xyz tech page me tv pt es gr nz au ie hu ro tr"))
        return true;
    return slash && mend_listed_nocase(label, "is it in to us at be no my so am");
}

/* Files that addresses name. */
static bool is_suffix(Str word)
{
    return mend_listed_nocase(word,
                              "html htm pdf php txt zip gz tar git py ipynb json csv "
                              "asp aspx jsp cgi svg png jpg ps bib tex bz2 xml md "
                              "shtml xhtml js cpp");
}

static bool is_label_byte(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '_';
}

static Str label_at(const Mend *m, size_t at)
{
    size_t end = at;
    while (is_label_byte(mend_byte(m, end)))
        end++;
    return str_slice(m->in, at, end);
}

/* The bytes that an address is made of; brackets and quotes end it. */
static bool is_url_byte(char c)
{
    Str more = STR("-._~:/?#@!$&'*+,;=%");
    return is_label_byte(c) || (c != 0 && str_find_byte(more, c) < more.size);
}

/* Whether labels from `at` on, blanks behind their periods, lead to a domain. */
static bool leads_to_domain(const Mend *m, size_t at)
{
    for (int labels = 0; labels < 5; labels++) {
        Str label = label_at(m, at);
        size_t end = at + label.size;
        if (label.size == 0)
            return false;
        if (is_domain(label, mend_byte(m, end) == '/'))
            return true;
        if (mend_byte(m, end) != '.')
            return false;
        at = end + 1 + (mend_byte(m, end + 1) == ' ');
    }
    return false;
}

/* Where the run of an address's bytes from `at` on ends. */
static size_t run_end(const Mend *m, size_t at)
{
    while (is_url_byte(mend_byte(m, at)))
        at++;
    return at;
}

/* In the host, after a '.' and a blank at `gap`: does it go on? */
static bool host_goes_on(const Mend *m, size_t host, size_t gap)
{
    size_t next = gap + 1;
    Str last = str_slice(m->in, host, gap - 1);
    while (str_find_byte(last, '.') < last.size)
        last = str_after(last, str_find_byte(last, '.') + 1);
    last = str_trim(last);
    if (!byte_is_lower(mend_byte(m, next)) && !byte_is_digit(mend_byte(m, next)))
        return false;
    Str label = label_at(m, next);
    bool slash = mend_byte(m, next + label.size) == '/';
    if (is_domain(label, slash))
        return true;
    return leads_to_domain(m, next) || !is_domain(last, false);
}

/* In the path: "y. html" and "1706. 03762" go on, a sentence does not. */
static bool path_goes_on(const Mend *m, size_t gap)
{
    size_t next = gap + 1;
    Str label = label_at(m, next);
    if (is_suffix(label))
        return true;
    return byte_is_digit(mend_byte(m, next)) && gap >= 2 &&
           byte_is_digit(m->in.data[gap - 2]) && label.size >= 4;
}

/* Cuts the blanks of an address whose host begins at `host`; gives its end. */
static size_t cut_blanks(Mend *m, size_t host)
{
    bool path = false;
    size_t at = host;
    for (;;) {
        size_t end = run_end(m, at);
        Str run = str_slice(m->in, at, end);
        path = path || str_find_byte(run, '/') < run.size;
        bool stop = end > at && mend_byte(m, end) == ' ' && m->in.data[end - 1] == '.';
        bool port = end > at && mend_byte(m, end) == ' ' && m->in.data[end - 1] == ':' &&
                    !path && byte_is_digit(mend_byte(m, end + 1));
        if (!port &&
            !(stop && (path ? path_goes_on(m, end) : host_goes_on(m, host, end))))
            return end;
        mend_cut(m, end, end + 1);
        at = end + 1;
    }
}

/* "https: //x. org/y", from its colon. */
static size_t from_scheme(Mend *m, size_t at)
{
    Str scheme = mend_word_before(m, at);
    size_t slashes = at + 1;
    if (!mend_listed_nocase(scheme, "http https ftp"))
        return 0;
    if (mend_byte(m, slashes) == ' ')
        slashes++;
    if (!str_starts(str_after(m->in, slashes), STR("//")))
        return 0;
    size_t host = slashes + 2;
    if (mend_byte(m, host) == ' ' && byte_is_lower(mend_byte(m, host + 1)))
        host++;
    if (!is_label_byte(mend_byte(m, host)))
        return 0;
    mend_begin(m, "url", at - scheme.size);
    mend_cut(m, at + 1, slashes);
    mend_cut(m, slashes + 2, host);
    size_t end = cut_blanks(m, host);
    /* Whole already: nothing was cut, so there is nothing to tell. */
    return m->glue <= at ? end : mend_end(m, end);
}

/* "github. com/openai", "www. foo. org": no scheme, but a slash behind the domain or
 * "www" before it. */
static size_t from_host(Mend *m, size_t at)
{
    size_t start = at;
    while (start > m->done && is_label_byte(m->in.data[start - 1]))
        start--;
    Str label = str_slice(m->in, start, at);
    Str next = label_at(m, at + 2);
    bool slash = mend_byte(m, at + 2 + next.size) == '/' &&
                 is_url_byte(mend_byte(m, at + 3 + next.size));
    bool www = str_equal_nocase(label, STR("www")) && leads_to_domain(m, at + 2);
    if (label.size == 0 || !byte_is_lower(mend_byte(m, at + 2)) ||
        !(www || (slash && is_domain(next, true))))
        return 0;
    mend_begin(m, "url", start);
    return mend_end(m, cut_blanks(m, start));
}

size_t mend_url(Mend *m, size_t at)
{
    return m->in.data[at] == ':' ? from_scheme(m, at) : from_host(m, at);
}

/* "Node. js", "Amazon. com", "train. py": no English word is spelled so, and none is
 * lower case after a full stop. */
size_t mend_suffix(Mend *m, size_t at)
{
    Str before = mend_word_before(m, at), after = mend_word_at(m, at + 2);
    char next = mend_byte(m, at + 2 + after.size);
    bool dotnet = str_equal(before, STR("ASP")) && str_equal(after, STR("NET"));
    if (before.size == 0 || is_label_byte(next) ||
        !(dotnet || mend_listed(after, "js py com edu cpp csv txt pdf html json exe dll "
                                       "ipynb")))
        return 0;
    mend_begin(m, "suffix", at - before.size);
    mend_cut(m, at + 1, at + 2);
    return mend_end(m, at + 2 + after.size);
}

/* "arXiv: 1706. 03762" */
size_t mend_arxiv(Mend *m, size_t at)
{
    size_t digits = at + 2, end;
    for (end = digits; byte_is_digit(mend_byte(m, end));)
        end++;
    if (!mend_listed_nocase(mend_word_before(m, at), "arxiv") || end - digits != 4 ||
        mend_byte(m, end) != '.')
        return 0;
    size_t rest = end + 1 + (mend_byte(m, end + 1) == ' ');
    if (!byte_is_digit(mend_byte(m, rest)) || !byte_is_digit(mend_byte(m, rest + 3)))
        return 0;
    mend_begin(m, "arxiv", at);
    mend_cut(m, at + 1, at + 2);
    if (rest > end + 1)
        mend_cut(m, end + 1, rest);
    return mend_end(m, rest + 4);
}
