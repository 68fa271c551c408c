/* SPDX-License-Identifier: MIT
 * What --carry adds to a record, in tags that importers pass over, and how it comes back.
 *
 *     U1  - file: a.pdf              a field that nobody has a word for
 *     U1  - ~subtitle: The Rest      the same; its content stands in another field, too
 *     U2  - from bibtex: type=online; container-title=journaltitle
 *                                    the format of these words, its own word for the
 *                                    type and for fields, where it is not the usual one
 *     U3  - author 2: =University of California, Berkeley
 *     U3  - author 3: family|given|dropping|non-dropping|suffix
 *     U3  - author cut: possible
 *     U3  - keyword 2: one; two      KW has the pieces
 *     U3  - issued: in press         M2 says it as the status
 *     U3  - abstract: &lt;i&gt;E. coli&lt;/i&gt; ...
 *                                    what the tag of the field could not say; it counts
 *                                    as long as the tag says the rest
 *
 * U+2028 stands for a line end. */
#include "formats/ris/read.h"
#include "formats/tags.h"

#include <string.h>

static const Str LINE_END = {"\xe2\x80\xa8", 3};

/* The text with another spelling of its line ends. */
static Text respell(Arena *arena, Text text, Str from, Str to)
{
    Buf out = {0};
    if (!str_contains(text.text, from))
        return text;
    size_t *moved = arena_alloc(arena, (text.text.size + 1) * sizeof *moved);
    for (size_t i = 0; i < text.text.size;) {
        bool is_end = str_starts(str_after(text.text, i), from);
        size_t size = is_end ? from.size : 1;
        for (size_t k = 0; k < size; k++)
            moved[i + k] = out.size;
        buf_add(&out, is_end ? to : str_slice(text.text, i, i + 1));
        i += size;
    }
    moved[text.text.size] = out.size;
    Run *runs = arena_alloc(arena, (text.run_count + 1) * sizeof *runs);
    for (size_t i = 0; i < text.run_count; i++)
        runs[i] = (Run){.start = moved[text.runs[i].start],
                        .end = moved[text.runs[i].end],
                        .mark = text.runs[i].mark};
    Text made = {.text = arena_copy(arena, buf_str(&out)),
                 .runs = runs,
                 .run_count = text.run_count};
    buf_free(&out);
    return made;
}

/* Writing. */

static void put(Entry *e, const char *tag, Str front, Text value)
{
    value = respell(e->arena, value, STR("\n"), LINE_END);
    line_carried(e, tag, arena_join(e->arena, front, STR(":"), STR(" ")), &value);
}

static Text name_parts(Arena *arena, const Name *name)
{
    if (name->literal.size > 0)
        return text_plain(arena_join(arena, STR("="), STR_EMPTY, name->literal));
    return text_plain(arena_format(
        arena, "%.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(name->family), STR_ARG(name->given),
        STR_ARG(name->dropping), STR_ARG(name->non_dropping), STR_ARG(name->suffix)));
}

/* "1: one; two": KW has both apart. */
static size_t put_keywords(Entry *e)
{
    const Record *rec = e->v->rec;
    size_t number = 0, count = 0;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id != FIELD_KEYWORD)
            continue;
        number++;
        if (str_find_byte(field->text.text, ';') == field->text.text.size &&
            !text_has_marks(&field->text, ~(1U << MARK_MATH)))
            continue;
        put(e, "U3", arena_format(e->arena, "%s %zu", field_name(field->id), number),
            field->text);
        count++;
    }
    return count;
}

static size_t put_names(Entry *e, const Field *field)
{
    const char *id = field_name(field->id);
    size_t count = 0;
    for (size_t i = 0; i < field->names.count; i++) {
        const Name *name = &field->names.items[i];
        if (value_name_survives(e->arena, name))
            continue;
        put(e, "U3", arena_format(e->arena, "%s %zu", id, i + 1),
            name_parts(e->arena, name));
        count++;
    }
    if (field->names.cut == CUT_POSSIBLE) {
        put(e, "U3", arena_format(e->arena, "%s cut", id), text_plain(STR("possible")));
        count++;
    }
    return count;
}

/* What stands in the record's other tags, but not all of it. */
static size_t put_exact(Entry *e)
{
    const Record *rec = e->v->rec;
    size_t count = put_keywords(e);
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        bool marked = false;
        if (field->form == FORM_NAMES)
            count += put_names(e, field);
        for (size_t k = 0; field->form == FORM_TEXT && k < field->text.run_count; k++)
            marked = marked || field->text.runs[k].mark != MARK_MATH;
        bool serial = (field->id == FIELD_ISBN || field->id == FIELD_ISSN) &&
                      (str_find_byte(field->text.text, ',') < field->text.text.size ||
                       str_find_byte(field->text.text, ';') < field->text.text.size);
        bool status = field->id == FIELD_ISSUED && field->form == FORM_DATE &&
                      value_is_status(rec, &field->date);
        if (status) {
            put(e, "U3", str_from(field_name(field->id)),
                text_plain(field->date.literal));
            count++;
        }
        if ((marked && field->id == FIELD_ABSTRACT) || serial) {
            put(e, "U3", str_from(field_name(field->id)), field->text);
            count++;
        }
    }
    return count;
}

static size_t put_others(Entry *e)
{
    const Record *rec = e->v->rec;
    size_t count = 0;
    for (size_t i = 0; i < rec->count; i++) {
        if (e->v->taken[i] || rec->fields[i].id != FIELD_OTHER)
            continue;
        const Field *field = view_take_at(e->v, i);
        put(e, "U1",
            arena_join(e->arena, field->shadow ? STR("~") : STR_EMPTY, STR_EMPTY,
                       field->tag),
            field->text);
        count++;
    }
    return count;
}

/* What the format's words would be without being told is known of the one that is read.
 */
static bool is_usual_tag(const Entry *e, const Field *field, bool fresh)
{
    if (field->tag.size == 0 ||
        str_equal_nocase(field->tag, str_from(field_name(field->id))))
        return true;
    const FieldTag *row =
        fresh ? tags_row(e->w->origin, field->id, e->v->rec->kind) : NULL;
    return row != NULL && str_equal_nocase(field->tag, str_from(row->tag));
}

static bool is_usual_type(const Entry *e, bool fresh)
{
    Str type = e->v->rec->type;
    const KindTag *row = fresh ? tags_type(e->w->origin, e->v->rec->kind) : NULL;
    return type.size == 0 || (row != NULL && str_equal_nocase(type, str_from(row->tag)));
}

static void put_words(Entry *e, bool needed)
{
    const Record *rec = e->v->rec;
    bool foreign = rec->origin.size > 0 && !str_equal(rec->origin, STR("ris"));
    bool fresh = e->w->from != NULL && str_equal(rec->origin, str_from(e->w->from->name));
    const Field *first[FIELD_COUNT] = {NULL};
    Buf words = {0};
    const char *between = ": ";
    if (!foreign && !needed)
        return;
    buf_format(&words, "from %.*s", STR_ARG(foreign ? rec->origin : STR("ris")));
    if (foreign && !is_usual_type(e, fresh)) {
        buf_format(&words, "%stype=%.*s", between, STR_ARG(rec->type));
        between = "; ";
    }
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (first[field->id] == NULL)
            first[field->id] = field;
    }
    for (size_t id = 0; foreign && id < FIELD_OTHER; id++) {
        if (first[id] == NULL || is_usual_tag(e, first[id], fresh))
            continue;
        buf_format(&words, "%s%s=%.*s", between, field_name((FieldId)id),
                   STR_ARG(first[id]->tag));
        between = "; ";
    }
    Text nothing = text_plain(STR_EMPTY);
    line_carried(e, "U2", buf_str(&words), &nothing);
    buf_free(&words);
}

void ris_carry_put(Entry *e)
{
    size_t count = put_others(e);
    count += put_exact(e);
    put_words(e, count > 0);
}

/* Reading. */

bool ris_read_is_words(const Item *item)
{
    Str rest = item->value, from, name;
    return str_equal(item->tag, STR("U2")) && str_word(&rest, &from) &&
           str_equal(from, STR("from")) && str_word(&rest, &name) &&
           (str_trim(rest).size == 0 || name.data[name.size - 1] == ':') &&
           (str_trim(rest).size == 0 || str_find_byte(rest, '=') < rest.size);
}

static bool split_front(Str value, Str *front, Str *rest)
{
    size_t at = str_find(value, STR(": "));
    if (at == value.size && str_ends(value, STR(":")))
        at--; /* of a field that is empty */
    *front = str_slice(value, 0, at);
    *rest = str_after(value, at + 2);
    return at > 0 && at < value.size;
}

static Text carried_text(Draft *d, Str value)
{
    Text text = ris_read_text(&d->rec->arena, value);
    return respell(&d->rec->arena, text, LINE_END, STR("\n"));
}

static bool read_other(Draft *d, const Item *item)
{
    Str tag, value;
    if (!split_front(item->value, &tag, &value))
        return false;
    bool shadow = tag.data[0] == '~';
    Field *field = draft_add(d, FIELD_OTHER, item);
    field->tag = ris_read_html(&d->rec->arena, str_after(tag, shadow)).text;
    field->shadow = shadow;
    field->text = carried_text(d, value);
    return true;
}

bool ris_read_carried(Draft *d, const Item *item)
{
    if (d->carried == NULL || item->tag.data[0] != 'U')
        return false;
    if (item->tag.data[1] == '1')
        return read_other(d, item);
    return item->tag.data[1] == '3' || item == d->carried;
}

static void read_words(Draft *d)
{
    Str rest = str_after(d->carried->value, 5), origin, pair;
    str_word(&rest, &origin);
    if (origin.size > 0 && origin.data[origin.size - 1] == ':')
        origin.size--;
    if (str_equal(origin, STR("ris")))
        return;
    d->rec->origin = origin;
    d->rec->type = STR_EMPTY;
    for (size_t i = 0; i < d->rec->count; i++) {
        if (d->rec->fields[i].id != FIELD_OTHER)
            d->rec->fields[i].tag = STR_EMPTY;
    }
    while (str_split(&rest, ';', &pair)) {
        size_t equal = str_find_byte(pair, '=');
        Str name = str_trim(str_slice(pair, 0, equal));
        Str word = str_trim(str_after(pair, equal + 1));
        FieldId id = field_by_name(name);
        if (str_equal(name, STR("type")))
            d->rec->type = word;
        else if (id != FIELD_OTHER && d->first[id] > 0)
            d->rec->fields[d->first[id] - 1].tag = word;
    }
}

static Name parse_parts(Str value)
{
    Name name = {STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY, STR_EMPTY,
                 STR_EMPTY, STR_EMPTY, false,     false};
    Str *parts[] = {&name.family, &name.given, &name.dropping, &name.non_dropping,
                    &name.suffix};
    if (value.size > 0 && value.data[0] == '=') {
        name.literal = str_after(value, 1);
        return name;
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t bar = str_find_byte(value, '|');
        *parts[i] = str_slice(value, 0, bar);
        value = str_after(value, bar + 1);
    }
    return name;
}

static bool is_number(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return false;
    }
    return s.size > 0;
}

static size_t number_of(Str digits, size_t most)
{
    size_t number = 0;
    for (size_t i = 0; i < digits.size && number <= most; i++)
        number = number * 10 + (size_t)(digits.data[i] - '0');
    return number;
}

/* The names of a field, to be changed: copied once. */
static Name *own_names(Draft *d, Field *field)
{
    if (d->exact[field->id] == NULL) {
        size_t size = field->names.count * sizeof(Name);
        Name *names = arena_alloc(&d->rec->arena, size);
        memcpy(names, field->names.items, size);
        field->names.items = d->exact[field->id] = names;
    }
    return d->exact[field->id];
}

/* "author 2"; what is carried counts if the tag still says what it can say of it. */
static void read_exact_name(Draft *d, Field *field, Str number, Str value)
{
    Arena *arena = &d->rec->arena;
    size_t n = number_of(number, field->names.count);
    if (n == 0 || n > field->names.count)
        return;
    Name exact = parse_parts(ris_read_html(arena, value).text);
    Name *name = &own_names(d, field)[n - 1];
    exact.homonym = name->homonym;
    if (str_equal(value_name(arena, &exact), value_name(arena, name)))
        *name = exact;
}

/* Serial numbers are read as words apart by blanks. */
static bool same_words(Str a, Str b)
{
    for (;;) {
        while (a.size > 0 && strchr(" ,;", a.data[0]) != NULL)
            a = str_after(a, 1);
        while (b.size > 0 && strchr(" ,;", b.data[0]) != NULL)
            b = str_after(b, 1);
        if (a.size == 0 || b.size == 0)
            return a.size == b.size;
        if (a.data[0] != b.data[0])
            return false;
        a = str_after(a, 1);
        b = str_after(b, 1);
    }
}

/* The next "keyword 2: one; two" from *item on; 0 where there is none. */
static size_t next_exact_keyword(Draft *d, size_t *item, Str *value)
{
    for (; *item < d->count; (*item)++) {
        Str front, name;
        if (!str_equal(d->items[*item].tag, STR("U3")) ||
            !split_front(d->items[*item].value, &front, value) ||
            !str_word(&front, &name) ||
            !str_equal(name, str_from(field_name(FIELD_KEYWORD))) ||
            !is_number(str_trim(front)))
            continue;
        return number_of(str_trim(front), d->rec->count);
    }
    return 0;
}

/* How many keywords from there on are the pieces of one; 0 where they are not. */
static size_t count_pieces(const Draft *d, size_t at, Str whole)
{
    Str piece;
    size_t end = at;
    while (str_split(&whole, ';', &piece)) {
        piece = str_trim(piece);
        if (piece.size == 0)
            continue;
        if (end == d->rec->count || d->rec->fields[end].id != FIELD_KEYWORD ||
            !str_equal(d->rec->fields[end].text.text, piece))
            return 0;
        end++;
    }
    return end - at;
}

/* Pieces become one again.  Both stand in their order: one pass does for all. */
static void read_exact_keywords(Draft *d)
{
    Record *rec = d->rec;
    size_t item = 0, number = 0, kept = 0, pieces;
    Str value;
    size_t exact = next_exact_keyword(d, &item, &value);
    if (exact == 0)
        return;
    for (size_t at = 0; at < rec->count; at += pieces) {
        Field field = rec->fields[at];
        number += field.id == FIELD_KEYWORD;
        pieces = 1;
        while (item < d->count && exact < number) {
            item++;
            exact = next_exact_keyword(d, &item, &value);
        }
        if (field.id == FIELD_KEYWORD && exact == number && item < d->count) {
            Text whole = carried_text(d, value);
            size_t found = count_pieces(d, at, whole.text);
            field.text = found > 0 ? whole : field.text;
            pieces = found > 0 ? found : 1;
        }
        rec->fields[kept++] = field;
    }
    rec->count = kept;
    memset(d->first, 0, sizeof d->first);
    for (size_t i = rec->count; i > 0; i--)
        d->first[rec->fields[i - 1].id] = i;
}

/* "issued: in press": M2 has it for the status. */
static void read_exact_issued(Draft *d, const Item *item, Str value)
{
    Str literal = ris_read_html(&d->rec->arena, value).text;
    if (d->first[FIELD_STATUS] == 0 ||
        !str_equal(d->rec->fields[d->first[FIELD_STATUS] - 1].text.text, literal))
        return;
    draft_drop(d, d->first[FIELD_STATUS] - 1);
    draft_add(d, FIELD_ISSUED, item)->date = date_literal(literal);
}

static void read_exact(Draft *d, const Item *item)
{
    Str front, value, name;
    if (!split_front(item->value, &front, &value) || !str_word(&front, &name))
        return;
    FieldId id = field_by_name(name);
    Str what = str_trim(front);
    if (id == FIELD_ISSUED && d->first[id] == 0 && what.size == 0) {
        read_exact_issued(d, item, value);
        return;
    }
    if (id == FIELD_OTHER || d->first[id] == 0)
        return;
    Field *field = &d->rec->fields[d->first[id] - 1];
    if (field->form == FORM_NAMES && str_equal(what, STR("cut")))
        field->names.cut = field->names.cut == CUT_CERTAIN ? CUT_CERTAIN : CUT_POSSIBLE;
    else if (field->form == FORM_NAMES && is_number(what))
        read_exact_name(d, field, what, value);
    else if (field->form == FORM_TEXT && what.size == 0) {
        Text text = carried_text(d, value);
        bool serial = id == FIELD_ISBN || id == FIELD_ISSN;
        if (str_equal(text.text, field->text.text) ||
            (serial && same_words(text.text, field->text.text)))
            field->text = text;
    }
}

void ris_read_carried_end(Draft *d)
{
    if (d->carried == NULL)
        return;
    read_exact_keywords(d);
    for (size_t i = 0; i < d->count; i++) {
        if (str_equal(d->items[i].tag, STR("U3")))
            read_exact(d, &d->items[i]);
    }
    read_words(d);
}
