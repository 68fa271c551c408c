/* SPDX-License-Identifier: MIT
 * Entries as btxdoc (section 2) and BibTeX's own scanner (bibtex.web, sections 215 to
 * 266) have them, and Text::BibTeX's comments.
 *
 * A first pass takes what is right; an entry that is not is scanned once more, with care
 * (mend.c).  So no entry is looked at more than twice, and none beyond the next. */
#include "formats/bibtex/scan.h"
#include "convert/base/memory.h"
#include "convert/base/span.h"
#include "formats/bibtex/syntax.h"

#include <stdlib.h>
#include <string.h>

void scan_entry_free(RawEntry *raw)
{
    free(raw->fields);
    free(raw->faults);
    *raw = (RawEntry){0};
}

void syntax_fault(Scan *s, FaultKind kind, size_t at, Str what)
{
    RawEntry *raw = s->raw;
    if (raw->fault_count == raw->fault_capacity) {
        raw->fault_capacity = memory_grown(raw->fault_capacity, raw->fault_count + 1);
        raw->faults =
            memory_resize(raw->faults, raw->fault_capacity * sizeof *raw->faults);
    }
    raw->faults[raw->fault_count++] = (Fault){.kind = kind, .at = at, .what = what};
}

static RawField *add_field(Scan *s, Str name, size_t at)
{
    RawEntry *raw = s->raw;
    if (raw->count == raw->capacity) {
        raw->capacity = memory_grown(raw->capacity, raw->count + 1);
        raw->fields = memory_resize(raw->fields, raw->capacity * sizeof *raw->fields);
    }
    raw->fields[raw->count] =
        (RawField){.name = name, .at = at, .value = STR_EMPTY, .pieces = 1};
    return &raw->fields[raw->count++];
}

/* Values. */

static Span stops_in_braces(Span bytes)
{
    return span_is(bytes, '{') | span_is(bytes, '}') | span_is(bytes, '@');
}

static Span stops_in_quotes(Span bytes)
{
    return stops_in_braces(bytes) | span_is(bytes, '"');
}

/* From the opening delimiter to behind the closing one.  One sure beginning of an entry
 * may stand within, as it does where somebody notes how to cite a work. */
static void pass_delimited(Scan *s, bool quotes)
{
    const char *data = s->in.data;
    size_t size = s->in.size, depth = 0, entries = 0;
    for (size_t i = s->at + 1;; i++) {
        i = quotes ? span_find(s->in, i, stops_in_quotes)
                   : span_find(s->in, i, stops_in_braces);
        if (i >= size) {
            s->more = !s->final;
            s->failed = true;
            return;
        }
        if (data[i] == '{') {
            depth++;
        } else if (data[i] == '"') {
            if (depth == 0) {
                s->at = i + 1;
                return;
            }
        } else if (data[i] == '}') {
            if (depth == 0) {
                s->failed = quotes;
                s->at = i + 1;
                return;
            }
            depth--;
        } else if (scan_first_on_line(s->in, i) && scan_begins_surely(s->in, i) &&
                   ++entries > 1) {
            s->failed = true;
            return;
        }
    }
}

/* A comment runs to the end of its line. */
static void pass_comment(Scan *s)
{
    size_t start = s->at;
    Str rest = str_after(s->in, start);
    size_t size = str_find_byte(rest, '\n');
    if (size == rest.size && !s->final) {
        s->more = true;
        return;
    }
    s->at += size;
    syntax_fault(s, FAULT_COMMENT, start, STR_EMPTY);
    RawField *field = add_field(s, STR_EMPTY, start);
    field->value = str_slice(rest, 0, str_trim(str_slice(rest, 0, size)).size);
}

static void pass_space(Scan *s)
{
    s->at = syntax_skip_space(s->in, s->at);
    while (s->at < s->in.size && s->in.data[s->at] == '%' && !s->more) {
        pass_comment(s);
        if (!s->more)
            s->at = syntax_skip_space(s->in, s->at);
    }
    if (s->at == s->in.size)
        s->more = !s->final;
}

static bool is_number(Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return false;
    }
    return true;
}

/* Whether a value can end here. */
static bool value_ends(const Scan *s)
{
    if (s->at >= s->in.size)
        return true;
    char c = s->in.data[s->at];
    return c == ',' || c == s->closer || syntax_field_begins(s->in, s->at) ||
           (c == '@' && scan_begins_surely(s->in, s->at));
}

static void pass_piece(Scan *s, RawField *field)
{
    size_t start = s->at;
    char c = s->in.data[s->at];
    if (c == '{') {
        pass_delimited(s, false);
    } else if (c == '"') {
        pass_delimited(s, true);
    } else if (syntax_is_name(c)) {
        s->at = syntax_skip_name(s->in, s->at);
        if (s->at == s->in.size && !s->final) {
            s->more = true;
            return;
        }
        Str word = str_slice(s->in, start, s->at);
        size_t next = syntax_skip_space(s->in, s->at);
        bool joined = next < s->in.size && s->in.data[next] == '#';
        bool odd = byte_is_digit(word.data[0]) && !is_number(word);
        size_t at = s->at;
        s->at = next;
        if (next == s->in.size && !s->final)
            s->more = true;
        else if (field->pieces == 1 && !joined &&
                 (odd || (!value_ends(s) && s->in.data[next] != '%')))
            syntax_mend_loose(s, field, start);
        else
            s->at = at;
    } else {
        s->failed = true;
        if (s->careful && field->pieces == 1)
            syntax_mend_loose(s, field, start);
    }
}

/* Whether '#' follows, which is then passed over. */
static bool pass_join(Scan *s, RawField *field)
{
    size_t next = syntax_skip_space(s->in, s->at);
    if (next == s->in.size && !s->final)
        s->more = true;
    if (next >= s->in.size || s->in.data[next] != '#')
        return false;
    size_t piece = syntax_skip_space(s->in, next + 1);
    if (piece == s->in.size && !s->final) {
        s->more = true;
        return false;
    }
    s->at = piece;
    char c = piece < s->in.size ? s->in.data[piece] : ',';
    if (c != '{' && c != '"' && !syntax_is_name(c)) {
        syntax_fault(s, FAULT_NO_PIECE, next, field->name);
        return false;
    }
    field->pieces++;
    return true;
}

static void pass_value(Scan *s, RawField *field)
{
    size_t start = s->at, end;
    char c = s->in.data[start];
    s->failed = false;
    if (s->careful && (c == '{' || c == '"'))
        syntax_mend_value(s, field);
    else
        pass_piece(s, field);
    end = s->at;
    while (!s->more && !s->failed && !field->loose && pass_join(s, field)) {
        pass_piece(s, field);
        end = s->at;
    }
    if (!field->loose)
        field->value = str_slice(s->in, start, end);
}

/* A field whose name begins here. */
static void pass_field(Scan *s)
{
    size_t start = s->at, end = syntax_skip_name(s->in, start);
    Str name = str_slice(s->in, start, end);
    s->at = end;
    size_t next = syntax_skip_space(s->in, end);
    if (next == s->in.size && !s->final) {
        s->more = true;
        return;
    }
    char c = next < s->in.size ? s->in.data[next] : 0;
    bool colon = name.size > 1 && name.data[name.size - 1] == ':';
    if (c != '=' && c != '{' && c != '"') {
        syntax_fault(s, FAULT_JUNK, start, name);
        return;
    }
    if (c != '=' && colon)
        name = str_slice(name, 0, name.size - 1);
    add_field(s, name, start);
    size_t number = s->raw->count - 1;
    if (c != '=')
        syntax_fault(s, FAULT_NO_EQUALS, next, name);
    s->at = next + (c == '=' ? 1 : 0);
    pass_space(s); /* a comment may move the fields */
    if (s->more)
        return;
    RawField *field = &s->raw->fields[number];
    if (value_ends(s)) {
        syntax_fault(s, FAULT_NO_VALUE, start, name);
        field->loose = true;
        return;
    }
    pass_value(s, field);
}

/* The closing brace of a value doubled: a comma and a field follow the entry's end. */
static bool closed_before(Scan *s)
{
    size_t next = s->at;
    while (next < s->in.size && (s->in.data[next] == ' ' || s->in.data[next] == '\t'))
        next++;
    if (next == s->in.size && !s->final)
        s->more = true;
    if (next == s->in.size || s->in.data[next] != ',')
        return false;
    size_t end = syntax_skip_space(s->in, next + 1);
    end = syntax_skip_space(s->in, syntax_skip_name(s->in, end));
    end = end < s->in.size ? syntax_skip_space(s->in, end + 1) : end;
    if (end == s->in.size && !s->final) {
        s->more = true;
        return false;
    }
    return syntax_field_begins(s->in, next + 1);
}

/* Left out up to where a field may begin. */
static void pass_junk(Scan *s)
{
    size_t start = s->at++;
    while (s->at < s->in.size && s->in.data[s->at] != ',' && s->in.data[s->at] != '\n' &&
           s->in.data[s->at] != s->closer && s->in.data[s->at] != '}')
        s->at++;
    s->more = s->at == s->in.size && !s->final;
    syntax_fault(s, FAULT_JUNK, start, str_trim(str_slice(s->in, start, s->at)));
}

/* Behind a field: a comma, the end, or another field where the comma is missing. */
static void pass_comma(Scan *s)
{
    pass_space(s);
    if (s->more || s->at == s->in.size)
        return;
    if (s->in.data[s->at] == ',') {
        s->at++;
        return;
    }
    if (value_ends(s)) {
        size_t end = syntax_skip_name(s->in, s->at);
        if (s->in.data[s->at] != s->closer && s->in.data[s->at] != '@')
            syntax_fault(s, FAULT_NO_COMMA, s->at, str_slice(s->in, s->at, end));
        return;
    }
    s->failed = true;
}

/* The end of the entry at this byte, or what is to be mended; true where it ends. */
static bool pass_end(Scan *s, char c)
{
    if (c == s->closer || (c == '}' && s->closer == ')')) {
        if (c != s->closer)
            syntax_fault(s, FAULT_WRONG_CLOSER, s->at, STR_EMPTY);
        s->at++;
        if (!closed_before(s))
            return true;
        syntax_fault(s, FAULT_CLOSED_BEFORE, s->at - 1, STR_EMPTY);
        s->at = str_find_byte(str_after(s->in, s->at), ',') + s->at + 1;
        return false;
    }
    if (c == '@' && scan_beginning(s->in, s->at, true) != BEGINS_NOTHING) {
        s->failed = true;
        syntax_fault(s, FAULT_OPEN_ENTRY, s->at, STR_EMPTY);
        return true;
    }
    return false;
}

static void pass_fields(Scan *s)
{
    while (!s->more && (s->careful || !s->failed)) {
        pass_space(s);
        if (s->more)
            return;
        if (s->at >= s->in.size) {
            s->failed = true;
            syntax_fault(s, FAULT_OPEN_ENTRY, s->at, STR_EMPTY);
            return;
        }
        char c = s->in.data[s->at];
        size_t before = s->at;
        if (pass_end(s, c))
            return;
        if (s->more || s->at != before)
            continue;
        if (c == ',') {
            syntax_fault(s, FAULT_COMMAS, s->at, STR_EMPTY);
            s->at++;
        } else if (syntax_is_name(c)) {
            size_t fields = s->raw->count;
            pass_field(s);
            if (!s->more && (s->careful || !s->failed) && s->raw->count > fields)
                pass_comma(s);
        } else {
            pass_junk(s);
        }
    }
}

/* Keys. */

static size_t last_word(Str s)
{
    size_t i = s.size;
    while (i > 0 && !byte_is_space(s.data[i - 1]))
        i--;
    return i;
}

/* An '=' before any comma: either the key or the comma behind it is missing, or the key
 * holds the sign. */
static bool key_at_equals(Scan *s, size_t start, size_t equals)
{
    Str before = str_trim(str_slice(s->in, start, equals));
    size_t word = last_word(before);
    size_t next = syntax_skip_space(s->in, equals + 1);
    if (next == s->in.size && !s->final) {
        s->more = true;
        return true;
    }
    char c = next < s->in.size ? s->in.data[next] : 0;
    if (c != '{' && c != '"' && word == 0)
        return false;
    s->raw->key = str_trim(str_slice(before, 0, word));
    s->at = start + word;
    if (s->raw->key.size > 0)
        syntax_fault(s, FAULT_NO_KEY_COMMA, start, s->raw->key);
    return true;
}

static void pass_key(Scan *s)
{
    size_t start = syntax_skip_space(s->in, s->at), i = start;
    for (; i < s->in.size; i++) {
        char c = s->in.data[i];
        if (c == ',' || c == '\n' || (c == s->closer && c == '}'))
            break;
        if (c == ')' && s->closer == ')' &&
            scan_first_on_line(s->in, syntax_skip_space(s->in, i + 1)))
            break;
        if (c == '=' && key_at_equals(s, start, i))
            return;
    }
    if (i == s->in.size && !s->final) {
        s->more = true;
        return;
    }
    s->raw->key = str_trim(str_slice(s->in, start, i));
    size_t next = syntax_skip_space(s->in, i);
    if (next == s->in.size && !s->final)
        s->more = true;
    s->at = next;
    if (next < s->in.size && s->in.data[next] == ',')
        s->at++;
    else if (next < s->in.size && s->in.data[next] != s->closer &&
             s->in.data[next] != '%')
        syntax_fault(s, FAULT_NO_KEY_COMMA, start, s->raw->key);
}

/* Entries. */

static Scan begin(Str in, size_t at, bool final, RawEntry *raw)
{
    size_t name = syntax_skip_space(in, at + 1), end = syntax_skip_name(in, name);
    size_t opening = syntax_skip_space(in, end);
    raw->type = str_slice(in, name, end);
    raw->key = STR_EMPTY;
    raw->at = at;
    raw->count = raw->fault_count = 0;
    raw->closer = in.data[opening] == '{' ? '}' : ')';
    return (Scan){
        .in = in, .at = opening + 1, .final = final, .closer = raw->closer, .raw = raw};
}

static ScanResult scan(Str in, size_t at, bool final, RawEntry *raw, bool keyed)
{
    enum { FOLLOWING = 1024 }; /* bytes */
    for (int pass = 0;; pass++) {
        Scan s = begin(in, at, final, raw);
        s.careful = pass > 0;
        if (keyed)
            pass_key(&s);
        if (!s.more)
            pass_fields(&s);
        if (s.more)
            return SCAN_MORE;
        raw->end = s.at < in.size ? s.at : in.size;
        /* Where what follows is looked at to mend, it has to be there. */
        if (s.careful && !final && in.size - raw->end < FOLLOWING)
            return SCAN_MORE;
        if (!s.failed || s.careful)
            return SCAN_DONE;
    }
}

ScanResult scan_entry(Str in, size_t at, bool final, RawEntry *raw)
{
    return scan(in, at, final, raw, true);
}

ScanResult scan_string(Str in, size_t at, bool final, RawEntry *raw)
{
    return scan(in, at, final, raw, false);
}

/* Pieces. */

bool scan_piece(Str *rest, Str *piece, char *delimiter)
{
    size_t at = 0;
    while (at < rest->size && (byte_is_space(rest->data[at]) || rest->data[at] == '#'))
        at++;
    if (at == rest->size)
        return false;
    char c = rest->data[at];
    Scan s = {.in = *rest, .at = at, .final = true};
    *delimiter = 0;
    if (c == '{' || c == '"') {
        pass_delimited(&s, c == '"');
        *delimiter = c;
        if (s.failed)
            s.at = rest->size + 1; /* a value that only a mender could take */
        *piece = str_slice(*rest, at + 1, s.at - 1);
    } else {
        s.at = syntax_skip_name(*rest, at);
        s.at += s.at == at;
        *piece = str_slice(*rest, at, s.at);
    }
    *rest = str_after(*rest, s.at);
    return true;
}
