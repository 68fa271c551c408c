/* SPDX-License-Identifier: MIT
 * Text of RIS: HTML where others put it, and the escaped tags of our own writer and of
 * Zotero's library.
 *
 * A tag is "<i>", as Web of Science and publishers have it, or "&lt;i&gt;", which Zotero
 * shows as italics.  "&lt;i>" is neither: so the writer spells a "<" of the text. */
#include "convert/text/markup.h"
#include "formats/ris/read.h"

#include <string.h>

Text ris_read_html(Arena *arena, Str s)
{
    return markup_read(arena, text_plain(s),
                       MARKUP_HTML | MARKUP_ESCAPED | MARKUP_REFERENCES | MARKUP_LOOSE);
}

Text ris_read_text(Arena *arena, Str s)
{
    Text text = ris_read_html(arena, s);
    if (memchr(s.data, '$', s.size) == NULL)
        return text;
    return text_find_math(arena, text);
}

/* A note is HTML to Zotero, which writes it so, too. */
static bool is_block(Str s, size_t *size)
{
    static const char *const BLOCKS[] = {"<p>",  "</p>",  "<div>", "</div>",
                                         "<br>", "<br/>", "<br />"};
    for (size_t i = 0; i < sizeof BLOCKS / sizeof BLOCKS[0]; i++) {
        if (str_starts_nocase(s, str_from(BLOCKS[i]))) {
            *size = strlen(BLOCKS[i]);
            return true;
        }
    }
    return false;
}

Text ris_read_note(Arena *arena, Str s)
{
    Buf out = {0};
    size_t size;
    if (!is_block(s, &size))
        return ris_read_html(arena, s);
    while (s.size > 0) {
        if (s.data[0] == '<' && is_block(s, &size)) {
            bool line = byte_lower(s.data[1]) == 'b';
            Str sofar = str_trim(buf_str(&out));
            if (sofar.size > 0 && (line || s.data[1] == '/'))
                buf_add(&out, line ? STR("\n") : STR("\n\n"));
            s = str_after(s, size);
        } else {
            buf_add_byte(&out, s.data[0]);
            s = str_after(s, 1);
        }
    }
    Str plain = arena_copy(arena, str_trim(buf_str(&out)));
    buf_free(&out);
    return ris_read_html(arena, plain);
}
