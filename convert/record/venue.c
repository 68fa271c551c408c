/* SPDX-License-Identifier: MIT
 * The table of venues; see venue.h and, for the syntax of a line, venue.def.
 *
 * Lines stay text until one is asked for: nothing is parsed at the start, and most runs
 * ask for a few venues many times, which the cache knows. */
#include "convert/record/venue.h"
#include "convert/base/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char *const BUILT_IN[] = {
#define VENUE(line) line,
#include "convert/record/venue.def"
#undef VENUE
};

enum {
    BUILT_IN_COUNT = sizeof BUILT_IN / sizeof BUILT_IN[0],
    CACHE_SIZE = 64,
    WORDS_CACHED = 80
};

/* Parts of a line, in its order. */
typedef enum Part {
    PART_ACRONYM,
    PART_NAMES,
    PART_NAME,
    PART_KIND,
    PART_TITLE,
    PART_VOLUME,
    PART_ISSN,
    PART_YEARS,
    PART_COUNT
} Part;

typedef struct Entry {
    Str parts[PART_COUNT];
} Entry;

/* The first line that has these words among its names; later ones may, too. */
typedef struct Known {
    char words[WORDS_CACHED];
    size_t size;  /* 0: free */
    size_t first; /* index of the line; past the last one: unknown */
} Known;

/* What was asked for lately.  Whoever asks writes here, so there is a lock. */
typedef struct Cache {
    pthread_mutex_t lock;
    Known known[CACHE_SIZE];
} Cache;

struct VenueTable {
    Arena arena;
    Str *user; /* lines of a user's own, in their order */
    size_t user_count, user_capacity;
    Cache *cache;
};

VenueTable *venue_open(void)
{
    VenueTable *table = memory_zeroed(1, sizeof *table);
    table->cache = memory_zeroed(1, sizeof *table->cache);
    pthread_mutex_init(&table->cache->lock, NULL);
    return table;
}

void venue_close(VenueTable *table)
{
    arena_free(&table->arena);
    free(table->user);
    pthread_mutex_destroy(&table->cache->lock);
    free(table->cache);
    free(table);
}

static size_t line_count(const VenueTable *table)
{
    return table->user_count + BUILT_IN_COUNT;
}

static Str line_at(const VenueTable *table, size_t i)
{
    return i < table->user_count ? table->user[i]
                                 : str_from(BUILT_IN[i - table->user_count]);
}

/* How many parts the line has, at most PART_COUNT + 1. */
static size_t split_line(Str line, Entry *entry)
{
    size_t count = 0;
    Str part;
    for (size_t i = 0; i < PART_COUNT; i++)
        entry->parts[i] = STR_EMPTY;
    while (str_split(&line, '|', &part)) {
        if (count < PART_COUNT)
            entry->parts[count] = str_trim(part);
        count++;
    }
    return count;
}

/* Years and templates. */

static bool take_number(Str *s, int *number)
{
    size_t i = 0;
    int value = 0;
    while (i < s->size && i < 5 && byte_is_digit(s->data[i]))
        value = value * 10 + (s->data[i++] - '0');
    *s = str_after(*s, i);
    *number = value;
    return i > 0;
}

/* "1993-", "-2017", "2019": the years that one range has. */
static bool read_range(Str s, int *from, int *to)
{
    *from = 0;
    *to = 99999;
    bool start = take_number(&s, from);
    if (s.size == 0) {
        *to = *from;
        return start;
    }
    if (s.data[0] != '-')
        return false;
    s = str_after(s, 1);
    if (s.size > 0 && !take_number(&s, to))
        return false;
    return s.size == 0 && *from <= *to;
}

static bool holds_in(Str years, int year)
{
    Str range;
    int from, to;
    if (years.size == 0)
        return true;
    while (str_split(&years, ',', &range)) {
        if (read_range(str_trim(range), &from, &to) && year >= from && year <= to)
            return true;
    }
    return false;
}

static const char *ordinal_suffix(int n)
{
    int tens = n % 100;
    if (tens >= 11 && tens <= 13)
        return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

static void add_ordinal_words(Buf *out, int n)
{
    static const char *const SMALL[] = {
        "Zeroth",    "First",     "Second",      "Third",      "Fourth",
        "Fifth",     "Sixth",     "Seventh",     "Eighth",     "Ninth",
        "Tenth",     "Eleventh",  "Twelfth",     "Thirteenth", "Fourteenth",
        "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
    static const char *const TENS[] = {"",     "",     "Twent",  "Thirt", "Fort",
                                       "Fift", "Sixt", "Sevent", "Eight", "Ninet"};
    if (n < 20)
        buf_add(out, str_from(SMALL[n]));
    else if (n > 99)
        buf_format(out, "%d%s", n, ordinal_suffix(n));
    else if (n % 10 == 0)
        buf_format(out, "%sieth", TENS[n / 10]);
    else
        buf_format(out, "%sy-%s", TENS[n / 10], SMALL[n % 10]);
}

/* "year-1983:th" as it stands between braces. */
static bool add_value(Buf *out, Str value, int year)
{
    int less = 0;
    if (!str_starts(value, STR("year")))
        return false;
    value = str_after(value, 4);
    if (value.size > 0 && value.data[0] == '-') {
        value = str_after(value, 1);
        if (!take_number(&value, &less))
            return false;
    }
    int number = year - less;
    if (number < 0)
        number = 0;
    if (value.size == 0)
        buf_format(out, "%d", number);
    else if (str_equal(value, STR(":th")))
        buf_format(out, "%d%s", number, ordinal_suffix(number));
    else if (str_equal(value, STR(":Ordinal")))
        add_ordinal_words(out, number);
    else
        return false;
    return true;
}

/* False where the template is none; *fault is then the byte of the brace. */
static bool expand(Str template, int year, Buf *out, size_t *fault)
{
    for (size_t at = 0; at < template.size;) {
        size_t open = at + str_find_byte(str_after(template, at), '{');
        buf_add(out, str_slice(template, at, open));
        if (open == template.size)
            break;
        size_t close = open + str_find_byte(str_after(template, open), '}');
        if (close == template.size ||
            !add_value(out, str_slice(template, open + 1, close), year)) {
            *fault = open;
            return false;
        }
        at = close + 1;
    }
    return true;
}

static Str expanded(Arena *arena, Str template, int year)
{
    Buf out = {0};
    size_t fault;
    if (memchr(template.data, '{', template.size) == NULL)
        return template;
    Str made = expand(template, year, &out, &fault) ? arena_copy(arena, buf_str(&out))
                                                    : STR_EMPTY;
    buf_free(&out);
    return made;
}

/* Looking up. */

/* "the", "&" and blanks do not tell venues apart. */
static Str without_the(Str s)
{
    s = str_trim(s);
    if (str_equal_nocase(s, STR("the")))
        return STR_EMPTY;
    return str_starts_nocase(s, STR("the ")) ? str_after(s, 4) : s;
}

static bool same_words(Str a, Str b)
{
    Str x, y;
    a = without_the(a);
    b = without_the(b);
    if (a.size == 0 || b.size == 0)
        return false;
    if (str_equal_nocase(a, b))
        return true;
    while (str_word(&a, &x)) {
        if (!str_word(&b, &y))
            return false;
        bool and_both = (str_equal(x, STR("&")) || str_equal_nocase(x, STR("and"))) &&
                        (str_equal(y, STR("&")) || str_equal_nocase(y, STR("and")));
        if (!and_both && !str_equal_nocase(x, y))
            return false;
    }
    return !str_word(&b, &y);
}

static bool line_has(Str line, Str words)
{
    Entry entry;
    Str name;
    if (without_the(words).size == 0)
        return false;
    split_line(line, &entry);
    if (same_words(entry.parts[PART_ACRONYM], words) ||
        same_words(entry.parts[PART_NAME], words))
        return true;
    while (str_split(&entry.parts[PART_NAMES], ';', &name)) {
        if (same_words(str_trim(name), words))
            return true;
    }
    return false;
}

static size_t next_line(const VenueTable *table, Str words, size_t from)
{
    while (from < line_count(table) && !line_has(line_at(table, from), words))
        from++;
    return from;
}

static bool is_cached(Cache *cache, const Known *known, Str words, size_t *first)
{
    pthread_mutex_lock(&cache->lock);
    bool hit = str_equal((Str){known->words, known->size}, words);
    *first = known->first;
    pthread_mutex_unlock(&cache->lock);
    return hit;
}

/* The first line for these words, from the cache where it was asked for lately. */
static size_t first_line(const VenueTable *table, Str words)
{
    size_t hash = words.size;
    if (words.size == 0 || words.size > WORDS_CACHED)
        return next_line(table, words, 0);
    for (size_t i = 0; i < words.size; i++)
        hash = hash * 31 + (unsigned char)words.data[i];
    Cache *cache = table->cache;
    Known *known = &cache->known[hash % CACHE_SIZE];
    size_t first;
    if (is_cached(cache, known, words, &first))
        return first;
    first = next_line(table, words, 0);
    pthread_mutex_lock(&cache->lock);
    memcpy(known->words, words.data, words.size);
    known->size = words.size;
    known->first = first;
    pthread_mutex_unlock(&cache->lock);
    return first;
}

bool venue_find(const VenueTable *table, Arena *arena, Str words, int year,
                VenueFacts *facts)
{
    Entry entry = {0};
    size_t first = first_line(table, words), i = first;
    if (first == line_count(table))
        return false;
    /* The one that holds that year; else the first says who it is. */
    do {
        split_line(line_at(table, i), &entry);
        if (holds_in(entry.parts[PART_YEARS], year))
            break;
        i = next_line(table, words, i + 1);
    } while (i < line_count(table));
    bool holds = i < line_count(table);
    if (!holds)
        split_line(line_at(table, first), &entry);
    *facts = (VenueFacts){
        .kind = str_equal_nocase(entry.parts[PART_KIND], STR("journal"))
                    ? VENUE_JOURNAL
                    : VENUE_CONFERENCE,
        .acronym = entry.parts[PART_ACRONYM],
        .name = entry.parts[PART_NAME],
        .title = STR_EMPTY,
        .volume = STR_EMPTY,
        .issn = STR_EMPTY,
    };
    if (holds) {
        facts->title = expanded(arena, entry.parts[PART_TITLE], year);
        facts->volume = expanded(arena, entry.parts[PART_VOLUME], year);
        facts->issn = entry.parts[PART_ISSN];
    }
    return true;
}

bool venue_known(const VenueTable *table, Str words)
{
    return first_line(table, words) < line_count(table);
}

/* A user's own lines. */

static bool is_issn(Str s)
{
    if (s.size != 9 || s.data[4] != '-')
        return false;
    int sum = 0, weight = 8;
    for (size_t i = 0; i < 9; i++) {
        if (i == 4)
            continue;
        bool ten = i == 8 && (s.data[i] == 'X' || s.data[i] == 'x');
        if (!byte_is_digit(s.data[i]) && !ten)
            return false;
        sum += (ten ? 10 : s.data[i] - '0') * weight--;
    }
    return sum % 11 == 0;
}

static size_t column_of(Str line, Str part)
{
    return (size_t)(part.data - line.data) + 1;
}

static const char *check_years(Str line, Str years, size_t *column)
{
    Str range;
    int from, to;
    if (years.size == 0)
        return NULL;
    while (str_split(&years, ',', &range)) {
        range = str_trim(range);
        if (read_range(range, &from, &to))
            continue;
        *column = column_of(line, range);
        return "years are ranges such as 1993- or 2013-2017, with commas between";
    }
    return NULL;
}

static const char *check(Str line, const Entry *entry, size_t count, size_t *column)
{
    Str kind = entry->parts[PART_KIND], issn = entry->parts[PART_ISSN];
    *column = 1;
    if (count > PART_COUNT)
        return "more than eight parts; '|' stands between parts only";
    if (entry->parts[PART_ACRONYM].size == 0)
        return "a line begins with the venue's acronym";
    if (entry->parts[PART_NAME].size == 0) {
        *column =
            count > PART_NAME ? column_of(line, entry->parts[PART_NAME]) : line.size + 1;
        return "the third part is the venue's full name";
    }
    if (kind.size > 0 && !str_equal_nocase(kind, STR("conference")) &&
        !str_equal_nocase(kind, STR("journal"))) {
        *column = column_of(line, kind);
        return "the fourth part is conference or journal";
    }
    for (int part = PART_TITLE; part <= PART_VOLUME; part++) {
        Buf out = {0};
        size_t fault = 0;
        bool fine = expand(entry->parts[part], 2000, &out, &fault);
        buf_free(&out);
        if (!fine) {
            *column = column_of(line, entry->parts[part]) + fault;
            return "braces hold year, year-N, year-N:th or year-N:Ordinal";
        }
    }
    if (issn.size > 0 && !is_issn(issn)) {
        *column = column_of(line, issn);
        return "this is no ISSN: its check digit is wrong";
    }
    return check_years(line, entry->parts[PART_YEARS], column);
}

const char *venue_add_line(VenueTable *table, Str line, size_t *column)
{
    Entry entry;
    Str trimmed = str_trim(line);
    if (trimmed.size == 0 || trimmed.data[0] == '#')
        return NULL;
    size_t count = split_line(line, &entry);
    const char *wrong = check(line, &entry, count, column);
    if (wrong != NULL)
        return wrong;
    if (table->user_count == table->user_capacity) {
        table->user_capacity = memory_grown(table->user_capacity, table->user_count + 1);
        table->user =
            memory_resize(table->user, table->user_capacity * sizeof *table->user);
    }
    table->user[table->user_count++] = arena_copy(&table->arena, line);
    memset(table->cache->known, 0, sizeof table->cache->known);
    return NULL;
}

bool venue_is_preprints(Str name)
{
    static const char *const SERVERS[] = {
        "arXiv",    "arXiv.org",       "bioRxiv",       "medRxiv",      "ChemRxiv",
        "PsyArXiv", "SocArXiv",        "EarthArXiv",    "engrXiv",      "EdArXiv",
        "TechRxiv", "Research Square", "Preprints.org", "OSF Preprints"};
    for (size_t i = 0; i < sizeof SERVERS / sizeof SERVERS[0]; i++) {
        if (str_equal_nocase(name, str_from(SERVERS[i])))
            return true;
    }
    return false;
}
