/* SPDX-License-Identifier: MIT
 * The grammar of headings; see heading.h. */
#include "formats/arrow/heading.h"
#include "convert/text/unicode.h"
#include "convert/text/utf8.h"

/* KIND: the listing's word, what it means, and the label of its plain entries. */
static const struct {
    const char *word;
    Kind kind;
    const char *label;
} KIND_WORDS[] = {
    {"Conference", KIND_PAPER_CONFERENCE, "Conference Paper"},
    {"Journal", KIND_ARTICLE_JOURNAL, "Journal Article"},
    {"Workshop", KIND_PAPER_CONFERENCE, "Workshop Paper"},
    {"Symposium", KIND_PAPER_CONFERENCE, "Symposium Paper"},
    {"Proceedings", KIND_PAPER_CONFERENCE, "Conference Paper"},
    {"Magazine", KIND_ARTICLE_MAGAZINE, "Magazine Article"},
    {"Book", KIND_BOOK, "Book"},
    {"Series", KIND_BOOK, "Book"},
    {"Preprint", KIND_ARTICLE, "Preprint"},
    {"Repository", KIND_ARTICLE, "Preprint"},
    {"Thesis", KIND_THESIS, "Thesis"},
    {"Report", KIND_REPORT, "Report"},
    {"Dataset", KIND_DATASET, "Dataset"},
    {"Software", KIND_SOFTWARE, "Software"},
};

/* Last words of labels; what they say where the word for the kind is a new one. */
static const struct {
    const char *word;
    Kind kind;
} LABEL_WORDS[] = {
    {"Paper", KIND_PAPER_CONFERENCE},
    {"Article", KIND_ARTICLE_JOURNAL},
    {"Poster", KIND_PAPER_CONFERENCE},
    {"Abstract", KIND_PAPER_CONFERENCE},
    {"Demo", KIND_PAPER_CONFERENCE},
    {"Demonstration", KIND_PAPER_CONFERENCE},
    {"Tutorial", KIND_PAPER_CONFERENCE},
    {"Keynote", KIND_SPEECH},
    {"Talk", KIND_SPEECH},
    {"Oral", KIND_PAPER_CONFERENCE},
    {"Spotlight", KIND_PAPER_CONFERENCE},
    {"Survey", KIND_ARTICLE_JOURNAL},
    {"Review", KIND_ARTICLE_JOURNAL},
    {"Editorial", KIND_ARTICLE_JOURNAL},
    {"Letter", KIND_ARTICLE_JOURNAL},
    {"Note", KIND_ARTICLE_JOURNAL},
    {"Commentary", KIND_ARTICLE_JOURNAL},
    {"Correspondence", KIND_ARTICLE_JOURNAL},
    {"Communication", KIND_ARTICLE_JOURNAL},
    {"Correction", KIND_ARTICLE_JOURNAL},
    {"Erratum", KIND_ARTICLE_JOURNAL},
    {"Chapter", KIND_CHAPTER},
    {"Book", KIND_BOOK},
    {"Proceedings", KIND_BOOK},
    {"Thesis", KIND_THESIS},
    {"Dissertation", KIND_THESIS},
    {"Report", KIND_REPORT},
    {"Preprint", KIND_ARTICLE},
    {"Manuscript", KIND_MANUSCRIPT},
    {"Dataset", KIND_DATASET},
    {"Software", KIND_SOFTWARE},
    {"Track", KIND_PAPER_CONFERENCE},
    {"Contribution", KIND_PAPER_CONFERENCE},
    {"Submission", KIND_PAPER_CONFERENCE},
};

enum { WORDS_MOST = 24, VENUE_WORDS_MOST = 16, LABEL_WORDS_MOST = 5 };

typedef struct Words {
    Str items[WORDS_MOST];
    size_t count;
} Words;

static bool split_words(Str line, Words *words)
{
    Str word;
    words->count = 0;
    while (str_word(&line, &word)) {
        if (words->count == WORDS_MOST)
            return false;
        words->items[words->count++] = word;
    }
    return words->count >= 2;
}

/* The bytes from one word to another, both included. */
static Str span(const Words *words, size_t from, size_t to)
{
    if (from >= to)
        return STR_EMPTY;
    Str last = words->items[to - 1];
    const char *start = words->items[from].data;
    return (Str){start, (size_t)(last.data + last.size - start)};
}

static int year_of(Str word)
{
    int year = 0;
    if (word.size != 4)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        if (!byte_is_digit(word.data[i]))
            return 0;
        year = year * 10 + (word.data[i] - '0');
    }
    return year >= 1800 && year <= 2100 ? year : 0;
}

static bool has_digit(Str line)
{
    for (size_t i = 0; i < line.size; i++) {
        if (byte_is_digit(line.data[i]))
            return true;
    }
    return false;
}

static bool find_kind(Str word, size_t *found)
{
    for (size_t i = 0; i < sizeof KIND_WORDS / sizeof KIND_WORDS[0]; i++) {
        if (str_equal_nocase(word, str_from(KIND_WORDS[i].word))) {
            *found = i;
            return true;
        }
    }
    return false;
}

static bool find_label(Str word, Kind *kind)
{
    for (size_t i = 0; i < sizeof LABEL_WORDS / sizeof LABEL_WORDS[0]; i++) {
        if (str_equal_nocase(word, str_from(LABEL_WORDS[i].word))) {
            *kind = LABEL_WORDS[i].kind;
            return true;
        }
    }
    return false;
}

static bool begins_upper(Str word)
{
    while (word.size > 0 && (word.data[0] == '(' || word.data[0] == '"'))
        word = str_after(word, 1);
    if (word.size == 0)
        return false;
    uint32_t c = utf8_next(&word);
    return unicode_is_upper(c) || unicode_is_digit(c) ||
           (unicode_is_letter(c) && !unicode_is_lower(c)); /* scripts without case */
}

/* Has a capital or digit anywhere: "eLife", "npj", no; "bioRxiv", yes. */
static bool holds_upper(Str word)
{
    while (word.size > 0) {
        uint32_t c = utf8_next(&word);
        if (unicode_is_upper(c) || unicode_is_digit(c) ||
            (unicode_is_letter(c) && !unicode_is_lower(c)))
            return true;
    }
    return false;
}

static bool is_one_of(Str word, Str list)
{
    Str each;
    while (str_word(&list, &each)) {
        if (str_equal(word, each))
            return true;
    }
    return false;
}

/* A venue's name is made of names: words with capitals, and little words between.  A
 * sentence that runs into "... ICML Conference 2019 Conference Paper" is not. */
static bool venue_plausible(const Words *words, size_t count)
{
    static const char LITTLE[] = "of on in and for the de la des der di et und für to at "
                                 "with a an y e en & - – — / :";
    static const char SENTENCE[] =
        "This These Our We In See It They He She I An As At By For From Published "
        "Accepted Presented Appeared Appears Extended Extending Based Using To If When "
        "While Since Although However Also And But Unlike With Here There That Like";
    if (count == 0 || count > VENUE_WORDS_MOST)
        return false;
    if (count > 1 && is_one_of(words->items[0], str_from(SENTENCE)))
        return false;
    size_t names = 0;
    for (size_t i = 0; i < count; i++) {
        Str word = words->items[i];
        char last = word.data[word.size - 1];
        if (last == ';' || last == '?' || last == '!' || (last == ',' && count == 1))
            return false;
        if (holds_upper(word))
            names++;
        else if (count > 1 && !is_one_of(word, str_from(LITTLE)))
            return false;
    }
    return names > 0 || count == 1;
}

/* Words with capitals and no end of a sentence; "Paper" and "Research Article (Oral)". */
static bool label_plausible(const Words *words, size_t from)
{
    if (words->count - from > LABEL_WORDS_MOST)
        return false;
    for (size_t i = from; i < words->count; i++) {
        Str word = words->items[i];
        char last = word.data[word.size - 1];
        if (last == '.' || last == ',' || last == ';' || last == ':' || last == '?' ||
            last == '!')
            return false;
        if (!begins_upper(word) && !is_one_of(word, STR("of in and for the on & - – /")))
            return false;
    }
    return true;
}

/* The label of plain entries of that kind, however it is written. */
static bool is_plain_label(Str label, size_t kind_word)
{
    return str_equal_nocase(label, str_from(KIND_WORDS[kind_word].label));
}

/* Whether a label says no more than a kind, where no word tells which one. */
static bool says_kind(Str label, Kind kind)
{
    bool says = label.size == 0;
    for (size_t i = 0; i < sizeof KIND_WORDS / sizeof KIND_WORDS[0]; i++)
        says = says || (KIND_WORDS[i].kind == kind && is_plain_label(label, i) &&
                        !str_starts(label, STR("Workshop")));
    return says;
}

/* The year nearest the end that has a word for the kind before it. */
static size_t find_year(const Words *words, size_t *kind_word, bool *known)
{
    size_t fallback = 0;
    for (size_t i = words->count; i-- > 2;) {
        if (year_of(words->items[i]) == 0)
            continue;
        if (find_kind(words->items[i - 1], kind_word)) {
            *known = true;
            return i;
        }
        if (fallback == 0)
            fallback = i;
    }
    *known = false;
    return fallback;
}

Str heading_unlinked(Str text)
{
    size_t i = 1;
    while (i < text.size && i < 7 && byte_is_digit(text.data[i]))
        i++;
    bool link = text.size > i && text.data[0] == '[' && i > 1 && text.data[i] == ']';
    return link ? str_trim(str_after(text, i + 1)) : text;
}

bool heading_is_label(Str text)
{
    Str word;
    Kind kind;
    size_t words = 0;
    bool label = false;
    while (str_word(&text, &word) && words < LABEL_WORDS_MOST) {
        label = find_label(word, &kind);
        words++;
        if (!begins_upper(word))
            return false;
    }
    return label && words <= 2;
}

/* "ICML Conference Conference Paper", also "ICML Conference n.d. Conference Paper". */
static int parse_without_year(const Words *words, Heading *heading)
{
    static const char NOTHING[] = "n.d. N/A n/a None none NULL null NaN nan Unknown "
                                  "unknown undefined - \xe2\x80\x93 \xe2\x80\x94 0 ?";
    size_t found;
    for (size_t i = 0; i + 1 < words->count; i++) {
        if (!find_kind(words->items[i], &found))
            continue;
        size_t from = i + 1 + is_one_of(words->items[i + 1], str_from(NOTHING));
        Str label = span(words, from, words->count);
        if (!is_plain_label(label, found) || (i > 0 && !venue_plausible(words, i)))
            continue;
        heading->venue = span(words, 0, i);
        heading->kind_word = words->items[i];
        heading->label = label;
        heading->kind = KIND_WORDS[found].kind;
        heading->kind_known = heading->plain = true;
        return 1;
    }
    return 0;
}

/* "ICML 2021 Conference Paper", "ICML 2021", "Conference 2021 Conference Paper". */
static int parse_without_word(const Words *words, const VenueTable *venues,
                              Heading *heading)
{
    size_t year = words->count, found = 0;
    while (year > 0 && year_of(words->items[year - 1]) == 0)
        year--;
    if (year < 2)
        return 0;
    year--;
    Kind by_label = KIND_DOCUMENT;
    bool label =
        year + 1 < words->count && find_label(words->items[words->count - 1], &by_label);
    heading->venue = span(words, 0, year);
    heading->label = span(words, year + 1, words->count);
    heading->year = year_of(words->items[year]);
    heading->kind = by_label;
    heading->plain = says_kind(heading->label, by_label);
    if (year == 1 && find_kind(words->items[0], &found)) {
        heading->kind_word = heading->venue;
        heading->venue = STR_EMPTY;
        heading->kind = KIND_WORDS[found].kind;
        heading->kind_known = heading->plain = true;
        return is_plain_label(heading->label, found) ? 1 : 0;
    }
    bool known = venues != NULL && venue_known(venues, heading->venue);
    if (heading->label.size == 0)
        return known ? 1 : 0;
    return label && label_plausible(words, year + 1) &&
                   (known || venue_plausible(words, year))
               ? 1
               : 0;
}

/* What lacks a part.  The site shows none such, but an entry that is not seen would end
 * up in the abstract of the one before. */
static int parse_weak(const Words *words, const VenueTable *venues, Heading *heading)
{
    *heading = (Heading){.kind = KIND_DOCUMENT, .weak = true};
    int strength = parse_without_word(words, venues, heading);
    if (strength > 0)
        return strength;
    *heading = (Heading){.kind = KIND_DOCUMENT, .weak = true};
    return parse_without_year(words, heading);
}

/* A heading has a year, or ends with a label; the longest real one has 90 bytes.  Prose
 * is sorted out before it is split. */
static bool worth_splitting(Str line)
{
    Kind kind;
    size_t blank = line.size;
    if (line.size == 0 || line.size > 300)
        return false;
    while (blank > 0 && line.data[blank - 1] != ' ')
        blank--;
    return has_digit(line) || find_label(str_after(line, blank), &kind);
}

int heading_parse(Str line, const VenueTable *venues, Heading *heading)
{
    Words words;
    size_t kind_word = 0;
    line = heading_unlinked(line);
    if (!worth_splitting(line) || !split_words(line, &words))
        return 0;
    *heading = (Heading){.kind = KIND_DOCUMENT};
    size_t year = find_year(&words, &kind_word, &heading->kind_known);
    if (year == 0 || !venue_plausible(&words, year - 1) ||
        !begins_upper(words.items[year - 1]))
        return parse_weak(&words, venues, heading);
    heading->venue = span(&words, 0, year - 1);
    heading->kind_word = words.items[year - 1];
    heading->year = year_of(words.items[year]);
    heading->label = span(&words, year + 1, words.count);
    bool plain = heading->kind_known && is_plain_label(heading->label, kind_word);
    if (!plain && !label_plausible(&words, year + 1))
        return parse_weak(&words, venues, heading);
    Kind by_label = KIND_DOCUMENT;
    bool label_known =
        year + 1 < words.count && find_label(words.items[words.count - 1], &by_label);
    bool venue_is_known = venues != NULL && venue_known(venues, heading->venue);
    if (!heading->kind_known) {
        Str whole = span(&words, 0, year);
        heading->kind = by_label;
        heading->plain = says_kind(heading->label, by_label);
        if (venues != NULL && venue_known(venues, whole)) {
            /* "ACL Findings 2021": the word was no kind, but the venue's last. */
            heading->venue = whole;
            heading->kind_word = STR_EMPTY;
            heading->weak = true;
            return 1;
        }
        return label_known ? (venue_is_known ? 2 : 1) : 0;
    }
    heading->kind = KIND_WORDS[kind_word].kind;
    heading->plain = plain;
    heading->workshop = str_equal_nocase(heading->kind_word, STR("Workshop")) ||
                        str_starts_nocase(heading->label, STR("Workshop"));
    if (heading->kind == KIND_BOOK && by_label == KIND_CHAPTER)
        heading->kind = KIND_CHAPTER;
    return 1 + (label_known ? 1 : 0) + (venue_is_known ? 1 : 0);
}
