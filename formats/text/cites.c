/* SPDX-License-Identifier: MIT
 * Citations of --cite, a line each, as pandoc's manual has them in Markdown:
 *
 *     [see @doe2020, p. 33; also -@roe2019, chap. 2]
 *     @doe2020
 *
 * "-" leaves the names out.  What follows a key is a locator where it begins with its
 * word or a number, and else the suffix. */
#include "formats/text/list.h"
#include "convert/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CITES_MOST = 4096 }; /* in one citation */

typedef struct Keys {
    const ListItem **items; /* by key, the first of equal ones first */
    size_t count;
} Keys;

typedef struct Cites {
    List *list;
    Keys keys;
    Arena scratch;
    Cite *cites; /* of the citation in work */
    size_t count;
    Str line;
    Place place; /* of its byte `counted` */
    size_t counted;
} Cites;

static int order_keys(Str a, Str b)
{
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int by_key(const void *a, const void *b)
{
    const ListItem *x = *(const ListItem *const *)a, *y = *(const ListItem *const *)b;
    int order = order_keys(x->key, y->key);
    return order != 0 ? order : (x > y) - (x < y);
}

static Keys sort_keys(Arena *arena, const List *list)
{
    Keys keys = {.count = list->count};
    keys.items = arena_alloc(arena, (list->count + 1) * sizeof(ListItem *));
    for (size_t i = 0; i < list->count; i++)
        keys.items[i] = &list->items[i];
    if (keys.count > 0)
        qsort(keys.items, keys.count, sizeof(ListItem *), by_key);
    return keys;
}

static const ListItem *find_key(const Keys *keys, Str key)
{
    size_t from = 0, to = keys->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (order_keys(keys->items[middle]->key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < keys->count && str_equal(keys->items[from]->key, key);
    return found ? keys->items[from] : NULL;
}

/* Places are asked for in rising order, so that a long line is counted once. */
static Place place_of(Cites *c, Str at)
{
    size_t offset = (size_t)(at.data - c->line.data);
    c->place.col += utf8_count(str_slice(c->line, c->counted, offset));
    c->counted = offset;
    return c->place;
}

/* Locators. */

static const struct {
    const char *word, *label;
} LABELS[] = {
    {"p.", "page"},
    {"pp.", "page"},
    {"page", "page"},
    {"pages", "page"},
    {"chap.", "chapter"},
    {"chaps.", "chapter"},
    {"ch.", "chapter"},
    {"chapter", "chapter"},
    {"chapters", "chapter"},
    {"sec.", "section"},
    {"secs.", "section"},
    {"section", "section"},
    {"sections", "section"},
    {"\xc2\xa7", "section"},
    {"\xc2\xa7\xc2\xa7", "section"},
    {"para.", "paragraph"},
    {"paras.", "paragraph"},
    {"paragraph", "paragraph"},
    {"\xc2\xb6", "paragraph"},
    {"fig.", "figure"},
    {"figs.", "figure"},
    {"figure", "figure"},
    {"n.", "note"},
    {"nn.", "note"},
    {"note", "note"},
    {"no.", "issue"},
    {"nos.", "issue"},
    {"issue", "issue"},
    {"vol.", "volume"},
    {"vols.", "volume"},
    {"volume", "volume"},
    {"bk.", "book"},
    {"bks.", "book"},
    {"book", "book"},
    {"col.", "column"},
    {"cols.", "column"},
    {"column", "column"},
    {"fol.", "folio"},
    {"fols.", "folio"},
    {"folio", "folio"},
    {"l.", "line"},
    {"ll.", "line"},
    {"line", "line"},
    {"lines", "line"},
    {"op.", "opus"},
    {"opus", "opus"},
    {"pt.", "part"},
    {"pts.", "part"},
    {"part", "part"},
    {"s.v.", "sub-verbo"},
    {"v.", "verse"},
    {"vv.", "verse"},
    {"verse", "verse"},
    {"tbl.", "table"},
    {"table", "table"},
    {"eq.", "equation"},
    {"equation", "equation"},
    {"app.", "appendix"},
    {"appendix", "appendix"},
};

static const char *label_of(Str word)
{
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++) {
        if (str_equal_nocase(word, str_from(LABELS[i].word)))
            return LABELS[i].label;
    }
    return NULL;
}

static bool is_number(Str word)
{
    bool roman = word.size > 0, digit = false;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        digit |= byte_is_digit(c);
        bool joins = c == '-' || c == ',' || c == ':' || c == '.' || (c & 0x80) != 0;
        roman &= joins || strchr("ivxlcdmIVXLCDM", c) != NULL;
    }
    return digit || roman;
}

/* Takes a locator off the front of what follows a key and its comma. */
static void take_locator(Str *rest, Cite *cite)
{
    Str left = *rest, word;
    const char *label = NULL;
    if (str_word(&left, &word))
        label = label_of(word);
    Str numbers = str_trim(label != NULL ? left : *rest), after = numbers;
    size_t end = 0;
    while (str_word(&after, &word) && (is_number(word) || str_equal(word, STR("&")))) {
        end = (size_t)(word.data + word.size - numbers.data);
        if (word.data[word.size - 1] != ',' && after.size > 0 &&
            !str_starts(str_trim(after), STR("&")))
            break;
    }
    Str locator = str_slice(numbers, 0, end);
    if (label == NULL && (end == 0 || !byte_is_digit(locator.data[0])))
        return;
    if (end == 0) /* "s.v. lemma" */
        locator = numbers;
    while (locator.size > 0 && locator.data[locator.size - 1] == ',')
        locator.size--;
    cite->locator = locator;
    cite->label = label != NULL ? str_from(label) : STR("page");
    *rest = str_after(numbers, locator.size);
}

/* Keys. */

static bool is_key_byte(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || (c & 0x80) != 0 ||
           (c != '\0' && strchr("_:.#$%&-+?<>~/", c) != NULL);
}

/* Cuts the key off the front, which stands behind "@". */
static Str cut_key(Str *rest)
{
    if (str_starts(*rest, STR("{"))) {
        size_t end = str_find_byte(*rest, '}');
        Str key = str_slice(*rest, 1, end);
        *rest = str_after(*rest, end + 1);
        return key;
    }
    size_t size = 0;
    while (size < rest->size && is_key_byte(rest->data[size]))
        size++;
    while (size > 0 && !byte_is_alpha(rest->data[size - 1]) &&
           !byte_is_digit(rest->data[size - 1]) && (rest->data[size - 1] & 0x80) == 0)
        size--;
    Str key = str_slice(*rest, 0, size);
    *rest = str_after(*rest, size);
    return key;
}

/* "see -@doe2020, p. 33 and elsewhere" */
static void add_cite(Cites *c, Str text)
{
    Diag *diag = c->list->w->diag;
    size_t at = str_find_byte(text, '@');
    Str before = str_slice(text, 0, at), rest = str_after(text, at + 1);
    Cite cite = {.locator = STR_EMPTY, .label = STR_EMPTY};
    if (str_ends(before, STR("-"))) {
        cite.suppress_author = true;
        before.size--;
    }
    Str key = cut_key(&rest);
    if (at == text.size || key.size == 0 || c->count == CITES_MOST) {
        diag_report(diag, LEVEL_WARNING, "bad-cite", place_of(c, text),
                    "no citation such as '@key, p. 12'; left out");
        return;
    }
    const ListItem *item = find_key(&c->keys, key);
    if (item == NULL) {
        diag_report(diag, LEVEL_WARNING, "missing-entry", place_of(c, key),
                    "'%.*s' is cited and not in the input", STR_ARG(key));
        return;
    }
    cite.item = (size_t)(item - c->list->items);
    if (str_starts(rest, STR(","))) {
        Str behind = str_trim(str_after(rest, 1));
        take_locator(&behind, &cite);
        if (cite.locator.size > 0)
            rest = behind;
    }
    Str prefix = str_trim(before);
    cite.prefix = text_plain(
        prefix.size > 0 ? arena_join(&c->scratch, prefix, STR_EMPTY, STR(" ")) : prefix);
    Str suffix = str_trim(rest);
    if (suffix.size > 0 && suffix.data[0] != ',')
        suffix = arena_join(&c->scratch, STR(" "), STR_EMPTY, suffix);
    cite.suffix = text_plain(suffix);
    c->cites[c->count++] = cite;
}

static void add_citation(Cites *c, Str cluster)
{
    Str rest = cluster, part;
    c->count = 0;
    while (str_split(&rest, ';', &part))
        add_cite(c, str_trim(part));
    if (c->count == 0)
        return;
    size_t note = c->list->layout->note ? c->list->citations + 1 : 0;
    document_cite(c->list->doc,
                  &(Citation){.cites = c->cites, .count = c->count, .note = note});
    c->list->citations++;
}

/* Every "[...]" of a line that holds a key; or the line itself. */
static void read_line(Cites *c)
{
    Str line = str_trim(c->line), rest = line;
    if (line.size == 0 || line.data[0] == '#')
        return;
    if (line.data[0] != '[') {
        add_citation(c, line);
        return;
    }
    while (rest.size > 0) {
        rest = str_after(rest, str_find_byte(rest, '[') + 1);
        size_t end = str_find_byte(rest, ']');
        if (rest.size > 0)
            add_citation(c, str_slice(rest, 0, end));
        rest = str_after(rest, end + 1);
    }
}

void cites_read(List *list, const char *path)
{
    const char *files[] = {path};
    Source *in = source_open(files, 1, NULL, list->w->diag);
    Cites c = {.list = list};
    Arena keys = {0};
    Line line;
    c.keys = sort_keys(&keys, list);
    c.cites = arena_alloc(&keys, CITES_MOST * sizeof *c.cites);
    while (source_line(in, &line)) {
        c.line = line.text;
        c.place = line.place;
        c.counted = 0;
        read_line(&c);
        arena_reset(&c.scratch);
    }
    if (source_failed(in))
        list->w->diag->world_failed = true;
    source_close(in);
    arena_free(&keys);
    arena_free(&c.scratch);
}
