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

static uint64_t word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The fewer than eight bytes from `i` on, each of which counts; the size tells them
 * apart. */
static uint64_t tail_at(Str s, size_t i)
{
    uint32_t front, back;
    size_t count = s.size - i;
    if (count == 0) /* and perhaps no data */
        return 0;
    const char *bytes = s.data + i;
    if (count < sizeof front)
        return (uint64_t)(unsigned char)bytes[0] << 16 |
               (uint64_t)(unsigned char)bytes[count / 2] << 8 |
               (unsigned char)bytes[count - 1];
    memcpy(&front, bytes, sizeof front);
    memcpy(&back, bytes + count - sizeof back, sizeof back);
    return (uint64_t)front << 32 | back;
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
        uint64_t word = word_at(s.data + i);
        value = fold(value ^ (nocase ? lower(word) : word), by);
    }
    uint64_t last = tail_at(s, i);
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
    const uint64_t by = 0x9e3779b97f4a7c15u, small = 0x2020202020202020u;
    uint64_t value = s.size;
    size_t i = 0;
    for (; i + 8 <= s.size; i += 8)
        value = fold(value ^ (word_at(s.data + i) | small), by);
    return fold(value ^ (tail_at(s, i) | small), by);
}
