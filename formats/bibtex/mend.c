/* SPDX-License-Identifier: MIT
 * Values that are not closed, or not opened.
 *
 * Where a closing delimiter is missing the text runs on into the fields that follow: a
 * line that looks like one ends it.  That is only done in entries that are broken. */
#include "formats/bibtex/syntax.h"

enum { CUTS_MOST = 16 }; /* then lines of fields end values at once: time stays linear */

/* Where a value between delimiters ends, one way or the other. */
typedef struct Ending {
    size_t closer;   /* its own delimiter that nothing contradicts; 0: none */
    size_t doubtful; /* a delimiter that closes it, but what follows is no field */
    size_t cut;      /* the line end before the first line that looks like a field */
    size_t inner;    /* a comma on a line before what looks like a field */
    size_t stop;     /* the search ended here */
} Ending;

/* Whether a value may end before `at`. */
static bool goes_on(const Scan *s, size_t at)
{
    size_t next = syntax_skip_space(s->in, at);
    if (next == s->in.size)
        return false;
    char c = s->in.data[next];
    return c == ',' || c == '#' || c == s->closer || c == '%' ||
           syntax_field_begins(s->in, next);
}

/* A quotation mark behind '='. */
static bool opens_value(Str in, size_t at)
{
    while (at > 0 && byte_is_space(in.data[at - 1]))
        at--;
    return at > 0 && in.data[at - 1] == '=';
}

/* Within a line only a value between delimiters tells a field from an equation. */
static bool looks_like_field(Str in, size_t at)
{
    size_t equals = at;
    while (equals < in.size && in.data[equals] != '=' && in.data[equals] != '\n' &&
           in.data[equals] != ',')
        equals++;
    size_t value = syntax_skip_space(in, equals + 1);
    return equals < in.size && in.data[equals] == '=' && value < in.size &&
           (in.data[value] == '{' || in.data[value] == '"') &&
           syntax_field_begins(in, at);
}

static Ending find_ending(const Scan *s, size_t start)
{
    Ending found = {.stop = s->in.size};
    bool quoted = s->in.data[start] == '"';
    size_t depth = 0;
    for (size_t i = start + 1; i < s->in.size; i++) {
        char c = s->in.data[i];
        bool closes = depth == 0 && (c == '}' || (quoted && c == '"'));
        if (closes) {
            bool own = (c == '"') == quoted;
            if (goes_on(s, i + 1) && (own || c == '}')) {
                found.closer = i;
                found.stop = i;
                return found;
            }
            if (found.doubtful == 0)
                found.doubtful = i;
            if (c == '}' || (found.cut > 0 && opens_value(s->in, i))) {
                found.stop = i;
                return found;
            }
        } else if (c == '{') {
            depth++;
        } else if (c == '}') {
            depth--;
        } else if (c == '\n' && found.cut == 0 && syntax_field_begins(s->in, i + 1)) {
            found.cut = i;
            if (s->cuts > CUTS_MOST)
                return found;
        } else if (c == ',' && found.inner == 0 && looks_like_field(s->in, i + 1)) {
            found.inner = i;
        } else if (c == '@' && scan_first_on_line(s->in, i) &&
                   scan_begins_surely(s->in, i)) {
            found.stop = i;
            return found;
        }
    }
    return found;
}

/* Text that ran on to `end`, without what belongs to the entry. */
static Str without_tail(Str text, bool quoted)
{
    text = str_trim(text);
    if (str_ends(text, STR(",")))
        text = str_trim(str_slice(text, 0, text.size - 1));
    size_t quotes = 0;
    for (size_t i = 0; i < text.size; i++)
        quotes += text.data[i] == '"';
    if (str_ends(text, STR("\"")) && (quoted || quotes % 2 == 1))
        text = str_slice(text, 0, text.size - 1);
    return text;
}

static void take_loose(Scan *s, RawField *field, size_t start, size_t end)
{
    bool quoted = s->in.data[start] == '"';
    field->loose = true;
    field->value = without_tail(str_slice(s->in, start + 1, end), quoted);
    syntax_fault(s, FAULT_OPEN_VALUE, start, field->name);
}

/* Braces in a quoted text that do not match, or a delimiter of the other sort. */
static bool is_right(const Scan *s, size_t start, size_t closer)
{
    return s->in.data[closer] == (s->in.data[start] == '"' ? '"' : '}');
}

void syntax_mend_value(Scan *s, RawField *field)
{
    size_t start = s->at;
    Ending found = find_ending(s, start);
    if (found.stop == s->in.size && !s->final) {
        s->more = true;
        return;
    }
    if (found.cut == 0 && found.closer == 0)
        found.cut = found.inner;
    bool early = found.cut > 0 && s->cuts > CUTS_MOST;
    if (found.closer > 0 && !early && is_right(s, start, found.closer)) {
        s->at = found.closer + 1;
    } else if (found.closer > 0 && !early && found.cut == 0) {
        take_loose(s, field, start, found.closer);
        s->at = found.closer + 1;
    } else if (found.cut > 0) {
        s->cuts++;
        take_loose(s, field, start, found.cut);
        s->at = found.cut;
    } else if (found.doubtful > 0 && is_right(s, start, found.doubtful)) {
        /* either the entry's end is missing, or something follows the value */
        size_t next = syntax_skip_space(s->in, found.doubtful + 1);
        s->at = found.doubtful + 1;
        if (next < s->in.size && s->in.data[next] != '@' && s->in.data[next] != '}')
            syntax_mend_loose(s, field, start);
    } else {
        size_t end = found.doubtful > 0 ? found.doubtful : found.stop;
        take_loose(s, field, start, end);
        s->at = end;
    }
}

/* Whether a comma at `at` ends a text: a field, the end of the line or of the entry
 * follows. */
static bool comma_ends(const Scan *s, size_t at)
{
    size_t next = at + 1;
    while (next < s->in.size && (s->in.data[next] == ' ' || s->in.data[next] == '\t'))
        next++;
    return next == s->in.size || s->in.data[next] == '\n' ||
           s->in.data[next] == s->closer || s->in.data[next] == '%' ||
           s->in.data[next] == ',' || syntax_field_begins(s->in, next);
}

void syntax_mend_loose(Scan *s, RawField *field, size_t start)
{
    size_t depth = 0, i = start;
    for (; i < s->in.size; i++) {
        char c = s->in.data[i];
        if (c == '{')
            depth++;
        else if (depth > 0 && c == '}')
            depth--;
        else if (c == '\n' || (depth == 0 && c == s->closer) ||
                 (depth == 0 && c == ',' && comma_ends(s, i)))
            break;
    }
    if (i == s->in.size && !s->final) {
        s->more = true;
        return;
    }
    field->loose = true;
    field->value = str_trim(str_slice(s->in, start, i));
    s->at = i;
    syntax_fault(s, FAULT_NO_DELIMITER, start, field->name);
}
