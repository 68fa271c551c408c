/* SPDX-License-Identifier: MIT
 * Values that are no running text: dates in parts, biblatex's strings, titles put
 * together. */
#include "convert/text/utf8.h"
#include "formats/bibtex/read.h"

#include <string.h>

/* Months. */

typedef struct Months {
    int month[2], day[2];
    size_t months, days;
} Months;

static bool add_number(Months *m, Str digits)
{
    int number = 0;
    if (digits.size > 2 || m->days == 2)
        return false;
    for (size_t i = 0; i < digits.size; i++)
        number = 10 * number + (digits.data[i] - '0');
    m->day[m->days++] = number;
    return number >= 1 && number <= 31;
}

/* Words and numbers of a month as people write it: "January 1", "10 January",
 * "May-June", "3". */
static bool split_month(Str s, Months *m)
{
    *m = (Months){0};
    while (s.size > 0) {
        size_t size = 0;
        if (byte_is_digit(s.data[0])) {
            while (size < s.size && byte_is_digit(s.data[size]))
                size++;
            if (!add_number(m, str_slice(s, 0, size)))
                return false;
            Str rest = str_after(s, size);
            if (str_starts_nocase(rest, STR("st")) ||
                str_starts_nocase(rest, STR("nd")) ||
                str_starts_nocase(rest, STR("rd")) || str_starts_nocase(rest, STR("th")))
                size += 2;
        } else if (byte_is_alpha(s.data[0]) || (unsigned char)s.data[0] >= 0xc3) {
            while (size < s.size &&
                   (byte_is_alpha(s.data[size]) || (unsigned char)s.data[size] >= 0x80) &&
                   !str_starts(str_after(s, size), STR("\xe2\x80")) &&
                   !str_starts(str_after(s, size), STR("\xc2\xa0")))
                size++;
            int month = month_parse(str_slice(s, 0, size));
            bool word = str_equal_nocase(str_slice(s, 0, size), STR("and")) ||
                        str_equal_nocase(str_slice(s, 0, size), STR("to"));
            if ((month == 0 && !word && size > 0) || (month > 0 && m->months == 2))
                return false;
            if (month > 0)
                m->month[m->months++] = month;
        }
        s = str_after(s, size > 0 ? size : 1);
    }
    return m->months > 0 || m->days > 0;
}

/* A number alone is the month. */
static void settle(Months *m)
{
    if (m->months > 0)
        return;
    for (size_t i = 0; i < m->days; i++)
        m->month[i] = m->day[i];
    m->months = m->days;
    m->days = 0;
    m->day[0] = m->day[1] = 0;
}

static bool set_month(Str written, const Str *day, Date *date)
{
    Months m;
    Date made = *date;
    if (!split_month(written, &m))
        return false;
    settle(&m);
    if (day != NULL && m.days == 0 && m.months == 1) {
        Months d = {0};
        Str digits = str_trim(*day);
        bool only = digits.size > 0;
        for (size_t i = 0; i < digits.size; i++)
            only = only && byte_is_digit(digits.data[i]);
        if (only && add_number(&d, digits)) {
            m.day[0] = d.day[0];
            m.days = 1;
        }
    }
    made.from.month = m.month[0];
    made.from.day = m.days > 0 ? m.day[0] : 0;
    made.range = m.months == 2 || m.days == 2;
    if (made.range) {
        made.to = made.from;
        made.to.month = m.month[m.months - 1];
        made.to.day = m.days > 0 ? m.day[m.days - 1] : 0;
    }
    if ((m.months == 2 && m.days == 1) ||
        !date_exists(made.from.year, made.from.month, made.from.day) ||
        (made.range && !date_exists(made.to.year, made.to.month, made.to.day)))
        return false;
    *date = made;
    return true;
}

/* "Dec./Jan." of 2000/2001. */
static bool set_months(Str written, Date *date)
{
    Months m;
    if (date->from_end != DATE_KNOWN || date->to_end != DATE_KNOWN ||
        date->from.month != 0 || date->to.month != 0 || date->from.unspecified > 0 ||
        date->to.unspecified > 0 || !split_month(written, &m) || m.months != 2 ||
        m.days != 0)
        return false;
    date->from.month = m.month[0];
    date->to.month = m.month[1];
    return true;
}

bool published_read(Arena *arena, Str year, const Str *month, const Str *day, Date *date,
                    bool *month_used)
{
    Date whole;
    (void)arena;
    *month_used = false;
    if (!date_parse_written(year, date))
        return false;
    if (month != NULL && date->range && set_months(*month, date)) {
        *month_used = true;
        return true;
    }
    if (month == NULL || month->size == 0 || date->range || date->from.month != 0 ||
        date->from.unspecified > 0)
        return true;
    if (date_parse_written(*month, &whole) && whole.from.year == date->from.year &&
        whole.from.month > 0) {
        *date = whole;
        *month_used = true;
    } else {
        *month_used = set_month(*month, day, date);
    }
    return true;
}

/* biblatex's strings. */

static const struct {
    const char *key, *text;
} STRINGS[] = {
    {"phdthesis", "PhD thesis"},
    {"mathesis", "Master\xe2\x80\x99s thesis"},
    {"bathesis", "Bachelor\xe2\x80\x99s thesis"},
    {"candthesis", "Candidate thesis"},
    {"techreport", "Technical report"},
    {"resreport", "Research report"},
    {"software", "Computer software"},
    {"datacd", "Data CD"},
    {"audiocd", "Audio CD"},
    {"patent", "Patent"},
    {"patentde", "German patent"},
    {"patenteu", "European patent"},
    {"patentfr", "French patent"},
    {"patentuk", "British patent"},
    {"patentus", "U.S. patent"},
    {"patreq", "Patent request"},
    {"patreqde", "German patent request"},
    {"patreqeu", "European patent request"},
    {"patreqfr", "French patent request"},
    {"patrequk", "British patent request"},
    {"patrequs", "U.S. patent request"},
    {"inpress", "in press"},
    {"inpreparation", "in preparation"},
    {"prepublished", "pre-published"},
};

Str bibstring_text(Str key)
{
    for (size_t i = 0; i < sizeof STRINGS / sizeof STRINGS[0]; i++) {
        if (str_equal_nocase(key, str_from(STRINGS[i].key)))
            return str_from(STRINGS[i].text);
    }
    return key;
}

Str bibstring_key(Str text)
{
    for (size_t i = 0; i < sizeof STRINGS / sizeof STRINGS[0]; i++) {
        if (str_equal(text, str_from(STRINGS[i].text)))
            return str_from(STRINGS[i].key);
    }
    return text;
}

Str series_text(Arena *arena, Str series)
{
    static const char *const ENDS[] = {"th", "st", "nd", "rd"};
    size_t digits = 0;
    while (digits < series.size && byte_is_digit(series.data[digits]))
        digits++;
    if (str_equal_nocase(series, STR("newseries")))
        return STR("New series");
    if (str_equal_nocase(series, STR("oldseries")))
        return STR("Old series");
    if (digits == 0 || digits < series.size || digits > 2)
        return series;
    int last = series.data[digits - 1] - '0';
    bool teen = digits == 2 && series.data[0] == '1';
    return arena_join(arena, series, str_from(ENDS[last > 3 || teen ? 0 : last]),
                      STR(" series"));
}

/* Pages. */

static bool is_roman(Str s)
{
    size_t size = 0;
    while (size < s.size && strchr("ivxlcIVXLC", s.data[size]) != NULL &&
           s.data[size] != '\0')
        size++;
    return s.size > 0 && size == s.size;
}

static bool is_alnum(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c);
}

bool pages_joined(Str pages, size_t dash, size_t end)
{
    size_t from = dash, to = end, letters = 0;
    while (from > 0 && is_alnum(pages.data[from - 1]))
        from--;
    while (to < pages.size && is_alnum(pages.data[to]))
        to++;
    Str first = str_slice(pages, from, dash), last = str_slice(pages, end, to);
    if (first.size == 0 || last.size == 0)
        return false;
    if (byte_is_digit(first.data[first.size - 1]) && byte_is_digit(last.data[0]))
        return true;
    while (letters < first.size && letters < last.size &&
           byte_is_alpha(first.data[letters]) &&
           first.data[letters] == last.data[letters])
        letters++;
    bool numbered = letters > 0 && letters < first.size && letters < last.size &&
                    byte_is_digit(first.data[letters]) &&
                    byte_is_digit(last.data[letters]);
    return numbered || (is_roman(first) && is_roman(last));
}

/* Languages: babel's and polyglossia's names. */

static const struct {
    const char *name, *code;
} LANGUAGES[] = {
    {"acadian", "fr-CA"},    {"afrikaans", "af-ZA"},    {"american", "en-US"},
    {"arabic", "ar"},        {"armenian", "hy"},        {"australian", "en-AU"},
    {"austrian", "de-AT"},   {"basque", "eu-ES"},       {"belarusian", "be"},
    {"bengali", "bn"},       {"brazil", "pt-BR"},       {"brazilian", "pt-BR"},
    {"breton", "br-FR"},     {"british", "en-GB"},      {"bulgarian", "bg-BG"},
    {"canadian", "en-CA"},   {"canadien", "fr-CA"},     {"catalan", "ca-AD"},
    {"chinese", "zh-CN"},    {"croatian", "hr-HR"},     {"czech", "cs-CZ"},
    {"danish", "da-DK"},     {"dutch", "nl-NL"},        {"english", "en-US"},
    {"esperanto", "eo"},     {"estonian", "et-EE"},     {"finnish", "fi-FI"},
    {"francais", "fr-FR"},   {"french", "fr-FR"},       {"galician", "gl-ES"},
    {"german", "de-DE"},     {"germanb", "de-DE"},      {"greek", "el-GR"},
    {"hebrew", "he-IL"},     {"hindi", "hi-IN"},        {"hungarian", "hu-HU"},
    {"icelandic", "is-IS"},  {"indonesian", "id-ID"},   {"irish", "ga-IE"},
    {"italian", "it-IT"},    {"japanese", "ja-JP"},     {"korean", "ko-KR"},
    {"latin", "la"},         {"latvian", "lv-LV"},      {"lithuanian", "lt-LT"},
    {"magyar", "hu-HU"},     {"mongolian", "mn-MN"},    {"naustrian", "de-AT"},
    {"newzealand", "en-NZ"}, {"ngerman", "de-DE"},      {"norsk", "nb-NO"},
    {"norwegian", "nb-NO"},  {"nswissgerman", "de-CH"}, {"nynorsk", "nn-NO"},
    {"persian", "fa-IR"},    {"polish", "pl-PL"},       {"polutonikogreek", "el-GR"},
    {"portuges", "pt-PT"},   {"portuguese", "pt-PT"},   {"romanian", "ro-RO"},
    {"russian", "ru-RU"},    {"sanskrit", "sa"},        {"serbian", "sr-RS"},
    {"slovak", "sk-SK"},     {"slovene", "sl-SI"},      {"slovenian", "sl-SI"},
    {"spanish", "es-ES"},    {"swedish", "sv-SE"},      {"swissgerman", "de-CH"},
    {"thai", "th-TH"},       {"turkish", "tr-TR"},      {"ukrainian", "uk-UA"},
    {"ukenglish", "en-GB"},  {"usenglish", "en-US"},    {"vietnamese", "vi-VN"},
    {"welsh", "cy"},
};

Str language_code(Str name)
{
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof LANGUAGES[0]; i++) {
        if (str_equal_nocase(name, str_from(LANGUAGES[i].name)))
            return str_from(LANGUAGES[i].code);
    }
    return name;
}

/* Titles. */

static bool ends_with_punctuation(Str s)
{
    Str rest = s;
    if (s.size == 0)
        return true;
    uint32_t last = utf8_last(&rest);
    return last < 0x80 && strchr(".!?:,;", (int)last) != NULL && last != 0;
}

Text title_join(Arena *arena, Text title, char mark, Text more)
{
    if (more.text.size == 0)
        return title;
    if (title.text.size == 0)
        return more;
    char between[2] = {mark, ' '};
    Str gap =
        ends_with_punctuation(title.text) ? (Str){between + 1, 1} : (Str){between, 2};
    Text made = {.text = arena_join(arena, title.text, gap, more.text),
                 .run_count = title.run_count + more.run_count};
    if (made.run_count > 0) {
        Run *runs = arena_alloc(arena, made.run_count * sizeof *runs);
        size_t shift = title.text.size + gap.size;
        if (title.run_count > 0)
            memcpy(runs, title.runs, title.run_count * sizeof *runs);
        for (size_t i = 0; i < more.run_count; i++) {
            runs[title.run_count + i] = more.runs[i];
            runs[title.run_count + i].start += shift;
            runs[title.run_count + i].end += shift;
        }
        made.runs = runs;
    }
    return made;
}
