/* SPDX-License-Identifier: MIT
 * What is known of a record of RIS only once all its tags are read. */
#include "formats/ris/read.h"
#include "formats/tags.h"

#include <string.h>

static const Field *first_of(const Draft *d, FieldId id)
{
    return d->first[id] > 0 ? &d->rec->fields[d->first[id] - 1] : NULL;
}

static bool same_text(const Field *a, const Field *b)
{
    return a != NULL && b != NULL && str_equal(a->text.text, b->text.text);
}

void draft_drop(Draft *d, size_t at)
{
    Record *rec = d->rec;
    FieldId id = rec->fields[at].id;
    rec->count--;
    memmove(rec->fields + at, rec->fields + at + 1,
            (rec->count - at) * sizeof *rec->fields);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        d->first[i] -= d->first[i] > at + 1;
    if (d->first[id] == at + 1) {
        d->first[id] = 0;
        for (size_t i = rec->count; i > at; i--)
            d->first[id] = rec->fields[i - 1].id == id ? i : d->first[id];
    }
}

static void drop(Draft *d, FieldId id)
{
    draft_drop(d, d->first[id] - 1);
}

static bool same_names(Arena *arena, const Field *a, const Field *b)
{
    if (a == NULL || b == NULL || a->names.count != b->names.count)
        return false;
    for (size_t i = 0; i < a->names.count; i++) {
        if (!str_equal(value_name(arena, &a->names.items[i]),
                       value_name(arena, &b->names.items[i])))
            return false;
    }
    return true;
}

/* What the writer says twice, since importers look for it in one place and it stands in
 * another: a preprint's repository (PB), an article's number (SP), a book's pages (SP),
 * the makers of a film or of music (AU). */
static void drop_repeated(Draft *d)
{
    const Field *container = first_of(d, FIELD_CONTAINER_TITLE),
                *publisher = first_of(d, FIELD_PUBLISHER);
    if (d->rec->kind == KIND_ARTICLE && publisher != NULL &&
        ((container != NULL && str_equal(container->tag, STR("M2")) &&
          same_text(container, publisher)) ||
         (container == NULL && same_text(publisher, first_of(d, FIELD_ARCHIVE)))))
        drop(d, FIELD_PUBLISHER);
    const Field *page = first_of(d, FIELD_PAGE), *number = first_of(d, FIELD_NUMBER);
    if (page != NULL && number != NULL && str_equal(number->tag, STR("C7")) &&
        same_text(page, number))
        drop(d, FIELD_PAGE);
    const Field *count = first_of(d, FIELD_NUMBER_OF_PAGES);
    page = first_of(d, FIELD_PAGE);
    if (page != NULL && count != NULL && str_equal(page->tag, STR("M2")) &&
        str_equal(count->tag, STR("SP")) && same_text(page, count))
        drop(d, FIELD_NUMBER_OF_PAGES);
    FieldId who = value_maker(d->rec->kind);
    const Field *maker = who != FIELD_OTHER ? first_of(d, who) : NULL;
    if (maker != NULL && str_equal(maker->tag, STR("M2")) &&
        same_names(&d->rec->arena, first_of(d, FIELD_AUTHOR), maker))
        drop(d, FIELD_AUTHOR);
}

/* The writer goes by the table, so that the very tag is no hint for it, and none that
 * others would have to carry; but a line of M2 is no N1. */
static void name_by_table(Draft *d)
{
    for (size_t i = 0; i < d->rec->count; i++) {
        Field *field = &d->rec->fields[i];
        if (field->id == FIELD_OTHER ||
            (field->id == FIELD_NOTE && str_equal(field->tag, STR("M2"))))
            continue;
        const FieldTag *row = tags_row(d->r->tags, field->id, d->rec->kind);
        field->tag = row != NULL ? str_from(row->tag) : STR_EMPTY;
    }
}

/* EDBOOK's AU are the editors, INPR's status is its type. */
void ris_read_finish(Draft *d)
{
    Record *rec = d->rec;
    if (str_equal_nocase(rec->type, STR("EDBOOK")) && d->first[FIELD_AUTHOR] > 0 &&
        d->first[FIELD_EDITOR] == 0)
        rec->fields[d->first[FIELD_AUTHOR] - 1].id = FIELD_EDITOR;
    if (str_equal_nocase(rec->type, STR("INPR")) && d->first[FIELD_STATUS] == 0)
        draft_add(d, FIELD_STATUS, &d->items[0])->text = text_plain(STR("in press"));
    if (d->first[FIELD_CONTAINER_TITLE] == 0 &&
        d->first[FIELD_CONTAINER_TITLE_SHORT] > 0 &&
        /* which is said to be short, while JA and JO are often the only name */
        !str_equal(first_of(d, FIELD_CONTAINER_TITLE_SHORT)->tag, STR("J2")) &&
        (rec->kind == KIND_ARTICLE_JOURNAL || rec->kind == KIND_ARTICLE_MAGAZINE)) {
        Field *shorter = &rec->fields[d->first[FIELD_CONTAINER_TITLE_SHORT] - 1];
        Text name = shorter->text;
        Item item = {.tag = shorter->tag, .place = shorter->place};
        draft_add(d, FIELD_CONTAINER_TITLE, &item)->text = name;
    }
    drop_repeated(d);
    name_by_table(d);
    ris_read_carried_end(d);
}
