/* SPDX-License-Identifier: MIT
 * The order that comes out, whatever fits into memory. */
#include "tests/unit/caught.h"

#include "convert/pipeline/sort.h"

#include <stdlib.h>

enum { LARGE = 1 << 20 };

/* The keys of what comes out, a space behind each. */
static void order_of(const char *spec, const char *const *lines, size_t count,
                     size_t memory, Buf *keys)
{
    SortOrder order;
    Str wrong;
    assert_true(sort_parse(str_from(spec), &order, &wrong));
    Caught *caught = caught_open();
    Stage *first = sort_stage_open(&caught->stage, &order, true, memory);
    caught_run(caught, first, lines, count);
    Str rest = buf_str(&caught->lines), line;
    while (str_split(&rest, '\n', &line) && line.size > 0) {
        buf_add(keys, str_slice(line, 0, str_find_byte(line, ' ')));
        buf_add_byte(keys, ' ');
    }
    caught_close(caught, first);
}

typedef struct Case {
    const char *spec;
    const char *in[10];
    const char *out;
} Case;

static const Case CASES[] = {
    {"title",
     {"a x: title=b", "b x: title=A", "c x: title=a", "d x: title=Z"},
     "c b a d "},
    {"title",
     {"a x: title=Zebra", "b x: title=Édouard", "c x: title=eau", "d x: title=Ede"},
     "c d b a "},
    {"title",
     {"a x: title=Øre", "b x: title=Pa", "c x: title=Οδός", "d x: title=Дом"},
     "a b c d "},
    {"volume",
     {"a x: volume=10", "b x: volume=9", "c x: volume=IX", "d x: volume=9a"},
     "b d a c "},
    {"-volume",
     {"a x: volume=10", "b x: volume=9", "c x: note=1", "d x: volume=9a"},
     "a d b c "},
    {"issued",
     {"a x: issued=2020", "b x: issued=2019-12", "c x: issued=2020-01-02",
      "d x: title=no", "e x: issued=-0044", "f x: issued=2020-01"},
     "e b a f c d "},
    {"-issued,title",
     {"a x: issued=2020; title=B", "b x: issued=2021", "c x: issued=2020; title=A",
      "d x: title=no"},
     "b c a d "},
    {"author,issued",
     {"a x: author=Doe, Jane; issued=2001", "b x: author=Doe, Ann; issued=2003",
      "c x: author=Doe, Jane & Abel; issued=1999", "d x: author=Dö, Zoe",
      "e x: author=Doe, Jane; issued=2000"},
     "d b e a c "},
    {"key",
     {"B x: note=1", "a x: note=1", "c2 x: note=1", "c10 x: note=1"},
     "a B c2 c10 "},
    {"type,-key", {"a book: note=1", "b article: note=1", "c book: note=1"}, "b c a "},
    /* parents behind, each part sorted */
    {"key",
     {"b x: note=1", "d x: crossref=A", "A x: note=1", "c x: crossref=b",
      "a x: crossref=c"},
     "d a A b c "},
    /* alike: as they came */
    {"title",
     {"d x: title=T", "a x: title=T", "c x: note=1", "b x: note=1", "e x: title=S"},
     "e d a c b "},
};

static void orders(void **state)
{
    static const size_t MEMORY[] = {LARGE, 1, 300};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const Case *c = &CASES[i];
        size_t count = 0;
        while (count < 10 && c->in[count] != NULL)
            count++;
        for (size_t m = 0; m < 3; m++) {
            Buf keys = {0};
            order_of(c->spec, c->in, count, MEMORY[m], &keys);
            wrong += str_differs(buf_str(&keys), str_from(c->out), c->spec);
            buf_free(&keys);
        }
    }
    assert_int_equal(wrong, 0);
}

/* Many records in many runs: the same as in memory, and all of them. */
static void many_runs(void **state)
{
    enum { MANY = 5000 };
    static char lines[MANY][64];
    static const char *all[MANY];
    unsigned random = 1;
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        random = random * 1103515245u + 12345u;
        snprintf(lines[i], sizeof lines[i], "k%zu x: title=t%u", i, random >> 16 & 0x1ff);
        all[i] = lines[i];
    }
    Buf large = {0}, small = {0};
    order_of("title", all, MANY, LARGE * 16, &large);
    order_of("title", all, MANY, 10000, &small);
    assert_true(str_equal(buf_str(&large), buf_str(&small)));
    Str rest = buf_str(&large), key;
    size_t count = 0;
    while (str_word(&rest, &key))
        count++;
    assert_int_equal(count, MANY);
    buf_free(&large);
    buf_free(&small);
}

static void words(void **state)
{
    (void)state;
    SortOrder order;
    Str wrong;
    assert_true(sort_parse(STR("author, -issued,key,-type"), &order, &wrong));
    assert_int_equal(order.count, 4);
    assert_true(order.fields[1].descending && order.fields[1].id == FIELD_ISSUED);
    assert_int_equal(order.fields[2].by, SORT_BY_KEY);
    assert_true(order.fields[3].descending && order.fields[3].by == SORT_BY_TYPE);
    assert_false(sort_parse(STR("title,colour"), &order, &wrong));
    ASSERT_STR(wrong, "colour");
    assert_false(sort_parse(STR(""), &order, &wrong));
    assert_false(sort_parse(STR("key,key,key,key,key,key,key,key,key"), &order, &wrong));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders),
        cmocka_unit_test(many_runs),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
