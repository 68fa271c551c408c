/* SPDX-License-Identifier: MIT
 * Tables for people; see explain.h. */
#include "convert/cli/explain.h"
#include "formats/registry.h"

void explain_formats(Sink *out)
{
    for (const Format *const *f = registry_all(); *f != NULL; f++) {
        const char *lacks = (*f)->lacks != NULL ? (*f)->lacks() : NULL;
        sink_format(out, "%-12s %c%c  %s%s%s\n", (*f)->name,
                    (*f)->reader != NULL ? 'r' : '-', (*f)->writer != NULL ? 'w' : '-',
                    (*f)->title, lacks != NULL ? "; " : "", lacks != NULL ? lacks : "");
    }
}

static void add_kinds(Buf *text, Kinds kinds)
{
    size_t count = 0, first = text->size;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        count += (kinds >> kind & 1) != 0;
    if (count == KIND_COUNT)
        return;
    bool except = count > KIND_COUNT / 2;
    buf_add(text, except ? STR("not of") : STR("of"));
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (((kinds >> kind & 1) != 0) != except)
            buf_format(text, "%s %s", text->size - first > 6 ? "," : "",
                       kind_name((Kind)kind));
    }
}

enum { COLUMNS = 80, TEXT_COLUMN = 19 };

/* "  tag              text", wrapped. */
static void explain_row(Sink *out, const char *tag, Str text)
{
    Str word;
    size_t column = TEXT_COLUMN - 1;
    sink_format(out, "  %-*s", TEXT_COLUMN - 3, tag);
    while (str_word(&text, &word)) {
        if (column + 1 + word.size > COLUMNS) {
            sink_format(out, "\n%*s", TEXT_COLUMN - 1, "");
            column = TEXT_COLUMN - 1;
        }
        sink_format(out, " %.*s", STR_ARG(word));
        column += 1 + word.size;
    }
    sink_byte(out, '\n');
}

static void explain_kinds(Sink *out, const KindTag *tags)
{
    Buf text = {0};
    sink_write(out, STR("\nKinds:\n"));
    for (; tags->tag != NULL; tags++) {
        buf_clear(&text);
        buf_add(&text, str_from(kind_name(tags->kind)));
        if (tags->remark != NULL)
            buf_format(&text, " (%s)", tags->remark);
        explain_row(out, tags->tag, buf_str(&text));
    }
    buf_free(&text);
}

static void explain_fields(Sink *out, const FieldTag *tags)
{
    Buf text = {0}, kinds = {0};
    sink_write(out, STR("\nFields:\n"));
    for (; tags->tag != NULL; tags++) {
        buf_clear(&text);
        buf_clear(&kinds);
        add_kinds(&kinds, tags->kinds);
        if (tags->remark != NULL)
            buf_format(&kinds, "%s%s", kinds.size > 0 ? "; " : "", tags->remark);
        buf_add(&text, str_from(field_name(tags->field)));
        if (kinds.size > 0)
            buf_format(&text, " (%.*s)", STR_ARG(buf_str(&kinds)));
        explain_row(out, tags->tag, buf_str(&text));
    }
    buf_free(&text);
    buf_free(&kinds);
}

void explain_format(Sink *out, const Format *format)
{
    sink_format(out, "%s: %s (%s%s%s)\n", format->name, format->title,
                format->reader != NULL ? "read" : "",
                format->reader != NULL && format->writer != NULL ? ", " : "",
                format->writer != NULL ? "written" : "");
    const char *lacks = format->lacks != NULL ? format->lacks() : NULL;
    if (lacks != NULL)
        sink_format(out, "Not to be used: %s\n", lacks);
    if (format->extensions[0] != '\0')
        sink_format(out, "Suffixes: %s\n", format->extensions);
    if (format->kinds != NULL)
        explain_kinds(out, format->kinds);
    if (format->fields != NULL)
        explain_fields(out, format->fields);
    if (format->options == NULL)
        return;
    sink_write(out, STR("\nOptions:\n"));
    for (const Option *o = format->options; o->name != NULL; o++)
        sink_format(out, "  --opt %s.%s=%s\n      %s\n", format->name, o->name,
                    o->values != NULL ? o->values : "TEXT", o->help);
}
