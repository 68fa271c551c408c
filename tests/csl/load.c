/* SPDX-License-Identifier: MIT
 * Files, records and HTML for the programs that run styles; see load.h. */
#include "load.h"

#include "convert/base/memory.h"
#include "convert/text/utf8.h"
#include "formats/registry.h"
#include "formats/tags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool load_file(Arena *arena, const char *path, Str *text)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    Buf all = {0};
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        buf_add(&all, (Str){piece, n});
    fclose(file);
    *text = arena_copy(arena, buf_str(&all));
    buf_free(&all);
    return true;
}

Source *load_open(Loaded *loaded, Str bytes, Diag *diag)
{
    loaded->file = tmpfile();
    if (!loaded->file || fwrite(bytes.data, 1, bytes.size, loaded->file) != bytes.size ||
        fflush(loaded->file))
        abort();
    snprintf(loaded->name, sizeof loaded->name, "/dev/fd/%d", fileno(loaded->file));
    loaded->path = loaded->name;
    return source_open(&loaded->path, 1, NULL, diag);
}

void load_close(Loaded *loaded, Source *source)
{
    source_close(source);
    fclose(loaded->file);
}

void load_records(Str json, LoadVisit *visit, void *context)
{
    Loaded loaded;
    Diag diag = {.fd = 2, .least = LEVEL_COUNT};
    const Format *format = registry_find(STR("csl-json"), ROLE_READER);
    Tags *tags = tags_open(format, NULL);
    Options options = {.values = NULL};
    Read read = {.in = load_open(&loaded, json, &diag),
                 .diag = &diag,
                 .opt = &options,
                 .tags = tags,
                 .state = memory_zeroed(1, format->reader->state_size)};
    Record rec = {0};
    ReadResult result;
    do {
        record_reset(&rec);
        rec.key = rec.type = rec.origin = STR_EMPTY;
        result = format_next(format->reader, &read, &rec);
        if (result == READ_RECORD)
            visit(context, &rec);
    } while (result != READ_END);
    format->reader->close(&read);
    load_close(&loaded, read.in);
    record_free(&rec);
    free(read.state);
    tags_close(tags);
    diag_free(&diag);
}

/* --- Styles and locales ------------------------------------------------------------ */

static bool find_locale(void *context, Str lang, Str *xml, Str *file)
{
    Library *l = context;
    *file =
        arena_format(&l->arena, "%s/locales-%.*s.xml%c", l->locales, STR_ARG(lang), '\0');
    return load_file(&l->arena, file->data, xml);
}

static bool find_style(void *context, Str id, Str *xml, Str *file)
{
    Library *l = context;
    if (!l->styles)
        return false;
    size_t slash = id.size;
    while (slash > 0 && id.data[slash - 1] != '/')
        slash--;
    Str name = str_after(id, slash);
    *file = arena_format(&l->arena, "%s/%.*s.csl%c", l->styles, STR_ARG(name), '\0');
    return load_file(&l->arena, file->data, xml);
}

StyleSource load_source(Library *library)
{
    return (StyleSource){.context = library, .style = find_style, .locale = find_locale};
}

/* --- HTML -------------------------------------------------------------------------- */

static const struct {
    const char *open, *close;
} TAGS[STYLE_MARK_COUNT] = {
    [STYLE_ITALIC] = {"<i>", "</i>"},
    [STYLE_OBLIQUE] = {"<em>", "</em>"},
    [STYLE_NORMAL_STYLE] = {"<span style=\"font-style:normal;\">", "</span>"},
    [STYLE_SMALL_CAPS] = {"<span style=\"font-variant:small-caps;\">", "</span>"},
    [STYLE_NORMAL_VARIANT] = {"<span style=\"font-variant:normal;\">", "</span>"},
    [STYLE_BOLD] = {"<b>", "</b>"},
    [STYLE_LIGHT] = {"<span style=\"font-weight:light;\">", "</span>"},
    [STYLE_NORMAL_WEIGHT] = {"<span style=\"font-weight:normal;\">", "</span>"},
    [STYLE_UNDERLINE] = {"<span style=\"text-decoration:underline;\">", "</span>"},
    [STYLE_NO_DECORATION] = {"<span style=\"text-decoration:none;\">", "</span>"},
    [STYLE_SUP] = {"<sup>", "</sup>"},
    [STYLE_SUB] = {"<sub>", "</sub>"},
    [STYLE_BASELINE] = {"<span style=\"baseline\">", "</span>"},
    [STYLE_MATH] = {"", ""},
    [STYLE_LINK] = {"", ""},
    [STYLE_BLOCK] = {"\n\n    <div class=\"csl-block\">", "</div>\n"},
    [STYLE_MARGIN] = {"\n    <div class=\"csl-left-margin\">", "</div>"},
    [STYLE_INLINE] = {"<div class=\"csl-right-inline\">", "</div>\n  "},
    [STYLE_INDENT] = {"<div class=\"csl-indent\">", "</div>\n  "},
};

/* Letters that Unicode has raised: what they are on the line. */
static const struct {
    const char *raised, *plain;
} RAISED[] = {{"ª", "a"}, {"²", "2"}, {"³", "3"}, {"¹", "1"}, {"º", "o"}, {"ʰ", "h"},
              {"ʲ", "j"}, {"ʳ", "r"}, {"ʷ", "w"}, {"ʸ", "y"}, {"ˢ", "s"}, {"ˣ", "x"},
              {"ˡ", "l"}, {"ᵃ", "a"}, {"ᵇ", "b"}, {"ᵈ", "d"}, {"ᵉ", "e"}, {"ᵍ", "g"},
              {"ᵏ", "k"}, {"ᵐ", "m"}, {"ᵒ", "o"}, {"ᵖ", "p"}, {"ᵗ", "t"}, {"ᵘ", "u"},
              {"ᵛ", "v"}, {"ᶜ", "c"}, {"ᶠ", "f"}, {"ᶻ", "z"}, {"⁰", "0"}, {"ⁱ", "i"},
              {"⁴", "4"}, {"⁵", "5"}, {"⁶", "6"}, {"⁷", "7"}, {"⁸", "8"}, {"⁹", "9"},
              {"ⁿ", "n"}, {"ᵂ", "W"}, {"ᴬ", "A"}, {"ᴿ", "R"}};

const char *load_plain(Str s, size_t *size)
{
    for (size_t i = 0; i < sizeof RAISED / sizeof *RAISED; i++) {
        if (str_starts(s, str_from(RAISED[i].raised))) {
            *size = strlen(RAISED[i].raised);
            return RAISED[i].plain;
        }
    }
    return NULL;
}

static void escape(Buf *out, Str s)
{
    while (s.size > 0) {
        size_t size = 1;
        const char *plain = (s.data[0] & 0x80) ? load_plain(s, &size) : NULL;
        if (plain)
            buf_format(out, "<sup>%s</sup>", plain);
        else if (s.data[0] == '&')
            buf_add(out, STR("&#38;"));
        else if (s.data[0] == '<')
            buf_add(out, STR("&#60;"));
        else if (s.data[0] == '>')
            buf_add(out, STR("&#62;"));
        else
            buf_add_byte(out, s.data[0]);
        s = str_after(s, size);
    }
}

enum { OPEN_MOST = 600 };

void load_html(Buf *out, const StyleText *text)
{
    size_t open[OPEN_MOST], depth = 0, at = 0;
    for (size_t next = 0;;) {
        size_t stop = text->text.size;
        if (next < text->run_count && text->runs[next].start < stop)
            stop = text->runs[next].start;
        bool closes = depth > 0 && text->runs[open[depth - 1]].end <= stop;
        if (closes)
            stop = text->runs[open[depth - 1]].end;
        escape(out, str_slice(text->text, at, stop));
        at = stop;
        if (closes) {
            buf_add(out, str_from(TAGS[text->runs[open[--depth]].mark].close));
        } else if (next < text->run_count && depth < OPEN_MOST) {
            buf_add(out, str_from(TAGS[text->runs[next].mark].open));
            open[depth++] = next++;
        } else {
            return;
        }
    }
}
