/* SPDX-License-Identifier: MIT
 * Tokens; see xml.h. */
#include "formats/bibutils/xml.h"
#include "convert/record/record.h"

static const struct {
    Str begin, end;
    XmlKind kind;
} SPANS[] = {
    {{"<!--", 4}, {"-->", 3}, XML_OTHER},
    {{"<![CDATA[", 9}, {"]]>", 3}, XML_CDATA},
    {{"<?", 2}, {"?>", 2}, XML_OTHER},
};
enum { SPAN_COUNT = 3 };

static size_t as_text(Str s, size_t size, XmlToken *token)
{
    *token = (XmlToken){XML_TEXT, STR_EMPTY, str_slice(s, 0, size)};
    return size;
}

static size_t span(Str s, size_t which, bool last, bool *sought, XmlToken *token)
{
    size_t begin = SPANS[which].begin.size;
    Str rest = str_after(s, begin);
    if (*sought)
        return as_text(s, 1, token);
    size_t end = str_find(rest, SPANS[which].end);
    if (end == rest.size) {
        *sought = last;
        return last ? as_text(s, 1, token) : 0;
    }
    *token = (XmlToken){SPANS[which].kind, STR_EMPTY, str_slice(rest, 0, end)};
    return begin + end + SPANS[which].end.size;
}

/* <!DOCTYPE ... [ <!ENTITY a "..."> ]>: its own '<' and '>' nest, but for those within
 * quotes and comments. */
static size_t declaration(Str s, bool last, XmlToken *token)
{
    size_t depth = 0;
    char quote = 0;
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '<' && ++depth > 2) {
            return as_text(s, 1, token); /* it never ended */
        } else if (c == '>' && --depth == 0) {
            *token = (XmlToken){XML_OTHER, STR_EMPTY, STR_EMPTY};
            return i + 1;
        }
    }
    return last ? as_text(s, 1, token) : 0;
}

static bool is_name_byte(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c) || c == '_' || c == '-' || c == '.' ||
           c == ':' || (unsigned char)c >= 0x80;
}

static Str local(Str name)
{
    size_t colon = str_find_byte(name, ':');
    return colon == name.size ? name : str_after(name, colon + 1);
}

/* A tag holds no '<', not even in a value (XML 1.0, 3.1): one that does is none, and
 * nothing is sought far behind it. */
static size_t tag(Str s, bool last, XmlToken *token)
{
    size_t i = 1, name = s.size > 1 && s.data[1] == '/' ? 2 : 1;
    char quote = 0;
    if (s.size > name && !byte_is_alpha(s.data[name]) && s.data[name] != '_' &&
        (unsigned char)s.data[name] < 0x80)
        return as_text(s, 1, token);
    for (; i < s.size; i++) {
        char c = s.data[i];
        if (c == '<')
            return as_text(s, 1, token);
        if (quote == 0 && c == '>')
            break;
        if (quote != 0)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
    }
    if (i == s.size)
        return last ? as_text(s, 1, token) : 0;
    size_t end = name;
    while (end < i && is_name_byte(s.data[end]))
        end++;
    bool empty = name == 1 && s.data[i - 1] == '/';
    *token = (XmlToken){name == 2 ? XML_CLOSE
                        : empty   ? XML_EMPTY
                                  : XML_OPEN,
                        local(str_slice(s, name, end)),
                        str_slice(s, end, i - (empty ? 1 : 0))};
    return i + 1;
}

size_t xml_token(Str s, bool last, bool sought[3], XmlToken *token)
{
    if (s.data[0] != '<') {
        size_t end = str_find_byte(s, '<');
        return as_text(s, end, token);
    }
    if (s.size < SPANS[1].begin.size && !last)
        return 0;
    for (size_t i = 0; i < SPAN_COUNT; i++) {
        if (str_starts(s, SPANS[i].begin))
            return span(s, i, last, &sought[i], token);
    }
    if (s.size > 1 && s.data[1] == '!')
        return declaration(s, last, token);
    return tag(s, last, token);
}

bool xml_attribute(Str *body, Str *name, Str *value)
{
    Str rest = str_trim(*body);
    size_t size = 0;
    while (size < rest.size && is_name_byte(rest.data[size]))
        size++;
    if (size == 0)
        return false;
    *name = local(str_slice(rest, 0, size));
    /* Of names spaces nothing is kept. */
    if (str_starts(rest, STR("xmlns")))
        *name = STR_EMPTY;
    rest = str_trim(str_after(rest, size));
    *value = STR_EMPTY;
    if (rest.size == 0 || rest.data[0] != '=') {
        *body = rest;
        return true;
    }
    rest = str_trim(str_after(rest, 1));
    if (rest.size > 0 && (rest.data[0] == '"' || rest.data[0] == '\'')) {
        Str quoted = str_after(rest, 1);
        size = str_find_byte(quoted, rest.data[0]);
        *value = str_slice(quoted, 0, size);
        *body = str_after(quoted, size + 1);
        return true;
    }
    Str word;
    if (str_word(&rest, &word))
        *value = word;
    *body = rest;
    return true;
}

void xml_escape(Buf *out, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        if (c == '<')
            buf_add(out, STR("&lt;"));
        else if (c == '>')
            buf_add(out, STR("&gt;"));
        else if (c == '&')
            buf_add(out, STR("&amp;"));
        else
            buf_add_byte(out, (unsigned char)c < ' ' ? ' ' : c);
    }
}

/* Markup within text. */

static unsigned face_marks(Str faces)
{
    static const struct {
        const char *face;
        Mark mark;
    } FACES[] = {
        {"italic", MARK_ITALIC},
        {"bold", MARK_BOLD},
        {"superscript", MARK_SUP},
        {"subscript", MARK_SUB},
    };
    unsigned marks = 0;
    Str word;
    while (str_word(&faces, &word)) {
        for (size_t i = 0; i < sizeof FACES / sizeof FACES[0]; i++) {
            if (str_equal_nocase(word, str_from(FACES[i].face)))
                marks |= 1u << FACES[i].mark;
        }
    }
    return marks;
}

bool xml_is_markup(const XmlToken *token, unsigned *marks)
{
    static const struct {
        const char *name;
        int mark; /* MARK_COUNT: none that we have */
    } NAMES[] = {
        {"i", MARK_ITALIC}, {"em", MARK_ITALIC},     {"b", MARK_BOLD},
        {"u", MARK_COUNT},  {"strong", MARK_BOLD},   {"sup", MARK_SUP},
        {"sub", MARK_SUB},  {"sc", MARK_SMALL_CAPS}, {"font", MARK_COUNT},
    };
    Str name, value, body = token->body;
    *marks = 0;
    if (str_equal_nocase(token->name, STR("style"))) {
        while (xml_attribute(&body, &name, &value)) {
            if (str_equal_nocase(name, STR("face")))
                *marks = face_marks(value);
        }
        return true;
    }
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (str_equal_nocase(token->name, str_from(NAMES[i].name))) {
            *marks = NAMES[i].mark == MARK_COUNT ? 0 : 1u << NAMES[i].mark;
            return true;
        }
    }
    return false;
}
