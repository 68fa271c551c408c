/* SPDX-License-Identifier: MIT
 * However few bytes a read gives, a Source gives the same text and says the same. */
#include "tests/unit/assert_str.h"

#include "convert/io/source.h"

typedef struct Pieces {
    Str rest;
    size_t size; /* of each */
} Pieces;

static ssize_t give_piece(void *context, char *to, size_t size)
{
    Pieces *pieces = context;
    size_t n = pieces->size < size ? pieces->size : size;
    if (n > pieces->rest.size)
        n = pieces->rest.size;
    memcpy(to, pieces->rest.data, n);
    pieces->rest = str_after(pieces->rest, n);
    return (ssize_t)n;
}

static void keep(void *context, const Message *message)
{
    buf_format(context, "%zu:%zu %s\n", message->at.line, message->at.col, message->id);
    buf_add(context, message->text);
}

/* As lines or as bytes, a few of these at a time. */
static void read_all(Str input, size_t size, bool lines, Buf *text, Buf *said)
{
    Pieces pieces = {input, size};
    Diag diag = {.fd = -1, .keep = keep, .keeper = said};
    Source *source = source_open_function("input", give_piece, &pieces, NULL, &diag);
    Line line;
    while (lines && source_line(source, &line)) {
        buf_add(text, line.text);
        buf_add_byte(text, '\n');
    }
    for (Str ahead; !lines && (ahead = source_ahead(source, 3)).size > 0;) {
        buf_add(text, str_slice(ahead, 0, 2));
        source_pass(source, ahead.size < 2 ? ahead.size : 2);
    }
    source_close(source);
    diag_free(&diag);
}

static void pieces_change_nothing(void **state)
{
    static const Str INPUTS[] = {
        STR("\n \n<?xml version='1.0' encoding='iso-8859-2'?>\n<a>\xb9\xe6</a>\n"),
        STR("<html><head><title>x</title><meta charset=\"koi8-r\"></head>\xc1\xc2"),
        STR("a\0b\0\n\0c\0d\0e\0f\0g\0h\0i\0\xe9\0"),
        STR("\0T\0Y\0\n\0a\0b\0c\0d\0e\0f\0g\0h\0i\x01\x02"),
        STR("\xef\xbb\xbftext\r\n\r\rmore\r\n"),
        STR("plain, then \xe9 of Windows, more of it \xe8 and \x80\nnext\n"),
        STR("\xc3\xa9 first, then \xe9 in one line\n\xe9 alone\nplain\n"),
        STR("\xe9 first, then \xc3\xa9 in one line\r\nplain \xff\n"),
        STR("ends within \xe2\x82"),
        STR("<"),
        STR("\0"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof INPUTS / sizeof INPUTS[0]; i++) {
        for (int lines = 0; lines < 2; lines++) {
            Buf whole = {0}, said = {0};
            read_all(INPUTS[i], 1000, lines != 0, &whole, &said);
            for (size_t size = 1; size < 40; size++) {
                Buf text = {0}, now = {0};
                read_all(INPUTS[i], size, lines != 0, &text, &now);
                assert_true(str_equal(buf_str(&text), buf_str(&whole)));
                assert_true(str_equal(buf_str(&now), buf_str(&said)));
                buf_free(&text);
                buf_free(&now);
            }
            buf_free(&whole);
            buf_free(&said);
        }
    }
}

/* A line of many pieces that are Windows-1252's stays so, also where it is long. */
static void long_lines_stay_windows(void **state)
{
    Buf input = {0}, text = {0}, said = {0};
    (void)state;
    for (int i = 0; i < 100000; i++)
        buf_add(&input, STR("caf\xe9 "));
    read_all(buf_str(&input), 5000, false, &text, &said);
    assert_int_equal(text.size, input.size + 100000);
    assert_false(str_contains(buf_str(&text), STR("\xef\xbf\xbd")));
    buf_free(&input);
    buf_free(&text);
    buf_free(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_change_nothing),
        cmocka_unit_test(long_lines_stay_windows),
    };
    return cmocka_run_group_tests_name("source-pieces", tests, NULL, NULL);
}
