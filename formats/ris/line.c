/* SPDX-License-Identifier: MIT
 * Lines of RIS so that Zotero and those who read by the letter take them whole.
 *
 * One line a value, never wrapped; two blanks, hyphen and blank behind each tag.
 * Importers read all but abstracts as HTML where a "<" or "&" could begin some, so there
 * those are escaped, and only there. */
#include "convert/base/span.h"
#include "convert/text/html.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"
#include "formats/ris/ris.h"

#include <string.h>

/* Controls make Zotero take the whole file for Latin-1, and U+FFFE and U+FFFF are none of
 * any text. */
static bool is_forbidden(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f || c == 0xfffe ||
           c == 0xffff;
}

/* What may be part of something that is forbidden, or ends a line, as all controls but
 * the tab do. */
static Span is_unclean(Span bytes)
{
    return ((Span)(bytes < ' ') & (Span)(bytes != '\t')) | span_is(bytes, 0x7f) |
           span_is(bytes, 0xef);
}

static Span is_sign(Span bytes)
{
    return span_is(bytes, '&') | span_is(bytes, '<');
}

static Span is_either(Span bytes)
{
    return is_unclean(bytes) | is_sign(bytes);
}

/* Whether a value stands in its line as it is: nothing but ASCII, and no sign of HTML. */
static Span is_not_bare(Span bytes)
{
    return is_either(bytes) | (Span)(bytes >= 0x80);
}

static void add_clean(Buf *out, Str s, bool paragraphs)
{
    for (;;) {
        size_t plain = span_find(s, 0, is_unclean);
        buf_add(out, str_slice(s, 0, plain));
        s = str_after(s, plain);
        if (s.size == 0)
            return;
        Str rest = s;
        uint32_t c = utf8_next(&rest);
        if (c == '\n' && !paragraphs)
            buf_add_byte(out, ' ');
        else if (!is_forbidden(c))
            buf_add(out, str_slice(s, 0, s.size - rest.size));
        s = rest;
    }
}

void line_put(Entry *e, const char *tag, Str value)
{
    value = str_trim(value);
    if (value.size == 0)
        return;
    Str name = str_from(tag), between = STR("  - ");
    char *to = buf_reserve(e->lines, name.size + between.size + value.size + 1);
    memcpy(to, name.data, name.size);
    to += name.size;
    memcpy(to, between.data, between.size);
    to += between.size;
    memcpy(to, value.data, value.size);
    to += value.size;
    *to++ = '\n';
    e->lines->size = (size_t)(to - e->lines->data);
}

/* HTML. */

/* Whether HTML would take the '<' or '&' at the front for more than itself. */
static bool is_markup(Str s)
{
    uint32_t characters[2];
    char next = s.size > 1 ? s.data[1] : 0;
    if (s.data[0] == '<')
        return byte_is_alpha(next) || next == '/' || next == '!' || next == '?';
    if (next == '#')
        return true;
    /* Names that need no semicolon are read from the front of longer words, too:
     * "&section=4" becomes a section sign and "ion=4". */
    for (size_t size = 2; size <= s.size && size <= 8 && byte_is_alpha(s.data[size - 1]);
         size++) {
        if (html_reference(str_slice(s, 0, size), characters) > 0)
            return true;
    }
    return html_reference(s, characters) > 0;
}

static void add_escaped(Buf *out, Str s, bool every)
{
    for (;;) {
        size_t plain = span_find(s, 0, is_sign);
        buf_add(out, str_slice(s, 0, plain));
        if (plain == s.size)
            return;
        s = str_after(s, plain);
        if (!every && !is_markup(s))
            buf_add_byte(out, s.data[0]);
        else
            buf_add(out, s.data[0] == '<' ? STR("&lt;") : STR("&amp;"));
        s = str_after(s, 1);
    }
}

void line_add(Entry *e, Buf *out, Str s)
{
    s = unicode_nfc(e->arena, s);
    size_t plain = span_find(s, 0, is_either);
    buf_add(out, str_slice(s, 0, plain));
    if (plain == s.size)
        return;
    s = str_after(s, plain);
    Buf clean = {0};
    add_clean(&clean, s, false);
    add_escaped(out, buf_str(&clean), false);
    buf_free(&clean);
}

/* Zotero's own rich text in titles: tags that survive its import because they are
 * escaped. */
static Str tag_text(Mark mark, bool open)
{
    switch (mark) {
    case MARK_ITALIC:
        return open ? STR("&lt;i&gt;") : STR("&lt;/i&gt;");
    case MARK_BOLD:
        return open ? STR("&lt;b&gt;") : STR("&lt;/b&gt;");
    case MARK_SUP:
        return open ? STR("&lt;sup&gt;") : STR("&lt;/sup&gt;");
    case MARK_SUB:
        return open ? STR("&lt;sub&gt;") : STR("&lt;/sub&gt;");
    case MARK_SMALL_CAPS:
        return open ? STR("&lt;span style=\"font-variant:small-caps;\"&gt;")
                    : STR("&lt;/span&gt;");
    case MARK_NOCASE:
        return open ? STR("&lt;span class=\"nocase\"&gt;") : STR("&lt;/span&gt;");
    case MARK_NODECOR:
        return open ? STR("&lt;span class=\"nodecor\"&gt;") : STR("&lt;/span&gt;");
    case MARK_MATH:
    case MARK_COUNT:
        break;
    }
    return STR_EMPTY;
}

/* "{{Title}}", as Mendeley, ADS and others brace all theirs: that says nothing of a word.
 */
static bool is_braced_whole(const Text *text)
{
    for (size_t i = 0; i < text->run_count; i++) {
        const Run *run = &text->runs[i];
        if (run->mark == MARK_NOCASE && run->start == 0 && run->end == text->text.size)
            return true;
    }
    return false;
}

static void add_rich(Entry *e, Buf *out, const Text *text)
{
    TextWalk walk = {.text = text};
    bool plain = !e->w->opt->carry && is_braced_whole(text);
    if (plain)
        diag_here(e->w->diag, LEVEL_DETAIL, "degraded-text",
                  "the whole text keeps its case; RIS marks only words that do");
    for (;;) {
        TextStep step = text_step(&walk);
        if (step.kind == TEXT_END)
            return;
        if (step.kind == TEXT_PIECE)
            line_add(e, out, step.piece);
        else if (!plain || step.mark != MARK_NOCASE)
            buf_add(out, tag_text(step.mark, step.kind == TEXT_OPEN));
    }
}

/* Values. */

void line_str(Entry *e, const char *tag, Str value)
{
    if (span_find(value, 0, is_not_bare) == value.size) {
        line_put(e, tag, value);
        return;
    }
    buf_clear(e->line);
    line_add(e, e->line, value);
    line_put(e, tag, buf_str(e->line));
}

/* Zotero shows its mark for words that keep their case wherever it stands, and only
 * titles are ever recased. */
static void add_untitled(Entry *e, Buf *out, const Text *text)
{
    enum { CASED = 1 << MARK_NOCASE };
    Text bare = *text;
    if (!e->w->opt->carry && text_has_marks(text, CASED)) {
        bare = text_without_marks(e->arena, text, CASED);
        diag_here(e->w->diag, LEVEL_DETAIL, "degraded-text",
                  "words keep their case; RIS marks that in titles only");
    }
    add_rich(e, out, &bare);
}

void line_text(Entry *e, const char *tag, const Text *text)
{
    if (text->run_count == 0) {
        line_str(e, tag, text->text);
        return;
    }
    bool title =
        str_equal(str_from(tag), STR("TI")) || str_equal(str_from(tag), STR("ST"));
    buf_clear(e->line);
    if (title)
        add_rich(e, e->line, text);
    else
        add_untitled(e, e->line, text);
    line_put(e, tag, buf_str(e->line));
}

/* A line a line; all but the first begin with a blank, so that none is taken for a tag
 * ("AI - new").  An empty line parts paragraphs. */
void line_literal(Entry *e, const char *tag, Str text)
{
    Buf clean = {0};
    Str piece;
    bool first = true, gap = false;
    add_clean(&clean, unicode_nfc(e->arena, text), true);
    Str rest = buf_str(&clean);
    while (str_split(&rest, '\n', &piece)) {
        piece = str_trim(piece);
        if (piece.size == 0) {
            gap = true;
            continue;
        }
        if (first) {
            line_put(e, tag, piece);
        } else {
            buf_add(e->lines, gap ? STR("\n ") : STR(" "));
            buf_add(e->lines, piece);
            buf_add_byte(e->lines, '\n');
        }
        first = gap = false;
    }
    buf_free(&clean);
}

/* Labels that ProCite's notes begin with: Zotero moves such a note to a field, and reads
 * the rest of the file as ProCite's. */
static bool is_procite(Str label)
{
    static const char *const LABELS[] = {"Edition",
                                         "ISBN",
                                         "Language",
                                         "Publisher Name",
                                         "Series Title",
                                         "Proceedings Title",
                                         "Volume ID",
                                         "Issue ID",
                                         "Issue Identification",
                                         "Series Volume ID",
                                         "Scale",
                                         "Place of Publication",
                                         "Size",
                                         "Call Number",
                                         "Author, Subsidiary",
                                         "Author, Monographic",
                                         "Record ID",
                                         "Record Number",
                                         "Connective Phrase",
                                         "Notes",
                                         "Note"};
    label = str_trim(label);
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++) {
        if (str_equal_nocase(label, str_from(LABELS[i])))
            return true;
    }
    return str_ends(label, STR("Role"));
}

/* A colon that ProCite's label ends with is spelled so that it is none to importers. */
static Str without_label(Entry *e, Str note)
{
    size_t colon = str_find_byte(note, ':'), start = colon;
    while (start > 0 && (byte_is_alpha(note.data[start - 1]) ||
                         note.data[start - 1] == ',' || note.data[start - 1] == ' '))
        start--;
    if (colon == note.size || !is_procite(str_slice(note, start, colon)))
        return note;
    return arena_join(e->arena, str_slice(note, 0, colon), STR("&#58;"),
                      str_after(note, colon + 1));
}

/* A note is HTML to Zotero: with lines it is one of paragraphs. */
static void add_note(Entry *e, Buf *out, Str text)
{
    Buf clean = {0};
    Str rest, piece;
    bool open = false;
    add_clean(&clean, unicode_nfc(e->arena, text), true);
    rest = str_trim(buf_str(&clean));
    bool blocks =
        str_find_byte(rest, '\n') < rest.size || str_equal(rest, str_trim(e->title));
    while (str_split(&rest, '\n', &piece)) {
        piece = str_trim(piece);
        if (piece.size == 0) {
            buf_add(out, open ? STR("</p>") : STR_EMPTY);
            open = false;
            continue;
        }
        if (blocks)
            buf_add(out, open ? STR("<br/>") : STR("<p>"));
        add_escaped(out, piece, true);
        open = blocks;
    }
    if (open)
        buf_add(out, STR("</p>"));
    buf_free(&clean);
}

/* A note that is like the title would be dropped, so it is one of paragraphs, too. */
void line_note(Entry *e, const char *tag, const Text *text)
{
    buf_clear(e->line);
    add_note(e, e->line, text->text);
    line_put(e, tag, without_label(e, buf_str(e->line)));
}

/* "Citation Key: x".  A value with a colon of its own would not be found: a no-break
 * space behind the first colon mends that. */
void line_extra_text(Entry *e, const char *key, const Text *value)
{
    if (str_trim(value->text).size == 0)
        return;
    buf_clear(e->line);
    buf_add(e->line, str_from(key));
    buf_add(e->line, str_find_byte(value->text, ':') < value->text.size ? STR(":\xc2\xa0")
                                                                        : STR(": "));
    add_untitled(e, e->line, value);
    line_put(e, "M2", buf_str(e->line));
}

void line_extra(Entry *e, const char *key, Str value)
{
    Text text = text_plain(value);
    line_extra_text(e, key, &text);
}

/* U1 to U3: as escaped as any other line. */
void line_carried(Entry *e, const char *tag, Str front, const Text *value)
{
    buf_clear(e->line);
    line_add(e, e->line, front);
    add_rich(e, e->line, value);
    line_put(e, tag, buf_str(e->line));
}
