/* SPDX-License-Identifier: MIT
 * Writing messages; see diag.h. */
#include "convert/base/diag.h"
#include "convert/base/memory.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *colour;
} LEVELS[LEVEL_COUNT] = {
    [LEVEL_DETAIL] = {"detail", "\033[2m"},
    [LEVEL_NOTE] = {"note", "\033[36m"},
    [LEVEL_WARNING] = {"warning", "\033[35m"},
    [LEVEL_ERROR] = {"error", "\033[31m"},
};

/* C0, DEL and the two-byte C1 controls, which some terminals obey. */
static size_t control_at(Str s, size_t i)
{
    unsigned char c = (unsigned char)s.data[i];
    if (c < 0x20 || c == 0x7f)
        return 1;
    if (c == 0xc2 && i + 1 < s.size && (unsigned char)s.data[i + 1] < 0xa0)
        return 2;
    return 0;
}

static void add_plain(Buf *line, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        size_t bytes = control_at(s, i);
        if (bytes == 0) {
            buf_add_byte(line, s.data[i]);
        } else {
            i += bytes - 1;
            buf_format(line, "\\x%02x", (unsigned)(unsigned char)s.data[i]);
        }
    }
}

void diag_add_json(Buf *line, Str s)
{
    buf_add_byte(line, '"');
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] == '"' || s.data[i] == '\\')
            buf_add_byte(line, '\\');
        size_t bytes = control_at(s, i);
        if (bytes > 0) {
            i += bytes - 1; /* of U+0080 to U+009F, the last byte is the number */
            buf_format(line, "\\u%04x", (unsigned)(unsigned char)s.data[i]);
        } else {
            buf_add_byte(line, s.data[i]);
        }
    }
    buf_add_byte(line, '"');
}

static void compose_text(Diag *diag, Level level, const char *id, Place at, Str message)
{
    Buf *line = &diag->line;
    if (diag->status_line)
        buf_add(line, STR("\r\033[K"));
    if (diag->colour)
        buf_add(line, STR("\033[1m"));
    add_plain(line, at.file.size > 0 ? at.file : STR("citeconv"));
    if (at.file.size > 0 && at.line > 0)
        buf_format(line, ":%zu:%zu", at.line, at.col);
    buf_add(line, STR(": "));
    if (diag->colour)
        buf_add(line, str_from(LEVELS[level].colour));
    buf_format(line, "%s:", LEVELS[level].name);
    if (diag->colour)
        buf_add(line, STR("\033[0m"));
    buf_add_byte(line, ' ');
    add_plain(line, message);
    buf_format(line, " [%s]\n", id);
}

static void compose_json(Diag *diag, Level level, const char *id, Place at, Str message)
{
    Buf *line = &diag->line;
    buf_add(line, STR("{\"file\":"));
    if (at.file.size > 0)
        diag_add_json(line, at.file);
    else
        buf_add(line, STR("null"));
    if (at.file.size > 0 && at.line > 0)
        buf_format(line, ",\"line\":%zu,\"column\":%zu", at.line, at.col);
    buf_format(line, ",\"level\":\"%s\",\"id\":\"%s\",\"message\":", LEVELS[level].name,
               id);
    diag_add_json(line, message);
    buf_add(line, STR("}\n"));
}

/* Escaped as "Workflow commands for GitHub Actions" has it: signs that end a property are
 * fine in the message. */
static void add_github(Buf *line, Str s, const char *special)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        if (control_at(s, i) > 0 || c == '%' || (c != '\0' && strchr(special, c) != NULL))
            buf_format(line, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_add_byte(line, c);
    }
}

static void compose_github(Diag *diag, Level level, const char *id, Place at, Str message)
{
    static const char *const COMMANDS[LEVEL_COUNT] = {
        [LEVEL_DETAIL] = "notice",
        [LEVEL_NOTE] = "notice",
        [LEVEL_WARNING] = "warning",
        [LEVEL_ERROR] = "error",
    };
    Buf *line = &diag->line;
    buf_format(line, "::%s ", COMMANDS[level]);
    if (at.file.size > 0) {
        buf_add(line, STR("file="));
        add_github(line, at.file, ":,");
        if (at.line > 0)
            buf_format(line, ",line=%zu,col=%zu", at.line, at.col);
        buf_add_byte(line, ',');
    }
    buf_format(line, "title=%s::", id);
    add_github(line, message, "");
    buf_add_byte(line, '\n');
}

/* Standard error has nowhere to complain: a failure there is dropped. */
static void put(Diag *diag)
{
    Str rest = buf_str(&diag->line);
    while (rest.size > 0) {
        ssize_t n = write(diag->fd, rest.data, rest.size);
        if (n < 0 && errno != EINTR)
            break;
        if (n > 0)
            rest = str_after(rest, (size_t)n);
    }
    buf_clear(&diag->line);
}

static void write_message(Diag *diag, const Message *m)
{
    switch (diag->form) {
    case DIAG_TEXT:
        compose_text(diag, m->level, m->id, m->at, m->text);
        break;
    case DIAG_JSON:
        compose_json(diag, m->level, m->id, m->at, m->text);
        break;
    case DIAG_GITHUB:
        compose_github(diag, m->level, m->id, m->at, m->text);
        break;
    }
    put(diag);
}

void diag_say(Diag *diag, const Message *message)
{
    if (diag->keep != NULL) {
        diag->keep(diag->keeper, message);
        return;
    }
    diag->counts[message->level]++;
    if (diag->listener != NULL)
        diag->listener(diag->context, message);
    if (message->level >= diag->least)
        write_message(diag, message);
}

__attribute__((format(printf, 5, 0))) static void report(Diag *diag, Level level,
                                                         const char *id, Place at,
                                                         const char *format, va_list args)
{
    Message message = {.level = level,
                       .id = id,
                       .at = at,
                       .key = diag->key,
                       .field = diag->field,
                       .text = STR_EMPTY};
    if (!diag_shows(diag, level)) {
        diag_say(diag, &message);
        return;
    }
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    char *text = memory_alloc(size > 0 ? (size_t)size + 1 : 1);
    vsnprintf(text, size > 0 ? (size_t)size + 1 : 1, format, again);
    va_end(again);
    message.text = (Str){text, size > 0 ? (size_t)size : 0};
    diag_say(diag, &message);
    free(text);
}

void diag_report(Diag *diag, Level level, const char *id, Place at, const char *format,
                 ...)
{
    va_list args;
    va_start(args, format);
    report(diag, level, id, at, format, args);
    va_end(args);
}

void diag_here(Diag *diag, Level level, const char *id, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(diag, level, id, diag->at, format, args);
    va_end(args);
}

bool diag_shows(const Diag *diag, Level level)
{
    return level >= diag->least || diag->listener != NULL;
}

void diag_free(Diag *diag)
{
    buf_free(&diag->line);
}

const char *diag_reason(int error)
{
    const char *reason = strerrordesc_np(error);
    return reason != NULL ? reason : "unknown error";
}

Str diag_excerpt(Buf *scratch, Str text, size_t most)
{
    buf_clear(scratch);
    if (text.size <= most)
        return text;
    while (most > 0 && ((unsigned char)text.data[most] & 0xc0) == 0x80)
        most--;
    buf_add(scratch, str_slice(text, 0, most));
    buf_add(scratch, STR("..."));
    return buf_str(scratch);
}
