/* SPDX-License-Identifier: MIT
 * Hashes for tables.  They are keyed with the random bytes that the kernel gives each
 * process, so that nobody can choose names that meet in one slot, and differ from run to
 * run: for tables in memory only, and for no order that anybody sees. */
#ifndef CITECONV_BASE_HASH_H
#define CITECONV_BASE_HASH_H

#include "convert/base/str.h"

#include <stdint.h>

/* Never 0, which tables have for a free slot.  Texts of different seeds have
 * nothing to do with one another. */
uint64_t hash_str(Str s, uint64_t seed);
/* The same for texts that differ in the case of ASCII letters only. */
uint64_t hash_str_nocase(Str s, uint64_t seed);

/* For tables of names that only we choose, whoever looks things up in them: not keyed,
 * and quick for a few letters. */
uint64_t hash_name_nocase(Str s);

#endif
