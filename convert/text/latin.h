/* SPDX-License-Identifier: MIT
 * Words of other scripts in Latin letters: "Иванов" is "Ivanov", "王" is "wang".  By
 * ICU's transliterations, which are made when the first such letter comes: they take some
 * 20 ms, and those of Han 100 ms and 7 MB.
 *
 * Cyrillic is spelled as the language has it, Russian where none is said; Greek as it is
 * spoken today; Han as in Mandarin, whatever the language, for the readings of Japanese
 * are in no table.  latin.c and collate.c alone see ICU in this room. */
#ifndef CITECONV_TEXT_LATIN_H
#define CITECONV_TEXT_LATIN_H

#include "convert/base/arena.h"

typedef struct Latin Latin;

Latin *latin_open(void);
void latin_close(Latin *latin);
/* What comes is of one record more, whose language this is: "uk-UA", or empty.  `tag`
 * lives until the next.  No more than LATIN_MOST bytes of a record are spelled. */
enum { LATIN_MOST = 64 * 1024 };
void latin_record(Latin *latin, Str tag);
/* `s` with the letters that unicode_ascii would leave out spelled in letters of ASCII;
 * all else stays.  Words of scripts that write no spaces are parted by one, and a Greek
 * letter or two alone are signs, which stay, as in β-VAE.  `s` itself where there is
 * nothing to spell; else what stands behind `most` such words is left out. */
Str latin_title(Latin *latin, Arena *arena, Str s, size_t most);
/* The same for a name: Han by the readings of family names, and no word is too short. */
Str latin_name(Latin *latin, Arena *arena, Str s);
/* Whether ICU's data had no spelling that was wanted: such letters are left out. */
bool latin_lacks(const Latin *latin);

#endif
