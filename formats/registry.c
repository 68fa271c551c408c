/* SPDX-License-Identifier: MIT
 * The list of formats; see registry.h. */
#include "formats/registry.h"

#include <string.h>

#define FORMAT(name) extern const Format format_##name;
#include "formats/formats.def"
#undef FORMAT

static const Format *const FORMATS[] = {
#define FORMAT(name) &format_##name,
#include "formats/formats.def"
#undef FORMAT
    NULL,
};

const Format *const *registry_all(void)
{
    return FORMATS;
}

static bool plays(const Format *format, Role role)
{
    return role == ROLE_ANY || (role == ROLE_READER && format->reader != NULL) ||
           (role == ROLE_WRITER && format->writer != NULL);
}

static bool has_extension(const Format *format, Str name)
{
    Str list = str_from(format->extensions), extension;
    while (str_word(&list, &extension)) {
        if (str_equal_nocase(extension, name))
            return true;
    }
    return false;
}

const Format *registry_find(Str name, Role role)
{
    for (const Format *const *f = FORMATS; *f != NULL; f++) {
        if (plays(*f, role) && str_equal_nocase(name, str_from((*f)->name)))
            return *f;
    }
    for (const Format *const *f = FORMATS; *f != NULL; f++) {
        if (plays(*f, role) && has_extension(*f, name))
            return *f;
    }
    return NULL;
}

const Format *registry_by_path(Str path, Role role)
{
    size_t dot = path.size;
    while (dot > 0 && path.data[dot - 1] != '.' && path.data[dot - 1] != '/')
        dot--;
    if (dot < 2 || path.data[dot - 1] != '.' || path.data[dot - 2] == '/')
        return NULL;
    for (const Format *const *f = FORMATS; *f != NULL; f++) {
        if (plays(*f, role) && has_extension(*f, str_after(path, dot)))
            return *f;
    }
    return NULL;
}

const Format *registry_nearest(Str name, Role role)
{
    const Format *nearest = NULL;
    size_t least = name.size / 3 + 1;
    for (const Format *const *f = FORMATS; *f != NULL; f++) {
        Str each = str_from((*f)->name);
        size_t distance = str_distance(name, each);
        /* "rsi" may be ris, but "pdf" is no rtf. */
        bool near = distance <= 1 || str_starts_nocase(name, str_slice(each, 0, 1));
        if (plays(*f, role) && near && distance <= least) {
            least = distance - (distance > 0 ? 1 : 0);
            nearest = *f;
        }
    }
    return nearest;
}

ReadResult format_next(const Reader *reader, Read *r, Record *rec)
{
    for (;;) {
        ReadResult result = reader->next(r, rec);
        if (result != READ_END && reader->finish != NULL)
            result = reader->finish(r, rec, result);
        if (result != READ_FILE_END)
            return result;
        record_reset(rec);
    }
}

const char *format_language(const Format *format)
{
    return format->language != NULL ? format->language : format->name;
}

bool format_same_language(const Format *a, const Format *b)
{
    return strcmp(format_language(a), format_language(b)) == 0;
}

bool format_keeps_links(const Format *from, const Format *to, const Options *opt)
{
    const Writer *writer = to->writer;
    return format_same_language(from, to) &&
           (writer == NULL || writer->linkless == NULL || !writer->linkless(opt));
}

const Option *registry_option(const Format *format, Str name)
{
    for (const Option *o = format->options; o != NULL && o->name != NULL; o++) {
        if (str_equal(name, str_from(o->name)))
            return o;
    }
    return NULL;
}

bool registry_option_takes(const Option *option, Str value)
{
    Str list = str_from(option->values), each;
    while (option->values != NULL && str_split(&list, '|', &each)) {
        if (str_equal(value, each))
            return true;
    }
    return option->values == NULL;
}

const char *option_value(const Options *opt, const char *format, const char *name)
{
    for (size_t i = opt->value_count; i-- > 0;) {
        if (strcmp(opt->values[i].format, format) == 0 &&
            strcmp(opt->values[i].name, name) == 0)
            return opt->values[i].value;
    }
    return NULL;
}
