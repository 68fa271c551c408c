/* SPDX-License-Identifier: MIT
 * Citation keys: how they are made and kept apart. */
#include "tests/unit/assert_str.h"

#include "convert/pipeline/key.h"

#include <unistd.h>

static Diag diag = {.fd = STDERR_FILENO};

static KeyMaker *open_maker(const Template *template)
{
    return key_open(template, SIZE_MAX, &diag);
}

typedef struct Work {
    const char *author, *title;
    int year;
} Work;

/* A record as a reader would fill it; NULL and 0 are not known. */
static void fill(Record *rec, FieldId who, const Work *work)
{
    NameOddity oddity;
    record_reset(rec);
    if (work->author != NULL) {
        Name *name = arena_alloc(&rec->arena, sizeof *name);
        *name = name_parse(str_from(work->author), &oddity);
        Field *field = record_add(rec, who, STR("author"), (Place){0});
        field->names = (Names){name, 1, CUT_NO};
    }
    if (work->year != 0)
        record_add(rec, FIELD_ISSUED, STR("year"), (Place){0})->date =
            date_year(work->year);
    if (work->title != NULL)
        record_add_text(rec, FIELD_TITLE, STR("title"), (Place){0},
                        text_find_math(&rec->arena, text_plain(str_from(work->title))));
}

static void made_keys(void **state)
{
    static const struct {
        Work work;
        const char *key;
    } ROWS[] = {
        {{"Ilya Sutskever", "Sequence to Sequence Learning with Neural Networks", 2014},
         "sutskever2014sequence"},
        {{"Ashish Vaswani", "Attention Is All You Need", 2017}, "vaswani2017attention"},
        /* The first word that says something. */
        {{"A. Author", "The Quick Fox", 2001}, "author2001quick"},
        {{"A. Author", "On the Origin of Species", 1859}, "author1859origin"},
        {{"A. Author", "A \"Quoted\" Word", 2001}, "author2001quoted"},
        {{"A. Author", "“Quoted” Word", 2001}, "author2001quoted"},
        {{"A. Author", "Über die Sprache", 1999}, "author1999uber"},
        {{"A. Author", "To Be or Not to Be", 1603}, "author1603to"},
        {{"A. Author", "Don't Stop", 2001}, "author2001dont"},
        {{"A. Author", "Don’t Stop", 2001}, "author2001dont"},
        {{"A. Author", "Q-Learning", 1992}, "author1992qlearning"},
        {{"A. Author", "GPT-4 Technical Report", 2023}, "author2023gpt"},
        {{"A. Author", "β-VAE: Basic Concepts", 2017}, "author2017vae"},
        {{"A. Author", "$O(n)$ Sorting", 2001}, "author2001sorting"},
        {{"A. Author", "Sort: Fast", 2001}, "author2001sort"},
        /* Families in ASCII, particles left out. */
        {{"Laurens van der Maaten", "Visualizing Data", 2008}, "maaten2008visualizing"},
        {{"Łukasz Kaiser", "One Model", 2017}, "kaiser2017one"},
        {{"Paul Erdős", "Graphs", 1960}, "erdos1960graphs"},
        {{"Conor O'Brien", "Graphs", 1960}, "obrien1960graphs"},
        {{"Jia-Bin Huang", "Graphs", 1960}, "huang1960graphs"},
        {{"Mark Chen 0003", "Graphs", 1960}, "chen1960graphs"},
        {{"OpenAI", "Report", 2023}, "openai2023report"},
        {{"Aristotle", "Poetics", 0}, "aristotlepoetics"},
        /* What is not known is left out. */
        {{NULL, "Graphs", 1960}, "1960graphs"},
        {{"A. Author", NULL, 1960}, "author1960"},
        {{"A. Author", "Graphs", 0}, "authorgraphs"},
        /* Other scripts are spelled; a Greek letter alone (β-VAE) is a sign. */
        {{"李飞飞", "Graphs", 2001}, "li2001graphs"},
        {{"李飞飞", "图", 0}, "litu"},
        {{"Яков Щукин", "О природе вещей", 2019}, "shchukin2019prirode"},
        {{NULL, NULL, 0}, "ref"},
    };
    Record rec = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        KeyMaker *maker = open_maker(NULL);
        fill(&rec, FIELD_AUTHOR, &ROWS[i].work);
        assert_true(key_assign(maker, &rec));
        wrong += str_differs(rec.key, str_from(ROWS[i].key), "a key is wrong");
        key_close(maker);
    }
    assert_int_equal(wrong, 0);
    record_free(&rec);
}

static const Work HINTON = {"Geoffrey Hinton", "Learning", 2000};

static void editors_stand_in_for_authors(void **state)
{
    KeyMaker *maker = open_maker(NULL);
    Record rec = {0};
    (void)state;
    fill(&rec, FIELD_EDITOR, &HINTON);
    assert_true(key_assign(maker, &rec));
    ASSERT_STR(rec.key, "hinton2000learning");
    record_free(&rec);
    key_close(maker);
}

static void given_keys_stay(void **state)
{
    KeyMaker *maker = open_maker(NULL);
    Record rec = {0};
    (void)state;
    fill(&rec, FIELD_AUTHOR, &HINTON);
    rec.key = STR("DBLP:conf/x/Hinton00");
    assert_true(key_assign(maker, &rec));
    ASSERT_STR(rec.key, "DBLP:conf/x/Hinton00");
    /* The same again stays, too, but is told. */
    assert_false(key_assign(maker, &rec));
    ASSERT_STR(rec.key, "DBLP:conf/x/Hinton00");
    rec.key = STR("dblp:conf/x/hinton00");
    assert_true(key_assign(maker, &rec));
    record_free(&rec);
    key_close(maker);
}

/* a, b, ..., z, aa, ab, ... */
static void suffixes(void **state)
{
    KeyMaker *maker = open_maker(NULL);
    Record rec = {0};
    (void)state;
    for (int i = 0; i <= 26 + 26 * 26 + 1; i++) {
        fill(&rec, FIELD_AUTHOR, &HINTON);
        assert_true(key_assign(maker, &rec));
        Str suffix = str_after(rec.key, sizeof "hinton2000learning" - 1);
        assert_true(str_starts(rec.key, STR("hinton2000learning")));
        if (i == 0)
            ASSERT_STR(suffix, "");
        else if (i == 1)
            ASSERT_STR(suffix, "a");
        else if (i == 26)
            ASSERT_STR(suffix, "z");
        else if (i == 27)
            ASSERT_STR(suffix, "aa");
        else if (i == 52)
            ASSERT_STR(suffix, "az");
        else if (i == 53)
            ASSERT_STR(suffix, "ba");
        else if (i == 26 + 26 * 26)
            ASSERT_STR(suffix, "zz");
        else if (i > 26 + 26 * 26)
            ASSERT_STR(suffix, "aaa");
    }
    record_free(&rec);
    key_close(maker);
}

/* No made key is ever that of an earlier record, given or made. */
static void made_keys_keep_clear_of_given_ones(void **state)
{
    static const char *const GIVEN[] = {"hinton2000learning", "hinton2000learningb"};
    static const char *const MADE[] = {"hinton2000learninga", "hinton2000learningc",
                                       "hinton2000learningd"};
    KeyMaker *maker = open_maker(NULL);
    Record rec = {0};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fill(&rec, FIELD_AUTHOR, &HINTON);
        rec.key = str_from(GIVEN[i]);
        assert_true(key_assign(maker, &rec));
    }
    for (size_t i = 0; i < 3; i++) {
        fill(&rec, FIELD_AUTHOR, &HINTON);
        assert_true(key_assign(maker, &rec));
        ASSERT_STR(rec.key, MADE[i]);
    }
    /* A given one may still meet a made one: that is told. */
    fill(&rec, FIELD_AUTHOR, &HINTON);
    rec.key = STR("hinton2000learningc");
    assert_false(key_assign(maker, &rec));
    record_free(&rec);
    key_close(maker);
}

/* In memory, or on disk but for a few. */
static void many_keys_are_remembered(void **state)
{
    enum { COUNT = 20000 };
    static const size_t MEMORY[] = {SIZE_MAX, 100000, 0};
    Record rec = {0};
    (void)state;
    for (size_t m = 0; m < sizeof MEMORY / sizeof MEMORY[0]; m++) {
        KeyMaker *maker = key_open(NULL, MEMORY[m], &diag);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < COUNT; i++) {
                record_reset(&rec);
                rec.key = arena_format(&rec.arena, "key%d", i);
                assert_int_equal(key_assign(maker, &rec), round == 0);
            }
        }
        assert_false(key_failed(maker));
        key_close(maker);
    }
    record_free(&rec);
}

/* How far a key's suffixes got is not forgotten while others come. */
static void suffixes_go_on_on_disk(void **state)
{
    enum { COUNT = 2000 };
    Record rec = {0};
    KeyMaker *makers[] = {key_open(NULL, SIZE_MAX, &diag), key_open(NULL, 0, &diag)};
    Buf keys[2] = {0};
    (void)state;
    for (size_t m = 0; m < 2; m++) {
        for (int i = 0; i < COUNT; i++) {
            fill(&rec, FIELD_AUTHOR, &(Work){"A. Author", "Graphs", 1900 + i % 40});
            assert_true(key_assign(makers[m], &rec));
            buf_add(&keys[m], rec.key);
            buf_add_byte(&keys[m], '\n');
            record_reset(&rec);
            rec.key = arena_format(&rec.arena, "author%dgraphsb%d", 1900 + i % 40, i);
            assert_true(key_assign(makers[m], &rec));
        }
        key_close(makers[m]);
    }
    ASSERT_STR(str_after(buf_str(&keys[0]), keys[0].size - 19), "author1939graphsaw\n");
    assert_true(str_equal(buf_str(&keys[0]), buf_str(&keys[1])));
    buf_free(&keys[0]);
    buf_free(&keys[1]);
    record_free(&rec);
}

static void long_words_make_no_long_keys(void **state)
{
    char title[500];
    KeyMaker *maker = open_maker(NULL);
    Record rec = {0};
    (void)state;
    for (size_t i = 0; i < sizeof title - 1; i++)
        title[i] = 'x';
    title[sizeof title - 1] = '\0';
    fill(&rec, FIELD_AUTHOR, &(Work){"Geoffrey Hinton", title, 2000});
    assert_true(key_assign(maker, &rec));
    assert_true(str_starts(rec.key, STR("hinton2000xxx")));
    assert_true(rec.key.size < 100);
    record_free(&rec);
    key_close(maker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_keys),
        cmocka_unit_test(editors_stand_in_for_authors),
        cmocka_unit_test(given_keys_stay),
        cmocka_unit_test(suffixes),
        cmocka_unit_test(made_keys_keep_clear_of_given_ones),
        cmocka_unit_test(many_keys_are_remembered),
        cmocka_unit_test(suffixes_go_on_on_disk),
        cmocka_unit_test(long_words_make_no_long_keys),
    };
    return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
