/* SPDX-License-Identifier: MIT
 * Finding styles and locales; see library.h.  Directories as the XDG Base Directory
 * Specification has them. */
#include "formats/text/library.h"
#include "convert/base/memory.h"
#include "convert/text/markup.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIRS_MOST = 32, FILE_MOST = 16 * 1024 * 1024 };

struct Library {
    Arena arena;
    Str styles[DIRS_MOST], locales[DIRS_MOST]; /* directories, NUL at the end */
    size_t style_count, locale_count;
    bool own_locales; /* the first of them is the user's */
};

/* Directories. */

static void add_dir(Library *l, Str *dirs, size_t *count, Str base, const char *below)
{
    if (base.size == 0 || base.data[0] != '/' || *count == DIRS_MOST)
        return;
    dirs[(*count)++] = arena_format(&l->arena, "%.*s/%s%c", STR_ARG(base), below, '\0');
}

static Str data_home(Library *l)
{
    Str own = str_from(getenv("XDG_DATA_HOME"));
    Str home = str_from(getenv("HOME"));
    if (own.size > 0 || home.size == 0)
        return own;
    return arena_format(&l->arena, "%.*s/.local/share", STR_ARG(home));
}

Library *library_open(void)
{
    Library *l = memory_zeroed(1, sizeof *l);
    Str home = data_home(l), base;
    Str rest = str_from(getenv("XDG_DATA_DIRS"));
    if (rest.size == 0)
        rest = STR("/usr/local/share:/usr/share");
    add_dir(l, l->styles, &l->style_count, home, "citeconv/styles");
    add_dir(l, l->locales, &l->locale_count, home, "citeconv/locales");
    l->own_locales = l->locale_count > 0;
    while (str_split(&rest, ':', &base)) {
        add_dir(l, l->styles, &l->style_count, base, "citation-style-language/styles");
        add_dir(l, l->styles, &l->style_count, base,
                "citation-style-language/styles/dependent");
        add_dir(l, l->locales, &l->locale_count, base, "citation-style-language/locales");
    }
    return l;
}

void library_close(Library *library)
{
    if (library == NULL)
        return;
    arena_free(&library->arena);
    free(library);
}

const char *library_directory(const Library *library, size_t i)
{
    if (i < library->style_count)
        return library->styles[i].data;
    i -= library->style_count;
    return i < library->locale_count ? library->locales[i].data : NULL;
}

/* Files. */

/* The first `most` bytes of a file; false with errno set where it cannot be read. */
static bool read_front(Arena *arena, const char *path, size_t most, Str *text)
{
    Buf all = {0};
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return false;
    size_t got = 1;
    while (got > 0 && all.size < most) {
        size_t want = most - all.size < 65536 ? most - all.size : 65536;
        got = fread(buf_reserve(&all, want), 1, want, file);
        all.size += got;
    }
    bool fine = ferror(file) == 0;
    int error = errno;
    fclose(file);
    if (fine)
        *text = arena_copy(arena, buf_str(&all));
    buf_free(&all);
    errno = error;
    return fine;
}

static const EmbeddedStyle *find_embedded(Str name)
{
    for (const EmbeddedStyle *e = EMBEDDED_STYLES; e->name != NULL; e++) {
        if (str_equal_nocase(name, str_from(e->name)))
            return e;
    }
    return NULL;
}

/* Empty where none of that name is embedded. */
static Str embedded_text(const EmbeddedStyle *e)
{
    if (e == NULL)
        return STR_EMPTY;
    return (Str){(const char *)e->bytes, e->size};
}

typedef struct Found {
    Str xml, file;
} Found;

/* "DIR/NAME.csl" in the first of the directories that has it. */
static bool find_file(Library *l, const Str *dirs, size_t count, Str file, Found *found)
{
    for (size_t i = 0; i < count; i++) {
        Str path =
            arena_format(&l->arena, "%s/%.*s%c", dirs[i].data, STR_ARG(file), '\0');
        if (read_front(&l->arena, path.data, FILE_MOST, &found->xml)) {
            found->file = str_slice(path, 0, path.size - 1);
            return true;
        }
    }
    return false;
}

/* What stands behind the last slash of an id, or of a path without ".csl". */
static Str last_part(Str id)
{
    size_t slash = id.size;
    while (slash > 0 && id.data[slash - 1] != '/')
        slash--;
    Str name = str_after(id, slash);
    if (str_ends(name, STR(".csl")))
        name.size -= 4;
    return name;
}

static bool find_style(void *context, Str id, Str *xml, Str *file)
{
    Library *l = context;
    Str name = last_part(id);
    Found found;
    if (name.size == 0)
        return false;
    Str wanted = arena_format(&l->arena, "%.*s.csl", STR_ARG(name));
    if (find_file(l, l->styles, l->style_count, wanted, &found)) {
        *xml = found.xml;
        *file = found.file;
        return true;
    }
    const EmbeddedStyle *e = find_embedded(name);
    if (e == NULL || str_equal(str_from(e->name), STR("en-US")))
        return false;
    *xml = embedded_text(e);
    *file = arena_format(&l->arena, "%s.csl", e->name);
    return true;
}

static bool find_locale(void *context, Str lang, Str *xml, Str *file)
{
    Library *l = context;
    Found found;
    if (lang.size == 0 || str_find_byte(lang, '/') < lang.size)
        return false;
    Str wanted = arena_format(&l->arena, "locales-%.*s.xml", STR_ARG(lang));
    size_t own = l->own_locales ? 1 : 0;
    bool there = find_file(l, l->locales, own, wanted, &found);
    if (!there && str_equal(lang, STR("en-US"))) {
        *xml = embedded_text(find_embedded(lang));
        *file = wanted;
        return true;
    }
    if (!there)
        there = find_file(l, l->locales + own, l->locale_count - own, wanted, &found);
    if (there) {
        *xml = found.xml;
        *file = found.file;
    }
    return there;
}

/* All names. */

/* Calls `visit` for each style: its directory (NULL for embedded ones) and its name. */
typedef void Visit(void *context, const char *dir, Str name);

static void visit_all(const Library *l, Visit *visit, void *context)
{
    for (size_t i = 0; i < l->style_count; i++) {
        DIR *dir = opendir(l->styles[i].data);
        struct dirent *entry;
        while (dir != NULL && (entry = readdir(dir)) != NULL) {
            Str file = str_from(entry->d_name);
            if (str_ends(file, STR(".csl")) && utf8_valid(file) == file.size)
                visit(context, l->styles[i].data, str_slice(file, 0, file.size - 4));
        }
        if (dir != NULL)
            closedir(dir);
    }
    for (const EmbeddedStyle *e = EMBEDDED_STYLES; e->name != NULL; e++) {
        if (strcmp(e->name, "en-US") != 0)
            visit(context, NULL, str_from(e->name));
    }
}

typedef struct Near {
    Arena *arena;
    Str wanted, best, longer; /* a name that begins with the wanted one */
    size_t least, longer_count;
} Near;

static void measure(void *context, const char *dir, Str name)
{
    Near *near = context;
    (void)dir;
    size_t distance = str_distance(near->wanted, name);
    if (distance < near->least || (distance == near->least && near->best.size > 0 &&
                                   memcmp(name.data, near->best.data, 1) < 0)) {
        near->least = distance;
        near->best = arena_copy(near->arena, name);
    } else if (str_starts_nocase(name, near->wanted)) {
        near->longer =
            near->longer_count++ == 0 ? arena_copy(near->arena, name) : near->longer;
    }
}

static void tell_unknown(Library *l, Str wanted, Diag *diag)
{
    Str name = last_part(wanted);
    Near near = {.arena = &l->arena, .wanted = name, .least = name.size / 3 + 1};
    visit_all(l, measure, &near);
    Str hint = near.best.size > 0 ? near.best : near.longer;
    if (near.best.size == 0 && near.longer_count > 1)
        diag_report(diag, LEVEL_ERROR, "no-style", (Place){0},
                    "unknown style '%.*s'; --list-styles=%.*s lists %zu that begin so",
                    STR_ARG(wanted), STR_ARG(name), near.longer_count);
    else if (hint.size > 0)
        diag_report(diag, LEVEL_ERROR, "no-style", (Place){0},
                    "unknown style '%.*s'; did you mean '%.*s'?", STR_ARG(wanted),
                    STR_ARG(hint));
    else
        diag_report(diag, LEVEL_ERROR, "no-style", (Place){0},
                    "unknown style '%.*s'; see --list-styles", STR_ARG(wanted));
}

Style *library_style(Library *library, Str wanted, Str lang, Diag *diag)
{
    StyleSource source = {.context = library, .style = find_style, .locale = find_locale};
    Str xml = STR_EMPTY, file = STR_EMPTY;
    bool uri = str_contains(wanted, STR("://"));
    bool path = !uri && (str_find_byte(wanted, '/') < wanted.size ||
                         str_ends(wanted, STR(".csl")));
    if (path) {
        Str name = arena_format(&library->arena, "%.*s%c", STR_ARG(wanted), '\0');
        file = str_slice(name, 0, wanted.size);
        if (!read_front(&library->arena, name.data, FILE_MOST, &xml)) {
            diag_report(diag, LEVEL_ERROR, "no-style", (Place){0},
                        "cannot open style %.*s: %s", STR_ARG(wanted),
                        diag_reason(errno));
            return NULL;
        }
    } else if (!find_style(library, wanted, &xml, &file)) {
        tell_unknown(library, wanted, diag);
        return NULL;
    }
    return style_open(&source, xml, file, lang, diag);
}

/* Lists. */

typedef struct Listed {
    Str name, title;
} Listed;

typedef struct Listing {
    Library *library;
    Arena scratch;
    Listed *items;
    size_t count, capacity;
    Str word; /* as unicode_plain has it */
} Listing;

/* What stands between <tag> and </tag>, references decoded. */
static Str element(Arena *arena, Str xml, const char *tag)
{
    Str open = arena_format(arena, "<%s>", tag),
        close = arena_format(arena, "</%s>", tag);
    Str rest = str_after(xml, str_find(xml, open) + open.size);
    Str value = str_trim(str_slice(rest, 0, str_find(rest, close)));
    return markup_read(arena, text_plain(value), MARKUP_REFERENCES).text;
}

/* The words of <category field="..." citation-format="...">. */
static Str categories(Arena *arena, Str xml)
{
    Buf words = {0};
    static const Str ATTRIBUTES[] = {{"field=\"", 7}, {"citation-format=\"", 17}};
    Str rest = xml;
    for (;;) {
        rest = str_after(rest, str_find(rest, STR("<category ")));
        if (rest.size == 0)
            break;
        rest = str_after(rest, 1);
        Str element_text = str_slice(rest, 0, str_find_byte(rest, '>'));
        for (size_t i = 0; i < 2; i++) {
            size_t at = str_find(element_text, ATTRIBUTES[i]);
            Str value = str_after(element_text, at + ATTRIBUTES[i].size);
            if (at == element_text.size)
                continue;
            buf_add_byte(&words, ' ');
            buf_add(&words, str_slice(value, 0, str_find_byte(value, '"')));
        }
    }
    Str all = arena_copy(arena, buf_str(&words));
    buf_free(&words);
    return all;
}

static void list_one(void *context, const char *dir, Str name)
{
    Listing *l = context;
    Arena *arena = &l->scratch;
    Str xml = STR_EMPTY;
    if (dir == NULL) {
        xml = embedded_text(find_embedded(name));
    } else {
        Str path = arena_format(arena, "%s/%.*s.csl%c", dir, STR_ARG(name), '\0');
        if (!read_front(arena, path.data, 8192, &xml))
            return;
    }
    xml = str_slice(xml, 0, utf8_valid(xml));
    xml = str_slice(xml, 0, str_find(xml, STR("</info>")));
    Str title = element(arena, xml, "title"), id = element(arena, xml, "id");
    Str all = arena_format(arena, "%.*s %.*s %.*s %.*s", STR_ARG(name), STR_ARG(title),
                           STR_ARG(id), STR_ARG(categories(arena, xml)));
    if (str_contains(unicode_plain(arena, all), l->word)) {
        if (l->count == l->capacity) {
            l->capacity = memory_grown(l->capacity, l->count + 1);
            l->items = memory_resize(l->items, l->capacity * sizeof *l->items);
        }
        l->items[l->count++] = (Listed){.name = arena_copy(&l->library->arena, name),
                                        .title = arena_copy(&l->library->arena, title)};
    }
    arena_reset(arena);
}

static int by_name(const void *a, const void *b)
{
    Str s = ((const Listed *)a)->name, t = ((const Listed *)b)->name;
    int order = memcmp(s.data, t.data, s.size < t.size ? s.size : t.size);
    return order != 0 ? order : (s.size > t.size) - (s.size < t.size);
}

size_t library_list(Library *library, Sink *out, Str word)
{
    Listing l = {.library = library};
    l.word = unicode_plain(&library->arena, word);
    visit_all(library, list_one, &l);
    if (l.count > 0)
        qsort(l.items, l.count, sizeof *l.items, by_name);
    size_t shown = 0;
    for (size_t i = 0; i < l.count; i++) {
        /* The first directory wins; the same name again is never reached. */
        if (i > 0 && str_equal(l.items[i].name, l.items[i - 1].name))
            continue;
        sink_format(out, "%-40.*s %.*s\n", STR_ARG(l.items[i].name),
                    STR_ARG(l.items[i].title));
        shown++;
    }
    free(l.items);
    arena_free(&l.scratch);
    return shown;
}
