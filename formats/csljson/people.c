/* SPDX-License-Identifier: MIT
 * Variables of names: arrays of objects with CSL's parts, and what else is written for
 * them: strings, one object alone, Crossref's "name". */
#include "formats/csljson/read.h"

/* What of a name's object CSL has no word for, and what says nothing: the place in the
 * list says "sequence", and these three are off unless said to be on. */
static bool says_nothing(Str key, const Tree *value)
{
    if (tree_is_nothing(value) || str_equal(key, STR("sequence")))
        return true;
    if (str_equal(key, STR("comma-suffix")) || str_equal(key, STR("static-ordering")) ||
        str_equal(key, STR("parse-names")))
        return !tree_is_yes(value);
    return str_equal(key, STR("isInstitution"));
}

static Str *part_of(Name *name, Str key)
{
    if (str_equal(key, STR("family")))
        return &name->family;
    if (str_equal(key, STR("given")))
        return &name->given;
    if (str_equal(key, STR("literal")) || str_equal(key, STR("name")))
        return &name->literal;
    if (str_equal(key, STR("non-dropping-particle")))
        return &name->non_dropping;
    if (str_equal(key, STR("dropping-particle")))
        return &name->dropping;
    return str_equal(key, STR("suffix")) ? &name->suffix : NULL;
}

static Name no_name(void)
{
    return (Name){.given = STR_EMPTY,
                  .dropping = STR_EMPTY,
                  .non_dropping = STR_EMPTY,
                  .family = STR_EMPTY,
                  .suffix = STR_EMPTY,
                  .literal = STR_EMPTY,
                  .homonym = STR_EMPTY};
}

Name people_parse(Str s)
{
    Name name = no_name();
    NameOddity oddity;
    s = str_trim(s);
    size_t comma = str_find_byte(s, ',');
    if (comma == s.size || comma == 0)
        return s.size > 0 ? name_parse(s, &oddity) : name;
    name.family = str_trim(str_slice(s, 0, comma));
    Str rest = str_trim(str_after(s, comma + 1));
    comma = str_find_byte(rest, ',');
    name.given = str_trim(str_slice(rest, 0, comma));
    name.suffix = str_trim(str_after(rest, comma + 1));
    return name;
}

/* Makes of the parts that were given a name as name.h has them. */
static void settle(Item *item, Name *name, bool institution)
{
    Arena *arena = &item->rec->arena;
    if (name->family.size == 0 && name->literal.size == 0) {
        name->family = name->given.size > 0 ? name->given : name->non_dropping;
        if (name->given.size > 0)
            name->given = STR_EMPTY;
        else
            name->non_dropping = STR_EMPTY;
    }
    if (institution && name->literal.size == 0) {
        *name = (Name){.literal = name_natural(arena, name),
                       .given = STR_EMPTY,
                       .dropping = STR_EMPTY,
                       .non_dropping = STR_EMPTY,
                       .family = STR_EMPTY,
                       .suffix = STR_EMPTY,
                       .homonym = STR_EMPTY};
    }
}

static void add_part(Arena *values, Tree **more, const char *key, Str *part)
{
    if (part->size == 0)
        return;
    tree_put(values, more, str_from(key), tree_string(values, *part));
    *part = STR_EMPTY;
}

/* A name has a literal or parts; where both are given, the parts of a person count, and
 * the others come back as they were. */
static void set_aside(Arena *values, Name *name, Tree **more)
{
    if (name->family.size > 0) {
        add_part(values, more, "literal", &name->literal);
        return;
    }
    add_part(values, more, "given", &name->given);
    add_part(values, more, "dropping-particle", &name->dropping);
    add_part(values, more, "non-dropping-particle", &name->non_dropping);
    add_part(values, more, "suffix", &name->suffix);
}

/* Takes a name; what CSL has no word for goes to a new object, *more. */
static bool name_read(Item *item, const Tree *value, Name *name, Tree **more)
{
    *name = no_name();
    if (tree_is_string(value)) {
        *name = people_parse(carried_name(item, tree_str(value)));
        return name->family.size > 0 || name->literal.size > 0;
    }
    for (const Tree *step = tree_members(value); step != NULL; step = step->next) {
        Str *place = part_of(name, step->key);
        if (place != NULL && tree_is_string(step) && place->size == 0)
            *place = carried_name(item, tree_str(step));
        else if (!says_nothing(step->key, step))
            tree_put(item->soil.values, more, step->key, step);
    }
    name->comma_suffix = tree_is_yes(tree_get(value, "comma-suffix"));
    name->static_order = tree_is_yes(tree_get(value, "static-ordering"));
    if (name->literal.size > 0)
        set_aside(item->soil.values, name, more);
    if (*more != NULL)
        tree_close(item->soil.values, *more);
    settle(item, name, tree_is_yes(tree_get(value, "isInstitution")));
    return name->family.size > 0 || name->literal.size > 0;
}

/* "Doe, Jane and Roe, Richard"; also with ";". */
static void split_people(Str list, Name *names, size_t *count, size_t most)
{
    bool semicolons = str_find_byte(list, ';') < list.size;
    while (list.size > 0 && *count < most) {
        Str separator = semicolons ? STR(";") : STR(" and ");
        size_t end = str_find(list, separator);
        Name name = people_parse(str_slice(list, 0, end));
        if (name.family.size > 0 || name.literal.size > 0)
            names[(*count)++] = name;
        list = str_after(list, end + separator.size);
    }
}

static size_t count_people(Str list)
{
    size_t count = 1;
    for (size_t i = 0; i < list.size; i++)
        count += list.data[i] == ';' || str_starts(str_after(list, i), STR(" and "));
    return count;
}

static bool read_string(Item *item, FieldId id, Str list)
{
    size_t count = 0, most = count_people(list);
    Name *names = arena_alloc(&item->rec->arena, most * sizeof *names);
    split_people(list, names, &count, most);
    if (count == 0)
        return false;
    item_add(item, id)->names = (Names){.items = names, .count = count};
    return true;
}

/* What the objects hold beyond CSL's words: an object a name. */
static void add_more(Item *item, const Tree *all)
{
    Str text = tree_text(&item->soil, all);
    record_add_other(item->rec,
                     str_from(field_name(item->rec->fields[item->rec->count - 1].id)),
                     item->place, text_plain(text));
}

bool people_read(Item *item, FieldId id, const Tree *value)
{
    if (tree_is_string(value))
        return read_string(item, id, tree_str(value));
    bool list = tree_is_array(value);
    size_t size = list ? tree_count(value) : 1, count = 0;
    if (!list && !tree_is_object(value))
        return false;
    Arena *values = item->soil.values;
    Name *names = arena_alloc(&item->rec->arena, size * sizeof *names);
    Tree *all = NULL;
    const Tree *one = list ? tree_items(value) : value;
    for (size_t i = 0; i < size; i++, one = one->next) {
        Tree *more = NULL;
        if (!name_read(item, one, &names[count], &more)) {
            if (!tree_is_nothing(one))
                diag_report(item->r->diag, LEVEL_WARNING, "bad-name", item->place,
                            "name %zu of %s has no name in it; left out", i + 1,
                            field_name(id));
            continue;
        }
        count++;
        if (more != NULL && all == NULL)
            all = tree_new(values, TREE_ARRAY);
        while (all != NULL && tree_count(all) + 1 < count)
            tree_add(all, tree_new(values, TREE_OBJECT));
        if (more != NULL)
            tree_add(all, more);
    }
    if (count > 0) {
        item_add(item, id)->names = (Names){.items = names, .count = count};
        if (all != NULL)
            add_more(item, all);
    }
    return true;
}
