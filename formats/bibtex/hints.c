/* SPDX-License-Identifier: MIT
 * What another format than this one wrote comes back to it as it was: its name, its word
 * for the type, its tags where they are not the ones that it writes by itself, which of
 * its fields say nothing new, which lists of names may be cut short, and that a thesis
 * was given no genre, though its type here says one.
 *
 *     citeconv = {ris; type=CONF; title=T1; container-title=JO; shadow=J1; cut=author} */
#include "formats/bibtex/read.h"
#include "formats/bibtex/write.h"
#include "formats/tags.h"

#include <string.h>

#define TYPE     "type"
#define SHADOW   "shadow"
#define CUT      "cut"
#define NO_GENRE "nogenre"

/* Whether a word can stand between the signs that part hints. */
static bool is_plain(Str word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] <= ' ' || strchr(";={}\"\\%", word.data[i]) != NULL)
            return false;
    }
    return word.size > 0;
}

static void add_hint(Buf *out, const char *name, Str tag)
{
    if (is_plain(tag))
        buf_format(out, "; %s=%.*s", name, STR_ARG(tag));
}

/* The tag that the origin writes of itself; NULL where that is not known. */
static const char *default_tag(const Entry *e, const Field *field)
{
    const Record *rec = e->v->rec;
    if (e->w->from == NULL || e->w->origin == NULL ||
        !str_equal(rec->origin, str_from(e->w->from->name)))
        return NULL;
    const FieldTag *row = tags_row(e->w->origin, field->id, rec->kind);
    return row != NULL ? row->tag : field_name(field->id);
}

static const char *default_type(const Entry *e)
{
    const Record *rec = e->v->rec;
    if (e->w->from == NULL || e->w->origin == NULL ||
        !str_equal(rec->origin, str_from(e->w->from->name)))
        return NULL;
    const KindTag *row = tags_type(e->w->origin, rec->kind);
    return row != NULL ? row->tag : NULL;
}

static bool add_cuts(Buf *out, const Record *rec)
{
    bool any = false;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->form != FORM_NAMES || field->names.cut != CUT_POSSIBLE)
            continue;
        add_hint(out, CUT, str_from(field_name(field->id)));
        any = true;
    }
    return any;
}

void hints_put(Entry *e)
{
    const Record *rec = e->v->rec;
    Buf out = {0};
    bool seen[FIELD_COUNT] = {false};
    const char *type = default_type(e);
    bool others = false;
    bool read_only = e->w->from != NULL && e->w->from->writer == NULL &&
                     str_equal(rec->origin, str_from(e->w->from->name));
    if (!is_plain(rec->origin) || read_only)
        return; /* nothing goes back to a format that is only read */
    if (rec->type.size > 0 &&
        (type == NULL || !str_equal_nocase(rec->type, str_from(type))))
        add_hint(&out, TYPE, rec->type);
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        others = others || field->id == FIELD_OTHER;
        if (field->id == FIELD_OTHER && field->shadow)
            add_hint(&out, SHADOW, field->tag);
        if (field->id == FIELD_OTHER || seen[field->id] || field->tag.size == 0)
            continue;
        seen[field->id] = true;
        const char *own = default_tag(e, field);
        if (own != NULL && field_by_name(str_from(own)) == field->id)
            continue; /* CSL's own words: whoever writes them needs no hint */
        if (own == NULL || !str_equal_nocase(field->tag, str_from(own)))
            add_hint(&out, field_name(field->id), field->tag);
    }
    others = others || add_cuts(&out, rec);
    if (!e->state->latex && rec->kind == KIND_THESIS &&
        record_find(rec, FIELD_GENRE) == NULL)
        buf_add(&out, STR("; " NO_GENRE "=yes"));
    if (out.size > 0 || others) {
        Str hints = arena_join(e->arena, rec->origin, STR_EMPTY, buf_str(&out));
        put_verbatim(e, STR(OWN_HINTS), hints);
    }
    buf_free(&out);
}

/* The genre that the type alone said. */
static void drop_genre(Record *rec)
{
    size_t kept = 0;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id != FIELD_GENRE || !str_equal(field->tag, rec->type))
            rec->fields[kept++] = *field;
    }
    rec->count = kept;
}

static void take_hint(Record *rec, Str name, Str tag)
{
    FieldId id = field_by_name(name), named = field_by_name(tag);
    bool shadow = str_equal(name, STR(SHADOW)), cut = str_equal(name, STR(CUT));
    for (size_t i = 0; i < rec->count; i++) {
        Field *field = &rec->fields[i];
        if (shadow && field->id == FIELD_OTHER && str_equal_nocase(field->tag, tag))
            field->shadow = true;
        else if (cut && field->id == named && field->form == FORM_NAMES &&
                 field->names.cut == CUT_NO)
            field->names.cut = CUT_POSSIBLE;
        else if (!shadow && !cut && id != FIELD_OTHER && field->id == id)
            field->tag = tag;
    }
}

/* Words of ours say nothing to the format that comes back; no more do the fields that
 * were added to what it had: year beside date, key; nor the numbers of apart.c. */
static void forget_words(Record *rec)
{
    size_t kept = 0;
    for (size_t i = 0; i < rec->count; i++) {
        Field *field = &rec->fields[i];
        if (field->id != FIELD_OTHER)
            field->tag = STR_EMPTY;
        else
            field->tag = str_slice(field->tag, 0, apart_base(field->tag));
        if (field->id != FIELD_OTHER || !field->shadow || field->text.text.size == 0)
            rec->fields[kept++] = *field;
    }
    rec->count = kept;
}

void hints_read(Record *rec, Str hints)
{
    Str piece;
    bool first = true;
    for (; str_split(&hints, ';', &piece); first = false) {
        size_t equals = str_find_byte(piece, '=');
        Str name = str_trim(str_slice(piece, 0, equals));
        Str tag = str_trim(str_after(piece, equals + 1));
        if (first) {
            if (name.size == 0)
                return;
            rec->origin = name;
            if (str_contains(hints, STR(NO_GENRE "=")))
                drop_genre(rec);
            rec->type = STR_EMPTY;
            forget_words(rec);
        } else if (str_equal(name, STR(TYPE))) {
            rec->type = tag;
        } else if (tag.size > 0) {
            take_hint(rec, name, tag);
        }
    }
}
