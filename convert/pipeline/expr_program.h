/* SPDX-License-Identifier: MIT
 * What expr_open makes of the text and expr_fits runs: tests and the operators between
 * them, flat and in postfix order. */
#ifndef CITECONV_PIPELINE_EXPR_PROGRAM_H
#define CITECONV_PIPELINE_EXPR_PROGRAM_H

#include "convert/pipeline/expr.h"
#include "convert/pipeline/word.h"

typedef enum Compare {
    COMPARE_HAS,
    COMPARE_EQUAL, /* also "in": one of the values */
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_MORE,
    COMPARE_MORE_EQUAL,
    COMPARE_CONTAINS,
    COMPARE_LIKE
} Compare;

/* As far as it is known: month and day may be 0. */
typedef struct Moment {
    int year, month, day;
} Moment;

/* One end of a range, or a single value. */
typedef struct Value {
    Str text;  /* as given */
    Str plain; /* unicode_plain of it */
    bool is_number, is_moment;
    double number;
    Moment moment;
} Value;
typedef struct Wanted {
    bool range;      /* else `low` alone counts */
    Value low, high; /* of a range, a text that is empty leaves that end open */
} Wanted;

typedef enum Subject { SUBJECT_FIELD, SUBJECT_TYPE, SUBJECT_KEY, SUBJECT_ANY } Subject;

typedef struct Test {
    Subject subject;
    FieldWord field;
    Compare compare;
    size_t first, count; /* of the Wanted */
    bool met;
} Test;

typedef enum Op { OP_TEST, OP_NOT, OP_AND, OP_OR } Op;

enum { EXPR_DEPTH = 256 }; /* operators and brackets that wait for their end */

struct Expr {
    Arena arena;
    Arena scratch;      /* of one record's trial */
    unsigned char *ops; /* Op; each OP_TEST is the next of the tests */
    size_t op_count, op_capacity;
    Test *tests;
    size_t test_count, test_capacity;
    Wanted *wanted;
    size_t wanted_count, wanted_capacity;
};

/* Reads "2020", "2020-05", "-0044"; false where it is more or something else. */
bool moment_parse(Str s, Moment *moment);
/* A number that is all of `s`. */
bool number_parse(Str s, double *number);

#endif
