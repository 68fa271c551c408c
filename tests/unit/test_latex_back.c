/* SPDX-License-Identifier: MIT
 * What the BibTeX writer spells is read back as it was. */
#include "tests/unit/assert_str.h"

#include "convert/io/sink.h"
#include "convert/text/latex.h"
#include "convert/text/utf8.h"
#include "formats/bibtex/bibtex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each text on a line of its own, as the charset wants it; the reader gets the lines. */
static Str spelled(Arena *arena, const Text *texts, size_t count, const char *charset,
                   bool title)
{
    char path[] = "latex-back-XXXXXX";
    int file = mkstemp(path);
    Diag diag = {.fd = STDERR_FILENO};
    assert_true(file >= 0);
    close(file);
    Sink *sink = sink_open(path, charset, &diag);
    assert_non_null(sink);
    for (size_t i = 0; i < count; i++) {
        Spell spell = {.out = sink, .diag = &diag, .title = title};
        spell_text(&spell, &texts[i]);
        sink_byte(sink, '\n');
    }
    assert_true(sink_close(sink, true));
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    Buf all = {0};
    size_t got;
    do {
        got = fread(buf_reserve(&all, 4096), 1, 4096, in);
        all.size += got;
    } while (got > 0);
    fclose(in);
    unlink(path);
    Str copy = arena_copy(arena, buf_str(&all));
    buf_free(&all);
    return copy;
}

static Str shown(Arena *arena, Text text)
{
    Str all = text.text;
    for (size_t i = 0; i < text.run_count; i++) {
        const Run *run = &text.runs[i];
        all = arena_join(
            arena, all, STR("|"),
            arena_format(arena, "%d %zu-%zu", (int)run->mark, run->start, run->end));
    }
    return all;
}

/* Spelled with what stands for something else as well. */
static bool is_rough(uint32_t c)
{
    static const uint32_t ROUGH[] = {0x138, 0x13f,  0x140,  0x1c4,  0x1c5,  0x1c6, 0x2c6,
                                     0x2dc, 0x386,  0x388,  0x389,  0x38a,  0x38c, 0x3aa,
                                     0x3cc, 0x203f, 0x2040, 0x204e, 0x2109, 0x214b};
    for (size_t i = 0; i < sizeof ROUGH / sizeof ROUGH[0]; i++) {
        if (ROUGH[i] == c)
            return true;
    }
    return false;
}

/* Every character that has a command: it, or another with the very same command.  Raised
 * and lowered ones, and variables of mathematics, say the same in another way. */
static void characters(void **state)
{
    enum { LAST = 0x1d800 };
    Arena arena = {0};
    Text *texts = malloc(LAST * sizeof *texts);
    size_t count = 0, wrong = 0, same = 0;
    (void)state;
    assert_non_null(texts);
    for (uint32_t c = 0x80; c < LAST; c++) {
        Str command = STR_EMPTY;
        LatexMode mode = latex_command(c, &command);
        bool exact = mode != LATEX_NONE && str_contains(command, STR("\\"));
        bool math = str_starts(command, STR("^")) || str_starts(command, STR("_"));
        bool kerned = str_contains(command, STR("\\!")) ||
                      str_contains(command, STR("\\nobreak")) ||
                      str_contains(command, STR("0pt"));
        Str letters[] = {STR("\\math"), STR("\\boldsymbol"), STR("\\stackrel"),
                         STR("\\sqrt"), STR("\\overline")};
        bool variable = false;
        for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
            variable = variable || str_starts(command, letters[i]);
        if (!exact || math || kerned || is_rough(c) ||
            (variable && !str_starts(command, STR("\\mathbb{"))))
            continue;
        Buf one = {0};
        utf8_add(&one, c);
        texts[count++] = text_plain(arena_copy(&arena, buf_str(&one)));
        buf_free(&one);
    }
    Str lines = spelled(&arena, texts, count, "ASCII", false), line;
    for (size_t i = 0; i < count; i++) {
        assert_true(str_split(&lines, '\n', &line));
        Text read = latex_text(&arena, line, LATEX_PLAIN, NULL, NULL);
        Str rest = read.text, before, after;
        uint32_t was, is = rest.size > 0 ? utf8_next(&rest) : 0;
        Str source = texts[i].text;
        was = utf8_next(&source);
        bool fine = str_equal(read.text, texts[i].text);
        same += fine;
        if (!fine && rest.size == 0 && latex_command(was, &before) != LATEX_NONE &&
            latex_command(is, &after) != LATEX_NONE)
            fine = str_equal(before, after);
        if (!fine)
            print_error("U+%04X %.*s: %.*s\n", (unsigned)was, STR_ARG(line),
                        STR_ARG(read.text));
        wrong += !fine;
    }
    print_message("%zu characters, %zu the very same\n", count, same);
    free(texts);
    arena_free(&arena);
    assert_int_equal(wrong, 0);
}

static void marks(void **state)
{
    static const struct {
        const char *text;
        Run runs[3];
        size_t count;
    } ROWS[] = {
        {"plain text", {{0, 0, MARK_COUNT}}, 0},
        {"100 % of R&D #1 a_b {c} $5 ~ ^ \\ < > |", {{0, 0, MARK_COUNT}}, 0},
        {"don't “quote” – a — b…", {{0, 0, MARK_COUNT}}, 0},
        {"a b c", {{2, 3, MARK_ITALIC}}, 1},
        {"a b c", {{0, 5, MARK_BOLD}, {2, 3, MARK_ITALIC}}, 2},
        {"a b c", {{0, 5, MARK_ITALIC}, {2, 3, MARK_ITALIC}}, 2},
        {"H2O", {{1, 2, MARK_SUB}}, 1},
        {"x2", {{1, 2, MARK_SUP}}, 1},
        {"Smith", {{0, 5, MARK_SMALL_CAPS}}, 1},
        {"The TeV scale", {{4, 7, MARK_NOCASE}}, 1},
        {"The TeV scale", {{0, 13, MARK_NOCASE}, {4, 7, MARK_ITALIC}}, 2},
        {"The TeV scale", {{0, 13, MARK_ITALIC}, {4, 7, MARK_NOCASE}}, 2},
        {"an $N$-body problem", {{3, 6, MARK_MATH}}, 1},
        {"$x^2 + \\frac{1}{2}$", {{0, 19, MARK_MATH}}, 1},
        {"a $x_1$ b", {{0, 9, MARK_ITALIC}, {2, 7, MARK_MATH}}, 2},
        {"αβ é Łódź ≤ 5", {{0, 0, MARK_COUNT}}, 0},
        {"10−3", {{2, 6, MARK_SUP}}, 1},
    };
    enum { COUNT = sizeof ROWS / sizeof ROWS[0] };
    static const char *const CHARSETS[] = {"UTF-8", "ASCII"};
    Arena arena = {0};
    Text texts[COUNT];
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        texts[i] = (Text){.text = str_from(ROWS[i].text),
                          .runs = ROWS[i].runs,
                          .run_count = ROWS[i].count};
    for (size_t k = 0; k < 4; k++) {
        bool title = k >= 2;
        Str lines = spelled(&arena, texts, COUNT, CHARSETS[k % 2], title), line;
        for (size_t i = 0; i < COUNT; i++) {
            assert_true(str_split(&lines, '\n', &line));
            Text read = latex_text(&arena, line, LATEX_NOCASE, NULL, NULL);
            if (k % 2 == 1 && !utf8_is_ascii(texts[i].text) &&
                str_contains(texts[i].text, STR("“")))
                continue; /* ASCII quotes are what TeX prints as others */
            wrong += str_differs(shown(&arena, read), shown(&arena, texts[i]),
                                 arena_format(&arena, "%.*s%c", STR_ARG(line), 0).data);
        }
    }
    arena_free(&arena);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters),
        cmocka_unit_test(marks),
    };
    return cmocka_run_group_tests_name("latex-back", tests, NULL, NULL);
}
