/* SPDX-License-Identifier: MIT
 * Tables for people; see explain.h. */
#include "convert/cli/explain.h"
#include "formats/registry.h"

void explain_formats(Sink *out)
{
    for (const Format *const *f = registry_all(); *f != NULL; f++)
        sink_format(out, "%-10s %c%c  %s\n", (*f)->name, (*f)->reader != NULL ? 'r' : '-',
                    (*f)->writer != NULL ? 'w' : '-', (*f)->title);
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

static void explain_kinds(Sink *out, const KindTag *tags)
{
    sink_write(out, STR("\nKinds:\n"));
    for (; tags->tag != NULL; tags++)
        sink_format(out, "  %-16s %s%s%s%s\n", tags->tag, kind_name(tags->kind),
                    tags->remark != NULL ? " (" : "",
                    tags->remark != NULL ? tags->remark : "",
                    tags->remark != NULL ? ")" : "");
}

static void explain_fields(Sink *out, const FieldTag *tags)
{
    Buf kinds = {0};
    sink_write(out, STR("\nFields:\n"));
    for (; tags->tag != NULL; tags++) {
        buf_clear(&kinds);
        add_kinds(&kinds, tags->kinds);
        if (tags->remark != NULL)
            buf_format(&kinds, "%s%s", kinds.size > 0 ? "; " : "", tags->remark);
        sink_format(out, "  %-16s %s", tags->tag, field_name(tags->field));
        if (kinds.size > 0)
            sink_format(out, " (%.*s)", STR_ARG(buf_str(&kinds)));
        sink_byte(out, '\n');
    }
    buf_free(&kinds);
}

void explain_format(Sink *out, const Format *format)
{
    sink_format(out, "%s: %s (%s%s%s)\n", format->name, format->title,
                format->reader != NULL ? "read" : "",
                format->reader != NULL && format->writer != NULL ? ", " : "",
                format->writer != NULL ? "written" : "");
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
