/* SPDX-License-Identifier: MIT
 * Names with periods that the scraper tore apart: addresses ("https: //github. com/x"),
 * files ("train. py"), DOIs and the like. */
#include "convert/text/mend_look.h"

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
                              "shtml xhtml js cpp yaml yml mp4 wav npz pt bin whl");
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
    size_t start = gap - 1;
    while (start > host && is_label_byte(m->in.data[start - 1]))
        start--;
    Str last = str_slice(m->in, start, gap - 1);
    /* "CRAN. R-project. org" */
    if (!byte_is_lower(mend_byte(m, next)) && !byte_is_digit(mend_byte(m, next)))
        return !is_domain(last, false) && leads_to_domain(m, next);
    Str label = label_at(m, next);
    bool slash = mend_byte(m, next + label.size) == '/';
    if (is_domain(label, slash))
        return true;
    return leads_to_domain(m, next) || !is_domain(last, false);
}

/* "v1. 0/files", "?x=1. 2&y=3", "1706. 03762": digits on both sides of a blank. */
static bool digits_go_on(const Mend *m, size_t gap, Str label)
{
    size_t start = gap - 1, end = gap + 1 + label.size;
    while (start > 0 && gap - start < 8 && byte_is_digit(m->in.data[start - 1]))
        start--;
    char before = start > 0 ? m->in.data[start - 1] : ' ', after = mend_byte(m, end);
    if (label.size >= 4 || (after != ' ' && after != '.') ||
        str_find_byte(label, '-') < label.size)
        return true;
    /* "4. 4. 2/schema": the last of the numbers tells. */
    for (int numbers = 0; numbers < 4 && after == '.'; numbers++) {
        size_t next = end + 1 + (mend_byte(m, end + 1) == ' ');
        if (!byte_is_digit(mend_byte(m, next)))
            break;
        end = next + label_at(m, next).size;
        after = mend_byte(m, end);
        if (after != ' ' && after != '.')
            return true;
    }
    /* What ends the address here may have ended it before "3 files", too. */
    bool stops = after == '.' && (end + 1 == m->in.size || mend_byte(m, end + 1) == ' ');
    Str word = after == ' ' ? mend_word_at(m, end + 1) : STR_EMPTY;
    if (after == '.' && !stops)
        return true;
    return before != '/' &&
           (stops || str_equal(label, STR("0")) ||
            mend_listed(word, "for and or with on in to is at under as from"));
}

/* In the path: "y. html" and "a. b/c" go on, a sentence does not. */
static bool path_goes_on(const Mend *m, size_t gap)
{
    size_t next = gap + 1;
    Str label = label_at(m, next);
    size_t end = next + label.size;
    if (is_suffix(label))
        return true;
    if (byte_is_digit(mend_byte(m, next)))
        return gap >= 2 && byte_is_digit(m->in.data[gap - 2]) &&
               digits_go_on(m, gap, label);
    return byte_is_lower(mend_byte(m, next)) && mend_byte(m, end) == '/' &&
           is_url_byte(mend_byte(m, end + 1)) &&
           !mend_listed(label, "and or he she her his w it n input");
}

/* In a DOI: "zenodo. 1234567", "2020. acl-main. 5"; words lead to a number there. */
static bool doi_goes_on(const Mend *m, size_t gap)
{
    size_t at = gap + 1;
    for (int labels = 0; labels < 5; labels++) {
        Str label = label_at(m, at);
        size_t end = at + label.size;
        if (label.size == 0)
            return false;
        if (byte_is_digit(label.data[0]))
            return label.size > 1 || labels > 0 || mend_byte(m, end) != ' ' ||
                   !byte_is_lower(mend_byte(m, end + 1));
        if (mend_byte(m, end) != '.' || byte_is_upper(label.data[0]))
            return false;
        at = end + 1 + (mend_byte(m, end + 1) == ' ');
    }
    return false;
}

/* "?x=3, 4" at the text's end: no list of words goes on behind a query. */
static bool query_goes_on(const Mend *m, Str run, size_t gap)
{
    size_t end = gap + 1;
    while (byte_is_digit(mend_byte(m, end)))
        end++;
    return m->in.data[gap - 1] == ',' && str_find_byte(run, '=') < run.size &&
           end > gap + 1 && (mend_byte(m, end) == 0 || mend_byte(m, end) == '&');
}

/* Cuts the blanks of an address whose host begins at `host`; gives its end. */
static size_t cut_blanks(Mend *m, size_t host)
{
    Str rest = str_after(m->in, host);
    bool path = false,
         doi = str_starts(rest, STR("doi.")) || str_starts(rest, STR("dx."));
    size_t at = host;
    for (;;) {
        size_t end = run_end(m, at);
        Str run = str_slice(m->in, at, end);
        path = path || str_find_byte(run, '/') < run.size;
        if (end == at || mend_byte(m, end) != ' ')
            return end;
        char last = m->in.data[end - 1];
        bool goes_on = last == ':' ? !path && byte_is_digit(mend_byte(m, end + 1))
                       : last == '.'
                           ? (path ? path_goes_on(m, end) || (doi && doi_goes_on(m, end))
                                   : host_goes_on(m, host, end))
                           : path && query_goes_on(m, run, end);
        if (!goes_on)
            return end;
        mend_cut(m, end, end + 1);
        at = end + 1;
    }
}

/* The period behind an address is left to the other rules: ". ," may follow. */
static size_t before_period(const Mend *m, size_t end)
{
    return end > 0 && m->in.data[end - 1] == '.' ? end - 1 : end;
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
    if (mend_byte(m, host) == ' ' && leads_to_domain(m, host + 1))
        host++;
    if (!is_label_byte(mend_byte(m, host)))
        return 0;
    mend_begin(m, "url", at - scheme.size);
    mend_cut(m, at + 1, slashes);
    mend_cut(m, slashes + 2, host);
    size_t end = cut_blanks(m, host);
    /* Whole already: nothing was cut, so there is nothing to tell. */
    return m->glue <= at ? end : mend_end(m, before_period(m, end));
}

/* "jane. doe@cs. foo. edu": where no sentence ends before it. */
static bool is_mailbox(const Mend *m, size_t start, size_t at)
{
    size_t next = at + 2;
    for (int labels = 0; labels < 3; labels++) {
        Str label = label_at(m, next);
        next += label.size;
        if (label.size == 0 || mend_byte(m, next) == '@')
            break;
        if (mend_byte(m, next) != '.')
            return false;
        next = next + 1 + (mend_byte(m, next + 1) == ' ');
    }
    if (mend_byte(m, next) != '@' || !byte_is_lower(mend_byte(m, at + 2)) ||
        !is_label_byte(mend_byte(m, next + 1)))
        return false;
    char before = start > 0 ? m->in.data[start - 1] : 0;
    if (before == ' ' && start > 1) {
        Str word = mend_word_before(m, start - 1);
        before = m->in.data[start - 2];
        if (mend_listed_nocase(word, "email mail contact at to address emailing mailto"))
            return true;
    }
    return before == 0 || before == ':' || before == '(' || before == '<' ||
           before == '{';
}

/* "nerf. github. io": no path, but no word of a sentence either. */
static bool is_hosted(const Mend *m, size_t next)
{
    Str label = label_at(m, next);
    size_t end = next + label.size;
    Str last = mend_byte(m, end) == '.'
                   ? label_at(m, end + 1 + (mend_byte(m, end + 1) == ' '))
                   : STR_EMPTY;
    return mend_listed(label, "github gitlab readthedocs huggingface vercel netlify "
                              "wordpress blogspot pages") &&
           mend_listed(last, "io com org co app dev");
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
    bool word = false;
    for (size_t i = 0; i < label.size; i++)
        word = word || !byte_is_digit(label.data[i]);
    /* "e.g. dev/null" */
    bool initial = label.size == 1 && start > 0 && m->in.data[start - 1] == '.';
    if (!word || initial || !byte_is_lower(mend_byte(m, at + 2)))
        return 0;
    if (is_mailbox(m, start, at)) {
        mend_begin(m, "url", start);
        size_t end = run_end(m, start);
        Str run = str_slice(m->in, start, end);
        while (str_find_byte(run, '@') == run.size) {
            mend_cut(m, end, end + 1);
            run = str_slice(m->in, end + 1, run_end(m, end + 1));
            end += 1 + run.size;
        }
        end = cut_blanks(m, end - run.size + str_find_byte(run, '@') + 1);
        return mend_end(m, before_period(m, end));
    }
    bool slash = mend_byte(m, at + 2 + next.size) == '/' &&
                 is_url_byte(mend_byte(m, at + 3 + next.size));
    bool www = str_equal_nocase(label, STR("www")) && leads_to_domain(m, at + 2);
    bool mail = start > 0 && m->in.data[start - 1] == '@' && leads_to_domain(m, at + 2);
    if (!(www || mail || is_hosted(m, at + 2) || (slash && is_domain(next, true))))
        return 0;
    mend_begin(m, "url", start);
    return mend_end(m, before_period(m, cut_blanks(m, start)));
}

size_t mend_url(Mend *m, size_t at)
{
    return m->in.data[at] == ':' ? from_scheme(m, at) : from_host(m, at);
}

/* "Node. js", "Amazon. com", "train. py": no English word is spelled so, and none is
 * lower case after a full stop. */
size_t mend_suffix(Mend *m, size_t at)
{
    char before = at > 0 ? m->in.data[at - 1] : ' ';
    Str after = mend_word_at(m, at + 2);
    char next = mend_byte(m, at + 2 + after.size);
    bool dotnet = str_equal(after, STR("NET")) &&
                  (before == ' ' || str_equal(mend_word_before(m, at), STR("ASP")));
    /* ". py files": no sentence has a blank before its period */
    if ((!is_label_byte(before) && before != ' ') || byte_is_alpha(next) ||
        byte_is_digit(next) || next == '_' || (before == ' ' && at < 2) ||
        (before == ' ' && m->in.data[at - 2] == '.') ||
        !(dotnet || mend_listed(after, "js py com edu org cpp csv txt pdf html json exe "
                                       "dll ipynb yaml yml md toml npy npz pth ckpt "
                                       "gov io wav mp3 mp4 jpg png tex bib xml")))
        return 0;
    mend_begin(m, "suffix", before == ' ' ? at : at - mend_word_before(m, at).size);
    mend_cut(m, at + 1, at + 2);
    return mend_end(m, at + 2 + after.size);
}

/* Papers. */

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

/* "10. 1145/3292500. 3330701", and "the arXiv paper 2010. 11929", from the period. */
size_t mend_paper(Mend *m, size_t at)
{
    Pair p;
    if (!look_pair(m, at, &p))
        return 0;
    if (p.left.size == 4 && p.right.size == 5) {
        size_t from = p.start > 24 ? p.start - 24 : 0;
        Str before = str_slice(m->in, from, p.start);
        if (p.before != ' ' ||
            !(str_contains(before, STR("arXiv ")) || str_contains(before, STR("arxiv "))))
            return 0;
        mend_begin(m, "arxiv", p.start);
        mend_cut(m, at + 1, at + 2);
        return mend_end(m, p.end);
    }
    if (!str_equal(p.left, STR("10")) || p.right.size < 4 || p.after != '/' ||
        p.before == '.')
        return 0;
    mend_begin(m, "doi", p.start);
    mend_cut(m, at + 1, at + 2);
    size_t end = p.end;
    while ((end = run_end(m, end)) < m->in.size && m->in.data[end] == ' ' &&
           m->in.data[end - 1] == '.' && doi_goes_on(m, end)) {
        mend_cut(m, end, end + 1);
        end++;
    }
    return mend_end(m, before_period(m, end));
}
