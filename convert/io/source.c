/* SPDX-License-Identifier: MIT
 * Files and charsets; see source.h.
 *
 * Bytes come into `raw`, are decoded onto `text` where the charset needs it (UTF-8 is
 * read into `text` at once), and are cut into lines (line.c) or given as they are
 * (ahead.c) there.  The decoder marks what is no character with a byte that no UTF-8
 * holds, so that one place, source_mend, finds and reports all damage with its line and
 * column. */
#include "convert/base/memory.h"
#include "convert/io/source_state.h"
#include "convert/text/html.h"
#include "convert/text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Source *source_open(const char *const *files, size_t count, const char *charset,
                    Diag *diag)
{
    Source *s = memory_zeroed(1, sizeof *s);
    s->files = files;
    s->file_count = count;
    s->charset = charset;
    s->diag = diag;
    s->name = STR_EMPTY;
    s->fd = -1;
    return s;
}

Source *source_open_function(const char *name, SourceRead *read, void *context,
                             const char *charset, Diag *diag)
{
    Source *s = source_open(NULL, 1, charset, diag);
    s->name = str_from(name);
    s->read = read;
    s->read_context = context;
    return s;
}

static Place file_place(const Source *s)
{
    return (Place){.file = s->name};
}

/* Files. */

void source_end_file(Source *s)
{
    if (s->bad_lines > BAD_LINES_TOLD)
        diag_report(s->diag, LEVEL_WARNING, "bad-text", file_place(s),
                    "%zu more lines hold bytes that are no text; read as U+FFFD",
                    s->bad_lines - BAD_LINES_TOLD);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    charset_close(s->decoder);
    charset_close(s->fallback);
    s->fd = -1;
    s->decoder = s->fallback = NULL;
    s->decoded_from = NULL;
    s->begun = s->ended = s->after_cr = s->guess_told = s->wide = false;
    s->at = s->scanned = s->lf = s->cr = s->line = s->bad_lines = s->clean = 0;
    s->base = s->cursor = (Spot){0};
    buf_clear(&s->raw);
    buf_clear(&s->text);
}

static void fail(Source *s, const char *id, const char *doing)
{
    diag_report(s->diag, LEVEL_ERROR, id, (Place){0}, "cannot %s %.*s: %s", doing,
                STR_ARG(s->name), diag_reason(errno));
    s->failed = true;
}

/* -1 and errno where it cannot be; else not above STDIN_FILENO where it is not ours to
 * close. */
static int open_named(Source *s, size_t index)
{
    if (s->read != NULL)
        return STDIN_FILENO;
    const char *file = s->files[index];
    bool standard = strcmp(file, "-") == 0;
    s->name = standard ? STR("<stdin>") : str_from(file);
    return standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
}

bool source_open_next(Source *s)
{
    while (s->next_file < s->file_count) {
        s->fd = open_named(s, s->next_file++);
        if (s->fd < 0) {
            fail(s, "open-failed", "open");
            continue;
        }
        if (s->charset != NULL && !charset_is_utf8(s->charset)) {
            s->decoder = charset_decoder(s->charset);
            s->decoded_from = s->charset;
        }
        return true;
    }
    return false;
}

static size_t read_block(Source *s, Buf *into)
{
    if (s->hook != NULL && !s->hook(s->hook_context, s->fd))
        return 0;
    for (;;) {
        char *to = buf_reserve(into, BLOCK);
        ssize_t n = s->read != NULL ? s->read(s->read_context, to, BLOCK)
                                    : read(s->fd, to, BLOCK);
        if (n > 0) {
            into->size += (size_t)n;
            atomic_fetch_add_explicit(&s->total, (size_t)n, memory_order_relaxed);
            return (size_t)n;
        }
        if (n == 0)
            return 0;
        if (errno != EINTR) {
            fail(s, "read-failed", "read");
            return 0;
        }
    }
}

/* The charset. */

typedef struct Signature {
    const char *charset;
    Str mark;
} Signature;

static const Signature *find_mark(Str head)
{
    static const Signature MARKS[] = {
        {"UTF-8", {"\xef\xbb\xbf", 3}},    {"UTF-32LE", {"\xff\xfe\0\0", 4}},
        {"UTF-32BE", {"\0\0\xfe\xff", 4}}, {"UTF-16LE", {"\xff\xfe", 2}},
        {"UTF-16BE", {"\xfe\xff", 2}},
    };
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        if (str_starts(head, MARKS[i].mark))
            return &MARKS[i];
    }
    return NULL;
}

/* Bytes that tell the charset; of them those that come before a guess. */
enum { FRONT = 1024, FIRST = 8 };

/* Text of Western letters in UTF-16 without a mark: every other byte is zero. */
static const char *guess_utf16(Str head)
{
    size_t even = 0, odd = 0;
    if (str_find_byte(str_slice(head, 0, FIRST), '\0') >= FIRST)
        return NULL;
    size_t pairs = (head.size < FRONT ? head.size : FRONT) / 2;
    for (size_t i = 0; i < pairs; i++) {
        even += head.data[2 * i] == 0;
        odd += head.data[2 * i + 1] == 0;
    }
    if (pairs < 4)
        return NULL;
    if (odd * 10 >= pairs * 9 && even * 10 <= pairs)
        return "UTF-16LE";
    if (even * 10 >= pairs * 9 && odd * 10 <= pairs)
        return "UTF-16BE";
    return NULL;
}

/* What the file says of itself, where nobody knows better; US-ASCII means Windows-1252
 * there, as the HTML standard has it. */
static const char *find_declared(Source *s, Str head)
{
    Str said = html_charset(head);
    if (said.size == 0 || said.size >= sizeof s->declared)
        return NULL;
    memcpy(s->declared, said.data, said.size);
    s->declared[said.size] = '\0';
    if (str_equal_nocase(said, STR("us-ascii")) || charset_is_latin_1(said))
        return "WINDOWS-1252";
    Charset *known = charset_decoder(s->declared);
    if (known != NULL || charset_is_utf8(s->declared)) {
        charset_close(known);
        return s->declared;
    }
    diag_report(s->diag, LEVEL_WARNING, "charset-unknown", file_place(s),
                "the file declares the charset '%s', which nobody knows; guessed",
                s->declared);
    return NULL;
}

/* JabRef's first line says in which charset it saved the file, by Java's names.  Others
 * may have saved it since: what is UTF-8 is that. */
static void find_fallback(Source *s, Str head)
{
    Str mark = STR("% Encoding: "), name;
    head = str_trim(str_slice(head, 0, FRONT));
    Str rest = str_after(head, mark.size);
    if (s->charset != NULL || s->decoder != NULL || !str_starts(head, mark) ||
        !str_word(&rest, &name) || name.size >= sizeof s->declared)
        return;
    for (size_t i = 0; i < name.size; i++)
        s->declared[i] = name.data[i] == '_' ? '-' : name.data[i];
    s->declared[name.size] = '\0';
    name = str_from(s->declared);
    if (str_equal_nocase(name, STR("MacRoman")))
        memcpy(s->declared, "MACINTOSH", sizeof "MACINTOSH");
    bool western = charset_is_latin_1(name) || str_equal_nocase(name, STR("Cp1252")) ||
                   str_equal_nocase(name, STR("US-ASCII")) ||
                   str_starts_nocase(name, STR("UTF"));
    s->fallback = western ? NULL : charset_decoder(s->declared);
}

/* A mark settles the charset, unless another than Unicode's was given. */
static void settle_charset(Source *s)
{
    Str head = buf_str(&s->raw);
    const Signature *found = find_mark(head);
    const char *guess = s->charset == NULL && found == NULL ? guess_utf16(head) : NULL;
    bool unicode =
        s->charset == NULL || str_starts_nocase(str_from(s->charset), STR("UTF"));
    size_t mark = 0;
    if (s->charset == NULL && found == NULL && guess == NULL)
        guess = find_declared(s, head);
    if (found != NULL && unicode) {
        mark = found->mark.size;
        guess = found->charset;
        charset_close(s->decoder);
        s->decoder = NULL;
    }
    if (guess != NULL && !charset_is_utf8(guess)) {
        s->decoder = charset_decoder(guess);
        s->decoded_from = guess;
        if (s->charset == NULL)
            diag_report(s->diag, LEVEL_NOTE, "charset", file_place(s), "read as %s",
                        guess);
    }
    s->raw.size -= mark;
    memmove(s->raw.data, s->raw.data + mark, s->raw.size);
}

/* Whether the charset of what begins so may be told by more of it: markup declares one,
 * as a first line of comment may, zero bytes are UTF-16's, and blanks are nothing yet. */
static bool wants_more(Str head)
{
    Str text = str_trim(head);
    return head.size < FIRST || text.size == 0 || text.data[0] == '<' ||
           (text.data[0] == '%' && str_find_byte(text, '\n') == text.size) ||
           str_find_byte(str_slice(head, 0, FIRST), '\0') < FIRST;
}

/* The first bytes, as many as a mark, a declaration or a guess needs. */
static void begin_file(Source *s)
{
    s->begun = true;
    while (s->raw.size < FRONT && wants_more(buf_str(&s->raw))) {
        if (read_block(s, &s->raw) == 0) {
            s->ended = true;
            break;
        }
    }
    if (s->raw.size > 0)
        settle_charset(s);
    find_fallback(s, buf_str(&s->raw));
    if (s->decoder == NULL) {
        buf_add(&s->text, buf_str(&s->raw));
        buf_clear(&s->raw);
    }
}

static void decode(Source *s)
{
    if (s->raw.size == 0)
        return;
    size_t used = charset_decode(s->decoder, buf_str(&s->raw), s->ended, &s->text);
    s->raw.size -= used;
    memmove(s->raw.data, s->raw.data + used, s->raw.size);
}

bool source_renew(Source *s, size_t from)
{
    Str kept = str_after(buf_str(&s->text), from);
    if (s->change == NULL || !s->shown || !s->change(s->change_context, &s->text))
        return false;
    buf_add(&s->text, kept);
    return true;
}

bool source_fill(Source *s)
{
    bool renewed = source_renew(s, s->at);
    if (s->at > 0) {
        if (!renewed) {
            s->text.size -= s->at;
            memmove(s->text.data, s->text.data + s->at, s->text.size);
        }
        s->scanned -= s->at;
        s->lf = s->lf > s->at ? s->lf - s->at : 0;
        s->cr = s->cr > s->at ? s->cr - s->at : 0;
        s->clean = s->clean > s->at ? s->clean - s->at : 0;
        s->base.at = 0;
        s->cursor.at = s->cursor.at > s->at ? s->cursor.at - s->at : 0;
        s->at = 0;
    }
    size_t before = s->text.size;
    while (s->text.size == before && (!s->ended || s->raw.size > 0)) {
        if (!s->begun)
            begin_file(s);
        else if (!s->ended && read_block(s, s->decoder != NULL ? &s->raw : &s->text) == 0)
            s->ended = true;
        if (s->decoder != NULL)
            decode(s);
    }
    return s->text.size > before;
}

/* What is no text. */

/* Every high byte a character of Windows-1252, and none part of one of UTF-8. */
static bool is_windows(Str line)
{
    while (line.size > 0) {
        unsigned char c = (unsigned char)line.data[0];
        Str rest = line;
        if (c >= 0x80) {
            uint32_t character = utf8_next(&rest);
            if (line.size - rest.size > 1 || charset_windows(c) == 0 ||
                (character != UTF8_REPLACEMENT))
                return false;
        }
        line = str_after(line, 1);
    }
    return true;
}

static Str read_windows(Source *s, Str line)
{
    buf_clear(&s->mended);
    for (size_t i = 0; i < line.size; i++)
        utf8_add(&s->mended, charset_windows((unsigned char)line.data[i]));
    return buf_str(&s->mended);
}

/* Whether all of the line is text in the charset that the file names. */
static bool read_declared(Source *s, Str line)
{
    buf_clear(&s->mended);
    charset_decode(s->fallback, line, true, &s->mended);
    return str_find_byte(buf_str(&s->mended), '\xff') == s->mended.size;
}

static void tell_guess(Source *s, Place place, const char *name)
{
    if (!s->guess_told)
        diag_report(s->diag, LEVEL_WARNING, "charset-guessed", place,
                    "not UTF-8; read as %s, as are lines like it below", name);
    s->guess_told = true;
}

static Str replace_bad(Source *s, Str line, size_t *bad)
{
    buf_clear(&s->mended);
    *bad = 0;
    while (line.size > 0) {
        size_t fine = utf8_valid(line);
        buf_add(&s->mended, str_slice(line, 0, fine));
        line = str_after(line, fine);
        if (line.size > 0) {
            utf8_add(&s->mended, UTF8_REPLACEMENT);
            line = str_after(line, 1);
            ++*bad;
        }
    }
    return buf_str(&s->mended);
}

Str source_mend(Source *s, Str line, Place place, bool wide)
{
    size_t bad;
    place.col += utf8_count(str_slice(line, 0, utf8_valid(line)));
    bool guess = s->charset == NULL && s->decoder == NULL && !wide;
    if (guess && s->fallback != NULL && read_declared(s, line)) {
        tell_guess(s, place, s->declared);
        return buf_str(&s->mended);
    }
    if (guess && s->fallback == NULL && is_windows(line)) {
        tell_guess(s, place, "Windows-1252");
        return read_windows(s, line);
    }
    line = replace_bad(s, line, &bad);
    if (++s->bad_lines <= BAD_LINES_TOLD)
        diag_report(s->diag, LEVEL_WARNING, "bad-text", place,
                    "%zu byte%s %s no %s; read as U+FFFD", bad, bad == 1 ? "" : "s",
                    bad == 1 ? "is" : "are",
                    s->decoded_from != NULL ? s->decoded_from : "UTF-8");
    return line;
}

Place source_place(const Source *s)
{
    if (s->fd < 0)
        return file_place(s);
    if (s->base.line > 0)
        return (Place){.file = s->name, .line = s->base.line, .col = s->base.col};
    return (Place){.file = s->name, .line = s->line + 1, .col = 1};
}

void source_before_read(Source *s, bool (*hook)(void *context, int fd), void *context)
{
    s->hook = hook;
    s->hook_context = context;
}

void source_before_change(Source *s, bool (*hook)(void *context, Buf *text),
                          void *context)
{
    s->change = hook;
    s->change_context = context;
}

void source_report_to(Source *s, Diag *diag)
{
    s->diag = diag;
}

bool source_failed(const Source *s)
{
    return s->failed;
}

void source_set_failed(Source *s, bool failed)
{
    s->failed = failed;
}

size_t source_bytes(const Source *s)
{
    return atomic_load_explicit(&s->total, memory_order_relaxed);
}

void source_close(Source *s)
{
    if (s->fd >= 0)
        source_end_file(s);
    buf_free(&s->raw);
    buf_free(&s->text);
    buf_free(&s->mended);
    free(s);
}
