/* SPDX-License-Identifier: MIT
 * From the text of an expression to its program; see expr.h.  Dijkstra's shunting yard:
 * operators wait on a stack of their own, nothing recurs. */
#include "convert/pipeline/expr.h"
#include "convert/base/memory.h"
#include "convert/pipeline/expr_program.h"
#include "convert/text/unicode.h"

#include <stdlib.h>
#include <string.h>

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_SIGN, /* == != < ~ ! && ... */
    TOKEN_WORD,
    TOKEN_QUOTED,
    TOKEN_WRONG
} TokenKind;

typedef struct Token {
    TokenKind kind;
    Str text;
    size_t at;
} Token;

typedef struct Parser {
    Str text;
    size_t at; /* behind `token` */
    Token token;
    Expr *expr;
    enum Waiting { WAIT_AND, WAIT_OR, WAIT_NOT, WAIT_BRACKET } waiting[EXPR_DEPTH];
    size_t waiting_count;
    const char *wrong; /* NULL: fine so far */
    size_t wrong_at;
} Parser;

static bool fail(Parser *p, const char *wrong, size_t at)
{
    if (p->wrong == NULL) {
        p->wrong = wrong;
        p->wrong_at = at;
    }
    return false;
}

/* Tokens. */

static size_t sign_size(Str s)
{
    static const char *const SIGNS[] = {"==", "!=", "<=", ">=", "!~", "=~", "&&",
                                        "||", "=",  "<",  ">",  "~",  "!"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
        if (str_starts(s, str_from(SIGNS[i])))
            return strlen(SIGNS[i]);
    }
    return 0;
}

static bool ends_word(Str s)
{
    char c = s.data[0];
    return byte_is_space(c) || c == '(' || c == ')' || c == ',' || c == '"' ||
           sign_size(s) > 0;
}

static Token read_quoted(Parser *p, size_t at)
{
    char quote = p->text.data[at];
    Buf out = {0};
    Token token = {.kind = TOKEN_WRONG, .text = STR_EMPTY, .at = at};
    for (size_t i = at + 1; i < p->text.size; i++) {
        char c = p->text.data[i];
        if (c == quote) {
            token.kind = TOKEN_QUOTED;
            token.text = arena_copy(&p->expr->arena, buf_str(&out));
            p->at = i + 1;
            break;
        }
        if (c == '\\' && i + 1 < p->text.size &&
            (p->text.data[i + 1] == quote || p->text.data[i + 1] == '\\'))
            c = p->text.data[++i];
        buf_add_byte(&out, c);
    }
    buf_free(&out);
    if (token.kind == TOKEN_WRONG)
        fail(p, "the quotation mark is not closed", at);
    return token;
}

static void next_token(Parser *p)
{
    Str s = p->text;
    while (p->at < s.size && byte_is_space(s.data[p->at]))
        p->at++;
    size_t at = p->at;
    p->token = (Token){.kind = TOKEN_END, .text = STR_EMPTY, .at = at};
    if (at == s.size)
        return;
    char c = s.data[at];
    size_t sign = sign_size(str_after(s, at)), end = at + 1;
    if (c == '"' || c == '\'') {
        p->token = read_quoted(p, at);
        return;
    }
    if (c == '(' || c == ')' || c == ',') {
        p->token.kind = c == '(' ? TOKEN_OPEN : c == ')' ? TOKEN_CLOSE : TOKEN_COMMA;
    } else if (sign > 0) {
        p->token.kind = TOKEN_SIGN;
        end = at + sign;
    } else {
        p->token.kind = TOKEN_WORD;
        while (end < s.size && !ends_word(str_after(s, end)))
            end++;
    }
    p->token.text = str_slice(s, at, end);
    p->at = end;
}

static bool is_word(const Parser *p, const char *word)
{
    return p->token.kind == TOKEN_WORD && str_equal_nocase(p->token.text, str_from(word));
}

static bool is_sign(const Parser *p, const char *sign)
{
    return p->token.kind == TOKEN_SIGN && str_equal(p->token.text, str_from(sign));
}

static bool is_not(const Parser *p)
{
    return is_word(p, "not") || is_sign(p, "!");
}

/* The program. */

static void emit(Expr *expr, Op op)
{
    if (expr->op_count == expr->op_capacity) {
        expr->op_capacity = memory_grown(expr->op_capacity, expr->op_count + 1);
        expr->ops = memory_resize(expr->ops, expr->op_capacity);
    }
    expr->ops[expr->op_count++] = (unsigned char)op;
}

static Test *add_test(Expr *expr)
{
    if (expr->test_count == expr->test_capacity) {
        expr->test_capacity = memory_grown(expr->test_capacity, expr->test_count + 1);
        expr->tests =
            memory_resize(expr->tests, expr->test_capacity * sizeof *expr->tests);
    }
    emit(expr, OP_TEST);
    Test *test = &expr->tests[expr->test_count++];
    *test = (Test){.first = expr->wanted_count};
    return test;
}

static Wanted *add_wanted(Expr *expr)
{
    if (expr->wanted_count == expr->wanted_capacity) {
        expr->wanted_capacity =
            memory_grown(expr->wanted_capacity, expr->wanted_count + 1);
        expr->wanted =
            memory_resize(expr->wanted, expr->wanted_capacity * sizeof *expr->wanted);
    }
    expr->tests[expr->test_count - 1].count++;
    return &expr->wanted[expr->wanted_count++];
}

/* Values. */

static bool digits_to_int(Str s, int *value)
{
    *value = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (!byte_is_digit(s.data[i]) || i > 5)
            return false;
        *value = *value * 10 + (s.data[i] - '0');
    }
    return s.size > 0;
}

bool moment_parse(Str s, Moment *moment)
{
    Str piece;
    bool negative = str_starts(s, STR("-"));
    int parts[3] = {0}, count = 0;
    s = str_after(s, negative ? 1 : 0);
    while (count < 3 && str_split(&s, '-', &piece)) {
        if (!digits_to_int(piece, &parts[count++]))
            return false;
    }
    *moment = (Moment){negative ? -parts[0] : parts[0], parts[1], parts[2]};
    return count > 0 && s.size == 0 && parts[1] <= 24 && parts[2] <= 31;
}

bool number_parse(Str s, double *number)
{
    double value = 0, unit = 1;
    bool digits = false, behind_point = false;
    s = str_trim(s);
    bool negative = str_starts(s, STR("-"));
    for (size_t i = negative ? 1 : 0; i < s.size; i++) {
        if (byte_is_digit(s.data[i])) {
            digits = true;
            unit = behind_point ? unit / 10 : unit;
            value = behind_point ? value + unit * (s.data[i] - '0')
                                 : value * 10 + (s.data[i] - '0');
        } else if (s.data[i] == '.' && !behind_point) {
            behind_point = true;
        } else {
            return false;
        }
    }
    *number = negative ? -value : value;
    return digits;
}

static Value value_of(Expr *expr, Str text)
{
    Value value = {.text = text, .plain = unicode_plain(&expr->arena, text)};
    value.is_number = number_parse(text, &value.number);
    value.is_moment = moment_parse(text, &value.moment);
    return value;
}

/* One value or range, which is the token. */
static bool take_value(Parser *p, bool range_fine)
{
    Str text = p->token.text;
    if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_QUOTED)
        return fail(p, "expected a value, a word or a text in quotation marks",
                    p->token.at);
    size_t dots = p->token.kind == TOKEN_WORD ? str_find(text, STR("..")) : text.size;
    bool range = dots < text.size;
    if (range && !range_fine)
        return fail(p, "a range goes with 'in' and '==' only", p->token.at);
    if (range && text.size == 2)
        return fail(p, "expected LOW..HIGH, or one of them", p->token.at);
    Value low = value_of(p->expr, str_slice(text, 0, dots));
    Value high = value_of(p->expr, str_after(text, dots + 2));
    *add_wanted(p->expr) = (Wanted){.range = range, .low = low, .high = high};
    next_token(p);
    return true;
}

/* "(a, b, 1..2)", or one value without brackets. */
static bool take_list(Parser *p)
{
    if (p->token.kind != TOKEN_OPEN)
        return take_value(p, true);
    next_token(p);
    while (take_value(p, true)) {
        if (p->token.kind == TOKEN_CLOSE) {
            next_token(p);
            return true;
        }
        if (p->token.kind != TOKEN_COMMA)
            return fail(p, "expected ',' or ')' in the list", p->token.at);
        next_token(p);
    }
    return false;
}

/* Tests. */

static const struct Comparison {
    const char *sign; /* or word */
    Compare compare;
    bool negated;
} COMPARISONS[] = {
    {"==", COMPARE_EQUAL, false},          {"=", COMPARE_EQUAL, false},
    {"is", COMPARE_EQUAL, false},          {"!=", COMPARE_EQUAL, true},
    {"<=", COMPARE_LESS_EQUAL, false},     {"<", COMPARE_LESS, false},
    {">=", COMPARE_MORE_EQUAL, false},     {">", COMPARE_MORE, false},
    {"~", COMPARE_CONTAINS, false},        {"=~", COMPARE_CONTAINS, false},
    {"contains", COMPARE_CONTAINS, false}, {"!~", COMPARE_CONTAINS, true},
    {"like", COMPARE_LIKE, false},
};

static const struct Comparison *comparison(const Parser *p)
{
    for (size_t i = 0; i < sizeof COMPARISONS / sizeof COMPARISONS[0]; i++) {
        if (is_sign(p, COMPARISONS[i].sign) || is_word(p, COMPARISONS[i].sign))
            return &COMPARISONS[i];
    }
    return NULL;
}

static bool is_reserved(const Parser *p)
{
    static const char *const WORDS[] = {"and", "or", "not", "in", "like", "contains"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (is_word(p, WORDS[i]))
            return true;
    }
    return false;
}

static Subject subject_of(Str word)
{
    if (str_equal_nocase(word, STR("type")) || str_equal_nocase(word, STR("kind")) ||
        str_equal_nocase(word, STR("entrytype")))
        return SUBJECT_TYPE;
    if (str_equal_nocase(word, STR("key")) || str_equal_nocase(word, STR("citekey")))
        return SUBJECT_KEY;
    return str_equal_nocase(word, STR("any")) ? SUBJECT_ANY : SUBJECT_FIELD;
}

/* What follows the field of the test; *negated where "!" or "not" is part of it. */
static bool take_comparison(Parser *p, Test *test, bool *negated)
{
    const struct Comparison *found = comparison(p);
    *negated = false;
    if (found != NULL) {
        test->compare = found->compare;
        *negated = found->negated;
        next_token(p);
        return take_value(p, found->compare == COMPARE_EQUAL);
    }
    if (is_word(p, "not")) {
        *negated = true;
        next_token(p);
        if (!is_word(p, "in"))
            return fail(p, "expected 'in' after 'not'", p->token.at);
    }
    if (is_word(p, "in")) {
        test->compare = COMPARE_EQUAL;
        next_token(p);
        return take_list(p);
    }
    return true; /* the field alone */
}

static bool take_test(Parser *p)
{
    bool has = is_word(p, "has"), negated = false;
    if (has)
        next_token(p);
    if (p->token.kind != TOKEN_WORD || is_reserved(p))
        return fail(p,
                    has ? "expected a field after 'has'"
                        : "expected a field, 'has', 'not' or '('",
                    p->token.at);
    Test *test = add_test(p->expr);
    test->subject = subject_of(p->token.text);
    test->field = word_field(p->token.text);
    test->compare = COMPARE_HAS;
    next_token(p);
    if (!has && !take_comparison(p, test, &negated))
        return false;
    if (negated)
        emit(p->expr, OP_NOT);
    return true;
}

/* Operators. */

static bool wait(Parser *p, enum Waiting what)
{
    if (p->waiting_count == EXPR_DEPTH)
        return fail(p, "nested too deep", p->token.at);
    p->waiting[p->waiting_count++] = what;
    return true;
}

static bool on_top(const Parser *p, enum Waiting what)
{
    return p->waiting_count > 0 && p->waiting[p->waiting_count - 1] == what;
}

static void emit_nots(Parser *p)
{
    for (; on_top(p, WAIT_NOT); p->waiting_count--)
        emit(p->expr, OP_NOT);
}

/* All that binds at least as tightly as "and", or as "or". */
static void emit_joined(Parser *p, bool ors, bool ands)
{
    while ((ands && on_top(p, WAIT_AND)) || (ors && on_top(p, WAIT_OR))) {
        emit(p->expr, on_top(p, WAIT_AND) ? OP_AND : OP_OR);
        p->waiting_count--;
    }
}

/* Where a test may stand: true once one did. */
static bool take_operand(Parser *p)
{
    for (;;) {
        bool negation = is_not(p);
        if (!negation && p->token.kind != TOKEN_OPEN)
            break;
        if (!wait(p, negation ? WAIT_NOT : WAIT_BRACKET))
            return false;
        next_token(p);
    }
    if (!take_test(p))
        return false;
    emit_nots(p);
    return true;
}

/* Behind a test: closes brackets, and says whether another test has to follow. */
static bool take_operator(Parser *p, bool *more)
{
    for (; p->token.kind == TOKEN_CLOSE; next_token(p)) {
        emit_joined(p, true, true);
        if (!on_top(p, WAIT_BRACKET))
            return fail(p, "this ')' closes nothing", p->token.at);
        p->waiting_count--;
        emit_nots(p);
    }
    bool is_and = is_word(p, "and") || is_sign(p, "&&");
    bool is_or = is_word(p, "or") || is_sign(p, "||");
    *more = is_and || is_or;
    if (!*more)
        return p->token.kind == TOKEN_END ||
               fail(p, "expected 'and', 'or', an operator or the end", p->token.at);
    emit_joined(p, is_or, true);
    if (!wait(p, is_and ? WAIT_AND : WAIT_OR))
        return false;
    next_token(p);
    return true;
}

static bool parse(Parser *p)
{
    bool more = true;
    next_token(p);
    while (more) {
        if (!take_operand(p) || !take_operator(p, &more))
            return false;
    }
    emit_joined(p, true, true);
    return p->waiting_count == 0 || fail(p, "expected ')'", p->text.size);
}

Expr *expr_open(Str text, const char **wrong, size_t *column)
{
    Expr *expr = memory_zeroed(1, sizeof *expr);
    Parser p = {.text = text, .expr = expr};
    if (parse(&p) && p.wrong == NULL)
        return expr;
    *wrong = p.wrong;
    *column = p.wrong_at + 1;
    expr_close(expr);
    return NULL;
}

void expr_close(Expr *expr)
{
    if (expr == NULL)
        return;
    arena_free(&expr->arena);
    arena_free(&expr->scratch);
    free(expr->ops);
    free(expr->tests);
    free(expr->wanted);
    free(expr);
}
