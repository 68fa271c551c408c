/* SPDX-License-Identifier: MIT
 * Styles and documents; see citeconv.h. */
#include "convert/base/memory.h"
#include "convert/library/state.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"
#include "formats/text/library.h"
#include "formats/text/lines.h"

#include <stdlib.h>
#include <string.h>

struct citeconv_document {
    Document *doc;
    bool finished;
    size_t works, citations, entries;
    /* For printing: devices ask the sink what its charset has. */
    Diag diag;
    Buf nothing;
    Sink *sink;
    Write w;
    Buf text;
};

/* Styles. */

citeconv_status citeconv_style_open(citeconv_style **style, const char *name,
                                    const char *locale, const citeconv_options *options)
{
    citeconv_style *opened = memory_zeroed(1, sizeof *opened);
    *style = NULL;
    voice_open(&opened->voice, options);
    opened->library = library_open();
    opened->style = library_style(opened->library, str_from(name), str_from(locale),
                                  &opened->voice.diag);
    if (opened->style == NULL) {
        citeconv_style_close(opened);
        return CITECONV_UNKNOWN;
    }
    opened->title = text_of(&opened->texts, style_layout(opened->style)->title);
    *style = opened;
    return CITECONV_OK;
}

void citeconv_style_close(citeconv_style *style)
{
    if (style == NULL)
        return;
    style_close(style->style);
    library_close(style->library);
    arena_free(&style->texts);
    voice_close(&style->voice);
    free(style);
}

const char *citeconv_style_title(const citeconv_style *style)
{
    return style->title;
}

bool citeconv_style_is_note(const citeconv_style *style)
{
    return style_layout(style->style)->note;
}

/* Documents. */

citeconv_document *citeconv_document_open(const citeconv_style *style)
{
    citeconv_document *document = memory_zeroed(1, sizeof *document);
    document->doc = document_open(style->style);
    document->diag = (Diag){.fd = -1, .least = LEVEL_COUNT};
    document->sink = sink_open_memory(&document->nothing, NULL, &document->diag);
    document->w = (Write){.out = document->sink, .diag = &document->diag};
    return document;
}

void citeconv_document_close(citeconv_document *document)
{
    if (document == NULL)
        return;
    document_close(document->doc);
    sink_close(document->sink, true);
    buf_free(&document->nothing);
    buf_free(&document->text);
    diag_free(&document->diag);
    free(document);
}

citeconv_status citeconv_document_add(citeconv_document *document,
                                      const citeconv_record *record, size_t *work)
{
    if (document->finished)
        return CITECONV_USAGE;
    size_t added = document_add(document->doc, &record->rec);
    document->works++;
    if (work != NULL)
        *work = added;
    return CITECONV_OK;
}

static bool is_text(const char *text)
{
    Str s = str_from(text);
    return utf8_valid(s) == s.size;
}

static bool can_cite(const citeconv_document *document, const citeconv_cite *cite)
{
    return cite->work < document->works && is_text(cite->locator) &&
           is_text(cite->label) && is_text(cite->prefix) && is_text(cite->suffix);
}

citeconv_status citeconv_document_cite(citeconv_document *document,
                                       const citeconv_cite *cites, size_t count,
                                       size_t note, size_t *citation)
{
    bool fine = !document->finished && count > 0;
    for (size_t i = 0; fine && i < count; i++)
        fine = can_cite(document, &cites[i]);
    if (!fine)
        return CITECONV_USAGE;
    Arena scratch = {0};
    Cite *made = arena_alloc(&scratch, count * sizeof *made);
    for (size_t i = 0; i < count; i++) {
        const citeconv_cite *cite = &cites[i];
        made[i] = (Cite){.item = cite->work,
                         .locator = str_from(cite->locator),
                         .label = str_from(cite->label),
                         .prefix = markup_read(
                             &scratch, text_plain(str_from(cite->prefix)), MARKUP_CSL),
                         .suffix = markup_read(
                             &scratch, text_plain(str_from(cite->suffix)), MARKUP_CSL),
                         .suppress_author = cite->suppress_author,
                         .author_only = cite->author_only};
    }
    size_t added = document_cite(
        document->doc, &(Citation){.cites = made, .count = count, .note = note});
    document->citations++;
    if (citation != NULL)
        *citation = added;
    arena_free(&scratch);
    return CITECONV_OK;
}

static void finish(citeconv_document *document)
{
    if (document->finished)
        return;
    document->finished = true;
    document_finish(document->doc);
    document->entries = document_entries(document->doc);
}

static const char *print(citeconv_document *document, const StyleText *text,
                         citeconv_output output)
{
    List list = {.w = &document->w,
                 .device = output == CITECONV_HTML ? &HTML_DEVICE : &LINES_PLAIN};
    buf_clear(&document->text);
    list_print(&list, &document->text, text);
    buf_add_byte(&document->text, '\0');
    return document->text.data;
}

const char *citeconv_document_citation(citeconv_document *document, size_t citation,
                                       citeconv_output output)
{
    finish(document);
    if (citation >= document->citations)
        return NULL;
    StyleText text = document_citation(document->doc, citation);
    return print(document, &text, output);
}

size_t citeconv_document_entries(citeconv_document *document)
{
    finish(document);
    return document->entries;
}

const char *citeconv_document_entry(citeconv_document *document, size_t entry,
                                    citeconv_output output, size_t *work)
{
    finish(document);
    if (entry >= document->entries)
        return NULL;
    StyleEntry made = document_entry(document->doc, entry);
    if (work != NULL)
        *work = made.item;
    return print(document, &made.text, output);
}
