/* SPDX-License-Identifier: MIT
 * Reading .aux and .bcf files; see cited.h. */
#include "convert/pipeline/cited.h"
#include "convert/base/arena.h"
#include "convert/base/hash.h"
#include "convert/base/memory.h"
#include "convert/io/source.h"
#include "convert/text/html.h"
#include "convert/text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Entry {
    Str key;
    Place place;
    bool any_case, met;
} Entry;

struct Cited {
    Arena arena;
    Entry *entries;
    size_t count, capacity;
    size_t *slots; /* numbers of entries from 1 on, by hash; 0 is free */
    size_t slot_count;
    bool all;
};

enum { SLOTS_FIRST = 256, FILES_MOST = 4096 };

Cited *cited_open(void)
{
    return memory_zeroed(1, sizeof(Cited));
}

void cited_close(Cited *cited)
{
    arena_free(&cited->arena);
    free(cited->entries);
    free(cited->slots);
    free(cited);
}

/* The set. */

/* Keys whose case counts are apart by it: thousands of spellings of one word would else
 * stand in one row. */
static size_t hash_of(Str s, bool any_case)
{
    return (size_t)(any_case ? hash_str_nocase(s, 0) : hash_str(s, 1));
}

static void grow(Cited *cited)
{
    cited->slot_count = cited->slot_count > 0 ? cited->slot_count * 2 : SLOTS_FIRST;
    free(cited->slots);
    cited->slots = memory_zeroed(cited->slot_count, sizeof *cited->slots);
    for (size_t i = 0; i < cited->count; i++) {
        size_t at = hash_of(cited->entries[i].key, cited->entries[i].any_case) &
                    (cited->slot_count - 1);
        while (cited->slots[at] != 0)
            at = (at + 1) & (cited->slot_count - 1);
        cited->slots[at] = i + 1;
    }
}

static bool same_key(const Entry *entry, Str key)
{
    return entry->any_case ? str_equal_nocase(entry->key, key)
                           : str_equal(entry->key, key);
}

static void add_key(Cited *cited, Str key, Place place, bool any_case)
{
    key = str_trim(key);
    if (str_equal(key, STR("*")))
        cited->all = true;
    /* biblatex's own entry, for BibTeX as its backend. */
    if (key.size == 0 || str_equal(key, STR("*")) ||
        str_equal(key, STR("biblatex-control")))
        return;
    if (cited->count * 2 >= cited->slot_count)
        grow(cited);
    size_t at = hash_of(key, any_case) & (cited->slot_count - 1);
    for (; cited->slots[at] != 0; at = (at + 1) & (cited->slot_count - 1)) {
        const Entry *entry = &cited->entries[cited->slots[at] - 1];
        if (entry->any_case == any_case && same_key(entry, key))
            return;
    }
    if (cited->count == cited->capacity) {
        cited->capacity = memory_grown(cited->capacity, cited->count + 1);
        cited->entries =
            memory_resize(cited->entries, cited->capacity * sizeof *cited->entries);
    }
    cited->entries[cited->count++] = (Entry){
        .key = arena_copy(&cited->arena, key), .place = place, .any_case = any_case};
    cited->slots[at] = cited->count;
}

bool cited_has(Cited *cited, Str key)
{
    bool found = cited->all;
    if (cited->slot_count == 0)
        return found;
    for (int any_case = 0; any_case < 2; any_case++) {
        size_t at = hash_of(key, any_case == 1) & (cited->slot_count - 1);
        for (; cited->slots[at] != 0; at = (at + 1) & (cited->slot_count - 1)) {
            Entry *entry = &cited->entries[cited->slots[at] - 1];
            if (same_key(entry, key))
                found = entry->met = true;
        }
    }
    return found;
}

void cited_report_missing(const Cited *cited, Diag *diag)
{
    for (size_t i = 0; i < cited->count; i++) {
        const Entry *entry = &cited->entries[i];
        if (!entry->met)
            diag_report(diag, LEVEL_WARNING, "missing-entry", entry->place,
                        "'%.*s' is cited and not in the input", STR_ARG(entry->key));
    }
}

/* Files. */

/* Files still to read, and those that were: each is read once, so circles end. */
typedef struct Queue {
    const char *paths[FILES_MOST];
    size_t count, next;
} Queue;

static void enqueue(Queue *queue, const char *path)
{
    for (size_t i = 0; i < queue->count; i++) {
        if (strcmp(queue->paths[i], path) == 0)
            return;
    }
    if (queue->count < FILES_MOST)
        queue->paths[queue->count++] = path;
}

/* The path of `name` beside `beside`; ends with a NUL. */
static const char *path_beside(Arena *arena, const char *beside, Str name)
{
    const char *slash = strrchr(beside, '/');
    size_t directory =
        slash != NULL && !str_starts(name, STR("/")) ? (size_t)(slash - beside) + 1 : 0;
    return arena_format(arena, "%.*s%.*s%c", (int)directory, beside, STR_ARG(name), '\0')
        .data;
}

/* Why a file cannot be opened, also where nothing but the try tells: rights may have been
 * given up (io/rights.h).  A pipe would notice that.  What a file names, not the user,
 * has to be a regular one: a pipe would wait, and a device have no end. */
static const char *why_closed(const char *path, bool named)
{
    struct stat info;
    if (access(path, R_OK) != 0 || stat(path, &info) != 0)
        return diag_reason(errno);
    if (!S_ISREG(info.st_mode))
        return named ? NULL : "it is no regular file";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return diag_reason(errno);
    close(fd);
    return NULL;
}

static bool cannot_open(const char *path, bool named, Diag *diag)
{
    const char *why = why_closed(path, named);
    if (why != NULL)
        diag_report(diag, named ? LEVEL_ERROR : LEVEL_WARNING, "open-failed", (Place){0},
                    "cannot open %s: %s", path, why);
    return why != NULL;
}

/* What stands in braces at the front, "{...}" itself cut off; false where none does.
 * Where a group has no end, neither has the line. */
static bool cut_group(Str *s, Str *group)
{
    if (!str_starts(*s, STR("{")))
        return false;
    size_t close = str_find_byte(*s, '}');
    if (close == s->size) {
        *s = STR_EMPTY; /* nor does any behind it */
        return false;
    }
    *group = str_slice(*s, 1, close);
    *s = str_after(*s, close + 1);
    return true;
}

/* Where in a line the last command stood: places are counted on from there, since a line
 * may hold as many as fit into 16 MiB. */
typedef struct Walk {
    const Line *line;
    size_t at; /* bytes */
    Place place;
} Walk;

static Walk walk_along(const Line *line)
{
    return (Walk){.line = line, .place = line->place};
}

/* The place of the first byte of `rest`, which ends the line. */
static Place walk_to(Walk *walk, Str rest)
{
    size_t at = walk->line->text.size - rest.size;
    walk->place.col += utf8_count(str_slice(walk->line->text, walk->at, at));
    walk->at = at;
    return walk->place;
}

static void add_keys(Cited *cited, Str keys, Place place, bool any_case)
{
    Str key;
    while (str_split(&keys, ',', &key))
        add_key(cited, key, place, any_case);
}

/* One line of an .aux file, which may hold several commands. */
static void read_aux_line(Cited *cited, const Line *line, Queue *queue)
{
    static const char *const COMMANDS[] = {"\\citation", "\\abx@aux@cite", "\\@input"};
    const char *from = queue->paths[0];
    Walk walk = walk_along(line);
    Str s = line->text, group, last;
    for (;;) {
        size_t at = str_find_byte(s, '\\'), which = 0;
        if (at == s.size)
            return;
        s = str_after(s, at);
        while (which < 3 && !str_starts(s, str_from(COMMANDS[which])))
            which++;
        Place place = walk_to(&walk, s);
        s = str_after(s, which < 3 ? strlen(COMMANDS[which]) : 1);
        if (which == 3 || !cut_group(&s, &last))
            continue;
        /* Since biblatex 3.15 the number of the section comes first. */
        while (which == 1 && cut_group(&s, &group))
            last = group;
        if (which == 2)
            enqueue(queue, path_beside(&cited->arena, from, last));
        else
            add_keys(cited, last, place, which == 0);
    }
}

bool cited_add_aux(Cited *cited, const char *path, Diag *diag)
{
    Queue *queue = memory_zeroed(1, sizeof *queue);
    bool fine = true;
    enqueue(queue, path);
    while (queue->next < queue->count) {
        const char *each = queue->paths[queue->next++];
        bool first = queue->next == 1;
        if (cannot_open(each, first, diag)) {
            fine = fine && !first;
            continue;
        }
        Line line;
        Source *in = source_open(&each, 1, NULL, diag);
        while (source_line(in, &line))
            read_aux_line(cited, &line, queue);
        fine = fine && !source_failed(in);
        source_close(in);
    }
    free(queue);
    return fine;
}

/* XML's references to characters are HTML's, too. */
static Str decode(Arena *arena, Str s)
{
    Buf out = {0};
    while (s.size > 0) {
        uint32_t characters[2];
        size_t size = s.data[0] == '&' ? html_reference(s, characters) : 0;
        if (size > 0)
            utf8_add(&out, characters[0]);
        else
            buf_add_byte(&out, s.data[0]);
        s = str_after(s, size > 0 ? size : 1);
    }
    Str done = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return done;
}

/* The value of an attribute in the inside of a tag, or empty. */
static Str attribute(Str tag, Str name)
{
    size_t at = str_find(tag, name);
    Str rest = str_after(tag, at + name.size);
    if (at == tag.size || rest.size == 0 || (rest.data[0] != '"' && rest.data[0] != '\''))
        return STR_EMPTY;
    char quote = rest.data[0];
    rest = str_after(rest, 1);
    return str_slice(rest, 0, str_find_byte(rest, quote));
}

/* biber's own writer puts each key on one line, so a line is all there is to look at. */
static void read_bcf_line(Cited *cited, const Line *line)
{
    static const char TAG[] = "<bcf:citekey";
    Walk walk = walk_along(line);
    Str s = line->text;
    for (;;) {
        size_t at = str_find(s, str_from(TAG));
        if (at == s.size)
            return;
        Place place = walk_to(&walk, str_after(s, at));
        s = str_after(s, at + sizeof TAG - 1);
        if (s.size > 0 && s.data[0] != ' ' && s.data[0] != '>')
            continue; /* "<bcf:citekeycount" */
        size_t close = str_find_byte(s, '>');
        Str inside = str_slice(s, 0, close);
        s = str_after(s, close + 1);
        Str key = str_slice(s, 0, str_find_byte(s, '<'));
        /* A dynamic set is no entry, its members are. */
        Str members = attribute(inside, STR(" members="));
        if (members.size > 0)
            add_keys(cited, decode(&cited->arena, members), place, false);
        else
            add_key(cited, decode(&cited->arena, key), place, false);
    }
}

bool cited_add_bcf(Cited *cited, const char *path, Diag *diag)
{
    Line line;
    if (cannot_open(path, true, diag))
        return false;
    Source *in = source_open(&path, 1, NULL, diag);
    while (source_line(in, &line))
        read_bcf_line(cited, &line);
    bool fine = !source_failed(in);
    source_close(in);
    return fine;
}
