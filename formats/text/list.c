/* SPDX-License-Identifier: MIT
 * Reference lists; see list.h. */
#include "formats/text/list.h"
#include "convert/base/memory.h"
#include "convert/text/utf8.h"
#include "formats/text/cites.h"
#include "formats/text/library.h"

#include <stdlib.h>
#include <string.h>

/* Walking. */

const StyleRun *printer_open(const Printer *p, size_t depth)
{
    return &p->text->runs[p->open[depth]];
}

uint32_t printer_before(const Printer *p)
{
    Str s = str_slice(p->text->text, 0, p->at);
    return s.size > 0 ? utf8_last(&s) : 0;
}

uint32_t printer_behind(const Printer *p)
{
    Str s = str_after(p->text->text, p->at);
    return s.size > 0 ? utf8_next(&s) : 0;
}

static bool is_block(StyleMark mark)
{
    return mark == STYLE_BLOCK || mark == STYLE_INDENT;
}

static void put_break(Printer *p)
{
    p->break_owed = false;
    if (p->device->line != NULL && p->out->size > p->begin)
        buf_add(p->out, str_from(p->device->line));
}

static void open_run(Printer *p, size_t index)
{
    const StyleRun *run = &p->text->runs[index];
    if (p->depth == PRINTER_DEPTH)
        return;
    if (is_block(run->mark) || p->break_owed)
        put_break(p);
    if (run->mark == STYLE_INDENT && p->device->indent != NULL)
        buf_add(p->out, str_from(p->device->indent));
    p->open[p->depth++] = index;
    p->math += run->mark == STYLE_MATH;
    if (p->device->open != NULL)
        p->device->open(p, run);
    else
        buf_add(p->out, str_from(p->device->marks[run->mark].open));
}

static void close_run(Printer *p)
{
    const StyleRun *run = printer_open(p, --p->depth);
    p->math -= run->mark == STYLE_MATH;
    if (p->device->close != NULL)
        p->device->close(p, run);
    else
        buf_add(p->out, str_from(p->device->marks[run->mark].close));
    p->break_owed |= is_block(run->mark);
    if (run->mark == STYLE_MARGIN)
        p->margin = p->out->size;
}

static void put_piece(Printer *p, Str piece)
{
    if (piece.size == 0)
        return;
    if (p->break_owed)
        put_break(p);
    p->device->escape(p, piece);
}

Printer list_print(List *list, Buf *out, const StyleText *text)
{
    Printer p = {.device = list->device,
                 .w = list->w,
                 .out = out,
                 .begin = out->size,
                 .text = text};
    for (size_t next = 0;;) {
        size_t stop = text->text.size;
        if (next < text->run_count && text->runs[next].start < stop)
            stop = text->runs[next].start;
        bool closes = p.depth > 0 && printer_open(&p, p.depth - 1)->end <= stop;
        if (closes)
            stop = printer_open(&p, p.depth - 1)->end;
        put_piece(&p, str_slice(text->text, p.at, stop));
        p.at = stop > p.at ? stop : p.at;
        if (closes)
            close_run(&p);
        else if (next < text->run_count)
            open_run(&p, next++);
        else
            break;
    }
    return p;
}

void list_add_url(Buf *out, Str url, const char *also)
{
    for (size_t i = 0; i < url.size; i++) {
        char c = url.data[i];
        if (c <= ' ' || c >= 0x7f || strchr(also, c) != NULL)
            buf_format(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_add_byte(out, c);
    }
}

/* Gathering. */

static void set_up(List *list, Write *w, const Device *device)
{
    if (list->doc != NULL)
        return;
    list->w = w;
    list->device = device;
    const Style *style = w->opt->style;
    if (style == NULL) {
        list->library = library_open();
        style = list->own =
            library_style(list->library, STR("author-date"), STR_EMPTY, w->diag);
    }
    if (style == NULL) {
        w->diag->world_failed = true;
        return;
    }
    list->style = style;
    list->layout = style_layout(style);
    list->doc = document_open(style);
}

/* A list in a style shows what the style shows of a work: nothing is lost that the user
 * did not leave to it. */
static void take_all(View *v)
{
    for (size_t i = 0; i < v->rec->count; i++)
        view_take_at(v, i);
}

/* CSL-JSON's own id of an item that has a citation key, too. */
static Str other_id(const Record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        const Field *field = &rec->fields[i];
        if (field->id == FIELD_OTHER && str_equal(field->tag, STR("id")))
            return field->text.text;
    }
    return STR_EMPTY;
}

void list_put(List *list, Write *w, View *v, const Device *device)
{
    const Record *rec = v->rec;
    set_up(list, w, device);
    take_all(v);
    if (list->doc == NULL)
        return;
    if (list->count == list->capacity) {
        list->capacity = memory_grown(list->capacity, list->count + 1);
        list->items = memory_resize(list->items, list->capacity * sizeof *list->items);
    }
    document_add(list->doc, rec);
    list->items[list->count++] =
        (ListItem){.key = arena_copy(&list->arena, rec->key),
                   .id = arena_copy(&list->arena, other_id(rec)),
                   .coins = device->coins ? coins_make(&list->arena, rec) : STR_EMPTY,
                   .place = rec->place};
}

/* Writing. */

static void tell_cut(List *list, const StyleText *text)
{
    if (text->cut)
        diag_report(list->w->diag, LEVEL_ERROR, "bad-style", list->w->diag->at,
                    "the style makes more than 32 MB of this; cut");
}

static void write_citations(List *list)
{
    for (size_t i = 0; i < list->citations; i++) {
        StyleText text = document_citation(list->doc, i);
        tell_cut(list, &text);
        list->device->citation(list, &text, i);
    }
}

static void write_entries(List *list)
{
    list->device->begin_entries(list);
    list->begun = false;
    for (size_t i = 0; i < document_entries(list->doc); i++) {
        StyleEntry entry = document_entry(list->doc, i);
        const ListItem *item = &list->items[entry.item];
        if (entry.text.text.size == 0)
            continue;
        list->w->diag->at = item->place;
        list->w->diag->key = item->key;
        tell_cut(list, &entry.text);
        list->device->entry(list, &entry.text, item);
        list->begun = true;
    }
    list->w->diag->key = STR_EMPTY;
}

static void cite_each(List *list)
{
    list->labelled =
        list->device->labels && !list->layout->numeric && !list->layout->note;
    for (size_t i = 0; list->labelled && i < list->count; i++) {
        Cite cite = {.item = i, .locator = STR_EMPTY, .label = STR_EMPTY};
        cite.prefix = cite.suffix = text_plain(STR_EMPTY);
        document_cite(list->doc, &(Citation){.cites = &cite, .count = 1, .alone = true});
    }
}

static void read_citations(List *list)
{
    Source *in = source_open(&list->w->opt->cite, 1, NULL, list->w->diag);
    CiteJob job = {.doc = list->doc,
                   .style = list->style,
                   .items = memory_zeroed(list->count + 1, sizeof *job.items),
                   .count = list->count,
                   .diag = list->w->diag};
    for (size_t i = 0; i < list->count; i++)
        job.items[i] =
            (CiteItem){.key = list->items[i].key, .id = list->items[i].id, .item = i};
    list->citations = cites_read(&job, in);
    list->w->diag->world_failed |= source_failed(in);
    source_close(in);
    free(job.items);
}

static void write_list(List *list)
{
    if (list->w->opt->cite != NULL)
        read_citations(list);
    cite_each(list);
    document_finish(list->doc);
    list->device->begin(list);
    write_citations(list);
    write_entries(list);
    list->device->end(list);
    document_close(list->doc);
}

void list_end(List *list, Write *w, const Device *device)
{
    set_up(list, w, device);
    if (list->doc != NULL)
        write_list(list);
    style_close(list->own);
    library_close(list->library);
    arena_free(&list->arena);
    buf_free(&list->text);
    free(list->items);
}
