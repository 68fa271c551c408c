/* SPDX-License-Identifier: MIT
 * Arbitrary bytes for all that reads what users have: the first byte says which door
 * they come in by (DOORS), for a conversion the next five choose reader, writer, options
 * and stages.
 *
 * Beside what sanitizers and assertions see, it is a failure where UTF-8 output is none,
 * or where BibTeX that was written does not come out the same once it is read and written
 * again. */
#include "convert/pipeline/check.h"
#include "convert/pipeline/cited.h"
#include "convert/pipeline/convert.h"
#include "convert/pipeline/detect.h"
#include "convert/pipeline/diff.h"
#include "convert/pipeline/expr.h"
#include "convert/pipeline/template.h"
#include "convert/record/date.h"
#include "convert/style/style.h"
#include "convert/text/latex.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"
#include "formats/registry.h"
#include "formats/tags.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* What the filters of records are tried on. */
static const char LIBRARY[] =
    "@article{one, author = {van der Meer, Jr., Ada and {Body} and others}, title = {A "
    "{B} of $x$}, journal = {J}, year = 1999, month = mar, pages = {1--2}, keywords = "
    "{a, b}}\n@book{two, title = {\\'Etudes}, editor = {Li, W.}, date = {2001-02/..}, "
    "ids = {zwei}}\n@inbook{three, crossref = {two}, title = {}, doi = {10.5555/x}}\n";

/* The built-in ones; making their table takes longer than most conversions. */
static VenueTable *venues;

/* Formats whose program is not there are left out. */
static const Format *choose(unsigned char byte, Role role)
{
    const Format *list[64];
    size_t count = 0;
    for (const Format *const *f = registry_all(); *f != NULL && count < 64; f++) {
        bool has = role == ROLE_READER ? (*f)->reader != NULL : (*f)->writer != NULL;
        if (has && ((*f)->lacks == NULL || (*f)->lacks() == NULL))
            list[count++] = *f;
    }
    return list[byte % count];
}

/* The bytes as a file that can be opened by the name: readers want one. */
static int give(Str bytes, char *name, size_t room)
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0 || write(fd, bytes.data, bytes.size) != (ssize_t)bytes.size)
        abort();
    snprintf(name, room, "/proc/self/fd/%d", fd);
    return fd;
}

typedef struct Choice {
    const Format *from; /* NULL: by content */
    const Format *to;   /* NULL: only checks */
    const char *charset;
    Options opt;
    Plan plan;
    const char *select, *drop, *keep; /* what the plan's words point to */
    bool report;
    Side *into; /* takes the records instead of a writer */
    const Side *base, *theirs;
} Choice;

static void convert(Str input, const Choice *choice, Buf *written)
{
    char name[64];
    const char *files[] = {name};
    int fd = give(input, name, sizeof name);
    Buf reported = {0};
    Diag diag = {.fd = open("/dev/null", O_WRONLY | O_CLOEXEC), .least = LEVEL_DETAIL};
    Source *in = source_open(files, 1, NULL, &diag);
    Sink *out = sink_open_memory(written, choice->charset, &diag);
    Sink *report = choice->report ? sink_open_memory(&reported, NULL, &diag) : NULL;
    Options opt = choice->opt;
    opt.venues = venues;
    Job job = {.to = choice->to,
               .into = choice->into != NULL ? side_stage_open(choice->into)
                       : choice->to == NULL ? check_stage_open()
                                            : NULL,
               .base = choice->base,
               .theirs = choice->theirs,
               .in = in,
               .out = out,
               .diag = &diag,
               .opt = &opt,
               .plan = &choice->plan,
               .report = report != NULL ? report_open(report, &diag) : NULL};
    if (source_skip_blank(in))
        job.from = choice->from != NULL ? choice->from : detect_format(in);
    Tally tally = convert_run(&job);
    if (job.report != NULL)
        report_close(job.report, tally.records, tally.skipped, &tally.fields);
    source_close(in);
    sink_close(out, true);
    if (report != NULL)
        sink_close(report, true);
    close(diag.fd);
    close(fd);
    diag_free(&diag);
    if (choice->charset == NULL && utf8_valid(buf_str(written)) != written->size)
        abort();
    buf_free(&reported);
}

/* Bits of the two bytes, each with a meaning of its own. */
static void choose_stages(Choice *choice, unsigned char a, unsigned char b)
{
    static const char *const SELECT[] = {"year >= 1999 or not has author",
                                         "title like 'a*' and not (any ~ x)"};
    static const char *const KEYS[] = {NULL, "[auth:lower][year][shorttitle3_3]",
                                       "authEtal2 + year.postfix('-%(n)s') | key",
                                       "title.select(2,3).skipwords.abbr + doi"};
    static const char *const SORTS[] = {"author,-issued", "key", "-type,title"};
    Plan *plan = &choice->plan;
    Str wrong;
    choice->select = SELECT[a >> 7];
    choice->drop = "abstract,keywords,note";
    choice->keep = "author,title,issued";
    plan->no_resolve = (a & 1) != 0;
    plan->unique = (UniqueMode)((a >> 1 & 3) % 3);
    plan->memory = (a & 8) != 0 ? 1 : 0;
    plan->key = KEYS[a >> 4 & 3];
    if ((a & 64) != 0)
        plan->select = (Words){&choice->select, 1};
    if ((b & 1) != 0)
        plan->drop = (Words){&choice->drop, 1};
    if ((b & 2) != 0)
        plan->keep = (Words){&choice->keep, 1};
    if ((b & 12) != 0 &&
        !sort_parse(str_from(SORTS[(b >> 2 & 3) - 1]), &plan->sort, &wrong))
        abort();
}

static void from_conversion(Str s)
{
    static const char *const CHARSETS[] = {NULL, "ascii", "latin1//TRANSLIT", "UTF-16"};
    static const OptionValue VALUES[] = {{"arrow", "venues", "verbatim"},
                                         {"bibtex", "braces", "titles"}};
    enum { CHOICES = 5 };
    if (s.size < CHOICES)
        return;
    const unsigned char *c = (const unsigned char *)s.data;
    Choice choice = {.from = c[0] == 255 ? NULL : choose(c[0], ROLE_READER),
                     .to = c[1] == 255 ? NULL : choose(c[1], ROLE_WRITER),
                     .charset = CHARSETS[c[2] >> 2 & 3],
                     .opt = {.repair = (c[2] & 1) == 0,
                             .carry = (c[2] & 2) != 0,
                             .width = c[2] >> 5 == 0 ? 40 : 0,
                             .values = VALUES,
                             .value_count = c[2] >> 4 & 1 ? 2 : 0},
                     .report = (c[4] & 16) != 0};
    Buf written = {0};
    choose_stages(&choice, c[3], c[4]);
    convert(str_after(s, CHOICES), &choice, &written);
    buf_free(&written);
}

/* Writing settles how an entry is spelled: from there on nothing moves.  Held of what is
 * broken beyond repair only where a long run asks for it. */
static void from_fixed_point(Str s)
{
    Buf once = {0}, twice = {0};
    Choice choice = {.from = registry_find(STR("bibtex"), ROLE_READER)};
    choice.to = choice.from;
    convert(s, &choice, &once);
    convert(buf_str(&once), &choice, &twice);
    if (getenv("CITECONV_FUZZ_FIXED_POINT") != NULL &&
        !str_equal(buf_str(&once), buf_str(&twice))) {
        fprintf(stderr, "once:\n%.*s\ntwice:\n%.*s\n", STR_ARG(buf_str(&once)),
                STR_ARG(buf_str(&twice)));
        abort();
    }
    buf_free(&once);
    buf_free(&twice);
}

/* The same bytes with a NUL behind them, as arguments have it. */
static char *as_argument(Str s)
{
    char *text = malloc(s.size + 1);
    if (text == NULL)
        abort();
    memcpy(text, s.data, s.size);
    text[s.size] = '\0';
    return text;
}

static void filter(Plan plan)
{
    Choice choice = {.from = registry_find(STR("bibtex"), ROLE_READER),
                     .to = registry_find(STR("csl-jsonl"), ROLE_WRITER),
                     .plan = plan};
    Buf written = {0};
    convert((Str){LIBRARY, sizeof LIBRARY - 1}, &choice, &written);
    buf_free(&written);
}

static void from_select(Str s)
{
    const char *wrong;
    size_t column;
    char *text = as_argument(s);
    const char *items[] = {text};
    Expr *expr = expr_open(str_from(text), &wrong, &column);
    if (expr != NULL) {
        expr_close(expr);
        filter((Plan){.select = {items, 1}});
    }
    free(text);
}

static void from_key(Str s)
{
    Buf wrong = {0};
    size_t column;
    char *text = as_argument(s);
    Template *template = template_open(str_from(text), &wrong, &column);
    if (template != NULL) {
        template_close(template);
        filter((Plan){.key = text});
    }
    buf_free(&wrong);
    free(text);
}

static void cited(Str s, bool aux)
{
    char name[64];
    const char *files[] = {name};
    int fd = give(s, name, sizeof name);
    Words words = {files, 1};
    filter(aux ? (Plan){.aux = words} : (Plan){.bcf = words});
    close(fd);
}

static void from_aux(Str s)
{
    cited(s, true);
}

static void from_bcf(Str s)
{
    cited(s, false);
}

static void from_map(Str s)
{
    TagMap *map = tag_map_open();
    Str rest = s, line;
    size_t column;
    while (str_split(&rest, '\n', &line))
        tag_map_add_line(map, line, &column);
    Choice choice = {.from = registry_find(STR("bibtex"), ROLE_READER),
                     .to = registry_find(STR("ris"), ROLE_WRITER),
                     .opt = {.map = map}};
    Buf written = {0};
    convert((Str){LIBRARY, sizeof LIBRARY - 1}, &choice, &written);
    buf_free(&written);
    tag_map_close(map);
}

/* A user's own table of venues. */
static void from_venues(Str s)
{
    VenueTable *own = venue_open();
    Arena arena = {0};
    Str rest = s, line;
    while (str_split(&rest, '\n', &line)) {
        size_t column;
        VenueFacts facts;
        if (venue_add_line(own, line, &column) == NULL)
            venue_find(own, &arena, str_slice(line, 0, str_find_byte(line, '|')), 2001,
                       &facts);
    }
    arena_free(&arena);
    venue_close(own);
}

/* Whoever calls these has valid UTF-8. */
static void from_latex(Str s)
{
    Arena arena = {0};
    if (utf8_valid(s) == s.size) {
        Text text = latex_text(&arena, s, LATEX_NOCASE, NULL, NULL);
        if (utf8_valid(text.text) != text.text.size)
            abort();
        latex_text(&arena, s, LATEX_PLAIN, NULL, NULL);
    }
    arena_free(&arena);
}

/* What is a date is spelled so that it is the same date again. */
static void from_date(Str s)
{
    Arena arena = {0};
    Date date, again;
    if (utf8_valid(s) == s.size && date_parse_written(s, &date)) {
        Str edtf = date_edtf(&arena, &date);
        if (!date_parse(edtf, &again) || !date_equal(&date, &again))
            abort();
    }
    arena_free(&arena);
}

static void from_diff(Str s)
{
    Buf out = {0};
    size_t cut = str_find_byte(s, '\0');
    Diag diag = {.fd = STDERR_FILENO, .least = LEVEL_ERROR};
    Sink *sink = sink_open_memory(&out, NULL, &diag);
    Str a = str_slice(s, 0, cut), b = str_after(s, cut < s.size ? cut + 1 : cut);
    if (diff_write(sink, STR("a"), a, STR("b"), b) == str_equal(a, b))
        abort();
    sink_close(sink, true);
    buf_free(&out);
    diag_free(&diag);
}

/* Three files, NULs between them.  A merge with what nobody changed is what was there. */
static void from_merge(Str s)
{
    size_t first = str_find_byte(s, '\0');
    Str base = str_slice(s, 0, first), ours = str_after(s, first + 1), theirs;
    str_split(&ours, '\0', &theirs);
    Side *sides[] = {side_open(), side_open()};
    const Format *bibtex = registry_find(STR("bibtex"), ROLE_READER);
    Buf written = {0};
    convert(base, &(Choice){.from = bibtex, .into = sides[0]}, &written);
    convert(theirs, &(Choice){.from = bibtex, .into = sides[1]}, &written);
    convert(ours,
            &(Choice){.from = bibtex, .to = bibtex, .base = sides[0], .theirs = sides[1]},
            &written);
    buf_free(&written);
    for (size_t i = 0; i < 2; i++)
        side_close(sides[i]);
}

/* All ways to read markup, on the text and on what came of it. */
static void from_markup(Str s)
{
    enum { WAYS = 2 * MARKUP_ONE_LINE };
    Arena arena = {0};
    if (s.size > 0 && utf8_valid(str_after(s, 1)) == s.size - 1) {
        unsigned how = (unsigned char)s.data[0] % WAYS;
        Text text = markup_read(&arena, text_plain(str_after(s, 1)), how);
        text = markup_read(&arena, text, WAYS - 1 - how);
        if (utf8_valid(text.text) != text.text.size)
            abort();
        for (size_t i = 0; i < text.run_count; i++) {
            const Run *run = &text.runs[i];
            if (run->start > run->end || run->end > text.text.size ||
                (i > 0 && run->start < text.runs[i - 1].start))
                abort();
        }
    }
    arena_free(&arena);
}

/* A style's locale, en-US only. */
static bool give_locale(void *context, Str lang, Str *xml, Str *file)
{
    *xml = *(const Str *)context;
    *file = STR("locale");
    return str_equal(lang, STR("en-US"));
}

static bool give_no_style(void *context, Str id, Str *xml, Str *file)
{
    (void)context, (void)id, (void)xml, (void)file;
    return false;
}

/* Writers of reference lists. */
static const Format *choose_list(unsigned char byte)
{
    for (unsigned n = 0; n < 256; n++) {
        const Format *to = choose((unsigned char)(byte + n), ROLE_WRITER);
        if (to->style != NULL)
            return to;
    }
    abort();
}

/* The writer's byte, then a style, its locale, items and citations, with NULs between. */
static void from_style(Str s)
{
    char name[64];
    Str xml = STR_EMPTY, locale = STR_EMPTY, items = STR_EMPTY, rest = str_after(s, 1);
    if (str_split(&rest, '\0', &xml) && str_split(&rest, '\0', &locale))
        str_split(&rest, '\0', &items);
    StyleSource source = {&locale, give_no_style, give_locale};
    Diag diag = {.fd = open("/dev/null", O_WRONLY | O_CLOEXEC), .least = LEVEL_DETAIL};
    Style *style = style_open(&source, xml, STR("style"), STR_EMPTY, &diag);
    if (style != NULL) {
        int fd = give(rest, name, sizeof name);
        Choice choice = {
            .from = registry_find(STR("csl-json"), ROLE_READER),
            .to = choose_list((unsigned char)s.data[0]),
            .opt = {.style = style, .repair = true, .cite = rest.size > 0 ? name : NULL}};
        Buf written = {0};
        convert(items, &choice, &written);
        buf_free(&written);
        close(fd);
    }
    style_close(style);
    close(diag.fd);
    diag_free(&diag);
}

static const struct Door {
    char letter;
    void (*enter)(Str s);
} DOORS[] = {
    {'3', from_merge},       {'x', from_markup}, {'c', from_conversion},
    {'f', from_fixed_point}, {'s', from_select}, {'k', from_key},
    {'a', from_aux},         {'b', from_bcf},    {'m', from_map},
    {'v', from_venues},      {'l', from_latex},  {'d', from_date},
    {'=', from_diff},        {'y', from_style},
};

/* The helper of the long tail is another program, with tests of its own: it takes part
 * only where somebody put it beside this one. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    char path[4096];
    const char *slash = *argc > 0 ? strrchr((*argv)[0], '/') : NULL;
    int size = slash != NULL ? (int)(slash - (*argv)[0]) : 0;
    snprintf(path, sizeof path, "%.*s/citeconv-bibutils", size > 0 ? size : 1,
             size > 0 ? (*argv)[0] : ".");
    venues = venue_open();
    return setenv("CITECONV_BIBUTILS", path, 1);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size < 2)
        return 0;
    for (size_t i = 0; i < sizeof DOORS / sizeof DOORS[0]; i++) {
        if (data[0] == (unsigned char)DOORS[i].letter)
            DOORS[i].enter((Str){(const char *)data + 1, size - 1});
    }
    return 0;
}
