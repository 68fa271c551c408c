/* SPDX-License-Identifier: MIT
 * LaTeX in prose; see latex_found.h. */
#include "convert/text/latex_found.h"
#include "convert/base/memory.h"
#include "convert/text/latex.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE_MOST = 2048 }; /* what is not closed within that many bytes is prose */

typedef struct Finder {
    Arena *arena;
    Str in;
    Buf out;
    Run *runs;
    size_t run_count, run_capacity;
    size_t done;  /* bytes of `in` that are in `out` */
    size_t quote; /* where the quote that is open closes; 0: none is */
    RepairTold *told;
    void *context;
} Finder;

static char byte_at(const Finder *f, size_t at)
{
    return at < f->in.size ? f->in.data[at] : 0;
}

static bool is_listed(Str word, const char *list)
{
    Str rest = str_from(list), each;
    while (str_word(&rest, &each)) {
        if (str_equal(word, each))
            return true;
    }
    return false;
}

/* Past the brace that closes the one at `at`; 0 where it is not closed. */
static size_t group_end(const Finder *f, size_t at)
{
    size_t depth = 0;
    size_t limit = at + PIECE_MOST < f->in.size ? at + PIECE_MOST : f->in.size;
    for (size_t i = at; i < limit; i++) {
        char c = f->in.data[i];
        if (c == '\\')
            i++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0)
            return i + 1;
    }
    return 0;
}

static Str command_at(const Finder *f, size_t at)
{
    size_t end = at + 1;
    while (end < f->in.size && byte_is_alpha(f->in.data[end]))
        end++;
    return str_slice(f->in, at + 1, end);
}

static bool letter_before(const Finder *f, size_t at)
{
    Str before = str_slice(f->in, at > 4 ? at - 4 : 0, at);
    return before.size > 0 && unicode_is_letter(utf8_last(&before));
}

/* Past a letter, "\i" or "\j", or either in braces; 0 where there is none. */
static size_t accented_end(const Finder *f, size_t at)
{
    size_t i = at;
    bool braced = byte_at(f, i) == '{';
    i += braced;
    if (byte_at(f, i) == '\\' && (byte_at(f, i + 1) == 'i' || byte_at(f, i + 1) == 'j'))
        i++;
    if (!byte_is_alpha(byte_at(f, i)))
        return 0;
    i++;
    if (braced)
        return byte_at(f, i) == '}' ? i + 1 : 0;
    return byte_at(f, i - 2) == '\\' && byte_is_alpha(byte_at(f, i)) ? 0 : i;
}

/* "G\"odel", "\'{e}", "{\v s}".  A backslash may also escape a quote of JSON: within no
 * braces, an accent stands inside a word and on what often has it: "it\'s" has none. */
static size_t accent_end(const Finder *f, size_t at)
{
    static const struct {
        char sign;
        const char *bases; /* within no braces */
    } ACCENTS[] = {{'"', "a e i o u y A E I O U"},
                   {'\'', "a e i o u y n c s z A E I O U"},
                   {'`', "a e i o u A E I O U"},
                   {'^', "a e i o u A E I O U"},
                   {'~', "a n o A N O"},
                   {'=', ""},
                   {'.', ""}};
    char sign = byte_at(f, at + 1);
    bool grouped = at > 0 && f->in.data[at - 1] == '{';
    if (sign != 0 && strchr("cvHukrd", sign) != NULL) {
        bool apart = grouped && byte_at(f, at + 2) == ' ';
        if (byte_at(f, at + 2) != '{' && !apart)
            return 0;
        return accented_end(f, at + 2 + apart);
    }
    size_t end = accented_end(f, at + 2);
    for (size_t i = 0; end > 0 && i < sizeof ACCENTS / sizeof ACCENTS[0]; i++) {
        if (sign != ACCENTS[i].sign)
            continue;
        if ((grouped && byte_at(f, end) == '}') || f->in.data[end - 1] == '}')
            return end;
        Str base = str_slice(f->in, end - 1, end);
        bool possessive =
            sign == '\'' && base.data[0] == 's' && !byte_is_alpha(byte_at(f, end));
        return letter_before(f, at) && !possessive && is_listed(base, ACCENTS[i].bases)
                   ? end
                   : 0;
    }
    return 0;
}

/* "\emph{...}", "\alpha", "\ldots{}". */
static size_t command_end(const Finder *f, size_t at)
{
    static const char FONTS[] = "emph textit textsl textbf texttt textsc textrm textsf "
                                "textup textnormal textmd text mbox underline url "
                                "textsuperscript textsubscript mathrm";
    static const char SIGNS[] =
        "ldots dots textendash textemdash textregistered texttrademark textdegree "
        "textbackslash textasciitilde textasciicircum textunderscore textless "
        "textgreater "
        "textbar textbullet LaTeX TeX copyright pounds ss ae oe aa AE OE AA";
    static const char MATH[] =
        "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu "
        "nu "
        "xi pi rho sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi "
        "Sigma "
        "Phi Psi Omega ell infty times pm leq geq approx rightarrow to sim";
    static const char GROUPED[] = "o O l L i"; /* and nothing else in the braces */
    Str name = command_at(f, at);
    size_t end = at + 1 + name.size;
    char next = byte_at(f, end);
    if (name.size == 0)
        return 0;
    if (is_listed(name, FONTS))
        return next == '{' ? group_end(f, end) : 0;
    bool empty = next == '{' && byte_at(f, end + 1) == '}';
    bool grouped = at > 0 && f->in.data[at - 1] == '{' && next == '}';
    if (is_listed(name, SIGNS) || (is_listed(name, GROUPED) && (grouped || empty)))
        return empty ? end + 2 : end;
    bool index = next == '_' || next == '^' || next == '{' || next == '(';
    return is_listed(name, MATH) && !index ? end : 0;
}

/* "{\bf ...}" */
static size_t switch_end(const Finder *f, size_t at)
{
    if (byte_at(f, at + 1) != '\\')
        return 0;
    Str name = command_at(f, at + 1);
    char next = byte_at(f, at + 2 + name.size);
    return is_listed(name, "em it bf tt sc sl rm sf itshape bfseries ttfamily scshape") &&
                   (next == ' ' || next == '\\')
               ? group_end(f, at)
               : 0;
}

static void copy_to(Finder *f, size_t at)
{
    buf_add(&f->out, str_slice(f->in, f->done, at));
    f->done = at;
}

static void add_run(Finder *f, Run run)
{
    if (f->run_count == f->run_capacity) {
        f->run_capacity = memory_grown(f->run_capacity, f->run_count + 1);
        f->runs = memory_resize(f->runs, f->run_capacity * sizeof *f->runs);
    }
    f->runs[f->run_count++] = run;
}

static void tell(const Finder *f, size_t at, size_t end, Str after)
{
    if (f->told == NULL)
        return;
    Repair repair = {
        .rule = "latex", .at = at, .before = str_slice(f->in, at, end), .after = after};
    f->told(f->context, &repair);
}

static void hear(void *context, const LatexTold *told)
{
    (void)told;
    *(bool *)context = true;
}

/* The piece is read; where to go on, or 0 where it is none that can be read. */
static size_t read_piece(Finder *f, size_t at, size_t end)
{
    bool trouble = false;
    if (end == 0)
        return 0;
    /* Braces that hold nothing else go with it: "{\L}ukasz". */
    if (at > f->done && f->in.data[at - 1] == '{' && byte_at(f, end) == '}') {
        at--;
        end++;
    }
    Text text =
        latex_text(f->arena, str_slice(f->in, at, end), LATEX_PLAIN, hear, &trouble);
    if (trouble || text.text.size == 0)
        return 0;
    copy_to(f, at);
    for (size_t i = 0; i < text.run_count; i++) {
        Run run = text.runs[i];
        run.start += f->out.size;
        run.end += f->out.size;
        add_run(f, run);
    }
    buf_add(&f->out, text.text);
    f->done = end;
    tell(f, at, end, text.text);
    return end;
}

static size_t put(Finder *f, size_t at, size_t size, Str what)
{
    copy_to(f, at);
    buf_add(&f->out, what);
    f->done = at + size;
    return f->done;
}

/* Where "``" is closed by "''", in no math; 0 where it is not, or by the next one. */
static size_t closing_quote(const Finder *f, size_t at)
{
    Str near = str_slice(f->in, 0, at + PIECE_MOST);
    size_t math_end, math = text_math_at(near, at, &math_end);
    for (size_t i = at; i + 1 < near.size; i++) {
        if (i == math) {
            i = math_end - 1;
            math = text_math_at(near, math_end, &math_end);
        } else if (near.data[i] == '`' && near.data[i + 1] == '`') {
            return 0;
        } else if (near.data[i] == '\'' && near.data[i + 1] == '\'') {
            return byte_at(f, i + 2) == '\'' ? i + 1 : i;
        }
    }
    return 0;
}

/* Three of them are a fence of Markdown. */
static size_t try_quote(Finder *f, size_t at)
{
    size_t size = 1;
    while (byte_at(f, at + size) == '`')
        size++;
    size_t close = size == 2 ? closing_quote(f, at + 2) : 0;
    if (close <= at + 2)
        return at + size;
    f->quote = close;
    tell(f, at, close + 2, STR("\xe2\x80\x9c...\xe2\x80\x9d"));
    return put(f, at, 2, STR("\xe2\x80\x9c"));
}

/* "\(x\)", "\[x\]" and "$$x$$" are math between single dollars here; where to go on, or
 * 0.
 */
static size_t read_math(Finder *f, size_t at)
{
    static const struct {
        Str open, close;
    } PAIRS[] = {
        {{"\\(", 2}, {"\\)", 2}}, {{"\\[", 2}, {"\\]", 2}}, {{"$$", 2}, {"$$", 2}}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        if (!str_starts(str_slice(f->in, at, at + 2), PAIRS[i].open))
            continue;
        Str inside = str_slice(f->in, at + 2, at + PIECE_MOST);
        size_t close = str_find(inside, PAIRS[i].close), end = at + 2 + close + 2;
        inside = str_trim(str_slice(inside, 0, close));
        if (end > f->in.size || end > at + PIECE_MOST || inside.size == 0 ||
            inside.data[inside.size - 1] == '\\' || str_contains(inside, PAIRS[i].open) ||
            str_contains(inside, STR("$")) || byte_is_digit(byte_at(f, end)))
            return 0;
        tell(f, at, end, inside);
        put(f, at, 0, STR("$"));
        buf_add(&f->out, inside);
        return put(f, at, end - at, STR("$"));
    }
    return 0;
}

static size_t try_backslash(Finder *f, size_t at)
{
    if (byte_at(f, at + 1) == '\\')
        return at + 2;
    /* "e.g.\ the": a blank that ends no sentence; the scraper put one before it. */
    if (byte_at(f, at + 1) == ' ') {
        size_t stop = at > 0 && f->in.data[at - 1] == ' ' ? at - 1 : at;
        if (stop == 0 || f->in.data[stop - 1] != '.' || stop < f->done)
            return at + 2;
        tell(f, stop, at + 2, STR(" "));
        return put(f, stop, at + 2 - stop, STR(" "));
    }
    size_t next = read_math(f, at);
    next = next > 0 ? next : read_piece(f, at, accent_end(f, at));
    next = next > 0 ? next : read_piece(f, at, command_end(f, at));
    return next > 0 ? next : at + 1;
}

static size_t try_sign(Finder *f, size_t at)
{
    size_t next = 0;
    switch (f->in.data[at]) {
    case '\\':
        return try_backslash(f, at);
    case '{':
        next = read_piece(f, at, switch_end(f, at));
        return next > 0 ? next : at + 1;
    case '$':
        next = read_math(f, at);
        return next > 0 ? next : at + 1;
    case '`':
        return try_quote(f, at);
    default:
        return at + 1;
    }
}

static void scan(Finder *f)
{
    size_t math_end, math = text_math_at(f->in, 0, &math_end);
    for (size_t at = 0; at < f->in.size;) {
        if (at >= math) {
            at = at > math_end ? at : math_end;
            math = text_math_at(f->in, at, &math_end);
        } else if (f->quote > 0 && at >= f->quote) {
            if (at == f->quote)
                at = put(f, at, 2, STR("\xe2\x80\x9d"));
            f->quote = 0;
        } else {
            at = try_sign(f, at);
        }
    }
}

Text latex_found(Arena *arena, Str s, RepairTold *told, void *context)
{
    Finder f = {.arena = arena, .in = s, .told = told, .context = context};
    if (str_find_byte(s, '\\') == s.size && str_find_byte(s, '`') == s.size &&
        !str_contains(s, STR("$$")))
        return text_plain(s);
    scan(&f);
    Text text = text_plain(s);
    if (f.done > 0) {
        copy_to(&f, s.size);
        Run *runs = arena_alloc(arena, (f.run_count + 1) * sizeof *runs);
        if (f.run_count > 0)
            memcpy(runs, f.runs, f.run_count * sizeof *runs);
        text = (Text){.text = arena_copy(arena, buf_str(&f.out)),
                      .runs = runs,
                      .run_count = f.run_count};
    }
    free(f.runs);
    buf_free(&f.out);
    return text;
}

/* Dollars. */

/* The next backslash at or behind `at` that is before a dollar and in no math; the size
 * where there is none.  `run` is asked for in rising order. */
static size_t next_dollar(const Text *text, size_t at, size_t *run)
{
    Str s = text->text;
    while (at + 1 < s.size) {
        at += str_find_byte(str_after(s, at), '\\');
        while (*run < text->run_count &&
               (text->runs[*run].mark != MARK_MATH || text->runs[*run].end <= at))
            ++*run;
        if (*run < text->run_count && text->runs[*run].start <= at)
            at = text->runs[*run].end;
        else if (at + 1 < s.size && s.data[at + 1] == '$')
            return at;
        else
            at += 2;
    }
    return s.size;
}

/* How many of the cuts are before a place. */
static size_t cuts_before(const size_t *cuts, size_t count, size_t at)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (cuts[middle] < at)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

Text latex_found_dollars(Arena *arena, Text text)
{
    size_t run = 0, count = 0, capacity = 0, done = 0;
    size_t *cuts = NULL;
    Buf out = {0};
    for (size_t at = next_dollar(&text, 0, &run); at < text.text.size;
         at = next_dollar(&text, at + 2, &run)) {
        if (count == capacity) {
            capacity = memory_grown(capacity, count + 1);
            cuts = memory_resize(cuts, capacity * sizeof *cuts);
        }
        cuts[count++] = at;
        buf_add(&out, str_slice(text.text, done, at));
        done = at + 1;
    }
    if (count == 0)
        return text;
    buf_add(&out, str_after(text.text, done));
    Run *runs = arena_alloc(arena, (text.run_count + 1) * sizeof *runs);
    for (size_t i = 0; i < text.run_count; i++) {
        runs[i] = text.runs[i];
        runs[i].start -= cuts_before(cuts, count, runs[i].start);
        runs[i].end -= cuts_before(cuts, count, runs[i].end);
    }
    text.text = arena_copy(arena, buf_str(&out));
    text.runs = runs;
    free(cuts);
    buf_free(&out);
    return text;
}
