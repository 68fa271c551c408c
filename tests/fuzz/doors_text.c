/* SPDX-License-Identifier: MIT
 * Doors of the codecs: what a value is, whatever format it stands in. */
#include "convert/pipeline/diff.h"
#include "convert/record/date.h"
#include "convert/text/charset.h"
#include "convert/text/html.h"
#include "convert/text/latex.h"
#include "convert/text/markup.h"
#include "convert/text/utf8.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

static void expect_text(const Text *text)
{
    expect(utf8_valid(text->text) == text->text.size, "a text is UTF-8");
    for (size_t i = 0; i < text->run_count; i++) {
        const Run *run = &text->runs[i];
        expect(run->start <= run->end && run->end <= text->text.size &&
                   (i == 0 || run->start >= text->runs[i - 1].start),
               "runs lie in their text, in order");
    }
}

/* Whoever calls these has valid UTF-8. */
void door_latex(Str s)
{
    Arena arena = {0};
    if (utf8_valid(s) == s.size) {
        Text text = latex_text(&arena, s, LATEX_NOCASE, NULL, NULL);
        expect_text(&text);
        text = latex_text(&arena, s, LATEX_PLAIN, NULL, NULL);
        expect_text(&text);
    }
    arena_free(&arena);
}

/* What is a date is spelled so that it is the same date again. */
void door_date(Str s)
{
    Arena arena = {0};
    Date date, again;
    if (utf8_valid(s) == s.size && date_parse_written(s, &date)) {
        Str edtf = date_edtf(&arena, &date);
        expect(date_parse(edtf, &again) && date_equal(&date, &again),
               "a date that is written is read again");
    }
    arena_free(&arena);
}

/* Two texts, a NUL between them. */
void door_diff(Str s)
{
    Buf out = {0};
    size_t cut = str_find_byte(s, '\0');
    Diag diag = {.fd = STDERR_FILENO, .least = LEVEL_ERROR};
    Sink *sink = sink_open_memory(&out, NULL, &diag);
    Str a = str_slice(s, 0, cut), b = str_after(s, cut < s.size ? cut + 1 : cut);
    expect(diff_write(sink, STR("a"), a, STR("b"), b) != str_equal(a, b),
           "texts differ, or they are equal");
    sink_close(sink, true);
    buf_free(&out);
    diag_free(&diag);
}

/* All ways to read markup, on the text and on what came of it; the first byte says which.
 */
void door_markup(Str s)
{
    enum { WAYS = 2 * MARKUP_ONE_LINE };
    Arena arena = {0};
    if (s.size > 0 && utf8_valid(str_after(s, 1)) == s.size - 1) {
        unsigned how = (unsigned char)s.data[0] % WAYS;
        Text text = markup_read(&arena, text_plain(str_after(s, 1)), how);
        expect_text(&text);
        text = markup_read(&arena, text, WAYS - 1 - how);
        expect_text(&text);
    }
    arena_free(&arena);
}

/* Decodes in two pieces, with as much as the first left over. */
static void decode(Str s, const char *name, size_t cut, Buf *out)
{
    Charset *charset = charset_decoder(name);
    if (charset != NULL) {
        size_t used = charset_decode(charset, str_slice(s, 0, cut), false, out);
        expect(used <= cut, "no more is used than was given");
        charset_decode(charset, str_after(s, used), true, out);
    }
    charset_close(charset);
}

/* A byte chooses the charset, another where the input is cut, which changes nothing. */
void door_charset(Str s)
{
    static const char *const NAMES[] = {
        "UTF-16",       "UTF-16LE", "UTF-16BE", "UTF-32",    "UTF-7",  "ISO-8859-1",
        "WINDOWS-1252", "GB18030",  "EUC-JP",   "SHIFT_JIS", "BIG5",   "ISO-2022-JP",
        "KOI8-R",       "EUC-KR",   "ASCII",    "MACINTOSH", "IBM437", "WINDOWS-1251",
    };
    if (s.size < 2)
        return;
    Buf whole = {0}, parted = {0};
    const char *name = NAMES[(unsigned char)s.data[0] % (sizeof NAMES / sizeof NAMES[0])];
    size_t cut = (unsigned char)s.data[1];
    s = str_after(s, 2);
    html_charset(s);
    decode(s, name, s.size, &whole);
    decode(s, name, cut < s.size ? cut : s.size, &parted);
    expect(str_equal(buf_str(&whole), buf_str(&parted)),
           "pieces are decoded as the whole is");
    Choice choice = {.from = registry_find(STR("ris"), ROLE_READER),
                     .to = registry_find(STR("ris"), ROLE_WRITER),
                     .from_charset = name,
                     .to_charset = name};
    Made made = {0};
    convert(s, &choice, &made);
    made_free(&made);
    buf_free(&whole);
    buf_free(&parted);
}
