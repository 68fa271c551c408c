/* SPDX-License-Identifier: MIT
 * Names in BibTeX files: what is von and what is not, commas, braces, lists. */
#include "tests/unit/assert_str.h"

#include "formats/bibtex/read.h"

/* "given|dropping|non-dropping|family|suffix", or "literal"; names apart by " & ". */
static Str spelled(Arena *arena, const Names *names)
{
    Str all = STR_EMPTY;
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        Str one = name->literal;
        if (one.size == 0)
            one = arena_format(arena, "%.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(name->given),
                               STR_ARG(name->dropping), STR_ARG(name->non_dropping),
                               STR_ARG(name->family), STR_ARG(name->suffix));
        all = i > 0 ? arena_join(arena, all, STR(" & "), one) : one;
    }
    if (names->cut == CUT_CERTAIN)
        all = arena_join(arena, all, STR_EMPTY, STR(" ..."));
    return all;
}

static void assert_names(const char *const rows[][2], size_t count)
{
    Diag diag = {.fd = -1, .least = LEVEL_COUNT};
    Read r = {.diag = &diag};
    Record rec = {0};
    Repeats repeats = {0};
    size_t wrong = 0;
    record_reset(&rec);
    for (size_t i = 0; i < count; i++) {
        Reading reading = {.r = &r, .rec = &rec, .repeats = &repeats};
        Item item = {.tag = STR("author"), .tex = str_from(rows[i][0])};
        Names names = names_read(&reading, &item);
        wrong +=
            str_differs(spelled(&rec.arena, &names), str_from(rows[i][1]), rows[i][0]);
    }
    record_free(&rec);
    diag_free(&diag);
    assert_int_equal(wrong, 0);
}

#define ASSERT_NAMES(rows) assert_names(rows, sizeof(rows) / sizeof(rows)[0])

static void natural_order(void **state)
{
    static const char *const ROWS[][2] = {
        {"Per Brinch Hansen", "Per Brinch|||Hansen|"},
        {"Plato", "|||Plato|"},
        {"Ludwig van Beethoven", "Ludwig||van|Beethoven|"},
        {"Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin",
         "Charles Louis Xavier Joseph||de la|Vall\xc3\xa9"
         "e Poussin|"},
        {"jean de la fontaine", "||jean de la|fontaine|"},
        {"Jean de la Fontaine du Bois Joli", "Jean||de la Fontaine du|Bois Joli|"},
        {"Jean {de la} Fontaine", "Jean de la|||Fontaine|"},
        {"Maria {\\uppercase{d}e La} Cruz", "Maria||De La|Cruz|"},
        {"Ulrich {\\\"U}nderwood and Ulrich {\\\"u}nderwood {\\\"U}nderwood",
         "Ulrich|||\xc3\x9cnderwood| & Ulrich||\xc3\xbcnderwood|\xc3\x9cnderwood|"},
        {"\\\"{O}zg\\\"ur Kaya", "\xc3\x96zg\xc3\xbcr|||Kaya|"},
        {"{\\relax Ch}arles Fourier", "Charles|||Fourier|"},
        {"Jean-Paul Sartre", "Jean-Paul|||Sartre|"},
        {"Jean-paul Sartre", "Jean-paul|||Sartre|"},
        {"Ali al-Hassan", "Ali||al-|Hassan|"},
        {"Marie~Curie", "Marie|||Curie|"},
        {"Max {Planck Institute}", "Max|||Planck Institute|"},
        /* TeX takes the blank with the command. */
        {"S\\o ren Kierk and Gro\\ss e and \\AA ke \\O\n  stby",
         "Søren|||Kierk| & |||Große| & Åke|||Østby|"},
        {"Ji\\v r\\'\\i Nov\\'ak and Paul Erd\\H os", "Jiří|||Novák| & Paul|||Erdős|"},
        {"\\v Cech, Eduard and Fran\\c cois Roy", "Eduard|||Čech| & François|||Roy|"},
        {"Pawe\\l Kowal and Pawe\\l van der Kowal and Wei\\ss  ",
         "Paweł|||Kowal| & Paweł||van der|Kowal| & |||Weiß|"},
        {"{\\AA}ke {\\o}stby Lund", "\xc3\x85ke||\xc3\xb8stby|Lund|"},
        {"\xc3\x89mile \xc3\xb8 Zola", "\xc3\x89mile||\xc3\xb8|Zola|"},
    };
    (void)state;
    ASSERT_NAMES(ROWS);
}

static void with_commas(void **state)
{
    static const char *const ROWS[][2] = {
        {"Brinch Hansen, Per", "Per|||Brinch Hansen|"},
        {"van Beethoven, Ludwig", "Ludwig||van|Beethoven|"},
        {"Von der Leyen, Ursula", "Ursula||Von der|Leyen|"},
        {"De Gaulle, Charles", "Charles|||De Gaulle|"},
        {"Mollat du Jourdin, Michel", "Michel|||Mollat du Jourdin|"},
        {"von und zu Hohenstein und Tiefenstein, X",
         "X||von und zu|Hohenstein und Tiefenstein|"},
        {"L.\\ Thiele", "L.|||Thiele|"},
        {"title=Sir, given=Michael, family=Hordern", "Michael|||Hordern|"},
        {"\"family=Doe, Jr\", given=\"J B\"", "J B|||Doe, Jr|"},
        {"{Della Porta}, Donatella", "Donatella|||Della Porta|"},
        {"Beethoven, Ludwig van", "Ludwig|van||Beethoven|"},
        {"de la Cruz, Jr., Ana", "Ana||de la|Cruz|Jr."},
        {"King, III, Martin", "Martin|||King|III"},
        {"Smith, John, Jr.", "John|||Smith|Jr."},
        {"A, B, C, D", "C, D|||A|B"},
        {"{Smith, Jr.}, John", "John|||Smith|Jr."},
        {"{Smith, Esq.}, John", "John|||Smith, Esq.|"},
        {"Plato,", "|||Plato|"},
        {", Jan", "|||Jan|"},
        {"al-Hassan, Ali", "Ali||al-|Hassan|"},
    };
    (void)state;
    ASSERT_NAMES(ROWS);
}

static void lists(void **state)
{
    static const char *const ROWS[][2] = {
        {"A. One and B. Two", "A.|||One| & B.|||Two|"},
        {"A. One AND\n B. Two", "A.|||One| & B.|||Two|"},
        {"A. One and others", "A.|||One| ..."},
        {"others", " ..."},
        {"A. One and et al.", "A.|||One| ..."},
        {"{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."},
        {"{Barnes and Noble} and Sandy Andrews", "Barnes and Noble & Sandy|||Andrews|"},
        {"Band Andersen", "Band|||Andersen|"},
        {"and A. One and  and B. Two and", "A.|||One| & B.|||Two|"},
        {"One, A.; Two, B.", "A.|||One| & B.|||Two|"},
        {"", ""},
        {"family=Fontaine, given=Jean, prefix=de La, useprefix=true",
         "Jean||de La|Fontaine|"},
        {"family={Beethoven}, given=Ludwig, prefix=van, useprefix=false and A. One",
         "Ludwig|van||Beethoven| & A.|||One|"},
    };
    (void)state;
    ASSERT_NAMES(ROWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(natural_order),
        cmocka_unit_test(with_commas),
        cmocka_unit_test(lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
