/* SPDX-License-Identifier: MIT
 * Reading RIS: the tags of 2001 and of 2011, and the habits of those who write it.
 *
 * What a tag means depends on the type, and the table (ris.c) says it; here stand the
 * tags whose meaning depends on their value or on what else the record has. */
#include "convert/record/ident.h"
#include "formats/ris/read.h"
#include "formats/tags.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Fields. */

void draft_say(Draft *d, Level level, const char *id, const Item *item,
               const char *format, ...)
{
    va_list arguments;
    Buf text = {0}, value = {0};
    if (!diag_shows(d->r->diag, level)) {
        diag_report(d->r->diag, level, id, item->place, "%s", "");
        return;
    }
    char *line = buf_reserve(&text, 512);
    va_start(arguments, format);
    vsnprintf(line, 512, format, arguments);
    va_end(arguments);
    Str excerpt = diag_excerpt(&value, item->value, 60);
    diag_report(d->r->diag, level, id, item->place, "%.*s '%.*s': %s", STR_ARG(item->tag),
                STR_ARG(excerpt), line);
    buf_free(&text);
    buf_free(&value);
}

const FieldTag *draft_row(const Draft *d, Str tag)
{
    return tags_field(d->r->tags, tag, d->rec->kind);
}

Field *draft_add(Draft *d, FieldId id, const Item *item)
{
    Field *field = record_add(d->rec, id, item->tag, item->place);
    field->written = item->written;
    if (d->first[id] == 0)
        d->first[id] = d->rec->count;
    return field;
}

void draft_other(Draft *d, const Item *item, Str value)
{
    if (value.size == 0)
        return;
    Field *field = draft_add(d, FIELD_OTHER, item);
    field->form = FORM_TEXT;
    field->text = text_plain(value);
}

bool draft_text(Draft *d, FieldId id, const Item *item, Text text)
{
    if (text.text.size == 0)
        return false;
    const Field *fields = d->rec->fields; /* NULL before the first */
    if (d->first[id] > 0 && fields != NULL) {
        const Field *before = &fields[d->first[id] - 1];
        if (before->form == FORM_TEXT && str_equal(before->text.text, text.text))
            return false;
        draft_say(d, LEVEL_NOTE, "repeated-tag", item,
                  "the record has another %s; kept as it is", field_name(id));
        draft_other(d, item, item->value);
        return false;
    }
    Field *field = draft_add(d, id, item);
    field->form = FORM_TEXT;
    field->text = text;
    return true;
}

/* Values that need a look. */

static void read_doi(Draft *d, const Item *item, FieldId id)
{
    Str doi = ident_doi(&d->rec->arena, item->value);
    if (doi.size == 0)
        doi = ident_find_doi(&d->rec->arena, item->value);
    if (doi.size > 0) {
        if (d->first[FIELD_DOI] > 0 &&
            str_equal_nocase(d->rec->fields[d->first[FIELD_DOI] - 1].text.text, doi))
            return;
        draft_text(d, FIELD_DOI, item, text_plain(doi));
    } else if (id == FIELD_DOI && str_equal(item->tag, STR("DO"))) {
        draft_say(d, LEVEL_NOTE, "odd-identifier", item, "this is no DOI; kept as it is");
        draft_text(d, FIELD_DOI, item, text_plain(item->value));
    } else {
        draft_other(d, item, item->value);
    }
}

/* A DOI is known by its form wherever it stands: M3, UR, L3. */
static bool is_doi(Str s)
{
    return str_starts_nocase(s, STR("doi")) || str_starts(s, STR("10.")) ||
           (str_starts_nocase(s, STR("http")) && str_contains(s, STR("doi.org/10.")));
}

static void read_url(Draft *d, const Item *item)
{
    Text url = ris_read_html(&d->rec->arena, item->value);
    if (str_starts_nocase(url.text, STR("doi:")) || str_starts(url.text, STR("10."))) {
        read_doi(d, item, FIELD_URL);
        return;
    }
    if (d->first[FIELD_URL] > 0) {
        if (!str_equal(d->rec->fields[d->first[FIELD_URL] - 1].text.text, url.text))
            draft_other(d, item, item->value); /* usual, and nothing to say */
        return;
    }
    draft_text(d, FIELD_URL, item, text_plain(url.text));
    if (is_doi(url.text) && d->first[FIELD_DOI] == 0) {
        for (size_t i = 0; i < d->count; i++) {
            if (str_equal(d->items[i].tag, STR("DO")))
                return;
        }
        Str doi = ident_doi(&d->rec->arena, url.text);
        if (doi.size > 0)
            draft_text(d, FIELD_DOI, item, text_plain(doi));
    }
}

/* An only keyword with a comma is written twice, so that Zotero does not split it. */
static bool is_twin(const Draft *d, Str keyword)
{
    const Field *last = &d->rec->fields[d->rec->count - 1];
    return last->id == FIELD_KEYWORD && str_equal(last->text.text, keyword) &&
           str_find_byte(keyword, ',') < keyword.size;
}

static void add_keyword(Draft *d, const Item *item, Text text)
{
    if (text.text.size > 0 && (d->rec->count == 0 || !is_twin(d, text.text)))
        draft_add(d, FIELD_KEYWORD, item)->text = text;
}

/* One a line by the book; Zotero and others take ";" for a border, too. */
static void read_keywords(Draft *d, const Item *item)
{
    Str lines = item->value, line, piece;
    bool split = false;
    while (str_split(&lines, '\n', &line)) {
        Str rest = ris_read_html(&d->rec->arena, line).text;
        if (str_find_byte(rest, ';') == rest.size) {
            add_keyword(d, item, ris_read_text(&d->rec->arena, str_trim(line)));
            continue;
        }
        split = true;
        while (str_split(&rest, ';', &piece))
            add_keyword(d, item, text_plain(str_trim(piece)));
    }
    if (split)
        draft_say(d, LEVEL_NOTE, "keyword-split", item, "split at semicolons");
}

/* Ours: "The source cuts its list of authors short: ...". */
static bool read_cut(Draft *d, const Item *item)
{
    Str rest = item->value;
    if (!str_starts(rest, STR("The source cuts its list of ")))
        return false;
    rest = str_after(rest, sizeof "The source cuts its list of " - 1);
    size_t end = str_find(rest, STR("s short: "));
    FieldId id = field_by_name(str_slice(rest, 0, end));
    if (end == rest.size || id == FIELD_OTHER || d->first[id] == 0)
        return false;
    Field *field = &d->rec->fields[d->first[id] - 1];
    if (field->form != FORM_NAMES)
        return false;
    field->names.cut = CUT_CERTAIN;
    return true;
}

/* A note that is a DOI and no more, as Wiley and Taylor & Francis write it beside DO: it
 * is the record's, unless that is another one. */
static bool says_doi(Draft *d, const Item *item, Str note)
{
    Str bare = str_starts_nocase(note, STR("doi")) ? str_after(note, 4) : note, own;
    if (str_find_byte(str_trim(bare), ' ') < str_trim(bare).size)
        return false;
    Str doi = ident_doi(&d->rec->arena, note);
    if (doi.size == 0)
        return false;
    for (size_t i = 0; i < d->count; i++) {
        if (!str_equal(d->items[i].tag, STR("DO")))
            continue;
        own = ident_doi(&d->rec->arena, d->items[i].value);
        return str_equal_nocase(own, doi);
    }
    if (d->first[FIELD_DOI] > 0)
        return str_equal_nocase(d->rec->fields[d->first[FIELD_DOI] - 1].text.text, doi);
    draft_text(d, FIELD_DOI, item, text_plain(doi));
    return true;
}

static void read_remark(Draft *d, FieldId id, const Item *item)
{
    Text note = ris_read_note(&d->rec->arena, item->value);
    if (is_doi(note.text) && says_doi(d, item, note.text))
        return;
    if (note.text.size == 0 || read_cut(d, item))
        return;
    draft_add(d, id, item)->text = note;
}

static void read_key(Draft *d, const Item *item)
{
    bool fits = d->rec->key.size == 0;
    for (size_t i = 0; i < item->value.size; i++)
        fits = fits && !byte_is_space(item->value.data[i]) && item->value.data[i] != ',';
    if (fits)
        d->rec->key = item->value;
    else if (!str_equal(d->rec->key, item->value))
        draft_other(d, item, item->value);
}

/* Journals. */

static void find_items(Draft *d)
{
    static const char TAGS[ITEM_COUNT][3] = {"TI", "T1", "T2", "BT", "JF",
                                             "JO", "JA", "J2", "C3"};
    for (size_t i = d->count; i > 0; i--) {
        const Item *item = &d->items[i - 1];
        for (size_t tag = 0; tag < ITEM_COUNT && item->value.size > 0; tag++) {
            if (str_equal(item->tag, str_from(TAGS[tag])))
                d->named[tag] = item;
        }
    }
}

/* JF is the full name.  T2 is it, or in JF's company a section or series.  JO is either
 * the full name or the short one, as the company tells. */
static FieldId meaning(const Draft *d, const FieldTag *row, const Item *item)
{
    const Item *full;
    if (row->field == FIELD_TITLE && str_equal(item->tag, STR("BT")) &&
        (d->named[ITEM_TI] != NULL || d->named[ITEM_T1] != NULL))
        return FIELD_CONTAINER_TITLE;
    if (row->field != FIELD_CONTAINER_TITLE)
        return row->field;
    if (str_equal(item->tag, STR("JO"))) {
        full = d->named[ITEM_JF];
        if (full == NULL)
            full = d->named[ITEM_T2];
        if (full == NULL)
            full = d->named[ITEM_BT];
        if (full == NULL || str_equal(full->value, item->value))
            return row->field;
        return FIELD_CONTAINER_TITLE_SHORT;
    }
    full = d->named[ITEM_JF];
    if (str_equal(item->tag, STR("T2")) && full != NULL &&
        !str_equal(full->value, item->value)) {
        /* "J Neurosci" in T2 beside the whole name. */
        return item->value.size < full->value.size && d->named[ITEM_JO] == NULL &&
                       d->named[ITEM_JA] == NULL && d->named[ITEM_J2] == NULL
                   ? FIELD_CONTAINER_TITLE_SHORT
                   : FIELD_COLLECTION_TITLE;
    }
    return row->field;
}

/* What a conference's T2 names: the event, or the book that it left. */
static bool is_proceedings(Str s)
{
    static const char *const WORDS[] = {"Proceedings", "Proc.",        "Lecture Notes",
                                        "Advances in", "Transactions", "Procedia",
                                        "LNCS"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (str_contains(s, str_from(WORDS[i])))
            return true;
    }
    return false;
}

static bool ends_as_novel(Str title)
{
    Str end = STR(": a\xc2\xa0novel");
    return title.size > end.size &&
           str_equal_nocase(str_after(title, title.size - end.size), end);
}

/* The writer's no-break space in ": a novel", which keeps Zotero from cutting it off. */
static Text unglued(Draft *d, Text text)
{
    size_t at = text.text.size - 7;
    text.text = arena_join(&d->rec->arena, str_slice(text.text, 0, at), STR(" "),
                           str_after(text.text, at + 2));
    Run *runs = arena_alloc(&d->rec->arena, (text.run_count + 1) * sizeof *runs);
    for (size_t i = 0; i < text.run_count; i++) {
        runs[i] = text.runs[i];
        runs[i].start -= runs[i].start > at;
        runs[i].end -= runs[i].end > at;
    }
    text.runs = runs;
    return text;
}

static void read_plain(Draft *d, const FieldTag *row, const Item *item)
{
    FieldId id = meaning(d, row, item);
    Text text = ris_read_text(&d->rec->arena, item->value);
    if (id == FIELD_EVENT_TITLE && d->rec->kind == KIND_PAPER_CONFERENCE &&
        is_proceedings(text.text) && d->named[ITEM_C3] == NULL &&
        d->named[ITEM_BT] == NULL && d->named[ITEM_JF] == NULL)
        id = FIELD_CONTAINER_TITLE;
    if (id == FIELD_TITLE && ends_as_novel(text.text))
        text = unglued(d, text);
    if (id == FIELD_PMCID && !str_starts_nocase(text.text, STR("PMC"))) {
        draft_other(d, item, item->value);
        return;
    }
    draft_text(d, id, item, text);
}

static void read_genre(Draft *d, const FieldTag *row, const Item *item)
{
    if (is_doi(item->value) && ident_doi(&d->rec->arena, item->value).size > 0)
        read_doi(d, item, FIELD_DOI);
    else
        read_plain(d, row, item);
}

static void read_literal(Draft *d, FieldId id, const Item *item)
{
    Str value = item->value;
    Text text = str_equal(item->tag, STR("AB")) ? text_plain(value)
                                                : ris_read_html(&d->rec->arena, value);
    if (memchr(value.data, '$', value.size) != NULL)
        text = text_find_math(&d->rec->arena, text);
    const Field *had = d->first[id] > 0 ? &d->rec->fields[d->first[id] - 1] : NULL;
    if (had != NULL && !str_equal(had->text.text, text.text) &&
        str_equal(item->tag, STR("N2"))) {
        draft_add(d, FIELD_NOTE, item)->text = text;
        return;
    }
    draft_text(d, id, item, text);
}

/* Items. */

static void read_item(Draft *d, size_t at)
{
    Item *item = &d->items[at];
    const FieldTag *row = draft_row(d, item->tag);
    if (row == NULL || (row->field == FIELD_OTHER && row->how == HOW_TEXT)) {
        draft_other(d, item, item->value);
        return;
    }
    if (field_form(row->field) == FORM_NAMES) {
        ris_read_names(d, at, row->field);
        return;
    }
    switch ((How)(row->how & HOW_MASK)) {
    case HOW_NOTE:
        read_remark(d, row->field, item);
        break;
    case HOW_LITERAL:
        read_literal(d, row->field, item);
        break;
    case HOW_EXTRA:
        ris_read_extra(d, item);
        break;
    case HOW_YEAR:
    case HOW_DATE:
    case HOW_ACCESSED:
        if (row->field == FIELD_ISSUED)
            ris_read_issued(d, at);
        else
            ris_read_date(d, row->field, item);
        break;
    case HOW_PAGES:
        ris_read_pages(d, at, row->field);
        break;
    case HOW_SERIAL:
        ris_read_serials(d, at);
        break;
    case HOW_DOI:
        read_doi(d, item, row->field);
        break;
    case HOW_URL:
        read_url(d, item);
        break;
    case HOW_GENRE:
        read_genre(d, row, item);
        break;
    case HOW_KEYWORD:
        read_keywords(d, item);
        break;
    case HOW_KEY:
        read_key(d, item);
        break;
    case HOW_TEXT:
    case HOW_NAMES:
        if (field_form(row->field) == FORM_DATE)
            ris_read_date(d, row->field, item);
        else
            read_plain(d, row, item);
        break;
    case HOW_MASK:
    case HOW_READ:
        break;
    }
}

/* TY, and M2 where it knows better.  A type that M2 stands for comes back from the kind.
 */
static void read_type(Draft *d)
{
    const Item *type = NULL;
    for (size_t i = 0; i < d->count && type == NULL; i++) {
        if (str_equal(d->items[i].tag, STR("TY")))
            type = &d->items[i];
    }
    if (type == NULL) {
        diag_report(d->r->diag, LEVEL_WARNING, "no-type", d->rec->place,
                    "the record has no TY; read as a document");
    } else {
        const KindTag *row = tags_kind(d->r->tags, type->value);
        d->rec->type = type->value;
        if (row != NULL)
            d->rec->kind = row->kind;
        else
            draft_say(d, LEVEL_WARNING, "unknown-type", type,
                      "no type of RIS; read as a document");
    }
    for (size_t i = 0; i < d->count; i++) {
        if (d->carried == NULL && ris_read_is_words(&d->items[i]))
            d->carried = &d->items[i];
        if (str_equal(d->items[i].tag, STR("M2")) &&
            ris_read_extra_type(&d->items[i], &d->rec->kind))
            d->rec->type = STR_EMPTY;
    }
    if (str_equal_nocase(d->rec->type, STR("GEN")) && ris_read_is_preprint(d)) {
        d->rec->kind = KIND_ARTICLE;
        d->rec->type = STR_EMPTY;
    }
}

static ReadResult ris_next(Read *r, Record *rec)
{
    Found found = gather_next(r->state, r, rec);
    return found == FOUND_NOTHING ? READ_END
                                  : (found == FOUND_RECORD ? READ_RECORD : READ_SKIPPED);
}

static ReadResult ris_finish(Read *r, Record *rec, ReadResult found)
{
    if (found != READ_RECORD)
        return found;
    Items *items = rec->half;
    Draft d = {.r = r, .rec = rec, .items = items->items, .count = items->count};
    rec->kind = KIND_DOCUMENT;
    read_type(&d);
    find_items(&d);
    for (size_t i = 0; i < d.count; i++) {
        Item *item = &d.items[i];
        item->written = record_add_written(rec, item->tag, item->value, item->place);
    }
    ris_read_extra_first(&d);
    for (size_t i = 0; i < d.count; i++) {
        Item *item = &d.items[i];
        if (!item->done && item->value.size > 0 && !str_equal(item->tag, STR("TY")) &&
            !ris_read_carried(&d, item))
            read_item(&d, i);
    }
    ris_read_finish(&d);
    return READ_RECORD;
}

static void ris_close(Read *r)
{
    gather_free(r->state);
}

const Reader RIS_READER = {.state_size = sizeof(Lines),
                           .sniff = gather_sniff,
                           .next = ris_next,
                           .finish = ris_finish,
                           .close = ris_close,
                           .ahead = true};
