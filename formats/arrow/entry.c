/* SPDX-License-Identifier: MIT
 * From the parts of an entry to the fields of a record; see entry.h. */
#include "formats/arrow/entry.h"
#include "convert/base/memory.h"
#include "convert/text/latex_found.h"
#include "convert/text/markup.h"
#include "convert/text/repair.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SCRAPED = MARKUP_HTML | MARKUP_REFERENCES | MARKUP_LOOSE | MARKUP_TEX };

enum { AUTHORS_SHOWN = 8 }; /* the page cuts its lists here */

/* Paragraphs. */

void paragraph_begin(Paragraph *p)
{
    buf_clear(&p->text);
    p->count = 0;
}

/* "pre- and post-training": a blank stands behind such a hyphen. */
static bool is_hanging(Str word)
{
    return str_equal(word, STR("and")) || str_equal(word, STR("or")) ||
           str_equal(word, STR("to")) || str_equal(word, STR("und"));
}

/* A browser breaks lines after a hyphen or dash within words, and anywhere in Chinese:
 * no blank stood there. */
static bool joins_bare(Str before, Str after)
{
    if (before.size == 0 || after.size == 0)
        return true;
    Str rest = after, word = STR_EMPTY;
    str_word(&rest, &word);
    uint32_t last = utf8_last(&before);
    uint32_t first = utf8_next(&after);
    bool cjk = (unicode_is_han(last) || unicode_is_kana(last)) &&
               (unicode_is_han(first) || unicode_is_kana(first));
    if (cjk || before.size == 0)
        return cjk;
    /* w3m breaks addresses at slashes, and TeX behind a backslash. */
    if (first == '/' || last == '\\' || (first == '\\' && unicode_is_digit(last)))
        return true;
    if (last == '/')
        return !unicode_is_space(utf8_last(&before));
    if (is_hanging(word))
        return false;
    bool hyphen = last == '-' || last == 0x2010 || last == 0x2011 || last == 0x2014;
    uint32_t inner = utf8_last(&before);
    return hyphen && (unicode_is_letter(inner) || unicode_is_digit(inner)) &&
           (unicode_is_letter(first) || unicode_is_digit(first));
}

void paragraph_add(Paragraph *p, Str line, Place place)
{
    if (!joins_bare(buf_str(&p->text), line))
        buf_add_byte(&p->text, ' ');
    if (p->count == p->capacity) {
        p->capacity = memory_grown(p->capacity, p->count + 1);
        p->joints = memory_resize(p->joints, p->capacity * sizeof *p->joints);
    }
    p->joints[p->count++] = (Joint){.at = p->text.size, .place = place};
    buf_add(&p->text, line);
}

void paragraph_free(Paragraph *p)
{
    buf_free(&p->text);
    free(p->joints);
    *p = (Paragraph){0};
}

/* Walks along a paragraph from repair to repair, so that no character is counted
 * twice. */
typedef struct Telling {
    Diag *diag;
    const Paragraph *paragraph;
    size_t joint, at; /* where `place` is */
    Place place;
} Telling;

static Place place_of(Telling *t, size_t at)
{
    const Paragraph *p = t->paragraph;
    while (t->joint + 1 < p->count && p->joints[t->joint + 1].at <= at) {
        t->joint++;
        t->at = p->joints[t->joint].at;
        t->place = p->joints[t->joint].place;
    }
    t->place.col += utf8_count(str_slice(buf_str(&p->text), t->at, at));
    t->at = at > t->at ? at : t->at;
    return t->place;
}

/* Text. */

static void tell_repair(void *context, const Repair *repair)
{
    Telling *t = context;
    if (!diag_shows(t->diag, LEVEL_DETAIL))
        return; /* finding the place takes longer than the repair */
    diag_report(t->diag, LEVEL_DETAIL, "repaired", place_of(t, repair->at),
                "%s: '%.*s' -> '%.*s'", repair->rule, STR_ARG(repair->before),
                STR_ARG(repair->after));
}

/* LaTeX is told of where its paragraph begins: what was mended has moved it. */
static void tell_latex(void *context, const Repair *repair)
{
    const Telling *t = context;
    Telling start = {.diag = t->diag, .paragraph = t->paragraph, .place = t->place};
    Repair at_start = *repair;
    at_start.at = 0;
    tell_repair(&start, &at_start);
}

/* Scraped text as text: mended, LaTeX, entities and inline tags read, math found. */
static Text text_of(const Entry *e, const Paragraph *p)
{
    Arena *arena = &e->rec->arena;
    Str s = arena_copy(arena, buf_str(&p->text));
    Telling telling = {.diag = e->r->diag, .paragraph = p, .place = p->joints[0].place};
    Telling latex = telling;
    if (e->r->opt->repair)
        s = repair_text(arena, s, tell_repair, &telling);
    s = unicode_nfc(arena, s);
    Text text =
        e->r->opt->repair ? latex_found(arena, s, tell_latex, &latex) : text_plain(s);
    text = text_find_math(arena, markup_read(arena, text, SCRAPED));
    return e->r->opt->repair ? latex_found_dollars(arena, text) : text;
}

void entry_title(Entry *e, const Paragraph *p)
{
    record_add_text(e->rec, FIELD_TITLE, STR("title"), p->joints[0].place, text_of(e, p));
}

static void add_run(Abstract *abstract, Run run, size_t shift)
{
    if (abstract->run_count == abstract->run_capacity) {
        abstract->run_capacity =
            memory_grown(abstract->run_capacity, abstract->run_count + 1);
        abstract->runs =
            memory_resize(abstract->runs, abstract->run_capacity * sizeof(Run));
    }
    run.start += shift;
    run.end += shift;
    abstract->runs[abstract->run_count++] = run;
}

void entry_abstract(Entry *e, const Paragraph *p)
{
    Abstract *abstract = e->abstract;
    Text text = text_of(e, p);
    if (text.text.size == 0)
        return; /* it was a journal page's buttons and nothing else */
    if (abstract->text.size == 0)
        e->abstract_at = p->joints[0].place;
    else
        buf_add(&abstract->text, STR("\n\n"));
    for (size_t i = 0; i < text.run_count; i++)
        add_run(abstract, text.runs[i], abstract->text.size);
    buf_add(&abstract->text, text.text);
}

/* All paragraphs as one text, with an empty line between. */
static Text whole_abstract(const Entry *e)
{
    const Abstract *abstract = e->abstract;
    Run *runs = arena_alloc(&e->rec->arena, abstract->run_count * sizeof *runs);
    if (abstract->run_count > 0)
        memcpy(runs, abstract->runs, abstract->run_count * sizeof *runs);
    return (Text){.text = arena_copy(&e->rec->arena, buf_str(&abstract->text)),
                  .runs = runs,
                  .run_count = abstract->run_count};
}

void abstract_free(Abstract *abstract)
{
    buf_free(&abstract->text);
    free(abstract->runs);
    *abstract = (Abstract){0};
}

/* The venue. */

static void add_plain(Entry *e, FieldId id, const char *tag, Place place, Str text)
{
    if (text.size > 0)
        record_add_text(e->rec, id, str_from(tag), place, text_plain(text));
}

/* What the table says stands for the page's word, which stays as the short title. */
static void add_venue(Entry *e, const Heading *h, Str venue, Place place)
{
    const Options *opt = e->r->opt;
    Arena *arena = &e->rec->arena;
    const char *choice = option_value(opt, "arrow", "venues");
    bool verbatim = choice != NULL && strcmp(choice, "verbatim") == 0;
    VenueFacts facts = {0};
    Str title = venue;
    if (!verbatim && venue_find(opt->venues, arena, venue, h->year, &facts)) {
        title = facts.title.size > 0 && !h->workshop ? facts.title : facts.name;
        add_plain(e, FIELD_CONTAINER_TITLE, "venue", place, title);
        if (venue.size < title.size)
            add_plain(e, FIELD_CONTAINER_TITLE_SHORT, "venue", place, venue);
        else if (!str_equal_nocase(title, venue))
            diag_report(e->r->diag, LEVEL_NOTE, "venue-renamed", place,
                        "venue '%.*s' is written as its title, '%.*s'", STR_ARG(venue),
                        STR_ARG(title));
        if (!h->workshop) {
            add_plain(e, FIELD_VOLUME, "venue", place, facts.volume);
            add_plain(e, FIELD_ISSN, "venue", place, facts.issn);
        }
    } else {
        if (!verbatim)
            diag_report(e->r->diag, LEVEL_DETAIL, "unknown-venue", place,
                        "venue '%.*s' is in no table for %d; kept as it is",
                        STR_ARG(venue), h->year);
        add_plain(e, FIELD_CONTAINER_TITLE, "venue", place, title);
    }
    if (e->rec->kind == KIND_PAPER_CONFERENCE || e->rec->kind == KIND_SPEECH)
        add_plain(e, FIELD_EVENT_TITLE, "venue", place,
                  h->year > 0 ? arena_format(arena, "%.*s %d", STR_ARG(venue), h->year)
                              : venue);
}

/* "ICML 2021" and nothing more: by the table, or a paper as most are. */
static Kind kind_of_venue(const Entry *e, Str venue, int year)
{
    VenueFacts facts = {0};
    bool journal = venue_find(e->r->opt->venues, &e->rec->arena, venue, year, &facts) &&
                   facts.kind == VENUE_JOURNAL;
    return journal ? KIND_ARTICLE_JOURNAL : KIND_PAPER_CONFERENCE;
}

static void report_heading(const Entry *e, const Heading *h, Place place)
{
    Diag *diag = e->r->diag;
    if (h->year == 0)
        diag_report(diag, LEVEL_NOTE, "missing-field", place, "the heading has no year");
    if (h->venue.size == 0)
        diag_report(diag, LEVEL_NOTE, "missing-field", place, "the heading has no venue");
    if (h->kind_known)
        return;
    if (h->kind_word.size > 0)
        diag_report(diag, LEVEL_WARNING, "unknown-kind", place,
                    "'%.*s' is no known kind of venue; taken for %s by its label '%.*s'",
                    STR_ARG(h->kind_word), kind_name(h->kind), STR_ARG(h->label));
    else
        diag_report(diag, LEVEL_WARNING, "unknown-kind", place,
                    "the heading has no word for the kind of venue; taken for %s",
                    kind_name(e->rec->kind));
}

void entry_heading(Entry *e, const Heading *h, Place place)
{
    Arena *arena = &e->rec->arena;
    buf_clear(&e->abstract->text);
    e->abstract->run_count = 0;
    e->rec->kind =
        h->kind != KIND_DOCUMENT ? h->kind : kind_of_venue(e, h->venue, h->year);
    e->rec->place = place;
    e->authors_at = place;
    if (h->venue.size > 0)
        add_venue(e, h, arena_copy(arena, h->venue), place);
    if (h->year > 0)
        record_add(e->rec, FIELD_ISSUED, STR("year"), place)->date = date_year(h->year);
    if (!h->plain)
        add_plain(e, FIELD_GENRE, "label", place, arena_copy(arena, h->label));
    report_heading(e, h, place);
}

/* Authors. */

/* "et al." and "others" are no people: they say that the list is cut. */
static bool is_others(Str words)
{
    static const char *const OTHERS[] = {
        "et al",      "et al.",   "et. al.", "et alii", "others",      "and others",
        "... others", "and more", "…",       "...",     "and others…", "more"};
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        if (str_equal_nocase(words, str_from(OTHERS[i])))
            return true;
    }
    /* "and 12 others", "+12 more" */
    Str rest = words, word;
    bool number = false;
    while (str_word(&rest, &word)) {
        Str digits = word.data[0] == '+' ? str_after(word, 1) : word;
        bool all = digits.size > 0;
        for (size_t i = 0; i < digits.size; i++)
            all = all && byte_is_digit(digits.data[i]);
        if (all)
            number = true;
        else if (number)
            return str_equal_nocase(word, STR("others")) ||
                   str_equal_nocase(word, STR("more")) ||
                   str_equal_nocase(word, STR("authors"));
        else if (!str_equal_nocase(word, STR("and")))
            return false;
    }
    return false;
}

static void add_author(Entry *e, Name name)
{
    if (e->author_count == e->author_capacity) {
        size_t capacity = e->author_capacity > 0 ? e->author_capacity * 2 : 12;
        Name *more = arena_alloc(&e->rec->arena, capacity * sizeof *more);
        if (e->author_count > 0)
            memcpy(more, e->authors, e->author_count * sizeof *more);
        e->authors = more;
        e->author_capacity = capacity;
    }
    e->authors[e->author_count++] = name;
}

static void report_oddity(Diag *diag, NameOddity oddity, Str words, Place place)
{
    static const char *const WHY[] = {
        [NAME_ORGANISATION_FIRST] = "begins with what seems to be an organisation",
        [NAME_DIGITS] = "holds a number",
        [NAME_SYMBOLS] = "holds signs that names do not",
    };
    if (oddity != NAME_FINE)
        diag_report(diag, LEVEL_WARNING, "odd-name", place,
                    "name '%.*s' %s; kept as it is", STR_ARG(words), WHY[oddity]);
}

void entry_author(Entry *e, Str words, Place place)
{
    Arena *arena = &e->rec->arena;
    if (words.size == 0)
        return;
    if (e->author_count == 0 && !e->cut)
        e->authors_at = place;
    e->last_author_at = place;
    if (is_others(words)) {
        e->cut = true;
        return;
    }
    NameOddity oddity = NAME_FINE;
    /* Entities stand in names, too ("S&oslash;ren"), but no markup. */
    Str copy = unicode_nfc(
        arena, markup_read(arena, text_plain(arena_copy(arena, words)), SCRAPED).text);
    Name name = name_parse(copy, &oddity);
    report_oddity(e->r->diag, oddity, copy, place);
    if (e->cluster != NULL && name_equal(arena, &name, e->cluster))
        e->cluster_listed = true;
    add_author(e, name);
}

static Name copy_name(Arena *arena, const Name *name)
{
    return (Name){
        .given = arena_copy(arena, name->given),
        .dropping = arena_copy(arena, name->dropping),
        .non_dropping = arena_copy(arena, name->non_dropping),
        .family = arena_copy(arena, name->family),
        .suffix = arena_copy(arena, name->suffix),
        .literal = arena_copy(arena, name->literal),
        .homonym = arena_copy(arena, name->homonym),
    };
}

/* Whoever's page it is wrote the paper: not being shown means being cut off. */
static Cut judge_cut(Entry *e)
{
    size_t shown = e->author_count;
    if (e->cluster != NULL && !e->cluster_listed) {
        Name cluster = copy_name(&e->rec->arena, e->cluster);
        Str natural = name_natural(&e->rec->arena, &cluster);
        add_author(e, cluster);
        if (shown == 0)
            diag_report(e->r->diag, LEVEL_WARNING, "authors-cut", e->authors_at,
                        "no authors are shown; %.*s, whose page it is, is added",
                        STR_ARG(natural));
        else
            diag_report(
                e->r->diag, LEVEL_WARNING, "authors-cut", e->authors_at,
                "the author list is cut short: %zu shown without %.*s, now added last",
                shown, STR_ARG(natural));
        return CUT_CERTAIN;
    }
    if (e->cut) {
        diag_report(e->r->diag, LEVEL_NOTE, "authors-cut", e->last_author_at,
                    "the author list says itself that it is cut short");
        return CUT_CERTAIN;
    }
    if (shown == AUTHORS_SHOWN) {
        diag_report(e->r->diag, LEVEL_NOTE, "authors-maybe-cut", e->authors_at,
                    "the author list may be cut short: %zu is the most the page shows",
                    shown);
        return CUT_POSSIBLE;
    }
    return CUT_NO;
}

void entry_end(Entry *e)
{
    Cut cut = judge_cut(e);
    if (e->author_count > 0) {
        Field *field = record_add(e->rec, FIELD_AUTHOR, STR("author"), e->authors_at);
        field->names = (Names){.items = e->authors, .count = e->author_count, .cut = cut};
    }
    if (e->abstract->text.size > 0)
        record_add_text(e->rec, FIELD_ABSTRACT, STR("abstract"), e->abstract_at,
                        whole_abstract(e));
}
