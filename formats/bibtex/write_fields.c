/* SPDX-License-Identifier: MIT
 * Which tag each field of a record is written under, and in what order: that of the
 * table, so that two versions of a file differ where their records do.
 *
 * A record that came from a file of this language by way of another format brings hints
 * (Field.tag, shadows): with them the tags of the source come back, and titles that were
 * joined part again. */
#include "formats/bibtex/write.h"
#include "formats/bibtex/read.h"
#include "formats/tags.h"

#include <stdlib.h>
#include <string.h>

/* A field and its tag. */
typedef struct TagLine {
    size_t rank, index; /* of the row; of the field */
    Str tag;
    int how;
} TagLine;

typedef struct TagLines {
    TagLine *items;
    size_t count;
    size_t *rest, rest_count; /* fields for which Zotero has no tag */
} TagLines;

static bool is_used(const TagLines *lines, Str tag)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (str_equal_nocase(lines->items[i].tag, tag))
            return true;
    }
    return false;
}

/* Tags of titles that biblatex swaps: see fields.c. */
static bool is_title_tag(Str tag, FieldId id)
{
    static const char *const TAGS[] = {"title", "booktitle", "maintitle", "issuetitle"};
    if (id == FIELD_CONTAINER_TITLE_SHORT) /* beside fjournal */
        return str_equal_nocase(tag, STR("journal")) ||
               str_equal_nocase(tag, STR("journaltitle"));
    if (id != FIELD_TITLE && id != FIELD_CONTAINER_TITLE && id != FIELD_VOLUME_TITLE)
        return false;
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (str_equal_nocase(tag, str_from(TAGS[i])))
            return true;
    }
    return false;
}

/* The row that the hint names, where it means this field. */
static const FieldTag *hinted_row(const Entry *e, const Field *field, Str tag)
{
    Kind kind = e->v->rec->kind;
    const FieldTag *row = tags_field(e->w->tags, tag, kind);
    if (row == NULL || row->field == field->id)
        return row;
    for (row = tags_fields(e->w->tags); row->tag != NULL; row++) {
        if (row->field == field->id && (row->kinds & KINDS_OF(kind)) != 0 &&
            str_equal_nocase(str_from(row->tag), tag))
            return row;
    }
    return NULL;
}

/* "can't use both volume and number": outside of journals one of them has to have
 * another name. */
static bool number_clashes(const Entry *e, const FieldTag *row)
{
    Kind kind = e->v->rec->kind;
    const Record *rec = e->v->rec;
    if (strcmp(row->tag, "number") != 0)
        return false;
    if (row->field == FIELD_ISSUE && kind == KIND_PAPER_CONFERENCE &&
        record_find(rec, FIELD_COLLECTION_TITLE) != NULL)
        return true; /* it would be read as the series' */
    bool article = kind == KIND_REPORT || kind == KIND_ARTICLE_JOURNAL ||
                   kind == KIND_ARTICLE_MAGAZINE || kind == KIND_ARTICLE_NEWSPAPER;
    return !article && !e->own && !e->state->latex && !e->state->zotero &&
           record_find(rec, FIELD_VOLUME) != NULL;
}

/* Where eprint and what belongs to it may be written: biblatex's and arXiv's own. */
static bool is_eprint_archive(const Entry *e)
{
    static const char *const ARCHIVES[] = {"arxiv",   "jstor", "pubmed", "googlebooks",
                                           "hdl",     "mr",    "zbl",    "biorxiv",
                                           "medrxiv", "ssrn",  "hal",    "iacr"};
    Str archive = record_text(e->v->rec, FIELD_ARCHIVE);
    for (size_t i = 0; i < sizeof ARCHIVES / sizeof ARCHIVES[0]; i++) {
        if (str_equal_nocase(archive, str_from(ARCHIVES[i])))
            return true;
    }
    return false;
}

/* Whether the row is no row of the format's, but of the user's map. */
static bool is_asked(const FieldTag *row, Kind kind)
{
    const FieldTag *own = BIBTEX_FIELDS;
    if (row == NULL)
        return false;
    while (own->tag != NULL &&
           (own->field != row->field || (own->kinds & KINDS_OF(kind)) == 0))
        own++;
    return own->tag == NULL || strcmp(own->tag, row->tag) != 0;
}

/* Its row's place in the table, or that of the row which its tag has there. */
static size_t rank_of(const Entry *e, const FieldTag *row)
{
    const FieldTag *rows = tags_fields(e->w->tags);
    size_t count = 0;
    if (!e->state->zotero) /* who has rows of his own */
        return (size_t)(row - rows);
    while (rows[count].tag != NULL) {
        if (&rows[count] == row)
            return count;
        count++;
    }
    row = tags_field(e->w->tags, str_from(row->tag), e->v->rec->kind);
    return row != NULL ? (size_t)(row - rows) : SIZE_MAX - 1;
}

static const FieldTag *default_row(Entry *e, const Field *field, const TagLines *lines)
{
    Kind kind = e->v->rec->kind;
    const FieldTag *row = tags_row(e->w->tags, field->id, kind);
    const FieldTag *other = e->state->zotero ? zotero_row(e->v->rec, field->id) : NULL;
    if (other != NULL && !is_asked(row, kind) && !is_used(lines, str_from(other->tag)))
        return other;
    for (; row != NULL && row->tag != NULL; row++) {
        bool fits = row->field == field->id && (row->kinds & KINDS_OF(kind)) != 0;
        if (fits && row->how == HOW_EPRINT && !e->own && !is_eprint_archive(e))
            return NULL;
        if (fits && row->how != HOW_FULL_JOURNAL && !number_clashes(e, row) &&
            !is_used(lines, str_from(row->tag)) && !apart_is_taken(e, str_from(row->tag)))
            return row;
    }
    return NULL;
}

static void add_line(Entry *e, TagLines *lines, size_t index)
{
    const Field *field = &e->v->rec->fields[index];
    const FieldTag *row = NULL;
    Str hint = e->own ? own_tag(e, field->tag) : STR_EMPTY;
    TagLine line = {.index = index, .rank = SIZE_MAX, .tag = hint, .how = HOW_DATE};
    if (hint.size > 0)
        row = hinted_row(e, field, hint);
    bool title = hint.size > 0 && is_title_tag(hint, field->id);
    bool web = field->id == FIELD_URL && str_equal_nocase(hint, STR("howpublished"));
    bool pubmed = field->id == FIELD_PMID && str_equal_nocase(hint, STR("eprint"));
    if (web || pubmed) {
        line.how = web ? HOW_URL : HOW_VERBATIM;
    } else if (title) {
        row = tags_row(e->w->tags, FIELD_TITLE, e->v->rec->kind);
        line.how = HOW_TITLE;
        line.rank = row != NULL ? (size_t)(row - tags_fields(e->w->tags)) : 0;
    } else if (row != NULL && !is_used(lines, hint)) {
        line.how = row->how;
        line.rank = (size_t)(row - tags_fields(e->w->tags));
    } else {
        row = default_row(e, field, lines);
        line.tag = row != NULL ? str_from(row->tag) : str_from(field_name(field->id));
        line.how = row != NULL ? row->how : HOW_DATE;
        line.rank = row != NULL ? rank_of(e, row) : SIZE_MAX - 1;
    }
    bool known = !e->state->zotero ||
                 zotero_knows(e->v->rec->kind, field->id, line.tag) ||
                 is_asked(row, e->v->rec->kind);
    if (e->state->zotero && zotero_repeats(e->v->rec, field))
        view_take_at(e->v, index);
    else if (!known)
        lines->rest[lines->rest_count++] = index;
    else if (!is_used(lines, line.tag))
        lines->items[lines->count++] = line;
}

static int compare_lines(const void *a, const void *b)
{
    const TagLine *one = a, *other = b;
    if (one->rank != other->rank)
        return one->rank < other->rank ? -1 : 1;
    return one->index < other->index ? -1 : one->index > other->index;
}

/* Titles that part again. */

static const Field *find_shadow(const Record *rec, const char *tag)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id == FIELD_OTHER && field->shadow &&
            str_equal_nocase(field->tag, str_from(tag)))
            return field;
    }
    return NULL;
}

/* The text from `start` on, or before it, with its runs. */
static Text text_part(Arena *arena, const Text *text, size_t start, size_t end)
{
    Text part = {.text = str_slice(text->text, start, end)};
    Run *runs =
        text->run_count > 0 ? arena_alloc(arena, text->run_count * sizeof *runs) : NULL;
    for (size_t i = 0; i < text->run_count; i++) {
        Run run = text->runs[i];
        if (run.start >= end || run.end <= start)
            continue;
        run.start = run.start > start ? run.start - start : 0;
        run.end = (run.end < end ? run.end : end) - start;
        runs[part.run_count++] = run;
    }
    part.runs = runs;
    return part;
}

/* Cuts what a shadow says off a title's end, if it stands there; the part that was cut.
 */
static bool cut_tail(Arena *arena, Text *title, Str tail, char mark, Text *part)
{
    size_t size = title->text.size;
    if (tail.size == 0 || size <= tail.size + 1 || !str_ends(title->text, tail) ||
        title->text.data[size - tail.size - 1] != ' ')
        return false;
    size_t start = size - tail.size, end = start - 1;
    if (title->text.data[end - 1] == mark)
        end--;
    *part = text_part(arena, title, start, size);
    *title = text_part(arena, title, 0, end);
    /* else it would not be joined the same way again */
    return true;
}

static const struct Bundle {
    const char *tag, *sub, *addon;
} BUNDLES[] = {
    {"title", "subtitle", "titleaddon"},
    {"booktitle", "booksubtitle", "booktitleaddon"},
    {"maintitle", "mainsubtitle", "maintitleaddon"},
    {"issuetitle", "issuesubtitle", "issuetitleaddon"},
    {"journaltitle", "journalsubtitle", NULL},
    {"journal", "journalsubtitle", NULL},
};

static void put_bundle(Entry *e, const TagLine *line, const Field *field)
{
    const Record *rec = e->v->rec;
    Text title = field->text, parts[2];
    const char *tags[2] = {NULL, NULL};
    for (size_t i = 0; i < sizeof BUNDLES / sizeof BUNDLES[0]; i++) {
        if (!str_equal_nocase(line->tag, str_from(BUNDLES[i].tag)))
            continue;
        const Field *addon =
            BUNDLES[i].addon != NULL ? find_shadow(rec, BUNDLES[i].addon) : NULL;
        const Field *sub = find_shadow(rec, BUNDLES[i].sub);
        if (addon != NULL && cut_tail(e->arena, &title, addon->text.text, '.', &parts[1]))
            tags[1] = BUNDLES[i].addon;
        if (sub != NULL && cut_tail(e->arena, &title, sub->text.text, ':', &parts[0]))
            tags[0] = BUNDLES[i].sub;
    }
    put_field(e, line->tag, line->how, field, &title);
    for (size_t i = 0; i < 2; i++) {
        if (tags[i] != NULL)
            put_field(e, str_from(tags[i]), HOW_TITLE, field, &parts[i]);
    }
}

static bool is_bundle_part(Str tag)
{
    for (size_t i = 0; i < sizeof BUNDLES / sizeof BUNDLES[0]; i++) {
        if (str_equal_nocase(tag, str_from(BUNDLES[i].sub)) ||
            str_equal_nocase(tag, str_from(BUNDLES[i].addon)))
            return true;
    }
    return false;
}

/* Lines. */

static void put_language(Entry *e, const TagLine *line, const Field *field)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *other = &rec->fields[i];
        if (other->id == FIELD_OTHER && other->shadow &&
            str_equal(language_code(other->text.text), field->text.text)) {
            put_field(e, line->tag, HOW_TEXT, other, NULL);
            return;
        }
    }
    put_field(e, line->tag, HOW_TEXT, field, NULL);
}

/* As the number or string that it was made of. */
static void put_series(Entry *e, const TagLine *line, const Field *field)
{
    const Field *shadow = find_shadow(e->v->rec, "series");
    bool same = shadow != NULL &&
                str_equal(series_text(e->arena, shadow->text.text), field->text.text);
    put_field(e, line->tag, HOW_TEXT, same ? shadow : field, NULL);
}

static void put_line(Entry *e, const TagLine *line)
{
    const Field *field = &e->v->rec->fields[line->index];
    if (field->id == FIELD_KEYWORD) {
        put_keywords(e, line->tag);
        return;
    }
    view_take_at(e->v, line->index);
    if (field->id == FIELD_URL && str_equal_nocase(line->tag, STR("howpublished"))) {
        Str url = arena_join(e->arena, STR("\\url{"), field->text.text, STR("}"));
        put_verbatim(e, line->tag, url);
    } else if (e->own && field->form == FORM_TEXT &&
               (field->id == FIELD_TITLE || field->id == FIELD_CONTAINER_TITLE ||
                field->id == FIELD_VOLUME_TITLE)) {
        put_bundle(e, line, field);
    } else if (e->own && field->id == FIELD_LANGUAGE) {
        put_language(e, line, field);
    } else if (e->own && field->id == FIELD_COLLECTION_TITLE) {
        put_series(e, line, field);
    } else {
        put_field(e, line->tag, line->how, field, NULL);
    }
}

/* A tag made of what names of fields hold. */
static Str legal_tag(Arena *arena, Str tag)
{
    char *legal = arena_alloc(arena, tag.size + 2);
    size_t size = 0;
    if (tag.size == 0 || byte_is_digit(tag.data[0]))
        legal[size++] = 'x';
    for (size_t i = 0; i < tag.size; i++) {
        char c = tag.data[i];
        bool fine =
            byte_is_alpha(c) || byte_is_digit(c) || strchr("-_.:+/*?!", c) != NULL;
        legal[size++] = fine && c != '\0' ? c : '-';
    }
    return (Str){legal, size};
}

/* For Zotero, which drops tags it does not know: under the tag where that is of BibTeX
 * and known, else in the note.  What is a shadow stands in another field. */
static void put_other_plainly(Entry *e, TagLines *lines, size_t index, Str tag, int how)
{
    const Record *rec = e->v->rec;
    const Field *field = &rec->fields[index];
    bool known = str_starts(rec->origin, STR("bib")) && zotero_knows_other(tag) &&
                 !is_used(lines, tag);
    if (field->shadow || known)
        view_take_at(e->v, index);
    else
        lines->rest[lines->rest_count++] = index;
    if (known && !field->shadow)
        put_field(e, tag, how, field, NULL);
}

/* Its own word, or what hints.c makes that of again. */
static Str other_tag(const Entry *e, Str tag)
{
    if (e->own)
        return legal_tag(e->arena, own_tag(e, tag));
    tag = legal_tag(e->arena, tag);
    bool ours = str_equal_nocase(tag, STR(OWN_KIND)) ||
                str_equal_nocase(tag, STR(OWN_HINTS)) || apart_base(tag) < tag.size;
    return ours ? arena_join(e->arena, tag, STR_EMPTY, STR(".1")) : tag;
}

/* What nobody has a word for, under its own. */
static void put_others(Entry *e, TagLines *lines)
{
    const Record *rec = e->v->rec;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id != FIELD_OTHER || e->v->taken[i])
            continue;
        if (!e->own && !e->w->opt->carry)
            continue;
        Str tag = other_tag(e, field->tag);
        bool part = e->own && is_bundle_part(tag);
        const FieldTag *row = tags_field(e->w->tags, tag, rec->kind);
        int how = row != NULL && row->how == HOW_VERBATIM ? HOW_VERBATIM : HOW_LINES;
        if (e->state->zotero) {
            put_other_plainly(e, lines, i, tag, how);
            continue;
        }
        bool language = e->own && row != NULL && row->how == HOW_LANGUAGE;
        /* what it gave stands in the record, and it itself is in no other format */
        bool followed = e->own && !e->written && str_equal_nocase(tag, STR("xdata"));
        view_take_at(e->v, i);
        if (field->shadow && (part || language || followed || is_used(lines, tag)))
            continue; /* written with the field that it stands in, or outdated */
        e->repeats = e->own && !own_is_other(e); /* as its file had it */
        put_field(e, tag, how, field, NULL);
        e->repeats = false;
    }
}

void fields_put(Entry *e, Str type)
{
    const Record *rec = e->v->rec;
    size_t most = rec->count + 1;
    TagLines lines = {.items = arena_alloc(e->arena, most * sizeof(TagLine)),
                      .rest = arena_alloc(e->arena, most * sizeof(size_t))};
    bool keywords = false;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (e->v->taken[i] || field->id == FIELD_OTHER ||
            (field->id == FIELD_KEYWORD && keywords))
            continue;
        keywords = keywords || field->id == FIELD_KEYWORD;
        /* biblatex's @thesis says not which one */
        bool vague = !e->written && !str_equal_nocase(field->tag, type);
        if (e->own && field->id == FIELD_GENRE && field->tag.size > 0 && !vague &&
            str_equal_nocase(own_type(e, field->tag), type))
            view_take_at(e->v, i); /* the type says it */
        else
            add_line(e, &lines, i);
    }
    qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    for (size_t i = 0; i < lines.count; i++)
        put_line(e, &lines.items[i]);
    put_others(e, &lines);
    if (e->state->zotero)
        zotero_rest(e, is_used(&lines, STR("annote")) ? STR("review") : STR("annote"),
                    lines.rest, lines.rest_count);
}
