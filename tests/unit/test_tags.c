/* SPDX-License-Identifier: MIT
 * Looking tags up, with and without the user's lines. */
#include "tests/unit/assert_str.h"

#include "formats/tags.h"

static const FieldTag FIELDS[] = {
    {"T2", FIELD_CONTAINER_TITLE, KINDS_OF(KIND_CHAPTER) | KINDS_OF(KIND_ARTICLE_JOURNAL),
     3, NULL},
    {"T2", FIELD_COLLECTION_TITLE, KINDS_ALL, 4, NULL},
    {"JO", FIELD_CONTAINER_TITLE, KINDS_ALL, 5, NULL},
    {"N1", FIELD_NOTE, KINDS_ALL, 0, NULL},
    {NULL, FIELD_OTHER, 0, 0, NULL},
};
static const KindTag KINDS[] = {
    {"JOUR", KIND_ARTICLE_JOURNAL, NULL},
    {"GEN", KIND_DOCUMENT, NULL},
    {"EJOUR", KIND_ARTICLE_JOURNAL, NULL},
    {NULL, KIND_DOCUMENT, NULL},
};
static const Format FORMAT = {.name = "test", .kinds = KINDS, .fields = FIELDS};
static const Format BARE = {.name = "bare"};

static void own_table(void **state)
{
    (void)state;
    Tags *tags = tags_open(&FORMAT, NULL);
    assert_int_equal(tags_field(tags, STR("T2"), KIND_CHAPTER)->field,
                     FIELD_CONTAINER_TITLE);
    assert_int_equal(tags_field(tags, STR("t2"), KIND_BOOK)->field,
                     FIELD_COLLECTION_TITLE);
    assert_null(tags_field(tags, STR("ZZ"), KIND_BOOK));
    assert_null(tags_field(tags, STR(""), KIND_BOOK));
    assert_int_equal(tags_kind(tags, STR("ejour"))->kind, KIND_ARTICLE_JOURNAL);
    assert_null(tags_kind(tags, STR("EJOURN")));
    assert_string_equal(tags_type(tags, KIND_ARTICLE_JOURNAL)->tag, "JOUR");
    assert_null(tags_type(tags, KIND_MAP));
    /* The first row that fits writes. */
    assert_string_equal(tags_row(tags, FIELD_CONTAINER_TITLE, KIND_CHAPTER)->tag, "T2");
    assert_string_equal(tags_row(tags, FIELD_CONTAINER_TITLE, KIND_BOOK)->tag, "JO");
    assert_null(tags_row(tags, FIELD_DOI, KIND_BOOK));
    tags_close(tags);
    tags = tags_open(&BARE, NULL);
    assert_null(tags_field(tags, STR("T2"), KIND_BOOK));
    assert_null(tags_kind(tags, STR("JOUR")));
    assert_null(tags_fields(tags)->tag);
    assert_null(tags_kinds(tags)->tag);
    tags_close(tags);
}

static void lines_of_the_user(void **state)
{
    static const char *const LINES[] = {
        "# a comment",
        "",
        "test field C7 = number article-journal",
        "TEST field T2 = event-title paper-conference speech",
        "test field N1 = -",
        "test field JO = title",
        "test field JO = publisher", /* the last counts */
        "other field N1 = title",
        "test type CHAP = chapter",
        "test type GEN = map",
    };
    (void)state;
    TagMap *map = tag_map_open();
    size_t column = 1;
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++)
        assert_null(tag_map_add_line(map, str_from(LINES[i]), &column));
    Tags *tags = tags_open(&FORMAT, map);
    assert_int_equal(tags_field(tags, STR("C7"), KIND_ARTICLE_JOURNAL)->field,
                     FIELD_NUMBER);
    assert_null(tags_field(tags, STR("C7"), KIND_BOOK));
    const FieldTag *row = tags_field(tags, STR("T2"), KIND_SPEECH);
    assert_int_equal(row->field, FIELD_EVENT_TITLE);
    assert_int_equal(row->how, 3); /* spelled as the tag's own row says */
    assert_int_equal(tags_field(tags, STR("T2"), KIND_CHAPTER)->field,
                     FIELD_CONTAINER_TITLE);
    assert_int_equal(tags_field(tags, STR("N1"), KIND_BOOK)->field, FIELD_OTHER);
    assert_int_equal(tags_field(tags, STR("JO"), KIND_BOOK)->field, FIELD_PUBLISHER);
    assert_int_equal(tags_kind(tags, STR("CHAP"))->kind, KIND_CHAPTER);
    assert_int_equal(tags_kind(tags, STR("GEN"))->kind, KIND_MAP);
    assert_string_equal(tags_type(tags, KIND_CHAPTER)->tag, "CHAP");
    assert_string_equal(tags_row(tags, FIELD_PUBLISHER, KIND_BOOK)->tag, "JO");
    tags_close(tags);
    tag_map_close(map);
}

static void wrong_lines(void **state)
{
    static const struct {
        const char *line;
        size_t column;
    } ROWS[] = {
        {"test", 1},
        {"test tag C7 = number", 6},
        {"test field C7 number", 15},
        {"test field C7 = colour", 17},
        {"test field C7 = number colour", 24},
        {"test type C7 = colour", 16},
        {"test type C7 = map chapter", 20},
        {"test field C7 =", 15},
        {"test field C7", 12},
    };
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        TagMap *map = tag_map_open();
        size_t column = 1;
        const char *said = tag_map_add_line(map, str_from(ROWS[i].line), &column);
        if (said == NULL || column != ROWS[i].column) {
            print_error("%s: column %zu, not %zu: %s\n", ROWS[i].line, column,
                        ROWS[i].column, said != NULL ? said : "taken");
            wrong++;
        }
        tag_map_close(map);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_table),
        cmocka_unit_test(lines_of_the_user),
        cmocka_unit_test(wrong_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
