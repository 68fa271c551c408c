/* SPDX-License-Identifier: MIT
 * Hashing eight bytes at a time; see hash.h.
 *
 * Each step multiplies by one secret and folds the two halves of the product together,
 * on top of what came before, which began with the other one.  That is no match for
 * somebody who sees hashes, but nobody does. */
#include "convert/base/hash.h"

#include <string.h>
#include <sys/auxv.h>

__extension__ typedef unsigned __int128 Wide;

static uint64_t fold(uint64_t a, uint64_t b)
{
    Wide product = (Wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Eight letters at once: the bit above each byte's seven says whether it is from A to Z,
 * and moved to the place of 0x20 it makes the letter small. */
static uint64_t lower(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t seven = word & ~tops;
    uint64_t from_a = seven + (0x80 - 'A') * ones, behind_z = seven + (0x7f - 'Z') * ones;
    return word | ((from_a ^ behind_z) & ~word & tops) >> 2;
}

static uint64_t word_at(const char *bytes, size_t count)
{
    uint64_t word = 0;
    memcpy(&word, bytes, count);
    return word;
}

static uint64_t hash(Str s, uint64_t seed, bool nocase)
{
    uint64_t secrets[2] = {0x9e3779b97f4a7c15u, 0xd6e8feb86659fd93u};
    const void *random = (const void *)getauxval(AT_RANDOM);
    if (random != NULL)
        memcpy(secrets, random, sizeof secrets);
    uint64_t value = secrets[0] ^ seed, by = secrets[1] | 1;
    size_t i = 0;
    for (; i + 8 <= s.size; i += 8) {
        uint64_t word = word_at(s.data + i, 8);
        value = fold(value ^ (nocase ? lower(word) : word), by);
    }
    uint64_t last = i < s.size ? word_at(s.data + i, s.size - i) : 0;
    value = fold(value ^ (nocase ? lower(last) : last), by);
    value = fold(value ^ s.size, by);
    return value != 0 ? value : 1;
}

uint64_t hash_str(Str s, uint64_t seed)
{
    return hash(s, seed, false);
}

uint64_t hash_str_nocase(Str s, uint64_t seed)
{
    return hash(s, seed, true);
}

uint64_t hash_name_nocase(Str s)
{
    uint64_t word = 0;
    for (size_t i = 0; i < s.size; i++)
        word = word * 37 + (unsigned char)byte_lower(s.data[i]);
    return fold(word, 0x9e3779b97f4a7c15u);
}
