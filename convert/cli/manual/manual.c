/* SPDX-License-Identifier: MIT
 * Makes a page of the manual from its source, which is mdoc(7) with lines such as
 *
 *     .\" @fields ris
 *
 * in whose place come the format's own tables.  Run while citeconv is built. */
#include "convert/base/memory.h"
#include "formats/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const VENUES[] = {
#define VENUE(line) (line),
#include "convert/record/venue.def"
#undef VENUE
};

/* Words as mdoc has them. */

static void add_escaped(Buf *text, Str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] == '\\')
            buf_add(text, STR("\\e"));
        else if (s.data[i] == '"')
            buf_add(text, STR("\\(dq"));
        else if (s.data[i] == '.')
            buf_add(text, STR(".\\&")); /* ends no sentence */
        else
            buf_add_byte(text, s.data[i]);
    }
}

/* An argument of a macro, which may be named like a macro or be punctuation. */
static void put_argument(Str s)
{
    Buf text = {0};
    add_escaped(&text, s);
    printf(" \"\\&%.*s\"", STR_ARG(buf_str(&text)));
    buf_free(&text);
}

/* A line of text, which may begin with what would be a macro. */
static void put_text(Str s)
{
    Buf text = {0};
    add_escaped(&text, s);
    printf("\\&%.*s\n", STR_ARG(buf_str(&text)));
    buf_free(&text);
}

/* Tables.  Types and fields are both rows: a tag, what it means in CSL's words, where. */

typedef struct Row {
    const char *tag, *meaning;
    Kinds kinds;
    const char *remark;
} Row;

static Row *rows_of_kinds(const KindTag *tags)
{
    Row *rows = NULL;
    size_t count = 0;
    do {
        rows = memory_resize(rows, (count + 1) * sizeof *rows);
        rows[count] = (Row){tags[count].tag, NULL, KINDS_ALL, tags[count].remark};
        if (tags[count].tag != NULL)
            rows[count].meaning = kind_name(tags[count].kind);
    } while (tags[count++].tag != NULL);
    return rows;
}

static Row *rows_of_fields(const FieldTag *tags)
{
    Row *rows = NULL;
    size_t count = 0;
    do {
        rows = memory_resize(rows, (count + 1) * sizeof *rows);
        rows[count] = (Row){tags[count].tag, NULL, tags[count].kinds, tags[count].remark};
        if (tags[count].tag != NULL)
            rows[count].meaning = field_name(tags[count].field);
    } while (tags[count++].tag != NULL);
    return rows;
}

static size_t count_kinds(Kinds kinds)
{
    size_t count = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        count += (kinds >> kind & 1) != 0;
    return count;
}

/* CSL's own word, which needs no row of its own. */
static bool is_own_word(const Row *row)
{
    return strcmp(row->tag, row->meaning) == 0 && row->remark == NULL &&
           count_kinds(row->kinds) == KIND_COUNT;
}

/* Some tables have rows for reading only that say again what was said. */
static bool is_said(const Row *rows, const Row *row)
{
    for (; rows < row; rows++) {
        if (strcmp(rows->tag, row->tag) == 0 &&
            strcmp(rows->meaning, row->meaning) == 0 && row->remark == NULL &&
            (row->kinds & ~rows->kinds) == 0)
            return true;
    }
    return false;
}

/* " (of book, report; as the page has it)" */
static void add_condition(Buf *text, const Row *row)
{
    size_t count = count_kinds(row->kinds);
    bool all = count == KIND_COUNT, except = count > KIND_COUNT / 2;
    if (all && row->remark == NULL)
        return;
    buf_add(text, all ? STR(" (") : except ? STR(" (not of ") : STR(" (of "));
    const char *between = "";
    for (int kind = 0; kind < KIND_COUNT && !all; kind++) {
        if (((row->kinds >> kind & 1) != 0) == except)
            continue;
        buf_format(text, "%s%s", between, kind_name((Kind)kind));
        between = ", ";
    }
    if (row->remark != NULL)
        buf_format(text, "%s%s", all ? "" : "; ", row->remark);
    buf_add_byte(text, ')');
}

/* No word of CSL's, but that of citeconv for tags that it has no word for. */
static bool is_other(const Row *row)
{
    return strcmp(row->meaning, field_name(FIELD_OTHER)) == 0;
}

static void put_own_words(const Row *rows)
{
    bool any = false;
    for (const Row *row = rows; row->tag != NULL; row++) {
        if (!is_own_word(row) || is_said(rows, row) || is_other(row))
            continue;
        printf(any ? " ,\n" : "As in CSL are\n");
        printf(".Cm");
        put_argument(str_from(row->tag));
        any = true;
    }
    if (any)
        printf(" .\n");
}

/* For most of the tags: longer ones stand in a line of their own. */
static int tag_width(const Row *rows)
{
    enum { WIDEST = 17 };
    size_t most = 0;
    for (; rows->tag != NULL; rows++) {
        size_t size = strlen(rows->tag);
        if (!is_own_word(rows) && size > most)
            most = size < WIDEST ? size : WIDEST;
    }
    return (int)most;
}

static void put_rows(const Row *rows)
{
    Buf text = {0};
    bool any = false;
    int width = tag_width(rows);
    put_own_words(rows);
    for (const Row *row = rows; row->tag != NULL; row++) {
        if (is_own_word(row) || is_said(rows, row))
            continue;
        if (!any)
            printf(".Bl -tag -width %dn -compact\n", width);
        any = true;
        printf(".It Cm");
        put_argument(str_from(row->tag));
        putchar('\n');
        buf_clear(&text);
        buf_add(&text, str_from(row->meaning));
        add_condition(&text, row);
        put_text(buf_str(&text));
    }
    if (any)
        printf(".El\n");
    buf_free(&text);
}

/* Variables of CSL that no tag of the format means. */
static void put_lost(const FieldTag *tags)
{
    const char *between = "";
    for (int field = 0; field < FIELD_COUNT; field++) {
        const FieldTag *tag = tags;
        while (tag->tag != NULL && tag->field != (FieldId)field)
            tag++;
        if (tag->tag != NULL || field == FIELD_OTHER)
            continue;
        printf("%s.Cm", between);
        put_argument(str_from(field_name((FieldId)field)));
        between = " ,\n";
    }
    printf(" .\n");
}

static void put_options(const Format *format)
{
    printf(".Bl -tag -width Ds\n");
    for (const Option *o = format->options; o->name != NULL; o++) {
        printf(".It Fl -opt Ns = Ns Cm %s.%s Ns = Ns", format->name, o->name);
        Str rest = o->values != NULL ? str_from(o->values) : STR_EMPTY, each;
        const char *between = "";
        while (rest.size > 0 && str_split(&rest, '|', &each)) {
            printf("%s Cm %.*s", between, STR_ARG(each));
            between = " Ns | Ns";
        }
        printf(o->values == NULL ? " Ar text\n" : "\n");
        put_text(str_from(o->help));
    }
    printf(".El\n");
}

/* The built-in table of venues, in the words of its own syntax. */
static void put_venues(void)
{
    printf(".Bl -tag -width Ds -compact\n");
    for (size_t i = 0; i < sizeof VENUES / sizeof VENUES[0]; i++) {
        Str rest = str_from(VENUES[i]), parts[8] = {{0}};
        for (size_t part = 0; part < 8 && str_split(&rest, '|', &parts[part]); part++)
            continue;
        printf(".It Cm");
        put_argument(parts[0]);
        putchar('\n');
        Buf text = {0};
        buf_add(&text, parts[2]);
        if (parts[1].size > 0)
            buf_format(&text, "; also %.*s", STR_ARG(parts[1]));
        if (parts[4].size > 0 && !str_equal(parts[4], parts[2]))
            buf_format(&text, "; titled %.*s", STR_ARG(parts[4]));
        if (parts[5].size > 0)
            buf_format(&text, "; volume %.*s", STR_ARG(parts[5]));
        if (parts[6].size > 0)
            buf_format(&text, "; ISSN %.*s", STR_ARG(parts[6]));
        if (parts[7].size > 0)
            buf_format(&text, "; %.*s", STR_ARG(parts[7]));
        put_text(buf_str(&text));
        buf_free(&text);
    }
    printf(".El\n");
}

/* What a line asks for; false where nobody knows it. */
static bool put_table(Str words)
{
    Str what, name = {0};
    str_word(&words, &what);
    if (str_equal(what, STR("venues"))) {
        put_venues();
        return true;
    }
    const Format *format = str_word(&words, &name) ? registry_find(name, ROLE_ANY) : NULL;
    Row *rows = NULL;
    if (format == NULL)
        return false;
    if (str_equal(what, STR("types")) && format->kinds != NULL)
        put_rows(rows = rows_of_kinds(format->kinds));
    else if (str_equal(what, STR("fields")) && format->fields != NULL)
        put_rows(rows = rows_of_fields(format->fields));
    else if (str_equal(what, STR("lost")) && format->fields != NULL)
        put_lost(format->fields);
    else if (str_equal(what, STR("options")) && format->options != NULL)
        put_options(format);
    else
        return false;
    free(rows);
    return true;
}

int main(int argc, char **argv)
{
    static const char MARK[] = ".\\\" @";
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    if (argc != 3 || freopen(argv[1], "r", stdin) == NULL ||
        freopen(argv[2], "w", stdout) == NULL) {
        perror("usage: citeconv-manual SOURCE PAGE");
        return 1;
    }
    while ((size = getline(&line, &capacity, stdin)) > 0) {
        Str text = {line, (size_t)size};
        if (!str_starts(text, str_from(MARK))) {
            fputs(line, stdout);
        } else if (!put_table(str_after(text, sizeof MARK - 1))) {
            fprintf(stderr, "%s: no such table: %s", argv[1], line);
            return 1;
        }
    }
    free(line);
    return ferror(stdin) != 0 || fflush(stdout) != 0;
}
