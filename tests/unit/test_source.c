/* SPDX-License-Identifier: MIT
 * Files as lines of UTF-8: line ends, charsets, damage and places. */
#include "tests/unit/assert_str.h"

#include "convert/io/source.h"
#include "convert/text/utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MOST = 4, SAID_MOST = 8192 };

/* Files that are read as one stream, and what was said of them. */
typedef struct Reading {
    char names[FILES_MOST][32];
    const char *files[FILES_MOST];
    size_t count;
    FILE *messages;
    Diag diag;
    Source *source;
    char said[SAID_MOST];
} Reading;

static void add_file(Reading *r, Str bytes)
{
    char *name = r->names[r->count];
    memcpy(name, "unit-source-XXXXXX", sizeof "unit-source-XXXXXX");
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    for (size_t at = 0; at < bytes.size;) {
        ssize_t n = write(fd, bytes.data + at, bytes.size - at);
        assert_true(n > 0);
        at += (size_t)n;
    }
    close(fd);
    r->files[r->count++] = name;
}

static void begin(Reading *r, const char *charset)
{
    r->messages = tmpfile();
    assert_non_null(r->messages);
    r->diag = (Diag){.fd = fileno(r->messages)};
    r->source = source_open(r->files, r->count, charset, &r->diag);
    assert_non_null(r->source);
}

static Str said(Reading *r)
{
    rewind(r->messages);
    return (Str){r->said, fread(r->said, 1, sizeof r->said, r->messages)};
}

static void end(Reading *r)
{
    source_close(r->source);
    diag_free(&r->diag);
    fclose(r->messages);
    for (size_t i = 0; i < r->count; i++)
        unlink(r->names[i]);
    *r = (Reading){0};
}

/* All lines that are left, each in brackets; their places must be right. */
static void add_lines(Reading *r, Buf *all)
{
    Line line;
    while (source_line(r->source, &line)) {
        assert_int_equal(line.place.col, 1);
        assert_int_equal(line.first, line.place.line == 1);
        buf_format(all, "%zu[", line.place.line);
        buf_add(all, line.text);
        buf_add_byte(all, ']');
    }
    assert_false(source_line(r->source, &line));
}

/* One file of these bytes gives these lines, and this many messages. */
static bool lines_differ(Str bytes, const char *charset, Str wanted, size_t messages)
{
    Reading r = {0};
    Buf all = {0};
    add_file(&r, bytes);
    begin(&r, charset);
    add_lines(&r, &all);
    bool differs =
        str_differs(buf_str(&all), wanted, "lines are not what they should be");
    size_t count = 0;
    for (int level = 0; level < LEVEL_COUNT; level++)
        count += r.diag.counts[level];
    if (count != messages) {
        print_error("%.*s", STR_ARG(said(&r)));
        differs = true;
    }
    assert_int_equal(source_bytes(r.source), bytes.size);
    assert_false(source_failed(r.source));
    end(&r);
    buf_free(&all);
    return differs;
}

#define ASSERT_LINES(bytes, wanted, messages)                                            \
    assert_false(lines_differ(STR(bytes), NULL, STR(wanted), messages))

static void line_ends(void **state)
{
    (void)state;
    ASSERT_LINES("", "", 0);
    ASSERT_LINES("a", "1[a]", 0);
    ASSERT_LINES("a\n", "1[a]", 0);
    ASSERT_LINES("a\nb\r\nc\rd", "1[a]2[b]3[c]4[d]", 0);
    ASSERT_LINES("\n\n", "1[]2[]", 0);
    ASSERT_LINES("\r\n\r\n", "1[]2[]", 0);
    ASSERT_LINES("\r\r", "1[]2[]", 0);
    ASSERT_LINES("a\r\r\nb", "1[a]2[]3[b]", 0);
    ASSERT_LINES("a\n\rb\n", "1[a]2[]3[b]", 0);
    ASSERT_LINES("a\r", "1[a]", 0);
    ASSERT_LINES(" a \n", "1[ a ]", 0);
}

/* Whatever falls between two reads: CR LF, or a character. */
static void line_ends_at_every_border(void **state)
{
    enum { BLOCK = 64 * 1024 };
    Buf bytes = {0}, wanted = {0};
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        buf_clear(&bytes);
        buf_clear(&wanted);
        buf_add(&wanted, STR("1["));
        for (size_t i = 0; i < BLOCK - 3 + shift; i++) {
            buf_add_byte(&bytes, 'x');
            buf_add_byte(&wanted, 'x');
        }
        buf_add(&bytes, STR("é\r\nb\r\n"));
        buf_add(&wanted, STR("é]2[b]"));
        assert_false(lines_differ(buf_str(&bytes), NULL, buf_str(&wanted), 0));
    }
    buf_free(&bytes);
    buf_free(&wanted);
}

static void zero_bytes_stay(void **state)
{
    (void)state;
    ASSERT_LINES("a\0b\n\0\nrest of the text\n", "1[a\0b]2[\0]3[rest of the text]", 0);
}

static void byte_order_marks(void **state)
{
    (void)state;
    ASSERT_LINES("\xef\xbb\xbf", "", 0);
    ASSERT_LINES("\xef\xbb\xbf"
                 "a\nb",
                 "1[a]2[b]", 0);
    /* The charset is said, being a guess. */
    ASSERT_LINES("\xff\xfe\xe9\0\n\0b\0\r\0\n\0", "1[é]2[b]", 1);
    ASSERT_LINES("\xfe\xff\0\xe9\0\n\x67\x4e\0\r", "1[é]2[李]", 1);
    ASSERT_LINES("\xff\xfe\x3d\xd8\0\xde", "1[😀]", 1);
}

static void utf16_without_a_mark(void **state)
{
    (void)state;
    ASSERT_LINES("T\0i\0t\0l\0e\0\n\0c\0a\0f\0\xe9\0", "1[Title]2[café]", 1);
    ASSERT_LINES("\0T\0i\0t\0l\0e\0\n\0c\0a\0f\0\xe9", "1[Title]2[café]", 1);
}

/* A surrogate pair, or half a character, at the border of two reads. */
static void utf16_at_borders(void **state)
{
    Buf bytes = {0}, wanted = {0};
    (void)state;
    for (size_t shift = 0; shift < 2; shift++) {
        buf_clear(&bytes);
        buf_clear(&wanted);
        buf_add(&bytes, STR("\xff\xfe"));
        buf_add(&wanted, STR("1["));
        for (size_t i = 0; i < 32 * 1024 - 2 + shift; i++) {
            buf_add(&bytes, STR("x\0"));
            buf_add_byte(&wanted, 'x');
        }
        for (int i = 0; i < 40000; i++) {
            buf_add(&bytes, STR("\x3d\xd8\0\xde"));
            buf_add(&wanted, STR("😀"));
        }
        buf_add_byte(&wanted, ']');
        assert_false(lines_differ(buf_str(&bytes), NULL, buf_str(&wanted), 1));
    }
    buf_free(&bytes);
    buf_free(&wanted);
}

static void given_charsets(void **state)
{
    (void)state;
    assert_false(
        lines_differ(STR("caf\xe9\n\xa4"), "ISO-8859-15", STR("1[café]2[€]"), 0));
    assert_false(lines_differ(STR("a\0\n\0"), "UTF-16LE", STR("1[a]"), 0));
    assert_false(lines_differ(STR("\xfe\xff\0a"), "UTF-16", STR("1[a]"), 0));
    assert_false(lines_differ(STR("\xef\xbb\xbfé"), "UTF-8", STR("1[é]"), 0));
    /* Then nothing is guessed: what is none is replaced, and said. */
    assert_false(lines_differ(STR("caf\xe9"), "UTF-8", STR("1[caf\xef\xbf\xbd]"), 1));
    assert_false(lines_differ(STR("a\xe9"), "ASCII", STR("1[a\xef\xbf\xbd]"), 1));
}

/* Lines that are not UTF-8 are read as Windows-1252, which is said once a file. */
static void windows_lines(void **state)
{
    (void)state;
    ASSERT_LINES("caf\xe9\n", "1[café]", 1);
    ASSERT_LINES("\x93x\x94 \x96 \x80\n", "1[“x” – €]", 1);
    ASSERT_LINES("naïve\ncaf\xe9\nplain\n\xfc\nÖl", "1[naïve]2[café]3[plain]4[ü]5[Öl]",
                 1);
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    /* No character of Windows-1252 either. */
    ASSERT_LINES("a\x81\n", "1[a\xef\xbf\xbd]", 1);
    /* A line that is mostly UTF-8 is no Windows-1252. */
    ASSERT_LINES("é\xe9\n", "1[é\xef\xbf\xbd]", 1);
    /* An encoded surrogate: three bytes, none of them a character. */
    ASSERT_LINES("é\xed\xa0\x80z\n", "1[é\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz]", 1);
    /* UTF-16 that ends in half a character. */
    ASSERT_LINES("\xff\xfe"
                 "a\0b",
                 "1[a\xef\xbf\xbd]", 2);
}

static void damage_is_said_with_its_place(void **state)
{
    Reading r = {0};
    Buf all = {0}, wanted = {0};
    (void)state;
    add_file(&r, STR("fine\nné\xff x\xff\n"));
    add_file(&r, STR("1\n2\ncaf\xe9\n"));
    begin(&r, NULL);
    add_lines(&r, &all);
    buf_format(&wanted, "%s:2:3: warning: ", r.files[0]);
    assert_true(str_starts(said(&r), buf_str(&wanted)));
    assert_true(str_contains(said(&r), STR("[bad-text]\n")));
    buf_clear(&wanted);
    buf_format(&wanted, "%s:3:4: warning: ", r.files[1]);
    assert_true(str_contains(said(&r), buf_str(&wanted)));
    assert_true(str_contains(said(&r), STR("[charset-guessed]\n")));
    assert_int_equal(r.diag.counts[LEVEL_WARNING], 2);
    end(&r);
    buf_free(&all);
    buf_free(&wanted);
}

/* A file full of damage does not flood the terminal. */
static void much_damage_is_summed_up(void **state)
{
    Reading r = {0};
    Buf bytes = {0}, all = {0};
    (void)state;
    for (int i = 0; i < 500; i++)
        buf_add(&bytes, STR("a\x81\n"));
    add_file(&r, buf_str(&bytes));
    begin(&r, NULL);
    add_lines(&r, &all);
    assert_true(r.diag.counts[LEVEL_WARNING] < 30);
    assert_true(str_contains(said(&r), STR(" more lines ")));
    assert_true(str_ends(buf_str(&all), STR("500[a\xef\xbf\xbd]")));
    end(&r);
    buf_free(&bytes);
    buf_free(&all);
}

static void long_lines(void **state)
{
    Reading r = {0};
    Buf bytes = {0};
    Line line;
    (void)state;
    buf_add(&bytes, STR("first\r\n"));
    for (size_t size = SOURCE_LINE_LIMIT; size <= SOURCE_LINE_LIMIT + 1; size++) {
        memset(buf_reserve(&bytes, size), 'x', size);
        bytes.size += size;
        buf_add(&bytes, STR("\r\n"));
    }
    buf_add(&bytes, STR("last"));
    add_file(&r, buf_str(&bytes));
    begin(&r, NULL);
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "first");
    /* Just within the limit, and just beyond. */
    assert_true(source_line(r.source, &line));
    assert_int_equal(line.text.size, SOURCE_LINE_LIMIT);
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "last");
    assert_int_equal(line.place.line, 4);
    assert_int_equal(r.diag.counts[LEVEL_ERROR], 1);
    buf_clear(&bytes);
    buf_format(&bytes, "%s:3:1: error: ", r.files[0]);
    assert_true(str_starts(said(&r), buf_str(&bytes)));
    assert_true(str_ends(said(&r), STR(" [line-too-long]\n")));
    assert_false(source_line(r.source, &line));
    end(&r);
    buf_free(&bytes);
}

static void several_files_are_one_stream(void **state)
{
    Reading r = {0};
    Line line;
    (void)state;
    add_file(&r, STR("a\nb"));
    add_file(&r, STR(""));
    add_file(&r, STR("\xff\xfe"
                     "c\0"));
    r.files[r.count++] = "no-such-file";
    begin(&r, NULL);
    assert_true(source_line(r.source, &line) && line.first);
    ASSERT_STR(line.place.file, r.files[0]);
    assert_true(source_line(r.source, &line) && !line.first);
    ASSERT_STR(line.text, "b");
    assert_int_equal(source_place(r.source).line, 3);
    assert_true(source_line(r.source, &line) && line.first);
    ASSERT_STR(line.text, "c");
    ASSERT_STR(line.place.file, r.files[2]);
    assert_int_equal(line.place.line, 1);
    assert_false(source_failed(r.source));
    assert_false(source_line(r.source, &line));
    assert_true(source_failed(r.source));
    assert_true(str_contains(said(&r), STR("no-such-file")));
    assert_true(str_contains(said(&r), STR("[open-failed]\n")));
    assert_int_equal(source_bytes(r.source), 7);
    end(&r);
}

static void missing_files_are_passed_over(void **state)
{
    Reading r = {0};
    Buf all = {0};
    (void)state;
    r.files[r.count++] = "no-such-file";
    add_file(&r, STR("a"));
    r.files[r.count++] = "."; /* opens, but cannot be read */
    begin(&r, NULL);
    add_lines(&r, &all);
    ASSERT_STR(buf_str(&all), "1[a]");
    assert_true(source_failed(r.source));
    assert_int_equal(r.diag.counts[LEVEL_ERROR], 2);
    assert_true(str_contains(said(&r), STR("[read-failed]\n")));
    end(&r);
    buf_free(&all);
}

static void standard_input(void **state)
{
    Reading r = {0};
    Line line;
    (void)state;
    add_file(&r, STR("x\n"));
    int saved = dup(STDIN_FILENO), fd = open(r.files[0], O_RDONLY);
    assert_true(saved >= 0 && fd >= 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
    close(fd);
    r.files[0] = "-";
    begin(&r, NULL);
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "x");
    ASSERT_STR(line.place.file, "<stdin>");
    assert_false(source_line(r.source, &line));
    end(&r);
    /* It is not ours to close. */
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    dup2(saved, STDIN_FILENO);
    close(saved);
}

static void the_head_is_seen_and_stays(void **state)
{
    Reading r = {0};
    Line line;
    (void)state;
    add_file(&r, STR(""));
    add_file(&r, STR("\xff\xfe"
                     "h\0e\0a\0d\0\n\0\xe9\0"));
    begin(&r, NULL);
    ASSERT_STR(source_head(r.source, 4), "head\né");
    ASSERT_STR(source_head(r.source, 1000), "head\né");
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "head");
    assert_true(line.first);
    ASSERT_STR(source_head(r.source, 1), "é");
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "é");
    assert_int_equal(line.place.line, 2);
    ASSERT_STR(source_head(r.source, 1), "");
    assert_false(source_line(r.source, &line));
    end(&r);
}

static void heads_are_as_long_as_wanted(void **state)
{
    enum { SIZE = 300000 };
    Reading r = {0};
    Buf bytes = {0};
    (void)state;
    for (int i = 0; i < SIZE; i++)
        buf_add_byte(&bytes, i % 100 == 99 ? '\n' : 'x');
    add_file(&r, buf_str(&bytes));
    begin(&r, NULL);
    Str head = source_head(r.source, 200000);
    assert_true(head.size >= 200000);
    assert_memory_equal(head.data, bytes.data, head.size);
    assert_int_equal(source_head(r.source, 2 * SIZE).size, SIZE);
    end(&r);
    buf_free(&bytes);
}

static void blank_lines_are_passed_over(void **state)
{
    Reading r = {0};
    Line line;
    (void)state;
    add_file(&r, STR("\n \r\n\t\n"));
    add_file(&r, STR("\r\r  x\n\n\n"));
    add_file(&r, STR("y\n \n"));
    begin(&r, NULL);
    assert_true(source_skip_blank(r.source));
    assert_int_equal(source_place(r.source).line, 3);
    ASSERT_STR(source_place(r.source).file, r.files[1]);
    assert_true(source_skip_blank(r.source));
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "  x");
    assert_int_equal(line.place.line, 3);
    assert_true(source_skip_blank(r.source));
    assert_true(source_line(r.source, &line));
    ASSERT_STR(line.text, "y");
    assert_true(line.first);
    assert_false(source_skip_blank(r.source));
    assert_false(source_line(r.source, &line));
    end(&r);
}

/* Reads all by the bytes side, `step` bytes at a time. */
static void read_ahead(Reading *r, size_t step, Buf *out)
{
    do {
        for (;;) {
            Str ahead = source_ahead(r->source, step);
            size_t size = ahead.size < step ? ahead.size : step;
            if (size == 0)
                break;
            buf_add(out, str_slice(ahead, 0, size));
            source_pass(r->source, size);
        }
    } while (source_next_file(r->source));
}

static void bytes_are_cleaned_at_every_border(void **state)
{
    static const char *const CHARSETS[] = {NULL, "UTF-8"};
    static const char *const EXPECTED[] = {
        "\na\n\nb\nc \xc3\xa9\n\xc3\xa9\xe2\x82\xac\n\xef\xbf\xbd"
        "end\n",
        "\na\n\nb\nc \xc3\xa9\n\xef\xbf\xbd\xef\xbf\xbd\n\xef\xbf\xbd"
        "end\n"};
    (void)state;
    for (size_t pad = 0; pad < 24; pad++) {
        for (size_t i = 0; i < 2; i++) {
            Reading r = {0};
            Buf bytes = {0}, out = {0};
            size_t front = 64 * 1024 - 12 + pad; /* the rest lies around a block's end */
            for (size_t k = 0; k < front; k++)
                buf_add_byte(&bytes, 'x');
            buf_add(&bytes, STR("\r\na\r\rb\nc \xc3\xa9\r\n\xe9\x80\r\n\x81"
                                "end\n"));
            add_file(&r, buf_str(&bytes));
            begin(&r, CHARSETS[i]);
            read_ahead(&r, pad * 977 + 1, &out);
            ASSERT_STR(str_after(buf_str(&out), front), EXPECTED[i]);
            end(&r);
            buf_free(&bytes);
            buf_free(&out);
        }
    }
}

static void bytes_have_places(void **state)
{
    Reading r = {0};
    (void)state;
    add_file(&r, STR("\n\n  ab\r\n\xc3\xa9z\n"));
    add_file(&r, STR("q"));
    begin(&r, NULL);
    assert_true(source_skip_blank(r.source));
    Str ahead = source_ahead(r.source, 4);
    ASSERT_STR(ahead, "  ab\n\xc3\xa9z\n");
    Place place = source_place_ahead(r.source, 7);
    assert_int_equal(place.line, 4);
    assert_int_equal(place.col, 2);
    place = source_place_ahead(r.source, 3); /* backwards, too */
    assert_int_equal(place.line, 3);
    assert_int_equal(place.col, 4);
    source_pass(r.source, 5);
    place = source_place(r.source);
    assert_int_equal(place.line, 4);
    assert_int_equal(place.col, 1);
    source_pass(r.source, 4);
    assert_int_equal(source_ahead(r.source, 1).size, 0);
    assert_true(source_next_file(r.source));
    ASSERT_STR(source_ahead(r.source, 1), "q");
    place = source_place_ahead(r.source, 0);
    ASSERT_STR(place.file, r.files[1]);
    assert_int_equal(place.line, 1);
    assert_false(source_next_file(r.source));
    end(&r);
}

static bool count_call(void *context, int fd)
{
    assert_true(fd >= 0);
    ++*(size_t *)context;
    return true;
}

/* Nothing is read behind the hook's back, and nothing is asked that is known already. */
static void the_hook_comes_before_each_read(void **state)
{
    Reading r = {0};
    Line line;
    size_t calls = 0;
    (void)state;
    add_file(&r, STR("a\nb and more\n"));
    begin(&r, NULL);
    source_before_read(r.source, count_call, &calls);
    assert_true(source_line(r.source, &line));
    size_t first = calls;
    assert_true(first > 0);
    assert_true(source_line(r.source, &line));
    assert_int_equal(calls, first);
    assert_false(source_line(r.source, &line));
    assert_true(calls > first);
    end(&r);
}

enum { GIVEN_MOST = 64, LARGE = 300000 };

typedef struct Given {
    Buf texts[GIVEN_MOST];
    size_t count;
} Given;

static bool take_text(void *context, Buf *text)
{
    Given *given = context;
    assert_true(given->count < GIVEN_MOST);
    given->texts[given->count++] = *text;
    *text = (Buf){0};
    return true;
}

/* Bytes that were given stay where they are, in texts that the hook took; lines never do,
 * so that nothing has to be taken. */
static void who_looks_at_bytes_keeps_them(void **state)
{
    Buf bytes = {0};
    (void)state;
    for (size_t i = 0; i < LARGE; i++)
        buf_add_byte(&bytes, i % 50 == 49 ? '\n' : 'x');
    for (int by_lines = 0; by_lines < 2; by_lines++) {
        Reading r = {0};
        Given given = {0};
        Line line;
        add_file(&r, buf_str(&bytes));
        begin(&r, NULL);
        source_before_change(r.source, take_text, &given);
        Str first = by_lines ? STR("x") : source_ahead(r.source, 50);
        while (by_lines ? source_line(r.source, &line)
                        : source_ahead(r.source, 50).size > 0) {
            if (!by_lines)
                source_pass(r.source, 50);
        }
        assert_int_equal(given.count > 0, !by_lines);
        assert_int_equal(first.data[0], 'x');
        assert_int_equal(source_bytes(r.source), LARGE);
        end(&r);
        for (size_t i = 0; i < given.count; i++)
            buf_free(&given.texts[i]);
    }
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends),
        cmocka_unit_test(line_ends_at_every_border),
        cmocka_unit_test(zero_bytes_stay),
        cmocka_unit_test(byte_order_marks),
        cmocka_unit_test(utf16_without_a_mark),
        cmocka_unit_test(utf16_at_borders),
        cmocka_unit_test(given_charsets),
        cmocka_unit_test(windows_lines),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(damage_is_said_with_its_place),
        cmocka_unit_test(much_damage_is_summed_up),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(several_files_are_one_stream),
        cmocka_unit_test(missing_files_are_passed_over),
        cmocka_unit_test(standard_input),
        cmocka_unit_test(the_head_is_seen_and_stays),
        cmocka_unit_test(heads_are_as_long_as_wanted),
        cmocka_unit_test(blank_lines_are_passed_over),
        cmocka_unit_test(bytes_are_cleaned_at_every_border),
        cmocka_unit_test(bytes_have_places),
        cmocka_unit_test(the_hook_comes_before_each_read),
        cmocka_unit_test(who_looks_at_bytes_keeps_them),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
