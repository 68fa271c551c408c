/* SPDX-License-Identifier: MIT
 * From records to items; see item.h. */
#include "convert/style/item.h"

#include <string.h>

typedef struct Filling {
    Item *item;
    const Style *style;
    People *people;
    Arena *arena;
    size_t count;
    Value values[VAR_COUNT]; /* so many are set as `count` says */
} Filling;

static Value *add(Filling *f, Var var)
{
    if (var >= VAR_COUNT || f->item->slot[var])
        return NULL;
    Value *value = &f->values[f->count++];
    *value = (Value){.text = text_plain(STR_EMPTY)};
    f->item->slot[var] = (unsigned char)f->count;
    return value;
}

static Text copy_text(Arena *arena, Text text)
{
    Text copy = text_plain(arena_copy(arena, text.text));
    if (text.run_count) {
        Run *runs = arena_alloc(arena, text.run_count * sizeof *runs);
        memcpy(runs, text.runs, text.run_count * sizeof *runs);
        copy.runs = runs;
        copy.run_count = text.run_count;
    }
    return copy;
}

static void add_text(Filling *f, Var var, Text text)
{
    if (!f->style->uses[var] || str_trim(text.text).size == 0)
        return;
    Value *value = add(f, var);
    if (value)
        value->text = copy_text(f->arena, text);
}

static void add_names(Filling *f, Var var, const Names *names)
{
    if (names->count == 0)
        return;
    Value *value = add(f, var);
    if (!value)
        return;
    value->more = names->cut == CUT_CERTAIN;
    value->people = arena_alloc(f->arena, names->count * sizeof(void *));
    for (size_t i = 0; i < names->count; i++) {
        const Person *person = people_find(f->people, f->arena, &names->items[i]);
        if (person->family.size || person->literal.size)
            value->people[value->person_count++] = person;
    }
    if (value->person_count == 0) {
        f->count--;
        f->item->slot[var] = 0;
    }
}

/* A number of four digits at most, with its sign, and the hyphen behind it. */
static bool cut_number(Str *s, int *number)
{
    size_t sign = str_starts(*s, STR("-")) ? 1 : 0, i = sign;
    *number = 0;
    while (i < s->size && i - sign < 4 && byte_is_digit(s->data[i]))
        *number = *number * 10 + (s->data[i++] - '0');
    bool fine = i > sign && (i == s->size || s->data[i] == '-');
    *number = sign ? -*number : *number;
    *s = str_after(*s, i + 1);
    return fine;
}

/* The parts of what is no day of the calendar, "2021-02-30" and "1965-60-1": who prints
 * the year alone has the year, and a month that there is not prints nothing. */
static bool impossible_parts(Str literal, DatePart *part)
{
    *part = (DatePart){.time = STR_EMPTY};
    bool year = literal.size > 4 && literal.data[4] == '-' &&
                cut_number(&literal, &part->year) && part->year > 0;
    return year && cut_number(&literal, &part->month) &&
           (literal.size == 0 || (cut_number(&literal, &part->day) && literal.size == 0));
}

static void add_date(Filling *f, Var var, const Date *date)
{
    Value *value = add(f, var);
    if (!value)
        return;
    Date *copy = arena_alloc(f->arena, sizeof *copy);
    *copy = *date;
    if (impossible_parts(date->literal, &copy->from))
        copy->literal = STR_EMPTY;
    else
        copy->from = date->from;
    copy->literal = arena_copy(f->arena, copy->literal);
    copy->from.time = copy->to.time = STR_EMPTY;
    value->date = copy;
}

/* A date or a name that could not be read stays as it was written. */
static void add_field(Filling *f, Var var, const Field *field)
{
    if (!f->style->uses[var])
        return;
    if (field->form == FORM_NAMES) {
        add_names(f, var, &field->names);
    } else if (field->form == FORM_DATE) {
        add_date(f, var, &field->date);
    } else if (var_is_date(var)) {
        Date date = date_literal(field->text.text);
        if (field->text.text.size)
            add_date(f, var, &date);
    } else if (var_is_names(var)) {
        Name name = {.given = STR_EMPTY,
                     .dropping = STR_EMPTY,
                     .non_dropping = STR_EMPTY,
                     .family = STR_EMPTY,
                     .suffix = STR_EMPTY,
                     .literal = field->text.text,
                     .homonym = STR_EMPTY};
        add_names(f, var, &(Names){.items = &name, .count = 1});
    } else {
        add_text(f, var, field->text);
    }
}

/* "key: value" lines at the front of a note and "{:key: value}" anywhere stand for fields
 * that a reference manager has no place for. */
static void add_hidden(Filling *f, Str key, Str text)
{
    Var var = var_by_name(key);
    text = str_trim(text);
    if (var == VAR_NONE || text.size == 0)
        return;
    if (var_is_date(var)) {
        Date date;
        if (!date_parse(text, &date))
            date = date_literal(text);
        if (f->style->uses[var])
            add_date(f, var, &date);
    } else if (!var_is_names(var)) {
        add_text(f, var, text_plain(text));
    } else if (f->style->uses[var]) {
        size_t bar = str_find(text, STR("||"));
        Name name = {.given = str_trim(str_after(text, bar + 2)),
                     .dropping = STR_EMPTY,
                     .non_dropping = STR_EMPTY,
                     .family = str_trim(str_slice(text, 0, bar)),
                     .suffix = STR_EMPTY,
                     .literal = STR_EMPTY,
                     .homonym = STR_EMPTY};
        if (bar == text.size) {
            name.literal = text;
            name.family = STR_EMPTY;
        }
        add_names(f, var, &(Names){.items = &name, .count = 1});
    }
}

static bool is_key(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_alpha(s.data[i]) && s.data[i] != '-' && s.data[i] != '_')
            return false;
    }
    return s.size > 0;
}

static void read_note(Filling *f, Str note)
{
    Str rest = note, line;
    while (str_split(&rest, '\n', &line)) {
        size_t colon = str_find_byte(line, ':');
        if (colon == line.size || !is_key(str_trim(str_slice(line, 0, colon))) ||
            var_by_name(str_trim(str_slice(line, 0, colon))) == VAR_NONE)
            break;
        add_hidden(f, str_trim(str_slice(line, 0, colon)), str_after(line, colon + 1));
    }
    for (;;) {
        note = str_after(note, str_find(note, STR("{:")));
        if (note.size == 0)
            return;
        size_t end = str_find_byte(note, '}');
        Str inside = str_slice(note, 2, end);
        size_t colon = str_find_byte(inside, ':');
        if (colon < inside.size && is_key(str_slice(inside, 0, colon)))
            add_hidden(f, str_slice(inside, 0, colon), str_after(inside, colon + 1));
        note = str_after(note, 2);
    }
}

static bool is_english(const Style *style, Str language)
{
    language = str_trim(language);
    return language.size ? str_starts_nocase(language, STR("en")) : style->english;
}

static void set_lang(Item *item, const Style *style, Str language)
{
    Str word = str_trim(language);
    size_t size = 0;
    while (size < word.size && size < 3 && byte_is_alpha(word.data[size]))
        size++;
    if (size < 2)
        memcpy(item->lang, style->case_lang, sizeof item->lang);
    for (size_t i = 0; size >= 2 && i < size; i++)
        item->lang[i] = byte_lower(word.data[i]);
}

/* Data in CSL 1.0.2's own word, event-title, is not what older styles ask for as event:
 * so do processors in use.  All other data is both. */
void item_read(Item *item, const Style *style, const Record *rec, People *people,
               Arena *arena)
{
    *item = (Item){.kind = rec->kind, .has_kind = true};
    item->english = is_english(style, record_text(rec, FIELD_LANGUAGE));
    set_lang(item, style, record_text(rec, FIELD_LANGUAGE));
    Filling f;
    f.item = item;
    f.style = style;
    f.people = people;
    f.arena = arena;
    f.count = 0;
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id == FIELD_EVENT_TITLE && !str_equal(field->tag, STR("event-title")))
            add_field(&f, VAR_EVENT, field);
        if (field->id != FIELD_OTHER) {
            add_field(&f, (Var)field->id, field);
        } else if (field->form == FORM_TEXT) {
            Var var = var_by_name(field->tag);
            if (var == VAR_CITATION_LABEL || var == VAR_YEAR_SUFFIX)
                add_text(&f, var, field->text);
        }
    }
    read_note(&f, record_text(rec, FIELD_NOTE));
    item->value_count = (unsigned char)f.count;
    item->values = arena_alloc(arena, (f.count + 1) * sizeof *item->values);
    memcpy(item->values, f.values, f.count * sizeof *item->values);
}
