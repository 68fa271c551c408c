/* SPDX-License-Identifier: MIT
 * A record comes out of its packing as it went in. */
#include "tests/unit/assert_str.h"

#include "convert/pipeline/pack.h"

static const Str FILE_NAME = {"a.bib", 5};

static void fill(Record *rec)
{
    static const Run RUNS[] = {{0, 4, MARK_ITALIC}, {2, 3, MARK_SUP}};
    static const Name NAMES[] = {{.given = {"Ludwig", 6},
                                  .dropping = {"van", 3},
                                  .non_dropping = {"", 0},
                                  .family = {"Beethoven", 9},
                                  .suffix = {"Jr.", 3},
                                  .literal = {"", 0},
                                  .homonym = {"0003", 4},
                                  .comma_suffix = true,
                                  .static_order = true},
                                 {.given = {"", 0},
                                  .dropping = {"", 0},
                                  .non_dropping = {"", 0},
                                  .family = {"", 0},
                                  .suffix = {"", 0},
                                  .literal = {"UN", 2},
                                  .homonym = {"", 0}}};
    rec->kind = KIND_PAPER_CONFERENCE;
    rec->type = STR("inproceedings");
    rec->key = STR("k:1");
    rec->origin = STR("bibtex");
    rec->place = (Place){FILE_NAME, 70000, 3};
    size_t written =
        record_add_written(rec, STR("title"), STR("{a \0 b}"), (Place){FILE_NAME, 7, 2});
    rec->written[0].dropped = true;
    Field *title =
        record_add_text(rec, FIELD_TITLE, STR("title"), (Place){FILE_NAME, 7, 2},
                        (Text){.text = STR("a \0 bcdef"), .runs = RUNS, .run_count = 2});
    title->written = written;
    Field *author = record_add(rec, FIELD_AUTHOR, STR("author"), (Place){{"b", 1}, 8, 9});
    author->names = (Names){NAMES, 2, CUT_CERTAIN};
    Field *issued = record_add(rec, FIELD_ISSUED, STR("date"), (Place){FILE_NAME, 9, 1});
    assert_true(date_parse(STR("-0876-03-04T10:10:10Z/.."), &issued->date) ||
                date_parse(STR("2004~/.."), &issued->date));
    Field *other = record_add_other(rec, STR("crossref"), (Place){FILE_NAME, 1, 1},
                                    text_plain(STR("p")));
    other->shadow = true;
    Field *literal = record_add(rec, FIELD_ACCESSED, STR("x"), (Place){FILE_NAME, 2, 1});
    literal->date = date_literal(STR("yesterday"));
    Field *digits =
        record_add(rec, FIELD_ORIGINAL_DATE, STR("y"), (Place){FILE_NAME, 2, 4});
    assert_true(date_parse(STR("199X"), &digits->date));
}

static void assert_same_text(const Text *a, const Text *b)
{
    assert_true(str_equal(a->text, b->text));
    assert_int_equal(a->run_count, b->run_count);
    for (size_t i = 0; i < a->run_count; i++) {
        assert_int_equal(a->runs[i].start, b->runs[i].start);
        assert_int_equal(a->runs[i].end, b->runs[i].end);
        assert_int_equal(a->runs[i].mark, b->runs[i].mark);
    }
}

static void assert_same_names(const Names *a, const Names *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->cut, b->cut);
    for (size_t i = 0; i < a->count; i++) {
        assert_true(str_equal(a->items[i].given, b->items[i].given));
        assert_true(str_equal(a->items[i].dropping, b->items[i].dropping));
        assert_true(str_equal(a->items[i].non_dropping, b->items[i].non_dropping));
        assert_true(str_equal(a->items[i].family, b->items[i].family));
        assert_true(str_equal(a->items[i].suffix, b->items[i].suffix));
        assert_true(str_equal(a->items[i].literal, b->items[i].literal));
        assert_true(str_equal(a->items[i].homonym, b->items[i].homonym));
        assert_true(a->items[i].comma_suffix == b->items[i].comma_suffix);
        assert_true(a->items[i].static_order == b->items[i].static_order);
    }
}

static void assert_same_place(Place a, Place b)
{
    assert_true(str_equal(a.file, b.file));
    assert_int_equal(a.line, b.line);
    assert_int_equal(a.col, b.col);
}

static void assert_same(const Record *a, const Record *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_true(str_equal(a->type, b->type) && str_equal(a->key, b->key) &&
                str_equal(a->origin, b->origin) && str_equal(a->matter, b->matter));
    assert_same_place(a->place, b->place);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const Field *x = &a->fields[i], *y = &b->fields[i];
        assert_int_equal(x->id, y->id);
        assert_int_equal(x->form, y->form);
        assert_int_equal(x->shadow, y->shadow);
        assert_int_equal(x->written, y->written);
        assert_true(str_equal(x->tag, y->tag));
        assert_same_place(x->place, y->place);
        assert_same_text(&x->text, &y->text);
        assert_same_names(&x->names, &y->names);
        assert_true(date_equal(&x->date, &y->date));
        assert_true(str_equal(x->date.literal, y->date.literal));
        assert_true(str_equal(x->date.from.time, y->date.from.time));
    }
    assert_int_equal(a->written_count, b->written_count);
    for (size_t i = 0; i < a->written_count; i++) {
        assert_true(str_equal(a->written[i].tag, b->written[i].tag));
        assert_true(str_equal(a->written[i].value, b->written[i].value));
        assert_same_place(a->written[i].place, b->written[i].place);
        assert_int_equal(a->written[i].dropped, b->written[i].dropped);
    }
}

static void all_comes_back(void **state)
{
    (void)state;
    Record rec = {0}, again = {0};
    Buf packed = {0};
    record_reset(&rec);
    record_reset(&again);
    fill(&rec);
    pack_record(&packed, &rec);
    unpack_record(buf_str(&packed), &again);
    assert_same(&rec, &again);
    record_add_text(&again, FIELD_NOTE, STR("note"), (Place){0}, text_plain(STR("more")));
    assert_int_equal(again.count, rec.count + 1);
    record_free(&rec);
    record_free(&again);
    buf_free(&packed);
}

static void empty_and_matter(void **state)
{
    (void)state;
    Record rec = {0}, again = {0};
    Buf packed = {0};
    record_reset(&rec);
    record_reset(&again);
    rec.matter = STR("@comment{x}");
    pack_record(&packed, &rec);
    unpack_record(buf_str(&packed), &again);
    assert_same(&rec, &again);
    record_free(&rec);
    record_free(&again);
    buf_free(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_comes_back),
        cmocka_unit_test(empty_and_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
