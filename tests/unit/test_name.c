/* SPDX-License-Identifier: MIT
 * Names taken apart, put together again and compared. */
#include "tests/unit/assert_str.h"

#include "convert/record/name.h"

/* A person: what is NULL is empty. */
typedef struct Person {
    const char *text, *given, *particle, *family, *suffix, *homonym;
} Person;

static const Person WESTERN[] = {
    {"Geoffrey Hinton", "Geoffrey", NULL, "Hinton", NULL, NULL},
    {"Geoffrey E. Hinton", "Geoffrey E.", NULL, "Hinton", NULL, NULL},
    {"Yee Whye Teh", "Yee Whye", NULL, "Teh", NULL, NULL},
    {"Michael I. Jordan", "Michael I.", NULL, "Jordan", NULL, NULL},
    {"Yann LeCun", "Yann", NULL, "LeCun", NULL, NULL},
    {"Emma Pierson", "Emma", NULL, "Pierson", NULL, NULL},
    {"Łukasz Kaiser", "Łukasz", NULL, "Kaiser", NULL, NULL},
    {"Søren Kierkegaard", "Søren", NULL, "Kierkegaard", NULL, NULL},
    {"Çağlar Gülçehre", "Çağlar", NULL, "Gülçehre", NULL, NULL},
    {"Андрей Колмогоров", "Андрей", NULL, "Колмогоров", NULL, NULL},
    {"Conor O'Brien", "Conor", NULL, "O'Brien", NULL, NULL},
    {"Sinéad O’Connor", "Sinéad", NULL, "O’Connor", NULL, NULL},
    {"Alexander D'Amour", "Alexander", NULL, "D'Amour", NULL, NULL},
    {"William H. Press", "William H.", NULL, "Press", NULL, NULL},
    {"Thomas  Kipf", "Thomas", NULL, "Kipf", NULL, NULL},
    /* Initials. */
    {"J. K. Rowling", "J. K.", NULL, "Rowling", NULL, NULL},
    {"J.R.R. Tolkien", "J.R.R.", NULL, "Tolkien", NULL, NULL},
    {"Y. Bengio", "Y.", NULL, "Bengio", NULL, NULL},
    {"J.-B. Alayrac", "J.-B.", NULL, "Alayrac", NULL, NULL},
    {"Quoc V. Le", "Quoc V.", NULL, "Le", NULL, NULL},
    {"Harry S Truman", "Harry S", NULL, "Truman", NULL, NULL},
    /* Hyphens. */
    {"Fei-Fei Li", "Fei-Fei", NULL, "Li", NULL, NULL},
    {"Jean-Pierre Serre", "Jean-Pierre", NULL, "Serre", NULL, NULL},
    {"Jia-Bin Huang", "Jia-Bin", NULL, "Huang", NULL, NULL},
    {"Max Müller-Eberstein", "Max", NULL, "Müller-Eberstein", NULL, NULL},
    {"Shai Ben-David", "Shai", NULL, "Ben-David", NULL, NULL},
    {"Maruan Al-Shedivat", "Maruan", NULL, "Al-Shedivat", NULL, NULL},
    {"Minh-Thang Luong", "Minh-Thang", NULL, "Luong", NULL, NULL},
    /* Little words that are names where they stand. */
    {"Di Wang", "Di", NULL, "Wang", NULL, NULL},
    {"Ben Poole", "Ben", NULL, "Poole", NULL, NULL},
    {"Van Nguyen", "Van", NULL, "Nguyen", NULL, NULL},
    {"Thi Van Nguyen", "Thi Van", NULL, "Nguyen", NULL, NULL},
    {"Hung Le", "Hung", NULL, "Le", NULL, NULL},
    {"Mac Miller", "Mac", NULL, "Miller", NULL, NULL},
    {"Jae Bin Lee", "Jae Bin", NULL, "Lee", NULL, NULL},
    {"Xiao Di WANG", "Xiao Di", NULL, "WANG", NULL, NULL},
    {"La Toya Jackson", "La Toya", NULL, "Jackson", NULL, NULL},
    {"Da Yu", "Da", NULL, "Yu", NULL, NULL},
    /* Lower case all through is a spelling, not a particle. */
    {"bell hooks", "bell", NULL, "hooks", NULL, NULL},
    {"danah boyd", "danah", NULL, "boyd", NULL, NULL},
    {"e. e. cummings", "e. e.", NULL, "cummings", NULL, NULL},
    /* One word. */
    {"Aristotle", NULL, NULL, "Aristotle", NULL, NULL},
    {"Plato", NULL, NULL, "Plato", NULL, NULL},
    {"Suharto", NULL, NULL, "Suharto", NULL, NULL},
};

static const Person WITH_PARTICLES[] = {
    {"Laurens van der Maaten", "Laurens", "van der", "Maaten", NULL, NULL},
    {"Rianne van den Berg", "Rianne", "van den", "Berg", NULL, NULL},
    {"Aäron van den Oord", "Aäron", "van den", "Oord", NULL, NULL},
    {"Hado van Hasselt", "Hado", "van", "Hasselt", NULL, NULL},
    {"Herke van Hoof", "Herke", "van", "Hoof", NULL, NULL},
    {"Max A. van Loon", "Max A.", "van", "Loon", NULL, NULL},
    {"van Gogh", NULL, "van", "Gogh", NULL, NULL},
    {"Maarten de Rijke", "Maarten", "de", "Rijke", NULL, NULL},
    {"Nando de Freitas", "Nando", "de", "Freitas", NULL, NULL},
    {"Bruno de Finetti", "Bruno", "de", "Finetti", NULL, NULL},
    {"Simone de Beauvoir", "Simone", "de", "Beauvoir", NULL, NULL},
    {"Antoine de Saint-Exupéry", "Antoine", "de", "Saint-Exupéry", NULL, NULL},
    {"Fernando de la Torre", "Fernando", "de la", "Torre", NULL, NULL},
    {"Guillermo del Toro", "Guillermo", "del", "Toro", NULL, NULL},
    {"Giovanni della Casa", "Giovanni", "della", "Casa", NULL, NULL},
    {"Leonardo da Vinci", "Leonardo", "da", "Vinci", NULL, NULL},
    {"João da Silva", "João", "da", "Silva", NULL, NULL},
    {"Ana dos Santos", "Ana", "dos", "Santos", NULL, NULL},
    {"Daniel do Nascimento", "Daniel", "do", "Nascimento", NULL, NULL},
    {"Ulrike von Luxburg", "Ulrike", "von", "Luxburg", NULL, NULL},
    {"Ursula von der Leyen", "Ursula", "von der", "Leyen", NULL, NULL},
    {"Karl-Theodor zu Guttenberg", "Karl-Theodor", "zu", "Guttenberg", NULL, NULL},
    {"Hilma af Klint", "Hilma", "af", "Klint", NULL, NULL},
    {"Henri ter Hofte", "Henri", "ter", "Hofte", NULL, NULL},
    {"Gerard 't Hooft", "Gerard", "'t", "Hooft", NULL, NULL},
    {"Jacobus van 't Hoff", "Jacobus", "van 't", "Hoff", NULL, NULL},
    {"Mohammed bin Rashid", "Mohammed", "bin", "Rashid", NULL, NULL},
    {"Jean d'Alembert", "Jean", "d'", "Alembert", NULL, NULL},
    {"Jean d’Alembert", "Jean", "d’", "Alembert", NULL, NULL},
    {"Harun al-Rashid", "Harun", "al-", "Rashid", NULL, NULL},
    {"Haroun el-Masri", "Haroun", "el-", "Masri", NULL, NULL},
    {"Muhammad ibn Musa al-Khwarizmi", "Muhammad ibn Musa", "al-", "Khwarizmi", NULL,
     NULL},
    {"Ludwig van Gaal Jr.", "Ludwig", "van", "Gaal", "Jr.", NULL},
    {"Wim van der Meer 0002", "Wim", "van der", "Meer", NULL, "0002"},
};

/* Particles with a capital belong to the name that is sorted by. */
static const Person CAPITAL[] = {
    {"Luc Van Gool", "Luc", NULL, "Van Gool", NULL, NULL},
    {"Guy Van den Broeck", "Guy", NULL, "Van den Broeck", NULL, NULL},
    {"Diego de Las Casas", "Diego", "de", "Las Casas", NULL, NULL},
    {"Diarmuid Ó Séaghdha", "Diarmuid", NULL, "Ó Séaghdha", NULL, NULL},
    {"Mathieu Van Der Walt", "Mathieu", NULL, "Van Der Walt", NULL, NULL},
    {"Tijl De Bie", "Tijl", NULL, "De Bie", NULL, NULL},
    {"Emanuele La Malfa", "Emanuele", NULL, "La Malfa", NULL, NULL},
    {"Nicolas Le Roux", "Nicolas", NULL, "Le Roux", NULL, NULL},
    {"Fabio Di Marco", "Fabio", NULL, "Di Marco", NULL, NULL},
    {"Marco Del Tredici", "Marco", NULL, "Del Tredici", NULL, NULL},
    {"Omar Al Shafi", "Omar", NULL, "Al Shafi", NULL, NULL},
    {"Robert St. John", "Robert", NULL, "St. John", NULL, NULL},
    /* Two surnames around a linking word. */
    {"José Ortega y Gasset", "José", NULL, "Ortega y Gasset", NULL, NULL},
    {"Santiago Ramón y Cajal", "Santiago", NULL, "Ramón y Cajal", NULL, NULL},
    {"Josep Puig i Cadafalch", "Josep", NULL, "Puig i Cadafalch", NULL, NULL},
    {"Maria Costa e Silva", "Maria", NULL, "Costa e Silva", NULL, NULL},
    {"Tom Dupré la Tour", "Tom", NULL, "Dupré la Tour", NULL, NULL},
};

static const Person ENDINGS[] = {
    {"Sammy Davis Jr.", "Sammy", NULL, "Davis", "Jr.", NULL},
    {"Sammy Davis Jr", "Sammy", NULL, "Davis", "Jr", NULL},
    {"Sammy Davis Jr .", "Sammy", NULL, "Davis", "Jr", NULL},
    {"Sammy Davis, Jr.", "Sammy", NULL, "Davis", "Jr.", NULL},
    {"Davis, Sammy, Jr.", "Sammy", NULL, "Davis", "Jr.", NULL},
    {"Martin Luther King III", "Martin Luther", NULL, "King", "III", NULL},
    {"Henry Ford II", "Henry", NULL, "Ford", "II", NULL},
    {"John D. Rockefeller IV", "John D.", NULL, "Rockefeller", "IV", NULL},
    {"Hank Williams Sr.", "Hank", NULL, "Williams", "Sr.", NULL},
    {"Mark Chen 0003", "Mark", NULL, "Chen", NULL, "0003"},
    {"Wei Wang 0062", "Wei", NULL, "Wang", NULL, "0062"},
    {"Michael J. Black 0001", "Michael J.", NULL, "Black", NULL, "0001"},
    {"Sammy Davis Jr. 0002", "Sammy", NULL, "Davis", "Jr.", "0002"},
    {"Aristotle 0001", NULL, NULL, "Aristotle", NULL, "0001"},
    /* Turned round by somebody. */
    {"Hinton, Geoffrey", "Geoffrey", NULL, "Hinton", NULL, NULL},
    {"Hinton,Geoffrey E.", "Geoffrey E.", NULL, "Hinton", NULL, NULL},
    {"Ortega y Gasset, José", "José", NULL, "Ortega y Gasset", NULL, NULL},
};

static const Person EAST_ASIAN[] = {
    {"李飞飞", "飞飞", NULL, "李", NULL, NULL},
    {"王伟", "伟", NULL, "王", NULL, NULL},
    {"陳大文", "大文", NULL, "陳", NULL, NULL},
    {"欧阳修", "修", NULL, "欧阳", NULL, NULL},
    {"诸葛亮", "亮", NULL, "诸葛", NULL, NULL},
    {"司马相如", "相如", NULL, "司马", NULL, NULL},
    {"李 飞飞", "飞飞", NULL, "李", NULL, NULL},
    {"王伟 0004", "伟", NULL, "王", NULL, "0004"},
    {"김정은", "정은", NULL, "김", NULL, NULL},
    {"이산", "산", NULL, "이", NULL, NULL},
    {"남궁민수", "민수", NULL, "남궁", NULL, NULL},
    {"山田 太郎", "太郎", NULL, "山田", NULL, NULL},
    {"やまだ たろう", "たろう", NULL, "やまだ", NULL, NULL},
};

static size_t wrong_parts(const Person *person, const Name *name)
{
    return str_differs(name->given, str_from(person->given), person->text) +
           (size_t)str_differs(name->non_dropping, str_from(person->particle),
                               person->text) +
           str_differs(name->family, str_from(person->family), person->text) +
           str_differs(name->suffix, str_from(person->suffix), person->text) +
           str_differs(name->homonym, str_from(person->homonym), person->text) +
           str_differs(name->literal, STR_EMPTY, person->text) +
           str_differs(name->dropping, STR_EMPTY, person->text);
}

static void assert_people(const Person *people, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        NameOddity oddity = NAME_SYMBOLS;
        Name name = name_parse(str_from(people[i].text), &oddity);
        wrong += wrong_parts(&people[i], &name);
        if (oddity != NAME_FINE) {
            print_error("%s: odd (%d)\n", people[i].text, (int)oddity);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define ASSERT_PEOPLE(table) assert_people(table, sizeof(table) / sizeof(table)[0])

static void western_names(void **state)
{
    (void)state;
    ASSERT_PEOPLE(WESTERN);
}

static void names_with_particles(void **state)
{
    (void)state;
    ASSERT_PEOPLE(WITH_PARTICLES);
}

static void family_names_of_several_words(void **state)
{
    (void)state;
    ASSERT_PEOPLE(CAPITAL);
}

static void suffixes_numbers_and_commas(void **state)
{
    (void)state;
    ASSERT_PEOPLE(ENDINGS);
}

static void east_asian_names(void **state)
{
    (void)state;
    ASSERT_PEOPLE(EAST_ASIAN);
}

/* Bodies, and names that nobody can split. */
static void literals(void **state)
{
    static const char *const ROWS[] = {
        "OpenAI",
        "DeepMind",
        "DeepSeek-AI",
        "NASA",
        "Gemini Team",
        "Qwen Team",
        "The ATLAS Collaboration",
        "Open X-Embodiment Collaboration",
        "Stanford University",
        "University of Toronto",
        "Institute for Advanced Study",
        "World Health Organization",
        "Association for Computational Linguistics",
        "National Science Foundation",
        "Barnes and Noble",
        "European Commission",
        "Google Research",
        "Google Inc.",
        "University of California, Berkeley, USA",
        /* A Japanese family name has one, two or three characters. */
        "山田太郎",
        "宮崎駿",
        "アリストテレス",
        /* More words than a name has. */
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        NameOddity oddity;
        Str text = str_from(ROWS[i]);
        Name name = name_parse(text, &oddity);
        wrong += str_differs(name.literal, text, ROWS[i]);
        wrong += str_differs(name.family, STR_EMPTY, ROWS[i]);
        wrong += str_differs(name.given, STR_EMPTY, ROWS[i]);
        wrong += oddity != NAME_FINE;
    }
    assert_int_equal(wrong, 0);
}

static void oddities(void **state)
{
    static const struct {
        const char *text;
        NameOddity oddity;
    } ROWS[] = {
        {"OpenAI Jonathan Ho", NAME_ORGANISATION_FIRST},
        {"Google Jane Doe", NAME_ORGANISATION_FIRST},
        {"UCLA Terence Tao", NAME_ORGANISATION_FIRST},
        {"J0hn Smith", NAME_DIGITS},
        {"Mark Chen 003", NAME_DIGITS},
        {"Mark Chen 00003", NAME_DIGITS},
        {"John Smith3", NAME_DIGITS},
        {"0003", NAME_DIGITS},
        {"John Smith*", NAME_SYMBOLS},
        {"jane@example.org", NAME_SYMBOLS},
        {"Jane <b>Doe</b>", NAME_SYMBOLS},
        {"Ren{\\'e} Thom", NAME_SYMBOLS},
        {"Jane Doe & John Roe", NAME_SYMBOLS},
        {"John Smith?", NAME_SYMBOLS},
        /* What looks odd and is not. */
        {"JANE ROE SMITH", NAME_FINE},
        {"JJ Allaire", NAME_FINE},
        {"DJ Strouse", NAME_FINE},
        {"Yu-Chiang Frank Wang", NAME_FINE},
        {"Mark Chen 0003", NAME_FINE},
        {"Sammy Davis, Jr.", NAME_FINE},
        {"Sinéad O’Connor-Smith", NAME_FINE},
        {"OpenAI", NAME_FINE},
        {"Meta Doe", NAME_FINE},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        NameOddity oddity;
        Name name = name_parse(str_from(ROWS[i].text), &oddity);
        bool kept = name.family.size > 0 || name.literal.size > 0;
        if (oddity != ROWS[i].oddity || !kept) {
            print_error("%s: %d\n", ROWS[i].text, (int)oddity);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void put_together_again(void **state)
{
    static const struct {
        const char *text, *family, *given, *natural;
    } ROWS[] = {
        {"Laurens van der Maaten", "van der Maaten", "Laurens", "Laurens van der Maaten"},
        {"van der Maaten, Laurens", "van der Maaten", "Laurens",
         "Laurens van der Maaten"},
        {"Hinton, Geoffrey E.", "Hinton", "Geoffrey E.", "Geoffrey E. Hinton"},
        {"Sammy Davis, Jr.", "Davis", "Sammy", "Sammy Davis Jr."},
        {"Jean d'Alembert", "d'Alembert", "Jean", "Jean d'Alembert"},
        {"Jean d’Alembert", "d’Alembert", "Jean", "Jean d’Alembert"},
        {"Harun al-Rashid", "al-Rashid", "Harun", "Harun al-Rashid"},
        {"Gerard 't Hooft", "'t Hooft", "Gerard", "Gerard 't Hooft"},
        {"Mark Chen 0003", "Chen", "Mark", "Mark Chen"},
        {"Aristotle", "Aristotle", "", "Aristotle"},
        {"Gemini Team", "Gemini Team", "", "Gemini Team"},
        {"李 飞飞", "李", "飞飞", "李飞飞"},
        {"山田 太郎", "山田", "太郎", "山田太郎"},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        NameOddity oddity;
        const char *text = ROWS[i].text;
        Name name = name_parse(str_from(text), &oddity);
        wrong += str_differs(name_family(&arena, &name), str_from(ROWS[i].family), text);
        wrong += str_differs(name_given(&arena, &name), str_from(ROWS[i].given), text);
        wrong +=
            str_differs(name_natural(&arena, &name), str_from(ROWS[i].natural), text);
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

/* CSL tells a particle that goes with the given names from one that stays. */
static void dropping_particles(void **state)
{
    Arena arena = {0};
    (void)state;
    Name name = {.given = STR("Jean"),
                 .dropping = STR("de"),
                 .non_dropping = STR("La"),
                 .family = STR("Fontaine"),
                 .suffix = STR_EMPTY,
                 .literal = STR_EMPTY,
                 .homonym = STR_EMPTY};
    ASSERT_STR(name_given(&arena, &name), "Jean de");
    ASSERT_STR(name_family(&arena, &name), "La Fontaine");
    ASSERT_STR(name_natural(&arena, &name), "Jean de La Fontaine");
    arena_free(&arena);
}

static bool same(Arena *arena, const char *a, const char *b)
{
    NameOddity oddity;
    Name x = name_parse(str_from(a), &oddity), y = name_parse(str_from(b), &oddity);
    bool equal = name_equal(arena, &x, &y);
    assert_int_equal(equal, name_equal(arena, &y, &x));
    return equal;
}

static void comparing(void **state)
{
    static const char *const SAME[][2] = {
        {"Geoffrey Hinton", "Geoffrey Hinton"},
        {"Geoffrey Hinton", "GEOFFREY HINTON"},
        {"Geoffrey Hinton", "Hinton, Geoffrey"},
        {"Mark Chen 0003", "Mark Chen 0004"},
        {"Mark Chen", "Mark Chen 0004"},
        {"Łukasz Kaiser", "ŁUKASZ KAISER"},
        {"Paul Erdős", "Paul Erdo\xcc\x8bs"},
        {"Lev Émond", "Lev E\xcc\x81mond"},
        {"OpenAI", "openai"},
        {"李飞飞", "李 飞飞"},
    };
    static const char *const OTHERS[][2] = {
        {"Mark Chen", "Max Chen"},     {"Mark Chen", "Mark Cheng"},
        {"Paul Erdős", "Paul Erdos"},  {"Sammy Davis", "Sammy Davis Jr."},
        {"Geoffrey Hinton", "Hinton"}, {"李飞飞", "李飞"},
    };
    Arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
        if (!same(&arena, SAME[i][0], SAME[i][1]))
            fail_msg("%s", SAME[i][0]);
    }
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        if (same(&arena, OTHERS[i][0], OTHERS[i][1]))
            fail_msg("%s", OTHERS[i][0]);
    }
    arena_free(&arena);
}

static void script_of_a_name(void **state)
{
    static const char *const CJK[] = {"李飞飞", "山田 太郎", "김정은", "山田太郎"},
                             *const OTHERS[] = {"Fei-Fei Li", "OpenAI", "Łukasz Kaiser",
                                                "Fei-Fei 李 Li"};
    NameOddity oddity;
    (void)state;
    for (size_t i = 0; i < sizeof CJK / sizeof CJK[0]; i++) {
        Name name = name_parse(str_from(CJK[i]), &oddity);
        assert_true(name_is_cjk(&name));
    }
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        Name name = name_parse(str_from(OTHERS[i]), &oddity);
        assert_false(name_is_cjk(&name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(western_names),
        cmocka_unit_test(names_with_particles),
        cmocka_unit_test(family_names_of_several_words),
        cmocka_unit_test(suffixes_numbers_and_commas),
        cmocka_unit_test(east_asian_names),
        cmocka_unit_test(literals),
        cmocka_unit_test(oddities),
        cmocka_unit_test(put_together_again),
        cmocka_unit_test(dropping_particles),
        cmocka_unit_test(comparing),
        cmocka_unit_test(script_of_a_name),
    };
    return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
