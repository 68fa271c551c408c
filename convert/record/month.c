/* SPDX-License-Identifier: MIT
 * Names of months and seasons, as bibliographies have them. */
#include "convert/record/date.h"

#include <string.h>

/* Nearly all there is: whole, or their first three letters; "sept". */
static const char *const ENGLISH[] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december",
};

const char *month_english(int month)
{
    static const char *const NAMES[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };
    static const char *const SEASONS[] = {"Spring", "Summer", "Autumn", "Winter"};
    if (month > 20 && month < 25)
        return SEASONS[month - 21];
    return month >= 1 && month <= 12 ? NAMES[month - 1] : "";
}

/* In lower case, words apart by a blank; a dot at the end of a word does not count. */
static const struct Months {
    int month;
    const char *names;
} MONTHS[] = {
    {1, "januar j\xc3\xa4nner janvier janv ene enero gen gennaio janeiro "
        "januari"},
    {2, "februar f\xc3\xa9vrier f\xc3\xa9vr fevrier fevr febr febrero febbraio "
        "fev fevereiro februari"},
    {3, "m\xc3\xa4rz maerz m\xc3\xa4r mrz mars marzo mar\xc3\xa7o marco maart "
        "mrt"},
    {4, "avril avr abr abril aprile"},
    {5, "mai mayo mag maggio maio mei"},
    {6, "juni juin junio giu giugno junho"},
    {7, "juli juillet juil julio lug luglio julho"},
    {8, "ao\xc3\xbbt aout ago agosto augustus"},
    {9, "septembre septiembre setiembre set settembre sett setembro"},
    {10, "okt oktober octobre octubre ott ottobre out outubro"},
    {11, "novembre noviembre novembro"},
    {12, "dez dezember d\xc3\xa9"
         "cembre d\xc3\xa9"
         "c decembre dic diciembre "
         "dicembre dezembro"},
    {21, "spring spr fr\xc3\xbchling fr\xc3\xbchjahr printemps primavera lente"},
    {22, "summer sum sommer \xc3\xa9t\xc3\xa9 verano estate ver\xc3\xa3o zomer"},
    {23, "autumn aut fall fal herbst automne oto\xc3\xb1o autunno outono herfst"},
    {24, "winter win hiver invierno inverno"},
};

/* Capitals with marks, beside those of ASCII: both lie in U+00C0 to U+00DE. */
static bool letters_equal(Str word, Str name)
{
    if (word.size != name.size)
        return false;
    for (size_t i = 0; i < word.size; i++) {
        unsigned char a = (unsigned char)byte_lower(word.data[i]);
        unsigned char b = (unsigned char)name.data[i];
        bool capital = i > 0 && (unsigned char)word.data[i - 1] == 0xc3 && a >= 0x80 &&
                       a <= 0x9e && a + 0x20 == b;
        if (a != b && !capital)
            return false;
    }
    return true;
}

static int month_of_english(Str s)
{
    char front[3];
    if (s.size < sizeof front)
        return 0;
    for (size_t i = 0; i < sizeof front; i++)
        front[i] = byte_lower(s.data[i]);
    for (int i = 0; i < 12; i++) {
        if (memcmp(front, ENGLISH[i], sizeof front) == 0)
            return s.size == sizeof front || str_equal_nocase(s, str_from(ENGLISH[i])) ||
                           str_equal_nocase(s, STR("sept"))
                       ? i + 1
                       : 0;
    }
    return 0;
}

static int month_of_number(Str s)
{
    int number = 0;
    if (s.size == 0 || s.size > 2)
        return 0;
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]))
            return 0;
        number = number * 10 + (s.data[i] - '0');
    }
    return (number >= 1 && number <= 12) || (number >= 21 && number <= 24) ? number : 0;
}

int month_parse(Str s)
{
    s = str_trim(s);
    if (s.size > 0 && s.data[s.size - 1] == '.')
        s.size--;
    if (s.size > 0 && byte_is_digit(s.data[0]))
        return month_of_number(s);
    int english = month_of_english(s);
    if (english > 0 || s.size == 0)
        return english;
    for (size_t i = 0; i < sizeof MONTHS / sizeof MONTHS[0]; i++) {
        Str names = str_from(MONTHS[i].names), name;
        while (str_word(&names, &name)) {
            if (letters_equal(s, name))
                return MONTHS[i].month;
        }
    }
    return 0;
}
