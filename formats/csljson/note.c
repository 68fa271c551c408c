/* SPDX-License-Identifier: MIT
 * Variables hidden in a note, as citeproc-js and Zotero's Extra have them: lines
 * "variable: value" at its head (one line of prose may come first), and
 * "{:variable: value}" anywhere.
 *
 * Each moves to its variable where the item has no value for that, as citeproc-js does;
 * all else stays in the note. */
#include "formats/csljson/carry.h"
#include "formats/csljson/read.h"

/* "Family || Given", citeproc-js's spelling of a name in a note. */
static Name name_of(Str s)
{
    size_t bars = str_find(s, STR("||"));
    Name name = people_parse(STR("x"));
    if (bars == s.size)
        return (Name){.literal = s,
                      .given = STR_EMPTY,
                      .dropping = STR_EMPTY,
                      .non_dropping = STR_EMPTY,
                      .family = STR_EMPTY,
                      .suffix = STR_EMPTY,
                      .homonym = STR_EMPTY};
    name.family = str_trim(str_slice(s, 0, bars));
    name.given = str_trim(str_after(s, bars + 2));
    return name;
}

/* A name more for a variable that notes have begun, or the first. */
static void add_name(Item *item, FieldId id, Str value)
{
    Record *rec = item->rec;
    Field *field = rec->count > 0 ? &rec->fields[rec->count - 1] : NULL;
    if (field == NULL || field->id != id)
        field = item_add(item, id);
    size_t count = field->names.count;
    Name *names = arena_alloc(&rec->arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = field->names.items[i];
    names[count] = name_of(value);
    field->names = (Names){.items = names, .count = count + 1};
}

static bool add_date(Item *item, FieldId id, Str value)
{
    Date date;
    if (!date_parse(value, &date) && !date_parse_written(value, &date))
        return false;
    item_add(item, id)->date = date;
    return true;
}

/* Zotero's own number of an item, which nobody cites by; its key stands in Extra. */
static bool is_zotero_id(const Item *item)
{
    return str_starts(item->rec->key, STR("http://zotero.org/")) &&
           tree_is_nothing(tree_get(item->tree, "citation-key"));
}

/* False where the line stays in the note. */
static bool take(Item *item, Str line)
{
    Str variable, value;
    char name[CARRY_KEY_MOST];
    if (!carry_note_pair(line, name, &variable, &value))
        return false;
    if (str_equal_nocase(variable, STR("type"))) {
        const KindTag *kind = tags_kind(item->r->tags, value);
        if (kind != NULL) {
            item->rec->kind = kind->kind;
            item->rec->type = value;
        }
        return kind != NULL;
    }
    if (str_equal_nocase(variable, STR("citation-key")) &&
        (item->rec->key.size == 0 || is_zotero_id(item))) {
        if (item->rec->key.size > 0)
            record_add_other(item->rec, STR("id"), item->place,
                             text_plain(item->rec->key));
        item->rec->key = value;
        return tree_is_nothing(tree_get(item->tree, "citation-key"));
    }
    const FieldTag *row = tags_field(item->r->tags, variable, item->rec->kind);
    if (row == NULL || row->field == FIELD_OTHER || row->field == FIELD_NOTE ||
        row->how == HOW_SPARE || item_has(item, row->field))
        return false;
    if (field_form(row->field) == FORM_NAMES) {
        add_name(item, row->field, value);
        return true;
    }
    if (item->seen[row->field])
        return false;
    if (field_form(row->field) == FORM_DATE)
        return add_date(item, row->field, value);
    item_add(item, row->field)->text = carried_text(item, row->field, value);
    return true;
}

/* Whether a line looks like one of a variable, whether or not it is taken. */
static bool is_pair(Str line)
{
    Str variable, value;
    char name[CARRY_KEY_MOST];
    return carry_note_pair(line, name, &variable, &value);
}

/* Takes "{:key: value}" out of a line; what is left goes to `out`. */
static void take_braces(Item *item, Str line, Buf *out)
{
    for (;;) {
        size_t open = str_find(line, STR("{:"));
        Str inner = str_after(line, open + 2);
        size_t close = str_find_byte(inner, '}');
        if (open == line.size || close == inner.size)
            break;
        size_t end = open + 2 + close + 1;
        bool taken = take(item, str_slice(inner, 0, close));
        buf_add(out, str_slice(line, 0, taken ? open : end));
        line = str_after(line, end);
    }
    buf_add(out, line);
}

void note_read(Item *item, Str note)
{
    Buf rest = {0};
    Str lines = note, line;
    bool head = true, any = false;
    for (size_t i = 0; str_split(&lines, '\n', &line); i++) {
        head = head && (i == 0 || is_pair(line));
        if (head && take(item, line)) {
            any = true;
            continue;
        }
        buf_add(&rest, rest.size > 0 ? STR("\n") : STR_EMPTY);
        take_braces(item, line, &rest);
    }
    any = any || rest.size != note.size;
    Str left = any ? arena_copy(&item->rec->arena, str_trim(buf_str(&rest))) : note;
    buf_free(&rest);
    if (left.size > 0)
        item_add(item, FIELD_NOTE)->text = carried_text(item, FIELD_NOTE, left);
}
