/* SPDX-License-Identifier: MIT
 * Making sort keys; see sort_key.h.
 *
 * Each field gives a byte that says whether it is there, then its value, of which none is
 * the beginning of another one; for a descending order the value's bits are turned. */
#include "convert/pipeline/sort_key.h"
#include "convert/base/memory.h"
#include "convert/pipeline/word.h"
#include "convert/text/collate.h"

#include <stdlib.h>

struct SortKeyMaker {
    const SortOrder *order;
    Collation *collation;
    Arena arena;
};

enum { THERE = 1, MISSING = 2 };

/* Words. */

bool sort_parse(Str text, SortOrder *order, Str *wrong)
{
    *order = (SortOrder){0};
    while (str_split(&text, ',', wrong)) {
        struct SortField field = {.by = SORT_BY_FIELD};
        *wrong = str_trim(*wrong);
        field.descending = str_starts(*wrong, STR("-"));
        Str name = field.descending ? str_after(*wrong, 1) : *wrong;
        if (str_equal(name, STR("key")))
            field.by = SORT_BY_KEY;
        else if (str_equal(name, STR("type")))
            field.by = SORT_BY_TYPE;
        else
            field.id = word_field(name).id;
        if ((field.by == SORT_BY_FIELD && field.id == FIELD_OTHER) ||
            order->count == SORT_FIELDS_MOST)
            return false;
        order->fields[order->count++] = field;
    }
    return order->count > 0;
}

SortKeyMaker *sort_key_open(const SortOrder *order)
{
    SortKeyMaker *maker = memory_zeroed(1, sizeof *maker);
    maker->order = order;
    maker->collation = collate_open();
    return maker;
}

void sort_key_close(SortKeyMaker *maker)
{
    collate_close(maker->collation);
    arena_free(&maker->arena);
    free(maker);
}

/* Values. */

static void add_number(Buf *key, int number)
{
    unsigned bits = (unsigned)number ^ 0x80000000u; /* negative ones first */
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_add_byte(key, (char)(unsigned char)(bits >> shift));
}

static void add_names(SortKeyMaker *maker, const Names *names, Buf *key)
{
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        Str family = name->literal.size > 0 ? name->literal : name->family;
        buf_add_byte(key, 1); /* a shorter list comes first */
        collate_key(maker->collation, family, key);
        collate_key(maker->collation, name_given(&maker->arena, name), key);
        collate_key(maker->collation, name->non_dropping, key);
        collate_key(maker->collation, name->homonym, key);
    }
    buf_add_byte(key, 0);
    arena_reset(&maker->arena);
}

/* A season stands behind its last month; what is no date, behind all dates. */
static void add_part(Buf *key, const DatePart *part)
{
    bool season = part->month > 12;
    add_number(key, part->year);
    buf_add_byte(key, (char)(season ? (part->month - 20) * 3 : part->month));
    buf_add_byte(key, (char)(season ? 32 : part->day));
}

static void add_date(SortKeyMaker *maker, const Date *date, Buf *key)
{
    if (date->literal.size > 0) {
        buf_add_byte(key, 2);
        collate_key(maker->collation, date->literal, key);
        return;
    }
    buf_add_byte(key, 1);
    add_part(key, date->from_end == DATE_KNOWN ? &date->from : &date->to);
    add_part(key, date->range && date->to_end == DATE_KNOWN ? &date->to : &date->from);
}

static bool add_field(SortKeyMaker *maker, const Record *rec, FieldId id, Buf *key)
{
    const Field *field = record_find(rec, id);
    if (field == NULL)
        return false;
    buf_add_byte(key, THERE);
    if (field->form == FORM_NAMES) {
        add_names(maker, &field->names, key);
    } else if (field->form == FORM_DATE) {
        add_date(maker, &field->date, key);
    } else {
        /* A date that stayed as it was written stands where literal ones do. */
        if (field_form(id) != FORM_TEXT)
            buf_add_byte(key, 2);
        collate_key(maker->collation, field->text.text, key);
    }
    return true;
}

static bool add_word(SortKeyMaker *maker, Str word, Buf *key)
{
    if (word.size == 0)
        return false;
    buf_add_byte(key, THERE);
    collate_key(maker->collation, word, key);
    return true;
}

void sort_key_make(SortKeyMaker *maker, const Record *rec, Buf *key)
{
    for (size_t i = 0; i < maker->order->count; i++) {
        const struct SortField *field = &maker->order->fields[i];
        size_t begun = key->size;
        bool there = false;
        if (field->by == SORT_BY_FIELD)
            there = add_field(maker, rec, field->id, key);
        else if (field->by == SORT_BY_KEY)
            there = add_word(maker, rec->key, key);
        else
            there = add_word(maker, str_from(kind_name(rec->kind)), key);
        if (!there) {
            buf_add_byte(key, MISSING);
            continue;
        }
        for (size_t b = begun + 1; field->descending && b < key->size; b++)
            key->data[b] = (char)~key->data[b];
    }
}
