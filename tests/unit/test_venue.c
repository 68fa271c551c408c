/* SPDX-License-Identifier: MIT
 * Venues: what the table says of a year, and what it says to a user's own lines. */
#include "tests/unit/assert_str.h"

#include "convert/record/venue.h"

#include <string.h>

/* Every line of the table, as text. */
static const char *const BUILT_IN[] = {
#define VENUE(line) line,
#include "convert/record/venue.def"
#undef VENUE
};

typedef struct Fact {
    const char *words;
    int year;
    VenueKind kind;
    const char *acronym, *title, *volume, *issn; /* NULL is not known */
} Fact;

static const Fact FACTS[] = {
    {"ICML", 2024, VENUE_CONFERENCE, "ICML",
     "Proceedings of the 41st International Conference on Machine Learning", NULL, NULL},
    {"ICML", 2015, VENUE_CONFERENCE, "ICML",
     "Proceedings of the 32nd International Conference on Machine Learning", NULL, NULL},
    {"ICML", 2016, VENUE_CONFERENCE, "ICML",
     "Proceedings of the 33rd International Conference on Machine Learning", NULL, NULL},
    {"ICML", 1994, VENUE_CONFERENCE, "ICML",
     "Proceedings of the 11th International Conference on Machine Learning", NULL, NULL},
    {"ICML", 1996, VENUE_CONFERENCE, "ICML",
     "Proceedings of the 13th International Conference on Machine Learning", NULL, NULL},
    {"NeurIPS", 2020, VENUE_CONFERENCE, "NeurIPS",
     "Advances in Neural Information Processing Systems", "33", "1049-5258"},
    {"NIPS", 2014, VENUE_CONFERENCE, "NeurIPS",
     "Advances in Neural Information Processing Systems", "27", "1049-5258"},
    {"ICLR", 2015, VENUE_CONFERENCE, "ICLR",
     "International Conference on Learning Representations", NULL, NULL},
    {"AISTATS", 2022, VENUE_CONFERENCE, "AISTATS",
     "Proceedings of the 25th International Conference on Artificial Intelligence and "
     "Statistics",
     NULL, NULL},
    {"COLT", 2020, VENUE_CONFERENCE, "COLT",
     "Proceedings of the 33rd Conference on Learning Theory", NULL, NULL},
    {"AAAI", 2024, VENUE_CONFERENCE, "AAAI",
     "Proceedings of the AAAI Conference on Artificial Intelligence", "38", "2374-3468"},
    {"IJCAI", 2023, VENUE_CONFERENCE, "IJCAI",
     "Proceedings of the Thirty-Second International Joint Conference on Artificial "
     "Intelligence",
     NULL, NULL},
    {"CVPR", 2016, VENUE_CONFERENCE, "CVPR",
     "Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition",
     NULL, NULL},
    {"CVPR", 2022, VENUE_CONFERENCE, "CVPR",
     "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
     NULL, NULL},
    {"EMNLP", 2018, VENUE_CONFERENCE, "EMNLP",
     "Proceedings of the 2018 Conference on Empirical Methods in Natural Language "
     "Processing",
     NULL, NULL},
    {"ECCV", 2020, VENUE_CONFERENCE, "ECCV", "Computer Vision – ECCV 2020", NULL, NULL},
    {"JMLR", 2014, VENUE_JOURNAL, "JMLR", "Journal of Machine Learning Research", "15",
     "1532-4435"},
    {"JMLR", 2023, VENUE_JOURNAL, "JMLR", "Journal of Machine Learning Research", "24",
     "1532-4435"},
    /* Its first volumes did not go by the year. */
    {"JMLR", 2001, VENUE_JOURNAL, "JMLR", "Journal of Machine Learning Research", NULL,
     "1532-4435"},
    {"TPAMI", 2020, VENUE_JOURNAL, "TPAMI",
     "IEEE Transactions on Pattern Analysis and Machine Intelligence", "42", "0162-8828"},
    {"Nature", 2015, VENUE_JOURNAL, "Nature", "Nature", NULL, "0028-0836"},
    /* Known, but not of that year. */
    {"ICML", 1980, VENUE_CONFERENCE, "ICML", NULL, NULL, NULL},
    {"ICLR", 2012, VENUE_CONFERENCE, "ICLR", NULL, NULL, NULL},
    {"NeurIPS", 1950, VENUE_CONFERENCE, "NeurIPS", NULL, NULL, NULL},
    {"ECCV", 2021, VENUE_CONFERENCE, "ECCV", NULL, NULL, NULL},
    /* Never known more than by name. */
    {"MIDL", 2020, VENUE_CONFERENCE, "MIDL", NULL, NULL, NULL},
};

static void facts(void **state)
{
    VenueTable *table = venue_open();
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
        const Fact *fact = &FACTS[i];
        VenueFacts found;
        assert_true(venue_find(table, &arena, str_from(fact->words), fact->year, &found));
        wrong += found.kind != fact->kind;
        wrong += str_differs(found.acronym, str_from(fact->acronym), fact->words);
        wrong += str_differs(found.title, str_from(fact->title), fact->words);
        wrong += str_differs(found.volume, str_from(fact->volume), fact->words);
        wrong += str_differs(found.issn, str_from(fact->issn), fact->words);
        assert_true(found.name.size > 0);
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
    venue_close(table);
}

static void other_words_for_a_venue(void **state)
{
    static const char *const SAME[][2] = {
        {"icml", "ICML"},
        {"International Conference on Machine Learning", "ICML"},
        {"international conference on MACHINE LEARNING", "ICML"},
        {"neurips", "NeurIPS"},
        {"Neural Information Processing Systems", "NeurIPS"},
        {"Journal of Machine Learning Research", "JMLR"},
        {"The Journal of Machine Learning Research", "JMLR"},
        {"IEEE Trans. Pattern Anal. Mach. Intell.", "TPAMI"},
        {"Annals of Statistics", "AOS"},
        {"The Annals of Statistics", "AOS"},
        {"Foundations & Trends in Machine Learning", "FnTML"},
        {"ECML/PKDD", "ECML PKDD"},
        {"S&P", "S&P"},
    };
    static const char *const UNKNOWN[] = {
        "ICMLA",      "ICM",
        "IC",         "Invented Examples",
        "Conference", "ICML 2024",
        "Machine",    "International Conference on Machine Learning and Applications"};
    VenueTable *table = venue_open();
    Arena arena = {0};
    VenueFacts found;
    (void)state;
    /* Twice, since what was looked up is remembered. */
    for (size_t i = 0; i < 2 * (sizeof SAME / sizeof SAME[0]); i++) {
        const char *const *row = SAME[i / 2];
        if (!venue_find(table, &arena, str_from(row[0]), 2020, &found))
            fail_msg("%s", row[0]);
        ASSERT_STR(found.acronym, row[1]);
        assert_true(venue_known(table, str_from(row[0])));
    }
    for (size_t i = 0; i < 2 * (sizeof UNKNOWN / sizeof UNKNOWN[0]); i++) {
        Str words = str_from(UNKNOWN[i / 2]);
        if (venue_find(table, &arena, words, 2020, &found) || venue_known(table, words))
            fail_msg("%s", UNKNOWN[i / 2]);
    }
    arena_free(&arena);
    venue_close(table);
}

/* The built-in lines keep the rules that a user's own lines must. */
static void every_built_in_line_is_right(void **state)
{
    VenueTable *table = venue_open();
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof BUILT_IN / sizeof BUILT_IN[0]; i++) {
        size_t column = 0;
        const char *message = venue_add_line(table, str_from(BUILT_IN[i]), &column);
        if (message != NULL) {
            print_error("%s\n  %zu: %s\n", BUILT_IN[i], column, message);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(sizeof BUILT_IN / sizeof BUILT_IN[0] > 100);
    venue_close(table);
}

/* And each is found by the words it begins with. */
static void every_built_in_line_is_found(void **state)
{
    VenueTable *table = venue_open();
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof BUILT_IN / sizeof BUILT_IN[0]; i++) {
        Str rest = str_from(BUILT_IN[i]), acronym, others, name;
        VenueFacts found;
        assert_true(str_split(&rest, '|', &acronym));
        assert_true(str_split(&rest, '|', &others));
        assert_true(str_split(&rest, '|', &name));
        assert_true(venue_find(table, &arena, acronym, 2020, &found));
        assert_false(str_differs(found.acronym, acronym, BUILT_IN[i]));
        assert_true(venue_find(table, &arena, name, 2020, &found));
    }
    arena_free(&arena);
    venue_close(table);
}

/* A user's own lines. */

static void own_lines_come_first(void **state)
{
    VenueTable *table = venue_open();
    Arena arena = {0};
    VenueFacts found;
    size_t column = 0;
    (void)state;
    /* Looked up before, so that what is remembered must be forgotten. */
    assert_false(venue_known(table, STR("MYCONF")));
    assert_true(venue_find(table, &arena, STR("ICML"), 2024, &found));
    assert_null(venue_add_line(table, STR("  "), &column));
    assert_null(venue_add_line(table, STR(""), &column));
    assert_null(venue_add_line(table, STR(" # a remark | with bars"), &column));
    assert_null(venue_add_line(
        table,
        STR(" MyConf | MC; My C | My Conference | conference | {year} MyConf | "
            "{year-2000} | 1532-4435 | 2010-2012, 2015 "),
        &column));
    assert_null(venue_add_line(table, STR("ICML||My Own ICML||Mine"), &column));

    assert_true(venue_find(table, &arena, STR("my c"), 2011, &found));
    assert_int_equal(found.kind, VENUE_CONFERENCE);
    ASSERT_STR(found.acronym, "MyConf");
    ASSERT_STR(found.name, "My Conference");
    ASSERT_STR(found.title, "2011 MyConf");
    ASSERT_STR(found.volume, "11");
    ASSERT_STR(found.issn, "1532-4435");
    assert_true(venue_find(table, &arena, STR("MYCONF"), 2015, &found));
    ASSERT_STR(found.title, "2015 MyConf");
    assert_true(venue_find(table, &arena, STR("MC"), 2013, &found));
    ASSERT_STR(found.title, "");

    assert_true(venue_find(table, &arena, STR("ICML"), 2024, &found));
    ASSERT_STR(found.name, "My Own ICML");
    ASSERT_STR(found.title, "Mine");
    arena_free(&arena);
    venue_close(table);
}

/* The least line is an acronym and a name; a journal is one in any case. */
static void short_lines(void **state)
{
    VenueTable *table = venue_open();
    Arena arena = {0};
    VenueFacts found;
    size_t column = 0;
    (void)state;
    assert_null(venue_add_line(table, STR("XC||X Conference"), &column));
    assert_null(venue_add_line(table, STR("XJ||X Journal|Journal|X J."), &column));
    assert_true(venue_find(table, &arena, STR("XC"), 2000, &found));
    assert_int_equal(found.kind, VENUE_CONFERENCE);
    ASSERT_STR(found.title, "");
    assert_true(venue_find(table, &arena, STR("x journal"), 2000, &found));
    assert_int_equal(found.kind, VENUE_JOURNAL);
    ASSERT_STR(found.title, "X J.");
    arena_free(&arena);
    venue_close(table);
}

static void ordinals_in_words(void **state)
{
    static const struct {
        int number;
        const char *words, *figures;
    } ROWS[] = {
        {1, "First", "1st"},          {2, "Second", "2nd"},
        {3, "Third", "3rd"},          {11, "Eleventh", "11th"},
        {12, "Twelfth", "12th"},      {13, "Thirteenth", "13th"},
        {19, "Nineteenth", "19th"},   {20, "Twentieth", "20th"},
        {21, "Twenty-First", "21st"}, {30, "Thirtieth", "30th"},
        {41, "Forty-First", "41st"},  {50, "Fiftieth", "50th"},
        {62, "Sixty-Second", "62nd"}, {73, "Seventy-Third", "73rd"},
        {85, "Eighty-Fifth", "85th"}, {99, "Ninety-Ninth", "99th"},
    };
    VenueTable *table = venue_open();
    Arena arena = {0};
    VenueFacts found;
    size_t column = 0;
    (void)state;
    assert_null(venue_add_line(
        table, STR("O||Ordinals||The {year-1900:Ordinal}|{year-1900:th}"), &column));
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        assert_true(venue_find(table, &arena, STR("O"), 1900 + ROWS[i].number, &found));
        ASSERT_STR(str_after(found.title, 4), ROWS[i].words);
        ASSERT_STR(found.volume, ROWS[i].figures);
    }
    /* 111 is none of the easy ones. */
    assert_true(venue_find(table, &arena, STR("O"), 2011, &found));
    ASSERT_STR(found.volume, "111th");
    arena_free(&arena);
    venue_close(table);
}

/* A caret in the second string stands under the byte that the column is to name. */
static void faults_have_a_message_and_a_column(void **state)
{
    static const char *const ROWS[][3] = {
        {"A||B|journal|t|v|1532-4435|2000-|x", "^", "eight parts"},
        {"||Name", "^", "acronym"},
        {" |x|Name", "^", "acronym"},
        {"A", " ^", "full name"},
        {"A|x", "   ^", "full name"},
        {"A|x|", "    ^", "full name"},
        {"A||Name|meeting", "        ^", "conference or journal"},
        {"A||Name| meeting |t", "         ^", "conference or journal"},
        {"A||Name||The {yeer}", "             ^", "year-N"},
        {"A||Name||The {year", "             ^", "year-N"},
        {"A||Name||The {}", "             ^", "year-N"},
        {"A||Name||{year} and {year-}", "                    ^", "year-N"},
        {"A||Name||{year+1}", "         ^", "year-N"},
        {"A||Name||{year-1983:nd}", "         ^", "year-N"},
        {"A||Name||t| {year-x}", "            ^", "year-N"},
        {"A||Name||t|v|1532-4436", "             ^", "ISSN"},
        {"A||Name||t|v| 15324435", "              ^", "ISSN"},
        {"A||Name||t|v|1532-443X", "             ^", "ISSN"},
        {"A||Name||t|v|X532-4435", "             ^", "ISSN"},
        {"A||Name||t|v||soon", "              ^", "ranges"},
        {"A||Name||t|v||2000-2010, 20x", "                         ^", "ranges"},
        {"A||Name||t|v||2010-2000", "              ^", "ranges"},
        {"A||Name||t|v||2000 2001", "              ^", "ranges"},
        {"A||Name||t|v||2000--2001", "              ^", "ranges"},
    };
    VenueTable *table = venue_open();
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        size_t column = 0;
        const char *message = venue_add_line(table, str_from(ROWS[i][0]), &column);
        if (message == NULL || strstr(message, ROWS[i][2]) == NULL ||
            column != strlen(ROWS[i][1])) {
            print_error("%s\n  %zu: %s\n", ROWS[i][0], column,
                        message == NULL ? "taken as right" : message);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    /* None of them was taken. */
    assert_false(venue_known(table, STR("Name")));
    venue_close(table);
}

static void years_in_every_form(void **state)
{
    static const char *const RIGHT[] = {
        "A||N||t|||",
        "A||N||t|||1993-",
        "A||N||t|||-2017",
        "A||N||t|||2019",
        "A||N||t|||2013-2017",
        "A||N||t|||2013-2017, 2019,2021-",
        "A||N||t||2162-237X|",
        "A||N||t||1532-4435|",
        "A||N||{year-1900:Ordinal}|{year}||",
    };
    VenueTable *table = venue_open();
    (void)state;
    for (size_t i = 0; i < sizeof RIGHT / sizeof RIGHT[0]; i++) {
        size_t column = 0;
        if (venue_add_line(table, str_from(RIGHT[i]), &column) != NULL)
            fail_msg("%s", RIGHT[i]);
    }
    venue_close(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts),
        cmocka_unit_test(other_words_for_a_venue),
        cmocka_unit_test(every_built_in_line_is_right),
        cmocka_unit_test(every_built_in_line_is_found),
        cmocka_unit_test(own_lines_come_first),
        cmocka_unit_test(short_lines),
        cmocka_unit_test(ordinals_in_words),
        cmocka_unit_test(faults_have_a_message_and_a_column),
        cmocka_unit_test(years_in_every_form),
    };
    return cmocka_run_group_tests_name("venue", tests, NULL, NULL);
}
