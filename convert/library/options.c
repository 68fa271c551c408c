/* SPDX-License-Identifier: MIT
 * Options by their names; see citeconv.h. */
#include "convert/base/memory.h"
#include "convert/library/state.h"
#include "convert/pipeline/setting.h"
#include "convert/text/charset.h"
#include "formats/registry.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

citeconv_options *citeconv_options_new(void)
{
    citeconv_options *options = memory_zeroed(1, sizeof *options);
    options->venues = venue_open();
    options->map = tag_map_open();
    return options;
}

void citeconv_options_free(citeconv_options *options)
{
    if (options == NULL)
        return;
    Plan *plan = &options->plan;
    Words *lists[] = {&plan->select, &plan->aux, &plan->bcf, &plan->keep, &plan->drop};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        free(lists[i]->items);
    free(options->values);
    venue_close(options->venues);
    tag_map_close(options->map);
    arena_free(&options->arena);
    free(options);
}

void citeconv_options_listen(citeconv_options *options, citeconv_listener *listener,
                             void *context, citeconv_level least)
{
    options->listener = listener;
    options->context = context;
    options->least = least;
}

Options options_for(const citeconv_options *options, const Format *to)
{
    bool carries = to != NULL && to->carries;
    return (Options){.repair = !options->no_repair,
                     .carry = options->carry == CARRY_WANTED ||
                              (options->carry == CARRY_AS_FORMAT && carries),
                     .venues = options->venues,
                     .map = options->map,
                     .width = options->width,
                     .locale = options->locale,
                     .cite = options->cite,
                     .values = options->values,
                     .value_count = options->value_count};
}

/* Values. */

typedef struct Setting {
    const char *name, *value; /* the value as the options keep it */
    citeconv_options *options;
    Diag *diag;
} Setting;

/* `into` is the row's member.  Where the value makes no sense it is said. */
typedef citeconv_status Set(const Setting *s, void *into);

static citeconv_status refuse(const Setting *s, const char *wanted)
{
    diag_report(s->diag, LEVEL_ERROR, "usage", (Place){0}, "option %s takes %s, not '%s'",
                s->name, wanted, s->value);
    return CITECONV_USAGE;
}

static citeconv_status set_text(const Setting *s, void *into)
{
    *(const char **)into = s->value;
    return CITECONV_OK;
}

static citeconv_status set_word(const Setting *s, void *into)
{
    Words *words = into;
    words->items = memory_resize(words->items, (words->count + 1) * sizeof *words->items);
    words->items[words->count++] = s->value;
    return CITECONV_OK;
}

/* "-" is a file here, and nobody's standard input. */
static const char *file_of(const Setting *s)
{
    return strcmp(s->value, "-") == 0 ? "./-" : s->value;
}

static citeconv_status set_file(const Setting *s, void *into)
{
    *(const char **)into = file_of(s);
    return CITECONV_OK;
}

static citeconv_status add_file(const Setting *s, void *into)
{
    Setting file = *s;
    file.value = file_of(s);
    return set_word(&file, into);
}

static bool is_yes(const char *value, bool *yes)
{
    *yes = strcmp(value, "yes") == 0;
    return *yes || strcmp(value, "no") == 0;
}

/* Of members that are true where it is not so. */
static citeconv_status set_unless(const Setting *s, void *into)
{
    bool yes;
    if (!is_yes(s->value, &yes))
        return refuse(s, "yes or no");
    *(bool *)into = !yes;
    return CITECONV_OK;
}

static citeconv_status set_carry(const Setting *s, void *into)
{
    bool yes;
    if (!is_yes(s->value, &yes))
        return refuse(s, "yes or no");
    *(CarryWish *)into = yes ? CARRY_WANTED : CARRY_UNWANTED;
    return CITECONV_OK;
}

static citeconv_status set_charset(const Setting *s, void *into, bool known)
{
    return known ? set_text(s, into) : refuse(s, "a charset that iconv knows");
}

static citeconv_status set_decoder(const Setting *s, void *into)
{
    return set_charset(s, into, charset_reads(s->value));
}

static citeconv_status set_encoder(const Setting *s, void *into)
{
    return set_charset(s, into, charset_writes(s->value));
}

static citeconv_status set_width(const Setting *s, void *into)
{
    return setting_width(s->value, into) ? CITECONV_OK
                                         : refuse(s, "0 or at least 20 columns");
}

static citeconv_status set_memory(const Setting *s, void *into)
{
    return setting_size(s->value, into) ? CITECONV_OK : refuse(s, "a size such as 64M");
}

/* "bibtex.braces=all" */
static citeconv_status set_opt(const Setting *s, void *into)
{
    OptionValue **values = into;
    citeconv_options *options = s->options;
    Str all = str_from(s->value), key = str_slice(all, 0, str_find_byte(all, '='));
    size_t dot = str_find_byte(key, '.');
    if (key.size == all.size || dot == key.size)
        return refuse(s, "FORMAT.KEY=VALUE");
    const Format *format = registry_find(str_slice(key, 0, dot), ROLE_ANY);
    const Option *option =
        format != NULL ? registry_option(format, str_after(key, dot + 1)) : NULL;
    if (option == NULL)
        return refuse(s, "an option that a format has");
    const char *value = s->value + key.size + 1;
    if (!registry_option_takes(option, str_from(value)))
        return refuse(s, option->values);
    *values = memory_resize(*values, (options->value_count + 1) * sizeof **values);
    (*values)[options->value_count++] =
        (OptionValue){.format = format->name, .name = option->name, .value = value};
    return CITECONV_OK;
}

/* Stages. */

static citeconv_status tell_wrong(const Setting *s, size_t column, Str wrong)
{
    diag_report(s->diag, LEVEL_ERROR, "usage", (Place){0}, "option %s, column %zu: %.*s",
                s->name, column, STR_ARG(wrong));
    return CITECONV_USAGE;
}

static citeconv_status set_select(const Setting *s, void *into)
{
    Str wrong;
    size_t column;
    return setting_select(s->value, &wrong, &column) ? set_word(s, into)
                                                     : tell_wrong(s, column, wrong);
}

static citeconv_status set_key(const Setting *s, void *into)
{
    Buf wrong = {0};
    size_t column;
    citeconv_status status = setting_key(s->value, &wrong, &column)
                                 ? set_text(s, into)
                                 : tell_wrong(s, column, buf_str(&wrong));
    buf_free(&wrong);
    return status;
}

static citeconv_status set_unique(const Setting *s, void *into)
{
    return setting_unique(s->value, into) ? CITECONV_OK : refuse(s, "report or merge");
}

static citeconv_status set_sort(const Setting *s, void *into)
{
    SortOrder order = {0};
    Str wrong;
    if (!sort_parse(str_from(s->value), &order, &wrong))
        return refuse(s, "names of fields, eight at most");
    *(SortOrder *)into = order;
    return CITECONV_OK;
}

/* Tables. */

static const char *add_venue(const Setting *s, Str line, size_t *column)
{
    return venue_add_line(s->options->venues, line, column);
}

static const char *add_tag(const Setting *s, Str line, size_t *column)
{
    Str rest = line, name;
    bool comment = !str_word(&rest, &name) || name.data[0] == '#';
    const Format *format = comment ? NULL : registry_find(name, ROLE_ANY);
    /* Extensions are no names here: which of two formats would "bib" be? */
    if (!comment && (format == NULL || !str_equal_nocase(name, str_from(format->name)))) {
        *column = (size_t)(name.data - line.data) + 1;
        return "no format has this name";
    }
    return tag_map_add_line(s->options->map, line, column);
}

typedef const char *AddLine(const Setting *s, Str line, size_t *column);

static citeconv_status load(const Setting *s, AddLine *add, const char *id)
{
    const char *files[] = {file_of(s)};
    Source *in = source_open(files, 1, NULL, s->diag);
    citeconv_status status = CITECONV_OK;
    Line line;
    while (source_line(in, &line)) {
        size_t column = 1;
        const char *wrong = add(s, line.text, &column);
        if (wrong == NULL)
            continue;
        line.place.col += column - 1;
        diag_report(s->diag, LEVEL_ERROR, id, line.place, "%s", wrong);
        status = CITECONV_USAGE;
    }
    if (source_failed(in))
        status = CITECONV_IO;
    source_close(in);
    return status;
}

static citeconv_status set_venues(const Setting *s, void *into)
{
    (void)into;
    return load(s, add_venue, "bad-venue");
}

static citeconv_status set_map(const Setting *s, void *into)
{
    (void)into;
    return load(s, add_tag, "bad-map");
}

/* Names. */

#define INTO(member) offsetof(citeconv_options, member)

static const struct Row {
    const char *name;
    Set *set;
    size_t into;
} ROWS[] = {
    {"from-charset", set_decoder, INTO(from_charset)},
    {"to-charset", set_encoder, INTO(to_charset)},
    {"repair", set_unless, INTO(no_repair)},
    {"carry", set_carry, INTO(carry)},
    {"opt", set_opt, INTO(values)},
    {"venues", set_venues, 0},
    {"map", set_map, 0},
    {"width", set_width, INTO(width)},
    {"style", set_text, INTO(style)},
    {"locale", set_text, INTO(locale)},
    {"cite", set_file, INTO(cite)},
    {"resolve", set_unless, INTO(plan.no_resolve)},
    {"key", set_key, INTO(plan.key)},
    {"select", set_select, INTO(plan.select)},
    {"aux", add_file, INTO(plan.aux)},
    {"bcf", add_file, INTO(plan.bcf)},
    {"unique", set_unique, INTO(plan.unique)},
    {"sort", set_sort, INTO(plan.sort)},
    {"keep", set_word, INTO(plan.keep)},
    {"drop", set_word, INTO(plan.drop)},
    {"memory", set_memory, INTO(plan.memory)},
};

citeconv_status citeconv_options_set(citeconv_options *options, const char *name,
                                     const char *value)
{
    Voice voice;
    citeconv_status status = CITECONV_USAGE;
    const struct Row *row = NULL;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        if (strcmp(ROWS[i].name, name) == 0)
            row = &ROWS[i];
    }
    voice_open(&voice, options);
    if (row != NULL) {
        Setting s = {.name = row->name,
                     .value = text_of(&options->arena, str_from(value)),
                     .options = options,
                     .diag = &voice.diag};
        status = row->set(&s, (char *)options + row->into);
    } else {
        diag_report(&voice.diag, LEVEL_ERROR, "usage", (Place){0},
                    "no option is named '%s'", name);
    }
    voice_close(&voice);
    return status;
}
