/* SPDX-License-Identifier: MIT
 * Where citation styles and locales are: the user's directory, those of the system, and
 * the program itself.
 *
 *     $XDG_DATA_HOME/citeconv/styles/NAME.csl          (~/.local/share)
 *     $XDG_DATA_DIRS/citation-style-language/styles/   (/usr/local/share:/usr/share)
 *
 * each with its folder "dependent"; locales likewise in ".../locales".  The en-US locale
 * is always the program's own unless the user's directory has one, so that the same
 * command writes the same text on every machine. */
#ifndef CITECONV_FORMATS_TEXT_LIBRARY_H
#define CITECONV_FORMATS_TEXT_LIBRARY_H

#include "convert/io/sink.h"
#include "convert/style/style.h"

typedef struct EmbeddedStyle {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} EmbeddedStyle;
/* Also the locale "en-US"; ends with a NULL name. */
extern const EmbeddedStyle EMBEDDED_STYLES[];

typedef struct Library Library;

Library *library_open(void);
/* Its styles may still be used only until then. */
void library_close(Library *library);
/* The i-th of the directories that it looks into, with a NUL; NULL behind the last. */
const char *library_directory(const Library *library, size_t i);
/* A style by its file's name ("apa"), its id (a URI), or a path; `lang` as style_open has
 * it.  NULL where there is none, which has been reported.  Close it with style_close. */
Style *library_style(Library *library, Str wanted, Str lang, Diag *diag);
/* One line a style: its name and title.  Only those whose name, title, id or fields hold
 * `word`, without regard to case; all where it is empty.  How many there were. */
size_t library_list(Library *library, Sink *out, Str word);

#endif
