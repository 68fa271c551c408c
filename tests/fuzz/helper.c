/* SPDX-License-Identifier: MIT
 * The helper of the long tail, played by the fuzzer: what libbibutils might answer, right
 * or wrong, without libbibutils, whose faults are no concern of the doors. */
#include "formats/bibutils/helper.h"
#include "convert/base/memory.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

struct Helper {
    Buf answer;
};

static Str given, answers; /* all, and those that were not asked for yet */

void answer_with(Str texts)
{
    given = texts;
}

Helper *helper_open(const char *task, const char *format)
{
    (void)task, (void)format;
    answers = given;
    return memory_zeroed(1, sizeof(Helper));
}

void helper_close(Helper *helper)
{
    if (helper != NULL)
        buf_free(&helper->answer);
    free(helper);
}

void helper_distrust(Helper *helper)
{
    buf_clear(&helper->answer);
}

bool helper_find(Buf *path)
{
    buf_add(path, STR("/proc/self/exe\0"));
    return true;
}

Str helper_complaint(const Helper *helper)
{
    (void)helper;
    return STR("said so");
}

/* Lines of libbibutils' own words from a record: which word a value gets, its tag says.
 */
static void read_lines(Arena *arena, Str text, WireLines *lines)
{
    static const char *const WORDS[] = {
        "TITLE",       "AUTHOR",    "DATE:YEAR",  "DATE:MONTH",     "PAGES:START",
        "PAGES:STOP",  "VOLUME",    "ISSUE",      "RESOURCE",       "GENRE:BIBUTILS",
        "AUTHOR:CORP", "DOI",       "URL",        "PARTDATE:YEAR",  "NOTES",
        "REFNUM",      "PUBLISHER", "EDITOR",     "GENRE:MARC",     "ISSUANCE",
        "KEYWORD",     "LANGUAGE",  "ABSTRACT",   "AUTHOR:ASIS",    "SERIALNUMBER",
        "ISBN",        "SUBTITLE",  "SHORTTITLE", "PARTDATE:MONTH", "PAGES:TOTAL",
    };
    static const char *const ENDS = "\n<>";
    while (text.size > 0) {
        size_t size = 0, tag = 0;
        while (size < text.size && strchr(ENDS, text.data[size]) == NULL)
            size++;
        while (tag < size && !byte_is_space(text.data[tag]))
            tag++;
        Str value = str_trim(str_slice(text, tag, size));
        unsigned char letter = tag > 0 ? (unsigned char)text.data[tag - 1] : 0;
        if (value.size > 0)
            wire_add(arena, lines,
                     str_from(WORDS[(letter + tag) % (sizeof WORDS / sizeof WORDS[0])]),
                     letter % 5 == 0 ? 1 : 0, value);
        text = str_after(text, size + 1);
    }
}

/* Lines as an answer of the input has them: a digit for the level, the tag, a blank, the
 * value. */
static void given_lines(Arena *arena, Str text, WireLines *lines)
{
    Str line;
    while (str_split(&text, '\n', &line)) {
        size_t tag = str_find_byte(line, ' ');
        wire_add(arena, lines, str_slice(line, 1, tag),
                 line.size > 0 ? line.data[0] - '0' : 0, str_after(line, tag + 1));
    }
}

/* An answer of the input that begins with "!" is not even a frame's payload. */
static void answer_lines(Helper *h, Str payload)
{
    Arena arena = {0};
    WireLines lines = {0};
    Str text;
    bool has = answers.size > 0 && str_split(&answers, '\0', &text);
    if (has && str_starts(text, STR("!"))) {
        wire_put(&h->answer, WIRE_LINES, str_after(text, 1));
    } else {
        if (has)
            given_lines(&arena, text, &lines);
        else
            read_lines(&arena, payload, &lines);
        wire_put_lines(&h->answer, WIRE_LINES, &lines);
    }
    arena_free(&arena);
}

/* A record in no format of anybody's; some tags the library drops. */
static void answer_text(Helper *h, Str payload)
{
    Arena arena = {0};
    Buf text = {0};
    WireLines lines = {0};
    expect(wire_lines(&arena, payload, &lines), "a question is whole");
    for (size_t i = 0; i < lines.count; i++) {
        const WireLine *line = &lines.items[i];
        if (line->value.size % 5 == 1)
            continue;
        buf_add(&text, line->tag);
        buf_add_byte(&text, ' ');
        buf_add(&text, line->value);
        buf_add_byte(&text, '\n');
    }
    wire_put(&h->answer, WIRE_TEXT, buf_str(&text));
    buf_free(&text);
    arena_free(&arena);
}

HelperResult helper_ask(Helper *helper, Str frame, WireKind wanted, Str *answer)
{
    WireKind kind;
    size_t size;
    expect(frame.size >= WIRE_HEADER && wire_header(frame.data, &kind, &size) &&
               size == frame.size - WIRE_HEADER,
           "a question is a frame");
    Str payload = str_after(frame, WIRE_HEADER);
    buf_clear(&helper->answer);
    if (wanted == WIRE_LINES && payload.size % 64 == 63)
        return payload.size % 128 == 127 ? HELPER_REFUSED : HELPER_DIED;
    if (kind == WIRE_WRITE)
        answer_text(helper, payload);
    else if (wanted == WIRE_LINES)
        answer_lines(helper, payload);
    else
        wire_put(&helper->answer, WIRE_TEXT, STR("frame\n"));
    *answer = str_after(buf_str(&helper->answer), WIRE_HEADER);
    return HELPER_FINE;
}
